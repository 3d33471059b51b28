"""Clean text to document: the cases, what holds for any text, and the real documents where they are at hand."""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normtool.catalog import data_table
from normtool.document import place_of
from normtool.model import CleanText, Settings
from normtool.structure import parse, to_json
from normtool.structure.phrases import may_hold
from normtool.structure.recognize import recognize

SHARED = Path(__file__).parents[1].parent / "shared"
TABLE = tomllib.loads((Path(__file__).parent / "cases" / "structure.toml").read_text("utf-8"))
PIECES = [
    "一、", "（一）", "1.", "（1）", "第一章 ", "第一条 ", "专栏1：", "1 ", "1.1 ", "2 ", "附件：", "附件1", "关于开放实验室的通知", "各区科技局：", "江南市科学技术局", "2023年5月9日",
    "江科函〔2023〕42号", "（此件公开发布）", "抄送：市委。", "发布机构：", "市科技局", "特此通知。", "总体要求", "。", "：", "“", "”", " ", "\n", "\n\n", "答复", "第0217号提案", "政协", "代表",
]  # fmt: skip


def at(data, pointer):
    """What stands at a JSON pointer; "absent" for nothing, "null" for null."""
    for key in pointer.split("/")[1:]:
        if isinstance(data, list):
            data = data[int(key)] if int(key) < len(data) else "absent"
        else:
            data = data.get(key, "absent") if isinstance(data, dict) else "absent"
        if data == "absent":
            return data
    return "null" if data is None else data


def outline(sections, depth=0):
    lines = []
    for section in sections:
        lines.append("  " * depth + f"{section['label']} {section.get('heading', '')}".rstrip())
        lines += outline(section["sections"], depth + 1)
    return lines


@pytest.mark.parametrize("case", TABLE["case"], ids=[case["why"] for case in TABLE["case"]])
def test_parse(case):
    data = to_json(parse(CleanText(case["text"].lstrip("\n")), Settings()))
    assert {pointer: at(data, pointer) for pointer in case["expected"]} == case["expected"]
    assert outline(data["body"]["sections"]) == case["outline"].strip("\n").splitlines()


@pytest.mark.parametrize("case", TABLE["type"], ids=[f"{case['title']}: {case['why']}" for case in TABLE["type"]])
def test_type(case):
    assert (recognize(case["title"], "", "", Settings()) or "none") == case["type"]


def pieces_of(data):
    """Every text of the JSON document."""
    if isinstance(data, dict):
        return [piece for value in data.values() for piece in pieces_of(value)]
    if isinstance(data, list):
        return [piece for value in data for piece in pieces_of(value)]
    return [data] if isinstance(data, str) else []


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_parsed(text):
    document = parse(CleanText(text), Settings())
    json.dumps(to_json(document))

    def visit(sections):
        for section in sections:
            assert text[section.label_span.start : section.label_span.end] == section.label
            assert section.heading is None or text[slice(*section.heading.span)] == section.heading.text
            for block in section.blocks:
                assert text[slice(*block.span)] == block.text
            visit(section.sections)

    visit(document.body.sections)
    for block in document.body.blocks:
        assert text[slice(*block.span)] == block.text
    for item in (*document.recipients, *document.notes):
        assert text[slice(*item.span)] == item.text


@given(
    st.lists(st.sampled_from(["甲。", "一、乙\n", "（一）丙。丁\n", "1.戊\n", "第一条 己\n", "庚\n", "\n"]), max_size=30).map(
        "".join
    )
)
def test_body_loses_nothing(text):
    body = to_json(parse(CleanText("江南市科学技术局关于开放实验室的报告\n" + text), Settings()))
    written = "".join(pieces_of(body["body"]))
    for mark in "甲乙丙丁戊己庚":
        assert written.count(mark) == text.count(mark)


