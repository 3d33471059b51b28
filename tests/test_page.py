"""Saved pages: what is one, what is read in it, and what it costs when there is none."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import normtool
from normtool import pipeline
from normtool.model import NormtoolError, Settings
from normtool.page import is_page, read_page
from normtool.page.facts import metadata_values, source_values
from normtool.page.layout import Row
from normtool.page.packs import comment_key, places, read_places
from normtool.page.places import source_line
from normtool.page.render import render
from normtool.page.weights import row_weight

CASES = tomllib.loads((Path(__file__).parent / "cases" / "pages.toml").read_text("utf-8"))["case"]
RECOGNITION = tomllib.loads((Path(__file__).parent / "cases" / "page_recognition.toml").read_text("utf-8"))["case"]
DATA = tomllib.loads((Path(__file__).parents[1] / "normtool/data/pages/containers.toml").read_text("utf-8"))
CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus" / "docs"


def names(cases):
    return [case["name"] for case in cases]


@pytest.mark.parametrize("case", RECOGNITION, ids=names(RECOGNITION))
def test_recognition(case):
    assert is_page(case["text"]) is case["page"]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_reading(case):
    assert is_page(case["html"])
    page = read_page(case["html"])
    assert page.text.strip("\n") == case["expected"].strip("\n")
    assert len(page.lines) == page.text.count("\n")
    assert page.lines == () or 1 <= min(page.lines) <= max(page.lines) <= case["html"].count("\n") + 1
    if "place" in case:
        assert (page.place if page.place in {"around", "page"} else "known") == case["place"]
    if "metadata" in case:
        assert metadata_values(page) == case["metadata"]
    if "source" in case:
        assert dict(page.source) == case["source"]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_clean_text_of_a_page_is_stable_and_no_page(case):
    decoded = pipeline.decode_bytes(case["html"].encode(), Settings())
    assert decoded.page is not None
    clean = pipeline.normalize(decoded.text, Settings()).text
    assert not is_page(clean)
    assert pipeline.normalize(clean, Settings()).text == clean
    if "clean" in case:
        assert clean.strip("\n") == case["clean"].strip("\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_bytes_decide_about_the_encoding_whatever_the_page_declares(encoding):
    case = CASES[0]
    page = case["html"].replace('charset="utf-8"', 'charset="iso-8859-1"')
    assert pipeline.decode_bytes(page.encode(encoding), Settings()).text.strip("\n") == case["expected"].strip("\n")


@pytest.mark.parametrize(
    ("head", "encoding", "verdict"),
    [
        ("<meta charset=gb2312>", "gb18030", "ok"),
        ("", "gb18030", "ambiguous"),
        ("<meta charset=gb2312><meta charset=big5>", "gb18030", "ambiguous"),
        ("<meta charset=iso-8859-1>", "gb18030", "ambiguous"),
    ],
)
def test_the_declared_encoding_breaks_a_tie_and_nothing_else(head, encoding, verdict):
    decoded = pipeline.decode_bytes(f"<html><head>{head}</head><body><p>公告</p></body></html>".encode("gb18030"), Settings())
    assert (decoded.encoding, decoded.verdict, decoded.text) == (encoding, verdict, "公告\n")


def test_lines_of_the_source():
    page = read_page("<div>\n\n<p>一、甲。</p>\n<!--\n\n-->\n<p>\n二、乙<br>\n丙。</p>\n<script>\n\n</script>三、丁。</div>")
    assert list(zip(page.text.splitlines(), page.lines, strict=True)) == [
        ("一、甲。", 3),
        ("二、乙", 8),
        ("丙。", 9),
        ("三、丁。", 12),
    ]
    assert source_line(page, 3) == 9
    assert source_line(page, 99) == 12


def test_findings_point_into_the_text_and_broken_bytes_keep_their_offset():
    page = "<html><body>\n<p>各区：</p>\n<p>现将有关事项通知如下,请各区各部门认真贯彻执行。</p>\n<p>一、提高认识,抓好落实工作。</p></body></html>".encode(
        "gb18030"
    )
    decoded = pipeline.decode_bytes(
        page.replace("抓好".encode("gb18030"), b"\xff"), Settings(encoding="gb18030", allow_lossy=True)
    )
    assert decoded.page is not None
    assert [place.location.line for place in decoded.damage] == [3]
    assert decoded.damage[0].offset == page.index("抓好".encode("gb18030"))


def test_pictures():
    scan = '<html><body><h1>关于某事的通知</h1><div id="zoom"><p><img src="a.png" width="1199"></p><p><img src="data:image/png;base64,AAAA"></p><img src="icon.gif" width="16" height="16"></div><img src="logo.png"></body></html>'
    page = read_page(scan)
    assert page.pictures == ("a.png", "data:image/png")
    assert page.text == "关于某事的通知\n"
    found = [f for f in pipeline.examine(scan.encode(), Settings()).findings if f.rule == "DOC026"]
    assert [f.severity for f in found] == ["warning"]
    text = scan.replace("<p><img", "<p>" + "为了做好工作，现将有关事项通知如下。" * 9 + "</p><p><img", 1)
    assert [f.severity for f in pipeline.examine(text.encode(), Settings()).findings if f.rule == "DOC026"] == ["info"]
    assert not [f for f in pipeline.examine(text.replace("<img", "<b").encode(), Settings()).findings if f.rule == "DOC026"]


def test_the_page_names_what_an_order_publishes():
    page = '<html><head><meta name="ArticleTitle" content="某市养犬办法"></head><body><div id="zoom"><p>某市人民政府令</p><p>第12号</p><p>《某市养犬办法》已经通过，现予公布。</p><p>市长：张三</p><p>2020年1月2日</p><p>某市养犬办法</p><p>第一条　为了管理养犬，制定本办法。</p></div></body></html>'
    assert normtool.parse(page.encode())["title"] == "某市养犬办法"
    assert (
        normtool.parse(page.replace('content="某市养犬办法"', 'content="另一件事的办法"').encode())["title"] == "某市人民政府令"
    )
    assert (
        normtool.parse(page.replace("某市人民政府令", "某市人民政府关于印发某市养犬办法的通知").encode())["title"]
        == "某市人民政府关于印发某市养犬办法的通知"
    )


def test_the_api_reads_a_page_given_as_text():
    case = CASES[0]
    assert normtool.normalize(case["html"]) == normtool.normalize(case["html"].encode("gb18030"))
    document = normtool.parse(case["html"])
    assert document["metadata"]["date_published"] == "2024-12-02"
    assert document["source"] == {"site": "某市人民政府门户网站", "column": "通知公告"}
    assert list(document)[:5] == ["schema_version", "document_type", "genre", "title", "metadata"]


def test_files():
    page = read_page(
        '<div id="zoom"><p>一、甲。</p></div><p><a href="/x.html">其他</a> <a href="/d/1.docx?v=2">附件1：申请表</a></p>'
    )
    assert [tuple(link) for link in page.files] == [("附件1：申请表", "/d/1.docx?v=2")]
    assert source_values(page)["files"] == [{"text": "附件1：申请表", "address": "/d/1.docx?v=2"}]


def test_a_table_of_data_keeps_its_caption_its_files_and_its_pictures():
    rows = "".join(
        f"<tr><td>{name}</td><td>{cell}</td></tr>"
        for name, cell in (
            ("名称", "文件"),
            ("甲", "<a href='/d/1.docx'>申请表</a>"),
            ("乙", "<img src='b.png'>"),
            ("丙", "丁<!-- 注 --><del>戊</del><script>x</script>"),
        )
    )
    table = f"<table><caption>表1 名单</caption>{rows}</table>"
    page = read_page(f"<div id='zoom'><p>一、提高认识。</p>{table}<p>二、抓好落实。</p></div>")
    lines = ("一、提高认识。", "表1 名单", "名称 | 文件", "甲 | 申请表", "乙", "丙 | 丁<del>戊</del>", "二、抓好落实。")
    assert tuple(page.text.splitlines()) == lines
    assert [tuple(link) for link in page.files] == [("申请表", "/d/1.docx")]
    assert page.pictures == ("b.png",)


@pytest.mark.parametrize("entry", DATA["container"], ids=names(DATA["container"]))
def test_containers_match_their_examples_and_no_look_alike(entry):
    own = read_places({"": {"container": [entry]}})
    assert entry["seen"]
    for markup, wanted in [*((m, True) for m in entry["match"]), *((m, False) for m in entry["reject"])]:
        page = render(markup, own_line=lambda found: own.container(found) is not None, is_mark=own.is_mark)
        found = any(own.container(region.names) for region in page.regions) or any(
            comment_key(mark) in own.begins for mark, _ in page.marks
        )
        assert found is wanted, markup


@pytest.mark.parametrize("entry", DATA["aside"], ids=names(DATA["aside"]))
def test_parts_around_documents_match_their_examples_and_no_look_alike(entry):
    own = read_places({"": {"aside": [entry]}})
    for markup, wanted in [*((m, True) for m in entry["match"]), *((m, False) for m in entry["reject"])]:
        page = render(markup, own_line=lambda _: False, is_mark=own.is_mark)
        assert any(own.is_aside(region.tag, region.names) for region in page.regions) is wanted, markup


def test_a_pack_of_the_user_says_where_documents_stand(tmp_path):
    pack = tmp_path / "portal.toml"
    pack.write_text('[[container]]\nname = "our portal"\nelements = ["#Main-Body"]\n', "utf-8")
    html = '<html><body><p>本页摘要。</p><div id="main-body"><p>各区：</p><p>一、抓好春耕生产工作。</p></div></body></html>'
    settings = Settings(chrome_packs=(str(pack),))
    decoded = pipeline.decode_bytes(html.encode(), settings)
    assert decoded.page is not None
    assert (decoded.page.place, decoded.text) == ("our portal", "各区：\n一、抓好春耕生产工作。\n")
    assert pipeline.decode_bytes(html.encode(), Settings()).text.startswith("本页摘要。")
    assert pipeline.normalize(decoded.text, settings).text == "各区：\n一、抓好春耕生产工作。\n"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"elements": ["#a"]}, "`name` must be a text"),
        ({"name": "x"}, "give `elements` or `comments`"),
        ({"name": "x", "elements": ["div #a"]}, "`elements` must be a list"),
        ({"name": "x", "comments": [["a"]]}, "`comments` must be a list of pairs"),
        ({"name": "x", "elements": ["#a"], "rule": "CHR001"}, "unknown key `rule`"),
    ],
)
def test_a_faulty_container_is_refused_with_its_place(entry, message):
    with pytest.raises(NormtoolError, match=rf"own\.toml: \[\[container\]\] number 1.*{message}"):
        read_places({"own.toml": {"container": [entry]}})


def test_names_of_elements_are_written_as_they_are_compared():
    known = places()
    assert all(name == name.lower() and (name[0] in "#." or name.isalnum()) for name in known.elements)
    assert all(word.isalnum() and word == word.lower() for word in known.words)


TREES = {
    "nested deep": ("<div>" * 10_000 + "<p>一、甲。</p>" + "</div>" * 10_000, "一、甲。\n"),
    "nested inline": ("<p>" + "<span>" * 10_000 + "甲。" + "</span>" * 10_000, "甲。\n"),
    "tables in tables": ("<table><tr><td>" * 3_000 + "甲。", "甲。\n"),
    "never closed": ("<div id=zoom><p>甲。<p>乙。<table><tr><td>丙", "甲。\n乙。\n丙\n"),
    "cut in a tag": ('<html><body><p>甲。</p><p class="x', "甲。\n"),
    "cut in a script": ("<html><body><p>甲。</p><script>var a = 1;", "甲。\n"),
    "a long script": ("<html><script>" + "var a=1;\n" * 100_000 + "</script><body><p>甲。</p>", "甲。\n"),
    "comments": ("<p>甲。</p>" + "<!-- a " * 20_000, "甲。\n"),
    "marks that open nothing": ("<p>甲。</p>" + "&" * 100 + "<" * 100, "甲。\n" + "&" * 100 + "<" * 100 + "\n"),
}


@pytest.mark.parametrize(("markup", "text"), TREES.values(), ids=TREES)
def test_any_tree_is_read(markup, text):
    assert read_page(markup).text == text


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table>",
                "<tr>",
                "<td>",
                "<li>",
                "<ol>",
                "<div id=zoom>",
                "</div>",
                "<!--enpcontent-->",
                "<!--/enpcontent-->",
                "一、甲。",
                "索引号：",
                "2020年1月2日",
                "<a href=1.doc>",
                "<br>",
                "&lt;p&gt;",
                "\n",
                "<h1>",
                "</h1>",
                "\\",
            ]
        )
    ).map("".join)
)
def test_reading_never_fails_and_loses_no_heading(markup):
    page = read_page(markup)
    assert len(page.lines) == page.text.count("\n")
    shown = any(
        row.text.startswith("一、甲。") and not row.linked
        for row in render(markup, own_line=lambda _: False, is_mark=lambda _: False).rows
    )
    assert not shown or "一、甲。" in page.text


def test_without_the_extra_a_page_gets_a_clear_message_and_a_text_is_read(monkeypatch):
    monkeypatch.setitem(sys.modules, "turbohtml", None)
    with pytest.raises(NormtoolError, match=r"pip install 'turbohtml>=1\.15'"):
        pipeline.decode_bytes("<html><body><p>某市</p></body></html>".encode(), Settings())
    other = "<html><body><p>a</p></body></html>"
    assert pipeline.decode_bytes(other.encode(), Settings()).text == other
    text = "关于某事的通知\n各单位：\n现通知如下。\n"
    assert pipeline.decode_bytes(text.encode(), Settings()).text == text


def test_a_text_imports_no_html_library():
    code = "import sys; from normtool import normalize; normalize('关于某事的通知\\n各单位：\\n现通知如下，a<b 和 <通知>。\\n'); print('turbohtml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "False\n"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the collection of real documents is not beside this checkout")
def test_real_pages_are_read_whole_and_come_to_rest():
    from normtool.page.weights import is_landmark

    pages = sorted(CORPUS.glob("*.html"))
    assert pages
    for path in pages:
        source = path.read_text("utf-8")
        page = read_page(source)
        assert page.text or page.pictures, path.name
        clean = pipeline.normalize(page.text, Settings()).text
        assert not is_page(clean), path.name
        assert pipeline.normalize(clean, Settings()).text == clean, path.name
        bare = "".join(page.text.replace("|", "").split())
        shown = render(source, own_line=lambda _: False, is_mark=lambda _: False)
        for row in shown.rows:
            if row.shown and row.linked * 2 <= len(row.text) and is_landmark(row.text.strip()):
                assert "".join(row.text.replace("|", "").split()) in bare, (path.name, row.text)


@pytest.mark.parametrize(
    ("text", "linked", "table", "weight"),
    [
        pytest.param("县水务局股", 0, True, (0, 0), id="five hanzi in a row of a table"),
        pytest.param("县水务局股室", 0, False, (0, 0), id="six hanzi outside of tables"),
        pytest.param("请抓好落实。", 4, False, (0, 0), id="more than half of a sentence is a link"),
        pytest.param("甲" * 57 + "，乙", 0, False, (0, 0), id="fifty-nine characters with a comma"),
        pytest.param("县水务局股室", 0, True, (6, 0), id="six hanzi in a row of a table"),
        pytest.param("请抓好落实。", 3, False, (6, 0), id="half of a sentence is a link"),
        pytest.param("甲" * 58 + "，乙", 0, False, (60, 0), id="sixty characters with a comma"),
        pytest.param("一、节水", 0, False, (20, 1), id="a numbered heading weighs twenty at least"),
    ],
)
def test_weight_of_a_row(text, linked, table, weight):
    assert row_weight(Row(text, 1, linked, (text,), shown=True, table=table)) == weight
