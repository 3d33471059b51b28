"""Where documents stand in pages, read from data (``data/pages/containers.toml``, which explains its keys) and from the user's packs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from normtool.catalog import page_tables
from normtool.model import NormtoolError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PARTS = re.compile(r"[-_#.]+")
_ELEMENT = re.compile(r"[#.]?[^\s#.<>]+")
_KEYS = {"name", "elements", "comments", "seen", "match", "reject"}
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Places:
    """The names of elements, and the comments, that documents are found by; the names of what stands around them.

    ``elements`` and ``begins`` give the name of the entry; ``ends`` the end of each beginning. Names and comments are in lower
    case.
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
def places(packs: tuple[str, ...] = ()) -> Places:
    """Give what ships with normtool and what the user's packs (absolute paths) add; raises NormtoolError for a faulty one."""
    return read_places(page_tables(packs))


def read_places(tables: Mapping[str, Mapping[str, Any]]) -> Places:
    """Make the look-up of parsed files, by their names; raises NormtoolError that names the file, the entry and the remedy."""
    elements: dict[str, str] = {}
    begins: dict[str, str] = {}
    ends: dict[str, str] = {}
    asides = []
    for file, table in tables.items():
        asides += table.get("aside", [])
        for number, row in enumerate(table.get("container", ()), 1):
            _check(file, number, row)
            elements.update(dict.fromkeys(map(str.lower, row.get("elements", ())), row["name"]))
            for begin, end in row.get("comments", ()):
                begins[comment_key(begin)] = row["name"]
                ends[comment_key(begin)] = comment_key(end)
    tags = frozenset(tag for row in asides for tag in row["tags"])
    return Places(elements, begins, ends, tags, frozenset(word for row in asides for word in row["words"]))


def _check(file: str, number: int, row: Any) -> None:
    """Refuse an entry that says nothing, or something that nobody understands."""
    fault = f"{file}: [[container]] number {number}"
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"]:
        raise NormtoolError(f"{fault}: `name` must be a text that is not empty")
    fault += f" ({row['name']})"
    unknown = row.keys() - _KEYS
    if unknown:
        raise NormtoolError(f"{fault}: unknown key `{min(unknown)}`; known are {', '.join(sorted(_KEYS))}")
    names, pairs = row.get("elements", []), row.get("comments", [])
    if not isinstance(names, list) or not all(isinstance(name, str) and _ELEMENT.fullmatch(name) for name in names):
        raise NormtoolError(f"{fault}: `elements` must be a list of `#id`, `.class` or the names of elements")
    if not isinstance(pairs, list) or not all(
        isinstance(pair, list) and len(pair) == _PAIR and all(isinstance(c, str) and c.strip() for c in pair) for pair in pairs
    ):
        raise NormtoolError(
            f"{fault}: `comments` must be a list of pairs of texts: the comment before the document and the one behind it"
        )
    if not names and not pairs:
        raise NormtoolError(f"{fault}: give `elements` or `comments`")
