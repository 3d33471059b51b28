"""SCH: the document against the JSON Schema of its type.

jsonschema_rs gives the verdict, and says what is wrong with a document that fails; the tests hold it against jsonschema. It may
not fetch anything: a reference to a schema that is not here is a fault of the set-up.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from normtool.catalog import schema_files, schemas
from normtool.document import place_of
from normtool.lazyre import lazy
from normtool.model import NormtoolError, Span
from normtool.rulebook import finding
from normtool.structure.tojson import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    import jsonschema_rs

    from normtool.document import Document
    from normtool.model import Finding, Settings

BASE = "document"
_MAX_SHOWN = 60
_HALF_PAIR = lazy(r"[\ud800-\udfff]")
_REASONS = {
    "pattern": "does not match {}",
    "enum": "is none of {}",
    "const": "is not {}",
    "format": "is no {}",
    "type": "is not of type {}",
    "minItems": "has too few items",
    "minLength": "is too short",
    "anyOf": "has none of the forms allowed",
}


class Violation(NamedTuple):
    """One error: where in the JSON document (for a missing or surplus key, the key's own pointer), and what."""

    pointer: str
    message: str


def schema_findings(document: Document, settings: Settings) -> tuple[Finding, ...]:
    """Give SCH001 for every violation of the type's schema, and SCH002 for a document of no known type.

    A document of no known type, or of a type without a schema, is validated as ``document``. ``SCH001:/pointer`` in
    ``settings.ignore`` leaves out that place and everything under it. Raises NormtoolError when a schema itself is at fault.
    """
    out = []
    known = document.document_type in schemas(settings.schema_dirs)
    if not document.recognized or not known:
        message = (
            "no document type recognised; validated as any document"
            if known
            else f"no schema for the type {document.document_type}"
        )
        out.append(finding("SCH002", message, _start(document)))
    name = document.document_type if known and document.recognized else BASE
    ignored = tuple(entry.partition(":")[2] for entry in settings.ignore if entry.startswith("SCH001:"))
    for pointer, message in violations(to_json(document), name, settings.schema_dirs):
        if not any(pointer == skip or pointer.startswith(skip + "/") for skip in ignored):
            out.append(
                finding("SCH001", f"{message} (at {pointer or 'the root'})", place_of(document, pointer), pointer=pointer)
            )
    return tuple(out)


def is_valid(data: dict[str, object], name: str, folders: tuple[str, ...] = ()) -> bool:
    """Tell whether JSON data is valid against schema ``name``."""
    return _verdict(name, folders).is_valid(data)


def refuse_faulty(folders: tuple[str, ...]) -> None:
    """Refuse a faulty schema in the user's ``folders``; raises NormtoolError that names its file, the place in it and the remedy.

    Looked at are the types, behind what they are made of, as a fault of that would be told as theirs; neither what ships, for which no
    run need wait, nor a file that no type refers to.
    """
    shipped, tables = schema_files(), schemas(folders)
    own = {name: json.dumps(tables[name]) for name, file in schema_files(folders).items() if file != shipped.get(name)}

    def is_part(name: str) -> bool:
        identity = tables[name].get("$id")
        return isinstance(identity, str) and any(f'"$ref": {json.dumps(identity)[:-1]}' in text for text in own.values())

    types = [name for name in own if "x-normtool" in tables[name]]
    for name in (*(part for part in own if part not in types and is_part(part)), *types):
        _verdict(name, folders)


def violations(data: dict[str, object], name: str, folders: tuple[str, ...] = ()) -> tuple[Violation, ...]:
    """Give what is wrong with JSON data, sorted by pointer; () at once when the verdict is good."""
    try:
        return () if is_valid(data, name, folders) else explain(data, name, folders)
    except (
        UnicodeEncodeError
    ):  # half of a surrogate pair, which a text of Python may hold and no file; the validator takes UTF-8
        whole = json.loads(_HALF_PAIR.sub("\ufffd", json.dumps(data, ensure_ascii=False)))
        return () if is_valid(whole, name, folders) else explain(whole, name, folders)


def explain(data: dict[str, object], name: str, folders: tuple[str, ...] = ()) -> tuple[Violation, ...]:
    """Give what is wrong with JSON data, without asking for a verdict first; of two reasons at one place the shorter."""
    found: dict[str, Violation] = {}
    for error in _verdict(name, folders).iter_errors(data):
        for violation in _violations_of(error, name, folders):
            found[violation.pointer] = min(found.get(violation.pointer, violation), violation, key=lambda v: len(v.message))
    return tuple(sorted(found.values()))


def _start(document: Document) -> Span:
    place = document.title.span if document.title else document.body.span
    return Span(place.start, place.end if document.title else place.start)


def _violations_of(error: jsonschema_rs.ValidationError, name: str, folders: tuple[str, ...]) -> Iterator[Violation]:
    import jsonschema_rs

    kinds = jsonschema_rs.ValidationErrorKind
    at = "".join(f"/{_escaped(part)}" for part in error.instance_path)
    if isinstance(error.kind, kinds.Required):
        key = error.kind.property
        yield Violation(f"{at}/{_escaped(key)}", f"{_named(key, name, folders)} is missing")
    elif isinstance(error.kind, kinds.AdditionalProperties):
        for key in error.kind.unexpected:
            yield Violation(f"{at}/{_escaped(key)}", f"{key} is not a field here")
    else:
        key = str(next((part for part in reversed(error.instance_path) if isinstance(part, str)), ""))
        yield Violation(at, f"{_named(key, name, folders)}: {_shown(error.instance)} {_reason(error)}")


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _MAX_SHOWN else shown[:_MAX_SHOWN] + "…"


def _reason(error: jsonschema_rs.ValidationError) -> str:
    keyword = str(error.schema_path[-1])
    value = next((getattr(error.kind, name) for name in getattr(error.kind, "__match_args__", ())), None)
    if keyword == "type" and isinstance(value, list):
        value = " or ".join(value)
    return _REASONS.get(keyword, f"fails {keyword}").format(repr(value) if keyword == "const" else value)


def _escaped(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def _named(key: str, name: str, folders: tuple[str, ...]) -> str:
    """Give a key with its Chinese title, that of schema ``name`` where it has one: ``recipients (主送机关)``."""
    own = schemas(folders)[name].get("properties", {}).get(key)
    title = (own.get("title") if isinstance(own, dict) else None) or _titles(folders).get(key)  # a schema may be true or false
    return f"{key} ({title})" if title else key


@cache
def _titles(folders: tuple[str, ...]) -> dict[str, str]:
    base = schemas(folders)[BASE]
    out: dict[str, str] = {}
    for key, value in base["properties"].items():
        for inner, row in value.get("properties", {}).items():
            out.setdefault(inner, row.get("title", ""))
        out[key] = value.get("title", "")
    return out


@cache
def _verdict(name: str, folders: tuple[str, ...]) -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs

    def refuse(uri: str) -> NoReturn:
        raise ValueError(f"{uri} is not among the schemas")

    tables = schemas(folders)
    try:
        registry = jsonschema_rs.Registry(
            [(schema["$id"], schema) for schema in tables.values() if isinstance(schema.get("$id"), str)], retriever=refuse
        )
        return jsonschema_rs.Draft202012Validator(tables[name], registry=registry, validate_formats=True)
    except (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
        why = str(error).splitlines()[0]
        if isinstance(error, jsonschema_rs.ValidationError) and error.instance_path:
            is_choice = error.schema_path and error.schema_path[-1] == "anyOf"
            fault = f"{_shown(error.instance)} {_REASONS['anyOf']}" if is_choice else why
            why = f"{'/'.join(map(str, error.instance_path))}: {fault}"
        raise NormtoolError(
            f"{schema_files(folders)[name]}: the schema cannot be used: {why}; correct it, or take it away"
        ) from None
