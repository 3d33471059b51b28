"""Lines of a metadata table: labels with their values and nothing else.

The layouts seen on portals: ``[ 索引号 ] | x | [ 发文字号 ] | y |``, the same without bars, ``索 引 号： | x | 主题分类： | y |``, bullets
``- 索 引 号:x``, the plain ``索引号：x``, rows ``| 索引号 | x | 文号 | y |``, and label and value on lines of their own. Which words
are labels is data (``grammar.metadata``).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from normtool.grammar.dates import date_at, date_line
from normtool.grammar.document_number import number_line
from normtool.grammar.genres import genre_of, plan_word
from normtool.grammar.metadata import bare_label, date_fields, label_of, proving_fields
from normtool.grammar.numbering import label_at
from normtool.grammar.organs import is_organ
from normtool.lazyre import lazy
from normtool.lines import Line, lines_of

_MIN_LABELS = 3
_MIN_PROVING = 2
_MAX_DATE = 24
_MAX_VALUE_LINES = 3
_MAX_VALUE = 60
_MAX_LABEL = 24
_MAX_LINE = 400
_BRACKETED = lazy(r"[\[【［]\s*(\w[\w\s]{0,20})[\]】］]\s*[:：]?")
_COLON = lazy("[:：]")
_WORDS_BEFORE = lazy(r"\w+(?:[^\S\n]+\w+)*[^\S\n]*\Z")
_BLANK = lazy(r"\s+")
_OTHER_LABEL = lazy(r"[\u4e00-\u9fff]{2,8}[：:]")
_WORD = lazy(r"\w{2,8}(?!\S)")
_RULE_OF_TABLE = lazy(r"\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*")
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
    with the value in one piece. A line that may be a title is the value of no other label than 标题; rows of a table and a
    sign-off are no value at all. Labels without colon or bracket, in rows or alone on their lines, are a block only where two of
    them are a portal's own (索引号, 发布日期), and outside of bars only those count that have a value: 文号 名称 公开日期 heads a
    table of the text.
    """
    solid = [line for line in lines_of(text) if line.text and not line.text.isspace()]
    runs: list[list[tuple[Line, tuple[Pair, ...]]]] = [[]]
    lone = False
    k = 0
    while k < len(solid):
        pairs = pairs_of(solid[k].text)
        own = _lone_label(solid[k].text) if not pairs else ()
        if not (pairs or own) or _heads_table(solid, k, pairs):
            k += 1
            if not (runs[-1] and _RULE_OF_TABLE.fullmatch(solid[k - 1].text)):
                runs.append([])
            continue
        if bool(own) != lone:
            runs.append([])
            lone = bool(own)
        pairs = pairs or own
        wrapped = _value_lines(solid, k, pairs[-1], lone=lone)
        value = "".join(line.text.strip() for line in solid[k + 1 : k + 1 + wrapped])
        whole = Line(solid[k].text, solid[k].start, solid[k + wrapped].end)
        if not (lone and wrapped == 0 and not _opens(solid, k + 1, lone=lone)):
            runs[-1].append((whole, (*pairs[:-1], pairs[-1]._replace(value=pairs[-1].value + value))))
        k += 1 + wrapped
    tables = [run for run in runs if _is_table(run)]
    prose = [line.start for line in solid if "。" in line.text] if tables else []
    return tuple(tuple(table) for table in tables if _at_edge(prose, table))


def _lone_label(line: str) -> tuple[Pair, ...]:
    """Read a line that is nothing but a label, without a colon."""
    field = label_of(line) if len(line) <= _MAX_LABEL else None
    return (Pair(bare_label(line), field, ""),) if field else ()


def _opens(lines: list[Line], k: int, *, lone: bool) -> bool:
    """Tell whether line ``k`` opens with a label of the same kind."""
    return k < len(lines) and bool(_lone_label(lines[k].text) if lone else pairs_of(lines[k].text))


def _heads_table(lines: list[Line], k: int, pairs: tuple[Pair, ...]) -> bool:
    """Tell whether bare labels on line ``k`` head the columns of the line below: the last one has no value, and no label follows."""
    if not pairs or pairs[-1].value or not _is_bare(lines[k].text) or k + 1 >= len(lines):
        return False
    return _has_columns(lines[k + 1].text) and not pairs_of(lines[k + 1].text)


def _is_bare(line: str) -> bool:
    """Tell whether the labels of a line have neither colon nor bracket nor the bars of a table around them."""
    return not line.lstrip().startswith("|") and not any(hint in line for hint in _HINTS)


def _has_columns(line: str) -> bool:
    return len(line.replace("|", " ").split(None, 1)) > 1


def _is_table(block: list[tuple[Line, tuple[Pair, ...]]]) -> bool:
    """Tell whether a run has the labels of a metadata table."""
    if len({pair.label for line, pairs in block for pair in pairs if pair.value or not _is_bare(line.text)}) < _MIN_LABELS:
        return False
    if any(hint in line.text for line, _ in block for hint in _HINTS):
        return True
    return len(proving_fields().intersection(pair.field for _, pairs in block for pair in pairs)) >= _MIN_PROVING


