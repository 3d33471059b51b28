"""Saved pages: HTML in, the document's text out. The HTML library (``normtool[html]``) is imported for a page only.

``is_page`` tells a page from a text by its content, ``read_page`` gives the document's text with the line of the source of
every line, and what the page says beside the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.page.recognize import is_page, is_whole_page

if TYPE_CHECKING:
    from normtool.model import Page

__all__ = ["is_page", "is_whole_page", "read_page"]


def read_page(source: str, packs: tuple[str, ...] = ()) -> Page:
    """Read a page (see ``read.read``); ``packs`` are the absolute paths of the user's packs, whose containers count, too.

    Raises NormtoolError when the HTML library is not installed, or a pack is faulty.
    """
    from normtool.page.read import read

    return read(source, packs)
