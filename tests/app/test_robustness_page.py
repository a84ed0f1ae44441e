"""Robustness: nothing before it is asked for, the engine's own figures, never an older state as current."""

from fractions import Fraction

import pytest
from streamlit.testing.v1 import AppTest

from prioritizer import locale, pipeline
from prioritizer.robustness.words import describe_draws, describe_interval, describe_unknown, worth_chasing
from prioritizer.ui import answers, tables, texts
from prioritizer.ui.meeting import making
from prioritizer.ui.office import jobs
from prioritizer.ui.robust import chasing, frames, settings, trying
from tests.app.opening import PAGES, ROOT, said
from tests.app.opening import tables as grids
from tests.app.test_meeting import added
from tests.build import ASSESSED, ASSESSED_HEAD, CRITERIA, SCENARIO, assessed, folder, table

LANGS = pytest.mark.parametrize("lang", locale.LANGS)
FEW, MORE = 16, 24
TRY, AGAIN, PART = "robustness-try", "robustness-again", "robustness-part"
UNWEIGHED = CRITERIA.replace(", weight: 0.31", "").replace(", weight: 0.19", "")
UNWEIGHED = UNWEIGHED.replace(", weight: 0.29", "").replace(", weight: 0.21", "")
CLASHING = (
    "elicitation:\n  - {over: root, by: Tổ, at: 2026-04-20, why: Họp,"
    " pairwise: {B1: {B2: 2, B3: 8, B4: 1}, B2: {B3: 2, B4: 1}, B3: {B4: 1}}}\n"
)
WHOLE = tuple(f"P{at},dự án {at},A,,group1,{ask},whole" for at, ask in enumerate(("1.5", "2", "1"), 1))


@pytest.fixture(autouse=True)
def few_draws(monkeypatch):
    monkeypatch.setattr(settings, "DRAWS", (FEW, MORE))


def words(app):
    """Everything that is said, in whatever way."""
    return "\n".join([said(app), *(f"{each.label} {each.value}" for each in app.metric)])


def sound(app):
    assert not app.exception and "Mã lỗi" not in said(app), said(app)
    return app


def opened(**address):
    app = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    return sound(app.switch_page(PAGES["robustness"]).run())


def tried(**address):
    return sound(opened(**address).button(key=TRY).click().run())


def part(app, name):
    return sound(app.segmented_control(key=PART).set_value(name).run())


def found_here(scenario="baseline", draws=MORE, **more):
    path = next(path for path in pipeline.scenario_paths() if path.stem == scenario)
    return pipeline.stress(pipeline.assess(pipeline.load(path)), pipeline.Asked(draws, **more))


@pytest.fixture(scope="module")
def baseline():
    return pipeline.stress(
        pipeline.assess(pipeline.load(ROOT / "scenarios" / "baseline.yaml")), pipeline.Asked(MORE)
    )


def own(scenarios, further="", write=assessed, scenario=ASSESSED, **files):
    """A small scenario of its own beside the shipped ones; its tables are in a folder of their own."""
    write(scenarios / "tables", **files)
    for name in ("register.csv", "bodies.yaml", "goods.yaml", "benefits.yaml", "scores.csv"):
        scenario = scenario.replace(f": {name}", f": tables/{name}")
    (scenarios / "tiny.yaml").write_text(scenario + further, encoding="utf-8")
    return "tiny"


# ------------------------------------------------------------------ asking


@LANGS
def test_nothing_is_computed_before_it_is_asked_for(lang, monkeypatch):
    asked = []
    ask = jobs.Office.ask
    monkeypatch.setattr(jobs.Office, "ask", lambda self, task: asked.append(task.what) or ask(self, task))
    app = opened(lang=lang)
    assert app.button(key=TRY).label == locale.say("robustness.page.try", lang)
    assert locale.say("robustness.page.asks", lang) in said(app)
    assert "stress" not in asked and not app.metric and not app.dataframe
    sound(app.button(key=TRY).click().run())
    assert asked.count("stress") == 1 and len(app.metric) == 3


