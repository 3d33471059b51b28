"""``normtool learn``: what recurs around the documents of one site is proposed, what recurs inside them is not."""

from __future__ import annotations

import csv
import json
import tomllib
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from normtool import learn
from normtool import patch as algebra
from normtool.__main__ import main
from normtool.catalog import shipped_packs
from normtool.chromepack import fold, read_pack
from normtool.learn.pack import to_toml
from normtool.learn.proposal import _DIGITS as DIGITS
from normtool.model import Settings
from normtool.pipeline import before_chrome, decode_bytes
from normtool.text.chrome import chrome_edits

SHARED = Path(__file__).parents[1].parent / "shared"

TOP = ["某某县人民政府网", "用户登录", "首页", "走进某县", "云上某县", "政务公开", "项目一线", "平安某县"]
BOTTOM = [
    "扫一扫在手机打开当前页",
    "〖收起〗",
    "主管部门一览",
    "县财政局",
    "县水务局",
    "县教育局",
    "某县大数据中心维护",
    "某ICP备10000000号-1",
]
TOPICS = ("水库安全", "秋粮收购", "校园食品", "冬季供暖", "农村公路")
ORGANS = ("某县水务局", "某县粮食局", "某县教育局", "某县住建局", "某县交通局")
DOCUMENT = """{organ}关于做好{topic}工作的通知
某县发〔202{k}〕{k}号
各乡镇人民政府，各有关单位：
为做好{topic}工作，现就有关事项通知如下。
一、总体要求
各单位要高度重视，明确责任人，确保{topic}工作落到实处，第{k}季度前完成。
二、工作安排
本通知由{organ}解释，各乡镇可结合实际制定第{k}号细则。
特此通知
附件：{topic}任务表
联系人：某某{k}
联系电话：0000-123456{k}
{signer}
202{k}年{month}月5日
（此件公开发布）
公开方式：主动公开
"""


def body(k, *, signer=None):
    return DOCUMENT.format(organ=ORGANS[k], topic=TOPICS[k], k=k + 1, month=k + 3, signer=signer or ORGANS[k])


def page(k, *, signer=None):
    crumb = f"当前位置：首页 > 政务公开 > {TOPICS[k]}"
    return "\n".join([*TOP, crumb, body(k, signer=signer) + "\n".join(BOTTOM)]) + "\n"


def observed(texts, packs=()):
    return [learn.observe(f"{k}.txt", before_chrome(text, Settings()), packs) for k, text in enumerate(texts)]


def proposed(proposal):
    return {line for group in proposal.groups for line in group.counts} | {lead.text for lead in proposal.leads}


def test_proposes_what_stands_around_the_documents():
    lines = proposed(learn.propose(observed([page(k) for k in range(5)]), 0.5))
    assert lines >= {fold(line).lower() for line in (*TOP, *BOTTOM)}
    assert any(line.startswith("当前位置:") for line in lines)


def test_proposes_nothing_of_the_documents():
    """One organ signs all of them, and they share headings, phrases, notes and the shape of their numbers."""
    texts = [page(k, signer="某县人民政府办公室") for k in range(5)]
    lines = proposed(learn.propose(observed(texts), 0.3))
    own = {DIGITS.sub("#", fold(line).lower()) for k in range(5) for line in body(k, signer="某县人民政府办公室").split("\n")}
    assert not {DIGITS.sub("#", line) for line in lines} & own


def test_documents_without_chrome_give_nothing():
    assert proposed(learn.propose(observed([body(k) for k in range(5)]), 0.3)) == set()


def test_a_signing_organ_without_a_date_is_no_link():
    text = "关于{0}的通知\n各单位：\n请做好{0}工作。\n某县人民政府办公室\n关闭页面\n"
    lines = proposed(learn.propose(observed([text.format(topic) for topic in TOPICS]), 0.3))
    assert lines == {"关闭页面"}


@pytest.mark.parametrize(("documents", "learned"), [(4, False), (5, True)])
def test_a_line_inside_one_document_of_five_is_still_the_sites(documents, learned):
    """Where pages print words of the text behind their footer, a line of the footer may seem to stand inside."""
    text = "关于{0}的通知\n各单位：\n请做好{0}工作。\n关闭页面\n"
    texts = [text.format(topic) for topic in TOPICS[:documents]]
    inside = "关于秋收的通知\n各单位：\n请做好秋收工作。\n关闭页面\n请按时报送。\n"
    lines = proposed(learn.propose(observed([*texts, inside]), 0.3))
    assert lines == ({"关闭页面"} if learned else set())


