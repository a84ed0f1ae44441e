"""What must hold between the parts of a scenario, checked before anything is solved: a table of checks.

Each check takes the draft and yields faults; every row of :data:`CHECKS` runs, so that one go shows all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from prioritizer.errors import Fault, Misread
from prioritizer.inputs.tables import FIELDS_TAKEN, one_of
from prioritizer.inputs.yamltree import Node
from prioritizer.model import (
    CLASSES,
    SECRECY_GRADES,
    CriteriaTree,
    Limit,
    MinistryList,
    ProductList,
    Register,
    Scenario,
)


@dataclass(frozen=True)
class Draft:
    """A scenario on its way to a case; ``register`` is ``None`` where there is none.

    ``sound`` says whether it was read without a fault, so that its selections and sums can be relied on.
    """

    node: Node
    stem: str
    scenario: Scenario
    criteria: CriteriaTree | None
    ministries: MinistryList
    products: ProductList
    register: Register | None
    sound: bool

    def fault(self, code: str, path: tuple[Any, ...], **params: object) -> Fault:
        """A fault at a key of the scenario file."""
        node = self.node.find(path)
        return Fault(code, node.file, node.line, ".".join(map(str, path)), params)

    @property
    def envelope_mvnd(self) -> int:
        """The money there is, over all funds."""
        return sum(fund.amount_mvnd for fund in self.scenario.funds)


def _id_is_the_stem(draft: Draft) -> Iterator[Fault]:
    if draft.scenario.id != draft.stem:
        yield draft.fault("id_is_not_the_stem", ("id",), id=draft.scenario.id, stem=draft.stem)


def _ids_are_unique(draft: Draft) -> Iterator[Fault]:
    seen: set[str] = set()  # funds and limits share it: a plan names what holds a project by id alone
    for key in ("funds", "limits"):
        for at, thing in enumerate(getattr(draft.scenario, key)):
            if thing.id.casefold() in seen:
                yield draft.fault(
                    "duplicate_key", (key, at, "id"), key=thing.id, first=draft.node.find((key,)).line
                )
            seen.add(thing.id.casefold())


def _later(draft: Draft) -> Iterator[Fault]:
    """Choices whose mathematics is not built yet: refused, never half obeyed."""
    scenario = draft.scenario
    uses = {
        ("costs",): scenario.costs is not None,
        ("decisions",): bool(scenario.decisions),
        ("funds", 1): len(scenario.funds) > 1,
        ("ties",): scenario.ties != "order",
        ("eligibility", "minimum_by_factor"): bool(scenario.eligibility.minimum_by_factor),
        ("eligibility", "dossier"): bool(scenario.eligibility.dossier),
    }
    for at, limit in enumerate(scenario.limits):
        for side in ("at_least", "at_most"):
            bound = getattr(limit, side)
            uses[("limits", at, side, "count")] = bound is not None and bound.count is not None
    for path, used in uses.items():
        if used:
            yield draft.fault("not_built_yet", path, what=".".join(str(step) for step in path))


def _weights(draft: Draft) -> Iterator[Fault]:
    if draft.criteria is None:
        if draft.scenario.weights:
            yield draft.fault("weights_without_criteria", ("weights",))
        return
    given = draft.scenario.weights
    nodes = {node.id for siblings in draft.criteria.sibling_sets() for node in siblings}
    for name in given:
        if name not in nodes:
            yield draft.fault("unknown_criterion_weight", ("weights", name), text=name)
    for siblings in draft.criteria.sibling_sets():
        weighed = [node.id for node in siblings if node.id in given]
        missing = [node.id for node in siblings if node.id not in given]
        if weighed and missing:
            yield draft.fault("weights_incomplete", ("weights", weighed[0]), missing=", ".join(missing))
        elif weighed and sum(given[name] for name in weighed) != 1:
            total = sum((given[name] for name in weighed), Fraction(0))
            yield draft.fault(
                "weights_sum", ("weights", weighed[0]), names=", ".join(weighed), total=str(total)
            )


def _values_or_assessments(draft: Draft) -> Iterator[Fault]:
    if draft.register is None:
        return
    if draft.register.given_e4 is None and draft.scenario.assessments is None:
        yield draft.fault("no_values", ("register",))
    if draft.register.given_e4 is not None and draft.scenario.assessments is not None:
        yield draft.fault("values_twice", ("assessments",))


def _limits_have_bounds(draft: Draft) -> Iterator[Fault]:
    for at, limit in enumerate(draft.scenario.limits):
        if limit.at_least is None and limit.at_most is None:
            yield draft.fault("limit_without_bound", ("limits", at), limit=limit.id)


def _fields_are_free(draft: Draft) -> Iterator[Fault]:
    """A field of the scenario's own may not take the name of a column that has a meaning already."""
    for at, field in enumerate(draft.scenario.fields):
        if field.casefold() in FIELDS_TAKEN:
            yield draft.fault("field_taken", ("fields", at), text=field)


