"""What stands for a pattern finds what the pattern finds."""

import re
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normtool.catalog import schemas
from normtool.grammar import dates, numbering
from normtool.lazyre import Endings, Lazy, Words, cue, lazy, scan
from normtool.text import characters

CUES = sorted(
    {
        pattern
        for schema in schemas().values()
        for rule in schema.get("x-normtool", {}).get("rules", ())
        for patterns in rule.values()
        for pattern in patterns
    }
)
SCANS = {
    "labels": (numbering._FIRST, numbering.LABEL),
    "dates": (dates._FIRST, dates._DATE),
    "characters": (characters._FIRST, characters._ANY),
}
TEXT = st.text(alphabet="一二三十（）()、.第章条部分专栏 1290年月日-/初廿元\u3000\u00a0\u200dＡ﹐•⼀甲\n", max_size=40)


def test_a_pattern_is_compiled_when_it_is_used():
    broken = lazy("(")
    with pytest.raises(re.error):
        broken.search("甲")


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("通知", Words),
        ("人大|代表", Words),
        ("(?:规划|计划)$", Endings),
        ("(?:规划|计划)》?$", Lazy),
        ("规划$|计划$", Lazy),
        ("甲.乙", Lazy),
        ("甲||乙", Lazy),
        ("", Lazy),
        ("(?:甲|乙)+$|(?:丙)$", Lazy),
    ],
)
def test_kind_of_cue(source, kind):
    assert isinstance(cue(source), kind)


@pytest.mark.parametrize("source", CUES)
def test_a_cue_finds_what_its_pattern_finds(source):
    @settings(max_examples=40, deadline=None)
    @given(
        st.one_of(
            st.text(max_size=8),
            st.from_regex(source),
            st.from_regex(source).map(lambda text: f"{text}\n"),
            st.from_regex(source).map(lambda text: f"{text}甲"),
        )
    )
    def agrees(text):
        assert bool(cue(source).search(text)) is bool(re.search(source, text))

    agrees()


@pytest.mark.parametrize("name", SCANS)
@settings(max_examples=300, deadline=None)
@given(text=TEXT)
def test_a_scan_gives_what_finditer_gives(name, text):
    first, pattern = SCANS[name]
    assert [match.span() for match in scan(first, pattern, text)] == [match.span() for match in pattern.finditer(text)]


def test_a_scan_may_stop():
    assert [match.start() for match in islice(scan(lazy("甲"), lazy("甲乙"), "甲甲乙甲乙甲乙"), 2)] == [1, 3]
