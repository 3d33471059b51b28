"""The JSON document: snake_case keys, dates YYYY-MM-DD, absent parts without a key, a blank value null, two sources never merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.grammar.metadata_values import json_value
from normtool.grammar.names import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from normtool.document import (
        Attachment,
        Block,
        Body,
        Document,
        Header,
        Imprint,
        Metadata,
        Plan,
        Proposal,
        Section,
        Signature,
        Text,
    )

SCHEMA_VERSION = "1"


def to_json(document: Document) -> dict[str, object]:
    """Give the document as JSON values, keys in the order of the field table; equal documents give equal JSON."""
    out: dict[str, object] = {"schema_version": SCHEMA_VERSION, "document_type": document.document_type}
    _put(out, "genre", document.genre)
    _put(out, "title", _text(document.title))
    _put(out, "metadata", _metadata(document.metadata))
    _put(out, "header", _header(document.header))
    _put(out, "recipients", _texts(document.recipients))
    _put(out, "proposal", _proposal(document.proposal))
    _put(out, "plan", _plan(document.plan))
    out["body"] = _body(document.body)
    _put(out, "attachments", [_attachment(item) for item in document.attachments])
    _put(out, "signature", _signature(document.signature))
    _put(out, "notes", _texts(document.notes))
    _put(out, "imprint", _imprint(document.imprint))
    _put(out, "remainder", _blocks(document.remainder))
    return out


def _put(out: dict[str, object], key: str, value: object) -> None:
    """Set a key unless there is nothing to say: None, or an empty list or object."""
    if value is not None and value not in ([], {}):
        out[key] = value


def _text(text: Text | None) -> str | None:
    return text.text if text else None


def _texts(texts: Iterable[Text]) -> list[str]:
    return [text.text for text in texts]


def _metadata(metadata: Metadata | None) -> dict[str, object] | None:
    if metadata is None:
        return None
    out: dict[str, object] = {}
    other: list[object] = []
    for field in metadata.fields:
        value = json_value(field.name, field.text)
        if field.name and out.get(field.name) is None:
            out[field.name] = value
        elif not field.name or value not in (None, out[field.name]):
            other.append({"label": field.label, "value": field.text or None})
    _put(out, "other", other)
    return out


def _header(header: Header | None) -> dict[str, object]:
    if header is None:
        return {}
    out: dict[str, object] = {}
    _put(out, "document_number", header.document_number.number.canonical if header.document_number else None)
    _put(out, "copy_number", _text(header.copy_number))
    _put(out, "security_classification", _text(header.security_classification))
    _put(out, "security_period", _text(header.security_period))
    _put(out, "urgency", "".join(header.urgency.text.split()) if header.urgency else None)
    _put(out, "letterhead", _text(header.letterhead))
    _put(out, "signatories", [name.name for text in header.signatories for name in names_in(text.text)])
    return out


def _proposal(proposal: Proposal | None) -> dict[str, object]:
    if proposal is None:
        return {}
    out: dict[str, object] = {"kind": proposal.kind}
    _put(out, "number", _text(proposal.number))
    _put(out, "title", _text(proposal.title))
    if proposal.assembly:
        assembly: dict[str, object] = {"name": proposal.assembly.name}
        _put(assembly, "term", proposal.assembly.term)
        _put(assembly, "session", proposal.assembly.session)
        out["assembly"] = assembly
    _put(out, "proposers", _texts(proposal.proposers))
    _put(out, "role", _text(proposal.role))
    _put(out, "co_handlers", _texts(proposal.co_handlers))
    _put(out, "result_class", _text(proposal.result_class))
    _put(out, "disclosure", _text(proposal.disclosure))
    _put(out, "approved_by", _text(proposal.approved_by))
    return out


def _plan(plan: Plan | None) -> dict[str, object]:
    if plan is None:
        return {}
    out: dict[str, object] = {"kind": plan.kind}
    _put(out, "region", plan.region)
    if plan.period:
        out["period"] = {"start_year": plan.period.start_year, "end_year": plan.period.end_year}
    return out


def _body(body: Body) -> dict[str, object]:
    out: dict[str, object] = {"blocks": _blocks(body.blocks), "sections": [_section(section) for section in body.sections]}
    _put(out, "closing", _text(body.closing))
    return out


def _blocks(blocks: tuple[Block, ...]) -> list[object]:
    return [{"type": block.type, "text": block.text} for block in blocks]


def _section(section: Section) -> dict[str, object]:
    out: dict[str, object] = {"level": section.level, "label": section.label, "number": section.number}
    _put(out, "heading", _text(section.heading))
    out["blocks"] = _blocks(section.blocks)
    out["sections"] = [_section(child) for child in section.sections]
    return out


def _attachment(item: Attachment) -> dict[str, object]:
    out: dict[str, object] = {"kind": item.kind}
    _put(out, "number", item.number)
    _put(out, "title", _text(item.title))
    _put(out, "blocks", _blocks(item.blocks))
    _put(out, "sections", list(item.sections))
    return out


def _signature(signature: Signature | None) -> dict[str, object]:
    if signature is None:
        return {}
    out: dict[str, object] = {}
    _put(out, "issuers", _texts(signature.issuers))
    _put(out, "date", signature.date.date.iso if signature.date else None)
    _put(out, "signer", _text(signature.signer))
    _put(out, "co_signers", _texts(signature.co_signers))
    return out


def _imprint(imprint: Imprint | None) -> dict[str, object]:
    if imprint is None:
        return {}
    out: dict[str, object] = {}
    _put(out, "cc", _texts(imprint.cc))
    _put(out, "printed_by", _text(imprint.printed_by))
    _put(out, "date_printed", imprint.date_printed.date.iso if imprint.date_printed else None)
    return out
