"""The syntax within paragraphs: code, math, tags, entities, escapes, links and emphasis.

In: the ranges of a text's paragraphs. Out: pieces. Read from left to right as CommonMark does, each mark once: what closes a mark
is looked up, so that a megabyte of any mark takes no longer than a megabyte of text. A mark that nothing closes is text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from normtool.lazyre import lazy
from normtool.markdown.pieces import RAW, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

    from normtool.model import Span

_MARK = lazy(r"[\\`$<&\[\]*_]|!(?=\[)|~~|(?:https?|ftp)://[!-~]")
_TICKS = lazy("`+")
_ESCAPE = lazy(r"\\(?:[!-/:-@\[-`{-~]|\n)")
_MATH = lazy(r"\$(?![\s$])[^$`]*(?<![\s\\])\$(?![0-9])")
_ANGLE = lazy(
    r"""
      <[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*>                       # <https://…>
    | <[^<>\s@]{1,100}@[^<>\s]{1,200}>                              # <name@…>
    | </?[A-Za-z][A-Za-z0-9:-]*+(?=[\s/>])(?:[^<>"']|"[^"<>]*"|'[^'<>]*')*+>
    | <[/!]?[A-Za-z][A-Za-z0-9:-]*+(?=[\s/>])[^<>]*>
    """,
    re.VERBOSE,
)
_ENCLOSED = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
"""What opens a comment, an instruction or raw data, and what closes it."""
_COMMENT = "<!--"
_EMPTY_COMMENTS = ("<!-->", "<!--->")
_ENTITY = lazy(r"&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_EMPHASIS = lazy(r"\*+|_+|~~+")
_URL = lazy(r"[a-z]+://[!#%-)+-;=?-Z^_a-~]*[A-Za-z0-9/=&#_%+-]")
_ROUND = lazy(r"\\[()\\]|[()]")
_TITLED = lazy(r"\([ \t]*(?:<[^<>\n]{0,400}>|[^\s()<>]{0,400})[ \t]*\n?[ \t]*(?:\"[^\"\n]{0,400}\"|'[^'\n]{0,400}')[ \t]*\)")
_LABEL = lazy(r"\[([^\[\]\n]{0,200})\]")
_MAX_LABEL = 200


class _Paragraph(NamedTuple):
    """A paragraph with what closes its marks: the places of runs of backticks by their length, and the partners of brackets.

    ``closes`` has the last place of each thing that closes a comment or its like; -1 where there is none.
    """

    text: str
    start: int
    end: int
    ticks: dict[int, list[int]]
    partners: dict[int, int]
    closes: dict[str, int]


def label_of(text: str) -> str:
    """Give the form of a link's label in which two of them are compared."""
    return " ".join(text.split()).casefold()


def inline_pieces(text: str, span: Span, labels: frozenset[str]) -> Iterator[Piece]:
    """Give the syntax within a paragraph; ``labels`` are those that the text defines."""
    paragraph = _prepared(text, span)
    opened: list[int] = []
    at = span.start
    while found := _MARK.search(text, at, span.end):
        at = found.start()
        mark = text[at]
        if mark in "![":
            opened.append(at)
            at = found.end() + (mark == "!")
        elif mark == "]":
            pieces = _closed(paragraph, opened.pop(), at, labels) if opened else ()
            yield from pieces
            at = max(at + 1, *(piece.end for piece in pieces)) if pieces else at + 1
        else:
            piece = _piece(paragraph, at)
            if piece:
                yield piece
            at = piece.end if piece else found.end()


def _prepared(text: str, span: Span) -> _Paragraph:
    ticks: dict[int, list[int]] = defaultdict(list)
    if text.find("`", *span) >= 0:
        for run in _TICKS.finditer(text, *span):
            ticks[len(run[0])].append(run.start())
    partners = {}
    if text.find("](", *span) >= 0:
        stack = []
        for match in _ROUND.finditer(text, *span):
            if match[0] == "(":
                stack.append(match.start())
            elif match[0] == ")" and stack:
                partners[stack.pop()] = match.start()
    closes = {close: text.rfind(close, *span) for _, close in _ENCLOSED} if text.find("<", *span) >= 0 else {}
    return _Paragraph(text, *span, ticks, partners, closes)


def _piece(paragraph: _Paragraph, at: int) -> Piece | None:
    """Give the syntax that begins at a mark, or None where the mark is text."""
    text, mark = paragraph.text, paragraph.text[at]
    if mark == "`":
        return _code(paragraph, at)
    if mark in "*_~":
        return _emphasis(paragraph, at)
    if text.startswith("$$", at):
        close = text.find("$$", at + 2, paragraph.end)
        return Piece(at, close + 2, RAW) if close > 0 and text.find("`", at, close) < 0 else None
    if mark == "<" and (end := _enclosed_end(paragraph, at)):
        return Piece(at, end, RAW)
    pattern = {"\\": _ESCAPE, "$": _MATH, "<": _ANGLE, "&": _ENTITY}.get(mark, _URL)
    match = pattern.match(text, at, paragraph.end)
    return Piece(*match.span(), RAW if mark in "$<&" else "") if match else None


def _enclosed_end(paragraph: _Paragraph, at: int) -> int:
    """Tell where the comment, the instruction or the raw data that begins at a mark ends; 0 where none does.

    Of a comment that is not closed, because an empty line stands in it, it is the mark alone.
    """
    text, end = paragraph.text, paragraph.end
    for comment in _EMPTY_COMMENTS:
        if text.startswith(comment, at, end):
            return at + len(comment)
    for opening, close in _ENCLOSED:
        inner = at + len(opening)
        if text.startswith(opening, at, end) and inner <= paragraph.closes[close]:
            return text.find(close, inner, end) + len(close)
    return at + len(_COMMENT) if text.startswith(_COMMENT, at, end) else 0


def _code(paragraph: _Paragraph, at: int) -> Piece:
    """Give the code from a run of backticks to the next one as long; where there is none, the run."""
    run = _TICKS.match(paragraph.text, at, paragraph.end)
    end = run.end() if run else at + 1
    runs = paragraph.ticks.get(end - at, [])
    k = bisect_left(runs, end)
    return Piece(at, runs[k] + end - at, RAW) if k < len(runs) else Piece(at, end)


def _emphasis(paragraph: _Paragraph, at: int) -> Piece:
    """Give a run of marks of emphasis; what stands on either side decides whether it opens or closes one."""
    run = _EMPHASIS.match(paragraph.text, at, paragraph.end)
    end = run.end() if run else at + 1
    before = paragraph.text[at - 1] if at > paragraph.start else " "
    after = paragraph.text[end] if end < paragraph.end else " "
    return Piece(at, end, _class(before) + _class(after))


def _class(character: str) -> str:
    if character.isspace():
        return " "
    return "," if category(character)[0] in "PS" else "a"


def _closed(paragraph: _Paragraph, start: int, at: int, labels: frozenset[str]) -> tuple[Piece, ...]:
    """Give the syntax of the brackets from ``start`` to ``at``: of a link or an image, a reference or a footnote; () where they are text."""
    text = paragraph.text
    inner = start + 1 + (text[start] == "!")
    end = _destination_end(paragraph, at + 1)
    if end:
        return Piece(start, inner), Piece(at, end)
    label = _LABEL.match(text, at + 1, paragraph.end)
    if label and label_of(label[1]) in labels:
        return Piece(start, inner), Piece(at, label.end())
    named = at - inner <= _MAX_LABEL and (text[inner] == "^" or label_of(text[inner:at]) in labels)
    return (Piece(start, label.end() if label and not label[1] else at + 1),) if named else ()


def _destination_end(paragraph: _Paragraph, at: int) -> int:
    """Tell where the round brackets behind a link's text end; 0 where there are none, or the line ends before they do."""
    text = paragraph.text
    if not text.startswith("(", at, paragraph.end):
        return 0
    titled = _TITLED.match(text, at, paragraph.end)
    if titled:
        return titled.end()
    close = paragraph.partners.get(at, 0)
    return close + 1 if close and text.find("\n", at, close) < 0 else 0
