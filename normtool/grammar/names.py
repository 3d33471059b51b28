"""Names of people in a list: 签发人：赵某　钱某某, 孙某、李某代表."""

from __future__ import annotations

from typing import NamedTuple

from normtool.lazyre import lazy

_PIECE = lazy(r"[^\s、，,]+")
_MAX_FAMILY = 2


class Name(NamedTuple):
    """A name and where it stands: ``text[start:end]``; ``name`` has no blanks."""

    start: int
    end: int
    name: str


def names_in(text: str) -> tuple[Name, ...]:
    """Give the names of a list that 、 or blanks divide.

    A name of two characters is set with a blank between them (``赵　某``): a single character is no name, and belongs to the
    single one behind it, or else to what stands before it. Characters that 、 divides stay apart.
    """
    out: list[Name] = []
    for match in _PIECE.finditer(text):
        piece = Name(match.start(), match.end(), match.group())
        if out and _goes_on(text, out[-1], piece):
            piece = Name(out[-1].start, piece.end, out.pop().name + piece.name)
        out.append(piece)
    return tuple(out)


def _goes_on(text: str, last: Name, piece: Name) -> bool:
    """Tell whether a piece is the second half of the name before it, which no blank divides yet."""
    whole = last.end - last.start == len(last.name)
    return len(piece.name) == 1 and whole and len(last.name) <= _MAX_FAMILY and text[last.end : piece.start].isspace()
