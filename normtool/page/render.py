"""Renders parsed HTML to lines, as a browser shows them.

Nothing is chosen here, and nothing is left out but what is never shown.

Blocks, ``<br>`` and list items stand on lines of their own, a row of a table of data on one line with `` | `` between its
cells. Inline elements leave no blank: 第<span>3</span>条 is 第3条; raised and lowered digits keep their place: m<sup>3</sup> is m³.
What is crossed out keeps its tags, <del>一百</del>, and formulas are written on the line.
Lines of hidden elements are marked as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from normtool.grammar.numbering import label_at
from normtool.page.formula import WRITTEN, written
from normtool.page.layout import Anchor, Image, Region, Rendering, Row
from normtool.page.markup import (
    BLOCKS,
    COMMON,
    NEVER_SHOWN,
    PLAIN,
    PLAIN_STYLE,
    STRUCK,
    folded,
    names_of,
    style_of,
    whole_number,
)
from normtool.page.tables import is_data_table, table_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|cebx?|rtf|zip|rar|7z)(?:[?#&]|$)", re.IGNORECASE)
_BLANKS = " \t\n\r\f"
_MAX_PIECES = 120
_RUNAWAY = 5
_EMPTY = {"br", "hr", "img"}
_MAX_ADDRESS = 2000


def render(markup: str, *, own_line: Callable[[tuple[str, ...]], bool], is_mark: Callable[[str], bool]) -> Rendering:
    """Parse ``markup`` and give its lines and elements; never raises for anything that it holds.

    ``own_line`` tells by an element's names whether it stands on lines of its own although it is inline; ``is_mark`` by a
    comment's text whether its place is to be kept.
    """
    from turbohtml import parse

    document = parse(markup)
    walk = _Walk(own_line, is_mark)
    walk.run(document)
    regions = tuple(region._replace(end=end) for region, end in zip(walk.regions, walk.ends, strict=True))
    title = document.find("title")
    return Rendering(
        rows=tuple(walk.rows),
        regions=regions,
        marks=tuple(walk.marks),
        anchors=tuple(walk.anchors),
        images=tuple(walk.images),
        meta=tuple(_meta(document)),
        head_title="" if title is None else folded(title.text),
    )


def _meta(document: Any) -> Iterator[tuple[str, str]]:
    """Give the page's meta set as (name in lower case, content)."""
    for element in document.find_all("meta"):
        name = element.attrs.get("name") or element.attrs.get("property")
        content = element.attrs.get("content")
        if isinstance(name, str) and isinstance(content, str) and content.strip():
            yield name.strip().lower(), folded(content)


@dataclass(slots=True)
class _Frame:
    """What the open elements mean for the text in them; an inline element that means nothing shares the frame around it."""

    tag: str
    region: int = -1
    block: bool = False
    opened: bool = False
    hidden: bool = False
    target: str = ""
    pre: bool = False
    count: int | None = None
    closing: str = ""


