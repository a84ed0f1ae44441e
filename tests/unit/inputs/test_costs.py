"""The costs table and the register's amounts: what they become, whatever the order of their rows."""

import random
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from prioritizer import pipeline
from prioritizer.inputs.columns import COSTS as COLUMNS
from prioritizer.inputs.costs import align_costs, read_cost_rows
from prioritizer.model import Costs, Fund
from tests.build import COSTED, COSTS, COSTS_HEAD, HEAD, ROWS, SCENARIO, costed, faults, folder, table

FILES = (Path(__file__).resolve().parents[3] / "docs" / "files.md").read_text(encoding="utf-8")
STAGED = (
    "P1,2026,equipment,0.5,2,1/3",
    "P1,2027,,0.25,1,",
    "P1,2026,,0.75,1,2/3",
    "P3,2026,,0,,",
    "P3,2025,,1,,",
    "P2,2027,Works,0.4,,",
    "P2,2027,equipment,0.6,,",
    "P2,2026,works,1,,",
)
RULED = table(f"{HEAD},funding", [f"{ROWS[0]},milestones", *(f"{row}," for row in ROWS[1:])])
NEXT = "  - {id: next, year: 2027, amount_bn: 1}\n"
TWO_YEARS = COSTED.replace("costs:", NEXT + "costs:")


def cells(costs: Costs) -> list[tuple[int, int, str, str, int]]:
    columns = (costs.project.tolist(), costs.milestone.tolist(), costs.year.texts(), costs.kind.texts())
    return list(zip(*columns, costs.cost_mvnd.tolist(), strict=True))


def loaded(place: Path, **files: str) -> Costs:
    costs = pipeline.load(costed(place, **files)).costs_by_kind
    assert costs is not None
    return costs


def test_cells_stand_by_project_milestone_year_of_the_funds_and_kind(tmp_path):
    costs = loaded(tmp_path, tiny_yaml=TWO_YEARS, register_csv=RULED, costs_csv=table(COSTS_HEAD, STAGED))
    assert cells(costs) == [
        (0, 1, "2026", "", 750),
        (0, 1, "2027", "", 250),
        (0, 2, "2026", "equipment", 500),
        (1, 0, "2026", "Works", 1000),
        (1, 0, "2027", "Works", 400),
        (1, 0, "2027", "equipment", 600),
        (2, 0, "2025", "", 1000),
    ]
    assert costs.value_share == {(0, 1): Fraction(2, 3), (0, 2): Fraction(1, 3)}
    assert costs.year.levels == ("2026", "2027", "2025")  # those of the funds first
    assert costs.cost_mvnd.dtype == costs.project.dtype == np.int64


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_changes_nothing(tmp_path, seed):
    shuffled = list(STAGED)
    random.Random(seed).shuffle(shuffled)
    plain, other = (
        loaded(tmp_path / name, tiny_yaml=TWO_YEARS, register_csv=RULED, costs_csv=table(COSTS_HEAD, rows))
        for name, rows in (("plain", STAGED), ("other", shuffled))
    )
    assert cells(other) == cells(plain) and other.value_share == plain.value_share
    assert (other.year.levels, other.kind.levels) == (plain.year.levels, plain.kind.levels)


def test_years_and_kinds_are_spelled_as_the_funds_do(tmp_path):
    funds = SCENARIO.replace("year: 2026", "year: FY26").replace('"3"}', '"3", pays: [Recurrent]}')
    rows = ["P1,fy26,RECURRENT,1.5,,", "P2,Fy26,recurrent,2,,", "P3,fy27,Recurrent,1,,"]
    costs = loaded(tmp_path, tiny_yaml=funds + "costs: costs.csv\n", costs_csv=table(COSTS_HEAD, rows))
    assert costs.year.levels == ("FY26", "fy27") and costs.kind.levels == ("Recurrent",)