@LANGS
def test_the_result_has_the_figures_of_the_command(lang, baseline):
    app = tried(lang=lang)
    numbers = [metric.value for metric in app.metric]
    counts = [
        sum(each.kind == kind for each in baseline.standing) for kind in ("core", "borderline", "outside")
    ]
    assert numbers == [locale.say("robustness.page.projects", lang, count=str(count)) for count in counts]
    assert texts.plain(" ".join(describe_draws(baseline, lang))) in said(app)
    (grid,) = grids(app, "id", "any_share_e4", "joint_share_e4", "least_mvnd", "most_mvnd")
    assert grid["standing"].tolist() == frames.projects(baseline, lang)["standing"].tolist()
    rows = {project: row for row, project in enumerate(baseline.evaluation.case.register.ids)}
    order = [rows[project] for project in grid["id"]]
    assert grid["any_share_e4"].tolist() == [round(baseline.main.any_share[row] * 10_000) for row in order]
    assert grid["expected_mvnd"].tolist() == [
        round(baseline.main.expected_mvnd[row] / 100) * 100 for row in order
    ]
    assert grid["high_mvnd"].tolist() == baseline.main.quantiles_mvnd[2][order].tolist()
    assert grid["amount_mvnd"].tolist() == baseline.evaluation.plan.amount_mvnd[order].tolist()
    assert grid["any_share_e4"].is_monotonic_decreasing


def test_projects_are_searched_and_their_money_looked_at():
    app = tried()
    app.segmented_control(key="robustness-look").set_value("money").run()
    app.text_input(key="robustness-search").input("robot").run()
    (grid,) = grids(sound(app), "id", "any_share_e4")
    assert 0 < len(grid) < 35 and all("robot" in name.lower() for name in grid["name"])
    app.text_input(key="robustness-search").input("không có dự án này").run()
    assert not grids(sound(app), "id", "any_share_e4")
    assert locale.say("ui.register.none_found", "vi") in said(app)


# ------------------------------------------------------------------ part by part


@LANGS
def test_weights_tell_their_intervals_and_what_moves_beyond(lang, baseline):
    app = part(tried(lang=lang), "weights")
    (grid,) = grids(app, "criterion", "low_weight", "high_weight")
    assert len(grid) == len(baseline.stability)
    assert texts.plain(describe_interval(baseline, baseline.stability[0], lang)) in said(app)
    fifth = baseline.stability[4]
    sound(app.selectbox(key="robustness-criterion").set_value(fifth.criterion).run())
    assert texts.plain(describe_interval(baseline, fifth, lang)) in said(app)
    row = baseline.evaluation.case.register.ids.index("P32")
    sound(app.selectbox(key="robustness-project").set_value(row).run())
    swings = frames.tornado(baseline, row, lang)
    (grid,) = grids(app, "criterion", "low_mvnd", "high_mvnd")
    assert grid["low_mvnd"].tolist() == swings["low_mvnd"].tolist() and len(grid) > 3


def test_lead_bodies_stand_with_their_bands_beside_the_plan(baseline):
    app = part(tried(), "bodies")
    (grid,) = grids(app, "ministry", "amount_mvnd", "expected_mvnd", "low_mvnd", "high_mvnd")
    assert grid["expected_mvnd"].tolist() == [
        round(each.expected_mvnd / 100) * 100 for each in baseline.main.ministries
    ]
    assert grid["amount_mvnd"].sum() == baseline.evaluation.plan.total_mvnd


def test_scores_worth_chasing_lead_to_their_project(monkeypatch):
    monkeypatch.setattr(settings, "DRAWS", (FEW, 256))
    found, app = found_here(draws=256), part(tried(), "chasing")
    chased = worth_chasing(found.main)
    assert chased and texts.plain(describe_unknown(found, chased[0], "vi")) in said(app)
    (grid,) = grids(app, "id", "criterion", "moved_mvnd", "noise_mvnd")
    assert len(grid) == len(found.main.unknowns) > chasing.DRAWN
    project = found.evaluation.case.register.ids[chased[0].project]
    first = next(each for each in app.button if each.key.startswith(f"open/{project}/"))
    sound(first.click().run())
    assert app.selectbox(key="register-project").value == project


