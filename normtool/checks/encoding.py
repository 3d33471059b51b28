"""ENC001 to ENC009: what is wrong with the bytes of a file.

``Decoded`` comes in, findings with spans in the decoded text go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.lazyre import lazy
from normtool.model import Decoded, Finding, Fix, Span
from normtool.patch import line_starts
from normtool.rulebook import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOWHERE = Span(0, 0)
_REWRITTEN = Fix("safe", ())
"""The file is written as UTF-8 without a mark whatever else happens; no edit of the text does it."""

_SHOWN = 20
"""Broken places that get a finding of their own; the rest are counted in one more."""

_LOST = lazy("\ufffd+|锟斤拷|烫{3,}|屯{3,}")


def encoding_findings(decoded: Decoded) -> tuple[Finding, ...]:
    """Give what the bytes of a file break, in the order of the codes.

    Spans point into ``decoded.text``; (0, 0) stands for the file as a whole. ENC006 and ENC007 carry an empty safe fix, for
    writing the file mends them. Marks and NULs inside the text are found by the characters stage, which takes them out.
    """
    return (*_verdict(decoded), *_form(decoded), *_loss(decoded))


def _verdict(decoded: Decoded) -> Iterator[Finding]:
    match decoded.verdict:
        case "binary":
            yield finding("ENC001", f"cannot be decoded: {decoded.message}", _NOWHERE)
        case "damaged":
            yield from _damage(decoded)
        case "mixed":
            yield finding("ENC003", f"lines in different encodings: {decoded.message}", _NOWHERE)
        case "foreign":
            yield finding("ENC004", decoded.message, _NOWHERE)
        case "ambiguous":
            yield finding("ENC005", f"{decoded.message}; say which with --encoding", _NOWHERE)
        case "ok" | "lossy" | "nul":
            return


def _damage(decoded: Decoded) -> Iterator[Finding]:
    starts = line_starts(decoded.text)
    for place in decoded.damage[:_SHOWN]:
        at = starts[place.location.line - 1] + place.location.column - 1
        raw = place.raw.hex(" ").upper()
        where = f"line {place.location.line}, column {place.location.column}, byte {place.offset}"
        yield finding(
            "ENC002",
            f"broken {decoded.encoding} at {where}: {raw}; not written without --allow-lossy",
            Span(at, min(at + 1, len(decoded.text))),
        )
    more = len(decoded.damage) - _SHOWN
    if more > 0:
        yield finding("ENC002", f"broken {decoded.encoding} in {more} more places", _NOWHERE)


def _form(decoded: Decoded) -> Iterator[Finding]:
    if decoded.encoding not in (None, "utf-8") and decoded.verdict != "mixed":
        yield finding("ENC006", f"in {decoded.encoding}; rewritten as UTF-8", _NOWHERE, fix=_REWRITTEN)
    if decoded.bom:
        yield finding("ENC007", "byte order mark at the start", _NOWHERE, fix=_REWRITTEN)


def _loss(decoded: Decoded) -> Iterator[Finding]:
    if decoded.verdict != "lossy":
        return
    traces = list(_LOST.finditer(decoded.text))
    spans = [Span(*match.span()) for match in traces] or [_NOWHERE]
    yield finding("ENC008", f"{decoded.message}; only the original file has them", spans[0])
