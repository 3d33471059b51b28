"""What ``detect`` found, as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from normtool.report.style import cells, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADS = ("file", "encoding", "newline", "script", "type", "remarks")


def plain_table(facts: Sequence[dict[str, Any]]) -> str:
    """Give the table as lines with columns set off by blanks."""
    rows = [_HEADS, *map(_row, facts)]
    widths = [max(cells(row[column]) for row in rows) for column in range(len(_HEADS))]
    return "".join(f"{'  '.join(_padded(*pair) for pair in zip(row, widths, strict=True)).rstrip()}\n" for row in rows)


def rich_table(facts: Sequence[dict[str, Any]], *, colour: bool) -> str:
    """Give the table as rich draws it for the terminal at hand."""
    from rich.console import Console
    from rich.table import Table

    console = Console(no_color=not colour, force_terminal=colour, highlight=False)
    table = Table(*_HEADS, box=None)
    for row in map(_row, facts):
        table.add_row(*row, style=None if row[1] != "–" else "red")
    with console.capture() as capture:
        console.print(table, markup=False)
    return capture.get()


def _row(facts: dict[str, Any]) -> tuple[str, ...]:
    remarks = [] if facts["verdict"] == "ok" else [facts["message"] or facts["verdict"]]
    remarks += ["byte order mark"] if facts["bom"] else []
    remarks += [
        f"damaged at {place['line']}:{place['column']} (byte {place['offset']}: {place['hex']})"
        for place in facts["damage"][:1]
    ]
    script = facts["script"]
    cells_ = (
        facts["path"],
        facts["encoding"] or "–",
        facts["newline"],
        script["verdict"] if script else "–",
        facts["document_type"] or "–",
        "; ".join(remarks),
    )
    return tuple(printable(str(cell)) for cell in cells_)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))
