"""Where the numbers lie by which a page is read: each case stands at the limit, the next one a step behind it."""

import pytest

from normtool.page import is_page, read_page
from normtool.page.facts import page_findings
from normtool.page.layout import Row
from normtool.page.metadata import find_tables, told_by
from normtool.page.render import render
from normtool.page.tables import is_data_table
from normtool.page.titles import is_in, title_rows
from normtool.page.weights import row_weight

BODY = "<p>一、提高认识。各单位要做好防火工作。</p>"


def row(text, *, linked=0, table=False):
    return Row(text, 1, linked, (), shown=True, table=table)


def rendered(markup):
    return render(markup, own_line=lambda _: False, is_mark=lambda _: False)


@pytest.mark.parametrize(
    ("line", "weight"),
    [
        (row("一、总则"), (20, 1)),
        (row("一、" + "甲" * 19), (21, 1)),
        (row("甲乙。丁", linked=2), (4, 0)),
        (row("甲乙。丁", linked=3), (0, 0)),
        (row("甲，" + "乙" * 58), (60, 0)),
        (row("甲，" + "乙" * 57), (0, 0)),
        (row("甲乙 | 丙丁 | 戊己", table=True), (12, 0)),
        (row("甲乙 | 丙丁 | 戊1", table=True), (0, 0)),
        (row("甲乙 | 丙丁 | 戊己"), (0, 0)),
    ],
)
def test_weight(line, weight):
    assert row_weight(line) == weight


@pytest.mark.parametrize(
    ("paragraphs", "characters", "is_data"), [(16, 1501, False), (16, 1500, True), (15, 1501, True), (15, 1500, True)]
)
def test_a_table_with_a_whole_text_in_a_cell_only_lays_out_the_page(paragraphs, characters, is_data):
    from turbohtml import parse

    text = "<p>甲</p>" * (paragraphs - 1) + f"<p>{'乙' * (characters - paragraphs + 1)}</p>"
    table = f"<table><tr><td>一</td><td>二</td></tr><tr><td>三</td><td>{text}</td></tr></table>"
    assert is_data_table(parse(table).find("table")) is is_data


def titled(title, between=0, line=None):
    """Give the rows of the title of a page whose head calls it ``title``, with lines between it and the document."""
    head = f"<head><title>{title}</title></head>"
    page = rendered(f"<html>{head}<body><p>{line or title}</p>{'<p>甲乙</p>' * between}{BODY}</body></html>")
    return title_rows(page, [(between + 1, len(page.rows))])


@pytest.mark.parametrize(
    ("title", "between", "found"),
    [
        ("城市供水概况", 0, True),
        ("城市供水况", 0, False),
        ("甲" * 200, 0, True),
        ("甲" * 201, 0, False),
        ("城市供水概况", 78, True),
        ("城市供水概况", 79, False),
    ],
)
def test_a_line_that_the_head_calls_the_title(title, between, found):
    assert titled(title, between) == ((0, 1) if found else None)


@pytest.mark.parametrize(
    ("line", "between", "found"),
    [
        ("全市防火工作通知", 0, True),
        ("全市防火作通知", 0, False),
        ("全市防火工作通知", 10, True),
        ("全市防火工作通知", 11, False),
    ],
)
def test_a_line_that_closes_with_a_genre(line, between, found):
    assert titled("", between, line) == ((0, 1) if found else None)


@pytest.mark.parametrize(("between", "found"), [(11, True), (12, False)])
def test_a_lone_heading(between, found):
    page = rendered(f"<h1>城市供水概况</h1>{'<p>甲乙</p>' * between}{BODY}")
    assert title_rows(page, [(between + 1, len(page.rows))]) == ((0, 1) if found else None)


@pytest.mark.parametrize("headings", ["<h1>城市供水概况</h1><h2>2023年度</h2>", "<h2>2023年度</h2><h1>城市供水概况</h1>"])
def test_a_subtitle_comes_along_from_either_side(headings):
    page = rendered(f"<title>城市供水概况</title><div>{headings}</div>{BODY}")
    assert title_rows(page, [(2, 3)]) == (0, 2)


TITLE = "关于做好城市供水"


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("甲",) * 79 + (TITLE,), True),
        (("甲",) * 80 + (TITLE,), False),
        (("关", "于", "做", "好", "城", "市供水"), True),
        (("关", "于", "做", "好", "城", "市", "供水"), False),
        (("甲" * 40 + TITLE[:4], TITLE[4:]), True),
        (("甲" * 41 + TITLE[:4], TITLE[4:]), False),
    ],
)
def test_where_a_document_prints_its_title(texts, found):
    assert is_in(TITLE, [row(text) for text in texts]) is found


LINKS = "<ul><li><a href='a'>甲乙丙丁</a></li><li><a href='b'>甲乙丙戊</a></li></ul>"


@pytest.mark.parametrize(
    ("before", "stays"),
    [
        (LINKS, False),
        (LINKS.replace("</a>", "</a>己"), False),
        (LINKS.replace("</a>", "</a>己庚"), True),
        (f"<div>相关附件：</div>{LINKS}", True),
        (f"<div>本通知所附的各类表格附件</div>{LINKS}", True),
        (f"<div>本通知中所附的各类表格附件</div>{LINKS}", False),
    ],
)
def test_links_at_the_edge_of_a_document(before, stays):
    """Eight or more of ten characters of every line are links; a list under a heading of attachments belongs to the document."""
    assert ("甲乙丙丁" in read_page(f"<div id='zoom'>{before}{BODY}</div>").text) is stays


