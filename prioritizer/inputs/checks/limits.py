"""Limits: what they select, and whether their bounds can hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from prioritizer.errors import Fault, Misread
from prioritizer.inputs.costs import Mask
from prioritizer.inputs.draft import Draft
from prioritizer.inputs.tables import one_of
from prioritizer.model import CLASSES, OF_COSTS, SECRECY_GRADES, Bound, Limit

SIDES = ("at_least", "at_most")


def limits_have_bounds(draft: Draft) -> Iterator[Fault]:
    """A limit says how much."""
    for at, limit in enumerate(draft.scenario.limits):
        if limit.at_least is None and limit.at_most is None:
            yield draft.fault("limit_without_bound", ("limits", at), limit=limit.id)


def soft_limits_are_not_decreed(draft: Draft) -> Iterator[Fault]:
    """What may be broken at a price is not decreed."""
    for at, limit in enumerate(draft.scenario.limits):
        if limit.penalty_e4 is not None and limit.decreed:
            yield draft.fault("soft_and_decreed", ("limits", at, "penalty"), limit=limit.id)


def selections_are_known(draft: Draft) -> Iterator[Fault]:
    """What limits select by, and the values they name, occur."""
    for at, limit in enumerate(draft.scenario.limits):
        yield from _selection_faults(draft, at, limit)


def _selection_faults(draft: Draft, at: int, limit: Limit) -> Iterator[Fault]:
    known = _selectable(draft)
    for field, values in limit.where.items():
        path = ("limits", at, "where", field)
        if field not in known and field not in draft.scenario.fields:
            yield draft.fault("unknown_field", path, text=field, known=", ".join(sorted(known)))
        elif known.get(field) is not None:
            for value in values:
                try:
                    one_of(known[field], "unknown_selection")(value)
                except Misread as misread:
                    yield draft.fault(misread.code, path, field=field, **misread.params)


def _selectable(draft: Draft) -> dict[str, Any]:
    """What ``where`` may name, with the values that occur, or ``None`` where they are not known."""
    costs_unread = draft.scenario.costs is not None and draft.costs_by_kind is None
    known: dict[str, Any] = {
        "ministry": [body.id for body in draft.ministries.bodies],
        "technology": [tech.id for tech in draft.products.technologies],
        "product": [product.id for tech in draft.products.technologies for product in tech.products],
        "class": CLASSES,
        "secrecy": SECRECY_GRADES,
        "project": None,
        "year": None if costs_unread else draft.year_labels,
        "kind": None if costs_unread else draft.kind_labels,
    }
    if draft.register is not None:
        known["project"] = draft.register.ids
        columns = draft.register.columns
        known |= {name: columns[name].levels for name in draft.scenario.fields if name in columns}
    return known


def bounds_suit_their_selection(draft: Draft) -> Iterator[Fault]:
    """Shares are of funds, so not of years that no fund has; projects are counted, not their costs."""
    for at, limit in enumerate(draft.scenario.limits):
        years = {value.casefold() for value in limit.where.get("year", ())} - draft.funded_years
        for side, bound in _bounds(limit):
            if bound.count is not None and any(field in limit.where for field in OF_COSTS):
                yield draft.fault("count_of_costs", ("limits", at, side), limit=limit.id)
            elif years and bound.amount_mvnd is None and bound.count is None:
                yield draft.fault("limit_year_without_fund", ("limits", at, side), limit=limit.id)


def _bounds(limit: Limit) -> Iterator[tuple[str, Bound]]:
    for side in SIDES:
        bound: Bound | None = getattr(limit, side)
        if bound is not None:
            yield side, bound


def limits_can_hold(draft: Draft) -> Iterator[Fault]:
    """Each floor is within the ceiling of its limit and, unless it is soft, within the money there is."""
    for at, limit in enumerate(draft.scenario.limits):
        envelope, path = draft.scenario.envelope_of(limit), ("limits", at, "at_least")
        least, most = limit.floor_mvnd(envelope), limit.ceiling_mvnd(envelope)
        if least is None:
            continue
        params: dict[str, object] = {"limit": limit.id, "floor_mvnd": least}
        if most is not None and least > most:
            yield draft.fault("floor_above_ceiling", path, ceiling_mvnd=most, **params)
        available = draft.available_mvnd(limit)
        if least > available and limit.penalty_e4 is None and _is_paid(draft, limit):
            yield draft.fault("floor_above_envelope", path, envelope_mvnd=available, **params)


def _is_paid(draft: Draft, limit: Limit) -> bool:
    """Whether funds pay all that a limit selects: it is not of a year that no fund has."""
    return {value.casefold() for value in limit.where.get("year", ())} <= draft.funded_years


def limits_have_projects(draft: Draft) -> Iterator[Fault]:
    """Each limit selects something, and its floor is within what that asks for."""
    if draft.register is None or not draft.sound:
        return
    for at, limit in enumerate(draft.scenario.limits):
        if any(_selection_faults(draft, at, limit)):
            continue
        chosen = draft.cells_of(limit)
        if not chosen.any():
            yield draft.fault("limit_selects_nothing", ("limits", at), limit=limit.id)
        elif limit.penalty_e4 is None:
            asked = int(draft.most_mvnd(chosen).sum())
            least = limit.floor_mvnd(draft.scenario.envelope_of(limit)) or 0
            if least > asked:
                params = {"limit": limit.id, "floor_mvnd": least, "asked_mvnd": asked}
                yield draft.fault("floor_above_asks", ("limits", at, "at_least"), **params)


def floors_fit_together(draft: Draft) -> Iterator[Fault]:
    """Floors over selections that share no cost add up; together they must fit the money there is."""
    if draft.register is None or not draft.sound:
        return
    floors, available = _floors(draft), draft.available_mvnd()
    taken = np.zeros(len(draft.costs), dtype=bool)
    total, names = 0, []
    for least, name, chosen in sorted(floors, key=lambda each: (-each[0], each[1])):
        if chosen.any() and not (taken & chosen).any():
            taken |= chosen
            total += least
            names.append(name)
    if len(names) > 1 and total > available and all(least <= available for least, _, _ in floors):
        params = {"names": ", ".join(names), "total_mvnd": total, "envelope_mvnd": available}
        yield draft.fault("floors_above_envelope", ("limits",), **params)


def _floors(draft: Draft) -> list[tuple[int, str, Mask]]:
    """The floors that must be paid: million VND, id of the limit, what it selects."""
    found = []
    for limit in draft.scenario.limits:
        least = limit.floor_mvnd(draft.scenario.envelope_of(limit)) or 0
        if least and limit.penalty_e4 is None and _is_paid(draft, limit):
            found.append((least, limit.id, draft.cells_of(limit)))
    return found


def counts_can_hold(draft: Draft) -> Iterator[Fault]:
    """Counts are within each other and the projects selected, and what counts as funded is said."""
    if draft.register is None or not draft.sound:
        return
    for at, limit in enumerate(draft.scenario.limits):
        least = limit.at_least.count if limit.at_least else None
        most = limit.at_most.count if limit.at_most else None
        path, params = ("limits", at, "at_least"), {"limit": limit.id, "floor": least}
        chosen = draft.register.selected_by(limit)
        if least is not None and most is not None and least > most:
            yield draft.fault("count_floor_above_ceiling", path, ceiling=most, **params)
        if least and chosen.any() and limit.penalty_e4 is None and least > int(chosen.sum()):
            yield draft.fault("count_floor_above_projects", path, projects=int(chosen.sum()), **params)
        if least and _any_amount_counts(draft, chosen):
            yield draft.fault("count_needs_least_grant", path, **params)


def _any_amount_counts(draft: Draft, chosen: Mask) -> bool:
    """Whether one million VND would make one of the projects chosen count as funded."""
    if draft.scenario.least_grant_mvnd is not None:
        return False
    funding = draft.projects.columns.get("funding")
    return bool((chosen & ~funding.among(("whole", "minimum"))).any()) if funding else bool(chosen.any())


def counts_leave_room_for_musts(draft: Draft) -> Iterator[Fault]:
    """No limit allows fewer projects than those that must be funded."""
    if draft.register is None or not draft.sound:
        return
    must = np.zeros(len(draft.register), dtype=bool)
    must[[draft.row_of[each.project.casefold()] for _, each in draft.musts]] = True
    for at, limit in enumerate(draft.scenario.limits):
        most = limit.at_most.count if limit.at_most else None
        held = np.flatnonzero(must & draft.register.selected_by(limit)).tolist()
        if most is not None and limit.penalty_e4 is None and len(held) > most:
            names = ", ".join(draft.register.ids[row] for row in held)
            params = {"limit": limit.id, "ceiling": most, "projects": names}
            yield draft.fault("count_below_musts", ("limits", at, "at_most"), **params)
