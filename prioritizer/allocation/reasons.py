"""What holds every project where it is: the limits that forbid it one more step, or one less.

A step is a million VND, or a whole project, or the least amount where there is nothing or at least so much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from prioritizer.allocation.choice.whole import gain_per_level, in_proportion
from prioritizer.allocation.program import FREE, SAFE, Formulation, Row
from prioritizer.model import Case, Ints
from prioritizer.results import REASONS, Reason

_NEEDING = ("at_least[", "at_most[", "decision[", "requires[")  # rows that can bring in what adds little


class Standing:
    """Where a plan stands: its level in every column, and what every row still leaves."""

    def __init__(self, form: Formulation, level: Ints, activities: Sequence[int]) -> None:
        self.form, self.level = form, level
        self.most = form.program.upper * form.levels_per_unit
        rows = form.program.rows
        held = list(zip(rows, activities, strict=True))
        self.above: list[int | Fraction] = [row.upper - now for row, now in held]
        self.below: list[int | Fraction] = [now - row.lower for row, now in held]
        if not form.plain:  # in exact proportion there may be less room than in whole millions
            exact = [in_proportion(form, row, level) for row in rows]
            self.above = [
                min(room, row.upper - x) for room, row, x in zip(self.above, rows, exact, strict=True)
            ]
            self.below = [
                min(room, x - row.lower) for room, row, x in zip(self.below, rows, exact, strict=True)
            ]
        money = form.project_of >= 0
        self.gains = form.program.gain_num > 0
        self.wanting = money & self.gains & (level < self.most)
        self.idle = money & ~self.gains & (level > 0)
        # A column of nothing but costs to come has no room for money.
        self.wanting &= form.mvnd_per_unit > 0
        self.held = _held(self)

    def touches(self, at: int) -> bool:
        """Whether not even a million VND of some project could move further towards a bound of the row."""
        largest = max(1, self.form.ledger.rows[at].largest)
        return min(self.above[at], self.below[at]) < largest


def subject(row: Row) -> str:
    """What a row speaks for: a fund or funds, a limit, a decision, a dependency, or a project."""
    return row.name[row.name.index("[") + 1 : -1]


def _held(standing: Standing) -> dict[int, list[str]]:
    """By column: the rows that forbid one more step to money worth it, or, to money that adds nothing, one
    less."""
    held: dict[int, list[str]] = defaultdict(list)
    form, steps = standing.form, _steps(standing)
    for at in _limits_first(form):
        row, above, below = form.program.rows[at], standing.above[at], standing.below[at]
        if row.largest <= min(above, below):
            continue
        per_unit = form.levels_per_unit[row.columns]
        up = row.coefs > _scaled(above, per_unit)
        up |= -row.coefs > _scaled(below, per_unit)
        down = -row.coefs > _scaled(above, per_unit)
        down |= row.coefs > _scaled(below, per_unit)
        stopped = standing.wanting[row.columns] & up | standing.idle[row.columns] & down
        for column in row.columns[stopped].tolist():
            if column not in steps:
                held[column].append(subject(row))
    uses = _uses(form, steps)
    for column, step in steps.items():
        held[column] = list(_stopped(standing, step, uses))
    if form.program.linear:
        _close_ones(standing, held)
    return held


def _scaled(room: int | Fraction, per_unit: Ints) -> Ints:
    """The room in units of every column, rounded down."""
    if room.denominator == 1:
        return min(room.numerator, SAFE // max(1, int(per_unit.max(initial=1)))) * per_unit
    units = (room.numerator * unit // room.denominator for unit in per_unit.tolist())
    return np.array([min(SAFE, each) for each in units], dtype=np.int64)


def _limits_first(form: Formulation) -> list[int]:
    """Rows in the order in which they are named: what is particular to a project before the funds."""
    rows = form.program.rows
    return sorted(range(len(rows)), key=lambda at: _is_envelope(rows[at]))


def _is_envelope(row: Row) -> bool:
    return row.name.startswith("envelope[")


def _steps(standing: Standing) -> dict[int, dict[int, int]]:
    """The next step of projects with answers of their own, in levels by column, under its money's column."""
    form = standing.form
    if form.program.linear:
        return {}
    place = {name: column for column, name in enumerate(form.program.columns)}
    cells = form.demand.milestone.tolist()
    milestone_of = dict(zip(form.column_of[: len(cells)].tolist(), cells, strict=True))
    steps: dict[int, dict[int, int]] = {}
    for column in np.flatnonzero(standing.wanting | standing.idle).tolist():
        project = subject_of(form.program.columns[column]).partition(",")[0]
        answer = place.get(f"yes[{project}]")
        done = place.get(f"done[{project},{milestone_of[column] - 1}]")
        way = 1 if standing.wanting[column] else -1
        step = {column: way}
        if answer is not None and (standing.level[answer] == 0 or way < 0):
            least = form.program.rows[_row_place(form)[f"least[{project}]"]].table[answer]
            step = {column: way * min(-least, int(standing.most[column])), answer: way}
        if done is not None and way > 0 and not standing.level[done]:
            step[done] = 1
        if answer is not None or done is not None:
            steps[column] = step
    return steps


def _row_place(form: Formulation) -> dict[str, int]:
    return {row.name: at for at, row in enumerate(form.program.rows)}


def subject_of(name: str) -> str:
    """What stands between the brackets of a name."""
    return name[name.index("[") + 1 : -1]


