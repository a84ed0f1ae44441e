"""What a dossier must have, in a plan file: nobody can loosen it by leaving columns out or filling them with
what nobody sees."""

import pytest

from prioritizer import pipeline, verifier
from prioritizer.inputs.checks.choices import dossier_columns
from tests.build import HEAD, ROWS, SCENARIO, folder, table
from tests.unit.test_verifier import codes, honest
from tests.unit.test_verifier_weights import forged

ASKED = "eligibility: {dossier: [note], dossier_by_class: {group1: [objective]}}\n"


@pytest.fixture
def plan(tmp_path):
    register = table(f"{HEAD},note,objective", [f"{row},n,o" for row in ROWS])
    return honest(pipeline.load(folder(tmp_path, tiny_yaml=SCENARIO + ASKED, register_csv=register)))


def test_a_complete_dossier_passes(plan):
    assert codes(plan) == []


def columns(**cells):
    return lambda case: [entry["columns"].update(cells) for entry in case["register"]]


def without(name):
    return lambda case: [entry["columns"].pop(name) for entry in case["register"]]


def asked(**demands):
    return lambda case: case["scenario"]["eligibility"].update(demands)


def both(*changes):
    return lambda case: [change(case) for change in changes]


@pytest.mark.parametrize(
    "change, code",
    [
        (without("note"), "column_missing"),
        (columns(note="\u3000\n\u2800\u115f\u200b"), "lack_unsaid"),
        (columns(note=""), "lack_unsaid"),
        (asked(dossier=["notice-22"]), "unknown_column"),
        (both(asked(dossier=["made_up"]), columns(made_up="x")), "unknown_column"),
        (asked(dossier_by_class={"group9": ["note"]}), "unknown_class"),
    ],
)
def test_a_loosened_dossier_is_refused(plan, change, code):
    assert code in codes(forged(plan, change))


def test_the_verifier_knows_the_columns_that_the_reader_knows():
    assert set(verifier.DOSSIER_COLUMNS) == set(dossier_columns())
