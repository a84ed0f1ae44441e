"""Every page and every part of it, as one looks at them one after the other."""

from playwright.sync_api import expect

from prioritizer.ui import shell

SCENARIO = "demonstration"
QUICK = "baseline"  # where a sweep takes seconds: no rule of it asks yes or no
VIEWPORT = {"width": 1280, "height": 720}
PATIENCE_MS = 120_000


def views(page, address, lang):
    """Goes through all pages and their parts in one language; yields the page's name and the part's place."""
    for name, _, url in shell._PAGES:
        page.goto(f"{address}/{'' if name == 'overview' else url}?lang={lang}&scenario={_scenario(name)}")
        page.get_by_test_id("stHeading").first.wait_for()
        drawn(page)
        parts = page.locator(f".st-key-{name}-part").get_by_role("radio")
        yield name, 0
        before = 1
        if name == "robustness":
            tried(page)
            yield name, before
            before = 2
        for place in range(1, parts.count()):
            parts.nth(place).click()
            drawn(page)
            yield name, place - 1 + before


def _scenario(name):
    return QUICK if name == "robustness" else SCENARIO


def tried(page):
    """Has the plan tried with few draws, and waits for what comes of it."""
    page.locator(".st-key-robustness-draws").get_by_role("radio").first.click()
    drawn(page)
    page.locator(".st-key-robustness-try button").click()
    page.locator(".st-key-robustness-part").wait_for(timeout=PATIENCE_MS)
    drawn(page)


def drawn(page):
    """Waits until nothing runs any more, nothing is a placeholder, and no answer is still to come."""
    page.wait_for_timeout(500)
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE_MS)
    expect(page.locator('[data-testid="stSkeleton"]:visible')).to_have_count(0, timeout=PATIENCE_MS)
    expect(page.locator('[class*="st-key-job"]')).to_have_count(0, timeout=PATIENCE_MS)
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE_MS)
