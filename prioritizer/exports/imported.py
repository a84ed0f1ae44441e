"""The report on an import: what was taken and what not, control totals, what has changed, what to mend."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from prioritizer import locale
from prioritizer.errors import Fault
from prioritizer.exports.planfile import faults_object
from prioritizer.exports.shortlist import inert
from prioritizer.inputs.workbooks.changes import Change, Total
from prioritizer.inputs.workbooks.checking import FOLLOWING
from prioritizer.inputs.workbooks.headings import heading_of
from prioritizer.inputs.workbooks.importing import FileReport, Imported
from prioritizer.model import MinistryList

REFUSED = "refused.csv"
SHOWN = 30
_COLUMNS = ("file", "sheet", "cell", "project", "message", "remedy")


def imported_text(done: Imported, bodies: MinistryList, written: Sequence[Path], lang: str) -> str:
    """The report for people, with the files that were ``written``, if any."""
    blocks = [[*_kept(done, bodies, lang), *_unfunded(done, lang)]]
    blocks += [_of_file(report, done, bodies, lang) for report in done.reports]
    blocks += [[*_confirmed(done.confirmed, lang)]] if done.confirmed else []
    blocks += [[*_faults(done.faults, lang)]] if done.faults else []
    blocks += [[*_totals(done.totals, bodies, lang)], [*_changes(done, lang)], [*_end(done, written, lang)]]
    return "\n\n".join("\n".join(map(_printable, block)) for block in blocks if block)


def _printable(text: str) -> str:
    """Without signs of a file that a terminal would obey."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def imported_object(done: Imported, status: str, written: Sequence[Path], lang: str) -> dict[str, Any]:
    """The report for other programs; ``status`` is ``imported``, ``partly_imported`` or ``invalid``."""
    return {
        "schema": 1,
        "status": status,
        "faults": faults_object(done.faults, lang)["faults"],
        "files": [_file_object(report) for report in done.reports],
        "rows": dict(done.rows),
        "kept": [vars(kept) for kept in done.kept],
        "unfunded_years": dict(done.unfunded_years),
        "confirmed": faults_object(done.confirmed, lang)["faults"],
        "refused": [
            {
                "file": each.row.file,
                "sheet": each.row.sheet,
                "row": each.row.line,
                "table": each.row.table,
                "project": each.row.project,
                "codes": sorted({fault.code for fault in each.faults}),
            }
            for each in done.refused
        ],
        "totals": [vars(total) for total in done.totals],
        "changes": [{**vars(change), "key": list(change.key)} for change in done.changes],
        "written": [str(path) for path in written],
    }


def _file_object(report: FileReport) -> dict[str, Any]:
    return {
        "file": report.file,
        "sender": report.sender,
        "tables": [{"sheet": sheet, "table": table} for sheet, table in report.tables],
        "other_sheets": list(report.other_sheets),
        "left_out": [vars(line) for line in report.left_out],
        "unused": [vars(each) for each in report.unused],
        "formulas": report.formulas,
        "unscored": report.unscored,
        "accepted": report.accepted,
        "refused": report.refused,
        "projects": list(report.projects),
        "ask_mvnd": report.ask_mvnd,
        "remembered": report.remembered.model_dump(exclude_defaults=True),
    }


def refused_csv(done: Imported, lang: str) -> bytes:
    """Every fault with its place and remedy, as a table that Excel opens right in a Vietnamese region.

    It says where to look, not what stands there.
    """
    projects = {(each.row.file, each.row.sheet, each.row.line): each.row.project for each in done.refused}
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([locale.say(f"imports.column.{name}", lang) for name in _COLUMNS])
    for fault in done.faults:
        project = projects.get((fault.file or "", fault.sheet, fault.row or 0), "")
        words = (locale.fault_message(fault, lang), locale.fault_remedy(fault, lang))
        cells = (fault.file or "", fault.sheet or "", _cell(fault), project, *words)
        writer.writerow([inert(_printable(cell)) for cell in cells])
    return stream.getvalue().encode("utf-8-sig")


def _cell(fault: Fault) -> str:
    """``D7``; of CSV files, whose columns have names, the line and the name."""
    column = fault.column or ""
    return f"{column}{fault.row or ''}" if fault.sheet else f"{fault.row or ''} {column}".strip()


def _kept(done: Imported, bodies: MinistryList, lang: str) -> Iterator[str]:
    """Whose rows stay as they were, in a line; whose costs do, in another."""
    told: dict[str, list[str]] = {"kept": [], "kept_costs": []}
    for kept in done.kept:
        counts = {"projects": kept.projects, "judgements": kept.judgements, "rows": kept.costs}
        part, count = next((part, count) for part, count in counts.items() if count)
        name = _body(kept.sender, bodies, lang)
        said = locale.say(f"imports.report.kept_{part}", lang, name=name, count=count)
        told["kept_costs" if part == "rows" else "kept"].append(said)
    for key, senders in told.items():
        if senders:
            yield locale.say(f"imports.report.{key}", lang, senders=", ".join(senders))


def _unfunded(done: Imported, lang: str) -> Iterator[str]:
    """The years of costs that no fund is of, in one line."""
    told = [
        locale.say("imports.report.unfunded_year", lang, year=year, count=count)
        for year, count in done.unfunded_years
    ]
    if told:
        yield locale.say("imports.report.unfunded", lang, years=", ".join(told))


