"""A case stated as a program, once: the cells, every family of rows over them, then the columns."""

from prioritizer.allocation.program import Formulation
from prioritizer.allocation.statement.columns import joined
from prioritizer.allocation.statement.families import FAMILIES
from prioritizer.allocation.statement.places import Statement
from prioritizer.model import Case
from prioritizer.results import Scores


def formulate(case: Case, scores: Scores) -> Formulation:
    """The program of a case whose projects are worth ``scores``."""
    statement = Statement(case, scores)
    rows = [row for family in FAMILIES for row in family(statement)]
    return joined(statement, rows)
