"""What a program gets that imports normtool and gives settings of its own."""

import pytest

import normtool
from normtool import Settings

_TEXT = "第一条 为了规范管理,制定本办法.\n"
_WITH_SETTINGS = (normtool.check, normtool.normalize, normtool.parse, lambda text, given: normtool.detect(text.encode(), given))


@pytest.mark.parametrize("ask", _WITH_SETTINGS, ids=["check", "normalize", "parse", "detect"])
def test_a_text_for_several_is_refused(ask):
    """Its letters would be taken for prefixes of rule codes, which match nothing."""
    with pytest.raises(TypeError, match=r"Settings\.ignore takes several texts; write ignore=\('TXT',\)"):
        ask(_TEXT, Settings(ignore="TXT"))


@pytest.mark.parametrize("ask", _WITH_SETTINGS, ids=["check", "normalize", "parse", "detect"])
def test_a_list_does_as_a_tuple(ask):
    """What was read from a file of settings is a list."""
    assert ask(_TEXT, Settings(ignore=["TXT"])) == ask(_TEXT, Settings(ignore=("TXT",)))


def test_settings_are_heard():
    """Without this the two above could hold because nobody listens."""
    assert normtool.normalize(_TEXT, Settings(ignore=["TXT"])) != normtool.normalize(_TEXT)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (Settings(script="foo"), "script: 'foo' is none of auto, keep, simplified"),
        (Settings(select=("NOPE",)), "select: no rule begins with 'NOPE'"),
        (Settings(ignore=("txt",)), "ignore: no rule begins with 'txt'; did you mean 'TXT'?"),
        (Settings(ignore=("",)), "ignore: no rule begins with ''"),
        (Settings(document_type="notices"), "unknown document type 'notices'; did you mean 'notice'?"),
        (Settings(schema_dirs=("/nope",)), "schema_dirs: /nope does not exist"),
        (Settings(chrome_packs=("/nope.toml",)), "chrome_packs: /nope.toml does not exist"),
        (Settings(encoding="latin-9"), "Settings: encoding latin-9 is unknown; known are utf-8, "),
    ],
)
def test_settings_that_mean_nothing_are_refused(given, message):
    """A misspelt code would turn every rule off, or none."""
    with pytest.raises(normtool.NormtoolError) as error:
        normtool.normalize(_TEXT, given)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (Settings(unsafe="no"), "Settings.unsafe is True or False, not 'no'"),
        (Settings(allow_lossy=None), "Settings.allow_lossy is True or False, not None"),
        (Settings(markdown=1), "Settings.markdown is True or False, not 1"),
        (Settings(encoding=8), "Settings.encoding takes a text, not 8"),
        (Settings(document_type=["notice"]), "Settings.document_type takes a text, not ['notice']"),
        (Settings(script=None), "Settings.script takes a text, not None"),
        (Settings(select=None), "Settings.select takes several texts, not None"),
        (Settings(ignore=("TXT", 1)), "Settings.ignore takes several texts, not ('TXT', 1)"),
        (Settings(protected_terms=(None,)), "Settings.protected_terms takes several texts, not (None,)"),
    ],
)
def test_values_of_another_type_are_refused(given, message):
    """The text ``no`` would count as true, and unsafe changes would be made."""
    with pytest.raises(TypeError) as error:
        normtool.normalize(_TEXT, given)
    assert str(error.value) == message


@pytest.mark.parametrize("wrong", [None, 7, ["甲"]])
@pytest.mark.parametrize("ask", [normtool.check, normtool.normalize, normtool.parse, normtool.detect])
def test_what_is_no_document(ask, wrong):
    with pytest.raises(TypeError, match="the bytes of a file are wanted"):
        ask(wrong)


def test_settings_as_a_dict():
    with pytest.raises(TypeError, match=r"normtool\.Settings is wanted, not dict"):
        normtool.check(_TEXT, {"ignore": ["TXT"]})


@pytest.mark.parametrize("text", ["", "MIT License\r\n  a ", "\n\n"])
def test_a_text_without_hanzi_passes_untouched(text):
    assert normtool.normalize(text) == text
    assert normtool.check(text) == ()


def test_the_encoding_of_a_text_is_none():
    """It is text already; only bytes are in an encoding."""
    given = Settings(encoding="gb18030")
    assert normtool.check(_TEXT, given) == normtool.check(_TEXT)
    assert normtool.normalize(_TEXT, given) == normtool.normalize(_TEXT)


def test_half_of_a_surrogate_pair_is_no_crash():
    assert normtool.check("中\ud800文") is not None
    assert "\ud800" in normtool.normalize("中\ud800文")


MIXED = _TEXT.encode() * 5 + "坏".encode("gb18030")[:1] + b"\n" + _TEXT.encode("gb18030") * 5


@pytest.mark.parametrize("ask", [normtool.normalize, normtool.parse])
def test_damaged_and_mixed_bytes_are_refused(ask):
    """As the command line refuses them; what can be read of them is given when a loss is allowed."""
    for data in (MIXED, _TEXT.encode() + b"\xff\n", b"\x00\x01\x02" * 40):
        with pytest.raises(ValueError, match=r"\w"):
            ask(data)
    assert ask(MIXED, Settings(allow_lossy=True))
