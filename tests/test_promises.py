"""What every stage and the whole pipeline promise for any text: no crash, nothing lost, at rest after one pass, linear time."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st
from stagecases import applied, stage_edits

from normtool.history import edit_counts, edit_findings
from normtool.model import Settings
from normtool.patch import apply, check_patch, undo
from normtool.pipeline import normalize

if TYPE_CHECKING:
    from collections.abc import Callable

STAGES = tuple(stage_edits())

PIECES = (
    *("\n", "\n\n", "\r\n", "\r\r\n", "\x0c", " ", "  ", "\t", "\u3000", "\u2002", "\u00a0", "\u200b", "\u200d", "\ufeff", "\u00ad"),
    *("一、", "二、", "（一）", "(二)", "（三） ", "1.", "2．", "1、", "2、", "（1）", "第一条", "第一章 总则", "专栏1 ", "专栏2：", "一是", "1.5"),
    *(",", ";", ":", "?", "!", "(", ")", "（", "）", "，", "。", "：", "；", "、", "“", "”", "《", "》", "〔", "〕", "|", "[", "]", "【", "】", "-", "—"),
    *("关于", "的", "通知", "规划", "复函", "方案(20页).docx", "某某市财政局", "某某市水务局 关于", "为", "根据", "实施", "面临", "强化统筹。"),
    *("索引号：", "[ 索引号 ]", "发文字号:", "[ 发文字号 ] |", "发布机构：", "成文日期：", "成 文 日 期：", "2021-03-04", "2021年3月4日", "二○二一年"),
    *("首页>>公开", "当前位置：", "扫一扫在手机打开当前页", "日期:2021-03-04", "下载文档", "上传人:", "编号:1234", "12页", "40.2KB", "上传时间：2021-03-04"),
    *("某发[2023]1号", "某发〔2023〕 012 号", "2023年05月06日", "2021-2025年", "。。", "...", "--", '"', "目录\n一、总则......1\n", "上一篇：某通知\n", "责任编辑：某", "<b>", "&nbsp;"),
    *("天", "工作推进情况", "各区县人民政府:", "王某某委员：", "请予支持。", "x", "A", "Ａ", "１", "％", "5,721", "10:30", "f(x)", "https://a.cn/b?c=1"),
    *("⼀", "⻔", "﹐", "｡", "﹝", "•", "e\u0301", "\u0301", "\u0316", "\u2126", "\uf900", "\U00020000", "發", "後", "「", "」", "😀"),
    "甲" * 45 + "，", "乙" * 150, "丙丁戊己庚辛" * 40 + "。",
)  # fmt: skip
DOCUMENTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
ROUNDS = 4
"""One edit may make room for another; the pipeline runs its stages twelve times at most."""
TEXTS = st.one_of(DOCUMENTS, st.text(max_size=60))


@pytest.mark.parametrize("stage", STAGES)
@given(text=TEXTS)
@settings(max_examples=60, deadline=None)
def test_a_stage_gives_a_patch_that_can_be_taken_back_and_comes_to_rest(stage: str, text: str) -> None:
    for _ in range(ROUNDS):
        after, _patches = applied(stage, text, unsafe=True)
        if after == text:
            return
        text = after
    pytest.fail(f"{text!r} still changes")


@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_the_pipeline_loses_nothing_and_comes_to_rest(text: str) -> None:
    result = normalize(text, Settings())
    at = text
    for layer in result.history:
        check_patch(at, layer.patch)
        at = apply(at, layer.patch)
    assert at == result.text
    assert undo(result.text, result.history) == text
    assert normalize(result.text, Settings()).history == ()


SENTENCES = tuple(f"{numeral}是要落实责任，{numeral * 24}，各镇应当在每月底前报送{numeral * 30}。" for numeral in "甲乙丙丁")
COPIES = st.lists(st.sampled_from((*SENTENCES, "\n", "\n", "客户端", "2023年")), min_size=4, max_size=60).map("".join)


@given(text=COPIES)
@settings(max_examples=300, deadline=None)
def test_copies_of_copies_give_a_patch_that_can_be_taken_back(text: str) -> None:
    check_patch(text, stage_edits()["repeats"](text))
    result = normalize(text, Settings())
    assert undo(result.text, result.history) == text
    assert normalize(result.text, Settings()).history == ()


@given(text=TEXTS)
@settings(max_examples=100, deadline=None)
def test_unsafe_edits_keep_the_promises(text: str) -> None:
    asked = Settings(unsafe=True)
    result = normalize(text, asked)
    assert undo(result.text, result.history) == text
    assert normalize(result.text, asked).history == ()


@given(text=TEXTS, unsafe=st.booleans())
@settings(max_examples=100, deadline=None)
def test_edits_are_counted_as_they_are_listed(text: str, *, unsafe: bool) -> None:
    result = normalize(text, Settings(unsafe=unsafe))
    made, left = edit_counts(result)
    assert made + left == Counter(found.rule for found in edit_findings(result))
    assert not (unsafe and left)


ADVERSARIES = {
    "letters": "a",
    "hanzi": "甲",
    "blanks": " ",
    "ideographic blanks": "\u3000",
    "newlines": "\n",
    "returns": "\r",
    "blank lines": " \n",
    "tabs": "\t",
    "commas": ",",
    "open brackets": "(",
    "close brackets": ")",
    "bracket pairs": "()",
    "brackets and hanzi": "(甲",
    "labels": "1.",
    "labels with commas": "1、",
    "hanzi labels": "一、",
    "paren labels": "（一）",
    "labels after sentences": "。1.",
    "rising labels": "甲。一、乙。二、",
    "boxes": "专栏1：甲",
    "box and sentences": "专栏1 实施。",
    "one numeral": "一",
    "digits": "1",
    "stops": "。",
    "colons": "：",
    "metadata": "[索引号]",
    "metadata lines": "索引号：1\n",
    "label words": "索 引 号 ",
    "bars": "|",
    "breadcrumb": "首页>",
    "breadcrumb lines": "首页>首页>首页\n",
    "scan lines": "扫一扫\n",
    "download lines": "下载文档\n",
    "titles": "关于某事的通知\n",
    "long titles": "关于 的 ",
    "dates": "2021-1-1",
    "dates in lines": "2021-1-1\n",
    "no-break spaces": "\u00a0",
    "zero width": "\u200b",
    "radicals": "⼀",
    "full-width digits": "１",
    "years": "二○二一年",
    "accents": "\u0301\u0316",
    "letters with accents": "e\u0301",
    "joiners": "\u200d",
    "angle brackets": "<",
    "tags": "<a",
    "entities": "&nbsp;",
    "glosses": "發(fā)",
    "corner quotes": "「",
    "traditional": "關於",
    "open quotes": "“",
    "dots": ".",
    "dashes": "-",
    "suffixes": ".doc",
    "page counts": "(12页)",
    "urls": "http://a",
    "regions": "某某省",
    "document numbers": "某发[2023]1号",
    "bracketed years": "〔2023〕",
    "years with 年": "2023年",
    "ranges of years": "2021-",
    "straight quotes": '"甲',
    "leaders": "一、总则......1\n",
    "menu words": "首页\n",
    "links": "上一篇：某某通知\n",
    "footers": "版权所有",
    "credits": "责任编辑：",
    "comments": "<!--",
    "scripts": "<script>",
    "equal sentences": "各单位要认真抓好贯彻落实。",
    "page numbers": "- 1 -\n",
    "organs": "某某市财政局 ",
    "articles": "第一条\n",
}
WRAPS: dict[str, Callable[[str], str]] = {
    "alone": lambda run: run,
    "within a line": lambda run: f"甲{run}乙。",
    "after a title": lambda run: f"某某市财政局关于做好某项工作的通知\n各区县财政局：\n{run}\n某某市财政局\n2021年3月4日\n",
}


@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize("adversary", ADVERSARIES)
def test_time_grows_with_the_text_and_not_with_its_square(adversary: str, wrap: str) -> None:
    unit = ADVERSARIES[adversary]
    for edits in stage_edits().values():
        assert_linear(edits, lambda size: WRAPS[wrap](unit * (size // len(unit))), small=3_000)
