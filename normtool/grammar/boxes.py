"""Boxes (专栏N) in text that ran together: where the title ends, and which sentences name a topic.

The words are data (``data/openers.toml``). What is not certain gives no place: a box left on one line is better than a title cut in
two.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from normtool.catalog import data_table
from normtool.lazyre import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_TOPIC = 28
_MAX_BOX_TITLE = 40
_MIN_BOX_TITLE = 4
_MIN_BOX_BODY = 6
_MIN_TOPIC = 4
_COLONS = "：:"
_INNER_MARK = lazy("[。，；：！？,;:]")
_QUANTITY = lazy(r"\d[%\u4e00-\u9fff]")
_TOPIC_NAME = lazy(r"[^\W\d_][^。，；：！？,;:\n]{1,27}[：:](?=.)")


class _Words(NamedTuple):
    """The word lists that boxes need, ready for use."""

    measure: re.Pattern[str]
    firm: tuple[str, ...]
    inside: tuple[str, ...]
    noun: tuple[str, ...]
    closes: tuple[str, ...]
    project: tuple[str, ...]
    topic_close: re.Pattern[str]
    goes_on: tuple[str, ...]
    causative: tuple[str, ...]


@cache
def _words() -> _Words:
    table = data_table("openers.toml")
    return _Words(
        measure=re.compile("|".join(sorted(table["measure"], key=len, reverse=True))),
        firm=tuple(table["firm"]),
        inside=tuple(table["inside"]),
        noun=tuple(table["noun"]),
        closes=tuple(table["box_close"]),
        project=tuple(table["project"]),
        topic_close=re.compile("|".join(table["topic_close"])),
        goes_on=(*table["name_goes_on"], *table["measure"]),
        causative=tuple(table["causative"]),
    )


def box_title_end(text: str, body: int, end: int) -> int | None:
    """Give the place where the title of a box ends and its text begins, or None where that is not certain.

    The text opens with a measure (水厂建设工程|实施水源保障行动。) or with the first of its topics (水平提升工程|种质资源保护：…。).
    Does not act where two places would do, nor on 建设工程质量：, which is one name.
    """
    first_mark = _INNER_MARK.search(text, body, end)
    if first_mark and first_mark[0] in _COLONS:
        places = _topic_starts(text, body, first_mark.start())
        return places[0] if len(places) == 1 and _opens_topic(text, first_mark.end(), end) else None
    places = _measure_starts(text, body, first_mark.start() if first_mark else end)
    return places[0] if len(places) == 1 else None


def _measure_starts(text: str, body: int, stop: int) -> list[int]:
    """Give the places up to the first mark where a title may end and a measure begin."""
    words = _words()
    out = []
    last = -1
    for match in words.measure.finditer(text, body + _MIN_BOX_TITLE, min(stop, body + _MAX_BOX_TITLE)):
        at, chained = match.start(), match.start() == last
        last = match.end()
        if chained or stop - at < _MIN_BOX_BODY or text.startswith(words.noun, match.end()):
            continue
        piece = text[at:stop]
        closed = text[body:at].rstrip(" ").endswith(words.closes)
        if match[0] in words.inside and any(word in piece for word in words.project):
            continue
        if closed or match[0] in words.firm:
            out.append(at)
    return out


def _topic_starts(text: str, body: int, colon: int) -> list[int]:
    """Give the places before the first colon where a title may end and a topic begin."""
    words = _words()
    return [
        match.end()
        for match in words.topic_close.finditer(text, body + _MIN_BOX_TITLE, min(colon, body + _MAX_BOX_TITLE))
        if colon - match.end() >= _MIN_TOPIC and not text.startswith(words.goes_on, match.end())
    ]


def _opens_topic(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence behind the first one names a topic, too: ``X：…。Y：…。`` is what such a box is made of."""
    return any(_TOPIC_NAME.match(text, at, stop) for at, stop in sentences(text, start, end) if at > start)


def is_topic(sentence: str) -> bool:
    """Tell whether a sentence names a topic rather than a measure: short, one clause, opened by a verb that is not causative.

    One that gives a quantity (治理河流500公里。) states a measure.
    """
    words = _words()
    return (
        len(sentence) <= _MAX_TOPIC
        and not _INNER_MARK.search(sentence, 0, len(sentence) - 1)
        and not _QUANTITY.search(sentence)
        and words.measure.match(sentence) is not None
        and not sentence.startswith(words.causative)
    )


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the sentences between two places, as (start, place behind the full stop)."""
    at = start
    while at < end:
        stop = text.find("。", at, end)
        stop = end if stop < 0 else stop + 1
        yield at, stop
        at = stop
