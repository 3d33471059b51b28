"""The formats that services read, each held against the schema or the reader that it is made for."""

import json
import re
from urllib.parse import unquote

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from sarif_kit.validate import validation_errors
from test_report import PLAIN, problem

from normtool.catalog import data_bytes
from normtool.model import Location
from normtool.report import FORMATS, framed, part_of
from normtool.report.tally import tally_of
from normtool.results import Checked, Mend, Trouble
from normtool.rulebook import RULES

GITLAB_SEVERITIES = {"info", "minor", "major", "critical", "blocker"}
MISSING = Trouble("无.txt", 'no such file or folder; check the "spelling"')
NASTY = "100%: a,b\r\nc::d\x07\udcff.txt"


def rendered(name, *files):
    """Print files that were checked, or could not be."""
    parts = [part_of(each, name, colour=False) for each in files if isinstance(each, Checked)]
    return "".join(framed(parts, [each for each in files if isinstance(each, Trouble)], name))


def checked(*problems, filename="答复.txt"):
    changes = any(each.mend and each.mend.made for each in problems)
    return Checked(filename, tuple(each._replace(filename=filename) for each in problems), changes=changes)


# --- github: what its runner makes of a line, read as it reads it (actions/toolkit and the runner's command parser agree on this)


def parsed_command(line):
    command, properties, message = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line).groups()
    pairs = dict(pair.split("=", 1) for pair in properties.split(","))
    back = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}

    def plain(text, codes):
        return re.sub("|".join(codes), lambda code: back[code[0]], text)

    return command, {key: plain(value, back) for key, value in pairs.items()}, plain(message, ["%0D", "%0A", "%25"])


def test_github_commands_come_back_as_they_were():
    message = "50%: a,b\r\nnext %0A line"
    (line,) = rendered("github", checked(problem(message=message), filename="100%: a,b.txt")).splitlines()
    assert parsed_command(line) == (
        "warning",
        {
            "file": "100%: a,b.txt",
            "line": "1",
            "endLine": "1",
            "col": "3",
            "endColumn": "4",
            "title": "TXT001 halfwidth-punctuation",
        },
        message,
    )


# a finding's location and exclusive end, and the last line that holds a character of it
LAST_LINES = [
    (Location(7, 1), Location(7, 1), 7),  # nothing: where something is missing
    (Location(7, 3), Location(7, 9), 7),
    (Location(6, 3), Location(7, 2), 7),
    (Location(7, 1), Location(8, 1), 7),  # a whole line, the last of the file
    (Location(7, 5), Location(8, 1), 7),
    (Location(2, 1), Location(8, 1), 7),
]


@pytest.mark.parametrize(("first", "end", "last"), LAST_LINES)
def test_no_service_is_given_a_line_behind_the_finding(first, end, last):
    found = checked(problem(location=first, end_location=end))
    (line,) = rendered("github", found).splitlines()
    assert (parsed_command(line)[1]["line"], parsed_command(line)[1]["endLine"]) == (str(first.line), str(last))
    (issue,) = json.loads(rendered("gitlab", found))
    lines, positions = (issue["location"].get(form) for form in ("lines", "positions"))
    assert (lines is None) != (positions is None)
    assert (lines or {"begin": positions["begin"]["line"], "end": positions["end"]["line"]}) == {
        "begin": first.line,
        "end": last,
    }


def test_sarif_ends_a_whole_line_at_the_start_of_the_next():
    """Its text says so of a line together with its newline (3.30.2, example 5), and that is what a fix takes out."""
    run = log_of(checked(problem(location=Location(7, 1), end_location=Location(8, 1))))
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 7, "startColumn": 1, "endLine": 8, "endColumn": 1}


def test_github_has_no_columns_over_several_lines():
    (line,) = rendered("github", checked(problem(end_location=Location(3, 4)))).splitlines()
    assert parsed_command(line)[1] == {"file": "答复.txt", "line": "1", "endLine": "3", "title": "TXT001 halfwidth-punctuation"}


