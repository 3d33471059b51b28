"""Notes the short lines of one document: where each stands, and which rule takes it today.

In: a text that has come as far as the chrome stage. Out: what ``proposal`` compares with other documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from normtool.grammar.metadata_lines import metadata_blocks
from normtool.lines import lines_of
from normtool.text.chrome import chrome_edits
from normtool.text.chrome.view import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from normtool.chromepack import Pack

Side = Literal["head", "tail", "body"]


class Seen(NamedTuple):
    """A line of a document: folded, where it stands, the rule that takes it today (empty: none), and whether its neighbours adjoin."""

    text: str
    side: Side
    order: int
    rule: str


class Observed(NamedTuple):
    """The short lines of one document."""

    filename: str
    lines: tuple[Seen, ...]


def observe(filename: str, text: str, packs: Sequence[Pack]) -> Observed:
    """Note the short lines of a text that has come as far as the chrome stage (see ``pipeline.before_chrome``)."""
    lines = lines_of(text)
    view = read(lines, {line.start for block in metadata_blocks(text) for line, _ in block})
    rules = {at: str(e.rule) for e in chrome_edits(text, packs) if e.safe for at in _starts(text, e.start, e.end)}
    return Observed(
        filename,
        tuple(
            Seen(
                c.folded,
                "head" if c.head and not c.tail else "tail" if c.tail and not c.head else "body",
                c.order,
                rules.get(lines[c.line].start, ""),
            )
            for c in view.candidates
        ),
    )


def _starts(text: str, start: int, end: int) -> Iterator[int]:
    """Give the start of every line in a range."""
    yield start
    at = text.find("\n", start, end)
    while at >= 0:
        yield at + 1
        at = text.find("\n", at + 1, end)
