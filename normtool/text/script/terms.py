"""Finds the occurrences of many terms in a text: the longest at every place, from left to right."""

from __future__ import annotations

import re
from functools import lru_cache

from normtool.model import Span


@lru_cache(maxsize=8)
def _index(terms: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """Group the terms by first character, longest first; the pattern finds places where one may start."""
    groups: dict[str, list[str]] = {}
    for term in sorted(set(terms) - {""}, key=len, reverse=True):
        groups.setdefault(term[0], []).append(term)
    return re.compile("[" + "".join(map(re.escape, groups)) + "]" if groups else "(?!)"), groups


def find_terms(text: str, terms: tuple[str, ...]) -> list[Span]:
    """Give the places of ``terms`` in ``text``, not overlapping. Empty terms are passed over."""
    if not terms:
        return []
    starts, groups = _index(terms)
    out = []
    found = starts.search(text)
    while found:
        at = found.start()
        length = next((len(term) for term in groups[text[at]] if text.startswith(term, at)), 0)
        if length:
            out.append(Span(at, at + length))
        found = starts.search(text, at + (length or 1))
    return out


def laid_over(text: str, spans: list[Span], source: str) -> str:
    """Give ``text`` with the characters of ``source``, a text of the same length, at the sorted ``spans``."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        if start >= at:
            parts += (text[at:start], source[start:end])
            at = end
    return "".join(parts) + text[at:] if parts else text


def without(text: str, spans: list[Span]) -> str:
    """Blank the spans out, so that they are no evidence; the length stays."""
    return laid_over(text, spans, " " * len(text)) if spans else text
