"""The verifier: honest files pass, forged ones are refused and the clause named, hostile ones in words."""

import copy
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from prioritizer import pipeline, verifier
from prioritizer.exports import plan_object
from tests.build import ASSESSED, ASSESSED_HEAD, ASSESSED_ROWS, Cost, Project, assessed, case, table

Plan = dict[str, Any]


def honest(given: Any) -> Plan:
    """The plan file of a case, as a stranger reads it."""
    return json.loads(json.dumps(plan_object(pipeline.assess(given)), ensure_ascii=False))


def checked(plan: Plan) -> verifier.Verdict:
    return verifier.verify(json.dumps(plan, ensure_ascii=False).encode("utf-8"))


def failed(verdict: verifier.Verdict) -> list[str]:
    return [clause.name for clause in verdict.clauses if clause.state == "fails"]


def states(plan: Plan) -> dict[str, str]:
    return {clause.name: clause.state for clause in checked(plan).clauses}


def codes(plan: Plan) -> list[str]:
    return [fault.code for clause in checked(plan).clauses for fault in clause.faults]


LIMITS = (
    {"id": "cap", "where": {"ministry": "MOST"}, "at_most": {"amount_bn": 9}},
    {"id": "floor", "where": {"ministry": "MOH"}, "at_least": {"share_of_envelope": "1/10"}},
    {"id": "spread", "where": {"ministry": ["MOH", "MOIT"]}, "at_least": {"share_of_allocated": "1/4"}},
)
PROJECTS = (
    Project(6, 900_000, "MOST"),
    Project(5, 700_000, "MOST"),
    Project(7, 500_000, "MOIT"),
    Project(4, 100_000, "MOH"),
)


@pytest.fixture
def plan() -> Plan:
    """Four projects of given values under three limits, two of which bind."""
    return honest(case(PROJECTS, 16, LIMITS))


@pytest.fixture
def scored(tmp_path) -> Plan:
    """Three projects assessed by four criteria, read from files."""
    return honest(pipeline.load(assessed(tmp_path)))


def project(plan: Plan, name: str) -> Plan:
    (found,) = (each for each in plan["projects"] if each["id"] == name)
    return found


# ------------------------------------------------------------------ honest files

RICH: dict[str, Any] = {
    "funds": [
        {"id": "a", "year": "2026", "amount_bn": 20, "pays": ["recurrent"]},
        {"id": "b", "year": "2026", "amount_bn": 14, "pays": ["recurrent", "investment"]},
        {"id": "c", "year": "2027", "amount_bn": 9},
    ],
    "reserves": [{"id": "line", "amount_bn": 2, "fund": "b"}],
    "state_share_cap": {"group2-push": "1/2"},
    "least_grant_bn": 2,
    "decisions": [{"project": "P02", "fund": "nothing"}, {"project": "P04", "fund_at_least_bn": 3}],
    "dependencies": [
        {"project": "P01", "requires": "P00"},
        {"project": "P05", "requires": "P03", "in_full": True},
    ],
    "limits": [
        {"id": "few", "at_most": {"count": 5}},
        {"id": "later", "where": {"year": "2027", "kind": "investment"}, "at_most": {"amount_bn": 4}},
        {"id": "soft", "where": {"ministry": "MOD"}, "at_least": {"amount_bn": 40}, "penalty": 100_000},
    ],
}
EVERY_RULE = (
    Project(10, 800_000, costs=(Cost("2026", 6, "investment"), Cost("2027", 4, "investment"))),
    Project(8, 700_000, funding="whole", costs=(Cost("2026", 5, "recurrent"), Cost("2028", 3))),
    Project(6, 990_000),
    Project(7, 600_000, class_="group2-push", cofinance=4),
    Project(9, 300_000, "MOD", funding="minimum", minimum=4),
    Project(
        12,
        650_000,
        "MOD",
        funding="milestones",
        costs=(Cost("2026", 5, "recurrent", 1), Cost("2027", 7, "recurrent", 2)),
        shares=(Fraction(1, 3), Fraction(2, 3)),
    ),
)  # fmt: skip


