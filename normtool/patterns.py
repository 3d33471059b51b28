"""Tells whether a path fits patterns in the syntax of ``.gitignore``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from normtool.lazyre import lazy
from normtool.model import NormtoolError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pathspec import GitIgnoreSpec

_WILD = frozenset("*?[]!\\/#")
_BRACKETS = lazy(r"\\.|\[[!^]?\]?(?:\[:[a-z]+:\]|[^\]])*\]")
_CLASS = lazy(r"\[:([a-z]+):\]")
_CLASSES = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "xdigit": "0-9A-Fa-f",
    "blank": " \t",
    "space": " \t\n\r",
    "cntrl": "\x01-\x1f\x7f",
    "graph": "0-~!-.",
    "print": "0-~ -.",
    "punct": ":-@[-`{-~!-.",
}
"""ASCII alone, as in git; without the slash, which a bracket never stands for, and without ``!`` in front, which would negate."""
_NO_PATTERN = (ValueError, re.error)
"""A range such as [z-a] is found by re alone."""


class Patterns(NamedTuple):
    """Patterns in the syntax of ``.gitignore``, and the folder (absolute) that they are relative to."""

    lines: tuple[str, ...]
    base: Path


def matches(patterns: Patterns, path: Path, *, folder: bool = False, parents: bool = False) -> bool:
    """Tell whether a path (absolute) fits patterns in the syntax of ``.gitignore``; with ``parents``, or a folder above it.

    Bare names and ``*.suffix`` are compared without pathspec, which a single file need not wait for; a suffix fits in
    capitals too, as old archives have ``.TXT``.
    """
    if not patterns.lines:
        return False
    names, suffixes, rest = _sorted_patterns(patterns.lines)
    if path.name in names or path.name.lower().endswith(suffixes):
        return True
    if parents and names and not names.isdisjoint(_below(patterns.base, path).parts):
        return True
    return bool(rest) and spec_of(rest).match_file(f"{_below(patterns.base, path).as_posix()}{'/' if folder else ''}")


@cache
def _sorted_patterns(lines: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Part patterns into bare names, suffixes (with the dot, small) and those that need pathspec."""
    if any(line.startswith("!") for line in lines):
        return frozenset(), (), lines  # a later pattern takes an earlier one back: only the whole list means something
    names = frozenset(line for line in lines if not _WILD & set(line))
    suffixes = frozenset(line for line in lines if line.startswith("*.") and not _WILD & set(line[1:]))
    rest = tuple(line for line in lines if line not in names | suffixes)
    return names, tuple(line[1:].lower() for line in sorted(suffixes)), rest


@cache
def spec_of(lines: tuple[str, ...]) -> GitIgnoreSpec:
    """Compile patterns of the user's; raises NormtoolError that names the first that is none, such as ``!`` alone."""
    try:
        return _compiled(lines)
    except _NO_PATTERN:
        line = next(line for line in lines if not _is_pattern(line))
        raise NormtoolError(f"{line!r} is no pattern as in .gitignore; mend it, or leave it out") from None


@cache
def ignore_spec(lines: tuple[str, ...]) -> GitIgnoreSpec:
    """Compile the lines of a ``.gitignore``; one that is no pattern fits nothing, as in git."""
    try:
        return _compiled(lines)
    except _NO_PATTERN:
        return _compiled(filter(_is_pattern, lines))


def _compiled(lines: Iterable[str]) -> GitIgnoreSpec:
    """Compile patterns; what Python may come to mean by ``[[`` in a later version is nothing to warn of: in git it is a bracket."""
    import warnings

    from pathspec import GitIgnoreSpec

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return GitIgnoreSpec.from_lines(map(_without_classes, lines))


def _without_classes(line: str) -> str:
    """Write the classes of a pattern, which pathspec does not know, as the characters that git takes them for: ``[[:digit:]]`` as ``[0-9]``."""
    if "[:" not in line:
        return line
    return _BRACKETS.sub(
        lambda found: found[0][0] + _CLASS.sub(lambda name: _CLASSES.get(name[1], name[0]), found[0][1:]), line
    )


def _is_pattern(line: str) -> bool:
    try:
        _compiled((line,))
    except _NO_PATTERN:
        return False
    return True


def _below(base: Path, path: Path) -> Path:
    """Give ``path`` as seen from ``base``; a path outside is seen from the root of the file system."""
    return path.relative_to(base) if path.is_relative_to(base) else path.relative_to(path.anchor)
