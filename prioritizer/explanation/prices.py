"""What one more or one less of a limit or a fund is worth, in words."""

from __future__ import annotations

from prioritizer import locale
from prioritizer.explanation.limits import unit_name
from prioritizer.explanation.names import funds_name, limit_name
from prioritizer.explanation.words import objective_text, reach_text
from prioritizer.model import Case
from prioritizer.results import LimitPrice, Prices, Slope


def describe_prices(case: Case, prices: Prices, lang: str) -> list[str]:
    """The prices of funds and of sides of limits, a sentence each; those that change nothing, together in
    one."""
    idle = [price for price in prices.limits if _idle(price)]
    said = [describe_price(case, price, lang) for price in prices.limits if price not in idle]
    if idle:
        limits = "; ".join(priced_name(case, price, lang) for price in idle)
        said.append(locale.say("explanation.price.idle", lang, limits=limits))
    return said


def _idle(price: LimitPrice) -> bool:
    """Whether neither more nor less of it changes the objective at once."""
    return price.tighten is not None and price.relax.per_unit == price.tighten.per_unit == 0


def describe_price(case: Case, price: LimitPrice, lang: str) -> str:
    """What the objective gains if a limit is relaxed or a fund grows by one unit, and what it loses if not,
    with the range over which that holds."""
    kind = f"{price.side}_{price.per}"
    relax = locale.say(
        f"explanation.price.relax.{kind}",
        lang,
        limit=priced_name(case, price, lang),
        effect=_effect(case, price.relax, lang),
    )
    tighten = locale.say(f"explanation.price.tighten.{kind}", lang, effect=_effect(case, price.tighten, lang))
    return locale.say("explanation.price.sentence", lang, relax=relax, tighten=tighten)


def describe_gain(case: Case, price: LimitPrice, lang: str) -> str:
    """What relaxing a limit that has just been named gains, in short."""
    gain, unit = price.relax.per_unit, unit_name(case, lang)
    key = "same" if gain == 0 else price.per
    return locale.say(f"rules.gain.{key}", lang, amount=objective_text(abs(gain), lang), unit=unit)


def priced_name(case: Case, price: LimitPrice, lang: str) -> str:
    """What a price is the price of."""
    if price.side == "fund":
        return funds_name(case, [fund for fund in case.scenario.funds if fund.id == price.id], lang)
    limit = next(limit for limit in case.scenario.limits if limit.id == price.id)
    return limit_name(case, limit, lang, (price.side,))


def price_note(case: Case, lang: str, linear: bool) -> str:
    """What the unit of the prices means; where there are none, why and what to do instead."""
    key = case.scenario.objective.basis if linear else "not_linear"
    return locale.say(f"explanation.price.{key}", lang)


def _effect(case: Case, slope: Slope | None, lang: str) -> str:
    if slope is None:
        return locale.say("explanation.price.effect.impossible", lang)
    reach = ""
    if slope.reach_mvnd is not None:
        amount = reach_text(slope.reach_mvnd, lang)
        reach = locale.say("explanation.price.effect.reach", lang, reach=amount)
    change = slope.per_unit
    way = "up" if change > 0 else "down" if change < 0 else "same"
    amount, unit = objective_text(abs(change), lang), unit_name(case, lang)
    return locale.say(f"explanation.price.effect.{way}", lang, amount=amount, unit=unit, reach=reach)