@pytest.mark.parametrize("basis", ["funding", "project"])
def test_a_plan_with_every_rule_passes(basis):
    plan = honest(case(EVERY_RULE, basis=basis, **RICH))
    assert plan["status"] == "optimal"
    assert failed(checked(plan)) == []


def test_the_bound_of_a_linear_program_proves_the_optimum(plan):
    assert set(states(plan).values()) == {"ok"}
    assert checked(plan).ok
    assert Fraction(plan["certificate"]["bound"]) == Fraction(plan["objective"]["exact"])


def test_values_from_assessments_pass(scored):
    assert failed(checked(scored)) == []


@pytest.mark.parametrize("path", pipeline.scenario_paths(), ids=lambda path: path.stem)
def test_the_shipped_scenarios_pass(path):
    verdict = checked(honest(pipeline.load(path)))
    assert verdict.ok and verdict.readable


def test_what_asks_yes_or_no_is_proven_up_to_a_gap():
    whole = [Project(6, 900_000, funding="whole"), Project(5, 700_000, funding="whole")]
    verdict = checked(honest(case(whole, 10)))
    assert verdict.ok
    assert verdict.clauses[-1].state == "partly"
    assert "stated_optimal" in verdict.stated


def test_a_refusal_claims_nothing_that_is_checked():
    clash = [{"id": "a", "at_least": {"amount_bn": 2}}, {"id": "b", "at_most": {"amount_bn": 1}}]
    plan = honest(case([Project(5, 10)], 3, clash))
    assert plan["status"] == "infeasible"
    verdict = checked(plan)
    assert verdict.ok and "stated_no_plan" in verdict.stated
    assert states(plan)["limits"] == "not_claimed"


def test_without_a_certificate_nothing_is_said_of_the_best(plan):
    plan["certificate"] = None
    verdict = checked(plan)
    assert verdict.ok and "stated_worth" in verdict.stated
    assert states(plan)["bound"] == "not_claimed"


# ------------------------------------------------------------------ forgeries


def redone(plan: Plan, *, objective: bool = False, bound: bool = False) -> Plan:
    """The file after a forger has redone digests, totals, what is said of limits, and, if told, the objective
    and the bound; with the verifier's own arithmetic, so that nothing small gives the forgery away."""
    for part in plan["digests"]:
        content = plan["case"] if part == "case" else plan["case"][part]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        plan["digests"][part] = hashlib.sha256(text.encode()).hexdigest()
    plan["total_mvnd"] = sum(each["amount_mvnd"] for each in plan["projects"])
    left = plan["envelope_mvnd"] - plan["total_mvnd"]
    plan["unspent"] = [{"reason": "limits", "limits": [], "amount_mvnd": max(0, left)}]
    sheet = verifier.Sheet(copy.deepcopy(plan))
    for fault in list(verifier.check_limit_facts(sheet)):
        (use,) = (each for each in plan["limits"] if each["id"] == fault.params["limit"])
        use[fault.params["member"]] = fault.params["found"]
    for reason in ("marginal", "funded", "crowded_out", "below_hurdle"):
        wrong = {fault.params["project"] for fault in verifier.check_reasons(verifier.Sheet(plan))}
        for each in plan["projects"]:
            each["reason"] = reason if each["id"] in wrong else each["reason"]
    if objective:
        worth = verifier.Sheet(copy.deepcopy(plan)).worth
        plan["objective"].update(exact=str(worth), value=float(worth))
    if bound:
        plan["certificate"]["bound"] = str(verifier.Sheet(copy.deepcopy(plan)).bound.value)
    return plan


def raise_amount(plan: Plan) -> None:
    project(plan, "P01")["amount_mvnd"] += 1
    project(plan, "P01")["payments"][0]["amount_mvnd"] += 1


def swap_amounts(plan: Plan) -> None:
    one, other = project(plan, "P01"), project(plan, "P02")
    for key in ("amount_mvnd", "payments"):
        one[key], other[key] = other[key], one[key]


