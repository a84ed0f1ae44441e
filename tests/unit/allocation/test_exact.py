"""Exact vertices, from any basis."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from prioritizer.allocation.exact.elimination import Square, independent, inverse
from prioritizer.allocation.exact.simplex import basis_at, optimal_vertex
from prioritizer.allocation.program import FREE
from prioritizer.allocation.solvers.highs import AT_LOWER, AT_UPPER, BASIC, Basis
from prioritizer.errors import Defect
from tests.linear import best, program, row

BUDGET = program([3, 2, 1], [10, 10, 10], row([1, 1, 1], -FREE, 15), row([2, -1, 0], -FREE, 0))


def test_amounts_are_exact_fractions():
    vertex = optimal_vertex(BUDGET)
    # x0 = x1 / 2, x0 + x1 + x2 = 15, x1 = 10: x0 = 5
    assert [vertex.exact(at) for at in range(3)] == [5, 10, 0]
    thirds = optimal_vertex(program([1], [10], row([3], -FREE, 10)))
    assert thirds.exact(0) == Fraction(10, 3) and thirds.dual == {0: Fraction(1, 3)}


@pytest.mark.parametrize("columns", list(product([AT_LOWER, AT_UPPER], repeat=3)))
def test_every_slack_basis_leads_to_the_same_optimum(columns):
    """Also from bases that are not feasible."""
    start = Basis(np.array(columns, dtype=np.int8), np.full(2, BASIC, dtype=np.int8))
    assert best(BUDGET, start) == 35


def test_a_program_without_solution_is_none_however_narrowly():
    assert optimal_vertex(program([1], [10], row([1], 11, FREE))) is None
    close = 10**12
    assert optimal_vertex(program([1], [10], row([1], 3, 2))) is None
    narrow = program([1, 1], [9, 9], row([close, -close], 1, FREE), row([close, -close], -FREE, 0))
    assert optimal_vertex(narrow) is None


def test_what_costs_is_given_only_what_a_floor_demands():
    vertex = optimal_vertex(program([-1, -2], [10, 10], row([1, 1], 12, FREE)))
    assert [vertex.exact(at) for at in range(2)] == [10, 2]


def test_near_ties_beyond_floating_point_are_told_apart():
    big = 10**15
    vertex = optimal_vertex(program([big, big + 1], [10, 10], row([1, 1], -FREE, 10)))
    assert [vertex.exact(at) for at in range(2)] == [0, 10]


def test_equations_in_whole_numbers_are_solved_exactly():
    square = Square([{0: 2, 1: 1}, {0: 1, 1: -3}])
    assert square.solved([1, Fraction(1, 2)]) == [Fraction(1, 2), 0]
    assert square.weighed([1, Fraction(1, 2)]) == [Fraction(1, 2), 0]
    assert Square([]).solved([]) == Square([]).weighed([]) == []
    assert Square([{1: 3}, {0: 7}]).solved([1, 1]) == [Fraction(1, 7), Fraction(1, 3)]
    with pytest.raises(Defect):
        Square([{0: 1, 1: 2}, {0: 2, 1: 4}])


@pytest.mark.parametrize("seed", range(40))
def test_a_square_answers_for_its_rows_and_its_columns(seed):
    draw = np.random.default_rng(seed)
    size = int(draw.integers(1, 9))
    matrix = draw.integers(-4, 5, (size, size)) * (draw.random((size, size)) < 0.5) + 7 * np.eye(
        size, dtype=int
    )
    given = [{at: int(coef) for at, coef in enumerate(line) if coef} for line in matrix]
    right = [Fraction(int(draw.integers(-9, 10)), int(draw.integers(1, 4))) for _ in range(size)]
    try:
        square = Square(given)
    except Defect:
        assert round(np.linalg.det(matrix)) == 0
        return
    assert (matrix.astype(object) @ square.solved(right) == right).all()
    assert (np.array(square.weighed(right)) @ matrix.astype(object) == right).all()
    rows = inverse(given)
    unit = [
        [sum(rows[i].get(k, 0) * int(matrix[k, j]) for k in range(size)) for j in range(size)]
        for i in range(size)
    ]
    assert unit == np.eye(size, dtype=int).tolist()


def test_matrices_are_inverted_exactly():
    assert inverse([{0: 2, 1: 1}, {0: 1, 1: -3}]) == [
        {0: Fraction(3, 7), 1: Fraction(1, 7)},
        {0: Fraction(1, 7), 1: Fraction(-2, 7)},
    ]
    assert inverse([{1: 1}, {0: -1}]) == [{1: -1}, {0: 1}]
    with pytest.raises(Defect):
        inverse([{0: 1, 1: 2}, {0: 2, 1: 4}])


def test_rows_that_say_nothing_new_are_left_out():
    assert independent([{2: 5}, {0: 1, 1: 1}, {0: 2, 1: 2}, {1: 1, 2: 1}, {}]) == {2: 0, 0: 1, 1: 3}


def test_a_plan_of_another_solver_is_a_basis():
    basis = basis_at(BUDGET, [5 + 1e-9, 10 - 1e-9, 1e-9])
    assert basis.columns.tolist() == [BASIC, AT_UPPER, AT_LOWER]
    assert sorted(basis.rows.tolist()) == [BASIC, AT_UPPER]


def test_a_basis_that_determines_nothing_is_mended():
    """Where amounts differ very much in size, a solver takes parallel rows for independent."""
    parallel = program([3, 2, 1], [10, 10, 10], row([1, 1, 1], -FREE, 15), row([2, 2, 2], -FREE, 30))
    columns = np.array([BASIC, BASIC, AT_UPPER], dtype=np.int8)
    singular = Basis(columns, np.full(2, AT_UPPER, dtype=np.int8))
    assert best(parallel, singular) == best(parallel) == 40
