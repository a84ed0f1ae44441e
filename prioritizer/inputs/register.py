"""The register and its assessments: from tables to arrays, every fault on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from prioritizer.errors import Fault
from prioritizer.inputs.amounts import read_amounts
from prioritizer.inputs.columns import ASSESSMENTS, DOSSIER, FIELDS_TAKEN, REGISTER, Column
from prioritizer.inputs.costs import CostRows
from prioritizer.inputs.tables import Table, by_row, one_of, positions, read_cells, read_table, recode
from prioritizer.model import (
    BASES,
    CLASSES,
    FUNDING_RULES,
    ID_PATTERN,
    SECRECY_GRADES,
    STATE_SECRETS,
    Assessments,
    Coded,
    CriteriaTree,
    Ints,
    MinistryList,
    ProductList,
    Register,
)
from prioritizer.money import read_decimal, read_points_e4

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


def read_assessments(
    content: bytes, shown: str, tree: CriteriaTree, project_ids: tuple[str, ...], faults: list[Fault]
) -> Assessments:
    """The assessments in a CSV file's bytes, aligned with ``project_ids`` and the tree's leaves.

    Raises :class:`InputFaults` where the file is no such table at all.
    """
    table = read_table(content, shown, ASSESSMENTS, faults)
    project = positions(table, "project", project_ids, "unknown_project", faults)
    criterion = positions(
        table, "criterion", tuple(leaf.id for leaf in tree.leaves), "unknown_criterion", faults
    )
    known = (project >= 0) & (criterion >= 0)
    faults += _repeats(table, np.where(known, criterion * len(project_ids) + project, -1))
    levels, ends = _scores(table, faults)
    faults += _shape_faults(table, ends) + _off_scale(table, tree, criterion, levels, ends)
    low, high = (np.full((len(tree.leaves), len(project_ids)), -1, dtype=np.int32) for _ in range(2))
    low[criterion[known], project[known]] = np.where(ends["score"] >= 0, ends["score"], ends["low"])[known]
    high[criterion[known], project[known]] = np.where(ends["score"] >= 0, ends["score"], ends["high"])[known]
    order = np.argsort(np.where(known, project * len(tree.leaves) + criterion, -1), kind="stable")
    rows = {name: Coded(column.levels, column.codes[order]) for name, column in table.columns.items()}
    return Assessments(levels, low, high, rows)


def _repeats(table: Table, pair: Ints) -> list[Fault]:
    """Rows that judge a pair of project and criterion again: the same assessor, or another one."""
    faults: list[Fault] = []
    _, first, inverse = np.unique(pair, return_index=True, return_inverse=True)
    assessor = table.column("assessor")
    for row in np.flatnonzero((first[inverse] != np.arange(len(pair))) & (pair >= 0)).tolist():
        same = assessor[row].casefold() == assessor[int(first[inverse[row]])].casefold()
        params = {"first": int(table.lines[first[inverse[row]]]), "assessor": assessor[row]}
        code = "duplicate_assessment" if same else "several_assessors"
        faults.append(Fault(code, table.file, int(table.lines[row]), "assessor", params))
    return faults


def _scores(table: Table, faults: list[Fault]) -> tuple[tuple[Any, ...], dict[str, Ints]]:
    """Every distinct score, exact and ascending, and per column the row's place in it (-1 where blank)."""
    read = {name: read_cells(table, name, read_decimal, faults) for name in ("score", "low", "high")}
    levels = tuple(sorted({value for values in read.values() for value in values if value is not None}))
    place = {value: at for at, value in enumerate(levels)}
    ends = {
        name: np.array([-1 if value is None else place[value] for value in values], dtype=np.int64)[
            table.column(name).codes
        ]
        for name, values in read.items()
    }
    return levels, ends


def _shape_faults(table: Table, ends: Mapping[str, Ints]) -> list[Fault]:
    """Either a score or both ends, and the ends in order. A text that could not be read has its own fault."""
    given = {name: ~table.column(name).among(("",)) for name in ends}
    both = given["score"] & (given["low"] | given["high"])
    none = ~given["score"] & ~(given["low"] & given["high"])
    crossed = (ends["low"] >= 0) & (ends["high"] >= 0) & (ends["low"] > ends["high"])
    faults = table.faults_at("score_and_interval", np.flatnonzero(both), "score")
    faults += table.faults_at("score_missing", np.flatnonzero(none), "score")
    return faults + table.faults_at("interval_crossed", np.flatnonzero(crossed), "low")


def _off_scale(
    table: Table, tree: CriteriaTree, criterion: Ints, levels: tuple[Any, ...], ends: Mapping[str, Ints]
) -> list[Fault]:
    faults: list[Fault] = []
    for at, leaf in enumerate(tree.leaves):
        assert leaf.scale is not None
        bottom, top = sorted((leaf.scale.worst, leaf.scale.best))
        off = np.array([not bottom <= level <= top for level in levels] + [False])
        if not off.any():
            continue
        for name, codes in ends.items():
            rows = np.flatnonzero((criterion == at) & off[codes])
            params = {"criterion": leaf.id, "bottom": str(bottom), "top": str(top)}
            faults += table.faults_at("score_off_scale", rows, name, **params)
    return faults
