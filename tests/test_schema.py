"""The schemas: two validators agree, nothing is fetched, every property is explained, a user's own type is one file."""

import copy
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import jsonschema
import pytest
import referencing
from hypothesis import given, settings
from hypothesis import strategies as st

import normtool
from normtool import catalog
from normtool.catalog import schemas
from normtool.checks.schema import explain, is_valid, schema_findings, violations
from normtool.model import CleanText, NormtoolError, Settings
from normtool.structure import parse, to_json

TYPES = sorted(set(schemas()) - {"findings"})
NOTICE = CleanText(
    "发布机构：江南市科学技术局\n成文日期：2023-05-09\n\n江南市科学技术局关于开放实验室的通知\n江科函〔2023〕42号\n各区科技局：\n现将有关事项通知如下。\n"
    "一、总体要求\n认真执行。\n附件：名单\n江南市科学技术局\n2023年5月9日\n（此件公开发布）\n抄送：市委办公室。\n"
)
VALUES = [
    None,
    "",
    "x",
    "江南市科学技术局",
    "2023-02-30",
    "2023-05-09",
    0,
    7,
    [],
    ["甲"],
    [""],
    {},
    {"term": 1},
    True,
    "江科函[2023]42号",
]


def places(data, pointer=()):
    """All paths of a JSON document."""
    yield pointer
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from places(value, (*pointer, key))


def broken(data, path, change, value):
    """A copy with one place removed, replaced, or given a surplus key."""
    data = copy.deepcopy(data)
    if not path:
        return {**data, "surplus": value}
    parent = data
    for key in path[:-1]:
        parent = parent[key]
    if change == "remove":
        del parent[path[-1]]
    elif change == "surplus" and isinstance(parent[path[-1]], dict):
        parent[path[-1]]["surplus"] = value
    else:
        parent[path[-1]] = value
    return data


EXAMPLES = {name: schemas()[name]["examples"][0] for name in TYPES} | {"notice": to_json(parse(NOTICE, Settings()))}


@cache
def second_opinion(name):
    """The same schemas in the validator written in Python; nothing is fetched by it either."""
    resources = [(schema["$id"], referencing.Resource.from_contents(schema)) for schema in schemas().values()]
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(
        schemas()[name], registry=referencing.Registry().with_resources(resources), format_checker=checker
    )


def wrong_places(instance, name):
    """The pointers that the second validator objects to: those of missing and surplus keys are the keys' own."""
    for error in second_opinion(name).iter_errors(instance):
        at = "".join(f"/{part}" for part in error.absolute_path)
        if error.validator == "required":
            yield from (f"{at}/{key}" for key in error.validator_value if key not in error.instance)
        elif error.validator == "additionalProperties":
            yield from (f"{at}/{key}" for key in error.instance if key not in error.schema.get("properties", {}))
        else:
            yield at


@pytest.mark.parametrize("name", TYPES)
def test_example_is_valid(name):
    assert violations(EXAMPLES[name], name) == ()


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(TYPES), st.data())
def test_the_two_validators_agree(name, data):
    instance = EXAMPLES[name]
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(places(instance))))
        instance = broken(
            instance, path, data.draw(st.sampled_from(["remove", "replace", "surplus"])), data.draw(st.sampled_from(VALUES))
        )
    if isinstance(instance, dict):
        wrong = set(wrong_places(instance, name))
        assert is_valid(instance, name) is not bool(wrong)
        assert {violation.pointer for violation in explain(instance, name)} == wrong


def test_missing_parts_have_their_own_pointers():
    text = CleanText("关于市政协七届二次会议第0217号提案的复函\n一、办理情况\n已经办理。\n")
    found = schema_findings(parse(text, Settings()), Settings())
    assert [f.pointer for f in found] == ["/recipients", "/signature"]
    assert [f.span for f in found] == [(0, 0), (0, 0)]
    ignored = schema_findings(parse(text, Settings()), Settings(ignore=("SCH001:/signature",)))
    assert [f.pointer for f in ignored] == ["/recipients"]


def test_a_wrong_value_is_found_at_its_place():
    text = CleanText(
        "发布机构：市科技局\n成文日期：五月上旬\n\n江南市科学技术局关于开放实验室的公告\n现公告如下。\n江南市科学技术局\n2023年5月9日\n"
    )
    (found,) = schema_findings(parse(text, Settings()), Settings())
    assert (found.pointer, text[slice(*found.span)]) == ("/metadata/date_written", "五月上旬")


