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
