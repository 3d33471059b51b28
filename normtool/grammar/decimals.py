"""Decimal numbering: 1 总则, 1.1 编制目的, 1.1.1 …, as emergency plans (应急预案) and technical rules have it.

A number with a point in it may as well be an amount (1.5 万元), so none is a label alone: only a whole text shows the numbering. The
stages do not ask for it; no text is changed because of it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from normtool.grammar.numbering import Label, Style, label_at
from normtool.lazyre import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DECIMAL = lazy(
    r"(?P<numbers>[1-9]\d?(?:[.．][1-9]\d?){0,3})(?![\d.．、])"
    r"(?:(?P<gap>[ \t　]+)(?=[^\W\d_]|[《“])|(?=[^\W\d_]|[《“])(?![万亿千百个人元名米公里倍度吨平户家次年月日时分位项]))"
)
_MAX_CHAPTER = 30
_MIN_POINTS = 2
_MIN_LABELS = 3
_OPENING = frozenset("123456789")
_CHAPTERS: tuple[Style, ...] = ("decimal-1", "decimal-2", "decimal-3", "decimal-4")
_ITEMS: tuple[Style, ...] = ("arabic", "arabic-2", "arabic-3", "arabic-4")


class _Place(NamedTuple):
    """A line that a decimal number opens: its place, the numbers, where the number ends; ``own`` is False for the label ``1.``."""

    at: int
    numbers: tuple[int, ...]
    end: int
    own: bool


def decimal_labels(lines: Sequence[str]) -> dict[int, Label]:
    """Give the decimal labels of a text by the place of their lines; {} where they do not form a numbering.

    They do when each goes on with the one before (1, 1.1, 1.2, 2, 2.1), at least two of them with a point. A number without one
    (2 组织体系) is a chapter when N.1 follows, or when it stands alone between two others; rows of a table are none. Chapters
    may also be labelled 1. or 一、.
    """
    places = tuple(_places(lines))
    if sum(len(place.numbers) > 1 for place in places) < _MIN_POINTS:
        return {}
    found = _in_sequence(places)
    points = sum(len(place.numbers) > 1 for place in found)
    if points < _MIN_POINTS or len(found) < _MIN_LABELS:
        return {}
    styles = _CHAPTERS if any(place.own and len(place.numbers) == 1 for place in found) else _ITEMS
    return {place.at: Label(styles[len(place.numbers) - 1], place.numbers[-1], 0, place.end) for place in found if place.own}


def _places(lines: Iterable[str]) -> Iterable[_Place]:
    for at, text in enumerate(lines):
        if text[:1] not in _OPENING:
            continue
        match = _DECIMAL.match(text)
        if match:
            numbers = tuple(int(part) for part in match["numbers"].replace("．", ".").split("."))
            if len(numbers) > 1 or (match["gap"] and len(text) <= _MAX_CHAPTER and text[-1] not in "。；，：|"):
                yield _Place(at, numbers, match.end("numbers"), own=True)
        elif label := label_at(text):
            yield _Place(at, (label.number,), label.end, own=False)


def _in_sequence(places: tuple[_Place, ...]) -> list[_Place]:
    """Give the places that go on with one another; a label ``1.`` counts only where 1.1 follows."""
    out: list[_Place] = []
    last: tuple[int, ...] = ()
    for before, place, after in zip((None, *places), places, (*places[1:], None), strict=False):
        opens = after is not None and after.numbers[: len(place.numbers) + 1] == (*place.numbers, 1)
        if len(place.numbers) == 1 and not opens and (not place.own or _is_row(before, place, after)):
            continue
        if _follows(last, place.numbers) or (opens and place.numbers == (1,)):
            out.append(place)
            last = place.numbers
    return out


def _is_row(before: _Place | None, place: _Place, after: _Place | None) -> bool:
    """Tell whether a number without a point stands right above or below another: the rows of a table, not two chapters."""
    return any(
        a is not None and b is not None and b.at == a.at + 1 and len(a.numbers) == len(b.numbers)
        for a, b in pairwise((before, place, after))
    )


def _follows(last: tuple[int, ...], new: tuple[int, ...]) -> bool:
    """Tell whether a number goes on with another: one level down, or the next on its own or an upper level, whose first parts may be missing."""
    if new[: len(last)] == last and len(new) > len(last):
        return all(part == 1 for part in new[len(last) :])
    depth = next((k for k, (a, b) in enumerate(zip(last, new, strict=False)) if a != b), None)
    return depth is not None and new[depth] == last[depth] + 1 and all(part == 1 for part in new[depth + 1 :])
