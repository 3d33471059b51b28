"""How findings are printed: one module a format; the registry is the list of choices of the command line.

A format has two functions. ``part`` gives what is printed of one checked file, and is called by the process that checked it:
findings are many, and sending them costs more than printing them. ``frame`` puts the parts together as they come to be known,
so that a report of many files need not be held in memory. It is also told of the files that could not be checked, for the formats
that have a place for them: a report that leaves them out would look as if all were well.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from normtool.results import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from normtool.results import Checked, Trouble

FORMATS = {
    "full": "normtool.report.full",
    "concise": "normtool.report.concise",
    "json": "normtool.report.json_list",
    "jsonl": "normtool.report.json_lines",
    "github": "normtool.report.github",
    "gitlab": "normtool.report.gitlab",
    "junit": "normtool.report.junit",
    "sarif": "normtool.report.sarif",
}
"""Name to module; a new format is a new module and a new line here."""

TEXT_FORMATS = frozenset({"full", "concise"})
"""Formats for people: they fold equal findings and have a summary."""
FOLDING = TEXT_FORMATS | {"github"}
"""Formats that fold what normalize mends into one finding a rule; of the others each finding is placed."""


class Format(Protocol):
    """What the module of a format has."""

    @staticmethod
    def part(checked: Checked, *, colour: bool) -> str:
        """Give what is printed of one file; ``colour`` may be ignored where colours mean nothing."""

    @staticmethod
    def frame(parts: Iterable[Part], troubles: Sequence[Trouble]) -> Iterator[str]:
        """Put the parts together; ``troubles`` is complete once the parts have come to their end."""


def part_of(checked: Checked, name: str, *, colour: bool) -> Part:
    """Give what a format prints of one file; raises KeyError for a format that is not in ``FORMATS``."""
    codes = tuple(dict.fromkeys(problem.code for problem in checked.problems))
    return Part(_format(name).part(checked, colour=colour), codes)


def framed(parts: Iterable[Part], troubles: Sequence[Trouble], name: str) -> Iterator[str]:
    """Give the pieces of a report; raises KeyError for a format that is not in ``FORMATS``.

    ``troubles`` may grow until the parts have come to their end.
    """
    return _format(name).frame(parts, troubles)


def _format(name: str) -> Format:
    module: Format = import_module(FORMATS[name])  # type: ignore[assignment]
    return module
