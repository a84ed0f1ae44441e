"""From a scenario file to a case: everything it refers to is read, checked and resolved in one go."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.assessments import read_assessments
from prioritizer.inputs.checks import CHECKS, LIMIT_CHECKS
from prioritizer.inputs.costs import CostRows, align_costs, read_cost_rows
from prioritizer.inputs.documents import AnyNoun, as_noun, inside, locate, read_extended
from prioritizer.inputs.dossiers import written_out
from prioritizer.inputs.register import read_register
from prioritizer.inputs.remembered import CASES, DOCUMENTS, TABLES, Key, digest_of
from prioritizer.inputs.tables import LARGEST_TABLE_BYTES
from prioritizer.inputs.together import is_unfinished
from prioritizer.inputs.unchecked import Unchecked
from prioritizer.inputs.yamltree import Node, read_bytes, read_yaml
from prioritizer.model import (
    Assessments,
    Case,
    Costs,
    CriteriaTree,
    InputFile,
    MinistryList,
    ProductList,
    Register,
    Scenario,
)
from prioritizer.money import decimal_text

PROJECT_CRITERIA = Path(__file__).resolve().parents[2] / "criteria"
T = TypeVar("T")
_REFERENCES = ("register", "assessments", "costs", "criteria", "ministries", "products", "fields")
_LISTS = (
    "funds",
    "assessors",
    "fields",
    "reserves",
    "elicitation",
    "limits",
    "decisions",
    "dependencies",
    "tie_order",
)
_NO_CHOICES = {
    "schema": "1",
    "id": "draft",
    "title": "–",
    "funds": [{"id": "none", "year": "0", "amount_bn": "0"}],
}


def read_case(path: Path, mode: str, content: bytes | None = None) -> Case:
    """The case of the scenario file at ``path``; ``mode`` is ``networked`` or ``isolated``.

    ``content``: what the scenario's own file is taken to hold instead of what it does. What was read before
    from the same bytes is not read again.
    Raises :class:`InputFaults` with every fault of the scenario and of all it refers to.
    """
    return _Reading(path, mode, content).case()


def read_register_alone(path: Path, mode: str) -> Register:
    """A register without a scenario, against the bodies and products shipped. Raises :class:`InputFaults`."""
    faults: list[Fault] = []
    ministries = _shipped(MinistryList, PROJECT_CRITERIA / "ministries.yaml")
    products = _shipped(ProductList, PROJECT_CRITERIA / "decision-1131.yaml")
    content = read_bytes(path, path.name, LARGEST_TABLE_BYTES)
    register = read_register(content, path.name, (), ministries, products, mode, faults)
    if faults:
        raise InputFaults(faults)
    return register


def _shipped(model: type[AnyNoun], path: Path) -> AnyNoun:
    faults: list[Fault] = []
    noun, _ = as_noun(model, read_yaml(read_bytes(path, path.name), path.name, faults), faults)
    if noun is None or faults:
        raise InputFaults(faults)
    return noun


def limit_faults(case: Case) -> tuple[Fault, ...]:
    """Why limits of a case as it stands (perhaps revised) cannot hold, each by itself."""
    scenario = case.scenario
    lists = case.criteria, case.ministries, case.products
    node = Node({}, scenario.id, 0)
    unchecked = Unchecked(node, scenario.id, scenario, *lists, case.register, case.costs_by_kind, sound=True)
    return tuple(fault for check in LIMIT_CHECKS for fault in check(unchecked))


def criteria_folders(scenario: Path) -> tuple[Path, ...]:
    """Where criteria, ministries and products are looked for: beside the scenarios, then the ones shipped."""
    return (scenario.parent / "criteria", scenario.parent.parent / "criteria", PROJECT_CRITERIA)


@dataclass(frozen=True)
class _Found:
    """What a scenario refers to; ``None`` where it has none or where it cannot be read."""

    ministries: MinistryList | None
    products: ProductList | None
    register: Register | None
    tree: CriteriaTree | None
    assessments: Assessments | None
    costs: Costs | None


class _Reading:
    """One reading of a scenario: gathers faults and files while the parts come in."""

    def __init__(self, path: Path, mode: str, content: bytes | None = None) -> None:
        self.path = Path(path)
        self.mode = mode
        self.content = content
        self.faults: list[Fault] = []
        self.inputs: list[InputFile] = []
        self.all_listed = True  # no assessor's entry is too faulty to tell who it is

    def case(self) -> Case:
        node, files = read_extended(self.path, self.path.name, self.faults, content=self.content)
        for shown, content in files:
            self._note("scenario", shown, content)
        named = node.find(("assessors",)).value
        read = node
        scenario, node = DOCUMENTS.read(
            (Scenario.__name__, *self._read_from()),
            self.faults,
            lambda own: as_noun(Scenario, read, own, entries=_LISTS),
        )
        if scenario is None:
            raise InputFaults([*self.faults, *self._faults_of_tables(node)])
        self.all_listed = not isinstance(named, list) or len(named) == len(scenario.assessors)
        found = self._references(node, scenario)
        if self.faults:
            return self._checked(node, scenario, found)
        key = (self.path.stem, self.mode, self.all_listed, *self._read_from())
        return CASES.read(key, [], lambda _: self._checked(node, scenario, found))

    def _checked(self, node: Node, scenario: Scenario, found: _Found) -> Case:
        ministries, products, register, tree = found.ministries, found.products, found.register, found.tree
        if ministries and products:
            sound = register is not None and (found.costs is not None or scenario.costs is None)
            sound &= all(fault.file not in (scenario.register_, scenario.costs) for fault in self.faults)
            parts = (tree, ministries, products, register, found.costs)
            unchecked = Unchecked(node, self.path.stem, scenario, *parts, sound=sound)
            self.faults += [fault for check in CHECKS for fault in check(unchecked)]
        if self.faults or ministries is None or products is None or register is None:
            raise InputFaults(self.faults)
        read = tuple(self.inputs)
        scenario = scenario.model_copy(update={"eligibility": written_out(scenario.eligibility)})
        return Case(scenario, tree, ministries, products, register, found.assessments, read, found.costs)

    def _references(self, node: Node, scenario: Scenario) -> _Found:
        """Everything that the scenario refers to; what cannot be read is ``None``, its faults noted."""
        ministries = self._document(MinistryList, node, "ministries", scenario.ministries)
        products = self._document(ProductList, node, "products", scenario.products)
        if ministries:
            self.faults += _repeated((body.id for body in ministries.bodies), scenario.ministries)
        if products:
            groups = [tech.id for tech in products.technologies]
            groups += [product.id for tech in products.technologies for product in tech.products]
            self.faults += _repeated(groups, scenario.products)
        rows = self._cost_rows(node, scenario)
        register = self._register(node, scenario, ministries, products, rows)
        costs = align_costs(rows, register.ids, scenario.funds, self.faults) if rows and register else None
        given = register is not None and register.given_e4 is not None and scenario.assessments is None
        tree = None if given else self._document(CriteriaTree, node, "criteria", scenario.criteria)
        if tree:
            self.faults += _tree_faults(tree, scenario.criteria)
        assessments = self._assessments(node, scenario, tree, register)
        return _Found(ministries, products, register, tree, assessments, costs)

    def _faults_of_tables(self, node: Node) -> tuple[Fault, ...]:
        """What is wrong besides in a faulty scenario's tables, read without its choices."""
        kept = {key: node.value[key].plain() for key in _REFERENCES if key in node.value}
        try:
            scenario = Scenario.model_validate(_NO_CHOICES | kept)
        except ValidationError:
            return ()
        apart = _Reading(self.path, self.mode)
        apart._references(node, scenario)
        return tuple(apart.faults)

    def _note(self, role: str, shown: str, content: bytes) -> None:
        self.inputs.append(InputFile(role, shown, digest_of(content)))

    def _read_from(self, *roles: str) -> Key:
        """The names and digests of the files noted in these roles; of all where none is named."""
        noted = (file for file in self.inputs if not roles or file.role in roles)
        return tuple((file.role, file.path, file.sha256) for file in noted)

    def _tried(self, read: Callable[[], T]) -> T | None:
        """What ``read`` gives, or ``None`` with its faults noted: the other parts are checked still."""
        try:
            return read()
        except InputFaults as found:
            self.faults += found.faults
            return None

    def _document(self, model: type[AnyNoun], node: Node, key: str, name: str) -> AnyNoun | None:
        path = locate(name, self.path, criteria_folders(self.path))
        if path is None:
            self.faults.append(self._missing(node, key, name))
            return None
        shown = name if name.endswith(".yaml") else f"{name}.yaml"
        content = self._tried(lambda: read_bytes(path, shown))
        if content is None:
            return None
        self._note(key, shown, content)
        sources = (model.__name__, *self._read_from(key))
        return self._tried(
            lambda: DOCUMENTS.read(
                sources, self.faults, lambda own: as_noun(model, read_yaml(content, shown, own), own)[0]
            )
        )

    def _table_bytes(self, node: Node, key: str, name: str) -> bytes | None:
        path = inside(name, self.path, criteria_folders(self.path))
        if path is None:
            self.faults.append(self._missing(node, key, name))
            return None
        if is_unfinished(path.parent):
            self.faults.append(Fault("import_unfinished", name))
            return None
        content = self._tried(lambda: read_bytes(path, name, LARGEST_TABLE_BYTES))
        if content is not None:
            self._note(key, name, content)
        return content

    def _cost_rows(self, node: Node, scenario: Scenario) -> CostRows | None:
        name = scenario.costs
        content = None if name is None else self._table_bytes(node, "costs", name)
        if name is None or content is None:
            return None
        return self._tried(
            lambda: TABLES.read(
                self._read_from("costs"), self.faults, lambda own: read_cost_rows(content, name, own)
            )
        )

    def _register(
        self,
        node: Node,
        scenario: Scenario,
        ministries: MinistryList | None,
        products: ProductList | None,
        costs: CostRows | None,
    ) -> Register | None:
        name, fields = scenario.register_, scenario.fields
        content = self._table_bytes(node, "register", name)
        if content is None or ministries is None or products is None:
            return None
        lists, blank = (ministries, products), scenario.costs is not None
        files = self._read_from("register", "ministries", "products", "costs")
        return self._tried(
            lambda: TABLES.read(
                ("register", fields, self.mode, blank, costs is None, *files),
                self.faults,
                lambda own: read_register(content, name, fields, *lists, self.mode, own, costs, blank),
            )
        )

    def _assessments(
        self, node: Node, scenario: Scenario, tree: CriteriaTree | None, register: Register | None
    ) -> Assessments | None:
        if scenario.assessments is None:
            return None
        name = scenario.assessments
        content = self._table_bytes(node, "assessments", name)
        if content is None or tree is None or register is None:
            return None
        listed = scenario.assessors if self.all_listed else ()
        files = self._read_from("assessments", "criteria", "register")
        return self._tried(
            lambda: TABLES.read(
                (tuple(each.id for each in listed), *files),
                self.faults,
                lambda own: read_assessments(content, name, tree, register.ids, own, listed),
            )
        )

    def _missing(self, node: Node, key: str, name: str) -> Fault:
        at: Any = node.find((key,))
        return Fault("reference_missing", at.file, at.line, key, {"text": name[:200]})


