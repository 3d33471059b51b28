"""What ``detect`` prints for people."""

import pytest

from normtool.report.table import plain_table, rich_table

NAMES = ["samples/raw/npc-suggestion-reply.txt", "samples/raw/npc-suggestion-answer.txt", "某某文件夹/某件.txt"]


def facts(name, **changes):
    plain = {
        "path": name,
        "encoding": "gb18030",
        "verdict": "ok",
        "bom": False,
        "newline": "crlf",
        "damage": [],
        "script": {"verdict": "simplified"},
        "document_type": "npc-suggestion-reply",
        "message": "",
    }
    return {**plain, **changes}


FOUND = [facts(NAMES[0]), facts(NAMES[1], encoding=None, script=None), facts(NAMES[2], bom=True)]


@pytest.mark.parametrize("width", [30, 60, 80, 200])
def test_nothing_is_cut(width, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    text = rich_table(FOUND, colour=False)
    assert "…" not in text
    assert all(name in text for name in NAMES)
    assert text.count("npc-suggestion-reply ") + text.count("npc-suggestion-reply\n") == len(FOUND)


def test_a_table_that_does_not_fit_has_a_line_for_the_name(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert rich_table(FOUND[2:], colour=False) == (
        "file\n  encoding  newline  script      type                  remarks\n"
        "某某文件夹/某件.txt\n  gb18030   crlf     simplified  npc-suggestion-reply  byte order mark\n"
    )


def test_a_table_that_fits_has_one_line_a_file(monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    assert len(rich_table(FOUND, colour=False).splitlines()) == 1 + len(FOUND)


def test_what_is_no_text_is_red(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    _, red = rich_table(FOUND, colour=True).split("\x1b[31m")
    assert red.startswith(NAMES[1])


def test_a_pipe_gets_one_line_a_file(monkeypatch):
    monkeypatch.setenv("COLUMNS", "30")
    assert len(plain_table(FOUND).splitlines()) == 1 + len(FOUND)
