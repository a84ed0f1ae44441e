"""Clashes and ways out that can be followed by hand, and what is said of them."""

from fractions import Fraction

import pytest

from prioritizer import allocation, scoring
from prioritizer.analysis.conflicts.clash import clash
from prioritizer.analysis.conflicts.relaxing import firm_clash, relaxations, relaxed
from prioritizer.explanation import describe_conflict, describe_relaxations
from prioritizer.results import Rule, Shortage
from tests.build import Cost, Project, case

A, B, C = Project(1000, 900_000, "MOST"), Project(1000, 800_000, "MOH"), Project(1000, 700_000, "MAE")


def at_most(name, ministry, decreed=False, weight="1", **bound):
    where = {"ministry": ministry} if ministry else {}
    return {"id": name, "where": where, "at_most": bound, "decreed": decreed, "relax_weight": weight}


def at_least(name, ministry, decreed=False, weight="1", **bound):
    where = {"ministry": ministry} if ministry else {}
    return {"id": name, "where": where, "at_least": bound, "decreed": decreed, "relax_weight": weight}


def clashing(given):
    return clash(given, scoring.score(given))


def names(given):
    return [(rule.kind, rule.id) for rule in clashing(given).rules]


def moves(given):
    found = relaxations(given, scoring.score(given))
    assert not found or planned(relaxed(given, found))
    return {each.rule.id: (each.before, each.after) for each in found}


def planned(given):
    return allocation.allocate(given, scoring.score(given)).found


def test_where_there_is_a_plan_nothing_clashes_and_nothing_has_to_move():
    given = case([A, B], 1500, [at_least("f", "MOST", amount_bn=1000)])
    assert clashing(given) is None and moves(given) == {} and firm_clash(given, scoring.score(given)) is None


def test_floors_that_ask_for_more_than_the_envelope():
    limits = [at_least("a", "MOST", amount_bn=900), at_least("b", "MOH", amount_bn=700)]
    given = case([A, B, C], 1500, [*limits, at_most("far", "MAE", amount_bn=10)])
    found = clashing(given)
    assert found.rules == (Rule("envelope", "fund"), Rule("at_least", "a"), Rule("at_least", "b"))
    assert found.irreducible and found.proven and found.shortage == Shortage(1600, 1500, "mvnd")
    assert moves(given) == {"b": (700, 600)}, "of equals the first in the scenario moves least"


def test_a_rule_that_cannot_hold_alone_is_named_alone():
    limits = [at_most("cap", "MOST", amount_bn=100), at_least("f", "MOST", amount_bn=1001)]
    given = case([A, B], 5000, [at_least("other", "MOST", amount_bn=500), *limits])
    assert names(given) == [("at_least", "f")]
    assert clashing(given).shortage == Shortage(1001, 1000, "mvnd")


def test_what_the_group_can_change_is_named_before_what_it_cannot():
    """Two conflicts: with a decreed ceiling and with one of the group's own."""
    limits = [
        at_most("decreed", "MOST", True, amount_bn=300),
        at_most("own", "MOST", amount_bn=200),
        at_least("f", "MOST", amount_bn=400),
    ]
    assert names(case([A, B], 2000, limits)) == [("at_most", "own"), ("at_least", "f")]


def test_a_narrow_conflict_is_named_before_a_wide_one():
    limits = [at_least(f"f{at}", body, amount_bn=600) for at, body in enumerate(("MOST", "MOH", "MAE"))]
    limits += [at_most("all", None, amount_bn=1700), at_most("cap", "MAE", amount_bn=500)]
    assert names(case([A, B, C], 1750, limits)) == [("at_least", "f2"), ("at_most", "cap")]


def test_the_cheaper_rule_moves():
    limits = [at_least("dear", "MOST", weight="3", amount_bn=900), at_least("cheap", "MOH", amount_bn=700)]
    limits += [at_least("firm", "MAE", True, weight="0.1", amount_bn=100)]
    assert moves(case([A, B, C], 1500, limits)) == {"cheap": (700, 500)}


