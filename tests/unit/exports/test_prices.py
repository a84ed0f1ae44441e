"""Prices in plan files: gains and losses, ranges, and null for what does not exist."""

from fractions import Fraction

from prioritizer import pipeline
from tests.build import Project, case

PROJECTS = (Project(1_000, 900_000), Project(1_000, 400_000, "MOH"), Project(1_000, 300_000))
LIMITS = (
    {
        "id": "cap",
        "where": {"ministry": "MOST"},
        "at_least": {"amount_bn": 1},
        "at_most": {"amount_bn": 1_200},
    },
    {"id": "part", "where": {"ministry": "MOH"}, "at_most": {"share_of_allocated": "0.1"}},
)


def plan(*limits, **more) -> dict:
    return pipeline.plan_object(pipeline.assess(case(PROJECTS, 2_000, limits, **more)))


def test_every_side_and_fund_has_its_price():
    found = plan(*LIMITS)
    prices = {(each["id"], each["side"]): each for each in found["prices"]}
    assert set(prices) == {("fund", "fund"), ("cap", "at_least"), ("cap", "at_most"), ("part", "at_most")}
    for each in prices.values():
        assert each["gain"] == float(Fraction(each["gain_exact"])) >= 0 and each["loss"] >= 0
    assert prices["part", "at_most"]["per"] == "percentage_point"
    assert prices["part", "at_most"]["gain_reach_mvnd"] is None
    assert isinstance(prices["cap", "at_most"]["gain_reach_mvnd"], int)


def test_a_limit_shows_the_gain_of_its_dearer_side_per_billion():
    limits = {each["id"]: each for each in plan(*LIMITS)["limits"]}
    dearer = next(
        each for each in plan(*LIMITS)["prices"] if (each["id"], each["side"]) == ("cap", "at_most")
    )
    assert limits["cap"]["price_per_bn"] == dearer["gain"] > 0
    assert limits["part"]["price_per_bn"] is None, "quoted per percentage point"


def test_a_project_that_is_crowded_out_says_the_value_it_needs():
    projects = {each["id"]: each["needed_value"] for each in plan()["projects"]}
    assert projects == {"P00": None, "P01": None, "P02": 40.0}


def test_where_nothing_can_be_tightened_the_loss_is_null():
    found = plan({"id": "all", "where": {"project": "P02"}, "at_least": {"amount_bn": 1_000}})
    assert next(each for each in found["prices"] if each["id"] == "all")["loss"] is None


def test_without_a_linear_program_there_are_no_prices():
    found = plan({"id": "few", "at_most": {"count": 1}})
    assert found["prices"] is None and found["limits"][0]["price_per_bn"] is None
    assert {each["needed_value"] for each in found["projects"]} == {None}
