"""Decoders that read each label as the WHATWG Encoding Standard does, where Python's codec of that name does not.

Bytes come in, text and the places of broken bytes go out. GB2312, GBK and GB18030 are one decoder, Big5 and Big5-HKSCS
another. A byte order mark is kept as U+FEFF; taking it off is the caller's part.
"""

from __future__ import annotations

import codecs
import re

from normtool.lazyre import lazy
from normtool.model import NormtoolError

_LABELS = {
    "utf-8": ("utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii"),
    "gb18030": ("gb18030", "gbk", "gb2312", "cp936", "ms936", "windows-936", "euc-cn", "gb-2312", "x-gbk"),
    "big5hkscs": ("big5hkscs", "big5-hkscs", "big5", "cp950", "ms950", "big5-eten", "big5-tw"),
    "utf-16-le": ("utf-16-le", "utf-16le", "utf-16", "ucs-2", "unicode"),
    "utf-16-be": ("utf-16-be", "utf-16be"),
    "utf-32-le": ("utf-32-le", "utf-32le", "utf-32"),
    "utf-32-be": ("utf-32-be", "utf-32be"),
    "hz": ("hz", "hz-gb-2312"),
}
_BY_LABEL = {label: name for name, labels in _LABELS.items() for label in labels}

_EURO = b"\x80"  # CP936 writes € as the single byte 0x80
_GB_2022 = str.maketrans(
    {
        0xE5E5: 0x3000,  # A3A0, written for an indent by old editors
        0xE7C7: 0x1E3F,
        0x1E3F: 0xE7C7,  # 8135F437; the two changed places in 2005
        **dict(zip(range(0xE78D, 0xE797), (0xFE10, 0xFE12, 0xFE11, *range(0xFE13, 0xFE1A)), strict=True)),
        **dict(zip((0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864), range(0x9FB4, 0x9FBC), strict=True)),
    }
)
_BIG5_FIXES = str.maketrans("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡")
_NEEDS_GB_2022 = lazy(r"[\u1e3f\ue5e5\ue78d-\ue864]")
_NEEDS_BIG5_FIXES = lazy(r"[•､‾∼♁☉¥¢£]")


def canonical(label: str) -> str:
    """Give the canonical name of an encoding label, however it is written; raises NormtoolError for an unknown one."""
    name = _BY_LABEL.get(re.sub(r"[^a-z0-9]+", "-", label.strip().lower()))
    if name is None:
        raise NormtoolError(f"encoding {label} is unknown; known are {', '.join(_LABELS)}")
    return name


def decode_strict(data: bytes, encoding: str) -> str:
    """Decode ``data`` in a canonical encoding; raises UnicodeDecodeError at the first broken byte."""
    return _mended(data.decode(encoding, _HANDLERS.get(encoding, "strict")), encoding)


def decode_lenient(data: bytes, encoding: str, *, final: bool = True) -> str:
    """Decode ``data`` with U+FFFD for broken bytes; with ``final=False`` a character cut off at the end is left out."""
    if final:
        return _mended(data.decode(encoding, "replace"), encoding)
    return _mended(codecs.getincrementaldecoder(encoding)("replace").decode(data), encoding)


def _mended(text: str, encoding: str) -> str:
    if encoding == "gb18030" and _NEEDS_GB_2022.search(text):
        return text.translate(_GB_2022)
    if encoding == "big5hkscs" and _NEEDS_BIG5_FIXES.search(text):
        return text.translate(_BIG5_FIXES)
    return text


def _read_euro(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError) and error.object[error.start : error.start + 1] == _EURO:
        return "€", error.start + 1
    raise error


def _read_cp950(error: UnicodeError) -> tuple[str, int]:
    """Read the two bytes that HKSCS lacks and CP950 has: A3C0 to A3E1, among them the euro."""
    if isinstance(error, UnicodeDecodeError):
        pair = error.object[error.start : error.start + 2]
        if pair[:1] == b"\xa3" and len(pair) == 2:  # noqa: PLR2004  # a pair
            return pair.decode("cp950"), error.start + 2
    raise error


codecs.register_error("normtool-gb18030", _read_euro)
codecs.register_error("normtool-big5", _read_cp950)
_HANDLERS = {"gb18030": "normtool-gb18030", "big5hkscs": "normtool-big5"}
