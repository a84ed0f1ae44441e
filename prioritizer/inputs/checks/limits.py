"""Limits: what they select, and whether their bounds can hold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from prioritizer.errors import Fault, Misread
from prioritizer.inputs.costs import Mask
from prioritizer.inputs.unchecked import Unchecked
from prioritizer.model import OF_COSTS, Bound, Limit

SIDES = ("at_least", "at_most")


def limits_have_bounds(unchecked: Unchecked) -> Iterator[Fault]:
    """A limit says how much."""
    for at, limit in enumerate(unchecked.scenario.limits):
        if limit.at_least is None and limit.at_most is None:
            yield unchecked.fault("limit_without_bound", ("limits", at), limit=limit.id)


def soft_limits_are_not_decreed(unchecked: Unchecked) -> Iterator[Fault]:
    """What may be broken at a price is not decreed."""
    for at, limit in enumerate(unchecked.scenario.limits):
        if limit.penalty_e4 is not None and limit.decreed:
            yield unchecked.fault("soft_and_decreed", ("limits", at, "penalty"), limit=limit.id)


def selections_are_known(unchecked: Unchecked) -> Iterator[Fault]:
    """What limits select by, and the values they name, occur."""
    for at, limit in enumerate(unchecked.scenario.limits):
        yield from _selection_faults(unchecked, at, limit)


def _selection_faults(unchecked: Unchecked, at: int, limit: Limit) -> Iterator[Fault]:
    known = unchecked.selectable
    for field, values in limit.where.items():
        path = ("limits", at, "where", field)
        if field not in known and field not in unchecked.scenario.fields:
            yield unchecked.fault("unknown_field", path, text=field, known=", ".join(sorted(known)))
        elif (read := known.get(field)) is not None:
            for value in values:
                try:
                    read(value)
                except Misread as misread:
                    yield unchecked.fault(misread.code, path, field=field, **misread.params)


def bounds_suit_their_selection(unchecked: Unchecked) -> Iterator[Fault]:
    """Shares are of funds, so not of years that no fund has; projects are counted, not their costs."""
    for at, limit in enumerate(unchecked.scenario.limits):
        years = {value.casefold() for value in limit.where.get("year", ())} - unchecked.funded_years
        for side, bound in _bounds(limit):
            if bound.count is not None and any(field in limit.where for field in OF_COSTS):
                yield unchecked.fault("count_of_costs", ("limits", at, side), limit=limit.id)
            elif years and bound.amount_mvnd is None and bound.count is None:
                yield unchecked.fault("limit_year_without_fund", ("limits", at, side), limit=limit.id)


def _bounds(limit: Limit) -> Iterator[tuple[str, Bound]]:
    for side in SIDES:
        bound: Bound | None = getattr(limit, side)
        if bound is not None:
            yield side, bound


def limits_can_hold(unchecked: Unchecked) -> Iterator[Fault]:
    """Each floor is within the ceiling of its limit and, unless it is soft, within the money there is."""
    for at, limit in enumerate(unchecked.scenario.limits):
        envelope, path = unchecked.scenario.envelope_of(limit), ("limits", at, "at_least")
        least, most = limit.floor_mvnd(envelope), limit.ceiling_mvnd(envelope)
        if least is None:
            continue
        params: dict[str, object] = {"limit": limit.id, "floor_mvnd": least}
        if most is not None and least > most:
            yield unchecked.fault("floor_above_ceiling", path, ceiling_mvnd=most, **params)
        available = unchecked.available_mvnd(limit)
        if least > available and limit.penalty_e4 is None and _is_paid(unchecked, limit):
            yield unchecked.fault("floor_above_envelope", path, envelope_mvnd=available, **params)


def _is_paid(unchecked: Unchecked, limit: Limit) -> bool:
    """Whether funds pay all that a limit selects: it is not of a year that no fund has."""
    return {value.casefold() for value in limit.where.get("year", ())} <= unchecked.funded_years


def limits_have_projects(unchecked: Unchecked) -> Iterator[Fault]:
    """Each limit selects something, and its floor is within what that asks for."""
    if unchecked.register is None or not unchecked.sound:
        return
    for at, limit in enumerate(unchecked.scenario.limits):
        if any(_selection_faults(unchecked, at, limit)):
            continue
        chosen = unchecked.cells_of(limit)
        if not chosen.any():
            yield unchecked.fault("limit_selects_nothing", ("limits", at), limit=limit.id)
        elif limit.penalty_e4 is None:
            asked = int(unchecked.most_mvnd(chosen).sum())
            least = limit.floor_mvnd(unchecked.scenario.envelope_of(limit)) or 0
            if least > asked:
                params = {"limit": limit.id, "floor_mvnd": least, "asked_mvnd": asked}
                yield unchecked.fault("floor_above_asks", ("limits", at, "at_least"), **params)


def floors_fit_together(unchecked: Unchecked) -> Iterator[Fault]:
    """Floors over selections that share no cost add up; together they must fit the money there is."""
    if unchecked.register is None or not unchecked.sound:
        return
    floors, available = _floors(unchecked), unchecked.available_mvnd()
    taken = np.zeros(len(unchecked.costs), dtype=bool)
    total, names = 0, []
    for least, name, chosen in sorted(floors, key=lambda each: (-each[0], each[1])):
        if chosen.any() and not (taken & chosen).any():
            taken |= chosen
            total += least
            names.append(name)
    if len(names) > 1 and total > available and all(least <= available for least, _, _ in floors):
        params = {"names": ", ".join(names), "total_mvnd": total, "envelope_mvnd": available}
        yield unchecked.fault("floors_above_envelope", ("limits",), **params)


def _floors(unchecked: Unchecked) -> list[tuple[int, str, Mask]]:
    """The floors that must be paid: million VND, id of the limit, what it selects."""
    found = []
    for limit in unchecked.scenario.limits:
        least = limit.floor_mvnd(unchecked.scenario.envelope_of(limit)) or 0
        if least and limit.penalty_e4 is None and _is_paid(unchecked, limit):
            found.append((least, limit.id, unchecked.cells_of(limit)))
    return found


def counts_can_hold(unchecked: Unchecked) -> Iterator[Fault]:
    """Counts are within each other and the projects selected, and what counts as funded is said."""
    if unchecked.register is None or not unchecked.sound:
        return
    for at, limit in enumerate(unchecked.scenario.limits):
        least = limit.at_least.count if limit.at_least else None
        most = limit.at_most.count if limit.at_most else None
        path, params = ("limits", at, "at_least"), {"limit": limit.id, "floor": least}
        chosen = unchecked.register.selected_by(limit)
        if least is not None and most is not None and least > most:
            yield unchecked.fault("count_floor_above_ceiling", path, ceiling=most, **params)
        if least and chosen.any() and limit.penalty_e4 is None and least > int(chosen.sum()):
            yield unchecked.fault("count_floor_above_projects", path, projects=int(chosen.sum()), **params)
        if least and _any_amount_counts(unchecked, chosen):
            yield unchecked.fault("count_needs_least_grant", path, **params)


def _any_amount_counts(unchecked: Unchecked, chosen: Mask) -> bool:
    """Whether one million VND would make one of the projects chosen count as funded."""
    if unchecked.scenario.least_grant_mvnd is not None:
        return False
    funding = unchecked.projects.columns.get("funding")
    return bool((chosen & ~funding.among(("whole", "minimum"))).any()) if funding else bool(chosen.any())


def counts_leave_room_for_musts(unchecked: Unchecked) -> Iterator[Fault]:
    """No limit allows fewer projects than those that must be funded."""
    if unchecked.register is None or not unchecked.sound:
        return
    must = np.zeros(len(unchecked.register), dtype=bool)
    must[[unchecked.row_of[each.project.casefold()] for _, each in unchecked.musts]] = True
    for at, limit in enumerate(unchecked.scenario.limits):
        most = limit.at_most.count if limit.at_most else None
        held = np.flatnonzero(must & unchecked.register.selected_by(limit)).tolist()
        if most is not None and limit.penalty_e4 is None and len(held) > most:
            names = ", ".join(unchecked.register.ids[row] for row in held)
            params = {"limit": limit.id, "ceiling": most, "projects": names}
            yield unchecked.fault("count_below_musts", ("limits", at, "at_most"), **params)
