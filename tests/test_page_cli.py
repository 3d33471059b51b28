"""Saved pages on the command line: they are read like texts, and stay as they are."""

import json

import pytest

from normtool.__main__ import main

PAGE = """<html><head><title>某区关于防火的通知</title><meta name="PubDate" content="2024-03-04 10:00"></head><body><div class="nav"><a href="/">首页</a></div>
<h1>某区关于防火的通知</h1><div id="zoom"><p>各街道办事处：</p>
<p>现将有关事项通知如下,请认真执行。</p><p>一、加强巡查</p><p>按时巡查。</p><p>某区消防局</p><p>2024年3月1日</p><p><a href="/f/1.doc">附表.doc</a></p></div></body></html>
"""
ONE_LINE = PAGE.replace("\n", "")
CLEAN = "某区关于防火的通知\n各街道办事处：\n现将有关事项通知如下，请认真执行。\n一、加强巡查\n按时巡查。\n某区消防局\n2024年3月1日\n附表.doc\n"
TEXT = "某区关于防汛的通知\n\n各街道办事处：\n现通知如下。\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "text.txt").write_text(TEXT, "utf-8")
    return tmp_path


def run(capfdbinary, *arguments):
    status = main(list(arguments))
    out, err = capfdbinary.readouterr()
    return status, out.decode(), err.decode()


def test_clean_text_goes_to_standard_output(capfdbinary):
    assert run(capfdbinary, "normalize", "page.html")[:2] == (0, CLEAN)


def test_a_page_is_never_replaced(folder, capfdbinary):
    status, _, err = run(capfdbinary, "normalize", "--write", "page.html")
    assert status == 2
    assert "page.html: a saved page stays as it is, nothing written; give --output-dir DIR" in err
    assert (folder / "page.html").read_text("utf-8") == PAGE


def test_its_text_goes_beside_it_with_an_output_folder(folder, capfdbinary):
    status, _, err = run(capfdbinary, "normalize", "-o", "out", "page.html")
    assert (status, err) == (0, "Wrote 1 of 1 file.\n")
    assert [path.name for path in (folder / "out").iterdir()] == ["page.txt"]
    assert (folder / "out" / "page.txt").read_text("utf-8") == CLEAN


def test_a_page_and_a_text_of_one_name_do_not_write_over_one_another(folder, capfdbinary):
    (folder / "page.txt").write_text(TEXT, "utf-8")
    status, _, err = run(capfdbinary, "normalize", "-o", "out", "page.html", "page.txt")
    assert status == 2
    assert "already takes the result of page.html" in err


def test_folders_give_pages_only_when_asked(capfdbinary):
    assert run(capfdbinary, "check", "--show-files", ".")[1] == "text.txt\n"
    assert run(capfdbinary, "check", "--show-files", "--include", "*.html", ".")[1] == "page.html\n"


TWO_FINDINGS = ONE_LINE.replace("按时巡查。", "按时巡查,不得遗漏。")
"""The line of the source is the second of the page's text that has a finding, and the last, without a newline behind it."""


def test_findings_have_the_line_of_the_page_and_are_folded(folder, capfdbinary):
    status, out, err = run(capfdbinary, "check", "--select", "TXT", "--output-format", "concise", "page.html")
    assert status == 1
    assert out == "page.html:3:1: TXT001 [*] ASCII punctuation next to hanzi: `,` → `，`\n"
    assert err == "Found 1 problem.\n"
    (folder / "page.html").write_text(TWO_FINDINGS, "utf-8")
    _, out, err = run(capfdbinary, "check", "--select", "TXT", "page.html")
    assert out.startswith("page.html:1:1: TXT001 [*] ASCII punctuation next to hanzi: `,` → `，` (2 times)\n")
    assert "1 | 现将有关事项通知如下,请认真执行。\n  |                     ^\n" in out
    assert "also at" not in out
    assert err == "Found 2 problems.\n"


