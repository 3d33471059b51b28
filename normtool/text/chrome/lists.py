"""Lines that hold nothing but listed pieces: menus, toolbars, datelines, footers.

A line is one piece as a whole, or it is cut into pieces at blanks, bars and brackets. In a listed word, ``#`` stands for digits.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from normtool.chromepack import compile_line
from normtool.grammar.organs import organs_in_line
from normtool.text.chrome.match import runs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normtool.chromepack import ListPattern
    from normtool.text.chrome.view import Candidate

_CUT = re.compile(r"(?:[\s|丨∣¦\\·•●◆■▪>»›→\[\]【】()〔〕{}<×✖✕+↺]|(?<=[\u4e00-\u9fff])/(?=[\u4e00-\u9fff]))+")
_DASHES = re.compile(r"[-–—=~*.、,;:]*")
_COLON = re.compile(r" ?:(?: (?![^\s:]{1,8} ?:))?")
"""A colon with the blanks around it; the blank stays before the next label where a value is missing: ``浏览次数: 字号:``."""
_DIGITS = re.compile(r"\d+")


def pieces_of(folded: str) -> list[str]:
    """Cut a folded line into its pieces; a label keeps its value: ``发布日期:2024-01-05``."""
    return [p for p in _CUT.split(_COLON.sub(":", folded.lower())) if not _DASHES.fullmatch(p)]


class ListLines:
    """The lines among ``candidates`` that a list pattern explains; ``indexes`` are those that prove.

    ``different`` holds every candidate's text once: a line that a page prints a thousand times is looked up once.
    """

    def __init__(self, pattern: ListPattern, candidates: list[Candidate], different: Iterable[str]) -> None:
        self.pattern = pattern
        self._piece = compile_line("|".join(f"(?:{p})" for p in pattern.pieces)) if pattern.pieces else None
        self._beside = compile_line("|".join(f"(?:{p})" for p in pattern.beside)) if pattern.beside else None
        self._proof = {line: proof for line in different if (proof := self._look_up(line)) is not None}
        where = "edge" if pattern.where == "zone" else pattern.where
        self._lines: list[Candidate] = []
        self.indexes: set[int] = set()
        if any(self._proof.values()):
            self._lines = [c for c in candidates if c.folded in self._proof and c.stands(where)]
            self.indexes = {c.line for c in self._lines if self._proof[c.folded]}

    def proven(self) -> Iterator[Candidate]:
        """Give the lines of the runs that hold enough different pieces; none for a list that only a zone uses."""
        if self.pattern.where == "zone":
            return
        for run in runs_of(self._lines):
            if len(frozenset().union(*{self._proof[c.folded] for c in run})) >= self.pattern.minimum:
                yield from self._sure(run)

    def _sure(self, run: list[Candidate]) -> Iterator[Candidate]:
        """Leave out what may be the document's: a date above a footer, or a name, which signs or begins a title over two lines."""
        above = sum(1 for _ in takewhile(lambda c: c.tail and not self._proof[c.folded], run))
        yield from (c for c in run[above:] if self._proof[c.folded] or not organs_in_line(c.folded))

    def _look_up(self, folded: str) -> frozenset[str] | None:
        words = self.pattern.words
        whole = folded.lower()
        if whole in words or _DIGITS.sub("#", whole) in words:
            return frozenset((whole,))
        proof = set()
        for piece in pieces_of(folded):
            if piece in words or piece.rstrip(":") in words or (self._piece and self._piece.fullmatch(piece)):
                proof.add(piece)
            elif not (self._beside and self._beside.fullmatch(piece)):
                return None
        return frozenset(proof)
