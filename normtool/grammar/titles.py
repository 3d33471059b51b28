"""Where a document's title and addressee stand among the first lines of a clean or nearly clean text.

A light look for the text stages; the parser reads titles more closely.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.grammar.dates import date_line
from normtool.grammar.genres import genre_of, plan_word
from normtool.grammar.metadata import label_of
from normtool.grammar.metadata_lines import pairs_of
from normtool.grammar.numbering import label_at
from normtool.lazyre import lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from normtool.lines import Line

_MAX_TITLE = 90
_MAX_RECIPIENTS = 300
_LOOK_AT = 40
_REPLY_TAILS = ("答复", "复函", "覆函", "的函", "答复意见", "办理情况")
_NUMBER_LINE = lazy(r".{1,24}[〔\[（(﹝【]\d{4}[〕\]）)﹞】]\s*第?\d{1,5}\s*号")


def title_index(lines: Sequence[Line]) -> int | None:
    """Give the index of the title line, or None when no line among the first looks like one.

    A title closes with a genre, a plan word or the tail of a reply, stands before the first line of prose and before any
    numbered heading, and is neither a metadata line, nor the value of a label on the line above it, nor a row of a table.
    A line that closes with one inside an open 《 is the title only where no other line is.
    """
    seen = 0
    label = False
    half = None
    for k, line in enumerate(lines):
        if not line.text:
            continue
        below_label, label = label, label_of(line.text) is not None
        if below_label or pairs_of(line.text):
            continue
        seen += 1
        if seen > _LOOK_AT or _is_prose(line.text) or label_at(line.text):
            return half
        if len(line.text) <= _MAX_TITLE and _is_title(line.text):
            if line.text.rfind("《") <= line.text.rfind("》"):
                return k
            half = k if half is None else half
    return half


def _is_prose(text: str) -> bool:
    return "。" in text or "；" in text


def _is_title(text: str) -> bool:
    if text.endswith((":", "：", "，", ",")) or "|" in text:
        return False
    return bool(genre_of(text) or plan_word(text) or text.rstrip(" )）").endswith(_REPLY_TAILS))


def recipients_index(lines: Sequence[Line], title: int) -> int | None:
    """Give the index of the addressee line below the title at ``title``: it ends with a colon of either width, or None.

    Date lines, number lines and empty lines may stand between (GB/T 9704-2012 7.3.2: the addressee stands under the title).
    """
    for k in range(title + 1, min(len(lines), title + 6)):
        text = lines[k].text
        if not text or date_line(text) or is_number_line(text):
            continue
        fits = len(text) <= _MAX_RECIPIENTS and text.endswith((":", "：")) and not _is_prose(text) and not label_at(text)
        return k if fits else None
    return None


def is_number_line(text: str) -> bool:
    """Tell whether a line holds a document number and nothing else, in brackets of any kind."""
    return text.endswith("号") and _NUMBER_LINE.fullmatch(text) is not None
