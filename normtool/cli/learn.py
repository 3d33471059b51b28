"""``normtool learn``."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from normtool import runner
from normtool.cli import work
from normtool.cli.options import Session, on_files
from normtool.cli.streams import complain
from normtool.learn import MIN_DOCUMENTS, propose
from normtool.learn.pack import to_toml


@partial(on_files, unlisted=("type_", "select", "ignore", "unsafe", "color"))
def command(
    session: Session,
    *,
    min_share: Annotated[
        float,
        typer.Option(min=0.01, max=1.0, metavar="SHARE", help="Propose what stands in at least this share of the documents."),
    ] = 0.3,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="Write the pack to a file.")] = None,
) -> int:
    """Propose a chrome pack: the lines that recur above and below many documents of one site.

    The pack is printed as TOML with counts, to be reviewed and named in the configuration: chrome = ["my-portal.toml"].
    """
    work.required_paths(session)
    todo = work.tasks(session, report=output)
    if session.show_files:
        return work.show_files(todo)
    troubles = work.Troubles()
    seen = list(work.results(session, runner.observe, todo, troubles))
    if len(seen) < MIN_DOCUMENTS:
        complain(f"{len(seen)} documents are too few to tell what recurs; give {MIN_DOCUMENTS} or more of one site")
        return 2 if troubles else 1
    proposal = propose(seen, min_share)
    pack = to_toml(proposal, ", ".join(map(str, session.paths)))
    work.deliver((pack,), output)
    if not session.quiet:
        lines = sum(len(group.counts) for group in proposal.groups) + len(proposal.leads)
        complain(f"{lines} lines proposed from {len(seen)} documents")
    return 2 if troubles else 0
