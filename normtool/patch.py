"""The algebra of edits: apply, invert, compose, refine, and map positions back.

Everything rests on it. A patch is a tuple of edits of one text, sorted, not overlapping; all functions are pure, and none
raises for a patch that ``check_patch`` accepts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import ne
from typing import TYPE_CHECKING, NamedTuple

from normtool.model import Edit, Location, Patch, RuleCode, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NEWLINE = re.compile(r"\r\n|\r|\n")


def check_patch(text: str, patch: Patch) -> None:
    """Raise ValueError where ``patch`` is no patch of ``text``: unsorted, overlapping or outside the text."""
    at = 0
    for edit in patch:
        if not at <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit {edit} starts before {at} or leaves the text of {len(text)} characters")
        at = edit.end


def apply(text: str, patch: Patch) -> str:
    """Give ``text`` with every edit made. An empty patch gives ``text`` itself."""
    if not patch:
        return text
    parts = []
    at = 0
    for start, end, replacement, _, _ in patch:
        parts.append(text[at:start])
        parts.append(replacement)
        at = end
    parts.append(text[at:])
    return "".join(parts)


def invert(text: str, patch: Patch) -> Patch:
    """Give the patch that turns ``apply(text, patch)`` back into ``text``, with the same rules."""
    shift = 0
    out = []
    for start, end, replacement, rule, safe in patch:
        at = start + shift
        out.append(Edit(at, at + len(replacement), text[start:end], rule, safe))
        shift += len(replacement) - (end - start)
    return tuple(out)


def drop_idle(text: str, patch: Patch) -> Patch:
    """Leave out the edits that replace a piece by itself."""
    return tuple(e for e in patch if text[e.start : e.end] != e.replacement)


def compose(first: Patch, second: Patch) -> Patch:
    """Give one patch that does what ``first`` and then ``second`` (a patch of the text after ``first``) do.

    Edits that touch the same characters become one edit whose rule names both, joined by ``+``. The result is as fine as
    the edits allow: characters that neither patch covers are in no edit.
    """
    out: list[Edit] = []
    i = j = 0
    shift = 0  # position after `first` minus position before it, for text before first[i]
    while i < len(first) or j < len(second):
        group = _next_group(first, second, i, j, shift)
        out.append(group.edit)
        i, j, shift = group.i, group.j, group.shift
    return tuple(out)


class _Group(NamedTuple):
    """A merged edit and where the two patches stand behind it."""

    edit: Edit
    i: int
    j: int
    shift: int


class _Member(NamedTuple):
    """An edit of either patch and the range between the patches that it covers."""

    start: int
    end: int
    edit: Edit
    later: bool


def _next_group(first: Patch, second: Patch, i: int, j: int, shift: int) -> _Group:
    """Merge the next run of edits of the two patches that touch one another in the text between them."""
    members: list[_Member] = []
    high = -1
    before = shift
    while i < len(first) or j < len(second):
        a = (
            _Member(first[i].start + shift, first[i].start + shift + len(first[i].replacement), first[i], later=False)
            if i < len(first)
            else None
        )
        b = _Member(second[j].start, second[j].end, second[j], later=True) if j < len(second) else None
        member = b if a is None or (b is not None and b[:2] < a[:2]) else a
        if member is None or (members and member.start > high):
            break
        members.append(member)
        high = max(high, member.end)
        if member.later:
            j += 1
        else:
            shift += len(member.edit.replacement) - (member.edit.end - member.edit.start)
            i += 1
    low = members[0].start
    rules = dict.fromkeys(code for m in members for code in m.edit.rule.split("+"))
    safe = all(m.edit.safe for m in members)
    edit = Edit(low - before, high - shift, _merged_text(members, low, high), RuleCode("+".join(rules)), safe)
    return _Group(edit, i, j, shift)


def _merged_text(members: list[_Member], low: int, high: int) -> str:
    """Give the replacement of a group that covers ``low`` to ``high`` between the patches."""
    pieces: list[str] = []
    at = low
    for member in members:
        if not member.later:
            pieces += (" " * (member.start - at), member.edit.replacement)  # the blanks stand for what a later edit replaces
            at = member.end
    between = "".join(pieces) + " " * (high - at)
    out: list[str] = []
    at = low
    for member in members:
        if member.later:
            out += (between[at - low : member.start - low], member.edit.replacement)
            at = member.end
    out.append(between[at - low : high - low])
    return "".join(out)


def refine(old: str, edit: Edit) -> Patch:
    """Split an edit of a line or run, which replaces ``old``, into the edits of the characters that differ; they do the same.

    Replacements of equal length are compared place by place; of others only the common start and end are taken off.
    """
    new = edit.replacement
    if len(old) == len(new):
        start, _, _, rule, safe = edit
        return tuple(Edit(start + k, start + j, new[k:j], rule, safe) for k, j in _runs(old, new))
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return (edit._replace(start=edit.start + head, end=edit.end - tail, replacement=new[head : len(new) - tail]),)


def count_refined(old: str, edit: Edit) -> int:
    """Count the edits that ``refine`` gives."""
    if len(old) != len(edit.replacement):
        return 1
    differs = _differs(old, edit.replacement)
    return differs.count(b"\x00\x01") + differs.startswith(b"\x01")


def _differs(old: str, new: str) -> bytes:
    """Give 1 for every place where two texts of one length differ, and 0 for the others."""
    return bytes(map(ne, old, new))


def _runs(old: str, new: str) -> list[tuple[int, int]]:
    """Give the ranges of places where two texts of one length differ."""
    differs = _differs(old, new)
    out = []
    start = differs.find(1)
    while start >= 0:
        end = differs.find(0, start)
        end = len(differs) if end < 0 else end
        out.append((start, end))
        start = differs.find(1, end)
    return out


class Layer(NamedTuple):
    """One step of a document's history: a patch, its inverse, and where its replacements begin in the text after it."""

    patch: Patch
    inverse: Patch
    starts: tuple[int, ...]


