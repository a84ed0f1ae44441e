"""Reasons in sentences."""

import pytest

from prioritizer import allocation, explanation, locale, scoring
from prioritizer.results import Evaluation
from tests.build import Project, case


def evaluated(*arguments, **more) -> Evaluation:
    given = case(*arguments, **more)
    scores = scoring.score(given)
    return Evaluation(given, scores, allocation.allocate(given, scores))


@pytest.fixture
def mixed() -> Evaluation:
    limits = [
        {"id": "cap", "where": {"ministry": "MOH"}, "at_most": {"share_of_envelope": "0.1"}},
        {"id": "floor", "where": {"ministry": "MAE"}, "at_least": {"amount_bn": 500}},
    ]
    projects = [
        Project(2_000, 900_000, "MOST"),
        Project(2_000, 800_000, "MOH"),
        Project(1_000, 100_000, "MAE"),
        Project(1_000, 50_000, "MOST"),
    ]
    return evaluated(projects, 9_000, limits, hurdle_e4=200_000)


@pytest.mark.parametrize("lang", locale.LANGS)
def test_each_reason_says_its_figures(mixed, lang):
    assert mixed.plan.reason == ("funded", "marginal", "forced_in", "below_hurdle")
    said = [explanation.describe_project(mixed, row, lang) for row in range(4)]
    figures = [
        ("2,0", "90,0"),
        ("0,9", "2,0", "80,0", "MOH"),
        ("0,5", "1,0", "10,0", "20", "MAE"),
        ("5,0", "20"),
    ]
    for sentence, wanted in zip(said, figures, strict=True):
        assert all((part if lang == "vi" else part.replace(",", ".")) in sentence for part in wanted), (
            sentence
        )
    assert len(set(said)) == 4


@pytest.mark.parametrize("lang", locale.LANGS)
def test_limits_that_are_reached_are_told_with_their_money(mixed, lang):
    cap, floor = explanation.describe_limits(mixed, lang)
    assert "MOH" in cap and ("0,9" if lang == "vi" else "0.9") in cap
    assert "MAE" in floor and ("0,5" if lang == "vi" else "0.5") in floor


@pytest.mark.parametrize("lang", locale.LANGS)
def test_money_left_over_is_told_part_by_part(mixed, lang):
    held, rest = explanation.describe_unspent(mixed, lang)
    assert "MOH" in held and ("1,1" if lang == "vi" else "1.1") in held
    assert ("4,5" if lang == "vi" else "4.5") in rest and "20" in rest


@pytest.mark.parametrize("lang", locale.LANGS)
def test_without_a_plan_every_project_is_told_why(lang):
    clash = [{"id": "a", "at_least": {"amount_bn": 2}}, {"id": "b", "at_most": {"amount_bn": 1}}]
    given = evaluated([Project(5, 1)], 5, clash)
    assert explanation.describe_project(given, 0, lang) == locale.say("terms.status.infeasible", lang)
    assert explanation.describe_limits(given, lang) == [] == explanation.describe_unspent(given, lang)


@pytest.mark.parametrize("lang", locale.LANGS)
def test_rounding_never_leaves_a_sentence_without_its_cause(lang):
    """Where a share leaves a remainder below a million, the limit is still named."""
    limits = [
        {"id": "l0", "where": {"ministry": ("MOIT", "MOST")}, "at_most": {"share_of_allocated": "3/20"}},
        {"id": "l1", "where": {"ministry": "MOH"}, "at_most": {"share_of_allocated": "1/3"}},
    ]
    projects = [Project(3_000, 0, "MOH"), Project(1_000, 0, "MAE"), Project(76_000, 500_000, "MOST")]
    given = evaluated(projects, 488_500, limits, basis="project")
    assert given.plan.found
    for row, reason in enumerate(given.plan.reason):
        if reason in ("marginal", "crowded_out", "forced_in"):
            assert given.plan.held_by[row] != ()