FRONT = (
    "云岭县甲局\n", "关于乙事项的通知\n", "丙丙公司\n", "各丁丁局：\n", "（戊戊）\n", "江南市己局文件\n", "责任人：庚\n", "发布机构：辛局\n",
    "索引号：壬\n", "附件：癸方案\n", "子子。\n", "一、丑丑\n", "签发人：寅寅\n", "秘密\n", "江科发〔2023〕7号\n", "2023年5月9日\n", "\n",
    "辰辰会议纪要\n", "（第巳期）\n", "关于午事项的纪要\n", "卯卯局令\n", "令\n", "第七号\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(FRONT), max_size=8).map("".join))
def test_front_loses_nothing(text):
    written = "".join(pieces_of(to_json(parse(CleanText(text), Settings()))))
    assert not {mark for mark in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午七" if mark in text and mark not in written}


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        ("/title", "关于开放实验室的通知"),
        ("/metadata/publisher", "市科技局"),
        ("/metadata/document_number", "发文字号："),
        ("/recipients/1", "各有关单位"),
        ("/body/sections/0/heading", "总体要求"),
        ("/signature/date", "2023年5月9日"),
        ("/signature/issuers/3", "江南市科学技术局"),
        ("/imprint", ""),
        ("", ""),
    ],
)
def test_place_of_pointer(pointer, text):
    clean = "发布机构：市科技局\n发文字号：\n\n关于开放实验室的通知\n各区科技局，各有关单位：\n一、总体要求\n开放。\n江南市科学技术局\n2023年5月9日\n"
    start, end = place_of(parse(CleanText(clean), Settings()), pointer)
    assert clean[start:end] == text


def test_a_directory_of_tables():
    """A portal's list of documents, each with its two labels; more of them than Python calls deep."""
    text = "".join(f"索引号：{n}\n发文字号：江科函〔2023〕{n}号\n\n" for n in range(1, 1500))
    document = parse(CleanText(text), Settings())
    assert document.metadata
    assert len(document.metadata.fields) == 2998


@pytest.mark.skipif(not SHARED.exists(), reason="the real documents are not at hand")
class TestRealDocuments:
    """The five documents, cleaned by hand: their type, fields and tree."""

    def read(self, name):
        marks = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"})
        return CleanText((SHARED / "gold" / f"{name}.txt").read_text("utf-8").translate(marks))

    @pytest.mark.parametrize(
        ("name", "kind", "number", "date"),
        [
            ("000", "npc-suggestion-reply", "0849", "2022-04-11"),
            ("001", "cppcc-proposal-reply", "20230128", None),
            ("002", "cppcc-proposal-reply", "0426", "2021-11-16"),
            ("003", "cppcc-proposal-reply", "0886", "2025-04-28"),
            ("004", "plan", None, None),
        ],
    )
    def test_fields(self, name, kind, number, date):
        data = to_json(parse(self.read(name), Settings()))
        assert data["document_type"] == kind
        assert data.get("proposal", {}).get("number") == number
        assert data.get("signature", {}).get("date") == date

    @pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
    def test_headings(self, name):
        rows = (SHARED / "gold" / f"{name}.headings.tsv").read_text("utf-8").splitlines()[1:]
        wanted = [row.split("\t")[2].replace(" ", "") for row in rows if not row.startswith("0\t")]
        fold = str.maketrans({"，": ",", "（": "(", "）": ")", "：": ":", "；": ";"})
        text = self.read(name)
        found = []

        def visit(sections):
            for section in sections:
                end = section.heading.span.end if section.heading else section.label_span.end
                found.append(text[section.span.start : end].translate(fold).replace(" ", ""))
                visit(section.sections)

        visit(parse(text, Settings()).body.sections)
        assert found == [line.rstrip("。") for line in wanted]


@pytest.mark.parametrize("name", sorted(data_table("phrases.toml")["words"]))
def test_a_phrase_holds_one_of_its_words(name):
    """A line without any of the words is not searched for the phrase, so none may be missing."""

    @settings(max_examples=60, deadline=None)
    @given(st.from_regex(data_table("phrases.toml")[name]))
    def holds(text):
        assert may_hold(name, text)

    holds()
