"""A finding with the line it is about and a mark under the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.report import concise
from normtool.report.fold import fold
from normtool.report.frames import in_a_row
from normtool.report.style import SEVERITY_COLOURS, cells, paint, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from normtool.report.fold import Folded
    from normtool.results import Checked

frame = in_a_row


def part(checked: Checked, *, colour: bool) -> str:
    """Give a paragraph for every folded finding."""
    return "".join(
        f"{concise.line(folded, colour=colour)}\n{''.join(_picture(folded, colour=colour))}\n" for folded in fold(checked)
    )


def _picture(folded: Folded, *, colour: bool) -> Iterator[str]:
    problem = folded.problem
    text, start, end = problem.excerpt
    number = str(problem.location.line)
    margin = " " * len(number)
    mark = "^" * max(1, cells(printable(text[start:end])))
    if text:
        yield f"{margin} |\n{number} | {printable(text)}\n"
        yield f"{margin} | {' ' * cells(printable(text[:start]))}{paint(mark, SEVERITY_COLOURS[problem.severity], on=colour)}\n"
    if folded.others:
        yield f"{margin} = also at {_places(folded)}\n"


def _places(folded: Folded) -> str:
    named = ", ".join(f"{place.line}:{place.column}" for place in folded.others)
    rest = folded.times - 1 - len(folded.others)
    return f"{named} and {rest} more" if rest > 0 else named
