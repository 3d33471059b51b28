"""Ends a run that writes files as ^C does when it is asked to end from outside: no half-written file and no temporary one stays."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

STATUS = 143
"""The exit status of a process that SIGTERM has ended, as a shell tells it."""


class TerminatedError(BaseException):
    """The process was asked to end."""


@contextmanager
def heeding_termination() -> Iterator[None]:
    """Raise TerminatedError where the process is asked to end (SIGTERM), which otherwise ends it at once.

    Asked again, it goes on with clearing up. A process that heeds the signal in its own way, or ignores it, keeps doing so; so does a
    thread other than the first, which may not.
    """
    import signal

    def stop(*_: object) -> NoReturn:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise TerminatedError

    if signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        with suppress(ValueError):  # so says a thread that may not
            signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGTERM) is stop:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Do what is at hand to its end, whatever is asked meanwhile: who presses ^C twice gets what one asks for, and no run that waits for ever.

    Python's pool of processes takes a wait for it that is broken off for its end, and then leaves processes behind that nobody ends. A signal
    that ends the process by itself still does, and in a thread other than the first nothing changes.
    """
    import signal

    kept = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    own = {each: handler for each, handler in kept.items() if callable(handler)}
    with suppress(ValueError):  # so says a thread that may not
        for each in own:
            signal.signal(each, signal.SIG_IGN)
    try:
        yield
    finally:
        with suppress(ValueError):
            for each, handler in own.items():
                signal.signal(each, handler)


@contextmanager
def finishing() -> Iterator[None]:
    """Do what is at hand to its end, and then end the process, where it is asked to end meanwhile: a process that is one of many."""
    import signal

    asked: list[bool] = []
    signal.signal(signal.SIGTERM, lambda *_: asked.append(True))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if asked:
            os._exit(STATUS)


def die() -> NoReturn:
    """End the process by the signal that it was asked with, so that whoever asked sees that."""
    import signal

    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGTERM)
    os._exit(STATUS)
