"""Lines of a clean text with their places. Empty lines are no lines: they only separate.

The # of a Markdown heading is no text.
"""

from __future__ import annotations

from typing import NamedTuple

from normtool.model import Span


class Line(NamedTuple):
    """A line without the blanks around it: ``text`` stands at ``start`` to ``end`` of the clean text."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The place of the line."""
        return Span(self.start, self.end)


def lines_of(text: str) -> tuple[Line, ...]:
    """Give the lines that hold anything but blanks."""
    out = []
    at = 0
    for raw in text.split("\n"):
        bare = raw.strip()
        if bare and bare[0] == "#":
            bare = bare.lstrip("#").lstrip()
        if bare:
            start = at + raw.index(bare) if raw[0] != bare[0] else at
            out.append(Line(bare, start, start + len(bare)))
        at += len(raw) + 1
    return tuple(out)
