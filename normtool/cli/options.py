"""The options that every command on files has, and the session made of them."""

import functools
import inspect
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import typer

from normtool.cli.streams import Colour
from normtool.config import Overrides, Value, configure, resolve
from normtool.model import NormtoolError

FORMAT_VARIABLE = "NORMTOOL_OUTPUT_FORMAT"


class Session(NamedTuple):
    """What the command line says about files, settings and output."""

    paths: tuple[Path, ...]
    stdin_name: Path | None
    overrides: Overrides
    jobs: int | None
    show_files: bool
    quiet: int
    verbose: int
    colour: Colour


def known_schemas() -> dict[str, dict[str, Any]]:
    """Give the schemas that the shell offers: those of the current folder's configuration, or, where that is faulty, the shipped ones."""
    from normtool.catalog import schemas

    try:
        return schemas(configure(Path.cwd(), Overrides()).settings.schema_dirs)
    except NormtoolError:
        return schemas()


def _types(incomplete: str) -> list[tuple[str, str]]:
    """Give the document types that begin so, with their titles."""
    return [
        (name, str(schema.get("title", "")))
        for name, schema in known_schemas().items()
        if name.startswith(incomplete) and "x-normtool" in schema
    ]


TypeOption = Annotated[
    str | None,
    typer.Option(
        "--type",
        metavar="NAME",
        help="Take the documents for this type; `normtool schema` lists them.",
        autocompletion=_types,
    ),
]
SelectOption = Annotated[
    list[str] | None, typer.Option(metavar="CODE,...", help="Only these rules, by code or beginning of a code.")
]
IgnoreOption = Annotated[list[str] | None, typer.Option(metavar="CODE,...", help="Not these rules.")]
ScriptOption = Annotated[
    Literal["auto", "keep", "simplified"] | None, typer.Option(help="Conversion to Simplified characters.", show_default=False)
]
UnsafeOption = Annotated[bool | None, typer.Option("--unsafe", help="Also make changes that are marked unsafe.")]
ConfigOption = Annotated[Path | None, typer.Option(metavar="PATH", help="Use this configuration file and no other.")]
IsolatedOption = Annotated[bool, typer.Option("--isolated", help="Use no configuration file.")]
QuietOption = Annotated[
    int, typer.Option("--quiet", "-q", count=True, metavar="", help="No summary and no remarks.", show_default=False)
]
VerboseOption = Annotated[
    int,
    typer.Option(
        "--verbose", "-v", count=True, metavar="", help="More remarks; tracebacks of internal errors.", show_default=False
    ),
]


def session(
    *,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Files, folders, or - for standard input.", show_default=False),
    ] = None,
    stdin_filename: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Name of what comes from standard input, for messages and configuration."),
    ] = None,
    type_: TypeOption = None,
    encoding: Annotated[str | None, typer.Option(metavar="NAME", help="Take the bytes for this encoding.")] = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    script: ScriptOption = None,
    unsafe: UnsafeOption = None,
    allow_lossy: Annotated[
        bool | None, typer.Option("--allow-lossy", help="Write damaged files, with U+FFFD for broken bytes.")
    ] = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    include: Annotated[
        list[str] | None, typer.Option(metavar="PATTERN", help="Files looked for in folders [default: *.txt *.md].")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(metavar="PATTERN", help="Leave these out, instead of the default list.")
    ] = None,
    extend_exclude: Annotated[list[str] | None, typer.Option(metavar="PATTERN", help="Leave these out too.")] = None,
    force_exclude: Annotated[
        bool | None, typer.Option("--force-exclude", help="Leave excluded files out even if named.")
    ] = None,
    respect_gitignore: Annotated[
        bool | None,
        typer.Option("--respect-gitignore/--no-respect-gitignore", help="Leave out what git ignores.", show_default=False),
    ] = None,
    show_files: Annotated[bool, typer.Option("--show-files", help="List the files that would be worked on, and stop.")] = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes [default: 1 below 64 files, else one a processor]."),
    ] = None,
    quiet: QuietOption = 0,
    verbose: VerboseOption = 0,
    color: Annotated[Colour, typer.Option(help="Colours in the output; auto heeds NO_COLOR and FORCE_COLOR.")] = "auto",
) -> Session:
    """Make a session of the options."""
    if paths and "" in paths:  # an unset variable of the shell; as a path it would mean the current folder
        raise NormtoolError("an empty path; name a file or folder, or . for the current folder")
    values: dict[str, Value] = {
        **treatment(type_=type_, select=select, ignore=ignore, script=script, unsafe=unsafe),
        "encoding": encoding,
        "allow-lossy": allow_lossy,
        "include": _patterns(include),
        "exclude": _patterns(exclude),
        "extend-exclude": _patterns(extend_exclude),
        "force-exclude": force_exclude,
        "respect-gitignore": respect_gitignore,
    }
    return Session(
        tuple(map(Path, paths or ())),
        stdin_filename,
        overriding(values, config, isolated=isolated),
        jobs,
        show_files,
        quiet,
        verbose,
        color,
    )


def treatment(
    *, type_: str | None, select: list[str] | None, ignore: list[str] | None, script: str | None, unsafe: bool | None
) -> dict[str, Value]:
    """Give the settings that say how a document is treated, wherever it comes from."""
    return {"type": type_, "select": _codes(select), "ignore": _codes(ignore), "script": script, "unsafe": unsafe}


def overriding(values: dict[str, Value], config: Path | None, *, isolated: bool) -> Overrides:
    """Give what the command line sets, without the options that were not given; raises NormtoolError for a contradiction."""
    if config is not None and isolated:
        raise NormtoolError("--config and --isolated exclude each other; give one of them")
    return Overrides(tuple((key, value) for key, value in values.items() if value is not None), config, isolated)


def _codes(options: list[str] | None) -> tuple[str, ...] | None:
    """Take comma-separated codes apart; the option may also be repeated."""
    if options is None:
        return None
    return tuple(code.strip() for option in options for code in option.split(",") if code.strip())


def from_environment(overrides: Overrides, folder: Path, *, annotate: bool = True) -> Overrides:
    """Add what environment variables set for ``folder``.

    On GitHub Actions findings become annotations, unless anything else names a format; without ``annotate`` they do not, as in
    a file.
    """
    value = os.environ.get(FORMAT_VARIABLE)
    if value:
        return _with_format(overrides, value, FORMAT_VARIABLE)
    if (
        annotate
        and os.environ.get("GITHUB_ACTIONS") == "true"
        and resolve(folder, overrides)["output-format"].origin == "default"
    ):
        return _with_format(overrides, "github", "GITHUB_ACTIONS")
    return overrides


def _with_format(overrides: Overrides, value: str, variable: str) -> Overrides:
    return overrides._replace(given=(*overrides.given, ("output-format", value)), environment=(("output-format", variable),))


def _patterns(options: list[str] | None) -> tuple[str, ...] | None:
    return None if options is None else tuple(options)


def on_files(command: Callable[..., int]) -> Callable[..., None]:
    """Give a Typer command that has the session's options besides those of ``command``, and ends with the status it gives."""
    shared = inspect.signature(session).parameters
    own = list(inspect.signature(command).parameters.values())[1:]

    @functools.wraps(command)
    def call(**options: Any) -> None:
        mine = {parameter.name: options.pop(parameter.name) for parameter in own}
        raise typer.Exit(command(session(**options), **mine))

    keyword = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*own, *shared.values())]
    call.__signature__ = inspect.Signature(keyword)  # type: ignore[attr-defined]
    del call.__wrapped__  # Typer would read the parameters of `command` alone
    call.__annotations__ = {}
    return call