class _Walk:
    """One pass over the tree without recursion: how deep a page goes is the page's to choose."""

    def __init__(self, own_line: Callable[[tuple[str, ...]], bool], is_mark: Callable[[str], bool]) -> None:
        self.own_line = own_line
        self.is_mark = is_mark
        self.rows: list[Row] = []
        self.regions: list[Region] = []
        self.ends: list[int] = []
        self.marks: list[tuple[str, int]] = []
        self.anchors: list[Anchor] = []
        self.images: list[Image] = []
        self.at = 1
        self._pieces: list[str] = []
        self._start = self._linked = 0
        self._shown = True
        self._target = ""
        self._run = ("", 0)
        self._link: tuple[str, list[str]] | None = None

    def run(self, document: Any) -> None:
        from turbohtml import Comment, Element, Text

        stack = [(iter(document.children), _Frame(""))]
        while stack:
            children, frame = stack[-1]
            for node in children:
                kind = type(node)
                if kind is Text:
                    self._text(node.data, frame)
                elif kind is Element:
                    inner = self._enter(node, node.tag, frame)
                    if inner is not None:
                        stack.append((iter(node.children), inner))
                        break
                elif kind is Comment:
                    self._comment(node.data)
            else:
                stack.pop()
                if not stack or stack[-1][1] is not frame:
                    self._leave(frame)
        self._break()

    def _text(self, data: str, frame: _Frame) -> None:
        if self._link is not None:
            self._link[1].append(data)
        if frame.pre and "\n" in data:
            first, *more = data.split("\n")
            self._put(first, frame)
            for line in more:
                self._break()
                self.at += 1
                self._put(line, frame)
            return
        self._put(data, frame)
        self.at += data.count("\n")

    def _put(self, data: str, frame: _Frame) -> None:
        bare = data.strip(_BLANKS)
        if bare and not self._start:
            self._start = self.at + data[: len(data) - len(data.lstrip(_BLANKS))].count("\n")
            self._shown = not frame.hidden
        if bare and frame.target:
            self._linked += len(bare)
            self._target = frame.target
        self._pieces.append(data)

    def _break(self) -> None:
        """End the line that is being written; one without text leaves no row."""
        pieces, self._pieces = self._pieces, []
        if self._start:
            text = folded("".join(pieces))
            parts = (
                tuple(part for piece in pieces if (part := folded(piece).strip()))
                if len(pieces) > 1 and len(text) <= _MAX_PIECES
                else ()
            )
            self.rows.append(Row(text, self._start, self._linked, parts, self._shown, table=False))
            self._mind_runaway_link()
        self._start = self._linked = 0

    def _mind_runaway_link(self) -> None:
        """Take the lines of a link that is never closed for text: the parser goes on with it in every block that follows."""
        if not self._linked or self._target != self._run[0]:
            self._run = (self._target if self._linked else "", len(self.rows) - 1)
        elif len(self.rows) - self._run[1] == _RUNAWAY:
            for k in range(self._run[1], len(self.rows)):
                self.rows[k] = self.rows[k]._replace(linked=0)
        elif len(self.rows) - self._run[1] > _RUNAWAY:
            self.rows[-1] = self.rows[-1]._replace(linked=0)

    def _comment(self, data: str) -> None:
        if self.is_mark(data):
            self._break()
            self.marks.append((data.strip(), len(self.rows)))
        self.at += data.count("\n")

    def _enter(self, node: Any, tag: str, frame: _Frame) -> _Frame | None:
        """Open an element and give the frame for what is in it; None when nothing in it is shown or all of it has been read."""
        self.at = max(self.at, node.source_line or 0)
        if tag in NEVER_SHOWN or tag in _EMPTY:
            self._pass_over(node, tag, frame)
            return None
        attrs = node.attrs
        if tag in WRITTEN and not style_of(attrs).hidden and self._write(node, tag, frame):
            return None
        if tag in PLAIN and not attrs:
            return frame
        names, style = names_of(tag, attrs), style_of(attrs)
        own = (len(names) > 1 or tag not in COMMON) and self.own_line(names)
        if tag in PLAIN and style is PLAIN_STYLE and not own:
            return frame
        hidden = frame.hidden or style.hidden
        inner = _Frame(tag, frame.region, hidden=hidden, target=frame.target, pre=frame.pre or style.pre or tag == "pre")
        if tag == "p" and hidden == frame.hidden and not own:
            self._break()
            inner.block = True
        elif tag in BLOCKS or style.block or hidden != frame.hidden or own:
            self._open(inner, names)
        if tag == "table" and is_data_table(node):
            self._table(node, inner)
            self._leave(inner)
            return None
        self._prepare(node, inner, frame)
        return inner

    def _write(self, node: Any, tag: str, frame: _Frame) -> bool:
        """Write a raised or lowered number or a formula as such; tell whether all of the element is written."""
        form = written(node, tag, self._pieces)
        if form is not None:
            self._text(form, frame)
            self.at += node.text.count("\n")
        return form is not None

    def _pass_over(self, node: Any, tag: str, frame: _Frame) -> None:
        """Take note of an element without text of its own."""
        if tag == "img":
            self._image(node.attrs, frame)
        elif tag in _EMPTY:
            self._break()
        elif tag in {"script", "style"}:
            self.at += node.text.count("\n")

    def _prepare(self, node: Any, inner: _Frame, frame: _Frame) -> None:
        """Note what a link, a list and an item mean for the text in them."""
        if inner.tag == "a":
            self._open_link(node.attrs.get("href"), inner)
        elif inner.tag in STRUCK and node.text.strip():
            self._put(f"<{inner.tag}>", inner)
            inner.closing = f"</{inner.tag}>"
        elif inner.tag == "ol" and _needs_numbers(node):
            inner.count = whole_number(node.attrs.get("start"), 1) - 1
        elif inner.tag == "li" and frame.count is not None:
            frame.count += 1
            self._put(f"{frame.count}.", inner)

    def _open(self, inner: _Frame, names: tuple[str, ...]) -> None:
        self._break()
        self.regions.append(Region(inner.tag, names, len(self.rows), 0, inner.region, not inner.hidden))
        self.ends.append(0)
        inner.region = len(self.regions) - 1
        inner.opened = inner.block = True

    def _leave(self, frame: _Frame) -> None:
        if frame.tag == "a" and self._link is not None:
            address, pieces = self._link
            self.anchors.append(Anchor(len(self.rows), folded("".join(pieces)), address))
            self._link = None
        if frame.closing:
            self._put(frame.closing, frame)
        if frame.block:
            self._break()
        if frame.opened:
            self._close(frame)

    def _close(self, frame: _Frame) -> None:
        """Close an element's region.

        One without rows at the end of the list is forgotten, but for a list that its heading stands before.
        """
        region = self.regions[frame.region]
        self.ends[frame.region] = len(self.rows)
        holds_picture = bool(self.images) and self.images[-1].region >= frame.region
        if region.first == len(self.rows) and frame.region == len(self.regions) - 1 and not holds_picture:
            around = self.regions[region.parent].first if region.parent >= 0 else 0
            if frame.tag not in {"ul", "ol"} or around == region.first:
                self.regions.pop()
                self.ends.pop()

    def _table(self, table: Any, frame: _Frame) -> None:
        for link in table.find_all("a"):
            self._open_link(link.attrs.get("href"), frame)
            if self._link is not None:
                self.anchors.append(Anchor(len(self.rows), folded(link.text), self._link[0]))
                self._link = None
        frame.target = ""
        for image in table.find_all("img"):
            self._image(image.attrs, frame)
        caption = table.find("caption")
        if caption is not None and caption.text.strip():
            self.rows.append(Row(folded(caption.text), caption.source_line or self.at, 0, (), not frame.hidden, table=True))
        for cells, source, linked in table_rows(table, self.at):
            filled = [cell for cell in cells if cell]
            text = filled[0] if len(filled) == 1 else " | ".join(cells)
            self.rows.append(Row(text.strip(" "), source, linked, cells, not frame.hidden, table=True))
            self.at = max(self.at, source)

    def _image(self, attrs: Any, frame: _Frame) -> None:
        source = attrs.get("src")
        if isinstance(source, str) and source and not frame.hidden and not style_of(attrs).hidden:
            size = (whole_number(attrs.get("width"), 0), whole_number(attrs.get("height"), 0))
            address = source.split(";", 1)[0] if source.startswith("data:") else source[:_MAX_ADDRESS].strip()
            self.images.append(Image(frame.region, address, *size))

    def _open_link(self, address: Any, frame: _Frame) -> None:
        frame.target = address[:_MAX_ADDRESS] or "#" if isinstance(address, str) else ""
        if isinstance(address, str) and _FILE.search(address[:_MAX_ADDRESS]) and not frame.hidden:
            self._link = (address[:_MAX_ADDRESS].strip(), [])


def _needs_numbers(listing: Any) -> bool:
    """Tell whether the browser's numbers of an ``<ol>`` belong to the text: several items, and none that has a label of its own."""
    items = [child for child in listing.children if getattr(child, "tag", "") == "li"]
    texts = [item.text.strip() for item in items]
    style = listing.attrs.get("style")
    plain = not (isinstance(style, str) and "none" in style) and listing.attrs.get("type") in {None, "1"}
    return plain and len(items) > 1 and all(texts) and not any(label_at(text) for text in texts)
