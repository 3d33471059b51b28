"""What a page says beside its document, as values of the JSON document and as findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from normtool.grammar.genres import genre_of, title_core
from normtool.grammar.metadata import field_titles
from normtool.grammar.metadata_values import json_value
from normtool.grammar.organs import is_organ
from normtool.model import Span
from normtool.page.titles import bare
from normtool.rulebook import finding

if TYPE_CHECKING:
    from normtool.model import Finding, Page

_FEW_HANZI = 60


def metadata_values(page: Page) -> dict[str, Any]:
    """Give the metadata that a page states outside its document, in the order of the fields: dates as YYYY-MM-DD, lists as lists."""
    stated = dict(page.metadata)
    return {field: json_value(field, stated[field]) for field in field_titles() if field in stated}


def title_of(title: str | None, page: Page) -> str | None:
    """Give the title of a page's document: ``title``, or what the page calls it where that is a letterhead and nothing more.

    The order 某市人民政府令 that publishes 某办法 is such a one: the page is about 某办法. What the page says counts only when the document
    prints it.
    """
    stated = dict(page.metadata).get("title")
    if not title or not stated or not _is_letterhead(title) or bare(stated) not in bare(page.text):
        return title
    return stated


def _is_letterhead(title: str) -> bool:
    """Tell whether a title is the name of an organ and a genre, without a subject."""
    genre = genre_of(title)
    return genre is not None and is_organ(title_core(title).removesuffix(genre).removesuffix("令"))


def source_values(page: Page) -> dict[str, Any]:
    """Give the facts about the page itself: its site, address and column, the files that it links to, the pictures in the document."""
    out: dict[str, Any] = dict(page.source)
    if page.files:
        out["files"] = [{"text": link.text, "address": link.address} for link in page.files]
    if page.pictures:
        out["pictures"] = list(page.pictures)
    return out


def page_findings(page: Page) -> tuple[Finding, ...]:
    """Give DOC026: pictures stand in the document; a warning where there is next to no text beside them."""
    if not page.pictures:
        return ()
    count = len(page.pictures)
    what = f"{count} {'picture' if count == 1 else 'pictures'} in the document, the first is {page.pictures[0][-60:]}"
    if sum("\u4e00" <= c <= "\u9fff" for c in page.text) < _FEW_HANZI:
        return (
            finding(
                "DOC026",
                f"{what}; there is next to no text, so the document is in the pictures",
                Span(0, 0),
                severity="warning",
            ),
        )
    return (finding("DOC026", f"{what}; what they show is not in the text", Span(0, 0)),)
