"""One line a finding: ``path:line:column: CODE [*] message``; the star marks what normalize mends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.report.fold import fold
from normtool.report.frames import in_a_row
from normtool.report.style import SEVERITY_COLOURS, paint, printable
from normtool.results import shown

if TYPE_CHECKING:
    from normtool.report.fold import Folded
    from normtool.results import Checked


frame = in_a_row


def part(checked: Checked, *, colour: bool) -> str:
    """Give a line for every folded finding."""
    return "".join(f"{line(folded, colour=colour)}\n" for folded in fold(checked))


def line(folded: Folded, *, colour: bool) -> str:
    """Write a finding on one line, without the line's end."""
    problem = folded.problem
    place = f"{paint(shown(problem.filename), 'bold', on=colour)}:{problem.location.line}:{problem.location.column}:"
    code = paint(problem.code, SEVERITY_COLOURS[problem.severity], on=colour)
    star = f"{paint('[*]', 'cyan', on=colour)} " if problem.mend and problem.mend.made else ""
    times = f" ({folded.times} times)" if folded.times > 1 else ""
    return f"{place} {code} {star}{printable(problem.message)}{times}"
