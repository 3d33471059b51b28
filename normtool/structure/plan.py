"""What the title of a plan says: 规划, 计划, 方案, 纲要 or 要点; of which place; for which years."""

from __future__ import annotations

from normtool.document import Period, Plan, Text
from normtool.grammar.genres import plan_word
from normtool.lazyre import lazy
from normtool.model import Span

_REGION = lazy(r"[^\W\d_]{1,10}?(?:省|自治区|特别行政区|自治州|地区|盟|市|州|县|旗|区)(?!域|划|块|县)")
_YEARS = lazy(r"(?P<start>(?:19|20)\d\d)年?\s*(?:—|-|－|–|～|~|至|到)+\s*(?P<end>(?:19|20)\d\d)年")
_FIVE_YEARS = lazy('[“"‘]?十(?P<n>[一二三四五六七八九])五[”"’]?')
_ONE_YEAR = lazy(r"(?P<start>(?:19|20)\d\d)年(?:度)?")
_FIRST = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031, "七": 2036, "八": 2041, "九": 2046}
"""The first year of the N-th five-year plan: 十一五 2006 … 十四五 2021 (every five years)."""


def five_years(text: str) -> Period | None:
    """Give the years of the first five-year plan (十四五) that a text names, or None."""
    match = _FIVE_YEARS.search(text) if "十" in text and "五" in text else None
    if not match:
        return None
    start = _FIRST[match["n"]]
    return Period(Span(match.start(), match.end()), start, start + 4)


def years(text: str) -> Period | None:
    """Give the first range of years (2021—2025年) in a text, or None."""
    match = _YEARS.search(text)
    if not match:
        return None
    return Period(Span(match.start(), match.end()), int(match["start"]), int(match["end"]))


def read_plan(title: Text) -> Plan:
    """Read the plan's fields out of its title. A range of years counts before 十四五, and that before a single year."""
    text = title.text
    region = _REGION.match(text)
    period = years(text) or five_years(text)
    if period is None:
        one = _ONE_YEAR.search(text)
        period = Period(Span(one.start(), one.end()), int(one["start"]), int(one["start"])) if one else None
    if period:
        period = Period(
            Span(title.span.start + period.span.start, title.span.start + period.span.end), period.start_year, period.end_year
        )
    return Plan(title.span, plan_word(text) or "方案", region.group() if region else None, period)
