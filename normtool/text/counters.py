"""Second stage: page counters that a document-sharing site pours into the text every fixed number of characters.

In: decoded text with LF. Out: edits of rule CHR009 that delete each ``N、``. Such counters also stand inside words and numbers
(``培训4100多3、人``), so they are never matched by pattern alone: 1, 2, 3 … must stand exactly one stride apart, the stride
being counted without the counters themselves. Runs on the text before any edit has changed a length.

Does not act on a list whose items happen to have equal lengths: there every number opens a sentence or a line, while of
true counters at least one stands inside a sentence.
"""

from __future__ import annotations

import re

from normtool.lazyre import lazy
from normtool.model import Edit, Patch, RuleCode

RULES = ("CHR009",)
_CHR009 = RuleCode("CHR009")

_MIN_STRIDE = 100
_MAX_STRIDE = 3000
_MIN_COUNTERS = 4
"""Three equal gaps of at least a hundred characters do not happen by chance."""
_MAX_STARTS = 64
"""A document's counters start once; more lines that open with ``1、`` than this are lists."""

_FIRST = lazy(r"^[ \u3000]*(1、)", re.MULTILINE)
_OPENS_A_SENTENCE = "。！？；：.!?;:”）)\n"


def counter_edits(text: str) -> Patch:
    """Give the edits that delete the page counters of ``text``; none unless sequence and stride prove them."""
    if not all(_counter(k) in text for k in range(1, _MIN_COUNTERS + 1)):
        return ()
    for count, match in enumerate(_FIRST.finditer(text)):
        if count == _MAX_STARTS:
            break
        starts = _chain(text, match.start(1))
        if len(starts) >= _MIN_COUNTERS and _some_inside_a_sentence(text, starts):
            return tuple(Edit(at, at + len(_counter(k)), "", _CHR009) for k, at in enumerate(starts, 1))
    return ()


def _counter(number: int) -> str:
    return f"{number}、"


def _chain(text: str, first: int) -> list[int]:
    """Give the places of 1、, 2、… from ``first`` on with one stride, for the stride that leads farthest."""
    best = [first]
    body = first + len(_counter(1))
    end = body + _MAX_STRIDE + len(_counter(2))
    second = text.find(_counter(2), body + _MIN_STRIDE, end)
    while second != -1:
        stride = second - body
        places = [first, second]
        while True:
            number = len(places) + 1
            at = places[-1] + len(_counter(number - 1)) + stride
            if not text.startswith(_counter(number), at):
                break
            places.append(at)
        if len(places) > len(best):
            best = places
        second = text.find(_counter(2), second + 1, end)
    return best


def _some_inside_a_sentence(text: str, starts: list[int]) -> bool:
    """Tell whether a counter after the first stands where no list item could start."""
    return any(text[at - 1] not in _OPENS_A_SENTENCE and not text[at - 1].isspace() for at in starts[1:])
