"""Real files dragged into the app in a real browser: faults, questions, the tables, and one step back."""

import pytest
from playwright.sync_api import expect

from prioritizer import locale
from tests.books import HEAD, book, project
from tests.browser.test_app import settled

WORKED_OUT_MS = 60_000  # files are read by a process of their own, side by side with other tests
LANGS = pytest.mark.parametrize("lang", ["vi"])  # in both: test_meeting_whole
_DROP = """([name, bytes]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name));
    return data;
}"""


@pytest.fixture
def tables(scenarios):
    """The folder of the demonstration set's tables."""
    return scenarios / "registers/demonstration"


def say(key, lang, **params):
    return locale.say(f"bringing.{key}", lang, **params)


def look_at(page, address, lang):
    page.goto(f"{address}/danh-muc?lang={lang}&scenario=demonstration")
    page.get_by_role("radio", name=locale.say("ui.register.part.import", lang), exact=True).click()
    page.get_by_test_id("stFileUploader").wait_for()
    settled(page)


def drag(page, name, content):
    """Drops a file on the box for files, as a hand does."""
    data = page.evaluate_handle(_DROP, [name, list(content)])
    box = page.get_by_test_id("stFileUploaderDropzone")
    box.dispatch_event("dragenter", {"dataTransfer": data})
    box.dispatch_event("drop", {"dataTransfer": data})


def button(page, key, lang):
    return page.get_by_role("button", name=say(key, lang), exact=True)


@LANGS
def test_a_faulty_file_is_shown_the_rest_taken_and_taken_back(address, scenarios, tables, new_page, lang):
    before = (tables / "register.csv").read_bytes()
    faulty = (scenarios / "demonstration/faulty/ministry-MOC.xlsx").read_bytes()
    page = new_page(lang)
    look_at(page, address, lang)
    drag(page, "ministry-MOC.xlsx", faulty)
    put = button(page, "put.button", lang)
    expect(put).to_be_disabled(timeout=WORKED_OUT_MS)
    expect(page.get_by_text(say("faults.count", lang, count=7), exact=True)).to_be_visible()
    page.get_by_text(say("put.accept", lang, refused=168), exact=True).click()
    expect(put).to_be_enabled()
    assert (tables / "register.csv").read_bytes() == before
    put.click()
    undo = page.get_by_role("button", name=say("undo.button", lang))
    expect(undo).to_be_visible(timeout=WORKED_OUT_MS)
    assert b"MOC-01" in before and b"MOC-01" not in (tables / "register.csv").read_bytes()
    undo.click()
    expect(page.get_by_text(say("undo.done", lang), exact=True)).to_be_visible(timeout=WORKED_OUT_MS)
    assert (tables / "register.csv").read_bytes() == before


@LANGS
def test_a_question_is_answered_and_survives_another_page(address, new_page, lang):
    head = [*HEAD[:1], "Tên gọi nhiệm vụ lạ", *HEAD[2:]]
    strange = book(head=head, sound=[project("VAST-70", ministry="VAST", ask=10)])
    page = new_page(lang)
    look_at(page, address, lang)
    drag(page, "vast.xlsx", strange)
    answer = button(page, "questions.answer", lang)
    expect(answer).to_be_visible(timeout=WORKED_OUT_MS)
    page.get_by_role("combobox", name="Tên gọi nhiệm vụ lạ").click()
    name = locale.say("columns.register.name_vi.heading", lang)
    page.get_by_role("option", name=name).click()
    answer.click()
    expect(answer).to_have_count(0, timeout=WORKED_OUT_MS)
    overview = page.get_by_role("link", name=locale.say("ui.overview.title", lang))
    overview.click()
    settled(page)
    page.get_by_role("link", name=locale.say("ui.register.title", lang)).click()
    expect(button(page, "questions.forget", lang)).to_be_visible(timeout=WORKED_OUT_MS)
    expect(page.get_by_text("vast.xlsx").first).to_be_visible()
    button(page, "cancel", lang).click()
    expect(button(page, "questions.forget", lang)).to_have_count(0)


@LANGS
def test_what_is_no_workbook_ends_in_its_named_fault(address, new_page, lang):
    page = new_page(lang)
    look_at(page, address, lang)
    drag(page, "virus.xlsx", b"MZ" * 1000)
    unread = page.get_by_text(say("file.unread", lang, file="virus.xlsx"))
    expect(unread.first).to_be_visible(timeout=WORKED_OUT_MS)
    expect(button(page, "put.button", lang)).to_be_disabled(timeout=WORKED_OUT_MS)
