"""Chrome packs: the patterns of what portals and sharing sites print around documents, read from data.

A pack is a table of ``[[line]]``, ``[[list]]``, ``[[block]]``, ``[[sequence]]`` and ``[[zone]]`` entries;
``data/chrome/portals.toml`` explains their keys. Reading is strict: an unknown key, a missing one, an expression that does not
compile or that matches an empty line is refused with the place.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple, get_args

from normtool.model import NormtoolError
from normtool.rulebook import RULES

Where = Literal["head", "tail", "edge", "any", "zone"]
Needs = Literal["", "repeated-date", "repeated-name", "once"]

_HALF_WIDTH = {0xFF01 + k: 0x21 + k for k in range(94)} | {0x3000: 0x20, 0xA0: 0x20}
_COMMON = {"rule", "name", "where", "seen", "match", "reject"}
_KEYS = {
    "line": _COMMON | {"line", "words"},
    "list": _COMMON | {"minimum"},
    "block": _COMMON | {"minimum", "words", "anchor"},
    "sequence": _COMMON | {"words", "lines"},
    "zone": _COMMON | {"minimum", "rules", "gap", "longest"},
}
_OPTIONAL = {
    "line": {"needs"},
    "list": {"words", "pieces", "signs", "beside", "company"},
    "block": {"companion", "below"},
    "sequence": set[str](),
    "zone": set[str](),
}
_EXAMPLES = {"seen", "match", "reject"}


class LinePattern(NamedTuple):
    """A pattern for one whole line; ``words`` are literal pieces of which a matching line holds at least one."""

    rule: str
    name: str
    line: str
    words: tuple[str, ...]
    where: Where
    needs: Needs
    match: tuple[str, ...]
    reject: tuple[str, ...]


class BlockPattern(NamedTuple):
    """A pattern for a run of neighbouring lines, at least ``minimum`` of which match an anchor.

    ``words`` are literal pieces of which the run holds at least one; lines of ``below`` go with the anchor above them only.
    """

    rule: str
    name: str
    where: Where
    minimum: int
    words: tuple[str, ...]
    anchor: tuple[str, ...]
    companion: tuple[str, ...]
    below: tuple[str, ...]
    match: tuple[tuple[str, ...], ...]
    reject: tuple[tuple[str, ...], ...]


class SequencePattern(NamedTuple):
    """A pattern for neighbouring lines that each match their own expression, in this order."""

    rule: str
    name: str
    where: Where
    words: tuple[str, ...]
    lines: tuple[str, ...]
    match: tuple[tuple[str, ...], ...]
    reject: tuple[tuple[str, ...], ...]


class ListPattern(NamedTuple):
    """A pattern for neighbouring lines that hold nothing but listed pieces, at least ``minimum`` different ones that prove.

    ``words`` are whole lines or pieces, ``pieces`` expressions for one piece; both prove. A text without any of the ``signs``
    holds none of ``pieces``. ``beside`` are expressions for pieces that may stand among them and prove nothing. With ``company``
    the lines count only outside the document, where nothing but chrome stands between it and them.
    """

    rule: str
    name: str
    where: Where
    minimum: int
    words: frozenset[str]
    pieces: tuple[str, ...]
    signs: tuple[str, ...]
    beside: tuple[str, ...]
    company: bool
    match: tuple[tuple[str, ...], ...]
    reject: tuple[tuple[str, ...], ...]


class ZonePattern(NamedTuple):
    """Above the document's first line or below its last: lines of links among at least ``minimum`` lines that ``rules`` have found.

    Not more than ``gap`` unknown lines in a row, none longer than ``longest`` characters.
    """

    rule: str
    name: str
    where: Where
    minimum: int
    rules: frozenset[str]
    gap: int
    longest: int
    match: tuple[tuple[str, ...], ...]
    reject: tuple[tuple[str, ...], ...]


class Pack(NamedTuple):
    """The patterns of one file; ``name`` is for messages."""

    name: str
    lines: tuple[LinePattern, ...]
    lists: tuple[ListPattern, ...]
    blocks: tuple[BlockPattern, ...]
    sequences: tuple[SequencePattern, ...]
    zones: tuple[ZonePattern, ...]


def read_pack(name: str, table: Mapping[str, Any], *, source: str = "", trusted: bool = False) -> Pack:
    """Make a pack of a parsed file.

    Raises NormtoolError that names the entry, its line in ``source`` (the file's text) and the remedy.

    A ``trusted`` pack is one that ships and that the tests have read in full: it may lack its examples, its words are folded,
    and its expressions are not compiled here, for most are never used.
    """
    unknown = table.keys() - _KEYS - {"container"}  # where documents stand in saved pages is read by page.packs
    if unknown:
        raise NormtoolError(
            f"{name}: unknown table [[{min(unknown)}]]; a pack holds [[line]], [[list]], [[block]], [[sequence]], [[zone]] and [[container]]"
        )

    def entries(kind: str) -> "Iterator[_Entry]":
        rows = table.get(kind, ())
        if not isinstance(rows, list | tuple) or not all(isinstance(row, dict) for row in rows):
            raise NormtoolError(f"{name}: `{kind}` is no list of tables; write [[{kind}]] above each entry")
        return (_Entry(name, kind, k, row, source, trusted) for k, row in enumerate(rows, 1))

    return Pack(
        name=name,
        lines=tuple(map(_line, entries("line"))),
        lists=tuple(map(_list, entries("list"))),
        blocks=tuple(map(_block, entries("block"))),
        sequences=tuple(map(_sequence, entries("sequence"))),
        zones=tuple(map(_zone, entries("zone"))),
    )


def place_of(name: str, source: str, kind: str, number: int) -> str:
    """Give the place of an entry for messages, as ``pack.toml:12: [[line]] number 2``; without a line where ``source`` is not given."""
    heads = [k for k, line in enumerate(source.splitlines(), 1) if line.replace(" ", "").startswith(f"[[{kind}]]")]
    line = f":{heads[number - 1]}" if number <= len(heads) else ""
    return f"{name}{line}: [[{kind}]] number {number}"


class _Entry(NamedTuple):
    """One entry of a pack with its place, for messages."""

    pack: str
    kind: str
    number: int
    row: Mapping[str, Any]
    source: str
    trusted: bool

    def fault(self, what: str) -> NormtoolError:
        label = f" ({self.row['name']})" if isinstance(self.row.get("name"), str) else ""
        return NormtoolError(f"{place_of(self.pack, self.source, self.kind, self.number)}{label}: {what}")

    def text(self, key: str) -> str:
        value = self.row.get(key)
        if not isinstance(value, str) or not value:
            raise self.fault(f"`{key}` must be a text that is not empty")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        optional = key in _OPTIONAL[self.kind]
        value = self.row.get(key, [] if optional else None)
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value) or not (value or optional):
            raise self.fault(f"`{key}` must be a list of texts")
        return tuple(value)

    def examples(self, key: str) -> tuple[str, ...]:
        return () if self.trusted else self.texts(key)

    def groups(self, key: str) -> tuple[tuple[str, ...], ...]:
        if self.trusted:
            return ()
        value = self.row.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(v, list) and v for v in value):
            raise self.fault(f"`{key}` must be a list of lists of lines")
        return tuple(tuple(map(str, v)) for v in value)

    def check_keys(self) -> None:
        known = _KEYS[self.kind] | _OPTIONAL[self.kind]
        for key in self.row:
            if key not in known:
                raise self.fault(f"unknown key `{key}`; known are {', '.join(sorted(known))}")
        spared = _EXAMPLES if self.trusted or (self.kind == "list" and "words" in self.row) else set()
        for key in sorted(_KEYS[self.kind] - spared):
            if key not in self.row:
                raise self.fault(f"`{key}` is missing")

    def where(self) -> Where:
        value = self.text("where")
        if value not in get_args(Where):
            raise self.fault(f"`where` is {value!r}; it must be one of {', '.join(get_args(Where))}")
        return value  # type: ignore[return-value]

    def number_from(self, key: str, least: int) -> int:
        value = self.row[key]
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.fault(f"`{key}` must be a number from {least} on")
        return value

    def expression(self, pattern: str) -> str:
        if self.trusted:
            return pattern
        try:
            compiled = compile_line(pattern)
        except re.error as error:
            raise self.fault(f"{pattern!r} is no regular expression: {error}") from None
        if compiled.fullmatch(""):
            raise self.fault(f"{pattern!r} matches an empty line")
        return pattern

    def rule(self) -> str:
        value = self.text("rule")
        if not value.startswith("CHR") or value not in RULES:
            raise self.fault(f"`rule` is {value!r}; it must be a code such as CHR005 (`normtool rule CHR` lists them)")
        return value


@lru_cache(maxsize=2048)
def fold(line: str) -> str:
    """Fold a line for matching: ASCII marks and letters in half width, one blank for a run of blanks, none at the ends."""
    return " ".join(line.translate(_HALF_WIDTH).split())


@cache
def compile_line(pattern: str) -> re.Pattern[str]:
    """Compile an expression of a pack; case does not count."""
    return re.compile(pattern, re.IGNORECASE)


def _line(entry: _Entry) -> LinePattern:
    entry.check_keys()
    needs = entry.row.get("needs", "")
    if needs not in get_args(Needs):
        raise entry.fault(f"`needs` is {needs!r}; it must be repeated-date, repeated-name, once or left out")
    return LinePattern(
        rule=entry.rule(),
        name=entry.text("name"),
        line=entry.expression(entry.text("line")),
        words=entry.texts("words"),
        where=entry.where(),
        needs=needs,
        match=entry.examples("match"),
        reject=entry.examples("reject"),
    )


def _list(entry: _Entry) -> ListPattern:
    entry.check_keys()
    words, pieces = entry.texts("words"), entry.texts("pieces")
    if not words and not pieces:
        raise entry.fault("has neither `words` nor `pieces`; list at least one")
    signs = entry.texts("signs")
    company = entry.row.get("company", False)
    if not isinstance(company, bool):
        raise entry.fault("`company` must be true or false")
    if pieces and not signs:
        raise entry.fault("`signs` is missing: every line that `pieces` match must hold one of them")
    return ListPattern(
        rule=entry.rule(),
        name=entry.text("name"),
        where=entry.where(),
        minimum=entry.number_from("minimum", 1),
        words=frozenset(words if entry.trusted else (fold(word).lower() for word in words)),
        pieces=tuple(map(entry.expression, pieces)),
        signs=signs,
        beside=tuple(map(entry.expression, entry.texts("beside"))),
        company=company,
        match=entry.groups("match") if "match" in entry.row else (),
        reject=entry.groups("reject") if "reject" in entry.row else (),
    )


def _zone(entry: _Entry) -> ZonePattern:
    entry.check_keys()
    if entry.where() not in {"head", "tail"}:
        raise entry.fault("`where` of a zone must be head or tail")
    return ZonePattern(
        rule=entry.rule(),
        name=entry.text("name"),
        where=entry.where(),
        minimum=entry.number_from("minimum", 1),
        rules=frozenset(entry.texts("rules")),
        gap=entry.number_from("gap", 0),
        longest=entry.number_from("longest", 1),
        match=entry.groups("match"),
        reject=entry.groups("reject"),
    )


def _block(entry: _Entry) -> BlockPattern:
    entry.check_keys()
    return BlockPattern(
        rule=entry.rule(),
        name=entry.text("name"),
        where=entry.where(),
        minimum=entry.number_from("minimum", 1),
        words=entry.texts("words"),
        anchor=tuple(map(entry.expression, entry.texts("anchor"))),
        companion=tuple(map(entry.expression, entry.texts("companion"))),
        below=tuple(map(entry.expression, entry.texts("below"))),
        match=entry.groups("match"),
        reject=entry.groups("reject"),
    )


def _sequence(entry: _Entry) -> SequencePattern:
    entry.check_keys()
    return SequencePattern(
        rule=entry.rule(),
        name=entry.text("name"),
        where=entry.where(),
        words=entry.texts("words"),
        lines=tuple(map(entry.expression, entry.texts("lines"))),
        match=entry.groups("match"),
        reject=entry.groups("reject"),
    )
