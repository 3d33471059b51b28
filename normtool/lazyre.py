"""Regular expressions that are compiled when they are first used, and what may stand for one without compiling anything.

Compiling a class with the range of the hanzi costs about a millisecond (the compiler visits its 20,000 characters), and a hook
on one clean file needs few of normtool's patterns: compiled at import they cost more than all checks together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Lazy:
    """A pattern with the methods of ``re.Pattern`` that normtool uses; each first call compiles it."""

    __slots__ = ("_flags", "_source", "findall", "finditer", "fullmatch", "match", "search", "split", "sub")

    findall: Callable[..., list[str]]
    finditer: Callable[..., Iterator[re.Match[str]]]
    fullmatch: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    split: Callable[..., list[str]]
    sub: Callable[..., str]

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Compile on the first use of any method; afterwards the methods are those of the compiled pattern."""
        if name not in self.__slots__ or name.startswith("_"):
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in self.__slots__[2:]:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def scan(first: Lazy, pattern: Lazy, text: str, at: int = 0) -> Iterator[re.Match[str]]:
    """Give the matches of ``pattern`` from ``at`` on as ``finditer`` does.

    ``first`` is a class with every character that one begins with.

    Looking for one character is ten times faster than trying the branches of a long pattern at every place.
    """
    found = first.search(text, at)
    while found:
        match = pattern.match(text, found.start())
        if match:
            yield match
        found = first.search(text, match.end() if match else found.end())


def is_plain(source: str) -> bool:
    """Tell whether a pattern means nothing but its own characters."""
    return re.escape(source) == source


class Words:
    """Plain words, one of which a text must hold.

    Without a pattern, for compiling one takes longer than a hundred looks at a title.
    """

    __slots__ = ("_words",)

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words

    def search(self, text: str) -> bool:
        """Tell whether one of the words stands in ``text``."""
        return any(word in text for word in self._words)


class Endings:
    """Plain words, one of which must close a text."""

    __slots__ = ("_words",)

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words

    def search(self, text: str) -> bool:
        """Tell whether ``text`` ends with one of the words, as ``$`` does before a last line break as well."""
        return text.removesuffix("\n").endswith(self._words)


Cue = Lazy | Words | Endings


def cue(source: str) -> Cue:
    """Give what tells whether a line holds a pattern; without the pattern where it is ``word|word`` or ``(?:word|word)$``.

    Raises ``re.error`` when first used.
    """
    closing = source.startswith("(?:") and source.endswith(")$")
    words = tuple((source[3:-2] if closing else source).split("|"))
    if not all(word and is_plain(word) for word in words):
        return Lazy(source)
    return Endings(words) if closing else Words(words)


def lazy(source: str, flags: int = 0) -> Lazy:
    """Give a pattern that compiles itself on first use; raises ``re.error`` then, not now."""
    return Lazy(source, flags)
