"""Projects against each other, other methods and assessors, as text and as JSON in both languages."""

import json
import re

import pytest

from prioritizer import locale, pipeline
from prioritizer.exports.terminal import heading_lines
from tests.build import ASSESSED, ASSESSED_HEAD, CRITERIA, SCORES_HEAD, Project, assessed, case, table

WIDEST = 100


@pytest.fixture
def evaluation(tmp_path):
    scores = (
        "P1,B1,anna,50,,", "P1,B2,anna,40,,", "P2,B1,anna,,10,90", "P3,B4,anna,100,,",
        "P1,B1,binh,90,,", "P2,B1,binh,30,,", "P3,B4,binh,20,,", "P3,B3,binh,abstain,,",
        "P2,B1,chi,70,,",
    )  # fmt: skip
    people = 'assessors:\n  - {id: anna, ministry: A, name: {vi: "Chị An", en: "Ms An"}}\n'
    people += "  - {id: binh, ministry: B}\n  - {id: chi, ministry: B}\n"
    files = {"tiny_yaml": ASSESSED + people, "scores_csv": table(SCORES_HEAD, scores)}
    return pipeline.assess(pipeline.load(assessed(tmp_path, **files)))


@pytest.fixture
def given():
    return pipeline.assess(case([Project(10, 900_000), Project(10, 800_000)], 15))


def numbers(text: str, lang: str) -> list[float]:
    point = "," if lang == "vi" else "."
    found = re.findall(rf"[+-]?\d+{re.escape(point)}\d\d(?!\d|%)", text)
    return [float(each.replace(",", ".")) for each in found]


@pytest.mark.parametrize("lang", locale.LANGS)
def test_columns_of_a_contrast_add_up_as_they_are_shown(tmp_path, lang):
    text = ASSESSED + "weights: {B1: 1/3, B2: 1/3, B3: 1/3, B4: 0}\n"
    scores = [f"P{at},B{leaf},x,{10 * at + leaf},," for at in (1, 2) for leaf in (1, 2, 3, 4)]
    path = assessed(tmp_path, tiny_yaml=text, scores_csv=table(SCORES_HEAD, scores))
    evaluation = pipeline.assess(pipeline.load(path))
    lines = pipeline.explain_contrast(evaluation.case, 0, 1, lang).lines
    shown = [numbers(line, lang)[-3:] for line in lines if re.search(r"^  \S+.*[,.]\d\d$", line)]
    *parts, total = [row for row in shown if len(row) == 3]
    assert len(parts) in (4, 5)
    for at in range(3):
        assert sum(row[at] for row in parts) == pytest.approx(total[at])
    for one, other, difference in [*parts, total]:
        assert one - other == pytest.approx(difference)


@pytest.mark.parametrize("lang", locale.LANGS)
def test_a_contrast_names_points_scores_and_who_gave_them(evaluation, lang):
    explained = pipeline.explain_contrast(evaluation.case, 0, 2, lang)
    name = "Chị An" if lang == "vi" else "Ms An"
    assert all(part in explained.text for part in ("P1", "P3", name, "binh"))
    content = json.loads(json.dumps(explained.content))
    assert [each["id"] for each in content["projects"]] == ["P1", "P3"]
    first, other = (each["value"] for each in content["projects"])
    assert content["difference"] == pytest.approx(first - other)
    for at, value in enumerate((first, other)):
        adds = sum(each["adds"][at] for each in content["criteria"]) + content["rounding"][at]
        assert adds == pytest.approx(value)
    of_b4 = next(each for each in content["criteria"] if each["criterion"] == "B4")
    assert [each["score"] for each in of_b4["judgements"][1]] == ["100", "20"]


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_methods_side_by_side(evaluation, lang):
    explained = pipeline.explain_methods(evaluation, lang)
    content = json.loads(json.dumps(explained.content, allow_nan=False))
    assert [each["id"] for each in content["methods"]] == [
        "value", "topsis", "promethee", "vikor", "need_and_chance",
    ]  # fmt: skip
    assert len(content["projects"]) == 3 and len(content["agreements"]) == 10
    assert set(content["sentences"]) == {"moves", "beyond", "rules"}
    assert "{" not in explained.text and "nan" not in explained.text.casefold()


