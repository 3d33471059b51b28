"""Genres (文种) and what closes a title.

The fifteen genres are those of 《党政机关公文处理工作条例》 article 8; the words that close the title of a plan, and the tails
that a title may carry behind its genre, are practice.
"""

from __future__ import annotations

import re
from functools import lru_cache

from normtool.lazyre import lazy

GENRES = (
    "决议",
    "决定",
    "命令",
    "令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
)
"""The fifteen genres; 令 is the short form of 命令 and counts as one with it."""

SIGNED_GENRES = frozenset({"决定", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函"})
"""Those that their organ signs below the text (条例 第九条(十一)); a 决议, 公报 or 纪要 is a meeting's, an order signed by an official."""

PLAN_WORDS = ("规划", "计划", "方案", "纲要", "要点")
"""What closes the title of a plan. 预案, 安排 and 行动 close neither a plan nor a genre."""

RULE_WORDS = (
    "办法",
    "规定",
    "条例",
    "细则",
    "规则",
    "制度",
    "章程",
    "规程",
    "标准",
    "准则",
    "规范",
    "指引",
    "指南",
    "解释",
    "安排",
    "公约",
    "目录",
    "清单",
    "措施",
    "政策",
    "名单",
    "预案",
)
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
_LONGEST_FIRST = tuple(sorted(GENRES, key=len, reverse=True))
_TAIL_ENDS = "）)〕页"
_SERIAL = lazy(r"(?<=[告令])(?:\d{4}年)?第?\d{1,5}号$")
_MAX_TAILS = 4
_MAX_TITLE = 200


def title_core(title: str) -> str:
    """Give a title without blanks, file suffix, page count and closing brackets: ``X办法（试行）.docx`` → ``X办法``."""
    # any line may be asked about, and a whole document can be one line: only what is short enough for a title is kept
    return _core(title) if len(title) <= _MAX_TITLE else _core.__wrapped__(title)


@lru_cache(maxsize=512)
def _core(title: str) -> str:
    core = "".join(title.split())
    for _ in range(_MAX_TAILS):
        if not core or not (core[-1] in _TAIL_ENDS or core[-1].isascii() or "——" in core):
            break
        match = _TAIL.search(core)
        if not match or match.end() != len(core):
            break
        core = core[: match.start()]
    return core.rstrip("》”，。；：")


_NO_GENRE = ("会办意见", "协办意见", "征求意见", "修改意见", "审查意见", "信函")
"""Words that end as a genre does and are none."""


def genre_of(title: str) -> str | None:
    """Give the genre that closes a title (命令 for 令), or None. 会办意见 and 征求意见 close no opinions; a plan has no genre."""
    core = title_core(title)
    if core.endswith("号"):
        core = _SERIAL.sub("", core)
    genre = next((genre for genre in _LONGEST_FIRST if core.endswith(genre)), None)
    if genre is None:
        return None
    if core.endswith(_NO_GENRE):
        return None
    return "命令" if genre == "令" else genre


def plan_word(title: str) -> str | None:
    """Give the word that closes the title of a plan (规划, 计划, 方案, 纲要, 要点), or None."""
    core = title_core(title)
    return next((word for word in PLAN_WORDS if core.endswith(word)), None)
