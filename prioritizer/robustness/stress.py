"""Everything that is asked about a plan whose weights and scores are opinions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from prioritizer.errors import Fault, InputFaults
from prioritizer.results import Evaluation
from prioritizer.robustness.allowed.shares import MOST_PLANS, Shares, shares
from prioritizer.robustness.allowed.stability import Interval, stability
from prioritizer.robustness.allowed.standing import Standing, classify
from prioritizer.robustness.draws.money import KNOWN, Money
from prioritizer.robustness.draws.table import Draws, Way, draw
from prioritizer.robustness.draws.weights import ANY, Allowed, groups
from prioritizer.robustness.nouns import Sweep
from prioritizer.robustness.portfolios.listing import Portfolios, portfolios
from prioritizer.robustness.summary.nouns import Summary
from prioritizer.robustness.summary.summary import precise_enough, summarise

LEAST_DRAWS, USUAL_DRAWS, MOST_DRAWS = 16, 2_000, 1_000_000
MOST_SEED = 2**31 - 1
_FIRST_ROUND, _GROWTH = 500, 4
Plans = Callable[[Draws], Sweep]


@dataclass(frozen=True)
class Asked:
    """What is drawn: ``draws`` in all, or fewer once every probability is known ``within`` so much (as one
    standard error); from ``seed``; of the weights that are ``allowed``, with ``money`` as it may come out.
    ``intervals``: work out how far weights may move where rules ask yes or no too, which takes long."""

    draws: int = USUAL_DRAWS
    seed: int = 1
    within: Fraction | None = None
    allowed: Allowed = ANY
    money: Money = KNOWN
    intervals: bool = False


@dataclass(frozen=True)
class Robustness:
    """What stays true of a plan.

    ``ways`` has what was read off the draws, by how scores that are not certain were drawn; one way where
    all are certain. ``shares`` and ``standing`` are over all allowed weights and scores, by row of the
    register; ``None`` where asks or envelope are drawn too, or no plan was found. ``stability`` is of the
    plan at hand; ``None`` where no certificate tells it. ``portfolios`` are of whole projects; ``None`` where
    they are not listed, and ``unlisted`` says why.
    """

    evaluation: Evaluation
    asked: Asked
    ways: Mapping[Way, Summary]
    shares: Shares | None
    standing: tuple[Standing, ...] | None
    stability: tuple[Interval, ...] | None
    portfolios: Portfolios | None
    unlisted: Fault | None

    @property
    def main(self) -> Summary:
        """The draws with every score on its own."""
        return self.ways["independent"]


def stress(evaluation: Evaluation, asked: Asked, plans: Plans) -> Robustness:
    """Draw, plan every draw with ``plans``, and read off what they have in common.

    Raises :class:`~prioritizer.errors.InputFaults` where no weights fit what was said, or nothing is
    uncertain.
    """
    case = evaluation.case
    _something_uncertain(evaluation, asked)
    ways, sweep = dict[Way, Summary](), None
    for way in _ways(evaluation, asked):
        ways[way], last = _read_off(evaluation, asked, way, plans)
        sweep = sweep or last
    found = None
    if asked.money.certain:
        sets = None if case.register.given_e4 is not None else groups(case, asked.allowed)
        # Where rules ask yes or no a plan takes seconds: there only the draws are looked at.
        found = shares(case, sets, sweep, most_plans=0 if evaluation.plan.relaxed else MOST_PLANS)
    listed = _portfolios(evaluation, asked)
    return Robustness(
        evaluation,
        asked,
        ways,
        found,
        _standing(found, listed),
        stability(case) if asked.intervals or not evaluation.plan.relaxed else None,
        listed if isinstance(listed, Portfolios) else None,
        listed if isinstance(listed, Fault) else None,
    )


def _something_uncertain(evaluation: Evaluation, asked: Asked) -> None:
    """Refuse where every draw would be the case itself."""
    case = evaluation.case
    if asked.money.certain and (case.register.given_e4 is not None or case.criteria is None):
        raise InputFaults([Fault("nothing_uncertain", case.scenario.register_)])


def _ways(evaluation: Evaluation, asked: Asked) -> tuple[Way, ...]:
    one = draw(evaluation.case, 1, asked.seed, "independent", allowed=asked.allowed, money=asked.money)
    return ("independent", "joint") if len(one.unknowns) else ("independent",)


def _read_off(evaluation: Evaluation, asked: Asked, way: Way, plans: Plans) -> tuple[Summary, Sweep]:
    """Draws in growing rounds until they are precise enough; every round is drawn anew."""
    for count in rounds(asked):
        draws = draw(evaluation.case, count, asked.seed, way, allowed=asked.allowed, money=asked.money)
        sweep = plans(draws)
        found = summarise(evaluation.case, draws, sweep)
        if asked.within is not None and precise_enough(found, float(asked.within)):
            break
    return found, sweep


def usual_draws(evaluation: Evaluation) -> int:
    """How many draws to begin with: fewer where rules ask yes or no, as every plan takes long."""
    return USUAL_DRAWS // 10 if evaluation.plan.relaxed else USUAL_DRAWS


def workload(evaluation: Evaluation, asked: Asked) -> int:
    """How many draws are planned at most, all ways and rounds together."""
    return len(_ways(evaluation, asked)) * sum(rounds(asked))


def rounds(asked: Asked) -> tuple[int, ...]:
    """How many draws there are at first, then in every further round."""
    if asked.within is None:
        return (asked.draws,)
    found = [min(_FIRST_ROUND, asked.draws)]
    while found[-1] < asked.draws:
        found.append(min(found[-1] * _GROWTH, asked.draws))
    return tuple(found)


def _portfolios(evaluation: Evaluation, asked: Asked) -> Portfolios | Fault:
    """All portfolios that nothing outdoes, or why they are not listed."""
    case = evaluation.case
    if case.register.given_e4 is not None or case.criteria is None or not asked.money.certain:
        return Fault("portfolios_need_weights")
    try:
        return portfolios(case, evaluation.scores, asked.allowed)
    except InputFaults as refused:
        return refused.faults[0]


def _standing(found: Shares | None, listed: Portfolios | Fault) -> tuple[Standing, ...] | None:
    """By the portfolios where they are listed, else by least and greatest share."""
    if isinstance(listed, Portfolios) and len(listed):
        kinds = (listed.kind(row) for row in range(listed.funded.shape[1]))
        return tuple(Standing(kind, True) for kind in kinds if kind is not None)
    return None if found is None else classify(found)
