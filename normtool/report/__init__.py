"""How findings are printed: one module a format, each with ``render``; the registry is the list of choices of the command line.

``render`` takes the checked files in their order and gives the pieces of the output as they come to be known, so that a
report of many files need not be held in memory.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normtool.results import Checked

FORMATS = {
    "full": "normtool.report.full",
    "concise": "normtool.report.concise",
    "json": "normtool.report.json_list",
    "jsonl": "normtool.report.json_lines",
}
"""Name to module; a new format is a new module and a new line here."""

TEXT_FORMATS = frozenset({"full", "concise"})
"""Formats for people: they fold equal findings and have a summary."""


class Render(Protocol):
    """What a format's ``render`` looks like; ``colour`` may be ignored where colours mean nothing."""

    def __call__(self, files: Iterable[Checked], *, colour: bool) -> Iterator[str]:
        """Give the pieces of the report."""


def renderer(name: str) -> Render:
    """Give the function that prints a format; raises KeyError for one that is not in ``FORMATS``."""
    render: Render = import_module(FORMATS[name]).render
    return render
