"""Chooses the files to work on.

A path that the user names is always taken, unless ``force-exclude`` is on; a folder gives its documents, in the order of
their names, without what ``exclude`` and ``.gitignore`` leave out. Links to folders are not followed: they may form rings. A file
that is reached under several names, by links or by several paths, is taken once, under the first.
"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING, NamedTuple

from normtool.config import DEFAULTS, configure
from normtool.files.atomic import UNREADABLE, is_own, is_same
from normtool.model import NormtoolError
from normtool.patterns import ignore_spec, matches
from normtool.results import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pathspec import GitIgnoreSpec

    from normtool.config import Config, Overrides

STDIN = Path("-")
_DEAD_LINK = "a link that leads nowhere"

_Place = tuple[str, str]
"""The folder in which a file really is, and its name there."""


class Chosen(NamedTuple):
    """A file to work on. ``inside`` is its path below the folder that was named, or its bare name; ``link`` tells that it is a link."""

    path: Path
    config: Config
    inside: Path
    link: bool = False


class _Ignore(NamedTuple):
    """The patterns of one ``.gitignore``, and the folder they hold for."""

    folder: Path
    spec: GitIgnoreSpec


def choose(
    paths: Sequence[Path], overrides: Overrides, *, stdin_name: Path | None = None, skip: Path | None = None
) -> Iterator[Chosen | Trouble]:
    """Give every file that the paths stand for, once, in the order of the paths and then of names.

    A path that does not exist and a folder without documents are given as Trouble, and the others still come. ``skip`` is a
    folder that is never entered: the one that results are written to. A faulty configuration is a Trouble of the folder that it
    holds for, told once, and its files do not come.
    """
    told: set[Trouble] = set()
    seen: set[_Place] | None = set() if len(paths) > 1 else None
    folders: dict[Path, str] = {}
    for path in paths:
        for found in _expand(path, overrides, stdin_name, skip):
            if isinstance(found, Chosen):
                if seen is None and found.link:  # the files of one folder are known apart without that: memory stays flat
                    earlier = _before(found, _expand(path, overrides, stdin_name, skip))
                    seen = {_place(other, folders) for other in earlier}
                if seen is not None:
                    place = _place(found, folders)
                    if place in seen:
                        continue
                    seen.add(place)
            elif found in told:
                continue
            else:
                told.add(found)
            yield found


def _before(found: Chosen, walk: Iterator[Chosen | Trouble]) -> Iterator[Chosen]:
    """Give the files that a walk comes upon before a certain one."""
    for other in walk:
        if isinstance(other, Chosen):
            if other.path == found.path:
                return
            yield other


def _place(found: Chosen, folders: dict[Path, str]) -> _Place:
    """Give what is the same for all names of a file, hard links apart; ``folders`` remembers where folders really are."""
    if found.link:
        folder, name = os.path.split(os.path.realpath(found.path))
        return folder, name
    parent = found.path.parent
    if parent not in folders:
        folders[parent] = os.path.realpath(parent)
    return folders[parent], found.path.name


def _expand(path: Path, overrides: Overrides, stdin_name: Path | None, skip: Path | None) -> Iterator[Chosen | Trouble]:
    """Give the files of one argument; one that cannot be reached is a Trouble."""
    try:
        yield from _expanded(path, overrides, stdin_name, skip)
    except OSError as error:
        yield Trouble(str(path), f"cannot be read: {error.strerror}; check the path and its permissions")
    except NormtoolError as error:  # a faulty configuration, told for the folder that it holds for
        yield Trouble(str(path if path.is_dir() else path.parent), str(error), folder=True)


def _expanded(path: Path, overrides: Overrides, stdin_name: Path | None, skip: Path | None) -> Iterator[Chosen | Trouble]:
    if path == STDIN:
        name = stdin_name or STDIN
        config = configure(name.absolute().parent if stdin_name else Path.cwd(), overrides)
        if not (stdin_name and config.force_exclude and _excluded(config, name.absolute(), parents=True)):
            yield Chosen(STDIN, config, Path(name.name))
        return
    try:
        is_folder = S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        missing = not os.path.lexists(path)
        yield Trouble(str(path), "no such file or folder; check the spelling" if missing else _DEAD_LINK)
        return
    if is_folder:
        yield from _walk_root(path, overrides, skip)
    else:
        config = configure(path.absolute().parent, overrides)
        if not (config.force_exclude and _excluded(config, path.absolute(), parents=True)):
            yield Chosen(path, config, Path(path.name), path.is_symlink())


def _walk_root(root: Path, overrides: Overrides, skip: Path | None) -> Iterator[Chosen | Trouble]:
    """Give the documents of a folder, or a Trouble when there is none."""
    config = configure(root.absolute(), overrides)
    if config.force_exclude and _excluded(config, root.absolute(), folder=True, parents=True):
        return
    found = False
    ignores = _ignores_above(root.absolute()) if config.respect_gitignore else ()
    if _ignored(ignores, root.absolute(), folder=True):
        ignores = ()  # the user asks for this folder by name
    for item in _walk(root, root, overrides, ignores, skip):
        found = True
        yield item
    if not found:
        wanted = ", ".join(config.include.lines)
        if next(_walk(root, root, _without_excludes(overrides), (), skip), None):
            message = f"every document in this folder ({wanted}) is left out by exclude or .gitignore; `normtool config` shows the patterns"
        else:
            message = f"no documents in this folder ({wanted}); name files, or other patterns with --include"
        yield Trouble(str(root), message, folder=True)


def _without_excludes(overrides: Overrides) -> Overrides:
    return overrides._replace(
        given=(*overrides.given, ("exclude", DEFAULTS["exclude"]), ("extend-exclude", ()), ("respect-gitignore", False))
    )


def _walk(
    folder: Path, root: Path, overrides: Overrides, ignores: tuple[_Ignore, ...], skip: Path | None
) -> Iterator[Chosen | Trouble]:
    """Give the documents in ``folder`` and the folders below it."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield Trouble(str(folder), f"cannot be listed: {error.strerror}; {UNREADABLE}", folder=True)
        return
    try:
        config = configure(folder.absolute(), overrides)
    except NormtoolError as error:
        yield Trouble(str(folder), str(error), folder=True)
        return
    if config.respect_gitignore:
        ignores = (*ignores, *_ignores_of(folder.absolute(), ".gitignore"))
    for entry in entries:
        path = folder / entry.name
        place = path.absolute()
        is_folder = entry.is_dir(follow_symlinks=False)
        if is_folder:
            if not (
                _excluded(config, place, folder=True) or _ignored(ignores, place, folder=True) or (skip and is_same(path, skip))
            ):
                yield from _walk(path, root, overrides, ignores, skip)
        elif (
            matches(config.include, place)
            and not is_own(path)
            and not _excluded(config, place)
            and not _ignored(ignores, place)
        ):
            yield from _document(entry, Chosen(path, config, path.relative_to(root), entry.is_symlink()))


