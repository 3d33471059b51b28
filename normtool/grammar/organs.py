"""Names of issuing organs: is this a name, which names stand on this line, do two names mean one organ.

The endings and short forms are data (``data/organs.toml``). A name is recognized where a caller expects one (above the date, at
the start of a title); in running prose these functions say yes too often.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from normtool.catalog import data_table
from normtool.lazyre import Lazy, is_plain, lazy

_NAME_MARKS = str.maketrans("", "", "（）()·—")
_MAX_NAME = 50
_BLANKS = lazy(r"\s+|[、|]")
_NOTE = lazy(r"[（(][^（）()]{0,24}(?:章|公章|印章|盖章|代章|印)[）)]$")
_YEAR = lazy(r"^(?:19|20)\d\d年?")
OFFICES = ("办公厅", "办公室")
"""The offices of an organ, which issue and publish for it."""
_MIN_SPACED = 3
_MAX_LINE = 200


class Organ(NamedTuple):
    """A name and where it stands: ``text[start:end]``; ``name`` has no blanks and no 〔盖章〕 note."""

    name: str
    start: int
    end: int


def is_organ(text: str) -> bool:
    """Tell whether ``text`` (blanks around it aside) can be the name of one organ.

    Prose and headings are refused by their words.
    """
    name = text.strip()
    if name.endswith(("）", ")")):
        name = _NOTE.sub("", name)
    return name.endswith(_words().endings) and len(name) <= _MAX_NAME and _is_proper(name)


@lru_cache(maxsize=2048)
def _is_proper(name: str) -> bool:
    """Tell whether what ends like an organ's name has nothing in it that no name has.

    Only a body for one event (…组委会) may have a year in front of its name.
    """
    words = _words()
    if name[:1].isdecimal() and name.endswith(words.events):
        name = _YEAR.sub("", name)
        if name in words.events:
            return False
    return (
        _is_name(name)
        and not any(word in name for word in words.never)
        and not name.startswith(words.verbs)
        and not words.verb.match(name)
        and not name.endswith(words.portals)
    )


def _is_name(text: str) -> bool:
    return 1 < len(text) <= _MAX_NAME and text[0].isalpha() and text.translate(_NAME_MARKS).isalnum()


def is_issuer(text: str) -> bool:
    """Tell whether ``text`` is the name of one organ that ends as those of governments and their bureaus do, and means no whole class."""
    words = _words()
    return (
        text.endswith(words.issuing) and not text.endswith(words.elected) and not text.startswith(words.all) and is_organ(text)
    )


def organs_in_line(line: str) -> tuple[Organ, ...]:
    """Give the organs of a sign-off line, or () when the line holds anything else.

    Names stand apart by blanks or 、 (``商务部　中国银行``). A name spaced out letter by letter (``国 务 院``) is one name, and a
    name that a blank cuts in two (``重庆市 科学技术局``) is two: nobody can tell. Lines over 200 characters are none.
    """
    if len(line) > _MAX_LINE:
        return ()
    end = line.rstrip()
    while end.endswith(("、", "|")):
        end = end[:-1].rstrip()
    return _organs(line) if end.endswith(_words().closes) else ()


@lru_cache(maxsize=1024)
def _organs(line: str) -> tuple[Organ, ...]:
    """Give the organs of a line whose last word may be an organ's."""
    stripped = line.strip()
    letters = stripped.split()
    if len(letters) >= _MIN_SPACED and len("".join(letters)) == len(letters) and is_organ("".join(letters)):
        start = line.index(stripped[0])
        return (Organ("".join(letters), start, start + len(stripped)),)
    out = []
    at = 0
    for gap in (*_BLANKS.finditer(line), None):
        end = gap.start() if gap else len(line)
        piece = line[at:end]
        if piece:
            if not is_organ(piece):
                return ()
            out.append(Organ(_NOTE.sub("", piece) if piece.endswith(("）", ")")) else piece, at, end))
        at = gap.end() if gap else end
    return tuple(out)


def is_portal(line: str) -> bool:
    """Tell whether a line ends as the name of a portal or of one of its columns does (…门户网站, 政府信息公开): it is no organ."""
    return line.rstrip().endswith(_words().portals)


def is_signer(line: str) -> bool:
    """Tell whether a line is an official who signs in person: ``市　长：…``, ``国务院总理　…``."""
    text = "".join(line.split())
    words = _words()
    return any(office in text for office in words.offices) and words.signer.fullmatch(text) is not None


def is_head_of_organ(line: str) -> bool:
    """Tell whether a line is the head of an organ who signs in person, office and name apart (``局长：…``, ``主　任　…``); no deputy."""
    return ("：" in line or len(line.split()) > 1) and _words().deputy not in line and is_signer(line)


def is_head(line: str) -> bool:
    """Tell whether a line is the head of a government (``某市人民政府市长　…``), not of a bureau or a committee."""
    text = "".join(line.split())
    words = _words()
    return any(office in text for office in words.heads) and words.head.fullmatch(text) is not None


