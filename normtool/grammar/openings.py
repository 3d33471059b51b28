"""How a paragraph opens and goes on in a text that was wrapped at one width, where a heading can be as long as a line of text.

Everything here looks at whole lines without blanks around them, and leaves open what it cannot tell.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from normtool.catalog import data_table
from normtool.grammar.dates import date_line
from normtool.grammar.edges import EVERYBODY
from normtool.grammar.genres import GENRES, PLAN_WORDS, RULE_WORDS, genre_of
from normtool.grammar.metadata_lines import pairs_of
from normtool.grammar.numbering import label_at
from normtool.grammar.organs import organs_in_line
from normtool.grammar.titles import is_number_line
from normtool.grammar.wrapping import cells, fills, leaves_open
from normtool.lazyre import lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from normtool.grammar.numbering import Style

_INSIDE_OPENERS = "，、。；,;“”《》（）()"
_MARKS = "，。；,;"
_STOPS = "。；"
_COMMAS = "，、,"
_AROUND_DATE = "（）()"
_BRACKETS = "）)】］"
_COUNTED = lazy("[一二三四五六七八九十]{1,2}是")
_TOPIC = lazy(r"[^，。；：:]{2,20}[：:](?=.)")
_COLONS = ("：", ":")
_PARAGRAPH_ENDS = "。；！？”"
_TITLE_ENDS = (*GENRES, *PLAN_WORDS, *RULE_WORDS)
_ATTACHMENT = "附件"


class Habits(NamedTuple):
    """Which kinds of lines are headings in a text and which open paragraphs, by the style of their label (None: without one)."""

    headings: frozenset[Style | None]
    """Those with headings that are not much shorter than the text is wide: the next may be as long."""
    paragraphs: frozenset[Style]
    clauses: bool
    """Whether headings without a label have commas, so that none proves a line text."""


UNKNOWN = Habits(frozenset({None}), frozenset(), clauses=False)
_MUCH_SHORTER = 0.5
_MANY_ITEMS = 3
_MANY_LINES = 4


def may_go_on(line: str, above: str = "") -> bool:
    """Tell whether a line can be the rest of a sentence, or of the addressees that open in the line ``above``.

    It is no heading, list item, date, number, organ or metadata, no row of a table and no bare number.
    """
    if " | " in line or line.isdecimal():
        return False
    return (line[0].isalnum() or line[0] in _INSIDE_OPENERS) and not (
        label_at(line)
        or date_line(line)
        or pairs_of(line)
        or organs_in_line(line)
        or is_number_line(line)
        or (_stands_alone(line) and not is_addressee(above))
    )


def _stands_alone(line: str) -> bool:
    """Tell whether a line is a line of its own: all of an addressee, a label with its colon, a date in brackets.

    ``各镇人民政府、县直各单位：``, ``联系人：…``, ``申报单位（公章）：``; not ``各镇做好以下工作：``, which closes a sentence.
    """
    words = _words()
    return bool(words.label.match(line) or date_line(line.strip(_AROUND_DATE))) or (
        line[0].isalnum()
        and line.endswith(_COLONS)
        and line[:-1].endswith(words.addressed)
        and not any(word in line for word in words.unaddressed)
        and not has_full_stop(line)
    )


def has_full_stop(line: str) -> bool:
    """Tell whether a sentence ends inside a line."""
    return any(mark in line for mark in _STOPS)


def goes_on(line: str) -> bool:
    """Tell whether a line can be nothing but the rest of a sentence, as one that opens with 的."""
    return _words().rest.match(line) is not None


def has_mark(line: str) -> bool:
    """Tell whether a line has a mark inside that a heading rarely has."""
    return any(mark in line for mark in _MARKS)


def closes_title(line: str) -> bool:
    """Tell whether a line can be the last of a title: it ends with a genre, the name of a table or the like, or a note in brackets."""
    return line[-1] in _BRACKETS or line.endswith(_TITLE_ENDS) or _words().sheet.search(line) is not None


def heads_list(line: str) -> bool:
    """Tell whether a line can be the heading of a list of documents (会议材料清单); one that says 关于 is a title itself."""
    return line.endswith(_words().heads_list) and "关于" not in line


class _Words(NamedTuple):
    """The word lists of ``data/openers.toml`` that matter here, and how addressees close (``data/recipients.toml``)."""

    sentence: tuple[str, ...]
    rest: re.Pattern[str]
    label: re.Pattern[str]
    sheet: re.Pattern[str]
    heads_list: tuple[str, ...]
    addressed: tuple[str, ...]
    unaddressed: tuple[str, ...]


@cache
def _words() -> _Words:
    table = data_table("openers.toml")
    people = data_table("recipients.toml")
    return _Words(
        sentence=tuple(table["sentence"]),
        rest=re.compile("|".join(table["rest"])),
        label=re.compile(rf"(?:{'|'.join(table['label'])})[ ]?[：:]"),
        sheet=re.compile(rf"(?:{'|'.join(table['sheet'])})\Z"),
        heads_list=tuple(table["heads_list"]),
        addressed=(*people["ends"], *data_table("organs.toml")["endings"]),
        unaddressed=tuple(people["never"]),
    )


def opens_paragraph(line: str, above: str, habits: Habits) -> bool:
    """Tell whether a line that opens something is text and no heading.

    It has a full stop inside, ends with a comma, says what it is about (（一）水源保护：划定…), or, without a label, has a comma or
    counts (一是…), opens a note in brackets or has a word that opens sentences; or the text has no headings of its kind. Does not say so of 一、提高认识，落实责任 in a text whose other lines
    with 二、 are headings, nor of what may be a title, nor of what has but a comma in a text whose headings have.
    """
    if line[-1] in _COMMAS:
        return True
    if "关于" in line and genre_of(line) and not line.startswith(_words().sentence) and not has_full_stop(line):
        return False
    label = label_at(line)
    if label is None:
        may_be_heading = closes_title(line) or (None in habits.headings and not above.endswith(_COLONS))
        return not may_be_heading or _is_text(line, _STOPS if habits.clauses else _MARKS)
    return (
        has_full_stop(line)
        or _TOPIC.match(line, label.end) is not None
        or (label.style not in habits.headings and (label.style in habits.paragraphs or label.style == "article"))
    )


def _is_text(line: str, marks: str) -> bool:
    """Tell whether a line without a label has what headings have not: marks, a word that opens sentences, half a note in brackets."""
    return (
        any(mark in line for mark in marks)
        or is_addressee(line)
        or _COUNTED.match(line) is not None
        or line.startswith(_words().sentence)
        or (line[0] == "（" and leaves_open(line))
        or line.count("、") >= _MANY_ITEMS
    )


def is_addressee(line: str) -> bool:
    """Tell whether a line opens the list of everybody (各省、自治区…) that a document is for."""
    return line.startswith(EVERYBODY) and "、" in line


def habits_of(lines: Sequence[str], width: int) -> Habits:
    """Read from the lines that are too short to be cut what the kinds of lines are: no mark closes a heading."""
    headings: set[Style | None] = set()
    paragraphs: set[Style] = set()
    clauses = False
    last = max((k for k, line in enumerate(lines) if "。" in line), default=0)
    for above, line in pairwise(lines[front_end(lines, width) : last + 1]):
        label = label_at(line)
        if has_full_stop(line):
            if label:
                paragraphs.add(label.style)
        elif (
            line[-1].isalnum()
            and _MUCH_SHORTER * width < cells(line)
            and not fills(line, width, opens=True)
            and (label or _is_bare_heading(above, line))
        ):
            headings.add(label.style if label else None)
            clauses = clauses or (label is None and "，" in line)
    return Habits(frozenset(headings), frozenset(paragraphs), clauses)


def _is_bare_heading(above: str, line: str) -> bool:
    """Tell whether a short line without a label stands between paragraphs, and is neither a title nor part of a sign-off."""
    return (
        above[-1] in _PARAGRAPH_ENDS
        and " " not in line
        and not line.startswith(_ATTACHMENT)
        and not closes_title(line)
        and may_go_on(line)
    )


def front_end(lines: Sequence[str], width: int) -> int:
    """Give the index of the addressee, of a note in brackets or of the first line of prose: above stand titles, dates and names.

    Without a mark, prose is what fills more lines of a wrapped text than any title does.
    """
    full = 0
    for k, line in enumerate(lines):
        if line.endswith(_COLONS):
            return k + 1
        if has_mark(line) or is_addressee(line) or line[0] == "（":
            return k
        full = full + 1 if width and fills(line, width, opens=not full) else 0
        if full == _MANY_LINES:
            return k + 1 - full
    return len(lines)
