"""Reasons in sentences."""

from dataclasses import replace
from fractions import Fraction

import pytest

from prioritizer import allocation, explanation, locale, pipeline, scoring
from prioritizer.analysis.pricelist import price_list
from prioritizer.explanation.limits import penalty_cost
from prioritizer.results import Change, Difference, Evaluation, Lack
from tests.build import ASSESSED, ASSESSED_HEAD, ASSESSED_ROWS, Cost, Project, assessed, case, table


def evaluated(*arguments, **more) -> Evaluation:
    given = case(*arguments, **more)
    scores = scoring.score(given)
    return Evaluation(given, scores, allocation.allocate(given, scores))


@pytest.fixture
def mixed() -> Evaluation:
    limits = [
        {"id": "cap", "where": {"ministry": "MOH"}, "at_most": {"share_of_envelope": "0.1"}},
        {"id": "floor", "where": {"ministry": "MAE"}, "at_least": {"amount_bn": 500}},
    ]
    projects = [
        Project(2_000, 900_000, "MOST"),
        Project(2_000, 800_000, "MOH"),
        Project(1_000, 100_000, "MAE"),
        Project(1_000, 50_000, "MOST"),
    ]
    return evaluated(projects, 9_000, limits, hurdle_e4=200_000)


@pytest.mark.parametrize("lang", locale.LANGS)
def test_each_reason_says_its_figures(mixed, lang):
    assert mixed.plan.reason == ("funded", "marginal", "forced_in", "below_hurdle")
    said = [explanation.describe_project(mixed, row, lang) for row in range(4)]
    figures = [
        ("2,0", "90,0"),
        ("0,9", "2,0", "80,0", "MOH"),
        ("0,5", "1,0", "10,0", "20", "MAE"),
        ("5,0", "20"),
    ]
    for sentence, wanted in zip(said, figures, strict=True):
        assert all((part if lang == "vi" else part.replace(",", ".")) in sentence for part in wanted), (
            sentence
        )
    assert len(set(said)) == 4


@pytest.mark.parametrize("lang", locale.LANGS)
def test_limits_that_are_reached_are_told_with_their_money(mixed, lang):
    cap, floor = explanation.describe_limits(mixed, lang)
    assert "MOH" in cap and ("0,9" if lang == "vi" else "0.9") in cap
    assert "MAE" in floor and ("0,5" if lang == "vi" else "0.5") in floor


@pytest.mark.parametrize("lang", locale.LANGS)
def test_money_left_over_is_told_part_by_part(mixed, lang):
    held, rest = explanation.describe_unspent(mixed, lang)
    assert "MOH" in held and ("1,1" if lang == "vi" else "1.1") in held
    assert ("4,5" if lang == "vi" else "4.5") in rest and "20" in rest


@pytest.mark.parametrize("lang", locale.LANGS)
def test_without_a_plan_every_project_is_told_why(lang):
    clash = [{"id": "a", "at_least": {"amount_bn": 2}}, {"id": "b", "at_most": {"amount_bn": 1}}]
    given = evaluated([Project(5, 1)], 5, clash)
    assert explanation.describe_project(given, 0, lang) == locale.say("terms.status.infeasible", lang)
    assert explanation.describe_limits(given, lang) == [] == explanation.describe_unspent(given, lang)


@pytest.mark.parametrize("lang", locale.LANGS)
def test_rounding_never_leaves_a_sentence_without_its_cause(lang):
    """Where a share leaves a remainder below a million, the limit is still named."""
    limits = [
        {"id": "l0", "where": {"ministry": ("MOIT", "MOST")}, "at_most": {"share_of_allocated": "3/20"}},
        {"id": "l1", "where": {"ministry": "MOH"}, "at_most": {"share_of_allocated": "1/3"}},
    ]
    projects = [Project(3_000, 0, "MOH"), Project(1_000, 0, "MAE"), Project(76_000, 500_000, "MOST")]
    given = evaluated(projects, 488_500, limits, basis="project")
    assert given.plan.found
    for row, reason in enumerate(given.plan.reason):
        if reason in ("marginal", "crowded_out", "forced_in"):
            assert given.plan.held_by[row] != ()