def layer(text: str, patch: Patch) -> Layer:
    """Prepare a patch of ``text`` for taking it back and for mapping positions back."""
    inverse = invert(text, patch)
    return Layer(patch, inverse, tuple(edit.start for edit in inverse))


def source_span(history: tuple[Layer, ...], span: Span) -> Span:
    """Map a range of the text after all patches of ``history`` to the text before them.

    A character inside a replacement of another length maps to the whole of what was replaced; an inserted character to the
    empty range where it was put. An empty span maps to the place before the character that follows it.
    """
    return source_spans(history, (span,))[0]


def source_spans(history: tuple[Layer, ...], spans: Iterable[tuple[int, int]]) -> list[Span]:
    """Map many ranges as ``source_span`` maps one."""
    out: list[tuple[int, int]] = list(spans)
    for under in reversed(history):
        out = _through(under, out)
    return [Span(start, end) for start, end in out]


def _through(under: Layer, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Map ranges of the text after one patch to the text before it.

    One loop, for a converted document has thousands of them.
    """
    starts, patch = under.starts, under.patch
    out = []
    for start, end in spans:
        k = bisect_right(starts, start) - 1
        low, high = start, start + 1
        if k >= 0:
            first, last, replacement, _, _ = patch[k]
            behind = start - starts[k] - len(replacement)
            if behind >= 0 or len(replacement) == last - first:
                low, high = last + behind, last + behind + 1
            else:
                low, high = first, last
        if end <= start:
            high = low
        elif end > start + 1:
            high = max(_through(under, [(end - 1, end)])[0][1], low)
        out.append((low, high))
    return out


def kept_spans(history: tuple[Layer, ...], span: Span) -> tuple[Span, ...]:
    """Give the ranges of the text before all patches whose characters stand, one by one, in ``span`` of the text after them.

    What an earlier patch deleted between them is in none. () where a character of ``span`` was written by an edit of another length.
    """
    pieces = [(span.start, span.end)]
    for under in reversed(history):
        pieces = [piece for start, end in pieces for piece in _kept(under, start, end)]
    if sum(end - start for start, end in pieces) != span.end - span.start:
        return ()
    out: list[Span] = []
    for start, end in pieces:
        if out and out[-1].end == start:
            out[-1] = Span(out[-1].start, end)
        else:
            out.append(Span(start, end))
    return tuple(out)


def _kept(under: Layer, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the pieces of a range after a patch that stand before it at one place each; what an edit of another length wrote is in none."""
    at = start
    while at < end:
        k = bisect_right(under.starts, at) - 1
        stop = min(end, under.starts[k + 1]) if k + 1 < len(under.starts) else end
        before = at
        if k >= 0:
            first, last, replacement, _, _ = under.patch[k]
            behind = at - under.starts[k] - len(replacement)
            before = last + behind
            if behind < 0:
                stop = min(stop, at - behind)
                if len(replacement) != last - first:
                    at = stop
                    continue
        yield before, before + stop - at
        at = stop


def undo(text: str, history: tuple[Layer, ...]) -> str:
    """Take back every patch of ``history`` from the text after them.

    Gives the decoded text when nothing was lost (promise 1).
    """
    for over in reversed(history):
        text = apply(text, over.inverse)
    return text


def line_starts(text: str) -> tuple[int, ...]:
    r"""Give the positions where lines start; a line ends at LF, CR LF or a lone CR."""
    return (0, *(m.end() for m in _NEWLINE.finditer(text)))


def locate(starts: tuple[int, ...], position: int) -> Location:
    """Give line and column (1-based, characters) of a 0-based position, from ``line_starts`` of its text."""
    line = bisect_right(starts, position)
    return Location(line, position - starts[line - 1] + 1)
