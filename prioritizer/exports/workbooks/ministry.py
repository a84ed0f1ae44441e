"""The workbook of one ministry: its projects with their whole dossier, their costs, and how to fill it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prioritizer import locale
from prioritizer.exports.workbooks.book import Book
from prioritizer.exports.workbooks.guide import write_guide
from prioritizer.exports.workbooks.lists import Lists, of_labels
from prioritizer.exports.workbooks.sheets import Form, Head, first_cell, write_form
from prioritizer.inputs.columns import COSTS, REGISTER, Column
from prioritizer.inputs.vocabulary import KINDS, labels
from prioritizer.model import CLASSES, Body, MinistryList, ProductList

Row = Mapping[str, str]
_NARROW, _WIDE = 14, 36
_WIDTHS = {
    "name_vi": 34,
    "name_en": 26,
    "ministry": 24,
    "product": 32,
    "class": 20,
    "funding": 20,
    "note": 30,
}
_STYLES = {"id": "id", "amount": "amount", "number": "number", "share": "id"}
_COSTS_SPARE = 600


@dataclass(frozen=True)
class MinistryForm:
    """What a ministry's workbook is made of.

    ``required`` are the columns that a dossier needs, by class; ``projects`` and ``costs`` are filled in, as
    tables have them; ``fields`` are columns of the scenario's own. ``illustrative``: whether figures that are
    filled in are no official ones.
    """

    body: Body
    ministries: MinistryList
    products: ProductList
    lang: str
    required: Mapping[str, tuple[str, ...]]
    kinds: tuple[str, ...] = KINDS
    years: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    projects: tuple[Row, ...] = ()
    costs: tuple[Row, ...] = ()
    illustrative: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the sheet of projects; a given value only where projects have one."""
        given = any(row.get("value") for row in self.projects)
        shown = tuple(column for column in REGISTER if given or column.name != "value")
        return (*shown, *(Column(name) for name in self.fields))

    def needed_by(self, name: str) -> tuple[str, ...]:
        """The classes whose dossier needs a column."""
        return tuple(each for each in CLASSES if name in self.required.get(each, ()))


def ministry_workbook(form: MinistryForm) -> bytes:
    """The workbook as a file."""
    book = Book(locale.say("workbooks.title.projects", form.lang))
    add_ministry_sheets(book, form)
    return book.content()


def add_ministry_sheets(book: Book, form: MinistryForm) -> None:
    """The sheets of projects, costs, guidance and lists."""
    lists = _lists(form)
    write_form(book, _projects(form, lists), form.lang)
    write_form(book, _costs(form, lists), form.lang)
    write_guide(book, form.columns, form.required, form.lang)
    lists.write(book)


def _lists(form: MinistryForm) -> Lists:
    lists, lang = Lists(form.lang), form.lang
    words = _labels(form)
    of_labels(lists, "product", locale.say("columns.register.product.heading", lang), words["product"])
    # Beside the products, so that a condition can look up the class a project inherits.
    classes = [product.class_ for tech in form.products.technologies for product in tech.products]
    inherited = [words["class"].get(each or "", " ") for each in classes]
    lists.add("class_of_product", locale.say("workbooks.class_of_product", lang), inherited)
    for name in ("ministry", "class", "funding", "secrecy"):
        of_labels(lists, name, locale.say(f"columns.register.{name}.heading", lang), words[name])
    of_labels(lists, "basis", locale.say("workbooks.basis", lang), words["basis"])
    of_labels(lists, "kind", locale.say("columns.costs.kind.heading", lang), words["kind"])
    lists.add("year", locale.say("columns.costs.year.heading", lang), form.years)
    return lists


def _labels(form: MinistryForm) -> dict[str, dict[str, str]]:
    names = ("product", "ministry", "class", "funding", "secrecy", "basis", "kind")
    told = form.lang, form.ministries, form.products, form.kinds
    found = {name: labels(name, *told) for name in names}
    found["ministry"] = {form.body.id: found["ministry"][form.body.id]}
    return found