def _uses(form: Formulation, steps: Mapping[int, Mapping[int, int]]) -> dict[int, list[tuple[int, int]]]:
    """The rows that use a column, and their coefficients, for the columns of some steps."""
    wanted = {column for step in steps.values() for column in step}
    uses: dict[int, list[tuple[int, int]]] = {column: [] for column in wanted}
    for at in _limits_first(form) if wanted else ():
        for column in wanted & form.program.rows[at].table.keys():
            uses[column].append((at, form.program.rows[at].table[column]))
    return uses


def _stopped(
    standing: Standing, step: Mapping[int, int], uses: Mapping[int, list[tuple[int, int]]]
) -> Iterator[str]:
    """The rows that forbid a step of several columns."""
    change: dict[int, Fraction] = {}
    for column, levels in step.items():
        per_unit = int(standing.form.levels_per_unit[column])
        for at, coef in uses[column]:
            change[at] = change.get(at, Fraction(0)) + Fraction(coef * levels, per_unit)
    rows = standing.form.program.rows
    for at in sorted(change, key=lambda at: (_is_envelope(rows[at]), at)):
        if change[at] > standing.above[at] or -change[at] > standing.below[at]:
            yield subject(rows[at])


def _close_ones(standing: Standing, held: dict[int, list[str]]) -> None:
    """Made whole: no row forbids a whole step any more, but those within a step of their bound did."""
    unheld = [
        column for column in np.flatnonzero(standing.wanting | standing.idle).tolist() if not held.get(column)
    ]
    if unheld:
        rows = standing.form.program.rows
        close = [(subject(rows[at]), rows[at].table) for at in range(len(rows)) if standing.touches(at)]
        for column in unheld:
            held[column] = [name for name, coefs in close if column in coefs]


def reasons(case: Case, standing: Standing, amount: Ints) -> tuple[list[Reason | None], list[list[str]]]:
    """Per project: why it has what it has, and the names of what holds it there."""
    form = standing.form
    of_project = form.project_of
    n = len(case.register)
    money = np.flatnonzero(of_project >= 0)
    rows = of_project[money]
    worth, wanting, barred = (np.zeros(n, dtype=bool) for _ in range(3))
    worth[rows[standing.gains[money]]] = True
    wanting[rows[standing.wanting[money]]] = True
    barred[list(form.lacks)] = True
    codes = np.where(worth, np.where(wanting, _code("crowded_out"), _code("funded")), _code("below_hurdle"))
    codes = np.where(worth & wanting & (amount > 0), _code("marginal"), codes)
    codes = np.where(~worth & (amount > 0), _code("forced_in"), codes)
    codes = np.where(barred, _code("ineligible"), codes)
    named: list[list[str]] = [[] for _ in range(n)]
    # In a project that is full, a milestone that adds nothing is there for the next one: nothing holds it.
    full = codes == _code("funded")
    for column in sorted(standing.held):
        row = int(of_project[column])
        if not barred[row] and not full[row] and not named[row]:
            named[row] = list(dict.fromkeys(standing.held[column]))
    said: list[Reason | None] = [REASONS[code] for code in codes.tolist()]
    for row, names in _carried(standing, amount).items():
        said[row], named[row] = "forced_in", names
    for decision in case.scenario.decisions:
        if decision.fund == "nothing":
            row = case.register.row_of(decision.project)
            said[row], named[row] = "forced_out", [decision.id]
    return said, named


def _code(reason: Reason) -> int:
    return REASONS.index(reason)


def _carried(standing: Standing, amount: Ints) -> dict[int, list[str]]:
    """Projects that have money only because a rule needs it, and the rules: a million VND of theirs would do
    more good elsewhere, and nothing but the rule forbids to move it there.

    Elsewhere is a project still wanting, held back only by rows that the funded project uses as much.
    """
    form = standing.form
    rows = form.program.rows
    tight = [at for at, row in enumerate(rows) if row.name.startswith(_NEEDING) and standing.touches(at)]
    if not tight:
        return {}
    gain = _gains(form)
    wanting: dict[frozenset[str], tuple[Fraction | int, int]] = {}
    for column in np.flatnonzero(standing.wanting).tolist():
        held = frozenset(standing.held.get(column, ()))
        wanting[held] = max(wanting.get(held, (0, -1)), (gain[column], column))
    best = max((each for each, _ in wanting.values()), default=0)
    small = (form.project_of >= 0) & (amount[form.project_of] > 0)
    small &= np.array([0 < each < best for each in gain])
    uses: dict[int, set[str]] = {column: set() for column in np.flatnonzero(small).tolist()}
    for row in rows if uses else ():
        for column in row.columns[small[row.columns] & (row.coefs > 0)].tolist():
            uses[column].add(subject(row))
    carried: dict[int, list[str]] = {}
    for at in tight:
        for column in rows[at].columns[small[rows[at].columns]].tolist():
            need = _need(standing, at, column)
            if need <= 0:
                continue
            better = (k for held, (g, k) in wanting.items() if g > gain[column] and held <= uses[column])
            if any(need > _need(standing, at, k) for k in better):
                carried.setdefault(int(form.project_of[column]), []).append(subject(rows[at]))
    return carried


def _need(standing: Standing, at: int, column: int) -> Fraction:
    row = standing.form.program.rows[at]
    coef = Fraction(row.table.get(column, 0), int(standing.form.levels_per_unit[column]))
    return coef if row.lower > -FREE and standing.below[at] <= standing.above[at] else -coef


def _gains(form: Formulation) -> list[Fraction] | list[int]:
    program = form.program
    if (program.gain_den == 1).all() and form.plain:
        whole: list[int] = program.gain_num.tolist()
        return whole
    return [gain_per_level(form, column) for column in range(len(program.columns))]
