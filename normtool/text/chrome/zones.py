"""Link lists around a document that no list can name: departments, districts, topics of the day.

They are known by their company. Above the document they stand before lines that patterns have found to be a portal's menu or
breadcrumb, below it behind such lines. A line that may be the document's own stays: titles, lines with a colon or a comma, rows
of numbers with what stands around them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from normtool.catalog import data_table
from normtool.grammar.dates import date_line
from normtool.grammar.genres import genre_of, plan_word
from normtool.grammar.numbering import label_at
from normtool.lazyre import Lazy, lazy
from normtool.text.chrome.lists import pieces_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from normtool.chromepack import ZonePattern
    from normtool.text.chrome.view import Candidate, View

_NUMBER = lazy(r"[\d.,%+±/ -]*\d[\d.,%+±/ -]*")
_NOT_LINK = lazy(r"[,;:。！？!?《]|附件|附表|抄送|关于|第.{1,4}[号条章届]|\.(?:docx?|xlsx?|pdf|wps|ofd|zip|rar)$")
_OWN = lazy(r"(?:相关)?附[件表]|相关文件|联系(?:人|电话|方式)|(?:电话|手机|地址|邮箱|电子邮箱|传真|邮编)(?:[ :]|$)")
"""Attachments and contacts: these lines are the document's, and so is what stands below them, up to the next line that is known."""
_DOCUMENT_NUMBER = lazy(r"[〔\[(]\d{4}[〕\])] ?\d{1,4} ?号")
_LINK = lazy(r"https?://\S+")
_MIN_TITLE = 6


def zone_lines(zone: ZonePattern, view: View, doomed: Mapping[int, str], weak: Container[int]) -> Iterator[Candidate]:
    """Give the lines of a zone that go.

    ``doomed`` are the lines that patterns have found, ``weak`` those that a zone's lists name.
    """
    region = _head(view) if zone.where == "head" else _tail(view)
    sure = [k for k, c in enumerate(region) if doomed.get(c.line) in zone.rules]
    if not sure:
        return
    region = region[: sure[-1] + 1][::-1] if zone.where == "head" else region[sure[0] :]
    known = [c.line in doomed or c.line in weak for c in region]
    proof = {c.folded for c in region if doomed.get(c.line) in zone.rules or c.line in weak}
    if len(proof) < zone.minimum:
        return
    earlier = {c.folded for c in view.candidates if c.head or not c.tail} | {c.folded for c in view.repeated}
    taken = list(_explained(zone, region, known, earlier if zone.where == "tail" else set()))
    title = _title(view, taken, doomed, weak) if zone.where == "head" else None
    yield from (c for c in taken if c is not title)


def _title(view: View, taken: list[Candidate], doomed: Mapping[int, str], weak: Container[int]) -> Candidate | None:
    """Give the link nearest to the body where all that stands above the body would go: it may be the title."""
    lines = {c.line for c in taken}
    if any(c.head and c.line not in lines and c.line not in doomed for c in view.candidates):
        return None
    return next((c for c in taken if c.line not in doomed and c.line not in weak and c.folded.strip("-")), None)


def _head(view: View) -> list[Candidate]:
    """Give the lines above the document: up to its number or date."""
    out = []
    for c in view.candidates:
        if not c.head or c.tail or ("号" in c.folded and _DOCUMENT_NUMBER.search(c.folded)):
            break
        out.append(c)
    return out


def _tail(view: View) -> list[Candidate]:
    return sorted([*(c for c in view.candidates if c.tail and not c.head), *view.repeated])


def _explained(zone: ZonePattern, region: list[Candidate], known: list[bool], earlier: set[str]) -> Iterator[Candidate]:
    """Go from the proven line outwards: known lines go, and the links between and behind them."""
    waiting: list[Candidate] = []
    spoilt = False
    for c, is_known in zip(region, known, strict=True):
        if is_known:
            if not spoilt and len(waiting) <= zone.gap and not _are_persons(waiting):
                yield from waiting
            waiting, spoilt = [], False
            yield c
        elif _NUMBER.fullmatch(c.folded) or label_at(c.folded) or _OWN.match(c.folded):
            spoilt = True
        elif _is_link(c, zone.longest, earlier):
            waiting.append(c)
    if not spoilt and len(waiting) <= zone.gap and not _are_persons(waiting):
        yield from waiting


def _are_persons(lines: list[Candidate]) -> bool:
    """Tell whether all of some lines may be names of persons; provinces and departments are not all called like families."""
    return bool(lines) and all(_name().fullmatch(c.folded) for c in lines)


@cache
def _name() -> Lazy:
    return lazy(data_table("phrases.toml")["person"])


def _is_link(c: Candidate, longest: int, earlier: set[str]) -> bool:
    """Tell whether a line may be the text of a link, and is no line of a document."""
    text = c.folded
    if text in earlier or _LINK.fullmatch(text) or date_line(text) or not pieces_of(text):
        return True
    if len(text) > longest or _NOT_LINK.search(text):
        return False
    return len(text) < _MIN_TITLE or not (genre_of(text) or plan_word(text))
