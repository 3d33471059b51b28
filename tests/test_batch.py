"""JSON Lines in and out: records, shards, what is set aside, and runs that were stopped."""

import base64
import errno
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from normtool import normalize
from normtool.__main__ import main
from normtool.cli import batch
from normtool.files import resumable

DIRTY = "关于做好第{}林班秋季巡查工作的通知\n各镇人民政府:\n请于10月30日前报送结果,逾期不再受理。\n云岭县林业局\n2023年9月12日"
GOOD = [{"id": number, "text": DIRTY.format(number), "site": "x"} for number in range(30)]


def write(path, records):
    lines = "".join(f"{record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)}\n" for record in records)
    path.write_bytes((gzip.compress if path.suffix == ".gz" else bytes)(lines.encode("utf-8", "surrogatepass")))
    return path


def read(path):
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.splitlines()]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_record_keeps_its_keys_and_gets_one(folder):
    write(folder / "in.jsonl", GOOD)
    assert main(["batch", "in.jsonl", "-o", "out.jsonl", "--id-field", "id"]) == 0
    records = read(folder / "out.jsonl")
    assert [{key: record[key] for key in GOOD[0]} for record in records] == GOOD
    made = records[7]["normtool"]
    assert made["text"] == normalize(GOOD[7]["text"])
    assert made["document"]["document_type"] == "notice"
    assert made["findings"]["fixed"]["TXT001"] >= 1
    assert (made["findings"]["left"], made["findings"]["worst"]) == ({}, None)
    assert sorted(path.name for path in folder.iterdir()) == ["in.jsonl", "out.jsonl"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_results_are_no_pipe(folder, capfd):
    write(folder / "in.jsonl", GOOD[:1])
    os.mkfifo(folder / "out.jsonl")
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 2
    assert "out.jsonl: no regular file, in which a stopped run could go on" in capfd.readouterr().err
    assert (folder / "out.jsonl").is_fifo()


@pytest.mark.skipif(not Path("/dev/stdout").is_symlink(), reason="the standard streams are no links here")
def test_a_link_to_what_has_no_name_is_no_file(folder):
    """What leads to a pipe, as /dev/stdout may, leads in words to a path at which there is nothing."""
    write(folder / "in.jsonl", GOOD[:1])
    command = [sys.executable, "-m", "normtool", "batch", "in.jsonl", "-o", "/dev/stdout"]
    done = subprocess.run(command, capture_output=True, cwd=folder, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "/dev/stdout: no regular file, in which a stopped run could go on; name a file" in done.stderr


def test_a_link_to_the_results_is_followed(folder):
    write(folder / "in.jsonl", GOOD[:1])
    (folder / "there").mkdir()
    (folder / "out.jsonl").symlink_to("there/results.jsonl")
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 0
    assert (folder / "out.jsonl").is_symlink()
    assert len(read(folder / "there/results.jsonl")) == 1


def refused(command, folder, texts, capfd):
    """Run a command that must be refused; give its message. Nothing in the folder may change."""
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert main(["batch", *command]) == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    return capfd.readouterr().err


INPUT = json.dumps(GOOD[0], ensure_ascii=False) + "\n"


@pytest.mark.parametrize("restart", [[], ["--restart"]], ids=str)
@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("z.jsonl.part", "z.jsonl"),
        ("z.jsonl.journal", "z.jsonl"),
        ("z.errors.jsonl", "z.jsonl"),
        ("z.errors.jsonl.part", "z.jsonl"),
        ("z.jsonl", "../{folder}/z.jsonl"),
    ],
)
def test_the_input_is_not_written_over(source, target, restart, folder, capfd):
    told = refused([source, "-o", target.format(folder=folder.name), *restart], folder, {source: INPUT}, capfd)
    assert f"{source}: would write over the input; give another name" in told


def test_the_input_is_not_written_over_through_a_link(folder, capfd):
    (folder / "q.jsonl.part").symlink_to("in.jsonl")
    told = refused(["in.jsonl", "-o", "q.jsonl"], folder, {"in.jsonl": INPUT}, capfd)
    assert "q.jsonl.part: would write over the input" in told


