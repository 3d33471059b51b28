"""How findings are printed."""

import json

import jsonschema
import pytest

from normtool.catalog import schemas
from normtool.model import Finding, Location, RuleCode, Span
from normtool.problems import problems_of
from normtool.report import FORMATS, framed, part_of
from normtool.report.style import cells
from normtool.report.tally import Tally, tally_of
from normtool.results import Change, Checked, Excerpt, Mend, Problem, shown


def problem(line=1, column=3, **changes):
    plain = Problem(
        "TXT001",
        "halfwidth-punctuation",
        "warning",
        "ASCII punctuation next to hanzi: `,` → `，`",
        "答复.txt",
        Location(line, column),
        Location(line, column + 1),
        Excerpt("你们,我们", 2, 3),
        Mend("safe", (Change(Location(line, column), Location(line, column + 1), "，"),), made=True),
    )
    return plain._replace(**changes)


PLAIN = problem(
    2,
    1,
    code="DOC001",
    name="title-missing",
    severity="error",
    message="no title",
    mend=None,
    excerpt=Excerpt("", 0, 0),
    pointer="/title",
)


def rendered(name, *problems, colour=False):
    return "".join(framed([part_of(Checked("答复.txt", problems), name, colour=colour)], (), name))


def test_full_marks_the_place_by_cells():
    assert rendered("full", problem()) == (
        "答复.txt:1:3: TXT001 [*] ASCII punctuation next to hanzi: `,` → `，`\n"
        "  |\n"
        "1 | 你们,我们\n"
        "  |     ^\n"
        "\n"
    )  # fmt: skip


def test_full_folds_equal_findings():
    text = rendered("full", *(problem(line) for line in range(1, 13)))
    assert text.startswith("答复.txt:1:3: TXT001 [*] ASCII punctuation next to hanzi: `,` → `，` (12 times)\n")
    assert "  = also at 2:3, 3:3, 4:3, 5:3, 6:3, 7:3, 8:3, 9:3 and 3 more\n" in text
    assert text.count("TXT001") == 1


def test_what_a_rule_mends_is_one_line():
    others = [problem(line, message=f"ASCII punctuation next to hanzi: `{mark}` → `x`") for line, mark in enumerate(",;:?", 1)]
    assert rendered("concise", *others) == (
        "答复.txt:1:3: TXT001 [*] ASCII punctuation next to hanzi: `,` → `x`, `;` → `x`, `:` → `x` … (4 times)\n"
    )  # fmt: skip


def test_three_changes_are_all_that_there_are():
    others = [problem(line, message=f"ASCII punctuation next to hanzi: `{mark}` → `x`") for line, mark in enumerate(",;:", 1)]
    assert rendered("concise", *others) == (
        "答复.txt:1:3: TXT001 [*] ASCII punctuation next to hanzi: `,` → `x`, `;` → `x`, `:` → `x` (3 times)\n"
    )  # fmt: skip


@pytest.mark.parametrize("other", [{"message": "no signature"}, {"code": "DOC009"}], ids=str)
def test_what_a_person_must_mend_is_folded_only_where_equal(other):
    assert len(rendered("concise", PLAIN, PLAIN._replace(location=Location(9, 1))).splitlines()) == 1
    assert len(rendered("concise", PLAIN, PLAIN._replace(**other)).splitlines()) == 2


def test_findings_of_different_rules_are_not_folded():
    assert len(rendered("concise", problem(), problem(2, code="TXT002")).splitlines()) == 2


def test_concise():
    assert rendered("concise", problem(), problem(7), PLAIN) == (
        "答复.txt:1:3: TXT001 [*] ASCII punctuation next to hanzi: `,` → `，` (2 times)\n"
        "答复.txt:2:1: DOC001 no title\n"
    )  # fmt: skip


def test_unsafe_fix_has_no_star_unless_it_is_made():
    assert "[*]" not in rendered("concise", problem(mend=Mend("unsafe", (), made=False)))
    assert "[*]" in rendered("concise", problem(mend=Mend("unsafe", (), made=True)))


