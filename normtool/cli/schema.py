"""``normtool schema``."""

import json
from pathlib import Path
from typing import Annotated

import typer

from normtool import catalog
from normtool.cli.streams import emit
from normtool.config import Overrides, configure
from normtool.model import NormtoolError
from normtool.values import nearest


def _names(incomplete: str) -> list[tuple[str, str]]:
    """Give the names that begin so, with their titles, for the shell to offer."""
    from normtool.cli.options import known_schemas

    return [(name, str(schema.get("title", ""))) for name, schema in known_schemas().items() if name.startswith(incomplete)]


def command(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[TYPE]", help="A document type.", show_default=False, autocompletion=_names),
    ] = None,
    config: Annotated[Path | None, typer.Option(metavar="PATH", help="Use this configuration file and no other.")] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Use no configuration file.")] = False,
) -> None:
    """Print the JSON Schema of a document type, or list the types.

    Also printed by name: what the types share, and findings, the form of `normtool check --output-format json`.
    """
    settings = configure(Path.cwd(), Overrides(config=config, isolated=isolated)).settings
    schemas = catalog.schemas(settings.schema_dirs)
    if name is None:
        emit("".join(f"{key}  {schema.get('title', '')}\n" for key, schema in schemas.items() if "x-normtool" in schema))
    elif name in schemas:
        emit(f"{json.dumps(schemas[name], ensure_ascii=False, indent=2)}\n")
    else:
        raise NormtoolError(f"no schema for {name!r}{nearest(name, schemas) or '; `normtool schema` lists them'}")
