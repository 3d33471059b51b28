"""``normtool check``."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from normtool import reporting
from normtool.cli import work
from normtool.cli.options import FORMAT_VARIABLE, Session, from_environment, on_files
from normtool.cli.streams import colours_on, complain
from normtool.config import Overrides, configure, resolve
from normtool.model import NormtoolError
from normtool.report import FORMATS, TEXT_FORMATS, framed
from normtool.report.tally import Tally
from normtool.reporting import Reported
from normtool.results import Part
from normtool.values import nearest

_CHOICES = ", ".join(FORMATS)


def _formats(incomplete: str) -> list[str]:
    """Give the output formats that begin so, for the shell to offer."""
    return [name for name in FORMATS if name.startswith(incomplete)]


@on_files
def command(
    session: Session,
    *,
    output_format: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=f"{_CHOICES} [default: full, or ${FORMAT_VARIABLE}].", autocompletion=_formats),
    ] = None,
    output_file: Annotated[Path | None, typer.Option(metavar="PATH", help="Write the findings to a file.")] = None,
    strict: Annotated[bool | None, typer.Option("--strict", help="Let warnings fail too.")] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Do not fail because of findings.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count the findings of each rule.")] = False,
) -> int:
    """List what normalize would change and what is wrong with the documents; write nothing.

    Without a path, the documents below the current folder are checked. A file without hanzi, and an empty one, is no
    document and passes.
    """
    overrides = _with_own(session.overrides, output_format, to_file=output_file is not None, strict=strict)
    config = configure(Path.cwd(), overrides)
    if config.output_format not in FORMATS:
        raise NormtoolError(
            f"{resolve(Path.cwd(), overrides)['output-format'].origin}: unknown output format {config.output_format!r}"
            f"{nearest(config.output_format, FORMATS) or f'; there are {_CHOICES}'}"
        )
    session = session._replace(paths=session.paths or (Path(),), overrides=overrides)
    todo = work.tasks(session, report=output_file)
    if session.show_files:
        return work.show_files(todo)
    tally, troubles = Tally(), work.Troubles()
    colour = colours_on(session.colour) and output_file is None
    orders = (reporting.Order(task, config.output_format, colour) for task in todo)
    data = config.output_format not in TEXT_FORMATS and output_file is None
    parts = _counting(session, work.results(session, reporting.check, orders, troubles, data=data), tally)
    pieces = framed(parts, troubles, config.output_format)
    work.deliver(_counted(pieces, tally) if statistics and config.output_format in TEXT_FORMATS else pieces, output_file)
    if not session.quiet and (tally.files or not troubles):
        _sum_up(tally, statistics=statistics and config.output_format not in TEXT_FORMATS)
    if troubles:
        return 2
    return 1 if tally.failed and not exit_zero else 0


def _with_own(overrides: Overrides, output_format: str | None, *, to_file: bool, strict: bool | None) -> Overrides:
    """Add what only check has; the format may come from the environment."""
    if output_format is None:
        overrides = from_environment(overrides, Path.cwd(), annotate=not to_file)
    own = (("output-format", output_format), ("strict", strict))
    return overrides._replace(given=(*overrides.given, *(pair for pair in own if pair[1] is not None)))


def _counting(session: Session, checked: Iterator[Reported], tally: Tally) -> Iterator[Part]:
    """Give what is printed of every file, count it, and say of those that were not checked why."""
    for each in checked:
        work.remark(session, each.filename, each.note)
        tally.add(each.tally)
        yield each.part


def _counted(pieces: Iterator[str], tally: Tally) -> Iterator[str]:
    """Give the counts in the place of the findings."""
    for _ in pieces:
        pass
    yield from tally.statistics()


def _sum_up(tally: Tally, *, statistics: bool) -> None:
    if statistics and tally.rules:
        complain("".join(tally.statistics()).rstrip("\n"))
    complain(tally.summary())
