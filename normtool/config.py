"""Finds and reads the configuration, and makes a file's settings from it and from the command line.

``.normtool.toml`` goes before ``normtool.toml``, and that before ``[tool.normtool]`` in ``pyproject.toml``. The file nearest
to a document, in its folder or one above, holds alone: files are not merged. What the command line says goes before it.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool.model import NormtoolError, Settings
from normtool.patterns import Patterns, matches
from normtool.values import (
    nearest,
    refuse_codes,
    refuse_encoding,
    refuse_packs,
    refuse_paths,
    refuse_schemas,
    refuse_type,
    refuse_version,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema_rs import ValidationError

_MARKDOWN = (".md", ".markdown")
_PROJECT = "pyproject.toml"
_NAMES = (".normtool.toml", "normtool.toml", _PROJECT)
_DEFAULT_INCLUDE = ("*.txt", "*.md")
_DEFAULT_EXCLUDE = (
    *(".git", ".hg", ".svn", ".venv", ".tox", ".nox", ".mypy_cache", ".pytest_cache", ".ruff_cache"),
    *("__pycache__", "node_modules", "site-packages"),
)

Value = bool | str | tuple[str, ...] | tuple[tuple[str, str | tuple[str, ...]], ...] | None
"""A setting's value; lists are tuples, and a table is a tuple of its pairs in their order."""


class Setting(NamedTuple):
    """A value and where it was set: a file, ``command line``, an environment variable, or ``default``."""

    value: Value
    origin: str = "default"
    base: Path = Path()


class Overrides(NamedTuple):
    """What the command line sets: pairs of key and value, only for options that were given, and where to look for a file."""

    given: tuple[tuple[str, Value], ...] = ()
    config: Path | None = None
    isolated: bool = False
    environment: tuple[tuple[str, str], ...] = ()
    """Pairs of key and variable name for the values in ``given`` that come from the environment."""


class Config(NamedTuple):
    """What holds for the files of one folder."""

    settings: Settings
    include: Patterns
    exclude: Patterns
    extend_exclude: Patterns
    force_exclude: bool
    respect_gitignore: bool
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...]
    per_file_types: tuple[tuple[str, str], ...]
    base: Path
    strict: bool
    output_format: str
    terms_file: Path | None = None
    """The list of words in ``protected-terms-file`` (absolute), which is no document whatever its name."""


DEFAULTS: Mapping[str, Value] = {
    "type": None,
    "encoding": None,
    "include": _DEFAULT_INCLUDE,
    "exclude": _DEFAULT_EXCLUDE,
    "extend-exclude": (),
    "force-exclude": False,
    "respect-gitignore": True,
    "select": (),
    "ignore": (),
    "per-file-ignores": (),
    "per-file-types": (),
    "chrome": (),
    "schemas": (),
    "script": "auto",
    "protected-terms": (),
    "protected-terms-file": None,
    "taiwan-vocabulary": False,
    "unsafe": False,
    "allow-lossy": False,
    "strict": False,
    "output-format": "full",
    "required-version": None,
}


@cache
def configure(folder: Path, overrides: Overrides) -> Config:
    """Give the configuration for the files of ``folder`` (absolute); raises NormtoolError for a faulty file or value."""
    return _build(resolve(folder, overrides))


def resolve(folder: Path, overrides: Overrides) -> dict[str, Setting]:
    """Give every key's value for the files of ``folder`` (absolute), and where it was set."""
    cwd = Path.cwd()
    out = {key: Setting(value, "default", cwd) for key, value in DEFAULTS.items()}
    file = None if overrides.isolated else overrides.config or _nearest(folder)
    if file is not None:
        loaded = _load(file)
        if loaded is None:
            raise NormtoolError(f"{file}: has no table [tool.normtool]; add one, or name another file with --config")
        out |= {key: Setting(value, str(file), file.absolute().parent) for key, value in loaded}
    variables = dict(overrides.environment)
    out |= {key: Setting(value, variables.get(key, "command line"), cwd) for key, value in overrides.given}
    return out


