"""Lines in the document's place that belong to the page: lists of links before and behind the document, and the headings of empty lists.

Nothing with weight is touched, no link to a file and nothing that is called 附件 or 附表 or stands under such a heading, and nothing
at all on a page that is kept whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from normtool.page.choose import Place
    from normtool.page.layout import Region, Rendering
    from normtool.page.packs import Places
    from normtool.page.weights import Weights

_MAX_HEADING = 12
_EMPTY_HEADING = 8
_ATTACHED = ("附件", "附表", "附录")
_LISTS = {"ul", "ol"}
_MIN_LINKS = 2


def superfluous(page: Rendering, places: Places, weights: Weights, place: Place) -> set[int]:
    """Give the rows in the document's place that are to be left out."""
    if place.how == "page":
        return set()
    files = {anchor.row for anchor in page.anchors}
    out = _empty_lists(page, weights)
    for region in page.regions:
        span = next(((first, end) for first, end in place.ranges if first <= region.first and region.end <= end), None)
        if span is None or span == (region.first, region.end) or region.first in out:
            continue
        at_edge = not weights.of(span[0], region.end) or not weights.of(region.first, span[1])
        if at_edge and _only_links(page, region, files, named=places.is_aside(region.tag, region.names)):
            out.update(range(region.first, region.end))
    return out


def _only_links(page: Rendering, region: Region, files: set[int], *, named: bool) -> bool:
    """Tell whether an element holds links and nothing else, under a short heading or none.

    One link is enough where its name says so.
    """
    rows = page.rows[region.first : region.end]
    if not rows or any(k in files for k in range(region.first, region.end + 1)):
        return False
    heading = rows[0] if not rows[0].linked else None
    links = rows[1:] if heading else rows
    if heading and len(heading.text) > _MAX_HEADING:
        return False
    if any("附" in row.text[:_MAX_HEADING] for row in rows) or _heads_attachments(page, region.first - 1):
        return False
    enough = len(links) >= (1 if named else _MIN_LINKS)
    return enough and all(row.linked * 5 >= len(row.text.strip()) * 4 for row in links)


def _heads_attachments(page: Rendering, row: int) -> bool:
    """Tell whether a row is a heading such as 相关附件： in an element of its own."""
    text = page.rows[row].text.strip("：: \u3000") if row >= 0 else ""
    return len(text) <= _MAX_HEADING and text.endswith(_ATTACHED)


def _empty_lists(page: Rendering, weights: Weights) -> set[int]:
    """Give the rows that are the heading of a list without items, such as 相关附件 on a page whose document has none."""
    out = set()
    for region in page.regions:
        if region.tag in _LISTS and region.first == region.end and region.parent >= 0:
            around = page.regions[region.parent]
            alone = around.end - around.first == 1 and not weights.of(around.first, around.end)
            if alone and len(page.rows[around.first].text) <= _EMPTY_HEADING:
                out.add(around.first)
    return out
