"""The nouns of a summary: what draws must be able to tell, and what is read off their plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from prioritizer.model import Ints
from prioritizer.robustness.nouns import Drawn

Floats = npt.NDArray[np.float64]
FINEST = 10**9  # drawn weights are whole numbers over it


class Recorded(Drawn, Protocol):
    """Draws that tell what was drawn, so that the plans can be set against it.

    ``replicate``, int64[draws], says which of several independently scrambled parts a draw belongs to;
    ``table``, int64[draws, groups, leaves] over :data:`FINEST`, has the weights, by groups of classes that
    weigh alike: ``of_class`` says which. ``unknowns``, int64[unknowns, 2], are the scores that are not
    certain, by the project's row and the leaf's place.
    """

    @property
    def replicate(self) -> Ints: ...

    @property
    def table(self) -> Ints: ...

    @property
    def of_class(self) -> Mapping[str, int]: ...

    @property
    def unknowns(self) -> Ints: ...

    def unknown_points(self, rows: Ints) -> Ints:
        """Where in its interval every unknown score was drawn, [len(rows), unknowns]; only order counts."""
        ...


@dataclass(frozen=True)
class Acceptability:
    """How often projects have a rank, as shares of the draws; equals share the ranks they cover.

    ``among_first``: by *k*, the share in which a project is among the first *k*, float64[n]. ``of_rank``,
    float64[n, n], is the share of every rank (column 0 is the first); ``None`` where projects are many.
    """

    among_first: Mapping[int, Floats]
    of_rank: Floats | None


@dataclass(frozen=True)
class Central:
    """Mean weights, by project, of the draws in which something holds of it.

    ``weight``, int64[n, groups, leaves] over :data:`FINEST`, each set summing to it exactly; zeros where it
    never holds. ``share``, float64[n], is how often it does.
    """

    weight: Ints
    share: Floats

    def of(self, row: int) -> Ints | None:
        """The central weights of one project, int64[groups, leaves]; ``None`` where there are none."""
        return self.weight[row] if self.share[row] > 0 else None


@dataclass(frozen=True)
class Band:
    """What one ministry's projects get together in million VND: the mean over the draws with its standard
    error, and the 5, 50 and 95 % quantiles."""

    ministry: str
    ask_mvnd: int
    expected_mvnd: float
    error_mvnd: float
    low_mvnd: int
    middle_mvnd: int
    high_mvnd: int


@dataclass(frozen=True)
class Sampled:
    """A number read off draws, its standard error (NaN where there are not two replicates), and ``noise``:
    what is read off at most where there is nothing, but for one case in twenty."""

    value: float
    error: float
    noise: float

    @property
    def above_noise(self) -> bool:
        """Whether it is more than what chance alone may seem to show."""
        return self.value > self.noise


@dataclass(frozen=True)
class Unknown:
    """What the score of a project (its row) on ``leaves`` does to the money; several leaves where the draws
    do not tell them apart.

    ``moved_mvnd`` is a first-order value of knowing it: how much more or less the project gets, on average
    over the fifths of what was drawn, than it does on average over all draws; what it gets more, others (or
    the reserve) get less. ``plan_mvnd`` is how much money of the whole plan then stands elsewhere; it is
    measured for the first few only, else ``None``, and being a sum over all projects it is far less sure.
    ``low_mvnd`` and ``high_mvnd`` are the project's mean money in the lowest and highest fifth.
    """

    project: int
    leaves: tuple[int, ...]
    low_mvnd: float
    high_mvnd: float
    moved_mvnd: Sampled
    plan_mvnd: Sampled | None = None


@dataclass(frozen=True)
class ByWeight:
    """A project's mean money where a leaf's weight is in the lowest and in the highest fifth of the draws, in
    million VND: float64[groups, leaves, n] each."""

    low_mvnd: Floats
    high_mvnd: Floats


@dataclass(frozen=True)
class Summary:
    """What is read off a sweep; shares and means are over the draws that have a plan.

    ``draws`` there were, ``found`` have a plan, ``unproven`` of these are not proven to be best; ``failed``
    counts the others by what went wrong. ``any_share`` and ``full_share``, float64[n], are how often a
    project gets any money, and all that the funds could pay it; ``expected_mvnd`` its mean money. Their
    standard errors, ``..._error``, are taken between replicates: NaN where there are not two.
    ``expected_share`` is the mean share of the project, float64[n] in [0, 1]; ``quantiles_mvnd``,
    int64[3, n], the 5, 50 and 95 % quantiles of its money: amounts that some draw has.
    """

    draws: int
    found: int
    unproven: int
    failed: Mapping[str, int]
    any_share: Floats
    any_error: Floats
    full_share: Floats
    full_error: Floats
    expected_mvnd: Floats
    expected_error: Floats
    expected_share: Floats
    quantiles_mvnd: Ints
    ministries: tuple[Band, ...]
    ranks: Acceptability
    central_first: Central
    central_funded: Central
    unknowns: tuple[Unknown, ...]
    by_weight: ByWeight
