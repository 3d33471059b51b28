"""All findings as one JSON array, one object a line: valid JSON that line tools can read too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from normtool.report.frames import in_an_array
from normtool.report.record import record

if TYPE_CHECKING:
    from normtool.results import Checked


frame = in_an_array


def part(checked: Checked, *, colour: bool) -> str:  # noqa: ARG001
    """Give an object for every finding."""
    return ",\n".join(f"  {json.dumps(record(problem), ensure_ascii=False)}" for problem in checked.problems)
