"""The workbook of one assessor: every project on every criterion, with what its levels mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from prioritizer import locale
from prioritizer.exports.workbooks.book import Book
from prioritizer.exports.workbooks.lists import Lists
from prioritizer.exports.workbooks.sheets import HEADING_ROW, Form, Head, choice, write_form
from prioritizer.inputs.vocabulary import abstention
from prioritizer.model import ABSTAIN, CriteriaTree, Criterion, Level
from prioritizer.money import decimal_text

Row = Mapping[str, str]
_COLUMNS = (
    *("project", "project_name", "criterion", "criterion_name", "question", "levels"),
    *("score", "low", "high", "evidence", "source", "assessor"),
)
_WIDTHS = (11, 26, 14, 18, 28, 60, 9, 9, 9, 40, 22, 11)
_STYLES = {"score": "number", "low": "number", "high": "number", "question": "small", "levels": "small"}
_TO_FILL = ("score", "low", "high", "evidence", "source")
_SCORE = _COLUMNS.index("score")


@dataclass(frozen=True)
class AssessorForm:
    """What an assessor's workbook is made of: ``projects`` with their names by id, the criteria, and the
    assessor's rows so far, as tables have them."""

    id: str
    name: str
    lang: str
    scenario: str
    tree: CriteriaTree
    projects: Mapping[str, str]
    judged: tuple[Row, ...] = ()
    illustrative: bool = False

    @property
    def leaves(self) -> tuple[Criterion, ...]:
        """The criteria that people judge: all that do not follow from the register."""
        return tuple(leaf for leaf in self.tree.leaves if leaf.of is None)


def assessor_workbook(form: AssessorForm) -> bytes:
    """The workbook as a file."""
    book, lists = Book(locale.say("workbooks.title.assessments", form.lang)), Lists(form.lang)
    for leaf in form.leaves:
        lists.add(_ladder(leaf, form.lang), leaf.name.into(form.lang), _choices(leaf, form.lang), "number")
    rows = _rows(form)
    name = locale.say("columns.sheet.assessments", form.lang)
    heads = _heads(form.lang)
    sheet = write_form(book, Form(name, _lines(form), heads, rows, keep=2, spare=0), form.lang)
    _drop_downs(sheet, form, lists, heads[_SCORE])
    lists.write(book)
    return book.content()


def _heads(lang: str) -> list[Head]:
    known = locale.sentences(lang)
    return [
        Head(
            known.get(f"columns.assessments.{name}.heading") or known[f"columns.aid.{name}"],
            known.get(f"columns.assessments.{name}.note", ""),
            _STYLES.get(name, "id" if name in ("project", "criterion", "assessor") else "text"),
            width,
            "needed" if name in _TO_FILL else "plain",
        )
        for name, width in zip(_COLUMNS, _WIDTHS, strict=True)
    ]


def _rows(form: AssessorForm) -> list[list[str]]:
    lang = form.lang
    judged = {(row["project"].casefold(), row["criterion"].casefold()): row for row in form.judged}
    rows = []
    for project, name in form.projects.items():
        for leaf in form.leaves:
            question = leaf.question.into(lang) if leaf.question else ""
            told = [project, name, leaf.id, leaf.name.into(lang), question]
            row = judged.get((project.casefold(), leaf.id.casefold()), {})
            rows.append([*told, _levels(leaf, lang), *_judgement(row, lang), form.id])
    return rows


def _judgement(row: Row, lang: str) -> list[str]:
    cells = {name: row.get(name, "") for name in _TO_FILL}
    if cells["score"].casefold() == ABSTAIN:
        cells["score"] = abstention(lang)
    return list(cells.values())


def _choices(leaf: Criterion, lang: str) -> list[str]:
    """What the score may be: the levels that are described, else the ends of the scale, and no judgement."""
    stated = [_score(level) for level in leaf.levels]
    if not stated and leaf.scale is not None:
        stated = [decimal_text(leaf.scale.worst), decimal_text(leaf.scale.best)]
    return [*stated, abstention(lang)]


def _score(level: Level) -> str:
    return level.category or ("" if level.score is None else decimal_text(level.score))


def _levels(leaf: Criterion, lang: str) -> str:
    """Every level with what it means, one a line."""
    lines = [f"{_score(level)}: {level.en if lang == 'en' else level.vi}" for level in leaf.levels]
    if leaf.scale is not None:
        ends = {"worst": decimal_text(leaf.scale.worst), "best": decimal_text(leaf.scale.best)}
        lines.append(locale.say("workbooks.scale", lang, **ends))
    return "\n".join(lines)


def _ladder(leaf: Criterion, lang: str) -> str:
    """Criteria of the same levels share a drop-down."""
    return "|".join(_choices(leaf, lang))


def _drop_downs(sheet: Worksheet, form: AssessorForm, lists: Lists, head: Head) -> None:
    """The score of every row from its criterion's levels; other scores of the scale after a question."""
    ladders: dict[str, list[int]] = {}
    row = HEADING_ROW
    for _ in form.projects:
        for leaf in form.leaves:
            row += 1
            ladders.setdefault(_ladder(leaf, form.lang), []).append(row)
    for ladder, rows in ladders.items():
        rule = choice(Head(head.heading, head.note, free=True), form.lang, lists.source(ladder))
        spans = _spans(rows)
        rule["other_cells"] = [[first, _SCORE, last, _SCORE] for first, last in spans[1:]]
        first, last = spans[0]
        sheet.data_validation(first, _SCORE, last, _SCORE, rule)


def _spans(rows: list[int]) -> list[tuple[int, int]]:
    """Rows that follow each other as first and last."""
    spans: list[tuple[int, int]] = []
    for row in rows:
        joined = spans and spans[-1][1] == row - 1
        spans[-1:] = [(spans[-1][0], row)] if joined else [*spans[-1:], (row, row)]
    return spans


def _lines(form: AssessorForm) -> tuple[tuple[str, str], ...]:
    lang, told = form.lang, {"name": form.name, "id": form.id, "scenario": form.scenario}
    said = locale.say("workbooks.line.assessor", lang, abstain=abstention(lang), **told)
    warning = locale.say("workbooks.illustrative", lang) if form.illustrative else ""
    title = locale.say("workbooks.title.assessments", lang)
    return (title, "title"), (said, "line"), (warning, "warning")
