"""Counts findings, for the summary, the statistics and the exit status."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from normtool.results import fails
from normtool.rulebook import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from normtool.results import Checked


class Tally:
    """What was seen so far."""

    __slots__ = ("failed", "files", "mended", "mended_rules", "problems", "rules")

    def __init__(self) -> None:
        """Begin with nothing."""
        self.files = self.problems = self.mended = self.failed = 0
        self.rules: Counter[tuple[str, str]] = Counter()
        self.mended_rules: set[str] = set()

    def add(self, other: Tally) -> None:
        """Count what another has counted."""
        self.files += other.files
        self.problems += other.problems
        self.mended += other.mended
        self.failed += other.failed
        self.rules += other.rules
        self.mended_rules |= other.mended_rules

    def summary(self) -> str:
        """Give the last line of a report for people."""
        if not self.problems and self.failed:
            return f"Found no problems, but normalize would change the bytes of {_count(self.failed, 'file')}."
        if not self.problems:
            return f"Checked {_count(self.files, 'file')}: no problems."
        fixable = f" ({self.mended} fixable with `normtool normalize --write`)" if self.mended else ""
        return f"Found {_count(self.problems, 'problem')}{fixable}."

    def statistics(self) -> Iterator[str]:
        """Give a line for every rule, the most frequent first; the star marks what normalize mends."""
        width = len(str(max(self.rules.values(), default=0)))
        for (code, name), times in sorted(self.rules.items(), key=lambda item: (-item[1], item[0])):
            yield f"{times:>{width}}  {code}  {'[*]' if code in self.mended_rules else '   '}  {name}\n"


def tally_of(checked: Checked) -> Tally:
    """Count what is in one file; one that was not checked does not count, and one that lets the run fail counts as failed.

    What would be mended in a saved page is not what ``normalize --write`` mends, as a page stays as it is.
    """
    tally = Tally()
    tally.files = int(not checked.note)
    tally.failed = int(checked.changes or any(fails(problem, checked) for problem in checked.problems))
    for problem in checked.problems:
        tally.problems += 1
        tally.rules[problem.code, problem.name] += 1
        if problem.mend and problem.mend.made:
            tally.mended += not problem.on_page
            tally.mended_rules.add(problem.code)
    on_page = any(problem.on_page for problem in checked.problems)
    for code, times in checked.more:
        rule = RULES[code]
        tally.problems += times
        tally.mended += 0 if on_page else times
        tally.rules[code, rule.name] += times
    return tally


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
