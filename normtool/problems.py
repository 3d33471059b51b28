"""Expresses the findings about a text in lines and columns, each with a piece of its line for people to see."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from normtool.model import Location
from normtool.patch import line_starts
from normtool.results import Change, Excerpt, Mend, Problem
from normtool.rulebook import RULES

if TYPE_CHECKING:
    from normtool.model import Finding, Fix

_NO_EXCERPT = Excerpt("", 0, 0)
_EXCERPT = 60
"""Characters shown on either side of a place: a document flattened to one line would fill the terminal."""


def problems_of(
    findings: tuple[Finding, ...], text: str, filename: str, *, unsafe: bool, writable: bool
) -> tuple[Problem, ...]:
    """Give the findings about a decoded text as problems of a file.

    The first of several equal ones, which a report shows, has an excerpt.

    ``unsafe`` tells that unsafe changes are made as well, ``writable`` that the file's bytes were not refused.
    """
    starts = line_starts(text)
    firsts = {(found.rule, found.message): found for found in reversed(findings)}
    return tuple(
        _problem(
            found, text, starts, filename, unsafe=unsafe, writable=writable, first=firsts[found.rule, found.message] is found
        )
        for found in findings
    )


def _problem(
    found: Finding, text: str, starts: tuple[int, ...], filename: str, *, unsafe: bool, writable: bool, first: bool
) -> Problem:
    """Express a finding in lines and columns.

    The first of several equal ones, which a report shows, with a piece of its line.
    """
    location, end_location = place = _places(starts, found.span.start, found.span.end)
    mend = (
        None
        if found.fix is None
        else _mend(found, found.fix, starts, place, made=writable and (found.fix.safety == "safe" or unsafe))
    )
    excerpt = _excerpt(text, starts, found.span.start, found.span.end) if first else _NO_EXCERPT
    name = RULES[found.rule].name
    return Problem(
        found.rule, name, found.severity, found.message, filename, location, end_location, excerpt, mend, found.pointer
    )


def _places(starts: tuple[int, ...], start: int, end: int) -> tuple[Location, Location]:
    line = bisect_right(starts, start)
    first = Location(line, start - starts[line - 1] + 1)
    if line == len(starts) or end < starts[line]:
        return first, Location(line, end - starts[line - 1] + 1)
    line = bisect_right(starts, end)
    return first, Location(line, end - starts[line - 1] + 1)


def _mend(found: Finding, fix: Fix, starts: tuple[int, ...], place: tuple[Location, Location], *, made: bool) -> Mend:
    """Express a fix in lines and columns; most change just what was found at ``place``.

    In a file whose bytes are refused nothing is made.
    """
    changes = tuple(
        Change(*(place if (start, end) == found.span else _places(starts, start, end)), replacement)
        for start, end, replacement, _, _ in fix.edits
    )
    return Mend(fix.safety, changes, made)


def _excerpt(text: str, starts: tuple[int, ...], start: int, end: int) -> Excerpt:
    """Cut the piece of a line around a place out of the text; dots stand where the line goes on."""
    line = bisect_right(starts, start)
    first = starts[line - 1]
    last = starts[line] if line < len(starts) else len(text)
    line_end = last - len(text[max(first, last - 2) : last]) + len(text[max(first, last - 2) : last].rstrip("\r\n"))
    left, right = max(first, start - _EXCERPT), min(line_end, max(min(end, start + _EXCERPT), start) + _EXCERPT)
    head, tail = ("…" if left > first else ""), ("…" if right < line_end else "")
    shift = len(head) - left
    return Excerpt(f"{head}{text[left:right]}{tail}", start + shift, max(min(end, right), start) + shift)
