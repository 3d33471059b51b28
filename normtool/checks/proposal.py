"""PRO: replies to suggestions (建议) of deputies and proposals (提案) of members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.lazyre import lazy
from normtool.model import Span
from normtool.rulebook import finding
from normtool.structure.phrases import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from normtool.document import Block, Document, Proposal, Section
    from normtool.model import CleanText, Finding, Settings

_LEAD_BLOCKS = 4
_TAIL_BLOCKS = 3
_CLASSES = frozenset("ABCD甲乙丙")
_CALLED = lazy(r"号\s*(?:重点)?(?P<word>建议|议案|提案)(?!委员会|委)")
_CONTACT = lazy(r"(?:代表|委员)[^。\n]{0,30}?(?:手机|电话)[^。\n]{0,8}?(?P<number>1[3-9]\d{9})(?!\d)")
_WORDS = {"npc-suggestion": ("代表", "委员", ("建议", "议案")), "cppcc-proposal": ("委员", "代表", ("提案",))}
"""Who makes it, who does not, and what it is called."""


def findings(text: CleanText, document: Document, settings: Settings) -> tuple[Finding, ...]:  # noqa: ARG001
    """Give PRO001 to PRO008; () for anything but a reply."""
    proposal = document.proposal
    if proposal is None:
        return ()
    return (
        *_number(document, proposal),
        *_role(document, proposal),
        *_assembly(proposal),
        *_phrases(document),
        *_rest(text, proposal),
    )


def _blocks(document: Document) -> list[Block]:
    """Give all paragraphs in their order."""
    out = list(document.body.blocks)

    def visit(sections: tuple[Section, ...]) -> None:
        for section in sections:
            out.extend(section.blocks)
            visit(section.sections)

    visit(document.body.sections)
    return out


def _number(document: Document, proposal: Proposal) -> Iterable[Finding]:
    title = document.title
    if title is None:
        return
    inside = [n for n in proposal.numbers if title.span.start <= n.span.start < title.span.end]
    outside = [n for n in proposal.numbers if n not in inside]
    if inside and outside and not any(_same_number(a.text, b.text) for a in inside for b in outside):
        yield finding("PRO001", f"number {outside[0].text} in the text, {inside[0].text} in the title", outside[0].span)


def _same_number(one: str, other: str) -> bool:
    """Tell whether two numbers are one: leading zeros do not count, nor a year (2023-045) that only one of them has."""
    (year, mark, serial), (other_year, other_mark, other_serial) = one.rpartition("-"), other.rpartition("-")
    return serial.lstrip("0") == other_serial.lstrip("0") and (year == other_year or not (mark and other_mark))


def _role(document: Document, proposal: Proposal) -> Iterable[Finding]:
    right, wrong, names = _WORDS[proposal.kind]
    for recipient in document.recipients:
        if recipient.text.endswith(wrong):
            yield finding("PRO002", f"addressed as {wrong}; this kind of reply goes to a {right}", recipient.span)
    for block in _blocks(document)[:_LEAD_BLOCKS]:
        match = _CALLED.search(block.text)
        if match and match["word"] not in names:
            start = block.span.start
            yield finding(
                "PRO002",
                f"called {match['word']}, but the document answers a {names[0]}",
                Span(start + match.start("word"), start + match.end("word")),
            )


def _assembly(proposal: Proposal) -> Iterable[Finding]:
    first = proposal.assembly
    for other in proposal.assemblies[1:]:
        if first is None or first.name[-2:] != other.name[-2:]:
            continue
        pairs = ((first.term, other.term, "届"), (first.session, other.session, "次"))
        wrong = next(((a, b, word) for a, b, word in pairs if a and b and a != b), None)
        if wrong:
            yield finding("PRO003", f"{wrong[1]}{wrong[2]} here, {wrong[0]}{wrong[2]} before", other.span)


def _phrases(document: Document) -> Iterable[Finding]:
    blocks = _blocks(document)
    lead = "\n".join(block.text for block in blocks[:_LEAD_BLOCKS])
    tail = (
        "\n".join(block.text for block in blocks[-_TAIL_BLOCKS:])
        + "\n"
        + (document.body.closing.text if document.body.closing else "")
    )
    start = Span(document.body.span.start, document.body.span.start)
    end = Span(document.body.span.end, document.body.span.end)
    if not phrase("receipt").search(lead):
        yield finding("PRO004", "the reply does not say that the suggestion or proposal was received (收悉)", start)
    if not phrase("reply_hook").search(lead):
        yield finding("PRO005", "no 答复如下 or 复函如下 before the answer", start)
    if not phrase("proposal_closing").search(tail):
        yield finding("PRO006", "the reply ends without a request for comments or thanks", end)


def _rest(text: str, proposal: Proposal) -> Iterable[Finding]:
    given = proposal.result_class
    if given and given.text not in _CLASSES:
        yield finding("PRO007", f"result class {given.text} is none of A to D or 甲乙丙", given.span)
    for match in _CONTACT.finditer(text):
        yield finding(
            "PRO008",
            "a deputy's or member's telephone number in a published reply",
            Span(match.start("number"), match.end("number")),
        )
