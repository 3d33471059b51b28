"""The pieces of a text that are Markdown syntax, and which of them an edit touches."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normtool.model import Edit

BREAK = "break"
"""The kind of a line break that ends a heading, an item or a row: a line joined or cut there would be another one."""

RAW = "raw"
"""The kind of what no rule may take away even with its line: code, math, HTML and entities."""


class Piece(NamedTuple):
    """A range of syntax; ``kind`` holds what it means beyond its characters, where other text can change that."""

    start: int
    end: int
    kind: str = ""


class Syntax(NamedTuple):
    """The syntax of a text; both tuples are sorted, and no two pieces of one overlap.

    ``fixed`` are blocks, what makes a line a heading, an item or a row, and what is raw in a line: they stay. ``marks`` stand
    within text and may go with the whole of its line.
    """

    fixed: tuple[Piece, ...]
    marks: tuple[Piece, ...]


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Sort pieces and join those that overlap; neighbours stay apart, and empty ones are left out."""
    out: list[Piece] = []
    for piece in sorted(pieces):
        if out and piece.start < out[-1].end:
            out[-1] = Piece(out[-1].start, max(out[-1].end, piece.end), out[-1].kind + piece.kind)
        elif piece.end > piece.start:
            out.append(piece)
    return tuple(out)


def over(pieces: tuple[Piece, ...], edit: Edit) -> Iterator[Piece]:
    """Give the pieces that an edit changes a character of, or writes something into."""
    k = bisect_right(pieces, edit.start, key=lambda piece: piece.end)
    while k < len(pieces) and pieces[k].start < max(edit.start, edit.end):
        yield pieces[k]
        k += 1


def touches(pieces: tuple[Piece, ...], edit: Edit) -> bool:
    """Tell whether an edit touches one of the pieces."""
    return next(over(pieces, edit), None) is not None
