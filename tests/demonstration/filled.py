"""The set as tables, and as workbooks by the project's own writer: before anybody has been careless."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from functools import cache
from pathlib import Path

from prioritizer import pipeline
from prioritizer.exports.workbooks.assessor import AssessorForm, assessor_workbook
from prioritizer.exports.workbooks.ministry import MinistryForm, ministry_workbook
from prioritizer.inputs.columns import ASSESSMENTS, COSTS, DOSSIER, REGISTER, Column
from prioritizer.model import CLASSES, Case
from tests.demonstration.dossiers import dossier
from tests.demonstration.judgements import judgements
from tests.demonstration.project import YEARS, Project, costs
from tests.demonstration.projects import PROJECTS

REQUIRED = {each: tuple(column.name for column in DOSSIER if each in column.dossier) for each in CLASSES}


@cache
def lists() -> Case:
    """A case with the shipped lists of ministries, products and criteria."""
    return pipeline.load(pipeline.SCENARIOS / "baseline.yaml")


def class_of(project: Project) -> str:
    """The project's class: its own, or that of its product."""
    products = (product for tech in lists().products.technologies for product in tech.products)
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
        "note": "Minh họa: dự án và số liệu tự đặt, không phải đề nghị của cơ quan nào.",
        "cofinance_bn": str(project.others or ""),
        "received_bn": str(project.received or ""),
        **dossier(project, class_of(project)),
    }


def cost_rows(project: Project) -> list[dict[str, str]]:
    """The project's costs as rows of the table of costs."""
    names = ("project", "year", "kind", "amount_bn", "milestone", "value_share")
    return [dict(zip(names, map(str, cost), strict=True)) for cost in costs(project)]


def of_ministry(ministry: str) -> bytes:
    """The workbook of a ministry, filled in without a slip."""
    body = next(body for body in lists().ministries.bodies if body.id == ministry)
    own = [project for project in PROJECTS if project.ministry == ministry]
    return ministry_workbook(
        MinistryForm(
            body,
            lists().ministries,
            lists().products,
            "vi",
            REQUIRED,
            years=YEARS,
            projects=tuple(register_row(project) for project in own),
            costs=tuple(row for project in own for row in cost_rows(project)),
            illustrative=True,
        )
    )


@cache
def case() -> Case:
    """The scenario of the set before anybody has judged: what the assessors' workbooks are made from."""
    with tempfile.TemporaryDirectory() as place:
        scenario = Path(place, "demonstration.yaml")
        shutil.copy(pipeline.SCENARIOS / scenario.name, scenario)
        tables = Path(place, "registers", "demonstration")
        tables.mkdir(parents=True)
        costs_of_all = [row for project in PROJECTS for row in cost_rows(project)]
        _write(tables / "register.csv", REGISTER, [register_row(project) for project in PROJECTS])
        _write(tables / "costs.csv", COSTS, costs_of_all)
        _write(tables / "assessments.csv", ASSESSMENTS, [])
        return pipeline.load(scenario)


def _write(path: Path, columns: tuple[Column, ...], rows: list[dict[str, str]]) -> None:
    stream = io.StringIO()
    names = [column.name for column in columns if column.name != "value"]
    table = csv.DictWriter(stream, names, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8")


def of_assessor(name: str) -> bytes:
    """The workbook of an assessor, filled in without a slip."""
    judged = [judgement._asdict() for project in PROJECTS for judgement in judgements(project)]
    own = tuple(row for row in judged if row["assessor"] == name)
    return assessor_workbook(AssessorForm(case(), name, "vi", own))
