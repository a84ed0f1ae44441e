"""Texts that people read and other programs parse, held word for word.

After a wanted change: ``PRIORITIZER_RENEW_GOLDEN=1 python -m pytest tests/golden`` writes them anew and
fails, so that the difference is looked at and no check server can renew them by mistake.
"""

import json
import os
from pathlib import Path

import highspy
import pytest

from prioritizer import cli, pipeline
from prioritizer.results import Evaluation
from tests.build import HEAD, ROWS, SCENARIO, assessed, folder, table
from tests.golden.families import FAMILIES

HERE = Path(__file__).parent
RICH = (
    "objective: {basis: funding, hurdle: 10}\n"
    "limits:\n"
    "  - {id: ceiling-a, where: {ministry: A}, at_most: {share_of_envelope: 0.4}, basis: illustrative}\n"
    "  - {id: floor-b, where: {ministry: B}, at_least: {share_of_allocated: 0.25}}\n"
)


def held(name: str, text: str) -> None:
    """The text is the one on file."""
    path = HERE / name
    if os.environ.get("PRIORITIZER_RENEW_GOLDEN") == "1":
        path.write_bytes(text.encode("utf-8"))
        pytest.fail(f"{name} written anew: look at the difference, then run without PRIORITIZER_RENEW_GOLDEN")
    assert text == path.read_bytes().decode("utf-8")


def evaluated(path: Path) -> Evaluation:
    return pipeline.assess(pipeline.load(path))


def rich(tmp_path: Path) -> Path:
    rows = [*ROWS, "P4,bốn,A,,group1,1,5", "P5,năm,C,T1.1,,0.5,60"]
    return folder(tmp_path, tiny_yaml=SCENARIO + RICH, register_csv=table(HEAD, rows))


@pytest.mark.parametrize("family", FAMILIES)
def test_the_program_of_each_family(tmp_path, family):
    held(f"{family}.lp", pipeline.lp_text(evaluated(FAMILIES[family].written(tmp_path))))


def test_every_text_on_file_is_of_a_family():
    assert {path.stem for path in HERE.glob("*.lp")} == set(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_text_says_the_same_program(tmp_path, family):
    """Read back by a solver, the text has the plan's own value."""
    evaluation = evaluated(FAMILIES[family].written(tmp_path))
    path = tmp_path / "model.lp"
    path.write_text(pipeline.lp_text(evaluation), encoding="utf-8")
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", 0.0)
    assert highs.readModel(str(path)) == highspy.HighsStatus.kOk
    highs.run()
    # 1e9 units of 1e-4 point-million make a billion at full value; 1e4 of 1e-4 point a point
    unit = 1e9 if evaluation.plan.unit == "bn_at_full_value" else 1e4
    assert highs.getObjectiveValue() / unit == pytest.approx(float(evaluation.plan.objective), rel=1e-9)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_table_for_a_terminal(tmp_path, capsys, lang):
    assert cli.main(["plan", str(rich(tmp_path)), "--lang", lang]) == 0
    held(f"table.{lang}.txt", capsys.readouterr().out)


def test_the_plan_file(tmp_path):
    plan = pipeline.plan_object(evaluated(rich(tmp_path)))
    held("plan.json", json.dumps(plan, ensure_ascii=False, indent=1) + "\n")


def test_the_plan_file_where_projects_are_assessed(tmp_path):
    plan = pipeline.plan_object(evaluated(assessed(tmp_path)))
    held("plan-assessed.json", json.dumps(plan, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("lang, style", [("vi", "excel"), ("en", "excel"), ("vi", "machine")])
def test_the_shortlist(tmp_path, lang, style):
    text = pipeline.shortlist_csv(evaluated(rich(tmp_path)), lang, style).decode("utf-8")
    held(f"shortlist.{style}.{lang}.csv", text)