def _document(entry: os.DirEntry[str], found: Chosen) -> Iterator[Chosen | Trouble]:
    """Give what is found in a folder where it is a file; a link that leads nowhere, or in a ring to itself, is a Trouble."""
    try:
        if entry.is_file():
            yield found
        elif found.link and not found.path.exists():
            yield Trouble(str(found.path), _DEAD_LINK)
    except OSError as error:
        yield Trouble(str(found.path), f"cannot be read: {error.strerror}; check the path and its permissions")


def _excluded(config: Config, path: Path, *, folder: bool = False, parents: bool = False) -> bool:
    """Tell whether the configuration leaves out ``path`` (absolute); with ``parents``, or a folder above it."""
    return path == config.terms_file or any(
        matches(patterns, path, folder=folder, parents=parents) for patterns in (config.exclude, config.extend_exclude)
    )


def _ignores_above(folder: Path) -> tuple[_Ignore, ...]:
    """Give the ignore files of the repository that ``folder`` is in, from its root down to the folder above."""
    above: list[Path] = []
    for parent in (folder, *folder.parents):
        above.append(parent)
        if (parent / ".git").exists():
            outer = (_ignores_of(place, ".gitignore") for place in reversed(above[1:]))
            return (*_ignores_of(parent, ".git/info/exclude"), *(one for ignores in outer for one in ignores))
    return ()


def _ignores_of(folder: Path, name: str) -> tuple[_Ignore, ...]:
    try:
        text = (folder / name).read_bytes().decode("utf-8-sig", "surrogateescape")  # git leaves a byte order mark out, too
    except OSError:
        return ()
    lines = tuple(line.removesuffix("\r") for line in text.split("\n"))  # git knows no other end of a line
    return (_Ignore(folder, ignore_spec(lines)),)


def _ignored(ignores: Iterable[_Ignore], path: Path, *, folder: bool = False) -> bool:
    """Tell whether git ignores ``path`` (absolute): the deepest file that has a pattern for it decides."""
    for ignore in reversed(tuple(ignores)):
        verdict = ignore.spec.check_file(f"{path.relative_to(ignore.folder).as_posix()}{'/' if folder else ''}").include
        if verdict is not None:
            return verdict
    return False
