"""Markup and escapes that an extraction left in the text.

In: text with LF. Out: edits of rules CHR012 (comments, script and style, tags) and CHR013 (``&nbsp;``, ``<U+00A0>``).

Tags go, the text between them stays; a block tag leaves a line break, a cell a blank, and raised or lowered digits get their
own characters (m<sup>3</sup> is m³). What a tag is says ``grammar.markup``: ``<通知>``, ``a<b`` and the tags that a text speaks
of or shows below a line that says so (在首页加入以下代码：) stay, and so do ``<sup>`` and ``<sub>`` around anything but digits and signs. A comment goes unless it holds prose, a script or
style sheet only where it is code. An escape stays where it is named (“&nbsp;”, 用&nbsp;表示) and where its character would make
markup of text: ``&lt;b&gt;``. A whole page is not for this stage (it is read as a page).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from normtool.catalog import data_table
from normtool.grammar.markup import RAISED, find_tags, raised_form, speaks_of_escape, would_be_markup
from normtool.lazyre import Lazy, lazy
from normtool.model import Edit, Patch, RuleCode
from normtool.patch import apply

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from normtool.grammar.markup import Tag

RULES = ("CHR012", "CHR013")
_CHR012 = RuleCode("CHR012")
_CHR013 = RuleCode("CHR013")

_CODE = ("script", "style")
_ANGLES = ("<", ">")
_CODE_MARKS = ";{}=()"
_QUOTED_CODE = lazy(r"""<!--|-->|"[^"\n]*"|'[^'\n]*'|`[^`]{0,4000}`|//[^\n]*|/\*(?:[^*]|\*(?!/)){0,4000}\*/""")
_HANZI = lazy("[\u3400-\u9fff]")
_MAX_TURNS = 8
_MAX_COMMENT = 4000
_LINE_OF_MARKUP = lazy(
    r"\n[ \t]*(?:<script\b[^\n]*(?:\n[^\n]*){0,40}?</script>|<!--(?:[^-\n]|-(?!->)|\n){0,4000}-->|<[^\n]*>)?[ \t]*(?=\n|\Z)",
    re.IGNORECASE,
)
"""An empty line or one that opens and ends with a tag; a script or a comment with all its lines."""
_FENCE = lazy(r"^```json\s*\{\s*\}\s*```[ \t]*$", re.MULTILINE)
_BLANK_ESCAPE = lazy(r"(?:&nbsp;?|&#160;|&#xa0;|&(?:ensp|emsp|thinsp);|<U\+(?:00A0|3000|2002|2003|200B|FEFF)>)+", re.IGNORECASE)
_ENTITY = lazy(
    r"&(?:lt|gt|amp|quot|apos|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot|times|deg|#\d{2,6}|#x[0-9A-Fa-f]{2,5});"
)


def residue_edits(text: str) -> Patch:
    """Give the edits that take markup and escapes out of the text."""
    if "<" not in text and "&" not in text and "```" not in text:
        return ()
    tags = tuple(find_tags(text)) if "<" in text else ()
    edits = [*_elements(text, tags), *_comments(text), *_raised(text, tags)]
    edits += [Edit(m.start(), m.end(), "", _CHR012) for m in _FENCE.finditer(text)]
    edits += [Edit(tag.start, tag.end, tag.stands_for, _CHR012) for tag in tags if tag.stands_for is not None]
    edits += [Edit(m.start(), m.end(), " ", _CHR013) for m in _escapes(text, _BLANK_ESCAPE)]
    edits += [Edit(m.start(), m.end(), plain, _CHR013) for m in _escapes(text, _ENTITY) if (plain := _plain(m[0]))]
    shown = tuple(_shown(text)) if edits else ()
    return _harmless(text, _outermost([edit for edit in edits if not any(start <= edit.start < end for start, end in shown)]))


def _shown(text: str) -> Iterator[tuple[int, int]]:
    """Give the ranges of lines that hold nothing but markup, below a line that announces it: ``在首页加入以下代码：``."""
    for match in _announcement().finditer(text):
        end = match.end()
        while line := _LINE_OF_MARKUP.match(text, end):
            end = line.end()
        if end > match.end():
            yield match.end(), end


@cache
def _announcement() -> Lazy:
    return lazy(data_table("phrases.toml")["shown_markup"], re.MULTILINE)


def _escapes(text: str, pattern: Lazy) -> Iterator[re.Match[str]]:
    """Give the escapes that the text does not speak of."""
    return (match for match in pattern.finditer(text) if not speaks_of_escape(text, match.start(), match.end()))


def _harmless(text: str, patch: Patch) -> Patch:
    """Drop the edits that write an angle bracket where it would be taken for markup: what was escaped is text.

    Without them other brackets may meet, so this is asked again, and where that goes on every bracket is left.
    """
    for _ in range(_MAX_TURNS):
        after, places = _angles(text, patch)
        if not places:
            return patch
        harmful = {places[k] for span in would_be_markup(after) for k in range(*span) if k in places}
        if not harmful:
            return patch
        patch = tuple(edit for edit in patch if edit not in harmful)
    return tuple(edit for edit in patch if edit.replacement not in _ANGLES)


def _angles(text: str, patch: Patch) -> tuple[str, dict[int, Edit]]:
    """Give the text after ``patch``, and where in it stand the angle brackets that an edit wrote."""
    places = {}
    shift = 0
    for edit in patch:
        if edit.replacement in _ANGLES:
            places[edit.start + shift] = edit
        shift += len(edit.replacement) - (edit.end - edit.start)
    return (apply(text, patch) if places else text), places


def _raised(text: str, tags: Sequence[Tag]) -> Iterator[Edit]:
    """Write raised and lowered digits with their own characters; where there is another character between the tags they stay."""
    for one, other in pairwise(tags):
        if one.name in RAISED and other.name == one.name and other.closes and not one.closes:
            form = raised_form(one.name, text[one.end : other.start])
            if form is not None:
                yield Edit(one.start, other.end, form, _CHR012)


def _plain(entity: str) -> str:
    """Give the character that an escape stands for, a blank for any blank of Unicode, or nothing where nobody could see it."""
    from html import unescape
    from unicodedata import category

    character = unescape(entity)
    if character.isprintable():
        return character
    return " " if len(character) == 1 and category(character) == "Zs" else ""


def _elements(text: str, tags: Sequence[Tag]) -> Iterator[Edit]:
    """Delete script and style elements with what they hold, as far as they are closed and hold code or nothing."""
    small = ""
    at = 0
    for opening in tags:
        if opening.name not in _CODE or opening.closes or opening.start < at:
            continue
        small = small or text.lower()
        close = small.find(f"</{opening.name}", opening.end)
        end = small.find(">", close) + 1 if close >= 0 else 0
        if not end:
            return
        if _is_code(text[opening.end : close]):
            yield Edit(opening.start, end, "", _CHR012)
        at = end


def _is_code(inner: str) -> bool:
    """Tell whether what a script or style sheet holds is code or nothing: no hanzi outside of its quotes and comments."""
    bare = _QUOTED_CODE.sub("", inner)
    return not bare.strip() or (not _HANZI.search(bare) and any(mark in bare for mark in _CODE_MARKS))


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
