"""A plan taken into another scenario: feasible or not, by how much it breaks which rule, what it is worth."""

from fractions import Fraction

import numpy as np
import pytest

from prioritizer import pipeline
from prioritizer.allocation import formulate
from prioritizer.comparison import Breach, compare
from prioritizer.comparison.transfer import transfer
from prioritizer.model import Bound, Case, Limit
from prioritizer.results import Rule
from tests.build import Cost, Project, case
from tests.properties.instances import drawn

TWO = [Project(100_000, 900_000), Project(100_000, 400_000, ministry="MOIT")]


def carried(theirs: Case, amounts: list[int]) -> tuple[Breach, ...]:
    """What a plan of these amounts breaks."""
    form = formulate(theirs, pipeline.assess(theirs).scores)
    return transfer(theirs, form, np.array(amounts, dtype=np.int64))[1]


def test_a_plan_that_keeps_every_rule_breaks_nothing():
    assert carried(case(TWO, 150_000), [50_000, 100_000]) == ()


@pytest.mark.parametrize(
    "more, amounts, broken",
    [
        ({"limits": [{"id": "c", "where": {"ministry": ["MOIT"]}, "at_most": {"amount_bn": 40_000}}]},
         [0, 70_000], Breach("rule", Fraction(30_000), rule=Rule("at_most", "c"))),
        ({"limits": [{"id": "f", "where": {"ministry": ["MOST"]}, "at_least": {"share_of_envelope": "1/3"}}]},
         [20_000, 0], Breach("rule", Fraction(30_000), rule=Rule("at_least", "f"))),
        # a third of 90,000 is 30,000: 60,000 too much
        ({"limits": [{"id": "s", "where": {"ministry": ["MOST"]}, "at_most": {"share_of_allocated": "1/3"}}]},
         [90_000, 0], Breach("rule", Fraction(60_000), rule=Rule("at_most", "s"))),
        ({"limits": [{"id": "n", "where": {}, "at_most": {"count": 1}}]},
         [10, 10], Breach("rule", Fraction(1), "projects", Rule("at_most", "n"))),
        ({"least_grant_bn": 30_000},
         [10_000, 0], Breach("rule", Fraction(20_000), rule=Rule("least_grant"), project="P00")),
        ({"decisions": [{"project": "P00", "fund": "full"}]},
         [60_000, 0], Breach("rule", Fraction(40_000), rule=Rule("decision", "P00.fund"))),
        ({"decisions": [{"project": "P01", "fund": "nothing"}]},
         [0, 5], Breach("rule", Fraction(5), rule=Rule("decision", "P01.fund"))),
        ({"dependencies": [{"project": "P01", "requires": "P00"}]},
         [10_000, 50_000],
         Breach("rule", Fraction(40_000), rule=Rule("dependency", "P01.requires.P00"), project="P01")),
        ({"dependencies": [{"project": "P01", "requires": "P00", "in_full": True}]},
         [99_999, 7],
         Breach("rule", Fraction(7), rule=Rule("dependency", "P01.requires.P00"), project="P01")),
        ({}, [100_000, 60_000], Breach("rule", Fraction(10_000), rule=Rule("envelope", "fund"))),
        ({}, [100_001, 0], Breach("above_need", Fraction(1), project="P00")),
    ],
)  # fmt: skip
def test_every_rule_that_is_broken_is_named_with_the_excess(more, amounts, broken):
    assert carried(case(TWO, 150_000, **more), amounts) == (broken,)


def test_a_project_that_is_funded_whole_or_not_at_all_lacks_the_rest():
    whole = case([Project(100_000, 900_000, funding="whole")], 150_000)
    assert carried(whole, [100_000]) == ()
    assert carried(whole, [30_000]) == (
        Breach("rule", Fraction(70_000), rule=Rule("own", "P00"), project="P00"),
    )


def test_a_minimum_is_the_projects_own_unless_the_least_grant_asks_for_more():
    held = Project(100, 900_000, funding="minimum", minimum=50)
    (own,) = carried(case([held], 150), [20])
    (least,) = carried(case([held], 150, least_grant_bn=60), [20])
    assert (own.rule, own.by) == (Rule("own", "P00"), 30)
    assert (least.rule, least.by) == (Rule("least_grant"), 40)


def test_a_project_that_is_not_eligible_may_get_nothing():
    unpaid = case([Project(10, 900_000, costs=(Cost("2030", 10),)), Project(10, 1)], 150)
    assert carried(unpaid, [4, 0]) == (Breach("ineligible", Fraction(4), project="P00"),)


def test_milestones_are_filled_one_after_the_other():
    staged = Project(
        30,
        900_000,
        funding="milestones",
        costs=(Cost("2026", 10, milestone=1), Cost("2026", 20, milestone=2)),
        shares=(Fraction(1, 4), Fraction(3, 4)),
    )
    theirs = case([staged], 100)
    form = formulate(theirs, pipeline.assess(theirs).scores)
    level, breaches = transfer(theirs, form, np.array([15]))
    assert breaches == () and level[:2].tolist() == [10, 5]


def test_soft_limits_are_broken_by_no_more_than_needed_and_cost_their_penalty():
    soft = {"id": "f", "where": {"ministry": ["MOIT"]}, "at_least": {"amount_bn": 10_000}, "penalty": 200_000}
    ours = pipeline.assess(case(TWO, 100_000))
    theirs = pipeline.assess(case(TWO, 100_000, limits=[soft]))
    regret = compare([ours, theirs]).regrets[1]
    # 100 bn at 90 points, and 10 bn short at 20 points each
    assert regret.value == Fraction(90) - Fraction(2) and regret.breaches == ()


def fixed(theirs: Case, amounts: dict[str, int]) -> Case:
    """The case with every project held at an amount by limits."""
    holds = [(name, Bound(amount_bn=amounts.get(name, 0))) for name in theirs.register.ids]
    limits = (
        Limit(id=f"fix-{at}", where={"project": (name,)}, at_least=bound, at_most=bound)
        for at, (name, bound) in enumerate(holds)
    )
    return theirs.revised(limits=(*theirs.scenario.limits, *limits))


@pytest.mark.parametrize("seed", range(60))
def test_a_plan_is_feasible_elsewhere_exactly_where_the_solver_finds_it_so(seed):
    """Held at the same amounts by limits, the other case has a plan where we say so, and worth the same."""
    comparison = compare([pipeline.assess(drawn(2 * seed + more)) for more in (0, 1)])
    for regret in comparison.regrets:
        ours, theirs = (comparison.evaluations[at] for at in (regret.plan, regret.under))
        if regret.plan == regret.under or not ours.plan.found:
            continue
        if any(breach.kind == "absent" for breach in regret.breaches):
            continue
        amounts = dict(zip(ours.case.register.ids, ours.plan.amount_mvnd.tolist(), strict=True))
        held = pipeline.assess(fixed(theirs.case, amounts)).plan
        assert held.found == (regret.value is not None)
        assert held.objective == regret.value
        assert regret.lost is None or regret.lost >= 0 or theirs.plan.status != "optimal"
