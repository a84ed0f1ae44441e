"""Where the tables of an import are: one folder, and what each of them is called there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from prioritizer.inputs.case import criteria_folders
from prioritizer.inputs.documents import inside
from prioritizer.inputs.rows import read_choices
from prioritizer.inputs.workbooks.answers import MEMORY
from prioritizer.inputs.workbooks.sheet import TABLES, Row, TableName
from prioritizer.inputs.workbooks.tables import FILES, read_rows


@dataclass(frozen=True)
class Home:
    """The folder of the tables and their names in it; a table without a name is not wanted there.

    ``shown`` stands before the names wherever people read them.
    """

    folder: Path
    names: Mapping[TableName, str] = field(default_factory=lambda: FILES)
    shown: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all that an import may write: the tables and what has been answered."""
        return (*(self.names[table] for table in TABLES if table in self.names), MEMORY)

    def rows(self) -> list[Row]:
        """All rows that are there. Raises :class:`~prioritizer.errors.InputFaults`."""
        return [
            row
            for table in TABLES
            if table in self.names
            for row in read_rows(self.folder / self.names[table], table, self.shown + self.names[table])
        ]


def home_of(scenario: Path) -> Home | None:
    """The tables that a scenario refers to; ``None`` where they do not all lie in one folder.

    Raises :class:`~prioritizer.errors.InputFaults`.
    """
    choices = read_choices(scenario)
    named: Mapping[TableName, str | None] = {
        "register": choices.register_,
        "costs": choices.costs,
        "assessments": choices.assessments,
    }
    found = {
        table: inside(name, scenario, criteria_folders(scenario)) for table, name in named.items() if name
    }
    paths = {table: path for table, path in found.items() if path is not None}
    folders = {path.parent for path in paths.values()}
    if len(folders) != 1 or len(paths) != len(found):
        return None
    shown = choices.register_.replace("\\", "/").rpartition("/")[0]
    names = {table: path.name for table, path in paths.items()}
    return Home(folders.pop(), names, f"{shown}/" if shown else "")
