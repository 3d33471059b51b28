"""Labels of a portal's metadata table and the fields they stand for.

The spellings are data (``data/metadata_labels.toml``). Labels are printed with blanks for even width (索 引 号, 标　　题), in
brackets, or with a colon: all of that is removed before the look-up.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from normtool.catalog import data_table
from normtool.lazyre import lazy

_BLANK = lazy(r"[\s\u200b-\u200d\ufeff]+")
_EDGE = "[]［］【】〔〕：:|·•*-－"
_MAX_LABEL = 16


def label_of(text: str) -> str | None:
    """Give the field name (``index_number``) of a metadata label, or None.

    ``text`` is the label alone, with or without its colon and brackets; blanks inside it do not count. Only whole labels match:
    字号 in 发文字号 is not looked for.
    """
    bare = bare_label(text)
    return _fields().get(bare) if 0 < len(bare) <= _MAX_LABEL else None


def bare_label(text: str) -> str:
    """Give a label without any Unicode blank, and without the brackets and colon around it."""
    return _BLANK.sub("", text).strip(_EDGE) if not text.isalnum() else text


@cache
def field_titles() -> dict[str, str]:
    """Give the Chinese title of every field, in the order of the data file: ``{"index_number": "索引号", …}``."""
    return {row["field"]: row["title"] for row in _rows()}


@cache
def date_fields() -> frozenset[str]:
    """Give the fields whose value is a date."""
    return frozenset(row["field"] for row in _rows() if row.get("type") == "date")


@cache
def list_fields() -> frozenset[str]:
    """Give the fields whose value is a list, divided by 、 or blanks."""
    return frozenset(row["field"] for row in _rows() if row.get("type") == "list")


@cache
def stray_fields() -> frozenset[str]:
    """Give the fields that a portal also prints alone, between title and text (来源：…)."""
    return frozenset(row["field"] for row in _rows() if "stray" in row)


@cache
def proving_fields() -> frozenset[str]:
    """Give the fields that only a portal's table has, and no table of a text."""
    return frozenset(row["field"] for row in _rows() if "proves" in row)


@cache
def _fields() -> dict[str, str]:
    return {name: row["field"] for row in _rows() for name in (row["title"], *row["names"])}


@cache
def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = data_table("metadata_labels.toml")["label"]
    return rows
