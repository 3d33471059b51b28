"""Values of metadata fields as they stand in the JSON document."""

from __future__ import annotations

from normtool.grammar.dates import find_date
from normtool.grammar.metadata import date_fields, list_fields
from normtool.lazyre import lazy

_LIST = lazy(r"[、，,;；\s]+|\\+")


def json_value(field: str | None, text: str) -> str | list[str] | None:
    """Give the JSON value of a field's text: null when blank, YYYY-MM-DD for a date that can be read, a list where the field is one."""
    if not text:
        return None
    if field in date_fields():
        date = find_date(text)
        return (date.iso if date else None) or text
    if field in list_fields():
        return [item for item in _LIST.split(text) if item]
    return text
