"""Compare in a real browser: the choice stays in the address, charts are drawn, tables are taken away."""

import csv
import io

import pytest
from playwright.sync_api import expect

from prioritizer import locale, pipeline
from tests.browser.looking import PATIENCE_MS, drawn
from tests.browser.test_app import downloaded

LANGS = pytest.mark.parametrize("lang", ["en"])  # in both: test_meeting_whole
CHART = '[data-testid="stVegaLiteChart"]:visible canvas, [data-testid="stVegaLiteChart"]:visible svg'


def look_at(page, address, lang, with_="baseline,high-bar"):
    page.goto(f"{address}/so-sanh?lang={lang}&with={with_}")
    page.locator(CHART).first.wait_for(timeout=PATIENCE_MS)
    drawn(page)


@LANGS
def test_another_scenario_is_added_and_stays_after_a_reload(address, new_page, lang):
    page = new_page(lang)
    look_at(page, address, lang)
    title = pipeline.load(path_of("growth-first")).scenario.title.into(lang)
    page.get_by_role("combobox", name=locale.say("compare.page.others", lang)).click()
    page.get_by_role("option", name=title, exact=True).click()
    drawn(page)
    page.wait_for_url("**growth-first**")
    page.reload()
    page.locator(CHART).first.wait_for(timeout=PATIENCE_MS)
    third = locale.say("compare.label", lang, number=3)
    expect(page.get_by_text(f"{third} {title}")).to_be_visible()


@LANGS
def test_projects_are_searched_without_marks_and_taken_away_as_read(address, new_page, lang):
    page = new_page(lang)
    look_at(page, address, lang)
    page.get_by_role("radio", name=locale.say("compare.page.part.projects", lang), exact=True).click()
    drawn(page)
    page.get_by_label(locale.say("compare.page.search", lang)).fill("ve tinh" if lang == "vi" else "satellit")
    many = page.get_by_text(locale.say("compare.page.largest", lang, count=30, whole=35))
    expect(many).to_be_visible()
    page.keyboard.press("Enter")
    expect(many).to_have_count(0)  # else the table might still be the one before the search
    drawn(page)
    page.get_by_text(locale.say("ui.chart.table", lang)).click()
    content = downloaded(page, locale.say("ui.download.excel_table", lang)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert "P33" in [row[0] for row in rows]
    assert len(rows) < 12, "only what was searched for"


def path_of(name):
    return next(path for path in pipeline.scenario_paths() if path.stem == name)
