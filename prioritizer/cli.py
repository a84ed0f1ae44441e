"""The command ``prioritizer``: plan, check, export, app.

Exit status: 0 done; 1 the answer is no; 2 the input cannot be used, with every fault listed; 3 our defect.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from errno import EISDIR
from fractions import Fraction
from pathlib import Path
from typing import Any

from prioritizer import locale, pipeline
from prioritizer.errors import Fault, InputFaults
from prioritizer.results import Evaluation

DONE, NO, BAD_INPUT, DEFECT = 0, 1, 2, 3
FAULTS_SHOWN = 50


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is the answer."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = _early_lang(given)
    options = _parser(lang).parse_args(given)
    try:
        return int(options.run(options))
    except InputFaults as found:
        return _show_faults(found.faults, options)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception:  # noqa: BLE001  the last line of defence: a defect is reported as one, with its status
        traceback.print_exc()
        print(locale.say("cli.defect", lang), file=sys.stderr)
        return DEFECT


def _early_lang(arguments: Sequence[str]) -> str:
    """The language of help texts, before the arguments are parsed."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    early.add_argument("--lang", default="vi")
    lang = str(early.parse_known_args([a for a in arguments if a != "--lang" or arguments[-1] != a])[0].lang)
    return lang if lang in locale.LANGS else "vi"


def _parser(lang: str) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=locale.LANGS, default="vi", help=locale.say("cli.help.lang", lang))
    common.add_argument("--json", action="store_true", help=locale.say("cli.help.json", lang))
    parser = argparse.ArgumentParser("prioritizer", description=locale.say("cli.help.program", lang))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, places in (
        ("plan", _plan, (("scenario", None), ("--out", "FILE"))),
        ("check", _check, (("file", None),)),
        ("export", _export, (("scenario", None), ("--to", "DIR"))),
        ("app", _app, ()),
    ):
        about = locale.say(f"cli.help.{name}", lang)
        command = commands.add_parser(name, parents=[common], help=about, description=about)
        command.set_defaults(run=run)
        for place, metavar in places:
            key = place.strip("-")
            more: dict[str, Any] = {"metavar": metavar, "required": key == "to"} if metavar else {}
            command.add_argument(place, type=Path, help=locale.say(f"cli.help.{key}", lang), **more)
        if name == "app":
            command.add_argument("--port", type=int, default=8501, help=locale.say("cli.help.port", lang))
            command.add_argument(
                "--no-browser", action="store_true", help=locale.say("cli.help.no_browser", lang)
            )
    return parser


def _plan(options: argparse.Namespace) -> int:
    evaluation = pipeline.assess(pipeline.load(options.scenario))
    text = _json(pipeline.plan_object(evaluation))
    if options.out is not None:
        inputs = [options.scenario.parent / file.path for file in evaluation.case.inputs]
        if options.out.resolve() in [path.resolve() for path in (options.scenario, *inputs)]:
            raise InputFaults([Fault("would_overwrite_input", str(options.out))])
        _write({options.out: text.encode("utf-8")})
    if options.json:
        print(text, end="")
    else:
        print(_table(evaluation, options.lang))
    return DONE if evaluation.plan.found else NO


def _check(options: argparse.Namespace) -> int:
    if options.file.suffix.casefold() in (".yaml", ".yml"):
        register = pipeline.load(options.file).register
    else:
        register = pipeline.read_register_alone(options.file)
    if options.json:
        total = int(register.ask_mvnd.sum())
        print(
            _json(
                {"schema": 1, "status": "valid", "projects": len(register), "ask_mvnd": total, "faults": []}
            ),
            end="",
        )
    else:
        total_bn = locale.bn(int(register.ask_mvnd.sum()), options.lang)
        print(
            locale.say(
                "cli.valid", options.lang, file=options.file.name, projects=len(register), total=total_bn
            )
        )
    return DONE


def _export(options: argparse.Namespace) -> int:
    evaluation = pipeline.assess(pipeline.load(options.scenario))
    stem = evaluation.case.scenario.id
    files = {
        options.to / f"{stem}-shortlist-excel.csv": pipeline.shortlist_csv(evaluation, options.lang, "excel"),
        options.to / f"{stem}-shortlist.csv": pipeline.shortlist_csv(evaluation, options.lang, "machine"),
        options.to / f"{stem}-plan.json": _json(pipeline.plan_object(evaluation)).encode("utf-8"),
        options.to / f"{stem}-model.lp": pipeline.lp_text(evaluation).encode("utf-8"),
    }
    _write(files)
    if options.json:
        listed = [str(path) for path in files]
        print(_json({"schema": 1, "status": evaluation.plan.status, "files": listed}), end="")
    else:
        print("\n".join(locale.say("cli.written", options.lang, file=path) for path in files))
    return DONE if evaluation.plan.found else NO


def _app(options: argparse.Namespace) -> int:
    from prioritizer.ui.serve import ADDRESS, serve  # Streamlit takes a second to import: only here

    print(locale.say("cli.serving", options.lang, address=f"http://{ADDRESS}:{options.port}"), flush=True)
    return serve(options.port, browser=not options.no_browser)