def test_github_severities_and_folding():
    lines = rendered("github", checked(problem(), problem(2), PLAIN, problem(severity="info", code="TXT014"))).splitlines()
    assert [parsed_command(line)[0] for line in lines] == ["warning", "error", "notice"]
    assert lines[0].endswith(" (2 times)")


# --- gitlab: the keys that its documentation asks for


def test_gitlab_has_the_keys_that_are_asked_for():
    issues = json.loads(rendered("gitlab", checked(problem(), PLAIN, problem(severity="info"))))
    assert len(issues) == 3
    for issue in issues:
        assert all(
            isinstance(issue[key], str) and issue[key] for key in ("description", "check_name", "fingerprint", "severity")
        )
        assert issue["severity"] in GITLAB_SEVERITIES
        assert issue["location"]["path"] == "答复.txt"
        assert issue["location"]["positions"]["begin"]["line"] >= 1
    assert rendered("gitlab") == "[]\n"


def fingerprints(*files):
    return [issue["fingerprint"] for issue in json.loads(rendered("gitlab", *files))]


def test_gitlab_fingerprints_are_of_one_occurrence():
    found = fingerprints(checked(problem(), problem(2), problem(2), PLAIN), checked(problem(), filename="b.txt"))
    assert len(set(found)) == len(found) == 5


def test_gitlab_fingerprints_tell_places_of_a_document_apart():
    """A finding about one field stays the same when another field gets one with the same words."""
    other = PLAIN._replace(pointer="/body")
    assert fingerprints(checked(other, PLAIN))[1] == fingerprints(checked(PLAIN))[0]


def test_gitlab_fingerprints_stay_when_lines_are_added_above():
    assert fingerprints(checked(problem(1), problem(5), PLAIN)) == fingerprints(
        checked(problem(11), problem(15), PLAIN._replace(location=Location(12, 1)))
    )


@pytest.mark.parametrize("name", ["gitlab", "sarif", "github"])
def test_paths_are_those_of_the_repository(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    inside, outside = checked(problem(), filename=str(tmp_path / "docs/a.txt")), checked(problem(), filename="/elsewhere/b.txt")
    text = rendered(name, inside, outside)
    assert str(tmp_path) not in text
    assert "docs/a.txt" in text
    assert "/elsewhere/b.txt" in text


# --- junit: the reader that people use


def cases(*files):
    suites = JUnitXml.fromstring(rendered("junit", *files).encode("utf-8", "backslashreplace"))
    return {(suite.name, case.name): [type(result) for result in case.result] for suite in suites for case in suite}, list(
        suites
    )


def test_junit_fails_where_the_check_does():
    found, suites = cases(
        checked(problem(), problem(2), PLAIN, problem(code="HDR005", name="x", severity="info", mend=None)),
        checked(filename="b.txt"),
    )
    assert found == {
        ("答复.txt", "DOC001 title-missing"): [Failure],
        ("答复.txt", "HDR005 x"): [],
        ("答复.txt", "TXT001 halfwidth-punctuation"): [Failure],
        ("b.txt", "normtool"): [],
    }
    assert [(suite.tests, suite.failures, suite.errors) for suite in suites] == [(3, 2, 0), (1, 0, 0)]


# what lets a run fail, and what does not: severity, whether normalize mends it, whether the file is checked strictly
FAILING = [
    ("info", False, True, False),
    ("warning", False, False, False),
    ("warning", False, True, True),
    ("info", True, False, True),
    ("error", False, False, True),
]


@pytest.mark.parametrize(("severity", "mended", "strict", "fails"), FAILING)
def test_junit_agrees_with_the_exit_status(severity, mended, strict, fails):
    found = checked(problem(severity=severity, mend=problem().mend if mended else None))._replace(strict=strict)
    _, (suite,) = cases(found)
    assert (suite.failures, tally_of(found).failed) == ((1, 1) if fails else (0, 0))


def test_junit_fails_where_only_the_bytes_change():
    found, (suite,) = cases(checked()._replace(changes=True))
    assert found == {("答复.txt", "normtool"): [Failure]}
    assert (suite.tests, suite.failures) == (1, 1)


def test_junit_has_an_error_for_a_file_that_could_not_be_checked():
    found, suites = cases(MISSING, checked())
    assert found == {("答复.txt", "normtool"): [], ("无.txt", "normtool"): [Error]}
    assert [(suite.tests, suite.failures, suite.errors) for suite in suites] == [(1, 0, 0), (1, 0, 1)]
    assert next(iter(suites[1])).result[0].message == MISSING.message


def test_junit_tells_every_place_and_what_was_skipped():
    text = rendered("junit", checked(problem(), problem(7)))
    assert "答复.txt:1:3: warning:" in text
    assert "答复.txt:7:3: warning:" in text
    found, _ = cases(Checked("LICENSE.txt", note="no hanzi, skipped"))
    assert found == {("LICENSE.txt", "normtool"): [Skipped]}
    assert Error not in found


def test_junit_of_nothing_is_a_document():
    assert cases() == ({}, [])


def test_junit_has_no_character_that_xml_forbids():
    found, _ = cases(checked(problem(message='a\x00\x1b<&>"\ud800\ufffe'), filename=NASTY))
    assert len(found) == 1


# --- sarif: the schema of OASIS, as errata 01 has it


def log_of(*files):
    log = json.loads(rendered("sarif", *files).encode("utf-8", "backslashreplace"))
    assert validation_errors(log) == []
    return log["runs"][0]


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"junit", "sarif"}))
def test_other_formats_have_no_place_for_a_file_that_could_not_be_checked(name):
    assert rendered(name, MISSING, checked(PLAIN)) == rendered(name, checked(PLAIN))


