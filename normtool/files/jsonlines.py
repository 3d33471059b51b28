"""Reads JSON Lines one line at a time, packed or not, from any line on."""

from __future__ import annotations

import gzip
from io import BufferedReader, RawIOBase
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from normtool.files.choose import STDIN
from normtool.model import NormtoolError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from typing_extensions import Buffer

_CHUNK = 1 << 17


class Line(NamedTuple):
    """A line of the input, without its end.

    ``number`` is 1-based; ``end`` counts the bytes of the unpacked input up to the next line.
    """

    number: int
    data: bytes
    end: int


def lines(source: Path, remarks: list[str], *, line: int = 0, offset: int = 0) -> Iterator[Line]:
    """Give the lines of a file, unpacked where its name ends in .gz, behind the first ``line``, which are ``offset`` bytes.

    Empty lines are not given.

    What follows the packed data and is none is left out, as gzip does, and ``remarks`` gets a word about it. Raises NormtoolError
    when the file cannot be read, also in the middle.
    """
    number, end = line, offset
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


def state_of(source: Path) -> tuple[int, int]:
    """Give the size of a file and when it was written, which tell one state from another.

    Raises NormtoolError when there is none, and for ``-`` or a pipe, from which a stopped run could not go on.
    """
    if source == STDIN:
        raise NormtoolError("-: a stopped run cannot go on with standard input; name a file")
    try:
        state = source.stat()
    except OSError as error:
        raise NormtoolError(f"{source}: cannot be read: {error.strerror}; check the path and its permissions") from error
    if not S_ISREG(state.st_mode):
        raise NormtoolError(
            f"{source}: no regular file, from which a stopped run could go on; save what comes from there to a file"
        )
    return state.st_size, state.st_mtime_ns
