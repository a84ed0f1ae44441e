"""The box that files are dropped into speaks the page's language."""

import pytest

from prioritizer import locale

AFTER = "element => getComputedStyle(element, '::after').content"


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_file_box_speaks_the_pages_language(new_page, address, lang):
    page = new_page(lang)
    page.goto(f"{address}/danh-muc?lang={lang}&scenario=demonstration")
    page.get_by_role("radio", name=locale.say("ui.register.part.import", lang), exact=True).click()
    box = page.get_by_test_id("stFileUploaderDropzone")
    said = {"button": box.locator("button p"), "size": box.get_by_text("per file")}
    for name, place in said.items():
        assert place.evaluate(AFTER) == f'"{locale.say(f"bringing.box.{name}", lang)}"'
        assert place.evaluate("element => getComputedStyle(element).fontSize") == "0px"
