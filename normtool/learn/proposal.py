"""Finds the lines that recur above and below the documents of one site.

Body text that recurs legitimately is not proposed: headings, titles, dates, document numbers, addressees, labels of metadata
and of contacts, set phrases, and names of organs, which sign. A name counts as a link only in the company of lines that recur
as well.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from normtool.grammar.dates import date_line
from normtool.grammar.document_number import number_line
from normtool.grammar.genres import genre_of, plan_word
from normtool.grammar.metadata import label_of
from normtool.grammar.metadata_lines import pairs_of
from normtool.grammar.numbering import label_at
from normtool.grammar.organs import organs_in_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from normtool.learn.notes import Observed, Seen, Side

MIN_DOCUMENTS = 3
_COMPANY = 3
"""So many recurring lines in a row are a menu or a footer, whatever each of them says."""
_MOSTLY = 0.9
_MAX_INSIDE = 0.2
"""Pages that print words of the text behind their footer hide where it ends."""
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"[^\u4e00-\u9fff]*#[^\u4e00-\u9fff]*")
"""A number with letters and marks, such as the value of 索引号; a page prints PM2.5 as well, and nobody can tell."""
_LEAD = re.compile(r"([^\d:>|》。,]{2,24}(?: ?[:>|] ?| (?=\d)))[^。]{2,120}")
_CONTACT = re.compile(r"电话|传真|邮编|邮政编码|邮箱|信箱|地址|联系人|e-?mail ?:", re.IGNORECASE)
_PHRASE = re.compile(
    r"附件|附表|附录|抄[送报]|主送|主题词|特此|此[复致件]|敬礼|专此|目 ?录|关于(?!我们|本站|网站|政府网)|第.{1,4}[号条章届]|[〔\[(]\d{4}[〕\])]"
)
_MIN_LONG_TITLE = 6


class Group(NamedTuple):
    """Lines of one rule and place; ``counts`` tells for each in how many documents it stands."""

    rule: str
    where: str
    minimum: int
    counts: dict[str, int]


class Lead(NamedTuple):
    """Lines that begin alike and go on differently, such as breadcrumbs; ``examples`` are two of them."""

    rule: str
    where: str
    text: str
    documents: int
    examples: tuple[str, ...]


class Proposal(NamedTuple):
    """What recurs in ``documents`` documents."""

    documents: int
    groups: tuple[Group, ...]
    leads: tuple[Lead, ...]


def propose(documents: Sequence[Observed], min_share: float) -> Proposal:
    """Find the lines that stand above or below at least ``min_share`` (0 to 1) of the documents, and in at least three.

    Gives nothing for fewer than three documents.
    """
    enough = max(MIN_DOCUMENTS, min_share * len(documents))
    tally = _tally(documents)
    recurring = {
        shape
        for shape, where in tally.items()
        if _count(where) >= enough and _outside(where) and _LETTER.search(shape) and not _CODE.fullmatch(shape)
    }
    company = _company(documents, recurring)
    wanted = {s for s in recurring if not _is_documents_own(s) or (company[s] and not _never(s))}
    company = _settled(documents, wanted)
    rules = _rules(documents, wanted)
    printed = _literal(documents, wanted)
    alone: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    together: dict[str, dict[str, int]] = defaultdict(dict)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for shape in sorted(wanted, key=lambda s: (-_count(tally[s]), s)):
        where, count = _where(tally[shape]), _count(tally[shape])
        if not company[shape]:
            alone[rules[shape] or _default(where), where][printed[shape]] = count
            continue
        for side in ("head", "tail") if where == "edge" else (where,):
            together[side][printed[shape]] = count
            votes[side][rules[shape] or _default(side)] += 1
    groups = [Group(votes[side].most_common(1)[0][0], side, _COMPANY, counts) for side, counts in sorted(together.items())]
    groups += [Group(*key, 1, counts) for key, counts in sorted(alone.items())]
    return Proposal(len(documents), tuple(groups), tuple(_leads(documents, wanted, enough)))


def _shape(text: str) -> str:
    """Put ``#`` for digits; a number to call is the site's only as it stands."""
    lower = text.lower()
    return lower if _CONTACT.search(lower) else _DIGITS.sub("#", lower)


def _tally(documents: Iterable[Observed]) -> dict[str, dict[Side, set[int]]]:
    """Give for each shape the documents in which it stands, by side."""
    out: dict[str, dict[Side, set[int]]] = defaultdict(lambda: defaultdict(set))
    for k, document in enumerate(documents):
        for line in document.lines:
            out[_shape(line.text)][line.side].add(k)
    return out


def _count(where: dict[Side, set[int]]) -> int:
    return len(set().union(*(found for side, found in where.items() if side != "body")))


