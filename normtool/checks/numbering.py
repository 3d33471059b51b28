"""NUM: the numbers of headings, boxes and inline ordinals."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from normtool.grammar.numbering import hanzi_number
from normtool.lazyre import lazy
from normtool.model import Span
from normtool.rulebook import finding
from normtool.structure.phrases import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from normtool.document import Block, Document, Section
    from normtool.grammar.numbering import Style
    from normtool.model import CleanText, Finding, Settings

_HANZI = "一二三四五六七八九十"
_INSERTED = "之"
"""第三条之一 has the number of the article that it follows."""
_MARKS = "。；：！？，、"
_SENTENCE_ENDS = "。；！"
_STATED = lazy(
    rf"(?:以下|下列|如下)([{_HANZI}两]{{1,3}}|\d{{1,2}})(?:个方面|大方面|方面|项(?:工作|措施|任务|内容)|条(?:意见|措施|建议))[^。]{{0,12}}[：:。]?$"
)
_NAMED = frozenset({"part", "chapter", "section"})
_LISTED = frozenset({"hanzi", "hanzi-paren", "arabic", "arabic-paren"})
"""Styles whose second 1 is a slip of the pen; chapters begin anew behind a table of contents, and articles are put in later."""
_DEEPER: dict[Style, Style] = {"hanzi": "arabic", "hanzi-paren": "arabic-paren"}
_MAX_NUMBER = 99
_STATED_REACH = 60
_MAX_CAPTION = 6


class _Seen:
    """Where the numbering of the whole file, or of a box from ``start`` on, stands: the last number of each style and where its label ends."""

    __slots__ = ("box", "end", "last", "start")

    def __init__(self, start: int = 0, box: int = 0) -> None:
        self.start, self.box = start, box
        self.last: dict[Style, int] = {}
        self.end: dict[Style, int] = {}


def findings(text: CleanText, document: Document, settings: Settings) -> tuple[Finding, ...]:  # noqa: ARG001
    """Give NUM002 to NUM008."""
    body = document.body
    out = list(_level(text, body.sections, _Seen()))
    out += _stated(body.blocks, body.sections)
    for block in (*body.blocks, *(b for item in document.attachments for b in item.blocks)):
        out += _inline(block)
    return tuple(out)


def _level(text: str, sections: tuple[Section, ...], seen: _Seen) -> Iterable[Finding]:
    """Check the sections of one level and all below: each number against the one before, or the last of its style in the file."""
    here: dict[Style, int] = {}
    meant: dict[Style, int] = {}  # what a number that is wrong should be: one that goes on from there is right
    for section in sections:
        style = section.style
        if style == "box":
            yield from _box(text, section, seen)
            seen.end[style] = section.label_span.end
        else:
            wrong = _number(text, section, here.get(style), seen)
            goes_on = section.number == meant.pop(style, -1) + 1
            if wrong and not goes_on:
                meant[style] = (here.get(style) or seen.last.get(style) or 0) + 1
                yield wrong
            here[style] = seen.last[style] = section.number
            seen.end[style] = section.label_span.end
        for block in section.blocks:
            yield from _inline(block)
        yield from _stated(section.blocks, section.sections)
        yield from _skip(section)
        yield from _level(text, section.sections, _inside_box(section, seen) if style == "box" else seen)
    yield from _unnamed(sections)


def _inside_box(section: Section, seen: _Seen) -> _Seen:
    """Start afresh behind the label of a box, which is a scope of its own."""
    return _Seen(section.label_span.end, seen.box)


def _number(text: str, section: Section, before: int | None, seen: _Seen) -> Finding | None:
    """Judge a section's number by the one ``before`` on its level, or the last of its style."""
    number, style = section.number, section.style
    last = seen.last.get(style)
    if number == before == 1 and style in _LISTED and _follows_directly(text, seen.end[style], section):
        return _twice(section)
    if (
        number == 1
        or _INSERTED in section.label
        or number > _MAX_NUMBER
        or (before is not None and number == before + 1)
        or (last is not None and number == last + 1)
    ):
        return None
    if _between(text, seen.end.get(style, seen.start), section):
        return None
    if before is not None and number == before:
        return _twice(section)
    expected = (before if before is not None else last or 0) + 1
    after = f"follows {before if before is not None else last}" if before or last else "is the first"
    return finding("NUM002", f"{section.label} {after}: {expected} was expected", section.label_span)


