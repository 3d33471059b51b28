"""Sentences and titles that a line break or a blank cut in two.

In: text without page chrome, blanks tidied. Out: edits of rules LAY001 (a paragraph) and LAY006 (a title).

LAY001 is safe only where nothing else can be meant: the first line is long prose without a closing mark, the second goes on in
prose and is no heading, list item, date, organ or addressee. LAY006 joins a title at a blank beside 关于 or before its genre; a
blank between two issuing organs (某某部 某某局关于…) stays.
"""

from __future__ import annotations

import re
from itertools import pairwise

from normtool.grammar.dates import date_line
from normtool.grammar.genres import GENRES
from normtool.grammar.metadata_lines import pairs_of
from normtool.grammar.numbering import label_at
from normtool.grammar.organs import organs_in_line
from normtool.grammar.titles import title_index
from normtool.lines import Line, lines_of
from normtool.model import Edit, Patch, RuleCode

RULES = ("LAY001", "LAY006")
_LAY001 = RuleCode("LAY001")
_LAY006 = RuleCode("LAY006")

_MIN_PROSE = 40
_HANZI = "\u3400-\u4dbf\u4e00-\u9fff"
_OPEN_END = re.compile(rf"[{_HANZI}，、,0-9A-Za-z（(《“]\Z")
_GOES_ON = re.compile(rf"[{_HANZI}，、。；,;0-9”》）)]")
_SENTENCE = re.compile("[，。；,;]")
_TITLE_BLANK = re.compile(rf"(?<=[{_HANZI}）》”])[ ]+(?=关于)|(?<=关于)[ ]+|(?<=的)[ ]+(?=(?:{'|'.join(GENRES)})\Z)")


def paragraph_edits(text: str) -> Patch:
    """Give the edits that join paragraphs and titles."""
    lines = lines_of(text)
    title = title_index(lines)
    edits = [] if title is None else _title_edits(lines[title])
    solid = [line for line in lines if line.text]
    for one, other in pairwise(solid):
        if _is_cut(one.text, other.text):
            edits.append(Edit(one.end, other.start, "", _LAY001))
    return tuple(sorted(edits))


def _title_edits(line: Line) -> list[Edit]:
    return [Edit(line.start + m.start(), line.start + m.end(), "", _LAY006) for m in _TITLE_BLANK.finditer(line.text)]


def _is_cut(one: str, other: str) -> bool:
    """Tell whether a paragraph breaks off at the end of ``one`` and goes on in ``other``."""
    if len(one) < _MIN_PROSE or not _OPEN_END.search(one) or not _SENTENCE.search(one):
        return False
    if not _GOES_ON.match(other) or label_at(other) or date_line(other) or pairs_of(other) or organs_in_line(other):
        return False
    return _SENTENCE.search(other) is not None and "。" in other
