"""A document whose lines ran together: breaks are put back where its numbering proves them.

In: text with headings, paragraphs and title on one line. Out: insertions of line breaks, rule LAY002; no character changes.

A line is taken for such a one when it holds a large part of the text or is very long, and at least three labels in sequence
stand inside it, each after the end of a sentence or behind a heading without one. Breaks go before each label; behind the
title, where the preamble opens; behind the title of a box (专栏N), where its end is certain; and, inside boxes and very long
paragraphs, where a topic sentence or a turn of the text opens a paragraph.

Does not act on a list inside a sentence (第一，… （1）… out of sequence; 要做到：一、…；二、…； in a document set in lines), on decimals, or on a line with fewer labels; looks for no
title in a line with the title above it; leaves a box alone whose title may end in two places.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from normtool.grammar.boxes import box_title_end, is_topic, sentences
from normtool.grammar.edges import end_breaks, front_breaks
from normtool.grammar.genres import GENRES, PLAN_WORDS
from normtool.grammar.numbering import Label, labels_in
from normtool.grammar.outline import in_sequence
from normtool.grammar.titles import title_index
from normtool.grammar.wrapping import proves_cut
from normtool.lazyre import lazy
from normtool.lines import Line, lines_of
from normtool.model import Edit, Patch, RuleCode

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = ("LAY002",)
_LAY002 = RuleCode("LAY002")

_MIN_LENGTH = 150
_FEW_LINES = 3
_MIN_SHARE = 0.3
_LONG_LINE = 800
"""A paragraph with a list inside it is shorter, and no large part of its document."""
_MAX_GAP = 200
_MIN_LABELS = 3
_MAX_HEADING = 40
_MIN_NOTE = 6
_MAX_PREAMBLE = 300
_LONG_PARAGRAPH = 400
_MIN_PIECE = 80
_SENTENCE_END = "。！？；：!?;:”"
_COLONS = ("：", ":")
_SEMICOLONS = ("；", ";")
_INNER_MARK = lazy("[。，；：！？,;:]")
_NAMED = lazy('关于|[“〔"]')
_LIST_HEADS = ("附件：", "附件:")
_BEHIND_HEADING = ("hanzi-paren", "hanzi", "arabic", "article", "section")
_MAYBE_LABEL = lazy(r"[一二三四五六七八九十百零][、）)章节条部]|[0-9][.．、]|专栏")
_STYLES_IN_TEXT = ("hanzi", "hanzi-paren", "arabic", "box", "chapter", "part", "section", "article")


class _Words(NamedTuple):
    """The word lists of ``data/openers.toml``, ready for use."""

    title: re.Pattern[str]
    turn: tuple[str, ...]
    region: re.Pattern[str]


@cache
def _words() -> _Words:
    from normtool.catalog import data_table

    table = data_table("openers.toml")
    genres = "|".join(sorted((*GENRES, *PLAN_WORDS), key=len, reverse=True))
    preamble, announce = "|".join(table["preamble"]), "|".join(table["announce"])
    return _Words(
        title=re.compile(
            rf"[^，。；：！？,;:\n]{{4,60}}?(?:{genres})(?=(?:{preamble})[^。；！？;\n]{{3,{_MAX_PREAMBLE}}}?(?:{announce}))"
        ),
        turn=tuple(table["turn"]),
        region=re.compile(rf"([\u4e00-\u9fff]{{2,8}}?)({'|'.join(table['region_suffixes'])})"),
    )


def flatten_edits(text: str) -> Patch:
    """Give the insertions that set the run-together lines of ``text`` back into lines."""
    edits: list[Edit] = []
    lines = [line for line in lines_of(text) if line.text]
    alone = len(lines) <= _FEW_LINES
    least = min(_LONG_LINE, int(_MIN_SHARE * len(text)))
    above = _title_above(text)
    for line in lines:
        if len(line.text) >= max(_MIN_LENGTH, least):
            places = _breaks(line.text, alone=alone, above=above.text if above and above.end <= line.start else "")
            found = {edit.start: edit for edit in (_break(line, at) for at in _certain(line.text, sorted(places)))}
            edits += found.values()  # the end of one part and the label of the next are one break, with the blanks between them
    return tuple(edits)


def _title_above(text: str) -> Line | None:
    """Give the title that stands on a line of its own, or None."""
    lines = lines_of(text)
    title = title_index(lines)
    return None if title is None else lines[title]


def _certain(text: str, places: list[int]) -> list[int]:
    """Leave out the breaks inside a pair of marks that the lines on both sides open and close: such lines are one (LAY001)."""
    while True:
        ends = [0, *places, len(text)]
        lines = [text[start:end].strip(" ") for start, end in pairwise(ends)]
        kept = [
            at
            for at, (one, other) in zip(places, pairwise(lines), strict=True)
            if not (one and other and proves_cut(one, other))
        ]
        if kept == places:
            return kept
        places = kept


def _break(line: Line, at: int) -> Edit:
    """Put a line break in the place of the blanks at ``at``."""
    text = line.text
    start = at - (len(text[:at]) - len(text[:at].rstrip(" "))) if text[at - 1] == " " else at
    end = at + (len(text[at : at + _MAX_GAP]) - len(text[at : at + _MAX_GAP].lstrip(" ")))
    return Edit(line.start + start, line.start + end, "\n", _LAY002)


def _breaks(text: str, *, alone: bool, above: str) -> set[int]:
    """Give the places where a break belongs in a run-together line; ``alone`` when it is nearly all of the document.

    Under a title ``above`` a line holds no other one: what looks like it is the body going on. The same once more is one.
    """
    if not alone and len(_MAYBE_LABEL.findall(text)) < _MIN_LABELS:
        return set()
    labels = in_sequence(_candidates(text))
    flat = sum(label.start > 0 for label in labels) >= _MIN_LABELS
    if (not flat and not alone) or (not alone and _in_sentence(text, labels)):
        return set()
    at = {*front_breaks(text), *end_breaks(text)}
    if not flat:
        return at
    at |= _body_breaks(text, labels)
    title = _words().title.match(text)
    if (
        title
        and title.end() <= labels[0].start
        and (above.startswith(title[0]) if above else _NAMED.search(title[0]) or _region(title[0]))
    ):
        at.add(title.end())
    return at


def _in_sentence(text: str, labels: tuple[Label, ...]) -> bool:
    """Tell whether the labels number the parts of one sentence: the first stands behind a colon, the others behind semicolons.

    In a document that is otherwise set in lines that is a paragraph as its author wrote it.
    """
    first, *others = [text[: label.start].rstrip(" ")[-1:] for label in labels if label.start]
    return first in _COLONS and all(mark in _SEMICOLONS for mark in others)


def _body_breaks(text: str, labels: tuple[Label, ...]) -> set[int]:
    """Give the places before labels, and inside boxes and very long paragraphs."""
    at = {label.start for label in labels if label.start and not text.endswith(_LIST_HEADS, 0, label.start)}
    region = _region(text)
    ends = [*(label.start for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=True):
        if label.style == "box":
            at.update(_box_breaks(text, label, end))
        elif end - label.start > _LONG_PARAGRAPH:
            at.update(_turns(text, label.start, end, region))
    return at


def _candidates(text: str) -> Iterator[Label]:
    """Give every place that looks like a label and stands where one may: after a sentence, or behind a heading without a mark."""
    heading_from = 0
    for label in labels_in(text):
        if label.style not in _STYLES_IN_TEXT:
            continue
        before = text[max(0, label.start - _MAX_GAP) : label.start].rstrip(" ")[-1:]
        free = (
            not before
            or before in _SENTENCE_END
            or (before == "）" and (label.style in ("box", "chapter") or _behind_note(text, label.start)))
        )
        if free or _behind_heading(text, heading_from, label):
            yield label
            heading_from = label.end


def _behind_note(text: str, at: int) -> bool:
    """Tell whether a note in brackets that follows a sentence ends at ``at``: ``…落实。（责任单位：某某局）（二）…``."""
    head = text[max(0, at - _MAX_GAP) : at]
    opened = head.rfind("（")
    return opened > 0 and head[opened - 1] in "。；" and len(head) - opened > _MIN_NOTE


def _behind_heading(text: str, start: int, label: Label) -> bool:
    """Tell whether the text from the last label to this one is a heading without a mark: ``一、基本情况（一）…``."""
    gap = text[start : label.start]
    opens = label.number == 1 or label.style in ("article", "arabic")
    return opens and label.style in _BEHIND_HEADING and 0 < len(gap.strip()) <= _MAX_HEADING and not _INNER_MARK.search(gap)


def _region(text: str) -> str:
    """Give the short name of the place that a title opens with (某某省 → 某某), or an empty text."""
    match = _words().region.match(text)
    return match[1] if match else ""


def _box_breaks(text: str, label: Label, end: int) -> Iterator[int]:
    """Give the places behind the box's title and before each of its topic sentences."""
    body = label.end + (text[label.end : label.end + 1] in "：: ")
    title = box_title_end(text, body, end)
    if title is not None:
        yield title
    for start, stop in sentences(text, body, end):
        if start > body and is_topic(text[start:stop]) and stop < end + 1:
            yield start


def _turns(text: str, start: int, end: int, region: str) -> Iterator[int]:
    """Give the places in a very long paragraph where a sentence turns to something new, with enough text on both sides."""
    openers = tuple(word.replace("{region}", region) for word in _words().turn if region or "{region}" not in word)
    last = start
    for sentence, _ in sentences(text, start, end):
        if sentence - last >= _MIN_PIECE and end - sentence >= _MIN_PIECE and text.startswith(openers, sentence):
            yield sentence
            last = sentence
