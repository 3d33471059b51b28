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
        metadata, count = _block(lines, start, text, _MIN_KNOWN if start == 0 else _MIN_ELSEWHERE)
        if metadata:
            return metadata, lines[:start] + lines[start + count :]
    start = len(lines)
    while start and len(lines) - start < _MAX_TABLE and _FIELD.fullmatch(lines[start - 1].text):
        start -= 1
    while start < len(lines) and known_label(lines[start]) is None:
        start += 1
    metadata, count = _block(lines, start, text, _MIN_ELSEWHERE)
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


def _block(lines: tuple[Line, ...], at: int, text: str, least: int) -> tuple[Metadata | None, int]:
    """Read the table that starts at line ``at``, and further ones with its labels behind it, kept because their values differ.

    Gives it and the number of lines it takes; a directory may have hundreds of such tables.
    """
    solid = len(text.rstrip())
    rows = _table(lines, at, text, solid, least)
    if not rows:
        return None, 0
    labels = {row.name for row in rows if row.name}
    out = [*rows]
    while at + len(out) < len(lines) and known_label(lines[at + len(out)]) in labels:
        more = _table(lines, at + len(out), text, solid, _MIN_KNOWN)
        if not more or not {row.name for row in more if row.name} <= labels:
            break
        out += more
    return Metadata(tuple(out), Span(out[0].span.start, out[-1].span.end)), len(out)


def _table(lines: tuple[Line, ...], at: int, text: str, solid: int, least: int) -> list[Field]:
    """Give the rows of the table that starts at line ``at``, one a line; none where its known labels are too few.

    ``solid`` is the place behind the last character of ``text`` that is no blank.
    """
    found: list[Field] = []
    count = 0
    for k in range(at, len(lines)):
        line = lines[k]
        match = _FIELD.fullmatch(line.text)
        if not match:
            break
        name = _field_name(match, line)
        found.append(_field(match, name, line))
        if name:
            count = len(found)
        if _gap_after(text, solid, line):
            break
    names = {f.name for f in found[:count] if f.name}
    closed = count and _gap_after(text, solid, lines[at + count - 1])
    if not names or (len(names) < least and (least > _MIN_KNOWN or not closed)):
        return []
    return found[:count]


def _field(match: re.Match[str], name: str | None, line: Line) -> Field:
    value = match["value"].strip()
    start = line.start + match.start("value") if value else line.end
    return Field(name, "".join(match["label"].split()), value, line.span, Span(start, start + len(value)))


def _gap_after(text: str, solid: int, line: Line) -> bool:
    return line.end >= solid or text.startswith("\n\n", line.end)
