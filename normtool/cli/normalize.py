"""``normtool normalize``."""

from pathlib import Path
from typing import Annotated

import typer

from normtool import files, runner
from normtool.cli import work
from normtool.cli.options import Session, on_files
from normtool.cli.streams import colours_on, complain, emit
from normtool.model import NormtoolError
from normtool.results import shown
from normtool.runner import Aim


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
    seen = changed = refused = 0
    for cleaned in work.results(session, runner.normalize, todo, troubles, data=aim == "diff"):
        seen += 1
        changed += cleaned.changes
        emit(cleaned.text or _diff(cleaned.diff, session))
        if aim == "list" and cleaned.changes:
            emit(f"{cleaned.filename}\n")
        if cleaned.refused:
            refused += 1
            gap = "" if cleaned.refused[0].isdigit() else " "  # a place: file:line:column
            complain(f"{shown(cleaned.filename)}:{gap}{cleaned.refused}")
        work.remark(session, cleaned.filename, cleaned.note)
    if aim != "print" and not session.quiet:
        complain(_summary(aim, seen + len(troubles), changed, refused, len(troubles)))
    if troubles:
        return 2
    return 1 if refused or (changed and aim in {"list", "diff"}) else 0


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


def _summary(aim: Aim, seen: int, changed: int, refused: int, failed: int) -> str:
    """Give the last line for people."""
    did = "rewrote" if aim == "write" else "would rewrite"
    left = (f", {refused} refused" if refused else "") + (f", {failed} failed" if failed else "")
    return f"{did} {changed} of {seen} {'file' if seen == 1 else 'files'}{left}".capitalize() + "."
