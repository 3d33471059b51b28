"""SCR002: Traditional characters that stand in a Simplified document.

Listed, never changed: they are names, titles, quotations.
"""

from __future__ import annotations

from functools import cache

from normtool.model import Finding, Script, Span
from normtool.rulebook import enumerated, finding
from normtool.text.script.evidence import (
    holds_traditional,
    is_japanese,
    is_traditional_document,
    lines_with,
    paragraph_script,
    tables,
    traditional_only,
)
from normtool.text.script.terms import find_terms, without


def script_findings(text: str, *, mode: Script = "auto", protected_terms: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """Give one finding for every line of a Simplified ``text`` (after the script stage) that holds Traditional-only characters.

    Spans run from the first to the last such character of the line, in ``text``. Nothing is found in a Traditional document, in
    lines of Japanese, in ``protected_terms``, and with ``mode`` ``keep``.
    """
    if mode == "keep" or not holds_traditional(text):
        return ()
    evidence = without(text, find_terms(text, protected_terms))
    if is_traditional_document(evidence):
        return ()
    return tuple(
        _line_finding(evidence[start:end], start)
        for start, end in lines_with(traditional_only(), evidence)
        if not is_japanese(evidence[start:end])
    )


@cache
def _counterparts() -> dict[str, str]:
    return dict(zip(tables().traditional, tables().counterparts, strict=True))


def _line_finding(line: str, offset: int) -> Finding:
    found = list(traditional_only().finditer(line))
    shown = enumerated(f"{c} ({_counterparts()[c]})" for c in dict.fromkeys(m.group() for m in found))
    advice = "convert the document with --script simplified, or " if paragraph_script(line) != "simplified" else ""
    message = f"Traditional characters in Simplified text, with their Simplified forms: {shown}; {advice}list names that stay as protected terms"
    return finding("SCR002", message, Span(offset + found[0].start(), offset + found[-1].end()))
