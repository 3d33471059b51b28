"""Which of the Chinese encodings explains the bytes best, and whether another language explains them better."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from normtool.decode import sniff
from normtool.decode.answers import mark_length, newline_style, read_answer, refused
from normtool.decode.candidates import BYTE_ENCODINGS, MAX_ERROR_SHARE, WHOLE_SAMPLE, Reading, readings, windows
from normtool.decode.charsets import canonical, decode_lenient
from normtool.decode.costs import text_cost
from normtool.decode.damage import RECUT
from normtool.decode.foreign import Rival, best_rival, chinese_prior, foreign_name
from normtool.decode.mixed import decode_parts, parts
from normtool.decode.recut import cheapest_cut
from normtool.model import Decoded, Evidence, NormtoolError

if TYPE_CHECKING:
    from normtool.model import Part

_PLAIN_AVERAGE = 8.0  # nats a hanzi: Chinese text has 6 to 7.5, another language read as Chinese 9 and more
_PLAIN_HANZI = 40
_PLAIN_MARGIN = 30.0

_DOUBT = 4.0
"""Nats between two readings within which neither is sure: one character more or less would turn the scales."""

_IMPLAUSIBLE = 11.0  # nats a hanzi on the average, of at least _FEW hanzi: a list of random ones
_FEW = 12

_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,80}encoding=["']([\w.:-]{2,20})|<meta[^>]{0,120}charset=["']?([\w.:-]{2,20})""", re.IGNORECASE
)
_HEAD = 8192


def weigh(data: bytes) -> Decoded:
    """Decide by likelihood about ``data`` that no mark and no strict UTF-8 settles."""
    ranked = tuple(r for r in readings(data) if not _is_noise(r, len(data)))
    wide = bool(ranked) and ranked[0].encoding.startswith("utf-16")
    if not wide and (not ranked or sniff.has_many_controls(data)):
        name = _broken_utf_16(data)
        if name:
            return read_answer(data, name)
    if not wide and sniff.has_many_controls(data):
        return refused("binary", "control characters that no text has", _evidence(ranked))
    if not wide:
        runs = parts(data)
        if runs:
            return _mixed(data, runs, _evidence(ranked))
    if not ranked and sniff.has_controls(data):
        return refused("binary", "NULs or control characters, and no encoding explains the bytes")
    if not ranked:
        pieces = windows(data)
        rival = best_rival(pieces)
        return refused("foreign", _foreign_message(pieces, rival), (_rival_evidence(rival),))
    return _choose(data, ranked)


def is_chinese_hz(data: bytes) -> bool:
    """Tell whether ``~{`` … ``~}`` in 7-bit ``data`` stand for Chinese text; a template language may write them, too."""
    cost = text_cost(decode_lenient(data[:WHOLE_SAMPLE], "hz"))
    return cost.hanzi > 0 and cost.average < _IMPLAUSIBLE


def is_broken_utf_16(body: bytes, encoding: str) -> bool:
    """Tell whether bytes are text in UTF-16 with a broken place or two, not another thing altogether."""
    sample = body[:WHOLE_SAMPLE]
    cut = cheapest_cut(sample, encoding)
    return len(cut.broken) <= max(1, len(sample) * MAX_ERROR_SHARE) and cut.cost < _UTF_16_NATS_PER_BYTE * len(sample)


def _broken_utf_16(data: bytes) -> str | None:
    """Name the UTF-16 that ``data`` is in when a lost byte has shifted all behind it, or None.

    Head and tail look like it then.
    """
    if not (sniff.utf_16_candidates(data[:_END]) or sniff.utf_16_candidates(data[-_END:])):
        return None
    return next((name for name in ("utf-16-le", "utf-16-be") if is_broken_utf_16(data, name)), None)


_END = 128
_UTF_16_NATS_PER_BYTE = (
    5.0  # Chinese text has 3 to 4; tables of numbers, which look like UTF-16 to the quick filter, 6 and more
)


def _is_noise(reading: Reading, size: int) -> bool:
    """Tell whether a UTF-16 reading is of a program's tables: every two bytes are some character."""
    sample = min(size, WHOLE_SAMPLE)
    return reading.encoding.startswith("utf-16") and reading.cost > _UTF_16_NATS_PER_BYTE * sample


