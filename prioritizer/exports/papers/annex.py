"""The ranked shortlist as a document to be annexed to a submission."""

from __future__ import annotations

from collections.abc import Sequence

from prioritizer import locale
from prioritizer.explanation import describe_elsewhere, divided
from prioritizer.exports.casefile import digests
from prioritizer.exports.letters.document import body, content, write
from prioritizer.exports.papers import money, projects
from prioritizer.exports.papers.disclosure import Disclosure
from prioritizer.exports.papers.frame import (
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
from prioritizer.exports.papers.shortlist_book import marks
from prioritizer.exports.papers.table import Cell, Kind, Table, cell_text, digits_of
from prioritizer.exports.papers.words import say, shortened

_PLACES: dict[Kind, Place] = {"text": "left", "whole": "center"}
# Column, its kind, its width in millimetres: where others pay a part, what the funds are asked for as well.
_Columns = Sequence[tuple[str, Kind, float]]
_PLAIN: _Columns = (
    ("number", "whole", 9), ("rank", "whole", 12), ("name", "text", 45), ("ministry", "text", 29),
    ("value", "points", 13), ("ask", "amount", 17), ("amount", "amount", 17), ("result", "text", 23),
)  # fmt: skip
_DIVIDED: _Columns = (
    ("number", "whole", 9), ("rank", "whole", 12), ("name", "text", 36), ("ministry", "text", 24),
    ("value", "points", 13), ("ask", "amount", 16), ("due", "amount", 17), ("amount", "amount", 16),
    ("result", "text", 22),
)  # fmt: skip
_SHORT = {"ask": "short", "amount": "short_amount", "value": "short_value", "due": "short_due"}


def shortlist_document(told: Disclosure, lang: str) -> bytes:
    """The list in the layout of an official paper; what only the office can know is left to be filled in."""
    case, plan = told.case, told.whole.plan
    paper = new_paper(say("annex.title", lang), lang, marks(told, lang))
    heading_block(paper, lang)
    title(paper, say("annex.title", lang))
    write(paper.add_paragraph(), say("annex.annexed", lang), 13, "centre", italic=True, after=8)
    body(paper, say("annex.proposal", lang))
    sentences(paper, result_lines(told, lang))
    if told.grade is not None:
        sentences(paper, [redaction_line(told, lang)])[0].runs[0].bold = True
    write(paper.add_paragraph(), say("annex.unit", lang), 12, "right", italic=True, after=2)
    add_grid(paper, _shortlist(told, lang))
    for note in [*projects.ties(told, lang), *(describe_elsewhere(told.whole, lang) if plan.found else [])]:
        small(paper, note)
    if case.illustrative:
        small(paper, say("annex.illustrative", lang))
    section(paper, 1, say("annex.ministries", lang), lang)
    by_body = money.by_ministry(told, lang)
    add_grid(paper, table_grid(by_body, (45, 14, 16, 19, 19, 16, 18, 18), lang, skip=(6,)))
    for note in by_body.notes[1:]:
        small(paper, note)
    drawn = money.figures(told, lang)
    if drawn:
        section(paper, 2, say("annex.pictures", lang), lang)
        pictures(paper, drawn)
    recipients(paper, lang)
    small(paper, say("annex.digest", lang, digest=digests(told.whole.case)["case"]), "left")
    return content(paper)


def result_lines(told: Disclosure, lang: str) -> list[str]:
    """What the plan comes to, or that there is none."""
    case, plan = told.whole.case, told.whole.plan
    if not plan.found:
        return [say("no_plan", lang, status=locale.say(f"terms.status.{plan.status}", lang))]
    said = say(
        "annex.result",
        lang,
        title=case.scenario.title.into(lang),
        total=locale.bn(plan.total_mvnd, lang),
        envelope=locale.bn(case.envelope_mvnd, lang),
        funded=locale.number(int((plan.amount_mvnd > 0).sum()), lang, 0),
        count=locale.number(len(case.register), lang, 0),
    )
    return [said]


def _shortlist(told: Disclosure, lang: str) -> Grid:
    """The projects in rank order, equals on one rank, and the sums below."""
    columns = _DIVIDED if divided(told.whole.case) else _PLAIN
    order = told.whole.scores.in_rank_order().tolist()
    cells = [{**projects.cells(told, row, lang), "number": at} for at, row in enumerate(order, 1)]
    sums = list(projects.sums(told, lang))
    digits = digits_of(
        [own.get(name) for own in (*cells, *sums) for name, kind, _ in columns if kind == "amount"]
    )
    named = [own | {"name": f"{shortened(str(own['name']))} ({own['id']})"} for own in cells]
    return Grid(
        [say(f"head.{_SHORT.get(name, name)}", lang) for name, *_ in columns],
        [_texts(own, columns, digits, lang) for own in named],
        [width for *_, width in columns],
        [_PLACES.get(kind, "right") for _, kind, _ in columns],
        [_texts(own, columns, digits, lang) for own in sums],
        10.5,
    )


def _texts(own: dict[str, Cell], columns: _Columns, digits: int, lang: str) -> list[str]:
    return [cell_text(own.get(name), kind, lang, digits) for name, kind, _ in columns]


def table_grid(
    table: Table, widths: Sequence[float], lang: str, skip: Sequence[int] = (), size: float = 10.5
) -> Grid:
    """A table of the workbook as one of a document, without the columns of ``skip``."""
    kept = [at for at in range(len(table.columns)) if at not in skip]
    kinds = [table.columns[at].kind for at in kept]
    amounts = [
        row[at] for row in (*table.rows, *table.totals) for at in kept if table.columns[at].kind == "amount"
    ]
    digits = digits_of(amounts)

    def texts(row: Sequence[Cell]) -> list[str]:
        return [cell_text(row[at], kind, lang, digits) for at, kind in zip(kept, kinds, strict=True)]

    return Grid(
        [table.columns[at].heading for at in kept],
        [texts(row) for row in table.rows],
        widths,
        [_PLACES.get(kind, "right") for kind in kinds],
        [texts(row) for row in table.totals],
        size,
    )
