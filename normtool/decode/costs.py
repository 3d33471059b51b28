"""What a text costs when it is taken for Chinese: the sum of every character's surprise, in nats.

The costs of two readings of the same bytes can be compared, for each reading explains all of the bytes. Hanzi come from
``data/decode/hanzi.txt``; the other characters are so few kinds that their costs stand here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import cache
from typing import NamedTuple

from normtool.catalog import data_bytes

RARE_HANZI = 14.5
"""No hanzi costs more, in the table or outside it."""

REPLACEMENT = 14.0
"""A broken byte, shown as U+FFFD."""

ERROR_COST = 8.0
"""Of every broken byte, beyond the cost of the U+FFFD that stands for it."""

_FREQUENT = {" ": 3.0, "\n": 3.3, "\r": 3.3, "\t": 4.0, "，": 3.7, "。": 4.3, "、": 4.8, "的": 3.9, "”": 6.0, "“": 6.0, "\u3000": 4.5, "：": 6.0, "；": 6.5,
             "（": 6.0, "）": 6.0, "《": 6.0, "》": 6.0, "·": 8.0, "—": 7.0, "！": 7.0, "？": 7.0, "…": 8.0, "「": 6.5, "」": 6.5, "〔": 8.0, "〕": 8.0}  # fmt: skip

# (first code point of a range, cost of a character in it); a range reaches to the next
_RANGES: tuple[tuple[int, float], ...] = (
    (0x0, 18.0),
    (0x20, 4.3),
    (0x30, 3.2),
    (0x3A, 4.5),
    (0x41, 4.2),
    (0x5B, 4.8),
    (0x61, 3.4),
    (0x7B, 4.8),
    (0x7F, 16.0),
    (0xA0, 11.0),
    (0x250, 13.0),
    (0x391, 11.0),
    (0x3CA, 13.0),
    (0x410, 11.0),
    (0x450, 13.0),
    (0x2010, 8.5),
    (0x2020, 10.0),
    (0x20A0, 11.0),
    (0x2103, 8.5),
    (0x2104, 10.0),
    (0x2160, 9.0),
    (0x2180, 10.0),
    (0x2460, 8.0),
    (0x24EA, 9.5),
    (0x2600, 11.0),
    (0x2E80, 13.0),
    (0x3000, 8.0),
    (0x3020, 11.0),
    (0x3040, 10.5),
    (0x3130, 13.0),
    (0x3200, 11.0),
    (0x3400, 14.5),
    (0xA000, 13.0),
    (0xD800, 18.0),
    (0xE000, 16.0),
    (0xF900, 14.5),
    (0xFB00, 13.0),
    (0xFE10, 10.0),
    (0xFE70, 13.0),
    (0xFEFF, 12.0),
    (0xFF00, 13.0),
    (0xFF01, 7.5),
    (0xFF5F, 12.0),
    (0xFFE0, 9.0),
    (0xFFF0, 16.0),
    (0xFFFD, REPLACEMENT),
    (0xFFFE, 18.0),
    (0x10000, 14.5),
    (0xE0000, 18.0),
)
_STARTS = [start for start, _ in _RANGES]


@cache
def table() -> dict[str, float]:
    """Give the cost of single characters; it grows as ``character_cost`` meets others."""
    costs: dict[str, float] = {}
    for line in data_bytes("decode/hanzi.txt").decode().splitlines():
        cost, tab, chars = line.partition("\t")
        if tab:
            costs.update(dict.fromkeys(chars, min(float(cost), RARE_HANZI)))
    costs.update(_FREQUENT)
    return costs


def character_cost(char: str) -> float:
    """Give the cost of one character of Chinese text, in nats."""
    costs = table()
    if char not in costs:
        costs[char] = _RANGES[bisect_right(_STARTS, ord(char)) - 1][1]
    return costs[char]


class TextCost(NamedTuple):
    """The cost of a text in nats; how many hanzi it holds and what they cost together."""

    total: float
    hanzi: int
    hanzi_cost: float

    @property
    def average(self) -> float:
        """What one hanzi costs; RARE_HANZI when there is none."""
        return self.hanzi_cost / self.hanzi if self.hanzi else RARE_HANZI


def text_cost(text: str) -> TextCost:
    """Give what a text costs."""
    costs = table()
    total = hanzi_total = 0.0
    hanzi = 0
    for char, count in Counter(text).items():
        cost = costs.get(char)
        if cost is None:
            cost = character_cost(char)
        total += count * cost
        if "\u3400" <= char <= "\u9fff" or char >= "\U00020000":
            hanzi += count
            hanzi_total += count * cost
    return TextCost(total, hanzi, hanzi_total)


def is_hanzi(char: str) -> bool:
    """Tell whether a character is a hanzi of the unified blocks (〇 and the compatibility block are not)."""
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U000323af"