def _of_file(report: FileReport, done: Imported, bodies: MinistryList, lang: str) -> list[str]:
    def say(key: str, **params: object) -> str:
        return "  " + locale.say(f"imports.report.{key}", lang, **params)

    if not report.tables:
        return [say("unread", file=report.file).strip()]
    params = {
        "file": report.file,
        "sender": _body(report.sender, bodies, lang),
        "accepted": report.accepted,
        "refused": report.refused,
        "projects": len(report.projects),
        "ask": locale.bn(report.ask_mvnd, lang),
    }
    judged = {table for _, table in report.tables} == {"assessments"}
    lines = [say("file_of_judgements" if judged else "file", **params).strip()]
    for sheet, table in report.tables:
        lines.append(say("table", sheet=sheet, table=locale.say(f"imports.table.{table}", lang)))
    remembered = "; ".join(_remembered(report))
    if remembered:
        lines.append(say("remembered", answers=remembered))
    if report.projects and report.refused:
        lines.append(say("accepted", ids=", ".join(report.projects)))
    if report.other_sheets:
        lines.append(say("other_sheets", sheets=", ".join(report.other_sheets)))
    for line in report.left_out[:SHOWN]:
        what = locale.say(f"imports.left_out_as.{line.what}", lang)
        lines.append(say("left_out", sheet=line.sheet, line=line.line, what=what, text=line.text))
    lines += [say("unused", **{**vars(each), "count": each.filled}) for each in report.unused]
    counts = {"formulas": report.formulas, "unscored": report.unscored}
    return [*lines, *(say(key, count=count) for key, count in counts.items() if count)]


def _remembered(report: FileReport) -> list[str]:
    """The answers of earlier imports that a file was read with."""
    said = report.remembered
    options = [f"--numbers {said.numbers}"] * bool(said.numbers) + [f"--units {said.unit}"] * bool(said.unit)
    return [*options, *(f"“{heading}” = {column}" for heading, column in sorted(said.headings.items()))]


def _body(id_: str, bodies: MinistryList, lang: str) -> str:
    return next((body.name.into(lang) for body in bodies.bodies if body.id == id_), id_)


def _confirmed(faults: Sequence[Fault], lang: str) -> Iterator[str]:
    """The amounts that are taken though they are unlike the others, because the command states the unit."""
    yield locale.say("imports.report.confirmed", lang, count=len(faults))
    for fault in faults[:SHOWN]:
        place = " › ".join(part for part in (fault.file, fault.sheet, _cell(fault)) if part)
        yield f"  {place}  {locale.fault_message(fault, lang)}"
    if len(faults) > SHOWN:
        yield "  " + locale.say("imports.report.more", lang, count=len(faults) - SHOWN)


def _faults(faults: Sequence[Fault], lang: str) -> Iterator[str]:
    """What is to be mended, then by file how many rows wait for that alone."""
    causes = [fault for fault in faults if fault.code not in FOLLOWING]
    yield locale.say("imports.report.faults", lang, count=len(causes))
    for fault in causes[: 2 * SHOWN]:
        place = " › ".join(part for part in (fault.file, fault.sheet, _cell(fault)) if part)
        yield f"  {place}  {locale.fault_message(fault, lang)}"
        yield f"      → {locale.fault_remedy(fault, lang)}"
    if len(causes) > 2 * SHOWN:
        yield "  " + locale.say("imports.report.more", lang, count=len(causes) - 2 * SHOWN)
    following = Counter(fault.file or "" for fault in faults if fault.code in FOLLOWING)
    for file, count in following.items():
        yield "  " + locale.say("imports.report.following", lang, file=file, count=count)


def _totals(totals: Sequence[Total], bodies: MinistryList, lang: str) -> Iterator[str]:
    if not totals:
        return
    yield locale.say("imports.report.totals", lang)
    named = [(_body(total.ministry, bodies, lang), total) for total in totals]
    sums = (sum(getattr(total, name) for total in totals) for name in list(vars(totals[0]))[1:])
    for name, total in (*named, (locale.say("imports.report.all", lang), Total("", *sums))):
        params = {"rows_before": total.rows_before, "rows": total.rows}
        asks = {
            "ask_before": locale.bn(total.ask_before_mvnd, lang),
            "ask": locale.bn(total.ask_mvnd, lang),
        }
        yield "  " + locale.say("imports.report.total", lang, name=name, **params, **asks)


def _changes(done: Imported, lang: str) -> Iterator[str]:
    if done.first:
        yield locale.say("imports.report.first", lang)
        return
    counts = Counter(change.kind for change in done.changes)
    if not counts:
        yield locale.say("imports.report.no_changes", lang)
        return
    kinds = {kind: counts[kind] for kind in ("added", "removed", "changed")}
    yield locale.say("imports.report.changes", lang, **kinds)
    for change in done.changes[:SHOWN]:
        yield "  " + _change(change, lang)
    if len(done.changes) > SHOWN:
        yield "  " + locale.say("imports.report.more", lang, count=len(done.changes) - SHOWN)


def _end(done: Imported, written: Sequence[Path], lang: str) -> Iterator[str]:
    if not written:
        rows = sum(done.rows.values())
        yield locale.say(f"imports.report.{'nothing' if rows else 'nothing_left'}", lang, rows=rows)
        return
    if done.faults:
        yield locale.say("imports.report.partly", lang, file=REFUSED)
    for path in written:
        yield locale.say("cli.written", lang, file=path)


def _change(change: Change, lang: str) -> str:
    params = {
        "table": locale.say(f"imports.table.{change.table}", lang),
        "key": " · ".join(change.key),
        "column": heading_of(change.table, change.column, lang),
        "before": change.before[:60],
        "after": change.after[:60],
    }
    return locale.say(f"imports.report.{change.kind}", lang, **params)