def test_a_method_that_says_nothing_says_so(tmp_path):
    scores = [f"P{at},B1,x,50,," for at in (1, 2, 3)]
    alike = pipeline.assess(pipeline.load(assessed(tmp_path, scores_csv=table(SCORES_HEAD, scores))))
    explained = pipeline.explain_methods(alike, "en")
    assert explained.text.count("cannot tell the projects apart") == 5
    assert "undefined" in explained.text and "nan" not in explained.text.casefold()
    assert {each["silent"] for each in explained.content["methods"]} == {"alike"}
    assert explained.content["funded_beyond_top"] == {}


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_assessors(evaluation, lang):
    explained = pipeline.explain_assessors(evaluation, lang)
    content = json.loads(json.dumps(explained.content, allow_nan=False))
    assert [each["id"] for each in content["assessors"]] == ["anna", "binh", "chi"]
    assert [(each["kind"], each["id"]) for each in content["alone"]] == [
        ("assessor", "anna"), ("assessor", "binh"), ("assessor", "chi"),
        ("ministry", "A"), ("ministry", "B"),
    ]  # fmt: skip
    assert content["disagreements"][0] == {
        "project": "P3", "criterion": "B4", "judged": 2, "range": 80.0, "mean_difference": 80.0,
    }  # fmt: skip
    told = [each["sentence"] for each in content["alone"]]
    assert told[3] not in explained.text, "of one assessor the ministry need not be told again"
    assert told[4] in explained.text and "{" not in explained.text


@pytest.mark.parametrize("lang", locale.LANGS)
def test_a_criterion_that_one_judged_is_not_said_to_be_agreed_on(evaluation, lang):
    lines = pipeline.explain_assessors(evaluation, lang).lines
    leaves = [leaf.name.into(lang) for leaf in evaluation.case.criteria.leaves]
    cells = {line.strip().split("  ")[0]: line.split()[-3:] for line in lines if line.strip()}
    shown = [cells[name] for name in leaves]
    assert ["0", "–", "–"] in shown and not any(row[0] == "0" and row[1] != "–" for row in shown)


LONG = "Hệ thống, thiết bị và giải pháp công nghệ đánh giá trữ lượng đất hiếm"


def test_tables_of_long_names_fit_a_terminal(tmp_path):
    criteria = re.sub(r"name: B\d", f'name: "{LONG}"', CRITERIA)
    register = [f'MOIT-{at:02d},"{LONG}",A,,group{1 if at == 1 else "2-push"},1000' for at in (1, 2, 3)]
    scores = [
        f"MOIT-{at:02d},B{leaf},{who},{17 * at * leaf * len(who) % 101},,"
        for at in (1, 2, 3)
        for leaf in (1, 2)
        for who in ("anna", "binhbinh")
    ]
    text = ASSESSED.replace('"3"', '"12253.4"')
    text += "weights_by_class: {group2-push: {B1: 1, B2: 0, B3: 0, B4: 0}}\n"
    text += f'assessors: [{{id: anna, ministry: A, name: "{LONG}"}}, {{id: binhbinh, ministry: B}}]\n'
    path = assessed(
        tmp_path,
        benefits_yaml=criteria,
        register_csv=table(ASSESSED_HEAD, register),
        scores_csv=table(SCORES_HEAD, scores),
        tiny_yaml=text,
    )
    evaluation = pipeline.assess(pipeline.load(path))
    for lang in locale.LANGS:
        lines = [
            line
            for explained in (
                pipeline.explain_contrast(evaluation.case, 0, 2, lang),
                pipeline.explain_methods(evaluation, lang),
                pipeline.explain_assessors(evaluation, lang),
            )
            for line in explained.lines
        ]
        rules = [line for line in lines if "───" in line]
        assert len(rules) == 6 and max(map(len, rules)) <= WIDEST


@pytest.mark.parametrize("lang", locale.LANGS)
def test_given_values_have_nothing_behind_them(given, lang):
    for explained in (
        pipeline.explain_contrast(given.case, 0, 1, lang),
        pipeline.explain_methods(given, lang),
        pipeline.explain_assessors(given, lang),
    ):
        assert explained.lines[:-1] == heading_lines(given, lang)
        assert explained.content["sentences"] == explained.lines[-1:]


def test_without_a_plan_the_rankings_stand_and_no_money_is_compared(tmp_path):
    impossible = ASSESSED + (
        "limits:\n  - {id: a, where: {ministry: A}, at_least: {amount_bn: 1}}\n"
        "  - {id: b, where: {ministry: A}, at_most: {amount_bn: 0.5}}\n"
    )
    evaluation = pipeline.assess(pipeline.load(assessed(tmp_path, tiny_yaml=impossible)))
    content = pipeline.explain_methods(evaluation, "en").content
    assert content["funded"] is None and content["projects"][0]["ranks"]["value"] == 1


def test_one_assessor_is_told_alone(tmp_path):
    evaluation = pipeline.assess(pipeline.load(assessed(tmp_path)))
    explained = pipeline.explain_assessors(evaluation, "en")
    assert explained.lines[-1] == locale.say("explanation.assessors.single", "en")
