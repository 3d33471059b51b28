"""JSON Lines: an object a finding."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from normtool.report.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normtool.results import Checked


def render(files: Iterable[Checked], *, colour: bool) -> Iterator[str]:  # noqa: ARG001
    """Give a line for every finding."""
    for checked in files:
        for problem in checked.problems:
            yield f"{json.dumps(record(problem), ensure_ascii=False)}\n"
