"""Takes one file the whole way and sums up what came of it; the commands ask for nothing else.

Each function takes a ``Task`` and gives a result or a ``Trouble``: no exception leaves, so that one bad file stops no other.
The functions stand at the top of the module because worker processes look them up by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from normtool import files, pipeline
from normtool.model import Location, NormtoolError
from normtool.problems import problems_of
from normtool.results import Checked, Cleaned, Detected, Parsed, Problem, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from normtool.history import Normalized
    from normtool.learn import Observed
    from normtool.model import Decoded, Page, Patch, Settings

_Result = TypeVar("_Result")

Aim = Literal["print", "write", "list", "diff"]
"""What normalize does with the clean text."""


class Task(NamedTuple):
    """One file and how to treat it; ``data`` is set where the bytes did not come from a file (standard input).

    Of ``check`` alone: ``strict`` lets warnings fail, and ``folded`` asks for no more findings than a report shows that folds what
    is mended by rule.
    """

    filename: str
    path: Path
    settings: Settings
    data: bytes | None = None
    aim: Aim = "print"
    output: Path | None = None
    folded: bool = False
    strict: bool = False


def check(task: Task | Trouble) -> Checked | Trouble:
    """List what normalize would change in a file, and what else is wrong with it."""
    return _guarded(_check, task)


def normalize(task: Task | Trouble) -> Cleaned | Trouble:
    """Normalize a file: give its clean text or a diff, or write it, as ``task.aim`` says. Refused bytes are never written."""
    return _guarded(_normalize, task)


def parse(task: Task | Trouble) -> Parsed | Trouble:
    """Give a file as a structured document."""
    return _guarded(_parse, task)


def detect(task: Task | Trouble) -> Detected | Trouble:
    """Tell a file's encoding, damage, script and document type, with the evidence."""
    return _guarded(_detect, task)


def observe(task: Task | Trouble) -> Observed | Trouble:
    """Note the short lines of a file, from which ``learn`` proposes a chrome pack."""
    return _guarded(_observe, task)


def _guarded(work: Callable[[Task], _Result], task: Task | Trouble) -> _Result | Trouble:
    """Turn whatever escapes into a Trouble; a file that is one already stays one."""
    if isinstance(task, Trouble):
        return task
    try:
        return work(task)
    except NormtoolError as error:
        return Trouble(task.filename, str(error))
    except Exception as error:  # noqa: BLE001
        import traceback

        message = f"internal error, nothing written: {type(error).__name__}: {error}. Please report it with the output of -v"
        return Trouble(task.filename, message, traceback.format_exc())


def _content(task: Task) -> files.Content:
    return files.read(task.path) if task.data is None else files.Content(task.data, stamp=(0, 0, 0))


def _nothing_in(data: bytes, decoded: Decoded) -> str:
    """Say why a file is no matter for normtool: it is empty, or there is not one hanzi in it, as in a licence or a list of packages."""
    if not data:
        return "empty, nothing to do"
    if decoded.verdict == "ok" and not pipeline.has_hanzi(decoded.text) and not _pictures(decoded):
        return "no hanzi, skipped"
    return ""


def _pictures(decoded: Decoded) -> str:
    """Say that a page's document is pictures and nothing else; empty for any other file."""
    if decoded.page is None or not decoded.page.pictures or decoded.text.strip():
        return ""
    count = len(decoded.page.pictures)
    return f"the document is {count} {'picture' if count == 1 else 'pictures'} and has no text"


def _check(task: Task) -> Checked:
    data = _content(task).data
    decoded = pipeline.decode_bytes(data, task.settings)
    note = _nothing_in(data, decoded)
    if note:
        return Checked(task.filename, note=note)
    writable = not _refusal(decoded, task)
    examine = pipeline.survey_decoded if task.folded and writable else pipeline.examine_decoded
    examined = examine(decoded, task.settings)
    text = decoded.text
    problems = problems_of(examined.findings, text, task.filename, unsafe=task.settings.unsafe, writable=writable)
    if decoded.page is not None:
        problems = tuple(_on_page(problem, decoded.page) for problem in problems)
    before = data if decoded.page is None else text.encode()
    changes = writable and examined.normalized is not None and examined.normalized.text.encode() != before
    return Checked(task.filename, problems, changes, more=examined.more, strict=task.strict)


def _on_page(problem: Problem, page: Page) -> Problem:
    """Move a problem from the page's text to the page: to the lines of its source, which are all that is known of its place.

    A fix keeps none of its changes, which are those of the text.
    """
    from normtool.page.places import source_line

    first = max(1, source_line(page, problem.location.line))
    last = max(first, source_line(page, problem.last_line))
    mend = problem.mend and problem.mend._replace(changes=())
    return problem._replace(location=Location(first, 1), end_location=Location(last + 1, 1), mend=mend, on_page=True)