def _at_edge(prose: list[int], block: list[tuple[Line, tuple[Pair, ...]]]) -> bool:
    """Tell whether a block stands above all prose or below it: 名称：… 类别：… in the middle of a text is a list of its own.

    ``prose`` are the places where lines of prose start.
    """
    start, end = block[0][0].start, block[-1][0].end
    first = next((at for at in prose if not start <= at < end), start + 1)
    last = next((at for at in reversed(prose) if not start <= at < end), start + 1)
    return start < first or start > last


def _value_lines(lines: list[Line], at: int, pair: Pair, *, lone: bool) -> int:
    """Count the lines below a label that hold its value: short, no prose, and closed by the next label.

    Below a label that has a value on its line: the rest of a title that was wrapped. Below the last label of all the first line
    counts where it can be nothing else: a date, a document number, an organ, an index number. Not rows of a table, not a line with
    a label of its own (备注：…), and not an organ above a date: that is a sign-off.
    """
    for count in range(_MAX_VALUE_LINES + 1):
        k = at + 1 + count
        if k >= len(lines) or _opens(lines, k, lone=lone):
            value = "".join(line.text.strip() for line in lines[at + 1 : k])
            if k >= len(lines) or _holds_rows(lines[at + 1 : k], pair) or _holds_signoff(lines[at + 1 : k]):
                break
            return count if not pair.value or _is_rest(lines[at : k + 1], pair, value) else 0
        text = lines[k].text.strip()
        if (
            len(text) > _MAX_VALUE
            or "。" in text
            or label_at(text)
            or (pair.field != "title" and _OTHER_LABEL.match(text))
            or (pair.field != "title" and (genre_of(text) or plan_word(text)))
        ):
            break
    below = lines[at + 1].text.strip() if at + 1 < len(lines) else ""
    return int(bool(below) and not pair.value and _fits(pair.field, below) and not _holds_signoff(lines[at + 1 : at + 3]))


def _holds_rows(lines: list[Line], pair: Pair) -> bool:
    """Tell whether lines are rows of a table: columns where only a date may stand, or several rows with bars or tabs.

    Blanks alone prove nothing elsewhere: the names of several organs are divided by them, and wrapped.
    """
    if pair.field in date_fields() and lines and _has_columns(lines[0].text):
        return not _fits(pair.field, lines[0].text.strip())
    return sum("|" in line.text or "\t" in line.text.strip() for line in lines) > 1


def _holds_signoff(lines: list[Line]) -> bool:
    return any(is_organ(one.text.strip()) and date_line(other.text) is not None for one, other in pairwise(lines))


def _is_rest(lines: list[Line], pair: Pair, rest: str) -> bool:
    """Tell whether ``rest`` is what a title lacks: without an empty line, and the genre is there only with it."""
    together = all(other.start - one.end == 1 for one, other in pairwise(lines))
    return bool(pair.field == "title" and rest and together and genre_of(pair.value + rest) and not genre_of(pair.value))


def _fits(field: str, text: str) -> bool:
    """Tell whether a line can only be the value of a field."""
    if field in date_fields():
        return len(text) <= _MAX_DATE and date_at(text) is not None
    if field == "document_number":
        return number_line(text) is not None
    if field == "publisher":
        return is_organ(text)
    return field == "index_number" and text.isascii() and " " not in text


def pairs_of(line: str) -> tuple[Pair, ...]:
    """Read a line that holds labels with their values and nothing else; () for any other line."""
    return _pairs_of(line) if len(line) <= _MAX_LINE and _may_hold_labels(line) else ()


def _may_hold_labels(line: str) -> bool:
    """Look quickly at a line: it has a bracket or a bar, or a label before its first colon, or, without a colon, two words."""
    if "[" in line or "【" in line or "［" in line or line.lstrip().startswith("|"):
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
    if line.lstrip().startswith("|"):
        row = _row(line)
        if row or not any(hint in line for hint in _HINTS):
            return row
    found = _labels(line) if any(hint in line for hint in _HINTS) else _bare_labels(line)
    if not found or line[: found[0].start].strip(_FILLER):
        return ()
    ends = [*(f.start for f in found[1:]), len(line)]
    return tuple(Pair(f.label, f.field, line[f.value : end].strip(_FILLER)) for f, end in zip(found, ends, strict=True))


def _row(line: str) -> tuple[Pair, ...]:
    """Read a row of a table with bars: label, value, label, value; () for any other row, and for one whose values are labels."""
    cells = [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
    if len(cells) % 2:
        return ()
    out = []
    for label, value in zip(cells[::2], cells[1::2], strict=True):
        field = label_of(label)
        if label_of(value) or (not field and (label or value)):
            return ()
        if field:
            out.append(Pair(bare_label(label), field, value))
    return tuple(out)


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
