"""Dates as official documents write them: 2022年4月11日, 2022-04-11, 二〇二二年四月十一日, and the broken ones seen on portals.

GB/T 9704-2012 7.3.5.4 asks for Arabic numerals, the full year, and no zero before month and day; the catalogue rules ask for
YYYY-MM-DD in metadata. A date in words of a quotation is no business of this module: it only says what stands at a place.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Literal, NamedTuple

from normtool.grammar.numbering import hanzi_number
from normtool.lazyre import lazy, scan

DateStyle = Literal["arabic", "iso", "hanzi"]
"""``arabic`` 2022年4月11日, and what mixes both numerals · ``iso`` 2022-04-11, 2022.4.11 · ``hanzi`` 二〇二二年四月十一日."""
DateProblem = Literal[
    "zero-padded", "blank", "zero-glyph", "mixed-numerals", "year-month-swap", "doubled-mark", "lost-mark", "impossible"
]
"""``zero-padded`` 04月 · ``blank`` 2022 年 · ``zero-glyph`` ○ Ο O 0 零 for 〇 in a hanzi year · ``mixed-numerals`` 2022年四月1日, 二〇二二年4月1日 ·
``year-month-swap`` 2019月6月11日 · ``doubled-mark`` 2019年年6月 · ``lost-mark`` 201759日 · ``impossible`` 2022-02-30."""

_ZEROS = "〇○ΟOОo0０零◯"
_HANZI_DIGIT = "一二三四五六七八九"
_DIGIT_OF = {c: str(i) for i, c in enumerate(_HANZI_DIGIT, 1)} | dict.fromkeys(_ZEROS, "0")
_B = r"[^\S\n]{0,3}"

_DATE = lazy(
    rf"""
      (?P<year>(?:19|20)\d\d){_B}(?P<ymark>年{{1,2}}|月)?{_B}(?P<month>\d{{1,2}}|[{_HANZI_DIGIT}十]{{1,3}}){_B}月{_B}(?P<day>\d{{1,2}}|[{_HANZI_DIGIT}十]{{1,3}}){_B}日
    | (?P<iso_year>(?:19|20)\d\d)(?P<sep>[-./－／])(?P<iso_month>\d{{1,2}})(?P=sep)(?P<iso_day>\d{{1,2}})(?![\d.])
    | (?P<hanzi_year>[一二][{_HANZI_DIGIT}{_ZEROS}]{{3}}){_B}年{_B}(?P<hanzi_month>[{_HANZI_DIGIT}十元正]{{1,3}}|\d{{1,2}}){_B}月{_B}(?P<hanzi_day>初?[{_HANZI_DIGIT}十]{{1,3}}|廿[{_HANZI_DIGIT}]?|\d{{1,2}}){_B}日
    """,
    re.VERBOSE,
)
_USUAL = lazy(r"(?P<year>(?:19|20)\d\d)(?P<ymark>年)(?P<month>\d\d?)月(?P<day>\d\d?)日")
"""The form of nearly every date of a sign-off; ``_DATE``, with all its classes, takes a hundredth of a start to compile."""
_LOST = lazy(r"(?P<year>(?:19|20)\d\d)年?(?P<rest>\d{1,4}|\d{1,2}月\d{1,2})日?")
_OPENING = "一二"
_FIRST = lazy("[12一二]")
_MAX_LINE = 40


class Date(NamedTuple):
    """A date and where it stands: ``text[start:end]``; ``iso`` is None when no day of the calendar is meant or can be read."""

    start: int
    end: int
    style: DateStyle
    iso: str | None
    problems: tuple[DateProblem, ...]


def date_at(text: str, position: int = 0) -> Date | None:
    """Give the date that starts exactly at ``position`` (0-based), or None. A lone year or month is no date."""
    match = _DATE.match(text, position)
    return _read(match) if match else None


def find_date(text: str, start: int = 0) -> Date | None:
    """Give the first date at or after ``start`` (0-based), or None."""
    match = next(scan(_FIRST, _DATE, text, start), None)
    return _read(match) if match else None


def find_dates(text: str) -> tuple[Date, ...]:
    """Give all dates of a text, in order, not overlapping."""
    return tuple(_read(match) for match in scan(_FIRST, _DATE, text))


def date_line(line: str) -> Date | None:
    """Give the date that fills the whole line (blanks around it aside), or None.

    On a line of its own a date may also have lost its marks (``201759日``, ``2022年411日``): it is named ``lost-mark`` and has
    no ISO form when it can be read in two ways. Does not act on lines over 40 characters.
    """
    stripped = line.strip()
    if not stripped or len(stripped) > _MAX_LINE or not (stripped[0].isdecimal() or stripped[0] in _OPENING):
        return None
    found = _whole(stripped)
    offset = line.index(stripped[0])
    return found if found is None or not offset else found._replace(start=offset, end=found.end + offset)


@lru_cache(maxsize=1024)
def _whole(line: str) -> Date | None:
    """Give the date that is all of a line."""
    match = _USUAL.fullmatch(line)
    if match:
        return _read_arabic(match)
    match = _DATE.fullmatch(line)
    if match:
        return _read(match)
    lost = _LOST.fullmatch(line)
    if not lost or (line[-1] != "日" and "年" not in line):
        return None
    return Date(0, len(line), "arabic", _unambiguous(lost["year"], lost["rest"]), ("lost-mark",))


def is_iso(text: str) -> bool:
    """Tell whether ``text`` is a day of the calendar written YYYY-MM-DD."""
    return len(text) == len("2022-04-11") and text.isascii() and _calendar(text) is not None


def _calendar(iso: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(iso)
    except ValueError:
        return None


def _iso(year: int | None, month: int | None, day: int | None) -> str | None:
    if year is None or month is None or day is None:
        return None
    iso = f"{year:04d}-{month:02d}-{day:02d}"
    return iso if _calendar(iso) else None


def _read(match: re.Match[str]) -> Date:
    if match["iso_year"]:
        iso = _iso(int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"]))
        return Date(match.start(), match.end(), "iso", iso, () if iso else ("impossible",))
    if match["hanzi_year"]:
        return _read_hanzi(match)
    return _read_arabic(match)


def _read_arabic(match: re.Match[str]) -> Date:
    month, day = match["month"], match["day"]
    problems: list[DateProblem] = []
    mark = match["ymark"]
    if mark != "年":
        problems.append("lost-mark" if mark is None else "doubled-mark" if mark == "年年" else "year-month-swap")
    if month.isdecimal() != day.isdecimal() or not month.isdecimal():
        problems.append("mixed-numerals")
    if (month[0] == "0") or (day[0] == "0"):
        problems.append("zero-padded")
    if any(c.isspace() for c in match.group()):
        problems.append("blank")
    iso = _iso(int(match["year"]), hanzi_number(month), hanzi_number(day))
    if iso is None:
        problems.append("impossible")
    return Date(match.start(), match.end(), "arabic", iso, tuple(problems))


def _read_hanzi(match: re.Match[str]) -> Date:
    written = match["hanzi_year"]
    problems: list[DateProblem] = []
    month_text, day_text = match["hanzi_month"], match["hanzi_day"]
    mixed = month_text.isdecimal() or day_text.isdecimal()
    if any(c in _ZEROS and c != "〇" for c in written):
        problems.append("zero-glyph")
    if mixed:
        problems.append("mixed-numerals")
    if month_text[0] == "0" or day_text[0] == "0":
        problems.append("zero-padded")
    if any(c.isspace() for c in match.group()):
        problems.append("blank")
    year = hanzi_year(written)
    month = 1 if month_text in {"元", "正"} else hanzi_number(month_text)
    iso = _iso(year, month, _hanzi_day(day_text))
    if iso is None:
        problems.append("impossible")
    return Date(match.start(), match.end(), "arabic" if mixed else "hanzi", iso, tuple(problems))


def hanzi_year(text: str) -> int:
    """Give the number of a year written digit by digit, with any of the zeros that are seen: 二〇二四, 二○二四."""
    return int("".join(_DIGIT_OF[c] for c in text))


def _hanzi_day(text: str) -> int | None:
    if text[0] == "廿":
        return hanzi_number("二十" + text[1:])
    return hanzi_number(text.removeprefix("初"))


def _unambiguous(year: str, rest: str) -> str | None:
    """Read the month and day of a date without marks, when there is one way only: 0412 → 04-12; 111 → None."""
    if "月" in rest:
        month, day = rest.split("月")
        return _iso(int(year), int(month), int(day))
    readings = {_iso(int(year), int(rest[:k]), int(rest[k:])) for k in (1, 2) if 0 < k < len(rest) and rest[k] != "0"}
    if len(rest) == 4:  # noqa: PLR2004
        readings = {_iso(int(year), int(rest[:2]), int(rest[2:]))}
    readings.discard(None)
    return readings.pop() if len(readings) == 1 else None
