"""What stays true of a plan, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from prioritizer import locale
from prioritizer.explanation import project_name
from prioritizer.explanation.contrast import criterion_name
from prioritizer.robustness.allowed.stability import End, Interval
from prioritizer.robustness.allowed.standing import Kind
from prioritizer.robustness.stress import Robustness
from prioritizer.robustness.summary.nouns import Summary, Unknown

KINDS: tuple[Kind, ...] = ("core", "borderline", "outside")
UNKNOWNS = 10  # scores worth chasing, the first
_NAMED = 4  # projects that gain or lose at the end of an interval
_LISTED = 12  # projects by name in one sentence
_FINE = Fraction(1, 1000)


def describe_draws(found: Robustness, lang: str, *, first: bool = False) -> list[str]:
    """How it was drawn, how sure that is, and what could not be planned; ``first``: for whoever sees the
    figures of the first way of drawing alone."""
    drawn, *money = _drawn(found, lang)
    told = list(found.ways)[: 1 if first else None]
    ways = [locale.say(f"robustness.way.{way}", lang) for way in told if len(found.ways) > 1]
    return [drawn, *ways, *money, describe_error(found.main, lang), *describe_failed(found.main, lang)]


def _drawn(found: Robustness, lang: str) -> list[str]:
    """How many draws of which weights, and of which money."""
    asked = found.asked
    weights = "stated" if asked.allowed.stated or asked.allowed.further else "any"
    said = [
        locale.say(f"robustness.drawn.{weights}", lang, count=_whole(found.main.draws, lang), seed=asked.seed)
    ]
    if not asked.money.certain:
        said.append(locale.say("robustness.drawn.money", lang, **_ranges(found, lang)))
    return said


def _ranges(found: Robustness, lang: str) -> dict[str, str]:
    money = found.asked.money
    return {
        f"{name}_{end}": locale.percent(factor, lang)
        for name, factors in (("envelope", money.envelope), ("asks", money.asks))
        for end, factor in zip(("low", "high"), factors, strict=True)
    }


def describe_error(summary: Summary, lang: str) -> str:
    """How far the shares may be off for having drawn only so often."""
    errors = [float(each) for each in (*summary.any_error, *summary.full_error) if each == each]
    if not errors:
        return locale.say("robustness.error.unknown", lang)
    return locale.say("robustness.error.known", lang, most=share_text(max(errors), lang))


def describe_failed(summary: Summary, lang: str) -> list[str]:
    """The draws without a plan, by what went wrong, and those whose plan is not proven to be best."""
    said = []
    if summary.unproven:
        count, whole = _whole(summary.unproven, lang), _whole(summary.draws, lang)
        said.append(locale.say("robustness.unproven", lang, count=count, whole=whole))
    for why, failed in summary.failed.items():
        key = f"terms.status.{why}"
        said_why = locale.say(key, lang) if key in locale.sentences(lang) else why
        said.append(locale.say("robustness.failed", lang, count=_whole(failed, lang), why=said_why))
    return said


# ------------------------------------------------------------------ core, borderline, outside


def describe_standing(found: Robustness, lang: str) -> list[str]:
    """How many projects are core, borderline and outside, and which."""
    if found.standing is None:
        return [locale.say("robustness.standing.none", lang)]
    count = Counter(each.kind for each in found.standing)
    said = [
        locale.say(
            f"robustness.standing.{kind}",
            lang,
            count=_whole(count[kind], lang),
            projects=_projects(
                found, [at for at, own in enumerate(found.standing) if own.kind == kind], lang
            ),
        )
        for kind in KINDS
        if count[kind]
    ]
    unproven = sum(not each.proven for each in found.standing)
    if unproven:
        said.append(locale.say("robustness.standing.unproven", lang, count=_whole(unproven, lang)))
    return said


def standing_text(found: Robustness, row: int, lang: str) -> str:
    """Where one project stands, in a word or two."""
    if found.standing is None:
        return "–"
    own = found.standing[row]
    return locale.say(f"robustness.kind.{own.kind}{'' if own.proven else '_seen'}", lang)


def _projects(found: Robustness, rows: Sequence[int], lang: str) -> str:
    case = found.evaluation.case
    more = f", … (+{len(rows) - _LISTED})" if len(rows) > _LISTED else ""
    return ", ".join(case.register.ids[row] for row in rows[:_LISTED]) + more


# ------------------------------------------------------------------ weights


def describe_stability(found: Robustness, lang: str) -> list[str]:
    """How far each criterion's weight may move before the plan at hand is no longer best."""
    if found.stability is None:
        skipped = found.evaluation.plan.relaxed and not found.asked.intervals
        return [locale.say(f"robustness.stability.{'skipped' if skipped else 'none'}", lang)]
    return [describe_interval(found, each, lang) for each in found.stability]


