"""Weights on their page: moved, held, all alike, typed; of one class; as they were; taken from elsewhere."""

from fractions import Fraction

import pytest

from prioritizer import locale, pipeline, scoring
from prioritizer.errors import Fault
from prioritizer.model import CLASSES
from prioritizer.ui import texts
from tests.app.opening import opened, said, tables

LANGS = pytest.mark.parametrize("lang", locale.LANGS)
FACTORS = ("national-need", "domestic-advantage", "value-chain")


def words(key, lang="vi", **params):
    return locale.say(f"questions.{key}", lang, **params)


def path(scenario="baseline"):
    return next(path for path in pipeline.scenario_paths() if path.stem == scenario)


def tried(scenario="baseline"):
    """The case under the draft that is open, as saved where none is."""
    found = pipeline.drafts_of(path(scenario)).found
    return pipeline.load_draft(path(scenario), found[0]) if found else pipeline.load(path(scenario))


def factors(case, class_=""):
    own = scoring.node_weights(case, class_)
    return tuple(own[name] for name in FACTORS)


def slider(app, node):
    return next(one for one in app.slider if f"/{node}/" in one.key)


def click(app, key):
    app.button(key=key).click().run()
    assert not app.exception and "Mã lỗi" not in said(app)


def plain(app):
    return said(app).replace("\\", "")


# ---------------------------------------------------------------- by hand


def test_a_weight_that_is_held_stays_while_another_moves():
    app = opened("criteria", "weights", lang="vi", scenario="baseline")
    app.checkbox(key="hold/baseline//domestic-advantage").check().run()
    assert slider(app, "domestic-advantage").disabled
    slider(app, "national-need").set_value(50).run()
    assert factors(tried()) == (Fraction(1, 2), Fraction(1, 3), Fraction(1, 6))
    slider(app, "national-need").set_value(90).run()
    assert factors(tried()) == (Fraction(2, 3), Fraction(1, 3), 0)
    assert slider(app, "national-need").value == 67, "it goes no further than the held one allows"
    app.checkbox(key="hold/baseline//domestic-advantage").uncheck().run()
    slider(app, "value-chain").set_value(40).run()
    assert factors(tried()) == (Fraction(2, 5), Fraction(1, 5), Fraction(2, 5))


def test_holding_a_weight_between_two_moves_keeps_what_it_is_by_then():
    app = opened("criteria", "weights", lang="vi", scenario="baseline")
    slider(app, "national-need").set_value(50).run()
    assert factors(tried()) == (Fraction(1, 2), Fraction(1, 4), Fraction(1, 4))
    app.checkbox(key="hold/baseline//value-chain").check().run()
    slider(app, "national-need").set_value(60).run()
    assert factors(tried()) == (Fraction(3, 5), Fraction(3, 20), Fraction(1, 4))


def test_where_all_others_are_held_nothing_can_move():
    app = opened("criteria", "weights", lang="vi", scenario="baseline")
    for name in FACTORS[1:]:
        app.checkbox(key=f"hold/baseline//{name}").check().run()
    assert all(slider(app, name).disabled for name in FACTORS)


def test_all_alike_is_one_step_and_off_once_they_are():
    app = opened("criteria", "weights", lang="vi", scenario="baseline")
    assert app.button(key="set///alike").disabled
    slider(app, "value-chain").set_value(50).run()
    click(app, "set///alike")
    assert factors(tried()) == (Fraction(1, 3),) * 3 and app.button(key="set///alike").disabled
    (draft,) = pipeline.drafts_of(path()).found
    assert [step.what for step in draft.steps] == ["weights", "weights"]


def typed(app, *given):
    """Opens the fields of exact weights, types those of the factors and applies them."""
    assert not app.text_input
    app.session_state["set///exact"] = True
    app.run()
    for name, text in zip(FACTORS, given, strict=True):
        next(one for one in app.text_input if f"/{name}/" in str(one.key)).set_value(text)
    click(app, "set///apply")


@LANGS
def test_weights_are_typed_exactly_and_a_blank_takes_the_rest(lang):
    app = opened("criteria", "weights", lang=lang, scenario="baseline")
    typed(app, "2/7", "33,3 %", "")
    rest = 1 - Fraction(2, 7) - Fraction(333, 1000)
    assert factors(tried()) == (Fraction(2, 7), Fraction(333, 1000), rest)
    name = pipeline.load(path()).criteria.criteria[2].name.into(lang)
    assert words("set.filled", lang, name=name, share=locale.percent(rest, lang, 2)) in plain_infos(app)


def plain_infos(app):
    return [each.value.replace("\\", "") for each in app.info]


@LANGS
@pytest.mark.parametrize(
    ("given", "code", "params"),
    [
        (("50%", "40%", "0,05"), "weights_short", {"total": 95, "by": 5}),
        (("50%", "40%", "20%"), "weights_over", {"total": 110, "by": 10}),
        (("33", "33", "34"), "share_without_percent", {"text": "33"}),
        (("một", "", ""), "not_a_share", {"text": "một"}),
    ],
)
def test_another_sum_is_refused_in_words_and_changes_nothing(lang, given, code, params):
    app = opened("criteria", "weights", lang=lang, scenario="baseline")
    typed(app, *given)
    shown = {
        name: each if isinstance(each, str) else locale.percent(Fraction(each, 100), lang, 0)
        for name, each in params.items()
    }
    assert [each.value.replace("\\", "") for each in app.error] == [words(f"refused.{code}", lang, **shown)]
    assert not pipeline.drafts_of(path()).found


# ---------------------------------------------------------------- by class


