"""Blanks around lines: indents, trailing blanks, runs of empty lines, and the final newline.

In: text with LF in which every blank is an ASCII one. Out: edits of rules LAY003 and LAY005. A single empty line between two
paragraphs stays; blanks inside a line stay (a table's columns, 中共中央 国务院).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.lazyre import lazy
from normtool.model import Edit, Patch, RuleCode
from normtool.patch import drop_idle

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = ("LAY003", "LAY005")
_LAY003 = RuleCode("LAY003")
_LAY005 = RuleCode("LAY005")
_EDGES = (" ", "\t", "\n")
_BREAKS = lazy(r"\n[ \t\n]*")


def _is_tidy(text: str) -> bool:
    """Tell whether no line has a blank at its edge and no two empty lines follow one another.

    Substrings are found faster than patterns.
    """
    inner = not any(piece in text for piece in (" \n", "\t\n", "\n ", "\n\t", "\n\n\n"))
    return inner and text[:1] not in _EDGES and not text.endswith((" ", "\t", "\n\n"))


def blank_edits(text: str) -> Patch:
    """Give the edits that leave lines without edge blanks, at most one empty line between two, and one newline at the end."""
    if _is_tidy(text):
        return () if text.endswith("\n") or not text else (Edit(len(text), len(text), "\n", _LAY005),)
    edits = []
    end = len(text)
    for start, stop in _gaps(text):
        gap = text[start:stop]
        if start == 0:
            edits.append(Edit(start, stop, "", _LAY003))
        elif stop == end:
            edits.append(Edit(start, stop, "\n", _LAY003 if gap.count("\n") == 1 else _LAY005))
        else:
            edits.append(Edit(start, stop, "\n" * min(gap.count("\n"), 2), _LAY003))
    if text and text[-1] not in " \t\n":
        edits.append(Edit(end, end, "\n", _LAY005))
    return drop_idle(text, tuple(edits))


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """Give the runs of blanks at the edges of lines, with the line breaks in them.

    A lone break between two lines is left out.
    """
    first = len(text) - len(text.lstrip(" \t\n"))
    if first:
        yield 0, first
    last = max(first, len(text.rstrip(" \t\n")))
    for match in _BREAKS.finditer(text, first, last):
        start, stop = match.span()
        while text[start - 1] in " \t":
            start -= 1
        if stop - start > 1:
            yield start, stop
    if last < len(text):
        yield last, len(text)
