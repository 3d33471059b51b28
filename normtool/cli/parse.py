"""``normtool parse``."""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, repeat
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from normtool import runner
from normtool.cli import work
from normtool.cli.options import Session, on_files
from normtool.cli.streams import colours_on, complain, is_terminal
from normtool.results import Parsed, shown


@on_files
def command(
    session: Session,
    *,
    format_: Annotated[
        Literal["json", "text"], typer.Option("--format", "--output-format", help="text gives an outline for people.")
    ] = "json",
    output_file: Annotated[Path | None, typer.Option(metavar="PATH", help="Write the result to a file.")] = None,
) -> int:
    """Read documents as structured data: JSON for one document, JSON Lines for several or a folder; or, for people, an outline.

    A file without hanzi, and an empty one, is no document: among others it is passed over. The exit status is 1 when a document
    could not be read, as its bytes are refused or damaged, or the only file named is no document; what `normtool check` finds
    does not count.
    """
    work.required_paths(session)
    todo = work.tasks(session, report=output_file)
    if session.show_files:
        return work.show_files(todo)
    indent = 2 if work.is_single(session) else None
    troubles = work.Troubles()
    refused: list[str] = []
    as_data = format_ == "json"
    drawn = not as_data and output_file is None and session.colour != "never" and is_terminal(sys.stdout)
    parsed = work.results(session, runner.parse, todo, troubles, data=as_data and output_file is None)
    documents = _documents(session, parsed, refused)
    if as_data:
        texts = (_json(document, indent) for document in documents)
    else:
        gaps = chain(("",), repeat("\n"))
        texts = (next(gaps) + _outline(document, session, drawn=drawn) for document in documents)
    work.deliver(texts, output_file)
    return 2 if troubles else 1 if refused else 0


def _documents(session: Session, parsed: Iterable[Parsed], refused: list[str]) -> Iterator[dict[str, Any]]:
    """Give the documents; of a file without one it is told why, and, where that is its fault, its name added to ``refused``."""
    for each in parsed:
        if each.note and not work.is_single(session):
            work.remark(session, each.filename, each.note)
        elif each.document is None:
            refused.append(each.filename)
            complain(f"{shown(each.filename)}: {each.refused or each.note}")
        else:
            yield each.document


def _json(document: dict[str, Any], indent: int | None) -> str:
    return f"{json.dumps(document, ensure_ascii=False, indent=indent)}\n"


def _outline(document: dict[str, Any], session: Session, *, drawn: bool) -> str:
    """Give the outline: drawn on a terminal, plain lines for anything else."""
    from normtool.report import outline

    return outline.rich_outline(document, colour=colours_on(session.colour)) if drawn else outline.plain_outline(document)