def _projects(form: MinistryForm, lists: Lists) -> Form:
    lang, columns = form.lang, form.columns
    at = {column.name: place for place, column in enumerate(columns)}
    heads = [
        Head(
            _told("register", column, "heading", lang),
            _told("register", column, "note", lang),
            _STYLES.get(column.kind, "text"),
            _WIDTHS.get(column.name, _WIDE if column.dossier or column.name in form.fields else _NARROW),
            "needed" if column.needed else "dossier" if column.dossier else "plain",
            lists.source(column.words),
            missing_if=_missing(form, lists, column, at),
        )
        for column in columns
    ]
    rows = _cells(form, columns, form.projects)
    name = locale.say("columns.sheet.projects", lang)
    return Form(name, _lines(form, "projects"), heads, rows, keep=2, lines_a_row=4, wide=True)


def _costs(form: MinistryForm, lists: Lists) -> Form:
    lang = form.lang
    heads = [
        Head(
            _told("costs", column, "heading", lang),
            _told("costs", column, "note", lang),
            "id" if column.name == "year" else _STYLES.get(column.kind, "text"),
            18,
            "needed" if column.needed else "plain",
            lists.source("year" if column.name == "year" else column.words),
            free=True,
        )
        for column in COSTS
    ]
    name, rows = locale.say("columns.sheet.costs", lang), _cells(form, COSTS, form.costs)
    return Form(name, _lines(form, "costs"), heads, rows, spare=_COSTS_SPARE)


def _missing(form: MinistryForm, lists: Lists, column: Column, at: Mapping[str, int]) -> str | None:
    """When a row that has an id or a name should have something in this column."""
    if column.name == "id":
        return None
    one, name, cell = first_cell(at["id"]), first_cell(at["name_vi"]), first_cell(at[column.name])
    blank = f'AND({one}&{name}<>"",{cell}=""'
    if column.filled:
        return f"={blank})"
    classes = form.needed_by(column.name)
    if len(classes) == len(CLASSES):
        return f"={blank})"
    if not classes:
        return None
    product, own = first_cell(at["product"]), first_cell(at["class"])
    table = lists.columns("product", "class_of_product")
    class_ = f'IF({own}<>"",{own},IFERROR(VLOOKUP({product},{table},2,FALSE),""))'
    words = _labels(form)["class"]
    either = ",".join(f'{class_}="{words[each]}"' for each in classes)
    return f"={blank},OR({either}))"


def _cells(form: MinistryForm, columns: Sequence[Column], rows: Sequence[Row]) -> list[list[str]]:
    """The rows cell by cell, ids of lists as the words that stand for them."""
    words = {
        name: {each.casefold(): word for each, word in found.items()} for name, found in _labels(form).items()
    }
    told = [(column.name, words.get(column.words, {})) for column in columns]
    return [
        [known.get(row.get(name, "").casefold(), row.get(name, "")) for name, known in told] for row in rows
    ]


def _told(table: str, column: Column, part: str, lang: str) -> str:
    """A column's heading or note; a field of the scenario's own is called by its name."""
    known = locale.sentences(lang)
    return known.get(f"columns.{table}.{column.name}.{part}", column.name if part == "heading" else "")


def _lines(form: MinistryForm, sheet: str) -> tuple[tuple[str, str], ...]:
    lang, body = form.lang, form.body
    said = locale.say("workbooks.line.ministry", lang, body=f"{body.id} – {body.name.into(lang)}")
    warning = locale.say("workbooks.illustrative", lang) if form.illustrative else ""
    return (
        (locale.say(f"workbooks.title.{sheet}", lang), "title"),
        (f"{said} {locale.say(f'workbooks.line.{sheet}', lang)}", "line"),
        (warning, "warning"),
    )
