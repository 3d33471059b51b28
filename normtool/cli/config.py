"""``normtool config``."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from normtool import files
from normtool.cli.options import from_environment
from normtool.cli.streams import emit
from normtool.config import Overrides, Setting, Value, configure, resolve
from normtool.model import NormtoolError
from normtool.results import shown


def command(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="[PATH]", help="The file or folder in question [default: this folder].", show_default=False),
    ] = None,
    config: Annotated[Path | None, typer.Option(metavar="PATH", help="Use this configuration file and no other.")] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Use no configuration file.")] = False,
    output_format: Annotated[Literal["text", "json"], typer.Option(help="Form of the output.")] = "text",
) -> None:
    """Show the settings that hold for a file or folder, and where each was set."""
    if path is not None and files.identity(path) is None:
        raise NormtoolError(f"{path}: no such file or folder; check the spelling")
    place = (path or Path()).absolute()
    folder = place if place.is_dir() else place.parent
    overrides = from_environment(Overrides(config=config, isolated=isolated), folder)
    configure(folder, overrides)
    settings = {key: setting for key, setting in resolve(folder, overrides).items() if key not in {"type", "encoding"}}
    if output_format == "json":
        record = {key: {"value": _plain(key, setting.value), "origin": setting.origin} for key, setting in settings.items()}
        emit(f"{json.dumps(record, ensure_ascii=False, indent=2)}\n")
        return
    emit("".join(_line(key, setting) for key, setting in settings.items()))


def _plain(key: str, value: Value) -> object:
    """Give a value as JSON has it; a table is an object, an empty one as well."""
    return dict(value) if key.startswith("per-file-") and isinstance(value, tuple) else value  # type: ignore[arg-type]


def _line(key: str, setting: Setting) -> str:
    """Give a setting as a line of a configuration file; one without a value, for which TOML has no word, as a remark."""
    if setting.value is None:
        return f"# {key} is not set\n"
    return f"{key} = {_toml(_plain(key, setting.value))}  # {shown(setting.origin)}\n"


def _toml(value: object) -> str:
    """Give a value in TOML, which writes all but tables as JSON does."""
    if isinstance(value, dict):
        pairs = ", ".join(f"{_toml(name)} = {_toml(item)}" for name, item in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
