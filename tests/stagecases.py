"""Reads the case files and applies one stage, or the whole pipeline, to a text."""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool import patch as algebra
from normtool.model import Settings
from normtool.pipeline import normalize, stages

if TYPE_CHECKING:
    from collections.abc import Callable

    from normtool.model import Patch

CASES = Path(__file__).parent / "cases"
PIPELINE = "pipeline"


class Case(NamedTuple):
    """A row of a case file; ``cases/README.md`` has the keys."""

    stage: str
    name: str
    input: str
    expected: str
    rules: tuple[str, ...]
    untouched_by: tuple[str, ...]
    unsafe: bool
    xfail: str


@cache
def stage_edits() -> dict[str, Callable[[str], Patch]]:
    return {stage.name: stage.edits for stage in stages(Settings())}


@cache
def stage_cases() -> tuple[Case, ...]:
    """Give the cases of every file that names its ``stage``."""
    out = []
    for path in sorted(CASES.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        if "stage" in table:
            out += [_case(table["stage"], row) for row in table["case"]]
    return tuple(out)


def _case(stage: str, row: dict[str, Any]) -> Case:
    fill = {"{" + name + "}": text * times for name, (text, times) in row.get("fill", {}).items()}
    source, expected = (_filled(row.get(key, row["input"]), fill) for key in ("input", "expected"))
    unsafe = row.get("unsafe", False)
    return Case(
        stage,
        row["name"],
        source,
        expected,
        tuple(row.get("rules", ())),
        tuple(row.get("not", ())),
        unsafe,
        row.get("xfail", ""),
    )


def _filled(text: str, fill: dict[str, str]) -> str:
    for name, long in fill.items():
        text = text.replace(name, long)
    return text


def applied(stage: str, text: str, *, unsafe: bool = False) -> tuple[str, list[Patch]]:
    """Give the text after a stage, and the patches that lead there; unsafe edits are made only when asked for."""
    if stage == PIPELINE:
        result = normalize(text, Settings(unsafe=unsafe))
        return result.text, [layer.patch for layer in result.history]
    every = stage_edits()[stage](text)
    algebra.check_patch(text, every)
    patch = tuple(edit for edit in every if edit.safe or unsafe)
    after = algebra.apply(text, patch)
    assert algebra.apply(after, algebra.invert(text, patch)) == text
    return after, [patch] if patch else []


def codes(patches: list[Patch]) -> tuple[str, ...]:
    """Give the rules of the edits of ``patches`` in order, equal neighbours once."""
    return tuple(code for code, _ in groupby(edit.rule for patch in patches for edit in patch))
