"""Refuses values of settings that mean nothing: a misspelt code, type or path would silently do nothing.

Every function takes the value with its origin (a file, ``command line``, ``Settings``), which the message begins with, and
raises NormtoolError with place and remedy; none gives anything.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from normtool.model import NormtoolError, Script

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from normtool.model import Settings

_POINTED = "SCH001"
_VERSION = r"\s*(==|!=|>=|<=|>|<)?\s*([\d.]+)\s*"


def nearest(word: str, known: Iterable[str]) -> str:
    """Give ``; did you mean X?`` for the known word most like ``word``, or an empty string when none is."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""


def refuse_codes(origin: str, key: str, codes: Sequence[str]) -> None:
    """Refuse what begins no rule's code, and a pointer behind any code but SCH001, or where rules are chosen (``select``)."""
    from normtool.rulebook import RULES

    for code in codes:
        prefix, colon, pointer = code.partition(":")
        if not prefix or not any(rule.startswith(prefix) for rule in RULES):
            near = nearest(prefix.upper(), {*RULES, *(rule[:3] for rule in RULES)})
            raise NormtoolError(f"{origin}: {key}: no rule begins with {code!r}{near or '; `normtool rule` lists them'}")
        if colon and (prefix != _POINTED or key == "select"):
            raise NormtoolError(
                f"{origin}: {key}: {code!r} has a pointer, which `ignore` alone takes, behind {_POINTED}; write {prefix!r}"
            )
        if pointer and not pointer.startswith("/"):
            raise NormtoolError(f"{origin}: {key}: {code!r}: a pointer begins with a slash; write {f'{_POINTED}:/{pointer}'!r}")


def refuse_type(origin: str, name: str, folders: tuple[str, ...]) -> None:
    """Refuse a document type that has no schema, shipped or in ``folders`` (absolute paths)."""
    from normtool.catalog import schemas

    known = [each for each, schema in schemas(folders).items() if "x-normtool" in schema]  # the others are what the types share
    if name not in known:
        raise NormtoolError(
            f"{origin}: unknown document type {name!r}{nearest(name, known) or '; `normtool schema` lists them'}"
        )


def refuse_schemas(origin: str, folders: tuple[str, ...]) -> None:
    """Refuse a folder without a document type, at once and not for every file, and a schema that cannot be used."""
    if not folders:
        return
    from normtool.catalog import schema_files, schemas
    from normtool.checks.schema import refuse_faulty

    shipped = schema_files()
    for folder in folders:
        own = {name for name, file in schema_files((folder,)).items() if file != shipped.get(name)}
        if not any("x-normtool" in schemas((folder,))[name] for name in own):
            raise NormtoolError(
                f"{origin}: schemas: {folder}: no document type in it; a type is a file NAME.schema.json with x-normtool in it"
            )
    refuse_faulty(folders)


def refuse_packs(origin: str, paths: tuple[str, ...]) -> None:
    """Refuse a chrome pack (absolute paths) that cannot be read, or an entry of which its own examples show that it does not fit."""
    if not paths:
        return
    from normtool.catalog import chrome_packs, pack_source
    from normtool.chromepack import place_of
    from normtool.text.chrome.examples import faults_of

    try:
        packs = chrome_packs(paths)
    except NormtoolError as error:
        raise NormtoolError(f"{origin}: chrome: {error}") from None
    for pack in packs[-len(paths) :]:
        fault = next(faults_of(pack, packs), None)
        if fault:
            place = place_of(pack.name, pack_source(pack.name), fault.kind, fault.number)
            raise NormtoolError(f"{origin}: chrome: {place} {fault.what}")


def refuse_settings(origin: str, settings: Settings) -> None:
    """Refuse settings that mean nothing; for those that no configuration file and command line has looked at."""
    refuse_codes(origin, "select", settings.select)
    refuse_codes(origin, "ignore", settings.ignore)
    if settings.script not in get_args(Script):
        raise NormtoolError(f"{origin}: script: {settings.script!r} is none of {', '.join(get_args(Script))}")
    refuse_paths(origin, "chrome_packs", settings.chrome_packs, folders=False)
    refuse_paths(origin, "schema_dirs", settings.schema_dirs, folders=True)
    refuse_packs(origin, settings.chrome_packs)
    refuse_schemas(origin, settings.schema_dirs)
    if settings.document_type is not None:
        refuse_type(origin, settings.document_type, settings.schema_dirs)
    if settings.encoding is not None:
        refuse_encoding(origin, settings.encoding)


def refuse_encoding(origin: str, name: str) -> None:
    """Refuse an encoding that normtool does not know."""
    from normtool.decode.charsets import canonical

    try:
        canonical(name)
    except NormtoolError as error:
        raise NormtoolError(f"{origin}: {error}") from None


def refuse_version(origin: str, wanted: str) -> None:
    """Refuse to go on when this version is none of those that are wanted (``>=0.1,<2``)."""
    from normtool import __version__

    for part in wanted.split(","):
        found = re.fullmatch(_VERSION, part)
        if found and not _holds(_numbers(__version__), found[1] or "==", _numbers(found[2])):
            raise NormtoolError(
                f"{origin}: required-version: wants {wanted}, this is normtool {__version__}; install a version that fits"
            )


def refuse_paths(origin: str, key: str, paths: tuple[str, ...], *, folders: bool) -> None:
    """Refuse paths that lead nowhere, or to a file where ``folders`` are wanted, or the other way round."""
    for path in map(Path, paths):
        if not path.exists():
            raise NormtoolError(f"{origin}: {key}: {path} does not exist; correct the path")
        if path.is_dir() != folders:
            raise NormtoolError(f"{origin}: {key}: {path} is {'no folder' if folders else 'a folder'}; correct the path")


def _numbers(version: str) -> tuple[int, ...]:
    """Give the release numbers of a version, without trailing zeros, so that 1.0 and 1 are equal."""
    numbers = [int(number) for number in re.findall(r"\d+", version)[:4]]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _holds(have: tuple[int, ...], comparison: str, want: tuple[int, ...]) -> bool:
    order = (have > want) - (have < want)
    return order in {"==": (0,), "!=": (-1, 1), ">=": (0, 1), "<=": (-1, 0), ">": (1,), "<": (-1,)}[comparison]
