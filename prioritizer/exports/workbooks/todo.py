"""What a ministry is asked to send: a list of tasks before its own workbook, to be filled in and returned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from prioritizer import locale
from prioritizer.analysis.dossiers import Dossiers
from prioritizer.explanation import value_label
from prioritizer.explanation.dossiers import column_name
from prioritizer.exports.workbooks.book import Book
from prioritizer.exports.workbooks.ministry import MinistryForm, add_ministry_sheets
from prioritizer.inputs.vocabulary import named
from prioritizer.model import Case, Ints

# Not the headings of the register: sent back, this sheet must not be taken for one.
_HEADS = ("number", "about", "matter", "what", "how", "where")
_WIDTHS = (6, 34, 17, 30, 60, 22)


@dataclass(frozen=True)
class Task:
    """One thing that a ministry is asked for about a project (its row): a blank of its dossier, two leads on
    one product, or evidence for a criterion that nobody judged; what, how, and where it is entered."""

    row: int
    kind: Literal["dossier", "leads", "evidence"]
    matter: str
    what: str
    how: str
    where: str


def tasks(case: Case, found: Dossiers, rows: Ints, lang: str) -> list[Task]:
    """Everything asked about these projects: blanks of dossiers, two leads, criteria without a judgement."""
    every = rows.tolist()
    return [
        task
        for row in every
        for task in (
            *_dossier(found, row, lang),
            *_leads(case, found, row, lang),
            *_evidence(case, found, row, lang),
        )
    ]


def _dossier(found: Dossiers, row: int, lang: str) -> Iterator[Task]:
    where = locale.say("columns.sheet.projects", lang)
    matter = locale.say(f"requests.matter.{'required' if found.of_scenario else 'dossier'}", lang)
    notes = locale.sentences(lang)
    for name in found.missing[row]:
        heading = column_name(name, lang)
        yield Task(
            row,
            "dossier",
            matter,
            heading,
            notes.get(f"columns.register.{name}.note", ""),
            f"{where}, {heading}",
        )


def _leads(case: Case, found: Dossiers, row: int, lang: str) -> Iterator[Task]:
    ministry = case.register.columns["ministry"]
    where = f"{locale.say('columns.sheet.projects', lang)}, {column_name('note', lang)}"
    for shared in found.shared:
        if row not in shared.rows:
            continue
        others = [each for each in shared.rows if ministry[each].casefold() != ministry[row].casefold()]
        told = {
            "product": value_label(case, "product", shared.product, lang),
            "bodies": ", ".join(dict.fromkeys(_full_name(case, ministry[each], lang) for each in others)),
            "projects": ", ".join(case.register.ids[each] for each in others),
        }
        what = locale.say("requests.leads.what", lang, **told)
        how, matter = (locale.say(f"requests.{key}", lang) for key in ("leads.how", "matter.leads"))
        yield Task(row, "leads", matter, what, how, where)


def _full_name(case: Case, id_: str, lang: str) -> str:
    """A body as it is called in an official letter."""
    names = {body.id.casefold(): body.name.into(lang) for body in case.ministries.bodies}
    return names.get(id_.casefold(), id_)


def _evidence(case: Case, found: Dossiers, row: int, lang: str) -> Iterator[Task]:
    leaves = {leaf.id: leaf for leaf in case.criteria.leaves} if case.criteria else {}
    matter, where = (locale.say(f"requests.{key}", lang) for key in ("matter.evidence", "evidence.where"))
    for name in found.unassessed[row]:
        leaf = leaves[name]
        question = leaf.question.into(lang) if leaf.question else ""
        how = locale.say("requests.evidence.how", lang, question=question)
        yield Task(row, "evidence", matter, leaf.name.into(lang), how, where)


def request_workbook(case: Case, asked: list[Task], form: MinistryForm) -> bytes:
    """The tasks and, behind them, the ministry's workbook as it stands."""
    book = Book(locale.say("requests.title", form.lang))
    _write_tasks(book, case, asked, form)
    add_ministry_sheets(book, form)
    return book.content()


def _write_tasks(book: Book, case: Case, asked: list[Task], form: MinistryForm) -> None:
    lang = form.lang
    sheet = book.sheet(locale.say("requests.sheet", lang))
    told = {"body": form.body.name.into(lang), "count": len(asked)}
    warning = locale.say("exports.illustrative", lang) if form.illustrative else ""
    lines = [
        (locale.say("requests.title", lang), "title"),
        (locale.say("requests.intro", lang, **told), "line"),
        (warning, "warning"),
    ]
    book.lines(sheet, lines)
    sheet.hide_gridlines(2)  # they would cut the lines above the table into cells
    top = len(lines)
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    heads = [(locale.say(f"requests.head.{name}", lang), "head-plain") for name in _HEADS]
    book.line(sheet, top, heads, _WIDTHS)
    for number, task in enumerate(asked, 1):
        name, project = case.register.name(task.row, lang), case.register.ids[task.row]
        texts = (str(number), named(project, name), task.matter, task.what, task.how, task.where)
        styles = ("ruled-number", *("ruled",) * 5)
        book.line(sheet, top + number, list(zip(texts, styles, strict=True)), _WIDTHS)
    sheet.freeze_panes(top + 1, 2)
    sheet.autofilter(top, 0, top + max(1, len(asked)), len(_HEADS) - 1)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)
