"""Cases and scenario files for tests: in memory where the files do not matter, as files where they do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import settings

from prioritizer import pipeline
from prioritizer.errors import Fault, InputFaults
from prioritizer.model import Case, Coded, Costs, MinistryList, ProductList, Register, Scenario
from prioritizer.results import Evaluation

BODIES = ("MOST", "MOIT", "MAE", "MOH", "MOD")
HEAD = "id,name_vi,ministry,product,class,ask_bn,value"


def steady(examples: int) -> settings:
    """The same examples in every run, few enough for everyday use."""
    return settings(derandomize=True, deadline=None, max_examples=examples, database=None)


# ------------------------------------------------------------------ in memory


@dataclass(frozen=True)
class Cost:
    """A cost of an invented project in million VND; ``milestone`` counts from 1, 0 where there are none."""

    year: str
    amount: int
    kind: str = ""
    milestone: int = 0


@dataclass(frozen=True)
class Project:
    """A project of an invented case: ask in million VND, value in 1e-4 point.

    ``costs`` sum to the ask; without any, all falls in the first fund's year. ``shares`` are the milestones'
    parts of the value, in their order.
    """

    ask: int
    value_e4: int
    ministry: str = "MOST"
    id: str = ""
    class_: str = "group1"
    funding: str = "flexible"
    minimum: int = 0
    cofinance: int = 0
    costs: tuple[Cost, ...] = ()
    shares: tuple[Fraction, ...] = ()


def coded(texts: Sequence[str], levels: Sequence[str] = ()) -> Coded:
    every = tuple(levels) or tuple(dict.fromkeys(texts))
    return Coded(every, np.array([every.index(text) for text in texts], dtype=np.int32))


def case(
    projects: Iterable[Project],
    envelope_mvnd: int = 0,
    limits: Iterable[Mapping[str, Any]] = (),
    basis: str = "funding",
    hurdle_e4: int = 0,
    **more: Any,
) -> Case:
    """A case with given values; the projects without ids become P00, P01, …

    ``more`` are further keys of the scenario as a file has them, whole numbers for money in million VND:
    ``funds`` (instead of the one fund of ``envelope_mvnd``), ``decisions``, ``dependencies``, …
    """
    chosen = list(projects)
    ids = [project.id or f"P{at:02d}" for at, project in enumerate(chosen)]
    assert ids == sorted(ids)
    scenario = Scenario.model_validate(
        {
            "schema": "1",
            "id": "tiny",
            "title": {"vi": "Thử", "en": "Trial"},
            "register": "register.csv",
            "funds": [{"id": "fund", "year": "2026", "amount_bn": envelope_mvnd}],
            "objective": {"basis": basis, "hurdle": hurdle_e4},
            "limits": list(limits),
            **more,
        }
    )
    bodies = MinistryList.model_validate(
        {"schema": "1", "id": "bodies", "bodies": [{"id": body, "name": body} for body in BODIES]}
    )
    technology = {"id": "T", "name": "T", "products": [{"id": "T.1", "name": "T.1"}]}
    products = ProductList.model_validate({"schema": "1", "id": "products", "technologies": [technology]})
    costs = _costs(chosen, scenario) if any(project.costs for project in chosen) else None
    return Case(scenario, None, bodies, products, _register(ids, chosen), None, (), costs)


def _register(ids: Sequence[str], projects: Sequence[Project]) -> Register:
    columns = {
        "ministry": coded([project.ministry for project in projects]),
        "name_vi": coded(["n"] * len(projects)),
        "class": coded([project.class_ for project in projects]),
        "product": coded([""] * len(projects)),
        "funding": coded([project.funding for project in projects]),
    }
    ask, value, minimum, cofinance = (
        np.array(
            [(project.ask, project.value_e4, project.minimum, project.cofinance) for project in projects],
            dtype=np.int64,
        )
        .reshape(-1, 4)
        .T
    )
    rules = (each if each.any() else None for each in (minimum, cofinance))
    return Register(tuple(ids), ask, value, columns, *rules)


def _costs(projects: Sequence[Project], scenario: Scenario) -> Costs:
    """The costs table: years of the funds first, kinds sorted, cells by project, milestone, year and kind."""
    first = scenario.funds[0].year
    of_project = [project.costs or (Cost(first, project.ask),) for project in projects]
    used = {cost.year for costs in of_project for cost in costs}
    funded = [year for year in dict.fromkeys(fund.year for fund in scenario.funds) if year in used]
    years = [*funded, *sorted(used - set(funded))]
    kinds = sorted({cost.kind for costs in of_project for cost in costs})
    cells = sorted(
        (row, cost.milestone, years.index(cost.year), kinds.index(cost.kind), cost.amount)
        for row, costs in enumerate(of_project)
        for cost in costs
    )
    row, milestone, year, kind, amount = np.array(cells, dtype=np.int64).T
    shares = {
        (at, number): share
        for at, project in enumerate(projects)
        for number, share in enumerate(project.shares, 1)
    }
    return Costs(
        row,
        milestone,
        Coded(tuple(years), year.astype(np.int32)),
        Coded(tuple(kinds), kind.astype(np.int32)),
        amount,
        shares,
    )


def amounts(evaluation: Evaluation) -> dict[str, int]:
    """Million VND by project."""
    return dict(zip(evaluation.case.register.ids, evaluation.plan.amount_mvnd.tolist(), strict=True))


def worth(evaluation: Evaluation) -> Fraction:
    assert evaluation.plan.objective is not None
    return evaluation.plan.objective


# ------------------------------------------------------------------ as files

MINISTRIES = "schema: 1\nid: bodies\nbodies:\n" + "".join(f"  - {{id: {id}, name: {id}}}\n" for id in "ABCD")
CRITERIA = """schema: 1
id: benefits
title: Benefits
criteria:
  - {id: B1, name: B1, weight: 0.31, scale: {worst: 0, best: 100}}
  - {id: B2, name: B2, weight: 0.19, scale: {worst: 0, best: 100}}
  - {id: B3, name: B3, weight: 0.29, scale: {worst: 0, best: 100}}
  - {id: B4, name: B4, weight: 0.21, scale: {worst: 0, best: 100}}
