"""Places in the source of a page and in its text."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from normtool.model import Location

if TYPE_CHECKING:
    from normtool.model import Decoded, Page


def source_line(page: Page, line: int) -> int:
    """Give the line of the page's source (1-based) that a line of its text (1-based) comes from; 0 when the text is empty."""
    return page.lines[min(max(line, 1), len(page.lines)) - 1] if page.lines else 0


def moved(decoded: Decoded) -> Decoded:
    """Give a decoded page with the places of its broken bytes and of its parts in the text instead of the source.

    Each goes to the start of the first line that comes from its line of the source or a later one; a byte's offset in the file
    stays.
    """
    page = decoded.page
    if page is None or not (decoded.damage or decoded.parts):
        return decoded
    order = sorted(range(len(page.lines)), key=page.lines.__getitem__)
    sources = [page.lines[k] for k in order]

    def line(source: int) -> int:
        k = min(bisect_left(sources, source), len(sources) - 1)
        return order[k] + 1 if order else 1

    damage = tuple(place._replace(location=Location(line(place.location.line), 1)) for place in decoded.damage)
    parts = tuple(
        part._replace(first_line=line(part.first_line), last_line=max(line(part.first_line), line(part.last_line)))
        for part in decoded.parts
    )
    return decoded._replace(damage=damage, parts=parts)