def recurring(*lines):
    """Give what is proposed of lines that stand behind five documents."""
    behind = "\n".join(lines)
    text = f"关于{{0}}的通知\n各单位：\n请做好{{0}}工作。\n{behind}\n"
    return proposed(learn.propose(observed([text.format(topic) for topic in TOPICS]), 0.3))


@pytest.mark.parametrize(
    ("lines", "learned"), [(("县财政局", "县水务局"), False), (("县财政局", "县水务局", "县教育局"), True)]
)
def test_three_names_in_a_row_are_links(lines, learned):
    assert recurring(*lines) == (set(lines) if learned else set())


@pytest.mark.parametrize(("line", "learned"), [("防火作通知", True), ("防火工作通知", False)])
def test_a_line_of_six_characters_that_closes_with_a_genre_may_be_a_title(line, learned):
    assert recurring(line) == ({line} if learned else set())


@pytest.mark.parametrize(("line", "learned"), [("值班电话 12345678", True), ("电话 12345678", False)])
def test_a_line_that_opens_with_a_contact_is_the_documents(line, learned):
    assert recurring(line) == ({line} if learned else set())


def test_two_documents_are_too_few():
    assert proposed(learn.propose(observed([page(0), page(1)]), 0.3)) == set()


def test_the_share_counts():
    texts = [page(k) if k < 3 else body(k) for k in range(5)]
    assert proposed(learn.propose(observed(texts), 0.6)) >= {fold(line).lower() for line in (*TOP, *BOTTOM)}
    assert not proposed(learn.propose(observed(texts), 0.7))


def test_the_pack_can_be_read_and_does_its_work():
    texts = [page(k) for k in range(5)]
    source = to_toml(learn.propose(observed(texts), 0.5), "某县")
    pack = read_pack("learned", tomllib.loads(source), source=source)
    for k, text in enumerate(texts):
        gone = {line for e in chrome_edits(text, (pack,)) for line in text[e.start : e.end].split("\n") if line}
        assert gone == {*TOP, *BOTTOM, f"当前位置：首页 > 政务公开 > {TOPICS[k]}"}


def test_the_order_of_the_files_does_not_count():
    seen = observed([page(k) for k in range(5)])
    assert to_toml(learn.propose(seen, 0.5), "x") == to_toml(learn.propose(seen, 0.5), "x")
    assert proposed(learn.propose(seen[::-1], 0.5)) == proposed(learn.propose(seen, 0.5))


def test_from_the_command_line_to_the_configuration(tmp_path, capfd):
    site = tmp_path / "site"
    site.mkdir()
    for k in range(5):
        (site / f"{k}.txt").write_text(page(k), "utf-8")
    assert main(["learn", str(site), "--isolated", "--output", str(tmp_path / "portal.toml")]) == 0
    assert "lines proposed from 5 documents" in capfd.readouterr().err
    (tmp_path / "normtool.toml").write_text('chrome = ["portal.toml"]\n', "utf-8")
    assert main(["normalize", str(site / "0.txt")]) == 0
    clean = capfd.readouterr().out
    assert clean.startswith("某县水务局关于做好水库安全工作的通知\n")
    assert clean.endswith("公开方式：主动公开\n")


def test_too_few_documents_on_the_command_line(tmp_path, capfd):
    (tmp_path / "a.txt").write_text(page(0), "utf-8")
    assert main(["learn", str(tmp_path), "--isolated"]) == 1
    assert "too few" in capfd.readouterr().err


