"""What stands behind the sign-off: notes (附注), copies (抄送) and the colophon (印发); GB/T 9704-2012 7.3.6 and 7.4."""

from __future__ import annotations

from typing import NamedTuple

from normtool.document import Day, Imprint, Text
from normtool.grammar.dates import find_date
from normtool.grammar.numbering import label_at
from normtool.grammar.organs import is_organ
from normtool.lazyre import lazy
from normtool.model import Span
from normtool.structure.lines import Line
from normtool.structure.phrases import phrase

_MAX_LINE = 200
_SCAN = 12
_OPEN_ENDS = "，、；"
_LIST_ENDS = f"。{_OPEN_ENDS}"
_BRACKETED = lazy(r"（[^\n]{2,100}）")


class Margin(NamedTuple):
    """Notes and imprint, and the lines that are neither."""

    notes: tuple[Text, ...]
    imprint: Imprint | None
    rest: tuple[Line, ...]


def split_trailing(main: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Split off notes and imprint lines at the end of a document that nobody signs."""
    end = len(main)
    while end and _is_margin(main[end - 1].text):
        end -= 1
    return main[:end], main[end:]


def split_copies(main: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Split off the lines 抄送：… that stand above the sign-off, at the end of the text."""
    end = len(main)
    while end and phrase("cc").match(main[end - 1].text):
        end -= 1
    return main[:end], main[end:]


def _is_margin(text: str) -> bool:
    return any(phrase(name).search(text) for name in ("note", "cc", "printed"))


def read_margin(lines: tuple[Line, ...]) -> Margin:
    """Take notes (附注), 抄送 and 印发 lines out of the lines behind the sign-off; give them and what is left.

    Whatever stands in brackets directly under the date is a note (7.3.6); further down only what says one of its words.
    """
    notes: list[Text] = []
    left: list[Line] = []
    cc: list[Text] = []
    printed_by: Text | None = None
    printed: Day | None = None
    places: list[Line] = []
    joined = _joined(lines)
    for at, line in enumerate(joined):
        near = at < _SCAN or at >= len(joined) - _SCAN
        if not near or len(line.text) > _MAX_LINE:
            left.append(line)
        elif phrase("note").search(line.text) or (at == len(notes) and _BRACKETED.fullmatch(line.text)):
            notes.append(Text(line.text, line.span))
        elif match := phrase("cc").match(line.text):
            cc += _names(match["cc"], line.start + match.start("cc"))
            places.append(line)
        elif (match := phrase("printed").match(line.text)) and (
            "印" in line.text[match.end("date") :] or (match["by"] and is_organ(match["by"]))
        ):
            date = find_date(line.text)
            if match["by"]:
                printed_by = Text(match["by"], Span(line.start + match.start("by"), line.start + match.end("by")))
            if date:
                printed = Day(match["date"], Span(line.start + match.start("date"), line.start + match.end("date")), date)
            places.append(line)
        else:
            left.append(line)
    span = Span(min(line.start for line in places), max(line.end for line in places)) if places else None
    imprint = Imprint(span, tuple(cc), printed_by, printed) if span else None
    return Margin(tuple(notes), imprint, tuple(left))


def _joined(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Join a line 抄送：… that is cut behind a comma with the next; the break stays in its text, so that places still fit.

    Not with what may be another part behind a comma too many: 附件1, （共印20份）, the title of an enclosed document.
    """
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out else None
        if last and last.text[-1] in _OPEN_ENDS and phrase("cc").match(last.text) and _is_rest_of_names(line.text):
            out[-1] = Line(last.text + "\n" * (line.start - last.end) + line.text, last.start, line.end)
        else:
            out.append(line)
    return tuple(out)


def _is_rest_of_names(text: str) -> bool:
    """Tell whether a line goes on with the names of a list: it ends as one does, or with an organ's name."""
    if _is_margin(text) or label_at(text):
        return False
    return text[-1] in _LIST_ENDS or is_organ(text.replace("、", "，").rpartition("，")[2])


def _names(text: str, start: int) -> list[Text]:
    out = []
    at = 0
    for piece in text.replace("；", "，").replace("。", "，").split("，"):
        bare = piece.strip()
        if bare:
            place = start + at + piece.index(bare[0])
            out.append(Text(bare.replace("\n", ""), Span(place, place + len(bare))))
        at += len(piece) + 1
    return out
