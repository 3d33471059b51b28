"""A unified diff of what the edits do.

It is made from the edits and not by comparing texts: it shows exactly what is made, and takes time linear in the text, where a
comparison of two long texts without common lines does not.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from normtool.patch import apply
from normtool.results import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from normtool.model import Patch

_CONTEXT = 3


class _Block(NamedTuple):
    """Lines of the old text and the lines that take their place; half-open, 0-based."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def unified(filename: str, text: str, patch: Patch) -> str:
    r"""Give the unified diff of ``text`` and ``apply(text, patch)``; an empty string when they are equal.

    Lines end at LF alone, as in diff and git: a CR shows as part of its line.
    """
    after = apply(text, patch)
    old, new = _lines(text), _lines(after)
    blocks = [
        block
        for block in (_trimmed(block, old, new) for block in _blocks(patch, _starts(old), _starts(new)))
        if block is not None
    ]
    if not blocks:
        return ""
    body = "".join(line for hunk in _hunks(blocks) for line in _hunk(hunk, old, new))
    name = shown(filename)
    end = "\t" if " " in name else ""  # without it, `patch` takes what stands before the blank for the name; git writes it, too
    return f"--- {name}{end}\n+++ {name}{end}\n{body}"


def _lines(text: str) -> list[str]:
    """Cut a text into lines with their LF."""
    *lines, last = text.split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _starts(lines: list[str]) -> list[int]:
    """Give where lines start; after a final LF one more line starts, which is empty."""
    return [0, *accumulate(len(line) for line in lines if line.endswith("\n"))]


def _blocks(patch: Patch, old_starts: list[int], new_starts: list[int]) -> list[_Block]:
    """Give the lines that each edit touches on both sides; edits that share a line share a block."""
    out: list[_Block] = []
    shift = 0
    for start, end, replacement, _, _ in patch:
        put = start + shift
        block = _Block(
            bisect_right(old_starts, start) - 1,
            bisect_right(old_starts, end),
            bisect_right(new_starts, put) - 1,
            bisect_right(new_starts, put + len(replacement)),
        )
        if out and (block.old_start < out[-1].old_end or block.new_start < out[-1].new_end):
            block = block._replace(old_start=out[-1].old_start, new_start=out[-1].new_start)
            out.pop()
        out.append(block)
        shift += len(replacement) - (end - start)
    return out


def _trimmed(block: _Block, old: list[str], new: list[str]) -> _Block | None:
    """Take equal lines off both ends of a block; None when nothing is left."""
    old_start, new_start = block.old_start, block.new_start
    old_end, new_end = min(block.old_end, len(old)), min(block.new_end, len(new))
    while old_start < old_end and new_start < new_end and old[old_start] == new[new_start]:
        old_start, new_start = old_start + 1, new_start + 1
    while old_start < old_end and new_start < new_end and old[old_end - 1] == new[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    return _Block(old_start, old_end, new_start, new_end) if old_start < old_end or new_start < new_end else None


def _hunks(blocks: list[_Block]) -> Iterator[list[_Block]]:
    """Put blocks together whose context would meet."""
    hunk = [blocks[0]]
    for block in blocks[1:]:
        if block.old_start - hunk[-1].old_end > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    yield hunk


def _hunk(hunk: list[_Block], old: list[str], new: list[str]) -> Iterator[str]:
    """Give the lines of one hunk, its head first."""
    before = min(_CONTEXT, hunk[0].old_start)
    behind = min(_CONTEXT, len(old) - hunk[-1].old_end)
    old_range = _range(hunk[0].old_start - before, hunk[-1].old_end + behind)
    new_range = _range(hunk[0].new_start - before, hunk[-1].new_end + behind)
    yield f"@@ -{old_range} +{new_range} @@\n"
    at = hunk[0].old_start - before
    for block in hunk:
        yield from (_marked(" ", line) for line in old[at : block.old_start])
        yield from (_marked("-", line) for line in old[block.old_start : block.old_end])
        yield from (_marked("+", line) for line in new[block.new_start : block.new_end])
        at = block.old_end
    yield from (_marked(" ", line) for line in old[at : at + behind])


def _range(start: int, end: int) -> str:
    """Write a range of lines as diff does: an empty one names the line before it."""
    count = end - start
    return f"{start + 1}" if count == 1 else f"{start + 1 if count else start},{count}"


def _marked(mark: str, line: str) -> str:
    return f"{mark}{line}" if line.endswith("\n") else f"{mark}{line}\n\\ No newline at end of file\n"
