"""Attachments: the list after 附件： (GB/T 9704-2012 7.3.4), and the documents enclosed behind the sign-off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from normtool.document import Attachment, Block, Section, Text
from normtool.grammar.genres import title_core
from normtool.grammar.numbering import hanzi_number
from normtool.lazyre import Lazy, lazy
from normtool.model import Span
from normtool.structure.phrases import phrase
from normtool.structure.sections import build, section_label
from normtool.structure.titles import is_complete

if TYPE_CHECKING:
    from normtool.structure.lines import Line

_LIST = lazy(r"附\s*[件表录图](?P<number>\s*[\d一二三四五六七八九十]{1,3})?\s*[：:]\s*(?P<rest>.*)")
_ITEM = lazy(r"(?P<number>[1-9]\d?)[.．、]\s*(?P<title>\S.*)")
_HANZI_ITEM = lazy(r"(?P<number>[一二三四五六七八九十]{1,3})、\s*(?P<title>\S.*)")
_LIST_HEAD = lazy(r"(?:相关)?附\s*[件表录图]\s*(?:下载|列表|清单)?\s*(?:[：:]|(?<=相关附件))")
_HEAD = lazy(r"附\s*[件表录图]\s*(?P<number>[\d一二三四五六七八九十]{0,3})\s*[：:]?(?:[-—]\d)?")
_SUFFIX = lazy(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|jpg|png)$", re.IGNORECASE)
_MAX_ITEM = 120
_SECOND = 2
_MIN_CUT = 18
_MAX_TITLE = 100
_MAX_TITLE_LINES = 3
_END_MARKS = "。；，、;,"


class Enclosed(NamedTuple):
    """The documents behind the sign-off: their attachments, their sections in the order of the file, and what is no document."""

    attachments: tuple[Attachment, ...]
    sections: tuple[Section, ...]
    remainder: tuple[Block, ...]


def read_list(lines: tuple[Line, ...]) -> tuple[tuple[Attachment, ...], tuple[Line, ...]]:
    """Take the list of attachments out of the lines before the sign-off; give it and the lines that are left.

    Does not act on 附件 in a sentence, nor on the bare line 附件 that heads an enclosed document, nor on a line that only says where
    the attachments are named (附件：见文末).
    """
    start = next((k for k in range(len(lines)) if is_list(lines, k) and not refers_elsewhere(lines[k].text)), None)
    if start is None:
        return (), lines
    found: list[Attachment] = []
    form = _form(lines, start)
    end = start + (_LIST_HEAD.fullmatch(lines[start].text) is not None)
    while end < len(lines):
        items = _items(lines[end], found, form, opening=end == start)
        if not items and found and _goes_on(lines, end, found, form):
            found[-1] = _continued(found[-1], lines[end])
            end += 1
            continue
        if not items:
            break
        found += items
        end += 1
    return tuple(found), lines[:start] + lines[end:]


def is_list(lines: tuple[Line, ...], at: int) -> bool:
    """Tell whether a list of attachments starts at line ``at``: 附件：名称, or 附件： above a line 1.名称."""
    text = lines[at].text
    if text[0] not in "附相":
        return False
    if _LIST_HEAD.fullmatch(text):
        following = lines[at + 1].text if at + 1 < len(lines) else ""
        item = _ITEM.fullmatch(following) or _LIST.fullmatch(following)
        return bool(
            item
            and len(following) <= _MAX_ITEM
            and "。" not in following[:-1]
            and (item["number"] or "1").strip() in {"1", "一"}
        )
    match = _LIST.fullmatch(text)
    return bool(match and match["rest"] and len(text) <= _MAX_ITEM and "。" not in text[:-1])


def refers_elsewhere(text: str) -> bool:
    """Tell whether a line 附件：… names no attachment but the place where they are named: 附件：如说明三, 附件：见文末."""
    match = _LIST.fullmatch(text) if text[0] == "附" else None
    return match is not None and phrase("attachment_reference").fullmatch(match["rest"]) is not None


def _items(line: Line, found: list[Attachment], form: Lazy, *, opening: bool) -> list[Attachment]:
    """Read the entry on a line: 1.名称, 附件1：名称, or 附件：名称 once more below entries of its kind."""
    text = line.text
    match = _LIST.fullmatch(text)
    rest, start = (match["rest"], match.start("rest")) if match else (text, 0)
    item = form.fullmatch(rest)
    number = hanzi_number(item["number"]) if item else None
    labelled = match and (opening or match["number"])
    if not labelled and (len(text) > _MAX_ITEM or "。" in text[:-1]):
        return []
    if item and (labelled or number == len(found) + 1):
        return [_listed(line, number, item["title"], start + item.start("title"))]
    again = match and not item and found and found[-1].number is None  # and so are those above it
    if match and rest and (labelled or again):
        return [_listed(line, hanzi_number(match["number"].strip()) if match["number"] else None, rest, start)]
    return []


def _form(lines: tuple[Line, ...], start: int) -> Lazy:
    """Give the form of the entries of a list: 附件：一、名称 above 二、 goes on so, any other (附件：一、二线城市名单) with 2."""
    match = _LIST.fullmatch(lines[start].text)
    following = _HANZI_ITEM.fullmatch(lines[start + 1].text) if start + 1 < len(lines) else None
    in_hanzi = match and _HANZI_ITEM.fullmatch(match["rest"]) and following and hanzi_number(following["number"]) == _SECOND
    return _HANZI_ITEM if in_hanzi else _ITEM


def _goes_on(lines: tuple[Line, ...], at: int, found: list[Attachment], form: Lazy) -> bool:
    """Tell whether line ``at`` is the rest of a name that the line above it cut: a long line, and the next item or the end behind it."""
    text, above = lines[at].text, lines[at - 1].text
    if (
        len(above) < _MIN_CUT
        or _SUFFIX.search(above)
        or len(text) > _MAX_TITLE
        or text[-1] in _END_MARKS
        or section_label(text)
    ):
        return False
    if "：" in text or at + 1 == len(lines):
        return "：" not in text
    return bool(_items(lines[at + 1], found, form, opening=False))


def _continued(item: Attachment, line: Line) -> Attachment:
    start = item.title.span.start if item.title else line.start
    title = (item.title.text if item.title else "") + _SUFFIX.sub("", line.text)
    return item._replace(span=Span(item.span.start, line.end), title=Text(title, Span(start, line.end)))


def _listed(line: Line, number: int | None, raw: str, start: int) -> Attachment:
    title = _SUFFIX.sub("", raw.rstrip(_END_MARKS))
    place = line.start + start
    return Attachment(line.span, "listed", number, Text(title, Span(place, place + len(title))))


def is_head(lines: tuple[Line, ...], at: int) -> bool:
    """Tell whether line ``at`` is the bare 附件 (附件1) that heads an enclosed document, not a list."""
    return lines[at].text[0] == "附" and bool(_HEAD.fullmatch(lines[at].text)) and not is_list(lines, at)


def read_enclosed(lines: tuple[Line, ...], first_section: int, listed: tuple[Attachment, ...] = ()) -> Enclosed:
    """Read what stands behind the sign-off as enclosed documents, one for each line 附件N, and one above the first of them.

    Lines without 附件, without a title of their own and without any numbering are none (共印20份, 友情链接：…): they are the
    remainder. ``first_section`` is the place in ``body.sections`` of the first section found here; ``listed`` are the attachments
    whose names are known.
    """
    starts = [k for k in range(len(lines)) if is_head(lines, k)]
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
    attachments = []
    sections: list[Section] = []
    remainder: list[Block] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        piece = lines[start:end]
        if not piece:
            continue
        attachment, own = _enclosed(piece, first_section + len(sections))
        if not (own or is_head(piece, 0) or _is_titled(piece, listed)):
            remainder += build(piece).blocks
            continue
        attachments.append(attachment)
        sections += own
    return Enclosed(tuple(attachments), tuple(sections), tuple(remainder))


def _is_titled(lines: tuple[Line, ...], listed: tuple[Attachment, ...] = ()) -> bool:
    """Tell whether lines open with the title of a document: the name of a listed one, or what closes like a title.

    The title may stand on up to three lines.
    """
    names = {title_core(item.title.text) for item in listed if item.title}
    text = ""
    for line in lines[:_MAX_TITLE_LINES]:
        text += line.text
        if not _title_lines((line,)) or "：" in line.text:
            return False
        if is_complete(text) or title_core(text) in names or phrase("enclosed_title").search(text):
            return True
    return False


def opens_enclosed(lines: tuple[Line, ...]) -> bool:
    """Tell whether an enclosed document begins with the first of ``lines``: a line 附件, or a title of its own."""
    return bool(lines) and (is_head(lines, 0) or _is_titled(lines))


def _enclosed(lines: tuple[Line, ...], first_section: int) -> tuple[Attachment, tuple[Section, ...]]:
    head = _HEAD.fullmatch(lines[0].text)
    number = hanzi_number(head["number"]) if head and head["number"] else None
    rest = lines[1:] if head else lines
    title_lines = _title_lines(rest)
    title = None
    if title_lines:
        title = Text("".join(line.text for line in title_lines), Span(title_lines[0].start, title_lines[-1].end))
    tree = build(rest[len(title_lines) :])
    own = tuple(range(first_section, first_section + len(tree.sections)))
    return Attachment(Span(lines[0].start, lines[-1].end), "enclosed", number, title, tree.blocks, own), tree.sections


def _title_lines(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    count = 0
    for line in lines[:_MAX_TITLE_LINES]:
        if (
            len(line.text) > _MAX_TITLE
            or line.text[-1] in "。；：，"
            or section_label(line.text)
            or line.text[0] in "（("
            or "|" in line.text
        ):
            break
        count += 1
        if count == 1 and not line.text.endswith(("政府", "局", "厅", "部", "委", "国务院", "关于")):
            break
    return lines[:count]


def merged(
    listed: tuple[Attachment, ...], again: tuple[Attachment, ...], enclosed: tuple[Attachment, ...]
) -> tuple[Attachment, ...]:
    """Bring a listed attachment and the enclosed document of the same title or number together; the list's order leads.

    ``again`` is a list behind the sign-off (links of a portal): only what the first list lacks is taken from it.
    """
    left = list(enclosed)
    out = []
    for item in (*listed, *(entry for entry in again if not any(_same(entry, known) for known in listed))):
        match = next((e for e in left if _same(item, e)), None)
        if match is None:
            out.append(item)
            continue
        left.remove(match)
        out.append(Attachment(match.span, "listed", item.number or match.number, item.title, match.blocks, match.sections))
    return (*out, *left)


def _same(item: Attachment, other: Attachment) -> bool:
    if item.title and other.title and title_core(item.title.text) == title_core(other.title.text):
        return True
    return item.number is not None and item.number == other.number
