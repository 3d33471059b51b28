"""The cheapest cut of bytes into characters and broken bytes, by dynamic programming; linear in the number of bytes."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from normtool.decode.charsets import decode_strict
from normtool.decode.costs import ERROR_COST, REPLACEMENT, character_cost

_BROKEN = REPLACEMENT + ERROR_COST
_BROKEN_PAIR = _BROKEN + 3.0  # dearer than one broken byte, cheaper than two
_NEVER = 1e9
_PAIR, _QUAD = 2, 4  # bytes; four are the rare characters of GB18030 and surrogate pairs


class Cut(NamedTuple):
    """What the best cut costs in nats, and the (offset, number of bytes) of its broken places."""

    cost: float
    broken: tuple[tuple[int, int], ...]


def cheapest_cut(data: bytes, encoding: str) -> Cut:
    """Cut ``data`` in GB18030, Big5-HKSCS or UTF-16, whole or broken, into characters at the least cost."""
    size = len(data)
    best = [_NEVER] * (size + _QUAD + 1)
    step = [0] * (size + _QUAD + 1)  # bytes of what ends here; negative for broken bytes
    best[0] = 0.0
    singles = _single_costs(encoding)
    for at in range(size):
        here = best[at]
        single = here + singles[data[at]]
        broken = here + _BROKEN
        if single <= broken:
            if single < best[at + 1]:
                best[at + 1], step[at + 1] = single, 1
        elif broken < best[at + 1]:
            best[at + 1], step[at + 1] = broken, -1
        if singles[data[at]] == _NEVER or encoding in _WIDE:
            _extend(data, at, encoding, best, step)
    return Cut(best[size], _broken_places(step, size))


def _extend(data: bytes, at: int, encoding: str, best: list[float], step: list[int]) -> None:
    """Try the characters of two and four bytes that start at ``at``, and a broken pair."""
    here = best[at]
    cost = here + _cost(data[at : at + _PAIR], encoding)
    if cost < best[at + _PAIR]:
        best[at + _PAIR], step[at + _PAIR] = cost, _PAIR
    if here + _BROKEN_PAIR < best[at + _PAIR]:
        best[at + _PAIR], step[at + _PAIR] = here + _BROKEN_PAIR, -_PAIR
    if _may_be_long(data, at, encoding):
        cost = here + _cost(data[at : at + _QUAD], encoding)
        if cost < best[at + _QUAD]:
            best[at + _QUAD], step[at + _QUAD] = cost, _QUAD


_WIDE = ("utf-16-le", "utf-16-be")


def _may_be_long(data: bytes, at: int, encoding: str) -> bool:
    if at + _QUAD > len(data):
        return False
    if encoding == "gb18030":
        return 0x30 <= data[at + 1] <= 0x39  # noqa: PLR2004  # digits stand second and fourth
    high = data[at + 1] if encoding == "utf-16-le" else data[at]
    return encoding in _WIDE and 0xD8 <= high <= 0xDB  # noqa: PLR2004  # the first of a surrogate pair


@cache
def _single_costs(encoding: str) -> tuple[float, ...]:
    return (_NEVER, *(_cost(bytes((byte,)), encoding) for byte in range(1, 256)))  # a NUL among broken bytes is what broke them


@cache
def _cost(raw: bytes, encoding: str) -> float:
    """Give the cost of the one character that ``raw`` is, or what no cut pays when it is none or several."""
    try:
        text = decode_strict(raw, encoding)
    except UnicodeDecodeError:
        return _NEVER
    return character_cost(text) if len(text) == 1 else _NEVER


def _broken_places(step: list[int], size: int) -> tuple[tuple[int, int], ...]:
    """Walk the best cut back from the end; broken places side by side are one."""
    places: list[tuple[int, int]] = []
    at = size
    while at > 0:
        width = abs(step[at])
        if step[at] < 0:
            if places and places[-1][0] == at:
                places[-1] = (at - width, places[-1][1] + width)
            else:
                places.append((at - width, width))
        at -= width
    return tuple(reversed(places))