def _choose(data: bytes, ranked: tuple[Reading, ...]) -> Decoded:
    best = ranked[0]
    evidence = _evidence(ranked)
    if _is_plain(ranked) or (best.encoding == "utf-8" and not best.errors):
        return read_answer(data, best.encoding, evidence=evidence)
    pieces = windows(data) if best.encoding in BYTE_ENCODINGS else (data[:WHOLE_SAMPLE],)
    rival = best_rival(pieces)
    evidence = (*evidence, _rival_evidence(rival))
    lead = (_recut_cost(pieces, best) if rival.cost < best.cost else best.cost) - chinese_prior(rival)
    if rival.cost < lead or (best.average > _IMPLAUSIBLE and best.hanzi >= _FEW):
        return refused("foreign", _foreign_message(pieces, rival), evidence)
    close = [r for r in ranked[1:] if r.cost < best.cost + _DOUBT]
    if close:
        return _settle(data, (best, *close), evidence)
    answer = read_answer(data, best.encoding, evidence=evidence)
    if rival.cost < lead + _DOUBT and answer.verdict == "ok" and declared_encoding(data) != best.encoding:
        return _doubtful(answer, f"{best.encoding} or {rival.encoding}")
    return answer


def _recut_cost(pieces: tuple[bytes, ...], reading: Reading) -> float:
    """Give the cost of a damaged reading without the garbled characters behind a lost byte, for those are not its fault."""
    if not reading.errors or reading.encoding not in RECUT:
        return reading.cost
    return sum(cheapest_cut(piece, reading.encoding).cost for piece in pieces)


def _is_plain(ranked: tuple[Reading, ...]) -> bool:
    """Tell whether the best reading is so plainly Chinese that no other language need be asked."""
    best = ranked[0]
    alone = len(ranked) == 1 or ranked[1].cost > best.cost + _PLAIN_MARGIN
    return alone and best.average < _PLAIN_AVERAGE and best.hanzi >= _PLAIN_HANZI


def _settle(data: bytes, close: tuple[Reading, ...], evidence: tuple[Evidence, ...]) -> Decoded:
    """Decide between Chinese readings that cost nearly the same: a declaration in the file decides, else the cheaper is taken in doubt."""
    names = [r.encoding for r in close]
    declared = declared_encoding(data)
    if declared in names:
        return read_answer(data, declared, evidence=evidence)
    answers = [read_answer(data, name, evidence=evidence) for name in names]
    if all(a.text == answers[0].text for a in answers) or answers[0].verdict != "ok":
        return answers[0]
    return _doubtful(answers[0], " or ".join(names))


def _doubtful(answer: Decoded, names: str) -> Decoded:
    return answer._replace(verdict="ambiguous", message=f"{names}: both explain the bytes; read as {answer.encoding}")


def declared_encoding(data: bytes) -> str | None:
    """Give the canonical name of the encoding that an HTML meta or XML prolog declares.

    None when none is declared, two, or one that is unknown. Such declarations often lie: they only decide where the bytes do not.
    """
    stated = {_known((first or other).decode("ascii", "replace")) for first, other in _DECLARED.findall(data[:_HEAD])}
    return stated.pop() if len(stated) == 1 else None


def _known(label: str) -> str | None:
    try:
        return canonical(label)
    except NormtoolError:
        return None


def _mixed(data: bytes, runs: tuple[Part, ...], evidence: tuple[Evidence, ...]) -> Decoded:
    mark = mark_length(data, "utf-8")
    text = decode_parts(data[mark:], runs)
    sizes: Counter[str] = Counter()
    for run in runs:
        sizes[run.encoding] += run.last_line - run.first_line + 1
    message = "; ".join(f"{name} in {_line_list([r for r in runs if r.encoding == name])}" for name in sizes)
    return Decoded(
        text,
        sizes.most_common(1)[0][0],
        bom=mark > 0,
        newline=newline_style(text),
        verdict="mixed",
        evidence=evidence,
        message=message,
        parts=runs,
    )


def _line_list(runs: list[Part]) -> str:
    shown = [f"{r.first_line}-{r.last_line}" if r.last_line > r.first_line else f"{r.first_line}" for r in runs[:_SHOWN_RUNS]]
    more = f" and {len(runs) - _SHOWN_RUNS} more runs" if len(runs) > _SHOWN_RUNS else ""
    return f"{'line' if shown == [str(runs[0].first_line)] else 'lines'} {', '.join(shown)}{more}"


_SHOWN_RUNS = 8


def _evidence(ranked: tuple[Reading, ...]) -> tuple[Evidence, ...]:
    return tuple(Evidence(r.encoding, round(r.cost, 1), r.errors) for r in ranked)


def _rival_evidence(rival: Rival) -> Evidence:
    return Evidence(rival.encoding, round(rival.cost, 1), rival.errors)


def _foreign_message(pieces: tuple[bytes, ...], rival: Rival) -> str:
    name = foreign_name(pieces, rival)
    return f"not Chinese text; perhaps {name}" if name else "no encoding that normtool knows explains the bytes"
