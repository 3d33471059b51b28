"""Genres (文种) and what closes a title: the words are data (``data/genres.toml``), which tells where each list is from.

The tails that a title may carry behind its genre are practice.
"""

from __future__ import annotations

import re
from functools import lru_cache

from normtool.catalog import data_table
from normtool.lazyre import lazy

_TABLE = data_table("genres.toml")
GENRES = tuple(_TABLE["genres"])
SIGNED_GENRES = frozenset(_TABLE["signed"])
ORDERS = tuple(_TABLE["orders"])
MINUTES = "纪要"
_NO_GENRE = tuple(_TABLE["no_genre"])
PLAN_WORDS = tuple(_TABLE["plans"])
RULE_WORDS = tuple(_TABLE["rules"])
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
