"""A report that folds what is mended by rule asks only for what it shows: it must print and count what it would of all findings."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_promises import TEXTS

from normtool import reporting, runner
from normtool.model import Settings
from normtool.report import FOLDING, FORMATS, part_of
from normtool.report.tally import tally_of

RAW = sorted((Path(__file__).parents[1] / "samples").glob("**/raw/*"))
COMMAS = "您提出的建议收悉,现答复如下;一是落实;二是检查!" * 30


def checked(data, settings_, **changes):
    task = runner.Task("某.txt", Path("某.txt"), settings_, data)
    return runner.check(task._replace(**changes))


def counts(result):
    tally = tally_of(result)
    return {name: getattr(tally, name) for name in tally.__slots__}


def assert_told_alike(data, asked):
    every, shown = checked(data, asked), checked(data, asked, folded=True)
    for name in FOLDING:
        assert part_of(shown, name, colour=False) == part_of(every, name, colour=False)
    assert counts(shown) == counts(every)
    assert shown.changes == every.changes


@pytest.mark.parametrize("path", RAW, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
@pytest.mark.parametrize("asked", [Settings(), Settings(unsafe=True), Settings(select=("TXT", "DOC"))], ids=str)
def test_samples(path, asked):
    assert_told_alike(path.read_bytes(), asked)


@given(text=TEXTS, often=st.integers(1, 12), unsafe=st.booleans())
@settings(max_examples=100, deadline=None)
def test_any_text(text, often, *, unsafe):
    assert_told_alike((text * often).encode("utf-8", "replace"), Settings(unsafe=unsafe))


def test_damaged_bytes_of_which_nothing_is_mended():
    assert_told_alike(COMMAS.encode("gb18030") + b"\xff\n", Settings())


def test_a_page_of_which_nothing_is_mended():
    data = f"<html><body><p>各区：</p><p>{COMMAS}</p></body></html>".encode()
    assert_told_alike(data, Settings())
    assert counts(checked(data, Settings(), folded=True))["mended"] == 0


def test_few_findings_are_made_of_many_changes():
    data = COMMAS.encode()
    assert len(checked(data, Settings()).problems) > 100
    assert len(checked(data, Settings(), folded=True).problems) < 20


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_that_lists_gets_every_finding(name, tmp_path):
    path = tmp_path / "某.txt"
    path.write_text(COMMAS, "utf-8")
    reported = reporting.check(reporting.Order(runner.Task(str(path), path, Settings()), name, colour=False))
    assert reported.tally.problems == len(checked(COMMAS.encode(), Settings()).problems)
    if name not in FOLDING | {"junit"}:
        assert reported.part.text.count("TXT001") >= 100