def _outside(where: dict[Side, set[int]]) -> bool:
    """Tell whether a line hardly ever stands inside a document."""
    inside = where["body"] - where["head"] - where["tail"]
    return len(inside) <= _MAX_INSIDE * _count(where)


def _where(where: dict[Side, set[int]]) -> str:
    return "head" if not where["tail"] else "tail" if not where["head"] else "edge"


def _default(where: str) -> str:
    return "CHR005" if where == "head" else "CHR006"


def _company(documents: Iterable[Observed], shapes: set[str]) -> dict[str, bool]:
    """Tell for each shape whether it nearly always stands in a run of recurring lines."""
    alone: Counter[str] = Counter()
    together: Counter[str] = Counter()
    for document in documents:
        run: list[Seen] = []
        for line in (*document.lines, None):
            known = line is not None and line.side != "body" and (_shape(line.text) in shapes or not _LETTER.search(line.text))
            if run and (line is None or not known or line.order > run[-1].order + 1):
                inner = {_shape(seen.text) for seen in run}
                (together if len(inner & shapes) >= _COMPANY else alone).update(inner)
                run = []
            if known and line is not None:
                run.append(line)
    return {s: together[s] >= _MOSTLY * (together[s] + alone[s]) for s in shapes}


def _settled(documents: Sequence[Observed], shapes: set[str]) -> dict[str, bool]:
    """Tell which shapes keep each other company, and are enough of it without the others."""
    company = _company(documents, shapes)
    kept = {s for s in shapes if company[s]}
    while kept:
        inner = _company(documents, kept)
        fewer = {s for s in kept if inner[s]}
        if fewer == kept:
            break
        kept = fewer
    return {s: s in kept for s in shapes}


def _is_documents_own(shape: str) -> bool:
    """Tell whether a line that recurs may be text of the documents."""
    words = shape.replace("#", "1")
    return bool(
        _never(shape) or organs_in_line(words) or (len(words) >= _MIN_LONG_TITLE and (genre_of(words) or plan_word(words)))
    )


def _never(shape: str) -> bool:
    """Tell whether a line is text of the documents whatever stands around it."""
    words = shape.replace("#", "1")
    contact = _CONTACT.search(words)
    return bool(
        label_at(words)
        or date_line(shape.replace("#-#-#", "2024-1-1").replace("#年#月#日", "2024年1月1日"))
        or number_line(shape.replace("#", "2024", 1).replace("#", "1"))
        or _PHRASE.search(words)
        or pairs_of(words)
        or label_of(words)
        or (contact and contact.start() < len("联系"))
    )


def _literal(documents: Iterable[Observed], shapes: set[str]) -> dict[str, str]:
    """Give each shape as it is printed, with its digits where they are the same in all documents."""
    out: dict[str, str] = {}
    for document in documents:
        for line in document.lines:
            text = line.text.lower()
            if (shape := _shape(text)) in shapes:
                out[shape] = text if out.get(shape, text) == text else shape
    return out


def _rules(documents: Iterable[Observed], shapes: set[str]) -> dict[str, str]:
    """Give for each shape the rule that takes it most often today; empty when none does."""
    votes: dict[str, Counter[str]] = {s: Counter() for s in shapes}
    for document in documents:
        for line in document.lines:
            if line.rule and (shape := _shape(line.text)) in shapes:
                votes[shape][line.rule] += 1
    return {s: found.most_common(1)[0][0] if found else "" for s, found in votes.items()}


def _leads(documents: Sequence[Observed], wanted: set[str], enough: float) -> Iterator[Lead]:
    """Give the beginnings that lines of many documents share, where the lines themselves differ."""
    found: dict[str, dict[int, Seen]] = defaultdict(dict)
    inside: Counter[str] = Counter()
    for k, document in enumerate(documents):
        for line in document.lines:
            match = _LEAD.fullmatch(line.text)
            if not match or _shape(line.text) in wanted:
                continue
            if line.side == "body":
                inside[match[1]] += 1
            else:
                found[match[1]].setdefault(k, line)
    for lead, lines in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        words = lead.strip(" :>|")
        if (
            len(lines) < enough
            or inside[lead]
            or len({line.text for line in lines.values()}) == 1
            or _is_documents_own(words)
            or _CONTACT.search(words)
        ):
            continue
        seen = list(lines.values())
        sides = {line.side for line in seen}
        rule = next((line.rule for line in seen if line.rule), "CHR001" if ">" in seen[0].text else _default(min(sides)))
        yield Lead(
            rule,
            min(sides) if len(sides) == 1 else "edge",
            lead,
            len(lines),
            tuple(dict.fromkeys(line.text for line in seen))[:2],
        )
