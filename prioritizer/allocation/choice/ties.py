"""One answer among equals: the optimal face, and the stated rule that picks one plan on it.

The rule: among the plans of greatest value, (1) give as little as possible to projects that add nothing,
then (2) fund as fully as possible project by project, in the recorded order. Exact duals say which columns
and rows are already decided; what is left to move is grouped into classes of columns that no row tells
apart, so that the steps of the rule are tiny programs over class totals.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.choice.classes import Classes
from prioritizer.allocation.exact.simplex import Vertex, optimal_vertex
from prioritizer.allocation.program import Program, restricted
from prioritizer.errors import Defect
from prioritizer.model import Ints


@dataclass(frozen=True)
class Settled:
    """The plan of the rule: int64[n], rounded down where ``parts`` has the exact amount.

    ``unique`` says whether it is the only optimum (``None``: not known); ``moved`` is the money, in million
    VND, that another optimum places elsewhere, ``tied`` the columns that have more or less in one.
    """

    amount: Ints
    parts: dict[int, Fraction]
    unique: bool | None
    moved: Fraction
    tied: tuple[int, ...]


@dataclass(frozen=True)
class Face:
    """What is left to move on an optimal face: a program over the ``free`` columns, the others ``fixed``."""

    program: Program
    free: Ints
    fixed: Ints


def settle(program: Program, vertex: Vertex, order: Ints, money: Ints, pro_rata: bool = False) -> Settled:
    """The plan that the rule picks among the optima of a linear program.

    ``order``, int64[n], is the rule's order of all columns; ``money``, int64[n], what one unit of a column
    is in million VND, 0 for columns that are no money. Under ``pro_rata`` the tied get equal shares instead
    of one after the other.
    """
    if _is_single(vertex):
        return _packed(vertex.amount, vertex.basic, unique=True)
    face = _face(program, vertex, np.arange(len(program.columns)), np.zeros_like(program.upper))
    face, unique = _nothing_for_nothing(face, money)
    place = {column: at for at, column in enumerate(face.free.tolist())}
    queue = [place[column] for column in order.tolist() if column in place]
    classes = Classes(face.program)
    free = face.free.tolist()
    paying = [at for at in queue if money[free[at]]] if pro_rata else []
    filled = classes.shared(paying) if paying else {}
    filled |= classes.filled([at for at in queue if at not in filled])
    moved = sum(
        ((amount - classes.least(at)) * int(money[free[at]]) for at, amount in filled.items()), Fraction(0)
    )
    tied = tuple(
        free[at] for at, amount in filled.items() if not classes.least(at) == amount == classes.most(at)
    )
    amounts = {free[at]: amount for at, amount in filled.items()}
    return _packed(face.fixed, amounts, unique and not tied, moved, tied)


def _packed(
    fixed: Ints,
    amounts: dict[int, Fraction],
    unique: bool | None,
    moved: Fraction = Fraction(0),
    tied: tuple[int, ...] = (),
) -> Settled:
    amount = fixed.copy()
    for column, value in amounts.items():
        amount[column] = value.numerator // value.denominator
    parts = {column: value for column, value in amounts.items() if value.denominator != 1}
    return Settled(amount, parts, unique, moved, tied)


def _face(program: Program, vertex: Vertex, names: Ints, fixed: Ints) -> Face:
    """The optimal face through ``vertex``: a nonzero reduced cost fixes its column, a nonzero dual its row.

    ``names`` are the program's columns in the numbering of ``fixed``, which is copied and completed.
    """
    loose = vertex.sign == 0
    fixed = fixed.copy()
    fixed[names[~loose]] = vertex.amount[~loose]
    ends = {
        at: (program.rows[at].upper if dual > 0 else program.rows[at].lower)
        for at, dual in vertex.dual.items()
    }
    free = np.flatnonzero(loose)
    equal = {at: (end, end) for at, end in ends.items()}
    return Face(restricted(program, free, np.where(loose, 0, vertex.amount), equal), names[free], fixed)


def _is_single(vertex: Vertex) -> bool:
    """Strict complementarity: no column at a bound and no tight row is free to move."""
    return int(np.count_nonzero(vertex.sign == 0)) == len(vertex.basic) == len(vertex.dual)


def _nothing_for_nothing(face: Face, money: Ints) -> tuple[Face, bool]:
    """The part of the face that gives least to money that adds nothing, and whether that is all of it."""
    idle = np.where(face.program.gain_num == 0, money[face.free], 0)
    if not idle.any():
        return face, True
    least, most = _extreme(face.program, -idle), _extreme(face.program, idle)
    smaller = _face(_with_gain(face.program, -idle), least, face.free, face.fixed)
    # The gain of the smaller face's program no longer matters: all its plans are equally good.
    return smaller, _total(least, idle > 0) == _total(most, idle > 0)


def _total(vertex: Vertex, chosen: npt.NDArray[np.bool_]) -> Fraction:
    return sum((vertex.exact(column) for column in np.flatnonzero(chosen).tolist()), Fraction(0))


def _with_gain(program: Program, gain: Ints) -> Program:
    return replace(program, gain_num=gain, gain_den=np.ones_like(gain))


def _extreme(program: Program, gain: Ints) -> Vertex:
    vertex = optimal_vertex(_with_gain(program, gain))
    if vertex is None:
        raise Defect("the optimal face lost its own optimum")
    return vertex
