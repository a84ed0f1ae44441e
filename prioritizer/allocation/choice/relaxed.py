"""What the relaxation says of a program with yes-or-no answers: how much no plan can exceed, and what it
costs to depart from it.

By duality the gain of a plan is the relaxation's optimum less what the plan loses: the reduced cost of every
unit by which a column leaves the bound where the relaxation has it, and the dual of every unit that a row
leaves unused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from prioritizer.allocation.choice.alike import plain
from prioritizer.allocation.exact.simplex import Vertex, optimal_vertex
from prioritizer.allocation.exact.tableau import Exact
from prioritizer.allocation.program import Program
from prioritizer.allocation.solvers.highs import Basis


@dataclass(frozen=True)
class Relaxed:
    """A program, the optimum of its relaxation, and what that is worth."""

    program: Program
    root: Vertex
    bound: Fraction

    def reduced(self) -> list[Fraction]:
        """The reduced cost of every column, exact: positive where the relaxation has it at its upper end."""
        costs, scale = self.root.reduced
        return [
            Fraction(cost, scale * den)
            for cost, den in zip(costs.tolist(), self.program.gain_den.tolist(), strict=True)
        ]

    def decided(self, reduced: Sequence[Fraction], room: Fraction) -> list[bool]:
        """The columns that stand at their bound in every plan that loses at most ``room``."""
        whole, upper = self.program.whole.tolist(), self.program.upper.tolist()
        return [
            not most or (abs(cost) > room if one else bool(cost) and not room)
            for cost, one, most in zip(reduced, whole, upper, strict=True)
        ]


def relaxation(program: Program, start: Basis | None = None) -> Relaxed | None:
    """The relaxation, solved exactly, from the basis ``start`` if given; ``None`` where it has no plan."""
    root = optimal_vertex(program, start)
    return None if root is None else standing_at(program, root)


def standing_at(program: Program, root: Vertex) -> Relaxed:
    """The relaxation of a program whose optimal vertex is known."""
    return Relaxed(program, root, gain_at(program, root))


def gain_at(program: Program, vertex: Vertex) -> Fraction:
    """What is gained at a vertex, exact."""
    basic = {column: plain(part) for column, part in vertex.basic.items()}
    return program.gained(vertex.amount) + gain_of(program, basic)


def gain_of(program: Program, amounts: Mapping[int, Exact]) -> Fraction:
    """What amounts gain, exact; columns that are not there have none."""
    by_den: dict[int, Exact] = {}
    for column, amount in amounts.items():
        if amount:
            den = int(program.gain_den[column])
            by_den[den] = by_den.get(den, 0) + int(program.gain_num[column]) * amount
    return sum((Fraction(num) / den for den, num in by_den.items()), Fraction(0))
