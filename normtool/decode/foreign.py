"""The rivals of the Chinese reading: what the same bytes cost as text of another language, in nats.

Only asked when a text is not plainly Chinese. A rival is an alphabet in an encoding: letters in the order of their
frequency, each a little dearer than the one before. That is crude and enough, for the question is only whether the bytes
are *not* Chinese; what they are instead is left to charset_normalizer.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import NamedTuple

from normtool.decode.alphabets import (
    ARABIC,
    CYRILLIC,
    GREEK,
    HANGUL,
    HEBREW,
    HIRAGANA,
    KATAKANA,
    LATIN,
    ONE_BYTE,
    THAI,
    TWO_BYTES,
    Alphabet,
)
from normtool.decode.costs import ERROR_COST, REPLACEMENT, character_cost, is_hanzi

_ENOUGH_TO_NAME = 128  # of fewer bytes charset_normalizer makes Urdu as soon as French
_CHINESE = {
    "ascii",
    "gb18030",
    "gbk",
    "gb2312",
    "big5",
    "big5hkscs",
    "cp950",
    "hz",
    "utf_8",
    "utf_16",
    "utf_16_le",
    "utf_16_be",
    "utf_32",
    "utf_7",
}
_EAST_ASIAN_PRIOR = (
    3.0  # these two: 0.2 % of the foreign slices pass then, and 0.1 % of the Chinese ones of 8 characters are refused
)
_LETTERS_PRIOR = 1.0
_KOREAN = ("cp949", "johab")
_CAPITAL = 2.3
_ANY_LANGUAGE = 1.5
_PUNCTUATION = 7.0
_PUNCTUATION_MARKS = "«»“”„’‘–—…°№©®¿¡ºª§£€\xa0·"
_STRANGE = 12.0
_KANJI_EXTRA = 0.7  # Japanese uses the frequent Chinese characters, and others more
_KANJI_RARE = 11.0
_KANA_RARE = 7.6
_SYLLABLE = 9.3  # the 2350 of KS X 1001 without the frequent ones, which make up nine tenths of a text
_SYLLABLE_RARE = 12.5
_HANJA = 11.0  # hardly written any more
_HALFWIDTH_KANA = 7.5


class Rival(NamedTuple):
    """A foreign reading: the encoding, its cost in nats, and its broken bytes."""

    encoding: str
    cost: float
    errors: int


def best_rival(pieces: tuple[bytes, ...]) -> Rival:
    """Give the cheapest foreign reading of the pieces of a file."""
    data = b"\n".join(pieces)
    histogram = Counter(data)
    single = (_single_byte(data, histogram, name, alphabet) for name, alphabet in ONE_BYTE)
    double = (_double_byte(pieces, name) for name, _ in TWO_BYTES)
    return min((*single, *double), key=lambda rival: rival.cost)


@cache
def letter_costs() -> dict[str, float]:
    """Give the cost of the letters of every alphabet in a text that may be in any language (valid UTF-8)."""
    costs: dict[str, float] = {}
    for alphabet in (LATIN, CYRILLIC, GREEK, HEBREW, ARABIC, THAI, HIRAGANA, KATAKANA, HANGUL):
        for rank, char in enumerate(alphabet.letters):
            costs[char] = _ANY_LANGUAGE + alphabet.first + alphabet.step * rank
            costs.setdefault(char.upper(), costs[char] + _CAPITAL)
    return {char: cost for char, cost in costs.items() if not char.isascii()}  # the capital of ı is I


def chinese_prior(rival: Rival) -> float:
    """Give the nats that a rival must be better by than the Chinese reading: the files are said to be Chinese.

    More is asked of Korean and Japanese, whose two-byte characters explain a short Chinese word nearly as well.
    """
    return _EAST_ASIAN_PRIOR if any(rival.encoding == name for name, _ in TWO_BYTES) else _LETTERS_PRIOR


def foreign_name(pieces: tuple[bytes, ...], rival: Rival) -> str | None:
    """Name the encoding of foreign bytes: by charset_normalizer, which knows many more, else the best rival's.

    None when neither explains them.

    The only place that loads charset_normalizer, and only for bytes that are refused.
    """
    data = b"\n".join(pieces)
    if len(data) < _ENOUGH_TO_NAME and not rival.errors:
        return rival.encoding
    from charset_normalizer import from_bytes  # 70 ms

    best = from_bytes(data).best()
    if best is not None and best.encoding not in _CHINESE:
        return best.encoding
    return None if rival.errors else rival.encoding


class _ByteTable(NamedTuple):
    """For each byte of a one-byte encoding: its cost, its class for the penalties, and whether it has no character."""

    costs: tuple[float, ...]
    classes: bytes
    broken: frozenset[int]


@cache
def _byte_table(encoding: str, alphabet: Alphabet) -> _ByteTable:
    letters = {char: alphabet.first + alphabet.step * rank for rank, char in enumerate(alphabet.letters)}
    costs, classes, broken = [], [], set()
    for byte, char in enumerate(bytes(range(256)).decode(encoding, "replace")):
        if char == "\ufffd":
            broken.add(byte)
        costs.append(_letter_cost(char, letters))
        classes.append(_letter_class(char, letters))
    return _ByteTable(tuple(costs), "".join(classes).encode(), frozenset(broken))


def _letter_cost(char: str, letters: dict[str, float]) -> float:
    if char == "\ufffd":
        return REPLACEMENT + ERROR_COST
    if char < "\x7f":
        return character_cost(char)
    if char in letters:
        return letters[char]
    if char.lower() in letters:
        return letters[char.lower()] + _CAPITAL
    return _PUNCTUATION if char in _PUNCTUATION_MARKS else _STRANGE


def _letter_class(char: str, letters: dict[str, float]) -> str:
    """Classify: a A ASCII letters, l L letters of the alphabet, m Thai marks above or below, e Thai vowels in front, o other non-ASCII, blank the rest."""
    if char < "\x7f":
        return " " if not char.isalpha() else "A" if char.isupper() else "a"
    if char in "ัิีึืฺุู็่้๊๋์ํ":
        return "m"
    if char in "เแโใไ":
        return "e"
    if char in letters:
        return "l"
    if char.lower() in letters:
        return "L"
    return "p" if char in _PUNCTUATION_MARKS else "o"


# what two classes side by side cost more: words of one alphabet, capitals first, Thai marks on a consonant
_PENALTIES = {
    b"lL": 4.0,
    b"lA": 4.0,
    b"aL": 4.0,
    b"lo": 2.0,
    b"ol": 2.0,
    b"ao": 4.0,
    b"oa": 4.0,
    b"em": 5.0,
    b" m": 5.0,
    b"am": 5.0,
    b"e ": 4.0,
    b"ee": 3.0,
}
_MIXING = {b"ll": 2.0, b"LL": 3.0, b"Ll": 3.0, b"Lo": 2.0, b"oL": 2.0, b"pl": 1.0, b"pL": 1.0, b"lp": 1.0, b"Lp": 1.0}
_NOT_MIXING = {b"al": 4.0, b"la": 4.0, b"Al": 4.0, b"AL": 4.0, b"La": 4.0, b"LA": 4.0, b"ae": 4.0, b"ma": 4.0}


def _single_byte(data: bytes, histogram: Counter[int], encoding: str, alphabet: Alphabet) -> Rival:
    costs, classes, broken = _byte_table(encoding, alphabet)
    cost = sum(costs[byte] * count for byte, count in histogram.items())
    shape = data.translate(classes)
    penalties = _PENALTIES | (_MIXING if alphabet.mixes else _NOT_MIXING)
    cost += sum(shape.count(pair) * price for pair, price in penalties.items())
    return Rival(encoding, cost, sum(histogram[byte] for byte in broken))


@cache
def _double_letters(encoding: str) -> dict[str, float]:
    alphabets = next(alphabets for name, alphabets in TWO_BYTES if name == encoding)
    return {char: a.first + a.step * rank for a in alphabets for rank, char in enumerate(a.letters)}


def _double_byte(pieces: tuple[bytes, ...], encoding: str) -> Rival:
    letters = _double_letters(encoding)
    counts: Counter[str] = Counter()
    for piece in pieces:
        counts.update(piece.decode(encoding, "replace"))
    price = _korean_cost if encoding in _KOREAN else _japanese_cost
    cost = sum(count * price(char, letters) for char, count in counts.items())
    return Rival(encoding, cost, counts["\ufffd"])


def _japanese_cost(char: str, letters: dict[str, float]) -> float:
    if char in letters:
        return letters[char]
    if is_hanzi(char):
        return min(character_cost(char) + _KANJI_EXTRA, _KANJI_RARE)
    if "\u3041" <= char <= "\u30ff":
        return _KANA_RARE
    if "\uff61" <= char <= "\uff9f":
        return _HALFWIDTH_KANA
    return REPLACEMENT + ERROR_COST if char == "\ufffd" else character_cost(char)


def _korean_cost(char: str, letters: dict[str, float]) -> float:
    if char in letters:
        return letters[char]
    if is_hanzi(char):
        return _HANJA
    if "\uac00" <= char <= "\ud7a3":
        return _SYLLABLE if _in_ks_x_1001(char) else _SYLLABLE_RARE
    return REPLACEMENT + ERROR_COST if char == "\ufffd" else character_cost(char)


def _in_ks_x_1001(char: str) -> bool:
    """Tell whether a Hangul syllable is one of the 2350 of the standard, the only ones in ordinary text."""
    try:
        char.encode("euc_kr")
    except UnicodeEncodeError:
        return False
    return True
