"""A bar on the terminal that tells how far the work is, how fast it goes and how long it still takes.

It is shown on standard error where that is a terminal and a person sits at it: not under CI and not as a hook. Work that ends
sooner than the bar would be read shows none, and does not import rich.
"""

from __future__ import annotations

import os
import sys
from time import monotonic
from typing import TYPE_CHECKING, Literal

from normtool.cli import streams

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

Unit = Literal["files", "bytes"]

_PATIENCE = 0.7
"""Seconds before the bar appears."""
_PAUSE = 0.15
"""Seconds between two pictures of it."""
_WIPE = "\r\x1b[2K"


class Progress:
    """The bar; with ``total`` 0 it never appears. Used in a ``with``, which wipes it off at the end."""

    def __init__(self, total: int, unit: Unit, done: int = 0) -> None:
        """Make a bar of ``total`` units, of which ``done`` are done."""
        self._total, self._unit, self._done, self._before = total, unit, done, done
        self._start = monotonic()
        self._next = self._start + _PATIENCE
        self._bar: tuple[Bar, TaskID] | None = None
        self._shown = False

    def __enter__(self) -> None:
        """Let the streams wipe the bar off before they write."""
        streams.before_writing(self.wipe)

    def __exit__(self, *_: object) -> None:
        """Wipe the bar off for good."""
        self.wipe()
        streams.before_writing(None)

    def reach(self, done: int) -> None:
        """Note how far the work is, and draw the bar when it is time."""
        self._done = done
        if self._total and monotonic() >= self._next:
            self._draw()
            self._next = monotonic() + _PAUSE

    def wipe(self) -> None:
        """Take the bar off the terminal."""
        if self._shown:
            _show(_WIPE)
            self._shown = False

    def _draw(self) -> None:
        if self._bar is None:
            self._bar = _bar(self._total, self._unit, self._done)
        bar, task = self._bar
        rate = (self._done - self._before) / (monotonic() - self._start)
        bar.update(
            task,
            completed=min(self._done, self._total),
            rate=f"{rate:,.0f} files/s" if self._unit == "files" else f"{rate / 1e6:.1f} MB/s",
        )
        with bar.console.capture() as capture:
            bar.console.print(bar.get_renderable(), end="")
        _show(f"{_WIPE}{capture.get().rstrip()}")
        self._shown = True


def wanted(*, data: bool) -> bool:
    """Tell whether a bar would be seen by a person; ``data`` tells that standard output gets what a program reads."""
    if any(os.environ.get(name) for name in ("CI", "PRE_COMMIT", "GITHUB_ACTIONS")) or os.environ.get("TERM") == "dumb":
        return False
    return streams.is_terminal(sys.stderr) and not (data and streams.is_terminal(sys.stdout))


def _bar(total: int, unit: Unit, done: int) -> tuple[Bar, TaskID]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichBar

    counts = DownloadColumn() if unit == "bytes" else MofNCompleteColumn()
    columns = (BarColumn(), TaskProgressColumn(), counts, TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    bar = RichBar(*columns, console=Console(stderr=True), auto_refresh=False)
    return bar, bar.add_task("", total=total, completed=done, rate="")


def _show(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
