"""The metadata table that a portal prints above a document: once, at the top, one ``标签：值`` a line.

In: text without page chrome. Out: edits of rules HDR001 (a block printed again with the same values) and HDR003 (its layout).
Which labels there are is data (``grammar.metadata``). A block is a run of lines that hold nothing but labels and values, with
at least three different labels; empty lines may stand between them. A block that a page's side column left below the document
is set in the same layout where it stands: nothing is moved, and nothing is removed, for it may be a list of the text.

Does not act on fewer labels (``日期：…`` alone may be text), and removes nothing when two values of one label differ: that is
HDR002, and both stay.
"""

from __future__ import annotations

from normtool.grammar.genres import genre_of, plan_word
from normtool.grammar.metadata_lines import Block, Pair, metadata_blocks, pairs_of
from normtool.model import Edit, Patch, RuleCode

RULES = ("HDR001", "HDR003")
_HDR001 = RuleCode("HDR001")
_HDR003 = RuleCode("HDR003")
_LOOK_AT = 400
_MAX_VALUE = 60


def header_edits(text: str) -> Patch:
    """Give the edits that leave each metadata block of ``text`` once and in the plain layout."""
    return tuple(edit for block in metadata_blocks(text) for edit in _block_edits(text, block))


def _block_edits(text: str, block: Block) -> list[Edit]:
    """Rewrite a block line by line: repeated pairs go, the others stand one a line, an empty line follows the last."""
    below = text.find("。", 0, block[0][0].start) >= 0
    keep = [pairs for _, pairs in block] if below else _kept(block)
    last = max(k for k, pairs in enumerate(keep) if pairs)
    edits = []
    for k, ((line, pairs), kept) in enumerate(zip(block, keep, strict=True)):
        if not kept:
            edits.append(Edit(line.start, min(line.end + 1, len(text)), "", _HDR001))
            continue
        inner = k < last and not below
        end = block[k + 1][0].start if inner else line.end
        rule = _HDR003 if len(kept) == len(pairs) else _HDR001
        edits += _line_edits(text[line.start : end], line.start, kept, "\n" * inner, rule)
    after = block[-1][0].end + 1
    if after < len(text) and text[after] != "\n" and not _goes_on(text[after : after + _LOOK_AT], block):
        edits.append(Edit(after, after, "\n", _HDR003))
    return edits


def _goes_on(below: str, block: Block) -> bool:
    """Tell whether the lines directly below a block may be the rest of its last value.

    The last label is without a value and no title follows, or another label follows the next line.
    """
    first, *rest = below.split("\n")
    if "。" in first or len(first) > _MAX_VALUE:
        return False
    if not block[-1][1][-1].value:
        return not (genre_of(first) or plan_word(first))
    return bool(rest and rest[0]) and pairs_of(rest[0]) != ()


def _line_edits(old: str, start: int, kept: tuple[Pair, ...], tail: str, rule: RuleCode) -> list[Edit]:
    """Set labels and values of one line in the plain layout, replacing only what stands between them.

    Labels and values that the line holds as they are stay in place, so that a finding about one of them points at it; what the
    line does not hold (a label printed 索 引 号) is written anew.
    """
    if old == "\n".join(f"{pair.label}：{pair.value}" for pair in kept) + tail:
        return []
    edits = []
    at = 0
    between = ""
    pieces = [piece for pair in kept for piece in ((pair.label, "："), (pair.value, "\n"))]
    for k, (piece, separator) in enumerate(pieces, 1):
        after = separator if k < len(pieces) else tail
        found = old.find(piece, at) if piece else -1
        if found < 0:
            between += piece + after
            continue
        if old[at:found] != between:
            edits.append(Edit(start + at, start + found, between, rule))
        at, between = found + len(piece), after
    if old[at:] != between:
        edits.append(Edit(start + at, start + len(old), between, rule))
    return edits


def _kept(block: Block) -> list[tuple[Pair, ...]]:
    """Give for each line the pairs that stay: all of them when two values of one label differ."""
    values: dict[str, str] = {}
    for _, pairs in block:
        for pair in pairs:
            if pair.value and values.setdefault(pair.label, pair.value) != pair.value:
                return [p for _, p in block]
    out = []
    seen: set[str] = set()
    for _, pairs in block:
        kept = []
        for pair in pairs:
            if pair.label in seen:
                continue
            seen.add(pair.label)
            kept.append(pair._replace(value=values.get(pair.label, "")))
        out.append(tuple(kept))
    return out
