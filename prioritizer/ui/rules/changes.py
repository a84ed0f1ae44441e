"""What is edited, as changes to the scenario by place: pure, as ``state.change`` takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from prioritizer import locale, money, pipeline
from prioritizer.model import Case, Decision, Limit, Scenario
from prioritizer.results import E4, Relaxation, Rule
from prioritizer.ui.rules.typed import Size

Changes = dict[tuple[str, ...], object]
ABSENT = pipeline.ABSENT


# ------------------------------------------------------------------ names and words


def ids_taken(scenario: Scenario) -> frozenset[str]:
    """The ids that funds, reserves, limits, decisions and dependencies share, ignoring case."""
    things = (scenario.funds, scenario.reserves, scenario.limits, scenario.decisions, scenario.dependencies)
    return frozenset(each.id.casefold() for group in things for each in group)


def free_id(scenario: Scenario, name: str) -> str:
    """An id made of a name, that nothing of the scenario has."""
    stem = re.sub(r"[^a-z0-9]+", "-", locale.fold(name)).strip("-")[:40].strip("-") or "x"
    taken = ids_taken(scenario)
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (stem, *numbered) if each not in taken)


def words(vi: str, en: str = "") -> object:
    """A text as files have it: one alone stands for both languages; nothing where there is none."""
    vi, en = " ".join(vi.split()), " ".join(en.split())
    if not vi or not en or vi == en:
        return vi or en or ABSENT
    return {"vi": vi, "en": en}


def amount(amount_mvnd: int) -> str:
    """Million VND as files have it."""
    return money.decimal_text(money.bn(amount_mvnd))


def given(values: Mapping[str, object]) -> dict[str, object]:
    """A thing without what is not said of it."""
    return {key: value for key, value in values.items() if value is not ABSENT}


# ------------------------------------------------------------------ funds and money set aside


def fund_added(
    scenario: Scenario, name: object, label: str, year: str, mvnd: int, pays: Sequence[str]
) -> Changes:
    """A further fund; ``label`` is the name that its id is made of."""
    stem = label if year in label else f"{label} {year}"
    fund_id = free_id(scenario, stem)
    thing = {
        "id": fund_id,
        "name": name,
        "year": year,
        "amount_bn": amount(mvnd),
        "pays": list(pays) or ABSENT,
    }
    return {("funds", fund_id): given(thing)}


def fund_removed(scenario: Scenario, fund_id: str) -> Changes:
    """The scenario without a fund, and without what was set aside of it."""
    first = scenario.funds[0].id
    own = [each.id for each in scenario.reserves if (each.fund or first).casefold() == fund_id.casefold()]
    gone: Changes = {("reserves", name): ABSENT for name in own}
    return gone | {("funds", fund_id): ABSENT}


def reserve_added(scenario: Scenario, name: object, label: str, fund: str, mvnd: int, why: object) -> Changes:
    """Money set aside of a fund."""
    reserve_id = free_id(scenario, label)
    thing = {"id": reserve_id, "name": name, "fund": fund, "amount_bn": amount(mvnd), "why": why}
    return {("reserves", reserve_id): given(thing)}


# ------------------------------------------------------------------ limits


@dataclass(frozen=True)
class NewLimit:
    """A limit that is being put together; ``None`` and blank: not said yet."""

    where: Mapping[str, tuple[str, ...]]
    side: str | None
    size: Size | None
    why: object
    decreed: bool = False
    penalty_e4: int | None = None

    @property
    def content(self) -> dict[str, object]:
        """What stands in the file, without its id; the group's own limits are proposed until decided."""
        penalty = ABSENT if self.penalty_e4 is None else points(self.penalty_e4)
        bound = {} if self.size is None or self.side is None else {self.side: bound_of(self.size)}
        thing = {"where": selection(self.where), **bound, "why": self.why, "basis": "proposed"}
        return given({**thing, "decreed": True if self.decreed else ABSENT, "penalty": penalty})


