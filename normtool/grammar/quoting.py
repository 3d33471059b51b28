"""What quotation marks hold: characters that a text names (“,”是半角逗号, 括号“()”), and quotations with a straight mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.lazyre import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

_AROUND = frozenset(("“”", "‘’", "「」", "『』", '""', "''"))
_PAIRS = frozenset(("()", "[]", "<>", "{}", "「」", "『』", "﹁﹂", "﹃﹄"))
_QUOTED = lazy(r"(?:“|(?<!\d)\")(?P<inner>[^“”\"\n]{1,80})\"|(?<!\d)\"(?P<inner2>[^“”\"\n]{1,80})”")
_HAS_HANZI = lazy("[\u3400-\u4dbf\u4e00-\u9fff]")


def straight_pairs(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of the two marks of each quotation of which one or both are straight: "一户一表", “一村一档", "谁主管”.

    Not of Latin text, inches, or what is longer than 80 characters.
    """
    for match in _QUOTED.finditer(text):
        if _HAS_HANZI.search(match["inner"] or match["inner2"]):
            yield match.start(), match.end() - 1


def is_named(text: str, at: int) -> bool:
    """Tell whether the character at ``at`` stands alone between quotation marks, or with its partner.

    Not where anything else stands there with it: “Ａ类” is a word.
    """
    if at < 1:
        return False
    if text[at - 1 : at] + text[at + 1 : at + 2] in _AROUND:
        return True
    return any(
        first >= 1 and text[first : first + 2] in _PAIRS and text[first - 1 : first] + text[first + 2 : first + 3] in _AROUND
        for first in (at - 1, at)
    )
