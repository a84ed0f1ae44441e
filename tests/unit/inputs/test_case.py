"""What only shows once all parts of a case are there."""

import pytest

from prioritizer import pipeline
from tests.build import HEAD, MINISTRIES, SCENARIO, faults, folder, table


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
