"""Ids, values, fields, and what makes a project eligible."""

from __future__ import annotations

from collections.abc import Iterator

from prioritizer.errors import Fault
from prioritizer.inputs.columns import FIELDS_TAKEN, REGISTER
from prioritizer.inputs.dossiers import NOTICE_22
from prioritizer.inputs.tables import nearest
from prioritizer.inputs.unchecked import Unchecked

FULL_E4 = 1_000_000  # 100 points, what the best end of every scale is worth
_WITH_IDS = ("funds", "reserves", "limits", "decisions", "dependencies")
_ALWAYS_FILLED = {column.name for column in REGISTER if column.filled} | {"ask_bn", "value"}


def id_is_the_stem(unchecked: Unchecked) -> Iterator[Fault]:
    """A scenario is called as its file."""
    if unchecked.scenario.id != unchecked.stem:
        yield unchecked.fault("id_is_not_the_stem", ("id",), id=unchecked.scenario.id, stem=unchecked.stem)


def ids_are_unique(unchecked: Unchecked) -> Iterator[Fault]:
    """A plan names what holds a project by id alone, so all that can hold one share their ids.

    Ids that are made here of the same projects are left to the checks that know what they are about.
    """
    seen: dict[str, tuple[int, bool]] = {}
    for key in _WITH_IDS:
        for at, thing in enumerate(getattr(unchecked.scenario, key)):
            made, name = getattr(thing, "id_", thing.id) is None, thing.id.casefold()
            line, also_made = seen.get(name, (0, True))
            if name in seen and not (made and also_made):
                yield unchecked.fault("duplicate_key", (key, at, "id"), key=thing.id, first=line)
            seen.setdefault(name, (unchecked.node.find((key, at, "id")).line, made))


def values_or_assessments(unchecked: Unchecked) -> Iterator[Fault]:
    """A project's value is given or made of assessments: one of the two."""
    if unchecked.register is None:
        return
    if unchecked.register.given_e4 is None and unchecked.scenario.assessments is None:
        yield unchecked.fault("no_values", ("register",))
    if unchecked.register.given_e4 is not None and unchecked.scenario.assessments is not None:
        yield unchecked.fault("values_twice", ("assessments",))


def fields_are_free(unchecked: Unchecked) -> Iterator[Fault]:
    """A field of the scenario's own may not take the name of a column that has a meaning already."""
    for at, field in enumerate(unchecked.scenario.fields):
        if field.casefold() in FIELDS_TAKEN:
            yield unchecked.fault("field_taken", ("fields", at), text=field)


def minima_are_of_factors(unchecked: Unchecked) -> Iterator[Fault]:
    """Minima are of factors, the first level of the criteria tree, and can be reached."""
    minima, path = unchecked.scenario.eligibility.minimum_by_factor, ("eligibility", "minimum_by_factor")
    if unchecked.criteria is None:
        if minima and unchecked.values_given:
            yield unchecked.fault("minimum_without_criteria", path)
        return
    factors = [factor.id for factor in unchecked.criteria.criteria]
    for name, least_e4 in minima.items():
        if name not in factors:
            yield unchecked.fault("unknown_factor", (*path, name), **nearest(name, factors))
        elif least_e4 > FULL_E4:
            yield unchecked.fault("minimum_above_full", (*path, name), factor=name)


def dossier_columns() -> tuple[str, ...]:
    """The columns of every register that a dossier may ask for."""
    return tuple(column.name for column in REGISTER if column.name not in _ALWAYS_FILLED)


def dossier_columns_are_known(unchecked: Unchecked) -> Iterator[Fault]:
    """A dossier is made of columns of the register that may be blank."""
    known = [*dossier_columns(), NOTICE_22, *unchecked.scenario.fields]
    asked = unchecked.scenario.eligibility
    lists: list[tuple[tuple[str, ...], tuple[str, ...]]] = [(("dossier",), asked.dossier)]
    lists += [(("dossier_by_class", class_), names) for class_, names in asked.dossier_by_class.items()]
    for path, names in lists:
        for at, name in enumerate(names):
            if name not in known:
                place = ("eligibility", *path, at)
                yield unchecked.fault("unknown_dossier_column", place, **nearest(name, known))


def equal_shares_need_shares(unchecked: Unchecked) -> Iterator[Fault]:
    """The tied can have equal shares only where no rule asks yes or no."""
    if unchecked.scenario.ties != "pro_rata":
        return
    scenario, register = unchecked.scenario, unchecked.register
    rules = register.columns["funding"].levels if register is not None else ()
    bounds = [bound for limit in scenario.limits for bound in (limit.at_least, limit.at_most) if bound]
    asking = {
        "least_grant_bn": scenario.least_grant_mvnd is not None,
        "count": any(bound.count is not None for bound in bounds),
        "in_full": any(each.in_full for each in scenario.dependencies),
        "funding": not set(rules) <= {"", "flexible"},
    }
    if any(asking.values()):
        names = ", ".join(name for name, asks in asking.items() if asks)
        yield unchecked.fault("equal_shares_need_shares", ("ties",), names=names)
