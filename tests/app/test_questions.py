"""Guided questions about weights: every way from beginning to draft, refusals, stopping and going on."""

from fractions import Fraction

import pytest

from prioritizer import locale, pipeline, scoring
from prioritizer.store.interviews import interviews_of
from tests.app.opening import opened, said

LANGS = pytest.mark.parametrize("lang", locale.LANGS)
FACTORS = ("national-need", "domestic-advantage", "value-chain")


def words(key, lang="vi", **params):
    return locale.say(f"questions.{key}", lang, **params)


def path():
    return next(path for path in pipeline.scenario_paths() if path.stem == "baseline")


def begun(method, lang="vi", over="root", class_="", leave_out=()):
    """A questioning of the baseline, at its first question."""
    app = opened("criteria", "questions", lang=lang, scenario="baseline")
    app.selectbox(key="ask-over").set_value(over)
    app.selectbox(key="ask-class").set_value(class_).run()
    app.radio(key="ask-method").set_value(method)
    app.text_input(key="ask-by").set_value("Tổ công tác")
    app.text_area(key="ask-why").set_value("Họp phiên thứ nhất")
    if leave_out:
        app.multiselect(key=f"ask-out/baseline/{over}/{class_}").set_value(list(leave_out))
    click(app, "ask-go")
    return app


def click(app, key):
    app.button(key=key).click().run()
    assert not app.exception and "Mã lỗi" not in said(app)


def field(app, kind, end):
    """The widget of the question that is asked; its key ends so."""
    return next(
        one for one in getattr(app, kind) if str(one.key).startswith("ask/") and one.key.endswith(end)
    )


def answer(app, **given):
    """Fills in the question's widgets, by kind and end of key, and takes the answer."""
    for name, value in given.items():
        kind, _, end = name.rpartition("_")
        field(app, kind, end).set_value(value)
    click(app, "ask-next")


def under_draft(app):
    """The case under the draft that is open."""
    (draft,) = pipeline.drafts_of(path()).found
    return pipeline.load_draft(path(), draft), draft


def weights(case, class_=""):
    own = scoring.node_weights(case, class_)
    return tuple(own[name] for name in FACTORS)


@LANGS
def test_swings_are_asked_one_at_a_time_and_taken_over_as_one_step(lang):
    app = begun("swing", lang)
    assert words("progress", lang, done=0, whole=3) in [each.text for each in app.get("progress")]
    answer(app, radio_first="value-chain")
    assert words("sofar.swing", lang, name=scoring_name("value-chain", lang), worth="100") in plain(app)
    answer(app, text_input_swing="60")
    answer(app, text_input_swing="40")
    table = app.table[0].value
    assert table.iloc[:, 2].tolist() == [locale.percent(Fraction(n, 10), lang) for n in (3, 2, 5)]
    assert not pipeline.drafts_of(path()).found, "nothing is changed before it is taken over"
    click(app, "ask-take")
    case, draft = under_draft(app)
    assert weights(case) == (Fraction(3, 10), Fraction(1, 5), Fraction(1, 2))
    (said_,) = case.scenario.elicitation
    assert (said_.by.vi, said_.why.vi, said_.method) == ("Tổ công tác", "Họp phiên thứ nhất", "swing")
    assert len(draft.steps) == 1 and words("told.taken", lang) in said(app)
    assert interviews_of(path()) == ()


def scoring_name(name, lang):
    case = pipeline.load(path())
    return pipeline.criterion_name(case, name, lang) if name not in FACTORS else _factor(case, name, lang)


def _factor(case, name, lang):
    return next(node.name.into(lang) for node in case.criteria.criteria if node.id == name)


def plain(app):
    return said(app).replace("\\", "")


def test_a_rank_order_asks_until_one_is_left_and_knows_equals():
    app = begun("rank")
    answer(app, multiselect_next=["domestic-advantage"])
    answer(app, multiselect_next=["national-need", "value-chain"])
    click(app, "ask-take")
    own = weights(under_draft(app)[0])
    assert own[1] == Fraction(11, 18).limit_denominator(10**9) or abs(own[1] - Fraction(11, 18)) < Fraction(
        1, 10**8
    )
    assert abs(own[0] - own[2]) <= Fraction(1, 10**9)


def test_comparisons_tell_a_contradiction_with_the_three_that_clash():
    app = begun("pairwise")
    answer(app, radio_more="national-need", select_slider_times=3)
    answer(app, radio_more="value-chain", select_slider_times=2)
    answer(app, radio_more="domestic-advantage", select_slider_times=5)
    told = plain(app)
    first = scoring_name("national-need", "vi")
    assert f"“{first}” gấp 3 lần" in told and "VƯỢT ngưỡng" in told
    click(app, "ask-back")
    assert field(app, "radio", "more").value == "domestic-advantage", "what was answered is the suggestion"
    assert "VƯỢT ngưỡng" not in plain(app), "two comparisons contradict nothing"
    answer(app, radio_more="value-chain", select_slider_times=6)
    click(app, "ask-take")
    statement = under_draft(app)[0].scenario.elicitation[0]
    assert statement.pairwise["national-need"] == {
        "domestic-advantage": Fraction(3),
        "value-chain": Fraction(1, 2),
    }


