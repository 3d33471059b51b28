"""What ``detect`` found, as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from normtool.report.style import cells, paint, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADS = ("file", "encoding", "newline", "script", "type", "remarks")
_GAP = 2
"""Blanks between two columns."""


def plain_table(facts: Sequence[dict[str, Any]]) -> str:
    """Give the table as lines with columns set off by blanks."""
    rows = [_HEADS, *map(_row, facts)]
    widths = _widths(rows)
    return "".join(f"{_line(row, widths)}\n" for row in rows)


def rich_table(facts: Sequence[dict[str, Any]], *, colour: bool) -> str:
    """Give the table as rich draws it for the terminal at hand; where it does not fit, each name has a line of its own.

    Rich would cut the names instead, and files of one folder begin alike.
    """
    from rich.console import Console
    from rich.table import Table

    console = Console(no_color=not colour, force_terminal=colour, highlight=False)
    rows = list(map(_row, facts))
    if sum(_widths([_HEADS, *rows])) + _GAP * len(_HEADS) > console.width:
        return _stacked(rows, colour=colour)
    table = Table(*_HEADS, box=None)
    for row in rows:
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


def _stacked(rows: Sequence[tuple[str, ...]], *, colour: bool) -> str:
    """Give every name with what was found in the file on the line below; nothing is cut."""
    widths = _widths([_HEADS, *rows])[1:]
    out = [paint(f"{_HEADS[0]}\n  {_line(_HEADS[1:], widths)}", "bold", on=colour)]
    out += (paint(f"{row[0]}\n  {_line(row[1:], widths)}", "red", on=colour and row[1] == "–") for row in rows)
    return "".join(f"{lines}\n" for lines in out)


def _widths(rows: Sequence[tuple[str, ...]]) -> list[int]:
    return [max(map(cells, column)) for column in zip(*rows, strict=True)]


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    return (" " * _GAP).join(_padded(*pair) for pair in zip(row, widths, strict=True)).rstrip()


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))
