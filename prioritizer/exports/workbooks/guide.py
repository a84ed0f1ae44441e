"""The sheet that says how a workbook is filled in: step by step, then every column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prioritizer import locale
from prioritizer.exports.workbooks.book import Book
from prioritizer.inputs.columns import COSTS, Column
from prioritizer.model import CLASSES

_STEPS = ("rows", "choices", "money", "costs", "dossier", "blank", "columns", "secrets")
_HEADS = ("sheet", "column", "needed", "note")
_WIDTHS = (14, 38, 34, 100)


def write_guide(
    book: Book, columns: Sequence[Column], required: Mapping[str, tuple[str, ...]], lang: str
) -> None:
    """How to fill in a ministry's workbook."""
    sheet = book.sheet(locale.say("columns.sheet.guide", lang))
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    book.put(sheet, 0, 0, locale.say("workbooks.guide.title", lang), "title")
    for row, step in enumerate(_STEPS, 1):
        said = f"{row}. {locale.say(f'workbooks.guide.{step}', lang)}"
        sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, said, book.style("text"))
        sheet.set_row(row, 18)
    top = len(_STEPS) + 2
    heads = [(locale.say(f"workbooks.guide.head.{name}", lang), "head-plain") for name in _HEADS]
    book.line(sheet, top, heads, _WIDTHS)
    told = [("register", "projects", column) for column in columns]
    told += [("costs", "costs", column) for column in COSTS]
    for row, (table, name, column) in enumerate(told, top + 1):
        cells = [(text, "text") for text in _line(table, name, column, required, lang)]
        book.line(sheet, row, cells, _WIDTHS)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)


def _line(
    table: str, sheet: str, column: Column, required: Mapping[str, tuple[str, ...]], lang: str
) -> tuple[str, str, str, str]:
    known, key = locale.sentences(lang), f"columns.{table}.{column.name}"
    return (
        locale.say(f"columns.sheet.{sheet}", lang),
        known.get(f"{key}.heading", column.name),
        _needed(column, required if table == "register" else {}, lang),
        known.get(f"{key}.note", ""),
    )


def _needed(column: Column, required: Mapping[str, tuple[str, ...]], lang: str) -> str:
    """Whether a column must be filled, and for which classes."""
    classes = [each for each in CLASSES if column.name in required.get(each, ())]
    if column.filled:
        return locale.say("workbooks.needed.always", lang)
    if len(classes) == len(CLASSES):
        return locale.say("workbooks.needed.dossier", lang)
    if classes:
        names = "; ".join(locale.say(f"terms.class.{each}", lang) for each in classes)
        return locale.say("workbooks.needed.of_class", lang, classes=names)
    return locale.say(f"workbooks.needed.{'note' if column.needed else 'optional'}", lang)
