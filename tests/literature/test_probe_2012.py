"""Lourenço, Morton and Bana e Costa, "PROBE: a multicriteria decision support system for portfolio
robustness evaluation", Decision Support Systems (2012): table 2 as a linear program (part funding), tables
1 and 2 with whole projects.

Costs are read as billion VND, the departments as lead bodies, the benefits as values.
"""

from fractions import Fraction
from pathlib import Path

import pytest

from prioritizer import pipeline
from prioritizer.results import E4, Evaluation
from tests.build import CRITERIA, MINISTRIES, SCENARIO, amounts, folder, table, worth

TABLE_2 = {
    # id: department, cost, B1..B4, benefit
    "P01": ("A", "1.1", (67, 40, 30, 50), "47.57"),
    "P02": ("A", "1.9", (55, 37, 40, 20), "39.88"),
    "P03": ("A", "0.9", (100, 90, 80, 90), "90.20"),
    "P04": ("A", "0.9", (90, 80, 70, 95), "83.35"),
    "P05": ("B", "1.8", (48, 35, 40, 33), "40.06"),
    "P06": ("B", "1.3", (43, 32, 25, 44), "35.90"),
    "P07": ("B", "1.3", (42, 64, 80, 55), "59.93"),
    "P08": ("B", "1.1", (40, 50, 44, 20), "38.86"),
    "P09": ("C", "0.9", (80, 90, 78, 66), "78.38"),
    "P10": ("C", "1.3", (88, 66, 80, 70), "77.72"),
    "P11": ("D", "0.7", (41, 48, 49, 25), "41.29"),
    "P12": ("D", "0.8", (86, 88, 90, 72), "84.60"),
}
BUDGET_LP = {"P03": 900, "P04": 900, "P09": 900, "P10": 1300, "P12": 800, "P11": 200}
MINISTRY_LP = {"P03": 900, "P09": 900, "P12": 800, "P04": 600, "P10": 800, "P07": 1000}
MINISTRY_LIMITS = """
  - {id: ceiling-a, where: {ministry: A}, at_most: {amount_bn: 1.5}}
  - {id: floor-b, where: {ministry: B}, at_least: {amount_bn: 1}}
"""


EACH_DEPARTMENT = "".join(
    f"\n  - {{id: one-{name}, where: {{ministry: {name}}}, at_least: {{count: 1}}}}" for name in "ABCD"
)


def evaluated(place: Path, by: str, limits: str = " []", funding: str = "flexible") -> Evaluation:
    """The table under a budget of 5 in another year, valued ``given`` in the register or by ``criteria``."""
    head = "id,name_vi,ministry,product,class,ask_bn,funding"
    rows = [
        f"{name},{name},{department},,group2-pull,{cost},{funding}"
        for name, (department, cost, _, _) in TABLE_2.items()
    ]
    scenario = f"""schema: 1
id: probe
title: PROBE table 2
register: table-2.csv
ministries: departments.yaml
funds: [{{id: budget, year: FY2031, amount_bn: "5.0"}}]
objective: {{basis: project}}
limits:{limits}
"""
    if by == "given":
        head += ",value"
        rows = [f"{row},{line[3]}" for row, line in zip(rows, TABLE_2.values(), strict=True)]
    else:
        scenario += "criteria: benefits.yaml\nassessments: scores.csv\n"
        scores = [
            f"{name},B{at},panel,{s}" for name, line in TABLE_2.items() for at, s in enumerate(line[2], 1)
        ]
        (place / "scores.csv").write_text(table("project,criterion,assessor,score", scores), encoding="utf-8")
        (place / "benefits.yaml").write_text(CRITERIA, encoding="utf-8")
    (place / "table-2.csv").write_text(table(head, rows), encoding="utf-8")
    (place / "departments.yaml").write_text(MINISTRIES, encoding="utf-8")
    (place / "probe.yaml").write_text(scenario, encoding="utf-8")
    return pipeline.assess(pipeline.load(place / "probe.yaml"))


def funded(evaluation: Evaluation) -> dict[str, int]:
    return {name: amount for name, amount in amounts(evaluation).items() if amount}


@pytest.mark.parametrize("by", ["given", "criteria"])
def test_table_2_benefits_are_the_values_exactly(tmp_path, by):
    evaluation = evaluated(tmp_path, by)
    values = [Fraction(value, E4) for value in evaluation.scores.value_e4.tolist()]
    assert values == [Fraction(line[3]) for line in TABLE_2.values()]


