"""How complete dossiers are, which products have two leads, and the cases with and without the gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from prioritizer.inputs.dossiers import NOTICE_22, written_out
from prioritizer.model import Case, Eligibility, Ints
from prioritizer.results import Plan
from prioritizer.scoring.eligibility import blanks


@dataclass(frozen=True)
class SharedProduct:
    """A product that several bodies lead projects on; ``rows`` are those projects in the register."""

    product: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Dossiers:
    """What every dossier needs and lacks, by row of the register.

    ``of_scenario``: whether the scenario asks for it, so that who lacks something gets nothing; else it is
    what Notice 22, item 1, asks, for information. ``unassessed`` has the leaves that nobody judged.
    """

    of_scenario: bool
    needed: tuple[tuple[str, ...], ...]
    missing: tuple[tuple[str, ...], ...]
    unassessed: tuple[tuple[str, ...], ...]
    shared: tuple[SharedProduct, ...]

    def complete(self, rows: Ints) -> int:
        """How many of these projects lack nothing."""
        return sum(not self.missing[row] for row in rows.tolist())

    def columns(self, rows: Ints) -> tuple[int, int]:
        """How many columns the dossiers of these projects have filled, and how many they need."""
        needed = sum(len(self.needed[row]) for row in rows.tolist())
        return needed - sum(len(self.missing[row]) for row in rows.tolist()), needed


@dataclass(frozen=True)
class Gates:
    """The plan for projects with complete dossiers only, and the one if everything missing arrives."""

    complete_only: Plan
    all_arrived: Plan


def dossiers(case: Case) -> Dossiers:
    """What dossiers lack: of what the scenario asks, or else of what Notice 22 asks."""
    asked, register = demands(case.scenario.eligibility), case.register
    missing = blanks(complete_only(case))
    needed = tuple(
        tuple(name for name in asked.dossier_of(class_) if name in register.columns)
        for class_ in register.columns["class"].texts()
    )
    rows = range(len(register))
    return Dossiers(
        asks(case.scenario.eligibility),
        needed,
        tuple(missing.get(row, ()) for row in rows),
        _unassessed(case),
        tuple(_shared(case)),
    )


def asks(eligibility: Eligibility) -> bool:
    """Whether a scenario asks for anything in dossiers."""
    return bool(eligibility.dossier or any(eligibility.dossier_by_class.values()))


def demands(own: Eligibility) -> Eligibility:
    """What a scenario asks; where it asks for nothing in dossiers, with all that Notice 22 asks."""
    return written_out(own if asks(own) else own.model_copy(update={"dossier": (NOTICE_22,)}))


def complete_only(case: Case) -> Case:
    """The case in which who lacks anything in the dossier gets nothing."""
    return case.revised(eligibility=demands(case.scenario.eligibility))


def all_arrived(case: Case) -> Case:
    """The case as if all dossiers were complete; scores stay as they are."""
    own = case.scenario.eligibility
    return case.revised(eligibility=own.model_copy(update={"dossier": (), "dossier_by_class": {}}))


def _unassessed(case: Case) -> tuple[tuple[str, ...], ...]:
    """The leaves that nobody judged, by row; those that follow from the register are nobody's to judge."""
    tree, held, n = case.criteria, case.assessments, len(case.register)
    if tree is None or held is None:
        return ((),) * n
    open_ = np.all(held.low < 0, axis=0)
    asked = [(at, leaf.id) for at, leaf in enumerate(tree.leaves) if leaf.of is None]
    return tuple(tuple(leaf for at, leaf in asked if open_[at, row]) for row in range(n))


def _shared(case: Case) -> Iterator[SharedProduct]:
    """Products with leads of several bodies, in the order of the list of products."""
    product, ministry = case.register.columns["product"], case.register.columns["ministry"]
    for technology in case.products.technologies:
        for each in technology.products:
            rows = np.flatnonzero(product.among((each.id,))).tolist()
            if len({ministry[row] for row in rows}) > 1:
                yield SharedProduct(each.id, tuple(rows))
