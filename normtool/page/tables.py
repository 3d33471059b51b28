"""Tables of data, row by row. A table that only lays out the page is no such table: its cells are blocks like any others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from normtool.page.formula import WRITTEN, written
from normtool.page.markup import BLOCKS, NEVER_SHOWN, STRUCK, folded, style_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_CELL = 1500
_MAX_CELL_BLOCKS = 15
_MIN_SIZE = 2


class TableRow(NamedTuple):
    """A row: its cells, the line of the source, and how many of its characters are links."""

    cells: tuple[str, ...]
    source: int
    linked: int


class _Closing(NamedTuple):
    """The closing tag of what is crossed out, in the place of a node of text."""

    data: str


def is_data_table(table: Any) -> bool:
    """Tell whether a table holds data: two rows and two columns, no table inside, and no cell that holds a text of its own."""
    if table.find("table") is not None:
        return False
    rows = table.find_all("tr")
    if len(rows) < _MIN_SIZE:
        return False
    wide = 0
    for row in rows:
        cells = [cell for cell in row.children if getattr(cell, "tag", "") in {"td", "th"}]
        wide += len(cells) >= _MIN_SIZE
        for cell in cells:
            if len(cell.text) > _MAX_CELL and len(cell.find_all("p")) > _MAX_CELL_BLOCKS:
                return False
    return wide >= _MIN_SIZE


def table_rows(table: Any, at: int) -> Iterator[TableRow]:
    """Give the rows of a table that are shown and hold text; ``at`` is the line of the source before them."""
    for row in table.find_all("tr"):
        at = max(at, row.source_line or 0)
        if style_of(row.attrs).hidden:
            continue
        cells = [cell for cell in row.children if getattr(cell, "tag", "") in {"td", "th"} and not style_of(cell.attrs).hidden]
        texts = tuple(cell_text(cell) for cell in cells)
        if any(text.strip() for text in texts):
            linked = sum(len(link.text.strip()) for link in row.find_all("a"))
            yield TableRow(texts, at, linked)


def cell_text(cell: Any) -> str:
    """Give the text of a cell on one line; its paragraphs are divided by a blank."""
    parts: list[str] = []
    stack = [iter(cell.children)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            if stack:
                parts.append("\0")
            continue
        tag = getattr(node, "tag", None)
        if tag is None:
            data = getattr(node, "data", "")
            if type(node).__name__ in {"Text", "CData", "_Closing"}:
                parts.append(data)
        elif tag == "br" or tag in BLOCKS:
            parts.append(" ")
            if tag != "br" and not style_of(node.attrs).hidden:
                stack.append(iter(node.children))
        elif tag in NEVER_SHOWN or style_of(node.attrs).hidden:
            continue
        elif tag in WRITTEN and (form := written(node, tag, parts)) is not None:
            parts.append(form)
        else:
            stack.append(_inside(node, tag, parts))
    return folded("".join(parts).replace("\0", ""))


def _inside(node: Any, tag: str, parts: list[str]) -> Iterator[Any]:
    """Give what an inline element holds; what is crossed out stands between its tags."""
    if tag not in STRUCK or not node.text.strip():
        return iter(node.children)
    parts.append(f"<{tag}>")
    return iter([*node.children, _Closing(f"</{tag}>")])
