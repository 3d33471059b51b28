"""JUnit XML: a suite a file, in it a case for every rule that has findings there, or one that passes.

A case fails where the run does (``fails``), also with ``--exit-zero``, which is about the status alone. Other findings are the output of
a case that passes. A file that could not be checked is a suite with an error.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from normtool.report.style import printable
from normtool.results import fails

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from normtool.results import Checked, Part, Problem, Trouble


def frame(parts: Iterable[Part], troubles: Sequence[Trouble]) -> Iterator[str]:
    """Put the suites into a document, those of the files that could not be checked last."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="normtool">\n'
    yield from (part.text for part in parts)
    yield from map(_unchecked, troubles)
    yield "</testsuites>\n"


def part(checked: Checked, *, colour: bool) -> str:  # noqa: ARG001
    """Give a suite."""
    by_rule = sorted(checked.problems, key=lambda problem: problem.code)
    groups = [list(group) for _, group in groupby(by_rule, key=lambda problem: problem.code)]
    name = _text(checked.filename)
    failed = [next((problem for problem in group if fails(problem, checked)), None) for group in groups]
    cases = [_case(name, *pair) for pair in zip(groups, failed, strict=True)]
    failures = sum(problem is not None for problem in failed)
    if checked.changes and not failures:  # as where the rule about the encoding is off: nothing is found, but the bytes change
        cases.append(_only(name, '<failure type="warning" message="normalize would change its bytes"/>'))
        failures = 1
    return _suite(name, cases or [_passed(name, checked.note)], failures=failures, skipped=int(bool(checked.note)))


def _unchecked(trouble: Trouble) -> str:
    """Write the suite of a file that could not be checked."""
    name = _text(trouble.filename)
    return _suite(name, [_only(name, f'<error type="error" message="{_text(trouble.message)}"/>')], errors=1)


def _suite(name: str, cases: list[str], *, failures: int = 0, errors: int = 0, skipped: int = 0) -> str:
    counts = f'tests="{len(cases)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    return f'  <testsuite name="{name}" {counts}>\n{"".join(cases)}  </testsuite>\n'


def _only(file: str, result: str) -> str:
    """Write a case about a file as a whole."""
    return f'    <testcase name="normtool" classname="{file}">\n      {result}\n    </testcase>\n'


def _passed(file: str, note: str) -> str:
    """Write the case of a file without findings; that of one which is no document is skipped."""
    return (
        _only(file, f'<skipped message="{_text(note)}"/>') if note else f'    <testcase name="normtool" classname="{file}"/>\n'
    )


def _case(file: str, problems: list[Problem], failed: Problem | None) -> str:
    """Write the case of one rule, with every place; ``failed`` is the first finding that fails."""
    first = problems[0]
    text = "\n".join(f"{file}:{p.location.line}:{p.location.column}: {p.severity}: {_text(p.message)}" for p in problems)
    body = f"<system-out>{text}</system-out>"
    if failed:
        body = f'<failure type="{failed.severity}" message="{_text(failed.message)}">{text}</failure>'
    return f'    <testcase name="{first.code} {first.name}" classname="{file}">\n      {body}\n    </testcase>\n'


def _text(text: str) -> str:
    """Write a text for XML, which has no place for control characters, however they are escaped."""
    return escape(printable(text))
