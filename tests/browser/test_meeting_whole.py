"""A whole meeting in a real browser, in both languages: workbooks, weights, a ceiling, reasons, a scenario of
its own, held against the baseline, and papers to take away."""

import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect

from prioritizer import locale, pipeline
from tests.browser.looking import PATIENCE_MS, drawn
from tests.browser.test_app import downloaded, turned
from tests.browser.test_import import button, drag, look_at
from tests.browser.test_rules import capital

CEILING = "most-ceiling"


def renamed(path, project, name):
    """A workbook with another name for one of its projects."""
    book = openpyxl.load_workbook(path)
    cell = next(
        row[at + 1]
        for sheet in book
        for row in sheet.iter_rows()
        for at in range(len(row) - 1)
        if row[at].value == project
    )
    cell.value = name
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def go_to(page, name, lang):
    page.get_by_role("link", name=locale.say(f"ui.{name}.title", lang), exact=True).click()
    drawn(page)


def press(page, key, lang):
    page.get_by_role("button", name=locale.say(key, lang), exact=True).click()
    drawn(page)


def tried(page, scenarios):
    """What the open draft comes to."""
    path = scenarios / "demonstration.yaml"
    draft = pipeline.draft_of(path, re.search(r"draft=([0-9a-f]{8})", page.url)[1])
    return pipeline.assess(pipeline.load_draft(path, draft))


@pytest.mark.parametrize("lang", locale.LANGS)
def test_a_meeting_from_workbooks_to_papers(address, scenarios, new_page, lang):
    page = new_page(lang)

    # A ministry's workbook comes in.
    look_at(page, address, lang)
    name = "Bê tông mác rất cao"
    content = renamed(scenarios / "demonstration/ministry-MOC.xlsx", "MOC-03", name)
    drag(page, "ministry-MOC.xlsx", content)
    expect(button(page, "put.button", lang)).to_be_enabled(timeout=PATIENCE_MS)
    button(page, "put.button", lang).click()
    expect(page.get_by_role("button", name=locale.say("bringing.undo.button", lang))).to_be_visible()
    before = pipeline.assess(pipeline.load(scenarios / "demonstration.yaml"))
    row = before.case.register.row_of("MOC-03")
    assert before.case.register.name(row, "vi") == name

    # A weight is moved, and money moves.
    go_to(page, "criteria", lang)
    moved = page.get_by_test_id("stMetric").filter(has_text=locale.say("ui.criteria.moved", lang))
    nothing = locale.bn(0, lang)
    expect(moved.get_by_test_id("stMetricValue")).to_have_text(nothing, timeout=PATIENCE_MS)
    page.get_by_role("slider").first.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight", delay=30)
    expect(moved.get_by_test_id("stMetricValue")).not_to_have_text(nothing, timeout=PATIENCE_MS)

    # A ministry's ceiling is lowered.
    go_to(page, "allocation", lang)
    turned(page, lang, "rules")
    limit = next(each for each in before.case.scenario.limits if each.id == CEILING)
    words = capital(pipeline.limit_name(before.case, limit, lang))
    page.get_by_role("radio", name=words).click(force=True)
    drawn(page)
    field = page.get_by_role("textbox", name=locale.say("rules.size.share_of_envelope", lang))
    field.fill("20")
    field.press("Enter")
    drawn(page)
    after = tried(page, scenarios)
    assert after.case.scenario.weights != before.case.scenario.weights
    assert next(each for each in after.case.scenario.limits if each.id == CEILING) != limit

    # The reason of a project is another one now.
    told = [
        [pipeline.describe_project(each, at, lang, pipeline.prices(each)) for each in (before, after)]
        for at in range(len(before.case.register))
    ]
    cut = next(
        at
        for at, (was, now) in enumerate(told)
        if was != now and 0 < int(after.plan.amount_mvnd[at]) < int(before.plan.amount_mvnd[at])
    )
    turned(page, lang, "otherwise")
    page.get_by_role("combobox", name=locale.say("ui.otherwise.project", lang)).click()
    page.keyboard.type(before.case.register.ids[cut])
    page.keyboard.press("Enter")
    expect(page.get_by_text(told[cut][1], exact=True).first).to_be_visible(timeout=PATIENCE_MS)

    # It is saved under a name of its own.
    press(page, "saving.save_as", lang)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(locale.say("saving.title_vi", lang), exact=True).fill("Phương án họp ngày 22")
    dialog.get_by_role("button", name=locale.say("saving.save", lang), exact=True).click()
    expect(page).to_have_url(re.compile("scenario=phuong-an-hop-ngay-22"), timeout=PATIENCE_MS)
    saved = pipeline.assess(pipeline.load(scenarios / "phuong-an-hop-ngay-22.yaml"))
    assert saved.plan.amount_mvnd.tolist() == after.plan.amount_mvnd.tolist()

    # It is held against the baseline.
    go_to(page, "compare", lang)
    baseline = pipeline.load(scenarios / "baseline.yaml").scenario.title.into(lang)
    expect(page.get_by_text(f"{locale.say('compare.label', lang, number=1)} {baseline}")).to_be_visible()
    expect(
        page.get_by_text(f"{locale.say('compare.label', lang, number=2)} Phương án họp ngày 22")
    ).to_be_visible()
    expect(page.locator('[data-testid="stVegaLiteChart"]:visible').first).to_be_visible()

    # The shortlist is taken away.
    go_to(page, "meeting", lang)
    page.get_by_role("radio", name=locale.say("meeting.part.papers", lang), exact=True).click()
    drawn(page)
    shortlist = downloaded(page, locale.say("meeting.papers.excel", lang))
    assert shortlist == pipeline.shortlist_csv(saved, lang, "excel")
    assert name in shortlist.decode("utf-8-sig") or lang == "en"
