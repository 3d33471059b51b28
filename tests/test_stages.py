"""Runs the cases of the text stages: what comes out, by which rules, and that a second run finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stagecases import Case, applied, codes, stage_cases

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet


def param(case: Case) -> ParameterSet:
    marks = [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else []
    return pytest.param(case, id=f"{case.stage}: {case.name}", marks=marks)


CASES = [param(case) for case in stage_cases() if not (case.xfail and case.untouched_by)]  # the traps below fail as known
TRAPS = [param(case) for case in stage_cases() if case.untouched_by]


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case) -> None:
    after, patches = applied(case.stage, case.input, unsafe=case.unsafe)
    assert after == case.expected
    assert codes(patches) == case.rules
    assert applied(case.stage, after, unsafe=case.unsafe) == (after, [])
    if case.unsafe:
        assert applied(case.stage, case.input) == (case.input, [])


@pytest.mark.parametrize("case", TRAPS)
def test_traps_give_not_even_an_unsafe_edit(case: Case) -> None:
    _, patches = applied(case.stage, case.input, unsafe=True)
    assert not set(case.untouched_by) & {edit.rule for patch in patches for edit in patch}


def test_a_case_that_stays_names_the_rule_that_it_is_a_trap_for() -> None:
    assert [case.name for case in stage_cases() if case.input == case.expected and not case.untouched_by] == []


def test_names_are_unique() -> None:
    names = [(case.stage, case.name) for case in stage_cases()]
    assert len(names) == len(set(names))