def test_a_verdict_imports_nothing_that_could_fetch():
    code = (
        "import sys\nfrom normtool.model import Settings\nfrom normtool.structure import parse\nfrom normtool.checks.schema import schema_findings\n"
        f"assert schema_findings(parse({str(NOTICE)!r}, Settings()), Settings()) == ()\n"
        "assert 'jsonschema_rs' in sys.modules\nprint([m for m in ('jsonschema', 'referencing', 'urllib.request') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_reference_is_a_fault_of_the_set_up(tmp_path):
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:normtool:schema:1:mine",
        "$ref": "https://schemas.invalid/other",
    }
    (tmp_path / "mine.schema.json").write_text(json.dumps(schema), "utf-8")
    with pytest.raises(NormtoolError, match=r"mine\.schema\.json: the schema cannot be used"):
        is_valid({}, "mine", (str(tmp_path),))


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        (
            {"type": "objec"},
            "minutes.schema.json: the schema cannot be used: type: 'objec' has none of the forms allowed; correct it",
        ),
        ({"properties": {"title": {"pattern": "("}}}, 'properties/title/pattern: "(" is not a "regex"'),
        ({"$ref": "#/$defs/no"}, "Pointer '/$defs/no' does not exist"),
        ({"$ref": "urn:nothing"}, "urn:nothing is not among the schemas"),
        ({"$id": 5}, '$id: 5 is not of type "string"'),
        ({"$ref": "urn:part"}, "part.schema.json: the schema cannot be used: items: 7 is not of type"),
        ({"$ref": "urn:normtool:schema:1:document"}, None),
        ({"$ref": "urn:other"}, None),
    ],
)
def test_a_faulty_schema_is_refused_before_any_document(tmp_path, schema, fault):
    """A part that no type is made of may be whatever it likes."""
    cues = {"order": 5, "rules": [{"title": ["纪要$"]}]}
    files = {
        "minutes": {"x-normtool": cues, **schema},
        "other": {"$id": "urn:other", "type": "object"},
        "part": {"$id": "urn:part", "items": 7},
    }
    for name, table in files.items():
        (tmp_path / f"{name}.schema.json").write_text(json.dumps(table), "utf-8")
    mine = Settings(schema_dirs=(str(tmp_path),))
    if fault is None:
        assert normtool.normalize("通知\n", mine)
        return
    with pytest.raises(NormtoolError) as caught:
        normtool.normalize("通知\n", mine)
    assert fault in str(caught.value)


def test_a_schema_that_is_no_json(tmp_path):
    (tmp_path / "mine.schema.json").write_text("{", "utf-8")
    with pytest.raises(NormtoolError, match=r"mine\.schema\.json: the schema is no JSON: "):
        schemas((str(tmp_path),))


def test_a_schema_that_is_no_object(tmp_path):
    (tmp_path / "mine.schema.json").write_text("[]", "utf-8")
    with pytest.raises(NormtoolError, match=r"mine\.schema\.json: the schema is no JSON object"):
        schemas((str(tmp_path),))


def test_a_schema_that_cannot_be_read(tmp_path):
    (tmp_path / "mine.schema.json").mkdir()
    with pytest.raises(NormtoolError, match=r"mine\.schema\.json: the schema cannot be read: "):
        schemas((str(tmp_path),))


@pytest.mark.parametrize(
    ("cues", "message"),
    [
        ([], "x-normtool is not of the form"),
        ({"rules": {}}, "x-normtool is not of the form"),
        ({"order": "5"}, "x-normtool/order is no whole number"),
        ({"rule": []}, "x-normtool/rule: unknown key; order, rules and parts are known"),
        ({"rules": [{}]}, "x-normtool/rules/0: a rule needs patterns of a title"),
        (
            {"rules": [{"title": ["纪要$"], "titles": ["简报$"]}]},
            "x-normtool/rules/0/titles: unknown key; title, never, lead, untitled are known",
        ),
        ({"rules": [{"title": "纪要$"}]}, "x-normtool/rules/0/title: not a list of patterns"),
        ({"rules": [{"title": ["纪(要$"]}]}, "x-normtool/rules/0/title: 纪(要$ is no regular expression: missing )"),
        ({"rules": [{"title": [""]}]}, "x-normtool/rules/0/title: '' is found in every text"),
        ({"rules": [{"title": ["纪要|"]}]}, "x-normtool/rules/0/title: '纪要|' is found in every text"),
        ({"parts": "plan"}, "x-normtool/parts is no list of addressed, "),
        ({"parts": ["plans"]}, "x-normtool/parts is no list of"),
    ],
)
def test_cues_that_would_recognize_nothing_or_everything_are_refused(tmp_path, cues, message):
    (tmp_path / "mine.schema.json").write_text(json.dumps({"x-normtool": cues}), "utf-8")
    with pytest.raises(NormtoolError) as caught:
        schemas((str(tmp_path),))
    assert message in str(caught.value)


