"""Which lines of the front make the title: the one that says what the document is about, and those that it is cut into."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from normtool.document import Text
from normtool.grammar.dates import find_dates
from normtool.grammar.genres import MINUTES, ORDERS, RULE_WORDS, genre_of, plan_word, title_core
from normtool.grammar.numbering import label_at
from normtool.grammar.organs import organs_in_line, same_words
from normtool.lazyre import lazy
from normtool.model import Span

if TYPE_CHECKING:
    from normtool.structure.lines import Line

_MAX_TITLE = 160
_MAX_PARTS = 6
_MIN_COMPLETE = 5
_MIN_CUT = 12
_ABOUT = ("关于", "印发", "转发", "批转")
_ABOUT_PROPOSAL = lazy("对.{2,40}(?:建议|提案)")
_NUMBERED = lazy(r"(?:公告|通告|令)(?:\d{4}年)?第?\d{1,5}号$")
_CHROME = lazy(r"[>|/\\:：]|网站|首页|\d{4}-\d")
_PAIRS = (("《", "》"), ("（", "）"), ("“", "”"))


def is_title_like(text: str) -> bool:
    """Tell whether a line may be one of a title: no label, no sentence, no colon at its end, not too long."""
    return (
        len(text) <= _MAX_TITLE
        and text[-1] not in "。；：:，;"
        and "。" not in text
        and label_at(text) is None
        and not text.isdecimal()
    )


def is_complete(title: str) -> bool:
    """Tell whether a text closes like a title (a genre, 规划, 办法 …) and opens no bracket that it does not close."""
    core = title_core(title)
    closed = all(title.count(a) == title.count(b) for a, b in _PAIRS)
    return (
        closed
        and len(core) >= _MIN_COMPLETE
        and bool(
            (core.endswith("号") and _NUMBERED.search(core))
            or genre_of(title)
            or plan_word(title)
            or core.endswith((*RULE_WORDS, "解释", "答复", "回复", "的公示", "办理情况"))
        )
    )


def title_parts(titles: tuple[tuple[int, Line], ...]) -> list[tuple[int, Line]]:
    """Choose the lines that make the title: from the first that says 关于 (and the organs above it) to the genre.

    Without such a line: the first line that closes like a title, or else the first line.
    """
    if not titles:
        return []
    start = next((k for k, (_, line) in enumerate(titles) if _says_about(line.text)), None)
    whole = next((k for k, (_, line) in enumerate(titles) if is_complete(line.text) or _ends_order(titles, k)), None)
    if whole is not None and (start is None or whole < start) and not organs_in_line(titles[whole][1].text):
        below = whole + 1 if _repeats(titles, whole) else _title_of_minutes(titles, whole)
        if below:
            return [titles[below]]
        first = _reach_back(titles, whole)
        return _with_rest(titles, whole, list(titles[first : whole + 1]))
    if start is None:
        joined = _until_complete(titles, 0)
        return joined or [titles[0]]
    start = _reach_back(titles, start)
    return _until_complete(titles, start) or [titles[start]]


def _ends_order(titles: tuple[tuple[int, Line], ...], at: int) -> bool:
    """Tell whether a line is 令 or 公告 alone below the organs that issue it."""
    return titles[at][1].text in ORDERS and at > 0 and bool(organs_in_line(titles[at - 1][1].text))


def _says_about(text: str) -> bool:
    """Tell whether a line names the matter of a document: 关于…, 印发…, 对…建议."""
    return any(word in text for word in _ABOUT) or ("对" in text and _ABOUT_PROPOSAL.search(text) is not None)


def _reach_back(titles: tuple[tuple[int, Line], ...], start: int) -> int:
    """Go up from a line of the title to its first: over organs, and over a long line that closes nothing (a cut title)."""
    while start and titles[start - 1][0] == titles[start][0] - 1:
        text = titles[start - 1][1].text
        if not organs_in_line(text) and (len(text) < _MIN_CUT or text.isascii() or is_complete(text) or _CHROME.search(text)):
            break
        start -= 1
    return start


def _repeats(titles: tuple[tuple[int, Line], ...], at: int) -> bool:
    """Tell whether the next line is the title again in other words: the portal's headline stands above the document's own."""
    if at + 1 >= len(titles) or titles[at + 1][0] != titles[at][0] + 1:
        return False
    one, other = title_core(titles[at][1].text), title_core(titles[at + 1][1].text)
    return is_complete(titles[at + 1][1].text) and one != other and same_words(one, other)


def _title_of_minutes(titles: tuple[tuple[int, Line], ...], at: int) -> int | None:
    """Give the place of the title below the letterhead of minutes (GB/T 9704-2012 10.3): 某市政府专题会议纪要 above 关于…的纪要; or None.

    Lines that say who and when may stand between them; then the title need not say 关于.
    """
    below = at + 1
    while below < len(titles) and _says_who(titles[below][1].text):
        below += 1
    if below == len(titles):
        return None
    one, other = titles[at][1].text, titles[below][1].text
    if "关于" in one or not (genre_of(one) == genre_of(other) == MINUTES):
        return None
    return below if "关于" in other or below > at + 1 else None


def _says_who(text: str) -> bool:
    """Tell whether a line holds organs and nothing else but a date behind them."""
    dates = find_dates(text)
    behind = dates[-1].start if dates and dates[-1].end == len(text) else len(text)
    return bool(organs_in_line(text[:behind]))


def _until_complete(titles: tuple[tuple[int, Line], ...], start: int) -> list[tuple[int, Line]]:
    parts: list[tuple[int, Line]] = []
    for entry in titles[start : start + _MAX_PARTS]:
        if parts and entry[0] != parts[-1][0] + 1:
            break
        parts.append(entry)
        if is_complete("".join(line.text for _, line in parts)) and not organs_in_line(entry[1].text):
            return _with_rest(titles, titles.index(entry), parts)
    return []


def _with_rest(
    titles: tuple[tuple[int, Line], ...], last: int, parts: list[tuple[int, Line]] | None = None
) -> list[tuple[int, Line]]:
    """Add the next line when the title goes on there (规划 / 实施意见, or a bare 的通知)."""
    parts = parts or [titles[last]]
    if last + 1 < len(titles) and titles[last + 1][0] == titles[last][0] + 1:
        text = titles[last + 1][1].text
        if text.startswith("的") or (
            text.endswith(("通知", "意见", "函")) and len(text) < _MAX_TITLE // 8 and not _says_about(text)
        ):
            return [*parts, titles[last + 1]]
    return parts


def joined(lines: list[Line]) -> Text:
    """Join title lines; a blank stays between two lines that are organs."""
    text = lines[0].text
    for before, line in itertools.pairwise(lines):
        own = line.text.split("关于")[0]
        ends = [own, *(own.removesuffix(word) for word in ORDERS if own.endswith(word))]
        both = organs_in_line(before.text) and any(organs_in_line(text) for text in (line.text, *ends))
        text += (" " if both else "") + line.text
    return Text(text, Span(lines[0].start, lines[-1].end))
