"""The order of the stages; nothing else knows it.

``examine`` is the whole way of one document: bytes → text → clean text → document → findings. The promises are asserted here:
the history of a result gives back the decoded text, and a second run over the clean text gives no edit.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool import patch as algebra
from normtool.history import Normalized, Pending, edit_findings, leading_findings
from normtool.model import CleanText, Decoded, Edit, Finding, NormtoolError, Patch, Settings
from normtool.rulebook import selected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from normtool.document import Document
    from normtool.model import Page, RuleCode
    from normtool.patch import Layer

_MAX_ROUNDS = 12


class PromiseError(Exception):
    """normtool would have broken a promise: a fault of the program, never of a document. Nothing may be written."""


class Stage(NamedTuple):
    """A step of the pipeline: a pure function from text to edits, and the rules whose edits it makes."""

    name: str
    rules: tuple[str, ...]
    edits: Callable[[str], Patch]


class Reading(NamedTuple):
    """A document that was normalized and read.

    ``remarks`` are what running the tool mends nothing of, and point into the decoded text.
    """

    normalized: Normalized
    document: Document
    remarks: tuple[Finding, ...]


class Examined(NamedTuple):
    """Everything that is known of one document. ``normalized`` and ``document`` are None when the bytes were refused.

    ``findings`` point into the decoded text and are sorted by place, then code; ``more`` counts by rule the changes beyond them.
    """

    decoded: Decoded
    normalized: Normalized | None
    document: Document | None
    findings: tuple[Finding, ...]
    more: tuple[tuple[RuleCode, int], ...] = ()


@lru_cache(maxsize=8)
def stages(settings: Settings) -> tuple[Stage, ...]:
    """Give the stages in their order, bound to ``settings``; a stage none of whose rules is selected is left out."""
    from normtool.catalog import chrome_packs
    from normtool.text import (
        blanks,
        characters,
        chrome,
        counters,
        doubled,
        elements,
        flatten,
        furniture,
        header,
        marks,
        newlines,
        numbers,
        paragraphs,
        punctuation,
        repeats,
        residue,
        script,
        titles,
    )

    def convert(text: str) -> Patch:
        return script.script_edits(
            text, mode=settings.script, protected_terms=settings.protected_terms, taiwan_vocabulary=settings.taiwan_vocabulary
        )

    def strip(text: str) -> Patch:
        return chrome.chrome_edits(text, chrome_packs(settings.chrome_packs))

    every = (
        Stage("newlines", newlines.RULES, newlines.newline_edits),
        Stage("counters", counters.RULES, counters.counter_edits),
        Stage("residue", residue.RULES, residue.residue_edits),
        Stage("characters", characters.RULES, characters.character_edits),
        Stage("script", ("SCR001", "SCR003", "SCR004"), convert),
        Stage("repeats", repeats.RULES, repeats.repeat_edits),
        Stage("furniture", furniture.RULES, furniture.furniture_edits),
        Stage("chrome", chrome.RULES, strip),
        Stage("header", header.RULES, header.header_edits),
        Stage("blanks", blanks.RULES, blanks.blank_edits),
        Stage("doubled", doubled.RULES, doubled.doubled_edits),
        Stage("titles", titles.RULES, titles.title_edits),
        Stage("paragraphs", paragraphs.RULES, paragraphs.paragraph_edits),
        Stage("flatten", flatten.RULES, flatten.flatten_edits),
        Stage("elements", elements.RULES, elements.element_edits),
        Stage("numbers", numbers.RULES, numbers.number_edits),
        Stage("marks", marks.RULES, marks.mark_edits),
        Stage("punctuation", punctuation.RULES, punctuation.punctuation_edits),
    )
    return tuple(s for s in every if any(selected(code, settings.select, settings.ignore) for code in s.rules))


def decode_bytes(data: bytes, settings: Settings) -> Decoded:
    """Turn bytes into text (see ``decode.decode``), and a saved page into the text of its document (see ``open_page``)."""
    from normtool.decode import decode

    return open_page(decode(data, encoding=settings.encoding, allow_lossy=settings.allow_lossy), settings)


def open_page(decoded: Decoded, settings: Settings) -> Decoded:
    """Give the document of a saved page as the decoded text, with what else the page says; anything but a page as it is.

    Positions, conservation and history refer to that text, and so do the places of broken bytes from here on. Raises
    NormtoolError when the text is a Chinese page and the extra that reads pages is not installed.
    """
    if "<" not in decoded.text and "lt;" not in decoded.text:
        return decoded  # most files end here, before anything about pages is imported
    from normtool.page import is_page, is_whole_page

    if not (is_whole_page if settings.markdown else is_page)(decoded.text):  # a piece of HTML is Markdown, too
        return decoded
    from normtool.page import read_page
    from normtool.page.places import moved
    from normtool.page.recognize import may_be_chinese

    try:
        page = read_page(decoded.text, settings.chrome_packs)
    except NormtoolError:
        if may_be_chinese(decoded.text):
            raise
        return decoded  # a hook passes pages in other languages, too, with every other text; to leave them alone needs no extra
    return moved(decoded._replace(text=page.text, page=page))


def is_refused(decoded: Decoded, settings: Settings) -> bool:
    """Tell whether bytes are not to be normalized: no encoding explains them, or they are damaged and nobody allowed a loss."""
    return decoded.encoding is None or (decoded.verdict in {"damaged", "mixed"} and not settings.allow_lossy)


def has_hanzi(text: str) -> bool:
    """Tell whether a text holds a hanzi: where it does, the answer comes within a few characters, sooner than a pattern is compiled."""
    return any("\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or "\U00020000" <= c <= "\U0003ffff" for c in text)


def normalize(source: str, settings: Settings) -> Normalized:
    """Run every stage over decoded text, again until nothing changes.

    Raises PromiseError when the text does not come to rest or its history does not give back ``source``.
    """
    chain = stages(settings)
    text = source
    layers: list[Layer] = []
    pending: list[Pending] = []
    at_rest: dict[str, str] = {}
    for turn in range(_MAX_ROUNDS):
        before = len(layers)
        for stage in chain:
            if at_rest.get(stage.name) is text:  # it was asked about this very text before, and changed nothing
                continue
            made, left = _split(text, stage.edits(text), settings)
            if turn == 0:
                pending += [Pending(len(layers), edit, text[edit.start : edit.end]) for edit in left]
            if not made:
                at_rest[stage.name] = text
            else:
                layers.append(algebra.layer(text, made))
                text = algebra.apply(text, made)
        if len(layers) == before:
            break
    else:
        raise PromiseError(f"the text does not come to rest; it still changes by {layers[-1].patch[:3]}")
    history = tuple(layers)
    if algebra.undo(text, history) != source:
        raise PromiseError("the history does not give back the decoded text")
    return Normalized(CleanText(text), history, tuple(pending))


def before_chrome(source: str, settings: Settings) -> str:
    """Run the stages before chrome once: the text in which patterns of page chrome look for their lines."""
    text = source
    for stage in stages(settings):
        if stage.name == "chrome":
            break
        text = algebra.apply(text, _split(text, stage.edits(text), settings)[0])
    return text


def _split(text: str, patch: Patch, settings: Settings) -> tuple[Patch, list[Edit]]:
    """Divide a stage's edits into those to make and the unsafe ones to report; rules that are off give neither.

    In a Markdown text both are only those that leave its syntax as it is.
    """
    made: list[Edit] = []
    left: list[Edit] = []
    on: dict[str, bool] = {}
    for edit in patch:
        chosen = on.get(edit.rule)
        if chosen is None:
            chosen = on[edit.rule] = selected(edit.rule, settings.select, settings.ignore)
        if not chosen or text[edit.start : edit.end] == edit.replacement:
            continue
        (made if edit.safe or settings.unsafe else left).append(edit)
    if settings.markdown:
        from normtool.markdown import spared

        return spared(text, tuple(made)), list(spared(text, tuple(left)))
    return tuple(made), left


def examine(data: bytes, settings: Settings) -> Examined:
    """Take one document the whole way. Never raises for anything that the bytes hold."""
    return examine_decoded(decode_bytes(data, settings), settings)


def examine_decoded(decoded: Decoded, settings: Settings) -> Examined:
    """Take a document the rest of the way, from its text; every change is a finding."""
    return _examined(decoded, settings, _all_changes)


def survey_decoded(decoded: Decoded, settings: Settings) -> Examined:
    """Do the same; of the changes those are findings that a report shows where it folds them by rule, and the others are counted."""
    return _examined(decoded, settings, leading_findings)


def _all_changes(normalized: Normalized) -> tuple[list[Finding], Counter[RuleCode]]:
    return edit_findings(normalized), Counter()


def _examined(
    decoded: Decoded, settings: Settings, changes: Callable[[Normalized], tuple[list[Finding], Counter[RuleCode]]]
) -> Examined:
    reading = read(decoded, settings)
    if reading is None:
        return Examined(decoded, None, None, _selected(_about_bytes(decoded), settings))
    made, more = changes(reading.normalized)
    found = sorted((*reading.remarks, *made), key=lambda f: (f.span, f.rule))
    return Examined(decoded, reading.normalized, reading.document, tuple(found), tuple(more.items()))


def read(decoded: Decoded, settings: Settings) -> Reading | None:
    """Normalize a text, read it and check it; None when its bytes were refused.

    For many documents, of which nobody asks where each edit stands.

    With ``select``, the rules that only report still look at a text that every stage went over: what is not asked for is not
    told, but a heading on a line of its own is where its paragraph can be found.
    """
    if decoded.encoding is None:
        return None
    normalized = normalize(decoded.text, settings)
    full = normalize(decoded.text, settings._replace(select=(), ignore=())) if settings.select else normalized
    document = parse(full.text, settings)
    remarks = [*_selected(_about_bytes(decoded), settings), *checked(full, document, settings)]
    return Reading(normalized, document, tuple(remarks))


def _about_bytes(decoded: Decoded) -> tuple[Finding, ...]:
    """Give the findings about the bytes of a file, and about its page."""
    from normtool.checks.encoding import encoding_findings

    found = encoding_findings(decoded)
    if decoded.page is None:
        return found
    from normtool.page.facts import page_findings

    return (*found, *page_findings(decoded.page))


def _selected(found: Iterable[Finding], settings: Settings) -> tuple[Finding, ...]:
    return tuple(f for f in found if selected(f.rule, settings.select, settings.ignore))


def parse(text: CleanText, settings: Settings) -> Document:
    """Read clean text as a document."""
    from normtool.structure import parse as parse_text

    return parse_text(text, settings)


def as_json(document: Document, normalized: Normalized, page: Page | None) -> dict[str, Any]:
    """Give a document as JSON values, with what is said of it beside its text.

    To the metadata of its own table come the day that a portal's dateline states, and what a saved page states; facts about the
    page stand under ``source``.
    """
    from normtool.dateline import stated
    from normtool.structure import to_json

    out: dict[str, Any] = to_json(document)
    beside: dict[str, Any] = dict(stated(normalized))
    if page is not None:
        from normtool.page.facts import metadata_values, source_values, title_of

        beside |= metadata_values(page)
        if "title" in out:
            out["title"] = title_of(out["title"], page)
        if source := source_values(page):
            out["source"] = source
    own = out.get("metadata", {})
    if not beside.keys() - own.keys():
        return out
    front: dict[str, Any] = {key: out.pop(key) for key in ("schema_version", "document_type", "genre", "title") if key in out}
    return {**front, "metadata": {**beside, **own}, **{key: value for key, value in out.items() if key != "metadata"}}


def checked(normalized: Normalized, document: Document, settings: Settings) -> list[Finding]:
    """Give the findings about the clean text and its document, pointing into the decoded text."""
    from normtool.checks import check_document

    return [_moved(f, normalized.history) for f in check_document(normalized.text, document, settings)]


def _moved(found: Finding, history: tuple[Layer, ...]) -> Finding:
    span = algebra.source_span(history, found.span)
    return Finding(found.rule, found.severity, found.message, span, found.pointer, found.fix)
