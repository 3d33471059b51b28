"""HDR: what the metadata table says, in itself and against the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from normtool.catalog import data_table
from normtool.grammar.dates import find_date
from normtool.grammar.genres import GENRES
from normtool.grammar.index_number import check_character, credit_codes, index_year
from normtool.grammar.metadata import date_fields
from normtool.grammar.organs import organs_in_line, same_organ
from normtool.lazyre import lazy
from normtool.rulebook import finding

if TYPE_CHECKING:
    from normtool.document import Document, Field, Metadata
    from normtool.model import CleanText, Finding, Settings

_BLANK = lazy(r"\s+")


def findings(text: CleanText, document: Document, settings: Settings) -> tuple[Finding, ...]:  # noqa: ARG001
    """Give HDR002 and HDR004 to HDR010. Without a metadata table there are none."""
    metadata = document.metadata
    if metadata is None:
        return ()
    return (
        *_conflicts(metadata),
        *_empty(metadata),
        *_publisher(metadata, document),
        *_genre(metadata, document),
        *_index(metadata),
    )


def value_of(metadata: Metadata, name: str) -> Field | None:
    """Give the first field of that name that has a value, or None."""
    return next((field for field in metadata.fields if field.name == name and field.text), None)


def _conflicts(metadata: Metadata) -> list[Finding]:
    out = []
    first: dict[str, Field] = {}
    for field in metadata.fields:
        if not field.name or not field.text:
            continue
        before = first.setdefault(field.label, field)
        if not _says_the_same(before, field):
            out.append(
                finding(
                    "HDR002",
                    f"{field.label} is printed twice with different values: {before.text} and {field.text}",
                    field.value_span,
                )
            )
    return out


def _says_the_same(one: Field, other: Field) -> bool:
    """Tell whether two values mean the same: blanks aside, the same day in two forms, an organ and its short name."""
    if _BLANK.sub("", one.text) == _BLANK.sub("", other.text):
        return True
    if one.name in date_fields():
        first, second = find_date(one.text), find_date(other.text)
        return first is not None and second is not None and first.iso is not None and first.iso == second.iso
    return one.name == "publisher" and same_organ(one.text, other.text)


def _empty(metadata: Metadata) -> list[Finding]:
    filled = {field.name for field in metadata.fields if field.text}
    return [
        finding("HDR004", f"{field.label} has no value", field.span)
        for field in metadata.fields
        if field.name and not field.text and field.name not in filled
    ]


def _publisher(metadata: Metadata, document: Document) -> list[Finding]:
    publisher = value_of(metadata, "publisher")
    if publisher is None or document.signature is None:
        return []
    name = publisher.text
    for issuer in document.signature.issuers:
        if (
            name != issuer.text
            and len(name) < len(issuer.text)
            and len(organs_in_line(name)) <= 1
            and same_organ(name, issuer.text)
        ):
            return [finding("HDR005", f"发布机构 {name} is short for {issuer.text}, which signs", publisher.value_span)]
    return []


def _genre(metadata: Metadata, document: Document) -> list[Finding]:
    field = value_of(metadata, "genre_category")
    if field is None:
        return []
    words = data_table("genre_categories.toml")
    if field.text in words["generic"]:
        return [finding("HDR006", f"体裁分类 {field.text} says nothing about the document", field.value_span)]
    expected = next((row["types"] for row in words["category"] if re.search(row["pattern"], field.text)), None)
    wrong_type = expected is not None and document.recognized and document.document_type not in expected
    wrong_genre = (
        expected is None and field.text in GENRES and document.genre is not None and field.text not in document.genre + "令"
    )
    if wrong_type or wrong_genre:
        return [
            finding(
                "HDR007",
                f"体裁分类 {field.text}, but the document is {document.genre or document.document_type}",
                field.value_span,
            )
        ]
    return []


def _index(metadata: Metadata) -> list[Finding]:
    field = value_of(metadata, "index_number")
    if field is None:
        return []
    out = []
    for code in credit_codes(field.text):
        right = check_character(code)
        if right != code:
            out.append(
                finding("HDR008", f"{code} in 索引号 fails its check character (GB 32100): expected {right}", field.value_span)
            )
    if not any(re.fullmatch(pattern, field.text) for pattern in data_table("genre_categories.toml")["index_patterns"]):
        out.append(finding("HDR009", f"索引号 {field.text} has no known composition", field.value_span))
    year = index_year(field.text)
    dates = [
        date for name in ("date_written", "date_published") if (f := value_of(metadata, name)) and (date := find_date(f.text))
    ]
    years = {int(date.iso[:4]) for date in dates if date.iso}
    if year and years and year not in years:
        named = " or ".join(map(str, sorted(years)))
        out.append(finding("HDR010", f"索引号 is of {year}, the document of {named}", field.value_span))
    return out
