"""``normtool batch``."""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from normtool.catalog import schema_files
from normtool.cli import options
from normtool.cli.progress import Progress, wanted
from normtool.cli.streams import complain
from normtool.config import configure, settings_for
from normtool.files import jsonlines, resumable
from normtool.model import NormtoolError, Settings
from normtool.parallel import each
from normtool.records import KEY, Recorded, RecordTask, clean_record

_EVERY = 200
"""Records after which the journal is written: at fixed places, so that a stopped run and another give the same bytes."""


class _Plan(NamedTuple):
    """What to read and how."""

    source: Path
    settings: Settings
    text_field: str
    id_field: str
    shard: tuple[int, int]


def command(
    source: Annotated[
        Path,
        typer.Argument(metavar="IN.jsonl", help="JSON Lines, a record a document; .jsonl.gz is unpacked.", show_default=False),
    ],
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="OUT.jsonl", help="Where the records go; .jsonl.gz is packed.", show_default=False
        ),
    ],
    text_field: Annotated[str, typer.Option(metavar="NAME", help="The key of the document's text.")] = "text",
    id_field: Annotated[
        str, typer.Option(metavar="NAME", help="The key that names a record; one without it is set aside.", show_default=False)
    ] = "",
    shard: Annotated[str, typer.Option(metavar="I/N", help="Only the lines I, I+N, I+2N …; 1/4 to 4/4 are the whole.")] = "1/1",
    restart: Annotated[bool, typer.Option("--restart", help="Begin anew where a run was stopped.")] = False,
    type_: options.TypeOption = None,
    select: options.SelectOption = None,
    ignore: options.IgnoreOption = None,
    script: options.ScriptOption = None,
    unsafe: options.UnsafeOption = None,
    config: options.ConfigOption = None,
    isolated: options.IsolatedOption = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes [default: 1 below 64 records, else one a processor]."),
    ] = None,
    quiet: options.QuietOption = 0,
    verbose: options.VerboseOption = 0,
) -> None:
    """Normalize the texts in a JSON Lines file, record by record, in its order.

    Each record gets a key `normtool` with the clean text, the structured document and counts of findings. A record that cannot
    be worked on goes to OUT.errors.jsonl with the reason. Run again after a stop, and it goes on where it was.
    Exit status 1 tells that records were set aside, or that a packed input ends in something that is not gzip.
    """
    values = options.treatment(type_=type_, select=select, ignore=ignore, script=script, unsafe=unsafe)
    found = configure(source.absolute().parent, options.overriding(values, config, isolated=isolated))
    plan = _Plan(source, settings_for(found, source), text_field, id_field, _shard(shard))
    output = resumable.place_of(output)
    _refuse(plan, output)
    remarks: list[str] = []
    with resumable.results(output, _key(plan), restart=restart) as results:
        if results.mark.line and not quiet:
            complain(f"{output}: goes on behind line {results.mark.line} of {source}")
        if not results.mark.done:
            size = 0 if quiet or source.suffix == ".gz" or not wanted(data=False) else jsonlines.state_of(source)[0]
            todo = _tasks(plan, results.mark, remarks)
            _run(
                plan,
                results,
                each(clean_record, todo, jobs),
                Progress(size, "bytes", results.mark.offset),
                verbose=bool(verbose),
            )
    for remark in remarks:
        complain(remark)
    if not quiet:
        aside = f", set {results.mark.bad} aside in {resumable.errors_of(output)}" if results.mark.bad else ""
        complain(f"Wrote {results.mark.good} {'record' if results.mark.good == 1 else 'records'}{aside}.")
    raise typer.Exit(2 if results.mark.faults else 1 if results.mark.bad or remarks else 0)


def _run(plan: _Plan, results: resumable.Results, done: Iterator[Recorded], progress: Progress, *, verbose: bool) -> None:
    """Write what becomes of every record that is left."""
    faults = 0
    line, offset = results.mark.line, results.mark.offset
    with progress:
        for recorded in done:
            (results.bad if recorded.reason else results.good).append(recorded.line)
            line, offset = recorded.number, recorded.end
            faults += bool(recorded.trace)
            if recorded.trace and verbose:
                complain(f"{plan.source}:{line}: {recorded.reason}\n{recorded.trace.rstrip()}")
            progress.reach(offset)
            if len(results.good) + len(results.bad) >= _EVERY:
                resumable.commit(results, line, offset, faults)
                faults = 0
    resumable.commit(results, line, offset, faults)
    resumable.finish(results)


def _tasks(plan: _Plan, mark: resumable.Mark, remarks: list[str]) -> Iterator[RecordTask]:
    number, total = plan.shard
    for line in jsonlines.lines(plan.source, remarks, line=mark.line, offset=mark.offset):
        if line.number % total == number % total:
            yield RecordTask(line.number, line.end, line.data, plan.settings, plan.text_field, plan.id_field)


def _shard(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise NormtoolError(f"--shard: {text!r} is no shard; write 1/4 for the first of four")
    return int(found[1]), int(found[2])


def _refuse(plan: _Plan, output: Path) -> None:
    """Refuse what would write over the input or something else, and what cannot be read or written."""
    resumable.refuse(output, plan.source)
    if plan.source.suffix == ".zst" or output.suffix == ".zst":
        raise NormtoolError("zstd is not read or written; unpack the file, or use .jsonl.gz")
    if KEY in {plan.text_field, plan.id_field}:
        raise NormtoolError(f"the key {KEY!r} is where the result goes; name another field")


def _key(plan: _Plan) -> str:
    """Give what stands for everything that decides about the results, packs and schemas as well."""
    from normtool import __version__

    own = (*map(Path, plan.settings.chrome_packs), *schema_files(plan.settings.schema_dirs).values())
    states = tuple(map(jsonlines.state_of, (plan.source, *own)))
    whole = (__version__, str(plan.source.resolve()), states, plan.settings, *plan[2:])
    return sha256(repr(whole).encode("utf-8", "surrogatepass")).hexdigest()
