"""Choosing files, and replacing them."""

import errno
import fcntl
import os
import stat
import subprocess
import threading
import tomllib
import warnings
from pathlib import Path

import pytest

from normtool import files, patterns
from normtool.config import Overrides
from normtool.files import atomic
from normtool.model import NormtoolError
from normtool.results import Trouble

CASES = tomllib.loads((Path(__file__).parent / "cases/files.toml").read_text("utf-8"))["case"]


def _frozen(given):
    return tuple((key, tuple(value) if isinstance(value, list) else value) for key, value in given.items())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_choose(case, tmp_path, monkeypatch):
    for name in case["tree"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for name, lines in case.get("ignore", {}).items():
        (tmp_path / name).write_text("\n".join(lines))
    monkeypatch.chdir(tmp_path)
    overrides = Overrides(_frozen(case.get("given", {})), isolated=True)
    found = [
        f"! {each.filename}: {each.message}" if isinstance(each, Trouble) else each.path.as_posix()
        for each in files.choose([Path(p) for p in case["paths"]], overrides)
    ]
    assert len(found) == len(case["expected"])
    assert all(
        have.startswith(want) if want.startswith("!") else have == want
        for have, want in zip(found, case["expected"], strict=True)
    ), found


def test_folder_of_results_is_not_entered(tmp_path, monkeypatch):
    """Otherwise a second run would take the results of the first for documents."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.txt").touch()
    (tmp_path / "a.txt").touch()
    found = files.choose([Path()], Overrides(isolated=True), skip=Path("out"))
    assert [each.path for each in found] == [Path("a.txt")]


@pytest.mark.parametrize("there", [False, True], ids=["a first run", "a later run"])
@pytest.mark.parametrize(
    ("root", "skip"), [(".", "../docs/out"), (".", "sub/../out"), ("../link", "out"), (".", "../link/out"), ("../docs", "out")]
)
def test_folder_of_results_is_not_entered_however_it_is_spelled(root, skip, there, tmp_path, monkeypatch):
    docs = tmp_path / "docs"
    for name in ("a.txt", "sub/b.txt", *(("out/a.txt", "out/sub/b.txt") if there else ())):
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).touch()
    (tmp_path / "link").symlink_to(docs, target_is_directory=True)
    monkeypatch.chdir(docs)
    names = []
    for found in files.choose([Path(root)], Overrides(isolated=True), skip=Path(skip)):
        names.append(found.inside.as_posix())
        files.write(Path(skip) / found.inside, b"new")
    assert names == ["a.txt", "sub/b.txt"]


def _chosen(*paths):
    found = files.choose([Path(path) for path in paths], Overrides(isolated=True))
    return [f"! {each.filename}: {each.message}" if isinstance(each, Trouble) else each.path.as_posix() for each in found]


@pytest.mark.parametrize(
    ("links", "paths", "expected"),
    [
        pytest.param(
            {"b.txt": "gone.txt"},
            ["p"],
            ["p/a.txt", "! p/b.txt: a link that leads nowhere", "p/c.txt", "p/sub/d.txt"],
            id="a document that a link should lead to is missed",
        ),
        pytest.param({"b.txt": "../o.txt"}, ["p"], ["p/a.txt", "p/b.txt", "p/c.txt", "p/sub/d.txt"], id="a file elsewhere"),
        pytest.param(
            {"b.txt": "../o.txt", "e.txt": "b.txt"}, ["p"], ["p/a.txt", "p/b.txt", "p/c.txt", "p/sub/d.txt"], id="twice"
        ),
        pytest.param({"b.txt": "a.txt"}, ["p"], ["p/a.txt", "p/c.txt", "p/sub/d.txt"], id="a link to an earlier file"),
        pytest.param({"b.txt": "c.txt"}, ["p"], ["p/a.txt", "p/b.txt", "p/sub/d.txt"], id="a link to a later file"),
        pytest.param({"b.txt": "sub/d.txt"}, ["p"], ["p/a.txt", "p/b.txt", "p/c.txt"], id="a link to a file below"),
        pytest.param({}, ["p/c.txt", "p/../p/c.txt", "p/./c.txt"], ["p/c.txt"], id="three spellings"),
        pytest.param({"b": "sub"}, ["p", "p/b"], ["p/a.txt", "p/c.txt", "p/sub/d.txt"], id="a folder and a link to one in it"),
        pytest.param({"b": "sub"}, ["p/b", "p"], ["p/b/d.txt", "p/a.txt", "p/c.txt"], id="the link first"),
        pytest.param({"b.txt": "a.txt"}, ["p/b.txt"], ["p/b.txt"], id="a link by name"),
        pytest.param({"b.txt": "a.txt"}, ["p/a.txt", "p/b.txt"], ["p/a.txt"], id="a file and its link"),
    ],
)
def test_a_file_under_several_names_comes_once(links, paths, expected, tmp_path, monkeypatch):
    """Two processes that write it at once would be in each other's way."""
    monkeypatch.chdir(tmp_path)
    for name in ("o.txt", "p/a.txt", "p/c.txt", "p/sub/d.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    for name, target in links.items():
        Path("p", name).symlink_to(target)
    assert _chosen(*paths) == expected


def test_a_path_that_cannot_be_reached_stops_no_other(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("p/a.txt", "p/loop/z.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    Path("p/loop/b.txt").symlink_to("b.txt")
    long = "长" * 300
    why = os.strerror(errno.ELOOP)
    assert _chosen(long, "p/loop/b.txt", f"p/{long}/x.txt", "p") == [
        f"! {long}: cannot be read: {os.strerror(errno.ENAMETOOLONG)}; check the path and its permissions",
        f"! p/loop/b.txt: cannot be read: {why}; check the path and its permissions",
        f"! p/{long}/x.txt: cannot be read: {os.strerror(errno.ENAMETOOLONG)}; check the path and its permissions",
        "p/a.txt",
        "p/loop/z.txt",
    ]


def test_a_temporary_file_of_normtool_is_no_document(tmp_path):
    (tmp_path / "a.txt").touch()
    atomic._scratch(tmp_path / "a.txt").touch()
    found = files.choose([tmp_path], Overrides((("include", ("*",)),), isolated=True))
    assert [each.path.name for each in found] == ["a.txt"]


def test_a_byte_order_mark_hides_no_pattern(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        Path(name).touch()
    Path(".gitignore").write_text("a.txt\n", "utf-8-sig")
    assert _chosen(".") == ["b.txt"]


@pytest.mark.skipif(os.name != "posix", reason="no such names on Windows")
def test_lines_of_a_gitignore_end_as_git_ends_them(tmp_path, monkeypatch):
    """At LF, with a CR before it or not; git itself says the same of these files."""
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "-q"], check=True)
    lines = ["林\u2028道.txt", "林\x85道.txt", "林\x0b道.txt", "林\x0c道.txt", "林\r道.txt", "林道.txt\r"]
    hidden = [*(os.fsencode(line.rstrip("\r")) for line in lines), "林地.txt".encode("gb18030")]
    shown = [os.fsencode(name) for name in ("道.txt", "a.txt")]
    for name in (*hidden, *shown):
        Path(os.fsdecode(name)).touch()
    Path(".gitignore").write_bytes("\n".join(lines).encode() + b"\n" + hidden[-1])
    asked = subprocess.run(
        ["git", "check-ignore", "-z", "--stdin"], input=b"\0".join([*hidden, *shown]), capture_output=True, check=True
    )
    assert sorted(asked.stdout.split(b"\0")[:-1]) == sorted(hidden)
    assert sorted(map(os.fsencode, _chosen("."))) == sorted(shown)


@pytest.mark.skipif(os.name != "posix", reason="no such names on Windows")
@pytest.mark.parametrize(
    "pattern",
    [
        *(f"[[:{name}:]].txt" for name in sorted(patterns._CLASSES)),
        *(f"[![:{name}:]].txt" for name in ("alpha", "punct", "graph", "print")),
        "[^[:digit:]].txt",
        "[%[:digit:]_-].txt",
        "[[:upper:][:digit:]].txt",
        "[]a[:digit:]].txt",
        "[[].txt",
        "[[a].txt",
        "[:digit:].txt",
        "\\[[:digit:]].txt",
    ],
)
def test_brackets_stand_for_what_they_stand_for_in_git(pattern, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "-q"], check=True)
    names = [f"{chr(c)}.txt" for c in range(1, 127) if chr(c) not in "\n/."]
    names += ["[d].txt", "d].txt", "[:].txt", ":].txt", "[1.txt"]
    for name in names:
        Path(name).touch()
    Path(".gitignore").write_text(f"{pattern}\n", "utf-8")
    asked = subprocess.run(
        ["git", "check-ignore", "-z", "--stdin"],
        input="\0".join(f"./{name}" for name in names).encode(),  # a colon in front has a meaning of its own
        capture_output=True,
        check=False,
    )
    ignored = {each.removeprefix("./") for each in asked.stdout.decode().split("\0")[:-1]}
    assert ignored
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert {*names} - {*_chosen(".")} == ignored


def test_ring_of_folders_ends(tmp_path):
    (tmp_path / "a.txt").touch()
    (tmp_path / "ring").symlink_to(tmp_path, target_is_directory=True)
    assert len(list(files.choose([tmp_path], Overrides(isolated=True)))) == 1


def _replace(path, data=b"new"):
    files.replace(path, data, files.read(path).stamp)


def _leftovers(folder):
    return [path.name for path in folder.iterdir() if path.name.startswith(".normtool")]


def test_replace_keeps_mode_and_leaves_nothing_behind(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    _replace(path)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert not _leftovers(tmp_path)


def test_replace_follows_a_link_to_its_file(tmp_path):
    (tmp_path / "there").mkdir()
    target = tmp_path / "there/a.txt"
    target.write_bytes(b"old")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    _replace(link)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def _read_only(path):
    path.chmod(0o444)


def _linked(path):
    path.with_name("twin.txt").hardlink_to(path)


@pytest.mark.parametrize(("spoil", "why"), [(_read_only, "read-only"), (_linked, "hard links")])
def test_replace_refuses(spoil, why, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    spoil(path)
    with pytest.raises(NormtoolError, match=why):
        _replace(path)
    assert path.read_bytes() == b"old"
    assert not _leftovers(tmp_path)


def test_replace_refuses_a_file_that_changed_meanwhile(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    content = files.read(path)
    path.write_bytes(b"edited by hand")
    with pytest.raises(NormtoolError, match="changed while"):
        files.replace(path, b"new", content.stamp)
    assert path.read_bytes() == b"edited by hand"


def test_replace_of_a_file_that_vanished(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    content = files.read(path)
    path.unlink()
    with pytest.raises(NormtoolError, match=r"cannot be written: No such file or directory; nothing written\. Run again$"):
        files.replace(path, b"new", content.stamp)
    assert not list(tmp_path.iterdir())


def test_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NormtoolError, match=r"No space left on device; nothing written\. Write elsewhere with --output-dir$"):
        _replace(path)
    assert path.read_bytes() == b"old"
    assert not _leftovers(tmp_path)


def test_disk_that_fills_up_in_the_middle(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    real, left = os.write, [2]

    def write(descriptor, data):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        return real(descriptor, data[:5])

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(NormtoolError, match="No space left"):
        _replace(path, b"new and longer than what fits")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert not _leftovers(tmp_path)


@pytest.mark.parametrize("fails", [False, True])
def test_where_an_open_file_cannot_be_moved_or_removed(fails, tmp_path, monkeypatch):
    """As on Windows: the temporary file is closed by then."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    monkeypatch.setattr(atomic, "_MOVES_OPEN_FILES", False)
    held = []
    real = atomic._fill

    def fill(descriptor, *rest):
        held.append(descriptor)
        real(descriptor, *rest)
        if fails:
            raise OSError(28, "No space left on device")

    def closed(method):
        def call(self, *arguments, **options):
            with pytest.raises(OSError, match="Bad file descriptor"):
                os.fstat(held[0])
            return method(self, *arguments, **options)

        return call

    monkeypatch.setattr(atomic, "_fill", fill)
    monkeypatch.setattr(Path, "replace", closed(Path.replace))
    monkeypatch.setattr(Path, "unlink", closed(Path.unlink))
    if fails:
        with pytest.raises(NormtoolError, match="No space left"):
            _replace(path)
    else:
        _replace(path)
    monkeypatch.undo()
    assert path.read_bytes() == (b"old" if fails else b"new")
    assert not _leftovers(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="locks")
@pytest.mark.parametrize("step", ["locking", "opening"])
def test_interrupt_before_the_temporary_file_is_held(step, tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    left = [1]

    def interrupted(real):
        def call(*arguments):
            left[0] -= 1
            if left[0] >= 0:
                raise KeyboardInterrupt
            return real(*arguments)

        return call

    if step == "locking":
        monkeypatch.setattr("fcntl.flock", interrupted(fcntl.flock))
    else:
        monkeypatch.setattr(atomic, "_open_locked", interrupted(atomic._open_locked))
        atomic._scratch(path).touch()
    with pytest.raises(KeyboardInterrupt):
        _replace(path)
    assert path.read_bytes() == b"old"
    assert not _leftovers(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="locks")
def test_interrupt_once_the_file_is_in_its_place_leaves_what_another_process_has_begun(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    scratch = atomic._scratch(path)
    real = Path.replace

    def replace(self, target):
        real(self, target)
        scratch.write_bytes(b"another's")
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        files.write(path, b"new")
    assert (path.read_bytes(), scratch.read_bytes()) == (b"new", b"another's")


@pytest.mark.parametrize(("number", "written"), [(errno.ENOLCK, True), (errno.EOPNOTSUPP, True), (errno.EIO, False)])
def test_a_disk_without_locks_goes_on_without(number, written, tmp_path, monkeypatch):
    """As a folder of another machine may have none; any other fault is told, and no descriptor stays open."""

    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", refuse)
    path = tmp_path / "a.txt"
    free = os.dup(0)
    os.close(free)
    if written:
        files.write(path, b"new")
        assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]
    else:
        with pytest.raises(NormtoolError, match="cannot be written"):
            files.write(path, b"new")
        assert not path.exists()
    after = os.dup(0)
    os.close(after)
    assert after == free


def test_interrupt_leaves_the_temporary_file_of_another_process(tmp_path):
    path = tmp_path / "a.txt"
    scratch = atomic._scratch(path)
    with scratch.open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        atomic._clear(scratch)
        assert scratch.exists()


def test_what_a_killed_run_left_is_used_up(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    from normtool.files.atomic import _scratch

    _scratch(path).write_bytes(b"half of something much longer")
    _replace(path)
    assert path.read_bytes() == b"new"
    assert not _leftovers(tmp_path)


def _link_to(victim, place):
    place.symlink_to(victim)


def _further_name_of(victim, place):
    place.hardlink_to(victim)


def _folder_at(_, place):
    place.mkdir()


@pytest.mark.parametrize("trap", [_link_to, _further_name_of, _folder_at])
@pytest.mark.parametrize("put", [_replace, lambda path: files.write(path, b"new")], ids=["replace", "write"])
def test_what_stands_where_the_temporary_file_would_is_not_touched(put, trap, tmp_path):
    """The name can be foretold: in a shared folder, a link there would lead the clean text over another file."""
    path, victim = tmp_path / "a.txt", tmp_path / "victim"
    path.write_bytes(b"old")
    victim.write_bytes(b"precious")
    scratch = atomic._scratch(path)
    trap(victim, scratch)
    with pytest.raises(NormtoolError, match=r"is in the way, .*; nothing written"):
        put(path)
    assert (path.read_bytes(), victim.read_bytes()) == (b"old", b"precious")
    assert path.is_file()
    assert not path.is_symlink()
    assert scratch.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_where_the_temporary_file_would_be_keeps_nobody_waiting(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    os.mkfifo(atomic._scratch(path))
    with pytest.raises(NormtoolError, match="is in the way"):
        _replace(path)


def test_writers_of_one_file_do_not_mix(tmp_path):
    path = tmp_path / "a.txt"
    texts = [bytes([65 + n]) * 200_000 for n in range(6)]
    writers = [threading.Thread(target=files.write, args=(path, text)) for text in texts]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert path.read_bytes() in texts
    assert not _leftovers(tmp_path)


def test_longest_file_name(tmp_path):
    path = tmp_path / ("长" * 83 + ".txt")
    path.write_bytes(b"old")
    _replace(path)
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_replace_refuses_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(NormtoolError, match="no regular file"):
        files.replace(pipe, b"new", (0, 0, 0))
    assert pipe.is_fifo()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_write_to_a_pipe_reaches_its_reader(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    files.write(pipe, b"new")
    reader.join(10)
    assert read == [b"new"]
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_write_does_not_replace_a_ring_of_links(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    with pytest.raises(NormtoolError, match="cannot be written: Too many levels"):
        files.write(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").is_symlink()


@pytest.mark.parametrize("before", [b"old", None], ids=["a file", "nowhere"])
def test_write_follows_a_link(before, tmp_path):
    target = tmp_path / "there/a.txt"
    if before is not None:
        target.parent.mkdir()
        target.write_bytes(before)
    link = tmp_path / "link.txt"
    link.symlink_to("there/a.txt")
    files.write(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert not _leftovers(tmp_path)
    assert not _leftovers(target.parent)


def test_write_keeps_the_mode_of_a_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o600)
    files.write(path, b"new")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o600)


def test_write_names_the_place_that_cannot_be_written(tmp_path):
    (tmp_path / "a.txt").touch()
    with pytest.raises(NormtoolError, match=r"a\.txt/b\.txt: cannot be written: .*; choose another place"):
        files.write(tmp_path / "a.txt/b.txt", b"new")


def test_write_takes_pieces_as_they_come(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def pieces():
        for number in range(3):
            written = b"".join((tmp_path / name).read_bytes() for name in _leftovers(tmp_path))
            assert (written, path.read_bytes()) == (b"new" * number, b"old")
            yield b"new"

    files.write(path, pieces())
    assert path.read_bytes() == b"new" * 3
    assert not _leftovers(tmp_path)


@pytest.mark.parametrize("raised", [KeyboardInterrupt, NormtoolError])
def test_write_leaves_nothing_of_pieces_that_come_to_no_end(raised, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def pieces():
        yield b"new"
        raise raised

    with pytest.raises(raised):
        files.write(path, pieces())
    assert path.read_bytes() == b"old"
    assert not _leftovers(tmp_path)


def test_write_names_the_place_that_cannot_be_reached(tmp_path):
    with pytest.raises(NormtoolError, match="cannot be written: File name too long; choose another place"):
        files.write(tmp_path / ("长" * 300) / "a.txt", b"new")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root enters every folder")
def test_write_names_the_folder_that_may_not_be_entered(tmp_path):
    (tmp_path / "shut").mkdir(mode=0)
    with pytest.raises(NormtoolError, match="cannot be written: Permission denied; choose another place"):
        files.write(tmp_path / "shut/a.txt", b"new")


def test_unreadable_file(tmp_path):
    with pytest.raises(
        NormtoolError, match=r"cannot be read: Is a directory; make it readable, or leave it out with --exclude$"
    ):
        files.read(tmp_path)


def test_a_faulty_configuration_stops_no_other_folder(tmp_path, monkeypatch):
    """It is told once, for the folder that it holds for, whether its files are named or found."""
    monkeypatch.chdir(tmp_path)
    for name in ("p/a.txt", "p/b/c.txt", "p/b/d.txt", "p/z.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    Path("p/b/normtool.toml").write_text("nonsense = 1", "utf-8")
    fault = f"! p/b: {tmp_path}/p/b/normtool.toml: unknown key 'nonsense'; `normtool config --isolated` lists the keys"

    def chosen(*paths):
        found = files.choose([*map(Path, paths)], Overrides())
        return [f"! {each.filename}: {each.message}" if isinstance(each, Trouble) else str(each.path) for each in found]

    assert chosen("p") == ["p/a.txt", fault, "p/z.txt"]
    assert chosen("p/b/c.txt", "p/b/d.txt", "p/a.txt") == [fault, "p/a.txt"]


@pytest.mark.skipif(not hasattr(os, "fchown"), reason="files have no owner here")
def test_a_file_is_on_the_disk_also_where_its_owner_cannot_be_kept(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    synced = []

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(os, "fchown", refuse)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_size))
    files.replace(path, b"newer", files.read(path).stamp)
    assert path.read_bytes() == b"newer"
    assert 5 in synced
