"""Whether the entries of a chrome pack take their own examples and leave their look-alikes.

In: packs. Out: what is wrong, in words. An example is put above and below an invented document, wherever the entry looks for
its lines, and the stage itself is asked: what deletes lines must show beforehand which ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from normtool.text.chrome import chrome_edits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from normtool.chromepack import BlockPattern, LinePattern, ListPattern, Pack, SequencePattern, ZonePattern

    Pattern = LinePattern | ListPattern | BlockPattern | SequencePattern | ZonePattern

_SUSPECTED = "CHR016"
KINDS = ("lines", "lists", "blocks", "sequences", "zones")
_SIDES = {"head": ("head",), "tail": ("tail",), "edge": ("head", "tail"), "any": ("head", "tail"), "zone": ()}
_TITLE = "某市水务局关于节约用水的通知"
BODY = "一、总体要求\n本办法自公布之日起施行，由某市水务局负责解释。\n某市水务局\n2024年3月5日"


class Trial(NamedTuple):
    """An example above or below a document, and what of both stays when the stage has been asked."""

    lines: tuple[str, ...]
    side: str
    left: tuple[str, ...]
    body_stays: bool


class Fault(NamedTuple):
    """What is wrong with an entry: its table's name (``line``), its number among those (1-based), and why, in words."""

    kind: str
    number: int
    what: str


def faults_of(pack: Pack, packs: Sequence[Pack]) -> Iterator[Fault]:
    """Say which examples of a pack's entries are not taken, and which look-alikes are; ``packs`` are all, for a zone needs company."""
    for kind in KINDS:
        for number, entry in enumerate(getattr(pack, kind), 1):
            for trial in trials(pack, kind, entry, packs, entry.match):
                if trial.left:
                    what = f"does not take {trial.left[0]!r} of its examples in `match`; correct the entry or the example"
                    yield Fault(kind.removesuffix("s"), number, f"({entry.name}) {what}")
            for trial in trials(pack, kind, entry, packs, entry.reject):
                if trial.left != trial.lines:
                    what = f"takes {trial.lines[0]!r} of its look-alikes in `reject`; correct the entry or the look-alike"
                    yield Fault(kind.removesuffix("s"), number, f"({entry.name}) {what}")


def trials(
    pack: Pack, kind: str, entry: Pattern, packs: Sequence[Pack], examples: Sequence[str | tuple[str, ...]]
) -> Iterator[Trial]:
    """Ask the stage about examples of one entry: of its own pack it stands alone, a zone among all."""
    alone: dict[str, Any] = {k: (entry,) if k == kind else () for k in KINDS}
    asked = packs if kind == "zones" else (pack._replace(**alone),)
    for side in _SIDES[entry.where]:
        for example in examples:
            lines = (example,) if isinstance(example, str) else example
            text = _around(lines, side, entry)
            edits = [e for e in chrome_edits(text, asked) if (e.rule == _SUSPECTED) == (entry.rule == _SUSPECTED)]
            gone = {line for e in edits for line in text[e.start : e.end].split("\n") if line}
            yield Trial(lines, side, tuple(line for line in lines if line not in gone), gone.isdisjoint(BODY.split("\n")))


def _around(lines: tuple[str, ...], side: str, entry: Pattern) -> str:
    """Put lines above or below a document; a line that must repeat another finds it there."""
    needs = getattr(entry, "needs", "")
    above = (
        ["索引号：1", "发文机关：某局", "公开日期：" + lines[0].partition(":")[2].strip(), "某局关于某事的通知"]
        if needs == "repeated-date"
        else []
    )
    name = lines[0].rpartition(".")[0].removeprefix("附件:") if needs == "repeated-name" else ""
    title = _TITLE if side == "head" and hasattr(entry, "gap") else ""  # a zone never takes all that stands above a body
    parts = [*above, *lines, title, name, BODY] if side == "head" else [*above, name, BODY, *lines]
    return "\n".join(part for part in parts if part) + "\n"
