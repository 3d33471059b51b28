"""TXT: marks that do not pair, and characters that nobody can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from normtool.grammar.quoting import straight_pairs
from normtool.lazyre import lazy
from normtool.model import Span
from normtool.rulebook import enumerated, finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from normtool.document import Document
    from normtool.model import CleanText, Finding, Settings

_CLOSE = {"“": "”", "‘": "’", "《": "》", "（": "）", "〔": "〕", "【": "】", "(": ")"}
_OPEN = {close: mark for mark, close in _CLOSE.items()}
_MARKS = lazy('[“”‘’《》（）〔〕【】()"]')
_NO_MARKS = lazy("[^“”‘’《》（）〔〕【】()\n]+")
_ENUMERATION = lazy(r"(?:^|[\s。；：，、])[0-9A-Za-z①-⑳一二三四五六七八九十]{1,3}$")
_LATIN = lazy("[A-Za-z0-9]$")
_PRIVATE = lazy("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd\ufdd0-\ufdef\ufffe\uffff]+")
_WIDE = {"(": "（"}
_DEPTH = 10
_APART = 2


class _Mark(NamedTuple):
    """A mark that found no partner in its line: its place in the text and the number of the line."""

    text: str
    at: int
    line: int


def findings(text: CleanText, document: Document, settings: Settings) -> tuple[Finding, ...]:  # noqa: ARG001
    """Give TXT002 for marks without a partner and pairs of two widths, TXT005 for private-use characters."""
    return (*_unpaired(text), *_private(text))


def _unpaired(text: str) -> Iterable[Finding]:
    """Pair the marks of each line; a quotation over several paragraphs, each opened and the last closed, is a pair too.

    Of several equal marks without a partner in a line the first is named.
    """
    at = 0
    single: list[_Mark] = []
    marks = _NO_MARKS.sub("", text).split("\n")
    for number, line in enumerate(text.split("\n")):
        if single and single[-1].text in "“‘" and line.startswith(single[-1].text) and single[-1].line >= number - _APART:
            single.pop()  # each paragraph of a quotation opens it, the last closes it
        if marks[number] and not _paired(marks[number]):
            left, mixed = _line(line)
            for mark, place in mixed:
                yield finding("TXT002", f"{mark} pairs with a mark of another width", Span(at + place, at + place + 1))
            first = dict(reversed(left))
            single += [_Mark(mark, at + place, number) for mark, place in sorted(first.items(), key=lambda entry: entry[1])]
        at += len(line) + 1
    for alone in _without_long_quotations(single):
        yield finding("TXT002", f"{alone.text} has no partner", Span(alone.at, alone.at + 1))


def _paired(marks: str) -> bool:
    """Tell whether the marks of a line, without the text between them, are nested pairs; a quick look for the usual line."""
    for _ in range(_DEPTH):
        before = len(marks)
        for mark, close in _CLOSE.items():
            marks = marks.replace(mark + close, "")
        if len(marks) in (0, before):
            break
    return not marks


def _line(line: str) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Give the marks without a partner, and the closing marks whose partner has another width.

    A straight mark counts as “ or ” where it is one of a pair: that pair is TXT016's business.
    """
    straight = {at: mark for pair in straight_pairs(line) for at, mark in zip(pair, "“”", strict=True)} if '"' in line else {}
    stack: list[tuple[str, int]] = []
    left: list[tuple[str, int]] = []
    mixed: list[tuple[str, int]] = []
    for match in _MARKS.finditer(line):
        at = match.start()
        mark = straight.get(at, match.group())
        if mark == '"':
            continue
        if mark in _CLOSE:
            stack.append((mark, at))
            continue
        wanted = _WIDE.get(_OPEN[mark], _OPEN[mark])
        depth = next(
            (
                k
                for k in range(len(stack) - 1, max(-1, len(stack) - _DEPTH), -1)
                if _WIDE.get(stack[k][0], stack[k][0]) == wanted
            ),
            None,
        )
        if depth is not None:
            left += stack[depth + 1 :]
            if stack[depth][0] != _OPEN[mark]:
                mixed.append((mark, at))
            del stack[depth:]
        elif not (mark in ")）" and _ENUMERATION.search(line[max(0, at - 4) : at])) and not (
            mark == "’" and _LATIN.search(line[at - 1 : at])
        ):
            left.append((mark, at))
    return [entry for entry in (*left, *stack) if entry[0] not in "()"], mixed


def _without_long_quotations(marks: list[_Mark]) -> list[_Mark]:
    """Leave out quotation marks closed in one of the next ten lines, and brackets closed in the next (a line that was cut)."""
    waiting: dict[str, list[_Mark]] = {}
    gone: set[int] = set()
    for mark in marks:
        if mark.text not in _OPEN:
            waiting.setdefault(mark.text, []).append(mark)
            continue
        reach = _DEPTH if mark.text in "”’" else _APART
        opened = [m for m in waiting.pop(_OPEN[mark.text], ()) if mark.line - m.line <= reach]
        if opened:
            gone.update(m.at for m in opened)
            gone.add(mark.at)
    return [mark for mark in marks if mark.at not in gone]


def _private(text: str) -> Iterable[Finding]:
    if text.replace("\n", "").replace("\t", "").isprintable():
        return
    for match in _PRIVATE.finditer(text):
        codes = enumerated((f"U+{ord(c):04X}" for c in dict.fromkeys(match.group())), gap=" ")
        yield finding("TXT005", f"{codes}: private-use or no character, nobody else can read it", Span(*match.span()))
