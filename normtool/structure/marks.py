"""The marks of a document's head (版头, GB/T 9704-2012 7.2 and 10.1): number, 份号, 密级, 紧急程度, 签发人 and letterhead.

Each is a line of its own, or several share one; what a line is besides, title or addressee, is the business of ``front``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.document import Header, Number, Text
from normtool.grammar.dates import date_line
from normtool.grammar.document_number import DocumentNumber, number_line
from normtool.grammar.genres import MINUTES, ORDERS
from normtool.grammar.organs import organs_in_line
from normtool.lazyre import lazy
from normtool.model import Span
from normtool.structure.lines import Line
from normtool.structure.orders import SERIAL, joint_order, yearly_number
from normtool.structure.phrases import is_result_class, may_hold, phrase

if TYPE_CHECKING:
    import re

ZONE = 16
"""Lines from the top on that can be of the head."""
NO_HEADER = Header(Span(0, 0))
_MAX_TITLE = 160
_MAX_MARKS = 80
_NEAR = 2
_LETTERHEAD = "文件"
_ORDER_NAME = lazy(r"(?![^\W\d_]{0,30}关于)[^\W\d_]{2,30}(?:令|公告|通告)")
_CAPTION_NUMBER = lazy(r"(?<![^\W\d_])[^\W\d_]{2,20}令(?:\d{4}年)?第\d{1,5}号(?=公布|发布|修)")
_CAPTION_DATE = lazy(r"(?<=日)[^\W\d_]{2,20}令(?:\d{4}年)?第\d{1,5}号(?=公布|发布|修)")
_BEHIND_TITLE = lazy(r"[（(](?P<number>[^（）()]{2,40}号)[）)]$")
_SERIAL_ONLY = lazy(r"〔(?P<year>(?:19|20)\d\d)〕(?P<serial>[1-9]\d{0,4})号")


def split_marks(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Cut the lines of the front that hold several marks side by side, as 上行文 have it: 云政〔2024〕33号　签发人：赵某. A date may be one.

    Does not act on a line any piece of which is no mark, nor on one without a number, a 密级, a 紧急程度 or a 签发人.
    """
    out: list[Line] = []
    for line in lines[:ZONE]:
        pieces = _pieces(line) if _may_hold_marks(line.text) else None
        out += pieces or (line,)
    return (*out, *lines[ZONE:])


def _may_hold_marks(text: str) -> bool:
    names = ("signatory", "security", "urgency")
    return " " in text and len(text) <= _MAX_MARKS and ("号" in text or any(may_hold(name, text) for name in names))


def _pieces(line: Line) -> tuple[Line, ...] | None:
    """Cut a line at blanks into marks, the longest first; None when it is not made of marks."""
    if _is_mark(line) and not _opens_with_mark(line):
        return (line,)
    text = line.text
    for at in (k for k in range(len(text) - 1, 0, -1) if text[k] == " "):
        head = Line(text[:at].rstrip(), line.start, line.start + len(text[:at].rstrip()))
        bare = text[at:].lstrip()
        rest = _pieces(Line(bare, line.end - len(bare), line.end)) if _is_mark(head) else None
        if rest:
            return (head, *rest)
    return None


def _opens_with_mark(line: Line) -> bool:
    """Tell whether a number has a mark before it that could be its 代字: 特急 云政〔2024〕33号."""
    first, _, rest = line.text.partition(" ")
    if not rest or _small_mark(NO_HEADER, line) or number_line(line.text) is None:
        return False
    return _is_mark(Line(first, line.start, line.start + len(first)))


def _is_mark(line: Line) -> bool:
    if _small_mark(NO_HEADER, line) or is_result_class(line.text) or date_line(line.text):
        return True
    number = number_line(line.text)
    return number is not None and number.year is not None


def read_mark(header: Header, line: Line, following: Line | None) -> tuple[Header, int] | None:
    """Read a line of the 版头; give the header with it and the number of lines taken, or None."""
    if header.document_number is None and len(line.text) <= _MAX_TITLE:
        found = _number_lines(line, following)
        if found:
            return header._replace(document_number=found[0], span=_cover(header.span, found[0].span)), found[1]
    marked = _small_mark(header, line)
    return (marked._replace(span=_cover(header.span, line.span)), 1) if marked else None


def _number_lines(line: Line, following: Line | None) -> tuple[Number, int] | None:
    """Read a document number on one line, or an order's on two (某某人民政府令 / 第N号); minutes have no 代字: 〔2024〕5号."""
    number = number_line(line.text)
    if number:
        return _number(number, line.start, line.text), 1
    yearly = yearly_number(line, following)
    if yearly:
        return yearly, 1
    bare = _SERIAL_ONLY.fullmatch(line.text)
    if bare:
        found = DocumentNumber(0, len(line.text), "", int(bare["year"]), int(bare["serial"]), line.text, ())
        return _number(found, line.start, line.text), 1
    if following and line.text.endswith(ORDERS) and _ORDER_NAME.fullmatch(line.text) and SERIAL.fullmatch(following.text):
        whole = number_line(line.text + following.text)
        if whole:
            return Number(line.text + following.text, Span(line.start, following.end), whole), 2
    return None


