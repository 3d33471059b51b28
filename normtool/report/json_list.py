"""All findings as one JSON array, one object a line: valid JSON that line tools can read too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from normtool.report.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normtool.results import Checked


def render(files: Iterable[Checked], *, colour: bool) -> Iterator[str]:  # noqa: ARG001
    """Give the array."""
    before = "[\n"
    for checked in files:
        for problem in checked.problems:
            yield f"{before}  {json.dumps(record(problem), ensure_ascii=False)}"
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
