"""Pairwise judgements while they are given."""

from fractions import Fraction

import pytest

from prioritizer.scoring.contradictions import so_far, worst_triple
from prioritizer.scoring.elicitation import heard
from prioritizer.scoring.interview import Interview, answered, elicitation, judged, pairs


def judgements(*times):
    return dict(zip(pairs(("a", "b", "c", "d")), map(Fraction, times), strict=False))


def test_before_three_are_judged_nothing_can_clash():
    for times in ((), (3,), (3, 9)):
        found = so_far(("a", "b", "c", "d"), judgements(*times))
        assert found.compared is None and found.worst is None


def test_judgements_that_multiply_do_not_clash():
    found = so_far(("a", "b", "c", "d"), judgements(2, 6, 3))
    assert found.complete == ("a", "b", "c") and found.compared.ratio == 0 and found.worst is None


def test_a_circle_is_told_in_the_order_in_which_each_outweighs_the_next():
    worst = worst_triple(("a", "b", "c"), judgements(3, Fraction(1, 2), 2))
    assert (worst.most, worst.middle, worst.least) == ("a", "b", "c")
    assert (worst.first, worst.second, worst.implied, worst.judged) == (3, 2, 6, Fraction(1, 2))
    assert worst.off == 12


def test_of_several_the_one_that_is_farthest_off_is_told():
    worst = worst_triple(("a", "b", "c", "d"), judgements(2, 4, 3, 9, Fraction(1, 9), Fraction(1, 9)))
    assert {worst.most, worst.middle, worst.least} == {"a", "b", "d"}


@pytest.mark.parametrize("times", [("3", "1/2", "2"), ("2", "4", "2"), ("9", "1/9", "9")])
def test_the_ratio_while_answering_is_the_ratio_of_the_statement(times):
    held = Interview("root", "", "pairwise", "x", "2026-01-01", "y", ("a", "b", "c"))
    for each in times:
        held = answered(held, (each,))
    now = so_far(held.asked, judged(held)).compared
    assert now == heard(elicitation(held)).compared
