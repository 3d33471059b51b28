"""The Chinese candidates for a file's encoding, scored on samples of its bytes by what the text of each reading costs."""

from __future__ import annotations

import re
from math import inf
from typing import NamedTuple

from normtool.decode.charsets import decode_lenient
from normtool.decode.costs import ERROR_COST, RARE_HANZI, character_cost, is_hanzi, text_cost
from normtool.decode.foreign import letter_costs
from normtool.decode.sniff import utf_16_candidates
from normtool.lazyre import lazy

BYTE_ENCODINGS = ("utf-8", "gb18030", "big5hkscs")
"""Where reading can begin at any byte below 0x30: none of them uses such a byte inside a character of two bytes."""

MAX_ERROR_SHARE = 1 / 150
"""More broken bytes than this, and the reading is no candidate: random bytes have one error in ten, files with a fault one in a thousand."""

_WINDOW = 512
_WINDOWS = 6
WHOLE_SAMPLE = _WINDOW * _WINDOWS
"""Bytes that are looked at for the decision, in one piece or in several."""

_LEAD_IN = 48
_HOPELESS_ERRORS = 4
_HOPELESS_SHARE = 1 / 50
_SHORT_FILE_ERRORS = 2
_RESTART = re.compile(rb"[\x00-\x2f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_BROKEN = lazy("\ufffd+")
_LONE = lazy(r"(?<=[a-z])[^\x00-\x7f](?![^\x00-\x7f])|(?<![^\x00-\x7f])[^\x00-\x7f](?=[a-z])")
_LONE_HANZI_COST = 7.0
"""A hanzi in the middle of an ASCII word is an accented letter and its neighbour, read wrongly."""


class Reading(NamedTuple):
    """How well an encoding explains a sample: cost in nats, broken bytes, hanzi and what one of them costs on the average.

    In UTF-8 ``errors`` counts broken places: one byte written over in the middle of a hanzi leaves three that belong to no character.
    """

    encoding: str
    cost: float
    errors: int
    hanzi: int
    average: float


def windows(data: bytes) -> tuple[bytes, ...]:
    """Give up to 6 pieces of ``data``, together about 3 kB, that hold non-ASCII bytes and start at a character.

    A short file is one piece. A piece may end inside a character.
    """
    if len(data) <= WHOLE_SAMPLE:
        return (data,)
    out: list[bytes] = []
    end = 0
    for k in range(_WINDOWS):
        start = _window_start(data, max(end, k * (len(data) // _WINDOWS)), first=k == 0)
        if start is None:
            break
        end = start + _WINDOW
        out.append(data[start:end])
    if len(out) == 1:  # one long line: no second place where a character surely starts
        start = _window_start(data, 0, first=True) or 0
        return (data[start : start + WHOLE_SAMPLE],)
    return tuple(out)


def _window_start(data: bytes, at: int, *, first: bool) -> int | None:
    """Give a place at or behind ``at`` where a character starts and non-ASCII bytes follow soon, or None."""
    if first:
        restart = 0
    else:
        found = _RESTART.search(data, at)
        if not found:
            return None
        restart = found.end()
    high = _HIGH.search(data, restart)
    if not high:
        return None
    lead = max(restart, high.start() - _LEAD_IN)
    for place in range(lead, high.start()):
        if data[place] < 0x30:  # noqa: PLR2004  # as _RESTART
            return place + 1
    return high.start() if lead > restart else restart


def read(pieces: tuple[bytes, ...], encoding: str) -> Reading:
    """Score one encoding on the pieces of a file. A hopeless reading is not counted out: its cost is infinite."""
    text = "\n".join(decode_lenient(piece, encoding, final=len(pieces) == 1) for piece in pieces)
    errors = text.count("\ufffd")
    if errors > max(_HOPELESS_ERRORS, len(text) * _HOPELESS_SHARE):
        return Reading(encoding, inf, errors, 0, RARE_HANZI)
    basic = text_cost(text)
    cost = basic.total + ERROR_COST * errors
    if encoding == "utf-8":
        cost -= _saved_by_alphabets(text)
        errors = len(_BROKEN.findall(text)) if errors else 0
    else:
        cost += _LONE_HANZI_COST * sum(map(is_hanzi, _LONE.findall(text)))
    return Reading(encoding, cost, errors, basic.hanzi, basic.average)


def _saved_by_alphabets(text: str) -> float:
    """Give what other languages' letters cost less in UTF-8, which may hold any language, than in a Chinese encoding."""
    costs = letter_costs()
    return sum(text.count(char) * (character_cost(char) - costs[char]) for char in set(text) if char in costs)


def readings(data: bytes) -> tuple[Reading, ...]:
    """Score every Chinese candidate that explains ``data`` with few broken bytes, the best first.

    UTF-16 is weighed on the head of the file alone, where its characters are known to start; a page of markup passes its quick
    filter, and may have its first hanzi far behind.
    """
    wide = utf_16_candidates(data)
    if wide:
        ranked = _ranked((data[:WHOLE_SAMPLE],), (*BYTE_ENCODINGS, *wide))
        if len(data) <= WHOLE_SAMPLE or (ranked and ranked[0].encoding in wide):
            return ranked
    return _ranked(windows(data), BYTE_ENCODINGS)


def _ranked(pieces: tuple[bytes, ...], encodings: tuple[str, ...]) -> tuple[Reading, ...]:
    size = sum(map(len, pieces))
    found = (read(pieces, name) for name in encodings)
    return tuple(sorted((r for r in found if _has_few_errors(r, size)), key=lambda r: r.cost))


def _has_few_errors(reading: Reading, size: int) -> bool:
    """Tell whether a reading of ``size`` bytes is that of a damaged file at worst; short files may have a broken byte or two.

    Hanzi in UTF-8 prove more: no chance makes three of them.
    """
    hanzi_per_error = 3 if reading.encoding == "utf-8" else 8
    return reading.errors <= size * MAX_ERROR_SHARE or (
        reading.errors <= _SHORT_FILE_ERRORS and reading.hanzi >= hanzi_per_error * reading.errors
    )