def test_no_format_offers_a_fix_or_a_column_of_a_page(folder, capfdbinary):
    (folder / "page.html").write_text(TWO_FINDINGS, "utf-8")

    def reported(name):
        return run(capfdbinary, "check", "-q", "--select", "TXT", "--output-format", name, "page.html")[1]

    for record in json.loads(reported("json")):
        assert record["fix"] is None
        assert (record["location"], record["end_location"]) == ({"row": 1, "column": 1}, {"row": 2, "column": 1})
    for result in json.loads(reported("sarif"))["runs"][0]["results"]:
        assert "fixes" not in result
        assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1, "endLine": 1}
    issues = json.loads(reported("gitlab"))
    assert [issue["location"] for issue in issues] == [{"path": "page.html", "lines": {"begin": 1, "end": 1}}] * 2
    assert reported("github").startswith("::warning file=page.html,line=1,endLine=1,title=TXT001 halfwidth-punctuation::")
    assert reported("junit").count("page.html:1:1: warning:") == 2


def test_only_texts_are_fixable_in_place(folder, capfdbinary):
    (folder / "text.txt").write_text(TEXT.replace("。", ",请执行。"), "utf-8")
    assert run(capfdbinary, "check", "--select", "TXT", "page.html", "text.txt")[2] == (
        "Found 2 problems (1 fixable with `normtool normalize --write`).\n"
    )


def test_a_diff_of_a_page_is_none_of_its_source(capfdbinary):
    """`patch` would take a name without the tab behind it to end at its first blank."""
    status, out, _ = run(capfdbinary, "normalize", "--diff", "page.html")
    assert status == 1
    assert out.startswith("--- page.html (text)\t\n+++ page.html (text)\t\n@@ ")


def test_a_page_whose_text_is_clean_passes(folder, capfdbinary):
    (folder / "page.html").write_text(PAGE.replace("如下,", "如下，"), "utf-8")
    assert run(capfdbinary, "normalize", "--check", "page.html")[:2] == (0, "")
    assert run(capfdbinary, "check", "--select", "TXT,LAY,CHR", "page.html")[0] == 0


def test_parse_takes_along_what_the_page_says(capfdbinary):
    status, out, _ = run(capfdbinary, "parse", "page.html")
    document = json.loads(out)
    assert status == 0
    assert document["title"] == "某区关于防火的通知"
    assert document["metadata"] == {"date_published": "2024-03-04"}
    assert document["source"]["files"] == [{"text": "附表.doc", "address": "/f/1.doc"}]
    assert document["source"]["path"] == "page.html"


def test_a_document_that_is_a_picture_is_no_empty_text(folder, capfdbinary):
    (folder / "scan.html").write_text('<html><body><div id="zoom"><img src="1.jpg"></div></body></html>', "utf-8")
    assert run(capfdbinary, "normalize", "scan.html") == (0, "", "scan.html: the document is 1 picture and has no text\n")
    assert run(capfdbinary, "parse", "scan.html") == (1, "", "scan.html: the document is 1 picture and has no text\n")
    assert "DOC026" in run(capfdbinary, "check", "--output-format", "concise", "scan.html")[1]


def test_a_page_without_hanzi_is_skipped(folder, capfdbinary):
    (folder / "en.html").write_text("<html><body><p>Not found</p></body></html>", "utf-8")
    assert run(capfdbinary, "normalize", "en.html") == (0, "Not found\n", "en.html: no hanzi, skipped\n")
    assert run(capfdbinary, "normalize", "--write", "en.html")[0] == 0
    assert "<p>" in (folder / "en.html").read_text("utf-8")


def test_pages_of_pictures_are_counted(folder, capfdbinary):
    """Their texts are empty files, which nobody would look for among many."""
    scan = '<html><body><div id="zoom"><img src="1.jpg"></div></body></html>'
    for name in ("scan.html", "other.html"):
        (folder / name).write_text(scan, "utf-8")
    status, _, err = run(capfdbinary, "normalize", "-o", "out", "--include", "*.html", ".")
    assert (status, err) == (0, "Wrote 3 of 3 files, 2 without text, as the document is pictures.\n")
    assert (folder / "out/scan.txt").read_bytes() == b""
