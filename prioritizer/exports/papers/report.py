"""Two to six scenarios side by side as a document."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from docx.document import Document as Letter

from prioritizer import locale
from prioritizer.charts import Figure, money_side_by_side
from prioritizer.comparison import Comparison, GroupLine
from prioritizer.comparison.caveats import describe_above_all, values_differ
from prioritizer.comparison.cells import (
    ABSENT,
    agreement_cells,
    amounts,
    digits_of,
    group_name,
    heads,
    lost_share_text,
    lost_text,
    summary_cells,
)
from prioritizer.comparison.nouns import Numbers, ProjectLine, Regret
from prioritizer.comparison.takeover import describe_breaches, describe_regrets
from prioritizer.comparison.words import describe_funded, describe_inputs, describe_moves, label, line_name
from prioritizer.exports.letters.document import body, content
from prioritizer.exports.papers.concealed import Concealed
from prioritizer.exports.papers.differences import scenario_lines
from prioritizer.exports.papers.frame import (
    TEXT_MM,
    heading_block,
    new_paper,
    pictures,
    recipients,
    section,
    sentences,
    small,
    title,
)
from prioritizer.exports.papers.grid import Grid, Place, add_grid
from prioritizer.exports.papers.provenance import redaction_line
from prioritizer.exports.papers.words import say, shortened, visible

_NAME_MM, _LEAST_MM = 60.0, 17.0
_MOST_DRAWN = 25  # groups in one picture


def comparison_document(shown: Concealed, lang: str) -> bytes:
    """What differs in the inputs, who gets what, who is funded where, and what plans lose elsewhere."""
    illustrative = any(each.case.illustrative for each in shown.whole.evaluations)
    found = [say("mark.illustrative", lang)] if illustrative else []
    found += [say("mark.redacted", lang)] if shown.grade is not None else []
    paper = new_paper(say("comparison.about", lang), lang, " – ".join(found))
    heading_block(paper, lang, "report")
    title(paper, say("comparison.title", lang), say("comparison.about", lang))
    body(paper, say("comparison.proposal", lang))
    for told in shown.told if shown.grade is not None else ():
        sentences(paper, [f"{told.case.scenario.title.into(lang)}: {redaction_line(told, lang)}"])
    parts = (_scenarios, _inputs, _groups, _projects, _funded, _agreement, _regret)
    for number, part in enumerate(parts, 1):
        part(paper, number, shown, lang)
    if illustrative:
        small(paper, say("annex.illustrative", lang))
    recipients(paper, lang)
    return content(paper)


def _scenarios(paper: Letter, number: int, shown: Concealed, lang: str) -> None:
    comparison = shown.comparison
    section(paper, number, say("comparison.scenarios", lang), lang)
    sentences(paper, scenario_lines(comparison, lang), dashed=True)
    body(paper, say("comparison.base", lang, base=label(0, lang)))
    hidden = {locale.say("compare.summary.objective", lang)} if shown.count else set()
    rows = [[each.strip() for each in row] for row in summary_cells(comparison, lang) if row[0] not in hidden]
    _table(paper, comparison, say("comparison.fact", lang), rows, lang)
    if values_differ(comparison):
        small(paper, locale.say("compare.not_comparable", lang))


def _inputs(paper: Letter, number: int, shown: Concealed, lang: str) -> None:
    section(paper, number, say("comparison.inputs", lang), lang)
    sentences(paper, describe_inputs(shown.comparison, lang), dashed=True)
    if shown.left_out:
        small(paper, say("note.inputs_withheld", lang))


def _groups(paper: Letter, number: int, shown: Concealed, lang: str) -> None:
    """The money of ministries with a picture, of classes and of technologies."""
    comparison = shown.comparison
    section(paper, number, say("comparison.ministry", lang), lang)
    _money(paper, comparison, comparison.ministries, say("head.ministry", lang), lang)
    pictures(paper, side_by_side_figures(shown, lang))
    for name, lines in (("class", comparison.classes), ("technology", comparison.technologies)):
        if lines:
            body(paper, f"{say(f'comparison.{name}', lang)}:").paragraph_format.keep_with_next = True
            _money(paper, comparison, lines, locale.say(f"compare.head.{name}", lang), lang)


def side_by_side_figures(shown: Concealed, lang: str) -> list[Figure]:
    """The money of ministries in every scenario as a picture; none where they are too many for a page."""
    comparison = shown.comparison
    lines = [line for line in comparison.ministries if any(line.amounts_mvnd)]
    if not lines or len(lines) * len(comparison.evaluations) > 3 * _MOST_DRAWN:
        return []
    columns = {f"s{at}": label(at, lang) for at in range(len(comparison.evaluations))}
    table = pd.DataFrame({"group": [visible(group_name(comparison, line, lang)) for line in lines]})
    for at, column in enumerate(columns):
        table[column] = pd.array([line.amounts_mvnd[at] for line in lines], dtype="Int64")
    labels = {"group": say("head.ministry", lang), **columns}
    illustrative = any(each.case.illustrative for each in shown.whole.evaluations)
    return [money_side_by_side(table, labels, list(columns), illustrative, lang)]


def _money(paper: Letter, comparison: Comparison, lines: Sequence[GroupLine], head: str, lang: str) -> None:
    """Groups with their money in every scenario, and the sums."""
    digits = digits_of([line.amounts_mvnd for line in lines])
    rows = [[group_name(comparison, line, lang), *amounts(line.amounts_mvnd, digits, lang)] for line in lines]
    _table(paper, comparison, head, rows, lang, [_total(comparison, digits, lang)])


def _total(comparison: Comparison, digits: int, lang: str) -> list[str]:
    plans = [each.plan for each in comparison.evaluations]
    totals: Numbers = tuple(plan.total_mvnd if plan.found else None for plan in plans)
    return [say("sum.all", lang), *amounts(totals, max(digits, digits_of([totals])), lang)]


def _projects(paper: Letter, number: int, shown: Concealed, lang: str) -> None:
    """The projects with money somewhere, those that differ most first."""
    comparison = shown.comparison
    section(paper, number, say("comparison.project", lang), lang)
    lines = [line for line in comparison.projects if line.funded_in]
    lines.sort(key=lambda line: (-line.spread_mvnd, line.id))
    body(paper, say("comparison.project_note", lang, count=len(comparison.projects) - len(lines)))
    digits = digits_of([line.amounts_mvnd for line in lines])
    rows = [_project(comparison, line, digits, lang) for line in lines]
    totals = [_total(comparison, digits, lang)]
    if shown.count:
        money = amounts(shown.masked_mvnd, max(digits, digits_of([shown.masked_mvnd])), lang)
        totals.insert(0, [say("sum.masked", lang, count=shown.count), *money])
    _table(paper, comparison, say("head.name", lang), rows, lang, totals)


def _project(comparison: Comparison, line: ProjectLine, digits: int, lang: str) -> list[str]:
    return [shortened(line_name(comparison, line, lang)), *amounts(line.amounts_mvnd, digits, lang)]


def _funded(paper: Letter, number: int, shown: Concealed, lang: str) -> None:
    section(paper, number, say("comparison.funded", lang), lang)
    sentences(paper, describe_funded(shown.comparison, lang), dashed=True)
    sentences(paper, describe_moves(shown.comparison, lang), dashed=True)


def _agreement(paper: Letter, number: int, shown: Concealed, lang: str) -> None:
    section(paper, number, say("comparison.agreement", lang), lang)
    _table(paper, shown.comparison, "", agreement_cells(shown.comparison, lang), lang)


def _regret(paper: Letter, number: int, shown: Concealed, lang: str) -> None:
    """What every plan loses in every scenario, in its unit and as a share, and why some cannot be used. Where
    projects are masked, as a share alone: the rest would tell their values."""
    comparison, rows = shown.comparison, list[list[str]]()
    section(paper, number, say("comparison.regret", lang), lang)
    for plan in range(len(comparison.evaluations)):
        own = [each for each in comparison.regrets if each.plan == plan]
        rows.append([label(plan, lang), *(_lost(shown, each, lang) for each in own)])
    _table(paper, comparison, say("comparison.plan", lang), rows, lang)
    small(paper, locale.say("compare.page.regret_help", lang))
    if not shown.count:
        said = [*describe_above_all(comparison, lang), *describe_regrets(comparison, lang)]
        sentences(paper, said, dashed=True)
    if any(each.breaches for each in comparison.regrets):
        body(paper, f"{say('comparison.breaches', lang)}:").paragraph_format.keep_with_next = True
        told = shown.count == 0
        said = describe_breaches(comparison, lang) if told else [say("comparison.breaches_withheld", lang)]
        sentences(paper, said, dashed=True)


def _lost(shown: Concealed, regret: Regret, lang: str) -> str:
    lost, share = lost_text(regret, lang), lost_share_text(shown.comparison, regret, lang)
    if shown.count and regret.lost:
        return share or ABSENT
    return f"{lost} ({share})" if share else lost


def _table(
    paper: Letter,
    comparison: Comparison,
    head: str,
    rows: Sequence[Sequence[str]],
    lang: str,
    totals: Sequence[Sequence[str]] = (),
) -> None:
    """A table with a column for every scenario."""
    count = len(comparison.evaluations)
    each = max(_LEAST_MM, min(30.0, (TEXT_MM - _NAME_MM) / count))
    widths = [TEXT_MM - each * count, *[each] * count]
    places: list[Place] = ["left"]
    places += ["right"] * count
    filled = [[cell or (ABSENT if at else "") for at, cell in enumerate(row)] for row in rows]
    add_grid(paper, Grid([head, *heads(comparison, lang)], filled, widths, places, totals, 10.5))
