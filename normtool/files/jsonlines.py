"""JSON Lines: reading one line at a time, and results that grow so that a run which was killed can go on.

Results go to ``NAME.part``, and the journal ``NAME.journal``, which is written before them, says how far they are known to be on the
disk, and how far the input had been read by then. A run that finds a journal cuts the results back to it and goes on from there, so
that no record is there twice or missing, whatever ended the run before. At the end the results take their names and the journal goes.
A file under one of these names that no run of normtool left there is neither cut nor written over.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import IO, TYPE_CHECKING, NamedTuple

from normtool.files.atomic import is_same, open_own, write
from normtool.model import NormtoolError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Buffer

_CHUNK = 1 << 17
_ERRORS = ".errors.jsonl"
_ERRORS_BEGIN = re.compile(rb'\{"line": \d+, "id": ')


class Line(NamedTuple):
    """A line of the input, without its end.

    ``number`` is 1-based; ``end`` counts the bytes of the unpacked input up to the next line.
    """

    number: int
    data: bytes
    end: int


class Mark(NamedTuple):
    """How far a run has come: line and byte of the input, bytes and records of both results.

    ``faults`` counts the records that were set aside by the program's own fault: a run that goes on ends with status 2 as well.
    """

    line: int = 0
    offset: int = 0
    good_bytes: int = 0
    bad_bytes: int = 0
    good: int = 0
    bad: int = 0
    done: bool = False
    faults: int = 0


class _Growing(NamedTuple):
    """A file that is written to its end; ``packed`` tells that it is a row of gzip members."""

    raw: IO[bytes]
    packed: bool


@dataclass(slots=True)
class Results:
    """The results of a run as far as they are written, and what is not yet known to be on the disk."""

    target: Path
    key: str
    mark: Mark
    good: list[bytes]
    bad: list[bytes]
    files: tuple[_Growing, ...]


def lines(source: Path, after: Mark, remarks: list[str]) -> Iterator[Line]:
    """Give the lines of a file, unpacked where its name ends in .gz, from the mark on; empty lines are not given.

    What follows the packed data and is none is left out, as gzip does, and ``remarks`` gets a word about it. Raises NormtoolError
    when the file cannot be read, also in the middle.
    """
    number, end = after.line, after.offset
    try:
        with gzip.open(source) if source.suffix == ".gz" else source.open("rb") as stream:
            stream.seek(end)
            members = _Members(stream) if isinstance(stream, gzip.GzipFile) else None
            for data in stream if members is None else BufferedReader(members, _CHUNK):
                number, end = number + 1, end + len(data)
                if data.strip():
                    yield Line(number, data.rstrip(b"\r\n"), end)
            if members is not None and members.garbage:
                remarks.append(f"{source}: behind line {number}, the last, is something that is not gzip; it was left out")
    except (OSError, EOFError) as error:
        raise NormtoolError(
            f"{source}: cannot be read behind line {number}: {getattr(error, 'strerror', None) or error}"
        ) from error


class _Members(RawIOBase):
    """Unpacked data up to what is no gzip member; ``garbage`` tells that such a thing follows, which ``GzipFile`` takes for a fault."""

    def __init__(self, packed: gzip.GzipFile) -> None:
        """Begin where ``packed`` is."""
        self._packed = packed
        self.garbage = False

    def readable(self) -> bool:
        """Tell a BufferedReader that it may read."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Fill the buffer as far as is easy; 0 at the end. Raises OSError and EOFError for data that are damaged or cut."""
        with memoryview(buffer) as view:
            try:
                data = b"" if self.garbage else self._packed.read1(len(view))
            except gzip.BadGzipFile as error:
                if not self._packed.tell() or not str(error).startswith(
                    "Not a gzipped file"
                ):  # a wrong checksum has the same type
                    raise
                self.garbage = True
                return 0
            view[: len(data)] = data
            return len(data)


def _refuse_stream(path: Path, name: str) -> None:
    """Refuse ``-``, which means a standard stream everywhere else."""
    if str(path) == "-":
        raise NormtoolError(f"a stopped run cannot go on with standard {name}; name a file")