def _twice(section: Section) -> Finding:
    return finding("NUM003", f"{section.label} stands twice: {section.number + 1} was expected", section.label_span)


def _follows_directly(text: str, start: int, section: Section) -> bool:
    """Tell whether a second 1 opens no list of its own: nothing but its paragraphs, of whole sentences, stands between it and the first.

    A line without a mark at its end may be what the new list is about, and a question what it answers. ``start`` is the end of the
    first one's label.
    """
    own, *paragraphs = text[start : section.span.start].rstrip().split("\n")
    return bool(own.strip()) and all(not line or line[-1] in _SENTENCE_ENDS for line in paragraphs)


def _between(text: str, start: int, section: Section) -> bool:
    """Tell whether the number before the label's stands inside a paragraph, or in another form, since the last label of its style."""
    written = re.escape(section.label).replace(_digits(section.label), "NUMBER", 1)
    forms = {str(section.number - 1), _hanzi(section.number - 1)}
    pattern = rf"(?<![\d{_HANZI}])" + written.replace("NUMBER", "(?:" + "|".join(forms) + ")") + r"(?!\d)"
    return re.search(pattern, text[start : section.span.start]) is not None


def _digits(label: str) -> str:
    match = re.search(rf"\d+|[{_HANZI}百零〇]+", label)
    return match.group() if match else label


def _hanzi(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = " " + _HANZI
    return ((digits[tens] if tens > 1 else "") + "十" if tens else "") + (digits[ones] if ones else "")


def _box(text: str, section: Section, seen: _Seen) -> Iterable[Finding]:
    follows = section.number == 1 or section.number in {seen.box, seen.box + 1}
    if not follows and not _between(text, seen.end.get("box", seen.start), section):
        yield finding(
            "NUM006",
            f"专栏{section.number} follows 专栏{seen.box}" if seen.box else f"the first box is 专栏{section.number}",
            section.label_span,
        )
    seen.box = section.number


def _unnamed(sections: tuple[Section, ...]) -> Iterable[Finding]:
    for style in _NAMED:
        same = [s for s in sections if s.style == style]
        if any(s.heading for s in same):
            for section in same:
                if section.heading is None:
                    yield finding("NUM008", f"{section.label} has no name, others have", section.label_span)


def _skip(section: Section) -> Iterable[Finding]:
    skipped = _DEEPER.get(section.style)
    above = section.blocks[-1].text if section.blocks else ""
    # notes below a report (注释：) are under none of its headings
    introduced = len(above) <= _MAX_CAPTION and above.endswith(("：", ":"))
    if skipped and section.sections and section.sections[0].style == skipped and not introduced:
        child = section.sections[0]
        yield finding("NUM004", f"{child.label} stands directly under {section.label}", child.label_span)


def _inline(block: Block) -> Iterable[Finding]:
    """Check 一是 … 二是 … and 一要 … 二要 … of a paragraph; what does not open with the first is no list, and the words may change."""
    if "一" not in block.text:
        return
    numbers = [(hanzi_number(m["number"]), m) for m in phrase("inline_ordinal").finditer(block.text)]
    if not numbers or numbers[0][0] != 1:
        return
    for (before, last), (number, match) in pairwise(numbers):
        if before and number and number > before + 1 and match["word"] == last["word"]:
            span = Span(block.span.start + match.start("number"), block.span.start + match.end("word"))
            yield finding("NUM005", f"{match.group().lstrip(_MARKS)} follows the {before}. item", span)


def _stated(blocks: tuple[Block, ...], sections: tuple[Section, ...]) -> Iterable[Finding]:
    """Compare 以下六个方面 at the end of the last paragraph with the labelled items right behind it."""
    if not blocks or not sections:
        return
    text = blocks[-1].text
    match = _STATED.search(text, max(0, len(text) - _STATED_REACH))
    if not match:
        return
    stated = hanzi_number(match[1].replace("两", "二"))
    first = sections[0]
    items = [s for s in sections if s.style == first.style]
    numbers = [s.number for s in items]
    if first.number == 1 and stated and stated != len(items) and numbers == list(range(1, len(items) + 1)):
        start = blocks[-1].span.start
        yield finding(
            "NUM007",
            f"{match.group().rstrip('：:。')}, but {len(items)} follow",
            Span(start + match.start(), start + match.end()),
        )