def test_intervals_are_typed_as_people_write_them():
    app = begun("intervals")
    answer(app, text_input_low="20%", text_input_high="1/2")
    answer(app, text_input_low="0,1", text_input_high="40 %")
    answer(app, text_input_low="30%", text_input_high="60%")
    click(app, "ask-take")
    statement = under_draft(app)[0].scenario.elicitation[0]
    assert statement.intervals["national-need"] == (Fraction(1, 5), Fraction(1, 2))
    assert sum(weights(under_draft(app)[0])) == 1


@LANGS
@pytest.mark.parametrize(
    ("method", "given", "code", "params"),
    [
        ("swing", {}, "choice_missing", {}),
        ("rank", {}, "choice_missing", {}),
        ("pairwise", {}, "choice_missing", {}),
        (
            "intervals",
            {"text_input_low": "33", "text_input_high": "50"},
            "share_without_percent",
            {"text": "33"},
        ),
        ("intervals", {"text_input_low": "", "text_input_high": ""}, "not_a_share", {"text": ""}),
    ],
)
def test_what_is_no_answer_is_told_beside_the_question(lang, method, given, code, params):
    app = begun(method, lang)
    answer(app, **given)
    assert [each.value.replace("\\", "") for each in app.error] == [words(f"refused.{code}", lang, **params)]
    assert interviews_of(path())[0].answers == ()


def test_a_swing_off_the_scale_and_a_crossed_interval_are_refused():
    app = begun("swing")
    answer(app, radio_first="value-chain")
    for text, code in (("0", "swing_off_scale"), ("120", "swing_off_scale"), ("sáu mươi", "not_a_number")):
        answer(app, text_input_swing=text)
        assert words(f"refused.{code}", text=text) in plain(app)
    click(app, "ask-drop")
    app = begun("intervals")
    answer(app, text_input_low="50%", text_input_high="40%")
    assert words("refused.interval_crossed", low="50%", high="40%") in plain(app)


def test_who_and_why_are_asked_for():
    app = opened("criteria", "questions", lang="vi", scenario="baseline")
    app.date_input(key="ask-at").set_value(None).run()
    click(app, "ask-go")
    missing = [words(f"begin.missing.{name}") for name in ("by", "at", "why")]
    assert [each.value for each in app.error] == missing
    assert interviews_of(path()) == ()


def test_a_reload_opens_the_same_question_with_the_answers_given():
    app = begun("swing")
    answer(app, radio_first="value-chain")
    answer(app, text_input_swing="60")
    again = opened("criteria", "questions", lang="vi", scenario="baseline", ask="root")
    assert field(again, "text_input", "swing").value == ""
    assert words("progress", done=2, whole=3) in [each.text for each in again.get("progress")]
    answer(again, text_input_swing="40")
    click(again, "ask-take")
    assert weights(under_draft(again)[0]) == (Fraction(3, 10), Fraction(1, 5), Fraction(1, 2))


def test_what_is_stopped_can_be_gone_on_with_or_dropped():
    app = begun("rank")
    answer(app, multiselect_next=["value-chain"])
    click(app, "ask-stop")
    assert words("begin.title") in said(app) and app.button(key="ask-go").disabled
    assert words("begin.taken") in said(app)
    click(app, "resume/root")
    answer(app, multiselect_next=["national-need"])
    click(app, "ask-stop")
    click(app, "drop/root")
    assert interviews_of(path()) == () and not app.button(key="ask-go").disabled


def test_another_window_is_not_written_over():
    app, other = begun("swing"), opened("criteria", "questions", lang="vi", scenario="baseline", ask="root")
    answer(other, radio_first="national-need")
    answer(app, radio_first="value-chain")
    assert words("told.other_window") in said(app)
    (held,) = interviews_of(path())
    assert held.answers == (("national-need",),)


def test_a_class_may_be_asked_about_alone_and_criteria_left_out():
    app = begun("rank", over="national-need", class_="group2-push", leave_out=["growth", "competitiveness"])
    answer(app, multiselect_next=["big-problem"])
    answer(app, multiselect_next=["priority-sectors"])
    click(app, "ask-take")
    case, _ = under_draft(app)
    own = scoring.node_weights(case, "group2-push")
    assert own["growth"] == own["competitiveness"] == 0 < own["autonomy-security"] < own["big-problem"]
    before = pipeline.load(path())
    assert scoring.node_weights(case) == scoring.node_weights(before)


def test_a_questioning_about_other_criteria_can_only_be_dropped(scenarios):
    begun("swing")
    kept = scenarios / ".drafts/.questions/baseline/root.json"
    kept.write_text(kept.read_text(encoding="utf-8").replace('"value-chain"', '"gone"'), encoding="utf-8")
    app = opened("criteria", "questions", lang="vi", scenario="baseline", ask="root")
    assert words("unfit") in said(app)
    assert not [one for one in app.button if one.key == "resume/root"]
    click(app, "drop/root")
    assert interviews_of(path()) == ()