class Visible(HTMLParser):
    """The text of a page as a browser shows it, with the place of each piece in the source."""

    BLOCKS = frozenset(
        (
            "article",
            "aside",
            "br",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "header",
            "hr",
            "li",
            "nav",
            "ol",
            "p",
            "section",
            "table",
            "td",
            "th",
            "tr",
            "ul",
        )
    )
    HIDDEN = frozenset(("script", "style", "noscript", "template", "head", "title", "select", "textarea"))

    def __init__(self, source):
        super().__init__()
        self.pieces = []
        self.deep = 0
        self.starts = [0, *(k + 1 for k, c in enumerate(source) if c == "\n")]
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 - the base class gives it
        self.deep += tag in self.HIDDEN
        if tag in self.BLOCKS:
            self.pieces.append(("\n", -1))

    def handle_endtag(self, tag):
        self.deep = max(0, self.deep - (tag in self.HIDDEN))
        if tag in self.BLOCKS:
            self.pieces.append(("\n", -1))

    def handle_data(self, data):
        row, column = self.getpos()
        if not self.deep:
            self.pieces += [(part, self.starts[row - 1] + column) for part in data.replace("\n", "\0\n\0").split("\0")]

    def lines(self, keep):
        """Give each line with whether it belongs to the document."""
        out, text, kept = [], "", False
        for piece, at in (*self.pieces, ("\n", -1)):
            if piece == "\n":
                if text.strip():
                    out.append((text.strip(), kept))
                text, kept = "", False
            else:
                text += piece
                kept |= bool(piece.strip()) and any(a <= at + len(piece) and at < b for a, b in keep)
        return out


def manifest():
    path = SHARED / "corpus/manifest.tsv"
    if not path.is_file():
        pytest.skip("the real documents do not lie beside this checkout")
    with path.open(encoding="utf-8") as rows:
        return list(csv.DictReader(rows, delimiter="\t"))


def test_on_the_texts_of_a_real_site():
    """What the learned pack leaves of archived pages, saved as text, is what the built-in packs leave."""
    names = [row["local_file"] for row in manifest() if row["local_file"].endswith("_ljtyduyu.txt")]
    texts = [
        before_chrome(decode_bytes((SHARED / "corpus/docs" / name).read_bytes(), Settings()).text, Settings()) for name in names
    ]
    proposal = learn.propose(observed(texts, shipped_packs()), 0.3)
    source = to_toml(proposal, "site")
    learned = read_pack("learned", tomllib.loads(source), source=source)
    for text in texts:
        assert algebra.apply(text, chrome_edits(text, (learned,))) == algebra.apply(text, chrome_edits(text, shipped_packs()))


def real_pages(name):
    for row in manifest():
        label = SHARED / f"gold/html/{row['local_file'][:4]}.json"
        if row["site"] == name and row["format"] == "html":
            source = (SHARED / "corpus/docs" / row["local_file"]).read_text(row["encoding"])
            keep = json.loads(label.read_text("utf-8"))["keep"] if label.is_file() else None
            yield Visible(source).lines(keep or []), keep is not None


def test_on_the_pages_of_a_real_site():
    """At least 90 % of the recurring lines of the page and no line of a document.

    With the pack the site is at least as clean.
    """
    pages = list(real_pages("www.gz.gov.cn"))
    texts = [before_chrome("\n".join(line for line, _ in lines) + "\n", Settings()) for lines, _ in pages]
    proposal = learn.propose([learn.observe(str(k), text, ()) for k, text in enumerate(texts)], 0.3)
    source = to_toml(proposal, "site")
    learned = read_pack("learned", tomllib.loads(source), source=source)

    def shape(line):
        return DIGITS.sub("#", fold(line).lower())

    found = {shape(line) for group in proposal.groups for line in group.counts}
    labelled = [(lines, text) for (lines, known), text in zip(pages, texts, strict=True) if known]
    chrome = Counter(s for lines, _ in labelled for s in {shape(line) for line, kept in lines if not kept})
    recurring = {s for s, n in chrome.items() if n >= max(3, 0.3 * len(labelled)) and any(c.isalpha() for c in s)}
    leads = tuple(lead.text for lead in proposal.leads)
    assert sum(s in found or s.startswith(leads) for s in recurring) >= 0.9 * len(recurring)
    assert not found & {shape(line) for lines, _ in labelled for line, kept in lines if kept}

    def gone(packs):
        total = 0
        for lines, text in labelled:
            taken = {fold(line) for e in chrome_edits(text, packs) if e.safe for line in text[e.start : e.end].split("\n")}
            page_lines = {fold(line) for line, kept in lines if not kept}
            assert not {fold(line) for line, kept in lines if kept} - page_lines & taken
            total += len(page_lines & taken)
        return total

    built_in = gone(shipped_packs())
    assert gone((learned,)) >= 0.9 * built_in
    assert gone((*shipped_packs(), learned)) >= built_in
