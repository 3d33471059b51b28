"""The outline of ``parse --format text``: everything that the JSON document says of parts and headings, plain or drawn."""

import pytest

from normtool.model import CleanText, Settings
from normtool.report.outline import outline, plain_outline, rich_outline
from normtool.structure import parse, to_json

TEXT = """索引号：11320000MB1234562M/2023-00042
发文字号：
发布机构：江南市科学技术局
成文日期：2023-05-09

江南市科学技术局关于开放实验室的通知
江科函〔2023〕42号
各区科技局，各有关单位：
现将有关事项通知如下。
一、总体要求
（一）统筹安排。各区科技局要统筹安排。
名称|数量
第一章 其他
附件：1.开放实验室名单
2.预约申请表
江南市科学技术局
2023年5月9日
（此件公开发布）
"""
PLAIN = """江南市科学技术局关于开放实验室的通知
  类型      notice (通知)
  主送机关  各区科技局；各有关单位
  目录信息
    索引号    11320000MB1234562M/2023-00042
    发文字号  –
    发布机构  江南市科学技术局
    成文日期  2023-05-09
  版头
    发文字号  江科函〔2023〕42号
  正文
    (1 paragraph, 11 characters)
    一、总体要求
      （一）统筹安排
        (2 paragraphs, 16 characters)
    第一章 其他
  附件
    1. 开放实验室名单
    2. 预约申请表
  落款
    发文机关署名  江南市科学技术局
    成文日期      2023-05-09
  附注
    （此件公开发布）
"""


def document(text):
    return to_json(parse(CleanText(text), Settings()))


def test_plain():
    assert plain_outline(document(TEXT)) == PLAIN


def test_a_text_without_parts():
    assert (
        plain_outline(document("来信人您好，您反映的问题我们已经核实。\n"))
        == "(no title)\n  类型  generic\n  正文\n    (1 paragraph, 19 characters)\n"
    )


def test_parts_of_a_value_are_named():
    """Of 市政协 7 2 nobody could tell which number is the term."""
    reply = "云岭县林业局关于县政协七届二次会议第0107号提案的答复函\n李某某委员：\n您提出的提案收悉，现答复如下。\n"
    assert "\n    届次    会议：县政协，届：7，次：2\n" in plain_outline(document(reply))


def test_controls_do_not_reach_the_terminal():
    node = outline({"document_type": "generic", "title": "开放\x1b[31m实验室", "body": {"blocks": [], "sections": []}})
    assert "\x1b" not in node.text


@pytest.mark.parametrize("colour", [True, False])
def test_drawn(colour, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    drawn = rich_outline(document(TEXT), colour=colour)
    for piece in (
        "江南市科学技术局关于开放实验室的通知",
        "（一）统筹安排",
        "11320000MB1234562M/2023-00042",
        "（此件公开发布）",
    ):
        assert piece in drawn
    assert ("\x1b[" in drawn) == colour


@pytest.mark.parametrize(("length", "shown"), [(60, "甲" * 60), (61, f"{'甲' * 60}…")])
def test_a_long_name_is_cut(length, shown):
    document = {
        "document_type": "generic",
        "body": {"blocks": [], "sections": []},
        "attachments": [{"number": 1, "title": "甲" * length}],
    }
    assert plain_outline(document).splitlines()[-1].strip() == f"1. {shown}"
