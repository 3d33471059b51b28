"""Lines that the number of a page fills, alone or with what is printed beside it: - 3 -, 第 3 页 共 5 页, 3/5, - 3 - 云岭县.

A line is only read here. Whether it counts pages its sequence must prove, which is the caller's business (see ``text.furniture``).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from normtool.grammar.numbering import label_at
from normtool.lazyre import lazy

_DASH = "-—–―─一－~～·"
_OPENING = f"{_DASH}第"
_CLOSING = f"{_DASH}页"
_PLAIN = lazy(rf"[{_DASH}]*[ ]?(\d{{1,4}})[ ]?[{_DASH}]*|第[ ]?(\d{{1,4}})[ ]?页(?:[ ]?[/共][ ]?(?:共[ ]?)?\d{{1,4}}[ ]?页?)?")
_MAX_FRAMED = 60
_FRAMED = lazy(
    r"""
      (?P<part>\d{1,4})[ ]?/[ ]?(?P<parts>\d{1,4})
    | (?:(?P<head>.{4,40}[^\s0-9A-Za-z])[ ]?)??
      (?: [-—–―─－]{1,2}[ ]?(?P<dashed>\d{1,4})[ ]?[-—–―─－]{1,2} | 第[ ]?(?P<page>\d{1,4})[ ]?页(?:[ ]?[/，,]?[ ]?共[ ]?(?P<pages>\d{1,4})[ ]?页)? )
      (?:[ ]?(?P<foot>[^\s0-9A-Za-z].{1,40}))?
    """,
    re.VERBOSE,
)
"""Behind a head of less than five characters (附件 - 1 -) the number may be its own; beside a digit a dash belongs to a date or a code."""
_PROSE_MARKS = "。，；、：？！,;:?!"
_CITED = ("》", "〉")
"""Behind a title 第 3 页 is the page of a source."""
_STRAY_DASH = lazy(rf"[{_DASH}]{{1,2}}")


class PageNumber(NamedTuple):
    """What a line says of a page.

    ``dashed`` is true of a number alone between dashes or in 第…页, ``frame`` is what stands around a number with a total, a head or a
    foot ("" for a number alone), ``total`` the number of pages that it states, and ``words`` the head and the foot without blanks.
    """

    value: int
    dashed: bool
    frame: str = ""
    total: int | None = None
    words: tuple[str, ...] = ()


def page_number(line: str) -> PageNumber | None:
    """Read a line without blanks around it that may be a page's number; None for anything else."""
    number = _plain(line)
    framed = _framed(line)
    if framed and number:
        return number._replace(frame=framed.frame, total=framed.total)
    return framed or number


def is_stray_dash(above: str, line: str) -> bool:
    """Tell whether a line is the second dash of the number above it, cut off from it.

    A number that has both lacks none; where the second was read as a hanzi (-41一) one more may follow.
    """
    return above[0] in _DASH and (above[-1].isdecimal() or above[-1] == "一") and _STRAY_DASH.fullmatch(line) is not None


def _plain(line: str) -> PageNumber | None:
    if not ((line[0].isdecimal() or line[0] in _OPENING) and (line[-1].isdecimal() or line[-1] in _CLOSING)):
        return None
    match = _PLAIN.fullmatch(line)
    return PageNumber(int(match[1] or match[2]), not line.isdecimal()) if match else None


def _framed(line: str) -> PageNumber | None:
    """Read a number with a total, or with a head or a foot that is no prose and no heading."""
    if len(line) > _MAX_FRAMED or not (line[0] in _OPENING or line[-1] in _CLOSING or (line[0].isdecimal() and "/" in line)):
        return None
    match = _FRAMED.fullmatch(line)
    if not match or not (match["parts"] or match["pages"] or match["head"] or match["foot"]):
        return None
    words = tuple("".join(part.split()) for part in (match["head"], match["foot"]) if part)
    beside = "".join(words)
    if (
        any(mark in beside for mark in _PROSE_MARKS)
        or label_at(beside)
        or (match["page"] and (match["head"] or "").endswith(_CITED))
    ):
        return None
    group = next(name for name in ("part", "dashed", "page") if match[name])
    total = match["parts"] or match["pages"]
    frame = "".join(f"{line[: match.start(group)]}#{line[match.end(group) :]}".split())
    return PageNumber(int(match[group]), dashed=False, frame=frame, total=int(total) if total else None, words=words)
