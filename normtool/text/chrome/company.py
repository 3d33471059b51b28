"""Words that pages and documents share (English, 手机版, 打印, ICP备案号): which of their lines are chrome.

They are known by their place. Above the document a run of them counts at the very top of the text, or beside a line that other
patterns have found; below it directly behind the document's last line, or below such a line. Nothing but lines of these words and
lines that were found may stand between.

Does not act below a heading of its own (懂何种外语⏎English), nor behind a bare 附件, which opens an appendix. In a text without
a recognised body nobody can tell where its document ends: there only what is known up to the first or last line of the text goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from normtool.text.chrome.lists import ListLines
    from normtool.text.chrome.view import Candidate, View

_ANYWHERE = frozenset({"CHR001", "CHR002"})
"""Rules whose lines prove themselves wherever they stand in a text without a body."""


def in_company(lists: Iterable[ListLines], view: View, doomed: Mapping[int, str], weak: Container[int]) -> dict[int, str]:
    """Give the lines of ``lists`` that stand where chrome stands, with their rules; one such run may prove the next."""
    orders = {c.line: c.order for c in view.candidates}
    found = {orders[line] for line in doomed if line in orders}
    runs = sorted((run, each.pattern.rule) for each in lists for run in each.runs() if run)
    known = found | {c.order for c in view.candidates if c.line in weak} | {c.order for run, _ in runs for c in run}
    top, bottom = _first_unknown(known, 1), 0 if view.appendix else _first_unknown(known, view.end + 1)
    out: dict[int, str] = {}
    for run, rule in (*runs, *reversed(runs)):
        if run[0].line not in out and _stands_outside(run, found, top, bottom):
            out.update((c.line, rule) for c in run)
            found.update(c.order for c in run)
    return out


def _first_unknown(known: set[int], order: int) -> int:
    """Give the first line from ``order`` on that is not known."""
    while order in known:
        order += 1
    return order


def _stands_outside(run: list[Candidate], found: set[int], top: int, bottom: int) -> bool:
    first, last = run[0], run[-1]
    if first.order - 1 in found:
        return True
    if first.head and first.tail:
        return False
    if first.head:
        return last.order + 1 in found or first.order < top
    return first.tail and first.order < bottom


def inside(view: View, listed: Container[int], doomed: Mapping[int, str], weak: Container[int]) -> set[int]:
    """Give the lines of ``listed`` that stand within a text without a body: between lines that nobody knows."""
    if not view.candidates or not (view.candidates[0].head and view.candidates[0].tail):
        return set()
    known = [c for c in view.candidates if c.line in doomed or c.line in weak]
    outside: set[int] = set()
    for run, order, step in ((known, 1, 1), (known[::-1], view.orders, -1)):
        for c in run:
            if c.order != order:
                break
            outside.add(c.line)
            order += step  # noqa: PLW2901 - walks inwards with the lines
    return {
        c.line for c in known if c.line in listed and c.line not in outside and doomed.get(c.line, "CHR001") not in _ANYWHERE
    }