@pytest.mark.parametrize("restart", [[], ["--restart"]], ids=str)
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("q.jsonl.part", "is in the way, and without a journal no part of a stopped run; move it away"),
        ("q.errors.jsonl.part", "is in the way, and without a journal no part of a stopped run; move it away"),
        ("q.jsonl.journal", "no journal of normtool; move it away"),
        ("q.errors.jsonl", "is no file of records that normtool set aside, and would be written over; move it away"),
    ],
)
def test_a_file_of_somebody_else_stays(name, why, restart, folder, capfd):
    told = refused(["in.jsonl", "-o", "q.jsonl", *restart], folder, {"in.jsonl": INPUT, name: '{"mine": 1}\n'}, capfd)
    assert f"{name}: {why}" in told


@pytest.mark.parametrize("name", ["q.jsonl", "q.jsonl.part", "q.jsonl.journal", "q.errors.jsonl", "q.errors.jsonl.part"])
def test_a_folder_in_the_way_is_told_before_the_work(name, folder, capfd, monkeypatch):
    write(folder / "in.jsonl", GOOD)
    (folder / name).mkdir()
    monkeypatch.setattr(batch, "_run", lambda *_, **__: pytest.fail("worked all the same"))
    assert main(["batch", "in.jsonl", "-o", "q.jsonl"]) == 2
    assert name in capfd.readouterr().err


def test_an_empty_part_is_in_nobodys_way(folder):
    write(folder / "in.jsonl", GOOD[:1])
    (folder / "q.jsonl.part").touch()
    assert main(["batch", "in.jsonl", "-o", "q.jsonl"]) == 0


def test_outputs_that_share_a_stem_share_no_errors(folder):
    write(folder / "in.jsonl", GOOD[:1])
    write(folder / "bad.jsonl", ["{"])
    assert main(["batch", "bad.jsonl", "-o", "o.jsonl"]) == 1
    assert main(["batch", "in.jsonl", "-o", "o.jsonl.gz"]) == 0
    assert len(read(folder / "o.errors.jsonl")) == 1
    assert main(["batch", "bad.jsonl", "-o", "o.jsonl.gz"]) == 1
    assert len(read(folder / "o.jsonl.gz.errors.jsonl")) == 1


def test_errors_of_the_user_that_come_during_the_run_stay(folder, monkeypatch):
    write(folder / "in.jsonl", GOOD[:1])
    real = resumable.finish

    def finish(results):
        (folder / "out.errors.jsonl").write_text("mine\n")
        real(results)

    monkeypatch.setattr(resumable, "finish", finish)
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 0
    assert (folder / "out.errors.jsonl").read_text() == "mine\n"


def test_a_run_that_came_to_nothing_is_in_no_other_runs_way(folder):
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(os.urandom(100_000))[:50_000])
    assert main(["batch", "cut.jsonl.gz", "-o", "out.jsonl"]) == 2
    write(folder / "in.jsonl", GOOD[:1])
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["cut.jsonl.gz", "in.jsonl", "out.jsonl"]


BAD = {
    "not JSON: Expecting property name": "{",
    "no JSON object": "[1]",
    "no field 'text' with a text": '{"id": 1}',
    "no field 'text' with a text ": '{"id": 1, "text": 5}',
    "no field 'id' with a text or a whole number": '{"text": "通知"}',
    "no field 'id' with a text or a whole number ": '{"text": "通知", "id": ' + "9" * 5000 + "}",
    "half of a surrogate pair": '{"id": 1, "text": "通\\ud800知"}',
    "nested too deeply": '{"id": 1, "text": "通知", "x": ' + "[" * 200_000 + "]" * 200_000 + "}",
}


