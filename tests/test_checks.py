"""The rules that only report: each speaks where it must and is silent where it must, and the base documents break none."""

import tomllib
from pathlib import Path

import pytest

from normtool.catalog import data_file
from normtool.checks import check_document
from normtool.model import CleanText, Settings
from normtool.rulebook import RULES
from normtool.structure import parse

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "rules.toml").read_text("utf-8"))
BASES = {name: CleanText(text.lstrip("\n")) for name, text in TABLE["base"].items()}
CASES = TABLE["case"]
FAMILIES = ("NUM", "PRO", "SCH")


def found(text, settings):
    return check_document(text, parse(text, settings), settings)


@pytest.mark.parametrize("name", BASES)
def test_base_breaks_no_rule(name):
    assert found(BASES[name], Settings()) == ()


@pytest.mark.parametrize("case", CASES, ids=[f"{case['rule']}: {case['why']}" for case in CASES])
def test_rule(case):
    text = BASES[case["base"]]
    for old, new in case["change"]:
        assert old in text
        text = CleanText(text.replace(old, new, 1))
    settings = Settings(
        document_type=case.get("type"), select=tuple(case.get("select", ())), ignore=tuple(case.get("ignore", ()))
    )
    findings = [f for f in found(text, settings) if f.rule == case["rule"]]
    assert [text[f.span.start : f.span.end] for f in findings] == case.get("finds", [])


def test_every_rule_here_speaks_and_is_silent():
    speaking = {case["rule"] for case in CASES if "finds" in case}
    silent = {case["rule"] for case in CASES if "finds" not in case}
    assert speaking == silent
    rules = {code for code in RULES if code.startswith(FAMILIES) and RULES[code].fix == "none"}
    assert rules <= speaking


@pytest.mark.parametrize("code", sorted({case["rule"] for case in CASES}))
def test_rule_has_its_page(code):
    page = data_file(f"rules/{code}.md").read_text("utf-8")
    assert page.startswith(f"# {code} {RULES[code].name}\n")
    for heading in ("## What it does", "## Why", "## Example", "## Fix safety"):
        assert f"\n{heading}\n" in page


def test_practice_is_never_an_error():
    assert [rule.code for rule in RULES.values() if rule.basis == "惯例" and rule.severity == "error"] == []