def _normalize(task: Task) -> Cleaned:
    content = _content(task)
    if not content.data:
        written = task.aim == "write" and _write(task, content, b"")
        return Cleaned(task.filename, written=written, note=_nothing_in(b"", pipeline.decode_bytes(b"", task.settings)))
    decoded = pipeline.decode_bytes(content.data, task.settings)
    refused = _refusal(decoded, task)
    if refused:
        return Cleaned(task.filename, refused=refused)
    before = content.data if decoded.page is None else decoded.text.encode()
    pictures = _pictures(decoded)
    note = _nothing_in(content.data, decoded) or pictures
    if decoded.page is not None and task.aim == "write" and task.output is None:
        if note:
            return Cleaned(task.filename, note=note)
        raise NormtoolError(
            "a saved page stays as it is, nothing written; give --output-dir DIR, and its text goes there as a .txt file"
        )
    if note:
        clean = before
        diff = ""
    else:
        normalized = pipeline.normalize(decoded.text, task.settings)
        clean = normalized.text.encode()
        diff = _diff(task.filename, decoded, normalized) if task.aim == "diff" else ""
    if not note and decoded.verdict != "ok":
        note = decoded.message
    changes = clean != (before if task.aim in {"list", "diff"} else content.data)
    if changes and task.aim == "diff":
        note = note or _bytes_note(decoded, same_text=not diff)
    written = task.aim == "write" and _write(task, content, clean)
    return Cleaned(
        task.filename, changes, written, clean if task.aim == "print" else b"", diff, note=note, pictures=bool(pictures)
    )


def _bytes_note(decoded: Decoded, *, same_text: bool) -> str:
    """Say what a diff of the text does not show: that the file is written in another encoding, and does not take the diff as a patch."""
    if decoded.encoding == "utf-8" and not decoded.bom and not same_text:
        return ""
    change = f"{decoded.encoding} → utf-8" if decoded.encoding != "utf-8" else "the byte order mark goes"
    return f"its characters stay, its bytes change: {change}" if same_text else f"its bytes change as well: {change}"


def _write(task: Task, content: files.Content, clean: bytes) -> bool:
    """Write the clean text where it belongs, unless it is there already; tells whether a file was written."""
    if task.output is not None:
        if files.holds(task.output, clean):
            return False
        files.write(task.output, clean)
        return True
    if clean == content.data:
        return False
    files.replace(task.path, clean, content.stamp)
    return True


def _refusal(decoded: Decoded, task: Task) -> str:
    """Say why these bytes are not normalized (see ``pipeline.is_refused``); empty where they are."""
    if not pipeline.is_refused(decoded, task.settings):
        return ""
    if decoded.verdict == "binary":
        return f"{decoded.message}; nothing written. Leave it out with --exclude, or rename it: it is no document"
    if decoded.encoding is None:
        remedy = "" if task.settings.encoding else ". Name the encoding with --encoding if you know it"
        return f"{decoded.message or decoded.verdict}; nothing written{remedy}"
    remedy = "nothing written. Mend the file, or accept what can be read with --allow-lossy"
    if not decoded.damage:
        return f"{decoded.message or decoded.verdict}; {remedy}"
    first, more = decoded.damage[0], len(decoded.damage) - 1
    others = f" and {more} more" if more else ""
    place = f"{first.location.line}:{first.location.column}"
    return f"{place}: damaged {decoded.encoding} at byte {first.offset} ({first.raw.hex(' ')}){others}; {remedy}"


def _diff(filename: str, decoded: Decoded, normalized: Normalized) -> str:
    from functools import reduce

    from normtool.diff import unified
    from normtool.patch import compose

    untouched: Patch = ()
    whole = reduce(compose, (layer.patch for layer in normalized.history), untouched)
    name = filename if decoded.page is None else f"{filename} (text)"  # the diff is none of the file that has this name
    return unified(name, decoded.text, whole)


def _parse(task: Task) -> Parsed:
    from hashlib import sha256

    data = _content(task).data
    decoded = pipeline.decode_bytes(data, task.settings)
    note = _nothing_in(data, decoded)
    refused = _pictures(decoded) or _refusal(decoded, task)
    if note or refused:
        return Parsed(task.filename, None, "" if note else refused, note)
    normalized = pipeline.normalize(decoded.text, task.settings)
    told = pipeline.as_json(pipeline.parse(normalized.text, task.settings), normalized, decoded.page)
    source = {"path": task.filename, "encoding": decoded.encoding, "sha256": sha256(data).hexdigest(), **told.get("source", {})}
    return Parsed(task.filename, {**told, "source": source})


def _observe(task: Task) -> Observed:
    from normtool.catalog import chrome_packs
    from normtool.learn import observe as note

    decoded = pipeline.decode_bytes(_content(task).data, task.settings)
    refused = _refusal(decoded, task)
    if refused:
        raise NormtoolError(refused)
    return note(task.filename, pipeline.before_chrome(decoded.text, task.settings), chrome_packs(task.settings.chrome_packs))


def _detect(task: Task) -> Detected:
    from normtool.decode import reported_encoding

    decoded = pipeline.decode_bytes(_content(task).data, task.settings)
    facts: dict[str, Any] = {
        "path": task.filename,
        "encoding": reported_encoding(decoded),
        "verdict": decoded.verdict,
        "bom": decoded.bom,
        "newline": decoded.newline,
        "damage": [
            {"offset": place.offset, "hex": place.raw.hex(), "line": place.location.line, "column": place.location.column}
            for place in decoded.damage
        ],
        "evidence": [{"encoding": each.encoding, "cost": each.cost, "errors": each.errors} for each in decoded.evidence],
        **_about_text(decoded, task),
        "message": decoded.message,
    }
    return Detected(task.filename, facts)


def _about_text(decoded: Decoded, task: Task) -> dict[str, Any]:
    """Tell the script and the document type; both are null where there is no Chinese text."""
    if decoded.encoding is None or not pipeline.has_hanzi(decoded.text):
        return {"script": None, "document_type": None}
    from normtool.text.script import detect_script

    try:
        document_type = pipeline.parse(pipeline.normalize(decoded.text, task.settings).text, task.settings).document_type
    except pipeline.PromiseError:  # the encoding is known all the same
        document_type = None
    return {"script": detect_script(decoded.text)._asdict(), "document_type": document_type}
