"""Document numbers and the date of the sign-off in the form that GB/T 9704-2012 gives them (7.2.5, 7.3.5.4).

In: text whose lines are in place. Out: edits of rules DOC016 (brackets of the own number), DOC021 (its blanks), DOC022 (both,
of a cited number), DOC013 (the date), and the unsafe DOC017 (第) and DOC018 (leading zero). The own number is the one on a line
of its own.

Court numbers, (2024)渝01民终1号, open with their bracket and are left alone; so is a number that the metadata table gives. A cited
number is mended only where it is a document's for sure: by its 〔〕, by the end of its code, or behind the title that it belongs to.
Certificates, contracts and whatever else is numbered in brackets, 云国用（2015）第00123号, are no business of the standard.
"""

from __future__ import annotations

from functools import cache

from normtool.catalog import data_table
from normtool.grammar.dates import Date, date_line
from normtool.grammar.document_number import DocumentNumber, find_numbers, number_line
from normtool.grammar.metadata_lines import pairs_of
from normtool.lazyre import Lazy, lazy
from normtool.lines import Line, lines_of
from normtool.model import Edit, Patch, RuleCode

RULES = ("DOC013", "DOC016", "DOC017", "DOC018", "DOC021", "DOC022")

_TAIL = lazy(
    r"(?P<gap>[ ]*)(?P<open>[^\w\s])[ ]*(?:19|20)\d\d年?[ ]*(?P<close>[^\w\s])[ ]*(?P<di>第?)[ ]*(?P<zeros>0*)\d+(?P<last>[ ]*)号"
)
_BLANKS = lazy("[ ]+")
_LIST_MARKS = " 、，,和及"
_LOOK_BACK = 24
_NEAR = 8
_NUMBERED = tuple("楼栋幢院门室地块宗线路井库厂房车船机组台站桩")
"""What follows the 号 of something else: 某储(2023)12号地块, 5号楼."""


def number_edits(text: str) -> Patch:
    """Give the edits that write numbers and dates of their own lines, and cited numbers, as the standard has them."""
    edits: list[Edit] = []
    for line in lines_of(text):
        if "号" in line.text:
            edits += _line_numbers(line)
        elif date := date_line(line.text):
            edits += _date_edits(line, date)
    return tuple(sorted(edits))


def _line_numbers(line: Line) -> list[Edit]:
    if pairs_of(line.text):
        return []
    own = number_line(line.text)
    if own:
        registered = "ordinal-prefix" in own.problems and "brackets" in own.problems and not _has_known_code(own.code)
        return [] if registered else _mend(line, own, brackets="DOC016", blank="DOC021")
    edits: list[Edit] = []
    sure_until = -1
    for cited in find_numbers(line.text):
        listed = 0 <= sure_until < cited.start and not line.text[sure_until : cited.start].strip(_LIST_MARKS)
        if _is_document_number(line.text, cited, listed=listed):
            sure_until = cited.end
            edits += _mend(line, cited, brackets="DOC022", blank="DOC022")
    return edits


def _is_document_number(text: str, number: DocumentNumber, *, listed: bool) -> bool:
    """Tell whether a cited number is a document's beyond doubt; ``listed`` says that it stands beside another one that is."""
    before = text[max(0, number.start - _LOOK_BACK) : number.start]
    behind = text[number.end : number.end + _LOOK_BACK]
    if "ordinal-prefix" in number.problems or behind[:1] in _NUMBERED or _phrase("other_behind").match(behind):
        return False
    if _phrase("other_before").search(before[-_NEAR:] + number.code):
        return False
    if "brackets" not in number.problems or listed:
        return True
    return _has_known_code(number.code) or _phrase("docno_before").search(before) is not None


def _has_known_code(code: str) -> bool:
    return _phrase("docno_code").search(code) is not None


@cache
def _phrase(name: str) -> Lazy:
    return lazy(data_table("phrases.toml")[name])


def _mend(line: Line, number: DocumentNumber, *, brackets: str, blank: str) -> list[Edit]:
    """Give the edits for one number; those of a cited one all carry DOC022."""
    if not number.problems:
        return []
    match = _TAIL.search(line.text, number.start, number.end)
    if not match:
        return []
    edits = []
    for group, mark in (("open", "〔"), ("close", "〕")):
        if match[group] != mark:
            edits.append(_edit(line, match.span(group), mark, brackets))
    edits += [_edit(line, gap.span(), "", blank) for gap in _BLANKS.finditer(line.text, match.start(), match.end())]
    if match["di"]:
        edits.append(_edit(line, match.span("di"), "", "DOC017", safe=False))
    if match["zeros"]:
        edits.append(_edit(line, match.span("zeros"), "", "DOC022" if brackets == "DOC022" else "DOC018", safe=False))
    return edits


def _date_edits(line: Line, date: Date) -> list[Edit]:
    """Write a date of its own line without zeros and blanks; where a mark was lost or confused the mend is unsafe."""
    if not date.problems or date.iso is None or date.style != "arabic":
        return []
    year, month, day = (int(part) for part in date.iso.split("-"))
    plain = f"{year}年{month}月{day}日"
    safe = set(date.problems) <= {"zero-padded", "blank"}
    return (
        [] if line.text[date.start : date.end] == plain else [_edit(line, (date.start, date.end), plain, "DOC013", safe=safe)]
    )


def _edit(line: Line, span: tuple[int, int], new: str, rule: str, *, safe: bool = True) -> Edit:
    return Edit(line.start + span[0], line.start + span[1], new, RuleCode(rule), safe)
