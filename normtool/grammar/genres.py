"""Genres (文种) and what closes a title.

The fifteen genres are those of 《党政机关公文处理工作条例》 article 8; the words that close the title of a plan, and the tails
that a title may carry behind its genre, are practice.
"""

from __future__ import annotations

import re

from normtool.lazyre import lazy

GENRES = ("决议", "决定", "命令", "令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函", "纪要")
"""The fifteen genres; 令 is the short form of 命令 and counts as one with it."""

PLAN_WORDS = ("规划", "计划", "方案", "纲要", "要点")
"""What closes the title of a plan. 预案, 安排 and 行动 close neither a plan nor a genre."""

RULE_WORDS = ("办法", "规定", "条例", "细则", "规则", "制度", "章程", "规程", "标准", "准则", "规范", "指引", "指南", "解释", "安排", "公约", "目录", "清单", "措施", "政策", "名单", "预案")
"""What closes the title of a regulation or list that a notice encloses; none of the fifteen genres."""

_TAIL = lazy(
    r"""(?:
        \s
      | \.(?:docx?|pdf|wps|ofd|txt|html?)$
      | （[^（）]{0,40}）$ | \([^()]{0,40}\)$ | 〔[^〔〕]{0,20}〕$
      | [（(]?\d{1,3}页[）)]?$
      | ——[^—]{2,60}$
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_BLANKS = lazy(r"\s+")
_GENRE = lazy("(?:实施|指导|若干|处理)?(" + "|".join(sorted(GENRES, key=len, reverse=True)) + ")$")
_SERIAL = lazy(r"(?<=[告令])(?:\d{4}年)?第?\d{1,5}号$")
_PLAN = lazy("(?:" + "|".join(PLAN_WORDS) + ")$")
_MAX_TAILS = 4


def title_core(title: str) -> str:
    """Give a title without blanks, file suffix, page count and closing brackets: ``X办法（试行）.docx`` → ``X办法``."""
    core = _BLANKS.sub("", title)
    for _ in range(_MAX_TAILS):
        match = _TAIL.search(core)
        if not match or match.end() != len(core):
            break
        core = core[: match.start()]
    return core.rstrip("》”，。；：")


def genre_of(title: str) -> str | None:
    """Give the genre that closes a title (命令 for 令), or None. 会办意见 and 征求意见 close no opinions; a plan has no genre."""
    core = _SERIAL.sub("", title_core(title))
    match = _GENRE.search(core)
    if not match:
        return None
    if core.endswith(("会办意见", "协办意见", "征求意见", "修改意见", "审查意见", "信函", "公开函告")) and not core.endswith("公函"):
        return None
    return "命令" if match[1] == "令" else match[1]


def plan_word(title: str) -> str | None:
    """Give the word that closes the title of a plan (规划, 计划, 方案, 纲要, 要点), or None."""
    match = _PLAN.search(title_core(title))
    return match.group() if match else None
