"""Saaty 2008, "Relative measurement and its generalization in decision making": which drink is consumed more.

The judgement matrix, its principal eigenvector, largest eigenvalue 7.1766 and consistency ratio .022.
"""

from fractions import Fraction

import pytest

from prioritizer.model import Elicitation
from prioritizer.scoring.elicitation import heard
from prioritizer.scoring.pairwise import RANDOM_INDEX

DRINKS = ("coffee", "wine", "tea", "beer", "soda", "milk", "water")
ROWS = (
    "1   9 5   2   1   1   1/2",
    "1/9 1 1/3 1/9 1/9 1/9 1/9",
    "1/5 3 1   1/3 1/4 1/3 1/9",
    "1/2 9 3   1   1/2 1   1/3",
    "1   9 4   2   1   2   1/2",
    "1   9 3   1   1/2 1   1/3",
    "2   9 9   3   2   3   1",
)
PUBLISHED = dict(zip(DRINKS, (177, 19, 42, 116, 190, 129, 327), strict=True))  # thousandths


def statement(order=range(7)) -> Elicitation:
    """The judgements above the diagonal, drinks in any order."""
    cells = [row.split() for row in ROWS]
    judged = {
        DRINKS[a]: {DRINKS[b]: cells[a][b] for b in list(order)[at + 1 :]}
        for at, a in enumerate(list(order)[:-1])
    }
    said = {"over": "root", "by": "Saaty", "at": "2008-01-01", "why": "Table 1", "pairwise": judged}
    return Elicitation.model_validate(said)


def test_the_published_weights():
    weights = heard(statement()).weights
    assert {name: round(weight * 1000) for name, weight in weights.items()} == PUBLISHED
    assert sum(weights.values()) == 1


def test_the_published_eigenvalue_and_ratio():
    found = heard(statement()).compared
    assert round(found.largest_eigenvalue, 4) == Fraction("7.1766")
    assert round(found.ratio, 3) == Fraction("0.022") and found.acceptable
    assert found.random_index == RANDOM_INDEX[6] == Fraction("1.35")


@pytest.mark.parametrize("order", [(6, 5, 4, 3, 2, 1, 0), (3, 0, 6, 2, 5, 1, 4)])
def test_the_order_of_drinks_changes_nothing(order):
    assert heard(statement(order)).weights == heard(statement()).weights
    assert heard(statement(order)).compared == heard(statement()).compared


def test_the_judgement_farthest_from_the_weights_is_the_one_to_mend():
    first, *others = heard(statement()).compared.mends
    assert (first.more, first.less, first.judgement) == ("beer", "wine", 9)
    assert first.consistent == Fraction("6.08")  # .1164 / .0191
    assert all(each.ratio_then < Fraction("0.0218") for each in (first, *others))
