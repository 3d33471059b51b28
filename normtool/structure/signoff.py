"""The sign-off (发文机关署名 and 成文日期, GB/T 9704-2012 7.3.5): organ lines above a date.

A notice that encloses a document is signed in the middle of the file, so the first sign-off counts, not the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from normtool.document import Day, Signature, Text
from normtool.grammar.dates import Date, date_line, find_dates
from normtool.grammar.organs import Organ, is_head_of_organ, is_organ, is_signer, organs_in_line
from normtool.lazyre import lazy
from normtool.model import Span
from normtool.structure.attachments import is_list
from normtool.structure.phrases import is_closing, phrase
from normtool.structure.sections import section_label

if TYPE_CHECKING:
    from normtool.structure.lines import Line

_MAX_ORGAN_LINES = 60
"""Ministries sign a plan together, forty of them and more."""
_NEAR_END = 4
_MAX_HALF = 24
_MAX_DATE_LINE = 160
_SUBTITLE = "——"
_MONTH = lazy(r"(?:19|20)\d\d年\d{1,2}月")
_SEVERAL = 2
_SENTENCE_END = "。）)"
_PROSE_END = "。）)；：！”"


class Signoff(NamedTuple):
    """Where the sign-off stands among the lines (``first`` to ``end``, half-open) and what it says."""

    first: int
    end: int
    signature: Signature


def find_signoff(lines: tuple[Line, ...], start: int) -> Signoff | None:
    """Give the first sign-off at or after line ``start``.

    That is organs and a date; failing that a date alone after prose or near the end; failing that organs alone at the very end.
    A date in running text, in brackets, or in a table is none.
    """
    lone: Signoff | None = None
    for at in range(start, len(lines)):
        line = lines[at]
        if len(line.text) > _MAX_DATE_LINE or line.text[-1] not in "日0123456789":
            continue
        found = _dated(lines, start, at)
        if found is None:
            continue
        if found.signature.issuers or found.signature.signer:
            return found
        if lone is None and at > start and (_is_ended(lines[at - 1].text) or len(lines) - at <= _NEAR_END):
            lone = found
    return lone or _undated(lines, start)


def _labelled(lines: tuple[Line, ...], start: int, at: int) -> Signoff | None:
    """Read 答复日期：… and the line 承办单位：… above it."""
    line = lines[at]
    match = phrase("signed_on").match(line.text)
    date = date_line(match["date"]) if match else None
    above = phrase("signed_by").match(lines[at - 1].text) if at > start else None
    if not match or date is None or above is None or not is_organ(above["by"]):
        return None
    place = lines[at - 1].start + above.start("by")
    issuer = Text(above["by"], Span(place, place + len(above["by"])))
    begin = line.start + match.start("date")
    day = Day(match["date"], Span(begin, begin + len(match["date"])), date)
    return Signoff(at - 1, at + 1, Signature(Span(lines[at - 1].start, line.end), (issuer,), day))


def _dated(lines: tuple[Line, ...], start: int, at: int) -> Signoff | None:
    line = lines[at]
    labelled = _labelled(lines, start, at) if "：" in line.text else None
    if labelled:
        return labelled
    date = date_line(line.text)
    if date:
        signature, first = _signers(lines, start, at)
        day = _day(line, date)
        return Signoff(first, at + 1, signature._replace(span=Span(lines[first].start, line.end), date=day))
    dates = find_dates(line.text)
    if not dates or line.text[dates[-1].end :].strip():
        return None
    last = dates[-1]
    organs = organs_in_line(line.text[: last.start])
    if not organs:
        return None
    issuers = tuple(Text(o.name, Span(line.start + o.start, line.start + o.end)) for o in organs)
    above, first = _signers(lines, start, at)
    whole = above._replace(span=Span(lines[first].start, line.end), issuers=(*above.issuers, *issuers), date=_day(line, last))
    return Signoff(first, at + 1, whole)


def _day(line: Line, date: Date) -> Day:
    span = Span(line.start + date.start, line.start + date.end)
    return Day(line.text[date.start : date.end], span, date)


def _signers(lines: tuple[Line, ...], start: int, at: int) -> tuple[Signature, int]:
    """Read the organ lines directly above line ``at``, and an official's name among them, or the names of several officials.

    Only the nearest where the run follows no end of a paragraph: the others may be cells of a table. Officials below a colon are
    members of what it announces.
    """
    signature, first = _heads(lines, start, at) or _run_of_signers(lines, start, at)
    if at - first > 1 and not is_below_text(lines, start, first):
        return _run_of_signers(lines, at - 1, at)
    return signature, first


def is_below_text(lines: tuple[Line, ...], start: int, at: int) -> bool:
    """Tell whether line ``at`` follows the end of a paragraph, an item, such as one of a list of attachments, or a subtitle (——…)."""
    if at == start or lines[at - 1].text.startswith(_SUBTITLE):
        return True
    above = lines[max(start, at - 2) : at]
    return _is_ended(above[-1].text) or any(is_list(above, k) or section_label(line.text) for k, line in enumerate(above))


def _heads(lines: tuple[Line, ...], start: int, at: int) -> tuple[Signature, int] | None:
    """Read the heads of several organs who sign a joint order directly above line ``at``, one a line, below a sentence; or None."""
    first = at
    while first > start and at - first < _MAX_ORGAN_LINES and is_head_of_organ(lines[first - 1].text):
        first -= 1
    if at - first < _SEVERAL or first == start or lines[first - 1].text[-1] not in _SENTENCE_END:
        return None
    signer, *others = (Text(line.text, line.span) for line in lines[first:at])
    return Signature(Span(0, 0), (), None, signer, tuple(others)), first


def _run_of_signers(lines: tuple[Line, ...], start: int, at: int) -> tuple[Signature, int]:
    issuers: list[Text] = []
    signer = None
    first = at
    while first > start and at - first < _MAX_ORGAN_LINES:
        line = lines[first - 1]
        organs = organs_in_line(line.text) or _bracketed(line.text)
        if organs:
            issuers[:0] = [Text(o.name, Span(line.start + o.start, line.start + o.end)) for o in organs]
        elif issuers and first == at - 1 and _cut_name(lines, start, first, issuers[0]):
            issuers[0] = Text(line.text + issuers[0].text, Span(line.start, issuers[0].span.end))
        elif signer is None and is_signer(line.text):
            signer = Text(line.text, line.span)
        else:
            break
        first -= 1
    return Signature(Span(0, 0), tuple(issuers), None, signer), first


def _cut_name(lines: tuple[Line, ...], start: int, at: int, issuer: Text) -> bool:
    """Tell whether the line above an organ's is the first half of its name: no sentence, no closing, under a paragraph that ends."""
    text = lines[at - 1].text
    ended = at - 1 > start and _is_ended(lines[at - 2].text)
    return (
        ended
        and len(text) <= _MAX_HALF
        and not _is_ended(text)
        and section_label(text) is None
        and is_organ(text + issuer.text)
    )


def _is_ended(text: str) -> bool:
    """Tell whether a line ends a paragraph; a closing formula (特此函达) does so without a mark as well."""
    return text[-1] in _PROSE_END or is_closing(text)


def _bracketed(text: str) -> tuple[Organ, ...]:
    """Read （某市统计局）, one organ in brackets on a line of its own."""
    if text[0] not in "（(" or text[-1] not in "）)":
        return ()
    organs = organs_in_line(text[1:-1])
    return (organs[0]._replace(start=1, end=len(text) - 1),) if len(organs) == 1 else ()


def _undated(lines: tuple[Line, ...], start: int) -> Signoff | None:
    at = len(lines)
    if at - start > 1 and _MONTH.fullmatch(lines[-1].text):  # 2024年4月 is no date, and the organ above it signs all the same
        at -= 1
    signature, first = _signers(lines, start, at)
    if not signature.issuers or first <= start or not _is_ended(lines[first - 1].text):
        return None
    return Signoff(first, at, signature._replace(span=Span(lines[first].start, lines[at - 1].end)))
