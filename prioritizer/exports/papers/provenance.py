"""What a paper rests on: scenario and result, bases of the figures, sources, files and digests."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version

import numpy as np

from prioritizer import locale
from prioritizer.explanation.citations import citation
from prioritizer.exports.casefile import PARTS, digests
from prioritizer.exports.papers.disclosure import Disclosure, ungraded
from prioritizer.exports.papers.table import Cell, Column, Table
from prioritizer.exports.papers.words import say
from prioritizer.exports.planfile import SCHEMA
from prioritizer.model import BASES

PACKAGE = "prioritizer"


def provenance(told: Disclosure, lang: str, at: str | None = None) -> Table:
    """Fact by fact what the paper rests on; ``at`` is when it was made, left out if not given."""
    columns = [
        Column(say("head.part", lang), "text", 28),
        Column(say("head.fact", lang), "text", 44),
        Column(say("head.said", lang), "text", 84),
    ]
    parts = (
        ("result", _result(told, lang, at)),
        ("bases", _bases(told, lang)),
        ("sources", _sources(told, lang)),
        ("files", _files(told, lang)),
        ("digests", _digests(told, lang)),
    )
    rows: list[list[Cell]] = [
        [say(f"part.{name}", lang), fact, said] for name, found in parts for fact, said in found
    ]
    notes = [say("note.digest", lang)]
    return Table(say("sheet.provenance", lang), say("title.provenance", lang), columns, rows, (), notes)


def _result(told: Disclosure, lang: str, at: str | None) -> Iterator[tuple[str, str]]:
    case, plan = told.case, told.whole.plan
    yield say("fact.scenario", lang), f"{case.scenario.title.into(lang)} ({case.scenario.id})"
    if case.scenario.description and not told.masked:  # a free text may name what is left out
        yield say("fact.description", lang), case.scenario.description.into(lang)
    yield say("fact.objective", lang), locale.say(f"terms.objective.{case.scenario.objective.basis}", lang)
    yield say("fact.status", lang), locale.say(f"terms.status.{plan.status}", lang)
    if plan.objective is not None:
        unit = locale.say(f"terms.unit.{plan.unit}", lang)
        if not told.masked:  # less what the others are worth it is the value of masked ones
            yield say("fact.value", lang), f"{locale.number(plan.objective, lang, 4)} {unit}"
        yield (
            say("fact.unique", lang),
            say(f"unique.{ {True: 'yes', False: 'no', None: 'unknown'}[plan.unique] }", lang),
        )
        yield say("fact.tie", lang), say("bn", lang, amount=locale.bn(plan.tie_mvnd, lang))
    if told.grade is not None:
        yield say("fact.redacted", lang), redaction_line(told, lang)
    if at is not None:
        yield say("fact.at", lang), at
    yield say("fact.version", lang), say("version", lang, version=version(PACKAGE), schema=SCHEMA)


def redaction_line(told: Disclosure, lang: str) -> str:
    """What is masked, how many projects, and how many state no grade."""
    if told.grade is None:
        return ""
    grade = locale.say(f"terms.secrecy.{told.grade}", lang)
    said = say("redacted", lang, grade=grade, count=len(told.masked))
    blank = ungraded(told.whole.case)
    return f"{said} {say('ungraded', lang, count=blank)}" if blank else said


def _bases(told: Disclosure, lang: str) -> Iterator[tuple[str, str]]:
    """How many projects and how much of what is asked rest on what, masked ones apart; so for limits."""
    case = told.whole.case
    column = case.register.columns.get("ask_basis")
    for basis in (*BASES, ""):
        if column is None:
            own = [] if basis else told.told_rows
        else:
            own = [row for row in np.flatnonzero(column.among((basis,))).tolist() if told.tells(row)]
        name = locale.say(f"terms.basis.{basis}", lang) if basis else say("unstated", lang)
        yield from _asks(told, say("fact.asks", lang, basis=name), own, lang)
    yield from _asks(told, say("sum.masked", lang, count=len(told.masked)), sorted(told.masked), lang)
    for basis in BASES:
        count = sum(limit.basis == basis for limit in case.scenario.limits)
        if count:
            said = locale.say(f"terms.basis.{basis}", lang)
            yield say("fact.limits", lang, basis=said), say("limits", lang, count=count)
    if case.illustrative:
        yield say("fact.illustrative", lang), locale.say("exports.illustrative", lang)
    leaves = 0 if case.criteria is None else len(case.criteria.leaves)
    missing = int((told.whole.scores.assessed_leaves[told.told_rows] < leaves).sum())
    if missing:
        end = locale.say(f"terms.unassessed.{case.scenario.eligibility.unassessed}", lang)
        yield say("fact.unassessed", lang), say("unassessed", lang, count=missing, end=end)


def _asks(told: Disclosure, fact: str, rows: list[int], lang: str) -> Iterator[tuple[str, str]]:
    if rows:
        amount = locale.bn(int(told.whole.case.register.ask_mvnd[rows].sum()), lang)
        yield fact, say("asks", lang, count=len(rows), amount=amount)


def _sources(told: Disclosure, lang: str) -> Iterator[tuple[str, str]]:
    case = told.case
    if case.criteria is not None:
        yield say("fact.criteria", lang), _cited(case.criteria.title.into(lang), case.criteria.source, lang)
    products = case.products
    title = products.title.into(lang) if products.title else products.id
    yield say("fact.products", lang), _cited(title, products.source, lang)
    for fund in case.scenario.funds:
        name = fund.name.into(lang) if fund.name else fund.id
        assumed = fund.assumption.into(lang) if fund.assumption else ""
        yield say("fact.fund", lang, name=name), _cited(assumed, fund.source, lang)


def _cited(said: str, source: str | None, lang: str) -> str:
    return ". ".join(filter(None, (said.rstrip("."), citation(source or "", lang))))


def _files(told: Disclosure, lang: str) -> Iterator[tuple[str, str]]:
    for file in told.whole.case.inputs:
        yield file.path, f"SHA-256 {file.sha256}"


def _digests(told: Disclosure, lang: str) -> Iterator[tuple[str, str]]:
    found = digests(told.whole.case)
    for part in ("case", *PARTS):
        yield say(f"digest.{part}", lang), f"SHA-256 {found[part]}"
