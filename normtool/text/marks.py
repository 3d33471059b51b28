"""Marks whose right form is known but rarely proved: ranges of years, blanks around digits, doubled marks, dots, dashes, quotes.

In: text whose lines are in place. Out: edits of rules TXT006 (safe) and TXT003, TXT010, TXT015, TXT016 (unsafe: an author may
have meant them). Nothing inside Latin text, paths, tables drawn with dashes or numbers is touched.
"""

from __future__ import annotations

from typing import NamedTuple

from normtool.grammar.quoting import straight_pairs
from normtool.lazyre import Lazy, lazy
from normtool.model import Edit, Patch, RuleCode

RULES = ("TXT003", "TXT006", "TXT010", "TXT015", "TXT016")

_HANZI = "\u3400-\u4dbf\u4e00-\u9fff"


class _Mend(NamedTuple):
    """A pattern with the form that replaces it; it is tried when the text holds one of ``hints``."""

    rule: str
    hints: tuple[str, ...]
    pattern: Lazy
    form: str
    safe: bool


_MENDS = (
    _Mend(
        "TXT003",
        ("，，", "。。", "、、", "；；", "：："),
        lazy("(?<![，。、；：])([，。、；：])\\1{1,5}(?![，。、；：])"),
        r"\1",
        safe=False,
    ),
    _Mend(
        "TXT006", tuple("-–―~～－"), lazy(r"[-–―~～－](?=(?:19|20)\d\d年)(?<=(?:19|20)\d\d.)(?<![\d-]\d{4}.)"), "—", safe=True
    ),
    _Mend(
        "TXT010",
        (" ",),
        lazy(rf" (?<=[{_HANZI}] )(?P<keep>\d{{1,12}}(?:\.\d{{1,6}})?) (?=[{_HANZI}])"),
        r"\g<keep>",
        safe=False,
    ),
    _Mend(
        "TXT015",
        ("...", "。。。", "⋯"),
        lazy(rf"(?<=[{_HANZI}”》）])(?:\.{{3,6}}|。{{3,6}}|⋯{{1,2}})(?![.A-Za-z0-9_/])"),
        "……",
        safe=False,
    ),
    _Mend("TXT015", ("--", "──", "⸺"), lazy(rf"(?<=[{_HANZI}”》）])(?:--|──|⸺)(?=[{_HANZI}“《（])"), "——", safe=False),
)


def mark_edits(text: str) -> Patch:
    """Give the edits that set marks right; those that another edit of this stage touches are left out."""
    edits = [
        Edit(match.start(), match.end(), match.expand(mend.form), RuleCode(mend.rule), mend.safe)
        for mend in _MENDS
        if any(hint in text for hint in mend.hints)
        for match in mend.pattern.finditer(text)
    ]
    if '"' not in text:
        return _apart(edits)
    edits += [
        Edit(at, at + 1, mark, RuleCode("TXT016"), safe=False)
        for opening, closing in straight_pairs(text)
        for at, mark in ((opening, "“"), (closing, "”"))
        if text[at] == '"'
    ]
    return _apart(edits)


def _apart(edits: list[Edit]) -> Patch:
    """Sort edits and drop those that overlap an earlier one."""
    out: list[Edit] = []
    for edit in sorted(edits):
        if not out or edit.start >= out[-1].end:
            out.append(edit)
    return tuple(out)
