"""Several assessors and value functions in a plan file: honest ones are recomputed, forgeries refused."""

import copy
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from prioritizer import pipeline, verifier
from tests.build import ASSESSED, CRITERIA, SCORES_HEAD, assessed, table

Plan = dict[str, Any]
BENT = """value: piecewise, scale: {worst: 0, best: 100}, levels: [
    {score: 0, value: 0, vi: a, en: a}, {score: 20, value: 60, vi: b, en: b},
    {score: 100, value: 100, vi: c, en: c}]"""
KINDS = """value: categorical, levels: [
    {category: gold, value: 100, vi: a, en: a}, {category: lead, value: 0, vi: b, en: b}]"""
OF = """value: categorical, of: class, levels: [
    {category: group1, value: 0, vi: a, en: a}, {category: group2-push, value: 100, vi: b, en: b}]"""
ROWS = (
    *("P1,B1,a,10,,", "P1,B1,b,,20,60", "P1,B1,c,abstain,,", "P1,B2,a,gold,,", "P1,B2,b,lead,,"),
    *("P2,B1,b,15,,", "P2,B2,b,gold,,", "P3,B4,a,100,,", "P3,B4,b,70,,", "P3,B4,c,80,,"),
)
CHOICES = """assessors: [{id: a, competence: 3, competence_on: {B2: "0.5"}}, {id: b}, {id: c}]
consensus: {rule: weighted}
"""


@pytest.fixture
def plan(tmp_path) -> Plan:
    scale = "scale: {worst: 0, best: 100}"
    criteria = CRITERIA.replace(scale, BENT, 1).replace(
        f"B2, weight: 0.19, {scale}", f"B2, weight: 0.19, {KINDS}"
    )
    criteria = criteria.replace(f"B3, weight: 0.29, {scale}", f"B3, weight: 0.29, {OF}")
    assert "gold" in criteria and "of: class" in criteria
    path = assessed(
        tmp_path,
        tiny_yaml=ASSESSED + CHOICES,
        benefits_yaml=criteria,
        scores_csv=table(SCORES_HEAD, ROWS),
    )
    return pipeline.plan_object(pipeline.assess(pipeline.load(path)))


def failed(plan: Plan) -> dict[str, list[str]]:
    """The clauses that fail, with the codes of their faults."""
    content = json.dumps(plan, ensure_ascii=False).encode()
    clauses = verifier.verify(content).clauses
    return {each.name: [fault.code for fault in each.faults] for each in clauses if each.state == "fails"}


def digested(plan: Plan) -> Plan:
    """The file after a forger has redone its digests."""
    for part in plan["digests"]:
        content = plan["case"] if part == "case" else plan["case"][part]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        plan["digests"][part] = hashlib.sha256(text.encode()).hexdigest()
    return plan


def test_an_honest_file_holds(plan):
    assert failed(plan) == {}


def test_a_judgement_is_kept_as_it_was_given(plan):
    said = plan["case"]["assessments"]["P1"]
    assert said["B1"] == {"a": ["10", "10"], "b": ["20", "60"], "c": None}
    assert said["B2"] == {"a": "gold", "b": "lead"} and said["B3"] is None


FORGERIES: dict[str, tuple[Callable[[Plan], object], str]] = {
    "a score": (lambda case: case["assessments"]["P1"]["B1"].update(a=["11", "11"]), "values"),
    "one end": (lambda case: case["assessments"]["P1"]["B1"].update(b=["20", "61"]), "values"),
    "a category": (lambda case: case["assessments"]["P1"]["B2"].update(b="gold"), "values"),
    "an abstention": (lambda case: case["assessments"]["P1"]["B1"].update(c=["50", "50"]), "values"),
    "a judgement left out": (lambda case: case["assessments"]["P3"]["B4"].pop("b"), "values"),
    "the rule": (lambda case: case["scenario"]["consensus"].update(rule="mean"), "values"),
    "a competence": (lambda case: case["scenario"]["assessors"][0].update(competence="4"), "values"),
    "a competence on a leaf": (
        lambda case: case["scenario"]["assessors"][0]["competence_on"].update(B2="2"),
        "values",
    ),
    "points of a level": (lambda case: case["criteria"][0]["levels"][1].update(value="61"), "values"),
    "a class": (lambda case: case["register"][0]["columns"].update({"class": "group2-push"}), "values"),
    "a score off the scale": (lambda case: case["assessments"]["P1"]["B1"].update(a=["-1", "-1"]), "case"),
    "an unknown category": (lambda case: case["assessments"]["P1"]["B2"].update(a="tin"), "case"),
    "a category on a scale": (lambda case: case["assessments"]["P1"]["B1"].update(a="gold"), "case"),
    "a score of a category": (lambda case: case["assessments"]["P1"]["B2"].update(a=["1", "1"]), "case"),
    "a stranger": (lambda case: case["assessments"]["P1"]["B1"].update(z=["1", "1"]), "case"),
    "somebody twice": (lambda case: case["assessments"]["P1"]["B1"].update(A=["1", "1"]), "case"),
    "a judgement of the register": (
        lambda case: case["assessments"]["P1"].update(B3={"a": "group1"}),
        "case",
    ),
    "no zero": (lambda case: case["criteria"][0]["levels"][0].update(value="1"), "case"),
    "a fall": (lambda case: case["criteria"][0]["levels"][1].update(value="101"), "case"),
    "a kind without levels": (lambda case: case["criteria"][1].update(levels=[]), "case"),
    "a class without a level": (
        lambda case: case["register"][0]["columns"].update({"class": "group2-pull"}),
        "case",
    ),
    "an empty judgement": (lambda case: case["assessments"]["P1"].update(B4={}), "case"),
    "a competence on nothing": (
        lambda case: case["scenario"]["assessors"][0]["competence_on"].update(B77="2"),
        "case",
    ),
    "a competence in two spellings": (
        lambda case: case["scenario"]["assessors"][0]["competence_on"].update(b2="2"),
        "case",
    ),
    "a trim of a half": (lambda case: case["scenario"]["consensus"].update(trim="1/2"), "shape"),
    "a number for a judgement": (lambda case: case["assessments"]["P1"]["B1"].update(a=5), "shape"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_judgement_is_refused(plan, name):
    forge, clause = FORGERIES[name]
    forged = copy.deepcopy(plan)
    forge(forged["case"])
    assert failed(forged)
    assert clause in failed(digested(forged))
