"""The tree of sections: which labelled line stands under which.

Levels come from the style of the label, not from its number, so that numbers may restart or go on. A box (专栏N) is a scope of
its own: a label that goes on with the numbering around the box closes it, any other belongs to it.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from normtool.document import Block, Section, Text
from normtool.grammar.decimals import decimal_labels
from normtool.grammar.numbering import LEVEL, Label, Style, label_at
from normtool.lazyre import lazy
from normtool.model import Span
from normtool.structure.phrases import phrase
from normtool.structure.runs import RANK, pieces_of

if TYPE_CHECKING:
    from normtool.structure.lines import Line

_SENTENCE = lazy(r"(?:“[^”]{0,40}+”|（[^）]{0,60}+）|[^。！？])*+[。！？]")
_LEAD_IN = lazy(r"[^。，；：]{1,12}：(?=.)")
_NO_ITEM = lazy(r"[二三四五六七八九十]+(?:[、级类等批期线产项个])")
_NO_ARTICLE = lazy(r"[、，。；：”）]|[规款项第和与及至到或之的中所]")
_INSERTED = lazy(r"之[一二三四五六七八九十]{1,2}(?=\s)")
"""第三条之一, an article put in later; prose writes 第三条之一 without a blank behind it."""
_HIDDEN = lazy(r"([1-9]\d?)\.(?=\d)(?!\d+[ \t　])")
_PAGE = lazy(r"[.．…·]*[（(]?\d{0,3}[）)]?$")
_NEAR = 4
_MAX_CAPTION = 24
_DISORDER = 4
_NAMED = frozenset({"part", "chapter", "section", "box"})
_MAX_NAME = 60
_GAP = "：:、 \t　"
_BLANKS = (" ", "\t", "　")


class _Open:
    """A section that lines may still be added to. Written out: a dataclass takes longer to make than a document to read."""

    __slots__ = ("blocks", "end", "heading", "label", "label_span", "label_text", "last", "sections", "start")

    def __init__(self, line: Line, label: Label) -> None:
        self.label = label
        self.label_text = line.text[label.start : label.end]
        self.label_span = Span(line.start, line.start + label.end)
        self.heading: Text | None = None
        self.start, self.end = line.start, line.end
        self.blocks: list[Block] = []
        self.sections: list[Section] = []
        self.last: dict[Style, int] = {}


class Tree(NamedTuple):
    """Sections of a run of lines, and the blocks before the first of them."""

    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]


def section_label(text: str) -> Label | None:
    """Give the label that makes ``text`` a section's first line, or None.

    Refuses what only looks like a label: ``一、二级企业``, ``第五条规定``, a bare ``12.`` and a row of a table.
    """
    label = label_at(text)
    if label is None or "|" in text:
        return None
    rest = text[label.end :]
    if label.style == "hanzi":
        return None if _NO_ITEM.match(rest) else label
    if label.style == "article":
        inserted = _INSERTED.match(rest)
        if inserted:
            return label._replace(end=label.end + inserted.end())
        return None if _NO_ARTICLE.match(rest) else label
    if label.style in _NAMED:
        return label if _is_name(rest, label.style) else None
    return label if rest.strip() else None


def _is_name(rest: str, style: Style) -> bool:
    """Tell whether what follows 第一章 or 专栏1 is a name: short and no sentence, unless 第一条 follows on the line.

    Behind a blank a name may have run together with its paragraph: prose writes 第一章 and its verb without one.
    """
    if style != "box" and _NO_ARTICLE.match(rest):
        return False
    return "条" in rest or rest[:1] in _BLANKS or _is_short(rest)


def _is_short(rest: str) -> bool:
    return len(rest) <= _MAX_NAME and "。" not in rest


def build(lines: tuple[Line, ...]) -> Tree:
    """Give the tree of ``lines``; nothing is left out: each line is a heading, a block, or a heading with a block."""
    blocks: list[Block] = []
    roots: list[Section] = []
    stack: list[_Open] = []
    numbers: dict[Style, int] = {}
    pieces = pieces_of(lines)
    for line, label in zip(pieces, _labels(pieces), strict=True):
        if label is None:
            (stack[-1].blocks if stack else blocks).append(_block(line.text, line.start))
            continue
        _close(stack, roots, _depth(stack, numbers, label))
        (stack[-1].last if stack else numbers)[label.style] = label.number
        stack.append(_opened(line, label))
    _close(stack, roots, 0)
    return Tree(tuple(blocks), tuple(roots))


def _labels(lines: list[Line]) -> list[Label | None]:
    """Give each line's label, also one that a number follows (1.80周岁以上, 2.10千伏线路) where it fits between its neighbours.

    The decimal number 1.1 is never the label 1.: neither in front of a blank nor beside 1.2.
    """
    out: list[Label | None] = []
    before = 0
    decimals = decimal_labels([line.text for line in lines])
    for at, line in enumerate(lines):
        label = decimals.get(at) or section_label(line.text)
        hidden = _HIDDEN.match(line.text) if label is None else None
        if hidden and not _has_twin(lines, at, hidden.group()):
            number = int(hidden[1])
            following = any(other.text.startswith("2.") for other in lines[at + 1 : at + _NEAR])
            if (number == before + 1 and number > 1) or (number == 1 and following):
                label = Label("arabic", number, 0, hidden.end())
        if label and label.style == "arabic":
            before = label.number
        out.append(label)
    _drop_contents(lines, out)
    _drop_captions(lines, out)
    _drop_repeated(lines, out)
    return out


def _has_twin(lines: list[Line], at: int, label: str) -> bool:
    """Tell whether the next numbered line near line ``at``, up or down, opens with the same number, a point and digits."""
    ways = (reversed(lines[max(0, at - _NEAR) : at]), lines[at + 1 : at + 1 + _NEAR])
    beside = (next((line.text for line in way if line.text[0].isdecimal()), "") for way in ways)
    return any(text.startswith(label) and _HIDDEN.match(text) for text in beside)


def _drop_contents(lines: list[Line], labels: list[Label | None]) -> None:
    """Take the labels off a table of contents: short lines under 目录, down to where its first entry stands again."""
    head = next((at for at, line in enumerate(lines) if _is_contents(line.text)), None)
    if head is None or head + 1 == len(lines):
        return
    first = _entry(lines[head + 1].text)
    end = head + 2
    while end < len(lines) and _is_short(lines[end].text) and _entry(lines[end].text) != first:
        end += 1
    if end < len(lines) and _entry(lines[end].text) == first:
        labels[head + 1 : end] = [None] * (end - head - 1)


def _is_contents(text: str) -> bool:
    return "目" in text and phrase("contents").match(text) is not None


def _entry(text: str) -> str:
    """Give the name in a line of a table of contents, without blanks and without the page behind it."""
    return _PAGE.sub("", "".join(text.split()))


def _drop_repeated(lines: list[Line], labels: list[Label | None]) -> None:
    """Take the label off a short line 二、… out of sequence that stands again further down: a diagram that shows the headings to come."""
    coming = Counter(line.text for line, label in zip(lines, labels, strict=True) if label and label.style == "hanzi")
    before = 0
    for at, label in enumerate(labels):
        if label is None or label.style != "hanzi":
            continue
        text = lines[at].text
        coming[text] -= 1
        if label.number not in {1, before + 1} and coming[text] and _is_caption(text, None):
            labels[at] = None
        else:
            before = label.number


def _drop_captions(lines: list[Line], labels: list[Label | None]) -> None:
    """Take the labels off a run of short numbered lines whose order means nothing: the captions of a diagram, read row by row."""
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and _is_caption(lines[at].text, labels[at]):
            continue
        numbers = [label.number for label in labels[start:at] if label]
        disorder = sum(b != a + 1 and not (b == 1 and a > 1) for a, b in pairwise(numbers))
        if disorder >= _DISORDER and disorder * 3 >= len(numbers):
            labels[start:at] = [None] * (at - start)
        start = at + 1


def _is_caption(text: str, label: Label | None) -> bool:
    return len(text) <= _MAX_CAPTION and text[-1] not in "。；：，" and (label is None or label.style == "arabic")


def _depth(stack: list[_Open], numbers: dict[Style, int], label: Label) -> int:
    """Give how many open sections stay open above a new label."""
    box = next((k for k, item in enumerate(stack) if item.label.style == "box"), None)
    if box is not None and label.style != "box" and not _leaves_box(stack, numbers, label, box):
        depth = len(stack)
        while depth > box + 1 and RANK[stack[depth - 1].label.style] >= RANK[label.style]:
            depth -= 1
        return depth
    depth = len(stack) if box is None else box
    if label.style == "box":
        return depth
    while depth and RANK[stack[depth - 1].label.style] >= RANK[label.style]:
        depth -= 1
    return depth


def _leaves_box(stack: list[_Open], numbers: dict[Style, int], label: Label, box: int) -> bool:
    """Tell whether a label closes the box: it goes on with the numbering outside, or stands above whatever holds the box."""
    depth = box
    while depth and RANK[stack[depth - 1].label.style] >= RANK[label.style]:
        depth -= 1
    outside = (stack[depth - 1].last if depth else numbers).get(label.style, 0)
    inside = stack[box].last.get(label.style, 0)
    if label.number == inside + 1 and inside:
        return False
    if label.number == 1:
        return RANK[label.style] <= RANK["hanzi"]
    return label.number == outside + 1 or not inside


def _opened(line: Line, label: Label) -> _Open:
    text = line.text
    end = label.end
    while end < len(text) and text[end] in _GAP:
        end += 1
    opened = _Open(line, label)
    if label.style == "article":
        if text[end:]:
            opened.blocks.append(_block(text[end:], line.start + end))
        return opened
    cut = len(text) if label.style in _NAMED and _is_short(text[end:]) else _heading_end(text, end)
    heading = text[end:cut].rstrip()
    bare = heading.removesuffix("。")
    if bare:
        opened.heading = Text(bare, Span(line.start + end, line.start + end + len(bare)))
    rest = text[cut:].lstrip()
    if rest:
        opened.blocks.append(_block(rest, line.end - len(rest)))
    return opened


def _heading_end(text: str, start: int) -> int:
    """Give where the first sentence after the label ends, its mark included; a short lead-in ending in ： counts as one.

    A colon inside an open bracket (（单位：m）) is none. A name that headings have everywhere ends the heading where a sentence opens right behind it: the text lost its line break
    there.
    """
    name = phrase("heading_name").match(text, start) if len(text) - start > _MAX_NAME else None
    if name:
        return name.end()
    lead = _LEAD_IN.match(text, start)
    if lead and lead.group().count("（") == lead.group().count("）"):
        return lead.end()
    sentence = _SENTENCE.match(text, start)
    if not sentence:
        return len(text)
    end = sentence.end()
    while end < len(text) and text[end] in "”’）":
        end += 1
    return end


def _block(text: str, start: int) -> Block:
    kind = "table" if text.count("|") > 1 or text.count("\t") > 1 else "paragraph"
    return Block(kind, text, Span(start, start + len(text)))  # type: ignore[arg-type]


def _close(stack: list[_Open], roots: list[Section], depth: int) -> None:
    while len(stack) > depth:
        item = stack.pop()
        ends = [item.end, *(b.span.end for b in item.blocks[-1:]), *(s.span.end for s in item.sections[-1:])]
        section = Section(
            level=LEVEL[item.label.style],
            style=item.label.style,
            label=item.label_text,
            number=item.label.number,
            heading=item.heading,
            blocks=tuple(item.blocks),
            sections=tuple(item.sections),
            label_span=item.label_span,
            span=Span(item.start, max(ends)),
        )
        (stack[-1].sections if stack else roots).append(section)
