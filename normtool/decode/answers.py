"""From bytes whose encoding is settled to ``Decoded``: text, line endings, and the verdict on what is in the text."""

from __future__ import annotations

from normtool.decode.charsets import decode_strict
from normtool.decode.sniff import byte_order_mark
from normtool.lazyre import lazy
from normtool.model import Damage, Decoded, Evidence, Newline, Verdict

_FEW_NULS, _MANY_NULS = 8, 0.1
_REPLACED = "\ufffd"
_KUN = "锟斤拷"  # what GBK makes of two U+FFFD in UTF-8
_FILLER = lazy("烫{3}|屯{3}")  # what GBK makes of the memory that a debug build never wrote
_ACCENTS = "ãäåæçèéï"  # what the first byte of a hanzi in UTF-8 is in Latin-1
_MOJIBAKE = lazy(f"(?:[{_ACCENTS}][\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{{2}}){{2}}")  # UTF-8 read as Latin-1 or Windows-1252


def read_answer(
    data: bytes, encoding: str, *, text: str | None = None, evidence: tuple[Evidence, ...] = (), search: bool = True
) -> Decoded:
    """Give the answer for ``data`` in ``encoding``; a byte order mark of this encoding is taken off.

    ``text`` spares decoding what was decoded already, without the mark. With ``search=False`` bytes that decode strictly are
    not searched for a lost byte: the user knows what is in them.
    """
    mark = mark_length(data, encoding)
    damage: tuple[Damage, ...] = ()
    if text is None:
        text, damage = _read(data, encoding, mark, search=search)
    verdict, message = _verdict(text, damage)
    if verdict == "binary":
        return refused(verdict, message, evidence)
    return Decoded(text, encoding, mark > 0, newline_style(text), verdict, damage, evidence, message)


def mark_length(data: bytes, encoding: str) -> int:
    """Give the length in bytes of the byte order mark of ``encoding`` at the start of ``data``; 0 when there is none."""
    mark = byte_order_mark(data)
    return mark.length if mark and mark.encoding == encoding else 0


def _read(data: bytes, encoding: str, mark: int, *, search: bool) -> tuple[str, tuple[Damage, ...]]:
    body = data[mark:]
    text: str | None
    try:
        text = decode_strict(body, encoding)
    except UnicodeDecodeError:
        text = None
    if text is not None and (not search or encoding.startswith("utf-")):
        return text, ()
    from normtool.decode.damage import hidden_damage, mend  # UTF-8 files never load the tables

    if text is not None and not hidden_damage(body, text, encoding):
        return text, ()
    return mend(body, encoding, base=mark)


def _verdict(text: str, damage: tuple[Damage, ...]) -> tuple[Verdict, str]:
    if damage:
        return "damaged", f"{len(damage)} broken {'place' if len(damage) == 1 else 'places'}"
    loss = what_was_lost(text)
    if loss:
        return "lossy", loss
    nuls = text.count("\0")
    if not nuls:
        return "ok", ""
    if text.rstrip("\0").count("\0") > max(_FEW_NULS, _MANY_NULS * len(text)):
        return "binary", f"not a text file: {nuls} NULs among the text"
    return "nul", f"{nuls} {'NUL' if nuls == 1 else 'NULs'} in the text"


def what_was_lost(text: str) -> str:
    """Say which trace of an earlier wrong conversion a text shows; empty when there is none."""
    if _REPLACED in text:
        return f"{text.count(_REPLACED)} U+FFFD: characters lost in an earlier conversion"
    if _KUN[0] in text and _KUN in text:
        return f"{text.count(_KUN)} 锟斤拷: characters lost in an earlier conversion"
    if ("烫" in text or "屯" in text) and _FILLER.search(text):
        return "烫烫烫 or 屯屯屯: memory that was never written"
    if any(_is_misread_at(text, accent) for accent in _ACCENTS):
        return "UTF-8 that was read as Latin-1"
    return ""


def _is_misread_at(text: str, accent: str) -> bool:
    """Look behind every occurrence of the letter only: searching all of a text for the pattern takes ten times as long as decoding it."""
    at = text.find(accent)
    while at >= 0:
        if _MOJIBAKE.match(text, at):
            return True
        at = text.find(accent, at + 1)
    return False


def newline_style(text: str) -> Newline:
    """Tell how the lines of a text end."""
    returns = text.count("\r")
    pairs = text.count("\r\n") if returns else 0
    used: list[Newline] = []
    if text.count("\n") > pairs:
        used.append("lf")
    if pairs:
        used.append("crlf")
    if returns > pairs:
        used.append("cr")
    return "none" if not used else used[0] if len(used) == 1 else "mixed"


def refused(verdict: Verdict, message: str, evidence: tuple[Evidence, ...] = ()) -> Decoded:
    """Give the answer for bytes that are not read."""
    return Decoded("", None, bom=False, newline="none", verdict=verdict, evidence=evidence, message=message)
