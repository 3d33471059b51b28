"""A page as lines: what a browser would show, and which element each line came from.

``Row`` is a line; ``Region`` an element that stands on lines of its own, as a range of rows. Regions are in the order of the
page, so that the regions inside one follow it directly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Row(NamedTuple):
    """A rendered line: its text, the line of the source (1-based) where it starts, and how many of its characters are links.

    ``pieces`` are the texts of its elements in order (of a table's row: its cells); ``shown`` is False inside a hidden element.
    """

    text: str
    source: int
    linked: int
    pieces: tuple[str, ...]
    shown: bool
    table: bool


class Region(NamedTuple):
    """An element: its tag, its names (``#id`` and ``.class``, lower case), its rows (half-open), and the region around it (-1: none)."""

    tag: str
    names: tuple[str, ...]
    first: int
    end: int
    parent: int
    shown: bool


class Anchor(NamedTuple):
    """A link to a file: the row where it stands, its text and its address."""

    row: int
    text: str
    address: str


class Image(NamedTuple):
    """A picture: the region it stands in (-1: none), its address and its sizes in the markup (0 when unknown)."""

    region: int
    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Rendering:
    """A rendered page. ``marks`` are the comments that an extraction may go by, with the row that follows each."""

    rows: tuple[Row, ...]
    regions: tuple[Region, ...]
    marks: tuple[tuple[str, int], ...]
    anchors: tuple[Anchor, ...]
    images: tuple[Image, ...]
    meta: tuple[tuple[str, str], ...]
    head_title: str
