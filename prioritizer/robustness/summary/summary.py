"""What is read off a sweep: how often and how much, by project and by ministry, and how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from prioritizer.allocation.demand import demand
from prioritizer.model import Case, Ints
from prioritizer.robustness.nouns import Sweep
from prioritizer.robustness.summary.nouns import Band, Floats, Recorded, Summary
from prioritizer.robustness.summary.ranks import blocks, central_of_funded, ranking
from prioritizer.robustness.summary.unknowns import by_weight, worth_knowing

PERCENTS = (5, 50, 95)


def summarise(case: Case, draws: Recorded, sweep: Sweep) -> Summary:
    """Everything that one pass over the table tells. Failed draws are counted and take no further part."""
    found, n = np.flatnonzero(sweep.found), len(case.register)
    most = _most_by_draw(case, draws, found)
    means = _Means(draws, sweep, found, most, _of_ministry(case))
    ranks, central_first = ranking(draws, n)
    return Summary(
        draws=len(draws),
        found=len(found),
        unproven=int((sweep.status == "feasible").sum()),
        failed=_failed(sweep),
        any_share=means.overall("any"),
        any_error=means.error("any"),
        full_share=means.overall("full"),
        full_error=means.error("full"),
        expected_mvnd=means.overall("money"),
        expected_error=means.error("money"),
        expected_share=means.overall("share"),
        quantiles_mvnd=quantiles(sweep.amount_mvnd, found),
        ministries=_bands(case, sweep, found, means),
        ranks=ranks,
        central_first=central_first,
        central_funded=central_of_funded(draws, sweep.amount_mvnd, found),
        unknowns=worth_knowing(draws, sweep.amount_mvnd, found),
        by_weight=by_weight(draws, sweep.amount_mvnd, found),
    )


def precise_enough(summary: Summary, within: float) -> bool:
    """Whether every probability is known to ``within`` (a share, as one standard error).

    What is the same in every draw has no spread from which an error could be told: so many draws are asked
    for that one draw alone would not count for more than ``within``.
    """
    if not summary.found or 1 / summary.found > within:
        return False
    errors = np.concatenate([summary.any_error, summary.full_error])
    return bool((errors <= within).all())  # NaN, where there is one replicate only, is no


def most_mvnd(case: Case) -> Ints:
    """The most that the funds could pay of every project by its own costs, int64[n]."""
    cells = demand(case)
    paid = np.zeros(len(case.register), dtype=np.int64)
    np.add.at(paid, cells.project, np.where(cells.funded, cells.cost_mvnd, 0))
    return paid


def quantiles(amount_mvnd: Ints, rows: Ints) -> Ints:
    """The least amounts that so many percent of the rows do not exceed, int64[3, n]; zeros without rows."""
    n = amount_mvnd.shape[1]
    found = np.zeros((len(PERCENTS), n), dtype=np.int64)
    if not len(rows):
        return found
    at = [max(0, -(-percent * len(rows) // 100) - 1) for percent in PERCENTS]
    for columns in blocks(np.arange(n), len(rows)):
        sorted_ = np.partition(amount_mvnd[np.ix_(rows, columns)], at, axis=0)
        found[:, columns] = sorted_[at]
    return found


def standard_error(by_replicate: Floats) -> Floats:
    """The standard error of the mean of replicates, float64[R, ...] to float64[...]; NaN below two."""
    many = len(by_replicate)
    if many < 2:
        return np.full(by_replicate.shape[1:], np.nan)
    spread: Floats = by_replicate.std(axis=0, ddof=1) / np.sqrt(many)
    return spread


class _Means:
    """Means over the draws, of every replicate by itself; ``groups`` are the rows of every ministry."""

    def __init__(
        self, draws: Recorded, sweep: Sweep, found: Ints, most: Ints, groups: Mapping[str, Ints]
    ) -> None:
        names, replicate = np.unique(np.asarray(draws.replicate)[found], return_inverse=True)
        self.sizes = np.bincount(replicate, minlength=len(names)).astype(np.float64)
        self.sums: dict[str, Floats] = {}
        n = sweep.amount_mvnd.shape[1]
        for places in blocks(np.arange(len(found)), 4 * n):
            amount = sweep.amount_mvnd[found[places]]
            full = most if most.ndim == 1 else most[places]
            inside = replicate[places] == np.arange(len(names))[:, None]
            parts = {
                "any": amount > 0,
                "full": (amount >= full) & (full > 0),
                "money": amount,
                "share": amount / np.maximum(full, 1),
                "bodies": np.array([amount[:, own].sum(axis=1) for own in groups.values()]).T,
            }
            for name, part in parts.items():
                width = len(groups) if name == "bodies" else n
                total = self.sums.setdefault(name, np.zeros((len(names), width)))
                total += inside.astype(np.float64) @ part.reshape(len(places), width).astype(np.float64)
        self._width: dict[str, int] = dict.fromkeys(("any", "full", "money", "share"), int(n))
        self._width["bodies"] = len(groups)

    def overall(self, name: str) -> Floats:
        """The mean over all draws; zeros where there are none."""
        if not len(self.sizes):
            return np.zeros(self._width[name])
        mean: Floats = self.sums[name].sum(axis=0) / self.sizes.sum()
        return mean

    def error(self, name: str) -> Floats:
        """The standard error of the mean, from how far the replicates are apart."""
        if not len(self.sizes):
            return np.full(self._width[name], np.nan)
        return standard_error(self.sums[name] / self.sizes[:, None])


def _of_ministry(case: Case) -> dict[str, Ints]:
    return dict(case.rows_by_body)


def _bands(case: Case, sweep: Sweep, found: Ints, means: _Means) -> tuple[Band, ...]:
    groups = _of_ministry(case)
    together = np.array([sweep.amount_mvnd[:, own].sum(axis=1) for own in groups.values()], dtype=np.int64)
    ends = quantiles(together.T.reshape(len(sweep.amount_mvnd), len(groups)), found)
    mean, error = means.overall("bodies"), means.error("bodies")
    return tuple(
        Band(
            body,
            int(case.register.ask_mvnd[own].sum()),
            float(mean[at]),
            float(error[at]),
            *ends[:, at].tolist(),
        )
        for at, (body, own) in enumerate(groups.items())
    )


def _most_by_draw(case: Case, draws: Recorded, found: Ints) -> Ints:
    """What is in full, int64[n]; int64[found, n] where asks are drawn too."""
    own = most_mvnd(case)
    changed = {at: there for at, row in enumerate(found.tolist()) if (there := draws.case_of(row))}
    if not changed:
        return own
    most = np.tile(own, (len(found), 1))
    for at, there in changed.items():
        most[at] = most_mvnd(there)
    return most


def _failed(sweep: Sweep) -> dict[str, int]:
    """The draws without a plan, by why: what is known of the draw, else its status; most frequent first."""
    rows = np.flatnonzero(~sweep.found).tolist()
    counted = Counter(sweep.why.get(row) or str(sweep.status[row]) for row in rows)
    return dict(sorted(counted.items(), key=lambda each: (-each[1], each[0])))
