"""What a reply says of the suggestion or proposal that it answers: number, session, title, proposers, co-handlers, approver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from normtool.document import Assembly, Proposal, Text
from normtool.grammar.names import names_in
from normtool.grammar.numbering import hanzi_number
from normtool.lazyre import lazy
from normtool.model import Span
from normtool.structure.lines import Line
from normtool.structure.phrases import may_hold, phrase

if TYPE_CHECKING:
    import re

    from normtool.structure.front import Front

ProposalKind = Literal["npc-suggestion", "cppcc-proposal"]

_LEAD_LINES = 3
_TAIL_LINES = 8
_SPLIT = lazy("、|，|和(?=市|省|区|县|国家)|及(?=市|省|区|县)")
_NAMES = lazy(
    r"(?:尊敬的?)?(?P<names>[^。；：:《》！？|\d]{2,60}?)(?:等[\s\d一二三四五六七八九十两]*(?:位|名)?)?\s*(?:人大|政协|省|市|区|县)?(?:代表|委员)"
)
_ASSEMBLY = lazy("人大|人民代表大会|政协|政治协商会议")
_REACH = 24
_MAX_CLASS = 8
_MAX_CLASS_LINE = 40
_BEFORE_PLACE = lazy("^于|^.*(?:关于|对|在|的|答复|提出|您|你|局|厅|委|府|办|您|你)")


def read_proposal(kind: ProposalKind, front: Front, lines: tuple[Line, ...], notes: tuple[Text, ...]) -> Proposal:
    """Read the proposal's fields out of the title, the lines around it, the addressees, and the first and last lines of the body."""
    title = front.title
    lead = lines[:_LEAD_LINES]
    around = (*lead, *lines[-_TAIL_LINES:], *(Line(note.text, note.span.start, note.span.end) for note in notes))
    head = [Line(title.text, title.span.start, title.span.end)] if title else []
    numbers = (*(n for line in head for n in _numbers(line, "proposal_number")), *(n for line in lead for n in _cited(line)))
    return Proposal(
        span=_span(head, lead),
        kind=kind,
        numbers=tuple(numbers),
        assemblies=tuple(a for line in (*head, *lead) for a in assemblies_in(line)),
        title=_first(lead, "proposal_title", "title", "quoted", "bare"),
        proposers=tuple(p for r in front.recipients for p in _persons(r)),
        role=_first(lead, "role", "role", "role2"),
        co_handlers=_co_handlers(lead),
        result_class=_result_class((*lines[-_TAIL_LINES:], *lead, *front.captions), "class")
        or _result_class((*front.captions, *lead), "class2"),
        disclosure=_first(around, "disclosure", "kind", "kind2"),
        approved_by=_first(lines[-_TAIL_LINES:], "approval", "by"),
    )


def _span(head: list[Line], lead: tuple[Line, ...]) -> Span:
    places = [*head, *lead]
    return Span(places[0].start, places[0].end) if places else Span(0, 0)


def _first(lines: tuple[Line, ...], name: str, *groups: str) -> Text | None:
    """Give the first phrase of that name that fills one of the groups."""
    for line in lines:
        match = phrase(name).search(line.text) if may_hold(name, line.text) else None
        group = next((group for group in groups if match and match[group]), None)
        if match and group:
            return Text(match[group], Span(line.start + match.start(group), line.start + match.end(group)))
    return None


def _result_class(lines: tuple[Line, ...], group: str) -> Text | None:
    """Read 办理结果：A类 at the end of a line, or, as ``class2``, on a line of its own."""
    for line in lines:
        if group == "class" or len(line.text) <= _MAX_CLASS:
            match = phrase("result_class").search(line.text, max(0, len(line.text) - _MAX_CLASS_LINE))
            if match and match[group]:
                return Text(match[group], Span(line.start + match.start(group), line.start + match.end(group)))
    return None


def _numbers(line: Line, name: str) -> list[Text]:
    out = []
    for match in phrase(name).finditer(line.text):
        if line.text[: match.start()].endswith(("〔", "〕", "函", "发", "]", "】")):
            continue
        out.append(Text(match["number"], Span(line.start + match.start("number"), line.start + match.end("number"))))
    return out


def _cited(line: Line) -> list[Text]:
    """Give the numbers behind 《案由》 in the first lines: （第0849号建议）, (72号), （编号：20230128）.

    A number in brackets that neither 号 nor 编号 goes with is none: a year, a count.
    """
    out = []
    for match in phrase("cited_number").finditer(line.text):
        group = match.lastgroup or "plain"
        if any(c.isdigit() for c in match[group]):
            out.append(Text(match[group], Span(line.start + match.start(group), line.start + match.end(group))))
    return out


def assemblies_in(line: Line) -> list[Assembly]:
    """Give the sessions that a line names: 市五届人大第五次会议, 市政协十四届二次会议, 政协第十二届某市委员会第二次会议."""
    out: list[Assembly] = []
    if "次" not in line.text:
        return out
    at = 0
    for core in _ASSEMBLY.finditer(line.text):
        match = phrase("assembly").search(line.text, max(at, core.start() - _REACH), core.end() + 2 * _REACH)
        if match is None:
            continue
        at = match.end()
        body = "政协" if match["body"].startswith("政") else "人大"
        region, cut = _region(match)
        term = match["term1"] or match["term2"]
        span = Span(line.start + match.start() + cut, line.start + match.end())
        out.append(Assembly(span, region + body, hanzi_number(term) if term else None, hanzi_number(match["session"])))
    return out


def _region(match: re.Match[str]) -> tuple[str, int]:
    """Give the place that the assembly belongs to (市, 全国, 某省某市) and the length of the other words caught before it."""
    first = match["region"] or ""
    if match["region2"] and match["term1"] is None:  # two places side by side; 云河县教育局对县政协 caught another one first
        first += match["region2"]
    text = _BEFORE_PLACE.sub("", first)
    if text:
        return text, len(first) - len(text)
    for group in ("region2", "region3", "region4"):
        text = _BEFORE_PLACE.sub("", match[group] or "")
        if text:
            return text, 0
    return "", 0


def _persons(recipient: Text) -> list[Text]:
    match = _NAMES.match(recipient.text)
    if not match:
        return []
    start = recipient.span.start + match.start("names")
    return [Text(name.name, Span(start + name.start, start + name.end)) for name in names_in(match["names"])]


def _co_handlers(lead: tuple[Line, ...]) -> tuple[Text, ...]:
    found = _first(lead, "co_handlers", "organs", "organs2")
    if not found:
        return ()
    out = []
    at = 0
    for gap in (*_SPLIT.finditer(found.text), None):
        end = gap.start() if gap else len(found.text)
        name = found.text[at:end].removesuffix("等").strip()
        if name:
            start = found.span.start + at
            out.append(Text(name, Span(start, start + len(name))))
        at = gap.end() if gap else end
    return tuple(out)
