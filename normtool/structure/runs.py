"""Lines that still hold several labelled pieces: a heading with its first item behind it, items in one run, chapters on a line.

The text stages break such lines where the numbering of the whole text proves it; here the parser looks into what is left, line
by line, and reads the pieces as if each had a line of its own. The text itself is not changed.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from normtool.grammar.numbering import Label, label_at
from normtool.lazyre import lazy
from normtool.structure.lines import Line

if TYPE_CHECKING:
    from normtool.grammar.numbering import Style

RANK: dict[Style, int] = {
    "part": 0,
    "chapter": 1,
    "section": 2,
    "article": 3,
    "decimal-1": 4,
    "decimal-2": 5,
    "decimal-3": 6,
    "decimal-4": 7,
    "hanzi": 8,
    "hanzi-paren": 9,
    "arabic": 10,
    "arabic-2": 11,
    "arabic-3": 12,
    "arabic-4": 13,
    "arabic-paren": 14,
    "box": 15,
}
"""What may hold what: a section holds those of higher rank. Items （一） of an article stand under it, so it comes before 一、."""

_H = "一二三四五六七八九十"
_MAYBE = lazy(rf"（[{_H}\d]{{1,3}}）|[{_H}]{{1,3}}、|\d{{1,2}}(?:[.．](?!\d)|、)|第[{_H}百零〇]{{1,5}}(?:[章节条]|部分)(?=\s)")
_HINT = lazy(rf"[{_H}百零〇\d][）、.．章节条部]")
_BACK = 6
_REGULATION = frozenset({"part", "chapter", "section", "article"})
_OPENING = ("part", "chapter")
_ENDED = "。；：）”！？"
_SENTENCE = lazy("[。；！？]")
_CITED = tuple("项款目条、，和至）")
_NO_HEADING = "：，、和与及至第—-"
_MAX_HEADING = 60
_MIN_LINE = 12
_FIRST = frozenset("（第0123456789" + _H)


def pieces_of(lines: tuple[Line, ...]) -> list[Line]:
    """Give the lines, each that holds several labelled pieces cut before every label but its first.

    Cuts before the next number of a style, behind the end of a sentence (``（一）甲。（二）乙。二、丙``); before an item directly behind a
    heading without a mark (``二、任务（一）甲。``), when it is the first or goes on with the last; and before 第X条 and 第X章 that a
    blank follows. Does not act on a line that starts with no label, save for 第一章 behind a title.
    """
    out: list[Line] = []
    numbers: dict[Style, int] = {}
    for line in lines:
        text = line.text
        if len(text) < _MIN_LINE or "|" in text:
            first = label_at(text) if text[0] in _FIRST else None
            if first:
                numbers[first.style] = first.number
            out.append(line)
            continue
        cuts = _cuts(text, numbers)
        if not cuts:
            out.append(line)
            continue
        for start, end in pairwise((0, *cuts, len(text))):
            _add(out, line, start, end)
    return out


def _add(out: list[Line], line: Line, start: int, end: int) -> None:
    raw = line.text[start:end]
    bare = raw.strip()
    if bare:
        place = line.start + start + raw.index(bare)
        out.append(Line(bare, place, place + len(bare)))


def _cuts(text: str, numbers: dict[Style, int]) -> list[int]:
    """Give the places to cut.

    ``numbers`` holds the last number of each style in the lines before, and is brought up to date.
    """
    first = label_at(text) if text[0] in _FIRST else None
    open_labels = [first] if first else []
    if first:
        numbers[first.style] = first.number
    hint = _HINT.search(text, first.end if first else 1)
    if hint is None:
        return []
    cuts = []
    for match in _MAYBE.finditer(text, max(first.end if first else 1, hint.start() - _BACK)):
        label = label_at(text, match.start())
        if label and text[label.end : label.end + 1] not in _CITED and _is_piece(text, open_labels, label, numbers):
            numbers[label.style] = label.number
            while open_labels and RANK[open_labels[-1].style] >= RANK[label.style]:
                open_labels.pop()
            open_labels.append(label)
            cuts.append(label.start)
    return cuts


def _is_piece(text: str, open_labels: list[Label], label: Label, numbers: dict[Style, int]) -> bool:
    before = text[max(0, label.start - _MIN_LINE) : label.start].rstrip()[-1:]
    if label.style in _REGULATION:
        return (before in _ENDED and bool(open_labels)) or _behind_name(text, open_labels, label)
    next_one = label.number == numbers.get(label.style, 0) + 1
    if not open_labels:
        return False
    if next_one and label.number > 1 and before in _ENDED:
        return True
    if not (next_one or label.number == 1) or RANK[label.style] <= RANK[open_labels[-1].style]:
        return False
    return before not in _NO_HEADING and _is_heading(text, open_labels[-1].end, label.start) and bool(before)


def _is_heading(text: str, start: int, end: int) -> bool:
    """Tell whether a piece is short and has no end of a sentence in it."""
    return 0 < end - start <= _MAX_HEADING and _SENTENCE.search(text, start, end) is None


def _behind_name(text: str, open_labels: list[Label], label: Label) -> bool:
    """Tell whether 第一章 stands behind a title, or 第一条 behind the name of its chapter."""
    start = open_labels[-1].end if open_labels else 0
    if open_labels and (open_labels[-1].style not in _REGULATION or RANK[open_labels[-1].style] >= RANK[label.style]):
        return False
    return _is_heading(text, start, label.start) and (bool(open_labels) or (label.style in _OPENING and label.number == 1))
