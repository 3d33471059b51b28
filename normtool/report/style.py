"""Colours, and the width of text on a terminal."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

_CODES = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}

SEVERITY_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


def paint(text: str, colour: str, *, on: bool) -> str:
    """Give ``text`` in a colour of a terminal, or as it is."""
    return f"\x1b[{_CODES[colour]}m{text}\x1b[0m" if on else text


def cells(text: str) -> int:
    """Give the width of a text on a terminal: hanzi and full-width marks take two cells, combining marks none."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def printable(text: str) -> str:
    """Replace what a terminal would act upon instead of showing: every control and every character without a shape."""
    return "".join(c if c.isprintable() else "·" if c.isspace() else "\ufffd" for c in text)
