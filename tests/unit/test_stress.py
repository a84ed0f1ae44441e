"""The command ``stress``: statuses, one JSON object, bad options, what cannot be tried."""

import json
import sys

import pytest

from prioritizer import cli, locale
from tests.build import ASSESSED, ASSESSED_HEAD, CRITERIA, SCENARIO, assessed, folder, table

DRAWS = ("--draws", "32")
IMPOSSIBLE = (
    "limits:\n  - {id: a, where: {ministry: A}, at_least: {amount_bn: 1}}\n"
    "  - {id: b, where: {ministry: A}, at_most: {amount_bn: 0.5}}\n"
)
WHOLE = tuple(f"P{at},dự án {at},A,,group1,{ask},whole" for at, ask in enumerate(("1.5", "2", "1"), 1))


def run(capsys, *arguments):
    status = cli.main([str(argument) for argument in ("stress", *arguments)])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def answer(capsys, *arguments):
    status, out, err = run(capsys, *arguments, "--json")
    assert err == "" and out.endswith("}\n")
    return status, json.loads(out)


@pytest.fixture
def path(tmp_path):
    return assessed(tmp_path / "own")


@pytest.fixture
def whole(tmp_path):
    return assessed(tmp_path / "whole", register_csv=table(f"{ASSESSED_HEAD},funding", WHOLE))


def test_json_is_one_object_with_every_figure(path, capsys):
    status, found = answer(capsys, path, *DRAWS)
    assert status == 0
    assert (found["schema"], found["scenario"], found["status"]) == (1, "tiny", "optimal")
    assert (found["seed"], found["weights"], found["illustrative"]) == (1, "any", False)
    assert found["envelope_factors"] == found["ask_factors"] == ["1", "1"]
    assert found["ways"].keys() == {"independent", "joint"}
    planned = {"draws": 32, "with_a_plan": 32, "not_proven": 0, "failed": {}}
    assert found["ways"]["independent"] == found["ways"]["joint"] == planned
    assert sorted(each["id"] for each in found["projects"]) == ["P1", "P2", "P3"]
    for each in found["projects"]:
        assert each["standing"] in ("core", "borderline", "outside")
        assert 0 <= each["least_mvnd"] <= each["amount_mvnd"] <= each["greatest_mvnd"]
        drawn = each["ways"]["independent"]
        low, middle, high = (drawn["quantiles_mvnd"][name] for name in ("5", "50", "95"))
        assert 0 <= drawn["in_full"] <= drawn["funded"] <= 1 and low <= middle <= high
    assert {each["id"] for each in found["ministries"]} == {"A", "B"}
    assert {each["criterion"] for each in found["weight_stability"]} == {"B1", "B2", "B3", "B4"}
    assert found["unknowns"][0].keys() >= {"project", "criteria", "moved_mvnd", "noise_mvnd"}
    assert found["sentences"].keys() == {"standing", "stability", "unknowns", "portfolios"}


def test_the_same_seed_gives_the_same_answer_and_another_another(path, capsys):
    first, again, other = (run(capsys, path, *DRAWS, "--seed", seed, "--json")[1] for seed in (5, 5, 6))
    assert first == again != other


def test_workers_do_not_change_the_answer(path, capsys):
    alone, two = (run(capsys, path, *DRAWS, "--workers", count, "--json")[1] for count in (1, 2))
    assert alone == two


@pytest.mark.parametrize("lang", locale.LANGS)
def test_text_has_every_section(path, capsys, lang):
    status, out, _ = run(capsys, path, *DRAWS, "--lang", lang)
    assert status == 0
    for name in ("projects", "ministries", "standing", "stability", "unknowns", "portfolios"):
        heads = [text for key, text in locale.sentences(lang).items() if key.endswith(f"robustness.{name}")]
        assert any(text in out for text in heads), name