@LANGS
def test_a_class_gets_weights_of_its_own_and_loses_them_again(lang):
    app = opened("criteria", "classes", lang=lang, scenario="baseline")
    app.segmented_control(key="classes-which").set_value("group2-push").run()
    own = next(one for one in app.toggle if one.key.startswith("own/baseline/group2-push//"))
    assert not own.value and not app.slider
    own.set_value(True).run()
    slider(app, "national-need").set_value(60).run()
    case = tried()
    assert factors(case, "group2-push") == (Fraction(3, 5), Fraction(1, 5), Fraction(1, 5))
    assert {factors(case, name) for name in ("", "group1", "group2-pull")} == {(Fraction(1, 3),) * 3}
    next(one for one in app.toggle if one.value).set_value(False).run()
    assert not tried().scenario.weights_by_class and not app.slider


def test_a_class_that_has_a_statement_says_on_whose_word():
    app = opened("criteria", "classes", lang="vi", scenario="demonstration")
    apart = pipeline.classes_apart(pipeline.load(path("demonstration")))
    app.segmented_control(key="classes-which").set_value(apart[0]).run()
    case = pipeline.load(path("demonstration"))
    said_ = [
        pipeline.describe_weighing(case, name, each, "vi")[0]
        for name, each in pipeline.words_spoken(case)
        if name == apart[0] and each.heard is not None
    ]
    assert all(texts.plain(each) in said(app) for each in said_)
    assert any(one.value for one in app.toggle)


@LANGS
def test_an_exchange_rate_is_typed_and_called_an_assumption(lang):
    app = opened("criteria", "classes", lang=lang, scenario="baseline")
    assert locale.say("weights.no_rate", lang) in plain(app)
    app.text_input[0].set_value("80").run()
    assert dict(tried().scenario.exchange_rate) == {"group1": Fraction(4, 5)}
    assert locale.say("weights.rate_is_assumed", lang) in plain(app)
    app.text_input[0].set_value("0").run()
    assert app.error and dict(tried().scenario.exchange_rate) == {"group1": Fraction(4, 5)}
    app.text_input[0].set_value("100").run()
    assert not tried().scenario.exchange_rate


# ---------------------------------------------------------------- as they were, and elsewhere


def saved_with(weights):
    """Saves other weights of the factors, so that a version is kept."""
    text = dict(zip(FACTORS, weights, strict=True))
    changes = {("weights", name): value for name, value in text.items()}
    outcome = pipeline.save(path(), changes, pipeline.sha256_of(path().read_bytes()))
    assert isinstance(outcome, pipeline.Saved)


@LANGS
def test_every_change_of_weights_is_told_and_can_be_taken_back(lang):
    saved_with(["1/2", "1/4", "1/4"])
    app = opened("criteria", "weights", lang=lang, scenario="baseline")
    slider(app, "national-need").set_value(70).run()
    app.segmented_control(key="criteria-part").set_value("history").run()
    assert not app.exception
    name = pipeline.load(path()).criteria.criteria[0].name.into(lang)
    pairs = ((Fraction(1, 3), Fraction(1, 2)), (Fraction(1, 2), Fraction(7, 10)))
    for was, then in pairs:
        shares = {"was": locale.percent(was, lang), "then": locale.percent(then, lang)}
        assert words("history.moved", lang, name=name, **shares) in plain(app)
    assert len(app.get("vega_lite_chart")) == 1
    click(app, "take/history/0")
    assert factors(tried()) == (Fraction(1, 3),) * 3


def test_the_weights_of_another_scenario_are_shown_beside_and_taken_over():
    app = opened("criteria", "history", lang="vi", scenario="baseline")
    app.selectbox(key="history-another").set_value("growth-first").run()
    theirs = pipeline.load(path("growth-first"))
    differing = sum(
        scoring.node_weights(theirs)[name] != weight
        for name, weight in scoring.node_weights(pipeline.load(path())).items()
    )
    assert differing and len(app.table[0].value) == differing
    click(app, "take/history/growth-first")
    for class_ in ("", *CLASSES):
        assert scoring.node_weights(tried(), class_) == scoring.node_weights(theirs, class_)


def test_weights_that_never_changed_are_said_to_be_so():
    app = opened("criteria", "history", lang="vi", scenario="baseline")
    assert words("history.one") in said(app) and not app.get("vega_lite_chart")


@LANGS
def test_ranks_before_and_after_are_drawn_once_something_is_tried(lang):
    app = opened("criteria", "ranks", lang=lang, scenario="baseline")
    assert words("ranks.nothing", lang) in plain(app) and not app.get("vega_lite_chart")
    app.segmented_control(key="criteria-part").set_value("weights").run()
    slider(app, "national-need").set_value(90).run()
    app.segmented_control(key="criteria-part").set_value("ranks").run()
    (behind,) = tables(app, "before_rank", "after_rank")
    before, after = pipeline.assess(pipeline.load(path())), pipeline.assess(tried())
    moved = int((before.scores.rank != after.scores.rank).sum())
    assert moved and int((behind["before_rank"] != behind["after_rank"]).sum()) == moved
    assert len(app.get("vega_lite_chart")) == 1


@LANGS
def test_a_move_that_is_refused_is_told_beside_its_slider(monkeypatch, lang):
    told = Fault("cannot_write", "baseline.yaml", params={"problem": "No space left on device"})
    app = opened("criteria", "weights", lang=lang, scenario="baseline")
    before = slider(app, "national-need").value
    with monkeypatch.context() as full:
        full.setattr(pipeline, "try_step", lambda *_, **__: pipeline.Refused((told,)))
        slider(app, "national-need").set_value(50).run()
    assert locale.fault_message(told, lang) in plain(app)
    assert slider(app, "national-need").value == before, "what was not kept is not shown either"
    slider(app, "national-need").set_value(50).run()
    assert locale.fault_message(told, lang) not in plain(app)
    assert slider(app, "national-need").value == 50
