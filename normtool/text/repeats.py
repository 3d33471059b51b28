"""A document held twice or more: mobile and desktop copies, fields of an interface that hold the text two or six times.

In: text with one kind of blank. Out: edits of rule LAY008 that delete the later copies.

A copy is an exact run of sentences, blanks aside, that stands again directly behind the first: at least 200 characters with
three full sentences; a whole text that stands twice may be shorter, and a long one may have a few words of page chrome before
its copy. Where the two runs are whole lines that hold all sentences of the text, a page's footer may stand between them. What
differs by a number, an addressee or a sentence is another document, and stays; so does a form with places to fill in.
"""

from __future__ import annotations

from array import array
from typing import NamedTuple

from normtool.grammar.openings import closes_title
from normtool.lazyre import lazy
from normtool.model import Edit, Patch, RuleCode

RULES = ("LAY008",)
_LAY008 = RuleCode("LAY008")

_MIN_RUN = 200
_MIN_SENTENCES = 3
_MIN_UNIT = 12
_EDGE_SHARE = 0.1
_MIN_LONG = 2000
_MAX_CHROME_SHARE = 0.005
_OWN_WORDS = lazy(r"[0-9。]|[：:]\Z")
"""What stands between two letters: numbers, sentences, an addressee."""
_TO_FILL_IN = lazy(
    r"[（(](?:签字|签名|签章|盖章|公章|手印)[）)]|(?:签字|签名|签章|盖章|公章)[：:]|_{3,}|(?<![\d〇○一二三四五六七八九十])年月日"
)
"""Without blanks, as copies are compared."""
_FIGURE = lazy("[0-9〇○一二三四五六七八九十]")
_MAX_SLIDE = 200
_MIN_WHOLE = 60
_UNIT = lazy(r"[^。！？\n]*[。！？\n]|[^。！？\n]+")
_SOLID = lazy(r"\S+")


class _Compact(NamedTuple):
    """The text without blanks, and for each of its characters the place in the text."""

    text: str
    places: array[int]


def repeat_edits(text: str) -> Patch:
    """Give the edits that delete later copies of a run of the text."""
    if len(text) < 2 * _MIN_WHOLE or not _repeats_a_sentence(text):
        return ()
    units = _units(text)
    keys = [key for key, _ in units]
    latest: dict[str, int] = {}
    compact: _Compact | None = None
    edits: list[Edit] = []
    k = 0
    while k < len(units):
        earlier = latest.get(keys[k])
        if earlier is None:
            if len(keys[k]) >= _MIN_UNIT:
                latest[keys[k]] = k
            k += 1
            continue
        length = _run_length(keys, earlier, k)
        if sum(map(len, keys[k : k + length])) >= _MIN_WHOLE:
            compact = compact or _compact(text)
            copy = _widen(compact, text, units[earlier][1], units[k][1], units[k + length - 1][1] + len(keys[k + length - 1]))
            if not (_is_form(compact, copy) or _tell_apart(copy.beside)) and (
                _proves(compact, copy) or _is_second_view(compact, text, copy)
            ):
                copy = _slide(compact, text, copy)
                start = max(edits[-1].end if edits else 0, compact.places[copy.start])
                end = compact.places[copy.end - 1] + 1
                if start < end:  # a copy that slid back may lie within one that goes already
                    edits.append(Edit(start, end, "", _LAY008))
        for n in range(k, k + length):
            if keys[n] in latest:
                latest[keys[n]] = n
        k += length
    return tuple(edits)


def _repeats_a_sentence(text: str) -> bool:
    """Tell whether some sentence or line stands twice; without one there is no copy, and most texts end here."""
    pieces = [piece for piece in "".join(text.replace("\n", "。").split()).split("。") if len(piece) >= _MIN_UNIT]
    return len(set(pieces)) < len(pieces)


def _units(text: str) -> list[tuple[str, int]]:
    """Give the sentences and lines of a text without blanks, each with its place in the text without blanks."""
    out = []
    at = 0
    for match in _UNIT.finditer(text):
        key = "".join(match[0].split())
        if key:
            out.append((key, at))
            at += len(key)
    return out


def _run_length(keys: list[str], earlier: int, later: int) -> int:
    """Count the units from ``later`` on that equal those from ``earlier`` on; the earlier run ends before the later starts."""
    length = 0
    while later + length < len(keys) and earlier + length < later and keys[earlier + length] == keys[later + length]:
        length += 1
    return length


class _Copy(NamedTuple):
    """A run of the text without blanks that equals the one which starts at ``first``.

    ``beside`` are the lines above and below both of which only an end or a beginning is equal.
    """

    first: int
    start: int
    end: int
    beside: tuple[str, ...] = ()


