"""From clean text to the tree: metadata, front, body, sign-off, attachments, notes, imprint; then the type and what it adds.

Never raises for any text, takes time linear in it, and leaves no line out: what is nothing else is a block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from normtool.document import Block, Body, Document, Imprint, Proposal, Section, Signature, Text
from normtool.grammar.genres import genre_of
from normtool.model import Span
from normtool.structure.attachments import is_head, merged, opens_enclosed, read_enclosed, read_list, refers_elsewhere
from normtool.structure.front import Front, read_front, split_title
from normtool.structure.issuers import read_signature, signed_in_title, with_organ_below
from normtool.structure.lines import Line, lines_of
from normtool.structure.margin import read_margin, split_copies, split_trailing
from normtool.structure.marks import split_marks
from normtool.structure.metadata import read_metadata
from normtool.structure.minutes import take_head
from normtool.structure.phrases import is_closing, may_hold, phrase
from normtool.structure.plan import read_plan
from normtool.structure.proposal import ProposalKind, read_proposal
from normtool.structure.recognize import FALLBACK, parts_of, recognize
from normtool.structure.sections import build
from normtool.structure.signoff import Signoff, find_signoff
from normtool.structure.titles import is_title_like

if TYPE_CHECKING:
    from normtool.model import CleanText, Settings

_LEAD = 600
_LEAD_LINES = 4
_MAX_CLOSING = 200
_MAX_NOTE = 100
_MAX_ABOVE = 3
_HOOK = "如下"
_SCAN = 12


class _Parts(NamedTuple):
    """The lines of a document by what they belong to.

    ``head`` says who and when under the title, as minutes do; it counts where no sign-off stands below.
    """

    head: Signature | None
    main: tuple[Line, ...]
    signoff: Signoff | None
    behind: tuple[Line, ...]
    notes: tuple[Text, ...]
    imprint: Imprint | None


def parse(text: CleanText, settings: Settings) -> Document:
    """Read a clean text; the type is ``settings.document_type`` or what the cues of the schemas recognize."""
    metadata, lines = read_metadata(lines_of(text), text)
    lines = split_marks(split_title(lines))
    front = read_front(lines, 0)
    parts = _parts(_body_lines(lines, front), front)
    head, front = (None, front) if parts.signoff or parts.head else take_head(front)
    listed, main = read_list(parts.main)
    again, behind = read_list(parts.behind)
    main, closing = _closing(main)
    tree = build((*front.captions, *main))
    enclosed = read_enclosed(behind, len(tree.sections), (*listed, *again))
    title = front.title
    kind = settings.document_type or _recognized(front, main, closing, settings)
    extra = parts_of(kind or FALLBACK, settings)
    title_signs = "signed-in-title" in extra
    return Document(
        span=Span(0, len(text)),
        document_type=kind or FALLBACK,
        recognized=kind is not None,
        genre=genre_of(title.text) if title else None,
        title=title,
        metadata=metadata,
        header=front.header,
        recipients=front.recipients,
        proposal=_proposal(extra, front, _with_closing(main, closing), parts.notes),
        plan=read_plan(title) if title and "plan" in extra else None,
        body=_body(tree.blocks, (*tree.sections, *enclosed.sections), closing, main),
        attachments=merged(listed, again, enclosed.attachments),
        signature=head
        or read_signature(parts.signoff, front, title_signs=title_signs)
        or parts.head
        or (signed_in_title(title) if title and title_signs else None),
        notes=parts.notes,
        imprint=parts.imprint,
        remainder=(*(Block("paragraph", line.text, line.span) for line in front.above), *enclosed.remainder),
    )


def _recognized(front: Front, main: tuple[Line, ...], closing: Text | None, settings: Settings) -> str | None:
    """Recognize the type from the title, the addressees and first lines, and the last ones."""
    first = "\n".join([*(text.text for text in front.recipients), *(line.text for line in main[:_LEAD_LINES])])[:_LEAD]
    last = "\n".join([*(line.text[-_LEAD:] for line in main[-2:]), *([closing.text] if closing else [])])
    return recognize(front.title.text if front.title else None, first, first + "\n" + last, settings)


def _proposal(extra: tuple[str, ...], front: Front, lines: tuple[Line, ...], notes: tuple[Text, ...]) -> Proposal | None:
    kinds: tuple[ProposalKind, ...] = ("npc-suggestion", "cppcc-proposal")
    kind = next((kind for kind in kinds if kind in extra), None)
    return read_proposal(kind, front, lines, notes) if kind else None


def _body_lines(lines: tuple[Line, ...], front: Front) -> tuple[Line, ...]:
    rest = lines[front.next_line :]
    if front.body_start is None or not rest:
        return rest
    first = rest[0]
    text = first.text[front.body_start - first.start :]
    bare = text.lstrip()
    return (Line(bare, first.end - len(bare), first.end), *rest[1:]) if bare else rest[1:]


def _parts(lines: tuple[Line, ...], front: Front) -> _Parts:
    """Divide the lines behind the front at the sign-off, and take notes and imprint out behind it.

    Where a line 附件 comes before any sign-off, the letter ends there and nobody signs it: a sign-off further down is that of the
    enclosed document. Close to the end of the file it is the letter's own after all, unless one signs under the title.
    """
    under_title, rest = _under_title(lines, front)
    signoff = find_signoff(rest, 0)
    if under_title and signoff and any(is_head(rest, k) for k in range(1, signoff.first)):
        signoff = None
    if under_title and signoff:  # one signs, and what stands under the title stays text
        moved = len(lines) - len(rest)
        under_title, rest = None, lines
        signoff = signoff._replace(first=signoff.first + moved, end=signoff.end + moved)
    head = next((k for k in range(1, len(rest)) if is_head(rest, k)), len(rest))
    if signoff and head < signoff.first and not (signoff.signature.issuers and _is_tail(rest, signoff)):
        signoff = None
    if signoff:
        signoff = with_organ_below(signoff, rest, front.title)
        main, behind = rest[: signoff.first], rest[signoff.end :]
    elif head < len(rest):
        main, behind = rest[:head], rest[head:]
    else:
        main, behind = split_trailing(rest)
    main, copies = split_copies(main) if signoff else (main, ())
    margin = read_margin((*behind, *copies))
    return _Parts(under_title, main, signoff, margin.rest, margin.notes, margin.imprint)


def _under_title(rest: tuple[Line, ...], front: Front) -> tuple[Signature | None, tuple[Line, ...]]:
    """Take the line of organ and date out that stands under the title of minutes (GB/T 9704-2012 10.3); give it and the other lines.

    Only a few lines without any mark stand above it, and prose below it: under an addressee, behind a sentence, or in front of an
    enclosed document such a line is a sign-off.
    """
    signoff = None if front.recipients else find_signoff(rest, 0)
    if (
        signoff is None
        or not (signoff.signature.issuers and signoff.signature.date)
        or signoff.first > _MAX_ABOVE
        or not all(is_title_like(line.text) for line in rest[: signoff.first])
        or opens_enclosed(rest[signoff.end :])
        or not any("。" in line.text for line in rest[signoff.end :])
    ):
        return None, rest
    return signoff.signature, (*rest[: signoff.first], *rest[signoff.end :])


def _is_tail(rest: tuple[Line, ...], signoff: Signoff) -> bool:
    """Tell whether a sign-off that follows a line 附件 still closes the document (the line is the list's, not a heading)."""
    return len(rest) - signoff.end <= _SCAN


def _closing(main: tuple[Line, ...]) -> tuple[tuple[Line, ...], Text | None]:
    """Take the closing formula (特此通知 …, 对以上答复您有什么意见 …) off the end of the body.

    The only line of a body is no closing, nor is one that announces what follows (…通知如下，请填写…). A last line that says where the
    attachments are named (附件：如说明三) stays behind it.
    """
    behind = main[-1:] if main and refers_elsewhere(main[-1].text) else ()
    main = main[: len(main) - len(behind)]
    above, closing = _last_formula(main)
    return (*above, *behind), closing


def _last_formula(main: tuple[Line, ...]) -> tuple[tuple[Line, ...], Text | None]:
    """Take the last line off where it is a closing formula; give the other lines and the formula."""
    if len(main) < 2 or len(main[-1].text) > _MAX_CLOSING or _HOOK in main[-1].text:  # noqa: PLR2004
        return main, None
    last = main[-1]
    if is_closing(last.text):
        return main[:-1], Text(last.text, last.span)
    asks = may_hold("proposal_closing", last.text) and phrase("proposal_closing").search(last.text)
    if asks and (len(last.text) <= _MAX_NOTE or phrase("approval").search(last.text)):
        return main[:-1], Text(last.text, last.span)
    return main, None


def _with_closing(main: tuple[Line, ...], closing: Text | None) -> tuple[Line, ...]:
    return (*main, Line(closing.text, closing.span.start, closing.span.end)) if closing else main


def _body(blocks: tuple[Block, ...], sections: tuple[Section, ...], closing: Text | None, main: tuple[Line, ...]) -> Body:
    places = [*(b.span for b in blocks), *(s.span for s in sections), *([closing.span] if closing else [])]
    if not places:
        place = main[0].start if main else 0
        return Body(Span(place, place), (), ())
    return Body(Span(min(p.start for p in places), max(p.end for p in places)), blocks, sections, closing)
