"""Addressees (主送机关, GB/T 9704-2012 7.3.2): the line under the title that ends with a colon."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import NamedTuple

from normtool.catalog import data_table
from normtool.document import Text
from normtool.grammar.edges import EVERYBODY
from normtool.grammar.numbering import label_at
from normtool.lazyre import lazy
from normtool.model import Span
from normtool.structure.lines import Line

_PERSONS = ("代表", "委员", "代表们", "委员们")
_NO_NAME = frozenset("，。；：:《》！？|")
_BRACKETS = {"）": "（", ")": "("}
_MAX_NAME = 120
_MAX_BRACKET = 60
_PERSON_LINE = lazy(
    r"(?:尊敬的?)?[^。；：:《》！？|\d]{2,60}?(?:等\s*[\d一二三四五六七八九十两]*\s*(?:位|名)?\s*)?(?:人大|政协|省|市|区|县)?(?:代表|委员)(?:们)?"
)
_MAX_LINE = 400
_MAX_RUN_IN = 80
_MAX_PIECE = 40
_MAX_LINES = 5
_OPEN_ENDS = ("，", "、", "；")
_HOOKS = ("如下：", "如下")


def recipients_of(line: Line) -> tuple[tuple[Text, ...], int] | None:
    """Read an addressee line; give the addressees and where the line's text goes on (its end, mostly), or None.

    Takes ``各区县人民政府，市政府各部门：``, ``张某代表：``, a person's name and title without a colon (``张某代表``), and an addressee
    run into the paragraph (``某委员：您提出的…``). Does not act on hooks (``现将有关事项通知如下：``) and on labels.
    """
    text = line.text
    if len(text) > _MAX_LINE and "：" not in text[:_MAX_RUN_IN]:
        return None
    if text[-1] in "：:" and _are_recipients(text[:-1]):
        return _split(line, 0, len(text) - 1), line.end
    if text.endswith(_PERSONS) and _PERSON_LINE.fullmatch(text):
        return _split(line, 0, len(text)), line.end
    colon = text.find("：", 0, _MAX_RUN_IN)
    if (
        colon > 0
        and colon < len(text) - 1
        and _are_recipients(text[:colon])
        and text[colon + 1] not in "0123456789"
        and ("。" in text or text.endswith(_HOOKS))
    ):
        return _split(line, 0, colon), line.start + colon + 1
    return None


def recipients_over(lines: tuple[Line, ...], at: int) -> tuple[tuple[Text, ...], int] | None:
    """Read addressees that a list over several lines names, all but its last line cut behind a comma; and the number of lines, or None."""
    end = at
    while end < min(len(lines), at + _MAX_LINES) and lines[end].text.endswith(_OPEN_ENDS):
        end += 1
    if end == at or end >= len(lines) or lines[end].text[-1] not in "：:":
        return None
    text = lines[at].text
    for above, line in pairwise(lines[at : end + 1]):
        text += "\n" * (line.start - above.end) + line.text
    if not _are_recipients(text[:-1].replace("\n", "")):
        return None
    return _split(Line(text, lines[at].start, lines[end].end), 0, len(text) - 1), end - at + 1


def bare_recipients(line: Line, following: Line) -> tuple[Text, ...]:
    """Read addressees that lost their colon, 各区教育局，市直属各学校 right above the text; () where the line can be anything else.

    A single organ may be the one that issues, and a line above anything but a sentence a heading; so may be one that does not close
    as a name does (各镇基本情况).
    """
    text = line.text
    if (
        not text.startswith(EVERYBODY)
        or not (text[-1].isalnum() or text[-1] in _BRACKETS)
        or len(text) > _MAX_LINE
        or not _is_text(following.text)
    ):
        return ()
    return _split(line, 0, len(text)) if _are_recipients(text) and all(map(_is_name, filter(None, _pieces(text)))) else ()


def _is_text(text: str) -> bool:
    return label_at(text) is None and ("。" in text or text.endswith(_HOOKS))


def _are_recipients(text: str) -> bool:
    words = _words()
    if (
        any(word in text for word in words.never)
        or text.endswith(words.never_last)
        or "。" in text
        or "《" in text
        or label_at(text[:8])
    ):
        return False
    pieces = [piece.strip() for piece in _pieces(text)]
    return all(_is_name(piece) or (piece.startswith(words.everybody) and len(piece) <= _MAX_PIECE) for piece in pieces if piece)


def _is_name(piece: str) -> bool:
    """Tell whether a piece closes like an organ or a group of people, with or without a note in brackets behind it."""
    opening = _BRACKETS.get(piece[-1])
    if opening:
        piece, _, note = piece[:-1].rpartition(opening)
        if not 0 < len(note) <= _MAX_BRACKET or any(closing in note for closing, mark in _BRACKETS.items() if mark == opening):
            return False
    return any(
        piece.endswith(end) and 0 < len(piece) - len(end) <= _MAX_NAME and _NO_NAME.isdisjoint(piece) for end in _words().ends
    )


def _pieces(text: str) -> list[str]:
    """Cut at commas outside brackets."""
    out = []
    depth = start = 0
    for at, mark in enumerate(text):
        if mark in "（(":
            depth += 1
        elif mark in "）)":
            depth -= 1
        elif depth <= 0 and mark in "，；,;":
            out.append(text[start:at])
            start = at + 1
    out.append(text[start:])
    return out


def _split(line: Line, start: int, end: int) -> tuple[Text, ...]:
    out = []
    at = start
    for piece in _pieces(line.text[start:end]):
        bare = piece.strip()
        if bare:
            place = line.start + at + piece.index(bare[0])
            out.append(Text(bare.replace("\n", ""), Span(place, place + len(bare))))
        at += len(piece) + 1
    return tuple(out)


class _Words(NamedTuple):
    """The word lists of ``data/recipients.toml``; a name may close as an issuing organ's does as well (``data/organs.toml``)."""

    ends: tuple[str, ...]
    everybody: tuple[str, ...]
    never: tuple[str, ...]
    never_last: tuple[str, ...]


@cache
def _words() -> _Words:
    table = data_table("recipients.toml")
    words = _Words(*(tuple(table[name]) for name in _Words._fields))
    return words._replace(ends=tuple(dict.fromkeys((*words.ends, *data_table("organs.toml")["endings"]))))
