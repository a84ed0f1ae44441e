"""The documents name everything they are about."""

from pathlib import Path

import pytest

from prioritizer.inputs.tables import ASSESSMENTS, REGISTER
from prioritizer.model import Scenario

FILES = (Path(__file__).resolve().parents[2] / "docs" / "files.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [column.name for column in (*REGISTER, *ASSESSMENTS)])
def test_files_md_names_every_column(name: str) -> None:
    assert f"`{name}`" in FILES


@pytest.mark.parametrize("name", [field.alias or name for name, field in Scenario.model_fields.items()])
def test_files_md_names_every_key_of_a_scenario(name: str) -> None:
    assert f"`{name}`" in FILES


def test_files_md_says_which_columns_are_needed() -> None:
    needed = [f"`{column.name}`" for column in REGISTER if column.needed]
    assert f"The columns {', '.join(needed[:-1])} and {needed[-1]} must be there." in FILES
