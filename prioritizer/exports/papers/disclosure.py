"""What a paper may tell of an evaluation: everything, or nothing of projects above a grade of secrecy but
their number and their money inside totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from prioritizer import locale
from prioritizer.exports.papers.words import say
from prioritizer.model import (
    SECRECY_GRADES,
    STATE_SECRETS,
    Body,
    Case,
    Coded,
    Limit,
    Register,
    Scenario,
    Words,
)
from prioritizer.results import Evaluation, Prices

WITHHELD = "№"  # cannot begin or be an id of a file
# These name nothing.
_KEPT = ("secrecy", "ask_basis", "funding")


@dataclass(frozen=True)
class Disclosure:
    """An evaluation for a paper.

    ``whole`` has every figure; ``told`` is the same with the names of ``masked`` rows, and all that belongs
    to them, replaced: whatever is put into words is read from there. ``withheld`` are the names of limits
    whose use would tell what masked projects have, of decisions about them and of their own rules; nothing
    that rests on one of these is told. ``grade`` is the highest grade that is shown, ``None`` for all.
    There are no ``prices`` where projects are masked: the price of money is the value of the last project
    that gets some, and its reach what that one still lacks.
    """

    whole: Evaluation
    told: Evaluation
    prices: Prices | None
    grade: str | None = None
    masked: frozenset[int] = frozenset()
    withheld: frozenset[str] = frozenset()

    @property
    def case(self) -> Case:
        """The case as far as it may be told."""
        return self.told.case

    def tells(self, row: int) -> bool:
        """Whether anything of a project but its number is told."""
        return row not in self.masked

    @property
    def told_rows(self) -> list[int]:
        """The rows that are told, in the register's order."""
        return [row for row in range(len(self.whole.case.register)) if self.tells(row)]

    def open(self, names: Iterable[str]) -> bool:
        """Whether nothing that goes by these names is withheld."""
        return not any(name in self.withheld or name.partition(",")[0] in self.withheld for name in names)


def disclose(
    evaluation: Evaluation, prices: Prices | None, grade: str | None, also: frozenset[str] = frozenset()
) -> Disclosure:
    """An evaluation with the projects above ``grade`` masked, and with those of ``also`` (folded ids, which
    another scenario puts above it); all of it for ``None``."""
    masked = masked_rows(evaluation.case, grade) if grade else set()
    masked |= {row for row, name in enumerate(evaluation.case.register.ids) if name.casefold() in also}
    if not grade or not masked:
        return Disclosure(evaluation, evaluation, prices, grade)
    case = evaluation.case
    numbered = [row for row in evaluation.scores.in_rank_order().tolist() if row in masked]
    names = {case.register.ids[row]: f"{WITHHELD} {at}" for at, row in enumerate(numbered, 1)}
    withheld = frozenset(_withheld(case, names, masked))
    bodies = (*case.ministries.bodies, _nobody())
    told = replace(
        case,
        register=_register(case.register, names, masked, grade),
        scenario=_scenario(case.scenario, names, withheld),
        ministries=case.ministries.model_copy(update={"bodies": bodies}),
    )
    shown = Evaluation(told, evaluation.scores, evaluation.plan)
    return Disclosure(evaluation, shown, None, grade, frozenset(masked), withheld)


def masked_rows(case: Case, grade: str) -> set[int]:
    """The rows of projects above a grade; what states no grade is not above any."""
    column = case.register.columns.get("secrecy")
    above = SECRECY_GRADES[SECRECY_GRADES.index(grade) + 1 :]
    return set() if column is None or not above else set(np.flatnonzero(column.among(above)).tolist())


def ungraded(case: Case) -> int:
    """How many projects state no grade of secrecy."""
    column = case.register.columns.get("secrecy")
    return len(case.register) if column is None else int(column.among(("",)).sum())


def masked_name(grade: str, lang: str) -> str:
    """What a masked project is called: secret, or where lower grades are masked too, not public."""
    above = SECRECY_GRADES[SECRECY_GRADES.index(grade) + 1 :]
    return say(f"masked.{'secret' if set(above) <= set(STATE_SECRETS) else 'internal'}", lang)


def _withheld(case: Case, names: Mapping[str, str], masked: set[int]) -> Iterator[str]:
    """The limits that count masked projects among others and those that choose by the same fields, what is
    decided about masked projects, and themselves."""
    folded, scenario = {name.casefold() for name in names}, case.scenario
    counting = [each for each in scenario.limits if _counts(case, each, masked)]
    # Where every other body has its ceiling told, the one without is that of a masked project.
    fields = {field for each in counting for field in each.where}
    yield from (each.id for each in scenario.limits if fields & set(each.where))
    yield from (each.id for each in scenario.decisions if each.project.casefold() in folded)
    for each in scenario.dependencies:
        if {each.project.casefold(), each.requires.casefold()} & folded:
            yield each.id
    yield from names


def _counts(case: Case, limit: Limit, masked: set[int]) -> bool:
    selected = np.flatnonzero(case.register.selected_by(limit)).tolist()
    return bool(limit.where) and not masked.isdisjoint(selected)


def _nobody() -> Body:
    """The body under which the money of masked projects stands together: by ministry it would tell theirs."""
    words = Words(**{lang: say("masked.body", lang) for lang in locale.LANGS})
    return Body.model_construct(id=WITHHELD, name=words, short=words, source=None)


def _register(register: Register, names: Mapping[str, str], masked: set[int], grade: str) -> Register:
    ids = tuple(names.get(name, name) for name in register.ids)
    columns = {
        name: column if name in _KEPT else _masked(column, masked, WITHHELD if name == "ministry" else "")
        for name, column in register.columns.items()
    }
    for lang in locale.LANGS:
        given = register.columns.get(f"name_{lang}", register.columns["name_vi"])
        columns[f"name_{lang}"] = _masked(given, masked, masked_name(grade, lang))
    return replace(register, ids=ids, columns=columns)


def _masked(column: Coded, masked: set[int], text: str) -> Coded:
    codes = column.codes.copy()
    codes[sorted(masked)] = len(column.levels)
    return Coded((*column.levels, text), codes)


def _scenario(scenario: Scenario, names: Mapping[str, str], withheld: frozenset[str]) -> Scenario:
    """The choices without decisions about masked projects; withheld limits keep no words of their own."""
    folded = {name.casefold(): masked for name, masked in names.items()}
    changes = {
        "limits": tuple(_limit(each, folded) if each.id in withheld else each for each in scenario.limits),
        "decisions": tuple(each for each in scenario.decisions if each.id not in withheld),
        "dependencies": tuple(each for each in scenario.dependencies if each.id not in withheld),
        "tie_order": tuple(folded.get(name.casefold(), name) for name in scenario.tie_order),
    }
    return scenario.model_copy(update=changes)


def _limit(limit: Limit, folded: Mapping[str, str]) -> Limit:
    where = {
        field: tuple(folded.get(each.casefold(), each) for each in values) if field == "project" else values
        for field, values in limit.where.items()
    }
    return limit.model_copy(update={"where": where, "why": None, "source": None})
