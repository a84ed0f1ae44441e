"""The whole story in a few functions: all that the command line and the app call.

load -> assess -> describe, export. Nothing here computes; each function names a stage.
"""

from __future__ import annotations

import re
from pathlib import Path

from prioritizer import allocation, inputs, scoring
from prioritizer.explanation import (
    citation,
    describe_limits,
    describe_project,
    describe_unspent,
    limit_name,
    value_label,
)
from prioritizer.exports import faults_object, plan_object, shortlist_csv
from prioritizer.inputs import limit_faults, mode_of_operation
from prioritizer.model import ID_PATTERN, Case, Register
from prioritizer.results import Evaluation
from prioritizer.scoring import contributions, leaf_weights, node_weights

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"


def scenario_paths(folder: Path = SCENARIOS) -> list[Path]:
    """The scenario files of a folder, the baseline first, then by name."""
    found = [path for path in folder.glob("*.yaml") if re.fullmatch(ID_PATTERN, path.stem) and path.is_file()]
    return sorted(found, key=lambda path: (path.stem != "baseline", path.stem))


def load(path: Path, mode: str | None = None) -> Case:
    """The case of a scenario file; ``mode`` defaults to how the operator runs this machine.

    Raises :class:`~prioritizer.errors.InputFaults` with every fault.
    """
    return inputs.read_case(path, mode or mode_of_operation())


def read_register_alone(path: Path, mode: str | None = None) -> Register:
    """A register without a scenario. Raises :class:`~prioritizer.errors.InputFaults` with every fault."""
    return inputs.read_register_alone(path, mode or mode_of_operation())


def assess(case: Case) -> Evaluation:
    """Values and plan of a case."""
    scores = scoring.score(case)
    return Evaluation(case, scores, allocation.allocate(case, scores))


def lp_text(evaluation: Evaluation) -> str:
    """The linear program behind a plan, in readable LP format."""
    return allocation.lp_text(allocation.formulate(evaluation.case, evaluation.scores).program)


def ministry_money(evaluation: Evaluation) -> list[tuple[str, int, int, int]]:
    """Per lead body, in protocol order: id, million VND asked and placed, projects with money."""
    register, amount = evaluation.case.register, evaluation.plan.amount_mvnd
    rows = []
    for body in evaluation.case.ministries.bodies:
        own = register.columns["ministry"].among((body.id,))
        if own.any():
            money = amount[own]
            rows.append(
                (body.id, int(register.ask_mvnd[own].sum()), int(money.sum()), int((money > 0).sum()))
            )
    return rows


__all__ = [
    "assess",
    "citation",
    "contributions",
    "describe_limits",
    "describe_project",
    "describe_unspent",
    "faults_object",
    "leaf_weights",
    "limit_faults",
    "limit_name",
    "load",
    "lp_text",
    "ministry_money",
    "mode_of_operation",
    "node_weights",
    "plan_object",
    "read_register_alone",
    "scenario_paths",
    "shortlist_csv",
    "value_label",
]
