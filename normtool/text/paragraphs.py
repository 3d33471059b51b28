"""Sentences and titles that a line break or a blank cut in two.

In: text without page chrome, blanks tidied. Out: edits of rules LAY001 (a paragraph) and LAY006 (a title).

LAY001 joins where the first line is long prose without a closing mark and the second goes on in prose and is no heading, list
item, date, organ or addressee. It is safe only where nothing else can be meant: behind a comma, before a mark that opens no line,
inside brackets or a word that stands elsewhere in the text in one piece, or where the text was wrapped at one width; and there not
behind a line that may be a heading as long as the others. LAY006 joins a title at a blank beside 关于 or before its genre; a blank
between two issuing organs (某某部 某某局关于…) stays.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from normtool.grammar.dates import date_line
from normtool.grammar.document_number import number_line
from normtool.grammar.genres import GENRES, genre_of
from normtool.grammar.metadata_lines import pairs_of
from normtool.grammar.numbering import label_at
from normtool.grammar.openings import (
    UNKNOWN,
    Habits,
    closes_title,
    front_end,
    goes_on,
    habits_of,
    has_mark,
    may_go_on,
    opens_paragraph,
)
from normtool.grammar.organs import is_portal, organs_in_line
from normtool.grammar.titles import title_index
from normtool.grammar.wrapping import (
    bracket_runs_on,
    closes_quotation,
    ends_open,
    fills,
    is_closed,
    leaves_open,
    proves_cut,
    run_width,
    wrap_width,
)
from normtool.lazyre import lazy
from normtool.lines import Line, lines_of
from normtool.model import Edit, Patch, RuleCode

if TYPE_CHECKING:
    from collections.abc import Sequence

RULES = ("LAY001", "LAY006")
_LAY001 = RuleCode("LAY001")
_LAY006 = RuleCode("LAY006")

_MIN_PROSE = 80
"""Characters; headings without a mark at the end are shorter, however long they get."""
_MAX_TITLE_LINE = 60
_MAX_TITLE_LINES = 4
_MIN_NAME_LINE = 12
_MAX_TITLE_GAP = 8
_PAGE_GAP = 2
_MANY = 4
_FEW = 3
"""Characters that show a word across a break; fewer will do where every line is broken at one width."""
_MAX_WORD = 60
_MIN_NUMBER = 4
_OUTSIDE_LATIN = lazy(r"[^!-~]+")
_ADDRESS_MARKS = "@:._"
_STANDARD = lazy(r"[A-Z]{2,}[0-9]{0,2}(?:/[A-Z]{1,6})*")
_SERIAL = lazy(r"\d{3,5}(?!\d)")
_PAIRS = ("《》", "“”", "（）")
_TITLE_BLANK = lazy(
    rf"(?<=[\w）》”])[ ]+(?=关于)|(?<=关于)[ ]+|(?<=的)[ ]+(?=(?:{'|'.join(GENRES)})\Z)|(?<=\w)[ ]+(?=的(?:{'|'.join(GENRES)})\Z)"
)


class _Page(NamedTuple):
    """What a whole text says about its lines."""

    text: str
    title: Line | None
    wrap: int
    """The width of the text in cells, or 0."""
    even: dict[int, tuple[int, bool]]
    """The same of single paragraphs, by the start of each line, and whether it is known."""
    habits: Habits
    front: int


def paragraph_edits(text: str) -> Patch:
    """Give the edits that join paragraphs and titles."""
    lines = lines_of(text)
    title = title_index(lines)
    edits = [] if title is None else [*_title_edits(lines[title]), *_title_joins(text, lines, title)]
    solid = [line for line in lines if line.text]
    known = {edit.start for edit in edits}  # a title in a text that was wrapped at one width is joined once, as a title
    named = None if title is None else lines[title]
    edits += [join for join in _joins(_page_of(text, solid, named), solid) if join.start not in known]
    return tuple(sorted(edits))


def _joins(page: _Page, lines: Sequence[Line]) -> list[Edit]:
    """Join the lines of cut paragraphs, all of a paragraph at once: what a line alone is too short to prove, the lines before it may.

    A join that rests on an unsafe one is unsafe.
    """
    edits: list[Edit] = []
    length, marked, sure = 0, False, True
    for k, (one, other) in enumerate(pairwise(lines)):
        if is_closed(one.text, other.text):  # most paragraphs are whole: nothing else need be asked
            length, marked, sure = 0, False, True
            continue
        opens = not (length and sure)
        length, marked = length + len(one.text), marked or has_mark(one.text)
        certain = _is_certain(page, lines, k, opens=opens)
        prose = _is_prose(length, marked=marked) and one != page.title and _is_cut(one.text, other.text)
        if certain is None and not prose:
            length, marked, sure = 0, False, True
            continue
        alone = _is_prose(len(one.text), marked=has_mark(one.text))
        known = certain or (prose and (one.text[-1] in "，、" or _inside_word(page.text, one.text, other.text)))
        sure = known and (sure or alone or bool(certain))
        glue = _glue(page.text, one.text, other.text)
        edits += [] if glue is None else [Edit(one.end, other.start, glue, _LAY001, sure)]
    return edits


def _page_of(text: str, lines: Sequence[Line], title: Line | None) -> _Page:
    texts = [line.text for line in lines]
    wrap = wrap_width(texts)
    even = {} if wrap else _even_runs(text, lines)
    return _Page(text, title, wrap, even, habits_of(texts, wrap) if wrap else UNKNOWN, front_end(texts, wrap))


def _is_certain(page: _Page, lines: Sequence[Line], k: int, *, opens: bool) -> bool | None:
    """Tell whether the break behind line ``k`` is one of wrapping: for certain, as it looks (False), or not at all (None).

    ``opens`` when the line opens a paragraph or a heading. The title goes on in no paragraph.
    """
    one, other = lines[k], lines[k + 1]
    above_title = page.title is not None and one.start <= page.title.start  # LAY006 joins a title as a whole, or not at all
    if _near(one, other) and not above_title and proves_cut(one.text, other.text):
        return True
    width, known = (page.wrap, True) if page.wrap else page.even.get(one.start, (0, False))
    named = one == page.title and not leaves_open(one.text)
    if not width or k < page.front or named or not _is_wrapped(one, other, width, opens=opens):
        return None
    if not opens or goes_on(other.text) or opens_paragraph(one.text, lines[k - 1].text if k else "", page.habits):
        return known
    if closes_title(one.text):
        return None
    if label_at(one.text):
        return known if _inside_word(page.text, one.text, other.text) else None
    return known and _inside_word(page.text, one.text, other.text, _FEW)


def _near(one: Line, other: Line) -> bool:
    """Tell whether two lines follow each other; an empty line between them is a page's end."""
    return other.start - one.end <= _PAGE_GAP


