"""Lines that hold nothing but listed pieces: menus, toolbars, datelines, footers.

A line is one piece as a whole, or it is cut into pieces at blanks, bars and brackets. In a listed word, ``#`` stands for
digits.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from normtool.chromepack import compile_line
from normtool.grammar.organs import organs_in_line
from normtool.lazyre import lazy
from normtool.text.chrome.match import runs_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from normtool.chromepack import ListPattern, Where
    from normtool.text.chrome.view import Candidate

_CUTS = str.maketrans(dict.fromkeys("|丨∣¦\\·•●◆■▪>»›→[]【】()〔〕{}<×✖✕+↺", " "))
_SLASH = lazy(r"(?<=[\u4e00-\u9fff])/(?=[\u4e00-\u9fff])")
_DASHES = "-–—=~*.、,;:"
_COLON = lazy(r" ?:(?: (?![^\s:]{1,8} ?:))?")
"""A colon with the blanks around it; the blank stays before the next label where a value is missing: ``浏览次数: 字号:``."""
_DIGITS = lazy(r"\d+")


def pieces_of(folded: str) -> list[str]:
    """Cut a folded line into its pieces; a label keeps its value: ``发布日期:2024-01-05``."""
    line = folded.lower()
    if ":" in line:
        line = _COLON.sub(":", line)
    if "/" in line:
        line = _SLASH.sub(" ", line)
    return [piece for piece in line.translate(_CUTS).split() if piece.strip(_DASHES)]


class Pieces(NamedTuple):
    """A line's pieces, and the forms in which a list may have them or the whole line as a word."""

    pieces: list[str]
    whole: frozenset[str]
    forms: frozenset[str]


@lru_cache(maxsize=2048)
def cut_up(folded: str) -> Pieces:
    """Cut a folded line up for looking it up in lists."""
    pieces = pieces_of(folded)
    lower = folded.lower()
    whole = frozenset((lower, _DIGITS.sub("#", lower)))
    return Pieces(pieces, whole, whole.union(pieces, (p.rstrip(":") for p in pieces)))


class Place(NamedTuple):
    """The candidates where a list looks for its lines; ``lines`` has each text once, ``words`` the forms of all of them."""

    candidates: list[Candidate]
    lines: dict[str, Pieces]
    words: frozenset[str]
    whole: str
    """All words, to look for signs in."""


def place(candidates: list[Candidate], where: Where) -> Place:
    """Gather the candidates that stand at ``where``; a list for zones looks on both sides."""
    standing = [c for c in candidates if c.stands("edge" if where == "zone" else where)]
    lines = {line: cut_up(line) for line in {c.folded: None for c in standing}}
    words = frozenset[str]().union(*(cut.forms for cut in lines.values()))
    return Place(standing, lines, words, "\n".join(words))


class ListLines:
    """The lines of a place that a list pattern explains; ``indexes`` are those that prove.

    Most lists have nothing to do with a text, and then none of their expressions is compiled. The name of an organ alone on a line
    is none of them, and parts what stands above and below it: it signs, or begins a title over two lines.
    """

    def __init__(self, pattern: ListPattern, here: Place) -> None:
        self.pattern = pattern
        self._proof: dict[str, frozenset[str]] = {}
        self._lines: list[Candidate] = []
        self.indexes: set[int] = set()
        signs = any(sign in here.whole for sign in pattern.signs)
        if not signs and pattern.words.isdisjoint(here.words):
            return
        piece = compile_line("|".join(f"(?:{p})" for p in pattern.pieces)) if signs else None
        proving = {word: word for word in pattern.words & here.words}
        if piece:
            proving |= {word: _kind(pattern, word) for word in here.words - proving.keys() if piece.fullmatch(word)}
        if not proving:
            return
        beside = compile_line("|".join(f"(?:{p})" for p in pattern.beside)) if pattern.beside else None
        found = {line: _proof(cut, pattern.words, proving, beside) for line, cut in here.lines.items()}
        self._proof = {
            line: proof for line, proof in found.items() if proof or (proof is not None and not organs_in_line(line))
        }
        if any(self._proof.values()):
            self._lines = [c for c in here.candidates if c.folded in self._proof]
            self.indexes = {c.line for c in self._lines if self._proof[c.folded]}

    def proven(self) -> Iterator[Candidate]:
        """Give the lines of the runs that hold enough different pieces; none for a list that only a zone uses."""
        if self.pattern.where != "zone" and not self.pattern.company:
            for run in self.runs():
                yield from run

    def runs(self) -> Iterator[list[Candidate]]:
        """Give the runs that hold enough different pieces, without what may be the document's above a footer."""
        for run in runs_of(self._lines):
            if len(frozenset().union(*{self._proof[c.folded] for c in run})) >= self.pattern.minimum:
                above = sum(1 for _ in takewhile(lambda c: c.tail and not self._proof[c.folded], run))
                yield run[above:]


def _kind(pattern: ListPattern, piece: str) -> str:
    """Give the expression that a piece is one of: two dates of publication are one kind of piece, and no proof of a dateline."""
    return next(each for each in pattern.pieces if compile_line(each).fullmatch(piece))


def _proof(
    cut: Pieces, words: frozenset[str], proving: dict[str, str], beside: re.Pattern[str] | None
) -> frozenset[str] | None:
    """Give what of a line proves, words and kinds of pieces, or None when the line holds anything that is not listed."""
    if not words.isdisjoint(cut.whole):
        return cut.whole & words
    proof = set()
    for piece in cut.pieces:
        if piece in proving:
            proof.add(proving[piece])
        elif piece.rstrip(":") in words:
            proof.add(piece.rstrip(":"))
        elif not (beside and beside.fullmatch(piece)):
            return None
    return frozenset(proof)
