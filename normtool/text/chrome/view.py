"""Which lines of a text may be chrome, and on which side of the document they stand.

The document's body begins with its first line of prose, its addressee or its first numbered heading. It ends with its last line
of prose, its date, or one of the lines that belong below the date (附件, 抄送, 印发, 此件公开发布). What stands between title and body is
head as well: portals print their toolbars there.

A line that only holds a date in the form of documents (2025年3月2日, also in brackets) is no candidate: it signs, or stands below a
title, whatever stands beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from normtool.catalog import data_table
from normtool.chromepack import fold
from normtool.grammar.dates import date_line
from normtool.grammar.numbering import label_at
from normtool.grammar.organs import organs_in_line
from normtool.lazyre import lazy

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from normtool.chromepack import Where
    from normtool.lines import Line

MAX_LINE = 140
_ADDRESSED = (",", "，", "、")
_GREETINGS = tuple(data_table("recipients.toml")["greetings"])
_ADDRESSEES = tuple(data_table("recipients.toml")["below_chrome"])
_MAX_ADDRESSEE = 60
_BELOW_DATE = lazy(
    r"附件 ?\d{0,2}(?:[:：、.． ].{0,120})?|抄 ?[送报][:：].{1,140}|.{2,60}(?:19|20)\d\d年\d{1,2}月\d{1,2}日印发|[（(]此件.{2,30}[）)]"
)
_APPENDIX = lazy(r"附[件表] ?\d{0,2} ?[:：]?|.*(?:如下[。.]?|[:：])")
_MIN_ANNOUNCEMENT = 10
_MAX_BETWEEN = 3
"""A browser prints four lines and more where a page ends."""
_MIN_REPEATED = 12
_MAX_REPEATED = 8
_MAX_SUMMARY = 4000
_SAMPLES = 40
_MOST = 0.7


class Candidate(NamedTuple):
    """A line that may be chrome, folded for matching, with its index among the lines (``line``) and its position in the document.

    ``order`` counts the lines that are not empty: neighbours differ by one, whatever empty lines stand between them.
    """

    line: int
    order: int
    folded: str
    head: bool
    tail: bool

    def stands(self, where: Where) -> bool:
        """Tell whether the line stands where a pattern looks for it."""
        return where == "any" or (self.head and where in {"head", "edge"}) or (self.tail and where in {"tail", "edge"})


class View(NamedTuple):
    """The lines that may be chrome, in order, and those below the document that only say its words again."""

    candidates: list[Candidate]
    repeated: list[Candidate]
    kept: list[str]
    """What the body announces, or holds between its items: no candidates, but what a line may be compared with."""
    end: int
    """The ``order`` of the document's last line, 0 where it has none."""
    orders: int
    """The ``order`` of the last line of the text."""
    appendix: bool
    """The last line of the document opens what follows: it only says 附件, or ends with 如下 or a colon."""


def read(lines: Sequence[Line], metadata: Container[int]) -> View:
    """Look at the lines of a text; those that start at a position in ``metadata`` are the document's and no candidates."""
    last, again = _last_line_of_document(lines)
    first = _first_line_of_body(lines[: last + 1], last + 1 or len(lines))
    whole = "".join(line.text for line in lines[: min(again)]) if again else ""
    known: dict[str, str] = {}
    order = end = 0
    above = ""
    announced = lists = False
    between = _between_items(lines, first, last)
    candidates, repeated, kept = [], [], []
    for k, line in enumerate(lines):
        announced = first <= k <= last and (_announces(above) or (announced and lists and not _opens_body(line.text)))
        if line.text.strip():
            lists = announced and (lists or not _is_addressee(above[:-1]))
            above = line.text.strip()
        if k == last:
            end = order + 1
        if len(line.text) > MAX_LINE or "。" in line.text:
            order += 1
            if k in again and all(word in whole for word in line.text.rstrip(" .…").split()):
                repeated.append(Candidate(k, order, line.text, head=False, tail=True))
            continue
        folded = known.get(line.text)
        if folded is None:
            folded = known[line.text] = fold(line.text)
        order += bool(folded)
        if folded and (announced or k in between):
            kept.append(folded)
        elif folded and line.start not in metadata and not _is_own_date(folded):
            candidates.append(Candidate(k, order, folded, head=k < first, tail=k > last))
    return View(candidates, repeated, kept, end, order, last >= 0 and _APPENDIX.fullmatch(lines[last].text.strip()) is not None)


