"""What the HTML standard and CSS say of elements: which are blocks, which are never shown, how white space folds.

Nodes are those of the HTML library; they are taken as ``Any`` so that nothing but ``render`` needs the library.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from normtool.grammar.markup import raised_form

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLOCK_NAMES = """
    address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header
    hgroup html legend li main menu nav ol optgroup option p pre section select summary table caption tbody tfoot thead tr td th ul hr
"""
_NEVER_SHOWN_NAMES = """
    audio canvas datalist embed head iframe map meter noembed noframes noscript object progress script style svg template textarea title video
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
PLAIN = frozenset({"b", "big", "em", "font", "i", "ins", "label", "small", "span", "strong", "sub", "sup", "tt", "u"})
"""Inline elements that change nothing of the text in them but its looks."""
STRUCK = frozenset({"del", "s", "strike"})
"""Inline elements whose text is crossed out: without their tags it would read as valid."""
COMMON = BLOCKS | PLAIN | {"a", "br", "img", "input"}
NEVER_SHOWN = frozenset(_NEVER_SHOWN_NAMES.split())
_STYLE = re.compile(
    r"display\s*:\s*(?:(?P<none>none)|(?P<block>block|list-item|flex|grid|table))(?![-a-z])|visibility\s*:\s*(?P<unseen>hidden)|white-space\s*:\s*(?P<pre>pre)",
    re.IGNORECASE,
)
_WHITE = re.compile(r"[ \t\n\r\f]+")
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_SOFT_BREAK = re.compile(rf"(?<=[{_CJK}])[ \t\r\f]*\n[ \t\n\r\f]*(?=[{_CJK}])")
_NAME_LIMIT = 12
_MAX_STYLE = 1000


class Style(NamedTuple):
    """What an element's ``style`` and ``hidden`` attributes say of its display."""

    hidden: bool
    block: bool
    pre: bool


PLAIN_STYLE = Style(hidden=False, block=False, pre=False)
_HIDDEN = Style(hidden=True, block=False, pre=False)


def style_of(attrs: Any) -> Style:
    """Read an element's ``hidden`` and ``style`` attributes; style sheets are not read."""
    if "hidden" in attrs:
        return _HIDDEN
    style = attrs.get("style")
    return _read_style(style[:_MAX_STYLE]) if style else PLAIN_STYLE


@lru_cache(2000)
def _read_style(style: str) -> Style:
    """Read a ``style`` attribute; an editor gives the same one to every paragraph."""
    kinds = {match.lastgroup for match in _STYLE.finditer(style)}
    return Style(bool(kinds & {"none", "unseen"}), "block" in kinds, "pre" in kinds) if kinds else PLAIN_STYLE


def names_of(tag: str, attrs: Any) -> tuple[str, ...]:
    """Give an element's names in lower case: its tag, ``#id``, and a ``.class`` each."""
    identity, classes = attrs.get("id"), attrs.get("class")
    if not identity and not classes:
        return _only_tag(tag)
    names = [tag]
    if isinstance(identity, str) and identity:
        names.append(f"#{identity.strip().lower()}")
    if classes:
        listed = classes.split() if isinstance(classes, str) else classes
        names += [f".{name.lower()}" for name in listed[:_NAME_LIMIT]]
    return tuple(names)


@lru_cache(1000)
def _only_tag(tag: str) -> tuple[str, ...]:
    """Give the names of an element that has its tag only: most have, and they share them."""
    return (tag,)


def folded(text: str) -> str:
    """Fold white space as CSS does; a line break between two hanzi stands for nothing, any other for a blank."""
    if "\n" in text:
        text = _SOFT_BREAK.sub("", text)
    return _WHITE.sub(" ", text).strip(" ")


def raised(tag: str, inner: str, before: Sequence[str]) -> str | None:
    """Give what to write for ``<sup>inner</sup>`` or ``<sub>`` behind the pieces ``before``; None where it is like any other text.

    Digits get their own characters. What has none and would lengthen a number or a name keeps its tags: 10<sup>4.5</sup> is not
    104.5, x<sub>i</sub> not xi.
    """
    form = raised_form(tag, inner)
    if form is not None:
        return form
    last = next((piece[-1] for piece in reversed(before) if piece), "")
    return f"<{tag}>{inner}</{tag}>" if _is_of_formula(inner[0]) and _is_of_formula(last) else None


def _is_of_formula(character: str) -> bool:
    """Tell whether a character is a digit or a Latin or Greek letter."""
    return character.isdecimal() or (character.isalpha() and character < "\u0400")


def whole_number(value: Any, default: int) -> int:
    """Read an attribute that is a small whole number, such as ``start="3"`` or ``width="120px"``."""
    match = re.match(r"\s*(\d{1,6})", value) if isinstance(value, str) else None
    return int(match[1]) if match else default