def test_decreed_rules_that_clash_alone_leave_no_way_out():
    limits = [at_least("a", "MOST", True, amount_bn=900), at_least("b", "MOH", True, amount_bn=700)]
    given = case([A, B], 1500, [*limits, at_least("c", "MOH", amount_bn=300)])
    assert moves(given) == {}
    assert [rule.id for rule in firm_clash(given, scoring.score(given)).rules] == ["fund", "a", "b"]
    assert "cấp có thẩm quyền" in " ".join(describe_conflict(given, clashing(given), "vi"))


def test_a_reserve_belongs_to_the_conflict_that_it_makes():
    given = case(
        [A], 1000, [at_least("f", "MOST", amount_bn=900)], reserves=[{"id": "aside", "amount_bn": 200}]
    )
    assert names(given) == [("envelope", "fund"), ("reserve", "aside"), ("at_least", "f")]
    assert clashing(given).shortage == Shortage(900, 800, "mvnd")
    without = case([A], 1000, [at_least("f", "MOST", amount_bn=1000)])
    assert clashing(without) is None


def test_funds_of_two_years_clash_each_with_its_own_year():
    funds = [{"id": "y1", "year": "2026", "amount_bn": 100}, {"id": "y2", "year": "2027", "amount_bn": 900}]
    split = Project(1000, 1, costs=(Cost("2026", 400), Cost("2027", 600)))
    given = case([split], funds=funds, decisions=[{"project": "P00", "fund": "full"}])
    assert names(given) == [("envelope", "y1"), ("decision", "P00.fund")]
    assert moves(given) == {"P00.fund": (1000, 250)}


@pytest.mark.parametrize(
    "bounds, moved",
    [
        ({"at_least": {"share_of_envelope": "0.6"}}, Fraction(1, 2)),
        ({"at_least": {"share_of_allocated": "0.6"}}, Fraction(1, 2)),
    ],
)
def test_shares_are_lowered_to_readable_figures(bounds, moved):
    """Both projects must be funded in full, so half of the money goes to each."""
    decisions = [{"project": name, "fund": "full", "decreed": True} for name in ("P00", "P01")]
    given = case([A, B], 2000, [{"id": "s", "where": {"ministry": "MOST"}, **bounds}], decisions=decisions)
    assert moves(given) == {"s": (Fraction(3, 5), moved)}


def test_a_share_without_a_finite_decimal_is_rounded_away_from_the_rule():
    thirds = [Project(1000, 1), Project(2000, 1, "MOH")]
    decisions = [{"project": name, "fund": "full", "decreed": True} for name in ("P00", "P01")]
    limits = [{"id": "s", "where": {"ministry": "MOST"}, "at_most": {"share_of_allocated": "0.3"}}]
    given = case(thirds, 3000, limits, decisions=decisions)
    assert moves(given) == {"s": (Fraction(3, 10), Fraction(3334, 10_000))}


def test_a_decision_gives_way_where_that_is_cheaper():
    decisions = [{"project": "P00", "fund": "full", "relax_weight": "0.5"}]
    given = case([A, B], 1500, [at_least("b", "MOH", amount_bn=700)], decisions=decisions)
    assert moves(given) == {"P00.fund": (1000, 800)}
    vi = describe_relaxations(given, relaxations(given, scoring.score(given)), "vi")
    assert vi == ["Hạ số vốn phải bố trí cho “n” (P00) từ 1,0 tỷ đồng xuống 0,8 tỷ đồng (giảm 0,2 tỷ đồng)."]
    lowered = relaxed(given, relaxations(given, scoring.score(given))).scenario.decisions[0]
    assert (lowered.id, lowered.fund, lowered.at_least_mvnd) == ("P00.fund", None, 800)


