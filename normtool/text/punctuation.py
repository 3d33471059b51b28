"""Last stage: Chinese punctuation is full width (GB/T 15834-2011 5.1.1, 5.1.3).

In: text whose lines and headings are in place. Out: edits of rule TXT001, one a line, of equal length.

A mark ``, ; : ? !`` becomes full width when a hanzi or a full-width mark stands beside it; brackets only as pairs, when a
neighbour inside or outside is one. It stays in numbers (5,721), times and ratios (10:30), Latin text, URLs, calls (``f(x)``),
telephone numbers ((023) 67511111) and where a bracket has no partner on its line.
"""

from __future__ import annotations

import re

from normtool.lazyre import lazy
from normtool.model import Edit, Patch, RuleCode

RULES = ("TXT001",)
_TXT001 = RuleCode("TXT001")

_OTHER_CJK = (("\u2e80", "\u2fdf"), ("\u3005", "\u3007"), ("\u3400", "\u4dbf"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"))
_WIDE_MARKS = "，。、；：？！（）《》〈〉「」『』【】〔〕〖〗“”‘’—…～·％"
_MARK = lazy(r"[,;:?!()]")
_GUARDED = lazy(r"[0-9A-Za-z]")
_BRACKET = lazy("[()（）]")
_FULL = str.maketrans(",;:?!()", "，；：？！（）")
_KEEP = lazy(
    r"""
      \b[A-Za-z]{2,10}://[!-~]*                                      # a URL
    | &\#?\w{1,8};                                                   # a character entity
    | (?<=\d)[,:](?=\d)                                              # 5,721  10:30
    | \(0\d{2,3}\)[ -]?\d{6,8}                                       # a telephone number
    | (?<!\w)[A-Za-z_]\w{0,40}\([ -'*-~]{0,40}\)  # f(x)
    """,
    re.VERBOSE | re.ASCII,
)


def punctuation_edits(text: str) -> Patch:
    """Give one edit for each line in which marks become full width."""
    edits = []
    mark = _MARK.search(text)
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
    kept = {k for m in _KEEP.finditer(line) for k in range(m.start(), m.end())} if _GUARDED.search(line) else set()
    places = [m.start() for m in _MARK.finditer(line) if m.start() not in kept]
    if not places or line.isascii():
        return line
    chars = list(line)
    partner = _pairs(line, places)
    for _ in (1, 2):  # to the right and back: a mark beside a widened mark is widened as well
        for at in places:
            if chars[at] in ",;:?!" and (_is_wide(chars, at - 1) or _is_wide(chars, at + 1)):
                chars[at] = chars[at].translate(_FULL)
            elif chars[at] in "()" and at in partner and _pair_is_wide(chars, at, partner[at]):
                for k in (at, partner[at]):
                    chars[k] = chars[k].translate(_FULL)
        places.reverse()
    return "".join(chars)


def _is_wide(chars: list[str], at: int) -> bool:
    """Tell whether a hanzi or a full-width mark stands at a place; most places are asked about, so no pattern is used."""
    if not 0 <= at < len(chars):
        return False
    c = chars[at]
    return "\u4e00" <= c <= "\u9fff" or c in _WIDE_MARKS or (c > "\u2e7f" and any(low <= c <= high for low, high in _OTHER_CJK))


def _pair_is_wide(chars: list[str], one: int, other: int) -> bool:
    """Tell whether a hanzi or full-width mark stands beside either bracket of a pair, or one of them is full width."""
    if chars[one] in "（）" or chars[other] in "（）":
        return True
    return any(_is_wide(chars, k) for at in (one, other) for k in (at - 1, at + 1))


def _pairs(line: str, places: list[int]) -> dict[int, int]:
    """Match the brackets of a line, of either width; a guarded or lone bracket has no partner."""
    free = set(places)
    out: dict[int, int] = {}
    stack: list[int] = []
    for match in _BRACKET.finditer(line):
        at = match.start()
        if match[0] in "(（":
            stack.append(at)
        elif stack:
            start = stack.pop()
            if (start in free or line[start] == "（") and (at in free or line[at] == "）"):
                out[start] = at
                out[at] = start
    return out