def test_what_the_types_share_stays(tmp_path):
    (tmp_path / "document.schema.json").write_text("{}", "utf-8")
    with pytest.raises(NormtoolError, match=r"document\.schema\.json: document is the name of a schema that the types share"):
        schemas((str(tmp_path),))


def test_the_parts_are_those_that_the_types_ask_for():
    assert {part for schema in schemas().values() for part in schema.get("x-normtool", {}).get("parts", ())} == catalog._PARTS


@pytest.mark.parametrize(
    ("parts", "missed"), [([], []), (["signed"], ["DOC009"]), (["addressed", "signed"], ["DOC007", "DOC009"])]
)
def test_a_type_says_what_is_missed_in_its_documents(tmp_path, parts, missed):
    cues = {"order": 1, "rules": [{"title": ["简报$"]}], "parts": parts}
    (tmp_path / "mine.schema.json").write_text(json.dumps({"x-normtool": cues}), "utf-8")
    found = normtool.check("云岭县林业局工作简报\n林道已经修好。\n", Settings(schema_dirs=(str(tmp_path),)))
    assert [f.rule for f in found if f.rule in {"DOC007", "DOC009"}] == missed


def test_a_schema_that_is_true_has_no_title(tmp_path):
    (tmp_path / "mine.schema.json").write_text('{"properties": {"recipients": true}, "required": ["recipients"]}', "utf-8")
    assert violations({}, "mine", (str(tmp_path),)) == (("/recipients", "recipients (主送机关) is missing"),)


def test_a_type_of_ones_own(tmp_path):
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:normtool:schema:1:bulletin",
        "x-normtool": {"order": 5, "rules": [{"title": ["简报$"]}]},
        "allOf": [{"$ref": "urn:normtool:schema:1:document"}],
        "properties": {"notes": {"title": "编后语"}},
        "required": ["notes"],
    }
    (tmp_path / "bulletin.schema.json").write_text(json.dumps(schema), "utf-8")
    mine = Settings(schema_dirs=(str(tmp_path),))
    document = parse(CleanText("江南市科技工作简报\n实验室已经开放。\n"), mine)
    assert document.document_type == "bulletin"
    assert [(f.pointer, f.message) for f in schema_findings(document, mine)] == [
        ("/notes", "notes (编后语) is missing (at /notes)")
    ]
    assert parse(CleanText("江南市科技工作简报\n实验室已经开放。\n"), Settings()).recognized is False


def properties_of(schema, path=""):
    for key, value in schema.get("properties", {}).items():
        yield f"{path}/{key}", value
        yield from properties_of(value, f"{path}/{key}")
    for key in ("items",):
        if isinstance(schema.get(key), dict):
            yield from properties_of(schema[key], path)
    for key, value in schema.get("$defs", {}).items():
        yield from properties_of(value, f"{path}/$defs/{key}")


@pytest.mark.parametrize("name", sorted(schemas()))
def test_schema_is_well_made(name):
    schema = schemas()[name]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:normtool:schema:1:{name}"
    jsonschema.Draft202012Validator.check_schema(schema)
    for path, value in properties_of(schema):
        assert value.get("title"), path
        assert value.get("description"), path
        assert value.get("examples"), path


def test_the_list_of_findings_has_its_schema():
    finding = schemas()["findings"]["$defs"]["finding"]["examples"][0]
    assert is_valid([finding], "findings")
    assert not is_valid([{**finding, "severity": "fatal"}], "findings")


def test_schemas_stand_at_the_top_of_the_checkout():
    assert (Path(__file__).parents[1] / "schemas" / "document.schema.json").exists()
