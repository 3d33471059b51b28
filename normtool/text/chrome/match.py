"""Which candidates the lines, sequences and blocks of a pack match."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from normtool.chromepack import compile_line
from normtool.grammar.dates import find_dates
from normtool.lazyre import lazy

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from normtool.chromepack import BlockPattern, LinePattern, SequencePattern
    from normtool.text.chrome.view import Candidate


_ATTACHMENTS = lazy(r"(?:相关)?附件(?:下载|列表)? ?:?")
_FILE = lazy(r"\.(?:docx?|xlsx?|pdf|wps|ofd|zip|rar)$")


class Facts:
    """What patterns ask of the rest of the document: the dates of its metadata, and how often each short line stands in it."""

    def __init__(self, dates: frozenset[str | None], lines: Counter[str]) -> None:
        self.dates = dates
        self.lines = lines

    def matching(self, expressions: tuple[str, ...]) -> set[str]:
        """Give the different lines that one of the expressions matches as a whole."""
        compiled = [compile_line(p) for p in expressions]
        return {line for line in self.lines if any(p.fullmatch(line) for p in compiled)}

    @cached_property
    def whole_text(self) -> str:
        """Every different short line, to look for words in."""
        return "\n".join(self.lines)


def line_matches(pattern: LinePattern, candidates: list[Candidate], facts: Facts) -> list[int]:
    """Give the indexes of the lines that are what the pattern means; what it needs stands elsewhere in the document."""
    lines = {line for line in facts.lines if any(word in line for word in pattern.words) and _fits(pattern, line, facts)}
    if pattern.needs == "repeated-name":
        return [c.line for c in _not_attached(candidates) if c.folded in lines and c.stands(pattern.where)]
    if pattern.needs == "once" and len(lines) > 1:
        return []  # what every row of a table has is its data
    return [c.line for c in candidates if c.folded in lines and c.stands(pattern.where)] if lines else []


def _not_attached(candidates: list[Candidate]) -> Iterator[Candidate]:
    """Give the lines that are no entry of a list of attachments: it begins below 附件: and goes on with names of files."""
    order = -1
    for c in candidates:
        if _ATTACHMENTS.fullmatch(c.folded) or (c.order == order + 1 and _FILE.search(c.folded)):
            order = c.order
        else:
            yield c


def _fits(pattern: LinePattern, line: str, facts: Facts) -> bool:
    match = compile_line(pattern.line).fullmatch(line)
    if not match:
        return False
    if pattern.needs == "repeated-date":
        return facts.dates.issuperset(date.iso for date in find_dates(line))
    return (
        pattern.needs != "repeated-name"
        or facts.lines[match["name"].replace("[", "〔").replace("]", "〕")] + facts.lines[match["name"]] > 0
    )


def sequence_runs(sequence: SequencePattern, candidates: list[Candidate], facts: Facts) -> Iterator[list[Candidate]]:
    """Give the runs of neighbouring lines that match the expressions of a sequence one by one."""
    sets = [facts.matching((p,)) for p in sequence.lines]
    if not all(sets):
        return
    size = len(sets)
    for k, first in enumerate(candidates):
        if first.folded not in sets[0] or k + size > len(candidates):
            continue
        run = candidates[k : k + size]
        if run[-1].order - first.order == size - 1 and all(
            c.folded in s and c.stands(sequence.where) for s, c in zip(sets, run, strict=True)
        ):
            yield run


def block_runs(block: BlockPattern, candidates: list[Candidate], facts: Facts) -> Iterator[list[Candidate]]:
    """Give the runs of neighbouring lines that a block pattern explains, with enough anchors."""
    anchors = facts.matching(block.anchor)
    if not anchors:
        return
    either = anchors | facts.matching(block.companion)
    below = facts.matching(block.below) - either
    fits = [c for c in candidates if (c.folded in either or c.folded in below) and c.stands(block.where)]
    for whole in runs_of(fits):
        first = next((k for k, c in enumerate(whole) if c.folded not in below and c.folded in anchors), len(whole))
        led = max((k + 1 for k, c in enumerate(whole[:first]) if c.folded in below), default=0)
        run = whole[led:]
        if sum(c.folded in anchors for c in run) >= block.minimum and any(
            word in c.folded for c in run for word in block.words
        ):
            yield run


def runs_of(candidates: list[Candidate]) -> Iterator[list[Candidate]]:
    """Put candidates that are neighbours in the text together."""
    start = 0
    for k in range(1, len(candidates) + 1):
        if k == len(candidates) or candidates[k].order > candidates[k - 1].order + 1:
            yield candidates[start:k]
            start = k


def page_counts(block: BlockPattern, run: list[Candidate]) -> set[str]:
    """Give the page counts that a matched block states."""
    expressions = [compile_line(p) for p in block.anchor if "(?P<pages>" in p]
    return {m["pages"] for p in expressions for c in run if (m := p.fullmatch(c.folded))}
