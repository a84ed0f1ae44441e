"""The register: from a table to arrays, every fault on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from prioritizer.errors import Fault
from prioritizer.inputs.amounts import read_amounts
from prioritizer.inputs.columns import DOSSIER, FIELDS_TAKEN, REGISTER, Column
from prioritizer.inputs.costs import CostRows
from prioritizer.inputs.tables import Table, by_row, one_of, read_cells, read_table, recode
from prioritizer.model import (
    BASES,
    CLASSES,
    FUNDING_RULES,
    ID_PATTERN,
    SECRECY_GRADES,
    STATE_SECRETS,
    Coded,
    Ints,
    MinistryList,
    ProductList,
    Register,
)
from prioritizer.money import read_points_e4

_TEXTS = (
    *("name_vi", "name_en", "note", "source", "minimum_bn", "cofinance_bn", "received_bn"),
    *(column.name for column in DOSSIER),
)


def read_register(
    content: bytes,
    shown: str,
    fields: tuple[str, ...],
    ministries: MinistryList,
    products: ProductList,
    mode: str,
    faults: list[Fault],
    costs: CostRows | None = None,
    asks_may_be_blank: bool = False,
) -> Register:
    """The register in a CSV file's bytes, in the order of ids; what is wrong is added to ``faults``.

    ``fields`` are the further columns that the scenario names; ``mode`` is ``networked`` or ``isolated``;
    ``costs`` are the costs that the asks must agree with. Asks may be blank where there is a table of costs.
    Raises :class:`InputFaults` where the file is no such table at all.
    """
    fields = tuple(name for name in fields if name.casefold() not in FIELDS_TAKEN)
    table = read_table(content, shown, (*REGISTER, *(Column(name, needed=True) for name in fields)), faults)
    faults += _id_faults(table) + _secrecy_faults(table, mode)
    amounts = read_amounts(table, costs, asks_may_be_blank, faults)
    blank = table.column("value").among(("",))
    values = None if blank.all() else read_cells(table, "value", read_points_e4, faults)
    if values is not None:
        faults += table.faults_at("blank_cell", np.flatnonzero(blank), "value")
    columns = _text_columns(table, fields, ministries, products, faults)
    ids = table.column("id").texts()
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    given = None if values is None else np.maximum(by_row(values, table.column("value")), 0)[order]
    return Register(
        tuple(ids[row] for row in order.tolist()),
        amounts.ask_mvnd[order],
        given,
        {name: Coded(column.levels, column.codes[order]) for name, column in columns.items()},
        _where_any(amounts.minimum_mvnd[order]),
        _where_any(amounts.cofinance_mvnd[order]),
    )


def _where_any(amounts: Ints) -> Ints | None:
    return amounts if amounts.any() else None


def _id_faults(table: Table) -> list[Fault]:
    ids = table.column("id").texts()
    faults = [
        Fault("bad_id", table.file, int(line), "id", {"text": name[:80]})
        for name, line in zip(ids, table.lines, strict=True)
        if name and not re.fullmatch(ID_PATTERN, name)
    ]
    first: dict[str, int] = {}
    for name, line in zip(ids, table.lines.tolist(), strict=True):
        if name and first.setdefault(name.casefold(), line) != line:
            params = {"id": name, "first": first[name.casefold()]}
            faults.append(Fault("duplicate_id", table.file, line, "id", params))
    return faults


def _secrecy_faults(table: Table, mode: str) -> list[Fault]:
    if mode == "isolated":
        return []
    secret = np.flatnonzero(table.column("secrecy").among(STATE_SECRETS))
    return table.faults_at("state_secret_on_network", secret, "secrecy")


def _text_columns(
    table: Table,
    fields: tuple[str, ...],
    ministries: MinistryList,
    products: ProductList,
    faults: list[Fault],
) -> dict[str, Coded]:
    product_of = {product.id: (tech, product) for tech in products.technologies for product in tech.products}
    words: Mapping[str, Callable[[str], str]] = {
        "ministry": one_of((body.id for body in ministries.bodies), "unknown_ministry"),
        "product": one_of(product_of, "unknown_product"),
        "class": one_of(CLASSES, "unknown_word"),
        "funding": one_of(FUNDING_RULES, "unknown_word"),
        "secrecy": one_of(SECRECY_GRADES, "unknown_word"),
        "class_basis": one_of(BASES, "unknown_word"),
        "ask_basis": one_of(BASES, "unknown_word"),
    }
    columns: dict[str, Coded] = {}
    for name in (*_TEXTS, *fields, *words):
        column = table.column(name)
        if name in words:
            spelled = read_cells(table, name, words[name], faults)
            column = Coded(tuple(text or "" for text in spelled), column.codes)
        columns[name] = recode(column, lambda text: text)
    columns["technology"] = recode(
        columns["product"], lambda product: product_of[product][0].id if product in product_of else ""
    )
    columns["class"] = _inherited_class(columns, product_of)
    return columns


def _inherited_class(columns: Mapping[str, Coded], product_of: Mapping[str, Any]) -> Coded:
    """The project's own class, else its product's."""
    own, product = columns["class"], columns["product"]
    inherited = {name: entry[1].class_ or "" for name, entry in product_of.items()}
    levels = ("", *CLASSES)
    by_own = np.array([levels.index(text) for text in own.levels], dtype=np.int32)[own.codes]
    by_product = np.array([levels.index(inherited.get(text, "")) for text in product.levels], dtype=np.int32)
    return Coded(levels, np.where(by_own > 0, by_own, by_product[product.codes]).astype(np.int32))
