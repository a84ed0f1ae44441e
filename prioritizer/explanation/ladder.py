"""Ladders of budgets, the best value for every budget, and a plan's distance from it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from prioritizer import locale
from prioritizer.explanation.limits import unit_name
from prioritizer.explanation.names import funds_name, limit_name
from prioritizer.explanation.words import objective_text, project_name
from prioritizer.model import Case
from prioritizer.results import Change, Distance, Frontier, Ladder, Rung

NAMED = 6  # projects of one kind of change, by name; the rest are counted
_LEAST_SHOWN = Fraction(1, 10_000)  # a gap below it is no more than that, but not none


def describe_ladder(case: Case, ladder: Ladder, lang: str) -> list[str]:
    """What moves with the budget, what every step brings, and what never taking money back costs."""
    if not ladder.rungs:
        return [locale.say("explanation.ladder.no_budget", lang)]
    return [
        *_moving(case, ladder.fund, ladder.limits, lang),
        *(_rung(case, ladder, at, lang) for at in range(len(ladder.rungs))),
        *_kept(case, ladder, lang),
    ]


def describe_frontier(case: Case, found: Frontier, lang: str) -> list[str]:
    """What moves with the budget, the least that keeps the rules, and where more money gains nothing."""
    if not found.points:
        return [locale.say("explanation.ladder.no_budget", lang)]
    top = max(found.points, key=lambda point: (point.value, -point.budget_mvnd))
    gap = max(point.gap for point in found.points)
    params = {
        "count": len(found.points),
        "least": _bn(found.points[0].budget_mvnd, lang),
        "most": _bn(top.budget_mvnd, lang),
        "value": objective_text(top.value, lang),
        "unit": unit_name(case, lang),
        "convex": sum(point.convex is True for point in found.points),
        "gap": objective_text(max(gap, _LEAST_SHOWN), lang),
    }
    key = "grid_best" if found.kind == "grid" and not gap else found.kind
    said = [locale.say(f"explanation.ladder.{key}", lang, **params)]
    if found.points[-1].value < top.value:
        said.append(locale.say("explanation.ladder.falls", lang, **params))
    return [*_moving(case, found.fund, found.limits, lang), *said]


def describe_distance(case: Case, found: Distance, lang: str) -> str:
    """What a plan's own money could still add, and the least money for the same value."""
    needed = found.needed_mvnd
    key = "best" if found.lost <= found.rounding else "needed_unknown" if needed is None else "short"
    return locale.say(
        f"explanation.ladder.distance_{key}",
        lang,
        cost=_bn(found.cost_mvnd, lang),
        value=objective_text(found.value, lang),
        lost=objective_text(found.lost, lang),
        unit=unit_name(case, lang),
        needed=_bn(needed or 0, lang),
    )


def _moving(case: Case, fund: str | None, limits: Sequence[str], lang: str) -> list[str]:
    """Which funds and which limits move with the budget, where that is not plain."""
    said, funds = [], case.scenario.funds
    if len(funds) > 1 and fund is None:
        said.append(locale.say("explanation.ladder.all_funds", lang))
    elif len(funds) > 1:
        own = [each for each in funds if fund is not None and each.id.casefold() == fund.casefold()]
        said.append(locale.say("explanation.ladder.one_fund", lang, fund=funds_name(case, own, lang)))
    if limits:
        names = [limit_name(case, limit, lang) for limit in case.scenario.limits if limit.id in limits]
        said.append(locale.say("explanation.ladder.limits", lang, limits="; ".join(names)))
    return said


def _rung(case: Case, ladder: Ladder, at: int, lang: str) -> str:
    rung, before = ladder.rungs[at], ladder.rungs[at - 1] if at else None
    if rung.value is None:
        status = locale.say(f"terms.status.{rung.plan.status}", lang)
        return locale.say(
            "explanation.ladder.no_plan", lang, budget=_bn(rung.budget_mvnd, lang), status=status
        )
    params = {
        "budget": _bn(rung.budget_mvnd, lang),
        "value": objective_text(rung.value, lang),
        "unit": unit_name(case, lang),
        "count": int((rung.plan.amount_mvnd > 0).sum()),
    }
    if before is None or before.value is None:
        return locale.say("explanation.ladder.start", lang, **params)
    gain = rung.value - before.value
    way = "up" if gain > 0 else "down" if gain < 0 else "same"
    effect = locale.say(f"explanation.ladder.{way}", lang, amount=objective_text(abs(gain), lang))
    moves = _moves(case, ladder.changes(at), lang)
    return locale.say("explanation.ladder.step", lang, **params, effect=effect, moves=moves)


def _moves(case: Case, changes: Sequence[Change], lang: str) -> str:
    if not changes:
        return locale.say("explanation.ladder.nothing_moves", lang)
    return "".join(
        locale.say(f"explanation.ladder.{kind}", lang, projects=_listed(case, own, lang))
        for kind in ("in", "more", "less", "out")
        if (own := [change for change in changes if change.kind == kind])
    )


def _listed(case: Case, changes: Sequence[Change], lang: str) -> str:
    most_first = sorted(changes, key=lambda change: (-abs(change.moved_mvnd), change.project))
    said = [
        locale.say(
            "explanation.ladder.change",
            lang,
            project=project_name(case, change.project, lang),
            amount=locale.bn(abs(change.moved_mvnd), lang),
        )
        for change in most_first[:NAMED]
    ]
    if len(changes) > NAMED:
        said.append(locale.say("explanation.several_more", lang, count=len(changes) - NAMED))
    return ", ".join(said)


def _kept(case: Case, ladder: Ladder, lang: str) -> list[str]:
    """What never taking money back costs, in all and at each budget."""
    price = ladder.price
    if price is None:
        status = locale.say(f"terms.status.{ladder.status}", lang)
        return [locale.say("explanation.ladder.no_sequence", lang, status=status)]
    doubt = [] if ladder.status == "optimal" else [locale.say("explanation.ladder.unproven", lang)]
    if not price:
        return [locale.say("explanation.ladder.free", lang), *doubt]
    equal = len(set(ladder.weights)) == 1
    weights = "; ".join(locale.number(each, lang, locale.digits_needed(each)) for each in ladder.weights)
    said = locale.say(
        f"explanation.ladder.{'price' if equal else 'weighted_price'}",
        lang,
        price=objective_text(price / ladder.weights[0] if equal else price, lang),
        unit=unit_name(case, lang),
        weights=weights,
    )
    return [said, *(_kept_rung(case, rung, lang) for rung in ladder.rungs if rung.lost), *doubt]


def _kept_rung(case: Case, rung: Rung, lang: str) -> str:
    return locale.say(
        "explanation.ladder.kept",
        lang,
        budget=_bn(rung.budget_mvnd, lang),
        value=objective_text(rung.nested_value or Fraction(0), lang),
        lost=objective_text(rung.lost or Fraction(0), lang),
        unit=unit_name(case, lang),
    )


def _bn(amount_mvnd: Fraction | int, lang: str) -> str:
    """Money in billions; a fraction of a million to the nearest million."""
    return locale.bn(int(amount_mvnd + Fraction(1, 2)), lang)
