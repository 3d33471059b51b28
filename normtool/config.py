"""Finds and reads the configuration, and makes a file's settings from it and from the command line.

``.normtool.toml`` goes before ``normtool.toml``, and that before ``[tool.normtool]`` in ``pyproject.toml``. The file nearest
to a document, in its folder or one above, holds alone: files are not merged. What the command line says goes before it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool.model import NormtoolError, Settings
from normtool.patterns import Patterns, matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MARKDOWN = (".md", ".markdown")
_NAMES = (".normtool.toml", "normtool.toml", "pyproject.toml")
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
        raise NormtoolError(f"{file}: cannot be read: {error.strerror}") from error
    if file.name != "pyproject.toml":
        table = _parse(file, data)
    elif b"normtool" not in data:  # most projects; not parsing it saves the import
        return None
    else:
        table = _parse(file, data).get("tool", {}).get("normtool")
    if table is None:
        return None
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
        if key not in schema["properties"]:
            raise NormtoolError(f"{file}: unknown key {key!r}{nearest(key, schema['properties'])}")
    for error in jsonschema_rs.validator_for(schema).iter_errors(json.loads(json.dumps(table, default=str))):
        key = ".".join(str(part) for part in error.instance_path)
        about = schema["properties"][str(error.instance_path[0])]["description"] if error.instance_path else ""
        raise NormtoolError(f"{file}: {key}: {error.message}. {about}".rstrip())


def nearest(word: str, known: Iterable[str]) -> str:
    """Give ``; did you mean X?`` for the known word most like ``word``, or an empty string when none is."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""


def _build(values: dict[str, Setting]) -> Config:
    """Make the configuration from resolved values; raises NormtoolError for a value that means nothing."""
    _check_version(values["required-version"])
    for key in ("select", "ignore"):
        _check_rules(key, values[key])
    _check_type(values)
    _check_encoding(values["encoding"])
    raw: dict[str, Any] = {key: setting.value for key, setting in values.items()}
    settings = Settings(
        document_type=raw["type"],
        encoding=raw["encoding"],
        script=raw["script"],
        protected_terms=(*raw["protected-terms"], *_terms(values["protected-terms-file"])),
        taiwan_vocabulary=raw["taiwan-vocabulary"],
        select=raw["select"],
        ignore=raw["ignore"],
        unsafe=raw["unsafe"],
        allow_lossy=raw["allow-lossy"],
        chrome_packs=_paths("chrome", values["chrome"]),
        schema_dirs=_paths("schemas", values["schemas"]),
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
    )


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


def _paths(key: str, setting: Setting) -> tuple[str, ...]:
    """Give the absolute paths of a key, relative to where it was set."""
    paths = tuple(setting.base / str(name) for name in setting.value or ())  # type: ignore[union-attr]
    for path in paths:
        if not path.exists():
            raise NormtoolError(f"{setting.origin}: {key}: {path} does not exist; correct the path")
    return tuple(str(path) for path in paths)


def _terms(setting: Setting) -> tuple[str, ...]:
    """Read a file of words, one a line, with remarks behind #; its path is relative to where it was set."""
    if setting.value is None:
        return ()
    file = setting.base / str(setting.value)
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise NormtoolError(
            f"{setting.origin}: protected-terms-file: {file} cannot be read: {error.strerror}; correct the path"
        ) from error
    except UnicodeDecodeError as error:
        raise NormtoolError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    words = (line.partition("#")[0].strip() for line in lines)
    return tuple(word for word in words if word)


def _check_rules(key: str, setting: Setting) -> None:
    """Refuse codes that begin no rule's code: a misspelt code would silently do nothing."""
    from normtool.rulebook import RULES

    for code in setting.value or ():  # type: ignore[union-attr]
        prefix = str(code).partition(":")[0]
        if not any(rule.startswith(prefix) for rule in RULES):
            near = nearest(prefix, {*RULES, *(rule[:3] for rule in RULES)})
            raise NormtoolError(
                f"{setting.origin}: {key}: no rule begins with {code!r}{near or '; `normtool rule` lists them'}"
            )


def _check_type(values: dict[str, Setting]) -> None:
    """Refuse a document type that has no schema, and at once and not for every file a user's schema that cannot be used."""
    tables = [(values["type"].value, values["type"].origin)]
    tables += [(pair[1], values["per-file-types"].origin) for pair in values["per-file-types"].value or ()]  # type: ignore[union-attr]
    wanted = [(str(name), origin) for name, origin in tables if name is not None]
    if not wanted and not values["schemas"].value:
        return
    from normtool.catalog import schemas

    every = schemas(_paths("schemas", values["schemas"]))
    known = [name for name, schema in every.items() if "x-normtool" in schema]  # the others are what the types share
    for name, origin in wanted:
        if name not in known:
            raise NormtoolError(
                f"{origin}: unknown document type {name!r}{nearest(name, known) or '; `normtool schema` lists them'}"
            )


def _check_encoding(setting: Setting) -> None:
    """Refuse an encoding that normtool does not know, once and not for every file."""
    if setting.value is not None:
        from normtool.decode.charsets import canonical

        canonical(str(setting.value))


def _check_version(setting: Setting) -> None:
    if setting.value is None:
        return
    from normtool import __version__

    for part in str(setting.value).split(","):
        found = re.fullmatch(r"\s*(==|!=|>=|<=|>|<)?\s*([\d.]+)\s*", part)
        if found and not _holds(_numbers(__version__), found[1] or "==", _numbers(found[2])):
            raise NormtoolError(
                f"{setting.origin}: required-version: wants {setting.value}, this is normtool {__version__}; install a version that fits"
            )


def _numbers(version: str) -> tuple[int, ...]:
    """Give the release numbers of a version, without trailing zeros, so that 1.0 and 1 are equal."""
    numbers = [int(number) for number in re.findall(r"\d+", version)[:4]]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _holds(have: tuple[int, ...], comparison: str, want: tuple[int, ...]) -> bool:
    order = (have > want) - (have < want)
    return order in {"==": (0,), "!=": (-1, 1), ">=": (0, 1), "<=": (-1, 0), ">": (1,), "<": (-1,)}[comparison]
