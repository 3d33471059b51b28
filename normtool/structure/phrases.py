"""The set phrases of official documents (``data/phrases.toml``), compiled when they are first asked for."""

from __future__ import annotations

from functools import cache

from normtool.catalog import data_table
from normtool.lazyre import Lazy, lazy

_MAX_CLASS = 12


@cache
def phrase(name: str) -> Lazy:
    """Give the pattern of a set phrase; raises KeyError for a name that the data file lacks."""
    return lazy(data_table("phrases.toml")[name])


def may_hold(name: str, text: str) -> bool:
    """Tell whether a text holds one of the words without which a set phrase does not stand in it.

    For phrases that many lines are searched for.
    """
    return any(word in text for word in data_table("phrases.toml")["words"][name])


def is_result_class(text: str) -> bool:
    """Tell whether a line says the class of the result and nothing else: 类别：A, （B类）, 办理结果：A类, 答复意见类别：B."""
    match = phrase("result_class").search(text) if len(text) <= _MAX_CLASS else None
    return match is not None and match.end() == len(text)


def is_closing(text: str) -> bool:
    """Tell whether a line is a closing formula (特此通知, 此复, 妥否，请批示), with its 。 or without."""
    return may_hold("closing", text) and phrase("closing").search(text) is not None
