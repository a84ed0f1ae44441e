"""Every page shows what ``pipeline.assess`` says, follows the controls, and speaks the language chosen."""

import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from prioritizer import locale, pipeline
from prioritizer.ui import answers, shell, state, texts
from tests.build import SCENARIO, folder

ROOT = Path(__file__).resolve().parents[2]
PAGES = {name: path for name, path, _ in shell._PAGES}


@pytest.fixture(scope="module")
def baseline():
    return pipeline.assess(pipeline.load(pipeline.scenario_paths()[0]))


def opened(page="overview", parts=(), **address):
    """The app on one page, opened by its address; ``parts``: of the Allocation page, and of its rules."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    for key, part in zip(("allocation-part", "rules-part"), parts, strict=False):
        app.session_state[key] = part
    app.run()
    if page != "overview":
        app.switch_page(PAGES[page]).run()
    assert not app.exception
    return app


def tables(app, *columns):
    """The grids that have all of ``columns``."""
    return [grid.value for grid in app.dataframe if set(columns) <= set(grid.value.columns)]


def metric(app, key, lang="vi"):
    label = locale.say(f"ui.{key}", lang)
    return next(metric.value for metric in app.metric if metric.label == label)


def turned(app, part, rules=None):
    """The Allocation page turned to another part."""
    app.segmented_control(key="allocation-part").set_value(part).run()
    if rules:
        app.segmented_control(key="rules-part").set_value(rules).run()
    return app


def widget(found, key):
    return next(one for one in found if one.key and one.key.startswith(key))


def said(app):
    """Everything in words on the page."""
    kinds = (
        app.title,
        app.header,
        app.subheader,
        app.markdown,
        app.caption,
        app.error,
        app.warning,
        app.info,
    )
    return "\n".join(element.value for kind in kinds for element in kind)


# ---------------------------------------------------------------- overview


def test_overview_names_the_money_placed_and_the_money_left(baseline):
    app = opened()
    allocated = locale.bn(baseline.plan.total_mvnd, "vi")
    envelope = locale.bn(baseline.case.envelope_mvnd, "vi")
    assert app.title[0].value == f"Đã phân bổ **{allocated}** trên {envelope} tỷ đồng"
    left = baseline.case.envelope_mvnd - baseline.plan.total_mvnd
    assert metric(app, "overview.left") == f"{locale.bn(left, 'vi')} tỷ đồng"
    funded = int((baseline.plan.amount_mvnd > 0).sum())
    assert metric(app, "overview.funded") == f"{funded} / {len(baseline.case.register)}"


def test_overview_lists_who_gets_what_in_rank_order(baseline):
    shown = tables(opened(), "rank", "amount_mvnd")[0]
    rows = baseline.scores.in_rank_order()
    assert shown["amount_mvnd"].tolist() == baseline.plan.amount_mvnd[rows].tolist()
    assert shown["ask_mvnd"].tolist() == baseline.case.register.ask_mvnd[rows].tolist()
    assert shown["name"].tolist() == [baseline.case.register.name(row, "vi") for row in rows.tolist()]
    assert shown["id"].tolist() == [baseline.case.register.ids[row] for row in rows.tolist()]
    assert shown["value_e4"].tolist() == baseline.scores.value_e4[rows].tolist()


def test_overview_can_leave_out_projects_without_money(baseline):
    app = opened()
    app.toggle(key="only-funded").set_value(True).run()
    shown = tables(app, "rank", "amount_mvnd")[0]
    assert (shown["amount_mvnd"] > 0).all()
    assert len(shown) == int((baseline.plan.amount_mvnd > 0).sum())


def test_overview_explains_limits_left_money_and_what_is_illustrative(baseline):
    text = said(opened())
    for sentence in pipeline.describe_limits(baseline, "vi"):
        assert texts.plain(sentence) in text
    assert "minh họa" in text and "trình cấp có thẩm quyền" in text
    assert "không xét quy mô đề nghị" in text


def test_unspent_money_has_its_reason():
    case = pipeline.load(next(path for path in pipeline.scenario_paths() if path.stem == "high-bar"))
    evaluation = pipeline.assess(case)
    assert evaluation.plan.unspent, "the scenario is there to leave money over"
    app = opened(scenario="high-bar")
    amount = locale.bn(evaluation.plan.unspent[0].amount_mvnd, "vi")
    assert amount in said(app)
    assert metric(app, "overview.left") == f"{amount} tỷ đồng"


def test_the_downloads_are_the_exports(baseline):
    app = opened()
    buttons = app.get("download_button")
    assert len(buttons) == 2
    assert {button.proto.label for button in buttons} == {
        locale.say(f"ui.download.{style}", "vi") for style in ("excel", "machine")
    }


# ---------------------------------------------------------------- register


def test_register_shows_every_project_and_its_ask(baseline):
    shown = tables(opened("register"), "id", "ask_mvnd")[0]
    assert shown["id"].tolist() == list(baseline.case.register.ids)
    assert shown["ask_mvnd"].tolist() == baseline.case.register.ask_mvnd.tolist()


@pytest.mark.parametrize("query", ["robot cong nghiep", "ROBOT CÔNG", "nghiep robot"])
def test_register_is_searched_without_marks(query):
    app = opened("register")
    app.text_input(key="register-search").input(query).run()
    names = tables(app, "id", "ask_mvnd")[0]["name"].tolist()
    assert "Robot công nghiệp" in names
    assert len(names) < 35


def test_a_search_that_finds_nothing_says_what_to_do():
    app = opened("register")
    app.text_input(key="register-search").input("không có dự án này đâu").run()
    assert not tables(app, "id", "ask_mvnd")
    assert locale.say("ui.register.none_found", "vi") in said(app)


def test_register_sorts_names_as_vietnamese_does():
    app = opened("register")
    app.selectbox(key="register-sort").select("name").run()
    names = tables(app, "id", "ask_mvnd")[0]["name"].tolist()
    assert names == sorted(names, key=locale.sort_key)
    assert names != sorted(names), "the sample must tell the two orders apart"


def test_a_project_shows_its_evidence_values_and_gaps(baseline):
    app = opened("register")
    app.segmented_control(key="register-part").set_value("project").run()
    app.selectbox(key="register-project").select("P05").run()
    row = baseline.case.register.ids.index("P05")
    for end, values in (("low", baseline.scores.low_e4), ("high", baseline.scores.high_e4)):
        label = locale.say("ui.register.value_at", "vi", end=locale.say(f"terms.unassessed.{end}", "vi"))
        assert next(m.value for m in app.metric if m.label == label) == locale.points(int(values[row]), "vi")
    leaves = [leaf for table in app.table for leaf in table.value.iloc[:, 0]]
    assert len(leaves) == len(baseline.case.criteria.leaves)
    missing = len(leaves) - int(baseline.scores.assessed_leaves[row])
    assert sum((table.value == "chưa đánh giá").any(axis="columns").sum() for table in app.table) == missing
    assert f"Chưa đánh giá {missing} tiêu chí" in said(app)


# ---------------------------------------------------------------- criteria and weights


def test_moving_a_weight_changes_ranks_and_money_at_once(baseline):
    app = opened("criteria")
    before = tables(app, "before_mvnd", "after_mvnd")[0]
    assert (before["change_mvnd"] == 0).all()
    widget(app.slider, "weight/baseline/national-need").set_value(80).run()
    after = tables(app, "before_mvnd", "after_mvnd")[0]
    case = baseline.case
    weights = pipeline.node_weights(case) | {
        "national-need": Fraction(80, 100),
        "domestic-advantage": Fraction(10, 100),
        "value-chain": Fraction(10, 100),
    }
    expected = pipeline.assess(case.revised(weights=weights))
    assert (after["change_mvnd"] != 0).is_monotonic_decreasing, "what changes stands first"
    after = after.sort_values("after_rank", kind="stable").sort_values("project")
    register = case.register
    rows = sorted(range(len(register)), key=lambda row: register.name(row, "vi"))
    assert after["after_mvnd"].tolist() == expected.plan.amount_mvnd[rows].tolist()
    assert after["before_mvnd"].tolist() == baseline.plan.amount_mvnd[rows].tolist()
    assert after["after_rank"].tolist() == expected.scores.rank[rows].tolist()
    assert (after["change_mvnd"] != 0).any()
    assert widget(app.slider, "weight/baseline/domestic-advantage").value == 10


def test_a_moved_weight_holds_on_other_pages_and_can_be_taken_back(baseline):
    app = opened("criteria")
    widget(app.slider, "weight/baseline/national-need").set_value(80).run()
    app.switch_page(PAGES["overview"]).run()
    moved = tables(app, "rank", "amount_mvnd")[0]
    unmoved = tables(opened(), "rank", "amount_mvnd")[0]
    assert moved["name"].tolist() != unmoved["name"].tolist()
    assert "trọng số" in app.warning[0].value
    app.button(key="discard").click().run()
    app.button(key="discard-yes").click().run()
    assert tables(app, "rank", "amount_mvnd")[0].equals(unmoved)
    assert not app.warning


def test_moving_on_goes_from_where_the_siblings_stood():
    app = opened("criteria")
    for percent in (100, 40):
        widget(app.slider, "weight/baseline/national-need").set_value(percent).run()
    for sibling in ("domestic-advantage", "value-chain"):
        assert widget(app.slider, f"weight/baseline/{sibling}").value == 30
    widget(app.slider, "weight/baseline/value-chain").set_value(60).run()
    assert widget(app.slider, "weight/baseline/national-need").value == 23
    assert widget(app.slider, "weight/baseline/domestic-advantage").value == 17


def test_criteria_are_told_with_questions_and_levels(baseline):
    app = opened("criteria")
    app.segmented_control(key="criteria-part").set_value("tree").run()
    leaves = baseline.case.criteria.leaves
    text = said(app)
    for leaf in leaves:
        assert texts.plain(leaf.question.vi) in text
        for level in leaf.levels:
            assert f"- **{level.score}** – {texts.plain(level.vi)}" in text


# ---------------------------------------------------------------- allocation


def test_the_three_plans_are_those_of_the_three_ends(baseline):
    app = opened("allocation")
    shown = tables(app, "low_mvnd", "mid_mvnd", "high_mvnd")[0]
    rows = baseline.scores.in_rank_order()
    for end in ("low", "mid", "high"):
        eligibility = baseline.case.scenario.eligibility.model_copy(update={"unassessed": end})
        plan = pipeline.assess(baseline.case.revised(eligibility=eligibility)).plan
        assert shown[f"{end}_mvnd"].tolist() == plan.amount_mvnd[rows].tolist()


def test_limits_and_reasons_stand_in_full(baseline):
    app = opened("allocation")
    limits = tables(app, "over", "used_mvnd")[0]
    assert limits["used_mvnd"].tolist() == [use.used_mvnd for use in baseline.plan.limits]
    reasons = tables(turned(app, "reasons"), "sentence")[0]
    rows = baseline.scores.in_rank_order().tolist()
    prices = pipeline.prices(baseline)
    assert reasons["sentence"].tolist() == [
        pipeline.describe_project(baseline, row, "vi", prices) for row in rows
    ]
    turned(app, "otherwise")
    for sentence in pipeline.describe_prices(baseline.case, prices, "vi"):
        assert texts.plain(sentence) in said(app)


@pytest.mark.parametrize(
    ("text", "amount_mvnd"),
    [("12.253,4", 12_253_400), ("12,253.4", 12_253_400), ("11000", 11_000_000), ("1.000,5 tỷ", 1_000_500)],
)
def test_a_typed_envelope_is_read_and_echoed(text, amount_mvnd):
    app = opened("allocation", ("rules", "funds"))
    widget(app.text_input, "fund/").input(text).run()
    assert not app.error
    full = locale.number(amount_mvnd * 1_000_000, "vi", 0)
    assert f"Hiểu là **{locale.bn(amount_mvnd, 'vi')} tỷ đồng** ({full} đồng)." in said(app)
    app.switch_page(PAGES["overview"]).run()
    assert f"trên {locale.bn(amount_mvnd, 'vi')} tỷ đồng" in app.title[0].value


@pytest.mark.parametrize("text", ["12.253", "abc", "", "-5", "1.2.3", "12.25,3,4", "1e5", "12 253 4"])
def test_a_text_that_is_no_clear_amount_is_refused_and_changes_nothing(text, baseline):
    app = opened("allocation", ("rules", "funds"))
    widget(app.text_input, "fund/").input(text).run()
    assert len(app.error) == 1
    assert "12253.4" not in app.error[0].value, "a remedy for files, not for people"
    envelope = locale.bn(baseline.case.envelope_mvnd, "vi")
    assert f"Vẫn giữ giá trị trước: {envelope} tỷ đồng." in app.error[0].value
    app.switch_page(PAGES["overview"]).run()
    assert f"trên {envelope} tỷ đồng" in app.title[0].value


def test_back_to_the_saved_choices_is_no_trial():
    app = opened("allocation", ("rules", "funds"))
    for text in ("11.000,5", "12.253,4"):
        widget(app.text_input, "fund/").input(text).run()
        assert len(app.warning) == (text == "11.000,5")
    turned(app, "rules", "aims")
    for basis in ("project", "funding"):
        widget(app.radio, "basis/").set_value(basis).run()
        assert len(app.warning) == (basis == "project")
        assert not app.warning or locale.say("saving.tried.hurdle", "vi") not in app.warning[0].value
    for end in ("high", "low"):
        widget(app.segmented_control, "unassessed/").set_value(end).run()
        assert len(app.warning) == (end == "high")


def test_a_hurdle_keeps_weak_projects_out(baseline):
    app = opened("allocation", ("rules", "aims"))
    widget(app.text_input, "hurdle/").input("20,5").run()
    objective = baseline.case.scenario.objective.model_copy(update={"hurdle_e4": 205_000})
    expected = pipeline.assess(baseline.case.revised(objective=objective))
    low = tables(turned(app, "plan"), "low_mvnd")[0]["low_mvnd"]
    assert sorted(low.tolist()) == sorted(expected.plan.amount_mvnd.tolist())
    assert low.sum() < baseline.plan.total_mvnd


@pytest.mark.parametrize("text", ["0", "0,001", "1.000.000"])
def test_an_odd_envelope_still_gives_every_page(text):
    app = opened("allocation", ("rules", "funds"))
    widget(app.text_input, "fund/").input(text).run()
    for page in PAGES.values():
        app.switch_page(page).run()
        assert not app.exception and "Mã lỗi" not in said(app)


def test_another_basis_starts_without_a_hurdle(baseline):
    app = opened("allocation", ("rules", "aims"))
    widget(app.text_input, "hurdle/").input("20").run()
    widget(app.radio, "basis/baseline").set_value("project").run()
    assert widget(app.text_input, "hurdle/baseline/project").value == "0"
    objective = baseline.case.scenario.objective.model_copy(update={"basis": "project"})
    expected = pipeline.assess(baseline.case.revised(objective=objective))
    assert "dễ thiên về dự án nhỏ" in said(app)
    low = tables(turned(app, "plan"), "low_mvnd")[0]["low_mvnd"]
    assert sorted(low.tolist()) == sorted(expected.plan.amount_mvnd.tolist())


# ---------------------------------------------------------------- language, scenario, faults, defects


@pytest.mark.parametrize("page", PAGES)
def test_english_is_english_on_every_page(page):
    app = opened(page, lang="en")
    assert "A proposal to the competent authority" in said(app)
    vietnamese = set("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
    ours = [
        text for key, text in locale.sentences("vi").items() if key.startswith("ui.") and key != "ui.app.vi"
    ]
    shown = said(app)
    assert not [text for text in ours if vietnamese & set(text) and "{" not in text and text in shown]


def test_the_switch_changes_language_and_address():
    app = opened("register")
    app.segmented_control(key=state.LANG_WIDGET).set_value("en").run()
    assert app.header[0].value == "Register"
    assert app.query_params["lang"] in ("en", ["en"])


def test_the_scenario_is_chosen_and_kept_in_the_address():
    app = opened()
    app.selectbox(key=state.SCENARIO_WIDGET).select("high-bar").run()
    assert app.query_params["scenario"] in ("high-bar", ["high-bar"])
    app.switch_page(PAGES["allocation"]).run()
    assert app.selectbox(key=state.SCENARIO_WIDGET).value == "high-bar"


def test_a_faulty_scenario_shows_its_faults_and_what_to_do(tmp_path, monkeypatch):
    place = tmp_path / "scenarios"
    place.mkdir()
    text = (ROOT / "scenarios/baseline.yaml").read_text(encoding="utf-8")
    wrong = text.replace("basis: funding", "basis: fundin").replace("MOIT", "MOITT")
    (place / "wrong.yaml").write_text(wrong.replace("id: baseline", "id: wrong"), encoding="utf-8")
    monkeypatch.setattr(pipeline, "scenario_paths", lambda: [place / "wrong.yaml"])
    app = opened()
    shown = tables(app, "message", "remedy")[0]
    assert len(shown) >= 2
    assert "wrong.yaml" in shown["file"].str.cat(sep=" ")
    assert "chưa sử dụng được" in app.error[0].value
    assert "Sửa các lỗi" in said(app)


def test_without_scenarios_the_app_says_where_to_put_them(monkeypatch):
    monkeypatch.setattr(pipeline, "scenario_paths", list)
    assert "Chưa có kịch bản nào" in said(opened())


def test_a_plan_that_cannot_be_is_said_not_shown_as_zero(tmp_path, monkeypatch):
    place = tmp_path / "scenarios"
    place.mkdir()
    shutil.copytree(ROOT / "scenarios/registers", place / "registers")
    text = (ROOT / "scenarios/baseline.yaml").read_text(encoding="utf-8").replace("id: baseline", "id: clash")
    cap = '  - {id: cap, where: {ministry: [MAE, MOH]}, at_most: {share_of_envelope: "0.01"}}\n'
    (place / "clash.yaml").write_text(text + cap, encoding="utf-8")
    monkeypatch.setattr(pipeline, "scenario_paths", lambda: [place / "clash.yaml"])
    for page in PAGES:
        app = opened(page)
        if page in ("overview", "criteria", "allocation"):
            assert "không có phương án thỏa mãn mọi ràng buộc" in said(app)
    overview = tables(opened(), "rank", "amount_mvnd")[0]
    assert overview["amount_mvnd"].isna().all()


def test_an_envelope_too_large_for_a_floor_is_refused_and_says_which_and_why(baseline):
    app = opened("allocation", ("rules", "funds"))
    widget(app.text_input, "fund/").input("20000").run()
    fund = baseline.case.scenario.funds[0].model_copy(update={"amount_mvnd": 20_000_000})
    faults = pipeline.limit_faults(baseline.case.revised(funds=(fund,)))
    assert faults, "the scenario is there to have a floor above its asks"
    limits = {limit.id: limit for limit in baseline.case.scenario.limits}
    for fault in faults:
        name = pipeline.limit_name(baseline.case, limits[fault.params["limit"]], "vi")
        assert texts.plain(name) in app.error[0].value
        assert locale.bn(fault.params["floor_mvnd"], "vi") in app.error[0].value
    app.switch_page(PAGES["overview"]).run()
    assert "trên 12.253,4 tỷ đồng" in app.title[0].value


def test_limits_that_only_together_cannot_hold_are_named_with_the_least_way_out(tmp_path, monkeypatch):
    text = SCENARIO + (
        "limits:\n  - {id: a, where: {project: [P1, P2]}, at_least: {amount_bn: 2}}\n"
        "  - {id: b, where: {project: [P1, P2]}, at_most: {amount_bn: 1.5}}\n"
    )
    path = folder(tmp_path, tiny_yaml=text)
    monkeypatch.setattr(pipeline, "scenario_paths", lambda: [path])
    refusal = pipeline.refusal(pipeline.assess(pipeline.load(path)), "vi")
    assert refusal.conflict and refusal.relaxations
    shown, elsewhere = opened().error[0].value, locale.say("ui.no_plan.elsewhere", "vi")
    assert all(texts.plain(each) in shown for each in (*refusal.conflict, *refusal.relaxations))
    app = opened("allocation")
    assert texts.plain(refusal.conflict[0]) in app.error[0].value
    assert elsewhere in shown and elsewhere not in app.error[0].value
    assert all(texts.plain(each) in said(app) for each in refusal.relaxations)
    monkeypatch.setattr(answers, "refused", lambda evaluation, lang: pipeline.Refusal())
    assert locale.say("ui.no_plan.limits_clash", "vi") in opened("allocation").error[0].value


# ---------------------------------------------------------------- what would change otherwise

MANY = """funds:
  - {id: one, name: Quỹ một, year: 2026, amount_bn: 2}
  - {id: two, name: Quỹ hai, year: 2026, amount_bn: 1}