@pytest.mark.parametrize("reason", BAD)
def test_a_bad_record_is_set_aside_as_it_stood(reason, folder, capfd):
    write(folder / "in.jsonl", [GOOD[0], BAD[reason], GOOD[1]])
    assert main(["batch", "in.jsonl", "-o", "out.jsonl", "--id-field", "id"]) == 1
    assert [record["id"] for record in read(folder / "out.jsonl")] == [0, 1]
    (error,) = read(folder / "out.errors.jsonl")
    assert (error["line"], error["record"]) == (2, BAD[reason])
    assert error["reason"].startswith(reason.strip())
    assert "Wrote 2 records, set 1 aside in out.errors.jsonl." in capfd.readouterr().err


def test_bytes_that_are_no_utf_8_and_lines_from_windows(folder):
    (folder / "in.jsonl").write_bytes(b"\xef\xbb\xbf" + json.dumps(GOOD[0]).encode() + b'\r\n\r\n{"text": "\xc1\xd0"}\r\n')
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 1
    assert len(read(folder / "out.jsonl")) == 1
    assert [(error["line"], error["reason"]) for error in read(folder / "out.errors.jsonl")] == [
        (3, "not UTF-8 at byte 10 of the line")
    ]


def test_a_broken_byte_is_told_from_what_it_is_shown_as(folder):
    lines = [b'{"text": "\xff"', b'{"text": "\\xff"']
    (folder / "in.jsonl").write_bytes(b"\n".join(lines))
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 1
    broken, literal = read(folder / "out.errors.jsonl")
    assert broken["record"] == literal["record"] == lines[1].decode()
    assert base64.b64decode(broken["base64"]) == lines[0]
    assert "base64" not in literal


def test_a_text_without_hanzi_stays(folder):
    write(folder / "in.jsonl", [{"text": "Permission is granted \r\n"}])
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 0
    assert read(folder / "out.jsonl")[0]["normtool"] == {
        "text": "Permission is granted \r\n",
        "document": None,
        "findings": {"fixed": {}, "left": {}, "worst": None},
    }


def test_shards_are_the_whole(folder):
    write(folder / "in.jsonl", [*GOOD[:10], "{", *GOOD[10:]])
    main(["batch", "in.jsonl", "-o", "whole.jsonl"])
    for shard in ("1/3", "2/3", "3/3"):
        main(["batch", "in.jsonl", "-o", f"shards/{shard[0]}.jsonl", "--shard", shard])
    shards = [read(path) for path in sorted((folder / "shards").glob("?.jsonl"))]
    assert [len(shard) for shard in shards] == [11, 9, 10]
    assert sorted((record for shard in shards for record in shard), key=lambda record: record["id"]) == read(
        folder / "whole.jsonl"
    )
    assert len(list((folder / "shards").glob("*.errors.jsonl"))) == 1


def test_packed_files(folder):
    write(folder / "in.jsonl.gz", GOOD)
    write(folder / "in.jsonl", GOOD)
    assert main(["batch", "in.jsonl.gz", "-o", "out.jsonl.gz"]) == 0
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 0
    assert read(folder / "out.jsonl.gz") == read(folder / "out.jsonl")


@pytest.mark.parametrize("garbage", [b"garbage", b"x", b"\0\0\0garbage\n{}\n"])
def test_what_follows_packed_data_is_left_out(garbage, folder, capfd):
    """As gzip does; the last record is there although its line has no end."""
    packed = write(folder / "in.jsonl.gz", GOOD).read_bytes()
    last = gzip.compress(json.dumps(GOOD[0], ensure_ascii=False).encode())
    (folder / "in.jsonl.gz").write_bytes(packed + last + garbage)
    assert main(["batch", "in.jsonl.gz", "-o", "out.jsonl"]) == 1
    assert [record["id"] for record in read(folder / "out.jsonl")] == [*range(30), 0]
    told = capfd.readouterr().err
    assert "in.jsonl.gz: behind line 31, the last, is something that is not gzip; it was left out\n" in told
    assert "Wrote 31 records." in told
    assert sorted(path.name for path in folder.iterdir()) == ["in.jsonl.gz", "out.jsonl"]


