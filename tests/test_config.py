"""Finding, reading and checking the configuration."""

import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

import normtool
from normtool import config
from normtool.__main__ import main
from normtool.catalog import data_bytes
from normtool.config import DEFAULTS, Overrides, configure, resolve, settings_for
from normtool.model import NormtoolError
from normtool.report import FORMATS

CASES = tomllib.loads((Path(__file__).parent / "cases/config.toml").read_text("utf-8"))["case"]
SCHEMA = json.loads(data_bytes("config.schema.json"))


def _write(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_configuration(case, tmp_path):
    _write(tmp_path, case["files"])
    folder = tmp_path / case.get("folder", "")
    if "error" in case:
        with pytest.raises(NormtoolError) as caught:
            configure(folder, Overrides())
        assert case["error"] in str(caught.value)
        assert str(caught.value).startswith(str(tmp_path))
        return
    configure(folder, Overrides())
    values = resolve(folder, Overrides())
    assert {key: values[key].value for key in case["expected"]} == case["expected"]
    origins = case.get("origins", {})
    assert {key: values[key].origin for key in origins} == {
        key: name if name == "default" else str(tmp_path / name) for key, name in origins.items()
    }


def test_command_line_goes_before_the_file(tmp_path):
    _write(tmp_path, {"normtool.toml": 'script = "keep"\nstrict = true'})
    values = resolve(tmp_path, Overrides((("script", "simplified"),)))
    assert (values["script"].value, values["script"].origin) == ("simplified", "command line")
    assert values["strict"].value is True


def test_isolated_takes_no_file(tmp_path):
    _write(tmp_path, {"normtool.toml": "strict = true"})
    assert configure(tmp_path, Overrides(isolated=True)).strict is False


def test_named_file_goes_before_the_nearest(tmp_path):
    _write(tmp_path, {"normtool.toml": "strict = true", "other.toml": "unsafe = true"})
    found = configure(tmp_path, Overrides(config=tmp_path / "other.toml"))
    assert (found.strict, found.settings.unsafe) == (False, True)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [("missing.toml", None, "cannot be read"), ("pyproject.toml", "[project]\n", r"has no table \[tool.normtool\]")],
)
def test_named_file_must_hold_something(name, text, why, tmp_path):
    if text is not None:
        _write(tmp_path, {name: text})
    with pytest.raises(NormtoolError, match=why):
        configure(tmp_path, Overrides(config=tmp_path / name))


def test_paths_are_relative_to_the_file(tmp_path):
    _write(
        tmp_path,
        {
            "conf/normtool.toml": 'chrome = ["portal.toml"]\nschemas = ["types"]',
            "conf/portal.toml": "",
            "conf/types/a.schema.json": '{"x-normtool": {}}',
        },
    )
    settings = configure(tmp_path / "conf/types", Overrides()).settings
    assert settings.chrome_packs == (str(tmp_path / "conf/portal.toml"),)
    assert settings.schema_dirs == (str(tmp_path / "conf/types"),)


def test_output_formats_are_those_that_there_are():
    assert SCHEMA["properties"]["output-format"]["enum"] == list(FORMATS)


def test_settings_of_single_files(tmp_path):
    text = 'ignore = ["TXT001"]\n[per-file-ignores]\n"drafts/*" = ["LAY", "SCH001:/signature"]\n[per-file-types]\n"*.plan.txt" = "house-rules"'
    _write(tmp_path, {"normtool.toml": f'schemas = ["types"]\n{text}', "types/house-rules.schema.json": '{"x-normtool": {}}'})
    found = configure(tmp_path, Overrides())
    draft = settings_for(found, tmp_path / "drafts/a.plan.txt")
    assert draft.ignore == ("TXT001", "LAY", "SCH001:/signature")
    assert draft.document_type == "house-rules"
    assert settings_for(found, tmp_path / "a.txt") == found.settings


@pytest.mark.parametrize(
    ("pattern", "name"), [("drafts", "drafts/old/a.txt"), ("drafts/", "drafts/a.txt"), ("*.txt", "b/a.txt")]
)
def test_a_pattern_for_a_folder_holds_for_all_in_it(pattern, name, tmp_path):
    _write(tmp_path, {"normtool.toml": f'[per-file-ignores]\n"{pattern}" = ["LAY"]\n[per-file-types]\n"{pattern}" = "notice"'})
    found = configure(tmp_path, Overrides())
    assert settings_for(found, tmp_path / "a.md").ignore == ()
    assert (settings_for(found, tmp_path / name).ignore, settings_for(found, tmp_path / name).document_type) == (
        ("LAY",),
        "notice",
    )


