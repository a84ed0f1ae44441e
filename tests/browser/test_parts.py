"""Parts of Register and Criteria in a real browser: papers to take away, comparisons asked for."""

import io
import zipfile

import pytest
from playwright.sync_api import expect

from prioritizer import locale, pipeline
from tests.browser.test_app import downloaded, ready, settled

LANGS = pytest.mark.parametrize("lang", ["en"])  # in both: test_meeting_whole


@pytest.fixture(scope="module")
def evaluation():
    path = next(path for path in pipeline.scenario_paths() if path.stem == "demonstration")
    return pipeline.assess(pipeline.load(path))


def look_at(page, address, path, key, lang):
    """One part of a page on the demonstration set."""
    page.goto(f"{address}/{path}?lang={lang}&scenario=demonstration")
    ready(page)
    page.get_by_role("radio", name=locale.say(f"ui.{key}", lang), exact=True).click()
    settled(page)


@LANGS
def test_a_lead_body_gets_its_workbook_and_letter(address, new_page, lang):
    page = new_page(lang)
    look_at(page, address, "danh-muc", "register.part.dossiers", lang)
    for name, inside in (
        ("blank", "xl/workbook.xml"),
        ("filled", "xl/workbook.xml"),
        ("tasks", "xl/workbook.xml"),
        ("letter", "word/document.xml"),
    ):
        content = downloaded(page, locale.say(f"ui.templates.{name}", lang))
        assert inside in zipfile.ZipFile(io.BytesIO(content)).namelist()


@LANGS
def test_two_projects_are_held_against_each_other(address, new_page, evaluation, lang):
    page = new_page(lang)
    look_at(page, address, "danh-muc", "register.part.project", lang)
    page.get_by_role("combobox", name=locale.say("ui.contrast.against", lang)).click()
    page.keyboard.type("MOST-03")
    page.keyboard.press("Enter")
    ids = evaluation.case.register.ids
    found = pipeline.contrast(evaluation, 0, ids.index("MOST-03"))
    for sentence in pipeline.describe_contrast(evaluation.case, evaluation.scores, found, lang):
        expect(page.get_by_text(sentence, exact=True)).to_be_visible()


@LANGS
def test_assessors_are_compared_below_their_button(address, new_page, evaluation, lang):
    page = new_page(lang)
    look_at(page, address, "tieu-chi", "criteria.part.assessors", lang)
    heading = page.get_by_role("heading", name=locale.say("ui.assessors.people", lang))
    expect(heading).to_have_count(0)
    page.get_by_role("button", name=locale.say("ui.assessors.compare", lang)).click()
    expect(heading).to_be_visible(timeout=60_000)
    expect(page.locator('[data-testid="stVegaLiteChart"]:visible')).to_have_count(1)
