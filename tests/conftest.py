"""What holds for every test: a machine's own variables do not decide what the program prints."""

import pytest


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    for name in ("CI", "FORCE_COLOR", "GITHUB_ACTIONS", "NO_COLOR", "NORMTOOL_OUTPUT_FORMAT", "PRE_COMMIT"):
        monkeypatch.delenv(name, raising=False)
