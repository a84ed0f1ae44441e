"""On whose word criteria weigh, assessors held against each other, other methods, in both languages."""

import pytest

from prioritizer import locale, pipeline
from prioritizer.ui import texts
from prioritizer.ui.criteria import assessors, methods
from tests.app.opening import in_tables, opened, said, tables
from tests.weighed import SAID, TREE, weighed

PATHS = {path.stem: path for path in pipeline.scenario_paths()}
LANGS = pytest.mark.parametrize("lang", locale.LANGS)


@pytest.fixture(scope="module")
def evaluation():
    return pipeline.assess(pipeline.load(PATHS["demonstration"]))


@pytest.fixture(scope="module")
def report(evaluation):
    return pipeline.assessor_report(evaluation)


@LANGS
def test_every_set_of_weights_says_on_whose_word_it_stands(evaluation, lang):
    app = opened("criteria", "origins", lang=lang, scenario="demonstration")
    case, text = evaluation.case, said(app)
    for name, weighing in pipeline.words_spoken(case):
        for sentence in pipeline.describe_weighing(case, name, weighing, lang):
            assert texts.plain(sentence) in text
    for sentence in pipeline.describe_rates(case, lang):
        assert texts.plain(sentence) in text
    assert pipeline.class_label(case, "group2-push", lang) in app.table[0].value.columns
    push = pipeline.node_weights(case, "group2-push")["domestic-advantage"]
    assert locale.percent(push, lang) in in_tables(app)
    assert locale.say("ui.origins.mend", lang) not in text


@LANGS
def test_contradictory_comparisons_are_to_be_mended(tmp_path, monkeypatch, lang):
    tree = TREE.replace(
        "  - {id: Y,", "  - {id: Z, name: More, scale: {worst: 0, best: 100}}\n  - {id: Y,", 1
    )
    words = f"elicitation: [{{over: root, {SAID}, pairwise: {{X: {{Z: 9, Y: 1/9}}, Z: {{Y: 9}}}}}}]\n"
    path = weighed(tmp_path, words, tree)
    monkeypatch.setattr(pipeline, "scenario_paths", lambda: [path])
    assert locale.say("ui.origins.mend", lang) in said(opened("criteria", "origins", lang=lang))


@LANGS
def test_one_assessor_is_compared_with_nobody(lang):
    app = opened("criteria", "assessors", lang=lang, scenario="baseline")
    assert locale.say("ui.assessors.single", lang) in said(app)
    assert not [button for button in app.button if button.key == "ask/assessors"]


@LANGS
def test_assessors_are_compared_when_it_is_asked_for(evaluation, report, lang):
    app = opened("criteria", "assessors", lang=lang, scenario="demonstration")
    assert not tables(app, "assessor", "leaning")
    app.button(key="ask/assessors").click().run()
    case = evaluation.case
    (people,) = tables(app, "assessor", "leaning")
    alone = {each.by: each for each in report.alone if each.kind == "assessor"}
    assert people["gained_mvnd"].tolist() == [alone[each.assessor].gained_mvnd for each in report.leanings]
    assert people["abstained_count"].tolist() == [each.abstained for each in report.leanings]
    for each in report.alone:
        if each.kind == "assessor":
            assert texts.plain(pipeline.describe_alone(case, each, lang)) in said(app)
    (differing,) = tables(app, "range_e4", "judged_count")
    assert len(differing) == len(pipeline.most_apart(report))
    assert differing["range_e4"].is_monotonic_decreasing
    (spread,) = tables(app, "least_e4", "greatest_e4")
    assert (spread["greatest_e4"] - spread["least_e4"]).tolist() == spread["spread_e4"].tolist()
    (money,) = tables(app, "decides", "lost_mvnd")
    assert money.equals(assessors.if_alone(case, report, lang))


def test_judgements_that_differ_are_searched_without_marks():
    app = opened("criteria", "assessors", scenario="demonstration")
    app.button(key="ask/assessors").click().run()
    app.text_input(key="apart-search").input("toc do hinh thanh").run()
    (differing,) = tables(app, "range_e4", "judged_count")
    assert set(differing["criterion"]) == {"Tốc độ hình thành chuỗi"}


@LANGS
@pytest.mark.parametrize("scenario", ["baseline", "demonstration"])
def test_other_methods_rank_when_it_is_asked_for(scenario, lang):
    app = opened("criteria", "methods", lang=lang, scenario=scenario)
    assert not tables(app, "topsis_rank")
    app.button(key="ask/methods").click().run()
    evaluation = pipeline.assess(pipeline.load(PATHS[scenario]))
    check, case = pipeline.cross_check(evaluation), evaluation.case
    (ranks,) = tables(app, "topsis_rank", "spread_count")
    assert ranks.sort_values("id").equals(methods.ranks(evaluation, check, lang).sort_values("id"))
    (pairs,) = tables(app, "pair", "kendall", "spearman")
    assert pairs.equals(methods.agreements(check, lang))
    for sentence in (
        *pipeline.describe_rules(case, check, lang),
        *pipeline.describe_moves(case, check, lang),
    ):
        assert texts.plain(sentence) in said(app)


@LANGS
def test_sliders_say_which_classes_they_leave_alone(evaluation, lang):
    shown = said(opened("criteria", "origins", lang=lang, scenario="demonstration"))
    assert locale.say("terms.class.group2-push", lang) in shown.replace("\\", "")
