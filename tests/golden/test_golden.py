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

HERE = Path(__file__).parent
FAMILIES = {
    "envelope": "",
    "ceiling-amount": "{id: l, where: {ministry: A}, at_most: {amount_bn: 1.25}}",
    "ceiling-share-of-envelope": "{id: l, where: {ministry: A}, at_most: {share_of_envelope: 1/3}}",
    "ceiling-share-of-allocated": "{id: l, where: {ministry: A}, at_most: {share_of_allocated: 1/3}}",
    "floor-amount": "{id: l, where: {class: group1, project: [P2, P3]}, at_least: {amount_bn: 2.5}}",
    "floor-share-of-envelope": "{id: l, where: {ministry: B}, at_least: {share_of_envelope: 0.55}}",
    "floor-share-of-allocated": "{id: l, where: {ministry: B}, at_least: {share_of_allocated: 0.65}}",
    "floor-and-ceiling": "{id: l, at_least: {amount_bn: 1}, at_most: {share_of_envelope: 0.5}}",
    "names-made-safe": "{id: a-b, at_most: {amount_bn: 2}}, {id: a.b, at_least: {amount_bn: 1}}, "
    "{id: A_b, at_most: {amount_bn: 1.5}}",
}
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


def of_family(tmp_path: Path, limits: str, basis: str = "funding") -> Evaluation:
    more = f"objective: {{basis: {basis}}}\nlimits: [{limits}]\n"
    return evaluated(folder(tmp_path, tiny_yaml=SCENARIO + more))


def rich(tmp_path: Path) -> Path:
    rows = [*ROWS, "P4,bốn,A,,group1,1,5", "P5,năm,C,T1.1,,0.5,60"]
    return folder(tmp_path, tiny_yaml=SCENARIO + RICH, register_csv=table(HEAD, rows))


@pytest.mark.parametrize("family", FAMILIES)
def test_the_linear_program_of_each_family(tmp_path, family):
    held(f"{family}.lp", pipeline.lp_text(of_family(tmp_path, FAMILIES[family])))


def test_the_linear_program_where_each_project_counts_once(tmp_path):
    held("objective-project.lp", pipeline.lp_text(of_family(tmp_path, "", "project")))


@pytest.mark.parametrize("family", FAMILIES)
def test_the_text_says_the_same_program(tmp_path, family):
    """Read back by a solver, the text has the plan's own value."""
    evaluation = of_family(tmp_path, FAMILIES[family])
    path = tmp_path / "model.lp"
    path.write_text(pipeline.lp_text(evaluation), encoding="utf-8")
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    assert highs.readModel(str(path)) == highspy.HighsStatus.kOk
    highs.run()
    # the text's unit is 1e-4 point-million; 1e9 of them make a billion at full value
    assert highs.getObjectiveValue() / 1e9 == pytest.approx(float(evaluation.plan.objective), rel=1e-9)


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
