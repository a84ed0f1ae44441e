"""A server of the app on a free port, and real browsers in both languages."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_MS = 30_000


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _healthy(address):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}/suc-khoe", timeout=2) as answer:
            return answer.read() == b"prioritizer"
    except OSError:
        return False


@pytest.fixture(scope="session")
def address(chromium_path, tmp_path_factory):
    """The app as a user starts it, from another folder, so that no settings file is found by luck."""
    port = _free_port()
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "prioritizer", "app", "--port", str(port), "--no-browser"],
            cwd=log.parent, stdout=output, stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while not _healthy(address):
            if server.poll() is not None or time.monotonic() > deadline:
                server.kill()
                pytest.fail(f"the app did not start: {log.read_text(errors='replace')}")
            time.sleep(0.3)
        yield address
        server.terminate()
        server.wait(30)


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