def same_organ(one: str, other: str) -> bool:
    """Tell whether two names can mean the same organ: equal, or one short for the other (市科技局 ~ 某市科学技术局).

    The shorter must be a subsequence of the longer that starts with a place, a rank or the same word and ends alike. Where one name
    opens with a rank (县林业和草原局) the other is compared from that rank on (云岭县林草局). 市教委 and 市教育局 are not the same.
    A name before its place is read as the one behind it: 政协云岭县委员会 is 云岭县政协.
    """
    one, other = (_place_first("".join(name.split())) for name in (one, other))
    if not one or not other:
        return one == other
    return _same(one, other) or _same(_from_rank(one, other), _from_rank(other, one)) or _same_branch(one, other)


def _place_first(name: str) -> str:
    """Write 政协云岭县委员会提案委员会 as 云岭县政协提案委员会, 第十届 left out; any other name stays."""
    words = _words()
    for long, usual in words.leading:
        place, behind, rest = name.removeprefix(long).partition("委员会")
        place = place.partition("第")[0] if place.endswith("届") else place
        if name.startswith(long) and behind and place.endswith((*words.ranks, "全国")):
            return place + usual + rest
    return name


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or any(_shortens(variant, long) for variant in _variants(short))


def _from_rank(name: str, other: str) -> str:
    """Cut the name of the place off ``name`` where ``other`` opens with the rank of a place and has no name of one."""
    at = name.find(other[0]) if other[0] in _words().ranks else -1
    return name[at:] if at > 0 else name


def _same_branch(one: str, other: str) -> bool:
    """Tell whether 县生态环境分局 or 云岭县生态环境分局 is 某市生态环境局云岭分局: the same organ, and no other place."""
    words = _words()
    branch = next((end for end in words.branches if one.endswith(end) and other.endswith(end)), None)
    if branch is None:
        return False
    short, long = sorted((one.removesuffix(branch), other.removesuffix(branch)), key=len)
    upper, mark, place = long.rpartition(branch[-1])
    at = next((k for k, c in enumerate(short) if c in words.ranks), -1)
    if not mark or not place or at < 0:
        return False
    own, organ = short[:at], short[at + 1 :]
    return bool(organ) and upper.endswith(organ) and own in {"", place, place.rstrip("".join(words.ranks))}


def same_words(one: str, other: str) -> bool:
    """Tell whether the shorter of two texts is the longer with some characters left out."""
    short, long = sorted((one, other), key=len)
    return bool(short) and _subsequence(short, long)


def _shortens(short: str, long: str) -> bool:
    if not _subsequence(short, long):
        return False
    return short[-1] == long[-1] or any(short[-1] == end and long.endswith(full) for end, full in _words().short_ends)


def _variants(short: str) -> tuple[str, ...]:
    return (short, *(short.replace(a, b) for a, b in _words().synonyms if a in short))


def _subsequence(short: str, long: str) -> bool:
    at = -1
    for c in short:
        at = long.find(c, at + 1)
        if at < 0:
            return False
    return True


class _Words(NamedTuple):
    """The word lists, ready for use."""

    endings: tuple[str, ...]
    closes: tuple[str, ...]
    """What the last word of a line of organs closes with: an ending, its last character where the name is spaced out, a note's bracket."""
    never: tuple[str, ...]
    portals: tuple[str, ...]
    events: tuple[str, ...]
    """How bodies for one event end, which may bear its year in front of their names."""
    issuing: tuple[str, ...]
    elected: tuple[str, ...]
    all: tuple[str, ...]
    verbs: tuple[str, ...]
    verb: Lazy
    offices: tuple[str, ...]
    signer: Lazy
    deputy: str
    heads: tuple[str, ...]
    head: Lazy
    synonyms: tuple[tuple[str, str], ...]
    short_ends: tuple[tuple[str, str], ...]
    ranks: tuple[str, ...]
    branches: tuple[str, ...]
    leading: tuple[tuple[str, str], ...]


def _official(offices: list[str]) -> Lazy:
    return lazy(rf"[^\W\d_]{{0,16}}(?:{'|'.join(offices)})[：:]?[^\W\d_]{{2,4}}(?:（[^（）]{{1,30}}）)?")


@cache
def _words() -> _Words:
    table = data_table("organs.toml")
    return _Words(
        endings=tuple(table["endings"]),
        closes=(*sorted({ending[-1] for ending in table["endings"]}), "）", ")"),
        never=tuple(table["never"]),
        portals=tuple(table["portals"]),
        events=tuple(table["events"]),
        issuing=tuple(table["issuing"]),
        elected=tuple(table["elected"]),
        all=tuple(table["all"]),
        verbs=tuple(word for word in table["never_first"] if is_plain(word)),
        verb=lazy("|".join(word for word in table["never_first"] if not is_plain(word)) or "(?!)"),
        offices=tuple(table["offices"]),
        signer=_official(table["offices"]),
        deputy=table["deputy"],
        heads=tuple(table["heads"]),
        head=_official(table["heads"]),
        synonyms=tuple((a, b) for a, b in table["synonyms"]),
        short_ends=tuple((a, b) for a, b in table["short_ends"]),
        ranks=tuple(table["ranks"]),
        branches=tuple(table["branches"]),
        leading=tuple((a, b) for a, b in table["leading"]),
    )