def test_a_type_that_is_asked_for_goes_before_that_of_the_file(tmp_path):
    _write(tmp_path, {"normtool.toml": '[per-file-types]\n"*.txt" = "notice"'})
    found = configure(tmp_path, Overrides((("type", "plan"),)))
    assert settings_for(found, tmp_path / "a.txt").document_type == "plan"


@pytest.mark.parametrize(
    ("name", "markdown"), [("a.txt", False), ("md", False), ("a.md.txt", False), ("a.md", True), ("A.MD", True)]
)
def test_markdown_is_known_by_the_name(name, markdown, tmp_path):
    assert settings_for(configure(tmp_path, Overrides()), tmp_path / name).markdown is markdown


def test_terms_in_a_file_with_a_byte_order_mark(tmp_path):
    _write(
        tmp_path,
        {"normtool.toml": 'protected-terms-file = "terms.txt"', "terms.txt": "\ufeff臺灣大學\n  # 校名\n於振江 # 人名\n\n"},
    )
    assert configure(tmp_path, Overrides()).settings.protected_terms == ("臺灣大學", "於振江")


def test_a_folder_above_that_may_not_be_entered_has_no_configuration(tmp_path, monkeypatch):
    _write(tmp_path, {"normtool.toml": "strict = true", "sub/a.txt": ""})
    is_file = Path.is_file

    def closed(path):
        if path.parent == tmp_path:
            raise PermissionError(13, "Permission denied", str(path))
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", closed)
    assert configure(tmp_path / "sub", Overrides()).strict is False


def test_type_without_schema_is_refused(tmp_path):
    _write(tmp_path, {"types/house-rules.schema.json": '{"x-normtool": {}}'})
    given = (("schemas", (str(tmp_path / "types"),)), ("type", "house-rule"))
    with pytest.raises(NormtoolError, match="unknown document type 'house-rule'; did you mean 'house-rules'"):
        configure(tmp_path, Overrides(given, isolated=True))


@pytest.mark.parametrize(
    ("version", "wanted", "fits"),
    [
        ("1.0.1", "==1", False),
        ("1.0", "!=1", False),
        ("1.0", ">1", False),
        ("1", "<1.0.0", False),
        ("2", "1.0", False),
        ("0.9", ">=1", False),
        ("1.10", "<1.9", False),
        ("1.5", ">=1,<1.5", False),
        ("1.0", "==1", True),
        ("1", "==1.0.0", True),
        ("1", "1.0", True),
        ("1.0.0", "<=1", True),
        ("1", ">=1.0", True),
        ("1.10", ">1.9", True),
        ("0.0", "==0", True),
        ("1.5", ">=1,<2", True),
    ],
)
def test_required_version(version, wanted, fits, tmp_path, monkeypatch):
    monkeypatch.setattr(normtool, "__version__", version)
    _write(tmp_path, {"normtool.toml": f'required-version = "{wanted}"'})
    if fits:
        configure(tmp_path, Overrides())
    else:
        with pytest.raises(NormtoolError, match=f"required-version: wants {wanted}, this is normtool {version};"):
            configure(tmp_path, Overrides())


def test_schema_and_defaults_name_the_same_keys():
    assert set(SCHEMA["properties"]) == set(DEFAULTS) - {"type", "encoding"}
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("key", [key for key in SCHEMA["properties"] if "default" in SCHEMA["properties"][key]])
def test_schema_tells_the_defaults(key):
    default = SCHEMA["properties"][key]["default"]
    assert config._frozen(default) == DEFAULTS[key]
    assert SCHEMA["properties"][key]["description"].endswith(".")


def test_settings_can_be_pasted_into_a_configuration(tmp_path, monkeypatch, capfd):
    """What ``normtool config`` prints is a configuration file that says the same."""
    monkeypatch.chdir(tmp_path)
    first = (
        'exclude = ["raw/", "a\\"b"]\nrequired-version = ">=0.1"\n[per-file-ignores]\n"drafts/*" = ["DOC", "SCH001:/title"]\n'
    )
    for number, source in enumerate(("", first)):
        _write(tmp_path, {f"{number}.toml": source})
        assert main(["config", "--config", f"{number}.toml"]) == 0
        printed = capfd.readouterr().out
        _write(tmp_path, {f"{number}-again.toml": printed})
        assert main(["config", "--config", f"{number}-again.toml"]) == 0
        assert re.sub(r"  # .*", "", capfd.readouterr().out) == re.sub(r"  # .*", "", printed)
        shown = tomllib.loads(printed)
        assert {key: shown[key] for key in tomllib.loads(source)} == tomllib.loads(source)
    assert main(["config", "--output-format", "json", "--isolated"]) == 0
    assert json.loads(capfd.readouterr().out)["per-file-types"] == {"value": {}, "origin": "default"}
