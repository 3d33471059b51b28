"""Tags of HTML that stand in a text, and what only looks like one.

A tag has the name of an element of HTML, and behind it nothing or attributes in ASCII, ``name=value`` or one of the few that need
no value; only a quoted value may hold anything else. That tells ``<td nowrap>`` from the inequalities of ``样本x<a 且 y>b时``.
A tag that the text speaks of is none to take out: ``标题用<h1>标签``, ``“<br>”``, ``放在<script>与</script>之间，``. Which words tell that is
data (``phrases.toml``). One word beside it proves nothing: ``为<br>加强管理，`` is a wrapped line, ``我局&nbsp;表示感谢，`` a blank.
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
_INLINE = "a abbr b big body caption cite code col colgroup em fieldset font html i iframe img input ins label link meta nobr o:p small span st1:chsdate strong u wbr"
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
_MAX_WORD = 4
_ESCAPES = {"<": "&lt;", ">": "&gt;"}
_CLOSING_HALF = {"&ldquo;": "&rdquo;", "&lsquo;": "&rsquo;"}
_OPENING_HALF = {closing: opening for opening, closing in _CLOSING_HALF.items()}
_UNSEEN = frozenset(("Cc", "Cf"))
_HANZI = lazy("[\u3400-\u9fff、，。；]")
_SENTENCE = ("。", "，")
_MARKS = tuple("、，。；")
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
    shown_until = 0
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        if name not in _KIND or match.start() < shown_until or not _are_attributes(match["inside"]):
            continue
        shown_until = _end_of_example(text, match.start(), match.end(), name)
        if not shown_until and not speaks_of_tag(text, match.start(), match.end(), name):
            yield Tag(match.start(), match.end(), name, bool(match["slash"]), _KIND[name])


def speaks_of_escape(text: str, start: int, end: int) -> bool:
    """Tell whether the text names the escape ``text[start:end]``: between quotation marks, or in a sentence beside words that say so.

    ``空格写作&nbsp;，小于号用&lt;表示。``
    """
    if _is_quoted(text, start, end):
        return True
    if _is_half_of_pair(text, start, end):
        return False
    beside = _HANZI.match(text, start - 1) if start else None
    return (
        bool(beside and _HANZI.match(text, end))
        and _is_named(text, start, end, "escape_before")
        and _is_in_sentence(text, start, end)
    )


def _is_half_of_pair(text: str, start: int, end: int) -> bool:
    """Tell whether an escape is a quotation mark with its other half on the line and words between them.

    Where a mark follows the first half, or a link alone (``用&ldquo;和&rdquo;表示``), both are named; and so are they where a word
    that names stands between them: ``用&ldquo;表示左引号，用&rdquo;表示右引号``, ``字符&ldquo;与字符&rdquo;``.
    """
    escape = text[start:end].lower()
    if escape in _CLOSING_HALF:
        between, found, _ = text[end : end + _LOOK_AT].partition("\n")[0].lower().partition(_CLOSING_HALF[escape])
    elif escape in _OPENING_HALF:
        before = text[max(0, start - _LOOK_AT) : start].rpartition("\n")[2]
        _, found, between = before.lower().rpartition(_OPENING_HALF[escape])
    else:
        return False
    if not found or not between or between in _words("links") or between.startswith(_MARKS):
        return False
    return not (between.startswith(_words("behind")) or between.endswith(_words("escape_before")))


def _is_quoted(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] + text[end : end + 1] in _AROUND if start else False


def would_be_markup(text: str) -> Iterator[tuple[int, int]]:
    """Give what would be taken for markup once invisible characters and full-width letters are gone: tags, and edges of comments."""
    for match in _BETWEEN.finditer(text):
        plain = "".join(c for c in unicodedata.normalize("NFKC", match[0][1:]) if c.isspace() or _is_seen(c)).lstrip()
        before, behind = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + _LOOK_AT]
        if plain[:1] == "!" or plain[:2].upper() == "U+" or _is_tag(before, plain, behind):
            yield match.span()
    for match in _COMMENT_EDGE.finditer(text):
        yield match.span()


def _is_tag(before: str, inside: str, behind: str) -> bool:
    """Tell whether ``<inside`` would be a tag where none is named but by quotation marks and the word behind it."""
    text = f"{before}<{inside}{behind}"
    match = _TAG.match(text, len(before))
    if match is None or (name := match["name"].lower()) not in _KIND or not _are_attributes(match["inside"]):
        return False
    return not (_is_quoted(text, *match.span()) or (_is_called(text, match.end()) and _is_not_closed(text, match.end(), name)))


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


def speaks_of_tag(text: str, start: int, end: int, name: str) -> bool:
    """Tell whether the text names a tag, unless its element is closed on the line with a text of its own.

    Between quotation marks; before 标签 and the like; in a sentence, beside words that say so.
    """
    if _is_quoted(text, start, end):
        return True
    called = _is_called(text, end)
    joined = not called and text.startswith(_words("links"), end) and _element(text, end, name)[0] in _words("links")
    if not (called or joined or (_is_named(text, start, end, "tag_before") and _is_in_sentence(text, start, end))):
        return False
    if not text.startswith("</", start):
        return _is_not_closed(text, end, name) or joined
    line = text[max(0, start - _LOOK_AT) : start].rpartition("\n")[2]
    opening = _opening(line, name)
    return opening < 0 or called or line[opening:].partition(">")[2] in _words("links")


def _is_called(text: str, end: int) -> bool:
    return text.startswith(_words("markup"), end + text.startswith(" ", end))


def _is_not_closed(text: str, end: int, name: str) -> bool:
    """Tell whether the element of a tag that ends at ``end`` holds no text of its own on the line."""
    inner, closing, behind = _element(text, end, name)
    return not closing or behind.startswith(_words("markup")) or inner in _words("links")


def _opening(line: str, name: str) -> int:
    """Give the place of the last opening tag ``name`` in ``line``, or -1."""
    small = line.lower()
    return max(small.rfind(f"<{name}>"), small.rfind(f"<{name} "))


def _end_of_example(text: str, start: int, end: int, name: str) -> int:
    """Give the end of an element that the text shows with its tags (``链接写作<a>名称</a>，``), or 0."""
    if not text.startswith("</", start) and _ends_with(text, start, "example") and _is_in_sentence(text, start, end):
        inner, closing, _ = _element(text, end, name)
        return end + len(inner) + len(closing) if closing else 0
    return 0


def _element(text: str, end: int, name: str) -> tuple[str, str, str]:
    """Divide the line behind a tag at the closing tag of its element."""
    line = text[end : end + _LOOK_AT].partition("\n")[0]
    small = line.lower()
    at = small.find(f"</{name}>") if len(small) == len(line) else -1
    size = len(name) + 3
    return (line[:at], line[at : at + size], line[at + size :]) if at >= 0 else (line, "", "")


def _is_named(text: str, start: int, end: int, before: str) -> bool:
    """Tell whether a word before ``text[start:end]`` names it, or a lesser one before it and a word or mark behind it do."""
    if _ends_with(text, start, before) or _ends_with(text, start, "example"):
        return True
    return _ends_with(text, start, "lesser") and text.startswith((*_words("behind"), *_words("links"), *_MARKS), end)


def _is_in_sentence(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _LOOK_AT) : start].rpartition("\n")[2]
    behind = text[end : end + _LOOK_AT].partition("\n")[0]
    return any(mark in before or mark in behind for mark in _SENTENCE)


def _ends_with(text: str, end: int, words: str) -> bool:
    return text.endswith(_words(words), max(0, end - _MAX_WORD), end)


@cache
def _words(name: str) -> tuple[str, ...]:
    table = data_table("phrases.toml")
    return tuple(table["markup"] if name == "markup" else table["naming"][name])


def raised_form(name: str, inner: str) -> str | None:
    """Give ``inner`` in the superscript digits of Unicode (in ``sub``: the subscript ones): 10<sup>4</sup> is 10⁴ and not 104.

    None where a character is neither a digit nor a sign.
    """
    if not all(c in _DIGITS for c in inner):
        return None
    return inner.translate(_RAISED_FORMS if name == "sup" else _LOWERED_FORMS)
