"""The lists that drop-downs choose from: one column of a sheet each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from xlsxwriter.utility import xl_col_to_name

from prioritizer import locale
from prioritizer.exports.workbooks.book import Book

_WIDEST = 70


@dataclass
class Lists:
    """Named lists of words, each with the heading it stands under."""

    lang: str
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, heading: str, words: Sequence[str], style: str = "id") -> None:
        """A further list; one without words makes no drop-down. A program compares what is typed with the
        list's cells by their kind, so that scores must stand there as numbers: ``style`` says so."""
        if words:
            self.words[name], self.headings[name], self.styles[name] = tuple(words), heading, style

    @property
    def sheet(self) -> str:
        """What the lists' sheet is called."""
        return locale.say("columns.sheet.lists", self.lang)

    def source(self, name: str) -> str | None:
        """Where a list stands, as a drop-down names it; ``None`` for a list that there is not."""
        if name not in self.words:
            return None
        column = xl_col_to_name(list(self.words).index(name))
        return f"='{self.sheet}'!${column}$2:${column}${len(self.words[name]) + 1}"

    def columns(self, first: str, last: str) -> str:
        """The columns from one list to another, as a formula names them."""
        names = list(self.words)
        one, other = (xl_col_to_name(names.index(name)) for name in (first, last))
        return f"'{self.sheet}'!${one}:${other}"

    def write(self, book: Book) -> None:
        """The sheet of all lists."""
        sheet = book.sheet(self.sheet)
        widths = [min(_WIDEST, max(14, *map(len, words))) for words in self.words.values()]
        heads = [(heading, "head-plain") for heading in self.headings.values()]
        book.line(sheet, 0, heads, widths)
        for row, words in enumerate(zip_longest(*self.words.values(), fillvalue=""), 1):
            book.line(sheet, row, list(zip(words, self.styles.values(), strict=True)), widths)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)


def of_labels(lists: Lists, name: str, heading: str, labels: Mapping[str, str]) -> None:
    """A list of the words that stand for ids."""
    lists.add(name, heading, tuple(labels.values()))
