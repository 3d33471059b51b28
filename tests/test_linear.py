"""Time grows with the input and not with its square, on the whole way of a document, a Markdown text and a page.

What repeats one unit is looked at in test_promises; here the units differ from one another, as those of a directory do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from growth import assert_linear

from normtool.model import CleanText, Decoded, Settings
from normtool.page.recognize import is_page
from normtool.pipeline import examine_decoded
from normtool.structure import parse
from normtool.text.script import script_edits

if TYPE_CHECKING:
    from collections.abc import Callable


def each(unit: Callable[[int], str]) -> Callable[[int], str]:
    """Give a text of many units, each made with its number."""

    def text(size: int) -> str:
        count = size // len(unit(10))
        return "".join(map(unit, range(1, count + 1)))

    return text


def hanzi(number: int) -> str:
    """Write a number with hanzi, so that no two units share a line."""
    return "".join(chr(0x4E00 + 7 * int(digit) + 100) for digit in str(number))


TEXTS: dict[str, Callable[[int], str]] = {
    "nested brackets": lambda size: "甲" + "（" * (size // 2) + "）" * (size // 2),
    "closing quotes": lambda size: "甲’" * (size // 2),
    "brackets after brackets": each(lambda n: f"（{n}）甲乙。"),
    "articles doubled": each(lambda n: f"第{n}条\n第{n}条　{hanzi(n)}事项。\n"),
    "headings doubled": each(lambda n: f"{n}.{hanzi(n)}工作\n{n}.{hanzi(n)}工作\n"),
    "tables of two labels": each(lambda n: f"索引号：{n}\n发文字号：某发〔2023〕{n}号\n\n"),
    "tables of four labels": each(
        lambda n: f"索引号：{n}\n发文字号：某发〔2023〕{n}号\n名称：关于{hanzi(n)}的通知\n发布日期：2023-01-01\n\n"
    ),
    "lines with a colon": each(lambda n: f"项目{n}：{hanzi(n)}\n"),
    "open lines": each(lambda n: f"{hanzi(n)}{'各单位应当认真落实' * (2 + n % 5)}\n"),
    "numbers in a line": each(lambda n: f"{hanzi(n)}，一、"),
    "sentences with a label in a line": each(lambda n: f"{hanzi(n)}工作。{n}."),
    "paragraphs": each(lambda n: f"{hanzi(n)}工作应当在{n}日内完成，并报送结果。\n"),
    "mixed scripts": each(lambda n: f"这是简体的文字，臺灣{hanzi(n)}與說明。\n"),
    "traditional lines": each(lambda n: f"關於{hanzi(n)}問題的說明，應當認真貫徹執行。\n"),
    "menus": each(lambda n: f"{hanzi(n)}频道 > {hanzi(n + 1)}\n"),
    "links": each(lambda n: f"上一篇：关于{hanzi(n)}的通知 2023-01-01\n"),
    "contents": each(lambda n: f"{n}.{hanzi(n)}工作......{n}\n"),
    "page numbers": each(lambda n: f"{hanzi(n)}工作应当认真落实，\n- {n} -\n"),
    "attachments": each(lambda n: f"附件{n}：{hanzi(n)}名单\n"),
    "signatures": each(lambda n: f"{hanzi(n)}工作完成。\n某某市{hanzi(n)}局\n2023年5月9日\n"),
    "citations": each(lambda n: f"《关于{hanzi(n)}的通知》（某发[2023]{n}号）"),
    "addressees": each(lambda n: f"{hanzi(n)}局，"),
    "tags": each(lambda n: f"<p class='a{n}'>{hanzi(n)}。"),
    "comments": each(lambda n: f"<!-- {n} {hanzi(n)}"),
}
MARKDOWN: dict[str, Callable[[int], str]] = {
    "backticks": lambda size: "甲" + "`" * size,
    "code spans": each(lambda n: f"甲`{n}乙"),
    "rising backticks": each(lambda n: f"甲{'`' * (n % 40)}乙"),
    "blanks in a line": lambda size: "甲" + " " * size + "乙",
    "addresses": lambda size: "甲" + "<http://" * (size // 8),
    "links": each(lambda n: f"[甲](附件({n}"),
    "brackets": lambda size: "甲" + "[" * size,
    "images": lambda size: "甲" + "![" * (size // 2),
    "dollars": each(lambda n: f"甲${n}乙"),
    "html": each(lambda n: f"<div a{n}>甲"),
    "fences": each(lambda n: f"{'`' * (3 + n % 9)}甲\n"),
    "quotes": lambda size: "> " * (size // 2) + "甲",
    "tables": each(lambda n: f"| 甲{n} | 乙 |\n"),
    "entities": each(lambda n: f"甲&#{n}"),
}
PAGES: dict[str, Callable[[int], str]] = {
    "backslashes": lambda size: '<p class=\\"a\\">' + "\\" * size + "x",
    "comments": lambda size: "<!--" * (size // 4),
    "openings": lambda size: "<p " * (size // 3),
    "escaped": lambda size: "&amp;" * (size // 5) + "lt;p",
    "blanks": lambda size: " " * size + "<p>",
}
UNITS = ["一", "1.", "（", "附", "第一条 ", " ", "“", "。", "2023年", "〔2023〕", "局", "：", "人大", "附件：甲"]
SCRIPT_UNITS = ["關(guān)", "「", "臺", "著，", "发臺", "の臺\n", "(a", "臺\n", "“「"]


def plain(text: str, settings: Settings) -> None:
    examine_decoded(Decoded(text, "utf-8", bom=False, newline="none", verdict="ok"), settings)


def read(text: str) -> None:
    plain(text, Settings())


def read_markdown(text: str) -> None:
    plain(text, Settings(markdown=True))


def repeated(unit: str, times: int = 1) -> Callable[[int], str]:
    return lambda size: unit * (size * times // len(unit))


def structure(text: str) -> None:
    parse(CleanText(text), Settings())


CASES = [
    *(pytest.param(read, make, id=name) for name, make in TEXTS.items()),
    *(pytest.param(read_markdown, make, id=f"Markdown: {name}") for name, make in MARKDOWN.items()),
    *(pytest.param(is_page, make, id=f"page: {name}") for name, make in PAGES.items()),
    *(pytest.param(structure, repeated(unit, 2), id=f"structure: {unit}") for unit in UNITS),
    *(pytest.param(structure, repeated(f"{unit}\n"), id=f"structure, in lines: {unit}") for unit in UNITS),
    *(pytest.param(script_edits, repeated(unit, 8), id=f"script: {unit!r}") for unit in SCRIPT_UNITS),
]


@pytest.mark.parametrize(("work", "make"), CASES)
def test_time_grows_with_the_text_and_not_with_its_square(work: Callable[[str], object], make: Callable[[int], str]) -> None:
    assert_linear(work, make)
