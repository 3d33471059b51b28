"""Numbers of orders and announcements that stand on lines of their own, apart from the organ: 二〇二四年第12号公告 above the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.document import Number
from normtool.grammar.document_number import DocumentNumber
from normtool.lazyre import lazy

if TYPE_CHECKING:
    from normtool.structure.lines import Line

_DIGITS = str.maketrans("一二三四五六七八九〇零○", "123456789000")
_ANNOUNCEMENTS = ("公告", "通告")
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
    year, serial = int(match["year"].translate(_DIGITS)), int(match["serial"])
    return Number(line.text, line.span, DocumentNumber(0, len(line.text), "", year, serial, f"{year}年第{serial}号", ()))