def test_a_decision_to_fund_nothing_can_only_be_lifted():
    decisions = [{"project": "P00", "fund": "nothing"}]
    given = case([A], 1000, [at_least("f", "MOST", weight="5", amount_bn=900)], decisions=decisions)
    assert moves(given) == {"P00.fund": (0, None)}
    en = describe_relaxations(given, relaxations(given, scoring.score(given)), "en")
    assert en == ["Lift the decision not to fund “n” (P00)."]


def test_whole_projects_and_counts():
    """Two of three whole projects must be funded, and the money is enough for one."""
    whole = [Project(1000, 1, funding="whole") for _ in range(3)]
    given = case(whole, 1500, [at_least("two", None, count=2)])
    assert names(given) == [
        ("envelope", "fund"),
        ("at_least", "two"),
        *(("own", f"P0{at}") for at in range(3)),
    ]
    assert clashing(given).irreducible
    assert moves(given) == {"two": (2, 1)}
    three = case(whole[:2], 5000, [at_least("three", None, count=3)])
    assert names(three) == [("at_least", "three")]
    assert clashing(three).shortage == Shortage(3, 2, "projects")


def test_a_soft_limit_gives_way_and_never_clashes():
    soft = at_least("soft", "MOST", amount_bn=1000) | {"penalty": "1"}
    given = case([A], 500, [soft])
    assert planned(given) and clashing(given) is None
    both = case([A], 500, [soft, at_least("hard", "MOST", amount_bn=600)])
    assert names(both) == [("envelope", "fund"), ("at_least", "hard")]


def test_rules_that_leave_no_whole_million():
    """Exactly a third of one million VND."""
    limits = [
        {"id": "one", "at_least": {"amount_bn": 1}, "at_most": {"amount_bn": 1}},
        at_least("low", "MOST", share_of_allocated="1/3"),
        at_most("high", "MOST", share_of_allocated="1/3"),
    ]
    given = case([A, B], 1000, limits)
    found = clashing(given)
    assert found.status == "no_whole_million_plan" and found.irreducible and not found.proven
    assert {rule.id for rule in found.rules} == {"one", "low", "high"}
    assert moves(given) != {}
    assert "tròn triệu đồng" in describe_conflict(given, found, "vi")[0]


def test_what_is_said_of_a_conflict():
    limits = [at_least("a", "MOST", True, amount_bn=900), at_least("b", "MOH", amount_bn=700)]
    given = case([A, B, C], 1500, limits)
    assert describe_conflict(given, clashing(given), "vi") == [
        "Không thể đồng thời đáp ứng: tổng nguồn vốn (fund), 1,5 tỷ đồng; mức sàn 0,9 tỷ đồng đối với "
        "cơ quan chủ trì MOST (bắt buộc, không điều chỉnh); mức sàn 0,7 tỷ đồng đối với cơ quan chủ trì MOH.",
        "Tổng số vốn phải bảo đảm là 1,6 tỷ đồng, trong khi chỉ có thể bố trí nhiều nhất 1,5 tỷ đồng.",
    ]
    assert describe_relaxations(given, relaxations(given, scoring.score(given)), "vi") == [
        "Hạ mức sàn đối với cơ quan chủ trì MOH từ 0,7 tỷ đồng xuống 0,6 tỷ đồng (giảm 0,1 tỷ đồng)."
    ]


def test_what_is_said_of_shares_and_of_every_kind_of_rule():
    limits = [at_least("s", "MOST", share_of_envelope="0.9"), at_least("n", None, count=2)]
    decisions = [{"project": "P01", "fund_at_least_bn": 800, "decreed": True}]
    more = {"least_grant_bn": 300, "dependencies": [{"project": "P00", "requires": "P01", "in_full": True}]}
    given = case([A, Project(1000, 1, "MOH", funding="whole")], 1000, limits, decisions=decisions, **more)
    found = clashing(given)
    for lang in ("vi", "en"):
        assert describe_conflict(given, found, lang)
        for line in describe_relaxations(given, relaxations(given, scoring.score(given)), lang):
            assert line.endswith(".") and "{" not in line
