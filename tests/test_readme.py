"""What the documentation says is so: commands, formats, keys, hooks, exit statuses; and both languages say the same."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from normtool import __version__, normalize
from normtool.catalog import data_bytes
from normtool.cli.app import COMMANDS
from normtool.config import Overrides, resolve
from normtool.report import FORMATS

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")


def text(name):
    return (ROOT / name).read_text("utf-8")


def fenced(name, language):
    return re.findall(rf"```{language}\n(.*?)```", text(name), re.DOTALL)


def test_both_languages_have_the_same_commands():
    without_remarks = [[re.sub(r"\s+#.*", "", "\n".join(fenced(name, language))) for name in READMES] for language in ("sh", "toml", "python", "text")]
    assert all(english == chinese for english, chinese in without_remarks)


@pytest.mark.parametrize("name", READMES)
def test_before_and_after_is_what_the_program_does(name):
    before, after = fenced(name, "text")
    assert normalize(before.replace("…\n", "")) == after.replace("…\n", "")


@pytest.mark.parametrize("name", READMES)
def test_everything_is_named(name):
    page = text(name)
    keys = json.loads(data_bytes("config.schema.json"))["properties"]
    assert [word for word in (*keys, *FORMATS, *(f"normtool {command}" for command in COMMANDS)) if word not in page] == []
    assert re.findall(r"^\| (\d+) \|", page, re.MULTILINE) == ["0", "1", "2", "130"]


@pytest.mark.parametrize("name", READMES)
def test_configuration_example_is_valid(name, tmp_path):
    (example,) = fenced(name, "toml")
    for path in ("portals/our-city.toml", "types/x"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).touch()
    (tmp_path / "normtool.toml").write_text(example, "utf-8")
    assert resolve(tmp_path, Overrides())["strict"].value is True


@pytest.mark.parametrize("name", READMES)
def test_python_example_runs(name):
    (example,) = fenced(name, "python")
    sample = "关于做好秋季林区巡查工作的通知\n各镇人民政府：\n现将有关事项通知如下。\n云岭县林业局\n2023年9月12日\n".encode()
    done = subprocess.run([sys.executable, "-c", example.replace('b"..."', repr(sample))], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_ci_runs_the_test_line_of_the_readme():
    lines = re.findall(r"^python3 .*-m pytest.*$", text("README.md"), re.MULTILINE)
    assert len(lines) == 1
    assert "README.md" in text(".ci/run")


def test_hooks():
    hooks = text(".pre-commit-hooks.yaml")
    assert re.findall(r"^- id: (\S+)$", hooks, re.MULTILINE) == ["normtool-check", "normtool-normalize"]
    assert re.findall(r"^  entry: normtool (\w+) ", hooks, re.MULTILINE) == ["check", "normalize"]
    assert hooks.count("types: [text]") == hooks.count("require_serial: true") == 2
    assert all(hook in text(name) for name in READMES for hook in ("normtool-check", "normtool-normalize"))


def test_changelog_and_version():
    assert "## Unreleased" in text("CHANGELOG.md") or f"## {__version__}" in text("CHANGELOG.md")
    assert tomllib.loads(text("pyproject.toml"))["tool"]["hatch"]["version"]["path"] == "normtool/__init__.py"
