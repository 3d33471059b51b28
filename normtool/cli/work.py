"""What the commands on files have in common: from a session to results, and from troubles to messages."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from normtool import files
from normtool.cli.progress import Progress, wanted
from normtool.cli.streams import complain, emit, is_terminal, read_input
from normtool.config import configure, settings_for
from normtool.ending import heeding_termination
from normtool.model import NormtoolError
from normtool.parallel import each
from normtool.results import Trouble, shown
from normtool.runner import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from normtool.cli.options import Session
    from normtool.runner import Aim

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
Troubles = list[Trouble]
_PAGE_SUFFIXES = {".html", ".htm", ".shtml", ".xhtml"}


def is_single(session: Session) -> bool:
    """Tell whether one document was named; a folder counts as many, however many are in it."""
    return len(session.paths) == 1 and not files.is_folder(session.paths[0])


def required_paths(session: Session) -> None:
    """Refuse a command line without a path."""
    if not session.paths:
        raise NormtoolError("nothing to work on; name files or folders, or - for standard input")


def tasks(
    session: Session, *, aim: Aim = "print", output_dir: Path | None = None, report: Path | None = None
) -> Iterator[Task | Trouble]:
    """Give a task for every file of the session.

    With ``output_dir``, its result goes there under the same name, a page's as .txt; one that would go over a document of the session
    is a Trouble. ``report`` is a file that is going to be written; raises NormtoolError, before the first task, when that is a document,
    and for what the command line says wrongly: a faulty configuration of one folder stops no other.
    """
    configure(Path.cwd(), session.overrides._replace(isolated=session.overrides.config is None))
    _refuse_dash(output_dir, report)
    if report is not None:
        _refuse_report(session, report)
    outputs: dict[Path, str] = {}
    documents: set[tuple[int, int]] | None = None
    for found in files.choose(session.paths, session.overrides, stdin_name=session.stdin_name, skip=output_dir):
        if isinstance(found, Trouble):
            yield found
            continue
        is_stdin = found.path == files.STDIN
        name = str(session.stdin_name or "-") if is_stdin else str(found.path)
        settings = settings_for(found.config, session.stdin_name or found.path if is_stdin else found.path)
        output = output_dir and output_dir / _text_name(found.inside)
        if output is not None and outputs.setdefault(output, name) != name:
            yield Trouble(
                name,
                f"{output} already takes the result of {outputs[output]}; nothing written. Choose another --output-dir for one of them",
            )
            continue
        if output is not None and (there := files.identity(output)):
            if (
                documents is None
            ):  # looked up only where something is there: a fresh folder of results needs no list of all documents
                documents = _documents(session, output_dir)
            if there in documents:
                yield Trouble(
                    name,
                    f"{output} is one of the documents; nothing written. Choose another --output-dir, or replace them with --write",
                )
                continue
        yield Task(name, found.path, settings, read_input() if is_stdin else None, aim, output, strict=found.config.strict)


def _documents(session: Session, output_dir: Path | None) -> set[tuple[int, int]]:
    """Give the identities of the files to work on."""
    chosen = files.choose(session.paths, session.overrides, stdin_name=session.stdin_name, skip=output_dir)
    found = (files.identity(each.path) for each in chosen if not isinstance(each, Trouble) and each.path != files.STDIN)
    return {identity for identity in found if identity}


def _refuse_report(session: Session, report: Path) -> None:
    """Raise NormtoolError where a file that is going to be written is one of the documents.

    It might be a report of the last time; that cannot be told from a document, which would be lost.
    """
    if any(files.is_same(path, report) for path in session.paths):
        raise NormtoolError(f"{report}: would be written over with the result; name another file for that")
    there = files.identity(report)
    if there and any(map(files.is_folder, session.paths)) and there in _documents(session, None):
        raise NormtoolError(
            f"{report}: is one of the documents, and would be written over with the result; give that another name or another folder"
        )


def _refuse_dash(output_dir: Path | None, report: Path | None) -> None:
    """Raise NormtoolError for a result named ``-``: who writes so means standard output, and would find a file of that name."""
    if files.STDIN in (output_dir, report):
        raise NormtoolError("- is no place to write to; leave the option out, and the result goes to standard output")


def _text_name(path: Path) -> Path:
    """Give the name of a document's clean text: that of a saved page ends in .txt, every other stays."""
    return path.with_suffix(".txt") if path.suffix.lower() in _PAGE_SUFFIXES else path


def results(
    session: Session,
    work: Callable[[_Item], _Result | Trouble],
    todo: Iterator[_Item],
    troubles: Troubles,
    *,
    data: bool = False,
) -> Iterator[_Result]:
    """Work on every task and give the results in their order; what went wrong is told at once and added to ``troubles``.

    A bar tells a person how far the work is; ``data`` tells that standard output gets what a program reads.
    """
    todo, progress = _watched(session, todo, data=data)
    with progress:
        for number, result in enumerate(each(work, todo, session.jobs), 1):
            progress.reach(number)
            if isinstance(result, Trouble):
                troubles.append(result)
                complain(f"{shown(result.filename)}: {result.message}")
                if session.verbose and result.trace:
                    complain(result.trace.rstrip())
            else:
                yield result


def _watched(session: Session, todo: Iterator[_Item], *, data: bool) -> tuple[Iterator[_Item], Progress]:
    """Give the tasks and the bar for them; they are counted beforehand only where the bar is seen."""
    if session.quiet or is_single(session) or not wanted(data=data):
        return todo, Progress(0, "files")
    counted = list(todo)
    return iter(counted), Progress(len(counted), "files")


def deliver(pieces: Iterable[str], output_file: Path | None) -> None:
    """Write pieces as they come: to standard output, or to a file, which has its name when the last one is in it."""
    if output_file is not None:
        with heeding_termination():
            files.write(output_file, (piece.encode("utf-8", "backslashreplace") for piece in pieces))
        return
    for piece in pieces:
        emit(piece)


def show_files(todo: Iterator[Task | Trouble]) -> int:
    """List the files of a session instead of working on them."""
    status = 0
    for task in todo:
        if isinstance(task, Trouble):
            complain(f"{shown(task.filename)}: {task.message}")
            status = 2
        else:
            emit_name(task.filename)
    return status


def emit_name(filename: str) -> None:
    """Print a file's name on a line of its own: as it is for a program, and for a terminal without what that would act upon.

    A program gets the very bytes, as a name need not be UTF-8.
    """
    emit(f"{shown(filename)}\n" if is_terminal(sys.stdout) else os.fsencode(filename) + b"\n")


def remark(session: Session, filename: str, note: str) -> None:
    """Tell something that does not fail: where one document was named, or when asked for more."""
    if note and not session.quiet and (session.verbose or is_single(session)):
        complain(f"{shown(filename)}: {note}")
