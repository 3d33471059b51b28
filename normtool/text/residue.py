"""Markup and escapes that an extraction left in the text.

In: text with LF. Out: edits of rules CHR012 (comments, script and style, tags) and CHR013 (``&nbsp;``, ``<U+00A0>``).

Tags go, the text between them stays; a block tag leaves a line break, a cell a blank. Only names of HTML elements count as tags:
``<通知>`` and ``a<b`` stay. A comment goes unless it holds prose. A whole page is not for this stage (it is read as a page).
"""

from __future__ import annotations

import html
import re

from normtool.model import Edit, Patch, RuleCode

RULES = ("CHR012", "CHR013")
_CHR012 = RuleCode("CHR012")
_CHR013 = RuleCode("CHR013")

_BREAKING = "address article aside blockquote br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tbody tfoot thead tr ul"
_CELLS = "td th"
_INLINE = "a abbr b big body caption cite code col colgroup em fieldset font html i iframe img input ins label link meta nobr o:p s small span st1:chsdate strike strong sub sup u wbr"
_KIND = dict.fromkeys(_BREAKING.split(), "\n") | dict.fromkeys(_CELLS.split(), " ") | dict.fromkeys(_INLINE.split(), "")

_HINT = re.compile(r"[<&]")
_ELEMENT = re.compile(r"<(script|style)\b[^<>]{0,400}>[^<]{0,200000}(?:<(?!/?\1\b)[^<]{0,200000}){0,2000}</\1\s*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--([^>]{0,4000}?)-->")
_FENCE = re.compile(r"^```json\s*\{\s*\}\s*```[ \t]*$", re.MULTILINE)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:]{0,11})(?=[\s/>])[^<>]{0,1000}>")
_BLANK_ESCAPE = re.compile(r"(?:&nbsp;?|&#160;|&#xa0;|&(?:ensp|emsp|thinsp);|<U\+(?:00A0|3000|2002|2003|200B|FEFF)>)+", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot|times|deg|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")


def residue_edits(text: str) -> Patch:
    """Give the edits that take markup and escapes out of the text."""
    if not _HINT.search(text) and "```" not in text:
        return ()
    edits: list[Edit] = []
    for pattern in (_ELEMENT, _COMMENT, _FENCE):
        edits += [Edit(m.start(), m.end(), "", _CHR012) for m in pattern.finditer(text) if "。" not in m[0] or pattern is _ELEMENT]
    edits += [Edit(m.start(), m.end(), kind, _CHR012) for m in _TAG.finditer(text) if (kind := _KIND.get(m[1].lower())) is not None]
    edits += [Edit(m.start(), m.end(), " ", _CHR013) for m in _BLANK_ESCAPE.finditer(text)]
    edits += [Edit(m.start(), m.end(), plain, _CHR013) for m in _ENTITY.finditer(text) if (plain := html.unescape(m[0])).isprintable()]
    return _outermost(edits)


def _outermost(edits: list[Edit]) -> Patch:
    """Drop the edits that lie inside another one (a tag inside a comment)."""
    out: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if not out or edit.start >= out[-1].end:
            out.append(edit)
    return tuple(out)