def test_what_a_terminal_would_act_upon_is_not_printed():
    text = rendered("full", problem(message="bell \x07", excerpt=Excerpt("a\x1b[2Jb\tc", 1, 2)))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "a\ufffd[2Jb·c" in text


def test_json_lists_every_one():
    records = json.loads(rendered("json", problem(), problem(2), PLAIN))
    assert [record["location"] for record in records] == [
        {"row": 1, "column": 3},
        {"row": 2, "column": 3},
        {"row": 2, "column": 1},
    ]
    assert records[0] == {
        "code": "TXT001",
        "name": "halfwidth-punctuation",
        "severity": "warning",
        "message": "ASCII punctuation next to hanzi: `,` → `，`",
        "filename": "答复.txt",
        "location": {"row": 1, "column": 3},
        "end_location": {"row": 1, "column": 4},
        "fix": {
            "applicability": "safe",
            "edits": [{"location": {"row": 1, "column": 3}, "end_location": {"row": 1, "column": 4}, "content": "，"}],
            "message": "ASCII punctuation next to hanzi: `,` → `，`",
        },
        "path": None,
        "url": None,
    }
    assert (records[2]["fix"], records[2]["path"]) == (None, "/title")


def test_json_has_the_form_of_its_schema():
    records = json.loads(rendered("json", problem(), problem(mend=Mend("unsafe", (), made=False)), PLAIN))
    jsonschema.Draft202012Validator(schemas()["findings"]).validate(records)


def test_json_lines_are_the_same_records():
    lines = [json.loads(line) for line in rendered("jsonl", problem(), PLAIN).splitlines()]
    assert lines == json.loads(rendered("json", problem(), PLAIN))


def test_json_of_nothing_is_an_empty_array():
    assert rendered("json") == "[]\n"


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_has_colours_unless_asked(name):
    assert "\x1b" not in rendered(name, problem(), PLAIN)


def test_colours():
    assert rendered("concise", PLAIN, colour=True) == "\x1b[1m答复.txt\x1b[0m:2:1: \x1b[31mDOC001\x1b[0m no title\n"


def counted(*problems):
    tally = Tally()
    changes = any(each.mend for each in problems)
    for checked in (Checked("a.txt", problems, changes=changes), Checked("b.txt"), Checked("c.txt", note="empty")):
        tally.add(tally_of(checked))
    return tally


@pytest.mark.parametrize(
    ("problems", "summary"),
    [
        ((), "Checked 2 files: no problems."),
        ((PLAIN,), "Found 1 problem."),
        ((problem(), problem(), PLAIN), "Found 3 problems (2 fixable with `normtool normalize --write`)."),
    ],
)
def test_summary(problems, summary):
    assert counted(*problems).summary() == summary


def test_statistics():
    assert list(counted(PLAIN, problem(), problem()).statistics()) == [
        "2  TXT001  [*]  halfwidth-punctuation\n",
        "1  DOC001       title-missing\n",
    ]


@pytest.mark.parametrize(("text", "width"), [("ab", 2), ("汉字，", 6), ("“”", 2), ("ｶﾞ", 2), ("e\u0301", 1), ("", 0)])
def test_cells(text, width):
    assert cells(text) == width


@pytest.mark.parametrize(
    ("before", "behind", "text"),
    [(60, 60, f"{'甲' * 60},{'乙' * 60}"), (61, 60, f"…{'甲' * 60},{'乙' * 60}"), (60, 61, f"{'甲' * 60},{'乙' * 60}…")],
)
def test_of_a_long_line_sixty_characters_on_either_side_are_shown(before, behind, text):
    found = Finding(RuleCode("TXT001"), "warning", "", Span(before, before + 1))
    problem = problems_of((found,), f"{'甲' * before},{'乙' * behind}\n", "a.txt", unsafe=False, writable=True)[0]
    assert problem.excerpt.text == text
    assert problem.excerpt.text[problem.excerpt.start : problem.excerpt.end] == ","


def test_a_name_with_controls_is_shown_with_escapes():
    assert shown("通知 1.txt") == "通知 1.txt"
    assert shown("通知 \x1b[1m\x7f\x9f\n.txt") == "通知 \\x1b[1m\\x7f\\x9f\\n.txt"
