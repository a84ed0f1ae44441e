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
    amount: int
    milestone: str
    value_share: str


def costs(project: Project) -> list[Cost]:
    """The project's costs; where milestones are paid, each year is one, and the last is worth half."""
    shares = ("1/4", "1/4", "1/2") if project.funding == "milestones" else ("", "", "")
    rows = []
    for at, amount in enumerate(split(project.total, project.years)):
        kinds = split(amount, (100 - project.invest, project.invest))
        stone = str(at + 1) if shares[at] else ""
        rows += [
            Cost(project.id, YEARS[at], kind, part, stone, shares[at])
            for kind, part in zip(("recurrent", "investment"), kinds, strict=True)
            if part
        ]
    return rows
