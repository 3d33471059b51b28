"""Folds findings of one file: a document with 700 half-width commas, or 1,900 Traditional characters, is told so once.

What normalize mends is folded by rule, as one command mends it all; of what stays for a person to do, only equal findings are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from normtool.model import Location
    from normtool.results import Problem

_EXAMPLES = 3
"""Different changes of one rule that are shown."""


class Folded(NamedTuple):
    """The first of some findings of a file, with a message for all of them, and the places of the others in their order."""

    problem: Problem
    others: tuple[Location, ...]

    @property
    def times(self) -> int:
        """How often it was found."""
        return len(self.others) + 1


def fold(problems: Iterable[Problem]) -> list[Folded]:
    """Put findings that belong together under the first of them, in the order of their first places."""
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        key = (problem.code,) if problem.mend and problem.mend.made else (problem.code, problem.message)
        groups.setdefault(key, []).append(problem)
    return [_folded(group) for group in groups.values()]


def _folded(group: list[Problem]) -> Folded:
    message = _message(list(dict.fromkeys(problem.message for problem in group)))
    return Folded(group[0]._replace(message=message), tuple(other.location for other in group[1:]))


def _message(messages: list[str]) -> str:
    """Give one message for several that begin alike, as those of one rule do: ``summary: change, change, change …``."""
    if len(messages) == 1:
        return messages[0]
    head, colon, _ = messages[0].partition(": ")
    changes = [message.removeprefix(head + colon) for message in messages]
    return f"{head}{colon}{', '.join(changes[:_EXAMPLES])}{' …' if len(changes) > _EXAMPLES else ''}"
