"""DOC: the parts that a document must have, and what title, sign-off and document number say against one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.checks.header import value_of
from normtool.grammar.document_number import number_line
from normtool.grammar.genres import RULE_WORDS, title_core
from normtool.grammar.organs import OFFICES, organs_in_line, same_organ
from normtool.model import Span
from normtool.rulebook import enumerated, finding
from normtool.structure.issuers import title_issuers
from normtool.structure.plan import five_years, years
from normtool.structure.recognize import parts_of, recognize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from normtool.document import Document
    from normtool.model import CleanText, Finding, Settings, Severity

_ADDRESSED, _SIGNED = "addressed", "signed"
"""The parts by which a type's schema says that its documents have an addressee and a sign-off."""
_SIGNED_GENRES = ("决定", "通报", "请示", "批复")
"""Genres of the generic type that their organ signs below the text. A 报告 may be read out at a meeting, and then nobody does."""
_ADOPTED = "通过"
_COLONS = ("：", ":")
_REACH = 3


def findings(text: CleanText, document: Document, settings: Settings) -> tuple[Finding, ...]:
    """Give DOC001, 003, 004, 006, 007, 008, 009, 010, 015, 020, 023 and 025."""
    return (
        *_title(document, settings),
        *_missing(document, parts_of(document.document_type, settings)),
        *_colon(text, document),
        *_issuers(document),
        *_attachments(document),
        *_numbers(document),
        *_period(document),
    )


def _title(document: Document, settings: Settings) -> Iterable[Finding]:
    title = document.title
    if title is None:
        severity: Severity | None = None if document.recognized else "warning"
        start = document.body.span.start
        yield finding("DOC001", "the document has no title (标题)", Span(start, start), severity=severity)
        return
    if document.genre is None and document.recognized and not title_core(title.text).endswith(RULE_WORDS):
        yield finding("DOC003", "the title names no genre (文种)", title.span)
    if settings.document_type:
        lead = "\n".join(block.text for block in document.body.blocks[:3])
        found = recognize(title.text, lead, lead, settings._replace(document_type=None))
        if found and found not in ("generic", settings.document_type):
            yield finding("DOC004", f"the title is that of the type {found}, not {settings.document_type}", title.span)


def _missing(document: Document, parts: tuple[str, ...]) -> Iterable[Finding]:
    title = document.title
    place = Span(title.span.end, title.span.end) if title else Span(document.body.span.start, document.body.span.start)
    if _ADDRESSED in parts and not document.recipients and not _gazetted(document):
        yield finding("DOC007", "no addressee (主送机关)", place)
    yield from _unsigned(document, parts)
    header = document.header
    if header and header.security_classification:
        level = header.security_classification
        yield finding("DOC023", f"a public file must not carry the marking {level.text} (密级)", level.span)


def _colon(text: CleanText, document: Document) -> Iterable[Finding]:
    """Report an addressee line that ends without a colon; one of the other width is mended by a stage."""
    if document.recipients:
        place = document.recipients[-1].span
        if text[place.end : place.end + _REACH].strip()[:1] not in _COLONS:
            yield finding("DOC008", "the addressee line ends without its colon (：)", place)


def _unsigned(document: Document, parts: tuple[str, ...]) -> Iterable[Finding]:
    """Report what the sign-off lacks; of a 决定 or the like not the organ above a date, and nothing where a meeting adopted it."""
    signature = document.signature
    signed = _SIGNED in parts
    if not signed and (document.genre not in _SIGNED_GENRES or _adopted(document)):
        return
    if signature is None:
        end = Span(document.body.span.end, document.body.span.end)
        yield finding("DOC009", "no sign-off: neither organ (署名) nor date (成文日期)", end)
    elif signed and not signature.issuers and signature.signer is None and not _gazetted(document):
        yield finding("DOC009", "no organ above the date (署名)", signature.span)
    elif signature.date is None:
        yield finding("DOC009", "no date under the organ (成文日期)", signature.span)


def _adopted(document: Document) -> bool:
    """Tell whether a line in brackets above or below the text says what meeting adopted it (（2023年5月9日…会议通过）)."""
    blocks = document.body.blocks
    return any(block.text[0] in "（(" and _ADOPTED in block.text for block in (*blocks[:1], *blocks[-1:]))


def _gazetted(document: Document) -> bool:
    """Tell whether these are opinions as newspapers and gazettes print them: a date in brackets above the text, no addressee, no organ."""
    signature = document.signature
    if document.document_type != "opinions" or signature is None or signature.issuers:
        return False
    body = document.body
    first = [*(block.span for block in body.blocks[:1]), *(section.span for section in body.sections[:1])]
    return all(signature.span.start <= span.start for span in first)


def _issuers(document: Document) -> Iterable[Finding]:
    signature = document.signature
    if signature is None or not signature.issuers:
        return
    issuers = [issuer.text for issuer in signature.issuers]
    named = title_issuers(document.title) if document.title else ()
    if named and not any(_related(name.text, issuer) for name in named for issuer in issuers):
        yield finding("DOC006", f"{named[0].text} is in the title, {issuers[0]} signs", named[0].span)
    publisher = value_of(document.metadata, "publisher") if document.metadata else None
    if publisher:
        names = [organ.name for organ in organs_in_line(publisher.text)]
        if names and not any(_related(name, issuer) for name in names for issuer in issuers):
            yield finding("DOC010", f"发布机构 is {publisher.text}, {issuers[0]} signs", publisher.value_span)


def _related(one: str, other: str) -> bool:
    """Tell whether two names mean one organ, or an organ and its own office: the office publishes for the organ."""
    if same_organ(one, other):
        return True
    return any(
        same_organ(a.removesuffix(office), b)
        for a, b in ((one, other), (other, one))
        for office in OFFICES
        if a.endswith(office)
    )


def _attachments(document: Document) -> Iterable[Finding]:
    listed = [item for item in document.attachments if item.kind == "listed"]
    numbers = [item.number for item in listed if item.number is not None]
    if len(numbers) == len(listed) and numbers != list(range(1, len(numbers) + 1)):
        place = Span(min(item.span.start for item in listed), max(item.span.end for item in listed))
        yield finding("DOC015", f"attachments are numbered {enumerated(map(str, numbers))}", place)
    enclosed = [item for item in listed if item.blocks or item.sections]
    if not enclosed or document.signature is None:
        return
    behind = document.signature.span.end
    last = max(item.number or 0 for item in enclosed)
    for item in listed:
        if item.number is not None and item.number < last and item.span.start < behind:
            yield finding("DOC015", f"attachment {item.number} is listed, but only others follow the document", item.span)


def _numbers(document: Document) -> Iterable[Finding]:
    own = document.header.document_number if document.header else None
    field = value_of(document.metadata, "document_number") if document.metadata else None
    said = number_line(field.text) if field else None
    if own and field and said and said.canonical != own.number.canonical:
        yield finding(
            "DOC020", f"发文字号 is {said.canonical} in the metadata, {own.number.canonical} in the document", field.value_span
        )


def _period(document: Document) -> Iterable[Finding]:
    title = document.title
    plan = five_years(title.text) if title else None
    if title is None or plan is None:
        return
    stated = years(title.text)
    if stated and not plan.start_year <= stated.start_year <= plan.end_year:
        named = title.text[plan.span.start : plan.span.end]
        place = Span(title.span.start + stated.span.start, title.span.start + stated.span.end)
        yield finding(
            "DOC025",
            f"{named} is {plan.start_year} to {plan.end_year}, the title says {stated.start_year} to {stated.end_year}",
            place,
        )
