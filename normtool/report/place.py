"""How services name a file and know a finding again."""

from __future__ import annotations

import os
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normtool.results import Problem


def relative(filename: str) -> str:
    """Give a file's path from the current folder, which is the repository's on a service; one outside of it stays as it is."""
    path = os.path.relpath(filename) if os.path.isabs(filename) else os.path.normpath(filename)  # noqa: PTH117 - no disk is asked
    return (filename if path.startswith("..") else path).replace(os.sep, "/")


def fingerprinted(problems: Iterable[Problem]) -> Iterator[tuple[Problem, str]]:
    """Give every finding of one file with its fingerprint.

    It is made of the file, the rule and the message, and of how many equal ones stand before it in the file: no two are the
    same, and one stays the same when lines are added above it.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for problem in problems:
        key = (problem.code, problem.message, problem.pointer or "")
        seen[key] += 1
        whole = "\0".join((relative(problem.filename), *key, str(seen[key])))
        yield problem, sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]