def test_no_draw_with_a_plan_is_the_answer_no(tmp_path, capsys):
    made = assessed(tmp_path, tiny_yaml=ASSESSED + IMPOSSIBLE)
    status, found = answer(capsys, made, *DRAWS)
    assert status == 1
    assert found["ways"]["independent"]["with_a_plan"] == 0
    assert found["ways"]["independent"]["failed"] == {"infeasible": 32}
    assert {each["amount_mvnd"] for each in found["projects"]} == {None}
    assert found["weight_stability"] is None
    assert run(capsys, made, *DRAWS)[0] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ("--draws", "15"),
        ("--draws", "1000001"),
        ("--draws", "many"),
        ("--seed", "-1"),
        ("--within", "0"),
        ("--within", "100"),
        ("--envelope", "90"),
        ("--asks", "110-90"),
        ("--asks", "0-100"),
        ("--workers", "0"),
    ],
)
def test_bad_options_are_refused_before_anything_is_read(wrong, path, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["stress", str(path), *wrong])
    assert stopped.value.code == 2 and wrong[0] in capsys.readouterr().err


def test_given_values_with_known_money_leave_nothing_uncertain(tmp_path, capsys):
    made = folder(tmp_path, tiny_yaml=SCENARIO)
    status, found = answer(capsys, made, *DRAWS)
    assert status == 2 and [each["code"] for each in found["faults"]] == ["nothing_uncertain"]
    status, found = answer(capsys, made, *DRAWS, "--envelope", "50-100")
    assert status == 0 and found["envelope_factors"] == ["1/2", "1"]
    assert found["ways"].keys() == {"independent"} and found["weight_stability"] is None
    assert {each["standing"] for each in found["projects"]} == {None}


@pytest.mark.parametrize("lang", locale.LANGS)
def test_ways_of_choosing_need_weights_and_known_money(tmp_path, whole, capsys, lang):
    said = locale.sentences(lang)["faults.portfolios_need_weights.message"]
    given = folder(tmp_path / "given", tiny_yaml=SCENARIO)
    for made in (given, whole):
        out = run(capsys, made, *DRAWS, "--asks", "90-110", "--lang", lang, "--json")[1]
        found = json.loads(out)
        assert found["portfolios"] is None and found["sentences"]["portfolios"] == [said]


def test_ways_of_choosing_whole_projects_are_counted(whole, capsys):
    status, found = answer(capsys, whole, *DRAWS)
    assert status == 0 and found["portfolios"] >= 1
    assert all(each["core_index"] is not None for each in found["projects"])
    assert all(each["proven"] for each in found["projects"])


def test_statements_that_clash_are_a_fault(tmp_path, capsys):
    unweighed = CRITERIA
    for weight in ("0.31", "0.19", "0.29", "0.21"):
        unweighed = unweighed.replace(f", weight: {weight}", "")
    words = (
        "elicitation:\n  - {over: root, by: Tổ, at: 2026-04-20, why: Họp,"
        " pairwise: {B1: {B2: 2, B3: 8, B4: 1}, B2: {B3: 2, B4: 1}, B3: {B4: 1}}}\n"
    )
    made = assessed(tmp_path, tiny_yaml=ASSESSED + words, benefits_yaml=unweighed)
    status, found = answer(capsys, made, *DRAWS, "--stated")
    assert status == 2 and [each["code"] for each in found["faults"]] == ["weights_clash"]
    status, found = answer(capsys, made, *DRAWS)
    assert status == 0 and found["weights"] == "any"


def test_a_cluster_without_its_package_is_a_fault(path, capsys, monkeypatch):
    for name in ("dask", "distributed", "prioritizer.robustness.sweeping.cluster"):
        monkeypatch.setitem(sys.modules, name, None)
    status, found = answer(capsys, path, *DRAWS, "--scheduler", "tcp://127.0.0.1:1")
    assert status == 2
    (fault,) = found["faults"]
    assert (fault["code"], fault["file"]) == ("cluster_missing", "tcp://127.0.0.1:1")


def test_precise_enough_stops_early(path, capsys):
    status, found = answer(capsys, path, "--draws", "100000", "--within", "20")
    assert status == 0 and found["ways"]["independent"]["draws"] == 500