def shift_money(plan: Plan) -> None:
    """Money from a better project to a worse one; every rule still holds."""
    some = project(plan, "P02")["ask_mvnd"] // 7
    for name, more in (("P02", -some), ("P03", some)):
        project(plan, name)["amount_mvnd"] += more
        project(plan, name)["payments"][0]["amount_mvnd"] += more


def drop_rule(plan: Plan) -> None:
    del plan["case"]["scenario"]["limits"][0]
    del plan["limits"][0]


def drop_rule_and_its_dual(plan: Plan) -> None:
    drop_rule(plan)
    del plan["certificate"]["duals"]["at_most[cap]"]


def loosen_limit(plan: Plan) -> None:
    plan["case"]["scenario"]["limits"][0]["at_most"]["amount_mvnd"] += 2_000


def tighten_limit(plan: Plan) -> None:
    plan["case"]["scenario"]["limits"][0]["at_most"]["amount_mvnd"] -= 1


def change_value(plan: Plan) -> None:
    (entry,) = (each for each in plan["case"]["register"] if each["id"] == "P02")
    entry["given_e4"] += 10_000


def change_value_in_both(plan: Plan) -> None:
    change_value(plan)
    for key in ("value", "value_low", "value_high"):
        project(plan, "P02")[key] += 1


def change_dual(plan: Plan) -> None:
    duals = plan["certificate"]["duals"]
    duals["at_most[cap]"] = str(Fraction(duals["at_most[cap]"]) + 500_000)


def turn_dual(plan: Plan) -> None:
    plan["certificate"]["duals"]["at_most[cap]"] = "-1"


def lower_bound(plan: Plan) -> None:
    plan["certificate"]["bound"] = "0"


def say_feasible(plan: Plan) -> None:
    plan["status"] = "feasible"


def say_infeasible(plan: Plan) -> None:
    plan["status"] = "infeasible"


def grow_fund(plan: Plan) -> None:
    plan["case"]["scenario"]["funds"][0]["amount_mvnd"] += 5


FORGERIES: dict[str, tuple[Callable[[Plan], None], str, str]] = {
    "an amount raised": (raise_amount, "funds", "funds"),
    "two unequal amounts swapped": (swap_amounts, "limit_facts", "limits"),
    "money shifted within the rules": (shift_money, "objective", "optimality"),
    "a rule dropped": (drop_rule, "digests", "bound"),
    "a rule dropped with its dual": (drop_rule_and_its_dual, "digests", "optimality"),
    "a limit loosened": (loosen_limit, "digests", "optimality"),
    "a limit tightened": (tighten_limit, "digests", "limits"),
    "a value changed": (change_value, "digests", "values"),
    "a value changed in both places": (change_value_in_both, "digests", "optimality"),
    "a dual changed": (change_dual, "bound", "optimality"),
    "a dual of the wrong sign": (turn_dual, "bound", "bound"),
    "the bound lowered": (lower_bound, "bound", "bound"),
    "optimal called feasible": (say_feasible, "optimality", "optimality"),
    "a plan called infeasible": (say_infeasible, "answer", "answer"),
    "a fund grown": (grow_fund, "digests", "answer"),
}


@pytest.fixture
def large() -> Plan:
    """As ``plan``, in billions: large enough that whole millions explain nothing."""
    bigger = [
        Project(each.ask * 1000, each.value_e4, each.ministry) for each in PROJECTS
    ]  # fmt: skip
    cap = {"id": "cap", "where": {"ministry": "MOST"}, "at_most": {"amount_bn": 9000}}
    return honest(case(bigger, 16_000, [cap, *LIMITS[1:]]))


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_refused_with_its_clause(large, name):
    forge, clause, _ = FORGERIES[name]
    forge(large)
    verdict = checked(large)
    assert not verdict.ok
    assert clause in failed(verdict)


@pytest.mark.parametrize("name", [name for name in FORGERIES if name != "the bound lowered"])
def test_a_forgery_with_everything_redone_is_refused_with_its_clause(large, name):
    forge, _, clause = FORGERIES[name]
    forge(large)
    redoable = (
        large["certificate"]["duals"].keys() == verifier.Sheet(copy.deepcopy(large)).statement.rows.keys()
    )
    redone(large, objective=True, bound=redoable and name != "a dual of the wrong sign")
    verdict = checked(large)
    assert not verdict.ok
    assert clause in failed(verdict), failed(verdict)


