"""What a page says about its document beside it: the metadata table, the line under the title, and the meta set of the page's head."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from normtool.grammar.metadata import bare_label, label_of
from normtool.grammar.metadata_lines import pairs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from normtool.page.layout import Rendering, Row
    from normtool.page.weights import Weights

_MIN_LABELS = 3
_MANY_LABELS = 5
_NUMBERS = ("index_number", "document_number", "unified_number")
_PROOF = {*_NUMBERS, "date_written"}
_MORE_PROOF = {"publisher", "genre_category", "subject_category", "date_effective", "validity", "title"}
_LABEL = re.compile(r"[\[【(（]?[\u4e00-\u9fff][\u4e00-\u9fff\s\u00a0\u2000-\u200a\u3000]{0,14}[\])】）]?\s*[:：]?")
_MARKS = re.compile(r"[\W_]+")
_MAX_VALUE = 300
_MAX_LINE = 800
_MAX_LABEL = 40
_HINT = re.compile(r"[\[【［:：]")
_DAY = re.compile(r"(?:19|20)\d\d\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}日?(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?")
_NEXT_LABEL = re.compile(r"[\s\u3000]+[^\s:：]{1,8}[:：](?!\d\d).*", re.DOTALL)
_META_FIELDS = {
    "pubdate": "date_published",
    "contentsource": "source",
    "articletitle": "title",
    "publishdate": "date_published",
}
_SOURCE_NAMES = {"sitename": "site", "url": "url", "columnname": "column", "og:url": "url", "og:site_name": "site"}


class Told(NamedTuple):
    """A label of the page with its field and its value."""

    label: str
    field: str
    value: str


class Table(NamedTuple):
    """A metadata table of the page: its rows (half-open), and what it tells; labels that nobody knows have an empty field."""

    first: int
    end: int
    told: tuple[Told, ...]


def find_tables(page: Rendering) -> list[Table]:
    """Give the metadata tables that stand in elements of their own: every line is a label with its value, and they prove what they are.

    Three labels, among them a number or the date of writing, or five with the publisher: a line of date, source and views is
    none.
    """
    explained = _explained(page)
    if not any(explained):
        return []
    sums = [0]
    for told in explained:
        sums.append(sums[-1] + (told is not None))
    tables: list[Table] = []
    done = 0
    for region in page.regions:
        size = region.end - region.first
        if region.first < done or not size or sums[region.end] - sums[region.first] < size:
            continue
        told = tuple(t for row in explained[region.first : region.end] for t in row or ())
        if _is_table(told):
            tables.append(Table(region.first, region.end, told))
            done = region.end
    return tables


def headers(tables: Sequence[Table], ranges: Sequence[tuple[int, int]], weights: Weights) -> list[Table]:
    """Give the tables that are about the document: outside its place, or in it before or behind everything that has weight.

    One in the middle of a document is a part of it. None where two say different numbers: they list documents.
    """
    out = []
    for table in tables:
        around = next((r for r in ranges if r[0] <= table.first and table.end <= r[1]), None)
        if around is None or not weights.of(around[0], table.first) or not weights.of(table.end, around[1]):
            out.append(table)
    told = [each for table in out for each in table.told]
    return out if all(_is_one(each.value for each in told if each.field == field) for field in _NUMBERS) else []


def _is_one(values: Iterable[str]) -> bool:
    """Tell whether numbers are one and the same, but for their marks and blanks; those without a digit (无) say nothing."""
    return len({_MARKS.sub("", value) for value in values if any(map(str.isdecimal, value))}) <= 1


def _is_table(told: Sequence[Told]) -> bool:
    fields = {t.field for t in told if t.field}
    enough = len(fields) >= _MIN_LABELS and fields & _PROOF
    return bool(enough or (len(fields) >= _MANY_LABELS and fields & _MORE_PROOF))


def _explained(page: Rendering) -> list[tuple[Told, ...] | None]:
    """Give for each row what it tells; None for a row that is no part of a metadata table.

    A value may stand on the line after its label, in an element beside the label's.
    """
    around = _elements_around(page)
    out: list[tuple[Told, ...] | None] = []
    for k, row in enumerate(page.rows):
        told = told_by(row)
        before = out[-1] if out else None
        if (
            told is None
            and before
            and len(before) == 1
            and not before[0].value
            and around[k] == around[k - 1]
            and _is_value(row)
        ):
            out[-1] = (before[0]._replace(value=row.text.strip()),)
            told = ()
        out.append(told)
    return out


def _is_value(row: Row) -> bool:
    return len(row.text) <= _MAX_VALUE and "。" not in row.text


def _elements_around(page: Rendering) -> list[int]:
    """Give for each row the element that holds the element that the row stands in."""
    around = [-1] * len(page.rows)
    for region in page.regions:
        around[region.first : region.end] = [region.parent] * (region.end - region.first)
    return around


def told_by(row: Row) -> tuple[Told, ...] | None:
    """Give what a line of labels and values tells; None for any other line."""
    if len(row.text) > _MAX_LINE or (
        not row.table and len(row.pieces[0] if row.pieces else row.text) > _MAX_LABEL and not _HINT.search(row.text)
    ):
        return None
    pieces = [piece.strip() for piece in row.pieces]
    if row.table and len(pieces) > 1:
        return _alternating(pieces)
    pairs = pairs_of(row.text)
    if pairs:
        return tuple(Told(p.label, p.field, p.value) for p in pairs)
    if len(pieces) > _MIN_LABELS and len(pieces) % 2 == 0 and (told := _alternating(pieces)):
        return told
    label, *values = pieces or [row.text]
    field = label_of(label)
    return (Told(bare_label(label), field, " ".join(values)),) if field else None


def _alternating(cells: Sequence[str]) -> tuple[Told, ...] | None:
    """Read label, value, label, value …; empty pairs of cells fill the row."""
    out = []
    for label, value in zip(cells[::2], (*cells[1::2], "")[: len(cells[::2])], strict=True):
        if not label and not value:
            continue
        field = label_of(label)
        if field is None and not (_LABEL.fullmatch(label) and label.endswith((":", "："))):
            return None
        out.append(Told(bare_label(label), field or "", value))
    return tuple(out) if any(t.field for t in out) else None


def beside(rows: Iterable[Row]) -> dict[str, str]:
    """Give the facts on the lines around the title: date, source, author, views.

    A date without a label is the day of publication.
    """
    facts: dict[str, str] = {}
    for row in rows:
        for field, value in _stated(row):
            facts.setdefault(field, value)
        if _DAY.fullmatch(row.text.strip(" \u00a0\u3000")):
            facts.setdefault("date_published", row.text.strip())
    return facts


def _stated(row: Row) -> Iterator[tuple[str, str]]:
    """Give the fields of a line, element by element; a label may stand in one and its value in the next."""
    waiting = ""
    for piece in row.pieces or (row.text,):
        pairs = pairs_of(piece)
        if waiting and not pairs:
            yield waiting, _NEXT_LABEL.sub("", piece).strip()
        waiting = "" if pairs else label_of(piece) or ""
        for pair in pairs:
            value = _NEXT_LABEL.sub("", pair.value).strip()
            if value:
                yield pair.field, value
            else:
                waiting = pair.field


def meta_facts(meta: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the facts in the page's meta set (国办发〔2017〕47号 prescribes ArticleTitle, PubDate, ContentSource)."""
    return _renamed(meta, _META_FIELDS)


def source_facts(meta: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give what the meta set says of the page itself: the site, its address, its column."""
    return _renamed(meta, _SOURCE_NAMES)


def _renamed(meta: Iterable[tuple[str, str]], names: Mapping[str, str]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for name, content in meta:
        key = names.get(name)
        if key:
            facts.setdefault(key, content)
    return facts


def header_line(told: Told) -> str:
    """Write a label and its value in the normal form."""
    return f"{told.label}：{' '.join(told.value.split())}"
