"""What the page added around a document, by the patterns of the chrome packs (``data/chrome/*.toml`` and the user's own).

In: Simplified text with one kind of blank. Out: edits of the CHR rules that delete whole lines and blocks of whole lines, and
unsafe edits of CHR016 for lines that look like chrome and may be text.

Never a part of a line of prose: a line with 。 or of more than 140 characters is no chrome. Position counts (see ``view``):
``head`` is what stands before the document's first line of body, ``tail`` what stands after its last.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from normtool.chromepack import fold
from normtool.grammar.dates import find_dates
from normtool.grammar.metadata import stray_fields
from normtool.grammar.metadata_lines import metadata_blocks
from normtool.grammar.numbering import label_at
from normtool.lazyre import lazy
from normtool.lines import Line, lines_of
from normtool.model import Edit, Patch, RuleCode
from normtool.text.chrome.company import in_company, inside
from normtool.text.chrome.contents import contents_lines
from normtool.text.chrome.lists import ListLines, place
from normtool.text.chrome.match import Facts, block_runs, line_matches, page_counts, sequence_runs
from normtool.text.chrome.view import read
from normtool.text.chrome.zones import zone_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from normtool.chromepack import Pack
    from normtool.grammar.metadata_lines import Block
    from normtool.text.chrome.view import Candidate, View

RULES = (
    *("CHR001", "CHR002", "CHR003", "CHR004", "CHR005", "CHR006", "CHR007", "CHR008", "CHR010", "CHR011", "CHR014", "CHR015"),
    "CHR016",
)

_SUSPECTED = "CHR016"
_SOURCE = lazy(r"来 ?源 ?: ?([^ |:]{2,20})(?= |\||$)")
_TRAILING_NUMBER = lazy(r"(?<=[。！？；”）])[ ]+(\d{1,4})[ ]*\Z")

Doomed = dict[int, str]
"""Rule code by index of the line."""


def chrome_edits(text: str, packs: Sequence[Pack]) -> Patch:
    """Give the edits that delete the lines and blocks of ``text`` that the patterns of ``packs`` match."""
    lines = lines_of(text)
    metadata = [line_pairs for block in _tables(metadata_blocks(text)) for line_pairs in block]
    view = read(lines, {line.start for line, _ in metadata})
    if not view.candidates:
        return ()
    dates = frozenset(date.iso for _, pairs in metadata for pair in pairs for date in find_dates(pair.value))
    facts = Facts(dates, Counter([*(c.folded for c in view.candidates), *view.kept]))
    doomed: Doomed = contents_lines(lines, view.candidates)
    pages: set[str] = set()
    suspects: Doomed = {}
    for pack in packs:
        pages |= _by_patterns(pack, view.candidates, facts, doomed, suspects)
    listed = _listed(packs, view.candidates)
    _by_lists(packs, listed, view, doomed, suspects)
    left = {k: rule for k, rule in suspects.items() if k not in doomed and not label_at(lines[k].text.strip())}
    heads = {c.line for c in view.candidates if c.head}
    sources = _sources(
        lines, {k: rule for k, rule in doomed.items() if k in heads}, {pair.value for _, pairs in metadata for pair in pairs}
    )
    for k in sources:
        del doomed[k]
    return tuple(
        sorted(
            (*_last_page_number(lines, doomed, pages), *_deletions(text, lines, doomed, left), *_plain_sources(lines, sources))
        )
    )


def _tables(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give the metadata tables; a row of nothing but date, source and views is none where the document has a table of its own."""
    stray = stray_fields()
    tables = tuple(block for block in blocks if any(pair.field not in stray for _, pairs in block for pair in pairs))
    return tables or blocks


def _sources(lines: Sequence[Line], doomed: Doomed, known: set[str]) -> dict[int, str]:
    """Give the date lines above the text that alone say where the portal has the document from, with that source.

    The date and the views of such a line go; the source stays, once, for no other line of the text would hold it.
    """
    out: dict[int, str] = {}
    for k in sorted(doomed):
        match = _SOURCE.search(fold(lines[k].text)) if doomed[k] == "CHR002" and "来" in lines[k].text else None
        if match and match[1] not in known:
            known.add(match[1])
            out[k] = match[1]
    return out


