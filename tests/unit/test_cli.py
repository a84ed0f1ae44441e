"""The command line: statuses, one JSON object, two languages, nothing half written."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from errno import ENOSPC
from pathlib import Path

import pytest

from prioritizer import allocation, cli, locale
from prioritizer.allocation.solvers import cbc
from prioritizer.analysis.budgets import nested, portfolios
from tests.build import HEAD, ROWS, SCENARIO, assessed, folder, table
from tests.packing import parts_of
from tests.papers import text_of

ROOT = Path(__file__).resolve().parents[2]
IMPOSSIBLE = (
    "limits:\n  - {id: a, where: {ministry: A}, at_least: {amount_bn: 1}}\n"
    "  - {id: b, where: {ministry: A}, at_most: {amount_bn: 0.5}}\n"
)
INVALID = {"register_csv": table(HEAD, [*ROWS, "P4,bốn,X,,group1,1,1"])}


def run(capsys, *arguments: object) -> tuple[int, str, str]:
    status = cli.main([str(argument) for argument in arguments])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def only_json(text: str) -> dict:
    content = json.loads(text)
    assert isinstance(content, dict) and text.endswith("}\n")
    return content


@pytest.fixture
def infeasible(tmp_path):
    return folder(tmp_path / "infeasible", tiny_yaml=SCENARIO + IMPOSSIBLE)


@pytest.fixture
def invalid(tmp_path):
    return folder(tmp_path / "invalid", **INVALID)


# ------------------------------------------------------------ plan


def test_plan_prints_one_object_with_the_plan(tmp_path, capsys):
    status, out, err = run(capsys, "plan", folder(tmp_path), "--json")
    plan = only_json(out)
    assert (status, err) == (0, "")
    assert (plan["schema"], plan["scenario"], plan["status"], plan["unique"]) == (1, "tiny", "optimal", True)
    assert (plan["total_mvnd"], plan["envelope_mvnd"], plan["illustrative"]) == (3000, 3000, False)
    # by hand: 1.5 bn at 80 and 1.5 bn at 60
    assert plan["objective"]["value"] == 2.1 and plan["objective"]["unit"] == "bn_at_full_value"
    rows = [
        (p["id"], p["rank"], p["value"], p["ask_mvnd"], p["amount_mvnd"], p["reason"])
        for p in plan["projects"]
    ]
    assert rows == [
        ("P1", 1, 80.0, 1500, 1500, "funded"),
        ("P2", 2, 60.0, 2000, 1500, "marginal"),
        ("P3", 3, 40.0, 1000, 0, "crowded_out"),
    ]


def test_out_writes_what_json_prints(tmp_path, capsys):
    path, target = folder(tmp_path), tmp_path / "deep" / "down" / "plan.json"
    assert run(capsys, "plan", path, "--out", target)[0] == 0
    _, out, _ = run(capsys, "plan", path, "--json")
    assert target.read_text(encoding="utf-8") == out
    assert [each.name for each in target.parent.iterdir()] == ["plan.json"]


@pytest.mark.parametrize(
    "lang, words", [("vi", ("Hạng", "2,1", "tối ưu")), ("en", ("Rank", "2.1", "optimal"))]
)
def test_the_table_speaks_both_languages(tmp_path, capsys, lang, words):
    status, out, _ = run(capsys, "plan", folder(tmp_path), "--lang", lang)
    assert status == 0 and all(word in out for word in words)
    assert (
        run(capsys, "plan", folder(tmp_path))[1] == run(capsys, "plan", folder(tmp_path), "--lang", "vi")[1]
    )


def test_the_language_does_not_touch_a_plan_file(tmp_path, capsys):
    path = folder(tmp_path)
    vi, en = (run(capsys, "plan", path, "--json", "--lang", lang)[1] for lang in locale.LANGS)
    assert vi == en


def test_an_infeasible_scenario_is_an_answer_and_has_no_amounts(infeasible, capsys, tmp_path):
    status, out, err = run(capsys, "plan", infeasible, "--json", "--out", tmp_path / "plan.json")
    plan = only_json(out)
    assert (status, err, plan["status"]) == (1, "", "infeasible")
    assert plan["objective"]["value"] is None and plan["total_mvnd"] is None and plan["unique"] is None
    assert {p["amount_mvnd"] for p in plan["projects"]} == {None} == {p["reason"] for p in plan["projects"]}
    assert (tmp_path / "plan.json").read_text(encoding="utf-8") == out
    assert run(capsys, "export", infeasible, "--to", tmp_path / "out")[0] == 1
    for lang in locale.LANGS:
        status, out, _ = run(capsys, "plan", infeasible, "--lang", lang)
        assert status == 1 and locale.say("terms.status.infeasible", lang) in out


def test_money_that_no_project_deserves_is_left_and_explained(tmp_path, capsys):
    path = folder(tmp_path, tiny_yaml=SCENARIO + "objective: {hurdle: 70}\n")
    plan = only_json(run(capsys, "plan", path, "--json")[1])
    assert plan["total_mvnd"] == 1500
    assert plan["unspent"] == [{"reason": "no_project_above_hurdle", "limits": [], "amount_mvnd": 1500}]


# ------------------------------------------------------------ a second opinion, and time

FEW = SCENARIO + "limits:\n  - {id: few, at_most: {count: 1}}\n"


def opinion(lang: str, answer: str) -> str:
    return locale.say(f"explanation.opinion.{answer}", lang, status="|", difference="|").partition("|")[0]


@pytest.mark.parametrize("text", [SCENARIO, FEW], ids=["shares", "yes-or-no"])
def test_a_second_solver_leads_to_the_same_plan(tmp_path, capsys, text):
    path, target = folder(tmp_path / "in", tiny_yaml=text), tmp_path / "plan.json"
    status, out, err = run(capsys, "plan", path, "--second-opinion", "--json", "--out", target)
    said = only_json(out)
    assert (status, err) == (0, "")
    assert (said["second_opinion"]["solver"], said["second_opinion"]["answer"]) == ("cbc", "same")
    assert said["second_opinion"]["difference"]["objective_change_exact"] == "0"
    del said["second_opinion"]
    assert only_json(target.read_text(encoding="utf-8")) == said
    for lang in locale.LANGS:
        assert opinion(lang, "same") in run(capsys, "plan", path, "--second-opinion", "--lang", lang)[1]


def test_where_there_is_no_plan_a_second_solver_finds_none_either(infeasible, capsys):
    status, out, _ = run(capsys, "plan", infeasible, "--second-opinion", "--lang", "en")
    assert status == 1 and opinion("en", "no_plan") in out


@pytest.fixture
def contradicted(monkeypatch):
    """CBC takes a million from the first project; ``also`` changes its plan further."""

    def contradict(**also):
        real = allocation.allocate

        def allocate(case, scores, effort=None, solver="highs"):
            plan = real(case, scores, effort)
            amounts = plan.amount_mvnd.copy()
            amounts[0] -= 1
            return replace(plan, amount_mvnd=amounts, **also) if solver == "cbc" else plan

        monkeypatch.setattr(allocation, "allocate", allocate)

    return contradict


def test_another_plan_by_another_solver_is_a_defect_and_no_file_is_written(contradicted, tmp_path, capsys):
    path, target = folder(tmp_path / "in"), tmp_path / "plan.json"
    contradicted()
    status, out, _ = run(capsys, "plan", path, "--second-opinion", "--json", "--out", target)
    said = only_json(out)["second_opinion"]
    assert (status, said["answer"], target.exists()) == (3, "different", False)
    assert said["difference"]["projects"] == [{"id": "P1", "before_mvnd": 1500, "after_mvnd": 1499}]
    for lang in locale.LANGS:
        status, out, _ = run(capsys, "plan", path, "--second-opinion", "--lang", lang)
        assert status == 3 and opinion(lang, "different") in out and "(P1)" in out


def test_plans_of_searches_that_were_cut_off_are_not_compared(contradicted, tmp_path, capsys):
    contradicted(status="feasible")
    for lang in locale.LANGS:
        status, out, _ = run(capsys, "plan", folder(tmp_path), "--second-opinion", "--lang", lang)
        assert status == 1 and opinion(lang, "open") in out


def test_without_a_second_solver_there_is_no_second_opinion(tmp_path, capsys, monkeypatch):
    def missing():
        raise cbc.CbcMissing

    monkeypatch.setattr(cbc, "binary", missing)
    status, out, _ = run(capsys, "plan", folder(tmp_path), "--second-opinion", "--json")
    assert status == 2 and [fault["code"] for fault in only_json(out)["faults"]] == ["cbc_missing"]
    assert run(capsys, "plan", folder(tmp_path))[0] == 0


@pytest.mark.parametrize(
    "command",
    [("plan",), ("explain",), ("explain", "--limit", "few"), ("explain", "--project", "P1"), ("export",)],
)
def test_every_search_of_a_command_has_the_time_it_is_given(tmp_path, capsys, monkeypatch, command):
    path, real, given = folder(tmp_path / "in", tiny_yaml=FEW), allocation.allocate, []

    def allocate(case, scores, effort=None, solver="highs"):
        given.append(effort.seconds)
        return real(case, scores, effort, solver)

    monkeypatch.setattr(allocation, "allocate", allocate)
    to = ("--to", tmp_path / "out") if command == ("export",) else ()
    assert run(capsys, *command, path, *to, "--seconds", "7.5")[0] == 0
    assert run(capsys, *command, path, *to)[0] == 0
    times = len(given) // 2
    assert given == [7.5] * times + [60.0] * times and times == (2 if len(command) > 1 else 1)


@pytest.mark.parametrize("kind", ["flexible", "whole"])
@pytest.mark.parametrize("asked", [("--ladder", "0.5", "--steps", "2"), ("--frontier",)])
def test_searches_at_other_budgets_have_the_time_they_are_given(tmp_path, capsys, monkeypatch, asked, kind):
    given = []
    for module in (allocation, nested, portfolios):
        real = module.settle_mixed

        def settle(program, order, money, effort=None, *more, real=real, name=module.__name__):
            given.append((name, effort.seconds))
            return real(program, order, money, effort, *more)

        monkeypatch.setattr(module, "settle_mixed", settle)
    # With half a billion more the one project is P2: P1 has to step out.
    rows = [f"{row},{kind}".replace(",60,", ",80,") for row in ROWS]
    text, register = FEW.replace('"3"', '"1.5"'), table(f"{HEAD},funding", rows)
    path = folder(tmp_path, tiny_yaml=text, register_csv=register)
    assert run(capsys, "explain", path, *asked, "--seconds", "7.5")[0] == 0
    assert {seconds for _, seconds in given} == {7.5}
    beyond = nested if "--ladder" in asked else portfolios
    assert {name for name, _ in given} == {allocation.__name__, beyond.__name__}


@pytest.mark.parametrize("lang, wanted", [("vi", "công khai, nội bộ, mật"), ("en", "stands for: mask names")])
def test_a_refused_value_comes_with_what_is_wanted(tmp_path, capsys, lang, wanted):
    with pytest.raises(SystemExit) as stop:
        cli.main(["export", str(folder(tmp_path)), "--to", str(tmp_path), "--redact", "blah", "--lang", lang])
    told = capsys.readouterr().err
    assert stop.value.code == 2 and "“blah”" in told and wanted in told


@pytest.mark.parametrize("text", ["0", "-1", "x", "nan", "inf", "1e9"])
def test_a_time_that_is_none_is_refused(tmp_path, capsys, text):
    with pytest.raises(SystemExit) as stop:
        cli.main(["plan", str(folder(tmp_path)), "--seconds", text])
    assert stop.value.code == 2


# ------------------------------------------------------------ bad input


def test_bad_input_prints_one_object_with_every_fault(invalid, capsys, tmp_path):
    commands = (
        ("plan", invalid, "--json", "--out", tmp_path / "out" / "plan.json"),
        ("export", invalid, "--json", "--to", tmp_path / "out"),
        ("check", invalid, "--json"),
    )
    for command in commands:
        status, out, err = run(capsys, *command)
        answer = only_json(out)
        assert (status, err, answer["status"], answer["schema"]) == (2, "", "invalid", 1)
        (fault,) = answer["faults"]
        assert set(fault) == {"file", "sheet", "row", "column", "code", "message", "remedy"}
        assert (fault["file"], fault["row"], fault["column"]) == ("register.csv", 5, "ministry")
        assert fault["sheet"] is None and fault["code"] == "unknown_ministry"
    assert not (tmp_path / "out").exists()


def test_bad_input_without_json_goes_to_the_error_stream(invalid, capsys):
    for lang in locale.LANGS:
        status, out, err = run(capsys, "plan", invalid, "--lang", lang)
        assert (status, out) == (2, "")
        assert "register.csv:5:ministry" in err and "→" in err


def test_many_faults_are_cut_on_the_screen_and_whole_in_json(tmp_path, capsys):
    rows = [f"P{at},n,X,,group1,1,1" for at in range(80)]
    path = folder(tmp_path, register_csv=table(HEAD, rows))
    _, _, err = run(capsys, "plan", path, "--lang", "en")
    assert "80" in err and err.count("→") == cli.FAULTS_SHOWN and "30 more" in err
    assert len(only_json(run(capsys, "plan", path, "--json")[1])["faults"]) == 80


@pytest.mark.parametrize("command", ["plan", "check"])
def test_a_file_that_is_not_there_is_bad_input(tmp_path, capsys, command):
    for path in (tmp_path / "none.yaml", tmp_path, tmp_path / ("n" * 300 + ".yaml")):
        status, out, _ = run(capsys, command, path, "--json")
        assert status == 2 and only_json(out)["faults"][0]["code"] in ("file_missing", "unknown_file_kind")


def test_a_place_that_cannot_be_written_is_a_fault_and_leaves_nothing(tmp_path, capsys):
    path, taken = folder(tmp_path / "in"), tmp_path / "taken"
    taken.mkdir()
    for arguments in (("plan", path, "--out", taken), ("export", path, "--to", path)):
        status, out, _ = run(capsys, *arguments, "--json")
        assert status == 2 and [f["code"] for f in only_json(out)["faults"]] == ["cannot_write"]
    assert [each.name for each in tmp_path.rglob("*.part")] == []
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in", "taken"]


@pytest.mark.parametrize("stop", [OSError(ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_full_disk_or_an_interruption_leaves_what_was_there_and_nothing_half_written(
    tmp_path, capsys, monkeypatch, stop
):
    write, kept = Path.write_bytes, tmp_path / "kept.json"
    kept.write_text("old")

    def half_written(path, content):
        write(path, content[:10])
        raise stop

    path = folder(tmp_path / "in")
    monkeypatch.setattr(Path, "write_bytes", half_written)
    status, _, err = run(capsys, "plan", path, "--out", kept, "--lang", "en")
    full = isinstance(stop, OSError)
    assert status == (2 if full else 130)
    assert ("kept.json" if full else locale.say("cli.interrupted", "en")) in err and ".part" not in err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in", "kept.json"]
    assert kept.read_text() == "old"


def test_unknown_arguments_end_with_status_two(capsys):
    for arguments in ((), ("plan",), ("plan", "x", "--lang", "fr"), ("export", "x"), ("nothing",)):
        with pytest.raises(SystemExit) as stop:
            cli.main(list(arguments))
        assert stop.value.code == 2
        assert capsys.readouterr().out == ""


def test_a_defect_has_its_own_status_and_no_output(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(cli.pipeline, "assess", lambda *_: 1 / 0)
    for lang in locale.LANGS:
        status, out, err = run(capsys, "plan", folder(tmp_path), "--json", "--lang", lang)
        assert (status, out) == (3, "")
        assert "ZeroDivisionError" in err and locale.say("cli.defect", lang) in err


# ------------------------------------------------------------ explain

DECIDED = """limits:
  - {id: cap, where: {ministry: A}, at_most: {amount_bn: 1}}
