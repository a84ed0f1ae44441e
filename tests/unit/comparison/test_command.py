"""The command compare: what it prints in both languages, within a hundred columns, and as JSON."""

import json
import re

import pytest

from prioritizer import cli, locale, pipeline
from prioritizer.comparison import compare
from prioritizer.exports.compared import compared
from prioritizer.pipeline import SCENARIOS
from tests.build import SCENARIO, Project, case, folder
from tests.properties.instances import drawn

SHIPPED = [
    SCENARIOS / f"{name}.yaml"
    for name in ("baseline", "few-and-deep", "growth-first", "high-bar", "three-families", "carried-over")
]
CLASH = (
    "limits:\n  - {id: a, where: {ministry: A}, at_least: {amount_bn: 1}}\n"
    "  - {id: b, where: {ministry: A}, at_most: {amount_bn: 0.5}}\n"
)


@pytest.fixture(scope="module")
def shipped():
    return pipeline.compare(pipeline.load_all(SHIPPED))


@pytest.mark.parametrize("lang", locale.LANGS)
def test_tables_of_six_scenarios_fit_a_hundred_columns(shipped, lang):
    lines = compared(shipped, lang).lines
    tables = [line for line in lines if re.search(r"\S  +\S+  ", line)]
    assert len(tables) > 60 and max(map(len, tables)) <= 100


@pytest.mark.parametrize("lang", locale.LANGS)
def test_a_plan_that_loses_more_than_all_is_explained(lang):
    projects = [Project(60, 900_000, id="A"), Project(50, 600_000, id="B")]
    open_, strict = (pipeline.assess(case(projects, 120, hurdle_e4=hurdle)) for hurdle in (0, 850_000))
    said = locale.say(
        "compare.regret.above_all",
        lang,
        plan=locale.say("compare.label", lang, number=1),
        under=locale.say("compare.label", lang, number=2),
        value="-0,0095" if lang == "vi" else "-0.0095",
        unit=locale.say("explanation.unit.bn_at_full_value", lang),
    )
    lines = compared(compare([open_, strict]), lang).lines
    assert f"  - {said}" in lines and sum("100%:" in line for line in lines) == 1


@pytest.mark.parametrize("lang", locale.LANGS)
def test_every_sentence_is_filled_in(shipped, lang):
    text = compared(shipped, lang).text
    assert not re.search(r"\{\w*\}|None|Fraction|mvnd", text)
    assert ("VND" in text) == (lang == "en")


@pytest.mark.parametrize("seed", range(0, 40, 2))
@pytest.mark.parametrize("lang", locale.LANGS)
def test_any_two_cases_can_be_told(seed, lang):
    explained = compared(compare([pipeline.assess(drawn(seed + more)) for more in (0, 1)]), lang)
    assert not re.search(r"\{\w*\}|None|Fraction", explained.text)
    json.dumps(explained.content, allow_nan=False)


def test_json_gives_absent_as_null_and_places_from_the_base():
    ours = case([Project(60, 900_000, id="A"), Project(50, 600_000, id="B")], 70)
    theirs = case([Project(60, 900_000, id="A")], 30)
    content = compared(compare([pipeline.assess(ours), pipeline.assess(theirs)]), "en").content
    by_id = {each["id"]: each for each in content["projects"]}
    assert by_id["A"]["amounts_mvnd"] == [60, 30] and by_id["A"]["from_base_mvnd"] == [0, -30]
    assert by_id["B"]["amounts_mvnd"] == [10, None] and by_id["B"]["from_base_mvnd"] == [0, None]
    assert by_id["B"]["listed"] == [True, False] and by_id["B"]["ranks"] == [2, None]
    assert content["funded_in"] == {"all": ["A"], "some": [], "one": ["B"], "none": []}
    taken = content["regrets"][1]
    assert (taken["feasible"], taken["lost"]) == (False, None)
    assert [(each["kind"], each["by"]) for each in taken["breaches"]] == [
        ("absent", 10.0),
        ("envelope", 30.0),
    ]
    back = content["regrets"][2]
    assert (back["feasible"], back["lost_exact"], back["unknown"]) == (True, "33/1000", ["B"])


def test_registers_without_a_common_project_are_told_as_they_are():
    ours = case([Project(10, 900_000, id="A"), Project(10, 600_000, id="B")], 20)
    theirs = case([Project(10, 900_000, id="C")], 20)
    text = compared(compare([pipeline.assess(ours), pipeline.assess(theirs)]), "en").text
    assert "S2 against S1: no project is in both registers." in text
    assert "The plan of S1 in S2: 2 projects that get 0.02 bn VND are not in the register (A, B)." in text
    assert "Not in the register of S1: 1 (C)." in text


def test_what_is_stated_alike_is_said_once_for_all_who_do():
    cases = [case([Project(60, 900_000, id="A")], amount) for amount in (30, 20, 30)]
    text = compared(compare([pipeline.assess(each) for each in cases]), "vi").text
    assert "Nguồn vốn “fund”: KB1, KB3: 0,03 tỷ đồng, năm 2026, mọi loại chi; KB2: 0,02 tỷ đồng" in text


def run(capsys, *arguments: object) -> tuple[int, str, str]:
    status = cli.main([str(argument) for argument in arguments])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_the_command_prints_one_object(tmp_path, capsys):
    paths = [folder(tmp_path / "a"), folder(tmp_path / "b", tiny_yaml=SCENARIO.replace('"3"', '"2"'))]
    status, out, err = run(capsys, "compare", *paths, "--json")
    content = json.loads(out)
    assert (status, err, len(content["scenarios"])) == (0, "", 2)
    (fund,) = content["inputs"]
    assert (fund["key"], fund["id"]) == ("funds", "fund")
    assert [each["amount_mvnd"] for each in fund["given"]] == [3000, 2000]


def test_the_answer_is_no_where_a_scenario_has_no_plan(tmp_path, capsys):
    paths = [folder(tmp_path / "a"), folder(tmp_path / "b", tiny_yaml=SCENARIO + CLASH)]
    status, out, _ = run(capsys, "compare", *paths, "--lang", "en")
    assert status == 1 and "S2 has no plan" in out


@pytest.mark.parametrize("count", [1, 7])
def test_two_to_six_scenarios_are_wanted(tmp_path, capsys, count):
    status, out, _ = run(capsys, "compare", *[folder(tmp_path)] * count, "--json")
    assert status == 2
    assert [fault["code"] for fault in json.loads(out)["faults"]] == ["scenarios_to_compare"]


def test_faults_of_all_files_are_told_at_once(tmp_path, capsys):
    paths = [folder(tmp_path / name, tiny_yaml=SCENARIO + f"{name}: 1\n") for name in ("x", "y")]
    status, out, _ = run(capsys, "compare", *paths, "--json")
    assert status == 2 and len(json.loads(out)["faults"]) == 2
