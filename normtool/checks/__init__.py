"""The document against the schema of its type, and the rules that a schema cannot express."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.checks import dates, header, numbering, parts, proposal, text
from normtool.checks.schema import schema_findings
from normtool.checks.script import script_findings
from normtool.rulebook import selected

if TYPE_CHECKING:
    from normtool.document import Document
    from normtool.model import CleanText, Finding, Settings

_FAMILIES = (header, text, numbering, parts, dates, proposal)


def check_document(clean: CleanText, document: Document, settings: Settings) -> tuple[Finding, ...]:
    """Give every finding about a clean text and its document, sorted by place, then code; spans are those of ``clean``.

    Rules that are not selected are left out. These are the findings that running the tool mends nothing of; what the stages
    change is found by the pipeline. Raises NormtoolError when a user's schema is at fault.
    """
    found = [f for family in _FAMILIES for f in family.findings(clean, document, settings)]
    found += script_findings(clean, mode=settings.script, protected_terms=settings.protected_terms)
    found += schema_findings(document, settings)
    chosen = [f for f in found if selected(f.rule, settings.select, settings.ignore)]
    return tuple(sorted(chosen, key=lambda f: (f.span, f.rule, f.pointer or "")))


__all__ = ["check_document"]
