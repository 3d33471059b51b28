"""Standard input, output and error as UTF-8 bytes, whatever the locale; a Windows pipe would be cp936."""

from __future__ import annotations

import os
import sys
from errno import EAGAIN
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO, TextIO

Colour = Literal["auto", "always", "never"]


_wipe: Callable[[], None] | None = None
"""Takes what stands on the terminal for the moment, such as a bar, out of the way of what is written."""


class StreamClosedError(Exception):
    """Nobody reads standard output any more."""


def before_writing(wipe: Callable[[], None] | None) -> None:
    """Call ``wipe`` before anything is written to either stream; None ends that."""
    global _wipe  # noqa: PLW0603 - the streams are the process's own as well
    _wipe = wipe


def read_input() -> bytes:
    """Read standard input to its end; raises NormtoolError when the process was started without it."""
    if sys.stdin is None:
        raise _closed("input")
    return sys.stdin.buffer.read()


def _closed(name: str) -> Exception:
    from normtool.model import NormtoolError

    return NormtoolError(f"standard {name} is closed; open it, or name a file")


def emit(text: str | bytes) -> None:
    """Write findings or data to standard output.

    Raises StreamClosedError when nobody reads it, NormtoolError when it cannot be written. What UTF-8 has no bytes for (a
    file name that is not UTF-8) is written as an escape, which is also valid in JSON.
    """
    _write_out(text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace"), flush=False)


def finish() -> None:
    """Flush standard output; raises as ``emit`` does."""
    _write_out(b"", flush=True)


def flushed() -> bool:
    """Flush both output streams, as far as the process has them; tell whether that succeeded."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except OSError:
        return False
    return True


def _write_out(data: bytes, *, flush: bool) -> None:
    if _wipe and data:
        _wipe()
    if sys.stdout is None:
        if data:
            raise _closed("output")
        return
    try:
        _write_all(sys.stdout.buffer, data)
        if flush or _wipe:
            sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        raise StreamClosedError from error
    except OSError as error:
        from normtool.model import NormtoolError

        abandon_output()
        raise NormtoolError(f"standard output cannot be written: {error.strerror}") from error


def _write_all(stream: IO[bytes], data: bytes) -> None:
    """Write all of ``data``: a stream without a buffer, as Python opens it where PYTHONUNBUFFERED is set, may take only a part at once."""
    rest = memoryview(data)
    while rest:
        taken: int | None = stream.write(rest)
        if taken is None:
            raise BlockingIOError(EAGAIN, "it takes nothing at the moment")
        rest = rest[taken:]


def abandon_output() -> None:
    """Send what is left of standard output nowhere, so that the interpreter does not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(text: str) -> None:
    """Write a line to standard error; when nobody reads that, there is nobody to tell."""
    if _wipe:
        _wipe()
    if sys.stderr is None:
        return
    try:
        _write_all(sys.stderr.buffer, f"{text}\n".encode("utf-8", "backslashreplace"))
        sys.stderr.buffer.flush()
    except OSError:
        return


def colours_on(choice: Colour) -> bool:
    """Tell whether standard output gets colours: as asked, else NO_COLOR, FORCE_COLOR, and whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(sys.stdout) and os.environ.get("TERM") != "dumb"


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a stream is a terminal; a process may be started without the stream."""
    return stream is not None and stream.isatty()
