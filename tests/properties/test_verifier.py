"""The verifier agrees with the program on every rule, and lets no change of a file pass unsaid."""

import copy
import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from prioritizer import allocation, pipeline, scoring, verifier
from prioritizer.allocation import formulate
from prioritizer.allocation.program import FREE
from prioritizer.exports import plan_object
from prioritizer.exports.casefile import case_object
from prioritizer.results import Evaluation
from tests.build import BODIES, Cost, Project, case
from tests.properties.brute import Judge
from tests.properties.instances import drawn

# What a file only states, by its first name and the name within: nothing in it can show these to be wrong.
ONLY_STATED = {
    "unique": {""},
    "decided_by_tie_rule_mvnd": {""},
    "illustrative": {""},  # a file may call itself illustrative without need
    "inputs": {"role", "path", "sha256", ""},
    "projects": {"held_by", "tied", "reason"},  # of reasons only those that money contradicts
    "limits": {"binding", "price_per_bn"},
    "unspent": {"reason", "limits"},
}


def only_stated(path: tuple[Any, ...]) -> bool:
    return (path[2] if len(path) > 2 else "") in ONLY_STATED.get(path[0], ())


def honest(given: Any) -> Any:
    return json.loads(json.dumps(plan_object(pipeline.assess(given)), ensure_ascii=False))


def checked(plan: Any) -> verifier.Verdict:
    return verifier.verify(json.dumps(plan, ensure_ascii=False).encode("utf-8"))


def faults(verdict: verifier.Verdict) -> list[Any]:
    return [(clause.name, *clause.faults) for clause in verdict.clauses if clause.state == "fails"]


@pytest.mark.parametrize("unit", [1, 1000])
@pytest.mark.parametrize("linear", [True, False], ids=["linear", "yes-or-no"])
def test_plans_of_drawn_cases_pass(linear, unit):
    for seed in range(60):
        verdict = checked(honest(drawn(seed, linear, unit)))
        assert verdict.ok, (seed, faults(verdict))


