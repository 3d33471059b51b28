"""The rule table: names and severities, a page for every rule whose example is true, and cases for every rule that mends."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from normtool.catalog import data_file
from normtool.model import Settings
from normtool.pipeline import examine, normalize, stages
from normtool.rulebook import RULES, Rule, enumerated, selected

PAGES = {path.stem: path for path in data_file("rules").glob("*.md")}
CASES = Path(__file__).parent / "cases"
HEADINGS = ["## What it does", "## Why", "## Example", "## Fix safety"]
ELIDED = "[…"
"""Examples with a gap, or with characters that a page cannot show, are not run."""
BYTES = tomllib.loads((CASES / "bytes.toml").read_text("utf-8"))["case"]
FOUND_ELSEWHERE = {"ENC005": "two encodings that explain the bytes equally well are made up in test_decode.py"}
MENDING = [rule for rule in RULES.values() if rule.fix != "none" and not rule.code.startswith("ENC")]


@cache
def rows() -> tuple[dict[str, Any], ...]:
    tables = (tomllib.loads(path.read_text("utf-8")) for path in sorted(CASES.glob("*.toml")))
    return tuple(row for table in tables for row in table.get("case", ()))


def examples(code: str) -> list[str]:
    """Give the fenced blocks of a page."""
    return re.findall(r"^```\n(.*?)^```$", PAGES[code].read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert sorted(PAGES) == sorted(RULES)


@pytest.mark.parametrize("family", dict.fromkeys(code[:3] for code in RULES))
def test_the_rules_of_a_family_are_in_the_order_of_their_codes(family: str) -> None:
    codes = [code for code in RULES if code.startswith(family)]
    assert codes == sorted(codes)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_page_has_its_title_and_headings(rule: Rule) -> None:
    lines = PAGES[rule.code].read_text("utf-8").splitlines()
    assert lines[0] == f"# {rule.code} {rule.name}"
    assert [line for line in lines if line.startswith("## ")] == HEADINGS
    assert examples(rule.code)


@pytest.mark.parametrize("rule", MENDING, ids=lambda rule: rule.code)
def test_the_example_of_a_page_is_true(rule: Rule) -> None:
    before, after = examples(rule.code)[:2]
    if ELIDED in before:
        assert ELIDED in after
        return
    select = ("SCR",) if rule.code.startswith("SCR") else (rule.code,)  # conversion and glosses are one step
    assert normalize(before, Settings(select=select, unsafe=True)).text == after
    safe = normalize(before, Settings(select=select)).text
    assert rule.fix == "some" or safe == (after if rule.fix == "safe" else before)


@pytest.mark.parametrize("rule", [r for r in RULES.values() if r.fix == "none"], ids=lambda rule: rule.code)
def test_a_page_of_a_rule_that_mends_nothing_promises_nothing(rule: Rule) -> None:
    assert "\nAfter:\n" not in PAGES[rule.code].read_text("utf-8")


def test_names_are_unique_and_in_kebab_case() -> None:
    names = [rule.name for rule in RULES.values()]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_codes_are_three_letters_and_three_digits() -> None:
    assert [code for code in RULES if not re.fullmatch(r"[A-Z]{3}\d{3}", code)] == []


def test_practice_alone_is_never_an_error() -> None:
    assert [rule.code for rule in RULES.values() if rule.basis == "惯例" and rule.severity == "error"] == []


def test_stages_make_the_edits_of_rules_that_mend() -> None:
    made = {code for stage in stages(Settings(select=tuple(RULES))) for code in stage.rules}
    assert {code for code in made if RULES[code].fix == "none"} == set()  # type: ignore[index]
    assert {rule.code for rule in MENDING} - made == set()


@pytest.mark.parametrize("rule", MENDING, ids=lambda rule: rule.code)
def test_a_rule_that_mends_has_a_positive_and_a_negative_case(rule: Rule) -> None:
    assert [row for row in rows() if rule.code in row.get("rules", ())], "no case names it in `rules`"
    spared = [row for row in rows() if rule.code in row.get("not", ())]
    assert spared or rule.code.startswith("SCR"), "no case names it in `not`"


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_every_rule_has_a_positive_and_a_negative_case(rule: Rule) -> None:
    """`rules` and `not` of the stages' cases, `rule` with and without `finds` of those that report."""
    about = [row for row in rows() if row.get("rule") == rule.code]
    speaks = [row for row in rows() if rule.code in row.get("rules", ())] + [row for row in about if "finds" in row]
    silent = [row for row in rows() if rule.code in row.get("not", ())] + [row for row in about if "finds" not in row]
    assert speaks or rule.code in FOUND_ELSEWHERE
    assert silent


@pytest.mark.parametrize("case", BYTES, ids=[f"{case['rule']}: {case['why']}" for case in BYTES])
def test_a_rule_about_whole_files(case: dict[str, Any]) -> None:
    data = bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode(case.get("codec", "utf-8"))
    seen = examine(data, Settings())
    found = [seen.decoded.text[f.span.start : f.span.end] for f in seen.findings if f.rule == case["rule"]]
    assert found == case.get("finds", [])


def test_the_longest_prefix_decides() -> None:
    assert selected("TXT001", (), ())
    assert not selected("TXT001", (), ("TXT",))
    assert selected("TXT001", ("TXT001",), ("TXT",))
    assert not selected("TXT001", ("TXT",), ("TXT001",))
    assert not selected("TXT001", ("TXT001",), ("TXT001",))
    assert not selected("LAY001", ("TXT",), ())
    assert selected("SCH001", (), ("SCH001:/signature",))


@pytest.mark.parametrize(
    ("count", "told"),
    [(1, "1"), (3, "1, 2, 3"), (4, "1, 2, 3, 4"), (5, "1, 2, 3, 4 and 1 more"), (90, "1, 2, 3, 4 and 86 more")],
)
def test_of_a_long_list_the_beginning_is_told(count, told):
    assert enumerated(map(str, range(1, count + 1)), most=4) == told
