"""Frames that several formats share; these have no place for files that could not be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from normtool.results import Part, Trouble


def in_a_row(parts: Iterable[Part], troubles: Sequence[Trouble]) -> Iterator[str]:  # noqa: ARG001
    """Give the parts as they are."""
    return (part.text for part in parts)


def in_an_array(parts: Iterable[Part], troubles: Sequence[Trouble]) -> Iterator[str]:  # noqa: ARG001
    """Put the parts, which are objects with commas between them, into one JSON array."""
    before = "[\n"
    for part in parts:
        if part.text:
            yield f"{before}{part.text}"
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