@cache
def _nearest(folder: Path) -> Path | None:
    """Find the configuration file that holds for a folder: its own, or that of the nearest folder above."""
    for name in _NAMES:
        file = folder / name
        if _is_file(file) and _load(file) is not None:
            return file
    return None if folder.parent == folder else _nearest(folder.parent)


def _is_file(file: Path) -> bool:
    """Tell whether there is such a file; in a folder that may not be entered there is none for this user."""
    try:
        return file.is_file()
    except PermissionError:
        return False


@cache
def _load(file: Path) -> tuple[tuple[str, Value], ...] | None:
    """Read and check a configuration file; None stands for a ``pyproject.toml`` that has no table for normtool."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise NormtoolError(f"{file}: cannot be read: {error.strerror}; check the path and its permissions") from error
    if file.name != _PROJECT:
        table = _parse(file, data)
    elif b"normtool" not in data:  # most projects; not parsing it saves the import
        return None
    else:
        tools = _parse(file, data).get("tool")
        if not isinstance(tools, dict) or "normtool" not in tools:
            return None
        table = tools["normtool"]
    _validate(file, table)
    return tuple((key, _frozen(value)) for key, value in table.items())


def _parse(file: Path, data: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NormtoolError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise NormtoolError(f"{file}: not valid TOML: {error}") from error


def _frozen(value: Any) -> Value:
    if isinstance(value, dict):
        return tuple((key, tuple(item) if isinstance(item, list) else item) for key, item in value.items())
    return tuple(value) if isinstance(value, list) else value


def _validate(file: Path, table: Any) -> None:
    """Check a table with the shipped JSON Schema; raises NormtoolError for the first fault, with file, key and remedy."""
    import json

    import jsonschema_rs

    from normtool.catalog import data_bytes

    schema = json.loads(data_bytes("config.schema.json"))
    if not isinstance(table, dict):
        raise NormtoolError(f"{file}: tool.normtool is no table; write [tool.normtool]")
    for key in table:
        if key == "tool" and file.name != _PROJECT:
            raise NormtoolError(f"{file}: [tool.normtool] belongs into {_PROJECT}; leave the header out here")
        if key not in schema["properties"]:
            raise NormtoolError(
                f"{file}: unknown key {key!r}{nearest(key, schema['properties']) or '; `normtool config --isolated` lists the keys'}"
            )
    for key, codes in _codes_in(table):
        refuse_codes(str(file), key, codes)
    for error in jsonschema_rs.validator_for(schema).iter_errors(json.loads(json.dumps(table, default=_no_json))):
        key = ".".join(str(part) for part in error.instance_path)
        about = schema["properties"][str(error.instance_path[0])]["description"] if error.instance_path else ""
        raise NormtoolError(f"{file}: {key}: {_fault(error)}. {about}".rstrip())


def _fault(error: ValidationError) -> str:
    """Say what is wrong with a value; of a form that it has not, the description of the key tells more than a regular expression."""
    import json

    is_form = bool(error.schema_path) and error.schema_path[-1] == "pattern"
    return f"{json.dumps(error.instance, ensure_ascii=False)} is not of the form wanted" if is_form else error.message


def _no_json(value: object) -> dict[str, str]:
    """Give what no key takes for a day or a time of TOML, which JSON does not have."""
    return {"day or time": str(value)}


def _codes_in(table: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Give the keys of a table that list codes of rules, as far as they are well formed; the schema is asked about the others."""
    lists = [(key, table.get(key)) for key in ("select", "ignore")]
    per_file = table.get("per-file-ignores")
    lists += [("per-file-ignores", codes) for codes in per_file.values()] if isinstance(per_file, dict) else []
    for key, codes in lists:
        if isinstance(codes, list) and all(isinstance(code, str) for code in codes):
            yield key, codes


