"""The title of a page's document, where it stands outside the document's place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from normtool.grammar.organs import is_organ
from normtool.grammar.titles import title_index
from normtool.lines import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from normtool.page.layout import Region, Rendering, Row

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_NO_WORDS = re.compile(r"[\W_]+")
_MIN_TITLE = 6
_MAX_TITLE = 200
_LOOK_AT = 80
_NEAR = 12
_MIN_GENRE_TITLE = 8
_JOIN = 6
_SLACK = 40
_META_NAMES = ("articletitle", "og:title", "title")


def title_rows(page: Rendering, ranges: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Give the rows (half-open) of the title outside ``ranges``, or None when it stands inside or cannot be told.

    The title is what the page itself calls so (its ArticleTitle, or the start of its head's title) and shows as a heading or a
    line of its own that is no link; of several, the nearest before the document. Where that finds nothing, and the document
    starts without a title, a lone ``<h1>`` or ``<h2>`` shortly before it is taken, or a line there that closes with a genre
    (通知, 意见 …).
    """
    wanted = stated_titles(page)
    before = ranges[0][0]
    inside = [row for first, end in ranges for row in page.rows[first:end]]
    found = _heading(page, before, wanted) or _line(page, before, wanted)
    if found is None and not _starts_with_title(inside):
        found = _top_heading(page, before) or _line_with_genre(page, before)
    if found is None:
        return None
    title = bare("".join(row.text for row in page.rows[found[0] : found[1]]))
    return None if is_in(title, inside) else _with_subtitles(page, found)


def stated_titles(page: Rendering) -> tuple[str, ...]:
    """Give what the page's head calls the title, bare, the best first."""
    meta = dict(reversed(page.meta))
    named = [bare(meta[name]) for name in _META_NAMES if name in meta]
    return tuple(title for title in (*named, bare(page.head_title)) if len(title) >= _MIN_TITLE)


def bare(text: str) -> str:
    """Leave nothing of a title but letters, digits and hanzi."""
    return _NO_WORDS.sub("", text).lower()


def is_in(title: str, rows: Sequence[Row]) -> bool:
    """Tell whether the document prints its title itself: on a line, over several, or with its issuers before it."""
    texts = [bare(row.text) for row in rows[:_LOOK_AT] if row.shown]
    for k in range(len(texts)):
        joined = ""
        for text in texts[k : k + _JOIN]:
            joined += text
            if len(joined) > len(title) + _SLACK:
                break
            if title in joined:
                return True
    return False


def _fits(text: str, wanted: Sequence[str]) -> bool:
    return _MIN_TITLE <= len(text) <= _MAX_TITLE and any(title.startswith(text) or title.endswith(text) for title in wanted)


def _heading(page: Rendering, before: int, wanted: Sequence[str]) -> tuple[int, int] | None:
    headings = [r for r in page.regions if r.tag in _HEADINGS and r.shown and r.first < r.end <= before]
    for region in reversed(headings):
        if (
            not _is_linked(page, region)
            and not is_organ(page.rows[region.first].text)
            and _fits(bare("".join(row.text for row in page.rows[region.first : region.end])), wanted)
        ):
            return region.first, region.end
    return None


def _top_heading(page: Rendering, before: int) -> tuple[int, int] | None:
    """Give the lone ``<h1>``, or else ``<h2>``, shortly before the document."""
    near = [r for r in page.regions if r.shown and before - _NEAR <= r.first < r.end <= before and not _is_linked(page, r)]
    for tag in ("h1", "h2"):
        found = [
            r
            for r in near
            if r.tag == tag and len(bare(page.rows[r.first].text)) >= _MIN_TITLE and not is_organ(page.rows[r.first].text)
        ]
        if len(found) == 1:
            return found[0].first, found[0].end
    return None


def _line_with_genre(page: Rendering, before: int) -> tuple[int, int] | None:
    """Give the line nearest before the document that is a title by its end; short ones are names of columns (通知公告)."""
    for k in range(before - 1, max(-1, before - _NEAR), -1):
        row = page.rows[k]
        if row.shown and not row.linked and len(bare(row.text)) >= _MIN_GENRE_TITLE and _starts_with_title([row]):
            return k, k + 1
    return None


def _starts_with_title(rows: Sequence[Row]) -> bool:
    return title_index([Line(row.text.strip(), 0, 0) for row in rows[:_NEAR]]) is not None


def _line(page: Rendering, before: int, wanted: Sequence[str]) -> tuple[int, int] | None:
    for k in range(before - 1, max(-1, before - _LOOK_AT), -1):
        row = page.rows[k]
        if row.shown and not row.linked and not is_organ(row.text) and _fits(bare(row.text), wanted):
            return k, k + 1
    return None


def _is_linked(page: Rendering, region: Region) -> bool:
    return any(row.linked for row in page.rows[region.first : region.end])


def _with_subtitles(page: Rendering, found: tuple[int, int]) -> tuple[int, int]:
    """Take the headings along that stand in one element with the title and nothing else."""
    inside = bytearray(len(page.rows))
    for region in page.regions:
        if region.tag in _HEADINGS:
            inside[region.first : region.end] = b"\1" * (region.end - region.first)
    for region in page.regions:
        if (
            region.first <= found[0]
            and found[1] <= region.end
            and all(inside[region.first : region.end])
            and region.tag not in _HEADINGS
        ):
            return region.first, region.end
    return found
