"""Who assesses, and criteria that take their category from the register."""

from __future__ import annotations

from collections.abc import Iterator

from prioritizer.errors import Fault
from prioritizer.inputs.tables import nearest
from prioritizer.inputs.unchecked import Unchecked


def assessors_stand_once(unchecked: Unchecked) -> Iterator[Fault]:
    """No two assessors are called the same, whatever the capitals."""
    seen: dict[str, int] = {}
    for at, assessor in enumerate(unchecked.scenario.assessors):
        name, path = assessor.id.casefold(), ("assessors", at, "id")
        if name in seen:
            yield unchecked.fault("duplicate_key", path, key=assessor.id, first=seen[name])
        seen.setdefault(name, unchecked.node.find(path).line)


def assessors_are_of_known_bodies(unchecked: Unchecked) -> Iterator[Fault]:
    """An assessor's ministry is one of the bodies."""
    bodies = [body.id for body in unchecked.ministries.bodies]
    known = {name.casefold() for name in bodies}
    for at, assessor in enumerate(unchecked.scenario.assessors):
        if assessor.ministry is not None and assessor.ministry.casefold() not in known:
            yield unchecked.fault(
                "unknown_ministry", ("assessors", at, "ministry"), **nearest(assessor.ministry, bodies)
            )


def competence_is_on_criteria(unchecked: Unchecked) -> Iterator[Fault]:
    """Competence is on leaves and branches that there are."""
    if unchecked.criteria is None:
        return
    nodes = [node.id for siblings in unchecked.criteria.sibling_sets() for node in siblings]
    known = {name.casefold() for name in nodes}
    for at, assessor in enumerate(unchecked.scenario.assessors):
        seen: dict[str, int] = {}
        for name in assessor.competence_on:
            path = ("assessors", at, "competence_on", name)
            if name.casefold() not in known:
                yield unchecked.fault("unknown_competence", path, **nearest(name, nodes))
            if name.casefold() in seen:
                yield unchecked.fault("duplicate_key", path, key=name, first=seen[name.casefold()])
            seen.setdefault(name.casefold(), unchecked.node.find(path).line)


def categories_are_in_the_register(unchecked: Unchecked) -> Iterator[Fault]:
    """A criterion of a column of the register finds the column there, and a level for all that it says."""
    leaves = unchecked.criteria.leaves if unchecked.criteria else ()
    for leaf in leaves:
        if leaf.of is None or unchecked.register is None:
            continue
        column = unchecked.register.columns.get(leaf.of)
        if column is None:
            file, names = unchecked.scenario.criteria, sorted(unchecked.register.columns)
            shown = file if file.endswith(".yaml") else f"{file}.yaml"
            yield Fault("unknown_column_of", shown, None, leaf.id, nearest(leaf.of, names))
            continue
        names = [level.category or "" for level in leaf.levels]
        known = {"", *(name.casefold() for name in names)}
        for code, text in enumerate(column.levels):
            rows = (column.codes == code).nonzero()[0]
            if len(rows) and text.casefold() not in known:
                first = unchecked.register.ids[int(rows[0])]
                params = {**nearest(text, names), "project": first, "criterion": leaf.id}
                yield Fault("category_without_level", unchecked.scenario.register_, None, leaf.of, params)
