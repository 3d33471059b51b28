"""The syntax of lines: front matter, blocks of code, HTML and math, headings, lists, quotes, tables and definitions.

In: a text. Out: the pieces that make its lines what they are, and the ranges of its paragraphs, in which ``inline`` looks for more.
Lines are read one after another with the places at which the open list items begin, for these decide where a block of code ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from normtool.lazyre import lazy
from normtool.lines import lines_of
from normtool.markdown.inline import label_of
from normtool.markdown.opaque import opaque_end
from normtool.markdown.pieces import BREAK, Piece
from normtool.markdown.rows import Row, row_of
from normtool.model import Span

if TYPE_CHECKING:
    from normtool.lines import Line

_TASK = lazy(r"\[[ xX]\](?=[ \t])[ \t]*")
_HEADING = lazy(r"#{1,6}(?:[ \t]+|\Z)")
_HEADING_END = lazy(r"(?<![ \t])[ \t]+#+[ \t]*\Z")
_RULE = lazy(r"(?P<mark>[-*_])(?:[ \t]*(?P=mark)){2,}[ \t]*\Z")
_UNDERLINE = lazy(r"(?:=+|-+)[ \t]*\Z")
_DELIMITERS = lazy(r"(?=.*\|)(?=.*-)[|:\- \t]+\Z")
_BAR = lazy(r"(?:(?<![ \t\\])[ \t]+)?(?<!\\)\|[ \t]*")
_OTHER_BLOCK = lazy(r"#{1,6}(?:[ \t]|\Z)|`{3}|~{3}|</?[A-Za-z!?]")
_DEFINITION = lazy(r"\[(?!\^)(?P<label>[^\[\]]{1,200})\]:(?P<target>.*)\Z")
_FOOTNOTE = lazy(r"\[\^[^\[\]\s]{1,200}\]:[ \t]*")
_TITLE = lazy(r"(?:\"[^\"]*\"|'[^']*'|\([^()]*\))\Z")
_DIRECTIVE = lazy(r":{3,}|(?:!!!|\?\?\?\+?) [a-z]")
"""The line that opens or closes a box of VuePress, Pandoc or MkDocs."""
_HARD_BREAK = lazy(r"(?<![ \t])[ \t]{2,}\Z")
_FRONT = {"---": ("---", "..."), "+++": ("+++",)}


class Blocks(NamedTuple):
    """What the lines of a text are: ``fixed`` and ``marks`` as in ``Syntax``, the ranges of paragraphs, and the labels defined."""

    fixed: list[Piece]
    marks: list[Piece]
    paragraphs: list[Span]
    labels: set[str]


class _Reading(NamedTuple):
    """A text that is read, and what was found so far."""

    text: str
    lines: list[Line]
    out: Blocks


def blocks_of(text: str) -> Blocks:
    """Read the lines of a text."""
    lines = [_without_return(line) for line in lines_of(text)]
    out = Blocks([], [], [], set())
    reading = _Reading(text, lines, out)
    k = _front_matter(lines)
    if k:
        out.fixed.append(Piece(0, lines[k - 1].end))
    above: Row | None = None
    items: tuple[int, ...] = ()
    while k < len(lines):
        if lines[k].text.strip(" \t"):
            row = row_of(lines[k], items)
            items = above.items if above and _is_text(row, above) else row.items
            k, above = _read_block(reading, k, row, above)
        else:
            k, above = k + 1, None
    end = len(text.rstrip())
    return out._replace(fixed=[piece for piece in out.fixed if piece.kind != BREAK or piece.start < end])


def _without_return(line: Line) -> Line:
    r"""Take the ``\r`` of a line break off, where LAY004 is ignored."""
    bare = line.text.rstrip("\r")
    return line if bare == line.text else line._replace(text=bare, end=line.start + len(bare))


def _front_matter(lines: list[Line]) -> int:
    """Count the lines of the block between two ``---`` or ``+++`` that the text opens with."""
    closing = _FRONT.get(lines[0].text.rstrip()) if lines else None
    if not closing:
        return 0
    return next((k + 1 for k, line in enumerate(lines) if k and line.text.rstrip() in closing), 0)


def _read_block(reading: _Reading, k: int, row: Row, above: Row | None) -> tuple[int, Row | None]:
    """Read the block that begins in line ``k``; give the line behind it, and the row if that may go on with its paragraph."""
    text, lines, out = reading
    if above and _is_text(row, above):
        _read_marks(row, out)
        return k + 1, _read_text(text, row, above, out)
    end = opaque_end(text, lines, k, row, goes_on=above is not None and not row.item)
    if end > k:
        last = max(j for j in range(k, end) if j == k or lines[j].text.strip(" \t"))
        out.fixed.append(Piece(row.line.start, lines[last].end))
        return end, None
    end = k if above and row.is_lazy_below(above) else _table_end(lines, k, row)
    if end > k:
        for line in lines[k:end]:
            _read_table_line(text, row_of(line, row.items), out)
        return end, None
    end = _definition_end(lines, k, row, out.labels)
    if end > k:
        out.fixed.append(Piece(row.line.start, lines[end - 1].end, "within text" if above else ""))
        _break(lines[end - 1], out)
        return end, None
    return k + 1, _read_line(text, row, above, out)


def _is_text(row: Row, above: Row) -> bool:
    """Tell whether a line goes on with a paragraph, as ``row.is_text_below`` says; what looks like empty items may be a rule."""
    return row.is_text_below(above) and (row.is_far_below(above) or not _RULE.match(row.line.text.lstrip(" \t>")))


def _table_end(lines: list[Line], k: int, row: Row) -> int:
    """Tell where a table whose head is line ``k`` ends: before an empty line or another block; ``k`` where there is none."""
    if "|" not in row.rest or k + 1 == len(lines) or not _DELIMITERS.match(row_of(lines[k + 1], row.items).rest):
        return k
    for j in range(k + 2, len(lines)):
        below = row_of(lines[j], row.items)
        if not below.rest or below.item or below.quotes != row.quotes or _OTHER_BLOCK.match(below.rest):
            return j
    return len(lines)


def _read_table_line(text: str, row: Row, out: Blocks) -> None:
    """Take the bars of a table's line with the blanks beside them, which align it; the cells are text."""
    out.fixed.append(Piece(row.line.start, row.start))
    _break(row.line, out)
    if _DELIMITERS.match(row.rest):
        out.fixed.append(Piece(row.start, row.line.end))
        return
    at = row.start
    for bar in _BAR.finditer(row.rest):
        start, end = bar.span()
        out.fixed.append(Piece(row.start + start, row.start + end))
        out.paragraphs.append(Span(at, row.start + start))
        at = row.start + end
    _read_text(text, row._replace(at=at - row.line.start), None, out)