def test_a_year_without_a_fund_is_known_and_no_fault(tmp_path):
    assert faults(costed(tmp_path)) == ()
    assert "2027" in loaded(tmp_path).year.levels


def test_a_blank_ask_is_what_the_project_costs(tmp_path):
    rows = [row.replace(",2,60", ",,60") for row in ROWS]
    case = pipeline.load(costed(tmp_path, register_csv=table(HEAD, rows)))
    assert case.register.ask_mvnd.tolist() == [1500, 2000, 1000]


def test_without_costs_every_ask_falls_in_the_first_year(tmp_path):
    case = pipeline.load(folder(tmp_path, tiny_yaml=SCENARIO + NEXT))
    assert case.costs_by_kind is None
    assert cells(case.costs) == [(row, 0, "2026", "", ask) for row, ask in enumerate((1500, 2000, 1000))]


def test_minimum_cofinance_and_what_was_received_are_read(tmp_path):
    rows = [f"{ROWS[0]},minimum,0.5,,", f"{ROWS[1]},whole,,0.25,3", f"{ROWS[2]},,,,"]
    head = f"{HEAD},funding,minimum_bn,cofinance_bn,received_bn"
    register = pipeline.load(folder(tmp_path, register_csv=table(head, rows))).register
    assert register.minimum_mvnd is not None and register.minimum_mvnd.tolist() == [500, 0, 0]
    assert register.cofinance_mvnd is not None and register.cofinance_mvnd.tolist() == [0, 250, 0]
    assert register.columns["received_bn"].texts() == ["", "3", ""]
    plain = pipeline.load(folder(tmp_path / "plain")).register
    assert plain.minimum_mvnd is None and plain.cofinance_mvnd is None


def test_a_costs_table_that_cannot_be_read_blames_no_project(tmp_path):
    rows = [row.replace(",2,60", ",,60") for row in ROWS]
    found = faults(costed(tmp_path, register_csv=table(HEAD, rows), costs_csv=" \n"))
    assert [(fault.code, fault.file) for fault in found] == [("empty_file", "costs.csv")]


def test_unreadable_cells_are_not_taken_for_repeated_ones(tmp_path):
    rows = [*COSTS, "P1,2026,a b,0,,", "P1,2026,c d,0,,", "P1,,,0,,", "P1,,,0,,", "P1,2026,,0,x,"]
    found = faults(costed(tmp_path, costs_csv=table(COSTS_HEAD, rows)))
    assert {fault.code for fault in found} == {"bad_id", "blank_cell", "bad_milestone"}


def test_the_kind_may_be_left_open_where_funds_say_what_they_pay(tmp_path):
    assert faults(costed(tmp_path, tiny_yaml=COSTED.replace('"3"}', '"3", pays: [recurrent]}'))) == ()


def test_a_misspelt_kind_is_answered_with_the_nearest(tmp_path):
    scenario = COSTED.replace('"3"}', '"3", pays: [recurrent, investment]}')
    rows = [COSTS[0].replace(",,", ",investments,", 1), *COSTS[1:]]
    (fault,) = faults(costed(tmp_path, tiny_yaml=scenario, costs_csv=table(COSTS_HEAD, rows)))
    assert (fault.code, fault.params["near"]) == ("unknown_kind", "investment")


def test_a_hundred_thousand_rows_keep_every_million():
    ids = tuple(f"P{at:06d}" for at in range(50_000))
    rows = [f"{name},{year},recurrent,1.5,," for name in ids for year in (2026, 2027)]
    funds = [Fund.model_validate({"id": "f", "year": "2026", "amount_bn": "1"})]
    costs = align_costs(read_cost_rows(table(COSTS_HEAD, rows).encode(), "c", []), ids, funds, [])
    assert len(costs) == 100_000 and int(costs.cost_mvnd.sum()) == 150_000_000


@pytest.mark.parametrize("name", [column.name for column in COLUMNS])
def test_files_md_names_every_column_of_the_costs(name):
    assert f"`{name}`" in FILES
