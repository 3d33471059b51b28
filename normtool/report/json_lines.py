"""JSON Lines: an object a finding."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from normtool.report.frames import in_a_row
from normtool.report.record import record

if TYPE_CHECKING:
    from normtool.results import Checked


frame = in_a_row


def part(checked: Checked, *, colour: bool) -> str:  # noqa: ARG001
    """Give a line for every finding."""
    return "".join(f"{json.dumps(record(problem), ensure_ascii=False)}\n" for problem in checked.problems)
