"""Numbers of orders and announcements that stand on lines of their own, apart from the organ.

二〇二四年第12号公告 above the title; the organs of a joint order, 令 and 第3号.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.document import Number
from normtool.grammar.dates import hanzi_year
from normtool.grammar.document_number import DocumentNumber, number_line
from normtool.grammar.genres import ORDERS
from normtool.grammar.organs import organs_in_line
from normtool.lazyre import lazy
from normtool.model import Span

if TYPE_CHECKING:
    from normtool.structure.lines import Line

_ANNOUNCEMENTS = ("公告", "通告")
SERIAL = lazy(r"(?:\d{4}年|〔[一二三四五六七八九十]{1,3}届〕)?第[\d一二三四五六七八九十百]{1,6}号")
"""The number of an order below its name, with the year or the term of a congress."""
_JOINT = 2
_YEARLY = lazy(r"(?P<year>(?:19|20)\d\d|[一二][一二三四五六七八九〇零○]{3})年第(?P<serial>[1-9]\d{0,4})[号號](?:公告|通告)")


def yearly_number(line: Line, following: Line | None) -> Number | None:
    """Read 二〇二四年第12号公告 above the title of the announcement (某署公告) as the number 2024年第12号.

    Does not act where no title of an announcement follows: there the line is the title itself; nor in a list of such lines.
    """
    if following is None or not following.text.endswith(_ANNOUNCEMENTS) or _YEARLY.fullmatch(following.text):
        return None
    match = _YEARLY.fullmatch(line.text)
    if match is None:
        return None
    year = int(match["year"]) if match["year"].isdecimal() else hanzi_year(match["year"])
    serial = int(match["serial"])
    return Number(line.text, line.span, DocumentNumber(0, len(line.text), "", year, serial, f"{year}年第{serial}号", ()))


def joint_order(lines: tuple[Line, ...], at: int) -> tuple[Number, int] | None:
    """Read the organs of a joint order from line ``at`` on, one or more a line, 令 or 公告 behind the last or on its own line, and 第3号 below.

    Gives the number, which is that of the organ that leads (GB/T 9704-2012 7.2.5), and how many lines stand above it. An order of one
    organ counts where 令 stands on a line of its own. Below that line a number with its year is whole without the organ.
    """
    end = at
    names: list[str] = []
    while end < len(lines) and (organs := organs_in_line(lines[end].text)):
        names += [organ.name for organ in organs]
        end += 1
    word = next((word for word in ORDERS if end + 1 < len(lines) and lines[end].text.endswith(word)), None)
    if word is None:
        return None
    last, serial = lines[end].text.removesuffix(word), lines[end + 1].text
    own = organs_in_line(last)
    names += [organ.name for organ in own]
    joint = bool(own) and len(names) >= _JOINT
    alone = not last and bool(names) and serial.startswith("第")
    whole = number_line(names[0] + word + serial) if (joint or alone) and SERIAL.fullmatch(serial) else None
    if whole is None:
        return None
    written = "".join(line.text for line in lines[at : end + 2])
    return Number(written, Span(lines[at].start, lines[end + 1].end), whole), end + 1 - at