@pytest.mark.parametrize("by", ["given", "criteria"])
def test_table_2_as_a_linear_program(tmp_path, by):
    evaluation = evaluated(tmp_path, by)
    plan = evaluation.plan
    assert plan.status == "optimal"
    assert worth(evaluation) == Fraction(298233, 700)
    assert funded(evaluation) == BUDGET_LP
    assert Fraction(200, 700) == Fraction(2, 7)
    assert plan.unique is True and plan.tie_mvnd == 0
    assert plan.reason[10] == "marginal" and plan.held_by[10] == ("budget",)


@pytest.mark.parametrize("by", ["given", "criteria"])
def test_table_2_with_a_ceiling_and_a_floor_of_departments(tmp_path, by):
    evaluation = evaluated(tmp_path, by, MINISTRY_LIMITS)
    plan = evaluation.plan
    assert plan.status == "optimal" and plan.unique is True
    assert worth(evaluation) == Fraction(157043, 390)
    assert funded(evaluation) == MINISTRY_LP
    assert (Fraction(600, 900), Fraction(800, 1300), Fraction(1000, 1300)) == (
        Fraction(2, 3),
        Fraction(8, 13),
        Fraction(10, 13),
    )
    ceiling, floor = plan.limits
    assert (ceiling.used_mvnd, ceiling.at_ceiling, ceiling.at_floor) == (1500, True, False)
    assert (floor.used_mvnd, floor.at_ceiling, floor.at_floor) == (1000, False, True)
    assert plan.held_by[3] == ("ceiling-a", "budget")
    assert plan.unspent == ()


@pytest.mark.parametrize("by", ["given", "criteria"])
def test_table_2_with_whole_projects(tmp_path, by):
    evaluation = evaluated(tmp_path, by, funding="whole")
    assert evaluation.plan.status == "optimal" and evaluation.plan.unique is True
    assert worth(evaluation) == Fraction("414.25")
    assert funded(evaluation) == {"P03": 900, "P04": 900, "P09": 900, "P10": 1300, "P12": 800}
    assert evaluation.plan.bound is not None and evaluation.plan.bound <= Fraction(298233, 700)


def test_table_2_with_a_whole_project_of_each_department(tmp_path):
    evaluation = evaluated(tmp_path, "given", EACH_DEPARTMENT, funding="whole")
    assert evaluation.plan.status == "optimal"
    assert worth(evaluation) == Fraction("396.46")
    assert funded(evaluation) == {"P03": 900, "P04": 900, "P07": 1300, "P09": 900, "P12": 800}
    assert [use.used_count for use in evaluation.plan.limits] == [2, 1, 1, 1]


# budget: the optimum of table 1 and its value; at 22 project 4 drops out again
TABLE_1_OPTIMA = {3: ([], 0), 4: ([1], 3), 12: ([1, 2], 7), 20: ([1, 2, 4], 9), 22: ([1, 2, 3], 10)}


@pytest.mark.parametrize("budget", TABLE_1_OPTIMA)
def test_table_1_with_whole_projects(tmp_path, budget):
    rows = ["P1,n,A,,group1,4,whole,3", "P2,n,A,,group1,8,whole,4"]
    rows += ["P3,n,A,,group1,10,whole,3", "P4,n,A,,group1,8,whole,2"]
    register = table("id,name_vi,ministry,product,class,ask_bn,funding,value", rows)
    basis = SCENARIO.replace('amount_bn: "3"', f'amount_bn: "{budget}"') + "objective: {basis: project}\n"
    path = folder(tmp_path, tiny_yaml=basis, register_csv=register)
    evaluation = pipeline.assess(pipeline.load(path))
    chosen, value = TABLE_1_OPTIMA[budget]
    assert (evaluation.plan.status, worth(evaluation)) == ("optimal", value)
    assert list(funded(evaluation)) == [f"P{number}" for number in chosen]


def test_under_the_funding_basis_money_goes_by_value_alone(tmp_path):
    evaluation = evaluated(tmp_path, "given")
    other = pipeline.assess(
        evaluation.case.revised(
            objective=evaluation.case.scenario.objective.model_copy(update={"basis": "funding"})
        )
    )
    # In order of benefit: P03, P12, P04, P09, P10 take 4.8; the last 0.2 goes to P07.
    assert funded(other) == {"P03": 900, "P04": 900, "P07": 200, "P09": 900, "P10": 1300, "P12": 800}
    by_hand = sum(
        Fraction(TABLE_2[name][3]) / 100 * Fraction(amount, 1000) for name, amount in funded(other).items()
    )
    assert worth(other) == by_hand
