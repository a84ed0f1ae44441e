"""The meeting's page in a real browser: a decision is taken, the big screen hides what nobody reads."""

import json

import pytest
from playwright.sync_api import expect

from prioritizer import locale, pipeline
from tests.browser.looking import PATIENCE_MS, drawn
from tests.browser.test_app import downloaded

LANGS = pytest.mark.parametrize("lang", locale.LANGS)


def look_at(page, address, lang, query="scenario=baseline"):
    page.goto(f"{address}/cuoc-hop?lang={lang}&{query}")
    expect(page.get_by_role("heading", name=locale.say("ui.meeting.title", lang))).to_be_visible(
        timeout=PATIENCE_MS
    )
    drawn(page)


@LANGS
def test_a_decision_is_added_and_dropped_again(address, new_page, lang):
    page = new_page(lang)
    look_at(page, address, lang)
    page.get_by_text(locale.say("meeting.edit.add", lang), exact=True).click()
    drawn(page)
    form = page.locator(".st-key-meeting-add")
    form.get_by_label(locale.say("rules.field.by", lang)).fill("Tổ công tác")
    form.get_by_label(locale.say("rules.field.why_vi", lang)).fill("đã có nhà máy")
    form.get_by_role("button", name=locale.say("meeting.edit.add_now", lang)).click()
    expect(page.get_by_role("cell", name="đã có nhà máy")).to_be_visible()
    page.get_by_role("button", name=locale.say("saving.discard", lang)).click()
    page.get_by_role("button", name=locale.say("saving.discard_yes", lang)).click()
    expect(page.get_by_text(locale.say("meeting.log.none", lang))).to_be_visible()


@LANGS
def test_the_plan_file_that_is_taken_away_verifies(address, new_page, lang):
    page = new_page(lang)
    look_at(page, address, lang)
    page.get_by_role("radio", name=locale.say("meeting.part.papers", lang), exact=True).click()
    drawn(page)
    content = downloaded(page, locale.say("meeting.papers.plan", lang))
    assert pipeline.verify(content).ok
    assert json.loads(content)["scenario"] == "baseline"


@LANGS
def test_the_big_screen_is_larger_without_fields_on_every_page_and_escape_leaves_it(address, new_page, lang):
    page = new_page(lang)
    look_at(page, address, lang)
    heading = page.get_by_role("heading", name=locale.say("ui.meeting.title", lang))
    usual = heading.bounding_box()["height"]
    page.get_by_role("button", name=locale.say("meeting.screen.enter", lang)).click()
    leave = page.get_by_role("button", name=locale.say("meeting.screen.leave", lang))
    expect(leave).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-screen", "big")
    assert heading.bounding_box()["height"] > 1.2 * usual
    expect(page.get_by_text(locale.say("meeting.edit.add", lang), exact=True)).to_be_hidden()
    page.get_by_role("link", name=locale.say("ui.overview.title", lang)).click()
    page.get_by_test_id("stMetric").first.wait_for(timeout=PATIENCE_MS)
    expect(leave).to_be_visible()
    page.reload()
    page.get_by_test_id("stMetric").first.wait_for(timeout=PATIENCE_MS)
    expect(leave).to_be_visible()
    expect(page.locator('[data-testid="stDownloadButton"]:visible')).to_have_count(0)
    page.keyboard.press("Escape")
    expect(leave).to_have_count(0)
    expect(page.locator("html")).to_have_attribute("data-screen", "usual")
    expect(page.locator('[data-testid="stDownloadButton"]:visible').first).to_be_visible()