def _proves(compact: _Compact, copy: _Copy) -> bool:
    """Tell whether a run that stands twice is a copy of the text: nothing of its own may stand between the first and the second.

    Two letters with the same words to two counties, or two replies that differ in a number, are two documents: between their
    equal parts stands what is theirs. Only a long text may have a few words of page chrome between its copies.
    """
    size = copy.end - copy.start
    between = compact.text[copy.first + size : copy.start]
    if between and (size < _MIN_LONG or len(between) > _MAX_CHROME_SHARE * size or _OWN_WORDS.search(between)):
        return False
    if copy.first <= size * _EDGE_SHARE and len(compact.text) - copy.end <= size * _EDGE_SHARE:
        return size >= _MIN_WHOLE
    return size >= _MIN_RUN and compact.text.count("。", copy.start, copy.end) >= _MIN_SENTENCES


def _tell_apart(beside: tuple[str, ...]) -> bool:
    """Tell whether lines beside two runs that are equal in part are titles, numbers or dates: then these are two documents."""
    return any(closes_title(line) or _FIGURE.search(line) for line in beside if line)


def _is_form(compact: _Compact, copy: _Copy) -> bool:
    """Tell whether a short copy is a form with places to fill in (签字, 盖章, ____, 年月日): it is printed twice on purpose.

    Does not act on a long text, which a page holds twice whatever forms it encloses.
    """
    return copy.end - copy.start < _MIN_LONG and _TO_FILL_IN.search(compact.text, copy.start, copy.end) is not None


def _is_second_view(compact: _Compact, text: str, copy: _Copy) -> bool:
    """Tell whether a page shows its document twice, for two sizes of screen, with its footer between the two.

    The runs hold every sentence of the text and whole lines; only before the second the title may stand on the same line, as
    small screens have it, but no addressee and no number. So two replies that differ by a number in their title, and two
    notices with a sum of their own, are none.
    """
    size = copy.end - copy.start
    first_end = copy.first + size
    if size < _MIN_RUN or compact.text.count("。", copy.start, copy.end) < _MIN_SENTENCES:
        return False
    if "。" in compact.text[: copy.first] + compact.text[first_end : copy.start] + compact.text[copy.end :]:
        return False
    before = compact.text[copy.start - 1]
    if before in "：:" or (before.isascii() and not _starts_line(compact, text, copy.start)):
        return False
    return all(_starts_line(compact, text, at) for at in (copy.first, first_end, copy.end))


def _compact(text: str) -> _Compact:
    places = array("Q")
    parts = []
    for match in _SOLID.finditer(text):
        parts.append(match[0])
        places.extend(range(match.start(), match.end()))
    return _Compact("".join(parts), places)


def _widen(compact: _Compact, text: str, first: int, start: int, end: int) -> _Copy:
    """Extend a copy to both sides, character by character, as far as it equals the first; sentences need not end there.

    Where something stands between the two it is extended by whole lines only: of two footers that begin alike, each is its own.
    Before it a title may stand on its line.
    """
    solid = compact.text
    shift = start - first
    low = start
    while low > shift and low - shift > end - shift - shift and solid[low - 1] == solid[low - 1 - shift]:
        low -= 1
    high = end
    while high < len(solid) and high - shift < low and solid[high] == solid[high - shift]:
        high += 1
    beside: tuple[str, ...] = ()
    if high - shift < low:
        widest = low, high
        own = (at for at in range(low, start) if _starts_line(compact, text, at))
        firsts = (at for at in range(low, start) if _starts_line(compact, text, at - shift))
        low = next(own, next(firsts, start))
        high = next((at for at in range(high, end, -1) if _starts_line(compact, text, at)), end)
        above = (_line_before(compact, text, at) for at in (low, low - shift)) if widest[0] < low else ()
        below = (_line_behind(compact, text, at) for at in (high, high - shift)) if high < widest[1] else ()
        beside = (*above, *below)
    return _Copy(low - shift, low, high, beside)


def _line_before(compact: _Compact, text: str, at: int) -> str:
    end = compact.places[at - 1] + 1
    return text[text.rfind("\n", 0, end) + 1 : end].strip()


def _line_behind(compact: _Compact, text: str, at: int) -> str:
    start = compact.places[at]
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)].strip()


def _slide(compact: _Compact, text: str, copy: _Copy) -> _Copy:
    """Move a copy to where it starts a line: what follows the first text and what follows the copy may begin alike."""
    low, high = copy.start, copy.end
    for step in range(_MAX_SLIDE):
        if _starts_line(compact, text, low + step):
            return copy._replace(start=low + step, end=high + step)
        if high + step >= len(compact.text) or compact.text[low + step] != compact.text[high + step]:
            break
    for step in range(1, _MAX_SLIDE):
        if low - step < 0 or compact.text[low - step] != compact.text[high - step]:
            break
        if _starts_line(compact, text, low - step):
            return copy._replace(start=low - step, end=high - step)
    return copy


def _starts_line(compact: _Compact, text: str, at: int) -> bool:
    return at in (0, len(compact.text)) or "\n" in text[compact.places[at - 1] + 1 : compact.places[at]]
