"""What belongs between the two halves of a sentence or title that a line break cut: nothing, a blank, or nobody can tell."""

from __future__ import annotations

import re

from normtool.lazyre import lazy

_MAX_WORD = 60
_MIN_NUMBER = 4
_OUTSIDE_LATIN = lazy(r"[^!-~]+")
_ADDRESS_MARKS = "@:._"
_STANDARD = lazy(r"[A-Z]{2,}[0-9]{0,2}(?:/[A-Z]{1,6})*")
_SERIAL = lazy(r"\d{3,5}(?!\d)")


def glue_of(text: str, one: str, other: str) -> str | None:
    """Give what belongs between two halves: nothing in Chinese, a blank between Latin words and in the number of a standard.

    None where nobody can tell, so that the break stays: PM | 2.5 is one word and GB/T | 9704 is two, and an address that is cut
    (a@yunling | .gov.cn) must not get a blank. What the text has elsewhere decides.
    """
    if not (one[-1].isascii() and one[-1].isalnum() and other[0].isascii() and other[0].isalnum()):
        return ""
    tail, head = _OUTSIDE_LATIN.split(one[-_MAX_WORD:])[-1], _OUTSIDE_LATIN.split(other[:_MAX_WORD])[0]
    if len(tail + head) >= _MIN_NUMBER or not (tail + head).isdecimal():
        for glue in ("", " "):
            if _stands_alone(text, tail + glue + head):
                return glue
    if any(mark in tail for mark in _ADDRESS_MARKS):
        return None
    if (tail[-1].isalpha() and head[0].isalpha()) or (_STANDARD.fullmatch(tail) and _SERIAL.match(head)):
        return " "
    return None


def _stands_alone(text: str, word: str) -> bool:
    """Tell whether a word stands in the text with no letter or digit of ASCII around it."""
    return re.search(rf"(?<![0-9A-Za-z]){re.escape(word)}(?![0-9A-Za-z])", text) is not None
