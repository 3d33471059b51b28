"""Puts the commands together and runs one.

Only the command that is asked for is imported: a pre-commit hook waits for every import.
"""

from importlib import import_module
from typing import Annotated

import typer

from normtool.cli.streams import emit, finish

COMMANDS = ("check", "normalize", "parse", "detect", "rule", "schema", "config", "learn", "batch")


def run(arguments: list[str]) -> int:
    """Run the command line and give its exit status; raises whatever the command raises, but for faults of usage."""
    app = typer.Typer(
        name="normtool",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    wanted = next((word for word in arguments if not word.startswith("-")), "")
    for name in (wanted,) if wanted in COMMANDS else COMMANDS:
        app.command(name)(import_module(f"normtool.cli.{name}").command)
    status = _invoke(app, arguments)
    finish()
    return status


def _invoke(app: typer.Typer, arguments: list[str]) -> int:
    """Let Typer parse and call; a fault of usage is told in its own words, with exit status 2."""
    try:
        return int(app(args=arguments, prog_name="normtool", standalone_mode=False) or 0)
    except Exception as error:
        if not hasattr(error, "show") or not hasattr(error, "exit_code"):  # Typer's own, which it does not export
            raise
        if str(error):
            error.show()
        return 2


def _version(wanted: bool) -> None:
    if wanted:
        from normtool import __version__

        emit(f"normtool {__version__}\n")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Normalize and check Chinese official documents (公文): faithful, stable, from the terminal.

    Exit status: 0 nothing to report or everything written; 1 the documents' fault; 2 anything else; 130 interrupted.
    """
