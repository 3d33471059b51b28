"""Finds the document's place in a rendered page, and when in doubt keeps the whole page.

What may be lost decides (see ``weights``). A known container is taken when no landmark and less than a quarter of the prose
stand outside it. Otherwise, and without one, the document is in the smallest element that holds all weight and all known
containers.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from normtool.page.packs import comment_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from normtool.page.layout import Image, Region, Rendering
    from normtool.page.packs import Places
    from normtool.page.weights import Weights

_SURE_SHARE = 0.75


class Place(NamedTuple):
    """Where the document stands: ranges of rows (half-open) in order, and how it was found: an entry's name, ``around`` or ``page``.

    ``wider`` are the places in ``page.regions`` of the elements around its containers: they may hold the same rows, and pictures
    that are none of the document's.
    """

    ranges: tuple[tuple[int, int], ...]
    how: str
    wider: frozenset[int] = frozenset()


class _Candidate(NamedTuple):
    """A known container: its rows, the name of its entry, and its place in ``page.regions`` (-1: it stands between comments)."""

    first: int
    end: int
    how: str
    element: int = -1


def choose(page: Rendering, places: Places, weights: Weights) -> Place:
    """Give the place of the document in a page."""
    total = len(page.rows)
    known = _candidates(page, places, weights)
    if known and _is_safe(known, weights, total):
        return Place(tuple((c.first, c.end) for c in known), known[0].how, _wider(page, places, known))
    if not weights.of(0, total):
        return Place(((0, total),), "page")
    first, end = _around(page.regions, known, weights, total)
    return Place(((first, end),), "around" if (first, end) != (0, total) else "page")


def _is_safe(known: Sequence[_Candidate], weights: Weights, total: int) -> bool:
    """Tell whether leaving out the rest of the page can lose nothing of the document."""
    inside = sum(weights.of(c.first, c.end) for c in known)
    marks = sum(weights.landmarks_of(c.first, c.end) for c in known)
    return marks == weights.landmarks_of(0, total) and inside >= weights.of(0, total) * _SURE_SHARE


def _around(regions: Sequence[Region], known: Sequence[_Candidate], weights: Weights, total: int) -> tuple[int, int]:
    """Give the rows of the smallest element that holds all weight of the page and every known container."""
    whole = weights.of(0, total)
    first, end = (known[0].first, known[-1].end) if known else (total, 0)
    best = (0, total)
    for region in regions:
        holds = region.first <= first and end <= region.end and weights.of(region.first, region.end) == whole
        if holds and region.end - region.first <= best[1] - best[0]:
            best = (region.first, region.end)
    return best


def _candidates(page: Rendering, places: Places, weights: Weights) -> list[_Candidate]:
    """Give the known containers that hold the document: each as small as it can be, copies of one left out."""
    named = {k: how for k, r in enumerate(page.regions) if (how := places.container(r.names)) is not None}
    found = [_Candidate(page.regions[k].first, page.regions[k].end, how, k) for k, how in named.items()]
    found += _between_marks(page.marks, places)
    found = [c for c in found if weights.of(c.first, c.end)]
    if not found:  # of a document that is a picture there is nothing else to go by
        seen = dict.fromkeys(k for image in page.images for k in _upwards(page, image.region) if k in named)
        found = [_Candidate(page.regions[k].first, page.regions[k].end, named[k], k) for k in seen]
    files = {anchor.row for anchor in page.anchors}
    chosen: list[_Candidate] = []
    for candidate in sorted(found, key=lambda c: (c.first, -c.end)):
        if chosen and candidate.end <= chosen[-1].end:
            same = weights.of(candidate.first, candidate.end) == weights.of(chosen[-1].first, chosen[-1].end)
            if same and not _adds_files(page, files, chosen[-1], candidate):
                chosen[-1] = candidate
        elif not chosen or candidate.first >= chosen[-1].end:
            chosen.append(candidate)
    texts: dict[str, _Candidate] = {}
    for candidate in chosen:
        texts.setdefault("".join(row.text for row in page.rows[candidate.first : candidate.end]), candidate)
    return list(texts.values())


def _between_marks(marks: Sequence[tuple[str, int]], places: Places) -> list[_Candidate]:
    """Give what stands between a comment that opens a document and the one that closes it."""
    out = []
    opened: tuple[str, int, str] | None = None
    for comment, row in marks:
        key = comment_key(comment)
        if key in places.begins:
            opened = (places.ends[key], row, places.begins[key])
        elif opened and key == opened[0]:
            if row > opened[1]:
                out.append(_Candidate(opened[1], row, opened[2]))
            opened = None
    return out


def _wider(page: Rendering, places: Places, known: Sequence[_Candidate]) -> frozenset[int]:
    """Give the elements around the containers of a document that are no known containers themselves."""
    above = {k for candidate in known if candidate.element >= 0 for k in _upwards(page, page.regions[candidate.element].parent)}
    return frozenset(k for k in above if places.container(page.regions[k].names) is None)


def pictures(page: Rendering, place: Place) -> list[Image]:
    """Give the pictures in the document's place: those in an element of it."""
    if place.how == "page":
        return list(page.images)
    return [
        image
        for image in page.images
        if any(k not in place.wider and _holds(place, page.regions[k]) for k in _upwards(page, image.region))
    ]


def _holds(place: Place, region: Region) -> bool:
    """Tell whether an element is in the place of the document; one without lines is where the place itself has none."""
    k = bisect_right(place.ranges, region.first, key=lambda span: span[0]) - 1
    first, end = place.ranges[k] if k >= 0 else (0, -1)
    return region.end <= end and (region.first < region.end or first == end)


def _upwards(page: Rendering, k: int) -> Iterator[int]:
    """Give the place of an element in ``page.regions`` and those of the elements around it, from the inside out; none of -1."""
    while k >= 0:
        yield k
        k = page.regions[k].parent


def _adds_files(page: Rendering, files: set[int], outer: _Candidate, inner: _Candidate) -> bool:
    """Tell whether what an outer container has more than an inner one is the document's attachments.

    ``files`` are the rows that link to one.
    """
    more = [*range(outer.first, inner.first), *range(inner.end, outer.end)]
    return bool(more) and all(k in files or page.rows[k].text.strip("：: \u3000").endswith("附件") for k in more)