def _selections_are_known(draft: Draft) -> Iterator[Fault]:
    for at, limit in enumerate(draft.scenario.limits):
        yield from _selection_faults(draft, at, limit)


def _selection_faults(draft: Draft, at: int, limit: Limit) -> Iterator[Fault]:
    known: dict[str, Any] = {
        "ministry": [body.id for body in draft.ministries.bodies],
        "technology": [tech.id for tech in draft.products.technologies],
        "product": [product.id for tech in draft.products.technologies for product in tech.products],
        "class": CLASSES,
        "secrecy": SECRECY_GRADES,
        "project": None,
    }
    if draft.register is not None:
        known["project"] = draft.register.ids
        columns = draft.register.columns
        known |= {name: columns[name].levels for name in draft.scenario.fields if name in columns}
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


def _limits_can_hold(draft: Draft) -> Iterator[Fault]:
    """Each floor is within the ceiling of its limit and the envelope."""
    for at, limit in enumerate(draft.scenario.limits):
        least = limit.floor_mvnd(draft.envelope_mvnd)
        if least is None:
            continue
        most = limit.ceiling_mvnd(draft.envelope_mvnd)
        params: dict[str, object] = {"limit": limit.id, "floor_mvnd": least}
        if most is not None and least > most:
            yield draft.fault("floor_above_ceiling", ("limits", at, "at_least"), ceiling_mvnd=most, **params)
        if least > draft.envelope_mvnd:
            params["envelope_mvnd"] = draft.envelope_mvnd
            yield draft.fault("floor_above_envelope", ("limits", at, "at_least"), **params)


def _limits_have_projects(draft: Draft) -> Iterator[Fault]:
    """Each limit selects something, and its floor is within what that asks for."""
    if draft.register is None or not draft.sound:
        return
    for at, limit in enumerate(draft.scenario.limits):
        chosen = draft.register.selected_by(limit)
        asked = int(draft.register.ask_mvnd[chosen].sum())
        least = limit.floor_mvnd(draft.envelope_mvnd) or 0
        if any(_selection_faults(draft, at, limit)):
            continue
        if not chosen.any():
            yield draft.fault("limit_selects_nothing", ("limits", at), limit=limit.id)
        elif least > asked:
            params = {"limit": limit.id, "floor_mvnd": least, "asked_mvnd": asked}
            yield draft.fault("floor_above_asks", ("limits", at, "at_least"), **params)


def _floors_fit_together(draft: Draft) -> Iterator[Fault]:
    """Floors over selections that share no project add up; together they must fit the envelope."""
    if draft.register is None or not draft.sound:
        return
    taken = np.zeros(len(draft.register), dtype=bool)
    total, names = 0, []
    floors = [
        (limit.floor_mvnd(draft.envelope_mvnd), limit.id, draft.register.selected_by(limit))
        for limit in draft.scenario.limits
    ]
    for least, name, chosen in sorted(
        ((f or 0, n, c) for f, n, c in floors), key=lambda each: (-each[0], each[1])
    ):
        if least and not (taken & chosen).any():
            taken |= chosen
            total += least
            names.append(name)
    if (
        len(names) > 1
        and total > draft.envelope_mvnd
        and all((f or 0) <= draft.envelope_mvnd for f, _, _ in floors)
    ):
        params = {"names": ", ".join(names), "total_mvnd": total, "envelope_mvnd": draft.envelope_mvnd}
        yield draft.fault("floors_above_envelope", ("limits",), **params)


LIMIT_CHECKS: tuple[Callable[[Draft], Iterator[Fault]], ...] = (
    _limits_can_hold,
    _limits_have_projects,
    _floors_fit_together,
)
CHECKS: tuple[Callable[[Draft], Iterator[Fault]], ...] = (
    _id_is_the_stem,
    _ids_are_unique,
    _later,
    _weights,
    _values_or_assessments,
    _limits_have_bounds,
    _fields_are_free,
    _selections_are_known,
    *LIMIT_CHECKS,
)
