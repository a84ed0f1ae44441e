"""Scenarios side by side: money, inputs, registers, agreement and regret of small cases, by hand."""

from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest

from prioritizer import pipeline
from prioritizer.comparison import Comparison, compare
from prioritizer.errors import InputFaults
from prioritizer.model import Case
from tests.build import SCORES, SCORES_HEAD, Project, assessed, case, costed, folder, table
from tests.properties.instances import drawn

A, B, C = (
    Project(60, 900_000, "MOST", "A"),
    Project(50, 600_000, "MOIT", "B", "group2-push"),
    Project(40, 300_000, "MOIT", "C", "group2-pull"),
)


def of(*cases: Case) -> Comparison:
    return compare([pipeline.assess(each) for each in cases])


def money(comparison: Comparison) -> dict[str, tuple[int | None, ...]]:
    return {line.id: line.amounts_mvnd for line in comparison.projects}


def moit(at_most: int) -> dict:
    return {"id": "moit", "where": {"ministry": ["MOIT"]}, "at_most": {"amount_bn": at_most}}


# ------------------------------------------------------------------ money


def test_money_by_project_ministry_and_class():
    comparison = of(case([A, B, C], 120), case([A, B, C], 120, limits=[moit(20)]))
    assert money(comparison) == {"A": (60, 60), "B": (50, 20), "C": (10, 0)}
    bodies = {line.id: (line.amounts_mvnd, line.funded, line.listed) for line in comparison.ministries}
    assert bodies == {"MOST": ((60, 60), (1, 1), (1, 1)), "MOIT": ((60, 20), (2, 1), (2, 2))}
    assert [(line.id, line.amounts_mvnd) for line in comparison.classes] == [
        ("group1", (60, 60)),
        ("group2-push", (50, 20)),
        ("group2-pull", (10, 0)),
    ]
    assert [(line.id, by) for line, by in comparison.moves(1)] == [("B", -30), ("C", -10)]
    assert [line.id for line in comparison.funded_in(2)] == ["A", "B"]
    assert [line.id for line in comparison.funded_in(1)] == ["C"]


def test_a_project_of_one_register_alone_is_absent_and_not_zero():
    comparison = of(case([A, B], 70), case([A, C], 100))
    assert money(comparison) == {"A": (60, 60), "B": (10, None), "C": (None, 40)}
    (register,) = comparison.tables
    assert (register.role, register.partial, register.projects) == ("register", ("B", "C"), ())
    assert [line.id for line, _ in comparison.moves(1)] == []
    by_class = {line.id: line.amounts_mvnd for line in comparison.classes}
    assert by_class == {"group1": (60, 60), "group2-push": (10, None), "group2-pull": (None, 40)}
    first, second = comparison.regrets[1], comparison.regrets[2]
    assert [(each.kind, each.project, each.by) for each in first.breaches] == [("absent", "B", 10)]
    assert (first.unknown, second.unknown) == (("C",), ("B",))


def test_capitals_of_ids_make_no_other_project():
    comparison = of(case([A], 10), case([replace(A, id="a")], 10))
    assert money(comparison) == {"A": (10, 10)} and comparison.tables == ()


def test_a_scenario_without_a_plan_has_no_amounts():
    comparison = of(case([A], 10), case([A], 10, decisions=[{"project": "A", "fund": "full"}]))
    assert comparison.planned == (0,) and money(comparison) == {"A": (10, None)}
    taken, back = comparison.regrets[1], comparison.regrets[2]
    assert [each.rule.id for each in taken.breaches if each.rule] == ["A.fund"]
    assert (back.value, back.lost, back.breaches) == (None, None, ())


# ------------------------------------------------------------------ agreement and regret


def test_kendall_is_of_the_projects_that_both_list():
    turned = [replace(A, value_e4=1), replace(C, value_e4=900_000), Project(1, 5, id="D")]
    (one,) = of(case([A, B, C], 120), case(turned, 120)).agreements
    assert (one.shared, one.kendall) == (2, -1.0)
    (alone,) = of(case([A], 120), case([A], 10)).agreements
    assert (alone.shared, alone.kendall) == (1, None)


def test_regret_is_what_the_other_plan_loses_under_these_values():
    ours = case([A, B], 50)  # all to A
    theirs = case([replace(A, value_e4=100_000), replace(B, value_e4=800_000)], 50)  # all to B
    regrets = of(ours, theirs).regrets
    # 50 million at 90, 10, 60 and 80 points
    worth = [each.value * 1000 for each in regrets if each.value is not None]
    assert worth == [45, 5, 30, 40]
    assert [each.lost * 1000 for each in regrets if each.lost is not None] == [0, 35, 15, 0]


@pytest.mark.parametrize("seed", range(24))
def test_a_scenario_beside_itself_differs_in_nothing_and_loses_nothing(seed):
    comparison = of(drawn(seed), drawn(seed))
    assert comparison.inputs == () and comparison.tables == () and comparison.moves(1) == ()
    assert {each.lost for each in comparison.regrets} <= {Fraction(0), None}
    assert all(each.breaches == () for each in comparison.regrets)


