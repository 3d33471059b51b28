"""What the page added around a document, by the patterns of the chrome packs (``data/chrome/*.toml`` and the user's own).

In: Simplified text with one kind of blank. Out: edits of the CHR rules that delete whole lines and blocks of whole lines.

Never a part of a line of prose: a line with 。 or of more than 140 characters is no chrome. Position counts: ``head`` is what stands
before the first line of prose, ``tail`` what stands after the last.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from normtool.chromepack import compile_line
from normtool.grammar.dates import find_dates
from normtool.grammar.metadata_lines import metadata_blocks
from normtool.lines import Line, lines_of
from normtool.model import Edit, Patch, RuleCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from normtool.chromepack import BlockPattern, LinePattern, Pack, SequencePattern, Where

RULES = ("CHR001", "CHR002", "CHR003", "CHR004", "CHR005", "CHR006", "CHR007", "CHR008", "CHR010", "CHR011", "CHR014", "CHR015")

_MAX_LINE = 140
_TRAILING_NUMBER = re.compile(r"(?<=[。！？；”）])[ ]+(\d{1,4})[ ]*\Z")
_HALF_WIDTH = {0xFF01 + k: 0x21 + k for k in range(94)} | {0x3000: 0x20, 0xA0: 0x20}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that may be chrome, folded for matching, with its index among the lines and its position in the document.

    ``order`` counts the lines that are not empty: neighbours differ by one, whatever empty lines stand between them.
    """

    index: int
    order: int
    folded: str
    head: bool
    tail: bool

    def stands(self, where: Where) -> bool:
        return where == "any" or (self.head and where != "tail") or (self.tail and where != "head")


@dataclass(frozen=True, slots=True)
class _Facts:
    """What patterns ask of the rest of the document: the dates of its metadata, and how often each short line stands in it."""

    dates: frozenset[str | None]
    lines: Counter[str]


def fold(line: str) -> str:
    """Fold a line for matching: ASCII marks and letters in half width, one blank for a run of blanks, none at the ends."""
    return " ".join(line.translate(_HALF_WIDTH).split())


def chrome_edits(text: str, packs: Sequence[Pack]) -> Patch:
    """Give the edits that delete the lines and blocks of ``text`` that the patterns of ``packs`` match."""
    lines = lines_of(text)
    metadata = [line_pairs for block in metadata_blocks(lines) for line_pairs in block]
    inside = {line.start for line, _ in metadata}
    candidates = [c for c in _candidates(lines) if lines[c.index].start not in inside]
    if not candidates:
        return ()
    facts = _Facts(frozenset(date.iso for _, pairs in metadata for pair in pairs for date in find_dates(pair.value)), Counter(c.folded for c in candidates))
    all_folded = "\n".join(c.folded for c in candidates)
    doomed: dict[int, RuleCode] = {}
    pages: set[str] = set()
    for pack in packs:
        for block in pack.blocks:
            if any(word in all_folded for word in block.words):
                for run in _block_runs(block, candidates):
                    doomed.update((c.index, RuleCode(block.rule)) for c in run)
                    pages |= _page_counts(block, run)
        for sequence in pack.sequences:
            if any(word in all_folded for word in sequence.words):
                doomed.update((c.index, RuleCode(sequence.rule)) for run in _sequence_runs(sequence, candidates) for c in run)
        for pattern in pack.lines:
            if any(word in all_folded for word in pattern.words):
                doomed.update((c.index, RuleCode(pattern.rule)) for c in candidates if _matches(pattern, c, facts))
    return tuple(sorted((*_last_page_number(lines, doomed, pages), *_deletions(text, lines, doomed))))


def _candidates(lines: list[Line]) -> Iterator[_Candidate]:
    """Give the short lines without a full stop, and whether they stand before or after all prose."""
    prose = [k for k, line in enumerate(lines) if "。" in line.text or len(line.text) > _MAX_LINE]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    order = 0
    for k, line in enumerate(lines):
        folded = fold(line.text) if len(line.text) <= _MAX_LINE else line.text
        order += bool(folded)
        if folded and len(line.text) <= _MAX_LINE and "。" not in line.text:
            yield _Candidate(k, order, folded, head=k < first, tail=k > last)


def _matches(pattern: LinePattern, candidate: _Candidate, facts: _Facts) -> bool:
    """Tell whether a line is what the pattern means, and what the pattern needs stands elsewhere in the document."""
    if not candidate.stands(pattern.where) or not any(word in candidate.folded for word in pattern.words):
        return False
    match = compile_line(pattern.line).fullmatch(candidate.folded)
    if not match:
        return False
    if pattern.needs == "repeated-date":
        return facts.dates.issuperset(date.iso for date in find_dates(candidate.folded))
    return pattern.needs != "repeated-name" or facts.lines[match["name"].replace("[", "〔").replace("]", "〕")] + facts.lines[match["name"]] > 0


def _sequence_runs(sequence: SequencePattern, candidates: list[_Candidate]) -> Iterator[list[_Candidate]]:
    """Give the runs of neighbouring lines that match the expressions of a sequence one by one."""
    expressions = [compile_line(p) for p in sequence.lines]
    size = len(expressions)
    for k in range(len(candidates) - size + 1):
        run = candidates[k : k + size]
        if run[-1].order - run[0].order == size - 1 and all(
            c.stands(sequence.where) and p.fullmatch(c.folded) for p, c in zip(expressions, run, strict=True)
        ):
            yield run


def _block_runs(block: BlockPattern, candidates: list[_Candidate]) -> Iterator[list[_Candidate]]:
    """Give the runs of neighbouring lines that a block pattern explains, with enough anchors."""
    anchors = [compile_line(p) for p in block.anchor]
    companions = [compile_line(p) for p in block.companion]
    run: list[_Candidate] = []
    proven = 0
    for candidate in (*candidates, None):
        anchor = candidate is not None and candidate.stands(block.where) and any(p.fullmatch(candidate.folded) for p in anchors)
        fits = anchor or (candidate is not None and candidate.stands(block.where) and any(p.fullmatch(candidate.folded) for p in companions))
        if run and (candidate is None or not fits or candidate.order > run[-1].order + 1):
            if proven >= block.minimum:
                yield run
            run, proven = [], 0
        if candidate is not None and fits:
            run.append(candidate)
            proven += anchor


def _page_counts(block: BlockPattern, run: list[_Candidate]) -> set[str]:
    """Give the page counts that a matched block states."""
    expressions = [compile_line(p) for p in block.anchor if "(?P<pages>" in p]
    return {m["pages"] for p in expressions for c in run if (m := p.fullmatch(c.folded))}


def _last_page_number(lines: list[Line], doomed: dict[int, RuleCode], pages: set[str]) -> list[Edit]:
    """Delete the number of the last page behind the last sentence, when the site states the same number of pages."""
    kept = [line for k, line in enumerate(lines) if k not in doomed and line.text]
    match = _TRAILING_NUMBER.search(kept[-1].text) if kept and pages else None
    if not match or match[1] not in pages:
        return []
    return [Edit(kept[-1].start + match.start(), kept[-1].end, "", RuleCode("CHR010"))]


def _deletions(text: str, lines: list[Line], doomed: dict[int, RuleCode]) -> list[Edit]:
    """Delete whole lines with their newline."""
    return [Edit(lines[k].start, min(lines[k].end + 1, len(text)), "", doomed[k]) for k in sorted(doomed)]
