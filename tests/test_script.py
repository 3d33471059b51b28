"""The script stage: its cases, the rows of the overlay, the promises, and how OpenCC is loaded."""

import importlib.util
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normtool.checks.script import script_findings
from normtool.model import NormtoolError
from normtool.patch import apply, check_patch, invert
from normtool.text.script import convert, detect_script, paragraph_script, script_edits
from normtool.text.script.convert import Style, style_of, to_simplified
from normtool.text.script.evidence import tables

ROOT = Path(__file__).parents[1]
DATA = ROOT / "normtool" / "data" / "script"
SHARED = ROOT.parent / "shared"
CASES = tomllib.loads((Path(__file__).parent / "cases" / "script.toml").read_text("utf-8"))["case"]
OVERLAY = tomllib.loads((DATA / "overlay.toml").read_text("utf-8"))["group"]
ROWS = [(group["table"], *row.split(" ")) for group in OVERLAY for row in group["rows"].split("\n") if row]
OPTIONS = ("mode", "protected_terms", "taiwan_vocabulary")


def options(case):
    return {k: tuple(v) if isinstance(v, list) else v for k, v in case.items() if k in OPTIONS}


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case):
    text = case["input"]
    patch = script_edits(text, **options(case))
    check_patch(text, patch)
    after = apply(text, patch)
    assert after == case.get("expected", text)
    assert sorted({edit.rule for edit in patch}) == case.get("rules", [])
    assert {edit.safe for edit in patch} <= {not case.get("unsafe", False)}
    assert script_edits(after, **options(case)) == ()


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_overlay_row(row):
    table, source, target, *case = row
    before, after = case or (source, target)
    assert source in before
    if table == "taiwan":
        text = f"這裡說{before}"
        assert apply(text, script_edits(text, taiwan_vocabulary=True)) == f"这里说{after}"
    else:
        assert to_simplified(before, Style(zhu=table == "zhu", zhang=table == "zhang")) == after
        assert len(source) == len(target)


def test_every_group_has_a_reason():
    assert all(len(group["why"]) > 30 for group in OVERLAY)


def test_tables_are_what_the_script_derives():
    spec = importlib.util.spec_from_file_location("build_script_tables", ROOT / "scripts" / "build_script_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not (module.WHEEL / "bin" / "opencc_dict").is_file():
        pytest.skip("this OpenCC wheel has no opencc_dict program")
    assert json.loads((DATA / "tables.json").read_text("utf-8")) == module.build()


def test_evidence_sets_are_apart():
    standard = "".join(
        line for line in (DATA / "standard_characters.txt").read_text("utf-8").split("\n") if not line.startswith("#")
    )
    assert len(standard) == len(set(standard)) == 8105
    assert not set(tables().traditional) & (set(standard) | set(tables().simplified))
    assert not set(tables().counterparts) & set(tables().traditional)


# Texts of the two scripts, of entries that once broke, of marks and of characters with no part in it.
PIECES = st.one_of(
    st.sampled_from([row[1] for row in ROWS]),
    st.sampled_from(tables().traditional),
    st.sampled_from(tables().simplified),
    st.sampled_from(
        [
            "(guān)",
            "（fā）",
            "關(guān)",
            "乾县",
            "徵調",
            "毛坏",
            "於潛",
            "沈重",
            "網(wǎng)際網(wǎng)路",
            "「會(huì )議",
            "的(de)",
        ]
    ),
    st.sampled_from(list("「」『』“”‘’、，。\n\n\n於著着乾徵覆于里の国あ \ud800")),
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(alphabet="關(guān)发\n「」於", max_size=60))


@given(
    TEXTS,
    st.sampled_from(["auto", "simplified"]),
    st.sampled_from([(), ("於振江", "發展"), ("「", "的")]),
    st.booleans(),
    st.booleans(),
)
def test_promises(text, mode, terms, vocabulary, unsafe):
    def edits(document):
        patch = script_edits(document, mode=mode, protected_terms=terms, taiwan_vocabulary=vocabulary)
        return tuple(edit for edit in patch if edit.safe or unsafe)

    patch = edits(text)
    check_patch(text, patch)
    after = apply(text, patch)
    assert apply(after, invert(text, patch)) == text
    assert after.count("\n") == text.count("\n")
    assert edits(after) == ()
    assert all(after.count(term) >= text.count(term) for term in terms)
    assert all(text[edit.start : edit.end] != edit.replacement for edit in patch)


def test_detect_gives_the_evidence():
    evidence = detect_script("關於這個問題的說明")
    assert (evidence.verdict, evidence.han, evidence.traditional, evidence.simplified) == ("traditional", 9, 6, 0)
    evidence = detect_script("关于这个问题的说明，请认真贯彻执行会议决定，附臺灣臺北")
    assert (evidence.verdict, evidence.examples) == ("simplified", ("臺", "灣"))
    assert detect_script("这个時候我們开会").verdict == "mixed"
    assert detect_script("abc 一二三").verdict == "neutral"


@pytest.mark.parametrize(
    ("traditional", "simplified", "verdict"),
    [
        (0, 0, "neutral"),
        (79, 21, "mixed"),
        (80, 20, "traditional"),
        (21, 79, "mixed"),
        (20, 80, "simplified"),
    ],
)
def test_four_fifths_of_the_evidence_decide(traditional, simplified, verdict):
    text = "臺" * traditional + "发" * simplified
    assert detect_script(text).verdict == paragraph_script(text) == verdict


def test_findings_name_line_characters_and_forms():
    text = "各单位要对照检查。\n请鄭國華同志讲解《臺灣通史》的有关情况。\n"
    (found,) = script_findings(text)
    assert found.rule == "SCR002"
    assert text[found.span.start : found.span.end] == "鄭國華同志讲解《臺灣"
    assert "鄭 (郑), 國 (国), 華 (华), 臺 (台), 灣 (湾)" in found.message
    assert found.fix is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("各单位要对照检查。", "nothing Traditional"),
        ("關於這個問題的說明", "a Traditional document is no mixed one"),
        ("各单位要对照检查。\n環境省は廃棄物の処理について", "Japanese"),
    ],
)
def test_nothing_found(text, why):
    assert script_findings(text) == (), why