def _small_mark(header: Header, line: Line) -> Header | None:
    """Read 份号, 密级, 紧急程度, 签发人 or 发文机关标志 on a line of its own; what the header has already is no mark again."""
    text = line.text
    if header.copy_number is None and text[-1].isdecimal() and (match := phrase("copy_number").fullmatch(text)):
        return header._replace(copy_number=_group(match, "value", line))
    if header.security_classification is None and may_hold("security", text) and (match := phrase("security").fullmatch(text)):
        period = _group(match, "period", line) if match["period"] else None
        return header._replace(security_classification=_group(match, "level", line), security_period=period)
    if header.urgency is None and may_hold("urgency", text) and (match := phrase("urgency").fullmatch(text)):
        return header._replace(urgency=_group(match, "value", line))
    if may_hold("signatory", text) and (match := phrase("signatory").fullmatch(text)):
        return header._replace(signatories=(*header.signatories, _group(match, "names", line)))
    if header.letterhead is None and text.endswith(_LETTERHEAD) and organs_in_line(text.removesuffix(_LETTERHEAD)):
        return header._replace(letterhead=Text(text, line.span))
    return None


def read_joint_order(header: Header, lines: tuple[Line, ...], at: int) -> tuple[Header, int] | None:
    """Read the head of a joint order at line ``at``; give the header with its number and how many lines, which are the title, precede it."""
    found = joint_order(lines, at) if header.document_number is None else None
    return (header._replace(document_number=found[0], span=_cover(header.span, found[0].span)), found[1]) if found else None


def joint_issuers(lines: tuple[Line, ...], at: int, start: int) -> tuple[int, int]:
    """Count the lines directly above and below the letterhead at line ``at`` that are one organ each: they issue jointly.

    Below it they count only where the document's number follows: an organ above a title belongs to the title.
    """
    above = 0
    while at - above > start and _is_one_organ(lines[at - above - 1].text):
        above += 1
    below = 0
    while at + below + 1 < len(lines) and _is_one_organ(lines[at + below + 1].text):
        below += 1
    numbered = at + below + 1 < len(lines) and number_line(lines[at + below + 1].text) is not None
    return above, below if numbered else 0


def _is_one_organ(text: str) -> bool:
    return len(organs_in_line(text)) == 1


def with_issuers(header: Header, lines: tuple[Line, ...]) -> Header:
    """Put the organs of a letterhead of several lines in their order, with 文件 behind them, where GB/T 9704-2012 7.2.4 has it."""
    if len(lines) == 1:
        return header
    names = " ".join(line.text.removesuffix(_LETTERHEAD).strip() for line in lines)
    span = Span(lines[0].start, lines[-1].end)
    return header._replace(letterhead=Text(names + _LETTERHEAD, span), span=_cover(header.span, span))


def _group(match: re.Match[str], name: str, line: Line) -> Text:
    return Text(match[name], Span(line.start + match.start(name), line.start + match.end(name)))


def _number(number: DocumentNumber, offset: int, text: str) -> Number:
    return Number(text[number.start : number.end], Span(offset + number.start, offset + number.end), number)


def _cover(span: Span, other: Span) -> Span:
    return other if not span.end else Span(min(span.start, other.start), max(span.end, other.end))


def number_from_captions(header: Header, captions: tuple[Line, ...]) -> Header:
    """Take the number out of the bracketed line under a regulation's title (…令2020年第1号公布)."""
    for line in captions:
        match = _CAPTION_DATE.search(line.text) or _CAPTION_NUMBER.search(line.text)
        number = number_line(match.group()) if match else None
        if match and number:
            found = Number(match.group(), Span(line.start + match.start(), line.start + match.end()), number)
            return header._replace(document_number=found, span=_cover(header.span, found.span))
    return header


def number_from_title(header: Header, title: Text | None) -> Header:
    """Take the number out of the bracket that a portal puts behind the title (…的通知（江财农〔2024〕17号）).

    Not where the title may name another document's: one that passes it on (转发, 批转), repeals it, or ends with its name in 《》.
    """
    match = _BEHIND_TITLE.search(title.text) if title and title.text[-1] in "）)" else None
    number = number_line(match["number"]) if match else None
    if not (title and match and number and number.year) or phrase("others_number").search(title.text):
        return header
    start = title.span.end - len(title.text) + match.start("number")
    span = Span(start, start + len(match["number"]))
    return header._replace(document_number=Number(match["number"], span, number), span=_cover(header.span, span))


def masthead(header: Header, above: tuple[Line, ...]) -> tuple[Header, tuple[Line, ...]]:
    """Take the letterhead right above the number: a letter's organs (10.1, without 文件), or the name of minutes (10.3).

    Gives the other lines as well. A line that belongs to the number, as that of an order does, is in the header already.
    """
    number = header.document_number
    if number is None:
        return header, above
    above = tuple(line for line in above if line.end <= number.span.start or line.start >= number.span.end)
    over = tuple(line for line in above if line.end <= number.span.start)
    near = over and number.span.start - over[-1].end <= _NEAR
    if header.letterhead or not near or not all(_is_one_organ(line.text) or line.text.endswith(MINUTES) for line in over):
        return header, above
    span = Span(over[0].start, over[-1].end)
    letterhead = Text(" ".join(line.text for line in over), span)
    return header._replace(letterhead=letterhead, span=_cover(header.span, span)), above[len(over) :]
