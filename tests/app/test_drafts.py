"""What is tried is a draft: it outlives the session, is undone step by step, saved, saved as new, or dropped;
and where another has saved meanwhile, one sees what changed and chooses."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from prioritizer import locale, pipeline
from prioritizer.errors import Fault
from prioritizer.store import drafting
from prioritizer.ui import shell, state, texts, view
from prioritizer.ui.office import progress
from prioritizer.ui.saving import notices

ROOT = Path(__file__).resolve().parents[2]
PAGES = {name: path for name, path, _ in shell._PAGES}


def opened(page="overview", **address):
    app = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    if page != "overview":
        app.switch_page(PAGES[page]).run()
    return sound(app)


def sound(app):
    assert not app.exception and "Mã lỗi" not in said(app), said(app)
    return app


def reloaded(app, page="overview"):
    """The same address in a new session, as after a reload."""
    return opened(page, **dict(app.query_params))


def said(app):
    kinds = (app.markdown, app.caption, app.error, app.warning, app.info, app.success)
    return "\n".join(element.value for kind in kinds for element in kind)


def trying(app):
    return "\n".join(each.value for each in app.warning)


def click(app, key):
    app.button(key=key).click().run()
    return sound(app)


def keys(app):
    return {each.key for each in app.button}


def widget(found, key):
    return next(one for one in found if one.key and one.key.startswith(key))


FUND = ("funds", "central-2026", "amount_bn")
UNASSESSED = ("eligibility", "unassessed")


def begun(path, *steps, draft=None):
    """A draft with a step for each of ``steps``, as another window makes them; its id."""
    for changes in steps:
        made = pipeline.try_step(path, draft, pipeline.sha256_of(path.read_bytes()), "funds", changes)
        assert isinstance(made, pipeline.Draft), made
        draft = made.id
    return draft


def tried(kind):
    return locale.say(f"saving.tried.{kind}", "vi")


def scenario(path):
    now = pipeline.load(path).scenario
    return now.funds[0].amount_mvnd, now.ties, now.objective.basis


@pytest.fixture
def baseline(scenarios):
    return scenarios / "baseline.yaml"


@pytest.fixture
def app(baseline):
    """The app on a draft with another envelope."""
    return opened(draft=begun(baseline, {FUND: "11000.5"}))


def test_what_a_page_changes_is_there_after_a_reload(baseline):
    before, app = baseline.read_bytes(), opened("criteria")
    assert "draft" not in app.query_params and not trying(app)
    widget(app.slider, "weight/baseline/national-need").set_value(80).run()
    again = reloaded(app, "criteria")
    assert widget(again.slider, "weight/baseline/national-need").value == 80
    assert tried("weights") in trying(again)
    assert baseline.read_bytes() == before


def test_without_its_address_the_draft_is_offered_and_taken_up(baseline):
    draft = begun(baseline, {FUND: "11000.5"}, {UNASSESSED: "high"})
    app = opened()
    assert not trying(app)
    assert app.expander[0].label == locale.say("saving.offers.title", "vi", count=1)
    assert "số thay đổi: 2" in said(app).replace("\\", "")
    click(app, f"go-on/{draft}")
    assert tried("funds") in trying(app) and tried("unassessed") in trying(app)
    assert app.query_params["draft"] == draft


def test_a_draft_that_is_offered_can_be_dropped_after_a_question(baseline):
    draft = begun(baseline, {FUND: "11000.5"})
    app = click(opened(), f"drop/{draft}")
    assert pipeline.drafts_of(baseline).found
    click(app, "discard-yes")
    assert not pipeline.drafts_of(baseline).found and f"drop/{draft}" not in keys(app)


def test_steps_are_undone_and_done_again_one_by_one(baseline):
    draft = begun(baseline, {FUND: "11000.5"}, {FUND: "10000"}, {UNASSESSED: "high"})
    app, seen = opened(draft=draft), []
    for key in ("undo", "undo", "undo", "redo", "redo"):
        click(app, key)
        now = pipeline.load_draft(baseline, pipeline.draft_of(baseline, draft)).scenario
        seen.append((now.funds[0].amount_mvnd, now.eligibility.unassessed))
    least, less, saved = (10_000_000, "low"), (11_000_500, "low"), (12_253_400, "low")
    assert seen == [least, less, saved, less, least]
    begun(baseline, {FUND: "9000"}, draft=draft)
    assert app.run().button(key="redo").disabled, "a new step drops those undone"


def test_a_draft_that_comes_to_what_is_saved_says_so(baseline):
    app = opened(draft=begun(baseline, {FUND: "11000.5"}, {FUND: "12253.4"}))
    assert not trying(app) and locale.say("saving.same", "vi") in said(app)


def test_moves_of_one_slider_within_seconds_are_one_step(monkeypatch):
    monkeypatch.setattr(drafting, "SERIES_SECONDS", 600.0)  # however slow the machine is
    app = opened("criteria")
    for percent in (50, 60, 70):
        widget(app.slider, "weight/baseline/national-need").set_value(percent).run()
    click(app, "undo")
    assert widget(app.slider, "weight/baseline/national-need").value == 33
    assert app.button(key="undo").disabled


def test_two_windows_on_one_draft_see_what_both_do(baseline):
    app = opened("criteria", draft=begun(baseline, {FUND: "11000.5"}))
    begun(baseline, {UNASSESSED: "high"}, draft=app.query_params["draft"])
    widget(app.slider, "weight/baseline/national-need").set_value(80).run()
    for kind in ("weights", "funds", "unassessed"):
        assert tried(kind) in trying(app)


def test_what_another_window_changed_meanwhile_is_not_written_over_unseen(baseline):
    factors = ("national-need", "domestic-advantage", "value-chain")
    mine, others = (
        {("weights", name): share for name, share in zip(factors, shares, strict=True)}
        for shares in (("0.5", "0.3", "0.2"), ("0.2", "0.5", "0.3"))
    )
    draft = begun(baseline, mine)
    app = opened("criteria", draft=draft)
    begun(baseline, others, draft=draft)
    theirs = pipeline.draft_of(baseline, draft)
    app.button(key="set///alike").click().run()
    assert locale.say("faults.step_overtaken.message", "vi") in said(app).replace("\\", "")
    assert pipeline.draft_of(baseline, draft) == theirs
    assert widget(app.slider, "weight/baseline/national-need").value == 20, "what holds is on the page"
    app.button(key="set///alike").click().run()
    assert pipeline.draft_of(baseline, draft).done == 3


def test_clicks_faster_than_the_page_are_not_taken_for_another_window(baseline):
    app = opened(draft=begun(baseline, {FUND: "11000.5"}))

    def twice():
        import streamlit as st

        from prioritizer.ui import state, view

        shown = view.current()
        place = ("funds", "central-2026", "amount_bn")
        for amount in ("10000", "9000", "8000"):
            assert state.change(shown, "funds", {place: amount}) == ()
        state.undo(shown)
        state.redo(shown)
        assert state.change(shown, "funds", {place: "7000"}) == ()
        st.text("changed")

    fast = AppTest.from_function(twice, default_timeout=120)
    for name in ("scenario", "draft", "lang"):
        fast.query_params[name] = app.query_params[name]
    fast.run()
    assert not fast.exception and fast.text[0].value == "changed"
    draft = pipeline.draft_of(baseline, app.query_params["draft"])
    assert draft.changes == {FUND: "7000"}


def test_a_field_keeps_what_was_typed_and_follows_every_other_hand():
    def script():
        from prioritizer import money
        from prioritizer.ui import fields, state, view

        shown = view.current()
        fund, key = shown.case.scenario.funds[0], "typed"

        def take(mvnd):
            state.attempt(shown, key, "funds", {("funds", fund.id, "amount_bn"): money.bn(mvnd)})

        fields.money_field("Vốn", fund.amount_mvnd, "vi", key, take)
        state.st.button("undo", key="undo-here", on_click=state.undo, args=(shown,))

    app = AppTest.from_function(script, default_timeout=60).run()
    app.text_input(key="typed").input("11000.5").run()
    assert app.text_input(key="typed").value == "11000.5", "as it was typed"
    app.button(key="undo-here").click().run()
    assert app.text_input(key="typed").value == "12.253,4"


def test_a_change_that_cannot_hold_is_refused_beside_its_field(baseline):
    def script():
        from prioritizer.ui import fields, state, view

        shown, key = view.current(), "typed"
        take = lambda mvnd: state.attempt(shown, key, "funds", {("funds", "none", "amount_bn"): str(mvnd)})  # noqa: E731
        fields.money_field("Vốn", 1000, "vi", key, take)

    app = AppTest.from_function(script, default_timeout=60).run()
    app.text_input(key="typed").input("2").run()
    assert app.error and not app.exception
    assert pipeline.drafts_of(baseline) == pipeline.Drafts((), ())


def test_a_saved_draft_is_the_scenario_and_is_gone(app, baseline):
    click(app, "save")
    assert scenario(baseline)[0] == 11_000_500
    assert locale.say("saving.told.done", "vi") in said(app)
    assert not trying(app) and "draft" not in app.query_params
    assert pipeline.drafts_of(baseline) == pipeline.Drafts((), ())


def test_a_step_of_another_window_during_a_save_is_told_and_stays_a_draft(app, baseline, monkeypatch):
    save = pipeline.save

    def overtaken(path, *arguments, **more):
        outcome = save(path, *arguments, **more)
        begun(baseline, {UNASSESSED: "high"}, draft=app.query_params["draft"])
        return outcome

    monkeypatch.setattr(pipeline, "save", overtaken)
    click(app, "save")
    assert scenario(baseline)[0] == 11_000_500
    assert locale.say("saving.told.went_on", "vi") in said(app)
    (left,) = pipeline.drafts_of(baseline).found
    assert (left.changes, left.id) == ({UNASSESSED: "high"}, app.query_params["draft"])


@pytest.mark.parametrize("lang", locale.LANGS)
def test_a_scenario_that_is_none_is_told_before_another_is_shown(lang):
    asked = "../../etc/<b>"
    told = texts.plain(locale.say("faults.scenario_missing.message", lang, id=asked))
    app = opened(lang=lang, scenario=asked)
    assert told in said(app) and app.query_params["scenario"] == "baseline"
    assert told not in said(app.run())


def test_a_scenario_that_goes_while_it_is_looked_at_is_told(scenarios):
    app = opened(scenario="high-bar")
    (scenarios / "high-bar.yaml").unlink()
    app = reloaded(app)
    assert texts.plain(locale.say("faults.scenario_missing.message", "vi", id="high-bar")) in said(app)


def test_a_new_title_is_not_asked_for_before_it_could_be_typed(app):
    click(click(app, "save_as"), "save-as-yes")
    assert locale.say("saving.untitled", "vi") in said(app)
    click(click(app, "save-as-no"), "save_as")
    assert locale.say("saving.untitled", "vi") not in said(app)


def test_a_title_that_is_too_long_is_refused_and_stays(app):
    long = "Mở rộng " * 16
    click(app, "save_as")
    app.text_input(key="save-as-title").input(long)
    click(app, "save-as-yes")
    assert locale.say("saving.title_long", "vi", most="120") in said(app)
    assert app.text_input(key="save-as-title").value == long


def test_a_draft_that_another_window_saved_is_not_said_to_be_dropped(app, baseline):
    click(app, "discard")
    pipeline.discard_draft(baseline, app.query_params["draft"])
    click(app, "discard-yes")
    assert not trying(app) and locale.say("saving.told.dropped", "vi") not in said(app)
    assert texts.plain(locale.fault_message(Fault("draft_gone", baseline.name), "vi")) in said(app)


def test_a_change_of_a_scenario_whose_file_is_gone_is_refused_in_words(app, baseline):
    content = baseline.read_bytes()
    shown = view.View("vi", (case := pipeline.load(baseline)), case)
    baseline.unlink()
    assert shown.path == baseline
    assert [fault.code for fault in state.change(shown, "funds", {})] == ["file_missing"]
    baseline.write_bytes(content)


def test_dropping_a_draft_is_asked_first(app, baseline):
    click(app, "discard")
    assert locale.say("saving.discard_question", "vi") in said(app)
    click(app, "discard-no")
    assert trying(app) and "discard-yes" not in keys(app)
    click(click(app, "discard"), "discard-yes")
    assert not trying(app) and not pipeline.drafts_of(baseline).found
    assert scenario(baseline)[0] == 12_253_400


@pytest.mark.parametrize("how", ["copy", "extends"])
def test_what_is_tried_becomes_a_scenario_of_its_own(app, scenarios, baseline, how):
    click(app, "save_as")
    click(app, "save-as-yes")
    assert locale.say("saving.untitled", "vi") in said(app), "a scenario has a title"
    app.text_input(key="save-as-title").input("Ít tiền hơn")
    app.text_input(key="save-as-english").input("Less money")
    app.radio(key="save-as-how").set_value(how)
    click(app, "save-as-yes")
    made = scenarios / "it-tien-hon.yaml"
    assert (scenario(made)[0], scenario(baseline)[0]) == (11_000_500, 12_253_400)
    assert ("extends: baseline" in made.read_text(encoding="utf-8")) == (how == "extends")
    assert pipeline.load(made).scenario.title.en == "Less money"
    assert app.query_params["scenario"] == "it-tien-hon"
    assert not trying(app) and not pipeline.drafts_of(baseline).found


def test_a_draft_dropped_in_another_window_is_told(app, baseline):
    pipeline.discard_draft(baseline, app.query_params["draft"])
    app.run()
    assert texts.plain(locale.say("faults.draft_gone.message", "vi")) in said(app)
    assert not trying(app) and "draft" not in app.query_params


def test_a_draft_that_cannot_be_read_is_said_and_can_be_dropped(app, baseline):
    file = next(baseline.parent.glob(".drafts/baseline/*.json"))
    file.write_bytes(b'{"format": 1, "steps": ')
    app.run()
    assert locale.say("saving.unusable", "vi") in said(app)
    click(click(app, "discard"), "discard-yes")
    assert not file.exists() and locale.say("saving.unusable", "vi") not in said(app)


def test_a_draft_that_can_no_longer_be_read_as_a_scenario_can_be_undone(app, baseline):
    begun(baseline, {UNASSESSED: "high"}, draft=app.query_params["draft"])
    file = next(baseline.parent.glob(".drafts/baseline/*.json"))
    file.write_text(file.read_text(encoding="utf-8").replace('"high"', '"highest"'), encoding="utf-8")
    assert locale.say("saving.unusable", "vi") in said(app.run()) and app.button(key="save").disabled
    click(app, "undo")
    assert tried("funds") in trying(app) and not app.button(key="save").disabled


def test_what_was_done_at_the_start_is_told_once(scenarios):
    notices._prepared.clear()
    (scenarios / "baseline.tmp").write_bytes(b"cut off")
    app = opened()
    assert locale.say("saving.told.swept", "vi", count=1) in said(app)
    assert locale.say("saving.told.swept", "vi", count=1) not in said(app.run())


# ---------------------------------------------------------------- another has saved meanwhile


@pytest.fixture
def met(baseline):
    """An app whose save meets what another saved: both changed the envelope, they the ties, I the basis."""
    app = opened(draft=begun(baseline, {FUND: "11000.5"}, {("objective", "basis"): "project"}))
    theirs, start = {FUND: "13000", ("ties",): "pro_rata"}, pipeline.sha256_of(baseline.read_bytes())
    assert isinstance(pipeline.save(baseline, theirs, start), pipeline.Saved)
    app.run()
    assert locale.say("saving.overtaken", "vi") in said(app)
    return click(app, "save")


def test_a_conflict_shows_what_each_changed_in_words(met, baseline):
    table = next(each.value for each in met.table if each.value.shape[1] == 5)
    assert table.shape == (3, 5)
    first = table.iloc[0]
    assert "Nguồn vốn" in first.iloc[0] and "số tiền" in first.iloc[0]
    assert list(first.iloc[1:4]) == ["12.253,4 tỷ đồng", "13.000,0 tỷ đồng", "11.000,5 tỷ đồng"]
    assert list(table.iloc[:, 4]) == [locale.say("saving.conflict.clash", "vi"), "", ""]
    assert scenario(baseline) == (13_000_000, "pro_rata", "funding"), "nothing is written before one chooses"


@pytest.mark.parametrize(
    ("way", "outcome"),
    [
        ("on_top", (11_000_500, "pro_rata", "project")),
        ("alone", (11_000_500, "order", "project")),
        ("drop", (13_000_000, "pro_rata", "funding")),
    ],
)
def test_one_chooses_what_becomes_of_both(met, baseline, way, outcome):
    click(met, f"conflict-{way}")
    assert scenario(baseline) == outcome
    assert not trying(met) and not pipeline.drafts_of(baseline).found and "conflict-on_top" not in keys(met)


def test_or_saves_ones_own_as_new(met, scenarios, baseline):
    click(met, "conflict-new")
    met.text_input(key="save-as-title").input("Của tôi")
    click(met, "save-as-yes")
    assert scenario(scenarios / "cua-toi.yaml") == (11_000_500, "order", "project")
    assert scenario(baseline) == (13_000_000, "pro_rata", "funding")
    assert met.query_params["scenario"] == "cua-toi"


def test_or_leaves_it_for_later(met, baseline):
    click(met, "conflict-later")
    assert trying(met) and pipeline.drafts_of(baseline).found


def test_what_is_told_is_told_again_where_the_page_is_drawn_anew_or_was_cut_short(app):
    told = locale.say("saving.told.done", "vi")
    assert told in said(click(app, "save"))
    app.session_state[progress.PAGE_ANEW] = True
    assert told in said(sound(app.run())), "what the page waited for is there"
    app.session_state[progress.PAGE_WHOLE] = False
    assert told in said(sound(app.run())), "nobody saw the page before"
    assert told not in said(sound(app.run()))


def test_moving_a_slider_when_the_folder_is_gone_is_told_in_words(scenarios):
    app = opened("criteria")
    scenarios.rename(away := scenarios.with_name("away"))
    try:
        widget(app.slider, "weight/baseline/national-need").set_value(80).run()
        assert locale.say("ui.app.no_scenario", "vi") in said(sound(app)) and not scenarios.exists()
    finally:
        away.rename(scenarios)
    app = reloaded(app, "criteria")
    assert widget(app.slider, "weight/baseline/national-need").value == 33


def test_moving_a_slider_of_a_file_that_cannot_be_read_any_more_is_told_in_words(baseline):
    app, before = opened("criteria"), baseline.read_bytes()
    baseline.write_bytes(before + b"nonsense: [\n")
    widget(app.slider, "weight/baseline/national-need").set_value(80).run()
    assert locale.say("ui.faults.title", "vi", count=1) in said(sound(app)).replace("\\", "")
    baseline.write_bytes(before)
    assert widget(reloaded(app, "criteria").slider, "weight/baseline/national-need").value == 33