def test_the_inner_of_two_containers_with_one_end():
    page = read_page(f"<div id='zoom'><p>打印本页</p><div class='TRS_Editor'>{BODY}</div></div>")
    assert page.text == "一、提高认识。各单位要做好防火工作。\n"


INSIDE, LOGO = "<p><img src='a.png'></p>", "<div><img src='logo.png'></div>"


@pytest.mark.parametrize(
    ("page", "pictures"),
    [
        (f"<div id='zoom'>{BODY}{INSIDE}</div>{LOGO}", ("a.png",)),
        (f"<div id='zoom'>{BODY}{INSIDE}</div>{LOGO}<p>版权所有</p>", ("a.png",)),
        (f"<div>{LOGO}<div id='zoom'>{BODY}{INSIDE}</div></div>", ("a.png",)),
        (f"<div><img src='logo.png'><div id='zoom'><div>{INSIDE}</div></div></div>", ("a.png",)),
        (f"<div class='TRS_Editor'><img src='b.png'><div id='zoom'>{BODY}{INSIDE}</div></div>", ("b.png", "a.png")),
        (
            f"{LOGO}<!--ZJEG_RSS.content.begin-->{BODY}<div>{BODY}{INSIDE}</div><!--ZJEG_RSS.content.end--><p>版权所有</p>",
            ("a.png",),
        ),
    ],
)
def test_pictures_are_the_documents_where_its_container_holds_them(page, pictures):
    """The elements around it hold the same lines where a page has no others."""
    assert read_page(page).pictures == pictures


NUMBER, OTHERS = "索引号：1", ("发布机构：某局", "主题分类：水利", "体裁分类：通知", "来源：某网", "发布日期：2023-01-01")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((NUMBER, *OTHERS[:2]), True),
        ((NUMBER, *OTHERS[:1]), False),
        (OTHERS, True),
        (OTHERS[:4], False),
        (("发布机构：某局", "发布机构：某局", *OTHERS[:3]), False),
    ],
)
def test_labels_that_prove_a_table_of_metadata(lines, found):
    page = rendered(f"<div>{''.join(f'<p>{line}</p>' for line in lines)}</div>{BODY}")
    assert bool(find_tables(page)) is found


@pytest.mark.parametrize(("length", "found"), [(300, True), (301, False)])
def test_a_value_on_the_line_below_its_label(length, found):
    lines = "".join(f"<p>{line}</p>" for line in (NUMBER, *OTHERS[:1], "主题分类：", "甲" * length))
    tables = find_tables(rendered(f"<div>{lines}</div>{BODY}"))
    assert [table.end - table.first for table in tables] == ([4] if found else [])


@pytest.mark.parametrize(("length", "found"), [(800, True), (801, False)])
def test_a_row_of_labels_and_values(length, found):
    cells = ("索引号", "1", "名称", "某" * length)
    line = Row(" | ".join(cells)[:length], 1, 0, cells, shown=True, table=True)
    assert bool(told_by(line)) is found


@pytest.mark.parametrize(("hanzi", "severity"), [(59, "warning"), (60, "info")])
def test_next_to_no_text_beside_a_picture(hanzi, severity):
    page = read_page(f"<div id='zoom'><p>{'甲' * hanzi}。</p><img src='a.png'></div>")
    assert [found.severity for found in page_findings(page)] == [severity]


@pytest.mark.parametrize(("size", "pictures"), [(48, ()), (49, ("a.png",))])
def test_an_icon_is_no_picture(size, pictures):
    assert read_page(f"<div id='zoom'>{BODY}<img src='a.png' width='{size}' height='9'></div>").pictures == pictures


@pytest.mark.parametrize(("between", "stated"), [(15, True), (16, False)])
def test_a_date_near_the_document_is_its_day(between, stated):
    links = "".join(f"<p><a href='{number}'>甲乙</a></p>" for number in range(between))
    page = read_page(f"<p>发布日期：2023-01-02</p>{links}<div id='zoom'>{BODY}</div>")
    assert dict(page.metadata) == ({"date_published": "2023-01-02"} if stated else {})


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("甲" * 200 + "<br>乙<br>丙<br>", True),
        ("甲" * 201 + "<br>乙<br>丙<br>", False),
        ("甲<br>乙<br>丙", False),
    ],
)
def test_a_fragment_that_starts_with_text_has_three_tags_and_soon(text, page):
    assert is_page(text) is page


@pytest.mark.parametrize(("items", "text"), [("<li>甲</li>", "甲\n"), ("<li>甲</li><li>乙</li>", "1.甲\n2.乙\n")])
def test_one_item_needs_no_number(items, text):
    assert "".join(f"{line.text}\n" for line in rendered(f"<ol>{items}</ol>").rows) == text


def table_of(number, brackets="〔〕"):
    left, right = brackets
    return f"<div><p>索引号：{number}/2023</p><p>发文字号：某发{left}2023{right}{number}号</p><p>发布机构：某局</p></div>"


@pytest.mark.parametrize(
    ("tables", "headers"),
    [
        ((table_of(1), table_of(1)), 2),
        ((table_of(1), table_of(1, "[]")), 2),
        ((table_of(1), table_of(1).replace("1/2023", "")), 2),
        ((table_of(1), table_of(1).replace("1/2023", "无")), 2),
        ((table_of(1), table_of(2)), 0),
        ((table_of(1), table_of(1).replace("1/2023", "2/2023")), 0),
    ],
)
def test_tables_that_say_different_numbers_list_documents(tables, headers):
    assert read_page(f"{''.join(tables)}<div id='zoom'>{BODY}</div>").text.count("发文字号") == headers
