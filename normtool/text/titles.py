"""A title that a blank or a line break cut in two.

In: text without page chrome, blanks tidied. Out: edits of rule LAY006.

A title is joined at a blank beside 关于 or before its genre, and over several lines, as GB/T 9704-2012 7.3.1 sets a long one in print.
A blank between two issuing organs (某某部 某某局关于…) stays, and so do the blanks around a Latin word (关于 APP 备案的通知). Entries below
the heading of a list (…目录, …清单) are no lines of a title, and what names a column of a portal is none.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from normtool.grammar.dates import date_line
from normtool.grammar.document_number import number_line
from normtool.grammar.genres import GENRES, genre_of
from normtool.grammar.gluing import glue_of
from normtool.grammar.metadata_lines import pairs_of
from normtool.grammar.numbering import label_at
from normtool.grammar.openings import closes_title, has_mark, heads_list
from normtool.grammar.organs import is_portal, organs_in_line
from normtool.grammar.titles import title_index
from normtool.lazyre import lazy
from normtool.lines import Line, lines_of
from normtool.model import Edit, Patch, RuleCode

if TYPE_CHECKING:
    from collections.abc import Sequence

RULES = ("LAY006",)
_LAY006 = RuleCode("LAY006")

_MAX_TITLE_LINE = 60
_MAX_TITLE_LINES = 4
_MIN_NAME_LINE = 12
_MAX_TITLE_GAP = 8
_PAIRS = ("《》", "“”", "（）")
_TITLE_BLANK = lazy(
    rf"(?<=[\w）》”])[ ]+(?=关于)|(?<=关于)[ ]++(?![!-~]+[ ])|(?<=的)[ ]+(?=(?:{'|'.join(GENRES)})\Z)|(?<=\w)[ ]+(?=的(?:{'|'.join(GENRES)})\Z)"
)


def title_edits(text: str) -> Patch:
    """Give the edits that join the title of a text; a text without one gives none."""
    lines = lines_of(text)
    title = title_index(lines)
    return () if title is None else tuple(sorted([*_blank_edits(lines[title]), *_line_joins(text, lines, title)]))


def _blank_edits(line: Line) -> list[Edit]:
    if " " not in line.text:
        return []
    return [Edit(line.start + m.start(), line.start + m.end(), "", _LAY006) for m in _TITLE_BLANK.finditer(line.text)]


def _line_joins(text: str, lines: Sequence[Line], title: int) -> list[Edit]:
    """Join the lines above the one that closes the title, as far as they belong to it.

    One of them holds 关于, or they name the issuing organs and the last line opens with 关于; a letterhead, a number or a date
    between ends the title.
    """
    if any(heads_list(line.text) for line in lines[max(0, title - _MAX_TITLE_GAP) : title]):
        return []  # what stands below are its entries, however much they look like the lines of one title
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
    glues = [_glue_of_lines(text, one.text, other.text) for one, other in pairwise(parts)]
    return [
        Edit(one.end, other.start, glue, _LAY006)
        for (one, other), glue in zip(pairwise(parts), glues, strict=True)
        if glue is not None and None not in glues
    ]


def _may_open_title(above: list[Line], last: Line) -> bool:
    """Tell whether a title can start with the uppermost line: it holds 关于, or names organs, or breaks inside a word.

    The name of a portal above a title is no part of it, nor is an organ with something else between it and the title.
    """
    text = above[-1].text
    if "关于" in text:
        return True
    if organs_in_line(text) and any(_is_foreign(line.text) for line in above[:-1]):
        return False
    return not is_portal(text) and (bool(organs_in_line(text)) or _is_long_line_of_title(above, last))


def _is_long_line_of_title(above: list[Line], last: Line) -> bool:
    """Tell whether the uppermost line is the start of a name that breaks inside a word: directly above, and as long as the rest."""
    below = above[-2] if len(above) > 1 else last
    text = above[-1].text
    if closes_title(text) or below.text.startswith("关于") or text.isascii():
        return False  # a line in Latin letters names the organ once more, or the document
    return "关于" in below.text and len(text) >= _MIN_NAME_LINE and below.start - above[-1].end == 1


def _is_foreign(text: str) -> bool:
    """Tell whether a line above the one with 关于 is neither an organ nor part of the title: the name of a column or list."""
    return "关于" not in text and not organs_in_line(text) and len(text) < _MIN_NAME_LINE


def _may_be_title_line(text: str) -> bool:
    if len(text) > _MAX_TITLE_LINE or has_mark(text) or text[-1] in "：:。；" or text.endswith("文件") or "|" in text:
        return False
    return not (label_at(text) or date_line(text) or number_line(text) or pairs_of(text) or genre_of(text))


def _glue_of_lines(text: str, one: str, other: str) -> str | None:
    """Give what joins two lines of a title: a blank between issuing organs, nothing otherwise; None where nobody can tell."""
    organs = organs_in_line(one) and "关于" not in one and not other.startswith("关于")
    return " " if organs else glue_of(text, one, other)
