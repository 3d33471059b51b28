"""Colours, and the width of text on a terminal."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

_CODES = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}

_DIFF_HEAD = 2
"""Lines of the head of a diff, which name the file."""

SEVERITY_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


def paint(text: str, colour: str, *, on: bool) -> str:
    """Give ``text`` in a colour of a terminal, or as it is."""
    return f"\x1b[{_CODES[colour]}m{text}\x1b[0m" if on else text


_DIFF_COLOURS = {"-": "red", "+": "green", "@": "cyan"}


def paint_diff(diff: str) -> str:
    """Give the unified diff of one file in the colours of git; what is no change, no head and no mark of a hunk stays as it is."""
    *lines, last = diff.split("\n")
    return "".join(f"{_diff_line(number, line)}\n" for number, line in enumerate(lines)) + last


def _diff_line(number: int, line: str) -> str:
    """Paint a line; only the first two are the head, a removed line may begin with dashes."""
    colour = "bold" if number < _DIFF_HEAD else _DIFF_COLOURS.get(line[:1])
    return paint(line, colour, on=True) if colour else line


def cells(text: str) -> int:
    """Give the width of a text on a terminal: hanzi and full-width marks take two cells, combining marks none."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def printable(text: str) -> str:
    """Replace what a terminal would act upon instead of showing: every control and every character without a shape."""
    return "".join(c if c.isprintable() else "·" if c.isspace() else "\ufffd" for c in text)
