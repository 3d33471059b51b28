"""Counts findings while they are printed, for the summary, the statistics and the exit status."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normtool.results import Checked


@dataclass(slots=True)
class Tally:
    """What was seen so far."""

    files: int = 0
    problems: int = 0
    mended: int = 0
    errors: int = 0
    warnings: int = 0
    changes: int = 0
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)
    mended_rules: set[str] = field(default_factory=set)

    def watch(self, files: Iterable[Checked]) -> Iterator[Checked]:
        """Give the same files, and count what is in them."""
        for checked in files:
            self.files += not checked.note
            self.changes += checked.changes
            for problem in checked.problems:
                self.problems += 1
                self.errors += problem.severity == "error"
                self.warnings += problem.severity == "warning"
                self.rules[problem.code, problem.name] += 1
                if problem.mend and problem.mend.made:
                    self.mended += 1
                    self.mended_rules.add(problem.code)
            yield checked

    def summary(self) -> str:
        """Give the last line of a report for people."""
        if not self.problems:
            return f"Checked {_count(self.files, 'file')}: no problems."
        fixable = f" ({self.mended} fixable with `normtool normalize --write`)" if self.mended else ""
        return f"Found {_count(self.problems, 'problem')}{fixable}."

    def statistics(self) -> Iterator[str]:
        """Give a line for every rule, the most frequent first; the star marks what normalize mends."""
        width = len(str(max(self.rules.values(), default=0)))
        for (code, name), times in sorted(self.rules.items(), key=lambda item: (-item[1], item[0])):
            yield f"{times:>{width}}  {code}  {'[*]' if code in self.mended_rules else '   '}  {name}\n"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
