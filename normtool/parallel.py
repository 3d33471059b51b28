"""Works on many files in several processes, and gives the results in the order of the files."""

from __future__ import annotations

import gc
import os
from collections import deque
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from normtool.ending import finishing, undisturbed
from normtool.model import NormtoolError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from multiprocessing.synchronize import Semaphore

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_WORTHWHILE = 64
"""Files below which starting processes costs more than it saves."""
_BATCH = 16
"""Files sent to a process at once."""
_A_PROCESSOR = 4
"""Processes for each processor above which one more only takes memory; they are all started at once, and a slip of the finger must not
fill the machine with them."""
_MOST = 61
"""Processes that Windows can wait for."""
_over: list[Semaphore] = []
"""In a process of many: what the first raises when nobody waits for results any more."""


def each(work: Callable[[_Item], _Result], items: Iterable[_Item], jobs: int | None) -> Iterator[_Result]:
    """Give ``work(item)`` for every item, in their order; ``work`` must be a function at the top of a module.

    ``jobs`` is the number of processes, as far as more of them do more; None decides by the number of items and of processors. The
    results do not depend on it. Raises NormtoolError when processes cannot be started and when one is ended from outside. Items are
    taken only as fast as they are worked on, so memory does not grow with their number.
    """
    source = iter(items)
    first = list(islice(source, _WORTHWHILE))
    if jobs is None:
        jobs = _processors() if len(first) == _WORTHWHILE else 1
    if jobs == 1 or len(first) < 2:  # noqa: PLR2004
        return map(work, chain(first, source))
    return _spread(work, chain(first, source), min(jobs, _A_PROCESSOR * _processors(), _MOST))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _spread(work: Callable[[_Item], _Result], source: Iterator[_Item], jobs: int) -> Iterator[_Result]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import Semaphore

    begin = list(islice(source, _BATCH))
    over = Semaphore(0)
    with _starting(jobs):
        pool = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(gc.get_threshold(), over))
        waiting: deque[Future[list[_Result]]] = deque([pool.submit(_all, work, begin)])
    try:
        while waiting:
            while len(waiting) < 4 * jobs and (batch := list(islice(source, _BATCH))):
                waiting.append(pool.submit(_all, work, batch))
            yield from waiting.popleft().result()
    except BrokenProcessPool:
        raise NormtoolError("a process was ended from outside, perhaps for want of memory; run again with --jobs 1") from None
    finally:
        with undisturbed():
            over.release()
            pool.shutdown(cancel_futures=True)


@contextmanager
def _starting(jobs: int) -> Iterator[None]:
    """End what was started of so many processes where not all of them can be, or ^C comes between: the others would wait for ever.

    Raises NormtoolError when the system refuses one.
    """
    from multiprocessing import active_children

    before = set(active_children())
    try:
        yield
    except BaseException as error:
        for process in set(active_children()) - before:
            process.kill()
        if isinstance(error, OSError):
            why = error.strerror or error
            raise NormtoolError(f"{jobs} processes cannot be started: {why}; run again with --jobs 1") from error
        raise


def _all(work: Callable[[_Item], _Result], batch: list[_Item]) -> list[_Result]:
    out = []
    for item in batch:
        if _is_over():  # what is left of the batches that were sent is not begun
            break
        with finishing():
            out.append(work(item))
    return out


def _is_over() -> bool:
    """Tell whether the first process waits for no more results; never waits for an answer, as a process that was killed may owe it."""
    if not _over or not _over[0].acquire(block=False):
        return False
    _over[0].release()
    return True


def _begin(threshold: tuple[int, int, int], over: Semaphore) -> None:
    """Let the first process alone answer ^C: the others finish the file at hand, so that none is half-written.

    Garbage is looked for as seldom as there. When the first process is gone, killed by a scheduler perhaps, the others end as well: they
    would wait for work for ever.
    """
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # instead of what the first process does; see also `finishing`
    gc.set_threshold(*threshold)
    _over.append(over)
    threading.Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    first = parent_process()
    if first is not None:
        wait([first.sentinel])
        os._exit(1)