def many_costs(seed: int, part: int = 100) -> Any:
    """Flexible projects of costs in several years and kinds, under limits that are shares; ``part`` of 100 of
    the money."""
    rng = Random(seed)
    places = [(year, kind) for year in ("2026", "2027", "2028") for kind in ("", "recurrent", "investment")]
    projects = []
    for _ in range(rng.choice([3, 6, 12])):
        size, chosen = rng.choice([7, 50, 3000]), rng.sample(places, rng.randint(1, 5))
        costs = (Cost("2026", size, "recurrent"), *(Cost(y, rng.randint(1, size), k) for y, k in chosen))
        merged = {(each.year, each.kind): each for each in costs}
        ask = sum(each.amount for each in merged.values())
        body, cofinance = rng.choice(BODIES[:3]), rng.choice([0, 0, 0, ask // 3])
        value = rng.randrange(10) * 100_000
        projects.append(Project(ask, value, body, costs=tuple(merged.values()), cofinance=cofinance))
    total = sum(project.ask for project in projects)
    funds = [
        {"id": year, "year": year, "amount_bn": total * part // (100 * size)}
        for year, size in (("2026", rng.choice([4, 6])), ("2027", rng.choice([5, 9])))
    ]
    wheres = [{"ministry": BODIES[1]}, {"year": "2027"}, {"kind": "investment"}, {"year": "2028"}]
    limits = [
        {"id": f"l{at}", "where": where, "at_most": {"share_of_allocated": rng.choice(["1/3", "1/4", "2/7"])}}
        for at, where in enumerate(rng.sample(wheres, rng.randint(0, 3)))
    ]
    return case(projects, 0, limits, rng.choice(["funding", "project"]), funds=funds)


@pytest.mark.parametrize("block", range(4))
def test_plans_of_many_costs_pass(block):
    for seed in range(30 * block, 30 * block + 30):
        verdict = checked(honest(many_costs(seed)))
        assert verdict.ok, (seed, faults(verdict))


@pytest.mark.parametrize("seed", [1, 5, 9, 17, 20, 24, 33, 37])
def test_a_plan_that_loses_more_than_whole_millions_explain_is_not_called_optimal(seed):
    """The plan that nine tenths of the money lead to, in the file of all of it."""
    given, scores = many_costs(seed), scoring.score(many_costs(seed))
    worse = allocation.allocate(many_costs(seed, part=90), scores)
    forged = json.loads(json.dumps(plan_object(Evaluation(given, scores, worse))))
    assert worse.status == "optimal" and not checked(forged).ok
    (found,) = verifier.check_optimality(verifier.Sheet(forged))
    assert found.code == "not_proven_optimal"


def stated_again(given: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Every row over places, by name: as the program states it, and as the verifier does."""
    scores = scoring.score(given)
    form = formulate(given, scores)
    sheet = verifier.Sheet({"case": json.loads(json.dumps(case_object(given)))})
    count = len(form.demand.cost_mvnd)
    place = [*range(count), *form.ledger.columns[count:]]
    ours = {
        row.name: (
            {place[at]: coef for at, coef in row.table.items() if coef},
            None if row.lower <= -FREE else row.lower,
            None if row.upper >= FREE else row.upper,
        )
        for row in form.ledger.rows
    }
    theirs = {
        row.name: ({at: coef for at, coef in row.terms.items() if coef}, row.lower, row.upper)
        for row in sheet.statement.rows.values()
    }
    return ours, theirs


@pytest.mark.parametrize("linear", [True, False], ids=["linear", "yes-or-no"])
def test_every_row_is_stated_again_alike(linear):
    for seed in range(150):
        ours, theirs = stated_again(drawn(seed, linear))
        assert ours == theirs, seed


@pytest.mark.parametrize("linear", [True, False], ids=["linear", "yes-or-no"])
def test_no_plan_at_all_is_worth_more_than_what_is_proven(linear):
    """Beside every whole-million plan of tiny cases, tried one by one."""
    for seed in range(40):
        given = drawn(seed, linear)
        judge = Judge(given, scoring.score(given))
        best = judge.best() if judge.size <= 20_000 else None
        if best is not None:
            sheet = verifier.Sheet(honest(given))
            proven = sheet.bound.value + verifier.rounding_of(sheet.statement, sheet.bound)
            assert best.worth <= proven * sheet.statement.unit, seed


def leaves(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every single value of a JSON object with its path."""
    if isinstance(content, dict | list) and content:
        for key, each in content.items() if isinstance(content, dict) else enumerate(content):
            yield from leaves(each, (*path, key))
    else:
        yield path, content


def changed(plan: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The file with another value in one place."""
    forged = copy.deepcopy(plan)
    place = forged
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return forged


def other(value: Any, rng: Random) -> Any:
    """Another value, often of the same kind."""
    if rng.random() < 0.2:
        return rng.choice([None, 0, -1, 1.5, "", "x", [], {}, True, 10**29, "1/3"])
    if isinstance(value, bool) or value is None:
        return value is None or not value
    if isinstance(value, int | float):
        return value + rng.choice([-1, 1])
    return f"{value}0" if isinstance(value, str) else [0]


@pytest.fixture(scope="module")
def plan() -> Any:
    limits = [
        {"id": "cap", "where": {"ministry": "MOST"}, "at_most": {"amount_bn": 9_000}},
        {"id": "floor", "where": {"ministry": "MOH"}, "at_least": {"share_of_envelope": "1/10"}},
    ]
    projects = [Project(6_000, 900_000), Project(5_000, 700_000, "MOIT"), Project(4_000, 100_000, "MOH")]
    return honest(case(projects, 12_000, limits))


@pytest.mark.parametrize("seed", range(3))
def test_no_single_change_passes_but_of_what_is_only_stated(plan, seed):
    rng = Random(seed)
    for path, value in leaves(plan):
        new = other(value, rng)
        if new == value and type(new) is type(value):
            continue
        verdict = checked(changed(plan, path, new))
        same_proof = path[:2] == ("certificate", "duals") and plan["certificate"]["duals"][path[2]] == "0"
        assert not verdict.ok or only_stated(path) or same_proof, (path, value, new)


def test_whatever_is_changed_gives_a_verdict_that_can_be_said(plan):
    """Several changes at once, whole parts replaced or dropped: a verdict each time, never a traceback."""
    rng = Random(7)
    for _ in range(150):
        forged = plan
        for _ in range(rng.randint(1, 4)):
            path, value = rng.choice(list(leaves(forged)))
            cut = path[: rng.randint(1, len(path))]
            forged = changed(forged, cut, other(value, rng))
        verdict = checked(forged)
        assert verifier.verdict_text(verdict, "en") and verifier.verdict_object(verdict, "vi")
