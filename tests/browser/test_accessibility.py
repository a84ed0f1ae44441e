"""Nothing on any page keeps people with disabilities out, as far as axe-core can tell."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from prioritizer import locale
from tests.browser.looking import views

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What Streamlit's own elements do and this house cannot mend, by axe's name of the rule; empty today.
UPSTREAM: dict[str, str] = {}


@pytest.mark.parametrize("lang", locale.LANGS)
def test_no_page_has_a_serious_fault(address, new_page, lang):
    page, found = new_page(lang), {}
    for name, place in views(page, address, lang):
        answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        for rule in answer.response["violations"]:
            if rule["impact"] in ("serious", "critical") and rule["id"] not in UPSTREAM:
                found[f"{name} {place} {rule['id']}"] = [node["html"][:300] for node in rule["nodes"]]
        assert answer.response["passes"], "axe has looked"
    assert not found
