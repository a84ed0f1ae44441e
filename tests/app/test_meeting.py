"""The meeting's page: decisions added, changed, taken away; versions put back; papers; the big screen."""

import csv
import io
import json
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from prioritizer import locale, pipeline
from prioritizer.ui import texts, view
from prioritizer.ui.meeting import decided, takeaway
from tests.app.opening import PAGES, ROOT, in_tables, opened, said

LANGS = pytest.mark.parametrize("lang", locale.LANGS)


def path_of(name):
    return next(path for path in pipeline.scenario_paths() if path.stem == name)


def draft_of(name):
    found = pipeline.drafts_of(path_of(name)).found
    return found[0] if found else None


def typed(app, form, **fields):
    """Texts typed into the fields of a form."""
    for field, text in fields.items():
        app.text_input(key=f"{form}/{field}/0").input(text)


def added(app, kind="full", project="P07", **fields):
    form = "decision/baseline"
    app.selectbox(key=f"{form}/project/0").set_value(project)
    app.segmented_control(key=f"{form}/kind/0").set_value(kind).run()
    typed(app, form, **fields)
    app.button(key=f"{form}/go").click().run()
    return app


def decisions(name="baseline"):
    draft = draft_of(name)
    case = pipeline.load(path_of(name)) if draft is None else pipeline.load_draft(path_of(name), draft)
    return {each.id: each for each in case.scenario.decisions}


# ------------------------------------------------------------------ decisions


@LANGS
def test_a_decision_is_one_step_of_the_draft_and_stands_in_the_log(lang):
    app = opened("meeting", "decisions", lang=lang, scenario="baseline")
    assert locale.say("meeting.log.none", lang) in said(app)
    added(app, "at_least", amount="450,5", by="Tổ công tác", why_vi="đã có nhà máy")
    (found,) = decisions().values()
    assert (found.id, found.at_least_mvnd, found.at) == ("P07.at_least", 450_500, date.today().isoformat())
    assert (found.by.into(lang), found.why.into(lang)) == ("Tổ công tác", "đã có nhà máy")
    assert draft_of("baseline").steps[-1].what == "decisions"
    log = in_tables(app)
    assert texts.plain(locale.say("meeting.kind.at_least", lang)) in log
    assert locale.bn(450_500, lang) in log and "đã có nhà máy" in log


def test_whatever_is_not_said_is_refused_beside_the_form_and_nothing_is_kept():
    app = added(opened("meeting", "decisions", scenario="baseline"), "at_least", amount="nhiều")
    for field in ("amount", "by", "why"):
        assert texts.plain(locale.say(f"rules.field.{field}", "vi")) in said(app)
    assert draft_of("baseline") is None
    assert app.text_input(key="decision/baseline/amount/0").value == "nhiều", "stays to be mended"


def test_more_than_a_project_asks_for_is_refused_in_words():
    app = opened("meeting", "decisions", scenario="baseline")
    added(app, "at_least", amount="100000", by="Tổ", why_vi="thử")
    assert app.error and draft_of("baseline") is None


def test_the_same_is_not_decided_twice():
    app = added(opened("meeting", "decisions", scenario="baseline"), by="Tổ", why_vi="lần một")
    form = "decision/baseline"
    app.selectbox(key=f"{form}/project/1").set_value("P07")
    app.segmented_control(key=f"{form}/kind/1").set_value("nothing").run()
    app.text_input(key=f"{form}/by/1").input("Tổ")
    app.text_input(key=f"{form}/why_vi/1").input("lần hai")
    app.button(key=f"{form}/go").click().run()
    assert app.error and [each.fund for each in decisions().values()] == ["full"]


def test_a_decision_is_changed_with_what_it_says_in_its_fields():
    app = opened("meeting", "decisions", scenario="demonstration")
    app.selectbox(key="meeting-which/demonstration").set_value("satellite-2025").run()
    form = "decision/satellite-2025/0/demonstration"
    assert app.text_input(key=f"{form}/amount/0").value == "300"
    app.text_input(key=f"{form}/amount/0").input("250")
    app.button(key=f"{form}/go").click().run()
    before = {each.id: each for each in pipeline.load(path_of("demonstration")).scenario.decisions}
    now = decisions("demonstration")
    assert now["satellite-2025"].locked_mvnd == 250_000
    assert now["satellite-2025"].by == before["satellite-2025"].by, "both languages stay"
    assert now["satellite-2025"].at == before["satellite-2025"].at
    assert now["not-yet-materials"] == before["not-yet-materials"]
    assert locale.bn(250_000, "vi") in said(app), "locked money of earlier meetings"


