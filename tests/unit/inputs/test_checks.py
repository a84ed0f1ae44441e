"""Checks between the parts of a scenario: what they let pass, and how far they look."""

from itertools import pairwise

import pytest

from prioritizer import pipeline
from tests.build import (
    COSTED,
    COSTS,
    COSTS_HEAD,
    HEAD,
    ROWS,
    SCENARIO,
    assessed,
    costed,
    faults,
    folder,
    table,
)

LATER = "limits: [{id: l, where: {year: 2027}, at_least: {amount_bn: 0.8}, at_most: {amount_bn: 0.9}}]\n"


def codes(path) -> list[str]:
    return [fault.code for fault in faults(path)]


def test_a_later_years_commitments_may_be_bounded_by_amount(tmp_path):
    assert codes(costed(tmp_path, tiny_yaml=COSTED + LATER)) == []


def test_a_share_is_of_the_funds_of_the_limits_years(tmp_path):
    two = COSTED.replace("costs:", "  - {id: next, year: 2027, amount_bn: 1}\ncosts:")
    bound = "limits: [{{id: l, where: {{year: {}}}, at_least: {{share_of_envelope: 0.5}}}}]\n"
    scenario = pipeline.load(costed(tmp_path, tiny_yaml=two + bound.format("2027"))).scenario
    assert scenario.envelope_of(scenario.limits[0]) == 1000
    scenario = pipeline.load(costed(tmp_path, tiny_yaml=two + bound.format("[2026, 2027]"))).scenario
    assert scenario.envelope_of(scenario.limits[0]) == 4000


@pytest.mark.parametrize("cap, least, expected", [("1/2", 1, []), ("1/2", 1.001, ["floor_above_asks"])])
def test_a_floor_is_held_against_what_the_state_may_pay(tmp_path, cap, least, expected):
    limits = f"limits: [{{id: l, where: {{ministry: B}}, at_least: {{amount_bn: {least}}}}}]\n"
    scenario = SCENARIO + f"state_share_cap: {{group1: {cap}}}\n" + limits
    assert codes(folder(tmp_path, tiny_yaml=scenario)) == expected


def test_cofinance_lowers_what_a_decision_can_give(tmp_path):
    rows = [f"{ROWS[0]},0.5", *(f"{row}," for row in ROWS[1:])]
    files = {"register_csv": table(f"{HEAD},cofinance_bn", rows)}
    given = SCENARIO + "decisions: [{project: p1, fund_at_least_bn: 1}]\n"
    assert codes(folder(tmp_path, tiny_yaml=given, **files)) == []
    more = given.replace("at_least_bn: 1", "at_least_bn: 1.001")
    assert codes(folder(tmp_path, tiny_yaml=more, **files)) == ["decision_above_ask"]


@pytest.mark.parametrize("rule, offered", [("whole", "1"), ("flexible", "0.001")])
def test_a_must_needs_only_as_much_cofinance_as_its_rule_demands(tmp_path, rule, offered):
    rows = [f"{ROWS[0]},,", f"{ROWS[1]},{rule},{offered}", f"{ROWS[2]},,"]
    scenario = SCENARIO + "decisions: [{project: P2, locked_bn: 0.1}]\nstate_share_cap: {group1: 1/2}\n"
    register = table(f"{HEAD},funding,cofinance_bn", rows)
    assert codes(folder(tmp_path, tiny_yaml=scenario, register_csv=register)) == []


def test_a_soft_limit_may_ask_for_more_than_there_is(tmp_path):
    limit = "limits: [{id: l, where: {ministry: B}, at_least: {amount_bn: 5}, penalty: 1}]\n"
    assert codes(folder(tmp_path, tiny_yaml=SCENARIO + limit)) == []


def test_whole_projects_and_minima_say_what_counts(tmp_path):
    head, limit = f"{HEAD},funding,minimum_bn", "limits: [{id: l, at_least: {count: 2}}]\n"
    rows = [f"{ROWS[0]},whole,", f"{ROWS[1]},minimum,1", f"{ROWS[2]},whole,"]
    assert codes(folder(tmp_path, tiny_yaml=SCENARIO + limit, register_csv=table(head, rows))) == []
    assert codes(folder(tmp_path, tiny_yaml=SCENARIO + limit + "least_grant_bn: 0.1\n")) == []


