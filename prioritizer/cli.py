"""The command ``prioritizer``: plan, explain, verify, check, export, pack, app.

Exit status: 0 done; 1 the answer is no; 2 the input cannot be used, with every fault listed; 3 our defect;
130 stopped by who ran it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from errno import EISDIR
from fractions import Fraction
from pathlib import Path
from typing import Any

from prioritizer import locale, pipeline
from prioritizer.errors import Fault, InputFaults, Misread
from prioritizer.model import SECRECY_GRADES, Case
from prioritizer.money import read_amount_mvnd, read_decimal
from prioritizer.results import Evaluation

DONE, NO, BAD_INPUT, DEFECT = 0, 1, 2, 3
INTERRUPTED = 130  # as shells have it
FAULTS_SHOWN = 50
UNITS = ("bn", "million", "dong")
MOST_STEPS = 50
MOST_SECONDS = 1_000_000
MOST_WORKERS = 256
MOST_FACTOR = 10
UNCHANGED = (Fraction(1), Fraction(1))


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
    except KeyboardInterrupt:
        print(locale.say("cli.interrupted", lang), file=sys.stderr)
        return INTERRUPTED
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


def _commands() -> tuple[tuple[str, Callable[[argparse.Namespace], int], tuple[str, ...]], ...]:
    """Every command, what runs it, and its arguments in the order of the help text."""
    return (
        ("plan", _plan, ("scenario", "--out", "--second-opinion", "--seconds")),
        (
            "explain",
            _explain,
            (
                "scenario",
                "--project",
                "--against",
                "--limit",
                "--ladder",
                "--frontier",
                "--dossiers",
                "--methods",
                "--assessors",
                "--weights",
                "--steps",
                "--seconds",
            ),
        ),
        ("compare", _compare, ("scenarios", "--seconds")),
        (
            "stress",
            _stress,
            (
                "scenario",
                "--draws",
                "--seed",
                "--within",
                "--stated",
                "--envelope",
                "--asks",
                "--intervals",
                "--workers",
                "--scheduler",
                "--certificates",
                "--seconds",
            ),
        ),
        ("verify", _verify, ("plan_file", "--scenario")),
        ("check", _check, ("file",)),
        (
            "import",
            _import,
            ("files", "--to", "--scenario", "--map", "--numbers", "--units", "--drop", "--accept"),
        ),
        ("export", _export, ("scenario", "--to", "--against SCENARIO", "--redact", "--firm", "--seconds")),
        ("pack", _pack, ("scenario", "--to", "--against SCENARIO", "--redact", "--firm", "--seconds")),
        ("template", _template, ("ministry", "--assessor", "--to FILE", "--scenario", "--filled")),
        ("requests", _requests, ("scenario", "--to")),
        ("app", _app, ("--port", "--no-browser", "--scenarios DIR")),
    )


def _parser(lang: str) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=locale.LANGS, default="vi", help=locale.say("cli.help.lang", lang))
    common.add_argument("--json", action="store_true", help=locale.say("cli.help.json", lang))
    parser = argparse.ArgumentParser("prioritizer", description=locale.say("cli.help.program", lang))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, arguments in _commands():
        about = locale.say(f"cli.help.{name}", lang)
        command = commands.add_parser(name, parents=[common], help=about, description=about)
        command.set_defaults(run=run)
        # An empty group of exclusive arguments breaks the usage text of Python 3.11.
        exclusive, needed = set(arguments) & {*_ONE_OF, *_EITHER}, set(arguments) & set(_EITHER)
        one_of = command.add_mutually_exclusive_group(required=bool(needed)) if exclusive else command
        for argument in arguments:
            key = argument.strip("-").replace("-", "_").replace(" ", "_").lower()
            place = one_of if argument in exclusive else command
            about = locale.say(f"cli.help.{key}", lang)
            place.add_argument(argument.split()[0], help=about, **_told(_ARGUMENTS[argument], about, lang))
    return parser


def _told(settings: dict[str, Any], about: str, lang: str) -> dict[str, Any]:
    """The same argument, whose reader says what would be a value where it refuses one."""

    def read(text: str) -> Any:
        try:
            return settings["type"](text)
        except (ValueError, Misread, argparse.ArgumentTypeError):
            said = locale.say("cli.refused_value", lang, text=text[:60], about=about.replace("%%", "%"))
            raise argparse.ArgumentTypeError(said) from None

    return {**settings, "type": read} if settings.get("type", Path) is not Path else settings


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(text)
    return Path(text)


def _amount(text: str) -> int:
    try:
        return read_amount_mvnd(text)
    except Misread:
        raise argparse.ArgumentTypeError(text) from None


def _steps(text: str) -> int:
    if not 1 <= int(text) <= MOST_STEPS:
        raise argparse.ArgumentTypeError(text)
    return int(text)


def _effort(text: str) -> pipeline.Effort:
    if not 0 < float(text) <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(text)
    return pipeline.Effort(float(text))


def _grade(text: str) -> str:
    """A grade of secrecy, also without its marks: not every terminal writes them."""
    plain = locale.fold(text.replace("-", " "))
    found = {locale.fold(grade): grade for grade in SECRECY_GRADES}.get(plain)
    if found is None:
        raise argparse.ArgumentTypeError(text)
    return found


def _draws(text: str) -> int:
    if not pipeline.LEAST_DRAWS <= int(text) <= pipeline.MOST_DRAWS:
        raise argparse.ArgumentTypeError(text)
    return int(text)


def _seed(text: str) -> int:
    if not 0 <= int(text) <= pipeline.MOST_SEED:
        raise argparse.ArgumentTypeError(text)
    return int(text)


def _workers(text: str) -> int:
    if not 1 <= int(text) <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(text)
    return int(text)


def _percent(text: str) -> Fraction:
    share = read_decimal(text) / 100
    if not 0 < share < 1:
        raise argparse.ArgumentTypeError(text)
    return share


def _factors(text: str) -> tuple[Fraction, Fraction]:
    """Two percentages, ``90-110``."""
    low, _, high = text.partition("-")
    try:
        ends = read_decimal(low) / 100, read_decimal(high) / 100
    except Misread:
        raise argparse.ArgumentTypeError(text) from None
    if not 0 < ends[0] <= ends[1] <= MOST_FACTOR:
        raise argparse.ArgumentTypeError(text)
    return ends


def _mapping(text: str) -> tuple[str, str]:
    heading, mark, column = text.rpartition("=")
    if not (mark and heading.strip() and column.strip()):
        raise argparse.ArgumentTypeError(text)
    return heading.strip(), column.strip()


def _answer(*words: str) -> Callable[[str], tuple[str, str]]:
    """A reader of ``WORD``, for all files, or ``FILE=WORD``, for one."""

    def read(text: str) -> tuple[str, str]:
        file, _, word = text.rpartition("=")
        if word not in words:
            raise argparse.ArgumentTypeError(text)
        return file, word

    return read


_ONE_OF = (
    *("--project", "--limit", "--ladder", "--frontier", "--methods", "--assessors", "--weights"),
    "--dossiers",
)
_EITHER = ("ministry", "--assessor")  # of which one is needed
_ARGUMENTS: dict[str, dict[str, Any]] = {
    "scenario": {"type": Path},
    "scenarios": {"type": Path, "nargs": "+", "metavar": "SCENARIO"},
    "plan_file": {"type": Path},
    "file": {"type": Path},
    "files": {"type": Path, "nargs": "+", "metavar": "FILES"},
    "--map": {"action": "append", "default": [], "type": _mapping, "metavar": "HEADING=COLUMN"},
    "--numbers": {"action": "append", "default": [], "type": _answer("vi", "en"), "metavar": "vi|en"},
    "--units": {"action": "append", "default": [], "type": _answer(*UNITS), "metavar": "|".join(UNITS)},
    "--drop": {"action": "append", "default": [], "metavar": "ID"},
    "--accept": {"action": "store_true"},
    "--out": {"type": Path, "metavar": "FILE"},
    "--scenario": {"type": Path, "metavar": "FILE"},
    "--to": {"type": Path, "metavar": "DIR", "required": True},
    "--to FILE": {"type": Path, "metavar": "FILE", "required": True},
    "ministry": {"nargs": "?", "metavar": "MINISTRY"},
    "--assessor": {"metavar": "ID"},
    "--filled": {"action": "store_true"},
    "--project": {"metavar": "ID"},
    "--against": {"metavar": "ID"},
    "--against SCENARIO": {"type": Path, "metavar": "SCENARIO"},
    "--redact": {"type": _grade, "metavar": "GRADE"},
    "--firm": {"action": "store_true"},
    "--limit": {"metavar": "ID"},
    "--ladder": {"metavar": "BN", "type": _amount},
    "--steps": {"metavar": "N", "type": _steps, "default": 4},
    "--frontier": {"action": "store_true"},
    "--dossiers": {"action": "store_true"},
    "--methods": {"action": "store_true"},
    "--assessors": {"action": "store_true"},
    "--weights": {"action": "store_true"},
    "--seconds": {"metavar": "S", "type": _effort, "default": pipeline.Effort(), "dest": "effort"},
    "--second-opinion": {"action": "store_true"},
    "--draws": {"metavar": "N", "type": _draws},
    "--seed": {"metavar": "S", "type": _seed, "default": 1},
    "--within": {"metavar": "PERCENT", "type": _percent},
    "--stated": {"action": "store_true"},
    "--envelope": {"metavar": "LOW-HIGH", "type": _factors, "default": UNCHANGED},
    "--asks": {"metavar": "LOW-HIGH", "type": _factors, "default": UNCHANGED},
    "--intervals": {"action": "store_true"},
    "--workers": {"metavar": "W", "type": _workers},
    "--scheduler": {"metavar": "ADDRESS"},
    "--certificates": {"type": _folder, "metavar": "DIR"},
    "--port": {"type": int, "default": 8501},
    "--no-browser": {"action": "store_true"},
    "--scenarios DIR": {"type": _folder, "metavar": "DIR"},
}


def _plan(options: argparse.Namespace) -> int:
    evaluation = pipeline.assess(pipeline.load(options.scenario), options.effort)
    opinion = pipeline.second_opinion(evaluation, options.effort) if options.second_opinion else None
    content = pipeline.plan_object(evaluation)
    defect = opinion is not None and opinion.answer == "different"
    if options.out is not None and not defect:
        _save_plan(content, evaluation.case, options)
    if options.json:
        further = {} if opinion is None else {"second_opinion": pipeline.opinion_object(evaluation, opinion)}
        print(_json({**content, **further}), end="")
    else:
        print(pipeline.plan_text(evaluation, options.lang))
        if opinion is not None:
            print(pipeline.describe_opinion(evaluation, opinion, options.lang))
    undecided = opinion is not None and opinion.answer == "open"
    return DEFECT if defect else DONE if evaluation.plan.found and not undecided else NO


def _save_plan(content: dict[str, Any], case: Case, options: argparse.Namespace) -> None:
    inputs = [options.scenario.parent / file.path for file in case.inputs]
    if options.out.resolve() in [path.resolve() for path in (options.scenario, *inputs)]:
        raise InputFaults([Fault("would_overwrite_input", str(options.out))])
    _write({options.out: _json(content).encode("utf-8")})


def _check(options: argparse.Namespace) -> int:
    case = pipeline.load(options.file) if options.file.suffix.casefold() in (".yaml", ".yml") else None
    register = pipeline.read_register_alone(options.file) if case is None else case.register
    notices = [] if case is None else pipeline.describe_notices(case, options.lang)
    total = int(register.ask_mvnd.sum())
    if options.json:
        answer = {"status": "valid", "projects": len(register), "ask_mvnd": total}
        print(_json({"schema": 1, **answer, "faults": [], "notices": notices}), end="")
        return DONE
    params = {"projects": len(register), "total": locale.bn(total, options.lang)}
    print(locale.say("cli.valid", options.lang, file=options.file.name, **params))
    if notices:
        print(locale.say("cli.notices", options.lang))
        print("\n".join(f"  {notice['message']}" for notice in notices))
    return DONE


def _explain(options: argparse.Namespace) -> int:
    case = pipeline.load(options.scenario)
    row = None if options.project is None else pipeline.row_named(case, options.project)
    other = None if options.against is None else pipeline.row_named(case, options.against)
    if other is not None and row is None:
        raise InputFaults([Fault("against_without_project", params={"project": options.against})])
    limit = None if options.limit is None else pipeline.limit_named(case, options.limit)
    if options.weights:
        return _said(pipeline.explain_weights(case, options.lang), options)
    if row is not None and other is not None:
        return _said(pipeline.explain_contrast(case, row, other, options.lang), options)
    evaluation = pipeline.assess(case, options.effort)
    if row is not None:
        explained = pipeline.explain_project(evaluation, row, options.lang, options.effort)
    elif limit is not None:
        explained = pipeline.explain_limit(evaluation, limit, options.lang, options.effort)
    elif options.ladder is not None:
        explained = pipeline.explain_ladder(
            evaluation, options.ladder, options.steps, options.lang, options.effort
        )
    elif options.assessors:
        told = _solved(options.lang) if sys.stderr.isatty() else None
        explained = pipeline.explain_assessors(evaluation, options.lang, options.effort, told)
    elif options.methods:
        explained = pipeline.explain_methods(evaluation, options.lang)
    elif options.frontier:
        explained = pipeline.explain_frontier(evaluation, options.lang, options.effort)
    elif options.dossiers:
        explained = pipeline.explain_dossiers(evaluation, options.lang, options.effort)
    else:
        explained = pipeline.explain(evaluation, options.lang)
    _said(explained, options)
    return DONE if evaluation.plan.found else NO


def _said(explained: pipeline.Explained, options: argparse.Namespace) -> int:
    print(_json(explained.content) if options.json else f"{explained.text}\n", end="")
    return DONE


def _compare(options: argparse.Namespace) -> int:
    """The answer is no where one of the scenarios has no plan."""
    told = _solved(options.lang) if sys.stderr.isatty() else None
    cases = pipeline.load_all(options.scenarios)
    comparison = pipeline.compare(cases, options.effort, told)
    explained = pipeline.compared(comparison, options.lang)
    print(_json(explained.content) if options.json else f"{explained.text}\n", end="")
    return DONE if len(comparison.planned) == len(cases) else NO


def _solved(lang: str) -> pipeline.Progress:
    """Says on one line of the terminal how many plans are solved."""

    def told(done: int, total: int) -> None:
        said = locale.say("cli.solved", lang, done=done, total=total)
        print(f"\r{said}", end="\n" if done == total else "", file=sys.stderr, flush=True)

    return told


def _stress(options: argparse.Namespace) -> int:
    """The answer is no where no draw has a plan."""
    evaluation = pipeline.assess(pipeline.load(options.scenario), options.effort)
    asked = pipeline.Asked(
        options.draws or pipeline.usual_draws(evaluation),
        options.seed,
        options.within,
        pipeline.Allowed(stated=options.stated),
        pipeline.Money(options.envelope, options.asks),
        options.intervals,
    )
    machines = pipeline.Machines(options.workers, options.scheduler, options.certificates)
    told = _solved(options.lang) if sys.stderr.isatty() else None
    found = pipeline.stress(evaluation, asked, machines, told)
    _said(pipeline.explain_robustness(found, options.lang), options)
    return DONE if found.main.found else NO


def _verify(options: argparse.Namespace) -> int:
    data = pipeline.read_plan_file(options.plan_file)
    verdict = pipeline.verify_again(data, options.plan_file.name)
    compared = options.scenario is not None and verdict.has_plan
    at_hand = pipeline.same_inputs(data, options.scenario) if compared else {}
    if options.json:
        print(
            _json({**pipeline.verdict_object(verdict, options.lang), "same_inputs": at_hand or None}), end=""
        )
    else:
        print(pipeline.verdict_text(verdict, options.lang))
        for part, same in at_hand.items():
            key = f"cli.at_hand.{'same' if same else 'differs'}"
            print(locale.say(key, options.lang, part=locale.say(f"cli.part.{part}", options.lang)))
    if not verdict.readable:
        return BAD_INPUT
    return DONE if verdict.ok and all(at_hand.values()) else NO


def _export(options: argparse.Namespace) -> int:
    """Papers, lists and plan file; a redacted export has the papers alone, as the others hold everything."""
    evaluation, named = _takeaway(options)
    lang, stem = options.lang, evaluation.case.scenario.id
    if options.redact is None:
        named[f"{stem}-plan.json"] = _json(pipeline.plan_object(evaluation)).encode("utf-8")
    files = {options.to / name: content for name, content in named.items()}
    _write(files)
    if options.json:
        listed = [str(path) for path in files]
        print(_json({"schema": 1, "status": evaluation.plan.status, "files": listed}), end="")
    else:
        print("\n".join(locale.say("cli.written", lang, file=path) for path in files))
        if options.redact is not None:
            print(locale.say("cli.redacted", lang))
    return DONE if evaluation.plan.found else NO


def _takeaway(options: argparse.Namespace) -> tuple[Evaluation, dict[str, bytes]]:
    against = None if options.against is None else pipeline.load(options.against)
    evaluation = pipeline.assess(pipeline.load(options.scenario), options.effort)
    other = None if against is None else pipeline.assess(against, options.effort)
    firm = _tried(evaluation, options) if options.firm and evaluation.plan.found else None
    return evaluation, pipeline.takeaway(
        evaluation, options.lang, other, options.redact, firm, options.effort
    )


def _tried(evaluation: Evaluation, options: argparse.Namespace) -> pipeline.Robustness:
    """What ``stress`` finds if nothing else is asked of it."""
    told = _solved(options.lang) if sys.stderr.isatty() else None
    asked = pipeline.Asked(pipeline.usual_draws(evaluation))
    return pipeline.stress(evaluation, asked, pipeline.Machines(None), told)


def _pack(options: argparse.Namespace) -> int:
    """The answer is no where the scenario has no plan, as with ``export``."""
    (evaluation, exports), lang = _takeaway(options), options.lang
    if options.redact is None:
        content = pipeline.meeting_pack(evaluation, options.scenario, exports, lang)
    else:
        content = pipeline.redacted_pack(evaluation, exports, options.redact, lang)
    digest = hashlib.sha256(content).hexdigest()
    path = options.to / pipeline.pack_name(content)
    _write({path: content})
    if options.json:
        facts = {"files": [str(path)], "sha256": digest}
        print(_json({"schema": 1, "status": evaluation.plan.status, **facts}), end="")
    else:
        print(locale.say("cli.written", lang, file=path))
        print(locale.say("pack.made", lang, digest=digest))
        if options.redact is not None:
            print(locale.say("pack.redacted", lang))
    return DONE if evaluation.plan.found else NO


def _workbooks(named: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The files that are named, and what of named folders is not read. A folder stands for its workbooks; a
    pattern, which Windows hands over as it was typed, for what it matches. Hidden files and Excel's lock
    files (``~$``) are none."""
    found: list[Path] = []
    skipped: list[Path] = []
    for each in named:
        if each.is_dir():
            there = sorted(path for path in each.iterdir() if not path.name.startswith((".", "~$")))
            books = [path for path in there if path.suffix.casefold() == ".xlsx" and path.is_file()]
            if not books:
                raise InputFaults([Fault("folder_without_workbooks", str(each))])
            found += books
            skipped += [path for path in there if path not in books]
            continue
        matching = sorted(each.parent.glob(each.name)) if "*" in each.name and not each.is_file() else [each]
        found += [path for path in matching if not path.name.startswith("~$")] or [each]
    return found, skipped


