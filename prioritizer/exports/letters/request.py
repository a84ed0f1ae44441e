"""The draft of the letter that asks a ministry to complete its dossiers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from docx.document import Document as Letter
from docx.shared import Length, Mm

from prioritizer import locale
from prioritizer.analysis.dossiers import Dossiers
from prioritizer.exports.letters.document import (
    add_row,
    body,
    columns,
    content,
    keep_together,
    new_letter,
    repeat_heading,
    rule,
    write,
)
from prioritizer.exports.workbooks.todo import Task
from prioritizer.model import Body, Case, Ints

_HYPHEN = re.compile(r"(?<=[A-Z0-9])-(?=[0-9])")  # of an id such as MAE-07
_KINDS = ("dossier", "leads", "evidence")
_HEAD: tuple[Length, ...] = (Mm(66), Mm(98))
_TABLE: tuple[Length, ...] = (Mm(15), Mm(51), Mm(94))
_SIGNED: tuple[Length, ...] = (Mm(70), Mm(90))


def request_letter(
    case: Case, found: Dossiers, receiver: Body, rows: Ints, asked: Sequence[Task], file: str, lang: str
) -> bytes:
    """The letter as a file; what only the issuing office can know is left to be filled in, in brackets.

    ``rows`` are the receiver's projects, ``asked`` what is asked about them, ``file`` the workbook attached.
    """
    letter = new_letter(_say("subject", lang), lang)
    _heading(letter, lang, illustrative=case.illustrative)
    name = receiver.name.into(lang)
    write(letter.add_paragraph(), _say("to", lang, body=name), 14, "centre", after=12)
    complete = found.complete(rows)
    counts = {"projects": len(rows), "complete": complete, "incomplete": len(rows) - complete}
    body(letter, _say("ground", lang, body=name, **counts))
    if asked:
        body(letter, _say("ask", lang, body=name, file=file))
        _table(letter, case, found, asked, lang)
        if found.of_scenario:
            body(letter, _say("consequence", lang)).paragraph_format.space_before = Mm(3)
        body(letter, _say("back", lang))
    else:
        body(letter, _say("nothing", lang))
    if case.illustrative:
        body(letter, _say("illustrative", lang)).runs[0].italic = True
    for last in (body(letter, _say("thanks", lang)), *letter.paragraphs[-3:]):
        last.paragraph_format.keep_with_next = True
    _closing(letter, lang)
    return content(letter)


def _say(key: str, lang: str, **params: object) -> str:
    return locale.say(f"requests.letter.{key}", lang, **params)


def _heading(letter: Letter, lang: str, *, illustrative: bool) -> None:
    """Who writes, to the left; the nation, to the right; below, number and subject beside place and day."""
    mark = _say("illustrative_draft" if illustrative else "draft", lang)
    write(letter.add_paragraph(), mark, 13, "left", bold=True, after=4)
    table = columns(letter, _HEAD, ruled=False)
    left, right = table.rows[0].cells
    write(left.paragraphs[0], _say("parent", lang), 12, "centre")
    write(left.add_paragraph(), _say("issuer", lang), 12, "centre", bold=True)
    rule(left.add_paragraph(), Mm(20))
    write(left.add_paragraph(), _say("number", lang), 13, "centre", after=2)
    write(left.add_paragraph(), _say("subject", lang), 12, "centre")
    write(right.paragraphs[0], _say("nation", lang), 12, "centre", bold=True)
    write(right.add_paragraph(), _say("motto", lang), 13, "centre", bold=True)
    rule(right.add_paragraph(), Mm(23))
    write(right.add_paragraph(), _say("date", lang), 13, "centre", italic=True)
    write(letter.add_paragraph(), "", 13, after=2)


def _table(letter: Letter, case: Case, found: Dossiers, asked: Sequence[Task], lang: str) -> None:
    table = columns(letter, _TABLE, ruled=True)
    for cell, name in zip(table.rows[0].cells, ("number", "project", "asked"), strict=True):
        write(cell.paragraphs[0], _say(f"head.{name}", lang), 13, "centre", bold=True)
    repeat_heading(table)
    for number, (row, own) in enumerate(groupby(asked, lambda task: task.row), 1):
        first, second, third = add_row(table, _TABLE)
        write(first.paragraphs[0], str(number), 13, "centre")
        project = f"{case.register.name(row, lang)} ({case.register.ids[row]})"
        write(second.paragraphs[0], _unbroken(project), 13)
        lines = _lines(list(own), len(found.needed[row]), lang)
        for at, line in enumerate(lines):
            write(
                third.paragraphs[0] if not at else third.add_paragraph(), _unbroken(line), 13, "left", after=2
            )
    write(letter.add_paragraph(), "", 6)


def _unbroken(text: str) -> str:
    """A text whose ids are not broken over two lines."""
    return _HYPHEN.sub("\u2011", text)


def _lines(own: Sequence[Task], needed: int, lang: str) -> list[str]:
    """What is asked of one project, one line a matter; a dossier of which nothing is there in short."""
    of_kind = {kind: [task.what for task in own if task.kind == kind] for kind in _KINDS}
    lines = {kind: _say(f"item.{kind}", lang, names="; ".join(names)) for kind, names in of_kind.items()}
    if len(of_kind["dossier"]) == needed:
        lines["dossier"] = _say("item.whole_dossier", lang, count=needed)
    return [line for kind, line in lines.items() if of_kind[kind]]


def _closing(letter: Letter, lang: str) -> None:
    """Who gets it, to the left; who signs, to the right."""
    table = columns(letter, _SIGNED, ruled=False)
    keep_together(table.rows[0])
    left, right = table.rows[0].cells
    write(left.paragraphs[0], _say("recipients", lang), 12, bold=True, italic=True)
    for line in ("above", "filed"):
        write(left.add_paragraph(), _say(line, lang), 11)
    write(right.paragraphs[0], _say("authority", lang), 14, "centre", bold=True, after=24)
    write(right.add_paragraph(), _say("signature", lang), 14, "centre", italic=True, after=24)
    write(right.add_paragraph(), _say("signer", lang), 14, "centre", bold=True)
