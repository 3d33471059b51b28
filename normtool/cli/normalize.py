"""``normtool normalize``."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from normtool import files, runner
from normtool.cli import work
from normtool.cli.options import Session, on_files
from normtool.cli.streams import colours_on, complain, emit
from normtool.ending import TerminatedError, heeding_termination
from normtool.model import NormtoolError
from normtool.results import Cleaned, shown
from normtool.runner import Aim


class _Counts(NamedTuple):
    """What was seen so far."""

    seen: int = 0
    changed: int = 0
    refused: int = 0
    pictures: int = 0


@on_files
def command(
    session: Session,
    *,
    write: Annotated[bool, typer.Option("--write", "-w", help="Replace each file by its clean text.")] = False,
    output_dir: Annotated[
        Path | None, typer.Option("--output-dir", "-o", metavar="DIR", help="Write the clean texts below this folder.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="List the files that would change; fail if there are any.")] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what would change as a unified diff; fail if anything would.")
    ] = False,
) -> int:
    """Rewrite documents into their normal form: UTF-8, Simplified, without page chrome, one paragraph a line.

    The clean text of one document goes to standard output. Several documents, or a folder, need --write or --output-dir.
    """
    work.required_paths(session)
    aim = _aim(session, write=write, output_dir=output_dir, check=check, diff=diff)
    todo = work.tasks(session, aim=aim, output_dir=output_dir)
    if session.show_files:
        return work.show_files(todo)
    troubles = work.Troubles()
    counts = _Counts()
    try:
        with heeding_termination() if aim == "write" else nullcontext():
            for cleaned in work.results(session, runner.normalize, todo, troubles, data=aim == "diff"):
                counts = _counted(counts, cleaned, aim)
                _tell(session, cleaned, aim)
    except (KeyboardInterrupt, TerminatedError):
        if aim == "write" and not session.quiet:
            complain(_stopped(counts.seen + _failed(troubles)))
        raise
    if aim != "print" and not session.quiet and (counts.seen + _failed(troubles) or not troubles):
        complain(_summary("wrote" if output_dir else "rewrote" if write else "would rewrite", counts, _failed(troubles)))
    if troubles:
        return 2
    return 1 if counts.refused or (counts.changed and aim in {"list", "diff"}) else 0


def _failed(troubles: work.Troubles) -> int:
    """Count the files that could not be worked on; a folder that could not is none."""
    return sum(not trouble.folder for trouble in troubles)


def _counted(counts: _Counts, cleaned: Cleaned, aim: Aim) -> _Counts:
    """Count one file more; of what is written, only a file whose bytes were others counts as changed."""
    return _Counts(
        counts.seen + 1,
        counts.changed + (cleaned.written if aim == "write" else cleaned.changes),
        counts.refused + bool(cleaned.refused),
        counts.pictures + cleaned.pictures,
    )


def _tell(session: Session, cleaned: Cleaned, aim: Aim) -> None:
    """Print what came of one file."""
    emit(cleaned.text or _diff(cleaned.diff, session))
    if aim == "list" and cleaned.changes:
        work.emit_name(cleaned.filename)
    if cleaned.refused:
        gap = "" if cleaned.refused.partition(":")[0].isdigit() else " "  # a place: file:line:column
        complain(f"{shown(cleaned.filename)}:{gap}{cleaned.refused}")
    work.remark(session, cleaned.filename, cleaned.note)


def _aim(session: Session, *, write: bool, output_dir: Path | None, check: bool, diff: bool) -> Aim:
    """Tell what is to be done with the clean texts; raises NormtoolError for a contradiction."""
    if sum((write, output_dir is not None, check or diff)) > 1:
        raise NormtoolError("--write, --output-dir, and --check or --diff exclude each other; give one of them")
    if write and files.STDIN in session.paths:
        raise NormtoolError("--write cannot replace standard input; leave it out, and the clean text goes to standard output")
    if files.STDIN in session.paths and output_dir is not None and session.stdin_name is None:
        raise NormtoolError("--output-dir needs a name for standard input; give one with --stdin-filename")
    if write or output_dir is not None:
        return "write"
    if check or diff:
        return "diff" if diff else "list"
    if not work.is_single(session) and not session.show_files:
        raise NormtoolError(
            "the clean text of several documents needs a place; give --write (in place) or --output-dir DIR, or look first with --check or --diff"
        )
    return "print"


def _diff(diff: str, session: Session) -> str:
    """Give a diff as it is printed: in colours where standard output has them."""
    if not diff or not colours_on(session.colour):
        return diff
    from normtool.report.style import paint_diff

    return paint_diff(diff)


def _summary(did: str, counts: _Counts, failed: int) -> str:
    """Give the last line for people."""
    same = counts.seen - counts.changed - counts.refused if did == "wrote" else 0
    there = f", {same} {'was' if same == 1 else 'were'} there already" if same else ""
    left = (f", {counts.refused} refused" if counts.refused else "") + (f", {failed} failed" if failed else "")
    pictures = f", {counts.pictures} without text, as the document is pictures" if counts.pictures else ""
    return f"{did} {counts.changed} of {_files(counts.seen + failed)}{there}{pictures}{left}.".capitalize()


def _stopped(done: int) -> str:
    """Say how far a run came. Other processes may have written more than they have told of."""
    known = f"at least {_files(done)} done, " if done else ""
    return f"Stopped: {known}no file half-written; run again for the rest."


def _files(number: int) -> str:
    return f"{number} {'file' if number == 1 else 'files'}"
