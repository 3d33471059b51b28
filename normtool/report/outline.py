"""What ``parse`` found, as an outline for people: title, type, numbers, metadata, addressees, sections, attachments, sign-off.

The JSON document goes in, so that the outline can say nothing that a program would not get as well.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool.report.style import cells, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.tree import Tree

_INDENT = "  "
_MAX_NAME = 60
_PARTS = ("metadata", "header", "proposal", "plan", "signature", "imprint", "source")
_HIDDEN = {"sha256"}


class Node(NamedTuple):
    """A line of the outline and what stands under it.

    ``rows`` are pairs of a name and a value, shown as a table; ``look`` is a style of rich.
    """

    text: str
    rows: tuple[tuple[str, str], ...] = ()
    children: tuple[Node, ...] = ()
    look: str = ""


def outline(document: dict[str, Any]) -> Node:
    """Give the outline of a JSON document; parts that it does not have are left out."""
    said = str(document["document_type"])
    facts = [("类型", f"{said} ({document['genre']})" if document.get("genre") else said)]
    facts += [(_titles()["recipients"], "；".join(document["recipients"]))] if document.get("recipients") else []
    parts = {key: _table(key, document[key]) for key in _PARTS if document.get(key)}
    body = document["body"]
    sections = Node(_titles()["body"], children=(*_paragraphs(body["blocks"]), *map(_section, body["sections"])), look="bold")
    attached = Node(_titles()["attachments"], children=tuple(map(_attachment, document.get("attachments", ()))), look="bold")
    notes = Node(_titles()["notes"], children=tuple(Node(printable(note)) for note in document.get("notes", ())), look="bold")
    order = (
        *(parts.get(key) for key in ("metadata", "header", "proposal", "plan")),
        sections,
        attached if attached.children else None,
        parts.get("signature"),
        notes if notes.children else None,
        *(parts.get(key) for key in ("imprint", "source")),
    )
    title = printable(document.get("title") or "(no title)")
    return Node(
        title, tuple((name, printable(value)) for name, value in facts), tuple(node for node in order if node), "bold underline"
    )


def plain_outline(document: dict[str, Any]) -> str:
    """Give the outline as lines, two blanks a level; the same for a pipe as for a file."""
    return "".join(f"{line}\n" for line in _lines(outline(document), 0))


def rich_outline(document: dict[str, Any], *, colour: bool) -> str:
    """Give the outline as rich draws it for the terminal at hand."""
    from rich.console import Console

    console = Console(no_color=not colour, force_terminal=colour, highlight=False)
    with console.capture() as capture:
        console.print(_tree(outline(document)), markup=False)
    return capture.get()


def _lines(node: Node, depth: int) -> Iterator[str]:
    yield _INDENT * depth + node.text
    width = max((cells(name) for name, _ in node.rows), default=0)
    for name, value in node.rows:
        yield f"{_INDENT * (depth + 1)}{name}{' ' * (width - cells(name))}  {value}".rstrip()
    for child in node.children:
        yield from _lines(child, depth + 1)


def _tree(node: Node) -> Tree:
    from rich.table import Table
    from rich.text import Text
    from rich.tree import Tree

    tree = Tree(Text(node.text, style=node.look), guide_style="dim")
    if node.rows:
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(style="cyan", no_wrap=True)
        table.add_column(overflow="fold")
        for name, value in node.rows:
            table.add_row(Text(name), Text(value))
        tree.add(table)
    for child in node.children:
        tree.children.append(_tree(child))
    return tree


def _table(part: str, values: dict[str, Any]) -> Node:
    rows = tuple(
        (_titles().get(f"{part}/{key}", key), printable(_value(value, f"{part}/{key}")))
        for key, value in values.items()
        if key not in _HIDDEN
    )
    return Node(_titles()[part], rows, look="bold")


def _value(value: object, field: str) -> str:
    """Write a value of the JSON document on one line; a blank one as –, and one of several parts with their titles."""
    if value is None:
        return "–"
    if isinstance(value, dict):
        places = ((f"{field}/{key}", inner) for key, inner in value.items())
        return "，".join(f"{_titles().get(place, place.rpartition('/')[2])}：{_value(inner, place)}" for place, inner in places)
    if isinstance(value, list):
        return "；".join(_value(each, field) for each in value)
    return str(value)


def _section(section: dict[str, Any]) -> Node:
    gap = " " if section["label"][-1].isalnum() else ""
    text = f"{section['label']}{gap}{_short(section.get('heading') or '')}".rstrip()
    return Node(printable(text), children=(*_paragraphs(section["blocks"]), *map(_section, section["sections"])))


def _paragraphs(blocks: list[dict[str, str]]) -> Iterator[Node]:
    """Say how much text stands under a heading, not what it says."""
    kinds = [block["type"] for block in blocks]
    named = (_counted(kinds.count("paragraph"), "paragraph"), _counted(kinds.count("table"), "table line"))
    told = ", ".join(part for part in named if part)
    if told:
        yield Node(f"({told}, {sum(len(block['text']) for block in blocks)} characters)", look="dim")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number > 1 else ''}" if number else ""


def _attachment(item: dict[str, Any]) -> Node:
    number = f"{item['number']}. " if "number" in item else ""
    name = _short(item.get("title") or "(no title)")
    own: Iterable[str] = (
        _counted(len(item.get("sections", ())), "section"),
        _counted(len(item.get("blocks", ())), "paragraph"),
    )
    told = ", ".join(part for part in own if part)
    return Node(printable(f"{number}{name}{f' ({told})' if told else ''}"))


def _short(text: str) -> str:
    return text if len(text) <= _MAX_NAME else f"{text[:_MAX_NAME]}…"


@cache
def _titles() -> dict[str, str]:
    """Give the Chinese titles of the document's parts, and of their fields as ``part/field``, from the schema."""
    from normtool.catalog import schemas

    return dict(_titles_below(schemas()["document"], ""))


def _titles_below(schema: dict[str, Any], at: str) -> Iterator[tuple[str, str]]:
    for name, inner in schema.get("properties", {}).items():
        yield f"{at}{name}", inner.get("title", name)
        yield from _titles_below(inner, f"{at}{name}/")