def _even_runs(text: str, lines: Sequence[Line]) -> dict[int, tuple[int, bool]]:
    """Give, by the start of each line of a paragraph that looks wrapped, its width and whether one of its breaks is known for a cut.

    Lines that are equally wide by chance may be items of a list; one known cut shows that they are none.
    """
    out: dict[int, tuple[int, bool]] = {}
    run: list[Line] = []
    for one, other in pairwise((*lines, None)):
        if one is None:
            break
        run.append(one)
        if other and other.start - one.end == 1 and _goes_on(one.text, other.text):
            continue
        width = _run_width([line.text for line in run])
        if width:
            cut = any(_is_known_cut(text, a.text, b.text) for a, b in pairwise(run))
            out |= {line.start: (width, cut) for line in run[:-1]}
        run = []
    return out


def _run_width(lines: list[str]) -> int:
    """Give the width of lines that may be a wrapped paragraph of prose, which closes with a full stop; or 0."""
    width = run_width(lines) if lines[-1].endswith("。") else 0
    return width if width and _is_prose(sum(map(len, lines)), marked=any("，" in line for line in lines)) else 0


def _goes_on(one: str, other: str) -> bool:
    return proves_cut(one, other) or (
        (ends_open(one) or bracket_runs_on(one)) and not closes_quotation(one) and may_go_on(other)
    )


def _is_known_cut(text: str, one: str, other: str) -> bool:
    return proves_cut(one, other) or one[-1] in "，、" or _inside_word(text, one, other)


def _inside_word(text: str, one: str, other: str, size: int = _MANY) -> bool:
    """Tell whether the break cuts a word: ``size`` characters across it stand together elsewhere in the document (某某新 | 区)."""
    return any(one[-k:] + other[: size - k] in text for k in range(1, size))


def _is_wrapped(one: Line, other: Line, width: int, *, opens: bool) -> bool:
    """Tell whether ``one``, which ends without a mark, fills the line and the paragraph goes on in ``other``."""
    return _near(one, other) and fills(one.text, width, opens=opens) and _goes_on(one.text, other.text)


