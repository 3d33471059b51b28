"""What of a text is to be converted: all of a Traditional document but for its other lines, or whole paragraphs of another.

The parts that are left hold less Traditional than Simplified evidence, or none that counts, and what is converted holds no
Traditional evidence any more: that is why a second run finds nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from normtool.model import Span
from normtool.text.script.evidence import (
    at_least,
    count,
    holds_traditional,
    is_japanese,
    is_traditional_document,
    lines_with,
    looks_traditional,
    odd_character,
    paragraph_script,
    simplified_only,
    traditional_only,
)
from normtool.text.script.terms import without

PARAGRAPH_EVIDENCE = 10
"""Traditional characters that a paragraph of a Simplified document must hold to be converted.

Names and titles in Traditional characters, Japanese names and classical quotations are left: of 799 documents with three
Japanese names each in every third paragraph none was changed at this threshold, ten at four characters.
"""


class Region(NamedTuple):
    """A range to convert: ``whole`` with every entry, otherwise only the characters that are Traditional beyond doubt."""

    start: int
    end: int
    whole: bool


def _odd_line(line: str, *, forced: bool) -> bool | None:
    """Judge a line of a Traditional document that holds Simplified forms or kana: as ``Region.whole``, None to leave it."""
    if forced:
        return True if traditional_only().search(line) else None
    verdict = paragraph_script(line)
    return {"traditional": True, "neutral": True, "mixed": False, "simplified": None}[verdict]


def _traditional_regions(text: str, odd: list[Span], japanese: frozenset[Span], *, forced: bool) -> list[Region]:
    """Give the whole text but for the Simplified, mixed and Japanese lines among the odd ones."""
    out = []
    at = 0
    for start, end in odd:
        whole = None if Span(start, end) in japanese else _odd_line(text[start:end], forced=forced)
        if whole:
            continue
        if start > at:
            out.append(Region(at, start, whole=True))
        if whole is False:
            out.append(Region(start, end, whole=False))
        at = end
    if at < len(text):
        out.append(Region(at, len(text), whole=True))
    return out


def _quoted_regions(text: str) -> list[Region]:
    """Give the paragraphs of a Simplified document that are Traditional beyond doubt."""
    if not at_least(traditional_only(), text, PARAGRAPH_EVIDENCE):
        return []
    out = []
    for start, end in lines_with(traditional_only(), text):
        line = text[start:end]
        enough = at_least(traditional_only(), line, PARAGRAPH_EVIDENCE)
        if enough and paragraph_script(line) == "traditional" and not is_japanese(line):
            out.append(Region(start, end, whole=True))
    return out


def regions(text: str, *, forced: bool) -> list[Region]:
    """Give what is to be converted, in order; ``forced`` takes a text with any Traditional evidence as Traditional."""
    if not holds_traditional(text):
        return []
    if not forced and not looks_traditional(text) and not is_traditional_document(text):
        return _quoted_regions(text)
    odd = lines_with(odd_character(), text)
    japanese = [span for span in odd if is_japanese(text[span.start : span.end])]
    evidence = without(text, japanese)
    simplified = sum(count(simplified_only(), evidence[start:end]) for start, end in odd) if odd else 0
    if at_least(traditional_only(), evidence, 1 if forced else max(1, simplified)):
        return _traditional_regions(text, odd, frozenset(japanese), forced=forced)
    return _quoted_regions(text)
