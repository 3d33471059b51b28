"""Which of many places that look like labels are the numbering of a document.

Levels may restart (1. 2. 3. under every （一）) or continue (1.–18. across them), boxes (专栏N) have numbers of their own and inside
them a numbering of their own; an inline ``1.`` out of sequence is no label. Articles run on through chapters: a second 第一条 is
one that the text cites.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.grammar.numbering import LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from normtool.grammar.numbering import Label, Style


class _Counters:
    """The last number of every style, outside boxes and inside the open one."""

    __slots__ = ("inner", "last")

    def __init__(self) -> None:
        self.last: dict[Style, int] = {}
        self.inner: dict[Style, int] | None = None

    def take(self, label: Label) -> bool:
        """Count a label when it continues or opens a numbering; tell whether it did."""
        style, number = label.style, label.number
        if style == "box":
            if number != self.last.get("box", 0) + 1:
                return False
            self.last["box"] = number
            self.inner = {}
            return True
        if self.inner is not None and self._inside(style, number):
            self.inner[style] = number
            return True
        if number != self.last.get(style, 0) + 1 and (number != 1 or style == "article"):
            return False
        self.inner = None
        self.last[style] = number
        for other in self.last:
            if LEVEL[other] > LEVEL[style] and other in ("hanzi-paren", "arabic-paren", "section"):
                self.last[other] = 0
        return True

    def _inside(self, style: Style, number: int) -> bool:
        """Tell whether a number belongs to the open box: it goes on in it, or opens one that cannot go on outside."""
        inner = self.inner or {}
        if number == inner.get(style, 0) + 1 and (style in inner or number == 1):
            return LEVEL[style] >= LEVEL["arabic"] and (style in inner or self.last.get(style, 0) != 0)
        return False


def in_sequence(labels: Iterable[Label]) -> tuple[Label, ...]:
    """Give those of ``labels`` (in the order of the text) that form the numbering."""
    counters = _Counters()
    return tuple(label for label in labels if counters.take(label))
