"""Lines of a metadata table: labels with their values and nothing else.

The layouts seen on portals: ``[ 索引号 ] | x | [ 发文字号 ] | y |``, the same without bars, ``索 引 号： | x | 主题分类： | y |``, bullets
``- 索 引 号:x``, and the plain ``索引号：x``. Which words are labels is data (``grammar.metadata``).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from normtool.grammar.genres import genre_of, plan_word
from normtool.grammar.metadata import bare_label, date_fields, label_of
from normtool.grammar.numbering import label_at
from normtool.lazyre import lazy
from normtool.lines import Line, lines_of

_MIN_LABELS = 3
_MAX_VALUE_LINES = 3
_MAX_VALUE = 60
_MAX_LABEL = 24
_MAX_LINE = 400
_BRACKETED = lazy(r"[\[【［]\s*(\w[\w\s]{0,20})[\]】］]\s*[:：]?")
_COLON = lazy("[:：]")
_WORDS_BEFORE = lazy(r"\w+(?:[^\S\n]+\w+)*[^\S\n]*\Z")
_BLANK = lazy(r"\s+")
_WORD = lazy(r"\w{2,8}(?!\S)")
_FILLER = " \t\u3000|•·*-－"
_HINTS = "[【［:："


class Pair(NamedTuple):
    """A label as printed (without blanks and brackets), its field name, and its value; empty when none is given."""

    label: str
    field: str
    value: str


class _Found(NamedTuple):
    """A label inside a line: where its text starts, where the value starts."""

    start: int
    value: int
    label: str
    field: str


Block = tuple[tuple[Line, tuple[Pair, ...]], ...]
"""The lines of a metadata block with what each says; empty lines between them are left out."""


@lru_cache(maxsize=2)
def metadata_blocks(text: str) -> tuple[Block, ...]:
    """Give the runs of metadata lines of a text that hold at least three different labels; empty lines may stand between them.

    Where a label stands alone its value may stand on the next lines, wrapped; such lines are given as one, newlines and all,
    with the value in one piece. A line that may be a title is the value of no other label than 标题.
    """
    solid = [line for line in lines_of(text) if line.text and not line.text.isspace()]
    runs: list[list[tuple[Line, tuple[Pair, ...]]]] = []
    run: list[tuple[Line, tuple[Pair, ...]]] = []
    k = 0
    while k < len(solid):
        pairs = pairs_of(solid[k].text)
        if not pairs:
            if run:
                runs.append(run)
                run = []
            k += 1
            continue
        wrapped = 0 if pairs[-1].value else _value_lines(solid, k, pairs[-1].field)
        value = "".join(line.text.strip() for line in solid[k + 1 : k + 1 + wrapped])
        whole = Line(solid[k].text, solid[k].start, solid[k + wrapped].end)
        run.append((whole, (*pairs[:-1], pairs[-1]._replace(value=value or pairs[-1].value))))
        k += 1 + wrapped
    runs.append(run)
    return tuple(
        tuple(b) for b in runs if len({p.label for _, pairs in b for p in pairs}) >= _MIN_LABELS and _at_edge(solid, b)
    )


def _at_edge(solid: list[Line], block: list[tuple[Line, tuple[Pair, ...]]]) -> bool:
    """Tell whether a block stands above all prose or below it: 名称：… 类别：… in the middle of a text is a list of its own."""
    start, end = block[0][0].start, block[-1][0].end
    prose = [line.start for line in solid if "。" in line.text and not start <= line.start < end]
    return not prose or start < prose[0] or start > prose[-1]


def _value_lines(lines: list[Line], at: int, field: str) -> int:
    """Count the lines below a lone label that hold its value: short, no prose, and closed by the next label or the end."""
    for count in range(_MAX_VALUE_LINES + 1):
        k = at + 1 + count
        if k >= len(lines) or pairs_of(lines[k].text):
            return count if k < len(lines) or field in date_fields() else 0
        text = lines[k].text.strip()
        if (
            len(text) > _MAX_VALUE
            or "。" in text
            or label_at(text)
            or (field != "title" and (genre_of(text) or plan_word(text)))
        ):
            return 0
    return 0


def pairs_of(line: str) -> tuple[Pair, ...]:
    """Read a line that holds labels with their values and nothing else; () for any other line."""
    return _pairs_of(line) if len(line) <= _MAX_LINE and _may_hold_labels(line) else ()


def _may_hold_labels(line: str) -> bool:
    """Look quickly at a line: it has a bracket, or a label before its first colon, or, without a colon, two words."""
    if "[" in line or "【" in line or "［" in line:
        return True
    colon, narrow = line.find("："), line.find(":")
    if colon < 0 or 0 <= narrow < colon:
        colon = narrow
    if colon < 0:
        return len(line.split(None, 1)) > 1
    if colon > _MAX_LABEL and line[: colon - _MAX_LABEL].strip(_FILLER):
        return False
    return label_of(line[:colon]) is not None


@lru_cache(maxsize=2048)
def _pairs_of(line: str) -> tuple[Pair, ...]:
    found = _labels(line) if any(hint in line for hint in _HINTS) else _bare_labels(line)
    if not found or line[: found[0].start].strip(_FILLER):
        return ()
    ends = [*(f.start for f in found[1:]), len(line)]
    return tuple(Pair(f.label, f.field, line[f.value : end].strip(_FILLER)) for f, end in zip(found, ends, strict=True))


def _labels(line: str) -> list[_Found]:
    out = []
    for match in _BRACKETED.finditer(line) if "[" in line or "【" in line or "［" in line else ():
        field = label_of(match[1])
        if field:
            out.append(_Found(match.start(), match.end(), bare_label(match[1]), field))
    if out:
        return out
    for colon in _COLON.finditer(line):
        label = _label_before(line, colon.start(), out[-1].value if out else 0)
        if label:
            out.append(label)
    return out


def _bare_labels(line: str) -> list[_Found]:
    """Read a line of labels without colons: at least two, the first word of the line one of them (``文号 公开日期 2024-11-27``)."""
    out = [_Found(m.start(), m.end(), m[0], field) for m in _WORD.finditer(line) if len(m[0]) > 1 and (field := label_of(m[0]))]
    return out if len(out) > 1 and not line[: out[0].start].strip(_FILLER) else []


def _label_before(line: str, colon: int, floor: int) -> _Found | None:
    """Give the longest label that ends at a colon; its words may be spaced out (索 引 号)."""
    low = max(floor, colon - _MAX_LABEL)
    words = _WORDS_BEFORE.search(line, low, colon)
    if not words:
        return None
    starts = [words.start(), *(words.start() + m.end() for m in _BLANK.finditer(words[0]))]
    for start in starts:
        if start and line[start - 1] not in _FILLER and start != floor:
            continue
        field = label_of(line[start:colon])
        if field:
            return _Found(start, colon + 1, bare_label(line[start:colon]), field)
    return None
