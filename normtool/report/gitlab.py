"""The code quality report of GitLab: a JSON array with an object a finding."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from normtool.report.frames import in_an_array
from normtool.report.place import fingerprinted, relative

if TYPE_CHECKING:
    from normtool.model import Location
    from normtool.results import Checked, Problem

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


frame = in_an_array


def part(checked: Checked, *, colour: bool) -> str:  # noqa: ARG001
    """Give an object for every finding."""
    return ",\n".join(f"  {json.dumps(_issue(*each), ensure_ascii=False)}" for each in fingerprinted(checked.problems))


def _issue(problem: Problem, fingerprint: str) -> dict[str, Any]:
    return {
        "description": f"{problem.code} {problem.message}",
        "check_name": problem.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[problem.severity],
        "location": {"path": relative(problem.filename), **_place(problem)},
    }


def _place(problem: Problem) -> dict[str, Any]:
    """Give a place by columns, or, where it ends with a line, by its lines alone: these are the two forms of the report."""
    first, end = problem.location, problem.end_location
    if problem.last_line != end.line:
        return {"lines": {"begin": first.line, "end": problem.last_line}}
    return {"positions": {"begin": _position(first), "end": _position(end)}}


def _position(location: Location) -> dict[str, int]:
    return {"line": location.line, "column": location.column}
