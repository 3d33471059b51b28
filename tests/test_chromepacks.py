"""Every entry of every shipped chrome pack takes its examples and leaves its look-alikes, and a faulty pack is refused with its place."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path

import pytest

from normtool.catalog import chrome_packs, pack_sources, shipped_packs
from normtool.chromepack import read_pack
from normtool.model import NormtoolError
from normtool.patch import apply
from normtool.text.chrome import chrome_edits
from normtool.text.chrome.examples import BODY, KINDS, trials
from normtool.values import refuse_packs

ROOT = Path(__file__).parents[1]


def read(name, source):
    return read_pack(name, tomllib.loads(source), source=source)


PACKS = tuple(read(name, source) for name, source in pack_sources().items())


ENTRIES = [
    pytest.param(pack, kind, entry, id=f"{entry.rule}-{entry.name}")
    for pack in PACKS
    for kind in KINDS
    for entry in getattr(pack, kind)
]


@pytest.mark.parametrize(("pack", "kind", "entry"), ENTRIES)
def test_takes_its_examples(pack, kind, entry):
    assert [trial for trial in trials(pack, kind, entry, PACKS, entry.match) if trial.left] == []


@pytest.mark.parametrize(("pack", "kind", "entry"), ENTRIES)
def test_leaves_its_look_alikes(pack, kind, entry):
    assert [trial for trial in trials(pack, kind, entry, PACKS, entry.reject) if trial.left != trial.lines] == []


@pytest.mark.parametrize(("pack", "kind", "entry"), ENTRIES)
def test_takes_nothing_of_the_document_beside_it(pack, kind, entry):
    for trial in trials(pack, kind, entry, PACKS, (*entry.match, *entry.reject)):
        assert trial.body_stays


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

ZONE = """
[[zone]]
rule = "CHR005"
name = "links"
where = "head"
minimum = 3
rules = ["CHR005"]
gap = 2
longest = 20
seen = "the county's portal"
match = [["县情"]]
reject = [["县情概要"]]
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
    (GOOD.replace('name = "menu of the county"', 'name = ""'), "`name` must be a text that is not empty", ":2: [[line]]"),
    (GOOD.replace("seen =", 'needs = "twice"\nseen ='), "`needs` is 'twice'; it must be repeated-date,", ":2: [[line]]"),
    (GOOD + 'company = "yes"\n', "`company` must be true or false", ":12: [[list]]"),
    (GOOD + "match = ['某县网信办维护']\n", "`match` must be a list of lists of lines", ":12: [[list]]"),
    (ZONE.replace('"head"', '"any"'), "`where` of a zone must be head or tail", ":2: [[zone]] number 1 (links)"),
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
    assert apply(text, chrome_edits(text, (pack,))) == f"县情概要\n{BODY}\n"
    refuse_packs("normtool.toml", (str(file),))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (GOOD.replace('match = ["县情"]', 'match = ["县貌"]'), "does not take '县貌' of its examples in `match`"),
        (GOOD.replace('words = ["县情", "县务"]', 'words = ["县务"]'), "does not take '县情' of its examples in `match`"),
        (GOOD.replace('reject = ["县情概要"]', 'reject = ["县务"]'), "takes '县务' of its look-alikes in `reject`"),
    ],
)
def test_a_pack_that_its_own_examples_contradict_is_refused(tmp_path, source, message):
    file = tmp_path / "portal.toml"
    file.write_text(source, "utf-8")
    with pytest.raises(NormtoolError) as error:
        refuse_packs("normtool.toml", (str(file),))
    assert str(error.value).startswith(f"normtool.toml: chrome: {file}:2: [[line]] number 1 (menu of the county) ")
    assert message in str(error.value)


def test_a_pack_that_is_not_there(tmp_path):
    with pytest.raises(NormtoolError, match="cannot be read"):
        chrome_packs((str(tmp_path / "no.toml"),))
