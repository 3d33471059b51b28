"""Files whose lines are in different encodings: which lines are in which.

Works line by line, for that is how such files come about: pieces of other files were appended. Bytes come in, parts go
out; a file whose odd lines are only damaged has one part.
"""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from normtool.decode.candidates import Reading, read
from normtool.decode.charsets import decode_lenient
from normtool.model import Part

_WIDE = "\u0800"  # from here on a character takes three bytes in UTF-8
_LEGACY = ("gb18030", "big5hkscs")
_MARGIN = 8.0  # nats: a line of three hanzi in GB18030 is that much cheaper than as broken UTF-8
_PLAIN = 9.5  # average nats of a hanzi above which a line is not Chinese in the encoding


class _Line(NamedTuple):
    """A line's bytes and the encoding that it shows by itself: utf-8, legacy, or empty where it could be either."""

    data: bytes
    shows: str


def parts(data: bytes) -> tuple[Part, ...]:
    """Give the runs of lines that are in UTF-8 and those in GB18030 or Big5, in order.

    Empty when all lines are in one encoding.
    """
    lines = [_Line(line, _shown(line)) for line in data.splitlines()]
    unicode_lines = [k for k, line in enumerate(lines) if line.shows == "utf-8"]
    legacy_lines = [k for k, line in enumerate(lines) if line.shows == "legacy"]
    if not unicode_lines or not legacy_lines:
        return ()
    legacy = min((read((b"\n".join(lines[k].data for k in legacy_lines),), name) for name in _LEGACY), key=_cost).encoding
    if len(unicode_lines) <= len(legacy_lines):
        unicode_lines = [k for k in unicode_lines if _is_better(lines[k].data, "utf-8", legacy)]
    legacy_lines = [k for k in legacy_lines if _is_better(lines[k].data, legacy, "utf-8")]
    if not unicode_lines or not legacy_lines:
        return ()
    names = dict.fromkeys(unicode_lines, "utf-8") | dict.fromkeys(legacy_lines, legacy)
    return _runs([names.get(k) for k in range(len(lines))])


def _shown(line: bytes) -> str:
    if line.isascii():
        return ""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return "legacy"
    return "utf-8" if any(char >= _WIDE for char in text) else ""


def _cost(reading: Reading) -> float:
    return reading.cost


def _is_better(line: bytes, encoding: str, other: str) -> bool:
    mine, theirs = read((line,), encoding), read((line,), other)
    return not mine.errors and mine.average < _PLAIN and mine.cost + _MARGIN < theirs.cost


def _runs(names: list[str | None]) -> tuple[Part, ...]:
    """Join lines to runs; a line that could be either belongs to the run before it, at the top to the one after."""
    current = next(name for name in names if name)
    out = []
    filled = []
    for name in names:
        current = name or current
        filled.append(current)
    at = 1
    for name, group in groupby(filled):
        size = len(list(group))
        out.append(Part(name, at, at + size - 1))
        at += size
    return tuple(out)


def decode_parts(data: bytes, runs: tuple[Part, ...]) -> str:
    """Decode every run of lines in its own encoding, with U+FFFD for what is broken in it."""
    lines = data.splitlines(keepends=True)
    return "".join(decode_lenient(b"".join(lines[run.first_line - 1 : run.last_line]), run.encoding) for run in runs)