# ------------------------------------------------------------------ everything that can hold a project


FUNDS = [
    {"id": "one", "name": {"vi": "Quỹ A", "en": "Fund A"}, "year": "2026", "amount_bn": 30, "pays": ["x"]},
    {"id": "two", "name": {"vi": "Quỹ B", "en": "Fund B"}, "year": "2026", "amount_bn": 30, "pays": ["x"]},
]


def both(lang: str, vi: str, en: str) -> str:
    return vi if lang == "vi" else en


@pytest.mark.parametrize("lang", locale.LANGS)
def test_funds_are_named_alone_and_together(lang):
    costs = (Cost("2026", 100, "x"),)
    given = evaluated([Project(100, 900_000, costs=costs)], funds=FUNDS)
    assert given.plan.held_by == (("one+two",),)
    said = explanation.describe_project(given, 0, lang)
    assert both(lang, "“Quỹ A”, “Quỹ B”", "“Fund A”, “Fund B”") in said
    assert both(lang, "nguồn vốn “Quỹ A”", "the fund “Fund A”") == explanation.held_text(
        given.case, ("one",), lang
    )


@pytest.mark.parametrize("lang", locale.LANGS)
@pytest.mark.parametrize(
    "decision, amount",
    [
        ({"fund": "nothing"}, ""),
        ({"fund": "full"}, ""),
        ({"fund_at_least_bn": 1_500}, "1.5"),
        ({"locked_bn": 2_500}, "2.5"),
    ],
    ids=lambda each: "".join(each) if isinstance(each, dict) else "",
)
def test_decisions_are_told_with_who_when_and_why(lang, decision, amount):
    whole = {"project": "P00", "by": "Ông X", "at": "2026-04-05", "why": "vì thế", **decision}
    given = evaluated([Project(4_000, 50_000)], 9_000, decisions=[whole], hurdle_e4=100_000)
    said = explanation.describe_project(given, 0, lang)
    day = both(lang, "5/4/2026", "2026-04-05")
    assert all(part in said for part in ("Ông X", "vì thế", day, "(P00)"))
    assert (amount.replace(".", ",") if lang == "vi" else amount) in said
    assert given.plan.reason[0] == ("forced_out" if decision.get("fund") == "nothing" else "forced_in")


@pytest.mark.parametrize("lang", locale.LANGS)
@pytest.mark.parametrize("in_full", [False, True])
def test_dependencies_name_both_projects(lang, in_full):
    needs = [{"id": "d", "project": "P00", "requires": "P01", "in_full": in_full}]
    given = evaluated([Project(10, 900_000), Project(10, 0)], 10, dependencies=needs)
    said = explanation.held_text(given.case, ("d",), lang)
    assert "(P00)" in said and "(P01)" in said


@pytest.mark.parametrize("lang", locale.LANGS)
def test_a_projects_own_rule_is_named_with_its_amount(lang):
    rules = [
        Project(4_000, 1, funding="whole"),
        Project(4_000, 1, funding="minimum", minimum=1_500),
        Project(4_000, 1),
    ]
    named = evaluated(rules, 9_000, least_grant_bn=100)
    said = [explanation.held_text(named.case, (name,), lang) for name in ("P00", "P01", "P02,2")]
    assert len(set(said)) == 3 and both(lang, "1,5", "1.5") in said[1]
    assert all(f"(P{at:02d})" in text for at, text in enumerate(said))
    assert explanation.held_text(named.case, ("what nobody knows",), lang) == "what nobody knows"


