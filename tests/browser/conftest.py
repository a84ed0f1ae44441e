"""A server of the app on a free port, and real browsers in both languages."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.serving import ROOT, served

PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def scenarios(tmp_path_factory):
    """The shipped scenarios, copied for the server: drafts and saves of tests stay there."""
    home = tmp_path_factory.mktemp("shipped")
    for name in ("scenarios", "criteria"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns(".*"))
    return home / "scenarios"


@pytest.fixture(scope="session")
def address(chromium_path, tmp_path_factory, scenarios):
    """The app as a user starts it, from another folder, so that no settings file is found by luck."""
    with served(tmp_path_factory.mktemp("server"), "--scenarios", str(scenarios)) as address:
        yield address


@pytest.fixture(autouse=True)
def as_shipped(scenarios):
    """What one test tries, saves and imports is no other's."""
    before = contents(scenarios)
    yield
    shutil.rmtree(scenarios / ".drafts", ignore_errors=True)
    for path, content in contents(scenarios).items():
        if path not in before:
            path.unlink()
        elif content != before[path]:
            path.write_bytes(before[path])


def contents(folder):
    """The files of a folder that are not kept by the store itself."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {
        path: path.read_bytes()
        for path in found
        if not {".drafts", ".versions"} & set(path.relative_to(folder).parts)
    }


@pytest.fixture(scope="session")
def browsers(chromium_path):
    """One browser per language of its own user interface."""
    with sync_playwright() as playwright:
        opened = {}
        for lang in ("vi", "en"):
            opened[lang] = playwright.chromium.launch(
                executable_path=chromium_path,
                args=["--no-sandbox", f"--lang={lang}"],
                env={**os.environ, "LANGUAGE": lang},
            )
        yield opened
        for browser in opened.values():
            browser.close()


@pytest.fixture
def new_page(browsers):
    """Opens a page in a browser of the language asked for; closes all of them afterwards."""
    contexts = []

    def opened(lang="vi"):
        locale = {"vi": "vi-VN", "en": "en-US"}[lang]
        context = browsers[lang].new_context(
            locale=locale, viewport={"width": 1280, "height": 720},
            permissions=["clipboard-read", "clipboard-write"], accept_downloads=True,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    yield opened
    for context in contexts:
        context.close()