@pytest.mark.parametrize("padding", [b"", b"\0" * 700])
def test_padding_behind_packed_data_is_nothing(padding, folder, capfd):
    source = write(folder / "in.jsonl.gz", GOOD)
    source.write_bytes(source.read_bytes() + padding)
    assert main(["batch", "in.jsonl.gz", "-o", "out.jsonl"]) == 0
    assert capfd.readouterr().err == "Wrote 30 records.\n"


def _no_gzip(_):
    return INPUT.encode()


def _wrong_checksum(packed):
    return packed[:-8] + b"\1\2\3\4" + packed[-4:]


def _cut_member(packed):
    return packed + packed[:60]


@pytest.mark.parametrize("damage", [_no_gzip, _wrong_checksum, _cut_member])
def test_damaged_packed_data_are_a_fault(damage, folder, capfd):
    source = write(folder / "in.jsonl.gz", GOOD)
    source.write_bytes(damage(source.read_bytes()))
    assert main(["batch", "in.jsonl.gz", "-o", "out.jsonl"]) == 2
    assert "in.jsonl.gz: cannot be read behind line" in capfd.readouterr().err
    assert not (folder / "out.jsonl").exists()


def test_a_stopped_run_of_packed_data_goes_on_to_the_garbage(folder, monkeypatch):
    monkeypatch.setattr(batch, "_EVERY", 7)
    source = write(folder / "in.jsonl.gz", GOOD)
    source.write_bytes(source.read_bytes() + b"garbage")
    with monkeypatch.context() as context:
        stop_after(context, 4)
        assert main(["batch", "in.jsonl.gz", "-o", "out.jsonl"]) == 2
    assert main(["batch", "in.jsonl.gz", "-o", "out.jsonl"]) == 1
    assert [record["id"] for record in read(folder / "out.jsonl")] == list(range(30))


def test_jobs_do_not_change_the_output(folder):
    write(folder / "in.jsonl", GOOD * 3)
    outputs = []
    for jobs in ("1", "2"):
        main(["batch", "in.jsonl", "-o", f"{jobs}.jsonl", "-j", jobs])
        outputs.append((folder / f"{jobs}.jsonl").read_bytes())
    assert outputs[0] == outputs[1]


class Stopped(BaseException):
    """Stands for whatever ends a process."""


def stop_after(monkeypatch, commits):
    """Let the run end at a commit: before, and after, the journal is written."""
    real = resumable.commit
    left = [commits]

    def commit(results, line, offset, faults):
        left[0] -= 1
        if left[0] < 0:
            results.files[0].raw.write(b"half a li")
            raise Stopped
        real(results, line, offset, faults)

    monkeypatch.setattr(resumable, "commit", commit)


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize("commits", [0, 1, 3])
def test_a_stopped_run_goes_on(commits, packed, folder, monkeypatch, capfd):
    monkeypatch.setattr(batch, "_EVERY", 7)
    source = write(folder / f"in.jsonl{packed}", [*GOOD[:9], "{", *GOOD[9:]])
    command = ["batch", source.name, "-o", f"out.jsonl{packed}"]
    with monkeypatch.context() as context:
        stop_after(context, commits)
        assert main(command) == 2
    assert not (folder / f"out.jsonl{packed}").exists()
    capfd.readouterr()
    assert main(command) == 1
    assert ("goes on behind line" in capfd.readouterr().err) == bool(commits)
    assert main(["batch", source.name, "-o", f"whole.jsonl{packed}"]) == 1
    assert (folder / f"out.jsonl{packed}").read_bytes() == (folder / f"whole.jsonl{packed}").read_bytes()
    suffix = ".jsonl.gz.errors.jsonl" if packed else ".errors.jsonl"
    assert (folder / f"out{suffix}").read_bytes() == (folder / f"whole{suffix}").read_bytes()
    assert not [path.name for path in folder.iterdir() if path.suffix in {".part", ".journal"}]


def test_a_run_that_is_stopped_while_results_take_their_names_goes_on(folder, monkeypatch):
    write(folder / "in.jsonl", [*GOOD, "{"])

    def stop(*_):
        (folder / "out.errors.jsonl.part").replace(folder / "out.errors.jsonl")
        raise Stopped

    with monkeypatch.context() as context:
        context.setattr(resumable, "_name", stop)
        assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 2
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["in.jsonl", "out.errors.jsonl", "out.jsonl"]
    assert len(read(folder / "out.jsonl")) == 30


