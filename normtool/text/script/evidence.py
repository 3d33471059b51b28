"""Which script a text is in, from characters that only one of the two scripts has.

Two closed sets are the evidence: characters that conversion changes and that the mainland's standard does not have (臺, 這), and
Simplified forms that no Traditional standard uses (这, 发). Characters that both scripts use (里, 后, 台) say nothing. The sets
were counted on 8.9 million characters of mainland text, which hold 7 of the first kind.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from itertools import islice
from typing import Literal, NamedTuple

from normtool.catalog import data_bytes
from normtool.model import Span

ScriptVerdict = Literal["traditional", "simplified", "mixed", "neutral"]

CLEAR_SHARE = 0.8
"""Share of the evidence from which one script counts as the only one."""
KANA_SHARE = 10
"""One kana in so many characters makes a line Japanese; Taiwan advertising writes a single の."""
_HEAD = 256
_SHORT = 1000
_EXAMPLES = 10
_HAN = r"[㐀-鿿豈-﫿\U00020000-\U0003ffff〇]+"
_KANA_CLASS = "ぁ-ゖァ-ヺ"


class Tables(NamedTuple):
    """The content of tables.json: evidence characters, and entries for the converter.

    ``counterparts`` holds the Simplified form of every character of ``traditional``, place by place.
    """

    traditional: str
    counterparts: str
    simplified: str
    general: dict[str, str]
    zhu: dict[str, str]
    zhang: dict[str, str]
    taiwan: dict[str, str]


class ScriptEvidence(NamedTuple):
    """What speaks for a verdict: characters of either kind among the Han characters, and the most frequent of the rarer kind.

    ``examples`` are Traditional-only characters of a text that is not Traditional, Simplified-only ones of the others.
    """

    verdict: ScriptVerdict
    han: int
    traditional: int
    simplified: int
    examples: tuple[str, ...] = ()


@cache
def tables() -> Tables:
    """Load the static tables; raises NormtoolError when the installation lacks them."""
    raw = json.loads(data_bytes("script/tables.json"))
    return Tables(*(raw[name] for name in Tables._fields))


@cache
def traditional_only() -> re.Pattern[str]:
    """Give the pattern of one character that only Traditional text has."""
    return re.compile(f"[{tables().traditional}]")


def holds_traditional(text: str) -> bool:
    """Tell whether a text holds a character that only Traditional text has.

    The characters of a short text are looked up one by one: for a file alone, compiling the pattern would take longer than all
    its stages.
    """
    if len(text) <= _SHORT:
        return not _traditional().isdisjoint(text)
    return traditional_only().search(text) is not None


@cache
def _traditional() -> frozenset[str]:
    return frozenset(tables().traditional)


@cache
def simplified_only() -> re.Pattern[str]:
    """Give the pattern of one character that only Simplified text has."""
    return re.compile(f"[{tables().simplified}]")


@cache
def odd_character() -> re.Pattern[str]:
    """Give the pattern of a character that Traditional text does not have: a Simplified one or kana."""
    return re.compile(f"[{tables().simplified}{_KANA_CLASS}]")


def count(pattern: re.Pattern[str], text: str) -> int:
    """Count the matches."""
    return len(pattern.findall(text))


def at_least(pattern: re.Pattern[str], text: str, number: int) -> bool:
    """Tell whether there are so many matches, looking no further than that."""
    return number <= 0 or next(islice(pattern.finditer(text), number - 1, None), None) is not None


def verdict_of(traditional: int, simplified: int) -> ScriptVerdict:
    """Judge by the two counts: a clear share of one kind, or ``mixed``, or ``neutral`` where there is nothing to count."""
    total = traditional + simplified
    if not total:
        return "neutral"
    if traditional >= CLEAR_SHARE * total:
        return "traditional"
    return "simplified" if simplified >= CLEAR_SHARE * total else "mixed"


def detect_script(text: str) -> ScriptEvidence:
    """Judge a document or a paragraph, with exact counts. Text without Han evidence, such as 一二三, is ``neutral``."""
    traditional, simplified = traditional_only().findall(text), simplified_only().findall(text)
    rare = traditional if len(traditional) <= len(simplified) else simplified
    order = sorted(Counter(rare).items(), key=lambda item: (-item[1], item[0]))
    verdict = verdict_of(len(traditional), len(simplified))
    return ScriptEvidence(
        verdict,
        sum(map(len, re.findall(_HAN, text))),
        len(traditional),
        len(simplified),
        tuple(c for c, _ in order[:_EXAMPLES]),
    )


def paragraph_script(text: str) -> ScriptVerdict:
    """Judge one paragraph; cheaper than ``detect_script``."""
    return verdict_of(count(traditional_only(), text), count(simplified_only(), text))


def is_japanese(line: str) -> bool:
    """Tell whether kana make up more than a stray character of ``line``."""
    return len(re.findall(f"[{_KANA_CLASS}]", line)) * KANA_SHARE > len(line.strip())


def looks_traditional(text: str) -> bool:
    """Guess from the beginning which kind of evidence is the rarer one: looking for rare characters is ten times faster."""
    head = text[:_HEAD]
    return count(traditional_only(), head) >= count(odd_character(), head)


def is_traditional_document(text: str) -> bool:
    """Tell whether Traditional evidence is there and at least as frequent as Simplified evidence."""
    if looks_traditional(text):
        return at_least(traditional_only(), text, max(1, count(simplified_only(), text)))
    number = count(traditional_only(), text)
    return number > 0 and not at_least(simplified_only(), text, number + 1)


def lines_with(pattern: re.Pattern[str], text: str) -> list[Span]:
    """Give the lines (without their LF) that hold a match, in order."""
    out = []
    found = pattern.search(text)
    while found:
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.end())
        end = len(text) if end < 0 else end
        out.append(Span(start, end))
        found = pattern.search(text, end)
    return out
