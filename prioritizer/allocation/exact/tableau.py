"""A linear program in exact arithmetic that is asked again and again.

A simplex tableau after Dutertre and de Moura, "A fast linear-arithmetic solver for DPLL(T)" (2006): columns
and row activities are variables alike, each between two bounds that may change at any time, and the values
at hand always keep them. A question moves one variable as far as it goes; the next question starts where the
last one ended, which is seldom far from its answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd

Exact = int | Fraction  # nearly all amounts are whole, and whole numbers are far faster


class Tableau:
    """Variables with bounds and values; all variables are columns first, then rows.

    Columns lie between 0 and ``upper`` and start at 0. ``rows`` have whole-number coefficients by column; at
    first they are bounded only by what the columns let them reach.
    """

    def __init__(self, upper: Sequence[int], rows: Sequence[Mapping[int, int]]) -> None:
        n = len(upper)
        self.lower: list[Exact] = [0] * n
        self.upper: list[Exact] = list(upper)
        for row in rows:
            ends = [coef * upper[column] for column, coef in row.items()]
            self.lower.append(sum(min(end, 0) for end in ends))
            self.upper.append(sum(max(end, 0) for end in ends))
        self.value: list[Exact] = [0] * len(self.lower)
        # Every equation says that its terms add up to 0; it is solved for the variable of ``_solved_for``,
        # whose coefficient there is negative and which stands in no other equation.
        self._equations: list[dict[int, int]] = [{**row, n + at: -1} for at, row in enumerate(rows)]
        self._solved_for = {n + at: at for at in range(len(rows))}

    def keep(self, variable: int, lower: Exact, upper: Exact) -> bool:
        """Bound a variable anew, and move it inside if it is outside.

        Where that cannot be, the answer is no and the variable is bound to the nearest value.
        """
        now = self.value[variable]
        bound = min(max(now, lower), upper)
        if now != bound:
            # The bound to reach stops the variable, so that others move no more than they must.
            self.lower[variable], self.upper[variable] = min(now, bound), max(now, bound)
            self.push(variable, 1 if now < bound else -1)
        reached = self.value[variable]
        self.lower[variable], self.upper[variable] = (
            (lower, upper) if reached == bound else (reached, reached)
        )
        return reached == bound

    def push(self, variable: int, way: int) -> None:
        """Move a variable up (1) or down (-1) as far as the bounds of all let it."""
        stalled = False
        while (entering := self._entering(variable, way, stalled)) is not None:
            stalled = not self._move(*entering)

    def _entering(self, variable: int, way: int, stalled: bool) -> tuple[int, int] | None:
        """What to move, and which way, so that ``variable`` moves: what counts most, or after a step that
        led nowhere the least index, lest the steps go round in circles (Bland's rule)."""
        at = self._solved_for.get(variable)
        slopes = {variable: 1} if at is None else self._equations[at]
        able = []
        for other, slope in slopes.items():
            up = (slope > 0) == (way > 0)
            if (other != variable or at is None) and self._can_move(other, up):
                able.append((0 if stalled else -abs(slope), other, 1 if up else -1))
        return min(able)[1:] if able else None

    def _can_move(self, variable: int, up: bool) -> bool:
        value = self.value[variable]
        return value < self.upper[variable] if up else value > self.lower[variable]

    def _move(self, entering: int, way: int) -> bool:
        """Move one variable until it or another is stopped by a bound; whether anything moved."""
        rates: dict[int, Exact] = {entering: way}
        for basic, at in self._solved_for.items():
            equation = self._equations[at]
            if entering in equation:
                rates[basic] = _ratio(-way * equation[entering], equation[basic])
        step, leaving = min((self._room(variable, rate), variable) for variable, rate in rates.items())
        if step:
            for variable, rate in rates.items():
                self.value[variable] = _plain(self.value[variable] + step * rate)
        if leaving != entering:
            self._exchange(entering, leaving)
        return step > 0

    def _room(self, variable: int, rate: Exact) -> Exact:
        bound = self.upper[variable] if rate > 0 else self.lower[variable]
        return _ratio(bound - self.value[variable], rate)

    def _exchange(self, entering: int, leaving: int) -> None:
        """Solve the equation of ``leaving`` for ``entering``, and strike that from the other equations."""
        at = self._solved_for.pop(leaving)
        pivot = self._equations[at]
        if pivot[entering] > 0:
            self._equations[at] = pivot = {variable: -coef for variable, coef in pivot.items()}
        for equation in self._equations:
            if equation is not pivot and entering in equation:
                _eliminate(equation, pivot, entering)
        self._solved_for[entering] = at


def _ratio(over: Exact, under: Exact) -> Exact:
    """The quotient, without a Fraction where none is needed."""
    if isinstance(over, int) and isinstance(under, int) and not over % under:
        return over // under
    return _plain(Fraction(over) / under)


def _plain(value: Exact) -> Exact:
    return value.numerator if value.denominator == 1 else value


def _eliminate(equation: dict[int, int], pivot: Mapping[int, int], variable: int) -> None:
    """Add a multiple of ``pivot``, whose coefficient is negative, so that ``variable`` goes."""
    common = gcd(equation[variable], pivot[variable])
    own, factor = -pivot[variable] // common, equation[variable] // common
    if own != 1:
        for key in equation:
            equation[key] *= own
    for key, coef in pivot.items():
        left = equation.get(key, 0) + factor * coef
        if left:
            equation[key] = left
        else:
            equation.pop(key, None)
    divisor = gcd(*equation.values()) if own != 1 else 1
    if divisor > 1:
        for key in equation:
            equation[key] //= divisor
