"""The hooks as pre-commit runs them: installed from a repository of this checkout, on folders that pass and folders that fail."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

pytest.importorskip("pre_commit", reason="pre-commit is not installed")

ROOT = Path(__file__).parents[1]
PRE_COMMIT = [sys.executable, "-m", "pre_commit"]
SHIPPED = ("normtool", "schemas", "pyproject.toml", "README.md", "LICENSE", "NOTICE", ".pre-commit-hooks.yaml")
CLEAN = "关于做好秋季林区巡查工作的通知\n各镇人民政府：\n现将有关事项通知如下，请遵照执行。\n云岭县林业局\n2023年9月12日\n"
DIRTY = CLEAN.replace("，", ",")
POSITIVE = {
    "docs/a.txt": CLEAN,
    "docs/b.md": CLEAN,
    "LICENSE": "Permission is hereby granted \r\n",
    "requirements.txt": "typer  # 命令行,必需\n",
    "docs/data.jsonl": '{"题名":"关于开放林道的通知","正文":"你好,世界(第1版)"}\n',
    "docs/a.swift": 'let 名称 = 取名("林道",值:甲(乙))\n',
    "docs/a.scss": '.a { content: "首页,列表"; }\n',
    "docs/CMakeLists.txt": "project(林道)\n",
    "docs/page.shtml": "<!DOCTYPE html><html><body><p>通知,公告</p></body></html>\n",
    "docs/.env": "名称=林道(甲),乙\n",
    "docs/a.po": 'msgstr "首页,列表"\n',
    "empty.txt": "",
}
NEGATIVE = {"docs/a.txt": CLEAN, "docs/comma.txt": DIRTY, "docs/无扩展名": DIRTY}
HOOKS = ("normtool-check", "normtool-normalize")


def git(folder, *arguments):
    command = ["git", "-c", "user.name=test", "-c", "user.email=test@test.invalid", "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """Give a repository that holds what a user installs, as this checkout has it."""
    folder = tmp_path_factory.mktemp("repository")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "-f", ".")
    git(folder, "commit", "-qm", "shipped")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def project(folder, files):
    git(folder, "init", "-q")
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    git(folder, "add", ".")


def pre_commit(folder, home, *arguments):
    """Run pre-commit; where it cannot install anything, as without a network, skip."""
    environment = {**os.environ, "PRE_COMMIT_HOME": str(home), "NO_COLOR": ""}
    done = subprocess.run(
        [*PRE_COMMIT, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    if done.returncode == 3 and "pip" in done.stdout + done.stderr:
        pytest.skip("pre-commit cannot install the hook's packages here")
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def installed(repository, home, tmp_path_factory):
    """Install the hooks once; give the configuration that names them."""
    config = tmp_path_factory.mktemp("config") / "config.yaml"
    hooks = "".join(f"      - id: {hook}\n" for hook in HOOKS)
    config.write_text(
        f"repos:\n  - repo: {repository.as_uri()}\n    rev: {git(repository, 'rev-parse', 'HEAD')}\n    hooks:\n{hooks}",
        "utf-8",
    )
    project(config.parent, {})
    status, output = pre_commit(config.parent, home, "install-hooks", "--config", str(config))
    assert status == 0, output
    return config


@pytest.fixture
def run(installed, home, tmp_path):
    def run_hook(hook, files, colour):
        project(tmp_path, files)
        return pre_commit(tmp_path, home, "run", hook, "--config", str(installed), "--all-files", "--color", colour)

    return run_hook


@pytest.mark.parametrize("colour", ["always", "never"])
@pytest.mark.parametrize("hook", HOOKS)
def test_positive(hook, colour, run, tmp_path):
    status, output = run(hook, POSITIVE, colour)
    assert status == 0, output
    assert "Passed" in output
    assert {name: (tmp_path / name).read_bytes().decode() for name in POSITIVE} == POSITIVE


@pytest.mark.parametrize("colour", ["always", "never"])
def test_negative_check(colour, run, tmp_path):
    """With colours, pre-commit gives a hook a terminal: findings have colours then, and no bar is drawn."""
    status, output = run("normtool-check", NEGATIVE, colour)
    assert status == 1
    assert all(word in output for word in ("TXT001", "docs/comma.txt", "docs/无扩展名"))
    assert "docs/a.txt" not in output
    assert ("\x1b[33mTXT001" in output) == (colour == "always")
    assert "\x1b[2K" not in output
    assert {name: (tmp_path / name).read_text("utf-8") for name in NEGATIVE} == NEGATIVE


@pytest.mark.parametrize("colour", ["always", "never"])
def test_negative_normalize(colour, run, tmp_path):
    """The hook fails because it changed files; run again, it passes."""
    status, output = run("normtool-normalize", NEGATIVE, colour)
    assert status == 1
    assert "files were modified by this hook" in output
    assert "\x1b[2K" not in output
    assert {name: (tmp_path / name).read_text("utf-8") for name in NEGATIVE} == dict.fromkeys(NEGATIVE, CLEAN)


def test_excluded_files_are_left_out_though_pre_commit_names_them(run):
    """The configuration itself is no document, however many hanzi it holds."""
    status, output = run("normtool-check", {**NEGATIVE, "normtool.toml": 'exclude = ["comma.txt", "无扩展名"]'}, "never")
    assert status == 0, output


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        *((name, True) for name in ("a.txt", "docs/2023.5.txt", "README", "a.TXT", "a.b/公文", "a.md")),
        *((name, False) for name in ("a.c", "docs/.gitignore", "requirements-dev.txt", "a.txt.bak", "a.html")),
    ],
)
def test_names(name, taken):
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")):
        assert (re.search(hook["exclude"], name) is None) == taken


def test_try_repo(repository, home, tmp_path):
    project(tmp_path, NEGATIVE)
    status, output = pre_commit(
        tmp_path, home, "try-repo", str(repository), "normtool-check", "--all-files", "--color", "never"
    )
    assert status == 1
    assert "TXT001" in output