def test_another_kind_of_decision_takes_the_place_of_the_one_before():
    app = opened("meeting", "decisions", scenario="demonstration")
    app.selectbox(key="meeting-which/demonstration").set_value("not-yet-materials").run()
    form = "decision/not-yet-materials/0/demonstration"
    app.segmented_control(key=f"{form}/kind/0").set_value("at_least").run()
    app.text_input(key=f"{form}/amount/0").input("10")
    app.button(key=f"{form}/go").click().run()
    now = decisions("demonstration")
    assert set(now) == {"satellite-2025", "not-yet-materials"}, "its own id stays"
    assert (now["not-yet-materials"].fund, now["not-yet-materials"].at_least_mvnd) == (None, 10_000)


def test_a_decision_without_an_id_of_its_own_goes_by_its_new_kind():
    app = added(opened("meeting", "decisions", scenario="baseline"), by="Tổ", why_vi="thử")
    form = "decision/P07.fund/0/baseline"
    app.segmented_control(key=f"{form}/kind/0").set_value("at_least").run()
    app.text_input(key=f"{form}/amount/0").input("10")
    app.button(key=f"{form}/go").click().run()
    assert set(decisions()) == {"P07.at_least"}


def test_the_fields_of_a_decision_follow_what_another_window_decided():
    app = opened("meeting", "decisions", scenario="baseline")
    added(app, "at_least", amount="200", by="Tổ", why_vi="thử")
    form = "decision/P07.at_least/0/baseline"
    assert app.text_input(key=f"{form}/amount/0").value == "200"
    draft, path = draft_of("baseline"), path_of("baseline")
    place = ("decisions", "P07.at_least", "fund_at_least_bn")
    theirs = pipeline.try_step(path, draft.id, draft.started_sha256, "decisions", {place: "300"})
    assert isinstance(theirs, pipeline.Draft)
    app.run()
    app.text_input(key=f"{form}/why_vi/1").input("lý do khác")
    app.button(key=f"{form}/go").click().run()
    now = decisions()["P07.at_least"]
    assert (now.at_least_mvnd, now.why.vi) == (300_000, "lý do khác"), "what another decided is not undone"


@LANGS
@pytest.mark.parametrize("amount", ["150.125", "12.5", "200"])
def test_a_decision_can_be_changed_with_the_amount_as_it_stands(amount, lang):
    path = path_of("baseline")
    decision = {"project": "P07", "fund_at_least_bn": amount, "by": "Tổ", "why": "thử"}
    digest = next(file.sha256 for file in pipeline.load(path).inputs if file.role == "scenario")
    pipeline.save(path, {("decisions", "P07.at_least"): decision}, digest)
    app = opened("meeting", "decisions", scenario="baseline", lang=lang)
    form = "decision/P07.at_least/0/baseline"
    app.text_input(key=f"{form}/why_vi/0").input("lý do khác")
    app.button(key=f"{form}/go").click().run()
    assert not app.error
    before, now = pipeline.load(path).scenario.decisions[0], decisions()["P07.at_least"]
    assert (now.at_least_mvnd, now.why.vi) == (before.at_least_mvnd, "lý do khác")


def test_a_decision_is_taken_away():
    app = opened("meeting", "decisions", scenario="demonstration")
    app.selectbox(key="meeting-which/demonstration").set_value("not-yet-materials").run()
    app.button(key="meeting-remove/demonstration/not-yet-materials").click().run()
    assert set(decisions("demonstration")) == {"satellite-2025"}


def test_what_each_decision_changes_is_told_when_asked_for():
    app = added(opened("meeting", "decisions", scenario="baseline"), "nothing", "P16", by="Tổ", why_vi="thử")
    app.button(key="ask/decisions-cost").click().run()
    evaluation = pipeline.assess(pipeline.load_draft(path_of("baseline"), draft_of("baseline")))
    (decision,) = evaluation.case.scenario.decisions
    found = pipeline.if_without_decision(evaluation, decision.id)
    told = pipeline.describe_without_decision(evaluation.case, decision, found, "vi")
    assert texts.plain(told) in said(app)


def test_a_change_keeps_what_the_form_does_not_ask_for():
    case = pipeline.load(path_of("demonstration"))
    one = case.scenario.decisions[0].model_copy(update={"id_": "phase-one"})
    told = decided.told(one, one.project, "full", None, "Tổ", "2026-05-01", "vì", decreed=True)
    assert told == {
        ("decisions", "phase-one"): {
            "project": one.project, "fund": "full", "by": "Tổ", "at": "2026-05-01", "why": "vì",
            "decreed": True,
        }
    }  # fmt: skip


# ------------------------------------------------------------------ versions


