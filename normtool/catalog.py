"""Finds and loads what ships with normtool: ``data/`` inside the package, and ``schemas/``.

``schemas/`` stands beside the package in a checkout and inside it in a wheel; both are looked for, the wheel's first.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normtool.model import NormtoolError

if TYPE_CHECKING:
    from normtool.chromepack import Pack

_HERE = Path(__file__).resolve().parent


def data_file(name: str) -> Path:
    """Give the path of a file under ``data/``; raises NormtoolError when the installation lacks it."""
    path = _HERE / "data" / name
    if not path.exists():
        raise NormtoolError(f"{path}: missing from the installation; install normtool again")
    return path


def data_bytes(name: str) -> bytes:
    """Read a file under ``data/``; raises NormtoolError when the installation lacks it."""
    return data_file(name).read_bytes()


@cache
def data_table(name: str) -> dict[str, Any]:
    """Give the content of a TOML file under ``data/``, as ``scripts/build_data.py`` put it into ``tables.json``.

    Raises NormtoolError when the installation lacks it.
    """
    return _tables()[name]


@cache
def _tables() -> dict[str, dict[str, Any]]:
    import json

    tables: dict[str, dict[str, Any]] = json.loads(data_bytes("tables.json"))
    return tables


@cache
def schema_folder() -> Path:
    """Give the folder of the shipped schemas; raises NormtoolError when the installation lacks it."""
    for folder in (_HERE / "schemas", _HERE.parent / "schemas"):
        if folder.is_dir():
            return folder
    raise NormtoolError(f"{_HERE / 'schemas'}: missing from the installation; install normtool again")


@cache
def chrome_packs(paths: tuple[str, ...]) -> tuple[Pack, ...]:
    """Load the shipped chrome packs and then the user's (absolute paths).

    Raises NormtoolError that names the file, the place and the remedy when a pack cannot be read.
    """
    return (*shipped_packs(), *(_user_pack(Path(path)) for path in paths))


@cache
def shipped_packs() -> tuple[Pack, ...]:
    """Load the shipped chrome packs as ``scripts/build_data.py`` has written them: reading the TOML files would take longer than many a run."""
    import json

    from normtool.chromepack import read_pack

    tables = json.loads(data_bytes("chrome/packs.json"))
    return tuple(read_pack(name, table, trusted=True) for name, table in tables.items())


def pack_sources() -> dict[str, str]:
    """Give the text of every shipped chrome pack by its file name: with the examples, which ``shipped_packs`` lacks."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(data_file("chrome").glob("*.toml"))}


