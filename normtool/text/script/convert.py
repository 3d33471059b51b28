"""OpenCC with our overlay: text to Simplified text of the same length, loaded only when there is something to convert.

The converter reads OpenCC's own dictionaries by absolute path, so that no file in the working directory can take their place,
and our entries before them. OpenCC takes a configuration only as a file: it is written to a private temporary folder, read,
and removed before the first conversion.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from normtool.model import NormtoolError, Span
from normtool.text.script.evidence import tables

if TYPE_CHECKING:
    from collections.abc import Callable

_OLDEST = (1, 4, 2)
_SURROGATES = "[\\ud800-\\udfff]+"
_BETWEEN_CLAUSES = r"([^㐀-鿿]+)"
_AUTHORSHIP = r"著(?=[，、；][^，。；！？\n]{1,20}(?:譯|校注|譯注)[，。；）)])"
_REMEDY = "pip uninstall opencc opencc-py opencc-python-reimplemented, then pip install 'opencc>=1.4.2'"


def dictionary_folder() -> Path:
    """Give the folder of OpenCC's dictionaries.

    Raises NormtoolError where the ``opencc`` module is missing, too old, or another package's: opencc-py and
    opencc-python-reimplemented install under the same name and overwrite the official one without a word.
    """
    try:
        import opencc
    except ImportError as error:
        raise NormtoolError(f"opencc cannot be imported ({error}); install it: pip install 'opencc>=1.4.2'") from error
    place = Path(opencc.__file__ or ".").resolve().parent
    folder = place / "clib" / "share" / "opencc"
    if not hasattr(opencc, "opencc_clib") or not (folder / "TSCharacters.ocd2").is_file():
        raise NormtoolError(f"{place}: this opencc module is not the official OpenCC package; {_REMEDY}")
    if tuple(int(n) for n in re.findall(r"\d+", opencc.__version__)[:3]) < _OLDEST:
        raise NormtoolError(f"{place}: OpenCC {opencc.__version__} turns 坏 into 坯; pip install --upgrade 'opencc>=1.4.2'")
    return folder


def _configuration(folder: Path, entries: dict[str, str]) -> str:
    def compiled(name: str) -> dict[str, str]:
        return {"type": "ocd2", "file": str(folder / f"{name}.ocd2")}

    dicts = [{"type": "inline", "entries": entries}, compiled("TSPhrases"), compiled("TSCharacters")]
    return json.dumps(
        {
            "name": "normtool",
            "normalization": [{"dict": compiled("CJK_Compatibility_Ideographs")}],
            "conversion_chain": [{"dict": {"type": "group", "match_policy": "union", "dicts": dicts}}],
        },
        ensure_ascii=False,
    )


class Style(NamedTuple):
    """How a Traditional text writes: two characters that some standards keep apart and others write as one."""

    zhu: bool
    """著 stands for 着 too, as in Taiwan."""
    zhang: bool
    """帳 stands for 賬 too. Machines made 帳 of 帐户 in old mainland law, and kept its quotation marks."""


def style_of(text: str) -> Style:
    """Read the style off Traditional text: what it never writes, it writes with the other character."""
    return Style("着" not in text, "賬" not in text and "「" in text)


@cache
def _converter(style: Style) -> Callable[[str], str]:
    folder = dictionary_folder()
    import tempfile

    import opencc

    entries = {**tables().general, **(tables().zhu if style.zhu else {}), **(tables().zhang if style.zhang else {})}
    try:
        with tempfile.TemporaryDirectory(prefix="normtool-") as private:
            path = Path(private) / "merged.json"
            path.write_text(_configuration(folder, entries), encoding="utf-8")
            convert: Callable[[str], str] = opencc.OpenCC(str(path), include_tofu_risk_dictionaries=False).convert
    except OSError as error:
        raise NormtoolError(f"OpenCC's configuration cannot be written: {error}; name a writable folder in TMPDIR") from error
    except RuntimeError as error:
        raise NormtoolError(f"{folder}: OpenCC cannot load its dictionaries ({error}); {_REMEDY}") from error
    return convert


def authorship(text: str) -> list[Span]:
    """Give the 著 of the bibliographic formula 某某著，某某譯, which is the word and not the particle."""
    return [Span(*m.span()) for m in re.finditer(_AUTHORSHIP, text)]


def to_simplified(text: str, style: Style) -> str:
    """Convert ``text`` to text of the same length, place by place; 著 and 帳 by its style. Lone surrogates stay."""
    convert = _converter(style)
    try:
        new = convert(text)
    except UnicodeEncodeError:
        pieces = re.split(f"({_SURROGATES})", text)
        return "".join(to_simplified(pieces[k], style) if k % 2 == 0 else pieces[k] for k in range(len(pieces)))
    return new if len(new) == len(text) else _place_by_place(text, convert)


def _place_by_place(text: str, convert: Callable[[str], str]) -> str:
    """Convert clause by clause, and character by character where a clause would change its length.

    No entry of OpenCC 1.4.2 changes the length; this is for a later release that has one.
    """
    out = []
    for clause in re.split(_BETWEEN_CLAUSES, text):
        new = convert(clause)
        if len(new) != len(clause):
            new = "".join(one if len(one := convert(c)) == 1 else c for c in clause)
        out.append(new)
    return "".join(out)
