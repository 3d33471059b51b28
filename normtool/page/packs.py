"""Where documents stand in pages, read from data (``data/pages/*.toml``, which explains its keys)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from normtool.catalog import data_table

if TYPE_CHECKING:
    from collections.abc import Iterable

_PARTS = re.compile(r"[-_#.]+")


@dataclass(frozen=True, slots=True)
class Places:
    """The names of elements, and the comments, that documents are found by; the names of what stands around them.

    ``elements`` and ``begins`` give the name of the entry; ``ends`` the end of each beginning. Names and comments are in lower case.
    """

    elements: dict[str, str]
    begins: dict[str, str]
    ends: dict[str, str]
    tags: frozenset[str]
    words: frozenset[str]

    def container(self, names: Iterable[str]) -> str | None:
        """Give the entry that an element with these names is a container of, or None."""
        for name in names:
            found = self.elements.get(name)
            if found is not None:
                return found
        return None

    def is_mark(self, comment: str) -> bool:
        """Tell whether a comment opens or closes a document."""
        key = comment_key(comment)
        return key in self.begins or key in self.ends.values()

    def is_aside(self, tag: str, names: Iterable[str]) -> bool:
        """Tell whether an element is a part of the page around the document."""
        return tag in self.tags or any(part in self.words for name in names if name[0] in "#." for part in _PARTS.split(name))


def comment_key(comment: str) -> str:
    """Fold a comment for comparing: lower case, one blank for a run of them."""
    return " ".join(comment[:80].lower().split())


@cache
def places() -> Places:
    """Give what ships with normtool."""
    return read_places(data_table("pages/containers.toml"))


def read_places(table: dict[str, Any]) -> Places:
    """Make the look-up tables of a parsed file."""
    elements: dict[str, str] = {}
    begins: dict[str, str] = {}
    ends: dict[str, str] = {}
    for row in table["container"]:
        elements.update(dict.fromkeys(row["elements"], row["name"]))
        for begin, end in row.get("comments", ()):
            begins[comment_key(begin)] = row["name"]
            ends[comment_key(begin)] = comment_key(end)
    asides = table["aside"]
    tags = frozenset(tag for row in asides for tag in row["tags"])
    return Places(elements, begins, ends, tags, frozenset(word for row in asides for word in row["words"]))
