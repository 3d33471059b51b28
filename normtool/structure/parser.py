"""From clean text to the tree: metadata, front, body, sign-off, attachments, notes, imprint; then the type and what it adds.

Never raises for any text, takes time linear in it, and leaves no line out: what is nothing else is a block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from normtool.document import Attachment, Block, Body, Day, Document, Imprint, Section, Signature, Text
from normtool.grammar.dates import date_at, find_date
from normtool.grammar.genres import genre_of
from normtool.grammar.organs import is_organ, is_signer, organs_in_line
from normtool.model import Span
from normtool.structure.attachments import is_head, merged, read_enclosed, read_list
from normtool.structure.front import Front, bracketed_date, read_front
from normtool.structure.lines import Line, lines_of
from normtool.structure.metadata import read_metadata
from normtool.structure.phrases import phrase
from normtool.structure.plan import read_plan
from normtool.structure.proposal import read_proposal
from normtool.structure.recognize import FALLBACK, parts_of, recognize
from normtool.structure.sections import build
from normtool.structure.signoff import Signoff, find_signoff

if TYPE_CHECKING:
    import re

    from normtool.model import CleanText, Settings

_LEAD = 600
_MAX_CLOSING = 200
_MAX_NOTE = 100
_SCAN = 12


class _Parts(NamedTuple):
    """The lines of a document by what they belong to."""

    main: tuple[Line, ...]
    signoff: Signoff | None
    behind: tuple[Line, ...]
    notes: tuple[Text, ...]
    imprint: Imprint | None


def parse(text: CleanText, settings: Settings) -> Document:
    """Read a clean text; the type is ``settings.document_type`` or what the cues of the schemas recognize."""
    metadata, lines = read_metadata(lines_of(text), text)
    front = read_front(lines, 0)
    parts = _parts(_body_lines(lines, front))
    listed, main = read_list(parts.main)
    listed_behind, behind = read_list(parts.behind) if not listed else ((), parts.behind)
    main, closing = _closing(main)
    tree = build((*front.captions, *main))
    enclosed = read_enclosed(behind, len(tree.sections))
    body = _body(tree.blocks, (*tree.sections, *enclosed.sections), closing, main)
    title = front.title
    start = "\n".join(line.text for line in main[:4])[:_LEAD]
    found = settings.document_type or recognize(title.text if title else None, start, start + "\n" + _end(main, closing), settings)
    kind = found or FALLBACK
    extra = parts_of(kind, settings)
    asked = next((part for part in extra if part in {"npc-suggestion", "cppcc-proposal"}), None)
    proposal = read_proposal(asked, title, front.recipients, _with_closing(main, closing), parts.notes) if asked else None  # type: ignore[arg-type]
    return Document(
        span=Span(0, len(text)),
        document_type=kind,
        recognized=found is not None,
        genre=genre_of(title.text) if title else None,
        title=title,
        metadata=metadata,
        header=front.header,
        recipients=front.recipients,
        proposal=proposal,
        plan=read_plan(title) if title and "plan" in extra else None,
        body=body,
        attachments=merged((*listed, *listed_behind), enclosed.attachments),
        signature=_signature(parts.signoff, front),
        notes=parts.notes,
        imprint=parts.imprint,
    )


def _body_lines(lines: tuple[Line, ...], front: Front) -> tuple[Line, ...]:
    rest = lines[front.next_line :]
    if front.body_start is None or not rest:
        return rest
    first = rest[0]
    text = first.text[front.body_start - first.start :]
    bare = text.lstrip()
    return (Line(bare, first.end - len(bare), first.end), *rest[1:]) if bare else rest[1:]


def _parts(rest: tuple[Line, ...]) -> _Parts:
    """Divide the lines behind the front at the sign-off, and take notes and imprint out behind it.

    Where a line 附件 comes before any sign-off, the letter ends there and nobody signs it: a sign-off further down is that of the
    enclosed document. Close to the end of the file it is the letter's own after all.
    """
    signoff = find_signoff(rest, 0)
    head = next((k for k in range(1, len(rest)) if is_head(rest, k)), len(rest))
    if signoff and head < signoff.first and not (signoff.signature.issuers and _is_tail(rest, signoff)):
        signoff = None
    if signoff:
        main, behind = rest[: signoff.first], rest[signoff.end :]
    elif head < len(rest):
        main, behind = rest[:head], rest[head:]
    else:
        main, behind = _trailing(rest)
    notes, imprint, behind = _margin(behind)
    return _Parts(main, signoff, behind, notes, imprint)


def _is_tail(rest: tuple[Line, ...], signoff: Signoff) -> bool:
    """Tell whether a sign-off that follows a line 附件 still closes the document (the line is the list's, not a heading)."""
    return len(rest) - signoff.end <= _SCAN


def _trailing(main: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Split off notes and imprint lines at the end of a document that nobody signs."""
    end = len(main)
    while end and _is_margin(main[end - 1].text):
        end -= 1
    return main[:end], main[end:]


def _is_margin(text: str) -> bool:
    return any(phrase(name).search(text) for name in ("note", "cc", "printed"))


def _margin(lines: tuple[Line, ...]) -> tuple[tuple[Text, ...], Imprint | None, tuple[Line, ...]]:
    """Take notes (附注), 抄送 and 印发 lines out of the lines behind the sign-off; give them and what is left."""
    notes: list[Text] = []
    left: list[Line] = []
    cc: list[Text] = []
    printed_by: Text | None = None
    printed: Day | None = None
    places: list[Line] = []
    for at, line in enumerate(lines):
        near = at < _SCAN or at >= len(lines) - _SCAN
        if not near or len(line.text) > _MAX_CLOSING:
            left.append(line)
        elif phrase("note").search(line.text):
            notes.append(Text(line.text, line.span))
        elif match := phrase("cc").match(line.text):
            cc += _names(match["cc"], line.start + match.start("cc"))
            places.append(line)
        elif (match := phrase("printed").match(line.text)) and ("印" in line.text[match.end("date") :] or (match["by"] and is_organ(match["by"]))):
            date = find_date(line.text)
            if match["by"]:
                printed_by = Text(match["by"], Span(line.start + match.start("by"), line.start + match.end("by")))
            if date:
                printed = Day(match["date"], Span(line.start + match.start("date"), line.start + match.end("date")), date)
            places.append(line)
        else:
            left.append(line)
    imprint = Imprint(Span(places[0].start, places[-1].end), tuple(cc), printed_by, printed) if places else None
    return tuple(notes), imprint, tuple(left)


def _names(text: str, start: int) -> list[Text]:
    out = []
    at = 0
    for piece in text.replace("；", "，").replace("。", "，").split("，"):
        bare = piece.strip()
        if bare:
            place = start + at + piece.index(bare[0])
            out.append(Text(bare, Span(place, place + len(bare))))
        at += len(piece) + 1
    return out


def _closing(main: tuple[Line, ...]) -> tuple[tuple[Line, ...], Text | None]:
    """Take the closing formula (特此通知 …, 对以上答复您有什么意见 …) off the end of the body."""
    if not main or len(main[-1].text) > _MAX_CLOSING:
        return main, None
    last = main[-1]
    if phrase("closing").search(last.text) or (phrase("proposal_closing").search(last.text) and phrase("approval").search(last.text)):
        return main[:-1], Text(last.text, last.span)
    if len(last.text) <= _MAX_NOTE and phrase("proposal_closing").search(last.text):
        return main[:-1], Text(last.text, last.span)
    return main, None


def _with_closing(main: tuple[Line, ...], closing: Text | None) -> tuple[Line, ...]:
    return (*main, Line(closing.text, closing.span.start, closing.span.end)) if closing else main


def _end(main: tuple[Line, ...], closing: Text | None) -> str:
    return "\n".join(line.text for line in main[-2:]) + ("\n" + closing.text if closing else "")


def _body(blocks: tuple[Block, ...], sections: tuple[Section, ...], closing: Text | None, main: tuple[Line, ...]) -> Body:
    places = [*(b.span for b in blocks), *(s.span for s in sections), *([closing.span] if closing else [])]
    if not places:
        place = main[0].start if main else 0
        return Body(Span(place, place), (), ())
    return Body(Span(min(p.start for p in places), max(p.end for p in places)), blocks, sections, closing)


def _signature(signoff: Signoff | None, front: Front) -> Signature | None:
    """Give the sign-off; a date without an organ is signed by the organs that open the title."""
    if signoff is None:
        return _by_line(front)
    signature = signoff.signature
    if signature.issuers or not front.title:
        return signature
    return Signature(signature.span, title_issuers(front.title), signature.date, signature.signer)


def _by_line(front: Front) -> Signature | None:
    """Read who and when from the lines under the title: （某市统计局）, （2020年1月1日）, an official, or …日某部令第N号公布."""
    for line in (*front.captions, *front.below):
        inner = line.text.strip("（）()")
        start = line.start + line.text.index(inner[0]) if inner else line.start
        organs = organs_in_line(inner)
        if len(organs) == 1 and inner != line.text:
            return Signature(line.span, (Text(inner, Span(start, start + len(inner))),))
        date = bracketed_date(line.text)
        if date:
            return Signature(line.span, (), Day(inner, Span(start, start + len(inner)), date))
        if is_signer(line.text):
            return Signature(line.span, (Text("".join(line.text.split()), line.span),))
        made = phrase("promulgation").search(line.text)
        if made:
            return _promulgated(made, line)
    return None


def _promulgated(match: re.Match[str], line: Line) -> Signature | None:
    date = date_at(match["date"])
    if date is None:
        return None
    spans = {name: Span(line.start + match.start(name), line.start + match.end(name)) for name in ("date", "by")}
    return Signature(Span(spans["date"].start, spans["by"].end), (Text(match["by"], spans["by"]),), Day(match["date"], spans["date"], date))


def title_issuers(title: Text) -> tuple[Text, ...]:
    """Give the organs that open a title, in front of 关于, 印发 or 转发: ``某市人民政府关于…``; () when none does."""
    if title.text.endswith("令") and is_organ(title.text[:-1]):
        return (Text(title.text[:-1], Span(title.span.start, title.span.start + len(title.text) - 1)),)
    at = min((k for k in (title.text.find(word) for word in ("关于", "印发", "转发", "批转", "对")) if k > 0), default=0)
    organs = organs_in_line(title.text[:at]) if at else ()
    return tuple(Text(o.name, Span(title.span.start + o.start, title.span.start + o.end)) for o in organs)


__all__ = ["Attachment", "parse", "title_issuers"]
