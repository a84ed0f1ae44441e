"""The nouns that come in."""

from fractions import Fraction

import numpy as np
import pytest
from pydantic import ValidationError

from prioritizer.model import Bound, CriteriaTree, Decision, Fund, Limit, Words
from tests.build import Project, case, coded


def limit(**bounds) -> Limit:
    return Limit.model_validate({"id": "l", **bounds})


def test_a_share_of_the_envelope_is_rounded_towards_what_can_be_kept():
    both = {"at_most": {"share_of_envelope": "1/3"}, "at_least": {"share_of_envelope": "1/3"}}
    assert limit(**both).ceiling_mvnd(1000) == 333
    assert limit(**both).floor_mvnd(1000) == 334
    assert limit(at_most={"share_of_envelope": "0.25"}).ceiling_mvnd(12_253_400) == 3_063_350


def test_what_depends_on_the_plan_has_no_fixed_bound():
    assert limit(at_most={"share_of_allocated": "0.5"}).ceiling_mvnd(1000) is None
    assert limit().floor_mvnd(1000) is None
    assert Bound.model_validate({"amount_bn": "1.5"}).of_envelope(9) == Fraction(1500)


@pytest.mark.parametrize(
    "given", [{}, {"amount_bn": "1", "count": "2"}, {"share_of_envelope": "2"}, {"amount": "1"}]
)
def test_a_bound_is_given_in_exactly_one_way(given):
    with pytest.raises(ValidationError):
        Bound.model_validate(given)


def test_nouns_are_frozen():
    with pytest.raises(ValidationError):
        limit().id = "m"


def test_one_text_stands_for_both_languages():
    assert Words.model_validate("một").into("en") == "một"
    assert Words.model_validate({"vi": "một", "en": "one"}).into("en") == "one"


def test_limits_select_ignoring_case_and_take_all_without_a_rule():
    given = case([Project(1, 0, "MOST"), Project(1, 0, "MOH"), Project(1, 0, "MOST")], 1)
    chosen = given.register.selected_by
    assert chosen(limit(where={"ministry": "most"})).tolist() == [True, False, True]
    assert chosen(limit(where={"ministry": ["MOST", "MOH"]})).all()
    assert chosen(limit(where={"ministry": "MOST", "project": ["p00", "P01"]})).tolist() == [
        True,
        False,
        False,
    ]
    assert chosen(limit()).all()
    assert not chosen(limit(where={"region": "x"})).any()


def test_what_is_said_of_costs_selects_no_projects():
    given = case([Project(1, 0, "MOST"), Project(1, 0, "MOH")], 1)
    chosen = given.register.selected_by(limit(where={"year": "2027", "kind": "works", "ministry": "MOH"}))
    assert chosen.tolist() == [False, True]


def fund(**more) -> Fund:
    return Fund.model_validate({"id": "f", "year": "2026", "amount_bn": "1", **more})


@pytest.mark.parametrize(
    "pays, year, kind, expected",
    [
        ((), "2026", "works", True),
        ((), "2026", "", True),
        ((), "2027", "works", False),
        (("works",), "2026", "Works", True),
        (("works",), "2026", "salaries", False),
        (("works",), "2026", "", False),
        (("works", "Salaries"), "2026", "", True),
    ],
)
def test_a_fund_pays_costs_of_its_year_and_kinds(pays, year, kind, expected):
    assert fund(pays=pays).may_pay(year, kind, frozenset({"works", "salaries"})) is expected


def test_a_share_of_the_envelope_is_of_the_funds_of_the_limits_years():
    given = case([Project(1, 0)], 5).scenario.model_copy(
        update={"funds": (fund(), fund(year="2027", amount_bn="2"), fund(year="2027", amount_bn="4"))}
    )
    assert given.envelope_of(limit()) == 7000
    assert given.envelope_of(limit(where={"year": "2027"})) == 6000
    assert given.envelope_of(limit(where={"year": ["2026", "2028"], "kind": "works"})) == 1000


@pytest.mark.parametrize(
    "given, name",
    [
        ({"fund": "full"}, "P7.fund"),
        ({"fund": "nothing"}, "P7.fund"),
        ({"fund_at_least_bn": "1"}, "P7.at_least"),
        ({"locked_bn": "1"}, "P7.locked"),
        ({"locked_bn": "1", "id": "own"}, "own"),
    ],
)
def test_a_decision_has_an_id_that_says_what_it_is_about(given, name):
    assert Decision.model_validate({"project": "P7", **given}).id == name


@pytest.mark.parametrize(
    "given", [{}, {"fund": "full", "locked_bn": "1"}, {"fund": "some"}, {"locked_bn": "0"}]
)
def test_a_decision_says_exactly_one_thing(given):
    with pytest.raises(ValidationError):
        Decision.model_validate({"project": "P7", **given})


@pytest.mark.parametrize("day", ["2026-4-20", "20260420", "2026-02-30", "2026-04-20T00:00", "", "today"])
def test_a_day_is_written_in_one_way(day):
    with pytest.raises(ValidationError):
        Decision.model_validate({"project": "P7", "fund": "full", "at": day})


@pytest.mark.parametrize("word", ["yes", "true", "1", 1, None])
def test_only_true_is_true(word):
    with pytest.raises(ValidationError):
        limit(decreed=word)
    assert limit(decreed=True).decreed


@pytest.mark.parametrize("count", ["2.0", "-1", "1_0", "+1", True, "", "1" * 10])
def test_a_count_is_a_plain_whole_number(count):
    with pytest.raises(ValidationError):
        Bound.model_validate({"count": count})
    assert Bound.model_validate({"count": "0"}).count == 0


def test_a_column_keeps_each_text_once():
    column = coded(["b", "a", "b"])
    assert column.texts() == ["b", "a", "b"] and column.levels == ("b", "a") and column[2] == "b"
    assert column.among(("A",)).tolist() == [False, True, False]
    assert column.codes.dtype == np.int32


def test_siblings_come_set_by_set_and_leaves_in_file_order():
    scale = {"worst": "0", "best": "1"}
    leaf = {"name": "n", "scale": scale}
    branch = {"id": "a", "name": "n", "children": [{"id": "a1", **leaf}, {"id": "a2", **leaf}]}
    tree = CriteriaTree.model_validate(
        {"schema": "1", "id": "t", "title": "t", "criteria": [branch, {"id": "b", **leaf}]}
    )
    assert [[node.id for node in siblings] for siblings in tree.sibling_sets()] == [["a", "b"], ["a1", "a2"]]
    assert [node.id for node in tree.leaves] == ["a1", "a2", "b"]


def test_a_revised_case_leaves_the_first_as_it_was():
    given = case([Project(1, 0)], 5)
    other = given.revised(limits=(limit(at_most={"amount_bn": "1"}),))
    assert given.scenario.limits == () and len(other.scenario.limits) == 1
    assert other.register is given.register