def test_why_no_ways_are_listed_is_said():
    app = part(tried(), "ways")
    assert "35" in said(app) and not grids(app, "way_count")


@LANGS
def test_ways_of_choosing_whole_projects_with_their_core_index_and_rivals(lang, scenarios):
    own(scenarios, register_csv=table(f"{ASSESSED_HEAD},funding", WHOLE))
    found = found_here("tiny")
    app = part(tried(lang=lang, scenario="tiny"), "ways")
    (grid,) = grids(app, "way_count", "sentence")
    assert len(grid) == len(found.portfolios) > 1
    (index,) = grids(app, "id", "any_share_e4", "amount_mvnd")
    shares = dict(zip(found.evaluation.case.register.ids, found.portfolios.core_index, strict=True))
    assert {row.id: Fraction(row.any_share_e4, 10_000) for row in index.itertuples()} == pytest.approx(
        shares, abs=1e-4
    )
    assert texts.plain(locale.say("robustness.page.competitors", lang)) in said(app) or app.subheader


# ------------------------------------------------------------------ older states, other settings


def changed(app, percent):
    """Another weight, tried on the page of criteria, then back on this page."""
    app.switch_page(PAGES["criteria"]).run()
    slider = next(one for one in app.slider if one.key.startswith("weight/baseline/national-need"))
    slider.set_value(percent).run()
    return sound(app.switch_page(PAGES["robustness"]).run())


def test_a_try_that_goes_on_is_found_again_by_another_window(monkeypatch):
    case = pipeline.load(pipeline.scenario_paths()[0])
    asked = pipeline.Asked(MORE)
    monkeypatch.setattr(answers, "stressing", lambda about: asked if about is case else None)
    monkeypatch.setattr(trying.st, "session_state", {})
    found = trying.last(case)
    assert found is not None and found.asked == asked and trying.is_current(case, found)
    monkeypatch.setattr(answers, "stressing", lambda about: None)
    assert trying.last(case) == found, "it stays when it is over"


def test_a_result_of_an_older_state_says_so_until_it_is_tried_again():
    older = locale.say("robustness.page.older", "vi")
    app = changed(tried(), 80)
    assert older in said(app) and app.metric
    sound(app.button(key=AGAIN).click().run())
    assert older not in said(app) and app.metric
    app = changed(app, 20)
    assert older in said(app)


def test_a_result_stays_for_its_state_and_other_settings_are_told():
    app = tried()
    told = texts.phrase("robustness.page.other_settings", "vi")
    app.switch_page(PAGES["overview"]).run()
    app.switch_page(PAGES["robustness"]).run()
    assert app.metric and told not in said(app)
    app.segmented_control(key="robustness-draws").set_value(FEW).run()
    assert app.metric and told in said(app)
    sound(app.button(key=TRY).click().run())
    assert told not in said(app) and f"{FEW} " in said(app)


def test_another_scenario_has_its_own_results():
    app = tried()
    app.selectbox(key="scenario-choice").set_value("growth-first").run()
    assert not app.metric and locale.say("robustness.page.asks", "vi") in said(sound(app))


# ------------------------------------------------------------------ what cannot be tried


def test_without_a_plan_there_is_nothing_to_try(scenarios):
    (scenarios / "impossible.yaml").write_text(
        "schema: 1\nid: impossible\nextends: baseline\ntitle: Không thể\n"
        "decisions:\n  - {project: P24, fund: full}\n  - {project: P17, fund: full}\n"
        "limits:\n  - {id: moit-ceiling, at_most: {amount_bn: '1000', share_of_envelope: null}}\n",
        encoding="utf-8",
    )
    app = opened(scenario="impossible")
    assert texts.phrase("robustness.page.no_plan", "vi") in said(app)
    assert not [each for each in app.button if each.key == TRY]


