"""The set as tables, and as workbooks by the project's own writer: before anybody has been careless."""

from __future__ import annotations

from functools import cache

from prioritizer import pipeline
from prioritizer.exports import forms
from prioritizer.inputs.rows import Rows, read_choices
from prioritizer.inputs.workbooks.lists import Lists, read_lists
from prioritizer.model import Scenario
from tests.demonstration.dossiers import dossier
from tests.demonstration.judgements import judgements
from tests.demonstration.project import Project, costs
from tests.demonstration.projects import PROJECTS

SCENARIO = pipeline.SCENARIOS / "demonstration.yaml"
OURS = "Minh họa: dự án và số liệu tự đặt, không phải đề nghị của cơ quan nào."


@cache
def lists() -> Lists:
    """What the scenario's words mean."""
    return read_lists(SCENARIO)


@cache
def told() -> tuple[Lists, Scenario, Rows]:
    """The lists, the scenario and the set's tables."""
    costs_ = [cost._asdict() for project in PROJECTS for cost in costs(project)]
    judged = [judgement._asdict() for project in PROJECTS for judgement in judgements(project)]
    rows = Rows(
        tuple(register_row(project) for project in PROJECTS),
        tuple({**row, "amount_bn": str(row["amount_bn"])} for row in costs_),
        tuple(judged),
    )
    return lists(), read_choices(SCENARIO), rows


def class_of(project: Project) -> str:
    """The project's class: its own, or that of its product."""
    products = (product for each in lists().products.technologies for product in each.products)
    inherited = next(product.class_ for product in products if product.id == project.product)
    return project.class_ or str(inherited)


def register_row(project: Project) -> dict[str, str]:
    """The project as a row of the register; every cell that matters says that it is illustrative."""
    return {
        "id": project.id,
        "name_vi": f"[Minh họa] {project.vi}",
        "name_en": f"[Illustrative] {project.en}",
        "ministry": project.ministry,
        "product": project.product,
        "class": project.class_,
        "ask_bn": str(project.total),
        "funding": project.funding,
        "minimum_bn": str(project.minimum or ""),
        "secrecy": project.secrecy,
        "class_basis": "proposed",
        "ask_basis": "illustrative",
        "note": OURS,
        "cofinance_bn": str(project.others or ""),
        "received_bn": str(project.received or ""),
        **dossier(project, class_of(project)),
    }


def of_ministry(ministry: str) -> bytes:
    """The workbook of a ministry, filled in without a slip."""
    known, scenario, rows = told()
    return forms.ministry_template(ministry, known, scenario, rows, "vi")


def of_assessor(name: str) -> bytes:
    """The workbook of an assessor, filled in without a slip."""
    known, scenario, rows = told()
    return forms.assessor_template(name, known, scenario, rows, "vi", filled=True)