def saved_twice():
    """The baseline with less money, the version before kept."""
    path = path_of("baseline")
    before = pipeline.load(path)
    digest = next(file.sha256 for file in before.inputs if file.role == "scenario")
    pipeline.save(path, {("funds", "central-2026", "amount_bn"): "12000"}, digest)
    return path


@LANGS
def test_an_earlier_version_says_where_it_differs_and_is_put_back(lang):
    path = saved_twice()
    app = opened("meeting", "versions", lang=lang, scenario="baseline")
    shown = in_tables(app)
    for amount in (12_253_400, 12_000_000):
        assert texts.plain(locale.bn(amount, lang)) in shown and locale.bn(amount, lang) in said(app)
    app.button(key="restore").click().run()
    assert pipeline.load(path).envelope_mvnd == 12_000_000, "asked twice"
    app.button(key="restore-yes").click().run()
    assert pipeline.load(path).envelope_mvnd == 12_253_400
    assert locale.say("saving.told.done", lang) in said(app)
    assert len(pipeline.versions(path)) == 3, "no version is lost"


def test_a_version_without_decisions_says_them_one_by_one():
    path, decided_since = path_of("baseline"), {"project": "P16", "fund": "nothing", "by": "Tổ", "why": "thử"}
    digest = next(file.sha256 for file in pipeline.load(path).inputs if file.role == "scenario")
    pipeline.save(path, {("decisions", "P16.fund"): decided_since}, digest)
    now = pipeline.load(path)
    shown = in_tables(opened("meeting", "versions", scenario="baseline"))
    told = pipeline.decision_text(now, now.scenario.decisions[0], "vi")
    assert texts.plain(told) in shown and "P16.fund" not in shown
    assert locale.say("saving.value.absent", "vi") in shown


def test_nothing_is_put_back_over_what_is_being_tried():
    saved_twice()
    app = added(opened("meeting", "decisions", scenario="baseline"), by="Tổ", why_vi="thử")
    app.segmented_control(key="meeting-part").set_value("versions").run()
    assert locale.say("meeting.versions.draft_first", "vi") in said(app)
    assert not [button for button in app.button if button.key == "restore"]


def test_nothing_is_put_back_over_what_another_saved_meanwhile():
    path = saved_twice()
    app = opened("meeting", "versions", scenario="baseline")
    app.button(key="restore").click().run()
    now = next(file.sha256 for file in pipeline.load(path).inputs if file.role == "scenario")
    stale = app.button(key="restore-yes")
    pipeline.save(path, {("funds", "central-2026", "amount_bn"): "11000"}, now)
    stale.click().run()
    assert pipeline.load(path).envelope_mvnd == 11_000_000
    assert locale.say("meeting.versions.overtaken", "vi") in said(app)


def test_a_scenario_saved_once_has_no_earlier_version():
    assert locale.say("meeting.versions.none", "vi") in said(
        opened("meeting", "versions", scenario="high-bar")
    )


# ------------------------------------------------------------------ papers and the big screen


@LANGS
def test_the_lists_are_those_of_the_command_line_and_the_plan_file_verifies(lang):
    case = pipeline.load(path_of("demonstration"))
    made = {name: make() for name, _, make in takeaway.lists(view.View(lang, case, case), lang)}
    evaluation = pipeline.assess(case)
    assert made["excel"] == pipeline.shortlist_csv(evaluation, lang, "excel")
    assert made["machine"] == pipeline.shortlist_csv(evaluation, lang, "machine")
    assert json.loads(made["plan"]) == pipeline.plan_object(evaluation)
    assert pipeline.verify(made["plan"]).ok
    rows = list(csv.reader(io.StringIO(made["decisions"].decode("utf-8-sig")), delimiter=";"))
    assert rows[-2][0] == "VAST-01" and rows[-2][3] == "300"
    assert rows[0] == [locale.say("meeting.log.title", lang)]


def test_what_is_taken_away_of_a_draft_says_so():
    app = added(opened("meeting", "decisions", scenario="baseline"), by="Tổ", why_vi="thử")
    app.segmented_control(key="meeting-part").set_value("papers").run()
    assert locale.say("meeting.papers.tried", "vi") in said(app)
    assert len(app.get("download_button")) == 4


def test_the_big_screen_stays_on_every_page_until_it_is_left():
    app = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    app.query_params["screen"] = "big"
    app.run()
    assert app.button(key="leave-big-screen").label == locale.say("meeting.screen.leave", "vi")
    app.switch_page(PAGES["compare"]).run()
    assert app.query_params["screen"] == "big"
    app.button(key="leave-big-screen").click().run()
    assert "screen" not in app.query_params
    app.switch_page(PAGES["meeting"]).run()
    app.button(key="enter-big-screen").click().run()
    assert app.query_params["screen"] == "big"