def test_given_values_can_be_tried_only_with_other_money(scenarios):
    own(scenarios, write=folder, scenario=SCENARIO)
    app = opened(scenario="tiny")
    assert app.button(key=TRY).disabled and locale.say("robustness.page.given", "vi") in said(app)
    app.selectbox(key="robustness-envelope").set_value(20).run()
    assert not app.button(key=TRY).disabled
    sound(app.button(key=TRY).click().run())
    assert locale.say("robustness.standing.none", "vi") in said(app) and not app.metric
    (grid,) = grids(app, "id", "any_share_e4")
    assert len(grid) == 3 and "least_mvnd" not in grid
    for name in ("weights", "bodies", "chasing", "ways"):
        part(app, name)


def test_weights_that_clash_are_refused_with_what_to_do(scenarios):
    own(scenarios, CLASHING, benefits_yaml=UNWEIGHED)
    app = opened(scenario="tiny")
    sound(app.segmented_control(key="robustness-weights").set_value("stated").run())
    sound(app.button(key=TRY).click().run())
    assert texts.plain(locale.say("robustness.page.mend.weights_clash", "vi")) in said(app)
    assert not app.metric
    app.segmented_control(key="robustness-weights").set_value("any").run()
    sound(app.button(key=TRY).click().run())
    assert len(app.metric) == 3


def test_a_seed_that_is_none_is_refused_beside_its_field():
    app = opened()
    app.text_input(key="robustness-seed").input("1,5").run()
    assert app.button(key=TRY).disabled
    assert locale.say("robustness.page.seed_wrong", "vi", most="2.147.483.647") in said(app)
    app.text_input(key="robustness-seed").input("7").run()
    sound(app.button(key=TRY).click().run())
    assert texts.plain(describe_draws(found_here(seed=7), "vi")[0]) in said(app)


def test_yes_or_no_rules_warn_of_the_time_and_offer_intervals():
    app = opened(scenario="few-and-deep")
    assert texts.phrase("robustness.page.slow", "vi") in said(app)
    assert not app.toggle(key="robustness-intervals").value
    app = opened()
    assert texts.phrase("robustness.page.slow", "vi") not in said(app) and not app.toggle


# ------------------------------------------------------------------ workers


def test_a_worker_of_the_app_may_use_processes_of_its_own_and_tells_its_progress(tmp_path):
    evaluation = pipeline.assess(pipeline.load(assessed(tmp_path)))
    arguments = evaluation, pipeline.Asked(64), pipeline.Machines(2)
    office = jobs.Office()
    try:
        job = office.ask(jobs.Task("stress", "two", pipeline.stress, arguments, tells=True))
        assert job.wait(300)
    finally:
        office.close()
    assert job.state == "done", job.error
    alone = pipeline.stress(*arguments[:2])
    assert job.answer.main.any_share.tolist() == alone.main.any_share.tolist()
    assert job.answer.evaluation.case is evaluation.case and job.steps == (128, 128)


@LANGS
def test_shares_read_as_percent(lang):
    shown = [tables._UNITS["_share_e4"](share, lang) for share in (8_765, 10_000, 0)]
    assert shown == (["87,7%", "100,0%", "0,0%"] if lang == "vi" else ["87.7%", "100.0%", "0.0%"])


@LANGS
def test_the_minutes_hold_the_last_try_of_the_plan_as_it_stands(lang, baseline):
    app = tried(lang=lang, scenario="baseline")
    sound(app.switch_page(PAGES["meeting"]).run())
    sound(app.segmented_control(key="meeting-part").set_value("papers").run())
    assert locale.say("meeting.papers.firm", lang) in said(app)
    sound(app.button(key="papers-make").click().run())
    order = making.Order(lang, pipeline.SCENARIOS / "baseline.yaml", firm=baseline)
    made = making.make(baseline.evaluation, order)
    assert made.sha256 in [each.value for each in app.code]
    sound(app.segmented_control(key="meeting-part").set_value("decisions").run())
    added(app, "nothing", "P16", by="Tổ", why_vi="thử")
    sound(app.segmented_control(key="meeting-part").set_value("papers").run())
    assert locale.say("meeting.papers.untried", lang) in said(app), "the try was of another plan"
