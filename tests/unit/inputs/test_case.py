"""What only shows once all parts of a case are there."""

import pytest

from prioritizer import pipeline
from tests.build import ASSESSED, CRITERIA, HEAD, MINISTRIES, SCENARIO, assessed, faults, folder, table


def found(path) -> list[tuple[str, str | None]]:
    return [(fault.code, fault.file) for fault in faults(path)]


@pytest.mark.parametrize("hidden", ["\\u0007", "\\e[31m", "\\u202e", "\\u200b", "\\ud800"])
def test_what_nobody_sees_is_refused_in_a_scenario_even_when_written_as_an_escape(tmp_path, hidden):
    text = SCENARIO.replace('"Thử"', f'"T{hidden}"')
    assert text != SCENARIO
    assert ("control_character", "tiny.yaml") in found(folder(tmp_path, tiny_yaml=text))


def test_blanks_that_look_alike_are_alike_and_invisible_ones_are_refused(tmp_path):
    scenario = (
        SCENARIO + "fields: [area]\nlimits: [{id: l, where: {area: Hà Nội}, at_most: {amount_bn: 1}}]\n"
    )
    areas = ["Hà Nội", "Hà\u00a0Nội", "Hà  Nội "]
    rows = [f"P{at},n,A,,group1,1,5,{area}" for at, area in enumerate(areas)]
    path = folder(tmp_path / "alike", tiny_yaml=scenario, register_csv=table(f"{HEAD},area", rows))
    case = pipeline.load(path)
    assert case.register.selected_by(case.scenario.limits[0]).all()
    hidden = table(f"{HEAD},area", [*rows, "P9,n,A,,group1,1,5,Hà Nội\u200b"])
    assert ("control_character", "register.csv") in found(
        folder(tmp_path / "hidden", tiny_yaml=scenario, register_csv=hidden)
    )


def test_a_body_that_stands_twice_is_refused(tmp_path):
    twice = MINISTRIES + '  - {id: a, name: "Again"}\n'
    assert ("duplicate_key", "bodies.yaml") in found(folder(tmp_path, bodies_yaml=twice))


def test_limits_that_cannot_hold_by_themselves_are_named_for_a_revised_case(tmp_path):
    limits = "limits: [{id: l, at_least: {share_of_envelope: 1}}]\n"
    case = pipeline.load(folder(tmp_path, tiny_yaml=SCENARIO + limits))
    assert pipeline.limit_faults(case) == ()
    asked = int(case.register.ask_mvnd.sum())
    fund = case.scenario.funds[0].model_copy(update={"amount_mvnd": asked + 1})
    assert [fault.code for fault in pipeline.limit_faults(case.revised(funds=(fund,)))] == [
        "floor_above_asks"
    ]


def test_files_whose_names_are_no_ids_are_no_scenarios(tmp_path):
    for name in ("b.yaml", "baseline.yaml", "không.yaml", "-x.yaml", "a b.yaml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [path.name for path in pipeline.scenario_paths(tmp_path)] == ["baseline.yaml", "b.yaml"]


BLANKS = [
    "\u3000",
    "\u2003",
    "\u2009\u200a",
    "\u2800",
    "\u115f",
    "\u3164",
    "\u200b",
    "\u00ad",
    "\u0301",
    "\ufe0f",
]


@pytest.mark.parametrize("blank", ['"\n\n"', '"\r\n \u3000\n"', *BLANKS])
def test_what_has_nothing_to_see_is_blank(tmp_path, blank):
    register = table(f"{HEAD},objective", ["P1,một,A,,group1,1.5,80,seen", f"P2,hai,B,,group1,2,60,{blank}"])
    asked = "eligibility: {dossier: objective}\n"
    case = pipeline.load(folder(tmp_path, tiny_yaml=SCENARIO + asked, register_csv=register))
    assert list(pipeline.assess(case).scores.lacks) == [1]


def test_a_criteria_file_that_cannot_be_read_brings_no_other_fault(tmp_path):
    more = """weights: {B1: 1, B2: 0, B3: 0, B4: 0}
exchange_rate: {group1: 2}
elicitation: [{over: root, by: g, at: 2026-04-20, why: w, class: group1, rank: [B1, B2, B3, B4]}]
eligibility: {minimum_by_factor: {B1: 5}}
assessors: [{id: x, competence_on: {B1: 2}}]
"""
    tree = CRITERIA.replace("best: 100", "best: 0", 1)
    path = assessed(tmp_path, tiny_yaml=ASSESSED + more, benefits_yaml=tree)
    assert found(path) == [("scale_without_length", "benefits.yaml")]
