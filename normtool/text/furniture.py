"""Page numbers and running heads that a page break put between the lines of a text.

In: text with one kind of blank. Out: edits of rule CHR010 that delete whole lines. They are proved by their sequence: at least
three numbers that rise by one or two from page to page, far enough apart for a page. A running head is the line beside such
numbers that is the same on at least three pages, digits aside, and stands inside a sentence on one of them.

A number without dashes or 第…页 counts only where pages also break sentences: 专栏⏎1⏎… and rows of tables are numbers on lines of
their own, too; and not where an extraction set the figures of a text on lines of their own (共⏎4⏎项). Numbers with something beside
them (3/5, 第 3 页 共 5 页, - 3 - 云岭县) must rise by one in the same frame. Words beside them may be the name of a form or the source of a
quotation: they go where the text has them elsewhere, or where the first of them cuts a sentence.

Does not act on a single number, and of what recurs beside numbers not on prose, on lines to be filled in (甲方（盖章）：), on a date or
an organ that signs, nor on a line that the text often has elsewhere, too.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from normtool.catalog import data_table
from normtool.grammar.numbering import label_at
from normtool.grammar.organs import organs_in_line
from normtool.grammar.page_numbers import is_stray_dash, page_number
from normtool.lazyre import Lazy, lazy
from normtool.lines import Line, lines_of
from normtool.model import Edit, Patch, RuleCode

RULES = ("CHR010",)
_CHR010 = RuleCode("CHR010")

_MIN_PAGES = 3
_MAX_STEP = 2
_MIN_PAGE = 200
"""Characters between two numbers; the shortest page of a body text has more."""
_MIN_DASHED_PAGE = 20
_USUAL_DASHED_PAGE = 100
"""The page of a form; every second page has at least that, and so has what stands above the first number."""
_FIRST_PAGES = 2
_MAX_OTHERS = 2
"""So many times as often as other numbers, those of the pages stand inside sentences."""
_MIN_PROSE = 12
_MIN_WRAPPED = 25
"""A line of a page that was wrapped is at least so long; shorter ones without the end of a sentence may be cells of a table."""
_SENTENCE_ENDS = "。；！？"
_CLOSING = "。！？；：!?;:…”》）)"
_DIGITS = lazy(r"\d+")
_MIN_HEAD = 5
_MAX_HEAD = 40
_PROSE_MARKS = "。，；、：？！"
_DATE_WORDS = lazy(r"[\d一二三四五六七八九〇○零十 ]{1,8}年[\d一二三四五六七八九十 ]{1,5}月[\d一二三四五六七八九十 ]{1,5}日")
_MAX_ELSEWHERE = 3
"""A head stands once away from the numbers, as the title, and beside numbers that are none of the sequence: one in so many."""


class _Number(NamedTuple):
    """A page's number: the place of its line among the lines, and what ``page_number`` reads there."""

    at: int
    value: int
    dashed: bool
    frame: str
    total: int | None
    words: tuple[str, ...]


def furniture_edits(text: str) -> Patch:
    """Give the edits that delete page numbers and running heads."""
    lines = [line for line in lines_of(text) if line.text and not line.text.isspace()]
    pages = _pages(lines)
    if not pages:
        return ()
    doomed = {page.at for page in pages}
    doomed |= _running_heads(lines, pages)
    doomed |= {k + 1 for k in doomed if k + 1 < len(lines) and is_stray_dash(lines[k].text.strip(), lines[k + 1].text.strip())}
    return tuple(Edit(lines[k].start, min(lines[k].end + 1, len(text)), "", _CHR010) for k in sorted(doomed))


