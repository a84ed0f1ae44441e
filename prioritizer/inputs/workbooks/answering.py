"""Whether the answers that a command gives are about anything, and what the files lose by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.tables import nearest
from prioritizer.inputs.workbooks.answers import Given
from prioritizer.inputs.workbooks.folding import folded
from prioritizer.inputs.workbooks.headings import LEFT_OUT, Lexicon, bare_heading, short_heading
from prioritizer.inputs.workbooks.lists import Lists
from prioritizer.inputs.workbooks.recognising import Layout
from prioritizer.inputs.workbooks.sheet import TABLES, Sheet

_ROWS_LOOKED_AT = 60  # in which a heading may stand


@dataclass(frozen=True)
class Unused:
    """A column that somebody has said is not wanted, and how many of its cells below the heading hold
    something."""

    sheet: str
    heading: str
    filled: int


def strange_answers(
    given: Given, lists: Lists, opened: Mapping[str, Sequence[Sheet] | InputFaults]
) -> Iterator[Fault]:
    """Answers about files that are not among those ``opened``, about headings that none of them has, and
    with columns that no table has."""
    names = [column.name for table in TABLES for column in Lexicon(table, lists.fields).columns]
    for _, column in given.headings:
        if column not in {*names, LEFT_OUT}:
            yield Fault("unknown_word", "--map", params=nearest(column, dict.fromkeys(names)))
    for option, answers in (("--numbers", given.numbers), ("--units", given.units)):
        for file, _ in answers:
            if file and file not in opened:
                yield Fault("answer_for_no_file", option, params=nearest(file, opened))
    if any(isinstance(sheets, InputFaults) for sheets in opened.values()):
        return  # the heading may stand in a file that cannot be read yet
    there = _headings(opened)
    for heading, _ in given.headings:
        if folded(heading) not in there:
            yield Fault("answer_for_no_heading", "--map", params={"heading": heading[:80]})


def _headings(opened: Mapping[str, Sequence[Sheet] | InputFaults]) -> set[str]:
    """All texts that may be headings, folded, with their units and without."""
    texts = {
        cell
        for sheets in opened.values()
        if not isinstance(sheets, InputFaults)
        for sheet in sheets
        for cells in sheet.rows[:_ROWS_LOOKED_AT]
        for cell in cells
        if isinstance(cell, str) and 0 < len(cell) < 300
    }
    return {folded(form) for text in texts for form in (text, bare_heading(text)[0], short_heading(text))}


def unused_columns(layout: Layout, headings: Mapping[str, str]) -> list[Unused]:
    """The columns of a table that an answer leaves out."""
    left_out = {folded(text) for text, column in headings.items() if column == LEFT_OUT}
    sheet = layout.sheet
    return [
        Unused(sheet.name, short_heading(cell), _filled(layout, at))
        for at, cell in enumerate(sheet.rows[layout.row])
        if isinstance(cell, str)
        and left_out & {folded(form) for form in (cell, bare_heading(cell)[0], short_heading(cell))}
    ]


def _filled(layout: Layout, at: int) -> int:
    sheet = layout.sheet
    return sum(sheet.cell(row, at) not in ("", None) for row in range(layout.row + 1, len(sheet.rows)))
