"""The head of minutes (纪要, GB/T 9704-2012 10.3): letterhead, issue, organ and date above the title 关于…的纪要."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.document import Text
from normtool.grammar.genres import MINUTES
from normtool.grammar.organs import same_words
from normtool.model import Span
from normtool.structure.phrases import phrase
from normtool.structure.signoff import find_signoff

if TYPE_CHECKING:
    from normtool.document import Header, Signature
    from normtool.structure.front import Front
    from normtool.structure.lines import Line

_ABOUT = "关于"


def is_issue(above: Line, line: Line) -> bool:
    """Tell whether a line is the number of the issue (第12期) directly below the name of minutes."""
    return above.text.endswith(MINUTES) and phrase("issue_number").fullmatch(line.text) is not None


def minutes_letterhead(header: Header, above: tuple[Line, ...], title: Text | None) -> tuple[Header, tuple[Line, ...]]:
    """Take the name of minutes as the letterhead where it stands first of the lines above the title of minutes; give the other lines.

    Does not act where the document has a letterhead already, nor on a portal's headline, which is the title in fewer words.
    """
    if header.letterhead or title is None or not (title.text.endswith(MINUTES) and above and above[0].text.endswith(MINUTES)):
        return header, above
    first = above[0]
    if _ABOUT in first.text or (same_words(first.text, title.text) and len(first.text) * 2 > len(title.text)):
        return header, above
    start = min(header.span.start, first.start) if header.span.end else first.start
    span = Span(start, max(header.span.end, first.end))
    return header._replace(letterhead=Text(first.text, first.span), span=span), above[1:]


def take_head(front: Front) -> tuple[Signature | None, Front]:
    """Take organ and date out of the lines between the letterhead of minutes and their title; give them and the front without.

    Does not act where one of the two is missing, nor on other documents: what stands above their titles is the portal's.
    """
    letterhead = front.header.letterhead if front.header else None
    if letterhead is None or front.title is None or not letterhead.text.endswith(MINUTES):
        return None, front
    between = tuple(
        line
        for line in sorted((*front.above, *front.captions), key=lambda line: line.start)
        if letterhead.span.end <= line.start < front.title.span.start
    )
    found = find_signoff(between, 0)
    if found is None or not (found.signature.issuers and found.signature.date):
        return None, front
    used = between[found.first : found.end]
    above, captions = (tuple(line for line in lines if line not in used) for lines in (front.above, front.captions))
    return found.signature, front._replace(above=above, captions=captions)
