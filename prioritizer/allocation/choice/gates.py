"""Gates: answers that only open the way to further money, such as "this milestone is full".

An open gate through which nothing goes is the same plan as a closed one. If both counted as plans, a hundred
milestones would make 2^100 that are equally good; so a gate stands open only where something goes through.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from prioritizer.allocation.choice.alike import Amounts
from prioritizer.allocation.program import FREE, Program, Row
from prioritizer.model import Ints


def closed(program: Program, amounts: Amounts, money: Ints) -> tuple[Program, Amounts]:
    """The program with its gates closed unless at least a million VND goes through, and a plan of it.

    ``money``, int64[n], is what a unit of each column is in million VND; of what is no money a unit goes
    through. A gate through which the plan sends less than a million is left as it is.
    """
    rows, plan = list(program.rows), dict(amounts)
    for gate, behind in _gates(program, money).items():
        units = np.maximum(money[behind], 1).tolist()
        through = sum(amounts[column] * unit for column, unit in zip(behind, units, strict=True))
        if 0 < through < 1:
            continue
        plan[gate] = plan[gate] if through else 0
        columns, coefs = np.array([*behind, gate], dtype=np.int64), np.array([*units, -1], dtype=np.int64)
        rows.append(Row(f"gate[{program.columns[gate]}]", columns, coefs, 0, FREE))
    return replace(program, rows=tuple(rows)), plan


def _gates(program: Program, money: Ints) -> Mapping[int, list[int]]:
    """By gate, the columns that must be nothing while it is closed."""
    idle = program.whole & (program.upper == 1) & (program.gain_num == 0) & (money == 0)
    behind: dict[int, dict[int, None]] = {column: {} for column in np.flatnonzero(idle).tolist()}
    needed: dict[int, set[int]] = {column: set() for column in behind}
    for row in program.rows:
        for gate in row.columns[idle[row.columns]].tolist():
            if gate not in behind:
                continue
            others = [column for column in row.columns.tolist() if column != gate]
            if _opens(row, gate):
                behind[gate] |= dict.fromkeys(others)
            elif _asks(row, gate):
                needed[gate] |= set(others)
            else:
                del behind[gate]
    return {gate: list(found) for gate, found in behind.items() if not needed[gate] & set(found)}


def _opens(row: Row, gate: int) -> bool:
    """Whether a row says: nothing while the gate is closed."""
    return row.lower <= -FREE and row.upper == 0 and _alone_negative(row, gate)


def _asks(row: Row, gate: int) -> bool:
    """Whether a row only asks for something where the gate is open."""
    return row.upper >= FREE and row.table[gate] < 0


def _alone_negative(row: Row, gate: int) -> bool:
    negative: npt.NDArray[np.bool_] = row.coefs < 0
    return bool(negative.sum() == 1) and row.table[gate] < 0
