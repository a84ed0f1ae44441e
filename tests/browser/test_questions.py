"""Guided questions in a real browser: answered, stopped by a reload, gone on with, taken over."""

from fractions import Fraction

import pytest
from playwright.sync_api import expect

from prioritizer import locale, pipeline, scoring
from tests.browser.test_app import settled

LANGS = pytest.mark.parametrize("lang", ["vi"])  # in both: test_meeting_whole
PATIENCE_MS = 120_000


def words(key, lang, **params):
    return locale.say(f"questions.{key}", lang, **params)


def press(page, key, lang):
    page.get_by_role("button", name=words(key, lang), exact=True).click()
    settled(page)


def at_part(page, lang, part):
    page.get_by_role("radio", name=locale.say(f"ui.criteria.part.{part}", lang), exact=True).click()
    settled(page)


def progress(page, lang, done):
    expect(page.get_by_text(words("progress", lang, done=done, whole=3), exact=True)).to_be_visible(
        timeout=PATIENCE_MS
    )


@LANGS
def test_swings_are_asked_survive_a_reload_and_move_money_once_taken_over(address, new_page, scenarios, lang):
    page = new_page(lang)
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{address}/tieu-chi?lang={lang}&scenario=baseline")
    page.get_by_role("slider").first.wait_for()
    at_part(page, lang, "questions")
    page.get_by_role("textbox", name=words("begin.by", lang)).fill("Tổ công tác")
    page.get_by_role("textbox", name=words("begin.why", lang)).fill("Họp phiên thứ nhất")
    press(page, "begin.go", lang)
    names = [node.name.into(lang) for node in pipeline.load(scenarios / "baseline.yaml").criteria.criteria]
    progress(page, lang, 0)
    page.get_by_text(names[2], exact=True).click()
    settled(page)
    press(page, "next", lang)
    progress(page, lang, 1)
    page.get_by_role("textbox", name=words("ask.swing_label", lang)).fill("120")
    press(page, "next", lang)
    expect(page.get_by_text(words("refused.swing_off_scale", lang, text="120"))).to_be_visible()
    page.get_by_role("textbox", name=words("ask.swing_label", lang)).fill("60")
    press(page, "next", lang)
    progress(page, lang, 2)
    page.reload()
    progress(page, lang, 2)
    page.get_by_role("textbox", name=words("ask.swing_label", lang)).fill("40")
    press(page, "next", lang)
    for share in (Fraction(3, 10), Fraction(1, 5), Fraction(1, 2)):
        cell = page.get_by_role("cell", name=locale.percent(share, lang), exact=True)
        expect(cell).to_be_visible(timeout=PATIENCE_MS)
    press(page, "result.take", lang)
    expect(page.get_by_text(words("told.taken", lang))).to_be_visible(timeout=PATIENCE_MS)
    what = locale.say("saving.tried.weights", lang)
    expect(page.get_by_text(locale.say("saving.trying", lang, what=what))).to_be_visible()
    (draft,) = pipeline.drafts_of(scenarios / "baseline.yaml").found
    own = scoring.node_weights(pipeline.load_draft(scenarios / "baseline.yaml", draft))
    assert own["national-need"] == Fraction(3, 10) and own["value-chain"] == Fraction(1, 2)
