"""What of a Markdown text is syntax, in which marks and blanks mean something: no edit may touch it.

Front matter, code (fenced and inline), comments, the blanks before a line and behind a list's marker, the two blanks of a hard
line break, and where links and images lead. Everything else is text as in any document; so is indented code, but for its indent,
for paragraphs are indented as deeply. Found line by line, as CommonMark reads it, not parsed: a place too many is text left alone.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from normtool.lazyre import lazy
from normtool.lines import lines_of
from normtool.model import Span
from normtool.patch import refine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from normtool.lines import Line
    from normtool.model import Edit, Patch

_FENCE = lazy(r" {0,3}(?P<fence>`{3,}|~{3,})")
_MARKER = lazy(r"[ \t]*(?:>[ \t]?)*(?:[-*+]|\d{1,9}[.)])?[ \t]*")
_CODE = lazy(r"(?P<ticks>`+)(?!`).{1,1000}?(?<!`)(?P=ticks)(?!`)")
_LINK = lazy(
    r"!(?=\[)|\]\([^()\n]{0,400}\)|\]\[[^\]\n]{0,80}\]|^ {0,3}\[[^\]\n]{1,80}\]:.*|<https?://[^>\n]*>|<!--.{0,400}?-->"
)
_HARD_BREAK = lazy(r"[ \t]{2,}\Z|\\\Z")
_FRONT = "---"


class Syntax(NamedTuple):
    """The ranges of a text's syntax, sorted, not overlapping.

    ``blocks`` are whole lines of code and front matter, ``marks`` the marks and blanks within other lines.
    """

    blocks: tuple[Span, ...]
    marks: tuple[Span, ...]


def spared(text: str, patch: Patch) -> Patch:
    """Leave out the edits of ``text`` that touch its syntax; of one over a line, the characters that are no syntax are still changed.

    Whole lines may go, with the marks in them, and a whole block of code.
    """
    syntax = syntax_of(text)
    out: list[Edit] = []
    for edit in patch:
        if _touches(syntax.blocks, edit) and not _deletes_whole(syntax.blocks, edit):
            continue
        if not _touches(syntax.marks, edit) or _deletes_lines(text, edit):
            out.append(edit)
        elif len(edit.replacement) == edit.end - edit.start:
            out += [piece for fine in refine(text[edit.start : edit.end], edit) for piece in _around(syntax.marks, fine)]
    return tuple(out)


def _over(spans: tuple[Span, ...], edit: Edit) -> Iterator[Span]:
    """Give the spans that an edit changes a character of, or writes something into."""
    k = bisect_right(spans, edit.start, key=lambda span: span.end)
    while k < len(spans) and spans[k].start < max(edit.start, edit.end):
        yield spans[k]
        k += 1


def _touches(spans: tuple[Span, ...], edit: Edit) -> bool:
    return next(_over(spans, edit), None) is not None


def _around(spans: tuple[Span, ...], edit: Edit) -> Iterator[Edit]:
    """Give the pieces of an edit that keeps the length, without what it does to the spans."""
    at = edit.start
    for start, end in (*_over(spans, edit), Span(edit.end, edit.end)):
        if start > at:
            replacement = edit.replacement[at - edit.start : start - edit.start]
            yield edit._replace(start=at, end=start, replacement=replacement)
        at = max(at, end)


def _deletes_whole(spans: tuple[Span, ...], edit: Edit) -> bool:
    """Tell whether an edit deletes every span that it touches, from start to end, as CHR012 does an empty block of code."""
    return not edit.replacement and all(edit.start <= start and end <= edit.end for start, end in _over(spans, edit))


def _deletes_lines(text: str, edit: Edit) -> bool:
    if edit.replacement or not text[edit.start : edit.end].strip():
        return False
    return (not edit.start or text[edit.start - 1] == "\n") and (edit.end == len(text) or text[edit.end - 1] == "\n")


@lru_cache(maxsize=4)
def syntax_of(text: str) -> Syntax:
    """Give the syntax of a text."""
    lines = lines_of(text)
    at = _front_matter(lines)
    blocks = [Span(0, lines[at - 1].end)] if at else []
    marks: list[Span] = []
    fence = ""
    for line in lines[at:]:
        opening = _FENCE.match(line.text)
        if fence:
            blocks[-1] = Span(blocks[-1].start, line.end)
            if opening and opening["fence"].startswith(fence) and not line.text[opening.end() :].strip():
                fence = ""
        elif opening:
            blocks.append(Span(line.start, line.end))
            fence = opening["fence"]
        else:
            marks += _in_line(line)
    return Syntax(tuple(blocks), _joined(marks))


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        elif span.end > span.start:
            out.append(span)
    return tuple(out)


def _front_matter(lines: tuple[Line, ...]) -> int:
    """Count the lines of the block between two ``---`` that the text opens with."""
    if not lines or lines[0].text.rstrip() != _FRONT:
        return 0
    return next((k + 1 for k, line in enumerate(lines) if k and line.text.rstrip() == _FRONT), 0)


def _in_line(line: Line) -> Iterator[Span]:
    marker = _MARKER.match(line.text)
    if marker and marker.end() < len(line.text):
        yield Span(line.start, line.start + marker.end())
    for pattern in (_CODE, _LINK, _HARD_BREAK):
        for match in pattern.finditer(line.text):
            yield Span(line.start + match.start(), line.start + match.end())
