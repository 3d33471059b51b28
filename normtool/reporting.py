"""Checks one file and prints what came of it, in the process that checks: see ``report``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from normtool import runner
from normtool.report import FOLDING, part_of
from normtool.report.tally import Tally, tally_of
from normtool.results import Part, Trouble

if TYPE_CHECKING:
    from normtool.runner import Task


class Order(NamedTuple):
    """A file to check and the form in which its findings are wanted."""

    task: Task | Trouble
    output_format: str
    colour: bool


class Reported(NamedTuple):
    """A checked file as it is printed and counted; ``note`` says why nothing was checked."""

    filename: str
    part: Part
    tally: Tally
    note: str = ""


def check(order: Order) -> Reported | Trouble:
    """Check a file; no exception leaves (see ``runner``)."""
    task = order.task
    if not isinstance(task, Trouble):
        task = task._replace(folded=order.output_format in FOLDING)
    checked = runner.check(task)
    if isinstance(checked, Trouble):
        return checked
    return Reported(
        checked.filename, part_of(checked, order.output_format, colour=order.colour), tally_of(checked), checked.note
    )
