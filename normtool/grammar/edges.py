"""The front and the end of a letter that ran together on one line: title, number, addressee; sign-off, date, note.

Gives places where a line break belongs; what stands between them is recognized closely, so that prose gives none.
"""

from __future__ import annotations

import re

from normtool.catalog import data_table
from normtool.grammar.dates import find_dates
from normtool.grammar.genres import GENRES, PLAN_WORDS
from normtool.grammar.organs import is_organ, organs_in_line
from normtool.lazyre import lazy

_LONGEST_FIRST = "|".join(sorted({*GENRES, *PLAN_WORDS}, key=len, reverse=True))
_FRONT = lazy(
    rf"""
      (?P<title>[^。；！？：:\n]{{4,120}}?(?:{_LONGEST_FIRST})(?:（[^（）。]{{2,20}}）)?)[ ]*
      (?:(?P<number>(?!的)[一-鿿A-Za-z（）]{{2,14}}[〔\[［﹝](?:19|20)\d\d[〕\]］﹞][ ]?\d{{1,5}}[ ]?号)[ ]*)
    """,
    re.VERBOSE,
)
_TITLE_BEFORE_ADDRESSEE = lazy(
    rf"(?P<title>[^。；！？：:\n]{{4,120}}?(?:{_LONGEST_FIRST})(?:（[^（）。]{{2,20}}）)?)[ ]*(?=各(?![项种类自])|有关)"
)
_TO_COLON = lazy(r"(?P<first>[^。；！？《》：:，、,（\n]{2,40})[^。；！？《》：:\n]{0,240}?[：:]")
EVERYBODY = tuple(data_table("recipients.toml")["run_in"])
"""What an addressee opens with that is no single organ."""
_PERSONS = tuple(data_table("recipients.toml")["deputies"])
_AFTER_SENTENCE = lazy(r"(?<=[。！）”])[ ]*([一-鿿（）、 ]{3,60}?)[ ]*$")
_NOTE = lazy(r"[ ]*（[^（）]{2,30}）")
_PRINTED = lazy(r"[ ]*印发")
_MAX_FRONT = 420
_LOOK_BACK = 64
_COLOPHON = lazy(r"(?<=[。）])[ ]*(?=抄送[：:]|附件[：:])")
_ISSUER = lazy(r"(?P<issuer>[一-鿿]{4,24}?)关于")
_BEHIND_SIGNOFF = lazy(r"[ ]*(?:$|附件|（[^（）]{2,30}）)")
_ENCLOSED = lazy(r"[ ]*(?=附件)")


def front_breaks(text: str) -> tuple[int, ...]:
    """Give the places behind the title, the number and the addressee that a run-together text opens with, as far as they are there.

    A title counts only with a number or an addressee behind it; an addressee closes with a colon within 240 characters.
    """
    head = text[:_MAX_FRONT]
    out = []
    at = 0
    match = _FRONT.match(head) or _TITLE_BEFORE_ADDRESSEE.match(head)
    if match:
        out.append(match.end("title"))
        at = match.end()
        if "number" in match.re.groupindex:
            out.append(at)
    addressee = _addressee_end(head, at)
    if addressee:
        out.append(addressee)
    elif match and "number" not in match.re.groupindex:
        return ()
    return tuple(place for place in out if place < len(text))


def _addressee_end(text: str, at: int) -> int | None:
    """Give the place behind the colon of an addressee that starts at ``at``: everybody (各…), an organ, or a deputy; or None."""
    match = _TO_COLON.match(text, at)
    if not match:
        return None
    first = match["first"]
    return match.end() if first.startswith(EVERYBODY) or first.endswith(_PERSONS) or is_organ(first) else None


def end_breaks(text: str) -> tuple[int, ...]:
    """Give the places before a sign-off's organs, before its date, and behind the date and the note after it.

    The organs must stand between the end of a sentence and the date, and nothing else. ``某办公室2013年8月9日印发`` is one line.
    Behind a list of attachments, which ends no sentence, only the organ that the title opens with counts.
    """
    out: list[int] = []
    opening = _ISSUER.match(text)
    issuer = opening["issuer"] if opening and organs_in_line(opening["issuer"]) else None
    attached = text.find("附件") if issuer else -1
    for date in find_dates(text):
        before = text[max(0, date.start - _LOOK_BACK) : date.start]
        if (
            issuer
            and 0 <= attached < date.start
            and before.rstrip(" ").endswith(issuer)
            and _BEHIND_SIGNOFF.match(text, date.end)
        ):
            note = _NOTE.match(text, date.end)
            end = note.end() if note else date.end
            enclosed = _ENCLOSED.match(text, end)
            out += (date.start - len(before) + before.rindex(issuer), date.start, date.end, enclosed.end() if enclosed else end)
            continue
        match = _AFTER_SENTENCE.search(before)
        if not match or not organs_in_line(match[1].replace("、", " ")):
            continue
        offset = date.start - len(before)
        out.append(offset + match.start(1))
        printed = _PRINTED.match(text, date.end)
        if printed:
            out.append(printed.end())
            continue
        note = _NOTE.match(text, date.end)
        out += (date.start, date.end, note.end() if note else date.end)
    out += [m.end() for m in _COLOPHON.finditer(text)]
    return tuple(sorted({place for place in out if 0 < place < len(text)}))
