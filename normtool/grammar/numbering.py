"""Labels of headings and articles: 一、（一）1.（1） 第一章 第一节 第一条 第一部分 专栏1.

GB/T 9704-2012 7.3.3 orders the first four; 第X章 … 第X条 is the layout of regulations. A label is recognized where a caller
says that one may stand; whether it is one there is the caller's business (see ``structure.numbering``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from normtool.lazyre import lazy, scan

if TYPE_CHECKING:
    from collections.abc import Iterator

Style = Literal[
    "part",
    "chapter",
    "section",
    "article",
    "decimal-1",
    "decimal-2",
    "decimal-3",
    "decimal-4",
    "hanzi",
    "hanzi-paren",
    "arabic",
    "arabic-2",
    "arabic-3",
    "arabic-4",
    "arabic-paren",
    "box",
]
"""``decimal-N`` are 1, 1.1, 1.1.1 as chapters of a document, ``arabic-N`` 1.1 and 1.1.1 under 1. or 一、 (``grammar.decimals``)."""

LEVEL: dict[Style, int] = {
    "part": 1,
    "chapter": 1,
    "section": 2,
    "decimal-1": 1,
    "decimal-2": 2,
    "decimal-3": 3,
    "decimal-4": 4,
    "hanzi": 1,
    "hanzi-paren": 2,
    "arabic": 3,
    "arabic-2": 4,
    "arabic-3": 5,
    "arabic-4": 6,
    "arabic-paren": 4,
    "article": 5,
    "box": 6,
}
"""Depth of each style in a document that uses all of them; ``article`` and ``box`` stand outside the four levels."""

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_HANZI = "[一二三四五六七八九十百零〇]"

LABEL = lazy(
    rf"""
      (?P<hanzi>{_HANZI}{{1,5}})[、．]            # 一、
    | [（(](?P<hanzi_paren>{_HANZI}{{1,5}})[）)]  # （一）
    | (?P<arabic>[1-9]\d?)[.．](?!\d)            # 1.   not 1.5
    | (?P<arabic_comma>[1-9]\d?)、               # 1、
    | [（(](?P<arabic_paren>[1-9]\d?)[）)]        # （1）
    | 第(?P<ordinal>{_HANZI}{{1,6}}|[1-9]\d{{0,2}})(?P<unit>部分|编|章|节|条)
    | 专栏[ ]?(?P<box>[1-9]\d?|{_HANZI}{{1,3}})(?=[：:\s　]|$)
    """,
    re.VERBOSE,
)
_FIRST = lazy("[一二三四五六七八九十百零〇（(第专1-9]")
_OPENING = frozenset("一二三四五六七八九十百零〇（(第专123456789")
"""What a label opens with; most lines open with something else."""
_DOTS = frozenset(".．、")
_LONGEST = 16
"""More characters than any label has, with the one that must follow it."""
_UNIT_STYLE: dict[str, Style] = {"部分": "part", "编": "part", "章": "chapter", "节": "section", "条": "article"}
_GROUP_STYLE: dict[str, Style] = {
    "hanzi": "hanzi",
    "hanzi_paren": "hanzi-paren",
    "arabic": "arabic",
    "arabic_comma": "arabic",
    "arabic_paren": "arabic-paren",
    "box": "box",
}


class Label(NamedTuple):
    """A label and where it stands: ``text[start:end]``, punctuation of the label included."""

    style: Style
    number: int
    start: int
    end: int


def hanzi_number(text: str) -> int | None:
    """Read a number up to 9,999 in hanzi (十二, 二十, 一百零三) or in ASCII digits; None when it is not well formed."""
    if text.isdecimal() and text.isascii():
        return int(text)
    total = digit = 0
    last_unit = 10000
    for c in text:
        if c in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[c]
        elif c in _UNITS and _UNITS[c] < last_unit:
            last_unit = _UNITS[c]
            total += (digit or 1) * last_unit
            digit = 0
        else:
            return None
    return total + digit or None


def labels_in(text: str) -> Iterator[Label]:
    """Give whatever looks like a label, anywhere in ``text``, in order and not overlapping."""
    for match in scan(_FIRST, LABEL, text):
        label = _label(match)
        if label:
            yield label


def label_at(text: str, position: int = 0) -> Label | None:
    """Give the label that starts exactly at ``position`` (0-based), or None."""
    head = text[position : position + _LONGEST]
    if head[:1] not in _OPENING or ("0" < head[0] <= "9" and _DOTS.isdisjoint(head[1:3])):
        return None
    found = _label_of(head)
    return found if found is None or not position else Label(found.style, found.number, position, position + found.end)


@lru_cache(maxsize=4096)
def _label_of(head: str) -> Label | None:
    """Give the label that a piece opens with; stages, parser and rules all ask about the same lines."""
    match = LABEL.match(head)
    return _label(match) if match else None


def _label(match: re.Match[str]) -> Label | None:
    unit = match["unit"]
    if unit:
        style, digits = _UNIT_STYLE[unit], match["ordinal"]
    else:
        group = match.lastgroup or ""
        style, digits = _GROUP_STYLE[group], match[group]
    number = hanzi_number(digits)
    return Label(style, number, match.start(), match.end()) if number else None
