"""Settings that all tests share; fixtures of one subject live beside its tests."""

import os
import shutil

import pytest
from hypothesis import settings

# Time limits per example say more about the machine than about the code. On a check server the same
# examples every time: a failure there can be repeated at a desk.
settings.register_profile("desk", deadline=None)
settings.register_profile("server", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("server" if os.environ.get("CI") else "desk")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """A browser of this machine: skips with a clear line where there is none, fails where one is required."""
    names = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        missing = (
            "no Chromium on this machine: browser tests need chromium, chromium-browser or google-chrome"
        )
        if os.environ.get("PRIORITIZER_REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)  # a user's machine need not have a browser to check the rest; check servers must
    return found
