"""What the pipeline promises of its stages, and what ``select`` leaves to the rules that only report."""

import tomllib
from pathlib import Path

import pytest

import normtool
from normtool import pipeline
from normtool.__main__ import main
from normtool.model import Edit, RuleCode, Settings
from normtool.text import flatten

SOURCE = "各单位要落实责任。\n各镇要加强检查。\n"
RULE = RuleCode("TXT001")
NOTICE = tomllib.loads((Path(__file__).parent / "cases/rules.toml").read_text("utf-8"))["base"]["notice"].lstrip("\n")


def once(*edits):
    """Give a stage that makes these edits of ``SOURCE`` and leaves every other text alone."""
    return lambda text: tuple(Edit(*edit, RULE) for edit in edits) if text == SOURCE else ()


STAGES = {
    "two edits that overlap": once((0, 5, "甲"), (3, 4, "乙")),
    "two edits in the wrong order": once((9, 10, "甲"), (0, 3, "乙")),
}


def put(monkeypatch, edits):
    monkeypatch.setattr(pipeline, "stages", lambda _: (pipeline.Stage("faulty", (RULE,), edits),))


def test_a_stage_that_keeps_the_promises_is_let_through(monkeypatch):
    put(monkeypatch, once((0, 3, "甲"), (3, 4, "乙"), (len(SOURCE), len(SOURCE), "丙")))
    assert pipeline.normalize(SOURCE, Settings()).text == "甲乙落实责任。\n各镇要加强检查。\n丙"


@pytest.mark.parametrize("edits", STAGES.values(), ids=STAGES)
def test_a_history_that_does_not_give_back_the_source_is_a_fault(edits, monkeypatch):
    put(monkeypatch, edits)
    with pytest.raises(pipeline.PromiseError, match="the history does not give back the decoded text"):
        pipeline.normalize(SOURCE, Settings())


@pytest.mark.parametrize("edits", STAGES.values(), ids=STAGES)
def test_of_such_a_text_nothing_is_written(edits, monkeypatch, tmp_path, capfd):
    put(monkeypatch, edits)
    (tmp_path / "a.txt").write_text(SOURCE, "utf-8")
    assert main(["normalize", "--isolated", "--write", str(tmp_path / "a.txt")]) == 2
    assert main(["normalize", "--isolated", str(tmp_path / "a.txt")]) == 2
    captured = capfd.readouterr()
    assert captured.err.count("internal error, nothing written: PromiseError: the history does not give back") == 2
    assert captured.out == ""
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {"a.txt": SOURCE}


def test_a_text_that_never_rests_is_a_fault(monkeypatch):
    put(monkeypatch, lambda text: (Edit(0, 1, "乙" if text[0] == "甲" else "甲", RULE),))
    with pytest.raises(pipeline.PromiseError, match="does not come to rest"):
        pipeline.normalize(SOURCE, Settings())


@pytest.mark.parametrize(("date", "found"), [("２０２３年５月９日", []), ("２０２３年５月８日", ["2023-05-09"])])
def test_a_selected_rule_looks_at_a_text_that_every_stage_went_over(date, found):
    """A signature in full-width digits is a date once they are plain, whether their rule is asked for or not."""
    text = NOTICE.replace("2023年5月9日", date)
    assert date in text
    only = Settings(select=("DOC011",))
    findings = normtool.check(text, only)
    assert [text[f.span.start : f.span.end] for f in findings] == found
    assert findings == tuple(f for f in normtool.check(text) if f.rule == "DOC011")
    assert normtool.normalize(text, only) == text


@pytest.mark.parametrize(
    ("text", "certain"),
    [("各镇要落实责任，抓好管护。抄送：县水务局", True), ("各镇要落实“责任，抓好管护（1）抄送：县水务局”的要求", False)],
)
def test_no_break_is_put_where_the_lines_would_be_joined_again(text, certain):
    """LAY001 joins lines that open and close a pair of marks; LAY002 would break them for ever."""
    at = text.index("抄送")
    assert flatten._certain(text, [at]) == ([at] if certain else [])
