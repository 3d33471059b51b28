"""What the first look at the bytes settles: magic numbers, byte order marks, 7-bit encodings.

Pure functions on bytes; none decodes the whole file.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from normtool.lazyre import lazy

_MAGIC = (
    *(b"%%PDF-%d" % digit for digit in range(10)),
    *(b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x7fELF"),
    *(b"\x1f\x8b%c" % method for method in range(9)),
    *(b"BZh%d1AY&SY" % size for size in range(1, 10)),
    *(
        b"\xfd7zXZ\x00",
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a\x07",
        b"\x28\xb5\x2f\xfd",
        b"\x89PNG\r\n",
        b"GIF87a",
        b"GIF89a",
        b"\xff\xd8\xff",
    ),
    *(b"SQLite format 3\x00", b"II*\x00", b"MM\x00*", b"\x00\x01\x00\x00\x00", b"OTTO\x00", b"wOFF", b"wOF2", b"OggS\x00"),
    *(b"ID3\x02\x00", b"ID3\x03\x00", b"ID3\x04\x00"),
)
_MAGIC_INSIDE = ((4, (b"ftyp",)), (257, (b"ustar",)))
_RIFF = (b"WEBP", b"WAVE", b"AVI ")
_WHITE_CONTROLS = b"\t\n\x0b\x0c\r\x1a\x1b"  # 0x1A ended files under DOS, 0x1B starts an ISO-2022 escape
_CONTROLS = bytes(range(0x20)) + b"\x7f"
_STRANGE_CONTROLS = bytes(b for b in _CONTROLS if b not in _WHITE_CONTROLS and b)
_HZ = rb"~\{(?:[\x21-\x77][\x21-\x7e])+(?:~\}|\r?\n|$)"
_NO_CHARACTER = lazy(r"[\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff]")
_WIDE = lazy(r"[^\x00-\u07ff]")  # the range the other way round takes 5 ms to compile
_ENOUGH_WIDE = 4
_GLANCE = 100
_TWO_BYTE = lazy(r"[\x80-\u07ff]")
_LETTERS_SEEN, _ENOUGH_LETTERS, _ENOUGH_KINDS = 1000, 10, 6
_ISO_2022 = rb"\x1b(?:\$[@ABC()*+]|\([BIJ]|N|O)|\x0e[\x21-\x7e]{2,}\x0f"
_ISO_2022_NAMES = (
    (rb"\x1b\$\)C", "iso-2022-kr"),
    (rb"\x1b\$(?:\)[AGE]|\*H|\+[IJKLM])", "iso-2022-cn"),
    (rb"\x1b\$(?:[@B]|\()", "iso-2022-jp"),
)


class Mark(NamedTuple):
    """A byte order mark: the encoding that it stands for, and its length in bytes."""

    encoding: str
    length: int


_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)


def byte_order_mark(data: bytes) -> Mark | None:
    """Give the byte order mark that ``data`` seems to start with, UTF-32 before UTF-16; the rest is not looked at."""
    return next((Mark(encoding, len(mark)) for mark, encoding in _MARKS if data.startswith(mark)), None)


def is_binary(data: bytes) -> bool:
    """Tell whether ``data`` is no text in any encoding: a known magic number, or nothing but NULs."""
    if data.startswith(_MAGIC) or any(data.startswith(names, at) for at, names in _MAGIC_INSIDE):
        return True
    if data.startswith(b"MZ"):
        return re.match(rb"MZ[^\r\n]{0,60}\x00", data) is not None
    if data.startswith(b"RIFF"):
        return data.startswith(_RIFF, 8)
    return data[:1] == b"\x00" and not data.strip(b"\x00")


def has_many_controls(data: bytes) -> bool:
    """Tell whether more than 1 byte in 100 is a control that no text has; NULs are not counted."""
    return 100 * (len(data) - len(data.translate(None, _STRANGE_CONTROLS))) > len(data)


def has_controls(data: bytes) -> bool:
    """Tell whether ``data`` holds NULs or controls that no text has."""
    return b"\x00" in data or len(data.translate(None, _STRANGE_CONTROLS)) < len(data)


def is_no_text(text: str) -> bool:
    """Tell whether more than 1 character in 10 is private or none at all: what a mistaken byte order mark gives."""
    return 10 * len(_NO_CHARACTER.findall(text)) > len(text)


def has_wide_characters(text: str) -> bool:
    """Tell whether a text holds 4 characters from U+0800 on, which take three bytes or more in UTF-8."""
    seen = sum(c > "\u07ff" for c in text[:_GLANCE])
    return seen >= _ENOUGH_WIDE or len(list(islice(_WIDE.finditer(text), _ENOUGH_WIDE))) == _ENOUGH_WIDE


def has_many_letters(text: str) -> bool:
    """Tell whether a text holds 10 letters that take two bytes in UTF-8, of 6 kinds: more than chance gives in another encoding."""
    letters = list(islice(_TWO_BYTE.finditer(text), _LETTERS_SEEN))
    return len(letters) >= _ENOUGH_LETTERS and len({match[0] for match in letters}) >= _ENOUGH_KINDS


def is_hz(data: bytes) -> bool:
    """Tell whether 7-bit ``data`` holds a run of HZ (RFC 1843): ``~{`` pairs ``~}``."""
    return b"~{" in data and re.search(_HZ, data) is not None


def iso_2022(data: bytes) -> str | None:
    """Give the name of the ISO-2022 encoding whose escapes 7-bit ``data`` holds, or None."""
    if (b"\x1b" not in data and b"\x0e" not in data) or not re.search(_ISO_2022, data):
        return None
    return next((name for pattern, name in _ISO_2022_NAMES if re.search(pattern, data)), None)


def utf_16_candidates(data: bytes) -> tuple[str, ...]:
    """Give those of ``utf-16-le`` and ``utf-16-be`` whose high bytes are like those of Chinese or ASCII text.

    A quick filter without decoding: in Chinese UTF-16 text one byte of nearly every pair is 00, 20, 30, 4E to 9F or FF.
    """
    pairs = len(data) // 2
    out = []
    for name, high in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if pairs and 4 * len(high.translate(None, _UTF_16_HIGH)) <= pairs:
            out.append(name)
    return tuple(out)


_UTF_16_HIGH = bytes((0x00, 0x20, 0x30, *range(0x4E, 0xA0), 0xFF))
