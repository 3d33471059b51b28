"""Tells whether time grows with the size of a text and not with its square."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL, FACTOR = 4_000, 8
NOISE = 0.05
"""Seconds under which a measurement says nothing about growth."""
_SLACK = 3
"""What is linear takes up to so many times longer than its size asks for; what is quadratic takes ``FACTOR`` times longer."""
_TRIES = 4
_STEP = 64
"""Characters by which the texts of two tries differ, at least one unit: an answer that was remembered says nothing about time."""


def assert_linear(work: Callable[[str], object], make: Callable[[int], str], small: int = SMALL) -> None:
    """Fail where ``work`` takes far longer for a text of ``FACTOR`` times the size; ``make`` gives a text of about a size.

    What takes long is tried again, for others use the machine as well.
    """
    told = []
    for number in range(_TRIES):
        big = _seconds(work, make(small * FACTOR + number * _STEP))
        if big <= NOISE:
            return
        little = _seconds(work, make(small + number * _STEP))
        if big < max(little, NOISE / FACTOR) * FACTOR * _SLACK:
            return
        told.append(f"{little:.3f} s and, for {FACTOR} times as much, {big:.3f} s")
    raise AssertionError("; ".join(told))


def _seconds(work: Callable[[str], object], text: str) -> float:
    """Give the time of this process alone, without that of looking for garbage, which depends on what else is in memory."""
    gc.disable()
    try:
        start = time.process_time()
        work(text)
        return time.process_time() - start
    finally:
        gc.enable()
