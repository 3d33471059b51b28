"""Script stage: Traditional text to Simplified text, and nothing done to text that is Simplified already.

Text in, edits out. The document is judged first, then its paragraphs (``evidence``); what is Traditional goes through OpenCC
with our overlay (``convert``), place by place; pinyin glosses and corner quotes (``marks``) go with it. It must never change
a character of Simplified prose, and a second run must find nothing to do: what was converted holds no evidence for another
conversion. Traditional names and quotations inside a Simplified document stay; ``checks.script`` lists them.
"""

from __future__ import annotations

from normtool.model import Edit, Patch, RuleCode, Script, Span
from normtool.patch import apply
from normtool.text.script.convert import authorship, style_of, to_simplified
from normtool.text.script.evidence import (
    ScriptEvidence,
    detect_script,
    is_japanese,
    is_traditional_document,
    paragraph_script,
    simplified_only,
    tables,
    traditional_only,
)
from normtool.text.script.marks import around_glosses, corner_lines, gloss_edits, has_corner_quotes, quote_edits
from normtool.text.script.regions import Region, regions
from normtool.text.script.terms import find_terms, laid_over, without

__all__ = ["ScriptEvidence", "detect_script", "paragraph_script", "script_edits"]

_CONVERTED = RuleCode("SCR001")


def script_edits(
    text: str, *, mode: Script = "auto", protected_terms: tuple[str, ...] = (), taiwan_vocabulary: bool = False
) -> Patch:
    """Give the edits that make Traditional text Simplified: SCR001 conversion, SCR003 pinyin glosses, SCR004 corner quotes.

    ``auto`` converts documents whose evidence is mostly Traditional, and whole Traditional paragraphs of the others; ``keep``
    gives no edit; ``simplified`` takes a text with any Traditional evidence as Traditional. ``protected_terms`` stay as they
    are and are no evidence. ``taiwan_vocabulary`` also turns words such as 軟體 into 软件, in Traditional paragraphs only.
    Raises NormtoolError where something is to be converted and OpenCC is missing or not the official package.
    """
    if mode == "keep":
        return ()
    glosses = gloss_edits(without(text, find_terms(text, protected_terms)))
    plain = apply(text, glosses)
    edits = _edits(plain, mode, protected_terms, taiwan_vocabulary=taiwan_vocabulary)
    return around_glosses(text, glosses, edits) if glosses else edits


def _edits(text: str, mode: Script, protected_terms: tuple[str, ...], *, taiwan_vocabulary: bool) -> Patch:
    """Give the edits of a text without glosses."""
    protected = find_terms(text, protected_terms)
    evidence = without(text, protected)
    todo = regions(evidence, forced=mode == "simplified")
    quoted = has_corner_quotes(text)
    if not todo and not quoted:
        return ()
    new = _converted(text, todo, protected)
    special = _vocabulary(text, todo, protected) if taiwan_vocabulary else []
    if quoted:
        special += _quotes(without(new, protected), todo)
    return _line_edits(text, new, sorted(special)) if todo else tuple(special)


def _converted(text: str, todo: list[Region], protected: list[Span]) -> str:
    """Give the text with its regions converted, at the same length."""
    if not todo:
        return text
    old = "\n".join(text[r.start : r.end] for r in todo)
    style = style_of("\n".join(text[r.start : r.end] for r in todo if r.whole))
    if style.zhu:
        protected = protected + authorship(text)
    new = to_simplified(old, style)
    parts: list[str] = []
    at = place = 0
    for start, end, whole in todo:
        piece = new[place : place + end - start]
        place += end - start + 1
        parts += (text[at:start], piece if whole else _beyond_doubt(text[start:end], piece))
        at = end
    parts.append(text[at:])
    return laid_over("".join(parts), sorted(protected), text)


def _beyond_doubt(old: str, new: str) -> str:
    """Keep the conversion of the characters that only Traditional text has, and the old ones elsewhere."""
    is_traditional = traditional_only().match
    return "".join(n if is_traditional(o) else o for o, n in zip(old, new, strict=True))


def _vocabulary(text: str, todo: list[Region], protected: list[Span]) -> list[Edit]:
    """Give the edits of Taiwan's words in the regions that are converted whole."""
    words = tables().taiwan
    evidence = without(text, protected)
    out = []
    for region in todo:
        for start, end in find_terms(evidence[region.start : region.end], tuple(words)) if region.whole else ():
            at, word = region.start + start, evidence[region.start + start : region.start + end]
            if words[word] != word:
                out.append(Edit(at, at + len(word), words[word], _CONVERTED))
    return out


def _quotes(evidence: str, todo: list[Region]) -> list[Edit]:
    """Give the edits of corner quotes in converted regions, and in Simplified lines of a text that is Simplified now.

    A text that writes 『』 only, as newspapers of the 1990s do, does not say which rank they have: there they are unsafe.
    """
    simplified = simplified_only().search(evidence) is not None and not is_traditional_document(evidence)
    out = []
    k = 0
    for start, end in corner_lines(evidence):
        while k < len(todo) and todo[k].end <= start:
            k += 1
        converted = k < len(todo) and todo[k].start <= start
        if converted or (simplified and _is_simplified_line(evidence[start:end])):
            out += quote_edits(evidence[start:end], start)
    return out if "「" in evidence else [edit._replace(safe=False) for edit in out]


def _is_simplified_line(line: str) -> bool:
    return paragraph_script(line) in ("simplified", "neutral") and not is_japanese(line)


def _line_edits(text: str, new: str, special: list[Edit]) -> Patch:
    """Give one edit for every changed line; lines with special edits are cut around them."""
    out: list[Edit] = []
    start = k = 0
    for old_line, new_line in zip(text.split("\n"), new.split("\n"), strict=True):
        end = start + len(old_line)
        at = start
        while k < len(special) and special[k].start < end:
            edit = special[k]
            out += _changed(text, new, at, edit.start)
            out.append(edit)
            at = edit.end
            k += 1
        if at > start:
            out += _changed(text, new, at, end)
        elif old_line != new_line:
            out.append(Edit(start, end, new_line, _CONVERTED))
        start = end + 1
    return tuple(out)


def _changed(text: str, new: str, start: int, end: int) -> list[Edit]:
    return [Edit(start, end, new[start:end], _CONVERTED)] if text[start:end] != new[start:end] else []
