r"""First stage: every line ends with LF.

In: decoded text. Out: edits of rule LAY004. Never adds or removes a line break between two lines of text; ``\r\r\n``, which
some scripts write, is one break. A form feed (page break) is a line break like the others.
"""

from __future__ import annotations

from normtool.lazyre import lazy
from normtool.model import Edit, Patch, RuleCode

RULES = ("LAY004",)
_LAY004 = RuleCode("LAY004")
_OTHER = "\r\x0b\x0c\x85\u2028\u2029"
_ENDINGS = lazy("\\r+\\n?|[\\x0b\\x0c\\x85\\u2028\\u2029]")


def newline_edits(text: str) -> Patch:
    """Give the edits that turn every line ending into LF."""
    if not any(c in text for c in _OTHER):
        return ()
    edits = []
    for match in _ENDINGS.finditer(text):
        start, end = match.span()
        if text[end - 1] == "\n":
            edits.append(Edit(start, end - 1, "", _LAY004))
        else:
            edits.append(Edit(start, end, "\n" * (end - start), _LAY004))
    return tuple(edits)
