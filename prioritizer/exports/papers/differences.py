"""What differs from another scenario, as tables: projects one by one, and the inputs."""

from __future__ import annotations

from prioritizer.comparison import Comparison
from prioritizer.comparison.nouns import ProjectLine, from_base
from prioritizer.comparison.words import describe_inputs, label
from prioritizer.exports.papers.concealed import Concealed
from prioritizer.exports.papers.table import Cell, Column, Table
from prioritizer.exports.papers.words import say


def differences(shown: Concealed, lang: str) -> Table:
    """Rank, value and money of every project in two scenarios, the base first; those whose money differs most
    come first."""
    comparison = shown.comparison
    heads = [("id", "text", 9), ("name", "text", 38)]
    both = [("rank", "whole", 8), ("value", "points", 9), ("amount", "amount", 12)]
    columns = [
        *(Column(say(f"head.{name}", lang), kind, width) for name, kind, width in heads),  # type: ignore[arg-type]
        *(
            Column(say("head.of", lang, what=say(f"head.{name}", lang), label=label(at, lang)), kind, width)  # type: ignore[arg-type]
            for name, kind, width in both
            for at in (0, 1)
        ),
        Column(say("head.change", lang), "amount", 14),
        Column(say("head.way", lang), "text", 20),
    ]
    lines = sorted(comparison.projects, key=lambda line: (-line.spread_mvnd, line.id))
    rows = [_line(comparison, line, lang) for line in lines]
    name, title = say("sheet.differences", lang), say("title.differences", lang, **_titles(comparison, lang))
    return Table(name, title, columns, rows, _sums(shown, lang), scenario_lines(comparison, lang), 2)


def scenario_lines(comparison: Comparison, lang: str) -> list[str]:
    """Which scenario goes by which label."""
    return [
        say(
            "scenario_label",
            lang,
            label=label(at, lang),
            title=each.case.scenario.title.into(lang),
            id=each.case.scenario.id,
        )
        for at, each in enumerate(comparison.evaluations)
    ]


def _titles(comparison: Comparison, lang: str) -> dict[str, str]:
    base, other = (each.case.scenario.title.into(lang) for each in comparison.evaluations[:2])
    return {"base": base, "other": other}


def _line(comparison: Comparison, line: ProjectLine, lang: str) -> list[Cell]:
    at, row = next((at, row) for at, row in enumerate(line.rows) if row is not None)
    moved = from_base(line.amounts_mvnd)[1]
    return [
        line.id,
        comparison.evaluations[at].case.register.name(row, lang),
        *line.ranks,
        *line.values_e4,
        *line.amounts_mvnd,
        moved,
        say(f"way.{_way(line)}", lang),
    ]


def _way(line: ProjectLine) -> str:
    before, after = line.amounts_mvnd
    if before is None or after is None:
        return "absent"
    if before == after:
        return "same"
    if not before or not after:
        return "in" if after else "out"
    return "more" if after > before else "less"


def _sums(shown: Concealed, lang: str) -> list[list[Cell]]:
    plans = [each.plan for each in shown.whole.evaluations]
    totals: list[Cell] = [plan.total_mvnd if plan.found else None for plan in plans]
    one, other = totals
    moved: Cell = other - one if isinstance(one, int) and isinstance(other, int) else None
    blank: list[Cell] = [None] * 4
    rows: list[list[Cell]] = [["", say("sum.all", lang), *blank, *totals, moved, ""]]
    if any(shown.masked_mvnd):
        first, second = shown.masked_mvnd
        rows.append(["", say("sum.masked", lang, count=shown.count), *blank, first, second, None, ""])
    return rows


def inputs(shown: Concealed, lang: str) -> Table:
    """What scenarios state differently, a sentence each."""
    columns = [
        Column(say("head.number", lang), "whole", 6),
        Column(say("head.difference", lang), "text", 110),
    ]
    said = describe_inputs(shown.comparison, lang)
    notes = scenario_lines(shown.comparison, lang)
    if shown.left_out:
        notes.append(say("note.inputs_withheld", lang))
    rows: list[list[Cell]] = [[number, each] for number, each in enumerate(said, 1)]
    return Table(say("sheet.inputs", lang), say("title.inputs", lang), columns, rows, (), notes)
