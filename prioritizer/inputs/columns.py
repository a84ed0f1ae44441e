"""The tables' columns: one definition makes reading, checks, templates, import and documentation.

Headings and notes for people stand in ``locale/<lang>/columns.toml`` under ``<table>.<column>``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from prioritizer.model import CLASSES

Kind = Literal["id", "text", "amount", "number", "share", "word"]


@dataclass(frozen=True)
class Column:
    """One column of a table: ``needed`` in the header, ``filled`` in every row.

    ``kind`` says how its cells are read: an amount in billion VND, a number, a share, a word of the list
    ``words``, or text. ``dossier``: the investment classes whose dossier must state it, as Notice 22,
    item 1, has it; none for columns that are no part of a dossier.
    """

    name: str
    needed: bool = False
    filled: bool = False
    kind: Kind = "text"
    words: str = ""
    dossier: tuple[str, ...] = ()


def _dossier(*names: str, of: tuple[str, ...] = CLASSES) -> tuple[Column, ...]:
    return tuple(Column(name, dossier=of) for name in names)


DOSSIER = (
    *_dossier("objective", "output_targets", "big_problem", "application", "target_market"),
    *_dossier("competition", "import_substitution", "export_potential", "related_effects", "dual_use"),
    *_dossier("coordinating_bodies", "leading_enterprise", "end_user"),
    *_dossier("test_infrastructure", "data_needs", "standards", "intellectual_property"),
    *_dossier("impact_forecast", "socio_economic_account", "monitoring"),
    *_dossier("specification", of=("group2-pull",)),
    *_dossier("laboratory", "chief_engineer", of=("group2-push",)),
)
REGISTER = (
    Column("id", needed=True, filled=True, kind="id"),
    Column("name_vi", needed=True, filled=True),
    Column("name_en"),
    Column("ministry", needed=True, filled=True, kind="word", words="ministry"),
    Column("product", needed=True, kind="word", words="product"),
    Column("class", needed=True, kind="word", words="class"),
    Column("ask_bn", needed=True, kind="amount"),
    Column("funding", kind="word", words="funding"),
    Column("minimum_bn", kind="amount"),
    Column("secrecy", kind="word", words="secrecy"),
    Column("class_basis", kind="word", words="basis"),
    Column("ask_basis", kind="word", words="basis"),
    Column("note"),
    Column("source"),
    Column("value", kind="number"),
    Column("cofinance_bn", kind="amount"),
    Column("received_bn", kind="amount"),
    *DOSSIER,
)
FIELDS_TAKEN = {column.name for column in REGISTER} | {"technology", "project", "year", "kind"}
COSTS = (
    Column("project", needed=True, filled=True, kind="id"),
    Column("year", needed=True, filled=True),
    Column("kind", needed=True, kind="word", words="kind"),
    Column("amount_bn", needed=True, filled=True, kind="amount"),
    Column("milestone", kind="number"),
    Column("value_share", kind="share"),
)
ASSESSMENTS = (
    Column("project", needed=True, filled=True, kind="id"),
    Column("criterion", needed=True, filled=True, kind="id"),
    Column("assessor", needed=True, filled=True, kind="id"),
    Column("score", needed=True, kind="number"),
    Column("low", kind="number"),
    Column("high", kind="number"),
    Column("evidence"),
    Column("source"),
)
