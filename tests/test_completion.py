"""What the shell offers behind a Tab: Typer's completion is asked as its bash script asks it."""

import json
import subprocess
import sys

import pytest

from normtool.__main__ import main
from normtool.report import FORMATS
from normtool.rulebook import RULES

MINUTES = {"title": "会议纪要", "x-normtool": {"order": 5, "rules": [{"title": ["会议纪要$"]}]}}


@pytest.fixture
def offered(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)

    def ask(line):
        monkeypatch.setenv("_NORMTOOL_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
        assert main([]) == 0
        out, err = capfd.readouterr()
        assert err == ""
        return out.split()

    return ask


def test_nothing_is_offered_for_what_begins_no_value(offered):
    for line in ("check --output-format x", "check --type x", "rule x", "schema x"):
        assert offered(f"normtool {line}") == []


def test_formats(offered):
    assert offered("normtool check --output-format ") == list(FORMATS)
    assert offered("normtool check --output-format j") == ["json", "jsonl", "junit"]


def test_rules_by_code_and_by_name(offered):
    assert offered("normtool rule ") == list(RULES)
    assert offered("normtool rule TXT00") == [code for code in RULES if code.startswith("TXT00")]
    assert offered("normtool rule half") == ["halfwidth-punctuation"]


def test_types_are_those_that_can_be_forced_and_schemas_all_that_can_be_printed(offered):
    types, schemas = offered("normtool check --type "), offered("normtool schema ")
    assert "notice" in types
    assert "findings" not in types
    assert {*types, "findings", "document"} <= set(schemas)
    assert offered("normtool batch in.jsonl --type npc") == ["npc-suggestion-reply"]


def test_types_of_the_configuration_are_offered(offered, tmp_path):
    (tmp_path / "types").mkdir()
    (tmp_path / "types/minutes.schema.json").write_text(json.dumps(MINUTES), "utf-8")
    (tmp_path / "normtool.toml").write_text('schemas = ["types"]\n', "utf-8")
    assert offered("normtool check --type min") == ["minutes"]


def test_a_faulty_configuration_does_no_harm(offered, tmp_path):
    (tmp_path / "normtool.toml").write_text('schemas = ["nowhere"]\n', "utf-8")
    assert offered("normtool check --type noti") == ["notice"]


def test_a_start_imports_nothing_for_it(tmp_path):
    code = "import sys; from normtool.__main__ import main; main(['rule', 'CHR001']); sys.exit('normtool.cli.options' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False).returncode == 0
