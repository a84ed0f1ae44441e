"""What files were understood to say: sender by sender, with every fault beside its row; sums and changes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from prioritizer import locale
from prioritizer.errors import Fault
from prioritizer.exports.shortlist import inert
from prioritizer.inputs.workbooks.changes import Change
from prioritizer.inputs.workbooks.checking import FOLLOWING
from prioritizer.inputs.workbooks.headings import heading_of
from prioritizer.inputs.workbooks.importing import Imported
from prioritizer.inputs.workbooks.reporting import FileReport
from prioritizer.inputs.workbooks.sheet import TABLES
from prioritizer.ui import tables, view
from prioritizer.ui.bringing import inbox, words
from prioritizer.ui.bringing.words import bare, say

MOST_SHOWN = 5_000  # rows of a table on the page: a styled grid has a bound
_LINES_SHOWN = 12
_PLACE = ("place", "row", "column", "id", "message", "remedy")


def senders(shown: view.View, done: Imported) -> None:
    """Each file for itself, those with faults open; then faults that are of no file."""
    for report in done.reports:
        own = [fault for fault in done.faults if fault.file == report.file]
        with st.expander(_title(shown, report), expanded=bool(own), icon=_icon(own)):
            _file(shown, done, report, own)
    files = {report.file for report in done.reports}
    loose = [fault for fault in done.faults if fault.file not in files]
    if loose:
        st.markdown(f"**{say(shown, 'faults.elsewhere')}**")
        _faults(shown, done, loose, bare(shown, "faults.elsewhere"))


def _icon(faults: Sequence[Fault]) -> str:
    return ":material/error:" if faults else ":material/task_alt:"


def _title(shown: view.View, report: FileReport) -> str:
    if not report.tables:
        return say(shown, "file.unread", file=report.file)
    who = words.sender(shown.saved, report.sender, shown.lang)
    counts = {"accepted": report.accepted, "refused": report.refused}
    return say(shown, "file.title", sender=who, file=report.file, **counts)


def _file(shown: view.View, done: Imported, report: FileReport, own: Sequence[Fault]) -> None:
    if own:
        _faults(shown, done, own, report.file)
    else:
        st.markdown(say(shown, "file.sound"))
    lines = [*_understood(shown, report), *_confirmed(shown, done, report)]
    st.markdown("\n".join(f"- {line}" for line in lines))
    st.button(
        bare(shown, "take_out"),
        on_click=inbox.take_out,
        args=(shown.id, report.file),
        key=f"import-out/{report.file}",
        icon=":material/close:",
    )


def _understood(shown: view.View, report: FileReport) -> Iterator[str]:
    """What was recognised, with what, and what was let be."""
    lang = shown.lang
    for sheet, table in report.tables:
        yield say(shown, "file.table", sheet=sheet, table=locale.say(f"imports.table.{table}", lang))
    if report.projects:
        ask = locale.bn(report.ask_mvnd, lang)
        yield say(shown, "file.projects", projects=len(report.projects), ask=ask)
    for table, count in report.unwanted:
        called = locale.say(f"imports.table.{table}", lang)
        yield say(shown, "file.unwanted", table=called, count=count)
    remembered = "; ".join(_remembered(shown, report))
    if remembered:
        yield say(shown, "file.remembered", answers=remembered)
    if report.other_sheets:
        yield say(shown, "file.other_sheets", sheets=", ".join(report.other_sheets))
    for each in report.unused:
        params = {"sheet": each.sheet, "heading": each.heading, "count": each.filled}
        yield say(shown, "file.unused", **params)
    yield from _left_out(shown, report)
    for name, count in (("formulas", report.formulas), ("unscored", report.unscored)):
        if count:
            yield say(shown, f"file.{name}", count=count)


def _left_out(shown: view.View, report: FileReport) -> Iterator[str]:
    for line in report.left_out[:_LINES_SHOWN]:
        what = locale.say(f"imports.left_out_as.{line.what}", shown.lang)
        yield say(shown, "file.left_out", sheet=line.sheet, line=line.line, what=what, text=line.text)
    if len(report.left_out) > _LINES_SHOWN:
        yield say(shown, "file.more", count=len(report.left_out) - _LINES_SHOWN)


def _remembered(shown: view.View, report: FileReport) -> Iterator[str]:
    said = report.remembered
    if said.numbers:
        yield bare(shown, "file.numbers", style=bare(shown, f"style.{said.numbers}"))
    if said.unit:
        yield bare(shown, "file.unit", unit=bare(shown, f"unit.{said.unit}"))
    table = report.tables[0][1] if report.tables else "register"
    for heading, name in sorted(said.headings.items()):
        yield bare(shown, "file.heading", heading=heading, column=heading_of(table, name, shown.lang))


def _confirmed(shown: view.View, done: Imported, report: FileReport) -> Iterator[str]:
    """Amounts unlike the others that were taken, because somebody said that they are right."""
    for fault in done.confirmed:
        amount = fault.params.get("amount_mvnd")
        if fault.file == report.file and isinstance(amount, int):
            place = f"{fault.sheet} {words.cell(fault)}"
            yield say(shown, "file.confirmed", place=place, amount=locale.bn(amount, shown.lang))


def causes(faults: Sequence[Fault]) -> list[Fault]:
    """The faults without those that are there only because others are."""
    return [fault for fault in faults if fault.code not in FOLLOWING]


def _faults(shown: view.View, done: Imported, faults: Sequence[Fault], called: str) -> None:
    own = causes(faults)
    if own:
        st.markdown(say(shown, "faults.count", count=len(own)))
        frame = pd.DataFrame(_rows(done, own[:MOST_SHOWN], shown.lang), columns=[*_PLACE])
        labels = {name: bare(shown, f"column.{name}") for name in _PLACE}
        alt = bare(shown, "faults.alt", file=called)
        tables.show(frame, shown.lang, alt=alt, rows=6, lines=3, labels=labels)
    if len(own) < len(faults):
        st.caption(say(shown, "faults.following", count=len(faults) - len(own)))
    download(shown, done, faults, called, "csv")


def download(shown: view.View, done: Imported, faults: Sequence[Fault], called: str, name: str) -> None:
    """A button that takes faults away as a table, to be sent back to whoever is to mend them."""
    st.download_button(
        bare(shown, f"faults.{name}"),
        data=partial(faults_csv, done, faults, shown.lang),
        file_name=bare(shown, "faults.csv_name", file=Path(called).stem),
        mime="text/csv",
        key=f"import-faults/{name}/{called}",
        icon=":material/download:",
        on_click="ignore",
    )


def _rows(done: Imported, faults: Iterable[Fault], lang: str) -> list[tuple[str, ...]]:
    projects = {(each.row.file, each.row.sheet, each.row.line): each.row.project for each in done.refused}
    return [
        (
            fault.sheet or "",
            str(fault.row or ""),
            fault.column or "",
            projects.get((fault.file or "", fault.sheet, fault.row or 0), ""),
            locale.fault_message(fault, lang),
            words.remedy(fault, lang),
        )
        for fault in faults
    ]


def faults_csv(done: Imported, faults: Sequence[Fault], lang: str) -> bytes:
    """Faults with their places and remedies, as a table that Excel opens right in a Vietnamese region."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(
        [locale.say("imports.column.file", lang)]
        + [locale.say(f"bringing.column.{name}", lang) for name in _PLACE]
    )
    for fault, row in zip(faults, _rows(done, faults, lang), strict=True):
        cells = ((fault.file or ""), *row)
        writer.writerow([inert("".join(c if c.isprintable() else "�" for c in cell)) for cell in cells])
    return stream.getvalue().encode("utf-8-sig")