def _definition_end(lines: list[Line], k: int, row: Row, labels: set[str]) -> int:
    """Tell where the definition of a link's label ends, with its target or title in the next lines; ``k`` where none begins."""
    match = _DEFINITION.match(row.rest)
    if not match:
        return k
    end = k + 1
    if not match["target"].strip():
        if end == len(lines) or not lines[end].text.strip():
            return k
        end += 1
    if end < len(lines) and _TITLE.match(lines[end].text.strip()):
        end += 1
    labels.add(label_of(match["label"]))
    return end


def _read_line(text: str, row: Row, above: Row | None, out: Blocks) -> Row | None:
    """Read a heading, a rule or a line of a paragraph; give the row where the next line may go on with its paragraph."""
    line, rest, start = row.line, row.rest, row.start
    _read_marks(row, out)
    if row.item or (above and row.quotes > above.quotes):
        above = None
    if above and row.quotes == above.quotes and _UNDERLINE.match(rest):
        out.fixed.append(Piece(line.start - 1, line.end, "underline"))
        _break(line, out)
        return None
    if not rest or _RULE.match(rest) or _DIRECTIVE.match(rest):
        out.fixed.append(Piece(start, line.end))
        _break(line, out)
        return None
    heading = _HEADING.match(rest)
    opening = heading or _FOOTNOTE.match(rest) or (_TASK.match(rest) if row.item else None)
    if not opening:
        return _read_text(text, row, above, out)
    out.fixed.append(Piece(start, start + opening.end()))
    _break(line, out)
    if not heading:
        return _read_text(text, row._replace(at=row.at + opening.end()), None, out)
    closing = _HEADING_END.search(rest, heading.end())
    end = start + closing.start() if closing else line.end
    out.fixed.append(Piece(end, line.end))
    out.paragraphs.append(Span(start + heading.end(), end))
    return None


def _read_marks(row: Row, out: Blocks) -> None:
    """Take what stands before the rest of a line: marks of quotes and items stay, a mere indent may go with its line."""
    before = Piece(row.line.start, row.start)
    if row.item or row.quotes:
        out.fixed.append(before)
        _break(row.line, out)
    else:
        out.marks.append(before)


def _read_text(text: str, row: Row, above: Row | None, out: Blocks) -> Row:
    """Read a line of a paragraph, which goes on with that of ``above`` where there is one."""
    end = row.line.end
    blanks = _HARD_BREAK.search(row.rest)
    if blanks:
        out.marks.append(Piece(row.start + blanks.start(), end + (text[end + 1 : end + 2] not in ("", "\n"))))
    if above is None:
        out.paragraphs.append(Span(row.start, end))
        return row
    out.paragraphs[-1] = Span(out.paragraphs[-1].start, end)
    return above


def _break(line: Line, out: Blocks) -> None:
    out.fixed.append(Piece(line.end, line.end + 1, BREAK))
