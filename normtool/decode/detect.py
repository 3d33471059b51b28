"""The decision: bytes in, ``Decoded`` out. The order of the questions stands in ``decode`` and nowhere else.

What is not settled by a mark, by seven bits or by strict UTF-8 goes to ``likelihood``, which is loaded only then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from normtool.decode import sniff
from normtool.decode.answers import read_answer, refused
from normtool.decode.charsets import canonical, decode_strict

if TYPE_CHECKING:
    from normtool.model import Decoded


_FEW_PLACES = 2


def decode(data: bytes, *, encoding: str | None = None, allow_lossy: bool = False) -> Decoded:
    """Give the text of a file's bytes, with its encoding, its verdict and its broken places.

    ``encoding`` forces an encoding (any label of the WHATWG Encoding Standard for UTF-8, GB18030, Big5 and UTF-16, or hz);
    an unknown one raises NormtoolError. Bytes that no Chinese encoding explains give no text and ``encoding`` None, unless
    it is forced: then they are read with U+FFFD for what is broken, provided that few bytes are or ``allow_lossy`` is set.
    Nothing else is raised, whatever the bytes are. ASCII and no bytes at all are UTF-8.
    """
    if encoding is not None:
        return _forced(data, canonical(encoding), allow_lossy=allow_lossy)
    found = _by_mark(data)
    if found is not None:
        return found
    if sniff.is_binary(data):
        return refused("binary", "not a text file: starts like an archive, an image or a program, or holds only NULs")
    return (_seven_bit(data) if data.isascii() else _strict_utf_8(data)) or _by_likelihood(data)


def reported_encoding(decoded: Decoded) -> str | None:
    """Give the encoding to name to a reader, or None where the file as a whole is refused.

    Refused are ``binary``, ``foreign`` and ``mixed``. A damaged, lossy or ambiguous file has an encoding, and its verdict
    says that more is wrong.
    """
    return None if decoded.verdict in ("binary", "foreign", "mixed") else decoded.encoding


def _forced(data: bytes, encoding: str, *, allow_lossy: bool) -> Decoded:
    mark = sniff.byte_order_mark(data)
    if mark and mark.encoding.startswith("utf-16") and encoding.startswith("utf-16"):
        encoding = mark.encoding  # the label utf-16 leaves the byte order to the mark
    answer = read_answer(data, encoding, search=False)
    if answer.verdict == "damaged" and not allow_lossy and len(answer.damage) > max(_FEW_PLACES, len(data) // 100):
        return refused(
            "foreign",
            f"--encoding {encoding}: {len(answer.damage)} broken places; leave it out to have the encoding detected, or read them as"
            " U+FFFD with --allow-lossy",
        )
    return answer


def _by_mark(data: bytes) -> Decoded | None:
    """Read a file with a byte order mark, unless the mark is an accident: in Windows-1251 я and ю are FF FE."""
    mark = sniff.byte_order_mark(data)
    if mark is None:
        return None
    try:
        text = decode_strict(data[mark.length :], mark.encoding)
    except UnicodeDecodeError:
        return _damaged_after_mark(data, mark)
    if mark.encoding.startswith("utf-16") and sniff.is_no_text(text):
        return None
    return read_answer(data, mark.encoding, text=text)


def _damaged_after_mark(data: bytes, mark: sniff.Mark) -> Decoded | None:
    from normtool.decode.likelihood import is_broken_utf_16  # few files have a mark and are damaged

    wide = mark.encoding.startswith("utf-16") and is_broken_utf_16(data[mark.length :], mark.encoding)
    return read_answer(data, mark.encoding) if wide else None


def _seven_bit(data: bytes) -> Decoded | None:
    """Read ASCII and HZ; ISO-2022 is refused by name. Bytes with NULs or controls may be UTF-16 or no text at all."""
    name = sniff.iso_2022(data)
    if name:
        return refused("foreign", f"not read by normtool: {name}; convert the file first")
    if sniff.has_controls(data):
        return None
    if sniff.is_hz(data):
        from normtool.decode.likelihood import is_chinese_hz  # hardly a file is in HZ

        if is_chinese_hz(data):
            return read_answer(data, "hz")
    return read_answer(data, "utf-8", text=data.decode("ascii"))


def _strict_utf_8(data: bytes) -> Decoded | None:
    """Read valid UTF-8 that is so beyond doubt. Four characters of three bytes are enough; 通知 in GBK is valid UTF-8, too."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not sniff.has_wide_characters(text) and not sniff.has_many_letters(text):
        return None
    return read_answer(data, "utf-8", text=text)


def _by_likelihood(data: bytes) -> Decoded:
    from normtool.decode.likelihood import weigh  # UTF-8 files never load the tables

    return weigh(data)
