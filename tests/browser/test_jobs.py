"""What takes long, in a real browser: told by the second, stopped, begun again, and there without a click."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from prioritizer import locale
from prioritizer.ui.serving.serve import arguments
from tests.serving import ROOT, _free_port

PAGE = Path(__file__).with_name("slow_page.py")


@pytest.fixture
def slow_address(chromium_path):
    """A server of its own for every test, so that nobody has asked before."""
    port = _free_port()
    _run, _app, *flags = arguments(port, browser=False)
    command = [sys.executable, "-m", "streamlit", "run", str(PAGE), *flags]
    server = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 60
        while not served(f"{address}/_stcore/health"):
            assert server.poll() is None and time.monotonic() < until, "the page is not served"
            time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def served(address):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.mark.parametrize("lang", ["en"])  # in both: test_meeting_whole
def test_a_long_answer_is_told_stopped_and_begun_again(slow_address, new_page, lang):
    page = new_page(lang)
    page.goto(f"{slow_address}/?lang={lang}")
    what = locale.say("jobs.what.assess", lang)
    told = page.locator("p", has_text=what)
    expect(told).to_contain_text(re.compile(r"\b[1-9]\d* (giây|s)\b"))  # seconds go by
    expect(page.get_by_text("the first is there")).to_be_visible()
    expect(page.get_by_text("the second is there")).to_have_count(0)
    page.get_by_role("button", name=locale.say("jobs.stop", lang)).click()
    expect(page.get_by_text(locale.say("jobs.stopped", lang, what=what))).to_be_visible()
    page.get_by_text("quick").click()
    page.get_by_role("button", name=locale.say("jobs.again", lang)).click()
    expect(page.get_by_text("the second is there")).to_be_visible()
    expect(page.get_by_role("button", name=locale.say("jobs.stop", lang))).to_have_count(0)
