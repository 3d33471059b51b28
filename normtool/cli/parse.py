"""``normtool parse``."""

import json
from pathlib import Path
from typing import Annotated

import typer

from normtool import files, runner
from normtool.cli import work
from normtool.cli.options import Session, on_files
from normtool.cli.streams import complain, emit


@on_files
def command(
    session: Session,
    *,
    output_file: Annotated[Path | None, typer.Option(metavar="PATH", help="Write the JSON to a file.")] = None,
) -> int:
    """Read documents as structured data: JSON for one document, JSON Lines for several or a folder.

    The exit status is 0 when a document could be read, whatever `normtool check` finds in it.
    """
    work.required_paths(session)
    todo = work.tasks(session)
    if session.show_files:
        return work.show_files(todo)
    indent = 2 if work.is_single(session) else None
    troubles = work.Troubles()
    refused = 0
    kept = []
    for parsed in work.results(session, runner.parse, todo, troubles):
        if parsed.document is None:
            refused += 1
            complain(f"{parsed.filename}: {parsed.refused}")
            continue
        text = f"{json.dumps(parsed.document, ensure_ascii=False, indent=indent)}\n"
        if output_file is None:
            emit(text)
        else:
            kept.append(text)
    if output_file is not None:
        files.write(output_file, "".join(kept).encode("utf-8", "backslashreplace"))
    return 2 if troubles else 1 if refused else 0