@pytest.mark.parametrize("lang", locale.LANGS)
def test_all_that_is_lacking_is_said(lang):
    projects = [
        Project(100, 900_000, costs=(Cost("2026", 60, "x"), Cost("2026", 40, "y"))),
        Project(100, 1, costs=(Cost("2026", 100, "x"),)),
    ]
    given = evaluated(projects, funds=FUNDS)
    assert given.plan.reason[0] == "ineligible"
    lacks = (
        Lack("factor_below_minimum", (("factor", "f"), ("value", "12.5"), ("minimum", "30"))),
        Lack("dossier_blank", (("column", "note"),)),
        Lack("cofinance_too_small", (("reach", "1/2"),)),
    )
    more = replace(given, plan=replace(given.plan, lacks={0: (*given.plan.lacks[0], *lacks)}))
    said = explanation.describe_project(more, 0, lang)
    for part in ("y", "2026", both(lang, "12,5", "12.5"), "30", both(lang, "Ghi chú", "Note"), "50"):
        assert part in said
    assert len(explanation.describe_lacks(more, 0, lang)) == 4


# ------------------------------------------------------------------ prices and what they say of projects


@pytest.mark.parametrize("lang", locale.LANGS)
def test_a_crowded_out_project_is_told_what_it_lacks(lang):
    projects = [Project(1_000, 800_000), Project(1_000, 623_000), Project(1_000, 500_000, "MOH")]
    shut = [{"id": "shut", "where": {"ministry": "MOH"}, "at_most": {"amount_bn": 0}}]
    given = evaluated(projects, 1_000, shut)
    prices = price_list(given.case, given.scores, given.plan)
    lacks, never = (explanation.describe_project(given, row, lang, prices) for row in (1, 2))
    assert both(lang, "80,0", "80.0") in lacks and both(lang, "17,7", "17.7") in lacks
    assert locale.say("explanation.lacking.never", lang) in never
    assert locale.say("explanation.lacking.never", lang) not in explanation.describe_project(given, 2, lang)


@pytest.mark.parametrize("lang", locale.LANGS)
def test_what_no_score_can_reach_is_said_so_where_projects_are_scored(tmp_path, lang):
    """A project counts once: a large one must beat many small ones, here with more points than there are."""
    rows = [row.replace("1.5", "0.1").replace(",2", ",0.1") for row in ASSESSED_ROWS[:2]]
    register = table(ASSESSED_HEAD, [*rows, "P3,ba,A,,group1,9"])
    text = ASSESSED.replace('"3"', '"0.2"') + "objective: {basis: project}\n"
    given = pipeline.assess(pipeline.load(assessed(tmp_path, tiny_yaml=text, register_csv=register)))
    prices = pipeline.prices(given)
    assert prices is not None and prices.needed_e4[2] >= 1_000_000
    said = explanation.describe_project(given, 2, lang, prices)
    assert said.endswith(both(lang, "cao hơn mức tối đa 100 điểm.", "more than the full 100."))


@pytest.mark.parametrize("lang", locale.LANGS)
def test_equals_are_told_that_the_rule_decided(lang):
    given = evaluated([Project(1_000, 800_000), Project(1_000, 800_000)], 1_000)
    prices = price_list(given.case, given.scores, given.plan)
    said = explanation.describe_project(given, 1, lang, prices)
    level = locale.say("explanation.lacking.level", lang, needed=both(lang, "80,0", "80.0"))
    assert said.endswith(level)


@pytest.mark.parametrize("lang", locale.LANGS)
@pytest.mark.parametrize("basis", ["funding", "project"])
def test_prices_are_told_with_unit_and_range(lang, basis, mixed):
    case_ = mixed.case.revised(objective=mixed.case.scenario.objective.model_copy(update={"basis": basis}))
    scores = scoring.score(case_)
    prices = price_list(case_, scores, allocation.allocate(case_, scores))
    assert prices is not None
    said = {price.id: explanation.describe_price(case_, price, lang) for price in prices.limits}
    unit = "bn_at_full_value" if basis == "funding" else "points"
    assert locale.say(f"explanation.unit.{unit}", lang) in said["cap"] and "MOH" in said["cap"]
    if basis == "funding":  # one billion more at 80 points against the hurdle of 20
        assert all(
            (part if lang == "vi" else part.replace(",", ".")) in said["cap"] for part in ("0,6", "1,1")
        )
    listed = explanation.describe_prices(case_, prices, lang)
    assert [said[name] for name in ("fund", "cap", "floor") if said[name] in listed] and len(listed) <= 3