def test_a_million_moved_is_within_what_whole_millions_explain(plan):
    """The bound is for exact amounts; a file is not refused for what rounding may have cost, but says it."""
    shift_money(plan)
    verdict = checked(redone(plan, objective=True))
    assert verdict.ok
    assert verdict.clauses[-1].state == "partly" and verdict.clauses[-1].facts["gap"] > 0


def test_a_score_changed_is_refused(scored):
    ends = scored["case"]["assessments"]["P1"]
    ends["B1"] = ["51", "51"]
    assert failed(checked(scored))[:2] == ["digests", "values"]
    assert "values" in failed(checked(redone(scored)))


def test_a_score_off_its_scale_is_refused(scored):
    scored["case"]["assessments"]["P1"]["B1"] = ["400", "400"]
    assert "off_scale" in codes(redone(scored))


def test_a_dual_that_proves_the_same_bound_is_as_good(plan):
    """Not every change is a forgery: any duals that prove the stated bound are a proof."""
    duals = plan["certificate"]["duals"]
    twin = {"id": "twin", **{key: value for key, value in LIMITS[0].items() if key != "id"}}
    doubled = honest(case(PROJECTS, 16, (*LIMITS, twin)))
    both = doubled["certificate"]["duals"]
    both["at_most[cap]"], both["at_most[twin]"] = both["at_most[twin]"], both["at_most[cap]"]
    assert duals.keys() < both.keys()
    assert checked(doubled).ok


# ------------------------------------------------------------------ every rule has teeth


def pay(plan: Plan, name: str, *amounts: int, reason: str = "") -> None:
    """Set a project's payments, in their order, and its amount."""
    entry = project(plan, name)
    for payment, amount in zip(entry["payments"], amounts, strict=True):
        payment["amount_mvnd"] = amount
    entry["amount_mvnd"] = sum(each["amount_mvnd"] for each in entry["payments"] if each["fund"])
    entry["reason"] = reason or entry["reason"]


def two_kinds(amount: int) -> tuple[Cost, ...]:
    return (Cost("2026", amount, "recurrent"), Cost("2026", amount, "investment"))


