"""Drafts in real browsers: a reload loses nothing; of two people who save, the second sees and chooses."""

import re

import pytest
from playwright.sync_api import expect

from prioritizer import locale, pipeline

FUND = ("funds", "central-2026", "amount_bn")


def ready(page):
    page.locator('[data-testid="stDataFrame"]').first.wait_for()
    settled(page)


def settled(page):
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning")


def said(key, lang, **params):
    return locale.say(f"saving.{key}", lang, **params)


def press(page, key, lang):
    page.get_by_role("button", name=said(key, lang), exact=True).click()


def begun(path, *steps):
    """A draft on disk, a step for each of ``steps``; its id."""
    draft = None
    for changes in steps:
        made = pipeline.try_step(path, draft, pipeline.sha256_of(path.read_bytes()), "funds", changes)
        assert isinstance(made, pipeline.Draft), made
        draft = made.id
    return draft


@pytest.fixture
def baseline(scenarios):
    return scenarios / "baseline.yaml"


@pytest.mark.parametrize("lang", locale.LANGS)
def test_a_reload_keeps_what_is_being_tried(address, new_page, baseline, lang):
    page = new_page(lang)
    page.goto(f"{address}/tieu-chi?lang={lang}")
    node = pipeline.load(baseline).criteria.criteria[0]
    slider = page.get_by_role("slider", name=re.compile(re.escape(node.name.into(lang))))
    slider.wait_for()
    settled(page)
    before = int(slider.input_value())
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight", delay=50)
    trying = page.get_by_text(said("trying", lang, what=said("tried.weights", lang)))
    expect(trying).to_be_visible()
    expect(slider).to_have_value(str(before + 5))
    expect(page).to_have_url(re.compile(r"draft=[0-9a-f]{8}"))
    settled(page)
    page.reload()
    expect(trying).to_be_visible()
    expect(slider).to_have_value(str(before + 5))
    press(page, "undo", lang)
    expect(slider).to_have_value(str(before))


def scenario(path):
    now = pipeline.load(path).scenario
    return now.funds[0].amount_mvnd, now.ties, now.objective.basis


WAYS = {
    "on_top": ("vi", (11_000_500, "pro_rata", "project")),
    "alone": ("en", (11_000_500, "order", "project")),
    "new": ("vi", (13_000_000, "pro_rata", "funding")),
    "drop": ("en", (13_000_000, "pro_rata", "funding")),
}


@pytest.mark.parametrize("way", WAYS)
def test_of_two_who_save_the_second_sees_what_changed_and_chooses(address, new_page, baseline, way):
    lang, outcome = WAYS[way]
    theirs = begun(baseline, {FUND: "13000"}, {("ties",): "pro_rata"})
    mine = begun(baseline, {FUND: "11000.5"}, {("objective", "basis"): "project"})
    first, second = new_page(lang), new_page(lang)
    for page, draft in ((first, theirs), (second, mine)):
        page.goto(f"{address}/danh-muc?lang={lang}&scenario=baseline&draft={draft}")
        ready(page)
    press(first, "save", lang)
    expect(first.get_by_text(said("told.done", lang))).to_be_visible()
    press(second, "save", lang)
    dialog = second.get_by_role("dialog")
    table = dialog.get_by_test_id("stTable")
    amounts = [
        locale.say("ui.money", lang, amount=locale.bn(each, lang)) for each in (13_000_000, 11_000_500)
    ]
    for text in (*amounts, said("conflict.clash", lang)):
        expect(table.get_by_text(text, exact=True)).to_be_visible()
    assert scenario(baseline) == (13_000_000, "pro_rata", "funding")
    dialog.get_by_role("button", name=said(f"conflict.{way}", lang)).click()
    if way == "new":
        dialog.get_by_role("textbox").first.fill("Của tôi")
        dialog.get_by_role("textbox").first.press("Tab")
        dialog.get_by_role("button", name=said("save", lang), exact=True).click()
        expect(second).to_have_url(re.compile("scenario=cua-toi"))
        assert scenario(baseline.with_name("cua-toi.yaml")) == (11_000_500, "order", "project")
    expect(dialog).to_have_count(0)
    told = {"new": "told.done_new", "drop": "told.dropped"}.get(way, "told.done")
    expect(second.get_by_text(said(told, lang, id="cua-toi"))).to_be_visible()
    assert scenario(baseline) == outcome
    expect(second.get_by_role("button", name=said("undo", lang))).to_have_count(0)


def test_a_draft_of_yesterday_is_offered_and_dropped_after_a_question(address, new_page, baseline):
    begun(baseline, {FUND: "11000.5"})
    page = new_page()
    page.goto(f"{address}/danh-muc")
    ready(page)
    page.get_by_text(said("offers.title", "vi", count=1)).click()
    press(page, "offers.go_on", "vi")
    expect(page.get_by_text(said("trying", "vi", what=said("tried.funds", "vi")))).to_be_visible()
    press(page, "discard", "vi")
    expect(page.get_by_text(said("discard_question", "vi"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    settled(page)
    assert pipeline.drafts_of(baseline).found
    press(page, "discard", "vi")
    press(page, "discard_yes", "vi")
    expect(page.get_by_text(said("told.dropped", "vi"))).to_be_visible()
    assert not pipeline.drafts_of(baseline).found