def _is_own_date(folded: str) -> bool:
    """Tell whether a line is a date as documents write it; 2025-03-02 is the page's as well."""
    date = date_line(folded.strip("()[] "))
    return date is not None and date.style != "iso"


def _between_items(lines: Sequence[Line], first: int, last: int) -> set[int]:
    """Give the lines of the body between two numbered items, up to ``_MAX_BETWEEN`` in a row: they belong to the item above."""
    out: set[int] = set()
    waiting: list[int] | None = None
    for k in range(first, last + 1):
        text = lines[k].text.strip()
        if text and label_at(text) is not None:
            out.update(waiting or ())
            waiting = []
        elif text and waiting is not None:
            waiting.append(k)
            if len(waiting) > _MAX_BETWEEN or is_prose(text):
                waiting = None
    return out


def _announces(text: str) -> bool:
    """Tell whether a line of the body says what comes next (``一、提示统一为：``).

    The line below it is then the document's own, and the lines that follow up to the next prose or numbered item, unless the line
    addresses somebody.
    """
    return text.endswith((":", "：")) and (len(text) >= _MIN_ANNOUNCEMENT or label_at(text) is not None)


def _first_line_of_body(lines: Sequence[Line], default: int) -> int:
    """Give the index of the first line that opens the body; a line that stands often is looked at once."""
    never: set[str] = set()
    for k, line in enumerate(lines):
        if line.text not in never:
            if _opens_body(line.text):
                return k
            never.add(line.text)
    return default


def is_prose(text: str) -> bool:
    """Tell whether a line is prose until proven otherwise."""
    return "。" in text or len(text) > MAX_LINE


def _opens_body(text: str) -> bool:
    if is_prose(text):
        return True
    stripped = text.strip()
    return bool(stripped) and (label_at(stripped) is not None or (stripped[-1] in ":：" and _is_addressee(stripped[:-1])))


def _is_addressee(text: str) -> bool:
    """Tell whether what stands before a colon addresses somebody: several, everybody, or an organ by its name."""
    if any(mark in text for mark in _ADDRESSED) or text.startswith(_GREETINGS):
        return True
    return any(text.endswith(word) and 0 < len(text) - len(word) <= _MAX_ADDRESSEE for word in _ADDRESSEES)


def _closes_document(lines: Sequence[Line], k: int) -> bool:
    """Tell whether line ``k`` can be the document's last: prose, a date, a heading, or what stands below the date."""
    text = lines[k].text
    if is_prose(text):
        return True
    stripped = text.strip()
    if not stripped:
        return False
    date = date_line(stripped)
    if date is not None:
        return date.style != "iso" or _organ_above(lines, k)
    return label_at(stripped) is not None or _BELOW_DATE.fullmatch(stripped) is not None


def _organ_above(lines: Sequence[Line], k: int) -> bool:
    """Tell whether the line above line ``k`` signs; a portal prints 2024-01-05 below a title or a source."""
    above = next((lines[j].text for j in range(k - 1, -1, -1) if lines[j].text.strip()), "")
    return bool(organs_in_line(above))


def _last_line_of_document(lines: Sequence[Line]) -> tuple[int, set[int]]:
    """Give the index of the document's last line (-1 without one), and the lines below it that only repeat its words.

    Pages print the beginning of the text again behind their footer, for what shares them: such prose does not count.
    """
    again: set[int] = set()
    never: set[str] = set()
    for k in range(len(lines) - 1, -1, -1):
        if lines[k].text in never:
            continue
        if not _closes_document(lines, k):
            if not date_line(lines[k].text):
                never.add(lines[k].text)
            continue
        if len(again) == _MAX_REPEATED or not _MIN_REPEATED <= len(lines[k].text) <= _MAX_SUMMARY:
            return k, again
        before = "".join("".join(line.text for line in lines[:k]).split())
        if not _says_again(lines[k].text, before):
            return k, again
        again.add(k)
    return -1, set()


def _says_again(text: str, before: str) -> bool:
    """Tell whether a line holds title and beginning of the text once more; other things may have stood between them there."""
    step = max(_MIN_REPEATED, len(text) // _SAMPLES)
    parts = text.rstrip(" .…").split()
    pieces = [part[at : at + _MIN_REPEATED] for part in parts for at in range(0, max(1, len(part) - _MIN_REPEATED + 1), step)]
    return sum(p in before for p in pieces) >= _MOST * len(pieces)
