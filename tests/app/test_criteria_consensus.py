"""The rule by which judgements become one, changed on the page."""

from fractions import Fraction

import pytest

from prioritizer import locale, pipeline
from tests.app.opening import opened

LANGS = pytest.mark.parametrize("lang", locale.LANGS)


def tried():
    path = next(path for path in pipeline.scenario_paths() if path.stem == "demonstration")
    found = pipeline.drafts_of(path).found
    return (pipeline.load_draft(path, found[0]) if found else pipeline.load(path)).scenario


def widget(found, key):
    return next(one for one in found if str(one.key).startswith(key))


def chosen(app, rule):
    widget(app.selectbox, "consensus/").set_value(rule).run()
    assert not app.exception


@LANGS
def test_a_rule_is_chosen_and_its_share_typed(lang):
    app = opened("criteria", "assessors", lang=lang, scenario="demonstration")
    chosen(app, "trimmed")
    assert (tried().consensus.rule, tried().consensus.trim) == ("trimmed", Fraction(1, 5))
    widget(app.text_input, "trim/").set_value("1/3").run()
    assert tried().consensus.trim == Fraction(1, 3)
    for text, code in (("30", "share_without_percent"), ("nhiều", "not_a_share")):
        widget(app.text_input, "trim/").set_value(text).run()
        said = locale.say(f"questions.refused.{code}", lang, text=text)
        assert said in [each.value.replace("\\", "") for each in app.error]
    widget(app.text_input, "trim/").set_value("60%").run()
    assert len(app.error) == 1 and tried().consensus.trim == Fraction(1, 3), "half at each end leaves nobody"


def test_what_each_assessor_counts_is_typed_where_competence_decides():
    app = opened("criteria", "assessors", lang="vi", scenario="demonstration")
    chosen(app, "mean")
    assert tried().consensus.rule == "mean"
    assert not [one for one in app.text_input if str(one.key).startswith("competence/")]
    chosen(app, "weighted")
    first = tried().assessors[0]
    widget(app.text_input, f"competence/demonstration/{first.id}/").set_value("2,5").run()
    assert tried().assessors[0].competence == Fraction(5, 2)
    widget(app.text_input, f"competence/demonstration/{first.id}/").set_value("0").run()
    assert app.error and tried().assessors[0].competence == Fraction(5, 2)


def test_one_assessor_has_no_rule_to_choose():
    app = opened("criteria", "assessors", lang="vi", scenario="baseline")
    assert not [one for one in app.selectbox if str(one.key).startswith("consensus/")]
