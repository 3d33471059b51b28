"""Lines that an extraction printed twice: bold text drawn twice in a PDF, a title as headline and as first line.

In: text without page chrome. Out: edits of rule LAY007 that delete the second of two equal lines, or of two equal runs of up to
three lines; the bare ``第一条`` before a line that opens with it; and the title again as the last line below the sign-off, where a
portal names the file to download.

Acts on headings and titles, and, once three of these prove that the extraction doubles lines, on other long lines. Does not act on cells
of tables (``无`` ``无``, an organ that leads and answers) and on short lines that may be verse, names or answers. The title below the sign-off stays where a text follows it or
附件 stands above it: an enclosure has the name of the notice that brings it.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from normtool.grammar.dates import date_line
from normtool.grammar.numbering import label_at
from normtool.grammar.titles import title_index
from normtool.lazyre import lazy
from normtool.lines import Line, lines_of
from normtool.model import Edit, Patch, RuleCode

if TYPE_CHECKING:
    from collections.abc import Sequence

RULES = ("LAY007",)
_LAY007 = RuleCode("LAY007")

_MAX_RUN = 3
_PROOF = 3
_LONG = 15
_UNDER_HEADLINE = 4
_MAX_DOUBLED = 160
_ENCLOSURE = lazy(r"附件\d{0,2}")
_NAMED = ("part", "chapter", "section", "article")
_ARTICLE = lazy(r"第[一二三四五六七八九十百零〇]{1,6}[条章节]")
_SAME = {0xFF01 + k: 0x21 + k for k in range(94)} | {0x2014: 0x2D, 0x2013: 0x2D}
"""Copies of a title differ in width and dashes."""
_WIDE = lazy("[\u2013\u2014\uff01-\uff5e]")
_HANZI = lazy("[\u4e00-\u9fff]{2}")


def doubled_edits(text: str) -> Patch:
    """Give the edits that delete doubled lines."""
    lines = [line for line in lines_of(text) if line.text]
    bare = [_bare(line.text) if len(line.text) <= _MAX_DOUBLED else line.text for line in lines]
    title = title_index(lines)
    head = _head_end(lines, title)
    runs = _runs(bare)
    headings = {run for run in runs if _is_title(run, head, title) or all(map(_is_heading, _lines_of(run, bare)))}
    proven = len(headings) >= _PROOF
    doomed: set[int] = set()
    for run in runs:
        if run in headings or (proven and all(len(line) >= _LONG or _is_heading(line) for line in _lines_of(run, bare))):
            doomed.update(range(run.start + run.size, run.start + run.times * run.size))
    doomed |= {
        k
        for k, (one, other) in enumerate(pairwise(bare))
        if one[:1] == "第" == other[:1] and one != other and other.startswith(one) and _ARTICLE.fullmatch(one)
    }
    doomed |= _title_below(bare, lines, title)
    return tuple(Edit(lines[k].start, min(lines[k].end + 1, len(text)), "", _LAY007) for k in sorted(doomed))


@lru_cache(maxsize=2048)
def _bare(text: str) -> str:
    """Give a line without blanks, its width and dashes evened out."""
    return "".join((text.translate(_SAME) if _WIDE.search(text) else text).split())


def _head_end(lines: Sequence[Line], title: int | None) -> int:
    """Give the index of the first line that is no part of a title."""
    if title is not None:
        return title + 1
    end = next((k for k, line in enumerate(lines) if "。" in line.text or label_at(line.text)), len(lines))
    return min(end, 2)


def _is_title(run: _Doubled, head: int, title: int | None) -> bool:
    """Tell whether a run begins in the title; where no title is known, several lines below the first may be verse."""
    return run.start < head and (title is not None or not run.start or run.size == 1)


class _Doubled(NamedTuple):
    """A run of ``size`` lines from ``start`` on that stands ``times`` times, one behind the other."""

    start: int
    size: int
    times: int


def _runs(bare: list[str]) -> list[_Doubled]:
    """Give every run of one to three lines that stands again directly behind itself."""
    out = []
    k = 0
    while k < len(bare):
        again = [n for n in range(1, _MAX_RUN + 1) if k + n < len(bare) and bare[k + n] == bare[k]]
        size = _size(bare, k, again) if again and _counts(bare[k]) else 0
        if not size:
            k += 1
            continue
        count = 2
        while bare[k : k + size] == bare[k + count * size : k + (count + 1) * size]:
            count += 1
        out.append(_Doubled(k, size, count))
        k += count * size
    return out


def _size(bare: list[str], k: int, sizes: list[int]) -> int:
    """Give the first of ``sizes`` so many lines from ``k`` on stand again directly behind themselves, or 0."""
    return next((n for n in sizes if bare[k : k + n] == bare[k + n : k + 2 * n] and all(map(_counts, bare[k : k + n]))), 0)


def _counts(line: str) -> bool:
    return _HANZI.search(line) is not None


def _lines_of(run: _Doubled, bare: list[str]) -> list[str]:
    return bare[run.start : run.start + run.size]


def _is_heading(line: str) -> bool:
    """Tell whether a line is a heading with its name, or the line above an enclosure; a bare 1. may be a cell of a table."""
    label = label_at(line)
    if label is None:
        return _ENCLOSURE.fullmatch(line) is not None
    return len(line) > label.end or label.style in _NAMED


def _title_below(bare: list[str], lines: Sequence[Line], title: int | None) -> set[int]:
    """Give the lines that repeat the title: among short lines under the headline, and the last ones below all dates and all prose."""
    again = [k for k, line in enumerate(bare) if k != title and line == bare[title]] if title is not None else []
    if title is None or not again:
        return set()
    first_prose = next((k for k, line in enumerate(lines) if "。" in line.text or label_at(line.text)), len(lines))
    under = {k for k in again if title < k < min(title + _UNDER_HEADLINE, first_prose)}
    last_date = max((k for k, line in enumerate(lines) if date_line(line.text)), default=len(lines))
    last_prose = max((k for k, line in enumerate(lines) if "。" in line.text), default=len(lines))
    end = len(bare)
    while end > title + 1 and bare[end - 1] == bare[title]:
        end -= 1
    if _ENCLOSURE.fullmatch(bare[end - 1]):
        return under
    return under | {k for k in again if k >= end and k > min(last_date, last_prose)}