def _glue(text: str, one: str, other: str) -> str | None:
    """Give what belongs between two halves: nothing in Chinese, a blank between Latin words and in the number of a standard.

    None where nobody can tell, so that the break stays: PM | 2.5 is one word and GB/T | 9704 is two, and an address that is cut
    (a@yunling | .gov.cn) must not get a blank. What the text has elsewhere decides.
    """
    if not (one[-1].isascii() and one[-1].isalnum() and other[0].isascii() and other[0].isalnum()):
        return ""
    tail, head = _OUTSIDE_LATIN.split(one[-_MAX_WORD:])[-1], _OUTSIDE_LATIN.split(other[:_MAX_WORD])[0]
    if len(tail + head) >= _MIN_NUMBER or not (tail + head).isdecimal():
        for glue in ("", " "):
            if _stands_alone(text, tail + glue + head):
                return glue
    if any(mark in tail for mark in _ADDRESS_MARKS):
        return None
    if (tail[-1].isalpha() and head[0].isalpha()) or (_STANDARD.fullmatch(tail) and _SERIAL.match(head)):
        return " "
    return None


def _stands_alone(text: str, word: str) -> bool:
    """Tell whether a word stands in the text with no letter or digit of ASCII around it."""
    return re.search(rf"(?<![0-9A-Za-z]){re.escape(word)}(?![0-9A-Za-z])", text) is not None


def _title_edits(line: Line) -> list[Edit]:
    if " " not in line.text:
        return []
    return [Edit(line.start + m.start(), line.start + m.end(), "", _LAY006) for m in _TITLE_BLANK.finditer(line.text)]


def _title_joins(text: str, lines: Sequence[Line], title: int) -> list[Edit]:
    """Join the lines above the one that closes the title, as far as they belong to it.

    One of them holds 关于, or they name the issuing organs and the last line opens with 关于; a letterhead, a number or a date
    between ends the title.
    """
    above: list[Line] = []
    for line in reversed(lines[max(0, title - _MAX_TITLE_GAP) : title]):
        if not line.text:
            continue
        if len(above) == _MAX_TITLE_LINES or not _may_be_title_line(line.text):
            break
        above.append(line)
    while above and not _may_open_title(above, lines[title]):
        above.pop()
    parts = [*reversed(above), lines[title]]
    if sum(part.text.count("关于") for part in parts[:-1]) == 0 and not lines[title].text.startswith("关于"):
        return []
    whole = "".join(part.text for part in parts)
    if any(whole.count(pair[0]) != whole.count(pair[1]) for pair in _PAIRS):
        return []  # a part of it stands elsewhere: all is joined or nothing
    glues = [_title_glue(text, one.text, other.text) for one, other in pairwise(parts)]
    return [
        Edit(one.end, other.start, glue, _LAY006)
        for (one, other), glue in zip(pairwise(parts), glues, strict=True)
        if glue is not None and None not in glues
    ]


def _may_open_title(above: list[Line], last: Line) -> bool:
    """Tell whether a title can start with the uppermost line: it holds 关于, or names organs, or breaks inside a word.

    The name of a portal above a title is no part of it.
    """
    text = above[-1].text
    if "关于" in text:
        return True
    return not is_portal(text) and (bool(organs_in_line(text)) or _is_long_line_of_title(above, last))


def _is_long_line_of_title(above: list[Line], last: Line) -> bool:
    """Tell whether the uppermost line is the start of a name that breaks inside a word: directly above, and as long as the rest."""
    below = above[-2] if len(above) > 1 else last
    return "关于" in below.text and len(above[-1].text) >= _MIN_NAME_LINE and below.start - above[-1].end == 1


def _may_be_title_line(text: str) -> bool:
    if len(text) > _MAX_TITLE_LINE or has_mark(text) or text[-1] in "：:。；" or text.endswith("文件") or "|" in text:
        return False
    return not (label_at(text) or date_line(text) or number_line(text) or pairs_of(text) or genre_of(text))


def _title_glue(text: str, one: str, other: str) -> str | None:
    """Give what joins two lines of a title: a blank between issuing organs, nothing otherwise; None where nobody can tell."""
    organs = organs_in_line(one) and "关于" not in one and not other.startswith("关于")
    return " " if organs else _glue(text, one, other)


def _is_cut(one: str, other: str) -> bool:
    """Tell whether a paragraph breaks off at the end of ``one``, which has no closing mark, and goes on in ``other``."""
    return ends_open(one) and not closes_quotation(one) and "。" in other and may_go_on(other)


def _is_prose(length: int, *, marked: bool) -> bool:
    """Tell prose from a heading: it is longer, and has marks inside."""
    return length >= _MIN_PROSE and marked
