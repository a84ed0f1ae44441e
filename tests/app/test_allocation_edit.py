"""The rules of an allocation are edited in place: what is accepted is a step, what is refused says why."""

from fractions import Fraction

import pytest
from streamlit.testing.v1 import AppTest

from prioritizer import locale, pipeline
from prioritizer.model import Bound
from prioritizer.ui import texts
from tests.app.opening import PAGES, ROOT, said, tables
from tests.build import SCENARIO, folder


def opened(part="rules", rules="limits", **address):
    """The Allocation page on one of its parts."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    for name, value in address.items():
        app.query_params[name] = value
    app.session_state["allocation-part"], app.session_state["rules-part"] = part, rules
    app.run()
    app.switch_page(PAGES["allocation"]).run()
    return sound(app)


def sound(app):
    assert not app.exception and "Mã lỗi" not in said(app), said(app)
    return app


def typed(app, key, text):
    app.text_input(key=key).input(text).run()
    return sound(app)


def picked(app, kind, key, value):
    getattr(app, kind)(key=key).set_value(value).run()
    return sound(app)


def pressed(app, key):
    app.button(key=key).click().run()
    return sound(app)


def tried(app, path):
    """The scenario under the draft that the app has open."""
    draft = pipeline.draft_of(path, app.session_state["drafts"][path.stem])
    return pipeline.load_draft(path, draft).scenario


def limit(scenario, name):
    return next(each for each in scenario.limits if each.id == name)


def errors(app):
    return "\n".join(each.value for each in app.error)


def fault(code, **params):
    return texts.plain(locale.say(f"rules.fault.{code}", "vi", **params))


def missing(field):
    """What is said of a field of a form that was left blank."""
    said_nothing = locale.say("rules.misread.said_nothing", "vi")
    return texts.plain(f"{locale.say(f'rules.field.{field}', 'vi')}: {said_nothing}")


@pytest.fixture
def baseline(scenarios):
    return scenarios / "baseline.yaml"


RULES = """least_grant_bn: "0.1"
limits:
  - {id: cap, where: {ministry: A}, at_most: {amount_bn: "2"}, why: "vì"}
  - {id: few, where: {}, at_most: {count: 3}, decreed: true}
