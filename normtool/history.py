"""What was done to a text: the layers of its history, and the findings that they are.

``check`` lists what ``normalize`` does: both look at the same edits.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from normtool import patch as algebra
from normtool.model import CleanText, Edit, Finding, Fix, RuleCode, Span
from normtool.results import SHOWN_CHANGES, SHOWN_PLACES
from normtool.rulebook import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normtool.patch import Layer


class Pending(NamedTuple):
    """An unsafe edit that was not made; it belongs to the text after ``depth`` layers of the history."""

    depth: int
    edit: Edit
    old: str
    """What it would replace."""


class Normalized(NamedTuple):
    """Clean text, the layers that lead to it from the decoded text, and the unsafe edits that were not made."""

    text: CleanText
    history: tuple[Layer, ...]
    pending: tuple[Pending, ...]


def edit_findings(normalized: Normalized) -> list[Finding]:
    """Give a finding for every change that was made, and for every unsafe one that was not, pointing into the decoded text."""
    out = []
    for depth, layer in enumerate(normalized.history):
        out += _placed(normalized.history[:depth], list(_fine(_replaced(layer))))
    return _parted(out + _pending_findings(normalized))


_MIN_CUT = 2
"""Characters of an edit that can be cut."""


def _parted(found: list[Finding]) -> list[Finding]:
    """Cut the edits of fixes where the edits of others begin or end, so that neither keeps the other from being made.

    A line break put inside a run of converted characters would overlap with it otherwise. Only edits that replace character by
    character can be cut.
    """
    places = sorted({place for each in found if each.fix for edit in each.fix.edits for place in edit[:2]})
    out = []
    for each in found:
        fix = each.fix and _cut_at(each.fix, places)
        out.append(each if fix is each.fix else each._replace(fix=fix))
    return out


def _cut_at(fix: Fix, places: list[int]) -> Fix:
    """Cut the edits of a fix at those of ``places`` (sorted) that are inside them; gives ``fix`` itself where there are none."""
    if all(len(edit.replacement) < _MIN_CUT for edit in fix.edits):
        return fix
    edits: list[Edit] = []
    for start, end, new, code, safe in fix.edits:
        inside = places[bisect_right(places, start) : bisect_left(places, end)] if len(new) == end - start else []
        cuts = (start, *inside, end)
        edits += (Edit(a, b, new[a - start : b - start], code, safe) for a, b in pairwise(cuts))
    return fix if len(edits) == len(fix.edits) else fix._replace(edits=tuple(edits))


def _pending_findings(normalized: Normalized) -> list[Finding]:
    out = []
    for depth, waiting in groupby(normalized.pending, key=attrgetter("depth")):
        out += _placed(normalized.history[:depth], list(_fine((each.edit, each.old) for each in waiting)))
    return out


def leading_findings(normalized: Normalized) -> tuple[list[Finding], Counter[RuleCode]]:
    """Give those of ``edit_findings`` that a report shows where it folds them by rule, and how many more each rule has made.

    Of the changes of one rule in one layer these are the first ``SHOWN_PLACES``, and the first of each different one until there
    are more than ``SHOWN_CHANGES``: what stands first in a layer stands first in the decoded text. Unsafe edits that were not
    made are all given.
    """
    out: list[Finding] = []
    more = Counter[RuleCode]()
    for depth, layer in enumerate(normalized.history):
        seen: dict[RuleCode, _Seen] = {}
        shown = []
        for edit, old in _replaced(layer):
            rule = seen.get(edit.rule) or seen.setdefault(edit.rule, _Seen())
            shown += rule.shown(edit, old)
        out += _placed(normalized.history[:depth], shown)
        more.update({rule: each.passed_over for rule, each in seen.items() if each.passed_over})
    return out + _pending_findings(normalized), more


class _Seen:
    """What was seen of one rule in one layer."""

    __slots__ = ("_changes", "_places", "passed_over")

    def __init__(self) -> None:
        self._changes: set[tuple[str, str]] = set()
        self._places = self.passed_over = 0

    def shown(self, edit: Edit, old: str) -> list[tuple[Edit, str]]:
        """Give the character runs of an edit that a report shows; the others are counted."""
        if self._places >= SHOWN_PLACES and len(self._changes) > SHOWN_CHANGES:
            self.passed_over += algebra.count_refined(old, edit)
            return []
        runs = list(_fine(((edit, old),)))
        shown = [(run, piece) for run, piece in runs if self._is_shown((_cut(piece), _cut(run.replacement)))]
        self.passed_over += len(runs) - len(shown)
        return shown

    def _is_shown(self, change: tuple[str, str]) -> bool:
        is_new = len(self._changes) <= SHOWN_CHANGES and change not in self._changes
        if not is_new and self._places >= SHOWN_PLACES:
            return False
        self._changes.add(change)
        self._places += 1
        return True


def edit_counts(normalized: Normalized) -> tuple[Counter[str], Counter[str]]:
    """Count what ``edit_findings`` gives, by rule: the changes that were made, and the unsafe ones that were not."""
    made, left = Counter[str](), Counter[str]()
    for layer in normalized.history:
        for edit, old in _replaced(layer):
            made[edit.rule] += algebra.count_refined(old, edit)
    for waiting in normalized.pending:
        left[waiting.edit.rule] += algebra.count_refined(waiting.old, waiting.edit)
    return made, left


def _replaced(layer: Layer) -> Iterator[tuple[Edit, str]]:
    """Give the edits of a layer, each with what it replaces."""
    return ((edit, back.replacement) for edit, back in zip(layer.patch, layer.inverse, strict=True))


def _fine(edits: Iterable[tuple[Edit, str]]) -> Iterator[tuple[Edit, str]]:
    """Divide edits, each with what it replaces, into those of the character runs that change."""
    return (
        (each, old[each.start - edit.start : each.end - edit.start])
        for edit, old in edits
        for each in algebra.refine(old, edit)
    )


def _placed(under: tuple[Layer, ...], fine: list[tuple[Edit, str]]) -> list[Finding]:
    """Give a finding for every edit of a character run, each with what it replaces; ``under`` leads to their text."""
    spans = algebra.source_spans(under, (each[:2] for each, _ in fine))
    out = []
    for ((start, end, new, code, safe), old), span in zip(fine, spans, strict=True):
        rule = RULES[code]
        places = (span,) if span.end - span.start == end - start else algebra.kept_spans(under, Span(start, end)) or (span,)
        texts = (new, *("" for _ in places[1:]))
        moved = tuple(Edit(*place, text, code, safe) for place, text in zip(places, texts, strict=True))
        fix = Fix("safe" if safe else "unsafe", moved)
        out.append(Finding(code, rule.severity, _told(rule.summary, _cut(old), _cut(new)), span, None, fix))
    return out


@lru_cache(maxsize=2048)
def _told(summary: str, old: str, new: str) -> str:
    """Say what an edit does, given both texts cut; most edits of a document say the same as another."""
    return f"{summary}: {_shown(old)} → {_shown(new)}"


_LIMIT = 24
"""Characters of a piece of text that a message shows, and columns that a run of one blank or control may take before it is counted."""
_MOST_COLUMNS = 72
"""Columns that a piece may take in a message when its controls are written as escapes."""


def _cut(piece: str, limit: int = _LIMIT) -> str:
    """Cut a long piece of text in the middle, for a message; a run of one blank or control stays, to be counted."""
    if len(piece) <= limit or _is_run(piece):
        return piece
    return f"{piece[: limit // 2]}…{piece[-limit // 2 :]}"


def _is_run(piece: str) -> bool:
    """Tell whether a piece is one blank or control over and over."""
    first = piece[0]
    return (first == " " or not first.isprintable()) and piece.count(first) == len(piece)


def _shown(piece: str) -> str:
    """Write a piece of text for a message: visible on one line, and a long run of one blank or control as ``44 × U+2002``."""
    if not piece:
        return "nothing"
    shown = _escaped(piece)
    if len(shown) > _LIMIT and _is_run(piece):
        return f"{len(piece)} × U+{ord(piece[0]):04X}"
    return f"`{shown if len(shown) <= _MOST_COLUMNS else _escaped(_cut(piece, _LIMIT // 2))}`"


def _escaped(piece: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in piece)
