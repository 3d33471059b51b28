"""Lines of a text with their places, shared by the stages that look at whole lines."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Line(NamedTuple):
    """A line without its newline: ``text == source[start:end]``."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=4)
def lines_of(text: str) -> tuple[Line, ...]:
    """Split at LF; a final newline opens no further line.

    Stages that change nothing hand the same text on, so the last few texts are remembered.
    """
    out = []
    at = 0
    for piece in text.split("\n"):
        out.append(Line(piece, at, at + len(piece)))
        at += len(piece) + 1
    if len(out) > 1 and not out[-1].text:
        out.pop()
    return tuple(out)
