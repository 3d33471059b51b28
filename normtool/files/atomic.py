"""Reads files, and replaces them all or nothing."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from io import FileIO
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from normtool.model import NormtoolError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MOVES_OPEN_FILES = os.name != "nt"
"""Windows neither moves nor removes a file that is open; there, a file is closed first, and has no lock to lose by that."""

_OWN = (".normtool-", ".tmp")
"""How the name of a temporary file begins and ends."""

UNREADABLE = "make it readable, or leave it out with --exclude"
"""What to do about a document, or a folder of such, that cannot be read."""

_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)

Stamp = tuple[int, int, int]
"""What tells one state of a file from another: its number on the disk, its size, and when it was written."""


class Content(NamedTuple):
    """A file's bytes, and the state it was in when they were read."""

    data: bytes
    stamp: Stamp


def read(path: Path) -> Content:
    """Read a file; raises NormtoolError with the system's reason when that fails."""
    try:
        with path.open("rb") as stream:
            stamp = _stamp(os.fstat(stream.fileno()))
            return Content(stream.read(), stamp)
    except OSError as error:
        raise NormtoolError(f"cannot be read: {error.strerror}; {UNREADABLE}") from error


def _stamp(state: os.stat_result) -> Stamp:
    return state.st_ino, state.st_size, state.st_mtime_ns


def replace(path: Path, data: bytes, read_as: Stamp) -> None:
    """Put ``data`` in the place of a file's bytes, all or nothing; mode and owner stay, a link keeps leading to the file.

    Raises NormtoolError, and leaves the file as it was, when it is read-only, has further hard links (they would part),
    changed since ``read_as``, or cannot be written.
    """
    try:
        target = path.resolve(strict=True)
        state = target.stat()
    except OSError as error:
        raise NormtoolError(f"cannot be written: {error.strerror}; nothing written. Run again") from error
    if not S_ISREG(state.st_mode):
        raise NormtoolError(
            "no regular file but a device or pipe; nothing written. Leave --write out, and the clean text goes to standard output"
        )
    if not state.st_mode & 0o222 or not os.access(
        target, os.W_OK
    ):  # root may write read-only files, and should not by accident
        raise NormtoolError("read-only; nothing written. Make it writable, or write elsewhere with --output-dir")
    if state.st_nlink > 1:
        raise NormtoolError(
            f"has {state.st_nlink} hard links, which would part; nothing written. Write elsewhere with --output-dir"
        )
    if _stamp(state) != read_as:
        raise NormtoolError("changed while it was being worked on; nothing written. Run again")
    try:
        _put(target, (data,), like=state)
    except OSError as error:
        raise NormtoolError(
            f"cannot be written: {error.strerror}; nothing written. Write elsewhere with --output-dir"
        ) from error


def is_same(one: Path, other: Path) -> bool:
    """Tell whether two paths lead to the same file or folder; one that leads nowhere is none."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def identity(path: Path) -> tuple[int, int] | None:
    """Give what is the same for every name of the file or folder that a path leads to; None where it leads nowhere."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino


def is_folder(path: Path) -> bool:
    """Tell whether a path leads to a folder; one that cannot be reached does not."""
    try:
        return path.is_dir()
    except OSError:
        return False


