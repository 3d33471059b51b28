"""Document numbers (发文字号): 代字〔年份〕顺序号号, with every bracket and blank seen on portals.

GB/T 9704-2012 7.2.5: the year in full, in 〔〕; the serial number without 第, without leading zeros, followed by 号. Orders and
announcements number otherwise: 国务院令第700号, 交通运输部令2026年第10号, 2024年第5号, …常务委员会公告〔十六届〕第8号. Court numbers such as (2024)渝01民终1号 open
with the bracket and are none of ours.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from normtool.lazyre import lazy

NumberProblem = Literal["brackets", "blank", "ordinal-prefix", "leading-zero"]
"""``brackets`` year not in 〔〕 · ``blank`` a blank inside · ``ordinal-prefix`` 第 before the serial · ``leading-zero`` 001."""

_B = r"[^\S\n]{0,3}"
_BRACKETS = frozenset(("〔〕", "[]", "［］", "【】", "﹝﹞", "（）", "()", "〈〉", "<>", "﹙﹚", "（)", "(）", "〔]", "[〕"))
_TAIL = rf"(?P<open>[^\w\s]){_B}(?P<year>(?:19|20)\d\d)年?{_B}(?P<close>[^\w\s]){_B}(?P<di>第?){_B}(?P<serial>\d{{1,6}}){_B}号"
_CODE_CHAR = r"[^\W\d_]"
_CODE = rf"(?P<code>{_CODE_CHAR}(?:{_CODE_CHAR}|[^\S\n]|（{_CODE_CHAR}{{1,8}}）|\({_CODE_CHAR}{{1,8}}\)){{1,26}})"
_OWN = lazy(_CODE + _TAIL)
_CITED_TAIL = lazy(_TAIL)
_ORDER = lazy(
    rf"""(?P<organ>[^\W\d_]{{2,30}}(?:令|公告|通告))?{_B}(?:(?P<order_year>(?:19|20)\d\d){_B}年{_B}|〔[一二三四五六七八九十]{{1,3}}届〕)?第{_B}(?P<order_serial>[\d一二三四五六七八九十百]{{1,6}}){_B}号""",
    re.VERBOSE,
)
_NOT_CODE = lazy(
    r".*(?:根据|按照|依据|依照|印发|转发|下发|发布|文件|废止|执行|通知|意见|办法|规定|批复|文号|字号|由|即|及|和|与|的|见|在|是)"
    r"(?=[^\W\d_]{2})"
)
_MAX_LINE = 60
_MIN_CODE = 2
_MAX_CODE = 24


class DocumentNumber(NamedTuple):
    """A number and where it stands: ``text[start:end]``.

    ``canonical`` is how the standard writes it; ``code`` is the 代字; ``year`` is None for an order without a year.
    """

    start: int
    end: int
    code: str
    year: int | None
    serial: int
    canonical: str
    problems: tuple[NumberProblem, ...]


def number_line(line: str) -> DocumentNumber | None:
    """Give the number that fills the whole line (blanks around it and one pair of brackets aside), or None.

    Takes orders as well (…令第N号, 2024年第5号). Does not act on lines over 60 characters, nor on a line with any other word.
    """
    stripped = line.strip()
    if len(stripped) > _MAX_LINE or "号" not in stripped[-2:]:
        return None
    found = _whole(stripped)
    offset = line.index(stripped[0])
    return _shift(found, offset) if found and offset else found


@lru_cache(maxsize=1024)
def _whole(stripped: str) -> DocumentNumber | None:
    """Give the number that is all of a line."""
    offset = 0
    if stripped[0] in "（(" and stripped[-1] in "）)":
        stripped = stripped[1:-1]
        offset = 1
    match = _OWN.fullmatch(stripped)
    if match and _bracketed(match):
        return _shift(_read(match, match["code"]), offset)
    order = _ORDER.fullmatch(stripped)
    if order and (order["organ"] or order["order_year"]):
        return _shift(_read_order(order), offset)
    return None


def find_numbers(text: str) -> tuple[DocumentNumber, ...]:
    """Give every number in running text, in order: the 代字 is cut at punctuation and at words such as 根据 or 印发.

    A bracket without a 代字 of two characters before it (a court number, a bare year) is left out.
    """
    out = []
    at = 0
    for match in _CITED_TAIL.finditer(text):
        if not _bracketed(match):
            continue
        start = max(at, match.start() - _MAX_CODE)
        before = re.search(rf"(?:{_CODE_CHAR}|（{_CODE_CHAR}{{1,8}}）){{0,{_MAX_CODE}}}{_B}$", text[start : match.start()])
        code = before.group() if before else ""
        cut = _NOT_CODE.match(code)
        if cut:
            code = code[cut.end() :]
        if len(code.strip()) >= _MIN_CODE:
            found = _read(match, code)
            out.append(found._replace(start=match.start() - len(code)))
        at = match.end()
    return tuple(out)


def _bracketed(match: re.Match[str]) -> bool:
    """Tell whether the marks around the year are brackets, of one kind or of two widths."""
    return match["open"] + match["close"] in _BRACKETS


def _shift(found: DocumentNumber, offset: int) -> DocumentNumber:
    return found._replace(start=found.start + offset, end=found.end + offset)


def _read(match: re.Match[str], code: str) -> DocumentNumber:
    problems: list[NumberProblem] = []
    if match["open"] + match["close"] != "〔〕":
        problems.append("brackets")
    if any(c.isspace() for c in match.group()) or code != code.strip():
        problems.append("blank")
    if match["di"]:
        problems.append("ordinal-prefix")
    serial = match["serial"]
    if serial[0] == "0":
        problems.append("leading-zero")
    word = "".join(code.split()).replace("(", "（").replace(")", "）")
    year, number = int(match["year"]), int(serial)
    return DocumentNumber(match.start(), match.end(), word, year, number, f"{word}〔{year}〕{number}号", tuple(problems))


def _read_order(match: re.Match[str]) -> DocumentNumber:
    from normtool.grammar.numbering import hanzi_number

    serial = hanzi_number(match["order_serial"]) or 0
    year = int(match["order_year"]) if match["order_year"] else None
    organ = match["organ"] or ""
    problems: tuple[NumberProblem, ...] = ("blank",) if any(c.isspace() for c in match.group()) else ()
    return DocumentNumber(match.start(), match.end(), organ, year, serial, "".join(match.group().split()), problems)
