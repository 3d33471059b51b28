"""Blanks around lines: indents, trailing blanks, runs of empty lines, and the final newline.

In: text with LF in which every blank is an ASCII one. Out: edits of rules LAY003 and LAY005. A single empty line between two
paragraphs stays; blanks inside a line stay (a table's columns, 中共中央 国务院), and so do tabs at the edge of a table's row, which
are empty cells, and the indents of a table's rows where they differ.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from normtool.lazyre import lazy
from normtool.lines import lines_of
from normtool.model import Edit, Patch, RuleCode
from normtool.patch import drop_idle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from normtool.lines import Line

RULES = ("LAY003", "LAY005")
_LAY003 = RuleCode("LAY003")
_LAY005 = RuleCode("LAY005")
_EDGES = (" ", "\t", "\n")
_BLANKS = " \t"
_GAP = lazy(" {2,}")
_FIGURE = lazy(r"[-+−—]?[\d,.]+[%％‰]?|[-−—]+")
_MIN_COLUMNS = 3


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
    edges = _edges(text)
    if not edges:
        return (Edit(0, len(text), "", _LAY003),)
    edits = [Edit(0, edges[0][0], "", _LAY003)]
    edits += [
        Edit(end, start, "\n" * min(text.count("\n", end, start), 2), _LAY003) for (_, end), (start, _) in pairwise(edges)
    ]
    end = edges[-1][1]
    edits.append(Edit(end, len(text), "\n", _LAY003 if text.count("\n", end) == 1 else _LAY005))
    return drop_idle(text, tuple(edits))


def _edges(text: str) -> list[tuple[int, int]]:
    """Give for every line that is not empty where what stays of it starts and ends."""
    lines = lines_of(text)
    rows = _tabbed_rows(lines) if "\t" in text else set()
    indented = _spaced_rows(lines) if "\n  " in text or text.startswith("  ") else set()
    out = []
    for k, line in enumerate(lines):
        kept = line.text.strip(" " if k in rows else _BLANKS)
        if kept.strip(_BLANKS):
            start = line.start + line.text.index(kept)
            out.append((line.start if k in indented else start, start + len(kept)))
    return out


def _tabbed_rows(lines: Sequence[Line]) -> set[int]:
    """Give the rows of tables whose cells are divided by tabs: a tab at the edge is an empty cell.

    They follow one another with as many tabs each, one of them with text on both sides of a tab, or stand beside another row that
    has such a tab as well. Paragraphs indented by a tab have none.
    """
    tabs = [line.text.count("\t") for line in lines]
    inner = [count > 0 and "\t" in line.text.strip(_BLANKS) for count, line in zip(tabs, lines, strict=True)]
    out = {k for pair in pairwise(range(len(lines))) if all(inner[k] for k in pair) for k in pair}
    for _, run in groupby(range(len(lines)), lambda k: tabs[k]):
        rows = list(run)
        if len(rows) > 1 and any(inner[k] for k in rows):
            out.update(rows)
    return out


def _spaced_rows(lines: Sequence[Line]) -> set[int]:
    """Give the rows of tables set with blanks in which some first cells are indented: 其中 stands deeper than what it is part of."""
    out: set[int] = set()
    for is_table, run in groupby(range(len(lines)), lambda k: _is_spaced_row(lines[k].text)):
        rows = list(run)
        if is_table and len({len(lines[k].text) - len(lines[k].text.lstrip()) for k in rows}) > 1:
            out.update(rows)
    return out


def _is_spaced_row(text: str) -> bool:
    """Tell whether a line has three columns and more, or two of which the second is a figure."""
    columns = _GAP.split(text.strip())
    return len(columns) >= _MIN_COLUMNS or (len(columns) > 1 and _FIGURE.fullmatch(columns[-1]) is not None)
