"""The unified diff made of edits does what the edits do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normtool.diff import unified
from normtool.model import Edit, RuleCode
from normtool.patch import apply
from normtool.report.style import paint_diff

HEAD = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n")


@st.composite
def edited(draw):
    text = draw(st.text("甲乙\n\r", max_size=60))
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(places[::2], places[1::2], strict=False)
    return text, tuple(Edit(a, b, draw(st.text("丙\n", max_size=3)), RuleCode("X")) for a, b in pairs)


def patched(text, diff):
    """Apply a unified diff as patch(1) does, without tolerance."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    body = re.findall(r"[^\n]*\n", diff)[2:]
    out, at, k = [], 0, 0
    while k < len(body):
        start, count, *_ = (int(number) if number else 1 for number in HEAD.fullmatch(body[k]).groups())
        k += 1
        out += lines[at : (at := start - (count > 0))]
        while k < len(body) and not body[k].startswith("@@"):
            mark, line = body[k][0], body[k][1:]
            k += 1
            if k < len(body) and body[k].startswith("\\"):
                line, k = line[:-1], k + 1
            if mark in " -":
                assert lines[at] == line
                at += 1
            if mark in " +":
                out.append(line)
    return "".join(out + lines[at:])


@given(edited())
def test_applying_the_diff_gives_the_new_text(case):
    text, edits = case
    diff = unified("a.txt", text, edits)
    assert bool(diff) == (apply(text, edits) != text)
    assert patched(text, diff) == apply(text, edits)


def test_a_name_with_a_blank_ends_with_a_tab():
    assert unified("附件 2.txt", "a", (Edit(0, 1, "b", RuleCode("X")),)).startswith("--- 附件 2.txt\t\n+++ 附件 2.txt\t\n@@")


PAINTED = [
    (" 一\n", " 一\n"),
    ("\\ No newline at end of file\n", "\\ No newline at end of file\n"),
    ("@@ -1 +1 @@\n", "\x1b[36m@@ -1 +1 @@\x1b[0m\n"),
    ("--- 二\n", "\x1b[31m--- 二\x1b[0m\n"),  # a removed line that begins with dashes is no head
    ("-二\r\n+\n", "\x1b[31m-二\r\x1b[0m\n\x1b[32m+\x1b[0m\n"),
]


@pytest.mark.parametrize(("lines", "painted"), PAINTED)
def test_colours_of_git(lines, painted):
    assert paint_diff(f"--- a\n+++ a\n{lines}") == f"\x1b[1m--- a\x1b[0m\n\x1b[1m+++ a\x1b[0m\n{painted}"


def test_form():
    text = "".join(f"第{n}行\n" for n in range(1, 21))
    edits = (Edit(0, 3, "首行", RuleCode("X")), Edit(len(text) - 1, len(text), "", RuleCode("X")))
    assert unified("a.txt", text, edits) == (
        "--- a.txt\n+++ a.txt\n"
        "@@ -1,4 +1,4 @@\n-第1行\n+首行\n 第2行\n 第3行\n 第4行\n"
        "@@ -17,4 +17,4 @@\n 第17行\n 第18行\n 第19行\n-第20行\n+第20行\n\\ No newline at end of file\n"
    )


@pytest.mark.parametrize(("between", "hunks"), [(6, 1), (7, 2)])
def test_hunks_whose_context_meets_are_one(between, hunks):
    text = "甲\n" + "乙\n" * between + "甲\n"
    edits = tuple(Edit(start, start + 1, "丙", RuleCode("X")) for start in (0, len(text) - 2))
    assert len(HEAD.findall(unified("a.txt", text, edits))) == hunks