"""
PRODUCTS = """schema: 1
id: goods
technologies:
  - {id: T1, name: T1, products: [{id: T1.1, name: Goods, class: group2-push}]}
"""
ROWS = ("P1,một,A,,group1,1.5,80", "P2,hai,B,,group1,2,60", "P3,ba,A,,group1,1,40")
SCENARIO = """schema: 1
id: tiny
title: {vi: "Thử", en: "Trial"}
register: register.csv
ministries: bodies.yaml
products: goods.yaml
criteria: benefits.yaml
funds:
  - {id: fund, year: 2026, amount_bn: "3"}
"""
ASSESSED = SCENARIO + "assessments: scores.csv\n"
ASSESSED_HEAD = "id,name_vi,ministry,product,class,ask_bn"
ASSESSED_ROWS = ("P1,một,A,,group1,1.5", "P2,hai,B,,group1,2", "P3,ba,A,,group1,1")
SCORES_HEAD = "project,criterion,assessor,score,low,high"
COSTED = SCENARIO + "costs: costs.csv\n"
COSTS_HEAD = "project,year,kind,amount_bn,milestone,value_share"
COSTS = ("P1,2026,,1.5,,", "P2,2026,,1.2,,", "P2,2027,,0.8,,", "P3,2026,,1,,")
SCORES = ("P1,B1,x,50,,", "P1,B2,x,40,,", "P2,B1,x,,10,90", "P3,B4,x,100,,")


def table(head: str, rows: Iterable[str], end: str = "\n") -> str:
    return end.join([head, *rows]) + end


def folder(place: Path, **files: str | bytes | None) -> Path:
    """A folder with a small sound scenario ``tiny``, some of its files changed, added or (``None``) absent.

    Names are given with ``_yaml`` or ``_csv`` at their end. Returns the scenario's path.
    """
    place.mkdir(parents=True, exist_ok=True)
    content: dict[str, str | bytes | None] = {
        "tiny_yaml": SCENARIO,
        "register_csv": table(HEAD, ROWS),
        "bodies_yaml": MINISTRIES,
        "goods_yaml": PRODUCTS,
        "benefits_yaml": CRITERIA,
        "scores_csv": table(SCORES_HEAD, SCORES),
        "costs_csv": table(COSTS_HEAD, COSTS),
    }
    for name, text in (content | files).items():
        stem, _, ending = name.rpartition("_")
        if text is not None:
            data = text if isinstance(text, bytes) else text.encode("utf-8")
            (place / f"{stem}.{ending}").write_bytes(data)
    return place / "tiny.yaml"


def assessed(place: Path, **files: str | bytes | None) -> Path:
    """As :func:`folder`, with assessments by four criteria instead of given values."""
    base: dict[str, str | bytes | None] = {
        "tiny_yaml": ASSESSED,
        "register_csv": table(ASSESSED_HEAD, ASSESSED_ROWS),
    }
    return folder(place, **(base | files))


def costed(place: Path, **files: str | bytes | None) -> Path:
    """As :func:`folder`, with a table of costs by year."""
    return folder(place, **({"tiny_yaml": COSTED} | files))


def faults(path: Path, mode: str = "networked") -> tuple[Fault, ...]:
    """The faults of a scenario; none where it loads."""
    try:
        pipeline.load(path, mode)
    except InputFaults as found:
        return found.faults
    return ()
