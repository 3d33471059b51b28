"""Where a file is broken: the most likely way to cut its bytes into characters and broken places.

Python's decoder reports the place where it got lost, in GB18030 thirty bytes behind the broken one on the average, and
garbles what stands between. Here every cut of the bytes is weighed: a character costs what it costs in Chinese text, a
broken place costs more than any character. Bytes of a whole file and its encoding come in; text with one U+FFFD for each
broken place, and the places, go out.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from normtool.decode.charsets import decode_lenient, decode_strict
from normtool.decode.costs import table, text_cost
from normtool.decode.recut import Cut, cheapest_cut
from normtool.lazyre import lazy
from normtool.model import Damage
from normtool.patch import line_starts, locate

if TYPE_CHECKING:
    from collections.abc import Iterator

_CUTTABLE = ("gb18030", "big5hkscs")
RECUT = (*_CUTTABLE, "utf-16-le", "utf-16-be")
_ESCAPED = lazy(r"\x00?[\udc80-\udcff]+(?:\x00[\udc80-\udcff]+)*")  # a NUL among broken bytes is what broke them
_CUT_POINTS = re.compile(rb"[\x01-\x2f]+")  # no such byte stands inside a character of GB18030 or Big5

_SILENT_GAIN = 12.0
"""How much cheaper, in nats, a cut with a broken place must be before bytes that decode strictly are called damaged."""

_RARE = 12.0  # nats; 4300 characters are more frequent


class Place(NamedTuple):
    """A broken place: where its U+FFFD stands in the text, and offset and number of its bytes."""

    position: int
    offset: int
    size: int


class Mended(NamedTuple):
    """The best reading of some bytes, with a U+FFFD for each broken place."""

    text: str
    places: tuple[Place, ...]


def mend(data: bytes, encoding: str, *, base: int = 0) -> tuple[str, tuple[Damage, ...]]:
    """Give the best reading of ``data`` and its broken places, in order; none when it is whole.

    ``data`` is what follows the byte order mark, whose ``base`` bytes count in the offsets.
    """
    out: list[str] = []
    places: list[Place] = []
    offset = position = 0
    for line in (data,) if encoding.startswith(("utf-16", "utf-32")) else data.splitlines(keepends=True):
        for piece, mended in _mend_line(line, encoding):
            places += (Place(position + p.position, offset + p.offset, p.size) for p in mended.places)
            out.append(mended.text)
            offset += len(piece)
            position += len(mended.text)
    text = "".join(out)
    if not places:
        return text, ()
    starts = line_starts(text)
    return text, tuple(Damage(base + p.offset, data[p.offset : p.offset + p.size], locate(starts, p.position)) for p in places)


def hidden_damage(data: bytes, text: str, encoding: str) -> bool:
    """Tell whether ``data``, which decodes strictly to ``text``, has lost a byte all the same.

    Only lines with private or rare characters in a row are weighed; a quick look that is often wrong on names and lists.
    """
    pattern = _garbled(text) if encoding in _CUTTABLE else None
    if pattern is None:
        return False
    doubtful: list[int] = []
    number = at = 0
    for match in pattern.finditer(text):
        number += text.count("\n", at, match.start())
        at = match.start()
        if not doubtful or doubtful[-1] != number:
            doubtful.append(number)
    lines = data.split(b"\n") if doubtful else []
    return any(mended.places for k in doubtful for _, mended in _mend_line(lines[k], encoding))


def _garbled(text: str) -> re.Pattern[str] | None:
    """Give a pattern for what a lost byte makes of the text behind it, made of the rare characters of this text.

    None when it has none.

    A pattern of all rare characters, or of all others, takes longer to compile than most files take to read.
    """
    rare = "".join(re.escape(char) for char in set(text).difference(_common()))
    return re.compile(f"[{rare}]{{2}}|[\x80-\x9f\ue000-\uf8ff]") if rare else None


@cache
def _common() -> frozenset[str]:
    ranges = ((0x0, 0x80), (0x2010, 0x2027), (0x2160, 0x2180), (0x2460, 0x2500), (0x3000, 0x3100), (0xFF00, 0xFF5F))
    return frozenset(
        (
            "·",
            *(chr(k) for first, end in ranges for k in range(first, end)),
            *(c for c, cost in table().items() if cost < _RARE),
        )
    )


def _mend_line(line: bytes, encoding: str) -> Iterator[tuple[bytes, Mended]]:
    """Mend a line as a whole where it is in order, else piece by piece: cut at blanks and low punctuation."""
    try:
        text = decode_strict(line, encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            yield line, _mend_utf_8(line)
            return
        if encoding not in RECUT:
            yield line, Mended(decode_lenient(line, encoding), (Place(0, error.start, max(1, error.end - error.start)),))
            return
    else:
        if not _is_garbled(text, encoding):
            yield line, Mended(text, ())
            return
    at = 0
    for match in _CUT_POINTS.finditer(line) if encoding in _CUTTABLE else ():
        yield line[at : match.end()], _mend_piece(line[at : match.end()], encoding)
        at = match.end()
    yield line[at:], _mend_piece(line[at:], encoding)


def _is_garbled(text: str, encoding: str) -> bool:
    pattern = _garbled(text) if encoding in _CUTTABLE else None
    return pattern is not None and pattern.search(text) is not None


def _mend_piece(piece: bytes, encoding: str) -> Mended:
    try:
        text = decode_strict(piece, encoding)
    except UnicodeDecodeError:
        return _mended(piece, cheapest_cut(piece, encoding), encoding)
    if _is_garbled(text, encoding):
        cut = cheapest_cut(piece, encoding)
        if cut.cost + _SILENT_GAIN < text_cost(text).total:
            return _mended(piece, cut, encoding)
    return Mended(text, ())


def _mended(piece: bytes, cut: Cut, encoding: str) -> Mended:
    out: list[str] = []
    places = []
    at = position = 0
    for offset, size in cut.broken:
        good = decode_strict(piece[at:offset], encoding)
        position += len(good)
        places.append(Place(position, offset, size))
        out += (good, "\ufffd")
        position += 1
        at = offset + size
    out.append(decode_strict(piece[at:], encoding))
    return Mended("".join(out), tuple(places))


def _mend_utf_8(piece: bytes) -> Mended:
    """UTF-8 tells where its characters start: a run of bytes that belong to none is one broken place."""
    escaped = piece.decode("utf-8", "surrogateescape")
    places = []
    out: list[str] = []
    at = offset = position = 0
    for match in _ESCAPED.finditer(escaped):
        good = escaped[at : match.start()]
        offset += len(good.encode())
        position += len(good)
        size = len(match.group())
        places.append(Place(position, offset, size))
        out += (good, "\ufffd")
        offset += size
        position += 1
        at = match.end()
    out.append(escaped[at:])
    return Mended("".join(out), tuple(places))
