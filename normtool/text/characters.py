"""Characters that stand for another one, and those that nobody can see.

In: text with LF. Out: edits of rules TXT004 (radicals), TXT007 (invisible), TXT008 (blanks), TXT009 (NFC), TXT011 (full-width
letters and digits), TXT012 (punctuation variants), TXT013 (zero of a year in hanzi) and TXT014 (middle dot), one a run; and of
ENC007 (a byte order mark where files were joined) and ENC009 (NULs, unsafe), which the bytes brought.

Only characters that Unicode itself calls a form of another one, or that a standard names, are touched. Never NFKC: it would
take ①, ㎡, ：and （ apart. Enclosed and Roman numerals, ℃ and № stay, and so does a character that the text names: 部首“⼈”.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from normtool.grammar.dates import date_line
from normtool.grammar.quoting import is_named
from normtool.lazyre import lazy, scan
from normtool.model import Edit, Patch, RuleCode

if TYPE_CHECKING:
    import re

RULES = ("ENC007", "ENC009", "TXT004", "TXT007", "TXT008", "TXT009", "TXT011", "TXT012", "TXT013", "TXT014")

_HANZI = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Every blank of Unicode category Zs but the ASCII one."""
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
"""Zero-width and bidirectional marks, soft hyphens and controls; line ends are gone by now, and NUL is ENC009's."""
_JOINERS = "\u200c\u200d"
"""Joiners are letters' business in Mongolian, Tibetan and emoji: they go only between hanzi and ASCII."""

_VARIANTS = str.maketrans(
    {
        **dict(zip("\uff61\uff62\uff63\uff64", "。「」、", strict=True)),  # half-width forms of the katakana block
        **dict(
            zip("\ufe50\ufe51\ufe52\ufe54\ufe55\ufe56\ufe57\ufe59\ufe5a\ufe5d\ufe5e", "，、．；：？！（）〔〕", strict=True)
        ),  # small forms
        **dict(zip("\ufe10\ufe11\ufe12\ufe13\ufe14\ufe15\ufe16", "，、。：；！？", strict=True)),  # vertical forms
        **dict(
            zip(
                "\ufe35\ufe36\ufe39\ufe3a\ufe3b\ufe3c\ufe3d\ufe3e\ufe3f\ufe40\ufe41\ufe42\ufe43\ufe44",
                "（）〔〕【】《》〈〉「」『』",
                strict=True,
            )
        ),
    }
)
_FULLWIDTH = {c: chr(c - 0xFEE0) for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05)}
_NAMED = ("TXT004", "TXT011", "TXT012")
_YEAR_DIGITS = frozenset("一二三四五六七八九〇○ΟO0零")
_YEAR = 4
_MAX_DATE = 40
_ZEROS = str.maketrans("○ΟO0零", "〇〇〇〇〇")

_ANY = lazy(
    f"(?P<TXT008>[{_BLANKS}]+)"
    "|(?P<ENC007>\ufeff)|(?P<ENC009>\0+)"
    f"|(?P<TXT007>[{_INVISIBLE}]+|(?<=[{_HANZI}!-~\uff01-\uff5e])[{_JOINERS}]+(?=[{_HANZI}!-~\uff01-\uff5e]))"
    "|(?P<TXT011>[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff05]+)"
    "|(?P<TXT012>[\ufe10-\ufe16\ufe35\ufe36\ufe39-\ufe44\ufe50-\ufe57\ufe59\ufe5a\ufe5d\ufe5e\uff61-\uff64]+)"
    f"|(?P<TXT014>(?<=[{_HANZI}])[\u2022\u2027\u2219\u22c5](?=[{_HANZI}]))"
    f"|(?P<TXT004>[\u2f00-\u2fd5]|(?<=[{_HANZI}])[\u2e80-\u2ef3]|[\u2e80-\u2ef3](?=[{_HANZI}]))"
)
_FIRST = lazy(
    f"[{_BLANKS}\ufeff\0{_INVISIBLE}{_JOINERS}\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff05"
    "\ufe10-\ufe16\ufe35\ufe36\ufe39-\ufe44\ufe50-\ufe57\ufe59\ufe5a\ufe5d\ufe5e\uff61-\uff64\u2022\u2027\u2219\u22c5\u2e80-\u2fd5]"
)
"""What a match of ``_ANY`` begins with."""


