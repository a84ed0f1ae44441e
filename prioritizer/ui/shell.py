"""The frame around every page: navigation, scenario, language, and what holds on all of them."""

from __future__ import annotations

import contextlib
import gc
from pathlib import Path

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.errors import Fault, InputFaults
from prioritizer.ui import answers, faults, saving, screen, state, texts, view
from prioritizer.ui.bringing import writing
from prioritizer.ui.serving import callbacks

# Paths are from app.py; the addresses are ASCII and the same in both languages. Pages have no icon: the
# browser's tab would fetch its picture from another machine.
_PAGES = (
    ("overview", "prioritizer/ui/pages/overview.py", "tong-quan"),
    ("register", "prioritizer/ui/pages/register.py", "danh-muc"),
    ("criteria", "prioritizer/ui/pages/criteria.py", "tieu-chi"),
    ("allocation", "prioritizer/ui/pages/allocation.py", "phan-bo"),
    ("compare", "prioritizer/ui/pages/compare.py", "so-sanh"),
    ("robustness", "prioritizer/ui/pages/robustness.py", "do-vung"),
    ("meeting", "prioritizer/ui/pages/meeting.py", "cuoc-hop"),
)

callbacks.keep_whole()


def main() -> None:
    """Draws the frame and runs the page that the address names."""
    lang = state.lang()
    state.begin_page()
    st.set_page_config(page_title=texts.say("app.title", lang), layout="wide")
    page = st.navigation([_page(*entry, lang) for entry in _PAGES], position="top")
    try:
        try:
            if _frame(lang):
                page.run()
            _set_apart_what_stays()
        except InputFaults as wrong:
            faults.show_input_faults(wrong, lang)
    except Exception as error:  # noqa: BLE001  whatever went wrong, the meeting sees a number and not a trace
        faults.show_mishap(error)
    state.end_page()


@st.cache_resource(show_spinner=False)
def _set_apart_what_stays() -> None:
    """Once, after the first page: what was loaded by then stays, so that collecting garbage, which holds up
    everybody, need not go through it again (a tenth of a second)."""
    gc.collect()
    gc.freeze()


def _page(name: str, path: str, url_path: str, lang: str) -> st.Page:
    title = texts.say(f"{name}.title", lang)
    return st.Page(path, title=title, url_path=url_path, default=name == "overview")


def _frame(lang: str) -> bool:
    """Scenario and language; false if there is nothing to show below."""
    paths = pipeline.scenario_paths()
    left, right = st.columns([5, 1], vertical_alignment="center")
    with right:
        _language_switch(lang)
    if not paths:
        state.keep_in_address(lang, None)
        st.info(texts.say("app.no_scenario", lang), icon=":material/folder_open:")
        return False
    if (missing := state.missing_scenario(paths)) is not None:
        state.tell((Fault("scenario_missing", params={"id": missing[:64]}),))
    chosen = state.scenario(paths)
    state.keep_in_address(lang, chosen.stem)
    screen.keep_in_address()
    with left:
        if screen.is_big():
            screen.bar(_titles(paths, lang)[chosen.stem], lang)
        else:
            _scenario_choice(_titles(paths, lang), chosen.stem, lang)
    shown = _opened(chosen, lang)
    answers.begin(shown.case)
    _standing(shown)
    return True


def _opened(path: Path, lang: str) -> view.View:
    """The view of a scenario; an import into its tables that was cut off is finished first."""
    try:
        return view.of(path, lang)
    except InputFaults as found:
        if all(fault.code != "import_unfinished" for fault in found.faults):
            raise
        with contextlib.suppress(OSError):  # then it is told, as before
            writing.finish_cut_off(path)
        return view.of(path, lang)


def _language_switch(lang: str) -> None:
    st.session_state[state.LANG_WIDGET] = lang
    st.segmented_control(
        texts.say("app.language", lang),
        ["vi", "en"],
        format_func=lambda one: texts.say(f"app.{one}", lang),
        key=state.LANG_WIDGET,
        on_change=state.choose_lang,
        label_visibility="collapsed",
        required=True,
    )


def _scenario_choice(titles: dict[str, str], chosen: str, lang: str) -> None:
    st.session_state[state.SCENARIO_WIDGET] = chosen
    st.selectbox(
        texts.say("app.scenario", lang),
        list(titles),
        format_func=lambda one: f"{locale.say('ui.app.scenario', lang)}: {titles[one]}",
        key=state.SCENARIO_WIDGET,
        on_change=state.choose_scenario,
        label_visibility="collapsed",
    )


def _titles(paths: list[Path], lang: str) -> dict[str, str]:
    titles = answers.titles(paths, lang)
    return {
        name: locale.say("ui.app.unusable", lang, id=name) if title is None else title
        for name, title in titles.items()
    }


def _standing(shown: view.View) -> None:
    """What holds on every page: a proposal, on illustrative numbers, possibly with things being tried."""
    proposal = shown.say(f"standing.proposal{'_with_classes' if shown.proposed_classes else ''}")
    st.markdown(f":small[{' '.join([proposal, *_illustrative(shown)])}]")
    # The notice comes and goes inside a place that is always there: whatever would move down below it
    # is drawn anew by the browser and loses the keyboard.
    place = st.container(key="trying")
    with place:
        saving.bar(shown)


def _illustrative(shown: view.View) -> list[str]:
    """What of the scenario is illustrative: the asks, the limits; all of them or how many."""
    limits = shown.case.scenario.limits
    parts = {
        "asks": (int(shown.case.register.illustrative.sum()), len(shown.case.register)),
        "limits": (sum(limit.basis == "illustrative" for limit in limits), len(limits)),
    }
    return [
        shown.say(f"standing.{name}_{'all' if count == whole else 'some'}", count=count, whole=whole)
        for name, (count, whole) in parts.items()
        if count
    ]
