"""From a page's source to its document: render, find the place, and put title and metadata to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.grammar.markup import escaped
from normtool.model import FileLink, NormtoolError, Page
from normtool.page import metadata, titles
from normtool.page.choose import choose, pictures
from normtool.page.layout import Row
from normtool.page.packs import places
from normtool.page.recognize import is_page, unescaped, with_lookalikes_escaped
from normtool.page.trim import superfluous
from normtool.page.weights import weigh

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from normtool.page.choose import Place
    from normtool.page.layout import Rendering
    from normtool.page.metadata import Table
    from normtool.page.packs import Places

_MAX_DEPTH = 3
_NEAR = 16
_ICON = 48


def read(source: str, packs: tuple[str, ...]) -> Page:
    """Give the document of a page.

    The text starts with the page's metadata table, one ``标签：值`` a line, where it has one before, behind or beside the document;
    then comes the title where the document's place lacks it, then the document. Where that is markup again (a field that was
    escaped twice), it is read, too. Raises NormtoolError when the HTML library is not installed.
    """
    try:
        import turbohtml  # noqa: F401
    except ImportError:
        raise NormtoolError(
            "this is a saved page (HTML); to read pages, install what the extra `html` asks for beside normtool: pip install 'turbohtml>=1.15' (in a hook: additional_dependencies)"
        ) from None
    where = places(packs)
    page = _rendered(unescaped(source), where)
    tables = metadata.find_tables(page)
    weights = weigh(page, where, ((table.first, table.end) for table in tables))
    place = choose(page, where, weights)
    heads = metadata.headers(tables, place.ranges, weights)
    title = titles.title_rows(page, place.ranges)
    left_out = superfluous(page, where, weights, place) | {row for table in heads for row in range(table.first, table.end)}
    body = _reread(_rows(page, place.ranges, left_out), where, _MAX_DEPTH)
    lines = [*_header(page, heads), *_rows(page, [title] if title else [], set()), *body]
    return Page(
        text="".join(f"{_as_text(line.text)}\n" for line in lines),
        lines=tuple(line.source for line in lines),
        place=place.how,
        metadata=_facts(page, place, heads),
        source=tuple(metadata.source_facts(page.meta).items()),
        files=tuple(dict.fromkeys(FileLink(anchor.text, anchor.address) for anchor in page.anchors)),
        pictures=tuple(i.address for i in pictures(page, place) if not 0 < max(i.width, i.height) <= _ICON),
    )


def _as_text(line: str) -> str:
    """Give a line as text that no stage takes for markup: a page that shows ``<b>`` has it escaped, and so it stays."""
    return escaped(line) if "<" in line or "-->" in line else line


def _rendered(markup: str, where: Places) -> Rendering:
    from normtool.page.render import render

    return render(
        with_lookalikes_escaped(markup), own_line=lambda names: where.container(names) is not None, is_mark=where.is_mark
    )


def _rows(page: Rendering, ranges: Iterable[tuple[int, int]], left_out: set[int]) -> list[Row]:
    """Give the rows that are shown; all of them where none is, as in a page that a script would have unfolded."""
    rows = [k for first, end in ranges for k in range(first, end) if k not in left_out]
    shown = [k for k in rows if page.rows[k].shown] or rows
    return [page.rows[k] for k in shown]


def _reread(lines: list[Row], where: Places, depth: int) -> list[Row]:
    """Read the document's lines as markup where they are, without looking for a place in them: all of it was the document."""
    text = "\n".join(line.text for line in lines)
    if not depth or not is_page(text):
        return lines
    inner = _rendered(unescaped(text), where)
    last = len(lines) - 1
    again = [row._replace(source=lines[min(row.source - 1, last)].source) for row in inner.rows if row.shown]
    return _reread(again, where, depth - 1)


def _header(page: Rendering, tables: Sequence[Table]) -> list[Row]:
    """Give the metadata tables in the normal form, and the empty line that ends them."""
    lines = [_row(metadata.header_line(told), page.rows[table.first].source) for table in tables for told in table.told]
    return [*lines, _row("", lines[-1].source)] if lines else []


def _row(text: str, source: int) -> Row:
    return Row(text, source, 0, (), shown=True, table=False)


def _facts(page: Rendering, place: Place, tables: Sequence[Table]) -> tuple[tuple[str, str], ...]:
    """Give what the page states beside the document: near it first, then in its meta set.

    What a metadata table says is not said again.
    """
    facts = metadata.meta_facts(page.meta)
    if place.how != "page":
        start, end = place.ranges[0][0], place.ranges[-1][1]
        before = [row for row in page.rows[max(0, start - _NEAR) : start] if row.shown]
        after = [row for row in page.rows[end : end + _NEAR] if row.shown and metadata.told_by(row)]
        facts |= metadata.beside(after) | metadata.beside(before)
    known = {told.field for table in tables for told in table.told}
    return tuple((field, value) for field, value in facts.items() if field not in known)
