"""Lines with the marks of the quotes and list items that they stand in.

Columns are counted with tabs of four, as CommonMark counts them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from normtool.lazyre import lazy

if TYPE_CHECKING:
    from normtool.lines import Line

_CONTAINER = lazy(r"[ \t]*(?:(?P<quote>>)|(?P<item>[-*+]|[0-9]{1,9}[.)])(?=[ \t]|\Z))")
_BLANKS = lazy(r"[ \t]*")
_QUOTE = lazy(r"[ \t]*>")
_CODE_INDENT = 4
_MAX_DEPTH = 50
"""Deeper marks are text, for every one of them is measured from the start of the line."""


class Row(NamedTuple):
    """A line, split into the marks of its quotes and items, and the rest, which begins at ``at`` of its text.

    ``indent`` is the column of the first mark, ``column`` that of the rest, ``items`` where the contents of the open items do; ``item`` is the mark of
    the first one that begins here, and ``outer`` the number of quotes before it.
    """

    line: Line
    indent: int
    at: int
    column: int
    quotes: int
    outer: int
    item: str
    items: tuple[int, ...]

    @property
    def rest(self) -> str:
        """The text behind the marks."""
        return self.line.text[self.at :]

    @property
    def start(self) -> int:
        """The place of the rest in the text."""
        return self.line.start + self.at

    @property
    def inner(self) -> int:
        """The column where the content of the innermost item begins that the rest stands in."""
        return max((item for item in self.items if item <= self.column), default=0)

    @property
    def base(self) -> int:
        """The column from which the indent of a fence counts: ``inner``, or its own where it lies so far in that it is code itself."""
        return self.inner if self.column - self.inner < _CODE_INDENT else self.column

    def is_text_below(self, above: Row) -> bool:
        """Tell whether the line goes on with the paragraph of ``above`` though it looks like another block.

        It lies too far in; or it is an item, but no list begins in a paragraph with another number than 1 or without a text.
        """
        if self.is_far_below(above):
            return True
        deeper = self.outer == above.quotes and len(self.items) > len(above.items)
        return deeper and bool(self.item) and (not self.rest or self.item[:-1] not in ("", "1"))

    def is_far_below(self, above: Row) -> bool:
        """Tell whether the line lies as far in as code would, outside of quotes."""
        inner = max((item for item in above.items if item <= self.indent), default=0)
        return not above.quotes and self.indent - inner >= _CODE_INDENT

    def is_lazy_below(self, above: Row) -> bool:
        """Tell whether the line lies outside of the quote or the item of ``above``, whose paragraph may still go on in it."""
        return not self.item and (self.quotes < above.quotes or len(self.items) < len(above.items))


class Content(NamedTuple):
    """What a line holds within the quotes of an earlier one, and the column where it begins."""

    text: str
    column: int


def row_of(line: Line, items: tuple[int, ...]) -> Row:
    """Split a line; ``items`` are those that are open above it."""
    text = line.text
    at, quotes, outer, item = 0, 0, 0, ""
    indent = _column(text, _end_of_blanks(text, 0))
    inner = [column for column in items if column <= indent or text.lstrip(" \t").startswith(">")]
    while (match := _CONTAINER.match(text, at)) and len(inner) + quotes < _MAX_DEPTH:
        at = match.end()
        if match["quote"]:
            quotes += 1
            continue
        if not item:
            outer, item = quotes, match["item"]
        mark = _column(text, at)
        content = _column(text, _end_of_blanks(text, at))
        inner = [column for column in inner if column < mark]
        inner.append(content if 0 < content - mark <= _CODE_INDENT else mark + 1)
    at = _end_of_blanks(text, at)
    return Row(line, indent, at, _column(text, at), quotes, outer if item else quotes, item, tuple(inner))


def content_in(text: str, row: Row, column: int) -> Content | None:
    """Give what a line holds that stands in the quotes of ``row`` and at ``column`` or further in; None where it does not.

    An empty line stands in an item whatever its indent is.
    """
    at = 0
    for _ in range(row.quotes):
        match = _QUOTE.match(text, at)
        if not match:
            return None
        at = match.end()
    rest = text[at:].strip(" \t")
    indent = _column(text, _end_of_blanks(text, at))
    return None if rest and indent < column else Content(rest, indent)


def _end_of_blanks(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return match.end() if match else at


def _column(text: str, at: int) -> int:
    return len(text[:at].expandtabs(_CODE_INDENT))
