"""Small programs with yes-or-no answers, and their plans by trying everything."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random

import numpy as np

from prioritizer.allocation.exact.simplex import optimal_vertex
from prioritizer.allocation.program import FREE, Program, Row, restricted
from prioritizer.model import Ints

Answer = tuple[
    Fraction, list[Fraction], bool, Fraction, tuple[int, ...]
]  # gain, amounts, unique, moved, tied


def row(name: str, terms: list[tuple[int, int]], lower: int, upper: int) -> Row:
    columns, coefs = np.array(terms, dtype=np.int64).reshape(-1, 2).T
    return Row(name, columns, coefs, lower, upper)


def program(upper: list[int], gain: list[int], whole: list[bool], rows: list[Row]) -> Program:
    names = tuple(f"x{at}" for at in range(len(upper)))
    numbers = np.array(upper, dtype=np.int64), np.array(gain, dtype=np.int64)
    return Program(names, *numbers, np.ones(len(gain), np.int64), tuple(rows), np.array(whole))


class Draft:
    """A program in the making: projects funded in whole, from a minimum on, or freely."""

    def __init__(self) -> None:
        self.upper, self.gain, self.whole, self.money = [], [], [], []
        self.rows: list[Row] = []
        self.paying: list[int] = []
        self.answers: list[int] = []

    def column(self, upper: int, gain: int, whole: bool, money: int) -> int:
        self.upper.append(upper)
        self.gain.append(gain)
        self.whole.append(whole)
        self.money.append(money)
        return len(self.upper) - 1

    def project(self, kind: str, cost: int, value: int) -> None:
        if kind == "whole":
            self.paying.append(self.column(1, value * cost, True, cost))
            self.answers.append(self.paying[-1])
            return
        self.paying.append(self.column(cost, value, False, 1))
        if kind == "minimum":
            pay, yes = self.paying[-1], self.column(1, 0, True, 0)
            self.answers.append(yes)
            self.rows.append(row(f"least[{pay}]", [(pay, 1), (yes, -max(1, cost // 2))], 0, FREE))
            self.rows.append(row(f"only_if[{pay}]", [(pay, 1), (yes, -cost)], -FREE, 0))

    def budget(self, name: str, paying: list[int], upper: int) -> None:
        self.rows.append(row(name, [(at, self.money[at]) for at in paying], -FREE, upper))

    def done(self) -> tuple[Program, Ints, Ints]:
        made = program(self.upper, self.gain, self.whole, self.rows)
        rest = [at for at in range(len(self.upper)) if at not in self.paying]
        return made, np.array([*self.paying, *rest]), np.array(self.money, dtype=np.int64)


def all_whole(seed: int) -> tuple[Program, Ints, Ints]:
    """Projects in whole and further answers under rows of any kind; round numbers, so that ties abound."""
    chance = Random(seed)
    n = chance.randint(1, 8)
    money = [chance.choice([0, 1, 2, 2, 3, 4, 4, 5]) for _ in range(n)]
    gain = [chance.choice([-1, 0, 1, 2, 3, m, m, 2 * m]) if m else chance.choice([0, 0, -1]) for m in money]
    upper = [chance.choice([1, 1, 1, 0]) if m else chance.choice([1, 1, 2]) for m in money]
    rows = []
    for at in range(chance.randint(0, 3)):
        chosen = sorted(chance.sample(range(n), chance.randint(1, n)))
        kind = chance.choice(["money", "count", "any"])
        coefs = [{"money": money[c], "count": 1}.get(kind, chance.choice([1, 2, 2, -1])) for c in chosen]
        most = max(1, sum(map(abs, coefs)))
        least = -FREE if chance.random() < 0.7 else chance.randint(0, max(1, most // 2))
        above = chance.randint(0, most) if chance.random() < 0.8 else FREE
        rows.append(row(f"r{at}", [(c, k) for c, k in zip(chosen, coefs, strict=True) if k], least, above))
    order = chance.sample(range(n), n)
    return program(upper, gain, [True] * n, rows), np.array(order), np.array(money)


def of_all_kinds(seed: int) -> tuple[Program, Ints, Ints]:
    """Few projects of every funding rule, some of them clones, with a budget, a ceiling or share, counts."""
    chance, draft = Random(seed), Draft()
    given = "free", 2, 1
    for _ in range(chance.randint(2, 5)):
        kind = chance.choice(["free", "whole", "minimum", "minimum"])
        fresh = kind, chance.choice([2, 3, 4, 4, 6]), chance.choice([0, 1, 2, 2, 3])
        given = fresh if chance.random() < 0.6 else given
        draft.project(*given)
    paying, answers = draft.paying, draft.answers
    total = sum(draft.upper[at] * draft.money[at] for at in paying)
    draft.budget("envelope", paying, chance.randint(1, total))
    if answers and chance.random() < 0.5:
        ones = [(at, 1) for at in answers]
        low = chance.randint(0, 1) if chance.random() < 0.4 else -FREE
        draft.rows.append(row("count", ones, low, chance.randint(1, len(answers))))
    some = sorted(chance.sample(paying, chance.randint(1, len(paying))))
    if chance.random() < 0.3:
        draft.budget("ceiling", some, chance.randint(1, total))
    elif chance.random() < 0.4:
        terms = [(at, (3 * (at in some) - 1) * draft.money[at]) for at in paying]
        draft.rows.append(row("share", terms, -FREE, 0))
    return draft.done()


# ------------------------------------------------------------------ by trying everything


def by_all_plans(made: Program, order: Ints, money: Ints) -> Answer | None:
    """The answer of the rule where all columns are whole, from every plan there is."""
    every = product(*(range(int(upper) + 1) for upper in made.upper))
    plans = [plan for plan in every if _whole_rows_hold(made, dict(enumerate(plan)))]
    if not plans:
        return None
    gains = [sum(int(gain) * many for gain, many in zip(made.gain_num, plan, strict=True)) for plan in plans]
    equal = [plan for plan, gain in zip(plans, gains, strict=True) if gain == max(gains)]
    idle = [at for at in range(len(money)) if money[at] and not made.gain_num[at]]
    paid = [at for at in order.tolist() if money[at]]
    rest = [at for at in range(len(money)) if not money[at]]

    def key(plan: tuple[int, ...]) -> tuple[int, ...]:
        spared = -sum(plan[at] * int(money[at]) for at in idle)
        return spared, *(plan[at] for at in paid), *(-plan[at] for at in rest)

    best = max(equal, key=key)
    tied = tuple(sorted(at for at in paid if len({plan[at] for plan in equal}) > 1))
    moved = sum(int(money[at]) * (best[at] - min(plan[at] for plan in equal)) for at in tied)
    return Fraction(max(gains)), [Fraction(many) for many in best], not tied, Fraction(moved), tied


def by_trying(made: Program, order: Ints, money: Ints) -> Answer | None:
    """The answer of the rule, from every pattern of whole columns and exact linear programs."""
    plans = list(_plans(made))
    if not plans:
        return None
    best = max(gain for gain, _ in plans)
    equal = [rest for gain, rest in plans if gain == best]
    idle = [at for at in range(len(money)) if money[at] and not made.gain_num[at]]
    paid = [at for at in order.tolist() if money[at]]
    unpaid = [at for at in range(len(money)) if not money[at]]
    steps = [{at: -int(money[at]) for at in idle}, *({at: 1} for at in paid), *({at: -1} for at in unpaid)]
    faces = equal
    for step in steps:
        most = [_most(face, step) for face in faces]
        faces = [
            _kept(face, step, max(most)) for face, has in zip(faces, most, strict=True) if has == max(most)
        ]
    amounts = [_most(faces[0], {at: 1}) for at in range(len(money))]
    least = {at: min(-_most(face, {at: -1}) for face in equal) for at in paid}
    most = {at: max(_most(face, {at: 1}) for face in equal) for at in paid}
    tied = tuple(sorted(at for at in paid if least[at] != most[at]))
    moved = sum((int(money[at]) * (amounts[at] - least[at]) for at in tied), Fraction(0))
    return best, amounts, not tied, moved, tied


def _plans(made: Program) -> Iterator[tuple[Fraction, Program]]:
    """The best gain of every pattern that has a plan, and the program of all its plans with that gain."""
    whole = np.flatnonzero(made.whole).tolist()
    for values in product(*(range(int(made.upper[at]) + 1) for at in whole)):
        fixed = [row("held", [(at, 1)], value, value) for at, value in zip(whole, values, strict=True)]
        held = replace(made, rows=(*made.rows, *fixed))
        if not _whole_rows_hold(made, dict(zip(whole, values, strict=True))):
            continue
        if optimal_vertex(held) is not None:
            gains = {at: int(gain) for at, gain in enumerate(made.gain_num)}
            best = _most(held, gains)
            yield best, _kept(held, gains, best)


def _whole_rows_hold(made: Program, pattern: dict[int, int]) -> bool:
    still = np.array([pattern.get(at, 0) for at in range(len(made.columns))])
    alone = (each for each in made.rows if made.whole[each.columns].all())
    return all(each.lower <= each.activity(still) <= each.upper for each in alone)


def _most(made: Program, wanted: dict[int, int]) -> Fraction:
    gain = np.array([wanted.get(at, 0) for at in range(len(made.columns))])
    vertex = optimal_vertex(replace(made, gain_num=gain, gain_den=np.ones_like(gain)))
    assert vertex is not None
    return sum((many * vertex.exact(at) for at, many in wanted.items()), Fraction(0))


def _kept(made: Program, wanted: dict[int, int], has: Fraction) -> Program:
    terms = [(at, many * has.denominator) for at, many in wanted.items() if many]
    if not terms:
        return made
    return replace(made, rows=(*made.rows, row("kept", terms, has.numerator, has.numerator)))


def shuffled(made: Program, order: Ints, money: Ints, seed: int) -> tuple[Program, Ints, Ints, Ints]:
    """The same program with its columns in another order, and where each column is now."""
    new = np.array(Random(seed).sample(range(len(money)), len(money)))
    at = np.argsort(new)
    return restricted(made, new, np.zeros_like(made.upper)), at[order], money[new], at