def page_tables(paths: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Read what says where documents stand in saved pages, by the name of its file: what ships first, then the user's packs (absolute paths).

    Raises NormtoolError as ``chrome_packs`` does.
    """
    shipped = sorted(data_file("pages").glob("*.toml"))
    return {str(path): _user_table(path)[0] for path in (*shipped, *map(Path, paths))}


def _user_pack(path: Path) -> Pack:
    from normtool.chromepack import read_pack

    table, source = _user_table(path)
    return read_pack(str(path), table, source=source)


def pack_source(path: str) -> str:
    """Give the text of a user's pack (absolute path), for places in it; raises NormtoolError as ``chrome_packs`` does."""
    return _user_table(Path(path))[1]


def _user_table(path: Path) -> tuple[dict[str, Any], str]:
    """Read a user's pack: as a table, and as it is written."""
    import tomllib

    try:
        source = path.read_text(encoding="utf-8-sig")
        table = tomllib.loads(source)
    except OSError as error:
        raise NormtoolError(
            f"{path}: the chrome pack cannot be read: {error.strerror}; make it readable, or leave it out of `chrome`"
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NormtoolError(f"{path}: the chrome pack is no TOML in UTF-8: {error}") from None
    return table, source


def schema_files(folders: tuple[str, ...] = ()) -> dict[str, Path]:
    """Give the schema file of every document type: the shipped ones, then those in the user's ``folders``, which go before."""
    return {
        file.name.removesuffix(".schema.json"): file
        for folder in (schema_folder(), *map(Path, folders))
        for file in sorted(folder.glob("*.schema.json"))
    }


@cache
def schemas(folders: tuple[str, ...] = ()) -> dict[str, dict[str, Any]]:
    """Load every schema (see ``schema_files``) by its type's name.

    Raises NormtoolError for a file that is no JSON object, and for a user's whose cues of recognition are not well formed.
    """
    shipped = schema_folder()
    tables = {name: (path, _schema(path)) for name, path in schema_files(folders).items()}
    for name, (path, table) in tables.items():
        if path.parent != shipped:
            if name in _SHARED:
                raise NormtoolError(f"{path}: {name} is the name of a schema that the types share; choose another")
            _check_cues(path, table.get("x-normtool", {}))
    return {name: table for name, (_, table) in tables.items()}


_CUES = ("title", "never", "lead", "untitled")
_PARTS = frozenset({"addressed", "cppcc-proposal", "npc-suggestion", "plan", "signed", "signed-in-title"})
"""What a type can ask for: that ``structure`` reads more of its documents, or that ``checks`` miss an addressee or a sign-off."""
_SHARED = frozenset({"document", "proposal-reply", "findings"})
"""Schemas that the types are made of, or that are no type; another in their place would change all of them."""


def _check_cues(path: Path, cues: object) -> None:
    """Refuse cues that would recognize nothing, or every document: unknown keys, patterns that are none, a rule without a title."""
    if not isinstance(cues, dict) or not isinstance(cues.get("rules", []), list):
        raise NormtoolError(f'{path}: x-normtool is not of the form {{"order": 5, "rules": [{{"title": ["纪要$"]}}]}}')
    if type(cues.get("order", 0)) is not int:
        raise NormtoolError(f"{path}: x-normtool/order is no whole number")
    if unknown := sorted(set(cues) - {"order", "rules", "parts"}):
        raise NormtoolError(f"{path}: x-normtool/{unknown[0]}: unknown key; order, rules and parts are known")
    parts = cues.get("parts", [])
    if not isinstance(parts, list) or not set(map(str, parts)) <= _PARTS:
        raise NormtoolError(f"{path}: x-normtool/parts is no list of {', '.join(sorted(_PARTS))}")
    for number, rule in enumerate(cues.get("rules", [])):
        place = f"{path}: x-normtool/rules/{number}"
        if not isinstance(rule, dict) or not (rule.get("title") or rule.get("untitled")):
            raise NormtoolError(f"{place}: a rule needs patterns of a title, or of an untitled text")
        for key, patterns in rule.items():
            if key not in _CUES:
                raise NormtoolError(f"{place}/{key}: unknown key; {', '.join(_CUES)} are known")
            _check_patterns(f"{place}/{key}", patterns)


def _check_patterns(place: str, patterns: object) -> None:
    import re

    if not isinstance(patterns, list) or not all(isinstance(pattern, str) for pattern in patterns):
        raise NormtoolError(f"{place}: not a list of patterns")
    for pattern in patterns:
        try:
            compiled = re.compile(pattern)
        except re.error as error:
            raise NormtoolError(f"{place}: {pattern} is no regular expression: {error}") from None
        if compiled.search(""):
            raise NormtoolError(f"{place}: {pattern!r} is found in every text; say what a text of this type has")


def _schema(path: Path) -> dict[str, Any]:
    import json

    try:
        schema = json.loads(path.read_bytes())
    except OSError as error:
        raise NormtoolError(f"{path}: the schema cannot be read: {error.strerror}; make it readable, or take it away") from None
    except ValueError as error:
        raise NormtoolError(f"{path}: the schema is no JSON: {error}") from None
    if not isinstance(schema, dict):
        raise NormtoolError(f"{path}: the schema is no JSON object")
    return schema