@pytest.mark.parametrize("other", [["--select", "TXT"], ["--shard", "1/2"], ["--text-field", "site"]], ids=str)
def test_a_stopped_run_with_other_settings_is_not_gone_on_with(other, folder, monkeypatch, capfd):
    write(folder / "in.jsonl", GOOD)
    monkeypatch.setattr(batch, "_EVERY", 7)
    with monkeypatch.context() as context:
        stop_after(context, 2)
        main(["batch", "in.jsonl", "-o", "out.jsonl"])
    assert main(["batch", "in.jsonl", "-o", "out.jsonl", *other]) == 2
    assert "was stopped here; give --restart" in capfd.readouterr().err
    assert main(["batch", "in.jsonl", "-o", "out.jsonl", "--restart"]) == 0
    assert len(read(folder / "out.jsonl")) == 30


def test_a_later_run_without_errors_leaves_none_of_an_earlier_one(folder):
    write(folder / "in.jsonl", ["{"])
    main(["batch", "in.jsonl", "-o", "out.jsonl"])
    write(folder / "in.jsonl", GOOD)
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["in.jsonl", "out.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["nowhere.jsonl", "-o", "out.jsonl"], "nowhere.jsonl: cannot be read: No such file"),
        (["in.jsonl", "-o", "./in.jsonl"], "would write over the input"),
        (["in.jsonl", "-o", "out.jsonl", "--shard", "3/2"], "'3/2' is no shard"),
        (["in.jsonl", "-o", "out.jsonl", "--shard", "0/2"], "'0/2' is no shard"),
        (["in.jsonl", "-o", "out.jsonl.zst"], "zstd is not read or written"),
        (["in.jsonl", "-o", "out.jsonl", "--text-field", "normtool"], "is where the result goes"),
        (["in.jsonl", "-o", "in.jsonl/x/out.jsonl"], "cannot be written: "),
        (["in.jsonl"], "Missing option '--output'"),
        (["-", "-o", "out.jsonl"], "a stopped run cannot go on with standard input; name a file"),
        (["in.jsonl", "-o", "-"], "a stopped run cannot go on with standard output; name a file"),
        (["cut.jsonl.gz", "-o", "out.jsonl"], "cut.jsonl.gz: cannot be read behind line"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_faults_of_usage(arguments, why, folder, capfd):
    write(folder / "in.jsonl", GOOD)
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(os.urandom(100_000))[:50_000])
    assert main(["batch", *arguments]) == 2
    assert why in capfd.readouterr().err
    assert not (folder / "out.jsonl").exists()
    assert not (folder / "-").exists()


@pytest.mark.parametrize(("number", "status"), [(errno.ENOLCK, 0), (errno.EIO, 2)])
def test_a_disk_without_locks_goes_on_without(number, status, folder, monkeypatch):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.lockf", refuse)
    write(folder / "in.jsonl", GOOD[:2])
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == status


def test_two_processes_do_not_write_the_same_results(folder):
    write(folder / "in.jsonl", GOOD)
    with resumable.results(folder / "out.jsonl", "a", restart=False):
        command = [sys.executable, "-m", "normtool", "batch", "in.jsonl", "-o", "out.jsonl"]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, "another process is at work" in done.stderr) == (2, True)