def test_findings_leave_protected_terms_and_keep():
    text = "请鄭國華同志讲解有关情况，认真对照检查。"
    assert script_findings(text, protected_terms=("鄭國華",)) == ()
    assert script_findings(text, mode="keep") == ()
    assert script_findings(text) != ()


def test_a_line_in_both_scripts_is_told_of_the_option():
    (found,) = script_findings("各单位要对照检查有关问题，认真总结经验。\n这个時候我們开会")
    assert "--script simplified" in found.message


def run(code, folder):
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=True).stdout.strip()


def test_nothing_in_the_working_directory_takes_the_place_of_the_dictionaries(tmp_path):
    for name in ("t2s.json", "merged.json", "TSCharacters.ocd2", "TSPhrases.ocd2"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    code = (
        "from normtool.text.script import script_edits as f; print(f('這個')[0].replacement.encode('unicode_escape').decode())"
    )
    assert run(code, tmp_path) == "\\u8fd9\\u4e2a"


def test_simplified_text_imports_no_opencc(tmp_path):
    code = "import sys; from normtool.text.script import script_edits as f; f('关于「这个」问题' * 9); print('opencc' in sys.modules, 'tempfile' in sys.modules)"
    assert run(code, tmp_path) == "False False"


def test_nothing_is_left_in_the_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    convert._converter.cache_clear()
    assert to_simplified("這個", style_of("這個")) == "这个"
    assert list(tmp_path.iterdir()) == []


def test_no_place_for_temporary_files_is_a_fault_of_the_installation(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    convert._converter.cache_clear()
    with pytest.raises(NormtoolError, match="TMPDIR"):
        to_simplified("這個", style_of("這個"))


def fake_opencc(path, **members):
    module = ModuleType("opencc")
    module.__file__ = str(path / "opencc" / "__init__.py")
    for name, value in members.items():
        setattr(module, name, value)
    return module


def test_another_package_named_opencc_is_refused(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "opencc", fake_opencc(tmp_path, OpenCC=object, __version__="1.4.2"))
    with pytest.raises(NormtoolError, match=r"not the official OpenCC package.*pip uninstall"):
        convert.dictionary_folder()


def test_a_missing_opencc_is_a_fault_of_the_installation(monkeypatch):
    monkeypatch.setitem(sys.modules, "opencc", None)
    with pytest.raises(NormtoolError, match="pip install 'opencc>="):
        convert.dictionary_folder()


def test_an_old_opencc_is_refused(tmp_path, monkeypatch):
    folder = tmp_path / "opencc" / "clib" / "share" / "opencc"
    folder.mkdir(parents=True)
    (folder / "TSCharacters.ocd2").touch()
    monkeypatch.setitem(sys.modules, "opencc", fake_opencc(tmp_path, opencc_clib=object, __version__="1.4.1"))
    with pytest.raises(NormtoolError, match=r"1\.4\.1"):
        convert.dictionary_folder()


def test_a_release_that_changes_lengths_does_no_harm(monkeypatch):
    def stretching(text):
        return text.replace("計程車", "出租汽车").replace("這", "这").replace("個", "个")

    monkeypatch.setattr(convert, "_converter", lambda _style: stretching)
    assert to_simplified("這個計程車，這個", Style(zhu=False, zhang=False)) == "这个計程車，这个"


def documents(*patterns):
    paths = sorted(path for pattern in patterns for path in SHARED.glob(pattern))
    return [path for path in paths if path.suffix == ".txt"]


def decoded(path):
    raw = path.read_bytes()
    for codec in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not beside this checkout")
def test_real_documents():
    """Simplified documents stay, the others come out Simplified and stay so."""
    standard = set((DATA / "standard_characters.txt").read_text("utf-8"))
    converted = 0
    for path in documents("seeds/*.txt", "gold/*.txt", "corpus/docs/*.txt"):
        text = decoded(path)
        if text is None:
            continue
        patch = script_edits(text)
        after = apply(text, patch)
        assert script_edits(after) == (), path.name
        if detect_script(text).verdict == "simplified":
            assert {edit.rule for edit in patch} <= {"SCR004"}, path.name
        elif patch:
            converted += 1
            assert detect_script(after).traditional == 0, path.name
    assert converted

    text = decoded(SHARED / "seeds" / "004.txt")
    after = apply(text, script_edits(text))
    assert not {c for c in after if "\u3400" <= c <= "\u9fff"} - standard
