"""Recognition of the document type: the cues of the schemas, in their order, against title and text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from normtool.catalog import schemas
from normtool.grammar.genres import title_core
from normtool.lazyre import Cue, cue

if TYPE_CHECKING:
    from normtool.model import Settings

FALLBACK = "generic"
_LATE = 500


class _Rule(NamedTuple):
    """One way to recognize a type: every pattern must be found, none of the ``never``."""

    title: tuple[Cue, ...]
    never: tuple[Cue, ...]
    lead: tuple[Cue, ...]
    text: tuple[Cue, ...]
    untitled: bool


class _Type(NamedTuple):
    """A document type with its rules and the extra parts that documents of it have."""

    name: str
    rules: tuple[_Rule, ...]
    parts: tuple[str, ...]


def recognize(title: str | None, lead: str, text: str, settings: Settings) -> str | None:
    """Give the first type one of whose rules fits, or None.

    ``lead`` is the start of the body, ``text`` its start and end. Rules on ``text`` are for documents without a title.
    """
    core = title_core(title) if title else ""
    for kind in _types(settings.schema_dirs):
        if any(_fits(rule, core, lead, text) for rule in kind.rules):
            return kind.name
    return None


def parts_of(document_type: str, settings: Settings) -> tuple[str, ...]:
    """Give what a type says of its documents under ``parts``: what else is read of them, and whether an addressee and a sign-off are missed."""
    return next((kind.parts for kind in _types(settings.schema_dirs) if kind.name == document_type), ())


def _fits(rule: _Rule, core: str, lead: str, text: str) -> bool:
    if rule.untitled:
        return not core and all(p.search(text) for p in rule.text)
    if not core or not all(p.search(core) for p in rule.title) or any(p.search(core) for p in rule.never):
        return False
    return all(p.search(lead) for p in rule.lead)


@cache
def _types(schema_dirs: tuple[str, ...]) -> tuple[_Type, ...]:
    tables = {name: schema["x-normtool"] for name, schema in schemas(schema_dirs).items() if "x-normtool" in schema}
    cues = sorted(tables.items(), key=lambda item: (item[1].get("order", _LATE), item[0]))
    return tuple(_Type(name, tuple(map(_rule, cue.get("rules", ()))), tuple(cue.get("parts", ()))) for name, cue in cues)


def _rule(row: dict[str, list[str]]) -> _Rule:
    def patterns(key: str) -> tuple[Cue, ...]:
        return tuple(cue(p) for p in row.get(key, ()))

    return _Rule(patterns("title"), patterns("never"), patterns("lead"), patterns("untitled"), untitled="untitled" in row)
