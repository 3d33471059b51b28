"""Work in several processes: in order, only as fast as it is asked for, and told when a process dies."""

import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import count, islice
from multiprocessing import active_children, get_context

import pytest

from normtool import parallel
from normtool.model import NormtoolError
from normtool.parallel import _BATCH as BATCH
from normtool.parallel import each

forked = pytest.mark.skipif(get_context().get_start_method() != "fork", reason="processes are started in another way here")


def double(number):
    return 2 * number


def die(number):
    if number == 30:
        os._exit(9)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3, None])
def test_results_come_in_order(jobs):
    assert list(each(double, range(100), jobs)) == list(range(0, 200, 2))


def process_of(_):
    return os.getpid()


@pytest.mark.parametrize(("items", "jobs", "alone"), [(63, None, True), (64, None, False), (1, 2, True), (2, 2, False)])
def test_few_files_are_worked_on_here_unless_processes_are_asked_for(items, jobs, alone, monkeypatch):
    monkeypatch.setattr(parallel, "_processors", lambda: 2)
    assert (set(each(process_of, range(items), jobs)) == {os.getpid()}) is alone


@pytest.mark.parametrize("jobs", [1, 2])
def test_items_are_taken_as_they_are_worked_on(jobs):
    taken = []
    endless = (taken.append(number) or number for number in count())
    results = each(double, endless, jobs)
    assert list(islice(results, 100)) == list(range(0, 200, 2))
    results.close() if jobs > 1 else None
    assert len(taken) < 500


def wait_for(item):
    """Tell that the work has begun; all but the first batch wait until they are let go."""
    number, folder = item
    (folder / f"{number}").touch()
    deadline = time.monotonic() + 20
    while number >= BATCH and not (folder / "go").exists() and time.monotonic() < deadline:
        time.sleep(0.01)


def test_who_stops_listening_waits_for_no_work_that_has_not_begun(tmp_path):
    """On ^C the file at hand in each process is finished, and those that were only sent, in the same batch or another, are not."""
    results = each(wait_for, ((number, tmp_path) for number in range(1000)), 2)
    next(results)
    release = threading.Timer(0.5, (tmp_path / "go").touch)
    release.start()
    results.close()
    release.join()
    begun = len(list(tmp_path.iterdir())) - 1
    assert BATCH < begun <= BATCH + 2, "two processes work on one each"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal to send")
def test_a_second_interrupt_breaks_no_clearing_up_off(monkeypatch):
    """Python takes a wait for its pool that is broken off for its end, and the process waited for ever for those it left behind."""
    shutdown = ProcessPoolExecutor.shutdown

    def interrupted(pool, **options):
        os.kill(os.getpid(), signal.SIGINT)
        shutdown(pool, **options)

    monkeypatch.setattr(ProcessPoolExecutor, "shutdown", interrupted)
    results = each(double, count(), 2)
    next(results)
    with pytest.raises(KeyboardInterrupt, match="the first"):
        results.throw(KeyboardInterrupt("the first"))
    assert multiprocessing.active_children() == []
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_process_that_is_ended_from_outside_is_told():
    with pytest.raises(NormtoolError, match="a process was ended from outside"):
        list(each(die, range(200), 2))


@forked
def test_no_more_processes_are_started_than_do_more(monkeypatch):
    """All are started at once: a slip of the finger must not fill the machine with them."""
    started = []
    fork = os.fork
    monkeypatch.setattr(os, "fork", lambda: started.append(1) or fork())
    monkeypatch.setattr(parallel, "_processors", lambda: 1)
    assert list(each(double, range(100), 100_000)) == list(range(0, 200, 2))
    assert 0 < len(started) <= 4


@forked
@pytest.mark.parametrize(
    ("allowed", "raised", "told"),
    [
        (0, OSError(11, "no more"), NormtoolError),
        (1, OSError(11, "no more"), NormtoolError),
        (1, KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_processes_that_cannot_be_started_keep_nobody_waiting(allowed, raised, told, monkeypatch):
    """Those that were started before would wait for work for ever, and the first process for them."""
    fork, before = os.fork, set(active_children())
    started = []

    def refused():
        if len(started) == allowed:
            raise raised
        started.append(1)
        return fork()

    monkeypatch.setattr(os, "fork", refused)
    with pytest.raises(told, match="--jobs 1" if told is NormtoolError else None):
        list(each(double, range(100), 2))
    for child in set(active_children()) - before:
        child.join(10)
        assert not child.is_alive()
