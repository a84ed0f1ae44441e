"""A comparison for a paper: all of it, or without the projects above a grade of secrecy."""

from __future__ import annotations

from dataclasses import dataclass, replace

from prioritizer.comparison import Comparison, InputDifference
from prioritizer.comparison.money import lines_by
from prioritizer.comparison.nouns import Numbers, TableDifference
from prioritizer.exports.papers.disclosure import Disclosure, disclose, masked_rows


@dataclass(frozen=True)
class Concealed:
    """A comparison with every figure (``whole``) and as far as it may be told (``comparison``), where masked
    projects have no line; ``masked_mvnd`` is what they have together by scenario, ``count`` how many they
    are, ``left_out`` says whether something that scenarios state of them is not told."""

    whole: Comparison
    comparison: Comparison
    told: tuple[Disclosure, ...]
    grade: str | None = None
    count: int = 0
    masked_mvnd: Numbers = ()
    left_out: bool = False


def conceal(comparison: Comparison, grade: str | None) -> Concealed:
    """A comparison without what would tell of projects above ``grade`` in any of the scenarios."""
    names = _masked_names(comparison, grade) if grade else frozenset[str]()
    told = tuple(disclose(each, None, grade, names) for each in comparison.evaluations)
    if not names:
        return Concealed(comparison, comparison, told, grade)
    evaluations = tuple(each.told for each in told)
    lines = tuple(line for line in comparison.projects if line.id.casefold() not in names)
    inputs = tuple(each for each in comparison.inputs if not _names_any(each, names, told))
    shown = replace(
        comparison,
        evaluations=evaluations,
        projects=lines,
        ministries=lines_by("ministry", evaluations),
        classes=lines_by("class", evaluations),
        technologies=lines_by("technology", evaluations),
        inputs=inputs,
        tables=tuple(_table(each, names) for each in comparison.tables),
    )
    return Concealed(
        comparison,
        shown,
        told,
        grade,
        len(names),
        tuple(_masked_mvnd(each) for each in told),
        len(inputs) < len(comparison.inputs),
    )


def _masked_names(comparison: Comparison, grade: str) -> frozenset[str]:
    """The folded ids of projects that any scenario puts above the grade."""
    return frozenset(
        each.case.register.ids[row].casefold()
        for each in comparison.evaluations
        for row in masked_rows(each.case, grade)
    )


def _masked_mvnd(told: Disclosure) -> int | None:
    plan = told.whole.plan
    return int(plan.amount_mvnd[sorted(told.masked)].sum()) if plan.found else None


def _names_any(found: InputDifference, names: frozenset[str], told: tuple[Disclosure, ...]) -> bool:
    """Whether what scenarios state differently names a masked project, or rests on one."""
    withheld = {name.casefold() for each in told for name in each.withheld}
    said = repr(found.given).casefold()
    return found.id.casefold() in names | withheld or any(name in said for name in names)


def _table(table: TableDifference, names: frozenset[str]) -> TableDifference:
    projects, partial = (
        tuple(name for name in own if name.casefold() not in names) for own in (table.projects, table.partial)
    )
    return replace(table, projects=projects, partial=partial)
