"""Takes one record of a JSON Lines file the whole way: the text in one of its fields is normalized, read and checked.

What comes of it is added to the record under the key ``normtool``; no other key is touched. A record that cannot be worked on
is given back as it stood, with the reason.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool import pipeline
from normtool.history import edit_counts
from normtool.model import Decoded, NormtoolError, RuleCode
from normtool.rulebook import RULES

if TYPE_CHECKING:
    from normtool.model import Settings

KEY = "normtool"


class RecordTask(NamedTuple):
    """One line of the input and how to treat it; ``id_field`` is empty where the records need none."""

    number: int
    end: int
    data: bytes
    settings: Settings
    text_field: str
    id_field: str


class Recorded(NamedTuple):
    """What became of a record of a JSON Lines file: a line for the results, or, where ``reason`` says why, one for the errors.

    ``number`` and ``end`` are those of the input's line. ``trace`` is set where the fault is the program's.
    """

    number: int
    end: int
    line: bytes
    reason: str = ""
    trace: str = ""


class _BadRecordError(Exception):
    """The record's own fault."""


def clean_record(task: RecordTask) -> Recorded:
    """Give the line of the results for a record, or that of the errors; no exception leaves."""
    identity = None
    try:
        record = _record(task.data)
        identity = _identity(record, task.id_field)
        cleaned = _cleaned(_text(record, task.text_field), task.settings)
        return Recorded(task.number, task.end, _extended(task.data, cleaned))
    except _BadRecordError as error:
        return _set_aside(task, identity, str(error))
    except NormtoolError as error:
        return _set_aside(task, identity, str(error), str(error))
    except Exception as error:  # noqa: BLE001
        import traceback

        return _set_aside(task, identity, f"internal error: {type(error).__name__}: {error}", traceback.format_exc())


def _extended(data: bytes, cleaned: dict[str, Any]) -> bytes:
    """Give the record as it stands, to the byte, with the result behind its last key: 1.50 stays 1.50, and of two equal keys both stay."""
    record = data.decode("utf-8-sig").strip().removesuffix("}").rstrip()
    return f"{record}, {json.dumps({KEY: cleaned}, ensure_ascii=False)[1:]}\n".encode()


def _line(value: dict[str, Any]) -> bytes:
    """Write a line; half of a surrogate pair, which an identity may hold, is written as the escape it came as."""
    return f"{json.dumps(value, ensure_ascii=False)}\n".encode("utf-8", "backslashreplace")


def _set_aside(task: RecordTask, identity: str | int | None, reason: str, trace: str = "") -> Recorded:
    """Give the line of the errors for a record; one that is not UTF-8 is shown with escapes, which it may hold as well, and kept as ``base64``."""
    record = task.data.decode("utf-8", "backslashreplace")
    told = {"line": task.number, "id": identity, "reason": reason, "record": record}
    if record.encode() != task.data:
        from base64 import b64encode

        told["base64"] = b64encode(task.data).decode()
    return Recorded(task.number, task.end, _line(told), reason, trace)


def _record(data: bytes) -> dict[str, Any]:
    try:
        record = json.loads(data.decode("utf-8-sig"), parse_int=_whole)
    except UnicodeDecodeError as error:
        raise _BadRecordError(f"not UTF-8 at byte {error.start} of the line") from None
    except RecursionError:
        raise _BadRecordError("nested too deeply") from None
    except ValueError as error:
        raise _BadRecordError(f"not JSON: {error}") from None
    if not isinstance(record, dict):
        raise _BadRecordError("no JSON object")
    if KEY in record:
        raise _BadRecordError(f"has a key {KEY!r} already, where the result goes; rename it")
    return record


def _whole(digits: str) -> int | float:
    """Give a whole number; one with more digits than Python converts, as that takes long, only as near as a float comes.

    Nothing is computed with it, and the record is kept as it stands.
    """
    try:
        return int(digits)
    except ValueError:
        return float(digits)


def _identity(record: dict[str, Any], field: str) -> str | int | None:
    if not field:
        return None
    found = record.get(field)
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise _BadRecordError(f"no field {field!r} with a text or a whole number")
    return found


def _text(record: dict[str, Any], field: str) -> str:
    found = record.get(field)
    if not isinstance(found, str):
        raise _BadRecordError(f"no field {field!r} with a text")
    try:
        found.encode()
    except UnicodeEncodeError as error:
        raise _BadRecordError(
            f"half of a surrogate pair at character {error.start} of the text, which is no character"
        ) from None
    return found


def _cleaned(text: str, settings: Settings) -> dict[str, Any]:
    """Give what comes of a text. One without hanzi, such as a licence, stays as it is and is no document."""
    decoded = pipeline.open_page(Decoded(text, "utf-8", bom=False, newline="none", verdict="ok"), settings)
    if not pipeline.has_hanzi(decoded.text):
        return {"text": text, "document": None, "findings": {"fixed": {}, "left": {}, "worst": None}}
    reading = pipeline.read(decoded, settings)
    if reading is None:
        raise _BadRecordError(decoded.message or decoded.verdict)
    document = pipeline.as_json(reading.document, reading.normalized, decoded.page)
    return {"text": reading.normalized.text, "document": document, "findings": _summary(reading, settings)}


def _summary(reading: pipeline.Reading, settings: Settings) -> dict[str, Any]:
    """Count findings by rule: what was mended in the text, and what is still to be said about it, with the gravest severity of that."""
    mended, left = edit_counts(reading.normalized)
    severities = {RULES[RuleCode(code)].severity for code in left}
    for found in reading.remarks:
        if found.fix and (found.fix.safety == "safe" or settings.unsafe):
            mended[found.rule] += 1
        else:
            left[found.rule] += 1
            severities.add(found.severity)
    worst = next((severity for severity in ("error", "warning", "info") if severity in severities), None)
    return {"fixed": dict(sorted(mended.items())), "left": dict(sorted(left.items())), "worst": worst}
