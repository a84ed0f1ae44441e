"""The lists that workbooks are read against: bodies, products, criteria, fields, kinds and assessors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.case import PROJECT_CRITERIA, criteria_folders
from prioritizer.inputs.documents import AnyNoun, as_noun, inside, locate, read_extended
from prioritizer.inputs.workbooks.tables import read_rows
from prioritizer.inputs.yamltree import read_bytes, read_yaml
from prioritizer.model import Assessor, CriteriaTree, Fund, MinistryList, ProductList, Scenario


@dataclass(frozen=True)
class Lists:
    """What names and ids mean. ``funds``, ``assessors`` and ``projects`` (the ids of the scenario's register)
    are empty where no scenario says them."""

    ministries: MinistryList
    products: ProductList
    tree: CriteriaTree
    fields: tuple[str, ...] = ()
    funds: tuple[Fund, ...] = ()
    assessors: tuple[Assessor, ...] = ()
    projects: tuple[str, ...] = ()

    @property
    def envelope_mvnd(self) -> int | None:
        """All that the funds hold, if there are any."""
        return sum(fund.amount_mvnd for fund in self.funds) if self.funds else None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of cost that funds pay."""
        return tuple(dict.fromkeys(kind for fund in self.funds for kind in fund.pays))


def read_lists(scenario: Path | None) -> Lists:
    """The lists of a scenario, or those shipped. Raises :class:`InputFaults`.

    The scenario's tables need not be there yet: an import may be what makes them.
    """
    if scenario is None:
        shipped = PROJECT_CRITERIA / "scenario.yaml"
        return Lists(
            _document(MinistryList, "ministries", shipped),
            _document(ProductList, "decision-1131", shipped),
            _document(CriteriaTree, "notice-22", shipped),
        )
    faults: list[Fault] = []
    node, _ = read_extended(scenario, scenario.name, faults)
    read, _ = as_noun(Scenario, node, faults)
    if read is None or faults:
        raise InputFaults(faults)
    return Lists(
        _document(MinistryList, read.ministries, scenario),
        _document(ProductList, read.products, scenario),
        _document(CriteriaTree, read.criteria, scenario),
        read.fields,
        read.funds,
        read.assessors,
        _projects(read, scenario),
    )


def _projects(read: Scenario, scenario: Path) -> tuple[str, ...]:
    path = inside(read.register_, scenario, criteria_folders(scenario))
    return tuple(row.project for row in read_rows(path, "register")) if path else ()


def _document(model: type[AnyNoun], name: str, scenario: Path) -> AnyNoun:
    path = locate(name, scenario, criteria_folders(scenario))
    if path is None:
        raise InputFaults([Fault("reference_missing", scenario.name, params={"text": name[:200]})])
    faults: list[Fault] = []
    noun, _ = as_noun(model, read_yaml(read_bytes(path, path.name), path.name, faults), faults)
    if noun is None or faults:
        raise InputFaults(faults)
    return noun
