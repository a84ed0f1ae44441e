"""Everything asked at once: rounds of draws, both ways, standing, what is left out and why."""

from dataclasses import replace
from fractions import Fraction

import pytest

from prioritizer import locale, pipeline
from prioritizer.errors import InputFaults
from prioritizer.pipeline import Asked, Machines
from prioritizer.robustness.draws.money import Money
from prioritizer.robustness.nouns import Cancelled
from prioritizer.robustness.stress import rounds, workload
from prioritizer.robustness.swings import swings
from prioritizer.robustness.words import (
    KINDS,
    describe_draws,
    describe_error,
    describe_failed,
    describe_interval,
    describe_standing,
    describe_unknown,
    describe_unknowns,
    share_text,
    standing_text,
    weight_text,
    worth_chasing,
)
from tests.build import ASSESSED_HEAD, assessed, folder, table

LANGS = pytest.mark.parametrize("lang", locale.LANGS)
TENTH = Fraction(1, 10)
MONEY = Money(envelope=(1 - TENTH, 1 + TENTH))
CERTAIN = tuple(f"P{at},B{leaf},x,{score},," for at in (1, 2, 3)
                for leaf, score in enumerate((90 - 20 * at, 10 * at, 50, 40), 1))  # fmt: skip


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    return pipeline.assess(pipeline.load(assessed(tmp_path_factory.mktemp("own"))))


@pytest.fixture(scope="module")
def found(evaluation):
    return pipeline.stress(evaluation, Asked(64))


# ------------------------------------------------------------------ how much is drawn


def test_rounds_grow_until_all_that_was_asked_for():
    assert rounds(Asked(2_000)) == (2_000,)
    assert rounds(Asked(10_000, within=Fraction(1, 100))) == (500, 2_000, 8_000, 10_000)
    assert rounds(Asked(64, within=Fraction(1, 100))) == (64,)


def test_progress_counts_the_draws_of_all_ways(evaluation):
    told = []
    found = pipeline.stress(evaluation, Asked(64), progress=lambda done, whole: told.append((done, whole)))
    assert workload(evaluation, Asked(64)) == 128 and found.ways.keys() == {"independent", "joint"}
    assert told[-1] == (128, 128) and [done for done, _ in told] == sorted(done for done, _ in told)


def test_it_can_be_stopped(evaluation):
    with pytest.raises(Cancelled):
        pipeline.stress(evaluation, Asked(64), cancel=lambda: True)


def test_machines_do_not_change_what_is_found(evaluation, found):
    two = pipeline.stress(evaluation, Asked(64), Machines(2))
    assert two.main.any_share.tolist() == found.main.any_share.tolist()
    assert two.standing == found.standing and two.main.unknowns == found.main.unknowns


# ------------------------------------------------------------------ what is left out, and why


def test_one_way_where_every_score_is_certain(tmp_path):
    path = assessed(tmp_path, scores_csv=table("project,criterion,assessor,score,low,high", CERTAIN))
    found = pipeline.stress(pipeline.assess(pipeline.load(path)), Asked(32))
    assert found.ways.keys() == {"independent"} and not found.main.unknowns
    assert describe_unknowns(found, "en") == [locale.say("robustness.unknowns.certain", "en")]


def test_given_values_leave_nothing_to_draw_but_money(tmp_path):
    given = pipeline.assess(pipeline.load(folder(tmp_path)))
    with pytest.raises(InputFaults) as refused:
        pipeline.stress(given, Asked(32))
    assert [fault.code for fault in refused.value.faults] == ["nothing_uncertain"]
    found = pipeline.stress(given, Asked(32, money=MONEY))
    assert found.shares is None and found.standing is None and found.stability is None
    assert found.unlisted is not None and found.unlisted.code == "portfolios_need_weights"
    assert swings(found, 0) == () and standing_text(found, 0, "en") == "–"


def test_money_that_is_drawn_tells_nobody_core(evaluation):
    found = pipeline.stress(evaluation, Asked(32, money=MONEY))
    assert found.standing is None and found.portfolios is None
    assert found.unlisted is not None and found.unlisted.code == "portfolios_need_weights"
    assert describe_standing(found, "en") == [locale.say("robustness.standing.none", "en")]
    assert "90%" in " ".join(describe_draws(found, "en")).replace("90.0%", "90%")


