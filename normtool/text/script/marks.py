"""Two things that come with Traditional text: corner quotes, and the pinyin that copying sites put behind characters."""

from __future__ import annotations

import re

from normtool.grammar.quoting import is_named
from normtool.model import Edit, Patch, RuleCode, Span
from normtool.text.script.evidence import traditional_only

QUOTES = RuleCode("SCR004")
GLOSS = RuleCode("SCR003")
GLOSSES = 5
"""Glosses from which they are the site's and not the author's, who may say once how a rare name is read."""

_TONE = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_GLOSS = rf"(?<=[㐀-鿿])(?:[(（][a-zü{_TONE}]{{1,6}}\s?[)）])+"
_CORNERS = "「」『』"
_BY_DEPTH = ("“‘", "”’")
_BY_SHAPE = {"「": "“", "『": "‘", "」": "”", "』": "’"}


def gloss_edits(text: str) -> Patch:
    """Take away pinyin glosses, `關(guān)于`, of a text that has five or more with a tone mark.

    They are unsafe to take away where fewer than five stand behind Traditional characters: then an author may have put them.
    """
    if text.count("(") + text.count("（") < GLOSSES or not any(vowel in text for vowel in _TONE):
        return ()
    found = list(re.finditer(_GLOSS, text))
    toned = [m for m in found if any(vowel in m.group() for vowel in _TONE)]
    if len(toned) < GLOSSES:
        return ()
    machine = sum(traditional_only().match(text, m.start() - 1) is not None for m in toned)
    return tuple(Edit(m.start(), m.end(), "", GLOSS, machine >= GLOSSES) for m in found)


def around_glosses(text: str, glosses: Patch, patch: Patch) -> Patch:
    """Join ``glosses`` and a patch of the text without them to one patch of ``text``, cutting edits where a gloss stands.

    Of an edit that changes the length the first piece takes the whole replacement.
    """
    out = list(glosses)
    shift = k = 0
    for edit in patch:
        while k < len(glosses) and glosses[k].start - shift <= edit.start:
            shift += glosses[k].end - glosses[k].start
            k += 1
        cuts = [edit.start + shift]
        while k < len(glosses) and glosses[k].start - shift < edit.end:
            cuts += (glosses[k].start, glosses[k].end)
            shift += glosses[k].end - glosses[k].start
            k += 1
        cuts.append(edit.end + shift)
        out += _pieces(text, edit, list(zip(cuts[::2], cuts[1::2], strict=True)))
    return tuple(sorted(out))


def _pieces(text: str, edit: Edit, ranges: list[tuple[int, int]]) -> list[Edit]:
    """Share the replacement of ``edit`` out among the ranges that it covers."""
    same_length = len(edit.replacement) == edit.end - edit.start
    out = []
    at = 0
    for start, end in ranges:
        until = at + end - start if same_length else len(edit.replacement)
        out.append(edit._replace(start=start, end=end, replacement=edit.replacement[at:until]))
        at = until
    return [e for e in out if text[e.start : e.end] != e.replacement]


def has_corner_quotes(text: str) -> bool:
    """Tell whether there is anything for ``quote_edits``."""
    return any(mark in text for mark in _CORNERS)


def quote_edits(line: str, offset: int) -> list[Edit]:
    """Turn the corner quotes of a Simplified line into “” outside and ‘’ inside (GB/T 15834), at ``offset`` of the text.

    A line whose marks do not pair keeps the usual rank of each: 「 outside and 『 inside. A mark that the line names, “「”, stays.
    """
    out = []
    depth = lowest = 0
    for mark in re.finditer(f"[{_CORNERS}“”]", line):
        char = mark.group()
        if char in _CORNERS and is_named(line, mark.start()):
            continue
        closing = char in "」』”"
        depth -= closing
        lowest = min(lowest, depth)
        if char not in "“”":
            out.append(Edit(offset + mark.start(), offset + mark.end(), _BY_DEPTH[closing][depth % 2], QUOTES))
        depth += not closing
    if depth or lowest < 0:
        out = [e._replace(replacement=_BY_SHAPE[line[e.start - offset]]) for e in out]
    return out


def corner_lines(text: str) -> list[Span]:
    """Give the lines, without their LF, that hold a corner quote."""
    out = set()
    for mark in _CORNERS:
        at = text.find(mark)
        while at >= 0:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            out.add(Span(text.rfind("\n", 0, at) + 1, end))
            at = text.find(mark, end)
    return sorted(out)