"""


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """A small scenario with limits of its own: P1 and P3 of A ask for 1.5 and 1, P2 of B for 2, of 3."""
    path = folder(tmp_path, tiny_yaml=SCENARIO + RULES)
    monkeypatch.setattr(pipeline, "scenario_paths", lambda folder=None: [path])
    return path


# ---------------------------------------------------------------- limits


def test_a_ceiling_is_changed_in_place_and_the_reason_follows(baseline):
    app = opened()
    key = "limit-at_most/baseline/most-ceiling/share_of_envelope"
    assert app.text_input(key=key).value == "30"
    typed(app, key, "20")
    assert limit(tried(app, baseline), "most-ceiling").at_most == Bound(share_of_envelope=Fraction(1, 5))
    assert "Hiểu là **20% tổng nguồn vốn**, bằng 2.450,68 tỷ đồng." in said(app)
    picked(app, "segmented_control", "allocation-part", "reasons")
    reasons = "\n".join(tables(app, "sentence")[0]["sentence"])
    assert "mức trần 20% tổng nguồn vốn" in reasons and "mức trần 30%" not in reasons


def test_an_undone_change_is_undone_in_the_field(baseline):
    app = opened()
    key = "limit-at_most/baseline/most-ceiling/share_of_envelope"
    typed(app, key, "12,5 %")
    assert app.text_input(key=key).value == "12,5"
    pressed(app, "undo")
    assert app.text_input(key=key).value == "30"
    pressed(app, "redo")
    assert app.text_input(key=key).value == "12,5"


@pytest.mark.parametrize("text", ["101", "nửa", "-5", ""])
def test_a_share_that_is_none_changes_nothing(baseline, text):
    app = typed(opened(), "limit-at_most/baseline/most-ceiling/share_of_envelope", text)
    assert "Vẫn giữ giá trị trước: 30" in errors(app)
    assert "drafts" not in app.session_state or not app.session_state["drafts"].get("baseline")


def test_another_measure_counts_once_its_size_is_typed(tiny):
    app = picked(opened(), "selectbox", "limit-at_most/tiny/cap/measure", "share_of_envelope")
    assert not app.session_state["drafts"].get("tiny")
    typed(app, "limit-at_most/tiny/cap/share_of_envelope", "1/3")
    assert limit(tried(app, tiny), "cap").at_most == Bound(share_of_envelope=Fraction(1, 3))
    assert app.selectbox(key="limit-at_most/tiny/cap/measure").value == "share_of_envelope"


def test_a_floor_that_cannot_hold_is_refused_beside_its_field(tiny):
    app = picked(opened(), "selectbox", "limit-at_least/tiny/cap/measure", "amount_bn")
    typed(app, "limit-at_least/tiny/cap/amount_bn", "2,9")
    name = "mức trần 2,0 tỷ đồng đối với cơ quan chủ trì A"
    assert fault("floor_above_ceiling", floor_mvnd="2,9", ceiling_mvnd="2,0", limit=name) in errors(app)
    assert fault("floor_above_asks", floor_mvnd="2,9", asked_mvnd="2,5", limit=name) in errors(app)
    assert "Vẫn giữ giá trị trước." in errors(app)
    assert not app.session_state["drafts"].get("tiny")
    typed(app, "limit-at_least/tiny/cap/amount_bn", "1,9")
    assert limit(tried(app, tiny), "cap").at_least == Bound(amount_bn=1_900) and not app.error


def test_a_side_is_taken_away_and_with_the_last_one_the_limit(tiny):
    app = picked(opened(), "selectbox", "limit-at_least/tiny/cap/measure", "amount_bn")
    typed(app, "limit-at_least/tiny/cap/amount_bn", "1")
    picked(app, "selectbox", "limit-at_most/tiny/cap/measure", "none")
    assert limit(tried(app, tiny), "cap").at_most is None
    picked(app, "selectbox", "limit-at_least/tiny/cap/measure", "none")
    assert [each.id for each in tried(app, tiny).limits] == ["few"]


def test_a_limit_is_switched_off_and_on_again_as_it_was(tiny):
    app = pressed(opened(), "limit-off/tiny/cap")
    assert [each.id for each in tried(app, tiny).limits] == ["few"]
    listed = app.radio(key="limit-chosen/tiny")
    assert listed.value == "cap" and any("đang tắt" in option for option in listed.options)
    pressed(app, "limit-on/tiny/cap")
    assert limit(tried(app, tiny), "cap") == limit(pipeline.load(tiny).scenario, "cap")


def test_what_a_limit_is_over_can_be_changed_but_not_emptied(tiny):
    key = "limit-where/tiny/cap/ministry"
    app = picked(opened(), "multiselect", key, [])
    assert locale.say("rules.limits.needs_value", "vi").split(".")[0] in errors(app)
    assert app.multiselect(key=key).value == ["A"]
    picked(app, "multiselect", key, ["A", "B"])
    assert limit(tried(app, tiny), "cap").where == {"ministry": ("A", "B")} and not app.error
    assert "Áp dụng cho 3 dự án, tổng đề nghị 4,5 tỷ đồng." in said(app)


def test_a_limit_is_decreed_or_soft_at_a_price_never_both(tiny):
    app = picked(opened(), "radio", "limit-firm/tiny/cap", "decreed")
    assert limit(tried(app, tiny), "cap").decreed
    picked(app, "radio", "limit-firm/tiny/cap", "soft")
    assert limit(tried(app, tiny), "cap").decreed, "nothing changes before the price is known"
    typed(app, "limit-penalty/tiny/cap", "20")
    now = limit(tried(app, tiny), "cap")
    assert now.penalty_e4 == 200_000 and not now.decreed
    typed(app, "limit-penalty/tiny/cap", "0")
    assert app.error and limit(tried(app, tiny), "cap").penalty_e4 == 200_000
    picked(app, "radio", "limit-firm/tiny/cap", "negotiable")
    now = limit(tried(app, tiny), "cap")
    assert now.penalty_e4 is None and not now.decreed


def test_reason_and_basis_are_said_anew(tiny):
    app = typed(opened(), "limit-why/tiny/cap/en", "because")
    assert limit(tried(app, tiny), "cap").why.model_dump() == {"vi": "vì", "en": "because"}
    typed(app, "limit-why/tiny/cap/en", "")
    assert limit(tried(app, tiny), "cap").why.model_dump() == {"vi": "vì", "en": "vì"}
    picked(app, "selectbox", "limit-basis/tiny/cap", "stated")
    assert limit(tried(app, tiny), "cap").basis == "stated"


def test_a_limit_tells_what_it_does_and_what_it_is_worth(baseline):
    evaluation = pipeline.assess(pipeline.load(baseline))
    shown = said(opened())
    for sentence in pipeline.describe_every_limit(evaluation, "vi")["most-ceiling"]:
        assert texts.plain(sentence) in shown
    price = next(each for each in pipeline.prices(evaluation).limits if each.id == "most-ceiling")
    assert texts.plain(pipeline.describe_price(evaluation.case, price, "vi")) in shown


def test_the_least_grant_is_set_and_taken_away(tiny):
    app = typed(opened(), "least-grant/tiny", "0,5")
    assert tried(app, tiny).least_grant_mvnd == 500
    typed(app, "least-grant/tiny", "")
    assert tried(app, tiny).least_grant_mvnd is None


# ---------------------------------------------------------------- a new limit


def asked(app, over, values, side, measure, scenario="tiny"):
    """Answers the questions of a new limit up to its size."""
    place = f"limit-added/{scenario}"
    picked(app, "radio", f"limit-chosen/{scenario}", "+")
    picked(app, "multiselect", f"{place}/over/0", over)
    for field, chosen in values.items():
        picked(app, "multiselect", f"{place}/where/{field}/0", chosen)
    picked(app, "segmented_control", f"{place}/side/0", side)
    return picked(app, "segmented_control", f"{place}/measure/0", measure)


def test_a_new_limit_is_asked_for_question_by_question(tiny):
    app = picked(opened(), "radio", "limit-chosen/tiny", "+")
    picked(app, "multiselect", "limit-added/tiny/over/0", ["ministry"])
    assert locale.say("rules.adding.choose_values", "vi") in said(app)
    assert not [each for each in app.segmented_control if each.key.startswith("limit-added")]
    app = asked(opened(), ["ministry"], {"ministry": ["B"]}, "at_most", "share_of_allocated")
    pressed(app, "limit-added/tiny/go")
    for field in ("size", "why"):
        assert missing(field) in errors(app)
    app.text_input(key="limit-added/tiny/size/0").input("40")
    app.text_input(key="limit-added/tiny/why_vi/0").input("không dồn vốn")
    pressed(app, "limit-added/tiny/go")
    made = limit(tried(app, tiny), "b-ceiling")
    assert made.where == {"ministry": ("B",)} and made.why.vi == "không dồn vốn"
    assert made.at_most == Bound(share_of_allocated=Fraction(2, 5)) and made.basis == "proposed"
    assert app.radio(key="limit-chosen/tiny").value == "b-ceiling"


def test_a_floor_on_a_number_asks_from_which_amount_on_a_project_counts(tmp_path, monkeypatch):
    path = folder(tmp_path, tiny_yaml=SCENARIO)
    monkeypatch.setattr(pipeline, "scenario_paths", lambda folder=None: [path])
    app = opened()
    picked(app, "segmented_control", "limit-added/tiny/side/0", "at_least")
    picked(app, "segmented_control", "limit-added/tiny/measure/0", "count")
    app.text_input(key="limit-added/tiny/size/0").input("2")
    app.text_input(key="limit-added/tiny/why_vi/0").input("vì")
    pressed(app, "limit-added/tiny/go")
    assert missing("least_grant") in errors(app)
    app.text_input(key="limit-added/tiny/least_grant/0").input("0,5")
    pressed(app, "limit-added/tiny/go")
    now = tried(app, path)
    assert limit(now, "all-floor").at_least == Bound(count=2) and now.least_grant_mvnd == 500


def test_a_new_limit_that_cannot_hold_is_refused_and_what_was_typed_stays(tiny):
    app = asked(opened(), ["ministry"], {"ministry": ["B"]}, "at_least", "amount_bn")
    app.text_input(key="limit-added/tiny/size/0").input("2,5")
    app.text_input(key="limit-added/tiny/why_vi/0").input("vì")
    pressed(app, "limit-added/tiny/go")
    new = locale.say("rules.limits.new_one", "vi")
    assert fault("floor_above_asks", floor_mvnd="2,5", asked_mvnd="2,0", limit=new) in errors(app)
    assert app.text_input(key="limit-added/tiny/size/0").value == "2,5"
    assert not app.session_state["drafts"].get("tiny")


def test_a_soft_limit_needs_its_price(tiny):
    app = asked(opened(), ["ministry"], {"ministry": ["B"]}, "at_most", "count")
    app.text_input(key="limit-added/tiny/size/0").input("0")
    app.text_input(key="limit-added/tiny/why_vi/0").input("vì")
    app.selectbox(key="limit-added/tiny/firmness/0").set_value("soft")
    pressed(app, "limit-added/tiny/go")
    assert missing("penalty") in errors(app)
    app.text_input(key="limit-added/tiny/penalty/0").input("5")
    pressed(app, "limit-added/tiny/go")
    assert limit(tried(app, tiny), "b-ceiling").penalty_e4 == 50_000


def test_costs_are_not_counted_and_a_year_without_a_fund_has_no_shares(tiny):
    app = picked(opened(), "radio", "limit-chosen/tiny", "+")
    picked(app, "multiselect", "limit-added/tiny/over/0", ["year"])
    picked(app, "multiselect", "limit-added/tiny/where/year/0", ["2026"])
    picked(app, "segmented_control", "limit-added/tiny/side/0", "at_most")
    offered = app.segmented_control(key="limit-added/tiny/measure/0").options
    assert len(offered) == 3 and not any(locale.say("rules.measure.count", "vi") in each for each in offered)


# ---------------------------------------------------------------- funds and money set aside


def test_a_fund_pays_what_is_picked_and_the_last_one_stays(baseline):
    app = picked(opened(rules="funds"), "multiselect", "fund-pays/baseline/central-2026", ["investment"])
    assert tried(app, baseline).funds[0].pays == ("investment",)
    assert app.button(key="fund-off/baseline/central-2026").disabled


def test_a_fund_is_added_with_its_year_and_taken_away(tiny):
    app = opened(rules="funds")
    pressed(app, "fund-added/tiny/go")
    for field in ("name", "year", "amount"):
        assert missing(field) in errors(app)
    for field, text in {"name_vi": "Quỹ mới", "year": "2027", "amount": "1,5"}.items():
        app.text_input(key=f"fund-added/tiny/{field}/0").input(text)
    pressed(app, "fund-added/tiny/go")
    now = tried(app, tiny).funds
    assert [(each.id, each.year, each.amount_mvnd) for each in now] == [
        ("fund", "2026", 3_000), ("quy-moi-2027", "2027", 1_500),
    ]  # fmt: skip
    assert app.text_input(key="fund-added/tiny/name_vi/1").value == "", "the form starts anew"
    pressed(app, "fund-off/tiny/quy-moi-2027")
    assert [each.id for each in tried(app, tiny).funds] == ["fund"]


def test_money_is_set_aside_within_what_the_fund_holds(tiny):
    app = opened(rules="funds")
    for field, text in {"name_vi": "Dự phòng", "amount": "4", "why_vi": "vì"}.items():
        app.text_input(key=f"reserve-added/tiny/{field}/0").input(text)
    pressed(app, "reserve-added/tiny/go")
    assert fault("reserves_above_fund", fund="fund", reserved_mvnd="4,0", amount_mvnd="3,0") in errors(app)
    app.text_input(key="reserve-added/tiny/amount/0").input("0,5")
    pressed(app, "reserve-added/tiny/go")
    assert [(each.id, each.fund, each.amount_mvnd) for each in tried(app, tiny).reserves] == [
        ("du-phong", "fund", 500)
    ]
    typed(app, "reserve/tiny/du-phong", "0,25")
    assert tried(app, tiny).reserves[0].amount_mvnd == 250
    pressed(app, "reserve-off/tiny/du-phong")
    assert not tried(app, tiny).reserves


# ---------------------------------------------------------------- decisions


def decided(app, kind, **fields):
    if app.segmented_control(key="must-added/tiny/kind/0").value != kind:
        picked(app, "segmented_control", "must-added/tiny/kind/0", kind)
    for field, text in fields.items():
        app.text_input(key=f"must-added/tiny/{field}/0").input(text)
    return pressed(app, "must-added/tiny/go")


def test_a_decision_needs_who_and_why(tiny):
    app = decided(opened(rules="musts"), "nothing")
    for field in ("by", "why"):
        assert missing(field) in errors(app)
    decided(app, "nothing", by="Tổ công tác", why_vi="chưa cần")
    (made,) = tried(app, tiny).decisions
    assert (made.id, made.fund, made.by.vi, made.why.vi) == ("P1.fund", "nothing", "Tổ công tác", "chưa cần")
    assert made.at is not None
    assert "người quyết định: Tổ công tác" in said(app)


def test_what_is_decided_at_least_is_within_the_ask(tiny):
    app = decided(opened(rules="musts"), "at_least", amount="9", by="Tổ", why_vi="vì")
    project = "“một” (P1)"
    assert fault("decision_above_ask", project=project, amount_mvnd="9,0", asked_mvnd="1,5") in errors(app)
    decided(app, "at_least", amount="1")
    assert [(each.id, each.at_least_mvnd) for each in tried(app, tiny).decisions] == [("P1.at_least", 1_000)]


def test_a_decision_is_not_made_twice_and_can_be_taken_back(tiny):
    app = decided(opened(rules="musts"), "full", by="Tổ", why_vi="vì")
    for field, text in {"by": "Tổ", "why_vi": "vì"}.items():
        app.text_input(key=f"must-added/tiny/{field}/1").input(text)
    pressed(app, "must-added/tiny/go")
    assert fault("decision_repeated", project="“một” (P1)") in errors(app)
    pressed(app, "must-off/tiny/P1.fund")
    assert not tried(app, tiny).decisions


# ---------------------------------------------------------------- objective and eligibility


def test_equal_shares_are_refused_where_rules_ask_yes_or_no(tiny):
    app = picked(opened(rules="aims"), "radio", "ties/tiny", "pro_rata")
    assert fault("equal_shares_need_shares") in errors(app)
    assert app.radio(key="ties/tiny").value == "order" and not app.session_state["drafts"].get("tiny")


def test_equal_shares_where_they_can_be(baseline):
    app = picked(opened(rules="aims"), "radio", "ties/baseline", "pro_rata")
    assert tried(app, baseline).ties == "pro_rata"


def test_a_factor_has_a_least_number_of_points_or_none(baseline):
    app = opened(rules="aims")
    key = "minimum/baseline/national-need"
    typed(app, key, "101")
    assert "lớn hơn 100 điểm" in errors(app)
    typed(app, key, "40")
    assert tried(app, baseline).eligibility.minimum_by_factor == {"national-need": 400_000}
    typed(app, key, "")
    assert not tried(app, baseline).eligibility.minimum_by_factor


# ---------------------------------------------------------------- where rules clash

CLASH = """limits:
  - {id: a, where: {project: [P1, P2]}, at_least: {amount_bn: "2"}}
  - {id: b, where: {project: [P1, P2]}, at_most: {amount_bn: "1.5"}DECREED}