def _write(files: dict[Path, bytes]) -> None:
    """Write all files or none: each beside its place first, and only when all are there, put in place."""
    waiting = {path.with_name(f".{path.name}.part"): path for path in files}
    try:
        for part, path in waiting.items():
            if path.is_dir():
                raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(files[path])
        for part, path in waiting.items():
            part.replace(path)
    except OSError as error:
        for part in waiting:
            with suppress(OSError):  # where there is no folder there is no part either
                part.unlink()
        params = {"problem": error.strerror}
        raise InputFaults([Fault("cannot_write", str(error.filename or ""), params=params)]) from None


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _show_faults(faults: Sequence[Fault], options: argparse.Namespace) -> int:
    lang = options.lang
    if options.json:
        print(_json(pipeline.faults_object(faults, lang)), end="")
        return BAD_INPUT
    print(locale.say("cli.faults", lang, count=len(faults)), file=sys.stderr)
    for fault in faults[:FAULTS_SHOWN]:
        place = [fault.file or "", str(fault.row or ""), fault.column or ""]
        print(
            f"  {':'.join(part for part in place if part)}  {locale.fault_message(fault, lang)}",
            file=sys.stderr,
        )
        print(f"      → {locale.fault_remedy(fault, lang)}", file=sys.stderr)
    if len(faults) > FAULTS_SHOWN:
        print(locale.say("cli.more_faults", lang, count=len(faults) - FAULTS_SHOWN), file=sys.stderr)
    if getattr(options, "file", None) is not None and options.file.suffix.casefold() == ".csv":
        print(locale.say("cli.alone", lang), file=sys.stderr)
    return BAD_INPUT


def _table(evaluation: Evaluation, lang: str) -> str:
    """The plan as a short table for a terminal."""
    case, scores, plan = evaluation.case, evaluation.scores, evaluation.plan
    title = case.scenario.title.into(lang)
    lines = [locale.say("exports.proposal", lang).upper(), f"{title} ({case.scenario.id})"]
    lines.append(
        locale.say(
            "cli.objective", lang, basis=locale.say(f"terms.objective.{case.scenario.objective.basis}", lang)
        )
    )
    if case.criteria is not None:
        end = locale.say(f"terms.unassessed.{case.scenario.eligibility.unassessed}", lang)
        lines.append(locale.say("cli.unassessed", lang, end=end))
    if case.illustrative:
        lines.append(locale.say("exports.illustrative", lang))
    if not plan.found:
        return "\n".join([*lines, locale.say(f"terms.status.{plan.status}", lang)])
    heads = [
        locale.say(f"cli.head.{name}", lang)
        for name in ("rank", "id", "name", "ministry", "value", "ask", "amount", "reason")
    ]
    digits = max(map(locale.bn_digits, (*case.register.ask_mvnd.tolist(), *plan.amount_mvnd.tolist())))
    rows = [_row(evaluation, row, lang, digits) for row in scores.in_rank_order().tolist()]
    lines += ["", *_aligned(heads, rows, right=(0, 4, 5, 6)), "", _totals(evaluation, lang)]
    lines += pipeline.describe_limits(evaluation, lang) + pipeline.describe_unspent(evaluation, lang)
    if plan.tie_mvnd:
        lines.append(locale.say("cli.ties", lang, amount=locale.bn(plan.tie_mvnd, lang)))
    return "\n".join(lines)


def _row(evaluation: Evaluation, row: int, lang: str, digits: int) -> list[str]:
    case, plan = evaluation.case, evaluation.plan
    name = case.register.name(row, lang)
    return [
        str(evaluation.scores.rank[row]),
        case.register.ids[row],
        name if len(name) <= 44 else f"{name[:43]}…",
        pipeline.value_label(case, "ministry", case.register.columns["ministry"][row], lang),
        locale.points(int(evaluation.scores.value_e4[row]), lang),
        locale.bn(int(case.register.ask_mvnd[row]), lang, digits),
        locale.bn(int(plan.amount_mvnd[row]), lang, digits),
        locale.say(f"terms.reason.{plan.reason[row]}", lang),
    ]


def _aligned(heads: list[str], rows: list[list[str]], right: tuple[int, ...]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    table = [heads, ["─" * width for width in widths], *rows]
    return [
        "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in table
    ]


def _totals(evaluation: Evaluation, lang: str) -> str:
    plan, envelope = evaluation.plan, evaluation.case.envelope_mvnd
    return locale.say(
        "cli.totals",
        lang,
        total=locale.bn(plan.total_mvnd, lang),
        envelope=locale.bn(envelope, lang),
        left=locale.bn(envelope - plan.total_mvnd, lang),
        share=locale.percent(Fraction(plan.total_mvnd, envelope or 1), lang),
        status=locale.say(f"terms.status.{plan.status}", lang),
        objective=locale.number(plan.objective or Fraction(0), lang, 4),
        unit=locale.say(f"terms.unit.{plan.unit}", lang),
    )
