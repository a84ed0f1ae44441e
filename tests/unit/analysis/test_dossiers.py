"""How complete dossiers are, two leads on one product, and the plans with and without the gate."""

import json

import pytest

from prioritizer import cli, locale, pipeline
from prioritizer.analysis.dossiers import all_arrived, complete_only, dossiers
from prioritizer.inputs.dossiers import of_notice_22
from tests.build import ASSESSED, assessed, table

HEAD = "id,name_vi,ministry,product,class,ask_bn,note,source"
ROWS = (
    "P1,một,A,T1.1,group1,1.5,here,there",
    "P2,hai,B,T1.1,group1,2,,there",
    "P3,ba,A,,group2-pull,1,,",
)
GATE = "eligibility: {dossier: [note], dossier_by_class: {group2-pull: [source]}}\n"


@pytest.fixture
def scenario(tmp_path):
    return assessed(tmp_path, tiny_yaml=ASSESSED + GATE, register_csv=table(HEAD, ROWS))


def test_what_is_missing_is_told_by_project_and_body(scenario):
    case = pipeline.load(scenario)
    found = dossiers(case)
    assert found.of_scenario
    assert found.needed == (("note",), ("note",), ("note", "source"))
    assert found.missing == ((), ("note",), ("note", "source"))
    by_body = {body: (found.complete(rows), found.columns(rows)) for body, rows in case.rows_by_body}
    assert by_body == {"A": (1, (1, 3)), "B": (0, (0, 1))}


def test_without_demands_the_notice_is_held_against_them(tmp_path):
    found = dossiers(pipeline.load(assessed(tmp_path, register_csv=table(HEAD, ROWS))))
    assert not found.of_scenario
    assert found.missing == (of_notice_22("group1"), of_notice_22("group1"), of_notice_22("group2-pull"))


def test_two_bodies_that_lead_on_one_product_are_found(scenario):
    (shared,) = dossiers(pipeline.load(scenario)).shared
    assert (shared.product, shared.rows) == ("T1.1", (0, 1))


def test_one_body_may_have_several_projects_on_a_product(tmp_path):
    rows = [ROWS[0], ROWS[1].replace(",B,", ",A,")]
    path = assessed(tmp_path, register_csv=table(HEAD, [*rows, ROWS[2]]))
    assert dossiers(pipeline.load(path)).shared == ()


def test_criteria_that_nobody_judged_are_told(scenario):
    assert dossiers(pipeline.load(scenario)).unassessed == (
        ("B3", "B4"),
        ("B2", "B3", "B4"),
        ("B1", "B2", "B3"),
    )


def test_the_gate_opens_where_everything_arrives(scenario):
    case = pipeline.load(scenario)
    gated, open_ = (pipeline.assess(changed(case)).plan for changed in (complete_only, all_arrived))
    assert gated.amount_mvnd.tolist() == pipeline.assess(case).plan.amount_mvnd.tolist() == [1500, 0, 0]
    assert open_.total_mvnd == 3000 and not open_.lacks


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_command_says_it_in_words(scenario, capsys, lang):
    assert cli.main(["explain", str(scenario), "--dossiers", "--lang", lang]) == 0
    said = capsys.readouterr().out
    for part in ("bodies", "missing", "shared", "plans"):
        assert locale.say(f"exports.explained.dossiers.{part}", lang) in said


def test_the_command_says_it_as_json(scenario, capsys):
    assert cli.main(["explain", str(scenario), "--dossiers", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [project["missing"] for project in said["projects"]] == [[], ["note"], ["note", "source"]]
    assert said["bodies"][0] == {
        "id": "A",
        "projects": 2,
        "complete": 1,
        "filled_columns": 1,
        "needed_columns": 3,
    }
    assert said["shared_products"] == [{"product": "T1.1", "projects": ["P1", "P2"]}]
    assert said["complete_only"]["total_mvnd"] == 1500 and said["all_arrived"]["total_mvnd"] == 3000
    assert {each["id"] for each in said["difference"]["projects"]} <= {"P1", "P2", "P3"}


def test_where_no_plan_is_possible_it_is_said(tmp_path, capsys):
    floor = "limits: [{id: floor, where: {ministry: B}, at_least: {amount_bn: 1}}]\n"
    path = assessed(tmp_path, tiny_yaml=ASSESSED + floor, register_csv=table(HEAD, ROWS))
    assert cli.main(["explain", str(path), "--dossiers", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "Complete dossiers only: no plan meets every limit" in said
    assert "none of 20 entries is there" in said