def totals(shown: view.View, done: Imported) -> None:
    """Control totals by body, before and after, with their sum."""
    if not done.totals:
        return
    st.subheader(bare(shown, "totals.title"), anchor=False)
    rows = [
        (
            words.sender(shown.saved, each.ministry, shown.lang),
            each.rows_before,
            each.rows,
            each.ask_before_mvnd,
            each.ask_mvnd,
            each.ask_mvnd - each.ask_before_mvnd,
        )
        for each in done.totals
    ]
    sums = [sum(column) for column in list(zip(*rows, strict=True))[1:]]
    rows.append((bare(shown, "totals.all"), *sums))
    names = ("lead", "rows_before", "rows_after", "ask_before", "ask_after", "difference")
    columns = ["name", "before_count", "after_count", "ask_before_mvnd", "ask_after_mvnd", "change_mvnd"]
    labels = {column: bare(shown, f"totals.{name}") for column, name in zip(columns, names, strict=True)}
    frame = pd.DataFrame(rows, columns=columns)
    tables.show(frame, shown.lang, alt=bare(shown, "totals.alt"), rows=10, labels=labels)


def changes(shown: view.View, done: Imported) -> None:
    """What is different from the tables as they are: rows added and removed, cells with old and new."""
    counts = Counter(each.kind for each in done.changes)
    if not counts:
        st.markdown(say(shown, "changes.none"))
        return
    kinds = {kind: counts[kind] for kind in ("added", "removed", "changed")}
    st.subheader(bare(shown, "changes.title", **kinds), anchor=False)
    names = ("kind", "table", "key", "column", "before", "after")
    ordered = sorted(done.changes, key=lambda each: TABLES.index(each.table))
    frame = pd.DataFrame([_change(each, shown.lang) for each in ordered], columns=[*names])
    query = st.text_input(bare(shown, "changes.search"), key="import-changes", autocomplete="off")
    found = tables.found(frame, query, names)
    listed = found[:MOST_SHOWN]
    st.markdown(say(shown, "changes.shown", count=len(listed), whole=len(frame)))
    if not listed.empty:
        labels = {name: bare(shown, f"changes.{name}") for name in names}
        tables.show(listed, shown.lang, alt=bare(shown, "changes.alt"), rows=8, labels=labels)


def _change(change: Change, lang: str) -> tuple[str, ...]:
    return (
        locale.say(f"bringing.changes.{change.kind}", lang),
        locale.say(f"imports.table.{change.table}", lang),
        " · ".join(change.key),
        heading_of(change.table, change.column, lang) if change.column else "",
        change.before,
        change.after,
    )