def test_whole_projects_stand_by_the_ways_of_choosing_them(tmp_path):
    rows = tuple(f"P{at},dự án,A,,group1,{ask},whole" for at, ask in enumerate(("1.5", "2", "1"), 1))
    path = assessed(tmp_path, register_csv=table(f"{ASSESSED_HEAD},funding", rows))
    found = pipeline.stress(pipeline.assess(pipeline.load(path)), Asked(32))
    assert found.portfolios is not None and found.unlisted is None
    kinds = [found.portfolios.kind(row) for row in range(3)]
    assert [each.kind for each in found.standing] == kinds and all(each.proven for each in found.standing)


# ------------------------------------------------------------------ what weights do


def test_swings_are_the_ends_of_the_fifths_widest_first(found):
    for row in range(3):
        own = swings(found, row)
        widths = [each.width_mvnd for each in own]
        assert widths == sorted(widths, reverse=True) and all(width > 0 for width in widths)
        most = found.evaluation.case.register.ask_mvnd[row]
        assert all(0 <= end <= most for each in own for end in (each.low_mvnd, each.high_mvnd))
    assert {each.criterion for row in range(3) for each in swings(found, row)} <= {"B1", "B2", "B3", "B4"}
    assert any(swings(found, row) for row in range(3))


# ------------------------------------------------------------------ in words


@LANGS
def test_every_project_is_in_just_one_sentence_of_its_kind(found, lang):
    said = describe_standing(found, lang)
    met = [kind for kind in KINDS if any(each.kind == kind for each in found.standing)]
    for kind, sentence in zip(met, said, strict=False):
        own = [
            found.evaluation.case.register.ids[row]
            for row, each in enumerate(found.standing)
            if each.kind == kind
        ]
        assert all(project in sentence for project in own) and str(len(own)) in sentence
    words = [standing_text(found, row, lang) for row in range(3)]
    assert all(words) and len(set(words)) >= len(met)


@LANGS
def test_an_interval_names_its_ends_and_what_moves_beyond(found, lang):
    held = [each for each in found.stability if each.holds]
    assert held
    for each in held:
        sentence = describe_interval(found, each, lang)
        assert (
            weight_text(each.low.weight, lang) in sentence and weight_text(each.high.weight, lang) in sentence
        )
        moved = {row for end in (each.low, each.high) for row in end.moves_mvnd}
        assert all(found.evaluation.case.register.ids[row] in sentence for row in moved)
    nowhere = describe_interval(found, replace(held[0], low=None, high=None), lang)
    assert nowhere != describe_interval(found, held[0], lang) and weight_text(held[0].now, lang) in nowhere


@LANGS
def test_scores_worth_chasing_are_those_above_noise(found, lang):
    chased = worth_chasing(found.main)
    assert all(each.moved_mvnd.value > each.moved_mvnd.noise for each in chased)
    said = describe_unknowns(found, lang)
    noise = [locale.say("robustness.unknowns.noise", lang)]
    assert said == ([describe_unknown(found, each, lang) for each in chased[:10]] or noise)


@LANGS
def test_sampling_error_and_failed_draws_are_told(found, lang):
    main = found.main
    most = max(float(each) for each in (*main.any_error, *main.full_error))
    assert share_text(most, lang) in describe_error(main, lang)
    assert describe_failed(main, lang) == []
    broken = replace(main, unproven=3, failed={"infeasible": 2, "a worker ended": 1})
    unproven, first, second = describe_failed(broken, lang)
    assert (
        "3" in unproven
        and locale.say("terms.status.infeasible", lang) in first
        and "a worker ended" in second
    )
    alone = replace(main, any_error=main.any_error * float("nan"), full_error=main.full_error * float("nan"))
    assert describe_error(alone, lang) == locale.say("robustness.error.unknown", lang)


def test_a_share_is_never_all_or_nothing_where_it_is_not_quite():
    assert [share_text(share, "en") for share in (0.0, 1e-6, 0.5, 1 - 1e-6, 1.0)] == [
        "0.0%", "< 0.1%", "50.0%", "> 99.9%", "100.0%",
    ]  # fmt: skip
    assert weight_text(Fraction(1, 3), "vi") == "33,33%" and weight_text(Fraction(1, 4), "vi") == "25%"
