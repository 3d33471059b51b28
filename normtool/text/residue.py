"""Markup and escapes that an extraction left in the text.

In: text with LF. Out: edits of rules CHR012 (comments, script and style, tags) and CHR013 (``&nbsp;``, ``<U+00A0>``).

Tags go, the text between them stays; a block tag leaves a line break, a cell a blank. Only names of HTML elements count as
tags: ``<通知>`` and ``a<b`` stay. A comment goes unless it holds prose. A whole page is not for this stage (it is read as a
page).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from normtool.lazyre import lazy
from normtool.model import Edit, Patch, RuleCode

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = ("CHR012", "CHR013")
_CHR012 = RuleCode("CHR012")
_CHR013 = RuleCode("CHR013")

_BREAKING = "address article aside blockquote br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tbody tfoot thead tr ul"
_CELLS = "td th"
_INLINE = "a abbr b big body caption cite code col colgroup em fieldset font html i iframe img input ins label link meta nobr o:p s small span st1:chsdate strike strong sub sup u wbr"
_KIND = dict.fromkeys(_BREAKING.split(), "\n") | dict.fromkeys(_CELLS.split(), " ") | dict.fromkeys(_INLINE.split(), "")

_ELEMENT = lazy(r"<(script|style)\b[^<>]{0,400}>", re.IGNORECASE)
_MAX_COMMENT = 4000
_FENCE = lazy(r"^```json\s*\{\s*\}\s*```[ \t]*$", re.MULTILINE)
_TAG = lazy(r"</?([A-Za-z][A-Za-z0-9:]{0,11})(?=[\s/>])[^<>]{0,1000}>")
_BLANK_ESCAPE = lazy(r"(?:&nbsp;?|&#160;|&#xa0;|&(?:ensp|emsp|thinsp);|<U\+(?:00A0|3000|2002|2003|200B|FEFF)>)+", re.IGNORECASE)
_ENTITY = lazy(
    r"&(?:lt|gt|amp|quot|apos|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot|times|deg|#\d{2,6}|#x[0-9A-Fa-f]{2,5});"
)


def residue_edits(text: str) -> Patch:
    """Give the edits that take markup and escapes out of the text."""
    if "<" not in text and "&" not in text and "```" not in text:
        return ()
    edits = [*_elements(text), *_comments(text)]
    edits += [Edit(m.start(), m.end(), "", _CHR012) for m in _FENCE.finditer(text)]
    edits += [
        Edit(m.start(), m.end(), kind, _CHR012) for m in _TAG.finditer(text) if (kind := _KIND.get(m[1].lower())) is not None
    ]
    edits += [Edit(m.start(), m.end(), " ", _CHR013) for m in _BLANK_ESCAPE.finditer(text)]
    edits += [Edit(m.start(), m.end(), plain, _CHR013) for m in _ENTITY.finditer(text) if (plain := _plain(m[0]))]
    return _outermost(edits)


def _plain(entity: str) -> str:
    """Give the character that an escape stands for, a blank for any blank of Unicode, or nothing where nobody could see it."""
    from html import unescape
    from unicodedata import category

    character = unescape(entity)
    if character.isprintable():
        return character
    return " " if len(character) == 1 and category(character) == "Zs" else ""


def _elements(text: str) -> Iterator[Edit]:
    """Delete script and style elements with what they hold, as far as they are closed."""
    small = text.lower() if "<" in text else text
    at = 0
    while (opening := _ELEMENT.search(text, at)) is not None:
        close = small.find(f"</{opening[1].lower()}", opening.end())
        end = small.find(">", close) + 1 if close >= 0 else 0
        if not end:
            return
        yield Edit(opening.start(), end, "", _CHR012)
        at = end


def _comments(text: str) -> Iterator[Edit]:
    """Delete comments that hold no prose and no further markup."""
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4, start + _MAX_COMMENT)
        inner = text[start + 4 : end] if end >= 0 else ""
        if end >= 0 and "。" not in inner and ">" not in inner:
            yield Edit(start, end + 3, "", _CHR012)
        start = text.find("<!--", start + 4 if end < 0 else end)


def _outermost(edits: list[Edit]) -> Patch:
    """Drop the edits that lie inside another one (a tag inside a comment)."""
    out: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if not out or edit.start >= out[-1].end:
            out.append(edit)
    return tuple(out)
