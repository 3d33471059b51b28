"""A finding as a JSON object; its form is a contract, written down in ``findings.schema.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from normtool.model import Location
    from normtool.results import Mend, Problem


def record(problem: Problem) -> dict[str, Any]:
    """Give the JSON object of a finding: rows and columns are 1-based, columns count code points, ends are exclusive.

    What is found in a saved page has no fix, as the page stays as it is.
    """
    return {
        "code": problem.code,
        "name": problem.name,
        "severity": problem.severity,
        "message": problem.message,
        "filename": problem.filename,
        "location": _place(problem.location),
        "end_location": _place(problem.end_location),
        "fix": _fix(problem.mend, problem.message) if problem.mend and not problem.on_page else None,
        "path": problem.pointer,
        "url": None,
    }


def _fix(mend: Mend, message: str) -> dict[str, Any]:
    edits = [
        {"location": _place(change.location), "end_location": _place(change.end_location), "content": change.content}
        for change in mend.changes
    ]
    return {"applicability": mend.safety, "edits": edits, "message": message}


def _place(location: Location) -> dict[str, int]:
    return {"row": location.line, "column": location.column}