def _import(options: argparse.Namespace) -> int:
    answers = (tuple(options.map), tuple(options.numbers), tuple(options.units))
    found, skipped = _workbooks(options.files)
    _tried_to_write(lambda: pipeline.finish_import(options.to))
    done = pipeline.import_workbooks(found, options.to, options.scenario, answers, dropped=options.drop)
    written = [*done.files] if not done.faults or options.accept else []
    left = any(done.rows.values())
    files = {options.to / name: done.files[name] for name in written if left}
    if files and done.faults:
        files[options.to / pipeline.REFUSED] = pipeline.refused_csv(done, options.lang)
    if files:
        content = {path.name: each for path, each in files.items()}
        _tried_to_write(lambda: pipeline.write_import(options.to, content))
        if not done.faults:
            (options.to / pipeline.REFUSED).unlink(missing_ok=True)
    status = "invalid" if not files else "partly_imported" if done.faults else "imported"
    if options.json:
        report = pipeline.imported_object(done, status, list(files), options.lang)
        print(_json({**report, "skipped": [path.name for path in skipped]}), end="")
    else:
        if skipped:
            names = ", ".join(path.name for path in skipped)
            print(locale.say("imports.report.skipped", options.lang, files=names), end="\n\n")
        print(pipeline.imported_text(done, options.scenario, list(files), options.lang))
    return DONE if files else BAD_INPUT


