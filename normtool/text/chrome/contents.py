"""Tables of contents whose lines repeat the headings: ``一、总体要求..........3``.

They make every heading stand twice. A line goes when its words begin another line of the text; three such lines must stand
together. An entry whose heading the text lacks stays.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from normtool.chromepack import fold
from normtool.lazyre import lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from normtool.lines import Line
    from normtool.text.chrome.view import Candidate

_RULE = "CHR011"
_MIN_LINES = 3
_MAX_WORDS = 160
_LEADERS = lazy(
    r"(?P<words>[^.…·]{2,100}(?:\.[^.…·]{1,100}){0,4}?) ?(?:\.(?: ?\.){3,}|…(?: ?…)+|·(?: ?·){3,}) ?[-(]?(?:\d{1,4}|[ivx]{1,6})?[-)]?"
)
_TITLE = lazy("目 ?[录次]|contents")
_NO_WORD = lazy(r"[\W_]+")


def contents_lines(lines: Sequence[Line], candidates: list[Candidate]) -> dict[int, str]:
    """Give the lines of a table of contents that the text repeats as headings, with its title 目录."""
    if not any(
        ".." in c.folded or "…" in c.folded or "··" in c.folded or ". ." in c.folded or "· ·" in c.folded for c in candidates
    ):
        return {}
    entries = [(k, m["words"]) for k, c in enumerate(candidates) if (m := _LEADERS.fullmatch(c.folded))]
    if len(entries) < _MIN_LINES:
        return {}
    own = {candidates[k].line for k, _ in entries}
    words = sorted(_bare(fold(line.text[:_MAX_WORDS])) for k, line in enumerate(lines) if k not in own)
    out: dict[int, str] = {}
    for run in _runs(entries):
        repeated = [k for k, name in run if _begins_one(_bare(name), words)]
        if len(repeated) < _MIN_LINES:
            continue
        out.update((candidates[k].line, _RULE) for k in repeated)
        above = run[0][0] - 1
        if len(repeated) == len(run) and above >= 0 and _TITLE.fullmatch(candidates[above].folded.lower()):
            out[candidates[above].line] = _RULE
    return out


def _runs(entries: list[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    """Put neighbouring entries together; a page number or a wrapped line may stand between two."""
    runs: list[list[tuple[int, str]]] = []
    for entry in entries:
        if runs and entry[0] - runs[-1][-1][0] <= 2:  # noqa: PLR2004 - one line between
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs


def _begins_one(name: str, lines: list[str]) -> bool:
    at = bisect_left(lines, name)
    return bool(name) and at < len(lines) and lines[at].startswith(name)


def _bare(text: str) -> str:
    return _NO_WORD.sub("", text)
