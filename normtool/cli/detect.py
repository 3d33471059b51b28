"""``normtool detect``."""

import json
import sys
from functools import partial
from typing import Annotated, Any, Literal

import typer

from normtool import runner
from normtool.cli import work
from normtool.cli.options import Session, on_files
from normtool.cli.streams import colours_on, emit, is_terminal
from normtool.report import table


@partial(on_files, unlisted=("select", "ignore", "script", "unsafe"))
def command(
    session: Session,
    *,
    output_format: Annotated[
        Literal["table", "json"], typer.Option(help="json gives one object a line, with the evidence.")
    ] = "table",
) -> int:
    """Tell the encoding, damage, script and type of documents, with the evidence.

    The exit status is 1 when the bytes of a document were refused or are damaged.
    """
    work.required_paths(session)
    todo = work.tasks(session)
    if session.show_files:
        return work.show_files(todo)
    troubles = work.Troubles()
    faulty = 0
    rows: list[dict[str, Any]] = []
    for detected in work.results(session, runner.detect, todo, troubles, data=output_format == "json"):
        faulty += detected.facts["encoding"] is None or bool(detected.facts["damage"])
        if output_format == "json":
            emit(f"{json.dumps(detected.facts, ensure_ascii=False)}\n")
        else:
            rows.append(detected.facts)
    if rows:
        on_terminal = is_terminal(sys.stdout) and session.colour != "never"
        emit(table.rich_table(rows, colour=colours_on(session.colour)) if on_terminal else table.plain_table(rows))
    return 2 if troubles else 1 if faulty else 0
