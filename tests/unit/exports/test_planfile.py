"""The plan file: names that only ever gain members, whole numbers, null for what does not exist."""

from prioritizer import allocation, scoring
from prioritizer.errors import Fault
from prioritizer.exports import faults_object, plan_object
from prioritizer.results import Evaluation
from tests.build import Project, case

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
