"""Folds findings of one file: a document with 700 half-width commas, or 1,900 Traditional characters, is told so once.

What normalize mends is folded by rule, as one command mends it all; of what stays for a person to do, only equal findings are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from normtool.model import RuleCode
from normtool.results import SHOWN_CHANGES, SHOWN_PLACES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from normtool.model import Location
    from normtool.results import Checked, Problem


class Folded(NamedTuple):
    """The first of some findings of a file, with a message for all of them, and how often it was found.

    ``others`` has the places of the next ones, at the most as many as are shown.
    """

    problem: Problem
    others: tuple[Location, ...]
    times: int


def fold(checked: Checked) -> list[Folded]:
    """Put findings that belong together under the first of them, in the order of their first places."""
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for problem in checked.problems:
        key = (problem.code,) if problem.mend and problem.mend.made else (problem.code, problem.message)
        groups.setdefault(key, []).append(problem)
    more = dict(checked.more)
    return [_folded(group, more.get(RuleCode(key[0]), 0) if len(key) == 1 else 0) for key, group in groups.items()]


def _folded(group: Sequence[Problem], more: int) -> Folded:
    message = _message(list(dict.fromkeys(problem.message for problem in group)))
    _, *others = dict.fromkeys(problem.location for problem in group[:SHOWN_PLACES])  # those in a page may share a line
    return Folded(group[0]._replace(message=message), tuple(others), len(group) + more)


def _message(messages: list[str]) -> str:
    """Give one message for several that begin alike, as those of one rule do: ``summary: change, change, change …``."""
    if len(messages) == 1:
        return messages[0]
    head, colon, _ = messages[0].partition(": ")
    changes = [message.removeprefix(head + colon) for message in messages]
    return f"{head}{colon}{', '.join(changes[:SHOWN_CHANGES])}{' …' if len(changes) > SHOWN_CHANGES else ''}"
