"""The small recognizers: their cases, and what holds for any text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normtool.grammar import metadata_lines, numbering
from normtool.grammar.boxes import box_title_end, is_topic
from normtool.grammar.dates import date_line, find_dates, is_iso
from normtool.grammar.decimals import decimal_labels
from normtool.grammar.document_number import find_numbers, number_line
from normtool.grammar.genres import genre_of, plan_word, title_core
from normtool.grammar.gluing import glue_of
from normtool.grammar.index_number import check_character, credit_codes
from normtool.grammar.listrows import rows_in, shows_wrapping
from normtool.grammar.metadata import field_titles, label_of
from normtool.grammar.names import names_in
from normtool.grammar.organs import organs_in_line, same_organ
from normtool.grammar.titles import recipients_index, title_index
from normtool.grammar.wrapping import proves_cut, run_width, wrap_width
from normtool.lines import lines_of

CASES = tomllib.loads((Path(__file__).parent / "cases" / "grammar.toml").read_text("utf-8"))
ALPHABET = "0129〇○Ο二一四十年月日 　-./〔〕[]（）第号苏科发令人民政府局市关于的通知、：A"


def cases(kind):
    return pytest.mark.parametrize(
        "case",
        CASES[kind],
        ids=[f"{case.get('input', case.get('one', case.get('lines')))}: {case['why']}" for case in CASES[kind]],
    )


@cases("date")
def test_date_line(case):
    found = date_line(case["input"])
    if "iso" not in case:
        assert found is None
        return
    assert found
    assert (found.iso or "", list(found.problems)) == (case["iso"], case.get("problems", []))
    assert case["input"][found.start : found.end] == case["input"].strip()


@cases("number")
def test_number_line(case):
    found = number_line(case["input"])
    if "canonical" not in case:
        assert found is None
        return
    assert found
    assert (found.canonical, list(found.problems)) == (case["canonical"], case.get("problems", []))


@cases("cited")
def test_cited_number(case):
    found = find_numbers(case["input"])
    assert [number.canonical for number in found] == case.get("canonical", [])
    for number in found:
        assert case["input"][number.start] == number.code[0]


@cases("organs")
def test_organs(case):
    assert [organ.name for organ in organs_in_line(case["input"])] == case.get("names", [])


@cases("people")
def test_names(case):
    found = names_in(case["input"])
    assert [name.name for name in found] == case["names"]
    for name in found:
        assert "".join(case["input"][name.start : name.end].split()) == name.name


@cases("same")
def test_same_organ(case):
    assert same_organ(case["one"], case["other"]) is case["same"]
    assert same_organ(case["other"], case["one"]) is case["same"]


@cases("topic")
def test_topic(case):
    assert is_topic(case["input"]) is case["topic"]


@cases("box")
def test_box_title(case):
    end = box_title_end(case["input"], 0, len(case["input"]))
    assert (None if end is None else case["input"][:end]) == case.get("title")


@cases("decimals")
def test_decimals(case):
    assert sorted(decimal_labels(case["lines"])) == case["at"]


def lines_of_case(case):
    return [line for part in case["lines"] for line in ([part] if isinstance(part, str) else [part[0]] * part[1])]


@cases("wrapped")
def test_width_of_a_wrapped_text(case):
    assert wrap_width(lines_of_case(case)) == case["width"]


@cases("paragraph")
def test_width_of_a_wrapped_paragraph(case):
    assert run_width(lines_of_case(case)) == case["width"]


@cases("rows")
def test_rows_of_a_list(case):
    assert sorted(rows_in(case["lines"], case["width"])) == case["at"]


@cases("marks")
def test_marks_show_wrapping(case):
    assert shows_wrapping(lines_of_case(case)) is case["wrapping"]


@cases("cut")
def test_proved_cut(case):
    assert proves_cut(case["one"], case["other"]) is case["cut"]


@cases("glue")
def test_glue(case):
    assert glue_of(case["text"], case["one"], case["other"]) == case.get("glue")


@cases("title")
def test_title_and_addressee(case):
    lines = lines_of("\n".join(lines_of_case(case)))
    title = title_index(lines)
    assert title == case.get("title")
    assert (None if title is None else recipients_index(lines, title)) == case.get("addressee")


@cases("genre")
def test_genre(case):
    assert genre_of(case["input"]) == case.get("genre")
    assert plan_word(case["input"]) == case.get("plan")


@cases("label")
def test_label(case):
    assert label_of(case["input"]) == case.get("field")


@cases("credit")
def test_credit_code(case):
    codes = credit_codes(case["input"])
    assert [check_character(code) for code in codes] == ([case["right"]] if "right" in case else [])


def test_no_label_has_two_fields():
    seen = {}
    for field, title in field_titles().items():
        assert label_of(title) == field
        assert seen.setdefault(title, field) == field


@given(st.text(ALPHABET, max_size=40))
def test_places_hold_what_was_read(text):
    for date in find_dates(text):
        assert 0 <= date.start < date.end <= len(text)
        assert date.iso is None or is_iso(date.iso)
    line = date_line(text)
    assert line is None or text[line.start : line.end] == text.strip()
    for number in find_numbers(text):
        assert 0 <= number.start < number.end <= len(text)
        assert text[number.end - 1] == "号"
    for organ in organs_in_line(text):
        assert text[organ.start : organ.end].startswith(organ.name[0])


@given(st.text(ALPHABET, max_size=40))
def test_title_core_is_stable(text):
    assert title_core(title_core(text)) == title_core(text) or len(title_core(text)) < len(text)


LABEL_PIECES = (
    "[",
    "]",
    "【",
    "索引号",
    "索 引 号",
    "发文字号",
    "甲",
    "：",
    ":",
    " ",
    "|",
    "· ",
    "2023",
    "日期",
    "。",
    "\u3000",
    "- ",
)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(LABEL_PIECES), max_size=9).map("".join))
def test_a_quick_look_at_a_line_passes_over_no_labels(line):
    assert metadata_lines.pairs_of(line) == metadata_lines._pairs_of(line)


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="一十零（）()、.．第章部分编条专栏 1209０９:\n", max_size=20), st.integers(0, 4))
def test_a_label_is_what_its_pattern_matches(text, position):
    match = numbering.LABEL.match(text, position)
    assert numbering.label_at(text, position) == (numbering._label(match) if match else None)
