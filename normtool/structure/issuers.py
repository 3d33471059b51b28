"""Who issues a document: the organs of the sign-off, or else of the title and the lines under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.document import Day, Signature, Text
from normtool.grammar.dates import date_at
from normtool.grammar.genres import SIGNED_GENRES, genre_of
from normtool.grammar.organs import OFFICES, is_head, is_issuer, organs_in_line, same_organ
from normtool.lazyre import lazy
from normtool.model import Span
from normtool.structure.front import Front, bracketed_date
from normtool.structure.margin import split_trailing
from normtool.structure.phrases import phrase
from normtool.structure.signoff import is_below_text
from normtool.structure.titles import is_complete

if TYPE_CHECKING:
    import re

    from normtool.structure.lines import Line
    from normtool.structure.signoff import Signoff

_YEAR = lazy(r"(?:19|20)\d\d年")
_ORDER = "令"


def read_signature(signoff: Signoff | None, front: Front, *, title_signs: bool) -> Signature | None:
    """Give the sign-off; a date without an organ is signed by the organs that open the title.

    ``title_signs`` says that the documents of the type may be signed there alone.
    """
    if signoff is None:
        return _by_line(front)
    signature = signoff.signature
    if signature.issuers or not front.title:
        return signature
    in_title = signed_in_title(front.title) if title_signs and not signature.signer else None
    return signature._replace(issuers=title_issuers(front.title) or (in_title.issuers if in_title else ()))


def with_organ_below(signoff: Signoff, lines: tuple[Line, ...], title: Text | None) -> Signoff:
    """Give the sign-off with the organ that stands below its date, where both close the document, notes and colophon aside.

    Does not act where organs stand above the date, where no paragraph or list ends above it, where other lines follow, on a date
    such as a portal prints (2010-04-30), nor on an organ other than the one that the title opens with: that is a page's or one that
    gets a copy.
    """
    signature = signoff.signature
    rest, _ = split_trailing(lines[signoff.end :])
    day = signature.date
    if signature.issuers or signature.signer or day is None or day.date.style == "iso" or len(rest) != 1:
        return signoff
    if not is_below_text(lines, 0, signoff.first):
        return signoff
    line = rest[0]
    organs = organs_in_line(line.text)
    named = title_issuers(title) if title else ()
    if len(organs) != 1 or (named and not any(same_organ(name.text, organs[0].name) for name in named)):
        return signoff
    start, end = line.start + organs[0].start, line.start + organs[0].end
    whole = Signature(Span(signature.span.start, line.end), (Text(organs[0].name, Span(start, end)),), day)
    return signoff._replace(end=signoff.end + 1, signature=whole)


def signed_in_title(title: Text) -> Signature | None:
    """Give the organs that open the title of a plan, a regulation or what a meeting adopts, which bear no other signature.

    Not of a genre that its organ signs below the text: a 决定 without a sign-off has lost it.
    """
    issuers = () if genre_of(title.text) in SIGNED_GENRES else title_issuers(title) or _opening_organ(title)
    return Signature(Span(issuers[0].span.start, issuers[-1].span.end), issuers) if issuers else None


def _by_line(front: Front) -> Signature | None:
    """Read who and when from the lines under the title: （某市统计局）, （2020年1月1日）, the head of a government, or …日某部令第N号公布."""
    for line in (*front.captions, *front.below):
        inner = line.text.strip("（）()")
        start = line.start + line.text.index(inner[0]) if inner else line.start
        organs = organs_in_line(inner)
        if len(organs) == 1 and inner != line.text:
            return Signature(line.span, (Text(inner, Span(start, start + len(inner))),))
        date = bracketed_date(line.text)
        if date:
            return Signature(line.span, (), Day(inner, Span(start, start + len(inner)), date))
        if is_head(line.text):
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
    return Signature(
        Span(spans["date"].start, spans["by"].end), (Text(match["by"], spans["by"]),), Day(match["date"], spans["date"], date)
    )


def title_issuers(title: Text) -> tuple[Text, ...]:
    """Give the organs that open a title, in front of 关于, 印发 or 转发: ``某市人民政府关于…``; () when none does."""
    ordering = organs_in_line(title.text.removesuffix(_ORDER)) if title.text.endswith(_ORDER) else ()
    at = min((k for k in (title.text.find(word) for word in ("关于", "印发", "转发", "批转", "对")) if k > 0), default=0)
    organs = ordering or (organs_in_line(title.text[:at]) if at else ())
    return tuple(Text(o.name, Span(title.span.start + o.start, title.span.start + o.end)) for o in organs)


def _opening_organ(title: Text) -> tuple[Text, ...]:
    """Give the organ in front of a year (某市商务局2024年工作要点) or of the name of an order (某县人民政府森林防火令); () where it is not sure.

    Only a name that ends as those of issuing organs do: a school or a district in front of a year is what the plan is for. Does not
    act on a headline, which closes with no word of a document (某市商务局2024年减负2亿元).
    """
    text = title.text
    if not is_complete(text):
        return ()
    year = _YEAR.search(text)
    ends = [year.start()] if year else list(range(2, len(text) - 1)) if text.endswith(_ORDER) else []
    names = [text[:end] for end in ends if is_issuer(text[:end])]
    if not names or (len(names) > 1 and names[1:] != [names[0] + office for office in OFFICES if names[0] + office in names]):
        return ()
    return (Text(names[-1], Span(title.span.start, title.span.start + len(names[-1]))),)
