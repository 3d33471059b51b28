"""SCH: the document against the JSON Schema of its type.

jsonschema_rs gives the verdict. Only for a document that fails, jsonschema says what is wrong (its import alone takes longer than
a hundred verdicts). Neither may fetch anything: a reference to a schema that is not here is a fault of the set-up.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from normtool.catalog import schema_files, schemas
from normtool.document import place_of
from normtool.model import NormtoolError, Span
from normtool.rulebook import finding
from normtool.structure.tojson import to_json

if TYPE_CHECKING:
    import jsonschema.protocols
    import jsonschema_rs
    from jsonschema.exceptions import ValidationError

    from normtool.document import Document
    from normtool.model import Finding, Settings

BASE = "document"
_MAX_SHOWN = 60


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
        message = "no document type recognised; validated as any document" if known else f"no schema for the type {document.document_type}"
        out.append(finding("SCH002", message, _start(document)))
    name = document.document_type if known and document.recognized else BASE
    ignored = tuple(entry.partition(":")[2] for entry in settings.ignore if entry.startswith("SCH001:"))
    for pointer, message in violations(to_json(document), name, settings.schema_dirs):
        if not any(pointer == skip or pointer.startswith(skip + "/") for skip in ignored):
            out.append(finding("SCH001", f"{message} (at {pointer or 'the root'})", place_of(document, pointer), pointer=pointer))
    return tuple(out)


def is_valid(data: dict[str, object], name: str, folders: tuple[str, ...] = ()) -> bool:
    """Tell whether JSON data is valid against schema ``name``."""
    return _verdict(name, folders).is_valid(data)


def violations(data: dict[str, object], name: str, folders: tuple[str, ...] = ()) -> tuple[Violation, ...]:
    """Give what is wrong with JSON data, sorted by pointer; () at once when the verdict is good."""
    if is_valid(data, name, folders):
        return ()
    return explain(data, name, folders)


def explain(data: dict[str, object], name: str, folders: tuple[str, ...] = ()) -> tuple[Violation, ...]:
    """Give what is wrong with JSON data, by way of jsonschema and without asking for a verdict first."""
    found: dict[str, Violation] = {}
    for error in _explainer(name, folders).iter_errors(data):
        for violation in _violations_of(error, name, folders):
            found.setdefault(violation.pointer, violation)
    return tuple(sorted(found.values()))


def _start(document: Document) -> Span:
    place = document.title.span if document.title else document.body.span
    return Span(place.start, place.end if document.title else place.start)


def _violations_of(error: ValidationError, name: str, folders: tuple[str, ...]) -> list[Violation]:
    at = "".join(f"/{_escaped(part)}" for part in error.absolute_path)
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return [Violation(f"{at}/{_escaped(key)}", f"{_named(key, name, folders)} is missing") for key in missing]
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        return [Violation(f"{at}/{_escaped(key)}", f"{key} is not a field here") for key in error.instance if key not in known]
    key = str(next((part for part in reversed(error.absolute_path) if isinstance(part, str)), ""))
    shown = repr(error.instance)
    shown = shown if len(shown) <= _MAX_SHOWN else shown[:_MAX_SHOWN] + "…"
    return [Violation(at, f"{_named(key, name, folders)}: {shown} {_reason(error)}")]


def _reason(error: ValidationError) -> str:
    value = error.validator_value
    reasons = {
        "pattern": f"does not match {value}",
        "enum": f"is none of {value}",
        "const": f"is not {value!r}",
        "format": f"is no {value}",
        "type": f"is not of type {value}",
        "minItems": "has too few items",
        "minLength": "is too short",
        "anyOf": "has none of the forms allowed",
    }
    return reasons.get(str(error.validator), f"fails {error.validator}")


def _escaped(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def _named(key: str, name: str, folders: tuple[str, ...]) -> str:
    """Give a key with its Chinese title, that of schema ``name`` where it has one: ``recipients (主送机关)``."""
    own = schemas(folders)[name].get("properties", {}).get(key, {})
    title = own.get("title") or _titles(folders).get(key)
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
        registry = jsonschema_rs.Registry([(schema["$id"], schema) for schema in tables.values() if "$id" in schema], retriever=refuse)
        return jsonschema_rs.Draft202012Validator(tables[name], registry=registry, validate_formats=True)
    except (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
        raise NormtoolError(f"{schema_files(folders)[name]}: the schema cannot be used: {str(error).splitlines()[0]}") from None


@cache
def _explainer(name: str, folders: tuple[str, ...]) -> jsonschema.protocols.Validator:
    import jsonschema
    import referencing
    import referencing.exceptions

    def refuse(uri: str) -> NoReturn:
        raise referencing.exceptions.NoSuchResource(uri)

    tables = schemas(folders)
    resources: list[tuple[str, Any]] = [(s["$id"], referencing.Resource.from_contents(s)) for s in tables.values() if "$id" in s]
    empty: referencing.Registry[Any] = referencing.Registry(retrieve=refuse)  # type: ignore[call-arg]
    registry = empty.with_resources(resources)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(tables[name], registry=registry, format_checker=checker)
