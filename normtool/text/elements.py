"""Small mends of a document's parts: file name, addressee, heading labels.

In: text whose lines are in place. Out: edits of rules DOC002 (a mark at the title's end), DOC005 (a file name above or in the
place of the title), DOC008 (the addressee's colon), DOC015 (a mark behind an attachment's name) and NUM001 (a blank or mark too
many behind a heading's label; the unsafe ``1、`` → ``1.``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from normtool.catalog import data_table
from normtool.grammar.dates import date_line
from normtool.grammar.genres import RULE_WORDS, genre_of, plan_word, title_core
from normtool.grammar.metadata_lines import pairs_of
from normtool.grammar.numbering import label_at
from normtool.grammar.titles import is_number_line, recipients_index, title_index
from normtool.lazyre import Lazy, lazy
from normtool.lines import Line, lines_of
from normtool.model import Edit, Patch, RuleCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RULES = ("DOC002", "DOC005", "DOC008", "DOC015", "NUM001")
_DOC002 = RuleCode("DOC002")
_DOC005 = RuleCode("DOC005")
_DOC008 = RuleCode("DOC008")
_DOC015 = RuleCode("DOC015")
_NUM001 = RuleCode("NUM001")

_SUFFIX = lazy(r"(?<! )[ ]*(?:[（(][ ]*\d{1,4}[ ]*页[ ]*[）)][ ]*)?\.(?:docx?|pdf|wps|ofd|txt|rtf)\Z", re.IGNORECASE)
_TITLE_END = lazy("[\u3400-\u9fff）)》〉”]\\Z")
_PAGES = lazy(r"(?<! )[ ]*[（(][ ]*\d{1,4}[ ]*页[ ]*[）)]\Z")
_MAX_SUFFIXES = 4
_MIN_SHARED = 6
_END_MARKS = tuple("，。；：、,;:")
_SUFFIX_ENDS = tuple("xXcCfFdDsStT）)")
_LISTED = lazy(r"附件[ ]?[0-9]{0,2}[：:][ ]?(?:(?P<first>1)[.．])?(?P<name>[^。；;：:\n]{2,80})(?P<mark>[。；，、;,])\Z")
_NEXT_LISTED = lazy(r"(?P<number>[1-9][0-9]?)[.．](?P<name>[^。；;：:\n]{2,80}?)(?P<mark>[。；，、;,]?)\Z")
_COMMAS = tuple("，、,")
_FIRST_LISTED = lazy(r"附件[ ]?[：:][ ]?1[.．][^。；;\n]{2,80}\Z")
_INNER_NUMBER = lazy(r"[，、,][ ]?[1-9][0-9]?[.．]")
_LOOK_AT = 40
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
    edits += _title_mark_edits([line for line in body if line.text])
    if "附件" in text:
        edits += _attachment_edits(lines)
    edits += [edit for line in lines for edit in _label_edits(line)]
    return tuple(sorted(edits))


def _title_mark_edits(solid: Sequence[Line]) -> list[Edit]:
    """Take the mark off the end of the first line that is no metadata, where a number, a date or an addressee proves it the title."""
    at = next((k for k, line in enumerate(solid[:_LOOK_AT]) if not pairs_of(line.text) or line.text.startswith("关于")), None)
    if at is None or at + 1 == len(solid):
        return []
    line, below = solid[at], solid[at + 1].text
    if not line.text.endswith(_END_MARKS) or "关于" not in line.text:
        return []
    bare = line._replace(text=line.text[:-1], end=line.end - 1)
    proven = is_number_line(below) or date_line(below) is not None or recipients_index([bare, solid[at + 1]], 0) == 1
    return [Edit(bare.end, line.end, "", _DOC002)] if proven and title_index([bare]) == 0 else []


def _attachment_edits(lines: Sequence[Line]) -> list[Edit]:
    """Take the mark off the end of each name in the list of attachments (GB/T 9704-2012 7.3.4).

    A line with two names stays as it is, and so does a comma that the next name does not follow: a name may go on there.
    """
    edits = []
    number = 0
    for k, line in enumerate(lines):
        match = _LISTED.match(line.text) if line.text.startswith("附件") else None
        if match:
            number = 1 if match["first"] else 0
        elif line.text.startswith("附件"):
            number = 1 if _FIRST_LISTED.match(line.text) else 0
            continue
        else:
            match = _NEXT_LISTED.match(line.text) if number else None
            if match and int(match["number"]) != number + 1:
                match = None
            number = number + 1 if match else 0
        if match and match["mark"] in _COMMAS and not _follows(lines, k, number):
            continue
        if match and match["mark"] and not _INNER_NUMBER.search(match["name"]):
            edits.append(Edit(line.start + match.start("mark"), line.end, "", _DOC015))
    return edits


def _follows(lines: Sequence[Line], at: int, number: int) -> bool:
    """Tell whether the name behind ``number`` stands on the line below ``at``, empty ones aside."""
    text = next((lines[k].text for k in range(at + 1, len(lines)) if lines[k].text), "")
    match = _NEXT_LISTED.match(text)
    return match is not None and int(match["number"]) == number + 1


def _file_name_edits(text: str, lines: Sequence[Line]) -> list[Edit]:
    """Delete a file name above the document's own title; take the suffix off where it stands in the title's place.

    Not off a line that speaks of a file, 如何编写robots.txt: what stands before the suffix is a title by itself.
    """
    solid = [line for line in lines if line.text]
    if not solid:
        return []
    first = solid[0]
    end = _name_end(first.text)
    if end == len(first.text):
        return []
    if len(solid) > 1 and _same_title(first.text[:end], solid[1].text):
        return [Edit(first.start, min(first.end + 1, len(text)), "", _DOC005)]
    return [Edit(first.start + end, first.end, "", _DOC005)] if _is_title(first.text[:end]) else []


def _is_title(name: str) -> bool:
    """Tell whether a name without its suffix is a title by itself: it closes as titles do, behind a hanzi or a bracket."""
    if not _TITLE_END.search(name):
        return False
    core = title_core(name)
    return bool(genre_of(name) or plan_word(name) or core.endswith(RULE_WORDS) or _enclosed_title().search(core))


@cache
def _enclosed_title() -> Lazy:
    return lazy(data_table("phrases.toml")["enclosed_title"])


def _name_end(text: str) -> int:
    """Tell where a name ends and its suffixes and page counts begin, such as in 方案.docx.pdf.

    More than a few are no suffixes.
    """
    end = len(text)
    for _ in range(_MAX_SUFFIXES + 1):
        if not text[:end].endswith(_SUFFIX_ENDS):
            return end
        match = _SUFFIX.search(text[:end]) or _PAGES.search(text[:end])
        if not match or not match.start():
            return end
        end = match.start()
    return len(text)


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


def _label_edits(line: Line) -> Iterator[Edit]:
    """Take out the blank behind ``（一）`` and ``1.`` and the mark in ``（一）、``; 第一章 keeps its blank (GB/T 15834 B.3.6).

    Not the blank before a digit: ``1. 5公里`` is no ``1.5公里``; nor where labels are cited one behind the other: ``（一）、（二）项``.

    ``1、`` becomes ``1.`` only when asked for: many organs write it so, and before a digit (1、80周岁) a dot would make another
    number.
    """
    label = label_at(line.text)
    if label is None or label.style not in ("hanzi", "hanzi-paren", "arabic", "arabic-paren"):
        return
    rest = _LABEL_REST.match(line.text, label.end)
    end = rest.end() if rest else label.end
    cited = label_at(line.text, end + line.text.startswith("第", end)) if rest else None
    if cited and cited.style == label.style:
        return
    if label.style == "arabic" and line.text[label.end - 1] == "、" and line.text[end : end + 1].isalpha():
        yield Edit(line.start + label.end - 1, line.start + label.end, ".", _NUM001, safe=False)
    if rest and label.style == "arabic" and line.text[end : end + 1].isdecimal():
        return
    if rest and end < len(line.text) and not (rest[0] == "、" and label.style in ("hanzi", "arabic")):
        yield Edit(line.start + rest.start(), line.start + end, "", _NUM001)