def holds(path: Path, data: bytes) -> bool:
    """Tell whether a path leads to a regular file with just these bytes; one that cannot be read does not."""
    try:
        state = path.stat()
        return S_ISREG(state.st_mode) and state.st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def write(target: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file of results all or nothing, with the folders above it; mode and owner of one that is there stay.

    Pieces are written as they come, so that a large result need not be held in memory; whatever they raise ends the writing. A link
    is followed to its file. What is there and no regular file, such as a pipe or a device, has readers of its own: it is opened and
    written to, and not replaced. Raises NormtoolError that names the file when writing fails; then a regular file is as it was.
    """
    pieces = (data,) if isinstance(data, bytes) else data
    try:
        state = _state(target)
        if state is not None and S_ISDIR(state.st_mode):
            raise NormtoolError(f"{target}: is a folder; name a file")
        if state is not None and not S_ISREG(state.st_mode):
            with target.open("wb") as stream:
                stream.writelines(pieces)
            return
        place = target.resolve() if target.is_symlink() else target
        place.parent.mkdir(parents=True, exist_ok=True)
        _put(place, pieces, like=state)
    except OSError as error:
        raise NormtoolError(f"{target}: cannot be written: {error.strerror}; choose another place") from error


def _state(path: Path) -> os.stat_result | None:
    """Give the state of what a path leads to; None when there is nothing yet, as behind a link that leads nowhere."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _put(target: Path, pieces: Iterable[bytes], *, like: os.stat_result | None) -> None:
    """Write to a temporary file beside the target, to the disk, then in its place; ``like`` gives mode and owner."""
    scratch = _scratch(target)
    with _held(scratch) as stream:
        _fill(stream.fileno(), pieces, like)
        _let_go(stream)
        scratch.replace(target)
    _sync_folder(target.parent)


def _scratch(target: Path) -> Path:
    """Name the temporary file of a target: always the same, so that a run that was killed leaves it for the next to reuse."""
    from hashlib import sha256

    return target.with_name(f"{_OWN[0]}{sha256(os.fsencode(target.name)).hexdigest()[:16]}{_OWN[1]}")


def is_own(path: Path) -> bool:
    """Tell by its name whether a file is a temporary one of normtool's, which is no document whatever the patterns say."""
    return path.name.startswith(_OWN[0]) and path.name.endswith(_OWN[1])


@contextmanager
def _held(scratch: Path) -> Iterator[FileIO]:
    """Hold the temporary file, empty, for this process alone; another that wants it waits until the file is in its place.

    Whatever ends the work on it, it does not stay.
    """
    try:
        descriptor = _open_locked(scratch)
        while not _is_at(scratch, descriptor):  # the process that held it has moved it into its place
            os.close(descriptor)
            descriptor = _open_locked(scratch)
    except Exception:
        raise
    except BaseException:  # ^C, perhaps when the file was there already and not yet held: making it is the slowest step
        _clear(scratch)
        raise
    with FileIO(descriptor, "r+") as stream:
        try:
            stream.truncate(0)
            yield stream
        except BaseException:
            # once it is in its place, another process may have made a new one of this name
            is_ours = stream.closed or _is_at(scratch, descriptor)
            _let_go(stream)
            if is_ours:
                scratch.unlink(missing_ok=True)
            raise


def _let_go(stream: FileIO) -> None:
    if not _MOVES_OPEN_FILES:
        stream.close()


def _is_at(scratch: Path, descriptor: int) -> bool:
    try:
        return scratch.lstat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        return False


def _open_locked(scratch: Path) -> int:
    """Open the temporary file once no other process holds it; a system, or a disk, without such locks goes on without."""
    descriptor = open_own(scratch)
    try:
        from fcntl import LOCK_EX, flock
    except ImportError:
        return descriptor
    try:
        flock(descriptor, LOCK_EX)
    except OSError as error:
        if not lacks_locks(error):
            os.close(descriptor)
            raise
    return descriptor


def lacks_locks(error: OSError) -> bool:
    """Tell whether a file could not be locked because its disk, such as a folder of another machine, has no locks."""
    return error.errno in _NO_LOCKS


def _clear(scratch: Path) -> None:
    """Remove a temporary file that no process holds; one that has opened it, and not yet locked it, will make it anew."""
    with suppress(OSError, NormtoolError, ImportError):
        descriptor = open_own(scratch)
        with FileIO(descriptor, "r+"):
            from fcntl import LOCK_EX, LOCK_NB, flock

            flock(descriptor, LOCK_EX | LOCK_NB)
            scratch.unlink()


def open_own(path: Path, flags: int = 0) -> int:
    """Open a file that only normtool writes, made where there is none, to read and write; gives its descriptor.

    Its name can be foretold, so in a shared folder something else may stand there. Raises NormtoolError, and touches nothing, where
    that is a link, no regular file, or one with further names: what is behind it would be written over.
    """
    flags |= os.O_RDWR | os.O_CREAT
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):  # as far as the system has them
        flags |= getattr(os, name, 0)
    try:
        descriptor = os.open(path, flags, 0o666)
    except OSError as error:
        if path.is_symlink() or path.is_dir():
            raise _in_the_way(path) from error
        raise
    state = os.fstat(descriptor)
    if not S_ISREG(state.st_mode) or state.st_nlink > 1:
        os.close(descriptor)
        raise _in_the_way(path)
    return descriptor


def _in_the_way(path: Path) -> NormtoolError:
    return NormtoolError(
        f"{path}: is in the way, and no file of normtool's own but a link, a folder or a file with further names; nothing written. "
        "Move it away"
    )


def _fill(descriptor: int, pieces: Iterable[bytes], like: os.stat_result | None) -> None:
    for piece in pieces:
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    if like is not None:
        if os.chmod in os.supports_fd:
            os.chmod(descriptor, like.st_mode & 0o7777)
        if hasattr(os, "fchown") and (like.st_uid, like.st_gid) != (os.geteuid(), os.getegid()):
            with suppress(PermissionError):  # a shared folder: the file then belongs to who wrote it, as with any editor
                os.fchown(descriptor, like.st_uid, like.st_gid)
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power failure, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