def _plain_sources(lines: Sequence[Line], sources: dict[int, str]) -> list[Edit]:
    """Write the lines that name a source as ``来源：…``; one that is written so already stays as it is."""
    return [
        Edit(lines[k].start, lines[k].end, f"来源：{source}", RuleCode("CHR002"))
        for k, source in sources.items()
        if lines[k].text != f"来源：{source}"
    ]


def _listed(packs: Sequence[Pack], candidates: list[Candidate]) -> list[ListLines]:
    """Look for the lines of every list where it looks for them."""
    patterns = [pattern for pack in packs for pattern in pack.lists]
    places = {where: place(candidates, where) for where in {pattern.where for pattern in patterns}}
    return [ListLines(pattern, places[pattern.where]) for pattern in patterns]


def _by_lists(packs: Sequence[Pack], listed: list[ListLines], view: View, doomed: Doomed, suspects: Doomed) -> None:
    """Add the lines of lists and zones to ``doomed``, and those that only their place keeps from it to ``suspects``."""
    sure: set[int] = set()
    for found in listed:
        lines = [c.line for c in found.proven()]
        sure.update(lines)
        doomed.update(dict.fromkeys(lines, found.pattern.rule))
    shy = [found for found in listed if found.pattern.company]
    weak = {i for found in listed if found.pattern.where == "zone" or found.pattern.company for i in found.indexes}
    doomed.update(in_company(shy, view, doomed, weak))
    for line in inside(view, sure, doomed, weak):
        del doomed[line]
    for zone in (zone for pack in packs for zone in pack.zones):
        named = {
            i: found.pattern.rule
            for found in listed
            if (found.pattern.where == "zone" or found.pattern.company) and found.pattern.rule in zone.rules
            for i in found.indexes
        }
        for c in zone_lines(zone, view, doomed, named):
            doomed.setdefault(c.line, named.get(c.line, zone.rule))
    suspects.update((c.line, _SUSPECTED) for found in shy for run in found.runs() for c in run)


def _by_patterns(pack: Pack, candidates: list[Candidate], facts: Facts, doomed: Doomed, suspects: Doomed) -> set[str]:
    """Add what a pack's blocks, sequences and lines match to ``doomed`` and ``suspects``.

    Gives the page counts that blocks state.
    """
    pages: set[str] = set()
    whole = facts.whole_text
    for block in pack.blocks:
        if any(word in whole for word in block.words):
            for run in block_runs(block, candidates, facts):
                doomed.update(dict.fromkeys((c.line for c in run), block.rule))
                pages |= page_counts(block, run)
    for sequence in pack.sequences:
        if any(word in whole for word in sequence.words):
            doomed.update((c.line, sequence.rule) for run in sequence_runs(sequence, candidates, facts) for c in run)
    for pattern in pack.lines:
        if any(word in whole for word in pattern.words):
            found = suspects if pattern.rule == _SUSPECTED else doomed
            found.update(dict.fromkeys(line_matches(pattern, candidates, facts), pattern.rule))
    return pages


def _last_page_number(lines: Sequence[Line], doomed: Doomed, pages: set[str]) -> list[Edit]:
    """Delete the number of the last page behind the last sentence, when the site states the same number of pages."""
    if not pages:
        return []
    kept = [line for k, line in enumerate(lines) if k not in doomed and line.text]
    match = _TRAILING_NUMBER.search(kept[-1].text) if kept else None
    if not match or match[1] not in pages:
        return []
    return [Edit(kept[-1].start + match.start(), kept[-1].end, "", RuleCode("CHR010"))]


def _deletions(text: str, lines: Sequence[Line], doomed: Doomed, suspects: Doomed) -> list[Edit]:
    """Delete whole lines with their newline; neighbours of one rule are one edit, suspected lines are each an unsafe one."""
    out = [
        Edit(lines[k].start, min(lines[k].end + 1, len(text)), "", RuleCode(rule), safe=False) for k, rule in suspects.items()
    ]
    found = sorted(doomed)
    start = 0
    for at, k in enumerate(found, 1):
        if at < len(found) and found[at] == k + 1 and doomed[found[at]] == doomed[k]:
            continue
        out.append(Edit(lines[found[start]].start, min(lines[k].end + 1, len(text)), "", RuleCode(doomed[k])))
        start = at
    return out
