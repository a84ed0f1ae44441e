"""One file on its own: which sheets are tables, with which answers they are read, and what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from prioritizer.errors import Fault, InputFaults, Misread
from prioritizer.inputs.workbooks.answers import Answers, Given, remembered, used_headings
from prioritizer.inputs.workbooks.converting import Converted, convert
from prioritizer.inputs.workbooks.headings import LEFT_OUT, Lexicon, short_heading
from prioritizer.inputs.workbooks.legacy import legacy_faults
from prioritizer.inputs.workbooks.lists import Lists
from prioritizer.inputs.workbooks.numbers import Reading
from prioritizer.inputs.workbooks.recognising import Layout, recognise
from prioritizer.inputs.workbooks.sheet import TABLES, Sheet, TableName, letters
from prioritizer.inputs.workbooks.totals import total_faults
from prioritizer.inputs.workbooks.vocabulary import Vocabulary, vocabularies
from prioritizer.inputs.workbooks.years import Years


@dataclass(frozen=True)
class Understood:
    """A file as it was understood. ``faults`` are all but those of single rows; ``blocking`` those of them
    that keep all of its rows out. ``sender``: the ministry or assessor it is from, else its name.

    ``confirmed``: amounts unlike the others are to be taken; ``remembered``: what was answered before
    and has been relied on."""

    file: str
    sender: str
    answers: Answers | None
    converted: tuple[Converted, ...] = ()
    other_sheets: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    blocking: tuple[Fault, ...] = ()
    confirmed: bool = False
    remembered: Answers = field(default_factory=Answers)
    unwanted: tuple[tuple[TableName, int], ...] = ()

    def only(self, tables: Collection[TableName]) -> Understood:
        """The file without its sheets of other tables than these; how many rows they have is remembered."""
        others = [each for each in self.converted if each.layout.table not in tables]
        counts = tuple((each.layout.table, len(each.rows)) for each in others if each.rows)
        kept = tuple(each for each in self.converted if each not in others)
        lost = {id(fault) for each in others for fault in each.layout.faults}
        faults = tuple(fault for fault in self.faults if id(fault) not in lost)
        return replace(self, converted=kept, faults=faults, unwanted=counts) if others else self


def understand(
    file: str,
    opened: list[Sheet] | InputFaults,
    lists: Lists,
    given: Given,
    memory: Mapping[str, Answers],
) -> Understood:
    """What a file holds, read with what was answered before and what the command answers."""
    if isinstance(opened, InputFaults):
        return Understood(file, Path(file).stem, None, faults=tuple(_named(opened.faults, file)))
    legacy = tuple(_named(legacy_faults(opened), file))
    if legacy:
        return Understood(file, Path(file).stem, None, (), (), legacy, legacy)
    words = vocabularies(lists)
    sheets = [_own(sheet, file) for sheet in opened]
    sender, known = _remembered(sheets, lists, words, given, memory)
    answers = given.over(known, file)
    lexicons = _lexicons(lists, answers)
    said = given.unit_of(file) if given.units_confirm else None
    layouts = [(sheet, recognise(sheet, lexicons, answers.unit, said)) for sheet in sheets]
    reading, levels = Reading(answers.numbers), _levels(lists)
    years = Years([fund.year for fund in lists.funds])
    converted = tuple(
        convert(layout, lexicons[TABLES.index(layout.table)], reading, words, levels, years)
        for _, layout in layouts
        if layout
    )
    others = tuple(sheet.name for sheet, layout in layouts if layout is None)
    blocking = tuple(_hidden(converted))
    faults = [*blocking, *(fault for found in converted for fault in found.layout.faults)]
    faults += [fault for found in converted for fault in total_faults(found)]
    if not any(found.rows or found.layout.faults for found in converted):
        faults.append(_without_rows(file, converted, others, [found.unscored for found in converted]))
    style = answers.numbers if reading.relied or known.numbers else None
    unit = answers.unit if any(found.layout.answered for found in converted) else None
    headings = used_headings(answers, _headings(layouts))
    used = Answers(numbers=style, unit=unit, headings=headings)
    sender, before = sender or Path(file).stem, remembered(used, known, given, file, bool(reading.relied))
    rest = (converted, others, tuple(faults), blocking, given.confirms(file), before)
    return Understood(file, sender, used, *rest)


def _named(faults: Sequence[Fault], file: str) -> Iterator[Fault]:
    """Faults under the name by which the file is shown."""
    return (Fault(each.code, file, each.row, each.column, each.params, each.sheet) for each in faults)


def _own(sheet: Sheet, file: str) -> Sheet:
    """The sheet under the name of its file as shown, with cells of its own: reading fills merged ones."""
    return replace(sheet, file=file, rows=[list(cells) for cells in sheet.rows])


def _lexicons(lists: Lists, answers: Answers) -> list[Lexicon]:
    mapped = tuple(sorted(answers.headings.items()))
    return [Lexicon(table, lists.fields, mapped) for table in TABLES]


def _remembered(
    sheets: Sequence[Sheet],
    lists: Lists,
    words: Mapping[str, Vocabulary],
    given: Given,
    memory: Mapping[str, Answers],
) -> tuple[str | None, Answers]:
    """The sender of a file and what is known of it: found with the answers of each sender in turn, because
    the very column that names the sender may have another heading."""
    file = sheets[0].file if sheets else ""
    for sender, answers in (("", Answers()), *sorted(memory.items())):
        lexicons = _lexicons(lists, given.over(answers, file))
        found = _sender([recognise(sheet, lexicons, None) for sheet in sheets], words)
        if found is not None and sender in ("", found):
            return found, memory.get(found, Answers())
    return None, memory.get(Path(file).stem, Answers())


def _sender(layouts: Sequence[Layout | None], words: Mapping[str, Vocabulary]) -> str | None:
    """The ministry that most of the projects are of, else the assessor of most judgements."""
    for table, column in (("register", "ministry"), ("assessments", "assessor")):
        said: Counter[str] = Counter()
        for layout in layouts:
            if layout is None or layout.table != table or column not in layout.columns:
                continue
            at = layout.columns[column]
            texts = (cells[at] for cells in layout.sheet.rows[layout.row + 1 :] if len(cells) > at)
            said.update(text for text in texts if isinstance(text, str) and text.strip())
        for text, _ in sorted(said.items(), key=lambda each: (-each[1], each[0])):
            try:
                return words[column].read(text)
            except Misread:
                continue
    return None


def _levels(lists: Lists) -> Vocabulary | None:
    """The categories that leaves of the criteria may have as scores."""
    named = {
        level.category: (level.vi, level.en)
        for leaf in lists.tree.leaves
        for level in leaf.levels
        if level.category
    }
    return Vocabulary(named)


def _hidden(converted: Sequence[Converted]) -> Iterator[Fault]:
    """Tables, or columns of them, that nobody sees."""
    for found in converted:
        sheet, layout = found.layout.sheet, found.layout
        if not sheet.shown and found.rows:
            yield sheet.fault("hidden_sheet", None, None)
        for name, column in layout.columns.items():
            if column in sheet.hidden_columns and any(row.cells[name] for row in found.rows):
                yield sheet.fault("hidden_column", None, column, heading=letters(column))


def _without_rows(
    file: str, converted: Sequence[Converted], others: Sequence[str], unscored: Sequence[int]
) -> Fault:
    if converted:
        sheet = converted[0].layout.sheet
        return sheet.fault("sheet_without_rows", converted[0].layout.row, None)
    return Fault("no_table_found", file, params={"sheets": ", ".join(others)[:200] or "–"})


def _headings(layouts: Sequence[tuple[Sheet, Layout | None]]) -> list[str]:
    return [
        str(cell)
        for sheet, layout in layouts
        if layout
        for text in sheet.rows[layout.row]
        if text not in ("", LEFT_OUT)
        for cell in (text, short_heading(str(text)))
    ]