def test_the_order_of_scenarios_and_projects_moves_columns_alone():
    cases = [
        case([A, B, C], 120),
        case([A, B], 90, limits=[moit(20)]),
        case([replace(A, ministry="MOD"), C], 70, least_grant_bn=20),
    ]
    first = of(*cases)
    for order in permutations(range(3)):
        other = of(*(cases[at] for at in order))
        assert money(other) == {name: tuple(own[at] for at in order) for name, own in money(first).items()}
        for field in ("ministries", "classes", "technologies", "inputs", "tables"):
            assert [getattr(each, "id", field) for each in getattr(other, field)] == [
                getattr(each, "id", field) for each in getattr(first, field)
            ]
        moved = {(order[each.plan], order[each.under]): (each.value, each.lost) for each in other.regrets}
        assert moved == {(each.plan, each.under): (each.value, each.lost) for each in first.regrets}
        pairs = {frozenset((order[each.one], order[each.other])): each.kendall for each in other.agreements}
        assert pairs == {frozenset((each.one, each.other)): each.kendall for each in first.agreements}


@pytest.mark.parametrize("count", [1, 7])
def test_fewer_than_two_or_more_than_six_are_refused(count):
    with pytest.raises(InputFaults) as found:
        pipeline.compare([case([A], 10)] * count)
    assert [fault.code for fault in found.value.faults] == ["scenarios_to_compare"]
    with pytest.raises(ValueError, match="2 to 6"):
        of(*[case([A], 10)] * count)


# ------------------------------------------------------------------ inputs


def differing(*cases: Case) -> list[tuple[str, str]]:
    return [(each.key, each.id) for each in of(*cases).inputs]


@pytest.mark.parametrize(
    "more, found",
    [
        ({"basis": "project"}, [("objective.basis", "")]),
        ({"hurdle_e4": 5}, [("objective.hurdle", "")]),
        ({"limits": [moit(20)]}, [("limits", "moit")]),
        ({"least_grant_bn": 3}, [("least_grant_bn", "")]),
        ({"decisions": [{"project": "A", "fund": "nothing"}]}, [("decisions", "a.fund")]),
        ({"dependencies": [{"project": "B", "requires": "A"}]}, [("dependencies", "b.requires.a")]),
        ({"reserves": [{"id": "R", "amount_bn": 1}]}, [("reserves", "r")]),
        ({"state_share_cap": {"group1": "0.5"}}, [("state_share_cap", "group1")]),
        ({"exchange_rate": {"group1": "0.5"}}, [("exchange_rate", "group1")]),
        ({"eligibility": {"dossier": ["source"]}}, [("eligibility.dossier", "")]),
        ({"ties": "pro_rata"}, [("ties", "")]),
        ({"tie_order": ["C"]}, [("tie_order", "")]),
    ],
)
def test_every_key_that_differs_is_found(more, found):
    assert differing(case([A, B, C], 120), case([A, B, C], 120, **more)) == found


def test_reasons_names_and_capitals_are_no_difference():
    one = {**moit(20), "why": "so", "source": "x"}
    other = {**moit(20), "id": "MOIT", "where": {"ministry": "moit"}}
    assert differing(case([A, B], 9, limits=[one]), case([A, B], 9, limits=[other])) == []


def test_weights_are_compared_as_they_come_out(tmp_path):
    plain = pipeline.load(assessed(tmp_path))
    own = {"B1": "0.31", "B2": "0.19", "B3": "0.29", "B4": "0.21"}  # what the criteria file says
    same = plain.revised(weights={name: Fraction(weight) for name, weight in own.items()})
    moved = plain.revised(weights=dict.fromkeys(("B1", "B2", "B3", "B4"), Fraction(1, 4)))
    assert differing(plain, same) == []
    assert differing(plain, moved) == [("weights", name) for name in ("B1", "B2", "B3", "B4")]


def test_registers_costs_and_judgements_are_compared_project_by_project(tmp_path):
    base = pipeline.load(assessed(tmp_path / "a"))
    scores = table(SCORES_HEAD, [row.replace("10,90", "20,90") for row in SCORES])
    rejudged = pipeline.load(assessed(tmp_path / "b", scores_csv=scores))
    (changed,) = of(base, rejudged).tables
    assert (changed.role, changed.projects) == ("assessments", ("P2",))
    assert len(set(changed.digests)) == 2 and None not in changed.digests
    plain, dated = pipeline.load(folder(tmp_path / "c")), pipeline.load(costed(tmp_path / "d"))
    assert [(each.role, each.projects) for each in of(plain, dated).tables] == [("costs", ("P1", "P2", "P3"))]
    dearer = of(case([A, B], 90), case([A, replace(B, ask=70, ministry="MOD")], 90))
    assert [(each.id, each.part, each.given) for each in dearer.inputs] == [
        ("B", "ask_mvnd", (50, 70)),
        ("B", "ministry", ("MOIT", "MOD")),
    ]
