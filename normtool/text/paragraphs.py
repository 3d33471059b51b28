"""Sentences that a line break cut in two.

In: text without page chrome, blanks tidied, the title in one piece. Out: edits of rule LAY001.

It joins where the first line is long prose without a closing mark and the second goes on in prose and is no heading, list
item, date, organ or addressee. It is safe only where nothing else can be meant: behind a comma, before a mark that opens no line,
inside brackets or a word that stands elsewhere in the text in one piece, or where the text was wrapped at one width; and there not
behind a line that may be a heading as long as the others.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from normtool.grammar.gluing import glue_of
from normtool.grammar.listrows import rows_in, shows_wrapping
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
from normtool.lines import Line, lines_of
from normtool.model import Edit, Patch, RuleCode

if TYPE_CHECKING:
    from collections.abc import Sequence

RULES = ("LAY001",)
_LAY001 = RuleCode("LAY001")

_MIN_PROSE = 80
"""Characters; headings without a mark at the end are shorter, however long they get."""
_PAGE_GAP = 2
_BEFORE = 400
"""Characters of a paragraph above a line that may open a pair of marks which the next line closes."""
_MANY = 4
_FEW = 3
"""Characters that show a word across a break; fewer will do where every line is broken at one width."""


class _Page(NamedTuple):
    """What a whole text says about its lines."""

    text: str
    title: Line | None
    wrap: int
    """The width of the text in cells, or 0."""
    even: dict[int, tuple[int, bool]]
    """The same of single paragraphs, by the start of each line, and whether it is known."""
    rows: frozenset[int]
    """Where the lines start that are rows of a list."""
    habits: Habits
    front: int


def paragraph_edits(text: str) -> Patch:
    """Give the edits that join paragraphs."""
    lines = lines_of(text)
    title = title_index(lines)
    solid = [line for line in lines if line.text]
    return tuple(_joins(_page_of(text, solid, None if title is None else lines[title]), solid))


def _joins(page: _Page, lines: Sequence[Line]) -> list[Edit]:
    """Join the lines of cut paragraphs, all of a paragraph at once: what a line alone is too short to prove, the lines before it may.

    A join that rests on an unsafe one is unsafe.
    """
    edits: list[Edit] = []
    length, marked, sure = 0, False, True
    before = ""
    for k, (one, other) in enumerate(pairwise(lines)):
        if is_closed(one.text, other.text):  # most paragraphs are whole: nothing else need be asked
            length, marked, sure = 0, False, True
            before = ""
            continue
        opens = not (length and sure)
        length, marked = length + len(one.text), marked or has_mark(one.text)
        certain = _is_certain(page, lines, k, before, opens=opens)
        prose = _is_prose(length, marked=marked) and one != page.title and _is_cut(one.text, other.text)
        if certain is None and not prose:
            length, marked, sure = 0, False, True
            before = ""
            continue
        alone = _is_prose(len(one.text), marked=has_mark(one.text))
        known = certain or (prose and (one.text[-1] in "，、" or _inside_word(page.text, one.text, other.text)))
        sure = known and (sure or alone or bool(certain))
        glue = glue_of(page.text, one.text, other.text)
        before = "" if glue is None or not sure else (before + one.text)[-_BEFORE:]
        edits += [] if glue is None else [Edit(one.end, other.start, glue, _LAY001, sure)]
    return edits


def _page_of(text: str, lines: Sequence[Line], title: Line | None) -> _Page:
    texts = [line.text for line in lines]
    wrap = wrap_width(texts)
    wrap = (
        wrap if wrap and shows_wrapping([line for line in texts if ends_open(line) and fills(line, wrap, opens=False)]) else 0
    )
    even = {} if wrap else _even_runs(text, lines)
    rows = frozenset(lines[k].start for k in rows_in(texts, wrap)) if wrap else frozenset()
    return _Page(text, title, wrap, even, rows, habits_of(texts, wrap) if wrap else UNKNOWN, front_end(texts, wrap))


def _is_certain(page: _Page, lines: Sequence[Line], k: int, before: str, *, opens: bool) -> bool | None:
    """Tell whether the break behind line ``k`` is one of wrapping: for certain, as it looks (False), or not at all (None).

    ``before`` is what is joined with the line from above, as far as it may matter; ``opens`` when the line opens a paragraph or a
    heading. The title goes on in no paragraph.
    """
    one, other = lines[k], lines[k + 1]
    above_title = page.title is not None and one.start <= page.title.start  # LAY006 joins a title as a whole, or not at all
    if _near(one, other) and not above_title and proves_cut(before + one.text, other.text):
        return True
    width, known = (page.wrap, True) if page.wrap else page.even.get(one.start, (0, False))
    width = 0 if one.start in page.rows else width
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
    if rows_in(lines, width):
        return 0
    return width if width and _is_prose(sum(map(len, lines)), marked=any("，" in line for line in lines)) else 0


def _goes_on(one: str, other: str) -> bool:
    return proves_cut(one, other) or (
        (ends_open(one) or bracket_runs_on(one)) and not closes_quotation(one) and may_go_on(other, one)
    )


def _is_known_cut(text: str, one: str, other: str) -> bool:
    return proves_cut(one, other) or one[-1] in "，、" or _inside_word(text, one, other)


def _inside_word(text: str, one: str, other: str, size: int = _MANY) -> bool:
    """Tell whether the break cuts a word: ``size`` characters across it stand together elsewhere in the document (某某新 | 区)."""
    return any(one[-k:] + other[: size - k] in text for k in range(1, size))


def _is_wrapped(one: Line, other: Line, width: int, *, opens: bool) -> bool:
    """Tell whether ``one``, which ends without a mark, fills the line and the paragraph goes on in ``other``."""
    return _near(one, other) and fills(one.text, width, opens=opens) and _goes_on(one.text, other.text)


def _is_cut(one: str, other: str) -> bool:
    """Tell whether a paragraph breaks off at the end of ``one``, which has no closing mark, and goes on in ``other``."""
    return ends_open(one) and not closes_quotation(one) and "。" in other and may_go_on(other)


def _is_prose(length: int, *, marked: bool) -> bool:
    """Tell prose from a heading: it is longer, and has marks inside."""
    return length >= _MIN_PROSE and marked