def test_a_full_disk_is_told_and_gone_on_from(folder, monkeypatch, capfd):
    write(folder / "in.jsonl", GOOD)
    monkeypatch.setattr(batch, "_EVERY", 7)
    with monkeypatch.context() as context:
        left = [3]

        def full(_):
            left[0] -= 1
            if left[0] < 0:
                raise OSError(28, "No space left on device")

        context.setattr(os, "fsync", full)
        assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 2
    assert "No space left on device" in capfd.readouterr().err
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 0
    assert read(folder / "out.jsonl") == [
        {**record, "normtool": read(folder / "out.jsonl")[number]["normtool"]} for number, record in enumerate(GOOD)
    ]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_killed_again_and_again(jobs, ending, folder):
    """A scheduler ends the process that it started, and no other: the workers must not live on, nor keep the results locked."""
    write(folder / "in.jsonl", [{"id": number, "text": DIRTY.format(number)} for number in range(900)])
    command = [sys.executable, "-m", "normtool", "batch", "in.jsonl", "-o", "out.jsonl", "-q", "-j", jobs]
    part = folder / "out.jsonl.part"
    for _ in range(2):
        running = subprocess.Popen(command, start_new_session=True)
        deadline = time.monotonic() + 20
        before = part.stat().st_size if part.exists() else 0
        while time.monotonic() < deadline and not (part.exists() and part.stat().st_size > before):
            time.sleep(0.01)
        running.send_signal(ending)
        running.wait()
    assert subprocess.run(command, check=False).returncode == 0
    assert [record["id"] for record in read(folder / "out.jsonl")] == list(range(900))
    assert has_ended(running.pid)


def has_ended(group):
    """Tell whether every process of a group is gone within some seconds."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_a_record_stays_as_it_stands(folder):
    """A number keeps its form, and of two equal keys, which JSON allows, both stay."""
    record = '{"text": "关于开展巡查的通知", "rate": 1.50, "big": 1e5, "tag": 1, "tag": 2, "escaped": "\\u4e2d\\ud800"  }'
    (folder / "in.jsonl").write_text(f"{record}\r\n", "utf-8")
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 0
    line = (folder / "out.jsonl").read_text("utf-8")
    assert line.startswith(record.rstrip("} ") + ', "normtool": {"text": "关于开展巡查的通知\\n"')
    assert json.loads(line)["tag"] == 2


def test_a_long_number_is_json(folder):
    """Python converts no more than 4,300 digits unless told to; nobody needs the value."""
    record = '{"id": 7, "text": "关于开展巡查的通知", "big": -' + "9" * 5000 + "}"
    (folder / "in.jsonl").write_text(record, "utf-8")
    assert main(["batch", "in.jsonl", "-o", "out.jsonl", "--id-field", "id"]) == 0
    assert (folder / "out.jsonl").read_text("utf-8").startswith(record.rstrip("}") + ', "normtool": ')


def test_a_result_goes_over_no_key(folder):
    write(folder / "in.jsonl", [{"id": 1, "text": "关于开展巡查的通知", "normtool": {"mine": 1}}])
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 1
    assert "has a key 'normtool' already" in read(folder / "out.errors.jsonl")[0]["reason"]


def test_a_run_that_goes_on_remembers_the_faults_of_the_program(folder, monkeypatch, capfd):
    """The status tells of them, whether the run was stopped in between or not."""
    write(folder / "in.jsonl", GOOD)
    monkeypatch.setattr(batch, "_EVERY", 5)

    def broken(task):
        done = batch_record(task)
        return done._replace(reason="internal error", trace="Traceback") if task.number == 2 else done

    batch_record = batch.clean_record
    monkeypatch.setattr(batch, "clean_record", broken)
    with monkeypatch.context() as context:
        stop_after(context, 2)
        with pytest.raises(Stopped):
            batch.command(folder / "in.jsonl", output=folder / "out.jsonl", jobs=1)
    assert main(["batch", "in.jsonl", "-o", "out.jsonl", "--jobs", "1"]) == 2
    assert "goes on behind line" in capfd.readouterr().err


def test_a_pack_that_changed_is_another_run(folder):
    write(folder / "in.jsonl", GOOD)
    (folder / "normtool.toml").write_text('chrome = ["pack.toml"]', "utf-8")
    keys = []
    for text in ("", "# another\n"):
        (folder / "pack.toml").write_text(text, "utf-8")
        found = batch.configure(folder, batch.options.overriding({}, None, isolated=False))
        keys.append(batch._key(batch._Plan(folder / "in.jsonl", found.settings, "text", "", (1, 1))))
    assert keys[0] != keys[1]
