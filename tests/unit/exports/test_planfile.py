"""The plan file: names that only ever gain members, whole numbers, null for what does not exist."""

import hashlib
import json
from fractions import Fraction

import pytest

from prioritizer import allocation, pipeline, scoring
from prioritizer.errors import Fault
from prioritizer.exports import faults_object, plan_object
from prioritizer.exports.casefile import case_object, digest
from prioritizer.exports.planfile import digests
from prioritizer.model import Scenario
from prioritizer.results import Evaluation
from tests.build import (
    ASSESSED,
    ASSESSED_HEAD,
    ASSESSED_ROWS,
    CRITERIA,
    HEAD,
    ROWS,
    SCENARIO,
    SCORES,
    SCORES_HEAD,
    Cost,
    Project,
    assessed,
    case,
    folder,
    table,
)

MEMBERS = {
    "schema", "scenario", "status", "unique", "objective", "total_mvnd", "envelope_mvnd", "illustrative",
    "decided_by_tie_rule_mvnd", "projects", "limits",
}  # fmt: skip


def evaluated(*arguments, **more) -> Evaluation:
    given = case(*arguments, **more)
    scores = scoring.score(given)
    return Evaluation(given, scores, allocation.allocate(given, scores))


def test_the_promised_members_are_there():
    plan = plan_object(evaluated([Project(5, 10)], 3, [{"id": "l", "at_most": {"amount_bn": 2}}]))
    assert set(plan) >= MEMBERS
    assert set(plan["objective"]) >= {"basis", "value", "unit"}
    assert set(plan["projects"][0]) >= {"id", "rank", "value", "ask_mvnd", "amount_mvnd", "reason"}
    assert set(plan["limits"][0]) >= {"id", "used_mvnd", "used_count", "binding", "price_per_bn"}
    assert plan["limits"][0]["price_per_bn"] is None


def test_projects_stand_in_rank_order_and_share_ranks():
    projects = [Project(1, 5), Project(1, 9), Project(1, 5), Project(1, 1)]
    plan = plan_object(evaluated(projects, 4))
    assert [(p["rank"], p["id"]) for p in plan["projects"]] == [
        (1, "P01"),
        (2, "P00"),
        (2, "P02"),
        (4, "P03"),
    ]


def test_amounts_are_whole_numbers_and_values_points():
    plan = plan_object(evaluated([Project(5, 123_456)], 3))
    (project,) = plan["projects"]
    assert (project["value"], project["amount_mvnd"], type(project["amount_mvnd"])) == (12.3456, 3, int)
    assert plan["objective"]["exact"] == "5787/15625000"  # 12.3456 % of 0.003 bn


def test_what_does_not_exist_is_null():
    clash = [{"id": "a", "at_least": {"amount_bn": 2}}, {"id": "b", "at_most": {"amount_bn": 1}}]
    plan = plan_object(evaluated([Project(5, 10)], 3, clash))
    assert (plan["status"], plan["envelope_mvnd"]) == ("infeasible", 3)
    for name in ("unique", "total_mvnd", "decided_by_tie_rule_mvnd"):
        assert plan[name] is None
    assert plan["objective"]["value"] is None and plan["limits"] == []
    assert plan["projects"][0]["amount_mvnd"] is None and plan["projects"][0]["rank"] == 1


def test_faults_have_every_member_in_either_language():
    fault = Fault("not_a_number", "r.csv", 3, "ask_bn", {"text": "x"})
    vi, en = (faults_object([fault], lang) for lang in ("vi", "en"))
    assert (vi["schema"], vi["status"]) == (1, "invalid")
    (said,) = vi["faults"]
    assert {key: said[key] for key in ("file", "sheet", "row", "column", "code")} == {
        "file": "r.csv", "sheet": None, "row": 3, "column": "ask_bn", "code": "not_a_number",
    }  # fmt: skip
    assert said["message"] != en["faults"][0]["message"] and said["remedy"]


# ------------------------------------------------------------------ payments, lacks, limits, certificate


def test_payments_say_who_pays_what_and_what_will_be_needed():
    costs = (Cost("2026", 4, "recurrent"), Cost("2027", 2, "investment"))
    plan = plan_object(evaluated([Project(6, 10, costs=costs)], 9))
    assert plan["projects"][0]["amount_mvnd"] == 4
    assert plan["projects"][0]["payments"] == [
        {"milestone": None, "year": "2026", "kind": "recurrent", "fund": "fund", "amount_mvnd": 4},
        {"milestone": None, "year": "2027", "kind": "investment", "fund": None, "amount_mvnd": 2},
    ]


def test_what_a_project_lacks_is_said_with_its_figures():
    funds = [{"id": "f", "year": "2026", "amount_bn": 5, "pays": ["recurrent"]}]
    given = case([Project(5, 10, costs=(Cost("2026", 5, "investment"),))], funds=funds)
    (project,) = plan_object(pipeline.assess(given))["projects"]
    assert project["lacks"] == [{"code": "no_fund_may_pay", "params": {"kind": "investment", "year": "2026"}}]
    assert (project["reason"], project["payments"]) == ("ineligible", [])


def test_limits_say_counts_and_breaches():
    limits = [
        {"id": "few", "at_most": {"count": 1}},
        {"id": "soft", "at_least": {"amount_bn": 7}, "penalty": 1},
    ]
    plan = plan_object(evaluated([Project(5, 10), Project(4, 9)], 9, limits))
    few, soft = plan["limits"]
    assert (few["floor_count"], few["ceiling_count"], few["used_count"]) == (None, 1, 1)
    assert (soft["floor_mvnd"], soft["short"], soft["over"]) == (7, 2, 0)