def test_sarif_tells_which_files_could_not_be_checked():
    assert log_of(checked(PLAIN))["invocations"] == [{"executionSuccessful": True}]
    (invocation,) = log_of(checked(PLAIN), MISSING)["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert (told["level"], told["message"]["text"]) == ("error", MISSING.message)
    assert unquote(told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) == MISSING.filename


@pytest.mark.parametrize(
    "files", [(), (checked(),), (MISSING, MISSING), (checked(problem(), PLAIN), checked(problem(), filename=NASTY))], ids=len
)
def test_sarif_is_valid(files):
    run = log_of(*files)
    assert run["columnKind"] == "unicodeCodePoints"


def test_sarif_results_name_their_rules():
    run = log_of(checked(problem(), PLAIN, problem(2)))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["TXT001", "DOC001"]
    assert {result["ruleId"] for result in run["results"]} == {rule["id"] for rule in rules}
    assert [result["level"] for result in run["results"]] == ["warning", "error", "warning"]
    assert rules[0]["help"]["markdown"] == data_bytes("rules/TXT001.md").decode()


def test_sarif_has_every_rule_with_its_page():
    run = log_of(checked(*(problem(code=rule.code, name=rule.name, severity=rule.severity) for rule in RULES.values())))
    assert len(run["tool"]["driver"]["rules"]) == len(RULES)
    assert all(
        rule["fullDescription"]["text"] and "##" not in rule["fullDescription"]["text"]
        for rule in run["tool"]["driver"]["rules"]
    )


def test_sarif_fixes_are_those_that_are_made():
    run = log_of(checked(problem(), problem(mend=Mend("unsafe", problem().mend.changes, made=False)), PLAIN))
    assert ["fixes" in result for result in run["results"]] == [True, False, False]
    (change,) = run["results"][0]["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {"deletedRegion": {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 4}, "insertedContent": {"text": "，"}},
    ]


def test_sarif_names_files_by_reference():
    run = log_of(checked(problem(), filename="文 件/a#b.txt"), checked(problem(), filename="/elsewhere/b.txt"))
    uris = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]]
    assert [unquote(uri) for uri in uris] == ["文 件/a#b.txt", "file:///elsewhere/b.txt"]
    assert " " not in uris[0]
    assert "#" not in uris[0]
