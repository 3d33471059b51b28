"""The five real documents beside the checkout: every figure of their scorer is perfect, in every encoding the same."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from normtool.model import Settings
from normtool.pipeline import decode_bytes, normalize

if TYPE_CHECKING:
    from types import ModuleType

SHARED = Path(__file__).parents[1].parent / "shared"
NAMES = ("000", "001", "002", "003", "004")
TRADITIONAL = "004"
MARK = "\ufeff"

pytestmark = pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the real documents are not beside this checkout")


@cache
def source(name: str) -> str:
    return (SHARED / "seeds" / f"{name}.txt").read_bytes().decode()


@cache
def cleaned(name: str) -> str:
    return from_bytes(source(name).encode())


def from_bytes(data: bytes) -> str:
    decoded = decode_bytes(data, Settings())
    assert decoded.encoding, decoded.message
    return normalize(decoded.text, Settings()).text


@cache
def scorer() -> ModuleType:
    pytest.importorskip("numpy", reason="the scorer needs numpy")
    spec = importlib.util.spec_from_file_location("score_seeds", SHARED / "tools" / "score_seeds.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.filterwarnings(
    "ignore:unclosed file:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)  # the scorer's
@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_perfect(name: str) -> None:
    module = scorer()
    figures = module.score(name, cleaned(name))
    figures["gone"] = figures["chrome_gone"] + figures["pagemark_gone"] + figures["dup_gone"]
    assert {label: figures[got] for label, got, _ in module.COLUMNS} == {label: figures[of] for label, _, of in module.COLUMNS}
    assert {label: figures[key] for label, key in module.ZERO} == {label: 0 for label, _ in module.ZERO}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be", "gb18030"])
def test_the_result_does_not_depend_on_the_encoding(name: str, encoding: str) -> None:
    mark = MARK if encoding.startswith("utf-16") else ""
    assert from_bytes((mark + source(name)).encode(encoding)) == cleaned(name)


def test_the_traditional_one_in_big5() -> None:
    assert from_bytes(source(TRADITIONAL).encode("big5hkscs")) == cleaned(TRADITIONAL)