def test_a_count_without_a_floor_needs_no_least_grant(tmp_path):
    assert codes(folder(tmp_path, tiny_yaml=SCENARIO + "limits: [{id: l, at_most: {count: 0}}]\n")) == []


def test_several_musts_of_one_project_may_stand_together(tmp_path):
    both = "decisions: [{project: P1, fund: full}, {project: P1, locked_bn: 1, at: 2026-04-20, by: Tổ}]\n"
    assert codes(folder(tmp_path, tiny_yaml=SCENARIO + both)) == []


def test_every_project_of_a_cycle_is_named(tmp_path):
    pairs = ("P1", "P2"), ("P2", "p3"), ("P3", "P2")
    needs = ", ".join(f"{{project: {one}, requires: {other}}}" for one, other in pairs)
    (fault,) = faults(folder(tmp_path, tiny_yaml=f"{SCENARIO}dependencies: [{needs}]\n"))
    assert fault.params["cycle"] == "P2 → P3 → P2" and fault.column == "dependencies.1"


def test_a_long_chain_is_no_cycle(tmp_path):
    ids = [f"P{at:04d}" for at in range(3000)]
    rows = [f"{name},n,A,,group1,1,1" for name in ids]
    chain = "".join(f"  - {{project: {one}, requires: {other}}}\n" for one, other in pairwise(ids))
    path = folder(tmp_path, tiny_yaml=SCENARIO + "dependencies:\n" + chain, register_csv=table(HEAD, rows))
    assert codes(path) == []


def test_all_kinds_of_fault_are_found_in_one_go(tmp_path):
    scenario = SCENARIO + (
        "reserves: [{id: fund, amount_bn: 4}]\n"
        "decisions: [{project: P1, fund: nothing}, {project: P1, fund: full}, {project: P9, fund: half}]\n"
        "dependencies: [{project: P1, requires: P1}]\ntie_order: [P2, P2]\n"
        "eligibility: {dossier: [nothing], minimum_by_factor: {B1: 1}}\n"
        "limits: [{id: l, where: {year: 2030}, at_most: {count: 1}, penalty: 1, decreed: true}]\n"
    )
    assert set(codes(folder(tmp_path, tiny_yaml=scenario))) == {
        "duplicate_key",
        "reserves_above_fund",
        "decisions_contradict",
        "word_not_allowed",
        "dependency_on_itself",
        "tie_order_repeats",
        "unknown_dossier_column",
        "minimum_without_criteria",
        "unknown_selection",
        "count_of_costs",
        "soft_and_decreed",
    }


def test_a_field_may_not_be_called_as_what_costs_have(tmp_path):
    rows = [f"{row},x" for row in ROWS]
    path = folder(tmp_path, tiny_yaml=SCENARIO + "fields: [year]\n", register_csv=table(f"{HEAD},year", rows))
    assert "field_taken" in codes(path)


def test_a_minimum_on_a_factor_is_accepted_where_projects_are_assessed(tmp_path):
    from tests.build import ASSESSED

    minimum = "eligibility: {minimum_by_factor: {B1: 40.5}, dossier: [source, note]}\n"
    assert codes(assessed(tmp_path, tiny_yaml=ASSESSED + minimum)) == []


def test_limits_over_years_and_kinds_are_checked_for_a_revised_case_too(tmp_path):
    scenario = COSTED + "limits: [{id: l, where: {year: 2027, kind: works}, at_most: {amount_bn: 1}}]\n"
    costs = table(COSTS_HEAD, [*COSTS[:2], COSTS[2].replace(",,", ",works,", 1), COSTS[3]])
    case = pipeline.load(costed(tmp_path, tiny_yaml=scenario, costs_csv=costs))
    assert pipeline.limit_faults(case) == ()
    (limit,) = case.scenario.limits
    other = limit.model_copy(update={"where": {"year": ("2026",), "kind": ("works",)}})
    assert [fault.code for fault in pipeline.limit_faults(case.revised(limits=(other,)))] == [
        "limit_selects_nothing"
    ]