def state_of(source: Path) -> tuple[int, int]:
    """Give the size of a file and when it was written, which tell one state from another.

    Raises NormtoolError when there is none, and for a pipe, from which a stopped run could not go on.
    """
    _refuse_stream(source, "input")
    try:
        state = source.stat()
    except OSError as error:
        raise NormtoolError(f"{source}: cannot be read: {error.strerror}") from error
    if not S_ISREG(state.st_mode):
        raise NormtoolError(
            f"{source}: no regular file, from which a stopped run could go on; save what comes from there to a file"
        )
    return state.st_size, state.st_mtime_ns


def place_of(target: Path) -> Path:
    """Give where results go that are to be named ``target``: a link is followed to its file, any other name stays.

    Raises NormtoolError for a folder, for a pipe or device, in which a stopped run could not go on, and for what cannot be reached.
    """
    _refuse_stream(target, "output")
    place = Path(os.path.realpath(target)) if target.is_symlink() else target
    try:
        mode = target.stat().st_mode  # not of the place: what /dev/stdout leads to may have no name
    except FileNotFoundError:
        return place
    except OSError as error:
        raise NormtoolError(f"{target}: cannot be written: {error.strerror}; choose another place") from error
    if S_ISDIR(mode):
        raise NormtoolError(f"{target}: is a folder; name a file")
    if not S_ISREG(mode):
        raise NormtoolError(f"{target}: no regular file, in which a stopped run could go on; name a file")
    return place


def errors_of(target: Path) -> Path:
    """Name the file of the records that were set aside: beside ``out.jsonl`` it is ``out.errors.jsonl``.

    Any other name is kept whole, so that ``out.jsonl.gz`` has another one.
    """
    return target.with_name(target.name.removesuffix(".jsonl") + _ERRORS)


def refuse(target: Path, source: Path) -> None:
    """Raise NormtoolError where a run would write over what no run of normtool left there, first of all its own input.

    That is not so for ``target`` itself, which the user names. Nothing is touched.
    """
    errors = errors_of(target)
    parts = (_part(target), _part(errors))
    for place in (target, errors, _journal(target), *parts):
        if is_same(place, source):
            raise NormtoolError(f"{place}: would write over the input; give another name")
    if os.path.lexists(errors) and not _is_of_errors(errors):
        raise NormtoolError(
            f"{errors}: is no file of records that normtool set aside, and would be written over; move it away, or give another name"
        )
    if _journalled(target) is None:
        for part in parts:
            if os.path.lexists(part) and not (part.is_file() and part.stat().st_size == 0):
                raise NormtoolError(
                    f"{part}: is in the way, and without a journal no part of a stopped run; move it away, or give another name"
                )