STAGES = (Cost("2026", 4, "", 1), Cost("2026", 4, "", 2))
HALVES = (Fraction(1, 2), Fraction(1, 2))
KIND_FUNDS = [
    {"id": "run", "year": "2026", "amount_bn": 5, "pays": ["recurrent"]},
    {"id": "build", "year": "2026", "amount_bn": 5, "pays": ["investment"]},
]
BROKEN: dict[str, tuple[Any, Callable[[Plan], None], str]] = {
    "costs out of proportion": (
        lambda: case([Project(20, 9, costs=two_kinds(10))], 20),
        lambda plan: pay(plan, "P00", 10, 7),
        "proportion",
    ),
    "more than a cost": (
        lambda: case([Project(5, 9)], 20),
        lambda plan: pay(plan, "P00", 6),
        "payments",
    ),
    "more than the State's part": (
        lambda: case([Project(10, 9, cofinance=4)], 20),
        lambda plan: pay(plan, "P00", 7),
        "payments",
    ),
    "more than the State's share cap": (
        lambda: case([Project(10, 9, cofinance=5)], 20, state_share_cap={"group1": "1/2"}),
        lambda plan: pay(plan, "P00", 6),
        "payments",
    ),
    "a fund of another kind": (
        lambda: case([Project(8, 9, costs=two_kinds(4))], funds=KIND_FUNDS),
        lambda plan: project(plan, "P00")["payments"][0].update(fund="run"),
        "payments",
    ),
    "a fund overdrawn": (
        lambda: case([Project(12, 9, costs=two_kinds(6))], funds=KIND_FUNDS),
        lambda plan: pay(plan, "P00", 6, 6),
        "funds",
    ),
    "a reserve spent": (
        lambda: case([Project(9, 9)], 9, reserves=[{"id": "line", "amount_bn": 2}]),
        lambda plan: pay(plan, "P00", 8),
        "funds",
    ),
    "a whole project in part": (
        lambda: case([Project(9, 9, funding="whole")], 9),
        lambda plan: pay(plan, "P00", 8),
        "funding_rules",
    ),
    "less than a minimum": (
        lambda: case([Project(9, 9, funding="minimum", minimum=5)], 9),
        lambda plan: pay(plan, "P00", 4),
        "funding_rules",
    ),
    "less than the least grant": (
        lambda: case([Project(9, 9)], 9, least_grant_bn=5),
        lambda plan: pay(plan, "P00", 4),
        "funding_rules",
    ),
    "a milestone before its time": (
        lambda: case([Project(8, 9, funding="milestones", costs=STAGES, shares=HALVES)], 9),
        lambda plan: pay(plan, "P00", 3, 4),
        "funding_rules",
    ),
    "less than was decided": (
        lambda: case([Project(9, 9)], 9, decisions=[{"project": "P00", "fund_at_least_bn": 6}]),
        lambda plan: pay(plan, "P00", 5),
        "decisions",
    ),
    "less than in full": (
        lambda: case([Project(9, 9)], 9, decisions=[{"project": "P00", "fund": "full"}]),
        lambda plan: pay(plan, "P00", 8),
        "decisions",
    ),
    "less than was locked": (
        lambda: case([Project(9, 9)], 9, decisions=[{"project": "P00", "locked_bn": 6}]),
        lambda plan: pay(plan, "P00", 5),
        "decisions",
    ),
    "a greater share than what it requires": (
        lambda: case([Project(6, 9), Project(3, 9)], 9, dependencies=[{"project": "P00", "requires": "P01"}]),
        lambda plan: pay(plan, "P01", 2),
        "dependencies",
    ),
    "without what it requires in full": (
        lambda: case(
            [Project(6, 9), Project(3, 9)],
            9,
            dependencies=[{"project": "P00", "requires": "P01", "in_full": True}],
        ),
        lambda plan: pay(plan, "P01", 2),
        "dependencies",
    ),
    "too many projects": (
        lambda: case(
            [Project(6, 9), Project(3, 9), Project(2, 1)], 11, [{"id": "few", "at_most": {"count": 3}}]
        ),
        lambda plan: plan["case"]["scenario"]["limits"][0]["at_most"].update(count=2),
        "limits",
    ),
    "a breach kept quiet": (
        lambda: case([Project(6, 9)], 9, [{"id": "soft", "at_least": {"amount_bn": 8}, "penalty": 1}]),
        lambda plan: plan["limits"][0].update(short=0),
        "limits",
    ),
    "a breach overstated": (
        lambda: case([Project(6, 9)], 9, [{"id": "soft", "at_least": {"amount_bn": 8}, "penalty": 1}]),
        lambda plan: plan["limits"][0].update(short=3),
        "limit_facts",
    ),
    "a year's ceiling": (
        lambda: case(
            [Project(6, 9, costs=(Cost("2026", 3), Cost("2027", 3)))],
            funds=[{"id": year, "year": year, "amount_bn": 5} for year in ("2026", "2027")],
            limits=[{"id": "l", "where": {"year": "2027"}, "at_most": {"amount_bn": 3}}],
        ),
        lambda plan: plan["case"]["scenario"]["limits"][0]["at_most"].update(amount_mvnd=2),
        "limits",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_rule_that_is_broken_is_named(name):
    make, harm, clause = BROKEN[name]
    plan = honest(make())
    assert checked(plan).ok
    harm(plan)
    assert clause in failed(checked(plan))


def test_what_the_notice_asks_of_classes_is_asked_by_the_verifier_too(tmp_path):
    asked = "eligibility: {dossier_by_class: {group1: [source], group2-pull: notice-22}}\n"
    plan = honest(pipeline.load(assessed(tmp_path, tiny_yaml=ASSESSED + asked)))
    assert {project(plan, name)["reason"] for name in ("P1", "P2", "P3")} == {"ineligible"}
    assert checked(plan).ok
    project(plan, "P1")["lacks"] = [{"code": "dossier_blank", "params": {"column": "note"}}]
    assert "eligibility" in failed(checked(plan))


def test_who_lacks_points_or_papers_gets_nothing(tmp_path):
    asked = "eligibility: {minimum_by_factor: {B1: 45}, dossier: [note]}\n"
    rows = [f"{row},{note}" for row, note in zip(ASSESSED_ROWS, ("here", "here", ""), strict=True)]
    path = assessed(tmp_path, tiny_yaml=ASSESSED + asked, register_csv=table(f"{ASSESSED_HEAD},note", rows))
    plan = honest(pipeline.load(path))
    assert [project(plan, name)["reason"] for name in ("P1", "P2", "P3")] == [
        "funded",
        "ineligible",
        "ineligible",
    ]
    assert checked(plan).ok
    project(plan, "P3")["lacks"] = []
    assert codes(plan) == ["lack_unsaid"]
    project(plan, "P3")["lacks"] = project(plan, "P2")["lacks"]
    plan["case"]["scenario"]["eligibility"]["minimum_by_factor"] = {"B1": 0}
    assert "lack_untrue" in codes(redone(plan))


# ------------------------------------------------------------------ hostile files


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_json"),
        (b"[]", "not_an_object"),
        (b"null", "not_an_object"),
        (b"{", "not_json"),
        (b'{"a": 1, "a": 2}', "member_twice"),
        (b'{"a": NaN}', "not_a_number"),
        (b'{"a": -Infinity}', "not_a_number"),
        (b'{"a": 1e999}', "number_too_long"),
        (b'{"a": 1e-999999999}', "number_too_long"),
        (b'{"a": 1' + b"0" * 5_000 + b"}", "number_too_long"),
        (b'{"a": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "too_deep"),
        (b"\xff\xfe{\x00}\x00", "not_utf8"),
        (b'{"a": "\xe1"}', "not_utf8"),
        (b" " * (verifier.LARGEST_FILE + 1), "too_large"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_no_plan_file_is_refused_in_words(data, code):
    verdict = verifier.verify(data)
    assert not verdict.ok and not verdict.readable
    assert [fault.code for fault in verdict.clauses[0].faults] == [code]
    assert {clause.state for clause in verdict.clauses[1:]} == {"not_checked"}


def test_a_byte_order_mark_does_no_harm(plan):
    assert verifier.verify(json.dumps(plan).encode("utf-8-sig")).ok


def test_an_unknown_choice_is_refused(plan):
    """A rule that this verifier does not know could decide anything."""
    plan["case"]["scenario"]["lottery"] = True
    assert codes(redone(plan)) == ["unknown_member"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda plan: plan.pop("certificate"), "missing"),
        (lambda plan: plan["projects"][0].update(amount_mvnd=1.5), "want_count"),
        (lambda plan: plan["projects"][0].update(amount_mvnd=-1), "want_count"),
        (lambda plan: plan["projects"][0].update(amount_mvnd=True), "want_count"),
        (lambda plan: plan["projects"][0].update(reason="luck"), "want_word"),
        (lambda plan: plan["objective"].update(exact="1/0"), "want_exact"),
        (lambda plan: plan["objective"].update(exact="1" * 5000), "want_exact"),
        (lambda plan: plan["case"]["register"].append(plan["case"]["register"][0]), "id_twice"),
        (lambda plan: plan["case"]["register"][0].update(given_e4=None), "no_value"),
        (lambda plan: plan["case"]["scenario"].update(funds=[]), "no_fund"),
        (lambda plan: plan["case"]["scenario"]["limits"][0]["at_most"].update(count=1), "not_one_choice"),
        (lambda plan: plan["projects"].pop(), "project_not_in_both"),
        (lambda plan: plan["limits"].pop(), "limit_not_in_both"),
        (lambda plan: plan["projects"].reverse(), "order_differs"),
        (lambda plan: plan["projects"][0].update(rank=2), "rank_differs"),
        (lambda plan: plan["projects"][0]["payments"][0].update(fund="other"), "fund_may_not_pay"),
        (lambda plan: plan["projects"][0]["payments"][0].update(fund=None), "fund_may_not_pay"),
        (lambda plan: plan["projects"][0]["payments"][0].update(year="2030"), "payment_of_nothing"),
        (
            lambda plan: plan["projects"][0]["payments"].append(plan["projects"][0]["payments"][0]),
            "payment_twice",
        ),
        (lambda plan: plan["projects"][0]["lacks"].append({"code": "x", "params": {}}), "lack_untrue"),
        (lambda plan: plan["certificate"]["duals"].popitem(), "row_not_in_both"),
        (lambda plan: plan["certificate"].update(relaxed=True), "relaxed_differs"),
        (lambda plan: plan.update(total_mvnd=1), "total_differs"),
        (lambda plan: plan.update(envelope_mvnd=1), "envelope_differs"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_each_fault_is_told(plan, change, code):
    change(plan)
    assert code in codes(plan)


def test_illustrative_figures_cannot_be_kept_quiet():
    limit = {"id": "l", "at_most": {"amount_bn": 2}, "basis": "illustrative"}
    plan = honest(case([Project(5, 10)], 3, [limit]))
    assert checked(plan).ok
    plan["illustrative"] = False
    assert codes(plan) == ["illustrative_unsaid"]


# ------------------------------------------------------------------ words, and alone


def sentences_used() -> set[str]:
    source = Path(verifier.__file__).read_text(encoding="utf-8")
    return set(re.findall(r'(?:fault|Refused|kind_of)\(\s*"(\w+)"', source))


def test_every_fault_has_its_words_in_both_languages():
    assert sentences_used() <= verifier.SENTENCES.keys()
    for vi, en in verifier.SENTENCES.values():
        assert set(re.findall(r"{\w+}", vi)) == set(re.findall(r"{\w+}", en))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_verdict_can_be_said(large, lang):
    for forge, _, _ in FORGERIES.values():
        forged = copy.deepcopy(large)
        forge(forged)
        verdict = checked(forged)
        assert verifier.verdict_text(verdict, lang)
        said = verifier.verdict_object(verdict, lang)
        assert said["ok"] is False and len(said["clauses"]) == len(verdict.clauses)


def test_numbers_are_written_as_the_language_does(large):
    assert "16 billion VND" in verifier.verdict_text(checked(large), "en")
    large["total_mvnd"] = 12_253_400
    assert "12.253,4 tỷ đồng" in verifier.verdict_text(checked(large), "vi")


def test_it_runs_alone_from_anywhere(tmp_path, plan):
    shutil.copy(verifier.__file__, tmp_path / "check.py")
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    script = (
        "import sys, check; status = check.main(['plan.json', '--json']);"
        "known = {*sys.stdlib_module_names, '__main__'};"
        "print([name for name in sys.modules if name.split('.')[0] not in known]);"
        "sys.exit(status)"
    )
    ran = subprocess.run(
        [sys.executable, "-S", "-E", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    *verdict, modules = ran.stdout.splitlines()
    assert json.loads("\n".join(verdict))["ok"] is True
    assert modules == "['check']"


@pytest.mark.parametrize("document", ["verify.md", "verify.vi.md"])
def test_every_clause_is_documented(document):
    text = (Path(verifier.__file__).parents[1] / "docs" / document).read_text(encoding="utf-8")
    for name in ("file", *(check.name for check in verifier.CHECKS)):
        assert f"| `{name}` |" in text


def test_its_exit_status_is_the_answer(tmp_path, plan, capsys):
    path = tmp_path / "plan.json"
    for content, status in ((plan, 0), ({**plan, "total_mvnd": 1}, 1), ({"schema": 1}, 2)):
        path.write_text(json.dumps(content), encoding="utf-8")
        assert verifier.main([str(path), "--lang", "en"]) == status
    assert verifier.main([str(tmp_path / "none.json")]) == 2
    assert "PASSED" in capsys.readouterr().out


def test_run_in_its_place_it_does_not_take_its_neighbours_for_standard_modules(tmp_path, plan):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    subprocess.run([sys.executable, verifier.__file__, str(path)], check=True, capture_output=True)
