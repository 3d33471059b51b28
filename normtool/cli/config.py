"""``normtool config``."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from normtool import files
from normtool.cli.options import from_environment
from normtool.cli.streams import emit
from normtool.config import Overrides, Setting, configure, resolve
from normtool.model import NormtoolError


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
        record = {key: {"value": _plain(setting), "origin": setting.origin} for key, setting in settings.items()}
        emit(f"{json.dumps(record, ensure_ascii=False, indent=2)}\n")
        return
    emit(
        "".join(
            f"{key} = {json.dumps(_plain(setting), ensure_ascii=False)}  # {setting.origin}\n"
            for key, setting in settings.items()
        )
    )


def _plain(setting: Setting) -> object:
    """Give a value as it stands in a configuration file."""
    value = setting.value
    return dict(value) if isinstance(value, tuple) and any(isinstance(pair, tuple) for pair in value) else value  # type: ignore[arg-type]
