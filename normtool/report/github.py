"""Workflow commands of GitHub Actions: an annotation a folded finding, as the runner shows only ten of each severity a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.report.fold import fold
from normtool.report.frames import in_a_row
from normtool.report.place import relative
from normtool.results import shown

if TYPE_CHECKING:
    from normtool.report.fold import Folded
    from normtool.results import Checked

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = {**_IN_MESSAGES, ord(":"): "%3A", ord(","): "%2C"}


frame = in_a_row


def part(checked: Checked, *, colour: bool) -> str:  # noqa: ARG001
    """Give a command for every folded finding."""
    return "".join(f"{_command(folded)}\n" for folded in fold(checked))


def _command(folded: Folded) -> str:
    """Write a finding as a command; columns are given where it stays on one line, as the runner wants."""
    problem, first, end = folded.problem, folded.problem.location, folded.problem.end_location
    properties = {"file": shown(relative(problem.filename)), "line": str(first.line), "endLine": str(problem.last_line)}
    if first.line == end.line:
        properties |= {"col": str(first.column), "endColumn": str(end.column)}
    properties["title"] = f"{problem.code} {problem.name}"
    listed = ",".join(f"{name}={value.translate(_IN_PROPERTIES)}" for name, value in properties.items())
    times = f" ({folded.times} times)" if folded.times > 1 else ""
    return f"::{_COMMANDS[problem.severity]} {listed}::{problem.message.translate(_IN_MESSAGES)}{times}"
