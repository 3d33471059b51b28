"""What the portal's dateline says of a document: normalizing takes the line out of the text (CHR002), the JSON document keeps its day.

In: a normalized text with its history. Out: metadata. The source stays in the text and is read there; views and font size say
nothing of the document. Says nothing where two lines state two days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.chromepack import fold
from normtool.grammar.dates import find_dates
from normtool.grammar.metadata_lines import pairs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from normtool.history import Normalized

_DATELINE = "CHR002"
_FIELD = "date_published"
_BARE_LABELS = ("日期", "时间")


def stated(normalized: Normalized) -> dict[str, str]:
    """Give the day of publication (YYYY-MM-DD) that the deleted datelines state, as ``{"date_published": …}``, or nothing."""
    lines = list(_deleted(normalized))
    labelled = {day for line in lines for day in _labelled(line)}
    days = labelled or {day for line in lines for day in _bare(line)}
    return {_FIELD: days.pop()} if len(days) == 1 else {}


def _deleted(normalized: Normalized) -> Iterator[str]:
    for layer in normalized.history:
        for edit, back in zip(layer.patch, layer.inverse, strict=True):
            if edit.rule == _DATELINE:
                yield from (fold(line) for line in back.replacement.split("\n") if line)


def _labelled(line: str) -> Iterator[str]:
    for pair in pairs_of(line):
        if pair.field == _FIELD:
            yield from (date.iso for date in find_dates(pair.value)[:1] if date.iso)


def _bare(line: str) -> Iterator[str]:
    """Give the day that a line begins with (``2025-10-17 09:00:00``), or has behind a label of no meaning of its own (``日期:``)."""
    for date in find_dates(line)[:1]:
        before = line[: date.start].rstrip(" :")
        if date.iso and (not before or before in _BARE_LABELS):
            yield date.iso