def _pages(lines: list[Line]) -> list[_Number]:
    """Give the longest rising sequence of number lines that are a page apart, dashed ones and bare ones each for themselves.

    And each sequence of numbers in an equal frame that counts pages.
    """
    found = [_Number(k, *read) for k, line in enumerate(lines) if (read := page_number(line.text.strip()))]
    alone = [n for n in found if n.dashed or not n.frame]
    dashed = _chain([n for n in alone if n.dashed], lines, _MIN_DASHED_PAGE)
    plain = [n for n in alone if not n.dashed]
    bare = _chain(plain, lines, _MIN_PAGE)
    bare = bare if _break_sentences(bare, lines) and not _are_figures(bare, plain, lines) else []
    pages = (dashed if _are_pages(dashed, lines) else []) + bare
    runs = _runs([n for n in found if n.frame], lines)
    apart = _words_elsewhere([run[0].words for run in runs if len(run) > 1], found, lines)
    framed = [n for run in runs if _count_pages(run, lines, known=run[0].words in apart) for n in run]
    return sorted({*pages, *framed})


def _words_elsewhere(beside: list[tuple[str, ...]], numbers: list[_Number], lines: list[Line]) -> set[tuple[str, ...]]:
    """Give the words ``beside`` numbers that the text has elsewhere, too, as its title or a name; over several lines as well."""
    at = {number.at for number in numbers if number.words} if any(beside) else set()
    solid = "".join("".join(line.text.split()) for k, line in enumerate(lines) if k not in at) if at else ""
    return {words for words in beside if all(word in solid for word in words)}


def _are_figures(pages: list[_Number], numbers: list[_Number], lines: list[Line]) -> bool:
    """Tell whether numbers on lines of their own are figures of sentences that an extraction cut at every change of font.

    Then others stand inside sentences, too, in no sequence; or what follows is counted: 年, 项, 个.
    """
    chain = {page.at for page in pages}
    cut = [number.at for number in numbers if _is_cut(lines, number.at - 1)]
    others = sum(at not in chain for at in cut)
    counted = sum(_behind_figure().match(lines[page.at + 1].text) is not None for page in pages if page.at + 1 < len(lines))
    return _MAX_OTHERS * others > len(cut) - others or 2 * counted >= len(pages)


@cache
def _behind_figure() -> Lazy:
    return lazy(data_table("phrases.toml")["behind_figure"])


def _runs(numbers: list[_Number], lines: list[Line]) -> list[list[_Number]]:
    """Give the runs of numbers in an equal frame that rise by one, a page apart, up to the total that they state."""
    runs: list[list[_Number]] = []
    last: dict[str, list[_Number]] = {}
    for number in numbers:
        run = last.get(number.frame, [])
        if run and number.value == run[-1].value + 1 and lines[number.at].start - lines[run[-1].at].end >= _MIN_PAGE:
            run.append(number)
        else:
            last[number.frame] = [number]
            runs.append(last[number.frame])
    return [run for run in runs if run[-1].total is None or run[-1].value <= run[-1].total]


def _count_pages(run: list[_Number], lines: list[Line], *, known: bool) -> bool:
    """Tell whether numbers in an equal frame count pages: in 第…页 from the first to the total, or inside sentences.

    With a head or a foot also at the foot of whole pages, with nothing below the last: no headings stand so. A fraction (1/4)
    counts only inside sentences, for it may be a cell of a table. ``known`` tells whether the words beside them stand elsewhere.
    """
    first, last = run[0], run[-1]
    whole = first.value == 1 and lines[first.at].start >= _MIN_PAGE
    at_end = last.at == len(lines) - 1
    if whole and last.value == last.total and "页" in last.frame and len(run) > 1 and (not last.words or (known and at_end)):
        return True
    if len(run) < _MIN_PAGES:
        return False
    inside = [_is_inside_a_sentence(lines, number.at) for number in run]
    if sum(inside) >= max(2, len(run) / 3):
        return known or inside[0]
    return whole and last.total is None and known and at_end


def _is_inside_a_sentence(lines: list[Line], k: int) -> bool:
    """Tell whether prose stands above line ``k`` without a closing mark, and prose without a label below it."""
    if not _is_cut(lines, k - 1) or k + 1 == len(lines):
        return False
    below = lines[k + 1].text.strip()
    return _is_prose(lines[k - 1].text) and _is_prose(below) and label_at(below) is None