def _template(options: argparse.Namespace) -> int:
    name, told = options.ministry or options.assessor, (options.lang, options.scenario)
    if options.to.suffix.casefold() != ".xlsx":
        raise InputFaults([Fault("not_a_workbook_name", str(options.to), params={"name": options.to.stem})])
    write = pipeline.assessor_template if options.ministry is None else pipeline.ministry_template
    return _written({options.to: write(name, *told, filled=options.filled)}, options)


def _requests(options: argparse.Namespace) -> int:
    files = pipeline.requests(options.scenario, options.lang)
    return _written({options.to / name: content for name, content in files.items()}, options)


def _written(files: dict[Path, bytes], options: argparse.Namespace) -> int:
    """Write files and say so; never over others, which may have been filled in."""
    there = [path for path in files if path.is_file() and path.read_bytes() != files[path]]
    if there:
        raise InputFaults([Fault("file_exists", str(path)) for path in there])
    _write(files)
    if options.json:
        print(_json({"schema": 1, "status": "written", "files": [str(path) for path in files]}), end="")
    else:
        print("\n".join(locale.say("cli.written", options.lang, file=path) for path in files))
    return DONE


def _app(options: argparse.Namespace) -> int:
    from prioritizer.ui.serving.serve import ADDRESS, serve  # Streamlit takes a second to import: only here

    print(locale.say("cli.serving", options.lang, address=f"http://{ADDRESS}:{options.port}"), flush=True)
    return serve(options.port, browser=not options.no_browser, scenarios=options.scenarios)


def _write(files: dict[Path, bytes]) -> None:
    """Write all files or none: each beside its place first, and only when all are there, put in place."""
    waiting = {path.with_name(f".{path.name}.part"): path for path in files}
    path = Path()
    try:
        for part, path in waiting.items():
            if path.is_dir():
                raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(files[path])
        for part, path in waiting.items():
            part.replace(path)
    except OSError as error:
        # A full disk names no file, and nobody knows the parts.
        named = error.filename and Path(error.filename) not in waiting
        params = {"problem": error.strerror}
        place = str(error.filename if named else path)
        raise InputFaults([Fault("cannot_write", place, params=params)]) from None
    finally:  # after an interruption as well
        for part in waiting:
            with suppress(OSError):  # where there is no folder there is no part either
                part.unlink()


def _tried_to_write(write: Callable[[], None]) -> None:
    """Raises :class:`InputFaults` where the system refuses."""
    try:
        write()
    except OSError as error:
        params = {"problem": error.strerror or type(error).__name__}
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
