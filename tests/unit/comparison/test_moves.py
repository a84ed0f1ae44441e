"""What becomes of a project's money, seen from the base."""

from fractions import Fraction

from prioritizer.comparison import Comparison, compare
from prioritizer.comparison.caveats import values_differ
from prioritizer.comparison.cells import agreement_cells, lost_text, summary_cells
from prioritizer.comparison.moves import moves_from_base
from prioritizer.model import Case
from prioritizer.pipeline import assess
from tests.build import Project, case

A, B, C = (
    Project(60, 900_000, "MOST", "A"),
    Project(50, 600_000, "MOIT", "B"),
    Project(40, 300_000, "MOIT", "C"),
)


def of(*cases: Case) -> Comparison:
    return compare([assess(each) for each in cases])


def told(comparison: Comparison, at: int = 1) -> list[tuple[str, str, int]]:
    return [(each.way, each.line.id, each.moved_mvnd) for each in moves_from_base(comparison, at)]


def test_who_comes_in_gets_more_gets_less_and_steps_out():
    rich, poor = case([A, B, C], 120), case([A, B, C], 50)
    assert told(of(rich, poor)) == [("less", "A", -10), ("out", "B", -50), ("out", "C", -10)]
    assert told(of(poor, rich)) == [("in", "B", 50), ("in", "C", 10), ("more", "A", 10)]
    assert told(of(rich, rich)) == []


def test_what_only_one_register_lists_comes_and_goes_apart():
    assert told(of(case([A, B], 70), case([A, C], 100))) == [("new", "C", 40), ("gone", "B", -10)]


def test_nothing_is_compared_with_a_plan_that_does_not_exist():
    impossible = case(
        [A, B], 70, decisions=[{"project": "A", "fund": "full"}, {"project": "B", "fund": "full"}]
    )
    comparison = of(case([A, B], 70), impossible)
    assert comparison.planned == (0,)
    assert told(comparison) == []
    funded = next(row for row in summary_cells(comparison, "vi") if row[0] == "Số dự án có vốn")
    assert funded[1:] == ["2", "–"]
    assert {lost_text(each, "vi") for each in comparison.regrets if each.plan == 1} == {"không có"}


def test_agreement_is_symmetric_and_blank_of_one_with_itself():
    turned = [Project(each.ask, 1_000_000 - each.value_e4, each.ministry, each.id) for each in (A, B, C)]
    rows = agreement_cells(of(case([A, B, C], 120), case(turned, 120)), "vi")
    assert rows == [["KB1", "", "-1,000"], ["KB2", "-1,000", ""]]


def test_objectives_are_comparable_only_where_values_are_formed_alike():
    half = case([A, B, C], 60)
    assert not values_differ(of(case([A, B, C], 120), half))
    assert values_differ(of(case([A, B, C], 120), case([A, B, C], 120, hurdle_e4=10)))
    assert all(each.lost is None or each.lost >= Fraction(0) for each in of(half, half).regrets)
