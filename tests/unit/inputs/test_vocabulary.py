"""Headings, notes and words that people see instead of ids."""

import pytest

from prioritizer import locale
from prioritizer.inputs import vocabulary
from prioritizer.inputs.columns import ASSESSMENTS, COSTS, REGISTER
from prioritizer.model import MinistryList, ProductList

TABLES = {"register": REGISTER, "costs": COSTS, "assessments": ASSESSMENTS}
LONGEST_MESSAGE = 255  # of an input message in Excel


@pytest.mark.parametrize("lang", locale.LANGS)
@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_heading_of_its_own_and_a_note_that_fits(table, lang):
    names = [column.name for column in TABLES[table]]
    headings = [locale.say(f"columns.{table}.{name}.heading", lang) for name in names]
    notes = [locale.say(f"columns.{table}.{name}.note", lang) for name in names]
    assert len({locale.fold(heading) for heading in headings}) == len(names)
    assert max(map(len, notes)) <= LONGEST_MESSAGE


@pytest.mark.parametrize("lang", locale.LANGS)
def test_no_heading_is_of_a_column_that_there_is_not(lang):
    known = {f"columns.{table}.{column.name}" for table, columns in TABLES.items() for column in columns}
    parts = [key.rpartition(".")[0] for key in locale.sentences(lang) if key.startswith("columns.")]
    assert {key for key in parts if key.split(".")[1] in TABLES} == known


@pytest.mark.parametrize("lang", locale.LANGS)
@pytest.mark.parametrize("name", ["class", "funding", "secrecy", "basis", "kind"])
def test_every_choice_has_a_word_and_no_two_the_same(name, lang):
    words = vocabulary.labels(name, lang, *lists())
    assert len({locale.fold(word) for word in words.values()}) == len(words)


def test_bodies_and_products_stand_with_their_ids():
    assert vocabulary.labels("ministry", "vi", *lists()) == {"A": "A – Bộ A"}
    assert vocabulary.labels("product", "en", *lists()) == {"T1.1": "T1.1 – Thing"}


def test_a_kind_without_a_word_stands_for_itself():
    assert vocabulary.labels("kind", "vi", *lists(), ("loan",)) == {"loan": "loan"}


def lists() -> tuple[MinistryList, ProductList]:
    bodies = [{"id": "A", "name": {"vi": "Bộ A", "en": "Ministry A"}}]
    product = {"id": "T1.1", "name": {"vi": "Vật", "en": "Thing"}}
    technology = {"id": "T1", "name": "T", "products": [product]}
    return (
        MinistryList.model_validate({"schema": "1", "id": "m", "bodies": bodies}),
        ProductList.model_validate({"schema": "1", "id": "p", "technologies": [technology]}),
    )
