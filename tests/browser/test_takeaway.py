"""Documents and pack made and taken away in a real browser; the pack verified by the command with nothing but
Python, opened again, and turned back into a scenario."""

import io
import re
import subprocess
import sys

import docx
import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from prioritizer import cli, locale, pipeline
from tests.browser.looking import PATIENCE_MS, drawn
from tests.browser.test_accessibility import RULES
from tests.browser.test_app import downloaded
from tests.browser.test_file_box import AFTER
from tests.browser.test_meeting import look_at
from tests.packing import parts_of


def press(page, key, lang):
    page.get_by_role("button", name=locale.say(f"meeting.{key}", lang), exact=True).click()
    drawn(page)


def turn_to(page, part, lang):
    page.get_by_role("radio", name=locale.say(f"meeting.part.{part}", lang), exact=True).click()
    drawn(page)


def taken(page, name, lang):
    return downloaded(page, locale.say(f"meeting.papers.{name}", lang))


def barriers(page):
    """What axe finds serious, by rule."""
    answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert answer.response["passes"], "axe has looked"
    return [rule["id"] for rule in answer.response["violations"] if rule["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("lang", ["en"])  # in both: test_meeting_whole
def test_what_is_taken_away_verifies_and_opens_again(address, scenarios, new_page, tmp_path, capsys, lang):
    page = new_page(lang)
    look_at(page, address, lang)
    turn_to(page, "papers", lang)
    press(page, "papers.make", lang)
    assert not barriers(page)
    evaluation = pipeline.assess(pipeline.load(scenarios / "baseline.yaml"))
    assert taken(page, "shortlist_xlsx", lang) == pipeline.shortlist_xlsx(evaluation, lang)
    openpyxl.load_workbook(io.BytesIO(taken(page, "shortlist_xlsx", lang)))
    annex = docx.Document(io.BytesIO(taken(page, "shortlist_docx", lang)))
    cells = "\n".join(cell.text for table in annex.tables for row in table.rows for cell in row.cells)
    register = evaluation.case.register
    assert all(register.name(row, lang) in cells for row in range(len(register)))

    # The pack, by the command, and by the verifier in it with nothing but Python.
    path = tmp_path / "pack.zip"
    path.write_bytes(taken(page, "pack", lang))
    digest = pipeline.sha256_of(path.read_bytes())
    expect(page.get_by_text(digest, exact=True)).to_be_visible()
    at_hand = ["--scenario", str(scenarios / "baseline.yaml"), "--lang", lang]
    assert cli.main(["verify", str(path), *at_hand]) == 0
    assert digest in capsys.readouterr().out
    alone = tmp_path / "verifier.py"
    alone.write_bytes(parts_of(path.read_bytes())["verifier.py"])
    assert subprocess.run([sys.executable, "-I", "-S", alone, path], check=False).returncode == 0

    # Opened again, only to be looked at.
    turn_to(page, "pack", lang)
    said = page.get_by_test_id("stFileUploaderDropzone").get_by_text("per file").evaluate(AFTER)
    assert said == f'"{locale.say("meeting.box.size", lang)}"', "the file box speaks the page's language"
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)
    frame = page.locator(".st-key-pack-plan")
    marked = locale.say("meeting.pack.read_only", lang).replace("**", "")
    expect(frame.get_by_text(marked)).to_be_visible(timeout=PATIENCE_MS)
    total = locale.bn(evaluation.plan.total_mvnd, lang)
    expect(frame.get_by_text(total).first).to_be_visible()
    for folded in page.locator('[class*="st-key-pack-"] summary').all():
        folded.click()
    drawn(page)
    assert not barriers(page)
    assert frame.get_by_role("textbox").count() == frame.get_by_role("slider").count() == 0

    # Turned back into a scenario.
    title = page.get_by_label(locale.say("saving.title_vi", lang), exact=True)
    title.fill("Phương án đã trình")
    title.press("Enter")
    drawn(page)
    press(page, "pack.take_now", lang)
    expect(page).to_have_url(re.compile("scenario=phuong-an-da-trinh"), timeout=PATIENCE_MS)
    again = pipeline.assess(pipeline.load(scenarios / "phuong-an-da-trinh.yaml"))
    assert again.plan.amount_mvnd.tolist() == evaluation.plan.amount_mvnd.tolist()


def test_making_documents_can_be_stopped_and_begun_again(address, new_page):
    page = new_page("vi")
    look_at(page, address, "vi", "scenario=growth-first")
    turn_to(page, "papers", "vi")
    page.get_by_role("button", name=locale.say("meeting.papers.make", "vi"), exact=True).click()
    page.get_by_role("button", name=locale.say("jobs.stop", "vi"), exact=True).click()
    again = page.get_by_role("button", name=locale.say("jobs.again", "vi"), exact=True)
    expect(again).to_be_visible()
    again.click()
    pack = page.get_by_role("button", name=locale.say("meeting.papers.pack", "vi"))
    expect(pack).to_be_visible(timeout=PATIENCE_MS)