"""


@pytest.fixture
def clash(tmp_path, monkeypatch, request):
    text = SCENARIO + CLASH.replace("DECREED", ", decreed: true" if request.param else "")
    path = folder(tmp_path, tiny_yaml=text)
    monkeypatch.setattr(pipeline, "scenario_paths", lambda folder=None: [path])
    return path


@pytest.mark.parametrize("clash", [False], indirect=True)
@pytest.mark.parametrize("part", ["plan", "rules"])
def test_the_cheapest_way_out_of_a_clash_is_tried_and_there_is_a_plan(clash, part):
    evaluation = pipeline.assess(pipeline.load(clash))
    refusal = pipeline.refusal(evaluation, "vi")
    app = opened(part)
    assert texts.plain(refusal.conflict[0]) in errors(app)
    for rule in refusal.rules:
        name = pipeline.rule_name(evaluation.case, rule, "vi")
        assert texts.plain(name[:1].upper() + name[1:]) in said(app)
    assert texts.plain(refusal.relaxations[0]) in said(app)
    pressed(app, "clash-try/tiny/0")
    assert not app.error
    now = pipeline.draft_of(clash, app.session_state["drafts"]["tiny"])
    assert pipeline.assess(pipeline.load_draft(clash, now)).plan.status == "optimal"
    assert limit(tried(app, clash), "b").at_most == Bound(amount_bn=2_000)


@pytest.mark.parametrize("clash", [True], indirect=True)
def test_what_is_decreed_is_not_for_negotiation(clash):
    app = opened()
    assert locale.say("rules.clash.decreed", "vi") in said(app)
    keys = {each.key for each in app.button}
    assert "clash-without/tiny/at_least/a" in keys and "clash-without/tiny/at_most/b" not in keys
    pressed(app, "clash-without/tiny/at_least/a")
    assert [each.id for each in tried(app, clash).limits] == ["b"] and not app.error


def test_where_several_rules_have_to_move_all_are_tried_together(tmp_path, monkeypatch):
    text = SCENARIO + (
        "limits:\n"
        '  - {id: a, where: {project: P1}, at_least: {amount_bn: "1"}}\n'
        '  - {id: b, where: {project: [P1]}, at_most: {amount_bn: "0.5"}}\n'
        '  - {id: c, where: {project: P2}, at_least: {amount_bn: "1"}}\n'
        '  - {id: d, where: {project: [P2]}, at_most: {amount_bn: "0.5"}}\n'
    )
    path = folder(tmp_path, tiny_yaml=text)
    monkeypatch.setattr(pipeline, "scenario_paths", lambda folder=None: [path])
    app = opened()
    assert locale.say("rules.clash.all_needed", "vi", count=2) in said(app)
    pressed(app, "clash-try/tiny/all")
    assert not app.error
    pressed(app, "undo")
    assert app.error, "one step, undone at once"


def test_other_parts_say_that_there_is_no_plan(tmp_path, monkeypatch):
    path = folder(tmp_path, tiny_yaml=SCENARIO + CLASH.replace("DECREED", ""))
    monkeypatch.setattr(pipeline, "scenario_paths", lambda folder=None: [path])
    for part in ("reasons", "otherwise", "money"):
        assert texts.plain(locale.say("rules.no_plan", "vi")).split(".")[0] in said(opened(part))


# ---------------------------------------------------------------- value for money


@pytest.mark.parametrize("lang", locale.LANGS)
def test_value_for_money_is_told_and_tabled(baseline, lang):
    evaluation = pipeline.assess(pipeline.load(baseline))
    found = pipeline.value_for_money(evaluation)
    app = opened("money", lang=lang)
    for sentence in pipeline.describe_worth(evaluation, found, lang):
        assert texts.plain(sentence) in said(app)
    (shown,) = tables(app, "per_bn_e4")
    assert shown["per_bn_e4"].is_monotonic_decreasing
    assert shown["amount_mvnd"].sum() == evaluation.plan.total_mvnd
    assert locale.say("ui.objective.funding", lang) in said(app)
