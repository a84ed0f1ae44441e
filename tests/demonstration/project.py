"""One project of the demonstration set, as its ministry would describe it. Nothing here is real."""

from __future__ import annotations

from typing import NamedTuple

YEARS = ("2026", "2027", "2028")


class Project(NamedTuple):
    """``total`` billion VND over three years in the proportions ``years``, ``invest`` percent investment.

    ``fit``: how strong it is, 0 to 4, in need, at home and in its chain; judgements scatter around it.
    ``gaps``: columns of the dossier left blank; ``doubt``: the name of the class basis if the class is given.
    """

    id: str
    product: str
    vi: str
    en: str
    total: int
    target: str
    lead: str
    user: str
    fit: tuple[int, int, int]
    years: tuple[int, int, int] = (6, 3, 1)
    invest: int = 50
    funding: str = ""
    minimum: int = 0
    others: int = 0
    received: int = 0
    class_: str = ""
    secrecy: str = "công khai"
    gaps: tuple[str, ...] = ()

    @property
    def ministry(self) -> str:
        return self.id.partition("-")[0]


def split(total: int, parts: tuple[int, ...]) -> list[int]:
    """``total`` in proportion to ``parts``; running sums are rounded down, so that nothing is lost."""
    ends = [total * sum(parts[: at + 1]) // sum(parts) for at in range(len(parts))]
    return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]


class Cost(NamedTuple):
    """What a project costs in a year by kind, in whole billion VND, and its milestone."""

    project: str
    year: str
    kind: str
    amount_bn: int
    milestone: str
    value_share: str


def costs(project: Project) -> list[Cost]:
    """The project's costs by year and kind.

    Where milestones are paid, the first takes half of the first year, and the second all that follows: a
    milestone needs money of a year that a fund is of. A milestone's value share stands in its first row.
    """
    amounts = zip(YEARS, split(project.total, project.years), strict=True)
    if project.funding != "milestones":
        return [cost for year, amount in amounts for cost in _kinds(project, year, amount)]
    year, first = next(amounts)
    trial, rest = split(first, (1, 1))
    rows = _kinds(project, year, trial, "1", "1/4") + _kinds(project, year, rest, "2", "3/4")
    return rows + [cost for year, amount in amounts for cost in _kinds(project, year, amount, "2")]


def _kinds(project: Project, year: str, amount: int, stone: str = "", share: str = "") -> list[Cost]:
    recurrent, investment = split(amount, (100 - project.invest, project.invest))
    return [
        Cost(project.id, year, "recurrent", recurrent, stone, share),
        Cost(project.id, year, "investment", investment, stone, ""),
    ]