def character_edits(text: str) -> Patch:
    """Give the edits that put plain characters in the place of their variants and take out the invisible ones."""
    edits = [edit for match in scan(_FIRST, _ANY, text) if (edit := _edit(match)) is not None]
    edits += _year_edits(text)
    if not _is_composed(text):
        edits += _composed(text, edits)
    return tuple(sorted(edits))


def _edit(match: re.Match[str]) -> Edit | None:
    rule = match.lastgroup or ""
    old = match[0]
    if rule in _NAMED and len(old) == 1 and is_named(match.string, match.start()):
        return None
    if rule == "TXT008":
        new = " " * len(old)
    elif rule in ("TXT007", "ENC007", "ENC009"):
        new = ""
    elif rule == "TXT011":
        new = old.translate(_FULLWIDTH)
    elif rule == "TXT012":
        new = old.translate(_VARIANTS)
    elif rule == "TXT014":
        new = "·"
    else:
        new = _ideograph(old)
    return Edit(match.start(), match.end(), new, RuleCode(rule), safe=rule != "ENC009") if new != old else None


def _year_edits(text: str) -> list[Edit]:
    """Write the zeros of a year in hanzi as 〇 (GB/T 15835-2011): 二○○六年, 二ΟΟ七年.

    A year in digits only is left alone, and one of a date that goes on in digits: DOC013 writes the whole of it or nothing.
    """
    out = []
    end = text.find("年", _YEAR)
    while end >= 0:
        year = text[end - _YEAR : end]
        if year[0] in "一二" and _YEAR_DIGITS.issuperset(year):
            new = year.translate(_ZEROS)
            if new != year and not _is_mixed_date(text, end - _YEAR):
                out.append(Edit(end - _YEAR, end, new, RuleCode("TXT013")))
        end = text.find("年", end + 1)
    return out


def _is_mixed_date(text: str, at: int) -> bool:
    """Tell whether a year opens a line that is a date in both numerals: 二0二三年04月05日."""
    if text[max(0, at - _MAX_DATE) : at].rpartition("\n")[2].strip():
        return False
    date = date_line(text[at : at + _MAX_DATE].partition("\n")[0])
    return date is not None and "mixed-numerals" in date.problems


_PIECE = 512
_MAX_MARKS = 32
"""More marks on one letter mean nothing, and their ordering takes time that grows with the square of their number."""


def _is_composed(text: str) -> bool:
    """Tell whether the text is in normal form C, looking at pieces that overlap."""
    return all(unicodedata.is_normalized("NFC", text[k : k + _PIECE + _MAX_MARKS]) for k in range(0, len(text), _PIECE))


_DECOMPOSED = lazy(
    "[^\x00-\u02ff][\u0300-\u036f\u3099\u309a]+|[A-Za-z\u00c0-\u02ff][\u0300-\u036f]+|[\uf900-\ufaff\U0002f800-\U0002fa1f\u2126\u212a\u212b]"
)


def _composed(text: str, taken: list[Edit]) -> list[Edit]:
    """Compose letters with their marks and unify compatibility ideographs, where no other edit stands."""
    busy = {k for edit in taken for k in range(edit.start, edit.end)}
    out = []
    for match in _DECOMPOSED.finditer(text):
        if len(match[0]) > _MAX_MARKS:
            continue
        new = unicodedata.normalize("NFC", match[0])
        if new != match[0] and busy.isdisjoint(range(match.start(), match.end())):
            out.append(Edit(match.start(), match.end(), new, RuleCode("TXT009")))
    return out


@cache
def _supplement() -> dict[str, str]:
    """Radicals of the CJK supplement with the ideographs that Unicode's EquivalentUnifiedIdeograph gives them."""
    from normtool.catalog import data_bytes

    rows = (line.split("\t") for line in data_bytes("radicals.tsv").decode().splitlines() if line and line[0] != "#")
    return {chr(int(code, 16)): target for code, target, *_ in rows}


def _ideograph(radical: str) -> str:
    """Give the ideograph that a radical stands for; a Kangxi radical's is its NFKC form."""
    return unicodedata.normalize("NFKC", radical) if "\u2f00" <= radical <= "\u2fd5" else _supplement().get(radical, radical)
