"""Text that was wrapped at one width: how wide, and what shows that a line break stands inside a sentence.

Says nothing about headings, list items or sign-offs: whether a line may go on in the next one is the caller's business.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from normtool.lazyre import lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

MIN_WRAP = 40
"""Cells; no page is narrower, and items of a list often are."""
SLACK = 4
"""Cells that a wrapped line may be short, because a mark may not open the next one."""
INDENT = 4
"""Cells that the first line of a paragraph is short besides, where it was indented (GB/T 9704-2012 7.3.3) and no longer is."""
_MAX_WRAP = 120
_MIN_WRAPPED = 10
_MIN_RUN = 3
_WRAPPED_SHARE = 0.6
_MIN_PROVED = 10
"""Characters; what is shorter may be the label of a form or a cell."""
_NARROW = lazy(r"[\x20-\x7e]")
_NEVER_FIRST = "，、。；！？"
_HALF_WIDTH = ",.;:!?"
"""The same marks before they are set right: a row of them (??????) is no sentence that was cut."""
_ENDS = "。；：！？…"
_CLOSING = "》〉）”〕"
_PAIRS = ("《》", "〈〉", "（）", "“”", "〔〕")
_ITEM = lazy(r"[0-9A-Za-z一二三四五六七八九十]{1,3}[）)]")
_OPEN_MARKS = "，、,（(《“”》〉%％—-"
_ADDRESS = lazy(r"(?:https?://|www\.)[!-~]+\Z")
_MAX_ADDRESS = 200


def cells(text: str) -> int:
    """Count the cells of a line in a fixed-width font: ASCII one, everything else two."""
    return 2 * len(text) - len(_NARROW.findall(text))


def wrap_width(lines: Sequence[str]) -> int:
    """Give the width in cells at which a text was wrapped, or 0: most lines that end without a mark are equally wide."""
    widths = [cells(line) for line in lines if len(line) <= _MAX_WRAP and ends_open(line)]
    widths = [width for width in widths if width >= MIN_WRAP]
    if len(widths) < _MIN_WRAPPED:
        return 0
    counts = Counter(widths)
    width = max(counts, key=lambda w: (sum(counts[w - k] for k in range(SLACK + 1)), w))
    near = sum(counts[width - k] for k in range(SLACK + 1))
    return width if near >= _WRAPPED_SHARE * len(widths) else 0


def run_width(lines: Sequence[str]) -> int:
    """Give the width of lines that may be one paragraph wrapped at one width, or 0: all but the last are equally wide.

    Does not act on fewer than three lines, which say nothing of a width, nor on items that open alike (坚持…|坚持…).
    """
    if len(lines) < _MIN_RUN or max(map(len, lines)) > _MAX_WRAP or len({line[0] for line in lines}) == 1:
        return 0
    full = [cells(line) for line in lines[:-1]]
    width = max(full)
    even = min(full[1:]) >= width - SLACK and full[0] >= width - SLACK - INDENT
    return width if even and width >= MIN_WRAP and cells(lines[-1]) <= width + 1 else 0


def fills(line: str, width: int, *, opens: bool) -> bool:
    """Tell whether a line is as long as the text was wrapped; one that ``opens`` a paragraph may have lost its indent."""
    return width - SLACK - (INDENT if opens else 0) <= cells(line) <= width + 1


def ends_open(line: str) -> bool:
    """Tell whether a line ends without a closing mark: in a word, a number, a comma or an open bracket.

    Behind an address none is written.
    """
    if line[-1].isascii() and _ADDRESS.search(line, max(0, len(line) - _MAX_ADDRESS)):
        return False
    return line[-1].isalnum() or line[-1] in _OPEN_MARKS


def closes_quotation(line: str) -> bool:
    """Tell whether a line ends with a quotation that closes a sentence: ``…。”``."""
    return line[-1] in "”’" and line.rstrip("”’ ")[-1:] in tuple(_ENDS)


def bracket_runs_on(line: str) -> bool:
    """Tell whether a line ends with a note in brackets inside a sentence: ``…公司（以下简称公司）``, and not ``…。（责任单位：…）``."""
    at = line.rfind("（")
    return line[-1] == "）" and at > 0 and line[at - 1] not in _ENDS


def leaves_open(line: str) -> bool:
    """Tell whether brackets, quotation marks or the marks of a title are open at the end of a line."""
    return any(line.rfind(pair[0]) > line.rfind(pair[1]) for pair in _PAIRS)


def is_closed(one: str, other: str) -> bool:
    """Tell whether a paragraph certainly ends between two lines: with a closing mark, and no bracket or quotation ends behind it."""
    return one[-1] in _ENDS and other[0] not in _CLOSING


def proves_cut(one: str, other: str) -> bool:
    """Tell whether the break between two lines cuts a sentence for certain, whatever else they are.

    The second opens with a mark that opens no line (``…健康生命|，实现…``), or closes what the first one opens
    (``《…的意|见》``). Does not act on rows of a table, on very short lines, or on a first line that ends with a closing mark.
    """
    if is_closed(one, other) or len(one) < _MIN_PROVED or " | " in one or " | " in other:
        return False
    if other[0] in _NEVER_FIRST:
        return one[-1] not in _NEVER_FIRST and one[-1] not in _ENDS and one[-1] not in _HALF_WIDTH
    return not _ITEM.match(other) and any(_closes(one, other, *pair) for pair in _PAIRS)


def _closes(one: str, other: str, opening: str, closing: str) -> bool:
    """Tell whether ``one`` opens a pair of marks that ``other`` closes before it opens another.

    A note in brackets that is all of both lines, as under the title of a regulation, was set on two lines on purpose.
    """
    if one.rfind(opening) <= one.rfind(closing) or (opening == "（" and one[0] == opening and other[-1] == closing):
        return False
    end, again = other.find(closing), other.find(opening)
    return end >= 0 and not 0 <= again < end
