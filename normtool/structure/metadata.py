"""The metadata table of a clean text: one ``标签：值`` a line, then an empty line; at the top, as a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.document import Field, Metadata
from normtool.grammar.metadata import label_of, stray_fields
from normtool.lazyre import lazy
from normtool.model import Span
from normtool.structure.phrases import is_result_class

if TYPE_CHECKING:
    import re

    from normtool.structure.lines import Line

_FIELD = lazy(r"[\[【]?(?P<label>[^\W\d_][^：:\]】。，]{0,14})[\]】]?\s*[：:]\s*(?P<value>.*)")
_MIN_KNOWN = 2
_MIN_ELSEWHERE = 3
_TOP = 10
_MAX_TABLE = 40
_MAX_STRAY = 40


def read_metadata(lines: tuple[Line, ...], text: str) -> tuple[Metadata | None, tuple[Line, ...]]:
    """Give the table and the lines that are not of it.

    The table stands at the top; under a few lines that a portal left above it; or, in a printed page, at the very end. At the
    top two known labels are asked for, or one that an empty line follows; elsewhere three. Labels nobody knows are taken along
    between known ones. A field printed twice with two values stays twice (HDR002).
    """
    for start in range(min(len(lines), _TOP)):
        if start and not (known_label(lines[start]) and known_label(lines[start - 1]) is None):
            continue
        metadata, count = _block(lines[start:], text, _MIN_KNOWN if start == 0 else _MIN_ELSEWHERE)
        if metadata:
            return metadata, lines[:start] + lines[start + count :]
    start = len(lines)
    while start and len(lines) - start < _MAX_TABLE and _FIELD.fullmatch(lines[start - 1].text):
        start -= 1
    while start < len(lines) and known_label(lines[start]) is None:
        start += 1
    metadata, count = _block(lines[start:], text, _MIN_ELSEWHERE)
    if metadata and start + count == len(lines):
        return metadata, lines[:start]
    return _strays(lines)


def _strays(lines: tuple[Line, ...]) -> tuple[Metadata | None, tuple[Line, ...]]:
    """Take lines such as 来源：… out of the first lines, down to the first paragraph."""
    rows: list[Field] = []
    left: list[Line] = []
    for line in lines[:_TOP]:
        match = _FIELD.fullmatch(line.text) if len(line.text) <= _MAX_STRAY else None
        name = label_of(match["label"]) if match else None
        if match and name in stray_fields() and match["value"]:
            rows.append(_field(match, name, line))
        else:
            left.append(line)
        if "。" in line.text:
            break
    if not rows:
        return None, lines
    return Metadata(tuple(rows), Span(rows[0].span.start, rows[-1].span.end)), (*left, *lines[len(left) + len(rows) :])


def known_label(line: Line) -> str | None:
    """Give the field name of a line ``标签：值`` with a known label, or None; 类别：A is the class of a reply's result."""
    match = _FIELD.fullmatch(line.text)
    return _field_name(match, line) if match else None


def _field_name(match: re.Match[str], line: Line) -> str | None:
    return None if is_result_class(line.text) else label_of(match["label"])


def _block(lines: tuple[Line, ...], text: str, least: int) -> tuple[Metadata | None, int]:
    """Read the table that starts at the first line; give it and the number of lines it takes."""
    found: list[Field] = []
    count = 0
    for at, line in enumerate(lines):
        match = _FIELD.fullmatch(line.text)
        if not match:
            break
        name = _field_name(match, line)
        found.append(_field(match, name, line))
        if name:
            count = at + 1
        if _gap_after(text, line):
            break
    names = {f.name for f in found[:count] if f.name}
    if not names or (len(names) < least and (least > _MIN_KNOWN or not _gap_after(text, lines[count - 1]))):
        return None, 0
    rows = tuple(found[:count])
    more, taken = _repeated(lines[count:], text, rows)
    rows += more
    return Metadata(rows, Span(rows[0].span.start, rows[-1].span.end)), count + taken


def _repeated(lines: tuple[Line, ...], text: str, rows: tuple[Field, ...]) -> tuple[tuple[Field, ...], int]:
    """Take a second block with the same labels, kept because its values differ."""
    labels = {row.name for row in rows if row.name}
    first = _FIELD.fullmatch(lines[0].text) if lines else None
    if not first or label_of(first["label"]) not in labels:
        return (), 0
    more, taken = _block(lines, text, _MIN_KNOWN)
    if more is None or not {row.name for row in more.fields if row.name} <= labels:
        return (), 0
    return more.fields, taken


def _field(match: re.Match[str], name: str | None, line: Line) -> Field:
    value = match["value"].strip()
    start = line.start + match.start("value") if value else line.end
    return Field(name, "".join(match["label"].split()), value, line.span, Span(start, start + len(value)))


def _gap_after(text: str, line: Line) -> bool:
    return text.startswith("\n\n", line.end) or text[line.end :].strip() == ""
