"""Characters that a text names: alone, or as a lone pair of marks, between quotation marks: “,”是半角逗号, 括号“()”."""

from __future__ import annotations

_AROUND = frozenset(("“”", "‘’", "「」", "『』", '""', "''"))
_PAIRS = frozenset(("()", "[]", "<>", "{}", "「」", "『』", "﹁﹂", "﹃﹄"))


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