def _build(values: dict[str, Setting]) -> Config:
    """Make the configuration from resolved values; raises NormtoolError for a value that means nothing."""
    _refuse_nonsense(values)
    raw: dict[str, Any] = {key: setting.value for key, setting in values.items()}
    terms = _path(values["protected-terms-file"])
    settings = Settings(
        document_type=raw["type"],
        encoding=raw["encoding"],
        script=raw["script"],
        protected_terms=(*raw["protected-terms"], *_terms(terms, values["protected-terms-file"].origin)),
        taiwan_vocabulary=raw["taiwan-vocabulary"],
        select=raw["select"],
        ignore=raw["ignore"],
        unsafe=raw["unsafe"],
        allow_lossy=raw["allow-lossy"],
        chrome_packs=_paths(values["chrome"]),
        schema_dirs=_paths(values["schemas"]),
    )
    include, exclude, extend = (Patterns(raw[key], values[key].base) for key in ("include", "exclude", "extend-exclude"))
    return Config(
        settings=settings,
        include=include,
        exclude=exclude,
        extend_exclude=extend,
        force_exclude=raw["force-exclude"],
        respect_gitignore=raw["respect-gitignore"],
        per_file_ignores=raw["per-file-ignores"],
        per_file_types=raw["per-file-types"],
        base=values["per-file-types"].base if raw["per-file-types"] else values["per-file-ignores"].base,
        strict=raw["strict"],
        output_format=raw["output-format"],
        terms_file=terms,
    )


def _refuse_nonsense(values: dict[str, Setting]) -> None:
    """Refuse values that mean nothing, once and not for every file."""
    wanted, encoding, forced = values["required-version"], values["encoding"], values["type"]
    if wanted.value is not None:
        refuse_version(wanted.origin, str(wanted.value))
    for key in ("select", "ignore"):
        refuse_codes(values[key].origin, key, _texts(values[key]))
    for key, folders in (("chrome", False), ("schemas", True)):
        refuse_paths(values[key].origin, key, _paths(values[key]), folders=folders)
    refuse_schemas(values["schemas"].origin, _paths(values["schemas"]))
    refuse_packs(values["chrome"].origin, _paths(values["chrome"]))
    per_file = values["per-file-types"]
    types = [(str(pair[1]), per_file.origin) for pair in per_file.value or ()]  # type: ignore[union-attr]
    for name, origin in [(str(forced.value), forced.origin), *types] if forced.value is not None else types:
        refuse_type(origin, name, _paths(values["schemas"]))
    if encoding.value is not None:
        refuse_encoding(encoding.origin, str(encoding.value))


def settings_for(config: Config, path: Path) -> Settings:
    """Give the settings of one file: those of its folder, with what ``per-file-ignores`` and ``per-file-types`` add."""
    settings = config.settings
    if path.suffix.lower() in _MARKDOWN:
        settings = settings._replace(markdown=True)
    if not (config.per_file_ignores or config.per_file_types):
        return settings
    place = path.absolute()
    ignored = tuple(
        code
        for pattern, codes in config.per_file_ignores
        if matches(Patterns((pattern,), config.base), place, parents=True)
        for code in codes
    )
    types = (name for pattern, name in config.per_file_types if matches(Patterns((pattern,), config.base), place, parents=True))
    document_type = settings.document_type or next(types, None)
    return settings._replace(ignore=(*settings.ignore, *ignored), document_type=document_type)


def _paths(setting: Setting) -> tuple[str, ...]:
    """Give the absolute paths of a key, relative to where it was set."""
    return tuple(str(setting.base / name) for name in _texts(setting))


def _texts(setting: Setting) -> tuple[str, ...]:
    return tuple(map(str, setting.value)) if isinstance(setting.value, tuple) else ()


def _path(setting: Setting) -> Path | None:
    """Give the absolute path of a key that names one file."""
    return None if setting.value is None else Path(os.path.normpath(setting.base.absolute() / str(setting.value)))


def _terms(file: Path | None, origin: str) -> tuple[str, ...]:
    """Read a file of words, one a line, with remarks behind #."""
    if file is None:
        return ()
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise NormtoolError(
            f"{origin}: protected-terms-file: {file} cannot be read: {error.strerror}; correct the path"
        ) from error
    except UnicodeDecodeError as error:
        raise NormtoolError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    words = (line.partition("#")[0].strip() for line in lines)
    return tuple(word for word in words if word)