def _is_prose(text: str) -> bool:
    """Tell whether a line is prose: it has a mark inside a sentence, and the end of one, or the length of a line of a page."""
    return any(mark in text for mark in _PROSE_MARKS) and (
        len(text) >= _MIN_WRAPPED or any(end in text for end in _SENTENCE_ENDS)
    )


def _are_pages(numbers: list[_Number], lines: list[Line]) -> bool:
    """Tell whether dashed numbers count pages: usually a page apart, and rising by one from the first page, or cutting sentences.

    Does not take the chapters of a text that begins with ``- 1 -``, examples, or degrees below zero.
    """
    if not numbers:
        return False
    ends = [0, *(lines[n.at].end for n in numbers)]
    pages = [lines[n.at].start - end for n, end in zip(numbers, ends, strict=False)]
    if median(pages[1:]) < _USUAL_DASHED_PAGE:
        return False
    whole = pages[0] >= _USUAL_DASHED_PAGE and numbers[0].value <= _FIRST_PAGES
    in_turn = all(b.value == a.value + 1 for a, b in pairwise(numbers))
    return (whole and in_turn) or _break_sentences(numbers, lines)


def _chain(numbers: list[_Number], lines: list[Line], page: int) -> list[_Number]:
    """Give the longest run of numbers that rise from page to page, or [] when it is too short to prove anything."""
    best: list[_Number] = []
    run: list[_Number] = []
    for number in numbers:
        if run and 1 <= number.value - run[-1].value <= _MAX_STEP and lines[number.at].start - lines[run[-1].at].end >= page:
            run.append(number)
            continue
        best, run = max(best, run, key=len), [number]
    best = max(best, run, key=len)
    return best if len(best) >= _MIN_PAGES else []


def _break_sentences(pages: list[_Number], lines: list[Line]) -> bool:
    """Tell whether at least a third of the numbers, and two, stand behind a line of prose without a closing mark."""
    heads = _running_heads(lines, pages)
    broken = sum(_is_cut(lines, page.at - 2 if page.at - 1 in heads else page.at - 1) for page in pages)
    return broken >= max(2, len(pages) / 3)


def _is_cut(lines: list[Line], k: int) -> bool:
    """Tell whether line ``k`` is prose without a closing mark."""
    text = lines[k].text.strip() if k >= 0 else ""
    return len(text) >= _MIN_PROSE and text[-1] not in _CLOSING


def _running_heads(lines: list[Line], pages: list[_Number]) -> set[int]:
    """Give the lines before or after the page numbers that are the same on at least three pages, digits aside."""
    found: list[tuple[str, list[int]]] = []
    for step in (-1, 1):
        beside: dict[str, list[int]] = {}
        for page in pages:
            if 0 <= page.at + step < len(lines):
                beside.setdefault(_even(lines[page.at + step]), []).append(page.at + step)
        for head, places in beside.items():
            above = [min(k, k - step) - 1 for k in places]  # what stands above the head and its number
            if len(places) >= _MIN_PAGES and _may_be_head(head) and any(_is_cut(lines, k) for k in above):
                found.append((head, places))
    everywhere = Counter(map(_even, lines)) if found else {}
    return {k for head, at in found for k in at if everywhere[head] - len(at) <= len(at) // _MAX_ELSEWHERE}


def _even(line: Line) -> str:
    """Give a line with the same digit for every number: a head may hold the page's."""
    return _DIGITS.sub("0", line.text.strip())


def _may_be_head(line: str) -> bool:
    """Tell whether a line can be a running head: no single word (图, 专栏) before its number, no prose, nothing of a form or a sign-off."""
    if not _MIN_HEAD <= len(line) <= _MAX_HEAD or any(mark in line for mark in _PROSE_MARKS):
        return False
    if label_at(line.replace("0", "1")) or _to_fill_in().search(line):
        return False
    return not (_DATE_WORDS.fullmatch(line) or organs_in_line(line))


@cache
def _to_fill_in() -> Lazy:
    """Give the pattern of what a form leaves open for a hand or a seal."""
    return lazy(data_table("phrases.toml")["fill_in"])