def describe_interval(found: Robustness, each: Interval, lang: str) -> str:
    """One criterion's interval, and what would move beyond its ends."""
    case = found.evaluation.case
    name, now = criterion_name(case, each.criterion, lang), weight_text(each.now, lang)
    if each.low is None or each.high is None:
        key = "nowhere" if each.finished else "unfinished"
        return locale.say(f"robustness.stability.{key}", lang, criterion=name, now=now)
    said = locale.say(
        "robustness.stability.from_to",
        lang,
        criterion=name,
        now=now,
        low=weight_text(each.low.weight, lang),
        high=weight_text(each.high.weight, lang),
    )
    return " ".join([said, *(_beyond(found, side, lang) for side in _sides(each))])


def _sides(each: Interval) -> list[tuple[str, End]]:
    ends = (("below", each.low), ("above", each.high))
    return [(name, end) for name, end in ends if end is not None and end.moves_mvnd]


def _beyond(found: Robustness, side: tuple[str, End], lang: str) -> str:
    name, end = side
    moves = sorted(end.moves_mvnd.items(), key=lambda move: (-abs(move[1]), move[0]))
    said = ", ".join(
        locale.say(
            f"robustness.stability.{'gains' if change > 0 else 'loses'}",
            lang,
            project=found.evaluation.case.register.ids[row],
            amount=locale.bn(round(abs(change)), lang),
        )
        for row, change in moves[:_NAMED]
    )
    more = ", …" if len(moves) > _NAMED else ""
    return locale.say(f"robustness.stability.{name}", lang, moves=said + more)


def weight_text(weight: Fraction, lang: str) -> str:
    """A weight in percent, with two decimals unless it is whole."""
    return locale.percent(weight, lang, 2 if (weight * 100) % 1 else 0)


# ------------------------------------------------------------------ what to chase


def describe_unknowns(found: Robustness, lang: str) -> list[str]:
    """The scores whose certainty would move most money, those first that move most."""
    chased = worth_chasing(found.main)
    if not found.main.unknowns:
        return [locale.say("robustness.unknowns.certain", lang)]
    if not chased:
        return [locale.say("robustness.unknowns.noise", lang)]
    return [describe_unknown(found, each, lang) for each in chased[:UNKNOWNS]]


def worth_chasing(summary: Summary) -> list[Unknown]:
    """The scores that move more money than chance alone may seem to."""
    return [each for each in summary.unknowns if each.moved_mvnd.above_noise]


def describe_unknown(found: Robustness, each: Unknown, lang: str) -> str:
    """One score, and how much money would stand elsewhere for knowing it."""
    return locale.say(
        "robustness.unknowns.moves",
        lang,
        criterion=leaves_text(found, each, lang),
        project=project_name(found.evaluation.case, each.project, lang),
        moved=locale.bn(round(each.moved_mvnd.value), lang, 1),
        low=locale.bn(round(each.low_mvnd), lang, 1),
        high=locale.bn(round(each.high_mvnd), lang, 1),
    )


def leaves_text(found: Robustness, each: Unknown, lang: str) -> str:
    """The criteria that a score is about."""
    tree = found.evaluation.case.criteria
    assert tree is not None
    return ", ".join(criterion_name(found.evaluation.case, tree.leaves[at].id, lang) for at in each.leaves)


# ------------------------------------------------------------------ portfolios


def describe_portfolios(found: Robustness, lang: str) -> list[str]:
    """How many ways to choose whole projects nothing outdoes, and what they share; or why none are listed."""
    listed = found.portfolios
    if listed is None:
        return [] if found.unlisted is None else [locale.fault_message(found.unlisted, lang)]
    if not len(listed):
        return [locale.say("robustness.portfolios.none", lang)]
    plan = found.evaluation.plan
    own = plan.found and bool((listed.funded == (plan.amount_mvnd > 0)).all(axis=1).any())
    said = [locale.say("robustness.portfolios.count", lang, count=_whole(len(listed), lang))]
    if plan.found:
        said.append(locale.say(f"robustness.portfolios.{'among' if own else 'not_among'}", lang))
    return said


# ------------------------------------------------------------------ numbers


def share_text(share: float, lang: str) -> str:
    """A share of the draws in percent: never all or nothing where it is not quite."""
    exact = Fraction(share)
    if 0 < exact < _FINE:
        return f"< {locale.percent(_FINE, lang)}"
    if 1 - _FINE < exact < 1:
        return f"> {locale.percent(1 - _FINE, lang)}"
    return locale.percent(exact, lang)


def _whole(number: int, lang: str) -> str:
    return locale.number(number, lang, 0)
