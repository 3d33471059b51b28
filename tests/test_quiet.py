"""What the program does to the machine it runs on, as the interpreter's own audit events tell: no network, and no path but the named ones."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DIRTY = "關於做好秋季林區巡查工作的通知\n各鎮人民政府：\n請於10月30日前報送結果,逾期不再受理。\n雲嶺縣林業局\n2023年9月12日"
PAGE = "<html><body><h1>关于做好巡查工作的通知</h1><p>各镇人民政府：</p><p>请于10月30日前报送结果。</p><img src='http://a.example/b.png'></body></html>"
SPY = """
import json, os, sys
seen = []
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
def spy(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")) and event != "socket.gethostname":
        seen.append((event, str(arguments)))
    elif event in {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "shutil.rmtree", "subprocess.Popen", "os.system", "os.exec"}:
        if event != "os.remove" or arguments[1] == -1:  # else below a folder whose removal is seen as well
            seen.append((event, [os.path.abspath(part) for part in arguments[:2] if isinstance(part, (str, bytes))]))
    elif event == "open" and isinstance(arguments[0], (str, bytes)) and (arguments[2] or 0) & WRITES:
        seen.append((event, [os.path.abspath(os.fsdecode(arguments[0]))]))
sys.dont_write_bytecode = True
sys.addaudithook(spy)
from normtool.__main__ import main
status = main(sys.argv[2:])
with open(sys.argv[1], "w") as report:
    json.dump([status, seen[:]], report)
"""


def spied(folder, tmp_path, *arguments):
    """Run the program in ``folder``; give its status, what it asked of the network, and the paths it changed.

    The folder for temporary files is not among these, but must be left empty: OpenCC takes its configuration only as a file.
    """
    report, temporary = tmp_path / "report.json", tmp_path / "temporary"
    temporary.mkdir()
    subprocess.run(
        [sys.executable, "-c", SPY, str(report), *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    assert list(temporary.iterdir()) == []
    status, events = json.loads(report.read_text())
    events = [(event, what) for event, what in events if str(report) not in str(what) and str(temporary) not in str(what)]
    return (
        status,
        [f"{event}: {what}" for event, what in events if event.startswith("socket")],
        {path for event, paths in events if isinstance(paths, list) for path in paths},
    )


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "work"
    (inside / "docs").mkdir(parents=True)
    (inside / "docs/a.txt").write_text(DIRTY, "utf-8")
    (inside / "docs/b.txt").write_bytes("关于发布规划的公告\n现予公布,特此公告。\n".encode("gb18030"))
    (inside / "docs/c.html").write_text(PAGE, "utf-8")
    (inside / "in.jsonl").write_text(json.dumps({"text": DIRTY}) + "\n", "utf-8")
    return inside


READERS = [
    "check docs",
    "check --output-format sarif docs",
    "normalize docs/a.txt",
    "normalize --diff docs",
    "parse docs",
    "parse docs/c.html",
    "detect docs",
    "rule TXT001",
    "schema notice",
    "config",
    "learn docs",
]


@pytest.mark.parametrize("command", READERS)
def test_what_reads_writes_nothing(command, folder, tmp_path):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    status, network, touched = spied(folder, tmp_path, *command.split())
    assert status in {0, 1}
    assert network == []
    assert {path for path in touched if not path.startswith("/dev/")} == set()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


WRITERS = {
    "normalize --write docs": "docs",
    "normalize --output-dir out docs": "out",
    "check --output-file out.json --output-format json docs": "out.json",
    "parse --output-file out.json docs": "out.json",
    "batch in.jsonl -o out/out.jsonl": "out",
}


@pytest.mark.parametrize("command", WRITERS)
def test_what_writes_touches_the_named_places_alone(command, folder, tmp_path):
    status, network, touched = spied(folder, tmp_path, *command.split(), "--jobs", "1")
    assert status in {0, 1}
    assert network == []
    named = folder / WRITERS[command]
    paths = [path for path in map(Path, touched) if not path.is_relative_to("/dev")]
    assert paths
    beside = {
        path for path in paths if path.parent == named.parent and path.name.startswith(".normtool-")
    }  # moved into the place of the named file
    assert [path for path in paths if not path.is_relative_to(named) and path != named.parent and path not in beside] == []
