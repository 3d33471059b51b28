"""Which edits of a Markdown text leave its syntax as it is.

In: a text between two stages and a patch of it. Out: a patch. An edit that touches syntax is cut around it where what it does
elsewhere does not depend on that, and left out otherwise. What is left is tried: the text that it gives must have the same syntax
at the same places, no piece less and none more, or the edits beside the difference are left out as well.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from normtool.markdown.blocks import blocks_of
from normtool.markdown.inline import inline_pieces
from normtool.markdown.pieces import BREAK, RAW, Piece, Syntax, joined, over, touches
from normtool.patch import apply, refine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normtool.model import Edit, Patch

_FENCES = ("```", "~~~")
_REACHES = ("\n", "\n", "\n\n", "\n\n")
"""What parts the text into those stretches all of whose edits are left out for a difference: lines, then paragraphs, then all."""


@lru_cache(maxsize=4)
def syntax_of(text: str) -> Syntax:
    """Give the syntax of a text."""
    blocks = blocks_of(text)
    labels = frozenset(blocks.labels)
    inner = [piece for span in blocks.paragraphs for piece in inline_pieces(text, span, labels)]
    raw = [piece for piece in inner if piece.kind == RAW]
    return Syntax(joined([*blocks.fixed, *raw]), joined([*blocks.marks, *(piece for piece in inner if piece.kind != RAW)]))


def spared(text: str, patch: Patch) -> Patch:
    """Leave out the edits of ``text`` that touch its syntax or would make some, or what they do to it; whole lines of text may go.

    Does not look at line breaks written with a carriage return, which mean the same as the others.
    """
    returns = tuple(
        edit for edit in patch if "\r" in text[edit.start : edit.end] and not text[edit.start : edit.end].strip("\r\n")
    )
    if returns or not patch:
        return returns  # the others are asked for again when there are no more of these
    syntax = syntax_of(text)
    controls = tuple(edit for edit in patch if _deletes_controls(text, edit) and not touches(syntax.fixed, edit))
    if controls:
        return controls  # no text has them, whatever they part; a short one would be taken for a binary file
    return _settled(text, syntax, tuple(free for edit in patch for free in _free(text, syntax, _edge(text, edit))))


def _deletes_controls(text: str, edit: Edit) -> bool:
    return not edit.replacement and all(c < " " and c not in "\t\n\r" for c in text[edit.start : edit.end])


def _edge(text: str, edit: Edit) -> Edit:
    """Take away the blanks at the edge of a line that would become ASCII ones: only there, and only these, are they syntax."""
    old = text[edit.start : edit.end]
    if edit.replacement.strip(" ") or not old.isspace() or old.strip(" ") != old or "\n" in old:
        return edit
    at_edge = not edit.start or text[edit.start - 1] == "\n" or text[edit.end : edit.end + 1] in ("", "\n")
    return edit._replace(replacement="") if at_edge else edit


def _free(text: str, syntax: Syntax, edit: Edit) -> Iterator[Edit]:
    """Give what an edit does beside the syntax."""
    fixed, mark = touches(syntax.fixed, edit), touches(syntax.marks, edit)
    if (
        not (fixed or mark)
        or (not fixed and _deletes_lines(text, syntax.marks, edit))
        or _deletes_empty_code(text, syntax.fixed, edit)
    ):
        yield edit
        return
    old = text[edit.start : edit.end]
    for fine in refine(old, edit):
        is_blank = not fine.replacement and not text[fine.start : fine.end].strip()
        if len(old) == len(edit.replacement) or is_blank:
            yield from _around(over(syntax.fixed, fine), over(syntax.marks, fine), fine)
        elif not touches(syntax.fixed, fine) and not touches(syntax.marks, fine):
            yield fine


def _around(fixed: Iterable[Piece], marks: Iterable[Piece], edit: Edit) -> Iterator[Edit]:
    """Give the pieces of an edit that keeps the length, or of a deletion, without what it does to the syntax."""
    at = edit.start
    for start, end, _ in (*joined((*fixed, *marks)), Piece(edit.end, edit.end)):
        if start > at:
            replacement = edit.replacement[at - edit.start : start - edit.start]
            yield edit._replace(start=at, end=start, replacement=replacement)
        at = max(at, end)


def _deletes_lines(text: str, marks: tuple[Piece, ...], edit: Edit) -> bool:
    """Tell whether an edit deletes whole lines in which there is more than syntax."""
    if edit.replacement or not any(text[left.start : left.end].strip() for left in _around((), over(marks, edit), edit)):
        return False
    return (not edit.start or text[edit.start - 1] == "\n") and (edit.end == len(text) or text[edit.end - 1] == "\n")


def _deletes_empty_code(text: str, fixed: tuple[Piece, ...], edit: Edit) -> bool:
    """Tell whether an edit deletes a whole block of code in which there is nothing, as crawlers leave it (CHR012): a fenced ``{}``."""
    block = text[edit.start : edit.end].strip().split("\n")
    inside = all(edit.start <= piece.start and piece.end <= edit.end for piece in over(fixed, edit))
    fenced = len(block) > 1 and block[0].startswith(_FENCES) and block[-1].startswith(_FENCES)
    return not edit.replacement and inside and fenced and not any(c.isalnum() for line in block[1:-1] for c in line)


class _Placed(NamedTuple):
    """An edit and where what it writes stands in the text after it."""

    edit: Edit
    start: int
    end: int


def _settled(text: str, syntax: Syntax, patch: Patch) -> Patch:
    """Leave edits out until the text after the others has the syntax that the text before had."""
    for parting in _REACHES:
        if not patch:
            break
        after = apply(text, patch)
        end = len(after.rstrip())
        found = syntax_of(after)
        wrong = _differing(syntax.fixed, found.fixed, patch, end) | _differing(syntax.marks, found.marks, patch, end)
        if not wrong:
            return patch
        patch = _apart(after, patch, wrong, parting)
    return ()


def _differing(before: tuple[Piece, ...], after: tuple[Piece, ...], patch: Patch, end: int) -> set[Piece]:
    """Give the pieces that an edited text has too many or too few; a line break behind its ``end`` is none too few."""
    expected = {piece for piece in _moved(before, patch) if piece.kind != BREAK or piece.start < end}
    return expected.symmetric_difference(after)


def _moved(pieces: tuple[Piece, ...], patch: Patch) -> Iterator[Piece]:
    """Give the pieces at their places behind a patch that touches none of them, without those that it deletes with their line."""
    shift = k = 0
    for start, end, kind in pieces:
        while k < len(patch) and patch[k].end <= start:
            shift += len(patch[k].replacement) - (patch[k].end - patch[k].start)
            k += 1
        if k == len(patch) or patch[k].start >= end:
            yield Piece(start + shift, end + shift, kind)


def _apart(after: str, patch: Patch, wrong: set[Piece], parting: str) -> Patch:
    """Leave out the edits in the stretches of the text in which, or at whose edge, a piece is wrong."""
    starts = [0]
    at = after.find(parting)
    while at >= 0:
        starts.append(at + len(parting))
        at = after.find(parting, at + len(parting))

    def stretch(place: int) -> int:
        return bisect_right(starts, place)

    bad = {k for piece in wrong for k in range(stretch(max(0, piece.start - 1)), stretch(piece.end) + 1)}
    return tuple(
        placed.edit
        for placed in _placed(patch)
        if bad.isdisjoint(range(stretch(max(0, placed.start - 1)), stretch(placed.end) + 1))
    )


def _placed(patch: Patch) -> Iterator[_Placed]:
    shift = 0
    for edit in patch:
        start = edit.start + shift
        yield _Placed(edit, start, start + len(edit.replacement))
        shift += len(edit.replacement) - (edit.end - edit.start)
