"""The front of a document: marks above the title (版头), own document number, title, addressees.

The lines from the end of the metadata to the addressee line, or to the first prose or label, are looked at as one zone, because
portals print number and title in any order, and the title over several lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from normtool.document import Header, Number, Text
from normtool.grammar.dates import Date, date_line
from normtool.grammar.document_number import DocumentNumber, number_line
from normtool.grammar.organs import organs_in_line
from normtool.lazyre import lazy
from normtool.model import Span
from normtool.structure.lines import Line
from normtool.structure.phrases import is_result_class, may_hold, phrase
from normtool.structure.recipients import recipients_of
from normtool.structure.titles import is_complete, is_title_like, joined, title_parts

if TYPE_CHECKING:
    import re

_ZONE = 16
_MAX_TITLE = 160
_BELOW = 2
_LETTERHEAD = "文件"
_ORDERS = ("令", "公告", "通告")
_ORDER_NAME = lazy(r"(?![^\W\d_]{0,30}关于)[^\W\d_]{2,30}(?:令|公告|通告)")
_ORDER_SERIAL = lazy(r"(?:\d{4}年)?第[\d一二三四五六七八九十百]{1,6}号")
_CAPTION_NUMBER = lazy(r"(?<![^\W\d_])[^\W\d_]{2,20}令(?:\d{4}年)?第\d{1,5}号(?=公布|发布|修)")
_CAPTION_DATE = lazy(r"(?<=日)[^\W\d_]{2,20}令(?:\d{4}年)?第\d{1,5}号(?=公布|发布|修)")
_GLUED = lazy(r"([^。；！？：\n]{8,120}?)(?=一、|第一[章部])")
_BRACKETED = lazy(r"[（(][^\n]{2,400}[）)]")


class Front(NamedTuple):
    """What the front holds; ``below`` are short lines under the title that are no title, and belong to the body.

    The body starts at line ``next_line``, inside it at ``body_start`` when the addressee is run in.
    """

    header: Header | None
    title: Text | None
    recipients: tuple[Text, ...]
    captions: tuple[Line, ...]
    below: tuple[Line, ...]
    next_line: int
    body_start: int | None


class _Zone(NamedTuple):
    """The lines of the front by what they can be."""

    header: Header
    titles: tuple[tuple[int, Line], ...]
    captions: tuple[Line, ...]
    recipients: tuple[Text, ...]
    end: int
    body_start: int | None


def read_front(lines: tuple[Line, ...], at: int) -> Front:
    """Read the front from line ``at`` on. Every part may be missing."""
    zone = _zone(lines, at)
    parts = title_parts(zone.titles)
    used = {index for index, _ in parts}
    title = joined([line for _, line in parts]) if parts else None
    after = max(used) if used else at - 1
    left = [line for index, line in zone.titles if index > after]
    above = [line for index, line in zone.titles if index < after and index not in used]
    end, captions = zone.end, tuple(sorted((*zone.captions, *above), key=lambda line: line.start))
    if left and not zone.recipients:
        end = next(index for index, line in zone.titles if line is left[0])
        captions = tuple(line for line in captions if line.start < left[0].start)
    elif left:
        captions = tuple(sorted((*captions, *left), key=lambda line: line.start))
    header = zone.header
    if header.document_number is None:
        header = _number_from_captions(header, captions)
    return Front(
        header if header.span.end else None, title, zone.recipients, captions, tuple(left[:_BELOW]), end, zone.body_start
    )


def split_title(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Cut the title off a long first line where the numbering begins right behind it (…实施方案一、…)."""
    match = _GLUED.match(lines[0].text) if lines and not is_title_like(lines[0].text) else None
    if match is None or not is_complete(match[1]):
        return lines
    first = lines[0]
    middle = first.start + match.end(1)
    return (Line(match[1], first.start, middle), Line(first.text[match.end(1) :], middle, first.end), *lines[1:])


def _zone(lines: tuple[Line, ...], at: int) -> _Zone:
    header = Header(Span(0, 0))
    titles: list[tuple[int, Line]] = []
    captions: list[Line] = []
    index = at
    while index < min(len(lines), at + _ZONE):
        line = lines[index]
        marked = _mark(header, line, lines[index + 1] if index + 1 < len(lines) else None)
        if marked is not None:
            before, (header, taken) = header, marked
            if header.letterhead and header.letterhead is not before.letterhead:
                above, below = _joint_issuers(lines, index, at)
                header = _with_issuers(header, lines[index - above : index + 1 + below])
                del titles[len(titles) - above :]
                index += below
            if taken > 1 and not titles:
                titles.append((index, line))  # 某某人民政府令 / 第N号: the first line is the title of the cover as well
            index += taken
            continue
        if titles and phrase("contents").match(line.text):
            break
        addressed = recipients_of(line)
        if addressed is not None:
            found, end = addressed
            return _Zone(
                header, tuple(titles), tuple(captions), found, index + (end == line.end), None if end == line.end else end
            )
        if (
            is_result_class(line.text)
            or (titles and (_BRACKETED.fullmatch(line.text) or date_line(line.text)))
            or bracketed_date(line.text)
        ):
            captions.append(line)
        elif is_title_like(line.text):
            titles.append((index, line))
        else:
            break
        index += 1
    return _Zone(header, tuple(titles), tuple(captions), (), index, None)


def _mark(header: Header, line: Line, following: Line | None) -> tuple[Header, int] | None:
    """Read a line of the 版头; give the header with it and the number of lines taken, or None."""
    if header.document_number is None and len(line.text) <= _MAX_TITLE:
        found = _number_lines(line, following)
        if found:
            return header._replace(document_number=found[0], span=_cover(header.span, found[0].span)), found[1]
    marked = _small_mark(header, line)
    return (marked._replace(span=_cover(header.span, line.span)), 1) if marked else None


def _number_lines(line: Line, following: Line | None) -> tuple[Number, int] | None:
    """Read a document number on one line, or an order's on two (某某人民政府令 / 第N号)."""
    number = number_line(line.text)
    if number:
        return _number(number, line.start, line.text), 1
    if (
        following
        and line.text.endswith(_ORDERS)
        and _ORDER_NAME.fullmatch(line.text)
        and _ORDER_SERIAL.fullmatch(following.text)
    ):
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


def _joint_issuers(lines: tuple[Line, ...], at: int, start: int) -> tuple[int, int]:
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


def _with_issuers(header: Header, lines: tuple[Line, ...]) -> Header:
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


def _number_from_captions(header: Header, captions: tuple[Line, ...]) -> Header:
    """Take the number out of the bracketed line under a regulation's title (…令2020年第1号公布)."""
    for line in captions:
        match = _CAPTION_DATE.search(line.text) or _CAPTION_NUMBER.search(line.text)
        number = number_line(match.group()) if match else None
        if match and number:
            found = Number(match.group(), Span(line.start + match.start(), line.start + match.end()), number)
            return header._replace(document_number=found, span=_cover(header.span, found.span))
    return header


def bracketed_date(text: str) -> Date | None:
    """Give the date of a line （2020年1月1日）, the 题注 under a title, or None."""
    return date_line(text[1:-1]) if text[0] in "（(" and text[-1] in "）)" else None
