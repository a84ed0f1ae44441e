"""Who pays what of a project's cost, in figures and in words."""

import csv
import io
from fractions import Fraction
from random import Random

import pytest

from prioritizer import allocation, explanation, locale, pipeline, scoring
from prioritizer.allocation.demand import demand
from prioritizer.explanation.sources import asked_mvnd
from prioritizer.exports.terminal import plan_lines
from prioritizer.results import Evaluation
from tests.build import Cost, Project, case

THREE_YEARS = (Cost("2026", 240), Cost("2027", 120), Cost("2028", 40))


def evaluated(*arguments, **more) -> Evaluation:
    given = case(*arguments, **more)
    scores = scoring.score(given)
    return Evaluation(given, scores, allocation.allocate(given, scores))


@pytest.fixture
def shared() -> Evaluation:
    """One project paid in full by the fund of 2026, one in part, one whose whole cost falls in that year."""
    limits = [
        {"id": "later", "where": {"year": ["2027"]}, "at_most": {"amount_bn": 90}},
        {"id": "both", "where": {"year": ["2026", "2027"]}, "at_most": {"amount_bn": 9_000}},
    ]
    projects = [
        Project(400, 900_000, cofinance=200, costs=THREE_YEARS),
        Project(400, 800_000, costs=THREE_YEARS),
        Project(100, 700_000),
    ]
    return evaluated(projects, 1_000, limits)


def shown(lang: str, *figures: str) -> list[str]:
    return [figure if lang == "vi" else figure.replace(",", ".") for figure in figures]


def test_the_parts_of_a_project_add_up_to_its_cost(shared):
    found = explanation.sources(shared, 0)
    assert (found.due_mvnd, found.paid_mvnd, found.others_mvnd) == (120, 120, 200)
    assert found.later == (("2027", 60), ("2028", 20))
    assert found.paid_mvnd + found.later_mvnd + found.others_mvnd == 400


def test_a_part_of_a_project_needs_a_part_of_everything(shared):
    found = explanation.sources(shared, 1)
    assert (found.due_mvnd, found.paid_mvnd, found.later) == (240, 60, (("2027", 30), ("2028", 10)))


@pytest.mark.parametrize("seed", range(30))
def test_what_funds_are_asked_for_is_what_the_program_asks(seed):
    rng = Random(seed)
    years = ("2026", "2027", "2028")
    projects = []
    for _ in range(6):
        costs = tuple(Cost(year, rng.randint(1, 40)) for year in rng.sample(years, rng.randint(1, 3)))
        ask = sum(cost.amount for cost in costs)
        projects.append(Project(ask, 9, cofinance=rng.choice([0, rng.randrange(ask)]), costs=costs))
    caps = {"state_share_cap": {"group1": "0.7"}} if seed % 2 else {}
    given = case(projects, 99, **caps)
    cells = demand(given)
    for row in range(len(projects)):
        own = cells.project == row
        wanted = int(cells.cost_mvnd[own & cells.funded].sum()), int(cells.cost_mvnd[own].sum())
        assert asked_mvnd(given, row) == wanted


def test_others_pay_all_they_offer_where_the_state_may_pay_no_more():
    given = evaluated([Project(10, 900_000, cofinance=2)], 99, state_share_cap={"group1": "0.7"})
    found = explanation.sources(given, 0)
    assert (found.due_mvnd, found.paid_mvnd, found.others_mvnd) == (4, 4, 2)


@pytest.mark.parametrize("lang", locale.LANGS)
def test_sentences_do_not_say_that_the_ask_is_paid(shared, lang):
    full, part, whole = (explanation.describe_project(shared, row, lang) for row in range(3))
    for figure in shown(lang, "0,12", "0,06", "0,02", "0,2", "0,4"):
        assert figure in full
    assert "2027" in full and "2028" in full
    for figure in shown(lang, "0,06", "0,24", "0,03", "0,01"):
        assert figure in part
    figures = {"ask": locale.bn(100, lang), "value": locale.points(700_000, lang)}
    assert whole == locale.say("explanation.project.funded", lang, **figures)


@pytest.mark.parametrize("lang", locale.LANGS)
def test_a_limit_of_a_year_without_a_fund_holds_needs_not_money(shared, lang):
    said = explanation.describe_every_limit(shared, lang)
    amounts = {"used": locale.bn(90, lang), "count": "2", "years": "2027"}
    assert locale.say("explanation.use.needed", lang, **amounts) in said["later"][0]
    amounts |= {"used": locale.bn(370, lang), "count": "3"}
    assert locale.say("explanation.use.placed_and_needed", lang, **amounts) in said["both"][0]


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_printed_plan_totals_what_its_funds_do_not_pay(shared, lang):
    lines = plan_lines(shared, lang)
    later, others = explanation.describe_elsewhere(shared, lang)
    assert later in lines and others in lines
    assert all(figure in later for figure in shown(lang, "0,09", "0,03")) and shown(lang, "0,2")[0] in others
    first = next(line for line in lines if " P00 " in line)
    assert first.endswith(locale.say("terms.reason_of_part.funded", lang))
    assert [cell for cell in first.split() if cell[:2] in ("0,", "0.")] == shown(lang, "0,40", "0,12", "0,12")


@pytest.mark.parametrize("lang", locale.LANGS)
def test_nothing_is_said_where_the_funds_pay_all(lang):
    given = evaluated([Project(5, 900_000)], 9)
    assert explanation.describe_elsewhere(given, lang) == [] and not explanation.divided(given.case)


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_list_for_excel_says_what_its_share_is_of(shared, lang):
    text = pipeline.shortlist_csv(shared, lang, "excel").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    head = next(row for row in rows if len(row) > 1)
    line = dict(zip(head, next(row for row in rows if "P01" in row), strict=True))
    fields = ("ask", "due", "amount", "later", "others")
    named = [line[locale.say(f"terms.field.{field}", lang)] for field in fields]
    assert named == [*shown(lang, "0,4", "0,24", "0,06", "0,04"), "0"]
    assert line[locale.say("terms.field.share_of_due", lang)] == locale.percent(Fraction(1, 4), lang)
    assert locale.say("terms.field.share", lang) not in head
