"""The command line as a user meets it: exit statuses, streams, and what is on the disk afterwards."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
import tomllib
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from normtool import pipeline
from normtool.__main__ import main

TABLE = tomllib.loads((Path(__file__).parent / "cases/cli.toml").read_text("utf-8"))
TEXTS = TABLE["texts"]


def expand(text):
    for name, value in TEXTS.items():
        text = text.replace(f"${name}", value)
    return text


def to_bytes(form):
    """Give the bytes that a case means: ``hex:…``, ``gb18030:…``, ``damaged:…`` (a byte broken on the third line) or UTF-8 text."""
    kind, _, rest = form.partition(":")
    if kind == "hex":
        return bytes.fromhex(rest)
    if kind == "damaged":
        lines = expand(rest).encode().splitlines(keepends=True)
        return b"".join(lines[:2]) + b"\xff" + b"".join(lines[2:])
    return expand(rest).encode(kind) if kind == "gb18030" else expand(form).encode()


def snapshot(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("NORMTOOL_OUTPUT_FORMAT", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def put(folder, files):
    for name, form in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(to_bytes(form))


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: f"{case['command']}: {case['why']}")
def test_command_line(case, folder, monkeypatch, capfdbinary):
    put(folder, case["files"])
    for name in case.get("read_only", ()):
        (folder / name).chmod(0o444)
    for name, value in case.get("environment", {}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(to_bytes(case.get("stdin", "")))))
    before = snapshot(folder)

    status = main(shlex.split(case["command"]))

    captured = capfdbinary.readouterr()
    out, err = captured.out.decode(), captured.err.decode()
    assert "Traceback" not in err
    assert "internal error" not in err
    for have, key in ((out, "stdout"), (err, "stderr")):
        assert all(expand(piece) in have for piece in case.get(key, ())), have
        if f"{key}_is" in case:
            assert have == expand(case[f"{key}_is"])
    assert status == case["status"], err
    if "lines" in case:
        assert len([json.loads(line) for line in out.splitlines()]) == case["lines"]
    after = snapshot(folder)
    expected = case.get("after", {})
    assert {name for name in after if before.get(name) != after[name]} == set(expected)
    assert before.keys() <= after.keys()
    assert all(after[name] == to_bytes(form) for name, form in expected.items() if form != "?")


def test_broken_promise_writes_nothing_and_says_so(folder, monkeypatch, capfd):
    put(folder, {"a.txt": "$DIRTY", "b.txt": "$DIRTY"})

    def broken(*_):
        raise pipeline.PromiseError("the history does not give back the decoded text")

    monkeypatch.setattr(pipeline, "normalize", broken)
    assert main(["normalize", "--write", "a.txt", "b.txt"]) == 2
    error = capfd.readouterr().err
    assert error.count("internal error, nothing written: PromiseError: the history does not give back the decoded text") == 2
    assert "Traceback" not in error
    assert snapshot(folder) == {"a.txt": to_bytes("$DIRTY"), "b.txt": to_bytes("$DIRTY")}
    assert main(["normalize", "-v", "--write", "a.txt"]) == 2
    assert "Traceback" in capfd.readouterr().err


def test_two_wins_over_one(folder):
    put(folder, {"a.txt": "$DIRTY"})
    assert main(["check", "a.txt", "nowhere.txt"]) == 2
    assert main(["check", "--exit-zero", "a.txt", "nowhere.txt"]) == 2


def test_strict_lets_warnings_fail(folder, monkeypatch):
    put(folder, {"a.txt": "$CLEAN"})
    from normtool import runner
    from normtool.model import Location
    from normtool.results import Checked, Excerpt, Problem

    place = Location(1, 1)
    warning = Problem("DOC007", "recipient-missing", "warning", "no addressee", "a.txt", place, place, Excerpt("", 0, 0))
    monkeypatch.setattr(runner, "check", lambda task: Checked("a.txt", (warning,), strict=task.strict))
    assert main(["check", "a.txt"]) == 0
    assert main(["check", "--strict", "a.txt"]) == 1
    monkeypatch.setattr(
        runner, "check", lambda task: Checked("a.txt", (warning._replace(severity="info"),), strict=task.strict)
    )
    assert main(["check", "--strict", "a.txt"]) == 0
    monkeypatch.setattr(runner, "check", lambda _: Checked("a.txt", (warning._replace(severity="error"),)))
    assert main(["check", "a.txt"]) == 1


def test_normalizing_twice_writes_once(folder, capfd):
    put(folder, {"a.txt": "$DIRTY"})
    main(["normalize", "--write", "a.txt"])
    stamp = (folder / "a.txt").stat().st_mtime_ns, (folder / "a.txt").stat().st_ino
    main(["normalize", "--write", "a.txt"])
    assert ((folder / "a.txt").stat().st_mtime_ns, (folder / "a.txt").stat().st_ino) == stamp
    assert "Rewrote 0 of 1 file." in capfd.readouterr().err


def test_a_folder_of_results_is_written_once(folder, capfd):
    """What is there already keeps its time of writing, and is not counted."""
    put(folder, {"in/a.txt": "$DIRTY", "in/b.txt": "$CLEAN", "in/c.txt": "$DIRTY"})
    main(["normalize", "-o", "out", "in"])
    before = [
        ((folder / "out" / name).stat().st_mtime_ns, (folder / "out" / name).stat().st_ino) for name in ("a.txt", "b.txt")
    ]
    (folder / "out/c.txt").write_text("edited")
    main(["normalize", "-o", "out", "in"])
    after = [((folder / "out" / name).stat().st_mtime_ns, (folder / "out" / name).stat().st_ino) for name in ("a.txt", "b.txt")]
    assert before == after
    assert (folder / "out/c.txt").read_bytes() == to_bytes("$CLEAN")
    assert capfd.readouterr().err == "Wrote 3 of 3 files.\nWrote 1 of 3 files, 2 were there already.\n"


def test_jobs_do_not_change_the_output(folder, capfdbinary):
    put(folder, {f"{n:03}.txt": "$DIRTY" if n % 3 else "$CLEAN" for n in range(70)})
    put(folder, {"050.txt": "damaged:$CLEAN"})
    outputs = []
    for jobs in ("1", "3"):
        assert main(["check", "--jobs", jobs, "--output-format", "jsonl", ".", "nowhere.txt"]) == 2
        outputs.append(capfdbinary.readouterr())
    assert outputs[0] == outputs[1]
    assert outputs[0].out.count(b"\n") >= 90


@pytest.mark.parametrize(
    ("output_dir", "paths"), [("link", "docs"), ("docs", "link"), ("out", "docs"), ("docs/sub/..", "docs/a.txt docs/b.txt")]
)
def test_no_result_goes_over_a_document_through_a_link(output_dir, paths, folder, capfd):
    """Neither through a link to the folder, nor through one to each file."""
    put(folder, {"docs/a.txt": "$DIRTY", "docs/b.txt": "$DIRTY"})
    (folder / "docs/sub").mkdir()
    (folder / "out").mkdir()
    (folder / "link").symlink_to("docs", target_is_directory=True)
    (folder / "out/a.txt").symlink_to("../docs/a.txt")
    (folder / "out/b.txt").hardlink_to(folder / "docs/b.txt")
    before = snapshot(folder)
    assert main(["normalize", "--output-dir", output_dir, *paths.split()]) == 2
    assert capfd.readouterr().err.count("is one of the documents; nothing written") == 2
    assert snapshot(folder) == before


@pytest.mark.parametrize("jobs", ["1", "4"])
def test_links_do_not_make_the_output_random(jobs, folder, capfd):
    put(folder, {f"{n:03}.txt": "$DIRTY" for n in range(40)})
    for n in range(0, 40, 2):
        (folder / f"{n:03}-twin.txt").symlink_to(f"{n:03}.txt")
        (folder / f"{n + 1:03}-a.txt").symlink_to(f"{n + 1:03}.txt")
    assert main(["normalize", "--write", "-j", jobs, "."]) == 0
    assert capfd.readouterr().err == "Rewrote 40 of 40 files.\n"
    assert set(snapshot(folder).values()) == {to_bytes("$CLEAN")}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", [["check"], ["normalize", "--write"], ["parse"], ["detect"]], ids=" ".join)
def test_a_path_that_is_too_long_is_told(command, capfd):
    assert main([*command, "长" * 300]) == 2
    assert "cannot be read: File name too long" in capfd.readouterr().err
    assert main(["config", "长" * 300]) == 2
    assert "no such file or folder" in capfd.readouterr().err


def run(*arguments, **options):
    return subprocess.Popen([sys.executable, "-m", "normtool", *arguments], **options)


def test_reader_that_leaves_is_no_crash(folder):
    put(folder, {f"{n:04}.txt": "$DIRTY" for n in range(40)})
    reading, writing = os.pipe()
    os.close(reading)
    done = run("check", ".", cwd=folder, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    error = done.communicate(timeout=60)[1]
    assert (done.returncode, error) == (2, b"")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_that_finds_room_in_part_only_is_no_success(unbuffered, folder):
    """Python writes at once where PYTHONUNBUFFERED is set, as in many containers, and then no more than there is room for."""
    put(folder, {"a.txt": "$DIRTY" + "各单位要做好防火工作。\n" * 1000})
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); from normtool.__main__ import command; command()"
    with (folder / "out").open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-c", limited, "normalize", "a.txt"],
            cwd=folder,
            stdout=out,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, b"standard output cannot be written: File too large\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_full_standard_output(folder):
    put(folder, {"a.txt": "$DIRTY"})
    with Path("/dev/full").open("wb") as full:
        done = run("normalize", "a.txt", cwd=folder, stdout=full, stderr=subprocess.PIPE)
        error = done.communicate(timeout=60)[1].decode()
    assert done.returncode == 2
    assert error == "standard output cannot be written: No space left on device\n"


@pytest.mark.skipif(os.name != "posix", reason="the shell closes the streams")
@pytest.mark.parametrize(
    ("arguments", "closed", "status", "error"),
    [
        ("check clean.txt", ">&-", 0, "Checked 1 file: no problems.\n"),
        ("check dirty.txt", ">&-", 2, "standard output is closed; open it, or name a file\n"),
        ("check dirty.txt", ">&- 2>&-", 2, ""),
        ("check --output-file out dirty.txt", "2>&-", 1, ""),
        ("parse --format text clean.txt", ">&-", 2, "standard output is closed; open it, or name a file\n"),
        ("detect clean.txt", ">&-", 2, "standard output is closed; open it, or name a file\n"),
        ("check -", "<&-", 2, "standard input is closed; open it, or name a file\n"),
    ],
)
def test_closed_streams(arguments, closed, status, error, folder):
    """A service may start a program without them; what cannot be told there must be told by the exit status."""
    put(folder, {"dirty.txt": "$DIRTY", "clean.txt": "$CLEAN"})
    done = subprocess.run(
        f"'{sys.executable}' -m normtool {arguments} {closed}",
        check=False,
        shell=True,
        cwd=folder,
        stderr=subprocess.PIPE,
        timeout=60,
    )
    assert (done.returncode, done.stderr.decode()) == (status, error)


def test_a_watched_process_ends_in_the_usual_way(folder):
    """A profiler writes what it saw when the interpreter is taken down.

    At other times that is left out, for it takes a tenth of a check.
    """
    put(folder, {"a.txt": "$CLEAN"})
    done = subprocess.run(
        [sys.executable, "-m", "cProfile", "-m", "normtool", "check", "a.txt"],
        check=False,
        cwd=folder,
        capture_output=True,
        timeout=60,
    )
    assert b"function calls" in done.stdout


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("ending", "status"), [("SIGINT", 130), ("SIGTERM", -15)])
@pytest.mark.parametrize("group", [False, True], ids=["the process", "its group"])
def test_interrupt(ending, status, group, jobs, folder):
    many = "".join(f"第{n}林班由护林员{n * 7}人负责,每日巡查{n % 9 + 2}次。\n" for n in range(1, 400))
    long_text = TEXTS["DIRTY"].replace("二、工作要求", f"{many}二、工作要求")
    put(folder, {f"{n:04}.txt": long_text for n in range(150)})
    before = snapshot(folder)
    done = run("normalize", "--write", "--jobs", jobs, ".", cwd=folder, stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 30
    while before.items() <= snapshot(folder).items() and time.monotonic() < deadline:
        time.sleep(0.05)
    (os.killpg if group else os.kill)(done.pid, getattr(signal, ending))
    error = done.communicate(timeout=60)[1]
    assert b"Traceback" not in error
    if done.returncode == 2:  # a process of the group was quicker than the first
        assert (ending, group, b"ended from outside" in error) == ("SIGTERM", True, True)
    else:
        assert done.returncode == status
        told = re.fullmatch(
            rb"Stopped: (?:at least (\d+) files? done, )?no file half-written; run again for the rest.\n", error
        )
        assert told
        assert int(told[1] or 0) <= sum(data != before[name] for name, data in snapshot(folder).items())
    after = snapshot(folder)
    assert after.keys() == before.keys()
    clean = {data for name, data in after.items() if data != before[name]}
    assert len(clean) == 1
    assert clean != set(before.values())


@pytest.mark.skipif(os.name != "posix", reason="Windows ends a process at once")
def test_a_report_that_is_ended_leaves_nothing(folder):
    """It is ended while it reads the second file, which comes through a pipe that the test holds open."""
    put(folder, {"a.txt": "$DIRTY"})
    os.mkfifo(folder / "b.txt")
    done = run("check", "--output-file", "report.json", "a.txt", "b.txt", cwd=folder)
    pipe = opened_when_read(folder / "b.txt")
    done.terminate()
    time.sleep(0.2)
    os.close(pipe)  # a signal that came just before the reading is heeded when that ends
    assert done.wait(timeout=60) == -15
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt"]


def opened_when_read(pipe):
    """Open a named pipe for writing as soon as somebody reads it."""
    deadline = time.monotonic() + 60
    while True:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def test_locale_does_not_matter(folder):
    put(folder, {"文.txt": "$DIRTY"})
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run("normalize", "文.txt", cwd=folder, env=environment, stdout=subprocess.PIPE)
    assert done.communicate(timeout=60)[0].decode() == TEXTS["CLEAN"]


@pytest.mark.usefixtures("folder")
@pytest.mark.skipif(os.name != "posix" or sys.platform == "darwin", reason="file names are bytes on Linux alone")
def test_file_name_that_is_not_utf_8(capfdbinary):
    """Archives unpacked on Linux keep the names that a Chinese Windows gave them."""
    Path(os.fsdecode("公文.txt".encode("gbk"))).write_bytes(to_bytes("$DIRTY"))
    assert main(["check", "--output-format", "jsonl", "."]) == 1
    assert all(
        json.loads(line)["filename"] == os.fsdecode("公文.txt".encode("gbk"))
        for line in capfdbinary.readouterr().out.splitlines()
    )
    for command in (["check", "--show-files", "."], ["normalize", "--check", "."]):
        main(command)
        assert capfdbinary.readouterr().out == "公文.txt\n".encode("gbk")  # the bytes by which a program finds it
    assert main(["normalize", "--write", "."]) == 0


def test_force_colour_and_no_colour(folder, monkeypatch, capfd):
    put(folder, {"a.txt": "$DIRTY"})
    main(["check", "a.txt"])
    assert "\x1b" not in capfd.readouterr().out
    main(["check", "--color", "always", "a.txt"])
    assert "\x1b[33mTXT001" in capfd.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["check", "a.txt"])
    assert "\x1b[33mTXT001" in capfd.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    main(["check", "a.txt"])
    assert "\x1b" not in capfd.readouterr().out


def test_no_command_shows_help(capfd):
    assert main([]) == 2
    assert "Commands:" in capfd.readouterr().err


@pytest.mark.usefixtures("folder")
@pytest.mark.skipif(os.name != "posix", reason="Windows has no such names")
def test_file_name_that_a_terminal_would_act_upon(capfd):
    name = "a\x1b[31m\n.txt"
    Path(name).write_bytes(to_bytes("$DIRTY"))
    for command in (
        ["check", "--output-format", "concise", "."],
        ["check", "--output-format", "github", "."],
        ["normalize", "--diff", "."],
    ):
        main(command)
        printed = capfd.readouterr().out
        assert "\x1b" not in printed
        assert "a\\x1b[31m\\n.txt" in printed
    for command in (["check", "--show-files", "."], ["normalize", "--check", "."]):
        main(command)
        assert capfd.readouterr().out == f"{name}\n"  # a program gets the name that it can open


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such names")
@pytest.mark.parametrize("command", [["check", "--show-files", "."], ["normalize", "--check", "."]], ids=" ".join)
def test_a_list_of_names_on_a_terminal(command, folder):
    (folder / "a\x1b[31m\n.txt").write_bytes(to_bytes("$DIRTY"))
    main_end, other_end = os.openpty()
    run(*command, cwd=folder, stdout=other_end, stderr=subprocess.DEVNULL).wait(timeout=60)
    os.close(other_end)
    assert os.read(main_end, 1000) == b"a\\x1b[31m\\n.txt\r\n"
    os.close(main_end)


@pytest.mark.parametrize(
    ("command", "absent", "present"),
    [
        ("detect", ("--select", "--unsafe", "--script"), "--encoding"),
        ("learn", ("--type", "--select", "--color"), "--min-share"),
    ],
)
def test_help_lists_what_means_something(command, absent, present, capfd):
    assert main([command, "--help"]) == 0
    text = capfd.readouterr().out
    assert present in text
    assert not [option for option in absent if f"{option} " in text]
