"""Linear programs for tests, built by hand or drawn, and their optima by another way."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from prioritizer.allocation.exact.simplex import Vertex, optimal_vertex
from prioritizer.allocation.program import FREE, Program, Row
from prioritizer.allocation.solvers.highs import AT_LOWER, AT_UPPER, BASIC, Basis


def row(coefs: Sequence[int], lower: int = -FREE, upper: int = FREE, name: str = "row[x]") -> Row:
    """A row with a coefficient for every column."""
    used = np.flatnonzero(coefs)
    return Row(name, used, np.array(coefs, dtype=np.int64)[used], lower, upper)


def program(
    gain: Sequence[int], upper: Sequence[int], *rows: Row, den: Sequence[int] | None = None
) -> Program:
    gains = np.array(gain, dtype=np.int64)
    dens = np.array(den, dtype=np.int64) if den else np.ones_like(gains)
    names = tuple(f"x{at}" for at in range(len(gain)))
    return Program(
        names, np.array(upper, dtype=np.int64), gains, dens, rows, np.zeros(len(gains), dtype=np.bool_)
    )


def value(given: Program, amounts: Sequence[Fraction]) -> Fraction:
    pairs = zip(given.gain_num.tolist(), given.gain_den.tolist(), amounts, strict=True)
    return sum((Fraction(num, den) * amount for num, den, amount in pairs), Fraction(0))


def amounts(given: Program, vertex: Vertex) -> list[Fraction]:
    return [vertex.exact(column) for column in range(len(given.columns))]


def best(given: Program, start: Basis | None = None) -> Fraction | None:
    """The optimal value, by a solve of its own."""
    vertex = optimal_vertex(given, start)
    return None if vertex is None else value(given, amounts(given, vertex))


def moved(given: Program, at: int, side: str, by: Fraction) -> tuple[Program, int]:
    """The program with one bound moved, and the parts of a unit that its amounts are in."""
    scale = by.denominator
    rows = [
        replace(
            held,
            lower=held.lower if held.lower <= -FREE else held.lower * scale,
            upper=held.upper if held.upper >= FREE else held.upper * scale,
        )
        for held in given.rows
    ]
    rows[at] = replace(rows[at], **{side: getattr(rows[at], side) + int(by * scale)})
    return replace(given, upper=given.upper * scale, rows=tuple(rows)), scale


def best_moved(given: Program, at: int, side: str, by: Fraction) -> Fraction | None:
    """The optimal value once one bound has moved."""
    scaled, scale = moved(given, at, side, by)
    found = best(scaled)
    return None if found is None else found / scale


def slack_basis(given: Program, at_upper: Sequence[bool] = ()) -> Basis:
    kinds = [AT_UPPER if full else AT_LOWER for full in at_upper] or [AT_LOWER] * len(given.columns)
    return Basis(np.array(kinds, dtype=np.int8), np.full(len(given.rows), BASIC, dtype=np.int8))


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Small feasible programs of round numbers, so that ties and degenerate vertices abound."""
    n, m = draw(st.integers(1, 7)), draw(st.integers(1, 5))
    gain = draw(st.lists(st.integers(-1, 3), min_size=n, max_size=n))
    den = draw(st.lists(st.sampled_from([1, 1, 2]), min_size=n, max_size=n))
    upper = draw(st.lists(st.sampled_from([0, 1, 1, 2, 3]), min_size=n, max_size=n))
    plan = [draw(st.integers(0, most)) for most in upper]
    rows = [row([1] * n, upper=sum(plan) + draw(st.integers(0, 1)))]
    for _ in range(m):
        coefs = draw(st.lists(st.sampled_from([-1, 0, 0, 1, 1, 2]), min_size=n, max_size=n))
        now = sum(coef * amount for coef, amount in zip(coefs, plan, strict=True))
        low = draw(st.sampled_from([-FREE, now, now - 1]))
        rows.append(row(coefs, low, draw(st.sampled_from([FREE, now, now + 1]))))
    return program(gain, upper, *rows, den=den)
