"""Markdown: the syntax of a text stays, its text is treated as any other."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normtool.config import Overrides, configure, settings_for
from normtool.markdown import syntax_of
from normtool.model import Settings
from normtool.patch import undo
from normtool.pipeline import before_chrome, normalize

CASES = tomllib.loads((Path(__file__).parent / "cases" / "markdown.toml").read_text("utf-8"))["case"]
MARKDOWN = Settings(markdown=True)
PIECES = (
    *("\n", "\n\n", "  ", "    ", "- ", "* ", "1. ", "> ", "# ", "```\n", "~~~\n", "`", "``", "[甲]", "(b, 丙)", "![图]", "](x)", "---\n", "<!-- 注, 一 -->"),
    *("甲乙", "丙,丁", "（一）", "一、", "某发[2023]1号", "2023年05月06日", "关于防火的通知", "各镇人民政府:", "当前位置：首页>>公告", "。", "發布", "Ａ１", "\u3000", "\t", "\r\n"),
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case):
    assert normalize(case["input"], MARKDOWN).text == case.get("expected", case["input"])


def test_what_learn_reads_keeps_the_syntax_too():
    """A pattern that is learnt from Markdown must match the text that chrome is looked for in."""
    code = "防火通知\n\n```\na\xa0b\n```\n"
    assert before_chrome(code, MARKDOWN) == code
    assert before_chrome(code, Settings()) != code


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_nothing_is_lost_and_a_second_run_changes_nothing(text):
    result = normalize(text, MARKDOWN)
    assert undo(result.text, result.history) == text
    assert normalize(result.text, MARKDOWN).history == ()


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_spans_are_sorted_and_apart(text):
    for spans in syntax_of(text.replace("\r\n", "\n")):
        at = 0
        for start, end in spans:
            assert at <= start < end <= len(text)
            at = end


@pytest.mark.parametrize(
    ("name", "is_markdown"), [("a.md", True), ("A.MD", True), ("a.markdown", True), ("a.txt", False), ("md", False)]
)
def test_a_file_is_markdown_by_its_name(name, is_markdown, tmp_path):
    config = configure(tmp_path, Overrides(isolated=True))
    assert settings_for(config, tmp_path / name).markdown is is_markdown
