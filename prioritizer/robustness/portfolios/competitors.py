"""What speaks against a proposed portfolio: those worth more for some allowed weights and scores, and by how
much (Lourenço, Morton and Bana e Costa 2012, PROBE)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from prioritizer.allocation import Effort, formulate
from prioritizer.allocation.program import Program
from prioritizer.allocation.solvers.highs import Stopped
from prioritizer.allocation.statement.places import narrow
from prioritizer.analysis.budgets.portfolios import best_answer
from prioritizer.model import Bools, Case, Ints
from prioritizer.results import Scores
from prioritizer.robustness.draws.weights import ANY, Allowed
from prioritizer.robustness.portfolios.listing import Portfolios, Setting, setting_of

Rows = tuple[int, ...]


@dataclass(frozen=True)
class Competitor:
    """A portfolio that is worth more than the proposed one for some allowed weights and scores.

    ``funded`` are its projects' rows, ``enter`` those that the proposed one lacks, ``leave`` those that only
    that has. ``most`` is by how much it is worth more at most, at the corner ``corner``; ``least`` at least,
    negative where the proposed one may be worth more; in the objective's unit. ``outdoes``: it is never worth
    less.
    """

    funded: Rows
    enter: Rows
    leave: Rows
    most: Fraction
    corner: int
    least: Fraction

    @property
    def outdoes(self) -> bool:
        """Whether nothing that is allowed speaks for the proposed one."""
        return self.least >= 0


def competitors(found: Portfolios, proposed: Rows) -> tuple[Competitor, ...]:
    """Those among the portfolios that no other outdoes that may be worth more than the proposed one, the
    greatest difference first. Where there is none, no portfolio at all may be worth more.

    ``proposed`` are the rows of projects, whether they keep the limits or not. Raises ``ValueError`` where
    one of them cannot be funded.
    """
    setting = found.setting
    own = setting.columns_of(proposed)
    chosen = found.funded[:, setting.rows]
    one = np.broadcast_to(own, chosen.shape)
    most = setting.choice.differences(chosen, one, gains=True)[:, : setting.valued]
    least = setting.choice.differences(chosen, one)[:, : setting.valued]
    listed = [
        _competitor(setting, own, *each)
        for each in zip(chosen, most, least, strict=True)
        if (each[1] > 0).any()
    ]
    return tuple(sorted(listed, key=lambda each: (-each.most, each.funded)))


def _competitor(setting: Setting, own: Bools, chosen: Bools, most: Ints, least: Ints) -> Competitor:
    gains = [int(gain) * unit for gain, unit in zip(most, setting.value_unit, strict=True)]
    losses = [int(gain) * unit for gain, unit in zip(least, setting.value_unit, strict=True)]
    enter, leave = (setting.rows[only] for only in (chosen & ~own, own & ~chosen))
    at = gains.index(max(gains))
    return Competitor(
        _sorted(setting.rows[chosen]), _sorted(enter), _sorted(leave), gains[at], at, min(losses)
    )


def _sorted(rows: Ints) -> Rows:
    return tuple(sorted(rows.tolist()))


@dataclass(frozen=True)
class Loss:
    """How much a proposed portfolio can fall behind the best at one corner of the weights: exactly ``most``,
    in the objective's unit, at the scores that make it greatest, behind the portfolio ``funded``. Negative
    where the proposed one does not keep the limits and is worth more than all that do."""

    corner: int
    most: Fraction
    funded: Rows


def greatest_losses(
    case: Case,
    scores: Scores,
    proposed: Rows,
    allowed: Allowed = ANY,
    counted: bool = False,
    effort: Effort | None = None,
) -> tuple[Loss | None, ...]:
    """By corner, the most that the proposed portfolio can fall behind: one best portfolio each, hence for far
    more projects than all portfolios can be listed of; ``None`` where a search was given up, nothing where no
    portfolio keeps the limits. It is the greatest regret if that is the greatest of all.

    Raises :class:`~prioritizer.errors.InputFaults` as
    :func:`~prioritizer.robustness.portfolios.listing.setting_of`, and ``ValueError`` where a project of
    ``proposed`` cannot be funded.
    """
    setting = setting_of(case, scores, allowed, counted)
    form = formulate(case, scores)
    columns = np.flatnonzero(form.program.upper > 0)
    own, found = setting.columns_of(proposed), list[Loss | None]()
    for corner in range(len(setting.unit)):
        worth = np.where(own, setting.choice.low[corner], setting.choice.high[corner])
        chosen = _best(form.program, columns, worth, form.mvnd_per_unit, effort)
        if chosen is None:
            return ()
        found.append(None if isinstance(chosen, Stopped) else _loss(setting, own, chosen, worth, corner))
    return tuple(found)


def _best(
    program: Program, columns: Ints, worth: Ints, money: Ints, effort: Effort | None
) -> Bools | Stopped | None:
    """The best portfolio, bool[columns]; ``None`` if there is none."""
    gain = np.zeros(len(program.columns), dtype=object)
    gain[columns] = worth
    aimed = replace(program, gain_num=narrow(gain), gain_den=np.ones(len(gain), dtype=np.int64))
    try:
        answer = best_answer(aimed, np.arange(len(gain)), money, effort)
    except Stopped as stopped:
        return stopped
    return None if answer is None else np.array([answer.amounts[at] == 1 for at in columns.tolist()])


def _loss(setting: Setting, own: Bools, chosen: Bools, worth: Ints, corner: int) -> Loss:
    behind = int(worth[chosen].sum()) - int(worth[own].sum())
    return Loss(corner, behind * setting.unit[corner], _sorted(setting.rows[chosen]))
