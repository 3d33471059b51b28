"""Sentences and titles that a line break or a blank cut in two.

In: text without page chrome, blanks tidied. Out: edits of rules LAY001 (a paragraph) and LAY006 (a title).

LAY001 joins where the first line is long prose without a closing mark and the second goes on in prose and is no heading, list
item, date, organ or addressee. It is safe only where nothing else can be meant: behind a comma, inside a word that stands
elsewhere in the text in one piece, or where the whole text was wrapped at one width. LAY006 joins a title at a blank beside 关于
or before its genre; a blank between two issuing organs (某某部 某某局关于…) stays.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from normtool.grammar.dates import date_line
from normtool.grammar.document_number import number_line
from normtool.grammar.genres import GENRES, genre_of
from normtool.grammar.metadata_lines import pairs_of
from normtool.grammar.numbering import label_at
from normtool.grammar.organs import is_portal, organs_in_line
from normtool.grammar.titles import title_index
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
_MIN_WRAP = 40
_MAX_WRAP = 120
_MIN_WRAPPED = 10
_WRAPPED_SHARE = 0.6
_SLACK = 4
"""Cells that a wrapped line may be short, because a mark may not open the next one."""
_PAGE_GAP = 2
_NARROW = lazy(r"[\x20-\x7e]")
_OPEN_MARKS = "，、,（(《“”》%％—-"
_QUOTED_ENDS = ("。”", "！”", "？”", "；”", "…”")
_ADDRESS = lazy(r"(?:https?://|www\.)[!-~]+\Z")
_MAX_ADDRESS = 200
_INSIDE_OPENERS = "，、。；,;“”《》（）()"
_MAX_WORD = 60
_MIN_NUMBER = 4
_OUTSIDE_LATIN = lazy(r"[^!-~]+")
_ADDRESS_MARKS = "@:._"
_STANDARD = lazy(r"[A-Z]{2,}[0-9]{0,2}(?:/[A-Z]{1,6})*")
_SERIAL = lazy(r"\d{3,5}(?!\d)")
_PAIRS = ("《》", "“”", "（）")
_SENTENCE_MARKS = "，。；,;"
_TITLE_BLANK = lazy(
    rf"(?<=[\w）》”])[ ]+(?=关于)|(?<=关于)[ ]+|(?<=的)[ ]+(?=(?:{'|'.join(GENRES)})\Z)|(?<=\w)[ ]+(?=的(?:{'|'.join(GENRES)})\Z)"
)


def paragraph_edits(text: str) -> Patch:
    """Give the edits that join paragraphs and titles."""
    lines = lines_of(text)
    title = title_index(lines)
    edits = [] if title is None else [*_title_edits(lines[title]), *_title_joins(text, lines, title)]
    solid = [line for line in lines if line.text]
    known = {edit.start for edit in edits}  # a title in a text that was wrapped at one width is joined once, as a title
    edits += [join for join in _joins(text, solid, _wrap_width(solid)) if join.start not in known]
    return tuple(sorted(edits))


def _joins(text: str, lines: Sequence[Line], wrap: int) -> list[Edit]:
    """Join the lines of cut paragraphs, all of a paragraph at once: what a line alone is too short to prove, the lines before it may.

    A join that rests on an unsafe one is unsafe.
    """
    edits: list[Edit] = []
    length, has_mark, sure = 0, False, True
    for one, other in pairwise(lines):
        if not _ends_open(one.text):
            length, has_mark, sure = 0, False, True
            continue
        marked = any(mark in one.text for mark in _SENTENCE_MARKS)
        alone = _is_prose(len(one.text), has_mark=marked)
        length, has_mark = length + len(one.text), has_mark or marked
        wrapped = bool(wrap) and _is_wrapped(one, other, wrap)
        if wrapped or (_is_prose(length, has_mark=has_mark) and _is_cut(one.text, other.text)):
            known = wrapped or one.text[-1] in "，、" or _inside_word(text, one.text, other.text)
            sure = known and (sure or alone or wrapped)
            glue = _glue(text, one.text, other.text)
            edits += [] if glue is None else [Edit(one.end, other.start, glue, _LAY001, sure)]
        else:
            length, has_mark, sure = 0, False, True
    return edits


def _inside_word(text: str, one: str, other: str) -> bool:
    """Tell whether the break cuts a word: four characters across it stand together elsewhere in the document (某某新 | 区)."""
    return any(one[-k:] + other[: 4 - k] in text for k in (1, 2, 3))


def _wrap_width(lines: Sequence[Line]) -> int:
    """Give the width in cells at which a text was wrapped, or 0: most lines that end without a mark are equally wide."""
    widths = [_cells(line.text) for line in lines if len(line.text) <= _MAX_WRAP and _ends_open(line.text)]
    widths = [width for width in widths if width >= _MIN_WRAP]
    if len(widths) < _MIN_WRAPPED:
        return 0
    counts = Counter(widths)
    width = max(counts, key=lambda w: (sum(counts[w - k] for k in range(_SLACK + 1)), w))
    near = sum(counts[width - k] for k in range(_SLACK + 1))
    return width if near >= _WRAPPED_SHARE * len(widths) else 0


def _is_wrapped(one: Line, other: Line, wrap: int) -> bool:
    """Tell whether ``one``, which ends without a mark, fills the line and the paragraph goes on in ``other``.

    An empty line between them is a page's end.
    """
    if not wrap - _SLACK <= _cells(one.text) <= wrap + 1 or other.start - one.end > _PAGE_GAP:
        return False
    return _may_go_on(other.text)


def _ends_open(text: str) -> bool:
    """Tell whether a line ends without a closing mark: in a word, a number, a comma or an open bracket.

    Behind an address none is written.
    """
    if text[-1].isascii() and _ADDRESS.search(text, max(0, len(text) - _MAX_ADDRESS)):
        return False
    return text[-1].isalnum() or text[-1] in _OPEN_MARKS


def _cells(text: str) -> int:
    """Count the cells of a line in a fixed-width font: ASCII one, everything else two."""
    return 2 * len(text) - len(_NARROW.findall(text))


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
    if (
        len(text) > _MAX_TITLE_LINE
        or any(mark in text for mark in _SENTENCE_MARKS)
        or text[-1] in "：:。；"
        or text.endswith("文件")
        or "|" in text
    ):
        return False
    return not (label_at(text) or date_line(text) or number_line(text) or pairs_of(text) or genre_of(text))


def _title_glue(text: str, one: str, other: str) -> str | None:
    """Give what joins two lines of a title: a blank between issuing organs, nothing otherwise; None where nobody can tell."""
    organs = organs_in_line(one) and "关于" not in one and not other.startswith("关于")
    return " " if organs else _glue(text, one, other)


def _is_cut(one: str, other: str) -> bool:
    """Tell whether a paragraph breaks off at the end of ``one``, which has no closing mark, and goes on in ``other``."""
    return one[-2:] not in _QUOTED_ENDS and "。" in other and _may_go_on(other)


def _is_prose(length: int, *, has_mark: bool) -> bool:
    """Tell prose from a heading: it is longer, and has marks inside."""
    return length >= _MIN_PROSE and has_mark


def _may_go_on(line: str) -> bool:
    """Tell whether a line can be the rest of a sentence: no heading, list item, date, organ or metadata, no row of a table, no bare number."""
    if " | " in line or line.isdecimal():
        return False
    return (line[0].isalnum() or line[0] in _INSIDE_OPENERS) and not (
        label_at(line) or date_line(line) or pairs_of(line) or organs_in_line(line)
    )
