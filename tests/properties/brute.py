"""The judge: every whole-million plan of a tiny case, and the rules read plainly from the scenario.

Nothing here knows how the engine states or solves a program. A project can be funded in some *ways*: so much
money for each of its milestones (one where there are none), its costs following in proportion. A plan takes
one way of every project; all of them are tried, and the rules are counted up over them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations, pairwise, product
from math import ceil, floor, lcm

import numpy as np
import numpy.typing as npt

from prioritizer.model import Bound, Case, Ints, Limit
from prioritizer.results import Plan, Scores

MOST_PLANS = 150_000


@dataclass(frozen=True)
class Cell:
    """The State's part of one cost, in million VND, and the funds (by place) that may pay it. ``funded`` is
    false for years that no fund is of."""

    milestone: int
    year: str
    kind: str
    cost: int
    funded: bool
    payers: frozenset[int]


@dataclass(frozen=True)
class Way:
    """One way to fund a project: million VND paid by milestone, and what that makes of each cell, in whole
    millions and in exact proportion."""

    paid: tuple[int, ...]
    cells: tuple[int, ...]
    exact: tuple[Fraction, ...]

    @property
    def total(self) -> int:
        return sum(self.paid)


@dataclass(frozen=True)
class Best:
    """The greatest worth of any plan, in 1e-4 point-million (``funding``) or 1e-4 point; the plan of the tie
    rule, paid by milestone; and how many plans are worth as much."""

    worth: Fraction
    paid: tuple[tuple[int, ...], ...]
    equals: int


class Judge:
    """A case as an official would read it."""

    def __init__(self, case: Case, scores: Scores) -> None:
        self.case, self.scenario, self.scores = case, case.scenario, scores
        self.n = len(case.register)
        self.reach = [Fraction(1)] * self.n
        self.cells = [self._cells(row) for row in range(self.n)]

    @cached_property
    def ways(self) -> list[list[Way]]:
        """The ways to fund every project."""
        return [self._ways(row) for row in range(self.n)]

    # ---------------------------------------------------------------- projects

    def _cells(self, row: int) -> list[Cell]:
        case, costs = self.case, self.case.costs
        own = np.flatnonzero(costs.project == row).tolist()
        amounts = [int(costs.cost_mvnd[at]) for at in own]
        total, offered = sum(amounts), 0
        if case.register.cofinance_mvnd is not None:
            offered = int(case.register.cofinance_mvnd[row])
        cap = self.scenario.state_share_cap.get(case.register.columns["class"][row], Fraction(1))
        state = Fraction(total - offered, total)
        if state > cap:
            # The State may pay no more than ``cap`` of what is spent, others no more than they offer.
            state, self.reach[row] = cap, min(Fraction(1), Fraction(offered, total) / (1 - cap))
        amounts = in_proportion(floor(state * self.reach[row] * total), amounts)
        return [
            Cell(
                int(costs.milestone[at]),
                costs.year[at],
                costs.kind[at],
                amount,
                any(fund.year == costs.year[at] for fund in self.scenario.funds),
                self._payers(costs.year[at], costs.kind[at]),
            )
            for at, amount in zip(own, amounts, strict=True)
        ]

    def _payers(self, year: str, kind: str) -> frozenset[int]:
        """Funds of the year that pay the kind; an unstated kind may be any, so only those that pay all."""
        funds = self.scenario.funds
        kinds = {each for each in self.case.costs.kind.levels if each}
        kinds |= {each for fund in funds for each in fund.pays}
        asked = {kind} if kind else kinds
        may = (at for at, fund in enumerate(funds) if not fund.pays or asked <= set(fund.pays))
        return frozenset(at for at in may if funds[at].year == year)

    def barred(self, row: int) -> bool:
        """Whether a project may get no money at all."""
        unpayable = any(cell.funded and not cell.payers for cell in self.cells[row])
        short = self.reach[row] == 0 or (self.reach[row] < 1 and self.rule(row) == "whole")
        return row in self.scores.lacks or unpayable or short or not self.most(row)

    def rule(self, row: int) -> str:
        return self.case.register.columns["funding"][row] or "flexible"

    @property
    def waits(self) -> bool:
        """Whether a milestone falls in years without a fund altogether: it costs no money that is decided."""
        pairs = ((row, number) for row in range(self.n) for number in self.milestones(row))
        return any(self.cost(*pair) and not self.most(*pair) for pair in pairs if not self.barred(pair[0]))

    def milestones(self, row: int) -> list[int]:
        return sorted({cell.milestone for cell in self.cells[row]})

    def most(self, row: int, milestone: int | None = None) -> int:
        """What the funds are asked for."""
        own = (cell for cell in self.cells[row] if milestone in (None, cell.milestone))
        return sum(cell.cost for cell in own if cell.funded)

    def cost(self, row: int, milestone: int | None = None) -> int:
        """What the State has to pay in all years, those without a fund included."""
        return sum(cell.cost for cell in self.cells[row] if milestone in (None, cell.milestone))

    def least(self, row: int) -> int:
        """What a project gets if it gets anything."""
        minimum, most = self.case.register.minimum_mvnd, self.most(row)
        if self.rule(row) == "whole":
            return most
        own = 0 if minimum is None else int(minimum[row])
        return min(max(1, own, self.scenario.least_grant_mvnd or 0), most)

    def _ways(self, row: int) -> list[Way]:
        if self.barred(row):
            return [self._way(row, tuple(0 for _ in self.milestones(row)))]
        most = [self.most(row, milestone) for milestone in self.milestones(row)]
        ways = []
        for paid in product(*(range(each + 1) for each in most)):
            # A milestone is paid only after all before it are full.
            after = all(paid[:at] == tuple(most[:at]) for at, now in enumerate(paid) if now)
            if after and (not any(paid) or sum(paid) >= self.least(row)):
                ways.append(self._way(row, paid))
        return ways

    def _way(self, row: int, paid: tuple[int, ...]) -> Way:
        """Costs of a milestone in proportion, what no fund pays rounded up."""
        whole: dict[int, int] = {}
        exact: dict[int, Fraction] = {}
        for milestone, money in zip(self.milestones(row), paid, strict=True):
            own = {at: cell for at, cell in enumerate(self.cells[row]) if cell.milestone == milestone}
            full = self.most(row, milestone)
            exact |= {at: Fraction(cell.cost * money, full or 1) for at, cell in own.items()}
            funded = [at for at, cell in own.items() if cell.funded]
            parts = in_proportion(money, [own[at].cost for at in funded])
            whole |= {at: ceil(exact[at]) for at in own} | dict(zip(funded, parts, strict=True))
        places = range(len(self.cells[row]))
        return Way(paid, tuple(whole[at] for at in places), tuple(exact[at] for at in places))

    def share(self, row: int, way: Way) -> Fraction:
        """The share of a project that is funded: of what it asks of the funds."""
        return Fraction(way.total, self.most(row)) if way.total else Fraction(0)

    def gain(self, row: int, place: int) -> Fraction:
        """What a milestone in full adds (the only one where there are none)."""
        milestone, objective = self.milestones(row)[place], self.scenario.objective
        part = self.case.costs.value_share.get((row, milestone), Fraction(1))
        value, hurdle = part * int(self.scores.value_e4[row]), objective.hurdle_e4
        if objective.basis == "funding":
            return value * self.most(row) - hurdle * self.most(row, milestone)
        return value * self.reach[row] - Fraction(hurdle * self.cost(row, milestone), 1000)

    def gain_of(self, row: int, way: Way) -> Fraction:
        """What a way to fund a project adds."""
        full = [self.most(row, milestone) for milestone in self.milestones(row)]
        parts = enumerate(zip(way.paid, full, strict=True))
        return sum((self.gain(row, at) * Fraction(x, most) for at, (x, most) in parts if x), Fraction(0))

    def idle(self, row: int, way: Way) -> int:
        """The money of a way that adds nothing, neither good nor bad."""
        return sum(money for at, money in enumerate(way.paid) if money and self.gain(row, at) == 0)

    # ---------------------------------------------------------------- plans

    @property
    def size(self) -> int:
        size = 1
        for ways in self.ways:
            size *= len(ways)
        return size

    @cached_property
    def plans(self) -> Ints:
        """All plans, int64[n, plans]: the place of each project's way."""
        assert self.size <= MOST_PLANS
        shape = [len(ways) for ways in self.ways]
        return np.indices(shape).reshape(self.n, -1)

    def tally(self, plans: Ints, weigh: Callable[[int, Way], Fraction | int]) -> tuple[Ints, int]:
        """The sum of something over each plan's ways, as whole numbers over one denominator."""
        tables = [[Fraction(weigh(row, way)) for way in ways] for row, ways in enumerate(self.ways)]
        scale = lcm(*(each.denominator for table in tables for each in table))
        total = np.zeros(plans.shape[1], dtype=np.int64)
        for row, table in enumerate(tables):
            total += np.array([int(each * scale) for each in table], dtype=np.int64)[plans[row]]
        return total, scale

    def count(self, plans: Ints, weigh: Callable[[int, Way], int]) -> Ints:
        """As :meth:`tally`, of whole numbers."""
        return self.tally(plans, weigh)[0]

    def money(self, plans: Ints, chosen: Callable[[int, Cell], Fraction | int], exact: bool) -> Ints:
        """The money of chosen cells, each so many times: in exact proportion, rounded up, or as paid."""

        def weigh(row: int, way: Way) -> Fraction | int:
            pairs = zip(self.cells[row], way.exact if exact else way.cells, strict=True)
            return sum((amount * chosen(row, cell) for cell, amount in pairs), Fraction(0))

        total, scale = self.tally(plans, weigh)
        return -(-total // scale)

    # ---------------------------------------------------------------- rules

    def held(self) -> list[int]:
        """What every fund holds, less its reserves; a reserve that names no fund is of the first."""
        funds = self.scenario.funds
        reserves = [(each.fund or funds[0].id, each.amount_mvnd) for each in self.scenario.reserves]
        return [fund.amount_mvnd - sum(x for name, x in reserves if name == fund.id) for fund in funds]

    def rules(self, plans: Ints) -> Iterator[tuple[str, npt.NDArray[np.bool_]]]:
        """Every rule by name, and which plans keep it, in whole millions and in exact proportion alike."""
        held, funds = self.held(), range(len(self.scenario.funds))
        for some in chain.from_iterable(combinations(funds, size) for size in range(1, len(funds) + 1)):
            for exact in (False, True):
                asked = self.money(plans, lambda _, c, some=some: c.funded and c.payers <= set(some), exact)
                yield f"funds {some}", asked <= sum(held[fund] for fund in some)
        for limit in self.scenario.limits:
            if limit.penalty_e4 is None:
                yield limit.id, self.broken(plans, limit) == 0
        for row, decision in ((self.row(each.project), each) for each in self.scenario.decisions):
            paid = self.count(plans, lambda at, way, row=row: way.total if at == row else 0)
            if decision.fund:
                yield decision.id, paid == (self.most(row) if decision.fund == "full" else 0)
            else:
                yield decision.id, paid >= (decision.at_least_mvnd or decision.locked_mvnd or 0)
        for each in self.scenario.dependencies:
            yield (
                each.id,
                self._requires(plans, self.row(each.project), self.row(each.requires), each.in_full),
            )

    def row(self, name: str) -> int:
        return self.case.register.ids.index(name)

    def _requires(self, plans: Ints, row: int, other: int, in_full: bool) -> npt.NDArray[np.bool_]:
        mine, theirs = ([self.share(at, way) for way in self.ways[at]] for at in (row, other))
        allowed = [[a <= b and not (in_full and a and b < 1) for b in theirs] for a in mine]
        return np.array(allowed)[plans[row], plans[other]]

    def broken(self, plans: Ints, limit: Limit) -> Ints:
        """By how much each plan breaks a limit, in projects or in million VND rounded up."""
        total = np.zeros(plans.shape[1], dtype=np.int64)
        for bound, sign in ((limit.at_most, 1), (limit.at_least, -1)):
            if bound is not None:
                beyond = (self._beyond(plans, limit, bound, sign, exact) for exact in (False, True))
                total += np.maximum(0, np.maximum(*beyond))
        return total

    def _beyond(self, plans: Ints, limit: Limit, bound: Bound, sign: int, exact: bool) -> Ints:
        rows = set(np.flatnonzero(self.case.register.selected_by(limit)).tolist())
        years, kinds = limit.where.get("year"), limit.where.get("kind")

        def counts(cell: Cell) -> bool:
            return cell.funded if years is None else cell.year in years

        def chosen(row: int, cell: Cell) -> bool:
            return row in rows and counts(cell) and (kinds is None or cell.kind in kinds)

        if bound.count is not None:
            return sign * (self.count(plans, lambda row, way: row in rows and way.total > 0) - bound.count)
        if bound.share_of_allocated is not None:
            share = bound.share_of_allocated
            return self.money(
                plans, lambda row, cell: sign * (chosen(row, cell) - share * counts(cell)), exact
            )
        funds = (fund for fund in self.scenario.funds if years is None or fund.year in years)
        amount = bound.of_envelope(sum(fund.amount_mvnd for fund in funds))
        assert amount is not None
        money = self.money(plans, lambda row, cell: sign * chosen(row, cell), exact)
        return money - (floor(amount) if sign > 0 else -ceil(amount))

    def worth(self, plans: Ints) -> tuple[Ints, int]:
        """What plans are worth, as whole numbers over one denominator."""
        total, scale = self.tally(plans, self.gain_of)
        for limit in self.scenario.limits:
            price = self.price(limit)
            more = lcm(scale, price.denominator) // scale
            total, scale = total * more, scale * more
            if price:
                total = total - int(price * scale) * self.broken(plans, limit)
        return total, scale

    def price(self, limit: Limit) -> Fraction:
        """What breaking a limit costs: points per billion VND, or per project."""
        penalty = limit.penalty_e4 or 0
        per_project = any(each and each.count is not None for each in (limit.at_least, limit.at_most))
        per_bn = self.scenario.objective.basis == "project"
        if per_project:
            return Fraction(penalty if per_bn else 1000 * penalty)
        return Fraction(penalty, 1000) if per_bn else Fraction(penalty)

    def order(self) -> list[int]:
        """The tie rule's order: as named, then higher value at mid, smaller ask, id."""
        named = [self.row(name) for name in self.scenario.tie_order]
        mid, ask = self.scores.mid_e4.tolist(), self.case.register.ask_mvnd.tolist()
        rest = sorted(set(range(self.n)) - set(named), key=lambda row: (-mid[row], ask[row], row))
        return [*named, *rest]

    def best(self) -> Best | None:
        """The best plan of all, and among equals the tie rule's; ``None`` where every plan breaks a rule."""
        keeps = np.ones(self.plans.shape[1], dtype=bool)
        for _, holds in self.rules(self.plans):
            keeps &= holds
        plans = self.plans[:, keeps]
        if not plans.shape[1]:
            return None
        worth, scale = self.worth(plans)
        plans = plans[:, worth == worth.max()]
        equals = plans.shape[1]
        idle = self.count(plans, self.idle)
        plans = plans[:, idle == idle.min()]
        for row in self.order():
            for place in range(len(self.milestones(row))):
                paid = np.array([way.paid[place] for way in self.ways[row]])[plans[row]]
                plans = plans[:, paid == paid.max()]
        assert plans.shape[1] == 1
        ways = [self.ways[row][at] for row, at in enumerate(plans[:, 0].tolist())]
        return Best(Fraction(int(worth.max()), scale), tuple(way.paid for way in ways), equals)

    # ---------------------------------------------------------------- a given plan

    def paid(self, plan: Plan) -> tuple[tuple[int, ...], ...]:
        """What a plan pays by project and milestone, added up from its payments."""
        return tuple(
            tuple(
                sum(
                    each.amount_mvnd
                    for each in plan.payments
                    if each.project == row and each.milestone == milestone and each.fund is not None
                )
                for milestone in self.milestones(row)
            )
            for row in range(self.n)
        )

    def faults(self, plan: Plan) -> list[str]:
        """What is wrong with a plan; nothing where it keeps every rule and says what it is worth."""
        paid, found = self.paid(plan), []
        if [sum(each) for each in paid] != plan.amount_mvnd.tolist():
            found.append("payments and amounts differ")
        places = []
        for row, each in enumerate(paid):
            at = next((at for at, way in enumerate(self.ways[row]) if way.paid == each), None)
            if at is None:
                return [*found, f"no way to fund {self.case.register.ids[row]}: {each}"]
            places.append(at)
        chosen = np.array(places, dtype=np.int64).reshape(self.n, 1)
        found += [f"{name} is broken" for name, holds in self.rules(chosen) if not holds[0]]
        found += self._payment_faults(plan, places)
        worth, scale = self.worth(chosen)
        unit = 10**9 if self.scenario.objective.basis == "funding" else 10**4
        if plan.objective != Fraction(int(worth[0]), scale * unit):
            found.append(f"worth {Fraction(int(worth[0]), scale * unit)}, not {plan.objective}")
        return found

    def _payment_faults(self, plan: Plan, places: list[int]) -> Iterator[str]:
        """Every cell is paid what its way says, by funds that may, from what they hold."""
        names = [fund.id for fund in self.scenario.funds]
        left = dict(zip(names, self.held(), strict=True))
        due: dict[tuple[int, int, str, str], int] = {}
        cell_of: dict[tuple[int, int, str, str], Cell] = {}
        for row, at in enumerate(places):
            for cell, amount in zip(self.cells[row], self.ways[row][at].cells, strict=True):
                due[row, cell.milestone, cell.year, cell.kind] = amount
                cell_of[row, cell.milestone, cell.year, cell.kind] = cell
        for each in plan.payments:
            key = each.project, each.milestone, each.year, each.kind
            due[key] -= each.amount_mvnd
            if each.fund is not None:
                left[each.fund] -= each.amount_mvnd
            if (each.fund is not None) != cell_of[key].funded:
                yield f"{key}: paid by {each.fund}"
            if each.fund is not None and names.index(each.fund) not in cell_of[key].payers:
                yield f"{key}: {each.fund} may not pay"
            if each.amount_mvnd <= 0:
                yield f"{key}: a payment of nothing"
        yield from (f"{key}: {amount} not as due" for key, amount in due.items() if amount)
        yield from (f"{name} pays too much" for name, amount in left.items() if amount < 0)


def in_proportion(total: int, costs: list[int]) -> list[int]:
    """``total`` over costs: what the first ones have together is their share, rounded down."""
    whole = sum(costs)
    upto = [total * sum(costs[:at]) // whole if whole else 0 for at in range(len(costs) + 1)]
    return [after - before for before, after in pairwise(upto)]
