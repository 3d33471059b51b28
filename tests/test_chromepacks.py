"""Every entry of every shipped chrome pack takes its examples and leaves its look-alikes, and a faulty pack is refused with its place."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path

import pytest

from normtool import patch as algebra
from normtool.catalog import chrome_packs, pack_sources, shipped_packs
from normtool.chromepack import Pack, read_pack
from normtool.model import NormtoolError
from normtool.text.chrome import chrome_edits

ROOT = Path(__file__).parents[1]
BODY = "一、总体要求\n本办法自公布之日起施行，由某市水务局负责解释。\n某市水务局\n2024年3月5日"
SIDES = {"head": ("head",), "tail": ("tail",), "edge": ("head", "tail"), "any": ("head", "tail"), "zone": ()}


def read(name, source):
    return read_pack(name, tomllib.loads(source), source=source)


PACKS = tuple(read(name, source) for name, source in pack_sources().items())
KINDS = ("lines", "lists", "blocks", "sequences", "zones")


def only(pack, kind, entry):
    """Give a pack that holds one entry."""
    return Pack(pack.name, **{k: (entry,) if k == kind else () for k in KINDS})


ENTRIES = [
    pytest.param(pack, kind, entry, id=f"{entry.rule}-{entry.name}")
    for pack in PACKS
    for kind in KINDS
    for entry in getattr(pack, kind)
]


def around(lines, side, entry):
    """Put lines above or below a document; a line that must repeat another finds it there."""
    needs = getattr(entry, "needs", "")
    above = (
        ["索引号：1", "发文机关：某局", "公开日期：" + lines[0].partition(":")[2].strip(), "某局关于某事的通知"]
        if needs == "repeated-date"
        else []
    )
    name = lines[0].rpartition(".")[0].removeprefix("附件:") if needs == "repeated-name" else ""
    parts = [*above, *lines, name, BODY] if side == "head" else [*above, name, BODY, *lines]
    return "\n".join(p for p in parts if p) + "\n"


def left_over(pack, lines, side, entry):
    text = around(lines, side, entry)
    patch = chrome_edits(text, (pack,) if isinstance(pack, Pack) else pack)
    algebra.check_patch(text, patch)
    gone = [line for e in patch for line in text[e.start : e.end].split("\n") if line]
    assert all(line in BODY.split("\n") or line not in BODY for line in gone)
    assert not set(gone) & set(BODY.split("\n"))
    return [line for line in lines if line not in gone]


@pytest.mark.parametrize(("pack", "kind", "entry"), ENTRIES)
def test_takes_its_examples(pack, kind, entry):
    groups = [(line,) for line in entry.match] if kind == "lines" else entry.match
    packs = PACKS if kind == "zones" else only(pack, kind, entry)
    for side in SIDES[entry.where]:
        for lines in groups:
            assert left_over(packs, lines, side, entry) == []


@pytest.mark.parametrize(("pack", "kind", "entry"), ENTRIES)
def test_leaves_its_look_alikes(pack, kind, entry):
    groups = [(line,) for line in entry.reject] if kind == "lines" else entry.reject
    packs = PACKS if kind == "zones" else only(pack, kind, entry)
    for side in SIDES[entry.where]:
        for lines in groups:
            left = left_over(packs, lines, side, entry)
            assert left == list(lines)


@pytest.mark.parametrize("entry", [p.values[2] for p in ENTRIES])
def test_has_examples(entry):
    assert entry.match
    assert entry.reject


def test_names_are_different():
    names = [entry.name for pack in PACKS for kind in KINDS for entry in getattr(pack, kind)]
    assert len(names) == len(set(names))


def test_the_compiled_packs_are_current():
    spec = importlib.util.spec_from_file_location("build_data", ROOT / "scripts/build_data.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "normtool/data/chrome/packs.json").read_text("utf-8") == module.compiled(), "run scripts/build_data.py"
    assert (ROOT / "normtool/data/tables.json").read_text("utf-8") == module.compiled_tables(), "run scripts/build_data.py"


def test_the_compiled_packs_hold_the_same_patterns():
    def shape(packs):
        return [
            [(e.rule, e.name, e.where, getattr(e, "words", ())) for kind in KINDS for e in getattr(pack, kind)]
            for pack in packs
        ]

    assert shape(shipped_packs()) == shape(PACKS)


GOOD = """
[[line]]
rule = "CHR005"
name = "menu of the county"
line = "县情|县务"
words = ["县情", "县务"]
where = "head"
seen = "the county's portal"
match = ["县情"]
reject = ["县情概要"]

[[list]]
rule = "CHR006"
name = "footer of the county"
where = "tail"
minimum = 1
words = ["某县网信办维护"]
"""

FAULTS = [
    ("[[line]]\nrule = CHR005\n", "is no TOML in UTF-8", "line 2"),
    ("[[lines]]\n", "unknown table [[lines]]; a pack holds [[line]]", ""),
    ("line = 1\n", "`line` is no list of tables; write [[line]]", ""),
    (
        GOOD.replace("CHR005", "CHR099"),
        "`rule` is 'CHR099'; it must be a code such as CHR005",
        ":2: [[line]] number 1 (menu of the county)",
    ),
    (GOOD.replace("CHR006", "LAY001"), "`rule` is 'LAY001'", ":12: [[list]] number 1 (footer of the county)"),
    (GOOD.replace('"县情|县务"', '"县情|(县务"'), "is no regular expression", ":2: [[line]]"),
    (GOOD.replace('"县情|县务"', '"县情|"'), "matches an empty line", ":2: [[line]]"),
    (
        GOOD.replace('where = "head"', 'where = "top"'),
        "`where` is 'top'; it must be one of head, tail, edge, any, zone",
        ":2: [[line]]",
    ),
    (GOOD.replace("seen", "scene"), "unknown key `scene`; known are", ":2: [[line]]"),
    (GOOD.replace('seen = "the county\'s portal"\n', ""), "`seen` is missing", ":2: [[line]]"),
    (GOOD.replace('match = ["县情"]', "match = []"), "`match` must be a list of texts", ":2: [[line]]"),
    (GOOD.replace("minimum = 1", 'minimum = "1"'), "`minimum` must be a number from 1 on", ":12: [[list]]"),
    (
        GOOD.replace('words = ["某县网信办维护"]', 'seen = "x"\nmatch = [["a"]]\nreject = [["b"]]'),
        "has neither `words` nor `pieces`",
        ":12: [[list]]",
    ),
    (GOOD + "pieces = ['某.']\n", "`signs` is missing", ":12: [[list]]"),
]


@pytest.mark.parametrize(("source", "message", "place"), FAULTS)
def test_a_faulty_pack_is_refused_with_its_place(tmp_path, source, message, place):
    file = tmp_path / "portal.toml"
    file.write_text(source, "utf-8")
    with pytest.raises(NormtoolError) as error:
        chrome_packs((str(file),))
    assert str(error.value).startswith(str(file))
    assert message in str(error.value)
    assert place in str(error.value)


def test_a_good_pack_is_read_and_works(tmp_path):
    file = tmp_path / "portal.toml"
    file.write_text(GOOD, "utf-8-sig")
    pack = chrome_packs((str(file),))[-1]
    text = f"县情\n县情概要\n{BODY}\n某县网信办维护\n"
    assert algebra.apply(text, chrome_edits(text, (pack,))) == f"县情概要\n{BODY}\n"


def test_a_pack_that_is_not_there(tmp_path):
    with pytest.raises(NormtoolError, match="cannot be read"):
        chrome_packs((str(tmp_path / "no.toml"),))
