"""The samples: what was scraped normalizes to the clean text in any encoding, that is at rest, passes, and parses to the JSON beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from normtool.checks import check_document
from normtool.model import Settings
from normtool.pipeline import decode_bytes, normalize, parse
from normtool.structure import to_json

SAMPLES = Path(__file__).parents[1] / "samples"
RAW = sorted(SAMPLES.rglob("raw/*.txt"))
CLEAN = sorted(SAMPLES.rglob("clean/*.txt"))
PASSING = sorted((SAMPLES / "clean").glob("*.txt"))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs")
TRADITIONAL, TRADITIONAL_ONLY = "plan-sharing-site", "big5hkscs"


def name(path: Path) -> str:
    return path.relative_to(SAMPLES).as_posix()


def beside(path: Path, folder: str, suffix: str = ".txt") -> Path:
    return path.parents[1] / folder / f"{path.stem}{suffix}"


def decoded(data: bytes) -> str:
    found = decode_bytes(data, Settings())
    assert found.encoding, found.message
    return found.text


def test_every_raw_text_has_its_clean_text_and_json() -> None:
    assert {beside(path, "clean") for path in RAW} == set(CLEAN)
    assert {beside(path, "json", ".json") for path in RAW} == set(SAMPLES.rglob("json/*.json"))
    readme = (SAMPLES / "README.md").read_text("utf-8")
    assert all(f"`{path.stem}`" in readme for path in RAW if path.parents[1] == SAMPLES)


@pytest.mark.parametrize("path", RAW, ids=name)
def test_raw_becomes_clean(path: Path) -> None:
    data = path.read_bytes()
    assert normalize(decoded(data), Settings()).text == beside(path, "clean").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "encoding"),
    [(path, encoding) for path in RAW for encoding in ENCODINGS if encoding != TRADITIONAL_ONLY or path.stem == TRADITIONAL],
    ids=lambda value: name(value) if isinstance(value, Path) else value,
)
def test_raw_becomes_clean_in_any_encoding(path: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    data = (mark + decoded(path.read_bytes())).encode(encoding)
    assert normalize(decoded(data), Settings()).text == beside(path, "clean").read_text("utf-8")


@pytest.mark.parametrize("path", CLEAN, ids=name)
def test_clean_is_at_rest(path: Path) -> None:
    assert normalize(path.read_text("utf-8"), Settings()).history == ()


@pytest.mark.parametrize("path", CLEAN, ids=name)
def test_clean_parses_to_the_json(path: Path) -> None:
    clean = normalize(path.read_text("utf-8"), Settings()).text
    assert to_json(parse(clean, Settings())) == json.loads(beside(path, "json", ".json").read_text("utf-8"))


@pytest.mark.parametrize("path", PASSING, ids=name)
def test_clean_has_no_finding_but_the_number_that_the_portal_left_blank(path: Path) -> None:
    clean = normalize(path.read_text("utf-8"), Settings()).text
    found = {f.rule for f in check_document(clean, parse(clean, Settings()), Settings()) if f.severity != "info"}
    assert found == ({"HDR004"} if "发文字号：\n" in clean else set())
