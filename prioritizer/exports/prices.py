"""Prices as JSON: floats to read, exact texts to compute with, ``null`` for what does not exist."""

from __future__ import annotations

from typing import Any

from prioritizer.results import E4, Evaluation, LimitPrice, Prices, Slope


def with_prices(plan: dict[str, Any], evaluation: Evaluation, prices: Prices | None) -> dict[str, Any]:
    """A plan file with what its limits, funds and projects lack or are worth.

    ``price_per_bn`` of a limit is what relaxing it by a billion gains, that of its dearer side; ``null`` for
    a limit that is quoted per percentage point. ``needed_value`` of a project that is crowded out is the
    value it would have to surpass.
    """
    ids = {name: row for row, name in enumerate(evaluation.case.register.ids)}
    return {
        **plan,
        "projects": [{**each, "needed_value": _needed(prices, ids[each["id"]])} for each in plan["projects"]],
        "limits": [{**each, "price_per_bn": _per_bn(prices, each["id"])} for each in plan["limits"]],
        "prices": price_objects(prices),
    }


def price_objects(prices: Prices | None) -> list[dict[str, Any]] | None:
    """Every price: gain from relaxing, loss from tightening, each with the range over which it holds."""
    return None if prices is None else [_price(each) for each in prices.limits]


def _price(price: LimitPrice) -> dict[str, Any]:
    gain = _slope(price.relax, 1)
    loss = _slope(price.tighten, -1)
    return {
        "id": price.id,
        "side": price.side,
        "per": price.per,
        **{f"gain{name}": value for name, value in gain.items()},
        **{f"loss{name}": value for name, value in loss.items()},
    }


def _slope(slope: Slope | None, sign: int) -> dict[str, Any]:
    """A slope as a gain or loss; what is not known or does not end is ``null``."""
    if slope is None:
        return {"": None, "_exact": None, "_reach_mvnd": None}
    change, reach = slope.per_unit * sign, slope.reach_mvnd
    return {
        "": float(change),
        "_exact": str(change),
        "_reach_mvnd": None if reach is None else int(reach),
    }


def _per_bn(prices: Prices | None, limit: str) -> float | None:
    found = [
        float(each.relax.per_unit)
        for each in (prices.limits if prices else ())
        if each.id == limit and each.side != "fund" and each.per == "bn"
    ]
    return max(found, default=None)


def _needed(prices: Prices | None, row: int) -> float | None:
    needed = prices.needed_e4.get(row) if prices else None
    return None if needed is None else float(needed / E4)
