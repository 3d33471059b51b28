"""What a start loads: a hook's latency is imports, so a clean Simplified file in UTF-8 must not load what it does not need."""

import json
import subprocess
import sys

import pytest

CLEAN = "关于开展林区巡查的通知\n各镇人民政府：\n现将有关事项通知如下，请遵照执行。\n云岭县林业局\n2023年9月12日\n"
UNWANTED = (
    "rich",
    "charset_normalizer",
    "opencc",
    "pydantic",
    "jsonschema",
    "importlib.metadata",
    "concurrent.futures.process",
    "pathspec",
    "multiprocessing",
    "asyncio",
)
PROBE = "import json, sys; from normtool.__main__ import main; main(sys.argv[1:]); json.dump(sorted(sys.modules), sys.stderr)"


def loaded(folder, *arguments):
    done = subprocess.run([sys.executable, "-c", PROBE, *arguments], cwd=folder, capture_output=True, check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("command", [("check", "-q"), ("normalize", "-q")], ids=lambda command: command[0])
def test_clean_file(command, tmp_path):
    (tmp_path / "a.txt").write_text(CLEAN, "utf-8")
    modules = loaded(tmp_path, *command, "a.txt")
    assert sorted(modules & set(UNWANTED)) == []
    assert "normtool.pipeline" in modules


@pytest.mark.parametrize("command", ["check", "normalize"])
def test_clean_file_without_configuration_needs_no_toml(command, tmp_path):
    (tmp_path / "a.txt").write_text(CLEAN, "utf-8")
    assert "tomllib" not in loaded(tmp_path, command, "-q", "a.txt")


def test_version_loads_nothing_of_the_program(tmp_path):
    modules = loaded(tmp_path, "--version")
    assert {name for name in modules if name.startswith("normtool")} == {
        "normtool",
        "normtool.__main__",
        "normtool.cli",
        "normtool.cli.streams",
    }
    assert "typer" not in modules


def test_one_command_does_not_load_the_others(tmp_path):
    modules = loaded(tmp_path, "rule", "CHR")
    assert "normtool.cli.rule" in modules
    assert not modules & {"normtool.cli.check", "normtool.pipeline", "normtool.runner"}
