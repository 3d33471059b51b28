"""How much of a document each line of a page is.

The weight of a line is its length where it is prose, a row of a table of data, or a landmark of a document: a numbered heading,
a date written out, a document number on a line of its own. Links have none. A long run of short lines that are no links (a list
of names) has weight, too: it may be what the document is about. What stands in the page's navigation or footer has none, unless
it holds a landmark or a good part of all prose: then its name is wrong.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, NamedTuple

from normtool.grammar.dates import date_line
from normtool.grammar.numbering import label_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from normtool.page.layout import Rendering, Row
    from normtool.page.packs import Places

_BLANKS = " \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u3000"
_LONG = 60
_LANDMARK = 20
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[（(﹝【](?:19|20)\d\d[〕\]）)﹞】]\s*第?\d{1,5}\s*号")
_ORDER = re.compile(r"第[\d一二三四五六七八九十百〇零]{1,6}号")
_HANZI = re.compile("[\u4e00-\u9fff]")
_MIN_HANZI = 6
_LONG_RUN = 14
_ASIDE_SHARE = 0.25


class Weights(NamedTuple):
    """Prefix sums over the rows of a page: all weight, and landmarks only."""

    weight: array[int]
    landmarks: array[int]

    def of(self, first: int, end: int) -> int:
        """Give the weight of the rows from ``first`` to ``end`` (half-open)."""
        return self.weight[end] - self.weight[first]

    def landmarks_of(self, first: int, end: int) -> int:
        """Give the number of landmarks among the rows from ``first`` to ``end`` (half-open)."""
        return self.landmarks[end] - self.landmarks[first]


def weigh(page: Rendering, places: Places, tables: Iterable[tuple[int, int]]) -> Weights:
    """Weigh the rows of a page; its metadata ``tables`` (rows, half-open) weigh nothing.

    Hidden rows count where nothing that is shown does.
    """
    shown = [row_weight(row) if row.shown else (0, 0) for row in page.rows]
    if not any(weight for weight, _ in shown):
        shown = [row_weight(row) for row in page.rows]
    for first, end in tables:
        shown[first:end] = [(0, 0)] * (end - first)
    _weigh_runs(page.rows, shown)
    raw = _sums(shown)
    limit = raw.of(0, len(shown)) * _ASIDE_SHARE
    for region in page.regions:
        span = (region.first, region.end)
        if places.is_aside(region.tag, region.names) and raw.of(*span) <= limit and not raw.landmarks_of(*span):
            shown[region.first : region.end] = [(0, 0)] * (region.end - region.first)
    return _sums(shown)


def _sums(rows: Iterable[tuple[int, int]]) -> Weights:
    weight, landmarks = array("q", [0]), array("q", [0])
    for here, mark in rows:
        weight.append(weight[-1] + here)
        landmarks.append(landmarks[-1] + mark)
    return Weights(weight, landmarks)


def _weigh_runs(rows: Sequence[Row], weights: list[tuple[int, int]]) -> None:
    """Give the lines of a long run of short lines without links their length as weight."""
    start = 0
    for k in range(len(rows) + 1):
        if k < len(rows) and not weights[k][0] and rows[k].shown and not rows[k].linked and _HANZI.search(rows[k].text):
            continue
        if k - start >= _LONG_RUN:
            weights[start:k] = [(len(row.text), 0) for row in rows[start:k]]
        start = k + 1


def row_weight(row: Row) -> tuple[int, int]:
    """Give a row's weight, and 1 when it is a landmark."""
    text = row.text.strip(_BLANKS)
    size = len(text)
    if row.linked * 2 > size:
        return 0, 0
    if is_landmark(text):
        return max(size, _LANDMARK), 1
    if "。" in text or "；" in text or (size >= _LONG and "，" in text):
        return size, 0
    if row.table and len(_HANZI.findall(text)) >= _MIN_HANZI:
        return size, 0
    return 0, 0


def is_landmark(text: str) -> bool:
    """Tell whether a line is a numbered heading, a date written out, or a document number."""
    if label_at(text):
        return bool(_HANZI.search(text))
    if len(text) > _LONG or not text.endswith(("日", "号")):
        return False
    date = date_line(text)
    if date:
        return date.style != "iso"
    return bool(_NUMBER.fullmatch(text) or _ORDER.fullmatch(text))
