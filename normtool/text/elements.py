"""Small mends of a document's parts: file name, addressee, heading labels.

In: text whose lines are in place. Out: edits of rules DOC005 (a file name above or in the place of the title), DOC008 (the
addressee's colon) and NUM001 (a blank or mark too many behind a heading's label).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from normtool.grammar.genres import title_core
from normtool.grammar.numbering import label_at
from normtool.grammar.titles import recipients_index, title_index
from normtool.lazyre import lazy
from normtool.lines import Line, lines_of
from normtool.model import Edit, Patch, RuleCode

if TYPE_CHECKING:
    from collections.abc import Sequence

RULES = ("DOC005", "DOC008", "NUM001")
_DOC005 = RuleCode("DOC005")
_DOC008 = RuleCode("DOC008")
_NUM001 = RuleCode("NUM001")

_SUFFIX = lazy(r"(?<! )[ ]*(?:[（(][ ]*\d{1,4}[ ]*页[ ]*[）)][ ]*)?\.(?:docx?|pdf|wps|ofd|txt|rtf)\Z", re.IGNORECASE)
_PAGES = lazy(r"(?<! )[ ]*[（(][ ]*\d{1,4}[ ]*页[ ]*[）)]\Z")
_MIN_SHARED = 6
_LABEL_REST = lazy(r"[ ]+|、")


def element_edits(text: str) -> Patch:
    """Give the edits that mend the parts of a document."""
    lines = lines_of(text)
    edits = _file_name_edits(text, lines)
    named = {edit.start for edit in edits}
    body = [line for line in lines if line.start not in named]
    title = title_index(body)
    if title is not None:
        edits += _recipient_edits(body, title)
    edits += [edit for line in lines if (edit := _label_edit(line)) is not None]
    return tuple(sorted(edits))


def _file_name_edits(text: str, lines: Sequence[Line]) -> list[Edit]:
    """Delete a file name above the document's own title; take the suffix off where it stands in the title's place."""
    solid = [line for line in lines if line.text]
    if not solid:
        return []
    first = solid[0]
    match = _SUFFIX.search(first.text) or _PAGES.search(first.text)
    if not match or not match.start():
        return []
    if len(solid) > 1 and _same_title(first.text[: match.start()], solid[1].text):
        return [Edit(first.start, min(first.end + 1, len(text)), "", _DOC005)]
    return [Edit(first.start + match.start(), first.end, "", _DOC005)]


def _same_title(name: str, title: str) -> bool:
    """Tell whether a file name repeats the title: one starts with the other, or both with the same words."""
    one, other = title_core(name), title_core(title)
    shared = next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= _MIN_SHARED and shared >= len(other) - 2


def _recipient_edits(lines: Sequence[Line], title: int) -> list[Edit]:
    at = recipients_index(lines, title)
    if at is None or not lines[at].text.endswith(":"):
        return []
    return [Edit(lines[at].end - 1, lines[at].end, "：", _DOC008)]


def _label_edit(line: Line) -> Edit | None:
    """Take out the blank behind ``（一）`` and ``1.`` and the mark in ``（一）、``; 第一章 keeps its blank (GB/T 15834 B.3.6)."""
    label = label_at(line.text)
    if label is None or label.style not in ("hanzi", "hanzi-paren", "arabic", "arabic-paren"):
        return None
    rest = _LABEL_REST.match(line.text, label.end)
    if not rest or rest.end() == len(line.text) or (rest[0] == "、" and label.style in ("hanzi", "arabic")):
        return None
    return Edit(line.start + rest.start(), line.start + rest.end(), "", _NUM001)
