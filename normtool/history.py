"""What was done to a text: the layers of its history, and the findings that they are.

``check`` lists what ``normalize`` does: both look at the same edits.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from normtool import patch as algebra
from normtool.model import CleanText, Edit, Finding, Fix, Span
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
        out += _findings_of(normalized.history[:depth], _replaced(layer))
    for depth, waiting in groupby(normalized.pending, key=attrgetter("depth")):
        out += _findings_of(normalized.history[:depth], ((each.edit, each.old) for each in waiting))
    return out


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


def _findings_of(under: tuple[Layer, ...], edits: Iterable[tuple[Edit, str]]) -> list[Finding]:
    """Give a finding for every character run that edits change; ``under`` leads to the text that they belong to."""
    fine = [
        (each, old[each.start - edit.start : each.end - edit.start])
        for edit, old in edits
        for each in algebra.refine(old, edit)
    ]
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


def _cut(piece: str, limit: int = 24) -> str:
    """Cut a long piece of text in the middle, for a message."""
    return piece if len(piece) <= limit else f"{piece[: limit // 2]}…{piece[-limit // 2 :]}"


def _shown(piece: str) -> str:
    """Write a piece of text for a message: visible on one line."""
    if not piece:
        return "nothing"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in f"`{piece}`")
