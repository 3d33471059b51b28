"""The set phrases of official documents (``data/phrases.toml``), compiled when they are first asked for."""

from __future__ import annotations

import re
from functools import cache

from normtool.catalog import data_table


@cache
def phrase(name: str) -> re.Pattern[str]:
    """Give the pattern of a set phrase; raises KeyError for a name that the data file lacks."""
    return re.compile(data_table("phrases.toml")[name])