@pytest.mark.parametrize("lang", locale.LANGS)
def test_where_there_are_no_prices_the_note_says_what_to_do(lang, mixed):
    assert explanation.price_note(mixed.case, lang, linear=False) != explanation.price_note(
        mixed.case, lang, linear=True
    )


# ------------------------------------------------------------------ soft limits, payments, differences


@pytest.mark.parametrize("lang", locale.LANGS)
@pytest.mark.parametrize(
    "basis, bound, wanted",
    [
        ("funding", {"amount_bn": 1_000}, ("0,5", "0,1")),  # 0.5 bn over at 20 points: 0.1 bn at full value
        ("funding", {"count": 1}, ("1 ", "0,2")),
        ("project", {"amount_bn": 1_000}, ("0,5", "10")),
        ("project", {"count": 1}, ("1 ", "20")),
    ],
    ids=str,
)
def test_a_soft_limit_is_told_by_how_much_it_is_broken_and_what_it_costs(lang, basis, bound, wanted):
    limits = [{"id": "soft", "at_most": bound, "penalty": 200_000}]
    given = evaluated([Project(1_000, 900_000), Project(500, 900_000)], 3_000, limits, basis)
    (said,) = explanation.describe_limits(given, lang)
    assert given.plan.limits[0].over == (1 if "count" in bound else 500)
    assert all((part if lang == "vi" else part.replace(",", ".")) in said for part in wanted), said
    without = evaluated([Project(1_000, 900_000), Project(500, 900_000)], 3_000, basis=basis)
    (limit,) = given.case.scenario.limits
    cost = penalty_cost(given.case, limit, "at_most", given.plan.limits[0])
    assert cost == without.plan.objective - given.plan.objective


@pytest.mark.parametrize("lang", locale.LANGS)
def test_payments_say_fund_year_kind_and_what_later_years_need(lang):
    costs = (Cost("2026", 1_500, "investment"), Cost("2027", 2_500, "recurrent"))
    funds = [{"id": "f", "name": "Quỹ", "year": "2026", "amount_bn": 9_000}]
    given = evaluated([Project(4_000, 900_000, costs=costs)], funds=funds)
    now, later = explanation.describe_payments(given, 0, lang)
    assert all(part in now for part in ("Quỹ", "2026", locale.say("terms.kind.investment", lang)))
    assert both(lang, "1,5", "1.5") in now and both(lang, "2,5", "2.5") in later and "2027" in later


@pytest.mark.parametrize("lang", locale.LANGS)
def test_money_set_aside_is_told_by_its_line(lang):
    line = {"id": "r", "name": {"vi": "Dự phòng", "en": "Reserve"}, "amount_bn": 400}
    given = evaluated([Project(5_000, 900_000)], 1_000, reserves=[line])
    (said,) = explanation.describe_unspent(given, lang)
    assert both(lang, "Dự phòng (0,4", "Reserve (0.4") in said


@pytest.mark.parametrize("lang", locale.LANGS)
def test_a_difference_names_who_gains_and_who_loses_and_counts_the_rest(lang, mixed):
    rows = [Change(0, 0, 1_500)] + [Change(1, 900, 0)] * 6
    found = Difference("optimal", Fraction(-5, 4), tuple(rows), proven=True)
    said = explanation.describe_forced(mixed.case, 0, "full", found, lang)
    assert all((part if lang == "vi" else part.replace(",", ".")) in said for part in ("1,25", "1,5", "0,9"))
    assert said.count("(P01)") == 4 and "2" in said
    assert locale.say("explanation.whatif.unproven", lang, effect="") not in said
    unsure = explanation.describe_forced(mixed.case, 0, "full", replace(found, proven=False), lang)
    assert locale.say("explanation.whatif.unproven", lang, effect="").strip() in unsure
    nothing = Difference("infeasible", None, (), proven=False)
    assert locale.say("terms.status.infeasible", lang) in explanation.describe_forced(
        mixed.case, 0, "nothing", nothing, lang
    )