reserves:
  - {id: line, name: Khoản kín, amount_bn: 0.5}
limits:
  - {id: few, where: {ministry: B}, at_most: {count: 0}, penalty: 1}
  - {id: cap, where: {ministry: A}, at_most: {amount_bn: 1}}
decisions:
  - {id: no, project: P1, fund: nothing, by: Ông X, at: 2026-04-20, why: vì thế}
"""


@pytest.fixture
def decided(tmp_path, monkeypatch):
    path = folder(tmp_path, tiny_yaml=SCENARIO.partition("funds:")[0] + MANY)
    monkeypatch.setattr(pipeline, "scenario_paths", lambda: [path])
    return pipeline.assess(pipeline.load(path))


def test_funds_and_money_set_aside_add_up(decided):
    app = opened("allocation")
    (funds,) = tables(app, "fund", "paid_mvnd")
    assert funds["holds_mvnd"].tolist() == [2_000, 1_000]
    assert funds["aside_mvnd"].sum() == 500 and funds["paid_mvnd"].sum() == decided.plan.total_mvnd
    assert (funds["holds_mvnd"] - funds["aside_mvnd"] - funds["paid_mvnd"]).tolist() == funds[
        "left_mvnd"
    ].tolist()
    assert tables(app, "line", "aside_mvnd")[0]["aside_mvnd"].tolist() == [500]


def test_counts_and_broken_limits_stand_in_the_table_of_limits(decided):
    (limits,) = tables(opened("allocation"), "over", "ceiling_count")
    assert limits["ceiling_count"].tolist()[0] == 0
    assert limits["binding"].tolist()[0] == locale.say("ui.limit.broken", "vi")


def test_decisions_say_who_when_and_why_and_on_demand_what_they_cost(decided):
    app = opened("allocation", ("reasons",))
    shown = next(one.value for one in app.table if "Ông X" in one.value.to_string())
    assert "20/4/2026" in shown.to_string() and "vì thế" in shown.to_string()
    found = pipeline.if_without_decision(decided, "no")
    (decision,) = decided.case.scenario.decisions
    sentence = texts.plain(pipeline.describe_without_decision(decided.case, decision, found, "vi"))
    assert sentence not in said(app)
    app.button(key="ask/decision/no").click().run()
    assert sentence in said(app)


def test_a_project_tells_who_pays_it_and_what_forcing_it_would_change(baseline):
    app = opened("allocation", ("otherwise",))
    register, plan = baseline.case.register, baseline.plan
    row = plan.reason.index("crowded_out")
    app.selectbox(key="otherwise-project").select(row).run()
    found = pipeline.if_forced(baseline, register.ids[row], "full")
    app.button(key=f"ask/full/{register.ids[row]}").click().run()
    assert texts.plain(pipeline.describe_forced(baseline.case, row, "full", found, "vi")) in said(app)
    (changes,) = tables(app, "now_mvnd", "otherwise_mvnd")
    assert changes["change_mvnd"].tolist() == [change.moved_mvnd for change in found.changes]
    assert not [one for one in app.button if one.key.startswith("ask/nothing/")], "it has no money to lose"
    funded = plan.reason.index("funded")
    app.selectbox(key="otherwise-project").select(funded).run()
    (payment,) = pipeline.describe_payments(baseline, funded, "vi")
    assert texts.plain(payment) in said(app)


def test_a_limit_tells_what_the_plan_would_be_without_it_until_something_changes(baseline):
    app = opened("allocation", ("otherwise",))
    limit = baseline.case.scenario.limits[0]
    app.button(key=f"ask/limit/{limit.id}").click().run()
    found = pipeline.if_without_limit(baseline, limit.id)
    sentence = texts.plain(pipeline.describe_without_limit(baseline.case, limit, None, found, "vi"))
    assert sentence in said(app)
    widget(turned(app, "rules", "funds").text_input, "fund/").input("11000").run()
    turned(app, "otherwise")
    assert not app.info, "what was asked was asked about another plan"


def test_the_ladder_of_budgets_is_climbed_on_demand(baseline):
    app = opened("allocation", ("otherwise",))
    assert not tables(app, "budget_mvnd", "move"), "nothing is computed before it is asked for"
    app.button(key="ask/ladder").click().run()
    found = pipeline.ladder(baseline, 500_000, 4)
    for sentence in pipeline.describe_ladder(baseline.case, found, "vi"):
        assert texts.plain(sentence) in said(app)
    (moves,) = tables(app, "budget_mvnd", "move")
    changes = [(at, each) for at in range(1, 5) for each in found.changes(at)]
    assert moves["change_mvnd"].tolist() == [each.moved_mvnd for _, each in changes]
    assert moves["budget_mvnd"].tolist() == [found.rungs[at].budget_mvnd for at, _ in changes]
    assert set(moves["move"]) == {locale.say(f"ui.budgets.{each.kind}", "vi") for _, each in changes}


def test_another_step_is_another_question(baseline):
    app = opened("allocation", ("otherwise",), lang="en")
    app.button(key="ask/ladder").click().run()
    widget(app.text_input, "ladder-step/").input("1,000.5").run()
    assert not tables(app, "budget_mvnd", "move")
    app.selectbox(key="ladder-steps").select(2).run()
    app.button(key="ask/ladder").click().run()
    found = pipeline.ladder(baseline, 1_000_500, 2)
    for sentence in pipeline.describe_ladder(baseline.case, found, "en"):
        assert texts.plain(sentence) in said(app)
    widget(app.text_input, "ladder-step/").input("0").run()
    assert widget(app.button, "ask/ladder").disabled


def test_the_frontier_is_drawn_on_demand_until_something_changes(baseline):
    app = opened("allocation", ("otherwise",))
    drawn = len(app.get("vega_lite_chart"))
    app.button(key="ask/frontier").click().run()
    found = pipeline.frontier(baseline)
    for sentence in pipeline.describe_frontier(baseline.case, found, "vi"):
        assert texts.plain(sentence) in said(app)
    distance = pipeline.distance_from_best(baseline)
    assert texts.plain(pipeline.describe_distance(baseline.case, distance, "vi")) in said(app)
    assert len(app.get("vega_lite_chart")) == drawn + 1
    assert len(tables(app, "budget_mvnd", "best_value")[0]) == len(found.points)
    app.button(key="ask/ladder").click().run()
    assert tables(app, "budget_mvnd", "move") and tables(app, "budget_mvnd", "best_value"), (
        "both answers stay"
    )
    widget(turned(app, "rules", "funds").text_input, "fund/").input("11000").run()
    turned(app, "otherwise")
    assert len(app.get("vega_lite_chart")) == drawn


def test_questions_of_yes_or_no_have_no_prices_and_the_page_says_what_to_do():
    app = opened("allocation", ("otherwise",), scenario="few-and-deep")
    assert texts.plain(locale.say("explanation.price.not_linear", "vi")) in said(app)


@pytest.fixture
def given_values(tmp_path, monkeypatch):
    """A register with values of its own; the ask of one of its two projects is illustrative."""
    place = tmp_path / "scenarios"
    place.mkdir()
    (place / "register.csv").write_text(
        "id,name_vi,ministry,product,class,class_basis,ask_bn,ask_basis,value\n"
        "A1,Một,MOST,T01.1,group1,stated,100,illustrative,50\nA2,Hai,MOH,T01.1,group1,stated,200,stated,40\n",
        encoding="utf-8",
    )
    (place / "given.yaml").write_text(
        "schema: 1\nid: given\ntitle: Cho sẵn\nregister: register.csv\n"
        "funds: [{id: f, name: Quỹ, year: 2026, amount_bn: 150}]\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(pipeline, "scenario_paths", lambda: [place / "given.yaml"])


def test_given_values_are_shown_once_and_without_what_is_for_scores(given_values):
    app = opened("allocation")
    assert not tables(app, "low_mvnd")
    assert tables(app, "rank", "value_e4", "amount_mvnd")[0]["amount_mvnd"].tolist() == [100_000, 50_000]
    turned(app, "rules", "funds")
    assert any("2026" in field.label for field in app.text_input), "the name lacks the year"
    turned(app, "rules", "aims")
    assert not [one for one in app.segmented_control if one.key.startswith("unassessed/")]
    app.switch_page(PAGES["register"]).run()
    app.segmented_control(key="register-part").set_value("project").run()
    assert [one.value for one in app.metric] == [locale.points(500_000, "vi"), "100,0", "100,0"]
    for page in PAGES.values():
        app.switch_page(page).run()
        assert "Mã lỗi" not in said(app)


def test_the_notice_counts_what_is_illustrative(given_values, baseline):
    notice = said(opened())
    assert locale.say("ui.standing.asks_some", "vi", count=1, whole=2) in notice
    assert locale.say("ui.standing.proposal", "vi") in notice
    assert "Giới hạn trong" not in notice and "phân nhóm và cơ quan" not in notice


def test_what_no_page_catches_is_shown_the_same_way():
    def script():
        from prioritizer.ui import faults

        assert faults.on_script_error(RuntimeError("secret detail")) is True

    app = AppTest.from_function(script).run()
    assert not app.exception
    assert "Mã lỗi" in app.error[0].value and "secret detail" not in said(app)


def test_a_defect_shows_a_number_and_never_a_trace(monkeypatch, caplog):
    def broken(case):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(answers, "assessed", broken)
    app = opened()
    assert "Mã lỗi" in app.error[0].value
    assert "secret detail" not in said(app) and "Traceback" not in said(app)
    number = app.error[0].value.split(": ")[-1]
    assert number in caplog.text and "secret detail" in caplog.text
