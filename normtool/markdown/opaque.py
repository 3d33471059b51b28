"""Blocks that are syntax with all that they hold: code, HTML and math.

In: a text's lines and the number of one of them. Out: the number of the line behind the block that begins there. A block ends with
the quote or the list item that it stands in. Math that nothing closes is text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from normtool.lazyre import lazy
from normtool.markdown.rows import content_in

if TYPE_CHECKING:
    from normtool.lines import Line
    from normtool.markdown.rows import Row

_FENCE = lazy(r"(?P<fence>`{3,}(?=[^`]*\Z)|~{3,})")
_BLOCK_NAMES = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem"
    " nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead title tr track ul"
)
_HTML = lazy(
    r"<(?:(?P<raw>(?:script|pre|style|textarea)(?=[\s>]|\Z))|(?P<comment>!--)|(?P<instruction>\?)|(?P<data>!\[CDATA\[)"
    rf"|(?P<declaration>![A-Z])|(?P<block>/?(?:{_BLOCK_NAMES.replace(' ', '|')})(?=[\s/>]|\Z)))",
    re.IGNORECASE,
)
_CLOSES = {
    "raw": lazy(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    "comment": lazy("-->"),
    "instruction": lazy(r"\?>"),
    "data": lazy(r"\]\]>"),
    "declaration": lazy(">"),
}
_TAG_ALONE = lazy(r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>]*)?/?>\s*\Z")
_CODE_INDENT = 4


def opaque_end(text: str, lines: list[Line], k: int, row: Row, *, goes_on: bool) -> int:
    """Tell where the block that begins in line ``k`` ends; ``k`` where none does.

    ``goes_on`` tells that the line may go on with a paragraph, which neither a tag alone in its line nor a block far in ends.
    """
    rest = row.rest
    if goes_on and row.base != row.inner:
        return k
    if rest.startswith(("```", "~~~")):
        match = _FENCE.match(rest)
        return _fence_end(lines, k, row, match["fence"]) if match else k
    if rest.startswith("$$") and rest.find("$$", 2) < 0:
        return _math_end(text, lines, k, row)
    return _html_end(lines, k, row, goes_on=goes_on) if rest.startswith("<") else k


def _fence_end(lines: list[Line], k: int, row: Row, fence: str) -> int:
    """Tell where a fenced block of code ends."""
    for j in range(k + 1, len(lines)):
        content = content_in(lines[j].text, row, row.base)
        if content is None:
            return j
        closes = content.text.startswith(fence) and not content.text.strip(fence[0])
        if closes and content.column < row.base + _CODE_INDENT:
            return j + 1
    return len(lines)


def _math_end(text: str, lines: list[Line], k: int, row: Row) -> int:
    """Tell where a block of math ends: with the next two dollars, if no fence stands before them."""
    close = text.find("$$", row.start + 2)
    if close < 0:
        return k
    last = next(j for j in range(k, len(lines)) if lines[j].end > close)
    fenced = any(line.text.lstrip(" \t>").startswith(("```", "~~~")) for line in lines[k + 1 : last + 1])
    return k if fenced else last + 1


def _html_end(lines: list[Line], k: int, row: Row, *, goes_on: bool) -> int:
    """Tell where a block of HTML ends: a comment and its like where it is closed, one that opens with a tag at an empty line."""
    opening = _HTML.match(row.rest)
    if not opening and (goes_on or not _TAG_ALONE.match(row.rest)):
        return k
    closing = _CLOSES.get(opening.lastgroup or "") if opening else None
    if closing and closing.search(row.rest, 2):
        return k + 1
    for j in range(k + 1, len(lines)):
        content = content_in(lines[j].text, row, row.inner)
        if content is None or not (closing or content.text):
            return j
        if closing and closing.search(content.text):
            return j + 1
    return len(lines)
