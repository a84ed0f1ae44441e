"""A case's tables cell by cell as they were written, for what is sent back to those who wrote them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.case import criteria_folders
from prioritizer.inputs.columns import ASSESSMENTS, COSTS, REGISTER, Column
from prioritizer.inputs.documents import as_noun, inside, read_extended
from prioritizer.inputs.tables import LARGEST_TABLE_BYTES, read_table
from prioritizer.inputs.yamltree import read_bytes
from prioritizer.model import STATE_SECRETS, Scenario

Row = dict[str, str]


@dataclass(frozen=True)
class Rows:
    """The rows of the tables that a scenario refers to, in the order of the files: cells by column."""

    register: tuple[Row, ...] = ()
    costs: tuple[Row, ...] = ()
    assessments: tuple[Row, ...] = ()


def read_choices(path: Path) -> Scenario:
    """A scenario without what it refers to, which need not be there yet. Raises :class:`InputFaults`."""
    faults: list[Fault] = []
    node, _ = read_extended(path, path.name, faults)
    scenario, _ = as_noun(Scenario, node, faults)
    if scenario is None or faults:
        raise InputFaults(faults)
    return scenario


def read_rows(path: Path, scenario: Scenario, mode: str) -> Rows:
    """The tables of the scenario file at ``path``; one that is not there has no rows.

    Raises :class:`InputFaults` for a file that is no table at all, and for State secrets unless ``mode`` is
    ``isolated``.
    """
    fields = tuple(Column(name) for name in scenario.fields)
    register = _rows(path, scenario.register_, (*REGISTER, *fields))
    if mode != "isolated" and any(row.get("secrecy", "").casefold() in STATE_SECRETS for row in register):
        raise InputFaults([Fault("state_secret_on_network", scenario.register_, column="secrecy")])
    return Rows(
        register,
        _rows(path, scenario.costs, COSTS),
        _rows(path, scenario.assessments, ASSESSMENTS),
    )


def _rows(path: Path, name: str | None, columns: Sequence[Column]) -> tuple[Row, ...]:
    place = None if name is None else inside(name, path, criteria_folders(path))
    if place is None or name is None:
        return ()
    table = read_table(read_bytes(place, name, LARGEST_TABLE_BYTES), name, columns, [])
    cells = {each: column.texts() for each, column in table.columns.items()}
    return tuple(dict(zip(cells, line, strict=True)) for line in zip(*cells.values(), strict=True))
