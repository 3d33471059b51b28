"""Tags of HTML that stand in a text, and what only looks like one.

A tag has the name of an element of HTML, and behind it nothing or attributes in ASCII, ``name=value`` or one of the few that need
no value; only a quoted value may hold anything else. That tells ``<td nowrap>`` from the inequalities of ``样本x<a 且 y>b时``.
A tag that the text speaks of is none to take out: ``标题用<h1>标签``, ``“<br>”``.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from normtool.catalog import data_table
from normtool.lazyre import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

_BREAKING = "address article aside blockquote br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tbody tfoot thead tr ul"
_CELLS = "td th"
_INLINE = "a abbr b big body caption cite code col colgroup em fieldset font html i iframe img input ins label link meta nobr o:p s small span st1:chsdate strike strong u wbr"
_CODE = "script style"
RAISED = ("sup", "sub")
_KIND = {
    **dict.fromkeys(_BREAKING.split(), "\n"),
    **dict.fromkeys(_CELLS.split(), " "),
    **dict.fromkeys(_INLINE.split(), ""),
    **dict.fromkeys((*RAISED, *_CODE.split())),
}
_WITHOUT_VALUE = "allowfullscreen async autoplay border checked compact controls defer disabled hidden loop multiple muted noshade nowrap readonly selected"
_VALUELESS = frozenset(_WITHOUT_VALUE.split())
_DIGITS = "0123456789+-−－"
_RAISED_FORMS = str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_LOWERED_FORMS = str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉₊₋₋₋")
_OUTSIDE = r"\t\n !#-&(-;=?-~"
"""ASCII without the quotes and angle brackets."""
_TAG = lazy(
    rf"""<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9:]{{0,11}})(?=[\s/>])(?P<inside>(?:[{_OUTSIDE}]|"[^"<>]{{0,1000}}"|'[^'<>]{{0,1000}}'){{0,1000}})>"""
)
_NAME = lazy(r"[a-z_:][-\w:.]*")
_BETWEEN = lazy(r"<[^<>]{1,1000}>")
_COMMENT_EDGE = lazy(r"<!--|-->")
_LOOK_AT = 200
_ESCAPES = {"<": "&lt;", ">": "&gt;"}
_UNSEEN = frozenset(("Cc", "Cf"))
_AROUND = frozenset(("“”", "‘’", "《》", "「」", "『』", '""', "''", "``"))


class Tag(NamedTuple):
    """A tag: ``text[start:end]``; ``stands_for`` is what it leaves (a line break, a blank, nothing), None where its element decides."""

    start: int
    end: int
    name: str
    closes: bool
    stands_for: str | None


def find_tags(text: str) -> Iterator[Tag]:
    """Give the tags of a text in order, without those that it speaks of."""
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        if name in _KIND and _are_attributes(match["inside"]) and not _is_spoken_of(text, match.start(), match.end(), name):
            yield Tag(match.start(), match.end(), name, bool(match["slash"]), _KIND[name])


def looks_escaped(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` stands directly between quotation marks: ``“&nbsp;”`` names the escape."""
    return text[start - 1 : start] + text[end : end + 1] in _AROUND if start else False


def would_be_markup(text: str) -> Iterator[tuple[int, int]]:
    """Give what would be taken for markup once invisible characters and full-width letters are gone: tags, and edges of comments."""
    for match in _BETWEEN.finditer(text):
        plain = "".join(c for c in unicodedata.normalize("NFKC", match[0][1:]) if c.isspace() or _is_seen(c)).lstrip()
        tag = next(find_tags(f"{text[: match.start()][-1:]}<{plain}{text[match.end() :][:_LOOK_AT]}"), None)
        if plain[:1] == "!" or plain[:2].upper() == "U+" or (tag and tag.start <= 1):
            yield match.span()
    for match in _COMMENT_EDGE.finditer(text):
        yield match.span()


def escaped(text: str) -> str:
    """Give ``text`` with escapes for the angle brackets that would be taken for markup; raised and lowered text aside."""
    places = {k for start, end in would_be_markup(text) if not _is_raised(text[start:end]) for k in range(start, end)}
    return "".join(_ESCAPES.get(c, c) if k in places else c for k, c in enumerate(text)) if places else text


def _is_raised(tag: str) -> bool:
    return tag.strip("</>").lower() in RAISED


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in _UNSEEN


def _are_attributes(inside: str) -> bool:
    """Tell whether what stands behind a tag's name is nothing, or attributes up to the first value."""
    head, equals, _ = inside.strip().removesuffix("/").partition("=")
    names = head.lower().split()
    if equals and (not names or not _NAME.fullmatch(names.pop())):
        return False
    return _VALUELESS.issuperset(names)


def _is_spoken_of(text: str, start: int, end: int, name: str) -> bool:
    """Tell whether the text names a tag: between quotation marks, or before 标签 and the like, unless its element is closed there."""
    if looks_escaped(text, start, end):
        return True
    words = _words()
    if not text.startswith(words, end + text.startswith(" ", end)):
        return False
    line = text[end : end + _LOOK_AT].partition("\n")[0].lower()
    _, closing, behind = line.partition(f"</{name}>")
    return not closing or behind.startswith(words)


@cache
def _words() -> tuple[str, ...]:
    return tuple(data_table("phrases.toml")["markup"])


def raised_form(name: str, inner: str) -> str | None:
    """Give ``inner`` in the superscript digits of Unicode (in ``sub``: the subscript ones): 10<sup>4</sup> is 10⁴ and not 104.

    None where a character is neither a digit nor a sign.
    """
    if not all(c in _DIGITS for c in inner):
        return None
    return inner.translate(_RAISED_FORMS if name == "sup" else _LOWERED_FORMS)
