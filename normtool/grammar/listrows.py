"""Rows of a list that are as wide as the lines of a wrapped text: what shows that a line break ends an item and cuts no sentence.

Looks at lines alone and says nothing of one line or of two, unless both have columns.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from normtool.grammar.numbering import label_at
from normtool.grammar.wrapping import fills, leaves_open
from normtool.lazyre import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARK = lazy(r"[，。；：、！？](?=.)")
_COLUMN = lazy(r"(?<=[一-鿿])[ ]+(?=[一-鿿]|[0-9]{4})|(?<=[0-9]{4})[ ]+(?=[一-鿿])|(?<=\w)[ ]{2,}(?=\w)")
_PROSE = lazy("[，。；]")
_COMMAS = "，、"
_MIN_ALIKE = 3
_MIN_UNMARKED = 4
"""Sentences run over three lines without a mark, and hardly over more."""
_SHARED = 2
_MIN_DIGITS = 4
_MIN_MARKED = 1 / 3
_MAX_EVEN = 0.8
_MIN_PLACES = 3


def shows_wrapping(lines: Sequence[str]) -> bool:
    """Tell whether lines that fill a width are prose that runs on, by its marks: they stand inside the lines, at ever other places.

    Items of a list have none, or each as many as the next one. Lines most of which close with a comma are clauses or verse, set so
    on purpose.
    """
    places = [[mark.start() for mark in _MARK.finditer(line)] for line in lines]
    marked = sum(map(bool, places))
    most = max(Counter(map(len, places)).values(), default=0)
    return (
        marked >= _MIN_MARKED * len(lines)
        and most <= _MAX_EVEN * len(lines)
        and len({at for row in places for at in row}) >= _MIN_PLACES
        and 2 * sum(line[-1] in _COMMAS for line in lines) <= len(lines)
    )


def rows_in(lines: Sequence[str], width: int) -> frozenset[int]:
    """Give the indices of lines that are rows of a list: three or more alike, four or more without a mark, two with columns.

    Does not act on lines that end with a mark or inside brackets, or that do not fill ``width``: a short row is taken for none.
    """
    full = [line[-1].isalnum() and fills(line, width, opens=True) and not leaves_open(line) for line in lines]
    bare = [o and not _MARK.search(line) for o, line in zip(full, lines, strict=True)]
    pairs = [o and p and _alike(a, b) for (o, p), (a, b) in zip(pairwise(full), pairwise(lines), strict=True)]
    columns = [(o or p) and _in_columns(a, b) for (o, p), (a, b) in zip(pairwise(full), pairwise(lines), strict=True)]
    return frozenset((*_runs(bare, _MIN_UNMARKED, 0), *_runs(pairs, _MIN_ALIKE - 1, 1), *_runs(columns, 1, 1)))


def _runs(flags: Sequence[bool], least: int, more: int) -> Iterator[int]:
    """Give the indices of all runs of true flags that are long enough, and ``more`` behind each: a flag may speak of two lines."""
    at = 0
    for flag, run in groupby(flags):
        size = len(list(run))
        if flag and size >= least:
            yield from range(at, at + size + more)
        at += size


def _alike(one: str, other: str) -> bool:
    """Tell whether two lines open or close with the same words or have digits in the same places, and have as many marks."""
    same = one[:_SHARED] == other[:_SHARED] or one[-_SHARED:] == other[-_SHARED:] or _same_digits(one, other)
    return same and len(_MARK.findall(one)) == len(_MARK.findall(other))


def _same_digits(one: str, other: str) -> bool:
    return sum(a.isdecimal() and b.isdecimal() for a, b in zip(one, other, strict=False)) >= _MIN_DIGITS


def _in_columns(one: str, other: str) -> bool:
    """Tell whether two lines have blanks that stand between columns.

    One behind a label (第一条 …) or beside Latin is none, nor one in a line with commas, which scanned text has anywhere.
    """
    return all(not label_at(line) and not _PROSE.search(line) and _COLUMN.search(line) is not None for line in (one, other))
