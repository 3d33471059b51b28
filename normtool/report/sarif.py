"""SARIF 2.1.0, which code scanning services read: results with their fixes, and the rules that they are of with their pages."""

from __future__ import annotations

import json
import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from normtool.report.place import fingerprinted, relative

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from normtool.model import Location
    from normtool.results import Change, Checked, Part, Problem, Trouble

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def frame(parts: Iterable[Part], troubles: Sequence[Trouble]) -> Iterator[str]:
    """Put the results into a log; what is only known then comes last: which rules have findings, and which files could not be checked."""
    codes: dict[str, None] = {}
    head = _dumps({"columnKind": "unicodeCodePoints", "automationDetails": {"id": "normtool/"}})
    yield f'{{"$schema": {_dumps(_SCHEMA)}, "version": "2.1.0", "runs": [{{{head[1:-1]}, "results": ['
    before = "\n"
    for each in parts:
        if each.text:
            codes |= dict.fromkeys(each.codes)
            yield f"{before}{each.text}"
            before = ",\n"
    tail = {"tool": {"driver": _driver(tuple(codes))}, "invocations": [_invocation(troubles)]}
    yield f"\n], {_dumps(tail)[1:-1]}}}]}}\n"


def part(checked: Checked, *, colour: bool) -> str:  # noqa: ARG001
    """Give a result for every finding, one a line."""
    return ",\n".join(_dumps(_result(*each)) for each in fingerprinted(checked.problems))


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _invocation(troubles: Sequence[Trouble]) -> dict[str, Any]:
    """Tell whether every file could be checked, and of those that could not why (SARIF 2.1.0, 3.20.14 and 3.20.21)."""
    told = [
        {
            "level": "error",
            "message": {"text": trouble.message},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(trouble.filename)}}}],
        }
        for trouble in troubles
    ]
    return {"executionSuccessful": not told, **({"toolExecutionNotifications": told} if told else {})}


def _driver(codes: tuple[str, ...]) -> dict[str, Any]:
    from normtool import __version__

    return {"name": "normtool", "semanticVersion": __version__, "rules": [_rule(code) for code in codes]}


def _rule(code: str) -> dict[str, Any]:
    """Describe a rule, with its page as the help text."""
    from normtool.catalog import data_bytes
    from normtool.model import RuleCode
    from normtool.rulebook import RULES

    rule = RULES[RuleCode(code)]
    page = data_bytes(f"rules/{code}.md").decode()
    about = re.search(r"^## What it does\n+(.+?)(?=\n## |\Z)", page, re.MULTILINE | re.DOTALL)
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": about[1].strip() if about else rule.summary},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [rule.code[:3], rule.basis],
            "problem.severity": "recommendation" if rule.severity == "info" else rule.severity,
        },
    }


def _result(problem: Problem, fingerprint: str) -> dict[str, Any]:
    """Describe a finding; of fixes, those that normalize makes with the settings at hand."""
    artifact = {"uri": _uri(problem.filename)}
    out: dict[str, Any] = {
        "ruleId": problem.code,
        "level": _LEVELS[problem.severity],
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": _region_of(problem)}}],
        "partialFingerprints": {"normtool/v1": fingerprint},
    }
    if problem.mend and problem.mend.made and problem.mend.changes:
        changes = [_replacement(change) for change in problem.mend.changes]
        out["fixes"] = [
            {
                "description": {"text": problem.message},
                "artifactChanges": [{"artifactLocation": artifact, "replacements": changes}],
            }
        ]
    return out


def _replacement(change: Change) -> dict[str, Any]:
    return {"deletedRegion": _region(change.location, change.end_location), "insertedContent": {"text": change.content}}


def _region_of(problem: Problem) -> dict[str, int]:
    """Give the place of a finding; that of one in a saved page is known by lines alone, of which there may be no next one."""
    if problem.on_page:
        return {"startLine": problem.location.line, "endLine": problem.last_line}
    return _region(problem.location, problem.end_location)


def _region(first: Location, last: Location) -> dict[str, int]:
    return {"startLine": first.line, "startColumn": first.column, "endLine": last.line, "endColumn": last.column}


@lru_cache(maxsize=1)
def _uri(filename: str) -> str:
    """Give the reference of a file: relative to the repository, or absolute for one outside of it."""
    from urllib.parse import quote

    path = relative(filename)
    return f"{'file://' if path.startswith('/') else ''}{quote(os.fsencode(path))}"
