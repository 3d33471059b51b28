"""Chrome packs: the patterns of what portals and sharing sites print around documents, read from data.

A pack is a table of ``[[line]]``, ``[[block]]`` and ``[[sequence]]`` entries; ``data/chrome/portals.toml`` explains their keys. Reading is strict: an unknown
key, a missing one, an expression that does not compile or that matches an empty line is refused with the place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from normtool.model import NormtoolError

if TYPE_CHECKING:
    from collections.abc import Mapping

Where = Literal["head", "tail", "edge", "any"]
Needs = Literal["", "repeated-date", "repeated-name"]

_LINE_KEYS = {"rule", "name", "line", "words", "where", "needs", "seen", "match", "reject"}
_BLOCK_KEYS = {"rule", "name", "where", "minimum", "words", "anchor", "companion", "seen", "match", "reject"}
_SEQUENCE_KEYS = {"rule", "name", "where", "words", "lines", "seen", "match", "reject"}
_OPTIONAL = {"needs", "companion"}


@dataclass(frozen=True, slots=True)
class LinePattern:
    """A pattern for one whole line; ``words`` are literal pieces of which a matching line holds at least one."""

    rule: str
    name: str
    line: str
    words: tuple[str, ...]
    where: Where
    needs: Needs
    match: tuple[str, ...]
    reject: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlockPattern:
    """A pattern for a run of neighbouring lines, at least ``minimum`` of which match an anchor."""

    rule: str
    name: str
    where: Where
    minimum: int
    words: tuple[str, ...]
    anchor: tuple[str, ...]
    companion: tuple[str, ...]
    match: tuple[tuple[str, ...], ...]
    reject: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SequencePattern:
    """A pattern for neighbouring lines that each match their own expression, in this order."""

    rule: str
    name: str
    where: Where
    words: tuple[str, ...]
    lines: tuple[str, ...]
    match: tuple[tuple[str, ...], ...]
    reject: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """The patterns of one file; ``name`` is for messages."""

    name: str
    lines: tuple[LinePattern, ...]
    blocks: tuple[BlockPattern, ...]
    sequences: tuple[SequencePattern, ...]


def read_pack(name: str, table: Mapping[str, Any], *, trusted: bool = False) -> Pack:
    """Make a pack of a parsed file; raises NormtoolError that names the entry and the remedy.

    The expressions of a ``trusted`` pack (one that ships and that the tests compile) are not compiled here: most are never used.
    """
    unknown = set(table) - {"line", "block", "sequence"}
    if unknown:
        raise NormtoolError(f"{name}: unknown table [[{min(unknown)}]]; a pack holds [[line]], [[block]] and [[sequence]]")
    lines = tuple(_line(_Entry(name, "line", k, row, trusted)) for k, row in enumerate(table.get("line", ()), 1))
    blocks = tuple(_block(_Entry(name, "block", k, row, trusted)) for k, row in enumerate(table.get("block", ()), 1))
    sequences = tuple(_sequence(_Entry(name, "sequence", k, row, trusted)) for k, row in enumerate(table.get("sequence", ()), 1))
    return Pack(name, lines, blocks, sequences)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a pack with its place, for messages."""

    pack: str
    kind: str
    number: int
    row: Mapping[str, Any]
    trusted: bool

    def fault(self, what: str) -> NormtoolError:
        label = f" ({self.row['name']})" if isinstance(self.row.get("name"), str) else ""
        return NormtoolError(f"{self.pack}: [[{self.kind}]] number {self.number}{label}: {what}")

    def text(self, key: str) -> str:
        value = self.row.get(key)
        if not isinstance(value, str) or not value:
            raise self.fault(f"`{key}` must be a text that is not empty")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.row.get(key, [] if key in _OPTIONAL else None)
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value) or (not value and key not in _OPTIONAL):
            raise self.fault(f"`{key}` must be a list of texts")
        return tuple(value)

    def groups(self, key: str) -> tuple[tuple[str, ...], ...]:
        value = self.row.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(v, list) and v for v in value):
            raise self.fault(f"`{key}` must be a list of lists of lines")
        return tuple(tuple(map(str, v)) for v in value)

    def check_keys(self, known: set[str]) -> None:
        for key in self.row:
            if key not in known:
                raise self.fault(f"unknown key `{key}`; known are {', '.join(sorted(known))}")
        for key in sorted(known - _OPTIONAL):
            if key not in self.row:
                raise self.fault(f"`{key}` is missing")

    def where(self) -> Where:
        value = self.text("where")
        if value not in get_args(Where):
            raise self.fault(f"`where` is {value!r}; it must be one of {', '.join(get_args(Where))}")
        return value  # type: ignore[return-value]

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
        if not re.fullmatch(r"CHR\d{3}", value):
            raise self.fault(f"`rule` is {value!r}; it must be a code such as CHR005")
        return value


@cache
def compile_line(pattern: str) -> re.Pattern[str]:
    """Compile an expression of a pack; case does not count."""
    return re.compile(pattern, re.IGNORECASE)


def _line(entry: _Entry) -> LinePattern:
    entry.check_keys(_LINE_KEYS)
    needs = entry.row.get("needs", "")
    if needs not in get_args(Needs):
        raise entry.fault(f"`needs` is {needs!r}; it must be repeated-date, repeated-name or left out")
    return LinePattern(
        rule=entry.rule(),
        name=entry.text("name"),
        line=entry.expression(entry.text("line")),
        words=entry.texts("words"),
        where=entry.where(),
        needs=needs,
        match=entry.texts("match"),
        reject=entry.texts("reject"),
    )


def _block(entry: _Entry) -> BlockPattern:
    entry.check_keys(_BLOCK_KEYS)
    minimum = entry.row["minimum"]
    if not isinstance(minimum, int) or minimum < 1:
        raise entry.fault("`minimum` must be a number from 1 on")
    return BlockPattern(
        rule=entry.rule(),
        name=entry.text("name"),
        where=entry.where(),
        minimum=minimum,
        words=entry.texts("words"),
        anchor=tuple(map(entry.expression, entry.texts("anchor"))),
        companion=tuple(map(entry.expression, entry.texts("companion"))),
        match=entry.groups("match"),
        reject=entry.groups("reject"),
    )


def _sequence(entry: _Entry) -> SequencePattern:
    entry.check_keys(_SEQUENCE_KEYS)
    return SequencePattern(
        rule=entry.rule(),
        name=entry.text("name"),
        where=entry.where(),
        words=entry.texts("words"),
        lines=tuple(map(entry.expression, entry.texts("lines"))),
        match=entry.groups("match"),
        reject=entry.groups("reject"),
    )
