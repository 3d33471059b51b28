"""The bar on the terminal: who sees it, and that it is never in the way of what is printed."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from normtool.cli import progress, streams

DIRTY = "关于做好秋季林区巡查工作的通知\n各镇人民政府：\n请于10月30日前报送结果,逾期不再受理。\n云岭县林业局\n2023年9月12日\n"
SLOW = "import sys; from normtool.cli import progress; progress._PATIENCE = progress._PAUSE = 0; from normtool.__main__ import main; sys.exit(main(sys.argv[1:]))"
BAR = re.compile("━.*files/s")


def on_terminal(folder, *arguments, stdout=None, **variables):
    """Run the program with a terminal as its standard error, and as its standard output unless told otherwise.

    Give what the terminal gets.
    """
    main_end, other_end = pty.openpty()
    environment = {
        **{k: v for k, v in os.environ.items() if k not in {"CI", "PRE_COMMIT", "GITHUB_ACTIONS"}},
        "TERM": "xterm",
        "COLUMNS": "100",
        **variables,
    }
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=stdout or other_end,
        stderr=other_end,
        env=environment,
    ):
        os.close(other_end)
        pieces = []
        while True:
            try:
                piece = os.read(main_end, 65536)
            except OSError:  # Linux's way of saying that the other end is closed
                break
            if not piece:
                break
            pieces.append(piece)
    os.close(main_end)
    return b"".join(pieces).decode().replace("\r\n", "\n")


def screen(text):
    """Give what is left on the screen: a wiped line is gone."""
    return re.sub(r"\r\x1b\[2K", "", re.sub(r"[^\n]*\r\x1b\[2K", "", text))


@pytest.fixture
def folder(tmp_path):
    for number in range(70):
        (tmp_path / f"{number:02}.txt").write_text(DIRTY if number % 2 else DIRTY.replace(",", "，"), "utf-8")
    return tmp_path


def test_a_person_sees_it(folder):
    text = on_terminal(folder, "normalize", "--write", "-j", "1", ".")
    assert BAR.search(text)
    assert "70/70" in text
    assert screen(text) == "Rewrote 35 of 70 files.\n"


def test_findings_between_two_pictures_of_the_bar_are_whole(folder):
    text = on_terminal(folder, "check", "--output-format", "concise", "-j", "1", "--color", "never", ".")
    assert BAR.search(text)
    lines = screen(text).splitlines()
    assert len(lines) == 36
    assert all(re.fullmatch(r"\d\d\.txt:3:14: TXT001 \[\*\] .*", line) for line in lines[:-1]), lines


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (["normalize", "--write", "."], {"CI": "true"}),
        (["normalize", "--write", "."], {"PRE_COMMIT": "1"}),
        (["normalize", "--write", "."], {"GITHUB_ACTIONS": "true"}),
        (["normalize", "--write", "."], {"TERM": "dumb"}),
        (["normalize", "--write", "--quiet", "."], {}),
        (["check", "--output-format", "jsonl", "."], {}),
        (["parse", "."], {}),
        (["check", "00.txt"], {}),
    ],
    ids=str,
)
def test_nobody_else_does(arguments, variables, folder):
    text = on_terminal(folder, *arguments, **variables)
    assert not BAR.search(text)
    assert "\x1b[2K" not in text


def test_data_to_a_file_leaves_the_terminal_to_the_bar(folder):
    with (folder / "out").open("wb") as out:
        text = on_terminal(folder, "parse", ".", stdout=out)
    assert BAR.search(text)
    assert screen(text) == ""
    assert len((folder / "out").read_bytes().splitlines()) == 70


def test_batch_counts_bytes(tmp_path):
    import json

    (tmp_path / "in.jsonl").write_text("".join(json.dumps({"text": DIRTY}) + "\n" for _ in range(60)), "utf-8")
    text = on_terminal(tmp_path, "batch", "in.jsonl", "-o", "out.jsonl", "-j", "1")
    assert re.search("━.*MB/s", text)
    assert screen(text) == "Wrote 60 records.\n"


def test_short_work_does_not_import_rich():
    code = "import sys; from normtool.cli.progress import Progress\nwith Progress(9, 'files') as _: pass\nassert 'rich' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[1]).returncode == 0


def test_the_streams_are_left_alone_afterwards():
    with progress.Progress(0, "files"):
        assert streams._wipe is not None
    assert streams._wipe is None
