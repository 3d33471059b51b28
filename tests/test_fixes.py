"""Fixes as another tool makes them: those that do not overlap, again and again, must end in what normalize gives."""

import json
from pathlib import Path

import pytest

from normtool import detect, normalize, runner
from normtool.history import _cut, _cut_at, _shown
from normtool.model import Edit, Fix, RuleCode, Settings
from normtool.patch import line_starts
from normtool.report import part_of

RAW = sorted((Path(__file__).parents[1] / "samples").glob("**/raw/*"))
MAX_ROUNDS = 12
CODE = RuleCode("SCR001")


def overlap(one, other):
    """Tell whether two edits cannot both be made; those that only touch can, but for two at one empty place."""
    return one[:2] == other[:2] or (one[0] < other[1] and other[0] < one[1])


def fixes_of(text):
    """Give the edits of every safe fix that ``jsonl`` has, by positions in the text."""
    starts = line_starts(text)

    def position(place):
        return starts[place["row"] - 1] + place["column"] - 1

    checked = runner.check(runner.Task("某.txt", Path("某.txt"), Settings(), text.encode()))
    for line in part_of(checked, "jsonl", colour=False).text.splitlines():
        fix = json.loads(line)["fix"]
        if fix and fix["applicability"] == "safe" and fix["edits"]:
            yield [(position(e["location"]), position(e["end_location"]), e["content"]) for e in fix["edits"]]


def once_fixed(text):
    made = []
    for edits in fixes_of(text):
        if not any(overlap(edit, other) for edit in edits for other in made):
            made += edits
    for start, end, content in sorted(made, reverse=True):
        text = text[:start] + content + text[end:]
    return text


@pytest.mark.parametrize("path", RAW, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_making_fixes_and_checking_again_ends_in_the_clean_text(path):
    text, before = detect(path.read_bytes()).text, ""
    for _ in range(MAX_ROUNDS):
        if text == before:
            break
        text, before = once_fixed(text), text
    assert text == before
    assert text == normalize(path.read_bytes())


# where other edits begin or end, and what becomes of one of the characters 3 to 6
CUTS = [
    ([], "规划为", ["规划为"]),
    ([0, 3, 6, 9], "规划为", ["规划为"]),
    ([4, 5], "计划", ["计划"]),
    ([4, 5], "", [""]),
    ([3, 5, 6], "规划为", ["规划", "为"]),
    ([4, 5], "规划为", ["规", "划", "为"]),
]


@pytest.mark.parametrize(("places", "new", "pieces"), CUTS, ids=str)
def test_an_edit_is_cut_where_others_are_made(places, new, pieces):
    fix = Fix("safe", (Edit(3, 6, new, CODE),))
    cut = _cut_at(fix, places)
    assert [edit.replacement for edit in cut.edits] == pieces
    assert (cut.edits[0].start, cut.edits[-1].end) == (3, 6)
    assert (cut is fix) == (len(pieces) == 1)


def test_two_characters_can_be_cut():
    cut = _cut_at(Fix("safe", (Edit(3, 5, "规划", CODE),)), [4])
    assert [edit[:3] for edit in cut.edits] == [(3, 4, "规"), (4, 5, "划")]


TOLD = [
    ("", "nothing"),
    ("，", "`，`"),
    ("\u3000\u3000", "`\\u3000\\u3000`"),
    ("\n\n\n", "`\\n\\n\\n`"),
    ("-" * 30, f"`{'-' * 12}…{'-' * 12}`"),
    (" " * 24, f"`{' ' * 24}`"),
    (" " * 25, "25 × U+0020"),
    ("\u2002" * 44, "44 × U+2002"),
    ("\0" * 50, "50 × U+0000"),
    ("\xa0\u2003" * 30, "`\\xa0\\u2003\\xa0\\u2003\\xa0\\u2003…\\xa0\\u2003\\xa0\\u2003\\xa0\\u2003`"),
    ("云岭县林业局\n" * 9, "`云岭县林业局\\n云岭县林业…县林业局\\n云岭县林业局\\n`"),
]


@pytest.mark.parametrize(("piece", "told"), TOLD, ids=lambda text: ascii(text)[:20])
def test_a_message_shows_a_piece_in_short(piece, told):
    assert _shown(_cut(piece)) == told
