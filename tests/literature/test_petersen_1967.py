"""Petersen, "Computational experience with variants of the Balas algorithm applied to the selection of R&D
projects", Management Science (1967), instance 1 (OR-Library ``mknap1``): six whole projects, ten resources.

A resource is read as a budget year, its units as billion VND, the profits as given values. The whole optimum
is published; those of the relaxation were recomputed in exact fractions.
"""

from fractions import Fraction
from pathlib import Path

from prioritizer import pipeline
from prioritizer.results import Evaluation
from tests.build import MINISTRIES, PRODUCTS, amounts, table, worth

PROFIT = (100, 600, 1200, 2400, 500, 2000)
USES = (
    # by resource: what each project uses, and what there is
    ((8, 12, 13, 64, 22, 41), 80),
    ((8, 12, 13, 75, 22, 41), 96),
    ((3, 6, 4, 18, 6, 4), 20),
    ((5, 10, 8, 32, 6, 12), 36),
    ((5, 13, 8, 42, 6, 20), 44),
    ((5, 13, 8, 48, 6, 20), 48),
    ((0, 0, 0, 0, 8, 0), 10),
    ((3, 0, 4, 0, 8, 0), 18),
    ((3, 2, 4, 0, 8, 4), 22),
    ((3, 2, 4, 8, 8, 4), 24),
)
PROJECTS = ("R1", "R2", "R3", "R4", "R5", "R6")


def evaluated(folder: Path, funding: str) -> Evaluation:
    rows = [f"{name},{name},A,,group1,,{funding},{v}" for name, v in zip(PROJECTS, PROFIT, strict=True)]
    costs = [
        f"{name},Y{year},,{use}"
        for year, (uses, _) in enumerate(USES, 1)
        for name, use in zip(PROJECTS, uses, strict=True)
    ]
    funds = [
        f'  - {{id: row-{year}, year: Y{year}, amount_bn: "{held}"}}\n'
        for year, (_, held) in enumerate(USES, 1)
    ]
    scenario = f"""schema: 1
id: petersen
title: Petersen
register: projects.csv
costs: resources.csv
ministries: bodies.yaml
products: goods.yaml
objective: {{basis: project}}
funds:
{"".join(funds)}"""
    texts = {
        "projects.csv": table("id,name_vi,ministry,product,class,ask_bn,funding,value", rows),
        "resources.csv": table("project,year,kind,amount_bn", costs),
        "bodies.yaml": MINISTRIES,
        "goods.yaml": PRODUCTS,
        "petersen.yaml": scenario,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return pipeline.assess(pipeline.load(folder / "petersen.yaml"))


def test_instance_1_has_the_published_optimum(tmp_path):
    evaluation = evaluated(tmp_path, "whole")
    plan = evaluation.plan
    assert (plan.status, worth(evaluation)) == ("optimal", 3800)
    assert {name for name, amount in amounts(evaluation).items() if amount} == {"R2", "R3", "R6"}
    assert plan.unique is True and plan.bound is not None and 3800 <= plan.bound <= Fraction(111620, 27)


def test_instance_1_is_paid_year_by_year(tmp_path):
    payments = evaluated(tmp_path, "whole").plan.payments
    for year, (uses, held) in enumerate(USES, 1):
        paid = [each for each in payments if each.year == f"Y{year}"]
        assert {each.fund for each in paid} <= {f"row-{year}"}
        assert sum(each.amount_mvnd for each in paid) == 1000 * (uses[1] + uses[2] + uses[5]) <= 1000 * held


def test_instance_1_as_a_linear_program(tmp_path):
    evaluation = evaluated(tmp_path, "flexible")
    assert evaluation.plan.bound == Fraction(111620, 27)
    assert evaluation.plan.status == "optimal"
    # Whole millions cost less than a million of each project that is paid in part.
    assert 0 <= Fraction(111620, 27) - worth(evaluation) < Fraction(1, 10)


def test_instance_1_prices(tmp_path):
    prices = pipeline.prices(evaluated(tmp_path, "flexible"))
    assert prices is not None
    gains = {each.id: each.relax.per_unit for each in prices.limits if each.relax.per_unit}
    assert gains == {"row-1": Fraction(110, 9), "row-5": Fraction(1040, 27)}