decisions:
  - {id: musts, project: P3, fund_at_least_bn: 0.2, by: "Ông X", at: 2026-04-20, why: "vì thế"}
"""


@pytest.fixture
def decided(tmp_path):
    return folder(tmp_path / "decided", tiny_yaml=SCENARIO + DECIDED)


def test_explain_says_every_project_limit_and_price(decided, capsys):
    status, out, err = run(capsys, "explain", decided, "--json")
    said = only_json(out)
    assert (status, err, said["status"]) == (0, "", "optimal")
    assert [each["id"] for each in said["projects"]] == ["P1", "P2", "P3"]
    assert "Ông X" in said["projects"][2]["sentence"]
    assert [(each["id"], len(each["sentences"])) for each in said["limits"]] == [("cap", 1)]
    # by hand: 0.2 bn to P3 by decision, 0.8 to P1 under the ceiling, 2 to P2 and nothing left: under a higher
    # ceiling P1 (80) takes from P2 (60); a greater fund finds no one, a smaller one takes from P2
    prices = {each["id"]: each for each in said["prices"]}
    assert prices["cap"]["gain_exact"] == "1/5"
    assert (prices["fund"]["gain"], prices["fund"]["loss_exact"]) == (0, "3/5")
    assert said["decisions"][0]["without"]["objective_change_exact"] == "2/25"
    assert said["conflict"] == [] == said["relaxations"]
    for lang in locale.LANGS:
        status, out, _ = run(capsys, "explain", decided, "--lang", lang)
        sentences = only_json(run(capsys, "explain", decided, "--json", "--lang", lang)[1])
        assert status == 0 and all(each["sentence"] in out for each in sentences["projects"])
        assert locale.say("exports.explained.prices", lang) in out


def test_explain_one_project_says_what_forcing_it_costs(decided, capsys):
    status, out, _ = run(capsys, "explain", decided, "--project", "p3", "--json")
    project = only_json(out)["project"]
    assert (status, project["id"], project["reason"], project["amount_mvnd"]) == (0, "P3", "forced_in", 200)
    assert project["if_full"]["objective_change_exact"] == "-8/25"  # 0.8 bn from 80 points to 40
    assert [each["id"] for each in project["if_full"]["projects"]] == ["P3", "P1"]
    assert project["without_decision"]["musts"]["objective_change_exact"] == "2/25"
    for lang in locale.LANGS:
        out = run(capsys, "explain", decided, "--project", "P3", "--lang", lang)[1]
        assert locale.say("exports.explained.otherwise", lang) in out


def test_explain_one_limit_says_what_is_gained_without_it(decided, capsys):
    status, out, _ = run(capsys, "explain", decided, "--limit", "CAP", "--json")
    limit = only_json(out)["limit"]
    # 0.7 bn more to P1 (80), taken from P2 (60)
    assert (status, limit["id"], limit["without"]["objective_change_exact"]) == (0, "cap", "7/50")
    assert run(capsys, "explain", decided, "--limit", "cap", "--lang", "en")[1].count("Without") == 1


def test_explain_climbs_a_ladder_of_budgets(decided, capsys):
    status, out, _ = run(capsys, "explain", decided, "--ladder", "0.5", "--steps", "2", "--json")
    rungs = only_json(out)["rungs"]
    assert status == 0 and [rung["budget_mvnd"] for rung in rungs] == [3_000, 3_500, 4_000]
    assert run(capsys, "explain", decided, "--ladder", "0.5", "--lang", "en")[0] == 0


def test_explain_draws_the_best_value_for_every_budget(tmp_path, capsys):
    path = folder(tmp_path)
    status, out, _ = run(capsys, "explain", path, "--frontier", "--json")
    said = only_json(out)
    points = [(each["budget_mvnd"], each["value_exact"], each["convex"]) for each in said["points"]]
    # by hand: 1.5 bn at 80, 2 bn at 60, 1 bn at 40
    assert points == [(0, "0", True), (1_500, "6/5", True), (3_500, "12/5", True), (4_500, "14/5", True)]
    assert [each["value"] for each in said["points"]] == [0.0, 1.2, 2.4, 2.8]
    assert (status, said["kind"], said["unit"]) == (0, "line", "bn_at_full_value")
    assert said["distance"] == {"cost_mvnd": 3_000, "lost": 0.0, "lost_exact": "0", "needed_mvnd": 3_000}
    for lang in locale.LANGS:
        status, out, _ = run(capsys, "explain", path, "--frontier", "--lang", lang)
        sentences = only_json(run(capsys, "explain", path, "--frontier", "--json", "--lang", lang)[1])
        assert status == 0 and all(sentence in out for sentence in sentences["sentences"])


def test_the_best_values_of_whole_projects_name_the_projects(tmp_path, capsys):
    rows = [f"{row},whole" for row in ROWS]
    path = folder(tmp_path, register_csv=table(f"{HEAD},funding", rows))
    said = only_json(run(capsys, "explain", path, "--frontier", "--json")[1])
    assert said["kind"] == "portfolios"
    assert [each["projects"] for each in said["points"]][:3] == [[], ["P3"], ["P1"]]


@pytest.mark.parametrize("lang", locale.LANGS)
def test_where_there_is_no_plan_both_commands_say_why_and_what_would_help(infeasible, capsys, lang):
    for command in ("plan", "explain"):
        status, out, _ = run(capsys, command, infeasible, "--lang", lang)
        assert status == 1
        for part in ("conflict", "relaxations"):
            assert locale.say(f"exports.explained.{part}", lang) in out
    status, out, _ = run(capsys, "explain", infeasible, "--json", "--lang", lang)
    said = only_json(out)
    assert status == 1 and said["conflict"] and said["relaxations"] and said["prices"] is None
    status, out, _ = run(capsys, "explain", infeasible, "--project", "P1", "--json", "--lang", lang)
    assert status == 1 and only_json(out)["project"]["if_full"] is None


def test_explain_refuses_what_is_not_there(decided, capsys):
    for option, code in (("--project", "unknown_project"), ("--limit", "unknown_word")):
        status, out, _ = run(capsys, "explain", decided, option, "nobody", "--json")
        assert status == 2 and only_json(out)["faults"][0]["code"] == code
    for wrong in (
        ("--ladder", "x"),
        ("--ladder", "1", "--steps", "0"),
        ("--project", "P1", "--limit", "cap"),
        ("--frontier", "--ladder", "1"),
    ):
        with pytest.raises(SystemExit) as stop:
            cli.main(["explain", str(decided), *wrong])
        assert stop.value.code == 2


def test_a_program_of_yes_or_no_has_no_prices_and_says_so(tmp_path, capsys):
    path = folder(tmp_path, tiny_yaml=SCENARIO + "limits:\n  - {id: few, at_most: {count: 1}}\n")
    assert only_json(run(capsys, "explain", path, "--json")[1])["prices"] is None
    assert locale.say("explanation.price.not_linear", "vi") in run(capsys, "explain", path)[1]
    plan = only_json(run(capsys, "plan", path, "--json")[1])
    assert plan["prices"] is None and plan["limits"][0]["price_per_bn"] is None


# ------------------------------------------------------------ verify


@pytest.fixture
def plan_file(decided, tmp_path, capsys):
    path = tmp_path / "plan.json"
    assert run(capsys, "plan", decided, "--out", path)[0] == 0
    return path


def test_verify_takes_a_plan_as_it_was_written(plan_file, decided, capsys):
    status, out, err = run(capsys, "verify", plan_file, "--scenario", decided, "--json")
    verdict = only_json(out)
    assert (status, err, verdict["ok"]) == (0, "", True) and all(verdict["same_inputs"].values())
    for lang in locale.LANGS:
        status, out, _ = run(capsys, "verify", plan_file, "--scenario", decided, "--lang", lang)
        assert status == 0 and locale.say("cli.part.register", lang) in out


def test_verify_refuses_a_plan_that_was_touched(plan_file, capsys):
    text = plan_file.read_text(encoding="utf-8")
    plan_file.write_text(text.replace('"total_mvnd": 3000', '"total_mvnd": 3001'), encoding="utf-8")
    assert run(capsys, "verify", plan_file)[0] == 1
    assert only_json(run(capsys, "verify", plan_file, "--json")[1])["ok"] is False


def test_verify_sees_that_the_files_at_hand_are_others(plan_file, decided, capsys):
    decided.write_text(decided.read_text(encoding="utf-8").replace("0.2", "0.3"), encoding="utf-8")
    status, out, _ = run(capsys, "verify", plan_file, "--scenario", decided, "--json")
    same = only_json(out)["same_inputs"]
    assert status == 1 and not same["scenario"] and not same["case"] and same["register"]


def test_verify_takes_nothing_else_for_a_plan_file(tmp_path, decided, capsys):
    assert run(capsys, "verify", decided, "--json")[0] == 2
    assert run(capsys, "verify", tmp_path, "--json")[0] == 2
    status, out, _ = run(capsys, "verify", tmp_path / "none.json", "--json")
    assert status == 2 and only_json(out)["faults"][0]["code"] == "file_missing"


# ------------------------------------------------------------ check, export


def test_check_takes_a_scenario_or_a_register(tmp_path, capsys):
    status, out, _ = run(capsys, "check", assessed(tmp_path), "--json")
    answer = only_json(out)
    assert (status, answer["status"], answer["projects"], answer["ask_mvnd"]) == (0, "valid", 3, 4500)
    alone = tmp_path / "alone.csv"
    alone.write_text(
        table("id,name_vi,ministry,product,class,ask_bn", ["X1,n,MOST,T01.1,,2.5"]), encoding="utf-8"
    )
    answer = only_json(run(capsys, "check", alone, "--json")[1])
    assert (answer["projects"], answer["ask_mvnd"]) == (1, 2500)
    for lang, amount in (("vi", "2,5"), ("en", "2.5")):
        assert amount in run(capsys, "check", alone, "--lang", lang)[1]


def test_check_notices_criteria_that_do_not_tell_the_projects_apart(tmp_path, capsys):
    path = assessed(tmp_path)
    answer = only_json(run(capsys, "check", path, "--json", "--lang", "en")[1])
    assert [(each["code"], each["criterion"]) for each in answer["notices"]] == [("not_assessed", "B3")]
    assert "B3" in answer["notices"][0]["message"]
    for lang, words in (("vi", "không phải lỗi"), ("en", "not faults")):
        status, out, _ = run(capsys, "check", path, "--lang", lang)
        assert status == 0 and words in out and "B3" in out


def test_a_scenario_that_no_plan_meets_still_checks_as_valid_input(infeasible, capsys):
    assert run(capsys, "check", infeasible)[0] == 0


@pytest.mark.parametrize("command", ["export", "pack"])
def test_minutes_say_how_firm_a_plan_is_if_asked_to(tmp_path, capsys, command):
    said = []
    for further in ((), ("--firm",)):
        to = tmp_path / f"out{len(further)}"
        assert run(capsys, command, assessed(tmp_path / "in"), "--to", to, *further)[0] == 0
        (made,) = to.glob("*.zip" if command == "pack" else "*-minutes.docx")
        parts = parts_of(made.read_bytes()) if command == "pack" else {}
        content = parts["exports/tiny-minutes.docx"] if parts else made.read_bytes()
        said.append(text_of(content))
    untried = locale.say("documents.minutes.no_robust", "vi")
    assert [untried in each for each in said] == [True, False]
    assert "2.000" in said[1] and "2.000" not in said[0], "as many draws as the command stress makes"


def test_export_writes_lists_plan_and_model(tmp_path, capsys):
    status, out, _ = run(capsys, "export", folder(tmp_path / "in"), "--to", tmp_path / "out", "--json")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert status == 0
    papers = ["tiny-minutes.docx", "tiny-shortlist.docx", "tiny-shortlist.xlsx"]
    data = ["tiny-model.lp", "tiny-plan.json", "tiny-shortlist-excel.csv", "tiny-shortlist.csv"]
    assert names == sorted([*papers, *data])
    assert sorted(Path(name).name for name in only_json(out)["files"]) == names


# ------------------------------------------------------------ two processes


def test_two_processes_give_the_same_bytes(tmp_path):
    def files(seed: str) -> dict[str, bytes]:
        out = tmp_path / seed
        subprocess.run(
            [
                sys.executable,
                "-m",
                "prioritizer",
                "export",
                "scenarios/autonomy-first.yaml",
                "--against",
                "scenarios/high-bar.yaml",
                "--to",
                str(out),
            ],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        return {path.name: path.read_bytes() for path in sorted(out.iterdir())}

    one, other = files("1"), files("2")
    assert len(one) == 8 and one == other


def test_a_plan_never_overwrites_an_input_of_its_own(tmp_path, capsys):
    path = folder(tmp_path)
    for own in (path, path.parent / "register.csv"):
        before = own.read_bytes()
        status, out, _ = run(capsys, "plan", path, "--out", own, "--json")
        assert status == 2 and only_json(out)["faults"][0]["code"] == "would_overwrite_input"
        assert own.read_bytes() == before


# ------------------------------------------------------------ projects side by side, methods, assessors


@pytest.mark.parametrize(
    "asked, key",
    [
        (("--project", "p1", "--against", "P2"), "criteria"),
        (("--methods",), "agreements"),
        (("--assessors",), "sentences"),
    ],
    ids=["against", "methods", "assessors"],
)
def test_what_stands_behind_values_is_explained(tmp_path, capsys, asked, key):
    path = assessed(tmp_path)
    status, out, err = run(capsys, "explain", path, *asked, "--json")
    assert (status, err) == (0, "") and key in only_json(out)
    assert run(capsys, "explain", path, *asked)[0] == 0


def test_one_project_against_another_needs_no_plan(tmp_path, capsys, monkeypatch):
    monkeypatch.delattr(allocation, "allocate")
    status, out, err = run(
        capsys, "explain", assessed(tmp_path), "--project", "P1", "--against", "P2", "--json"
    )
    assert (status, err) == (0, "") and "status" not in only_json(out)


def test_against_needs_a_project(tmp_path, capsys):
    status, out, _ = run(capsys, "explain", assessed(tmp_path), "--against", "P2", "--json")
    assert status == 2
    assert [fault["code"] for fault in only_json(out)["faults"]] == ["against_without_project"]


def test_solved_plans_are_counted_on_a_terminal_only(tmp_path, capsys, monkeypatch):
    rows = ("P1,B1,x,90,,", "P2,B1,x,10,,", "P1,B1,y,10,,", "P2,B1,y,90,,")
    path = assessed(tmp_path, scores_csv=table("project,criterion,assessor,score,low,high", rows))
    assert run(capsys, "explain", path, "--assessors", "--lang", "en")[2] == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    _, out, err = run(capsys, "explain", path, "--assessors", "--lang", "en")
    assert err.count("\r") == 2 and err.endswith("2 of 2.\n") and "2 of 2" not in out