def _tree_faults(tree: CriteriaTree, shown: str) -> list[Fault]:
    """Ids that stand twice, and sibling weights that the file gives in part or not summing to one."""
    faults = _repeated((node.id for siblings in tree.sibling_sets() for node in siblings), shown)
    for siblings in tree.sibling_sets():
        given = [node.weight for node in siblings if node.weight is not None]
        names = ", ".join(node.id for node in siblings)
        if given and (len(given) < len(siblings) or sum(given) != 1):
            faults.append(
                Fault(
                    "weights_sum",
                    shown,
                    None,
                    names,
                    {"names": names, "total": decimal_text(sum(given, Fraction(0)))},
                )
            )
    return faults


def _repeated(ids: Iterable[str], shown: str) -> list[Fault]:
    """Ids that stand twice in one file, whatever their capitals."""
    faults, seen = [], set[str]()
    for name in ids:
        if name.casefold() in seen:
            faults.append(Fault("duplicate_key", shown, None, name, {"key": name, "first": "–"}))
        seen.add(name.casefold())
    return faults


def mode_of_operation() -> str:
    """How the operator runs this machine: ``networked``, unless ``PRIORITIZER_MODE`` says ``isolated``."""
    return (
        "isolated" if os.environ.get("PRIORITIZER_MODE", "").strip().casefold() == "isolated" else "networked"
    )
