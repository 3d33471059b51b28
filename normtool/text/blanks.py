"""Blanks around lines: indents, trailing blanks, runs of empty lines, and the final newline.

In: text with LF in which every blank is an ASCII one. Out: edits of rules LAY003 and LAY005. A single empty line between two
paragraphs stays; blanks inside a line stay (a table's columns, 中共中央 国务院).
"""

from __future__ import annotations

from normtool.lazyre import lazy
from normtool.model import Edit, Patch, RuleCode
from normtool.patch import drop_idle

RULES = ("LAY003", "LAY005")
_LAY003 = RuleCode("LAY003")
_LAY005 = RuleCode("LAY005")
_UNTIDY = lazy(r"\A[ \t\n]|[ \t]\n|\n[ \t]|\n{3}|\n\n\Z|[ \t]\Z")
_EDGE = lazy(r"(?<![ \t\n])[ \t]*(?:\n[ \t]*)+|\A[ \t]+|(?<![ \t])[ \t]+\Z")


def blank_edits(text: str) -> Patch:
    """Give the edits that leave lines without edge blanks, at most one empty line between two, and one newline at the end."""
    if not _UNTIDY.search(text):
        return () if text.endswith("\n") or not text else (Edit(len(text), len(text), "\n", _LAY005),)
    edits = []
    end = len(text)
    for match in _EDGE.finditer(text):
        start, stop = match.span()
        gap = match[0]
        if start == 0:
            edits.append(Edit(start, stop, "", _LAY003))
        elif stop == end:
            edits.append(Edit(start, stop, "\n", _LAY003 if gap.count("\n") == 1 else _LAY005))
        else:
            edits.append(Edit(start, stop, "\n" * min(gap.count("\n"), 2), _LAY003))
    if text and text[-1] not in " \t\n":
        edits.append(Edit(end, end, "\n", _LAY005))
    return drop_idle(text, tuple(edits))
