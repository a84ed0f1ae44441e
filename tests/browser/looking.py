"""Every page and every part of it, as one looks at them one after the other."""

from playwright.sync_api import expect

from prioritizer.ui import shell

SCENARIO = "demonstration"
VIEWPORT = {"width": 1280, "height": 720}
PATIENCE_MS = 120_000


def views(page, address, lang):
    """Goes through all pages and their parts in one language; yields the page's name and the part's place."""
    for name, _, url in shell._PAGES:
        page.goto(f"{address}/{'' if name == 'overview' else url}?lang={lang}&scenario={SCENARIO}")
        page.get_by_test_id("stHeading").first.wait_for()
        drawn(page)
        parts = page.locator(f".st-key-{name}-part").get_by_role("radio")
        yield name, 0
        for place in range(1, parts.count()):
            parts.nth(place).click()
            drawn(page)
            yield name, place


def drawn(page):
    """Waits until nothing runs any more, nothing is a placeholder, and no answer is still to come."""
    page.wait_for_timeout(500)
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE_MS)
    expect(page.locator('[data-testid="stSkeleton"]:visible')).to_have_count(0, timeout=PATIENCE_MS)
    expect(page.locator('[class*="st-key-job"]')).to_have_count(0, timeout=PATIENCE_MS)
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE_MS)