def limit_added(scenario: Scenario, new: NewLimit) -> Changes:
    """A further limit, called by what it selects and which side it has."""
    chosen = [value for values in new.where.values() for value in values]
    side = "floor" if new.side == "at_least" else "ceiling"
    limit_id = free_id(scenario, f"{' '.join(chosen[:2]) or 'all'} {side}")
    return {("limits", limit_id): {"id": limit_id, **new.content}}


def selection(where: Mapping[str, Iterable[str]]) -> dict[str, object]:
    """What a limit selects, as files have it: one value alone, several as a list."""
    listed = {field: list(values) for field, values in where.items()}
    return {field: values[0] if len(values) == 1 else values for field, values in listed.items() if values}


def bound_of(size: Size) -> dict[str, str]:
    """A floor or a ceiling as files have it."""
    return {size.measure: size.text}


def bound_set(limit_id: str, side: str, size: Size) -> Changes:
    """Another floor or ceiling."""
    return {("limits", limit_id, side): bound_of(size)}


def side_removed(limit: Limit, side: str) -> Changes:
    """A limit without one of its sides; without any, it is gone."""
    other = limit.at_most if side == "at_least" else limit.at_least
    return {("limits", limit.id) if other is None else ("limits", limit.id, side): ABSENT}


def limit_restored(limit: Limit) -> Changes:
    """A limit that was taken away, as it was."""
    # An empty selection is what goes without saying, but files have to say it.
    return {("limits", limit.id): {"where": {}, **pipeline.written(limit)}}


# ------------------------------------------------------------------ decisions


def decision_added(
    project: str, kind: str, mvnd: int | None, by: object, at: str, why: object
) -> tuple[str, Changes]:
    """What was decided about a project, and the name that it goes by."""
    verb: dict[str, object] = {"fund": kind} if mvnd is None else {"fund_at_least_bn": amount(mvnd)}
    name = f"{project}.{'fund' if mvnd is None else 'at_least'}"
    thing = {"project": project, **verb, "by": by, "at": at, "why": why}
    return name, {("decisions", name): given(thing)}


# ------------------------------------------------------------------ objective and eligibility


def points(value_e4: int) -> str:
    """Points as files have them."""
    return money.decimal_text(Fraction(value_e4, E4))


def objective(basis: str, hurdle_e4: int) -> Changes:
    """Another objective, with its own hurdle."""
    return {("objective", "basis"): basis, ("objective", "hurdle"): points(hurdle_e4)}


# ------------------------------------------------------------------ ways out of a conflict


def without(case: Case, rule: Rule) -> Changes:
    """The scenario without a limit's side or a decision that may be negotiated."""
    if rule.kind == "decision":
        return {("decisions", rule.id): ABSENT}
    limit = next(each for each in case.scenario.limits if each.id == rule.id)
    return side_removed(limit, rule.kind)


def relaxed(case: Case, moves: Sequence[Relaxation]) -> Changes:
    """The scenario with rules moved as far as they have to; a floor that comes to nothing goes."""
    found: Changes = {}
    for move in moves:
        gone = move.after is None or (move.rule.kind == "at_least" and not move.after)
        found |= without(case, move.rule) if gone else _moved(case, move)
    return found


def _moved(case: Case, move: Relaxation) -> Changes:
    assert move.after is not None
    if move.rule.kind != "decision":
        measures = {"mvnd": "amount_bn", "projects": "count"}
        measure = measures.get(move.unit, move.unit)
        return bound_set(move.rule.id, move.rule.kind, Size(measure, move.after))  # type: ignore[arg-type]
    decision = next(each for each in case.scenario.decisions if each.id == move.rule.id)
    return _less_for(decision, int(move.after))


def _less_for(decision: Decision, mvnd: int) -> Changes:
    """A decision with less to be funded; it keeps its name, its author and its reason."""
    key = "fund_at_least_bn" if decision.locked_mvnd is None else "locked_bn"
    place = ("decisions", decision.id)
    named: Changes = {(*place, "id"): decision.id, (*place, key): amount(mvnd)}
    return named | ({(*place, "fund"): ABSENT} if decision.fund else {})