@contextmanager
def results(target: Path, key: str, *, restart: bool) -> Iterator[Results]:
    """Begin results, or go on with those of a run that was stopped; ``key`` stands for the input and all settings.

    When they are done on leaving (see ``finish``), they have their names. Raises NormtoolError when the stopped run had another
    key (unless ``restart``), when another process is at work on the same results, and when they cannot be written. Whether what
    lies there is normtool's is not looked at (see ``refuse``).
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not restart and (mark := _resumed(target, key)).done:
            out = Results(target, key, mark, [], [], ())
            yield out
        else:
            with _grown(_part(target)) as good, _grown(_part(errors_of(target))) as bad:
                for stream in (good, bad):
                    _lock(stream, target)
                mark = Mark() if restart else _resumed(target, key)
                out = Results(
                    target, key, mark, [], [], (_Growing(good, packed=target.suffix == ".gz"), _Growing(bad, packed=False))
                )
                if mark == Mark():
                    _note(out)  # before anything is written, so that what lies there without a journal is another's
                _cut(good, mark.good_bytes, target)
                _cut(bad, mark.bad_bytes, target)
                yield out
        if out.mark.done:
            _name(target, out.mark)
    except OSError as error:
        raise NormtoolError(
            f"{target}: cannot be written: {error.strerror}; run again, and it goes on from where it stopped"
        ) from error


def commit(results: Results, line: int, offset: int, faults: int) -> None:
    """Bring everything that was added to the disk, and then say so in the journal.

    ``line`` and ``offset`` tell where the input goes on, ``faults`` how many of what was added are the program's own.
    """
    sizes = [_append(growing, pieces) for growing, pieces in zip(results.files, (results.good, results.bad), strict=True)]
    mark = results.mark
    good, bad = mark.good + len(results.good), mark.bad + len(results.bad)
    results.mark = Mark(line, offset, sizes[0], sizes[1], good, bad, faults=mark.faults + faults)
    results.good, results.bad = [], []
    _note(results)


def finish(results: Results) -> None:
    """Note that nothing more comes.

    A run that is killed while the results take their names does the rest when it is run again.
    """
    results.mark = results.mark._replace(done=True)
    _note(results)


def _grown(path: Path) -> IO[bytes]:
    """Open a file to write to its end."""
    return os.fdopen(open_own(path, os.O_APPEND), "ab")


def _is_of_errors(path: Path) -> bool:
    """Tell whether a file holds records that were set aside, by how it begins."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return _ERRORS_BEGIN.match(stream.read(64)) is not None


def _cut(stream: IO[bytes], size: int, target: Path) -> None:
    """Take off what a stopped run wrote after its last entry in the journal."""
    if os.fstat(stream.fileno()).st_size < size:
        raise NormtoolError(f"{target}.part: shorter than its journal says; give --restart to begin anew")
    stream.truncate(size)


def _name(target: Path, mark: Mark) -> None:
    """Give the results their names, as far as they have not got them; without a bad record there is no file of errors."""
    errors = errors_of(target)
    if not mark.bad:
        _part(errors).unlink(missing_ok=True)
        if os.path.lexists(errors) and _is_of_errors(errors):
            errors.unlink()
    for path in (errors, target):
        if _part(path).exists():
            _part(path).replace(path)
    _journal(target).unlink()


def _append(growing: _Growing, pieces: list[bytes]) -> int:
    """Write pieces behind what is there, and to the disk; gives the size after."""
    data = b"".join(pieces)
    if data:
        growing.raw.write(gzip.compress(data, 6, mtime=0) if growing.packed else data)
    growing.raw.flush()
    os.fsync(growing.raw.fileno())
    return os.fstat(growing.raw.fileno()).st_size


def _note(results: Results) -> None:
    write(_journal(results.target), json.dumps({"key": results.key, **results.mark._asdict()}).encode())


def _journalled(target: Path) -> tuple[str, Mark] | None:
    """Read the journal of a stopped run: its key, and how far it had come; None where there is none.

    Raises NormtoolError where something else has its name.
    """
    if not os.path.lexists(_journal(target)):
        return None
    try:
        found = json.loads(_journal(target).read_bytes())
        return found.pop("key"), Mark(**found)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise NormtoolError(f"{_journal(target)}: no journal of normtool; move it away, or give another name") from None


def _resumed(target: Path, key: str) -> Mark:
    """Tell how far a stopped run had come; one that had not come anywhere is gone on with by any other."""
    known, mark = _journalled(target) or (key, Mark())
    if known != key and mark != Mark():
        raise NormtoolError(
            f"{target}: a run with another input or other settings was stopped here; give --restart to begin anew, or another name"
        )
    return mark


def _lock(stream: IO[bytes], target: Path) -> None:
    """Keep other processes away; a system without such locks goes on without.

    The lock is this process's own (POSIX): one that its children shared would outlive it when it is killed.
    """
    try:
        from fcntl import LOCK_EX, LOCK_NB, lockf
    except ImportError:
        return
    try:
        lockf(stream.fileno(), LOCK_EX | LOCK_NB)
    except (BlockingIOError, PermissionError):
        raise NormtoolError(f"{target}: another process is at work on it; wait for it, or give another name") from None


def _part(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}.journal")
