"""Work in several processes: in order, only as fast as it is asked for, and told when a process dies."""

import os
from itertools import count, islice

import pytest

from normtool.model import NormtoolError
from normtool.parallel import each


def double(number):
    return 2 * number


def die(number):
    if number == 30:
        os._exit(9)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3, None])
def test_results_come_in_order(jobs):
    assert list(each(double, range(100), jobs)) == list(range(0, 200, 2))


@pytest.mark.parametrize("jobs", [1, 2])
def test_items_are_taken_as_they_are_worked_on(jobs):
    taken = []
    endless = (taken.append(number) or number for number in count())
    results = each(double, endless, jobs)
    assert list(islice(results, 100)) == list(range(0, 200, 2))
    results.close() if jobs > 1 else None
    assert len(taken) < 500


def test_a_process_that_is_ended_from_outside_is_told():
    with pytest.raises(NormtoolError, match="a process was ended from outside"):
        list(each(die, range(200), 2))