def test_the_certificate_names_every_row_as_exact_text():
    plan = plan_object(evaluated([Project(5, 10)], 3, [{"id": "l", "at_most": {"amount_bn": 9}}]))
    certificate = plan["certificate"]
    assert certificate["duals"] == {"envelope[fund]": "10", "at_most[l]": "0"}
    assert (certificate["relaxed"], certificate["bound"]) == (False, plan["objective"]["exact"])


def test_without_a_plan_there_is_no_certificate_and_no_payment():
    clash = [{"id": "a", "at_least": {"amount_bn": 2}}, {"id": "b", "at_most": {"amount_bn": 1}}]
    plan = plan_object(evaluated([Project(5, 10)], 3, clash))
    assert plan["certificate"] is None and plan["projects"][0]["payments"] is None
    assert plan["case"]["register"][0]["ask_mvnd"] == 5


# ------------------------------------------------------------------ the case and its digests


def test_the_case_holds_choices_in_whole_numbers_and_exact_texts(tmp_path):
    content = case_object(pipeline.load(assessed(tmp_path)))
    assert set(content) == {"scenario", "criteria", "weights", "register", "costs", "assessments"}
    assert content["weights"]["group1"] == {"B1": "31/100", "B2": "19/100", "B3": "29/100", "B4": "21/100"}
    assert content["scenario"]["funds"][0]["amount_mvnd"] == 3_000
    assert content["criteria"][0] == {
        "id": "B1",
        "name": {"vi": "B1", "en": "B1"},
        "weight": "31/100",
        "value": "linear",
        "scale": {"worst": "0", "best": "100"},
        "children": [],
    }
    assert content["assessments"]["P2"] == {"B1": ["10", "90"], "B2": None, "B3": None, "B4": None}
    assert content["costs"] is None


def test_every_choice_of_a_scenario_is_in_the_case():
    """A key that the model gains is in the file, or what was decided from would not be."""
    content = case_object(case([Project(5, 10)], 3))["scenario"]
    assert set(content) == {name.rstrip("_") for name in Scenario.model_fields}
    assert json.loads(json.dumps(content)) == content


def test_ids_that_are_derived_are_written_out():
    decisions = [{"project": "P00", "fund": "full"}]
    needs = [{"project": "P00", "requires": "P01"}]
    given = case([Project(5, 10), Project(5, 10)], 13, decisions=decisions, dependencies=needs)
    content = case_object(given)["scenario"]
    assert content["decisions"][0]["id"] == "P00.fund"
    assert content["dependencies"][0]["id"] == "P00.requires.P01"


def test_a_text_that_decides_is_in_the_case_and_one_that_does_not_is_not(tmp_path):
    register = table(f"{HEAD},note", [f"{row},here" for row in ROWS])
    scenario = SCENARIO + "eligibility: {dossier: [note]}\n"
    idle = case_object(pipeline.load(folder(tmp_path / "a", register_csv=register)))
    decisive = case_object(pipeline.load(folder(tmp_path / "b", register_csv=register, tiny_yaml=scenario)))
    assert "note" not in idle["register"][0]["columns"]
    assert decisive["register"][0]["columns"]["note"] == "here"


def test_costs_are_cell_by_cell_with_their_milestones():
    costs = (Cost("2026", 2, "", 1), Cost("2027", 4, "investment", 2))
    project = Project(6, 10, funding="milestones", costs=costs, shares=(Fraction(1, 3), Fraction(2, 3)))
    content = case_object(case([project], 9))["costs"]
    assert content["kinds"] == ["investment"]
    assert content["cells"][0] == {
        "project": "P00", "milestone": 1, "year": "2026", "kind": None, "cost_mvnd": 2,
    }  # fmt: skip
    assert [each["value_share"] for each in content["milestones"]] == ["1/3", "2/3"]


def test_the_order_of_rows_leaves_the_digests_as_they_are(tmp_path):
    one = pipeline.load(folder(tmp_path / "a"))
    other = pipeline.load(folder(tmp_path / "b", register_csv=table(HEAD, reversed(ROWS))))
    assert digests(one) == digests(other)


@pytest.mark.parametrize(
    ("files", "part"),
    [
        ({"tiny_yaml": ASSESSED.replace('"3"', '"4"')}, "scenario"),
        ({"benefits_yaml": CRITERIA.replace("best: 100", "best: 101")}, "criteria"),
        ({"register_csv": table(ASSESSED_HEAD, ["P1,khác,A,,group1,1.5", *ASSESSED_ROWS[1:]])}, "register"),
        ({"scores_csv": table(SCORES_HEAD, ["P1,B1,x,51,,", *SCORES[1:]])}, "assessments"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_change_of_a_source_changes_the_digest_of_its_part_alone(tmp_path, files, part):
    one = digests(pipeline.load(assessed(tmp_path / "a")))
    other = digests(pipeline.load(assessed(tmp_path / "b", **files)))
    assert {name for name in one if one[name] != other[name]} == {part, "case"}


def test_a_digest_is_of_canonical_json():
    """Sorted keys, no spaces, UTF-8: what anyone can compute with a standard library."""
    assert digest({"b": 1, "a": "ế"}) == hashlib.sha256('{"a":"ế","b":1}'.encode()).hexdigest()
