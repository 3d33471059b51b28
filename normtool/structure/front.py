"""The front of a document: marks above the title (版头), own document number, title, addressees.

The lines from the end of the metadata to the addressee line, or to the first prose or label, are looked at as one zone, because
portals print number and title in any order, and the title over several lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from normtool.grammar.dates import Date, date_line
from normtool.lazyre import lazy
from normtool.structure.lines import Line
from normtool.structure.marks import (
    NO_HEADER,
    ZONE,
    joint_issuers,
    masthead,
    number_from_captions,
    number_from_title,
    read_joint_order,
    read_mark,
    with_issuers,
)
from normtool.structure.minutes import is_issue, minutes_letterhead
from normtool.structure.phrases import is_result_class, phrase
from normtool.structure.recipients import bare_recipients, recipients_of, recipients_over
from normtool.structure.titles import is_complete, is_title_like, joined, title_parts

if TYPE_CHECKING:
    from normtool.document import Header, Text

_BELOW = 2
_GLUED = lazy(r"([^。；！？：\n]{8,120}?)(?=一、|第一[章部])")
_BRACKETED = lazy(r"[（(][^\n]{2,400}[）)]")


class Front(NamedTuple):
    """What the front holds; ``below`` are short lines under the title that are no title, and belong to the body.

    ``above`` are the lines over the title that are neither mark nor title: a portal's headline, a name in the masthead.
    The body starts at line ``next_line``, inside it at ``body_start`` when the addressee is run in.
    """

    header: Header | None
    title: Text | None
    recipients: tuple[Text, ...]
    captions: tuple[Line, ...]
    above: tuple[Line, ...]
    below: tuple[Line, ...]
    next_line: int
    body_start: int | None


class _Zone(NamedTuple):
    """The lines of the front by what they can be."""

    header: Header
    titles: tuple[tuple[int, Line], ...]
    captions: tuple[Line, ...]
    recipients: tuple[Text, ...]
    end: int
    body_start: int | None


def read_front(lines: tuple[Line, ...], at: int) -> Front:
    """Read the front from line ``at`` on. Every part may be missing."""
    zone = _zone(lines, at)
    parts = title_parts(zone.titles)
    used = {index for index, _ in parts}
    title = joined([line for _, line in parts]) if parts else None
    after = max(used) if used else at - 1
    left = [line for index, line in zone.titles if index > after]
    end, captions = zone.end, zone.captions
    if left and not zone.recipients:
        end = next(index for index, line in zone.titles if line is left[0])
        captions = tuple(line for line in captions if line.start < left[0].start)
    elif left:
        captions = tuple(sorted((*captions, *left), key=lambda line: line.start))
    header = zone.header
    if header.document_number is None:
        header = number_from_captions(header, captions)
    if header.document_number is None:
        header = number_from_title(header, title)
    above = tuple(line for index, line in zone.titles if index < after and index not in used)
    header, above = minutes_letterhead(*masthead(header, above), title)
    return Front(
        header if header.span.end else None, title, zone.recipients, captions, above, tuple(left[:_BELOW]), end, zone.body_start
    )


def split_title(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Cut the title off a long first line where the numbering begins right behind it (…实施方案一、…)."""
    match = _GLUED.match(lines[0].text) if lines and not is_title_like(lines[0].text) else None
    if match is None or not is_complete(match[1]):
        return lines
    first = lines[0]
    middle = first.start + match.end(1)
    return (Line(match[1], first.start, middle), Line(first.text[match.end(1) :], middle, first.end), *lines[1:])


def _zone(lines: tuple[Line, ...], at: int) -> _Zone:
    header = NO_HEADER
    titles: list[tuple[int, Line]] = []
    captions: list[Line] = []
    index = at
    while index < min(len(lines), at + ZONE):
        line = lines[index]
        ordered = None if titles else read_joint_order(header, lines, index)
        if ordered is not None:
            header, count = ordered
            titles += enumerate(lines[index : index + count], index)
            index += count + 1
            continue
        marked = read_mark(header, line, lines[index + 1] if index + 1 < len(lines) else None)
        if marked is not None:
            before, (header, taken) = header, marked
            if header.letterhead and header.letterhead is not before.letterhead:
                above, below = joint_issuers(lines, index, at)
                header = with_issuers(header, lines[index - above : index + 1 + below])
                del titles[len(titles) - above :]
                index += below
            if taken > 1 and not titles:
                titles.append((index, line))  # 某某人民政府令 / 第N号: the first line is the title of the cover as well
            index += taken
            continue
        if titles and phrase("contents").match(line.text):
            break
        addressed = _addressed(lines, index, titled=bool(titles))
        if addressed is not None:
            return _Zone(header, tuple(titles), tuple(captions), *addressed)
        if (
            is_result_class(line.text)
            or (titles and (_BRACKETED.fullmatch(line.text) or date_line(line.text) or is_issue(titles[-1][1], line)))
            or bracketed_date(line.text)
            or (header.copy_number and phrase("copy_number").fullmatch(line.text))  # a portal's number; the title is below
        ):
            captions.append(line)
        elif is_title_like(line.text):
            titles.append((index, line))
        else:
            break
        index += 1
    return _Zone(header, tuple(titles), tuple(captions), (), index, None)


def _addressed(lines: tuple[Line, ...], at: int, *, titled: bool) -> tuple[tuple[Text, ...], int, int | None] | None:
    """Read the addressees at line ``at``; give them, the line behind them, and where in it the body starts when they are run in."""
    line = lines[at]
    one = recipients_of(line)
    if one is not None:
        found, end = one
        return found, at + (end == line.end), None if end == line.end else end
    listed = recipients_over(lines, at)
    if listed is not None:
        return listed[0], at + listed[1], None
    bare = bare_recipients(line, lines[at + 1]) if titled and at + 1 < len(lines) else ()
    return (bare, at + 1, None) if bare else None


def bracketed_date(text: str) -> Date | None:
    """Give the date of a line （2020年1月1日）, the 题注 under a title, or None."""
    return date_line(text[1:-1]) if text[0] in "（(" and text[-1] in "）)" else None
