"""Rules are edited in a real browser, in both languages: a ceiling and its refusal, a way out of a clash."""

from fractions import Fraction

import pytest
from playwright.sync_api import expect

from prioritizer import locale, pipeline
from prioritizer.model import Bound
from tests.browser.test_app import ready, settled, turned

CLASH = """schema: 1
id: clash
extends: baseline
title: {vi: "Mâu thuẫn", en: "A clash"}
limits:
  - {id: cap, where: {ministry: [MAE, MOH]}, at_most: {share_of_envelope: "0.2"}, decreed: true}
"""


@pytest.fixture(scope="module")
def case():
    return pipeline.load(pipeline.scenario_paths()[0])


def capital(text):
    return text[:1].upper() + text[1:]


def lowered(case, name, share):
    """The case with another ceiling on a limit."""
    limits = [
        each.model_copy(update={"at_most": Bound(share_of_envelope=share)}) if each.id == name else each
        for each in case.scenario.limits
    ]
    return case.revised(limits=tuple(limits))


@pytest.mark.parametrize("lang", ["vi"])  # in both: test_meeting_whole
def test_a_lower_ceiling_changes_the_reason_and_is_undone(address, new_page, case, lang):
    limit = next(each for each in case.scenario.limits if each.id == "moit-ceiling")
    page = new_page(lang)
    page.goto(f"{address}/phan-bo?lang={lang}")
    ready(page)
    turned(page, lang, "rules")
    page.get_by_role("radio", name=capital(pipeline.limit_name(case, limit, lang))).click(force=True)
    settled(page)
    field = page.get_by_role("textbox", name=locale.say("rules.size.share_of_envelope", lang))
    expect(field).to_have_value("25")
    for text in ("1", "101"):
        field.fill(text)
        field.press("Enter")
        settled(page)
    expect(page.get_by_text(locale.say("rules.misread.share_out_of_range", lang, text="101"))).to_be_visible()
    tried = pipeline.assess(lowered(case, limit.id, Fraction(1, 100)))
    name = pipeline.limit_name(tried.case, tried.case.scenario.limits[1], lang)
    expect(page.get_by_role("radio", name=capital(name))).to_be_visible()
    first = int(tried.scores.in_rank_order()[0])
    assert tried.plan.reason[first] == "marginal", "its ceiling holds back the first project"
    turned(page, lang, "otherwise")
    reason = pipeline.describe_project(tried, first, lang, pipeline.prices(tried))
    expect(page.get_by_text(reason, exact=True).first).to_be_visible()
    page.get_by_role("button", name=locale.say("saving.undo", lang), exact=True).click()
    settled(page)
    before = pipeline.assess(case)
    reason = pipeline.describe_project(before, first, lang, pipeline.prices(before))
    expect(page.get_by_text(reason, exact=True).first).to_be_visible()


@pytest.mark.parametrize("lang", ["vi"])  # in both: test_meeting_whole
def test_the_cheapest_way_out_of_a_clash_is_tried(address, new_page, scenarios, lang):
    (scenarios / "clash.yaml").write_text(CLASH, encoding="utf-8")
    page = new_page(lang)
    page.goto(f"{address}/phan-bo?lang={lang}&scenario=clash")
    way_out = page.get_by_role("button", name=locale.say("rules.clash.try", lang), exact=True)
    expect(way_out).to_be_visible()
    expect(page.get_by_text(locale.say("rules.clash.decreed", lang))).to_be_visible()
    way_out.click()
    ready(page)
    expect(way_out).to_have_count(0)
    expect(page.get_by_role("button", name=locale.say("saving.undo", lang), exact=True)).to_be_enabled()
