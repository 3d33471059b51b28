"""Last stage: Chinese punctuation is full width (GB/T 15834-2011 5.1.1, 5.1.3).

In: text whose lines and headings are in place. Out: edits of rule TXT001, one a line, of equal length.

A mark ``, ; : ? !`` becomes full width when a hanzi or a full-width mark stands beside it; brackets only as pairs, when a
neighbour inside or outside is one. It stays in numbers (5,721), times and ratios (10:30), Latin text, URLs, calls (``f(x)``),
telephone numbers ((023) 67511111), intervals ((0,1]), where the text names it (“,”) and where a bracket has no partner on its line;
and all of them in a sentence in Latin letters with glosses in hanzi.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from normtool.grammar.quoting import is_named
from normtool.lazyre import lazy
from normtool.model import Edit, Patch, RuleCode

RULES = ("TXT001",)
_TXT001 = RuleCode("TXT001")

_OTHER_CJK = (
    ("\u2e80", "\u2fdf"),
    ("\u3005", "\u3007"),
    ("\u3400", "\u4dbf"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)
_WIDE_MARKS = "，。、；：？！（）《》〈〉「」『』【】〔〕〖〗“”‘’—…～·％"
_MARK = lazy(r"[,;:?!()]")
_BRACKET = lazy("[()（）]")
_FULL = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_CALL = lazy(r"\((?:0|(?<=[0-9A-Za-z_]\())")
"""A bracket that may open an area code, or the arguments of a call."""
_KEEP = lazy(
    r"""
      \b[A-Za-z]{2,10}://[!-~]*                                      # a URL
    | &\#?\w{1,8};                                                   # a character entity
    | (?<=\d)[,:](?=\d)                                              # 5,721  10:30
    | \(0\d{2,3}\)[ -]?\d{6,8}                                       # a telephone number
    | (?<!\w)[A-Za-z_]\w{0,40}\([ -'*-~]{0,40}\)  # f(x)
    | (?<!\w)(?:[A-Za-z]|[a-z]{2,10})\([^()（），。；、]{1,30}[,|][^()（），。；、]{1,30}\)  # max(甲,乙)
    """,
    re.VERBOSE | re.ASCII,
)

_SIDE = r"[^\[\]()（），。；]{1,40}"
_INTERVAL = lazy(rf"\({_SIDE},{_SIDE}\]|\[{_SIDE},{_SIDE}\)")
_AFTER_PERCENT = lazy(r"(?<=%),(?=\d{1,4}(?:\.\d{1,4})?[\u4e00-\u9fff])")
"""A comma that no number can hold, before a number with its Chinese unit: 80%,7月为60%."""

_WORD = lazy(r"(?<![^\s(])[A-Za-z]{2,}(?=[,;:.)]*(?:\s|\Z))")
_MIN_WORDS = 4
"""Fewer are a name or a label, behind which a Chinese line goes on: Microsoft Office(办公软件)."""


def punctuation_edits(text: str) -> Patch:
    """Give one edit for each line in which marks become full width."""
    edits: list[Edit] = []
    mark = _MARK.search(text) if any(each in text for each in _FULL) else None
    while mark:
        start = text.rfind("\n", 0, mark.start()) + 1
        end = text.find("\n", mark.end())
        end = len(text) if end < 0 else end
        line = text[start:end]
        wide = _widened(line)
        if wide != line:
            edits.append(Edit(start, end, wide, _TXT001))
        mark = _MARK.search(text, end)
    return tuple(edits)


def _widened(line: str) -> str:
    """Give ``line`` with its marks in the width that their neighbours ask for; the length stays."""
    if line.isascii() or _is_foreign(line):
        return line
    places = _free_places(line)
    partner = _pairs(line, places) if "(" in line or ")" in line else {}
    wide = {m.start() for m in _AFTER_PERCENT.finditer(line)} if "%," in line else set()
    for _ in (1, 2):  # to the right and back: a mark beside a widened mark is widened as well
        for at in places:
            if line[at] not in "()":
                if _is_wide(line, wide, at - 1) or _is_wide(line, wide, at + 1):
                    wide.add(at)
            elif at in partner and _pair_is_wide(line, wide, at, partner[at]):
                wide.update((at, partner[at]))
        places = [at for at in reversed(places) if at not in wide]
    parts: list[str] = []
    start = 0
    for at in sorted(wide):
        parts += (line[start:at], _FULL.get(line[at], line[at]))
        start = at + 1
    return "".join((*parts, line[start:]))


def _is_foreign(line: str) -> bool:
    """Tell whether a line is a sentence in Latin letters with glosses in hanzi: it opens with a word, and has as many as hanzi."""
    if not (line[0].isascii() and line[0].isalpha()):
        return False
    words = len(_WORD.findall(line))
    return words >= _MIN_WORDS and words >= sum("\u4e00" <= c <= "\u9fff" for c in line)


def _free_places(line: str) -> list[int]:
    """Give the places of the marks of a line that stand in no number, Latin text, URL, call or telephone number."""
    inside = {k for m in _INTERVAL.finditer(line) for k in range(*m.span())} if "]" in line or "[" in line else ()
    places = [m.start() for m in _MARK.finditer(line) if m.start() not in inside and not is_named(line, m.start())]
    if "&" in line or "://" in line or ("(" in line and _CALL.search(line)):
        kept = [m.span() for m in _KEEP.finditer(line)]
        guarded = {at for start, end in kept for at in places[bisect_left(places, start) : bisect_left(places, end)]}
        return [at for at in places if at not in guarded]
    return [
        at for at in places if line[at] not in ",:" or not (_is_digit(line[at - 1 : at]) and _is_digit(line[at + 1 : at + 2]))
    ]


def _is_digit(c: str) -> bool:
    return "0" <= c <= "9"


def _is_wide(line: str, wide: set[int], at: int) -> bool:
    """Tell whether a hanzi or a full-width mark stands at a place, or a widened one.

    Most places are asked about, so no pattern is used.
    """
    if not 0 <= at < len(line):
        return False
    c = line[at]
    return (
        "\u4e00" <= c <= "\u9fff"
        or at in wide
        or c in _WIDE_MARKS
        or (c > "\u2e7f" and any(low <= c <= high for low, high in _OTHER_CJK))
    )


def _pair_is_wide(line: str, wide: set[int], one: int, other: int) -> bool:
    """Tell whether a hanzi or full-width mark stands beside either bracket of a pair, or one of them is full width."""
    if any(at in wide or line[at] in "（）" for at in (one, other)):
        return True
    return any(_is_wide(line, wide, k) for at in (one, other) for k in (at - 1, at + 1))


def _pairs(line: str, places: list[int]) -> dict[int, int]:
    """Match the brackets of a line, of either width; a guarded or lone bracket has no partner."""
    free = set(places)
    out: dict[int, int] = {}
    stack: list[int] = []
    ends = {at for m in _INTERVAL.finditer(line) for at in (m.start(), m.end() - 1)} if "]" in line or "[" in line else ()
    for match in _BRACKET.finditer(line):
        at = match.start()
        if at in ends:
            continue
        if match[0] in "(（":
            stack.append(at)
        elif stack:
            start = stack.pop()
            if (start in free or line[start] == "（") and (at in free or line[at] == "）"):
                out[start] = at
                out[at] = start
    return out
