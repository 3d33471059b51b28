"""DOC: dates against one another, and the year of the document number."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from normtool.checks.header import value_of
from normtool.grammar.dates import Date, find_date
from normtool.rulebook import finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from normtool.document import Document, Field, Signature
    from normtool.model import CleanText, Finding, Settings

_WORKING_DAYS = 20
_JANUARY = 1
_SINCE = "2012-07-01"
"""GB/T 9704-2012 is in force from here on; the standard before it had the date in hanzi."""
_FIELDS = ("date_written", "date_published", "date_effective", "date_expiry")


def findings(text: CleanText, document: Document, settings: Settings) -> tuple[Finding, ...]:  # noqa: ARG001
    """Give DOC011 to 014, 019 and 024. Dates that cannot be read take no part in comparisons."""
    return (*_impossible(document), *_written(document), *_order(document), *_year(document), *_form(document))


def _fields(document: Document) -> dict[str, tuple[Field, Date]]:
    """Give the metadata fields that hold a date, by name."""
    out = {}
    for name in _FIELDS if document.metadata else ():
        field = value_of(document.metadata, name) if document.metadata else None
        date = find_date(field.text) if field else None
        if field and date:
            out[name] = (field, date)
    return out


def _impossible(document: Document) -> Iterable[Finding]:
    for field, date in _fields(document).values():
        if date.iso is None:
            yield finding("DOC014", f"{field.label} {field.text} is no day of the calendar", field.value_span)
    signed = document.signature.date if document.signature else None
    if signed and "impossible" in signed.date.problems:
        yield finding("DOC014", f"{signed.text} is no day of the calendar", signed.span)
    printed = document.imprint.date_printed if document.imprint else None
    if printed and "impossible" in printed.date.problems:
        yield finding("DOC014", f"{printed.text} is no day of the calendar", printed.span)


def _signed(document: Document) -> str | None:
    signature = document.signature
    return signature.date.date.iso if signature and signature.date else None


def _written(document: Document) -> Iterable[Finding]:
    signed = _signed(document)
    entry = _fields(document).get("date_written")
    if signed and entry and entry[1].iso and entry[1].iso != signed:
        field, date = entry
        yield finding("DOC011", f"成文日期 is {date.iso} in the metadata, the document is signed {signed}", field.value_span)


def _order(document: Document) -> Iterable[Finding]:
    fields = _fields(document)
    signed = _signed(document)
    published = fields.get("date_published")
    if signed and published and published[1].iso:
        field, date = published
        if date.iso and signed > date.iso:
            yield finding("DOC012", f"signed {signed}, after it was published on {date.iso}", field.value_span)
        elif date.iso and _working_days(signed, date.iso) > _WORKING_DAYS:
            yield finding(
                "DOC024", f"published {_working_days(signed, date.iso)} working days after it was signed", field.value_span
            )
    effective = fields.get("date_effective")
    if signed and effective and effective[1].iso and effective[1].iso < signed:
        field, date = effective
        yield finding(
            "DOC012", f"in force from {date.iso}, before it was signed on {signed}", field.value_span, severity="warning"
        )


def _working_days(start: str, end: str) -> int:
    """Count Mondays to Fridays after ``start`` up to ``end`` (ISO dates); public holidays are counted as working days."""
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    weeks, rest = divmod((last - first).days, 7)
    return weeks * 5 + sum((first.weekday() + k) % 7 < 5 for k in range(1, rest + 1))  # noqa: PLR2004


def _year(document: Document) -> Iterable[Finding]:
    own = document.header.document_number if document.header else None
    signed = _signed(document)
    if own is None or own.number.year is None or signed is None:
        return
    year, month = int(signed[:4]), int(signed[5:7])
    if own.number.year != year and not (month == _JANUARY and own.number.year == year - 1):
        yield finding("DOC019", f"{own.text} is of {own.number.year}, the document is signed {signed}", own.span)


def _form(document: Document) -> Iterable[Finding]:
    """Report a signing date that is not written with Arabic numerals and 年, 月, 日; the stages mend the other faults of one.

    Not a date in hanzi from before GB/T 9704-2012, nor a date without an organ or official, which may be the portal's.
    """
    signature = document.signature
    if signature is None or signature.date is None or not (signature.signer or _signs(document, signature)):
        return
    day = signature.date
    if day.date.style == "iso":
        yield finding("DOC013", f"{day.text} is not written with 年, 月 and 日", day.span)
    elif day.date.style == "hanzi" and (day.date.iso or "") >= _SINCE:
        yield finding("DOC013", f"{day.text} is not written with Arabic numerals", day.span)


def _signs(document: Document, signature: Signature) -> bool:
    """Tell whether an organ stands in the sign-off, and not only in the title."""
    end = document.title.span.end if document.title else 0
    return any(issuer.span.start >= end for issuer in signature.issuers)
