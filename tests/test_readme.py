"""What the documentation says is so: commands, formats, keys, hooks, exit statuses; and both languages say the same."""

import html
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from normtool import __version__, normalize, parse
from normtool.catalog import data_bytes
from normtool.cli.app import COMMANDS
from normtool.config import Overrides, configure
from normtool.report import FORMATS

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")


def text(name):
    return (ROOT / name).read_text("utf-8")


def fenced(name, language):
    return re.findall(rf"```{language}\n(.*?)```", text(name), re.DOTALL)


def test_both_languages_have_the_same_commands():
    without_remarks = [
        [re.sub(r"\s+#.*", "", "\n".join(fenced(name, language))) for name in READMES]
        for language in ("sh", "toml", "python", "text")
    ]
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


MINUTES = "我市要闻 > 林业局 > 公告\n云岭县林业局会议纪要\n2023年9月12日，县林业局召开会议，研究秋季林区巡查工作。\n云岭县林业局\n2023年9月12日\n"


@pytest.mark.parametrize("name", READMES)
def test_examples_of_configuration_portal_and_type_work_together(name, tmp_path):
    configuration, pack = fenced(name, "toml")
    (schema,) = fenced(name, "json")
    for path, content in (
        ("normtool.toml", configuration),
        ("portals/our-city.toml", pack),
        ("types/minutes.schema.json", schema),
    ):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content, "utf-8")
    found = configure(tmp_path, Overrides())
    assert found.strict is True
    document = parse(MINUTES, found.settings)
    assert (document["document_type"], document["title"]) == ("minutes", "云岭县林业局会议纪要")
    assert normalize(MINUTES, found.settings) == MINUTES.partition("\n")[2]


@pytest.mark.parametrize("name", READMES)
def test_ci_examples_are_what_the_services_read(name):
    hooks, github, gitlab = (yaml.safe_load(block) for block in fenced(name, "yaml"))
    assert hooks["repos"][0]["hooks"] == [{"id": "normtool-check", "files": "^docs/"}]
    commands = [github[0]["run"], gitlab["normtool"]["script"][1]]
    assert all("normtool check " in command for command in commands)
    assert gitlab["normtool"]["artifacts"]["reports"]["codequality"] in commands[1]


def test_picture_of_the_terminal_shows_what_is_printed():
    """Drawn again with scripts/terminal_picture.py; nothing in it is fetched."""
    picture = text("samples/terminal.svg")
    shown = re.sub(r"<[^>]*>|&#160;|\s", "", html.unescape(picture.replace("&#160;", "")))
    done = subprocess.run(
        [sys.executable, "-m", "normtool", "normalize", "--isolated", "samples/raw/announcement.txt"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert all(line[:40] in shown for line in done.stdout.decode().splitlines())
    assert "url(http" not in picture
    assert ET.fromstring(picture).tag.endswith("svg")
    assert all("(samples/terminal.svg)" in text(name) for name in READMES)


@pytest.mark.parametrize("name", READMES)
def test_python_example_runs(name):
    (example,) = fenced(name, "python")
    sample = "关于做好秋季林区巡查工作的通知\n各镇人民政府：\n现将有关事项通知如下。\n云岭县林业局\n2023年9月12日\n".encode()
    done = subprocess.run([sys.executable, "-c", example.replace('b"..."', repr(sample))], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not (ROOT / ".ci").exists(), reason="no part of the source distribution")
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
