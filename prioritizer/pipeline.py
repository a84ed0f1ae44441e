"""The whole story in a few functions: all that the command line and the app call.

load -> assess -> prices, what if, other budgets -> describe, export. Nothing here computes; each function
names a stage. ``effort`` bounds every search where rules ask yes-or-no questions; 60 seconds if not given.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from prioritizer import allocation, inputs, scoring
from prioritizer.allocation import Effort
from prioritizer.allocation.solvers.cbc import CbcMissing
from prioritizer.analysis import whatif
from prioritizer.analysis.assessors import Progress
from prioritizer.analysis.assessors import assessor_report as report_on_assessors
from prioritizer.analysis.budgets.distance import distance
from prioritizer.analysis.budgets.efficient import frontier as best_by_budget
from prioritizer.analysis.budgets.ladder import ladder as climb
from prioritizer.analysis.conflicts.clash import clash, negotiable
from prioritizer.analysis.conflicts.relaxing import firm_clash, relaxations
from prioritizer.analysis.contrasts import contrast as leaf_by_leaf
from prioritizer.analysis.dossiers import Dossiers, Gates, all_arrived, complete_only, dossiers
from prioritizer.analysis.methods import beyond_top
from prioritizer.analysis.methods import cross_check as ranked_by_others
from prioritizer.analysis.points import leaf_points
from prioritizer.analysis.pricelist import price_list
from prioritizer.analysis.whatif import difference
from prioritizer.analysis.worth import value_for_money
from prioritizer.comparison import FEWEST, MOST, Comparison
from prioritizer.comparison import compare as side_by_side
from prioritizer.errors import Defect, Fault, InputFaults
from prioritizer.explanation import (
    citation,
    day_text,
    decision_text,
    describe_difference,
    describe_every_limit,
    describe_forced,
    describe_lacks,
    describe_limits,
    describe_payments,
    describe_price,
    describe_prices,
    describe_project,
    describe_unspent,
    describe_without_decision,
    describe_without_limit,
    funds_name,
    limit_name,
    price_note,
    project_name,
    value_label,
)
from prioritizer.explanation.assessors import alone_name, describe_alone, describe_rule, most_apart
from prioritizer.explanation.conflicts import decreed, describe_conflict, describe_relaxations, rule_name
from prioritizer.explanation.contrast import (
    assessor_name,
    criterion_name,
    describe_contrast,
    describe_judgements,
    judgements,
    shown,
    shown_text,
)
from prioritizer.explanation.dossiers import (
    column_name,
    describe_demand,
    describe_gates,
    describe_shared,
)
from prioritizer.explanation.ladder import describe_distance, describe_frontier, describe_ladder
from prioritizer.explanation.limits import describe_reached
from prioritizer.explanation.methods import (
    describe_basis,
    describe_beyond,
    describe_moves,
    describe_rules,
    method_name,
)
from prioritizer.explanation.notices import describe_notices
from prioritizer.explanation.prices import describe_gain
from prioritizer.explanation.weights import (
    class_label,
    classes_apart,
    describe_rates,
    describe_weighing,
    words_spoken,
)
from prioritizer.explanation.worth import describe_worth
from prioritizer.exports import faults_object, forms, imported, planfile, shortlist
from prioritizer.exports.compared import compared
from prioritizer.exports.comparisons import explained_ladder, explained_limit
from prioritizer.exports.explained import Explained, Refusal, explained_plan, refusal_lines
from prioritizer.exports.explained_assessors import explained_assessors
from prioritizer.exports.explained_contrast import explained_contrast
from prioritizer.exports.explained_dossiers import explained_dossiers
from prioritizer.exports.explained_methods import explained_methods
from prioritizer.exports.explained_project import Otherwise, explained_project
from prioritizer.exports.explained_weights import explained_weights
from prioritizer.exports.frame_csv import Style as TableStyle
from prioritizer.exports.frame_csv import frame_csv as table_csv
from prioritizer.exports.frontiers import explained_frontier
from prioritizer.exports.imported import REFUSED, imported_object, refused_csv
from prioritizer.exports.opinion import Opinion, describe_opinion, opinion, opinion_object
from prioritizer.exports.pack import pack, pack_name, pack_of_exports
from prioritizer.exports.pack_opening import OpenedPack, reread, same_case
from prioritizer.exports.pack_opening import documents as pack_documents
from prioritizer.exports.pack_opening import open_pack as read_pack
from prioritizer.exports.pack_opening import opened as read_opened
from prioritizer.exports.pack_plan import enclosed_evaluation
from prioritizer.exports.papers.annex import shortlist_document
from prioritizer.exports.papers.concealed import conceal
from prioritizer.exports.papers.disclosure import disclose, masked_rows, ungraded
from prioritizer.exports.papers.minutes import minutes_document
from prioritizer.exports.papers.report import comparison_document
from prioritizer.exports.papers.shortlist_book import shortlist_workbook
from prioritizer.exports.prices import with_prices
from prioritizer.exports.stressed import stressed
from prioritizer.exports.terminal import plan_lines
from prioritizer.inputs import limit_faults, mode_of_operation
from prioritizer.inputs.columns import DOSSIER
from prioritizer.inputs.enclosed import LISTS, enclosed, name_in
from prioritizer.inputs.rows import Rows, read_choices, read_rows
from prioritizer.inputs.tables import nearest
from prioritizer.inputs.together import finish as finish_import
from prioritizer.inputs.together import write_together as write_import
from prioritizer.inputs.workbooks.answers import Given
from prioritizer.inputs.workbooks.importing import Imported
from prioritizer.inputs.workbooks.importing import import_workbooks as read_workbooks
from prioritizer.inputs.workbooks.lists import read_lists
from prioritizer.model import ID_PATTERN, Case, Ints, Limit, Register, Scenario
from prioritizer.results import (
    AssessorReport,
    Contrast,
    CrossCheck,
    Difference,
    Distance,
    Evaluation,
    Frontier,
    Ladder,
    Prices,
)
from prioritizer.robustness.draws.money import Money
from prioritizer.robustness.draws.weights import Allowed
from prioritizer.robustness.nouns import Cancelled
from prioritizer.robustness.stress import (
    LEAST_DRAWS,
    MOST_DRAWS,
    MOST_SEED,
    USUAL_DRAWS,
    Asked,
    Robustness,
    usual_draws,
    workload,
)
from prioritizer.robustness.stress import stress as try_robustness
from prioritizer.robustness.sweeping.machines import Machines, Planner
from prioritizer.scoring import consensus, contributions, leaf_weights, node_weights
from prioritizer.scoring.consensus import decided_by
from prioritizer.store import (
    ABSENT,
    Conflict,
    Draft,
    Drafts,
    Outcome,
    Place,
    Prepared,
    Refused,
    Saved,
    Version,
    changes_between,
    content_of,
    content_under,
    discard_draft,
    draft_of,
    drafts_of,
    prepare,
    put_away,
    redo_step,
    restore,
    save,
    save_new,
    sha256_of,
    try_step,
    undo_step,
    versions,
)
from prioritizer.store.disk import DISK
from prioritizer.store.names import free_id
from prioritizer.store.nouns import written
from prioritizer.store.unpacking import unpack
from prioritizer.store.writing import taken
from prioritizer.verifier import (
    LARGEST_PACK,
    PLAN_PART,
    Verdict,
    parts_of,
    verdict_object,
    verdict_text,
    verify,
    with_reread,
)
from prioritizer.verifier import fault as unproven

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"


def scenario_paths(folder: Path | None = None) -> list[Path]:
    """The scenario files of a folder (:data:`SCENARIOS` if not given), the baseline first, then by name."""
    files = (folder or SCENARIOS).glob("*.yaml")
    found = [path for path in files if re.fullmatch(ID_PATTERN, path.stem) and path.is_file()]
    return sorted(found, key=lambda path: (path.stem != "baseline", path.stem))


def load(path: Path, mode: str | None = None) -> Case:
    """The case of a scenario file; ``mode`` defaults to how the operator runs this machine.

    Raises :class:`~prioritizer.errors.InputFaults` with every fault.
    """
    return inputs.read_case(path, mode or mode_of_operation())


def load_draft(path: Path, draft: Draft, mode: str | None = None) -> Case:
    """The case of a scenario under a draft, read from what a save would write.

    Raises :class:`~prioritizer.errors.InputFaults` with every fault.
    """
    return inputs.read_case(path, mode or mode_of_operation(), content_under(path, draft))


def load_all(paths: Sequence[Path], mode: str | None = None) -> list[Case]:
    """The cases of several scenario files.

    Raises :class:`~prioritizer.errors.InputFaults` with every fault of all of them.
    """
    cases, faults = list[Case](), list[Fault]()
    for path in paths:
        try:
            cases.append(load(path, mode))
        except InputFaults as found:
            faults += found.faults
    if faults:
        raise InputFaults(faults)
    return cases


def read_register_alone(path: Path, mode: str | None = None) -> Register:
    """A register without a scenario. Raises :class:`~prioritizer.errors.InputFaults` with every fault."""
    return inputs.read_register_alone(path, mode or mode_of_operation())


def import_workbooks(
    paths: Sequence[Path],
    folder: Path,
    scenario: Path | None,
    answers: tuple[tuple[tuple[str, str], ...], ...] = ((), (), ()),
    mode: str | None = None,
    dropped: Sequence[str] = (),
) -> Imported:
    """What ministries' and assessors' workbooks make of the tables in ``folder``; nothing is written.

    ``answers``: headings with their columns; styles of numbers and units, each by file or for all under a
    blank. ``dropped``: senders whose rows in ``folder`` are not kept.
    Raises :class:`~prioritizer.errors.InputFaults` where scenario or folder cannot be read.
    """
    given = Given.of(*answers)
    return read_workbooks(paths, folder, read_lists(scenario), given, mode or mode_of_operation(), dropped)


def imported_text(done: Imported, scenario: Path | None, written: Sequence[Path], lang: str) -> str:
    """The report on an import, and what was written of it."""
    return imported.imported_text(done, read_lists(scenario).ministries, written, lang)


def row_named(case: Case, project: str) -> int:
    """The row of a project, whatever its capitals. Raises :class:`~prioritizer.errors.InputFaults`."""
    try:
        return case.register.row_of(project)
    except KeyError:
        params = nearest(project, case.register.ids)
        raise InputFaults([Fault("unknown_project", case.scenario.register_, params=params)]) from None


def limit_named(case: Case, name: str) -> Limit:
    """A limit by its id, whatever its capitals. Raises :class:`~prioritizer.errors.InputFaults`."""
    limits = {limit.id.casefold(): limit for limit in case.scenario.limits}
    if name.casefold() in limits:
        return limits[name.casefold()]
    params = nearest(name, [limit.id for limit in limits.values()])
    raise InputFaults([Fault("unknown_word", f"{case.scenario.id}.yaml", None, "limits", params)])


def assess(case: Case, effort: Effort | None = None) -> Evaluation:
    """Values and plan of a case."""
    scores = scoring.score(case)
    return Evaluation(case, scores, allocation.allocate(case, scores, effort))


def compare(
    cases: Sequence[Case], effort: Effort | None = None, progress: Progress | None = None
) -> Comparison:
    """Two to six scenarios side by side, the first being the base; ``progress`` is told how many are planned.

    Raises :class:`~prioritizer.errors.InputFaults` for fewer or more.
    """
    if not FEWEST <= len(cases) <= MOST:
        params = {"given": len(cases), "fewest": FEWEST, "most": MOST}
        raise InputFaults([Fault("scenarios_to_compare", params=params)])
    evaluations = []
    for done, case in enumerate(cases, 1):
        evaluations.append(assess(case, effort))
        if progress is not None:
            progress(done, len(cases))
    return side_by_side(evaluations)


def second_opinion(evaluation: Evaluation, effort: Effort | None = None) -> Opinion:
    """Whether CBC leads to the same plan. Raises :class:`~prioritizer.errors.InputFaults` where there is no
    CBC on this machine."""
    case, scores = evaluation.case, evaluation.scores
    try:
        other = allocation.allocate(case, scores, effort, solver="cbc")
    except CbcMissing:
        raise InputFaults([Fault("cbc_missing")]) from None
    return opinion(evaluation, other)


# ------------------------------------------------------------------ prices, and what would be otherwise


def prices(evaluation: Evaluation) -> Prices | None:
    """What limits and funds are worth and what projects lack; ``None`` where rules ask yes or no."""
    return price_list(evaluation.case, evaluation.scores, evaluation.plan)


def if_forced(
    evaluation: Evaluation, project: str, fund: Literal["full", "nothing"], effort: Effort | None = None
) -> Difference:
    """What changes if a project is funded in full, or not at all."""
    return _compared(evaluation, whatif.forced(evaluation.case, project, fund), effort)


def if_without_limit(
    evaluation: Evaluation,
    name: str,
    side: Literal["at_least", "at_most"] | None = None,
    effort: Effort | None = None,
) -> Difference:
    """What changes without a limit, or without one of its sides."""
    return _compared(evaluation, whatif.without_limit(evaluation.case, name, side), effort)


def if_without_decision(evaluation: Evaluation, name: str, effort: Effort | None = None) -> Difference:
    """What changes without a decision."""
    return _compared(evaluation, whatif.without_decision(evaluation.case, name), effort)


def otherwise(evaluation: Evaluation, row: int, effort: Effort | None = None) -> Otherwise:
    """What changes if a project is funded in full, or not at all, or not decided about; nothing where there
    is no plan to compare with."""
    if not evaluation.plan.found:
        return Otherwise(None, None, {})
    project, amount = evaluation.case.register.ids[row], int(evaluation.plan.amount_mvnd[row])
    funded = evaluation.plan.reason[row] == "funded"
    decided = [
        each.id
        for each in evaluation.case.scenario.decisions
        if evaluation.case.register.row_of(each.project) == row
    ]
    return Otherwise(
        None if funded else if_forced(evaluation, project, "full", effort),
        None if not amount else if_forced(evaluation, project, "nothing", effort),
        {name: if_without_decision(evaluation, name, effort) for name in decided},
    )


def _compared(evaluation: Evaluation, changed: Case, effort: Effort | None) -> Difference:
    # Decisions and limits do not touch the values.
    return difference(evaluation.plan, allocation.allocate(changed, evaluation.scores, effort))


def refusal(evaluation: Evaluation, lang: str) -> Refusal:
    """Why there is no plan, and what would make one possible; nothing where there is one."""
    case, scores = evaluation.case, evaluation.scores
    if evaluation.plan.found:
        return Refusal()
    found = clash(case, scores)
    moves = relaxations(case, scores)
    firm = None if moves or found is None else firm_clash(case, scores)
    known = [each for each in dict.fromkeys((found, firm)) if each is not None]
    said = [describe_conflict(case, each, lang) for each in known]
    return Refusal(
        tuple(sentence for sentences in said for sentence in sentences),
        tuple(describe_relaxations(case, moves, lang)),
        tuple(dict.fromkeys(rule for each in known for rule in each.rules)),
        moves,
    )


# ------------------------------------------------------------------ judgements, held against each other


def contrast(evaluation: Evaluation, row: int, other: int) -> Contrast | None:
    """Two projects leaf by leaf; ``None`` where values are given."""
    case, scores = evaluation.case, evaluation.scores
    return None if case.criteria is None else leaf_by_leaf(case, scores, row, other)


def cross_check(evaluation: Evaluation) -> CrossCheck | None:
    """Every method's ranking beside ours; ``None`` where values are given."""
    case, scores = evaluation.case, evaluation.scores
    return None if case.criteria is None else ranked_by_others(case, scores)


def assessor_report(
    evaluation: Evaluation, effort: Effort | None = None, progress: Progress | None = None
) -> AssessorReport | None:
    """Where assessors disagree and what each alone would move; ``None`` where values are given."""
    given = evaluation.case.criteria is None
    return None if given else report_on_assessors(evaluation, effort, progress)


def points_by_assessor(case: Case) -> list[Ints]:
    """By assessor, the points of every project on every leaf out of 100 if that one alone decided what it
    judged: int64[n, leaves] in 1e-4 point. The case has criteria."""
    held = case.assessments
    return [] if held is None else [leaf_points(decided_by(case, (name,))) for name in held.assessors]


# ------------------------------------------------------------------ more and less money


def ladder(evaluation: Evaluation, step_mvnd: int, steps: int, effort: Effort | None = None) -> Ladder:
    """The plans at growing budgets: who comes in, who steps out, and what never taking money back costs."""
    return climb(evaluation.case, evaluation.scores, step_mvnd, steps, effort=effort)


def frontier(evaluation: Evaluation, effort: Effort | None = None) -> Frontier:
    """The best value for every budget, all funds moving in proportion."""
    return best_by_budget(evaluation.case, evaluation.scores, effort=effort)


def distance_from_best(evaluation: Evaluation, effort: Effort | None = None) -> Distance | None:
    """How far the plan is from the best for its money; ``None`` where that is not known."""
    return distance(evaluation.case, evaluation.scores, evaluation.plan, effort)


# ------------------------------------------------------------------ robustness


def stress(
    evaluation: Evaluation,
    asked: Asked,
    machines: Machines | None = None,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Robustness:
    """What stays true of a plan when weights, scores and money are drawn; the same on whatever machines.

    ``progress`` is told how many of how many draws are planned; :class:`Cancelled` is raised once ``cancel``
    says so. Raises :class:`~prioritizer.errors.InputFaults` where nothing is uncertain, no weights fit what
    was said, or a cluster cannot be asked.
    """
    whole = workload(evaluation, asked)
    planner = Planner(evaluation.case, machines or Machines(), whole, progress, cancel)
    return try_robustness(evaluation, asked, planner.plans)


def explain_robustness(found: Robustness, lang: str) -> Explained:
    """What stays true of a plan, in tables and sentences."""
    return stressed(found, lang)


# ------------------------------------------------------------------ ways out


def plan_object(evaluation: Evaluation) -> dict[str, Any]:
    """The plan file's content, with prices."""
    return with_prices(planfile.plan_object(evaluation), evaluation, prices(evaluation))


def plan_text(evaluation: Evaluation, lang: str) -> str:
    """The plan as a table for a terminal; without a plan, why there is none."""
    said = [] if evaluation.plan.found else refusal_lines(refusal(evaluation, lang), lang)
    return "\n".join([*plan_lines(evaluation, lang), *said])


def shortlist_csv(evaluation: Evaluation, lang: str, style: Literal["excel", "machine"]) -> bytes:
    """The ranked shortlist as CSV; for people with what projects lack."""
    return shortlist.shortlist_csv(evaluation, lang, style, prices(evaluation) if style == "excel" else None)


# ------------------------------------------------------------------ papers to take away


def shortlist_xlsx(
    evaluation: Evaluation,
    lang: str,
    against: Evaluation | None = None,
    redact: str | None = None,
    at: str | None = None,
) -> bytes:
    """The ranked shortlist as a workbook, with money by ministry, reasons, criteria, limits and prices,
    what it rests on and charts.

    ``against``: also with the differences from that evaluation. ``redact``: projects above this grade of
    secrecy are masked. ``at``: when it is made, in words; without it the same inputs give the same bytes.
    """
    told = disclose(evaluation, prices(evaluation), redact)
    return shortlist_workbook(
        told, lang, None if against is None else side_by_side([against, evaluation]), at
    )


def shortlist_docx(evaluation: Evaluation, lang: str, redact: str | None = None) -> bytes:
    """The ranked shortlist as a document to be annexed to a submission."""
    return shortlist_document(disclose(evaluation, prices(evaluation), redact), lang)


def comparison_docx(comparison: Comparison, lang: str, redact: str | None = None) -> bytes:
    """Two to six scenarios side by side as a document."""
    return comparison_document(conceal(comparison, redact), lang)


def minutes_docx(
    evaluation: Evaluation,
    lang: str,
    redact: str | None = None,
    firm: Robustness | None = None,
    effort: Effort | None = None,
) -> bytes:
    """The minutes in short: every decision about a project with what it costs, the limits that are reached,
    and what stays true of the plan, where that has been tried (``firm``)."""
    told = disclose(evaluation, prices(evaluation), redact)
    return minutes_document(told, lang, _undecided(evaluation, effort), firm)


def _undecided(evaluation: Evaluation, effort: Effort | None) -> dict[str, Difference]:
    """By decision, what the plan would be without it."""
    decided = evaluation.case.scenario.decisions if evaluation.plan.found else ()
    return {each.id: if_without_decision(evaluation, each.id, effort) for each in decided}


def takeaway(
    evaluation: Evaluation,
    lang: str,
    against: Evaluation | None = None,
    redact: str | None = None,
    firm: Robustness | None = None,
    effort: Effort | None = None,
    progress: Progress | None = None,
) -> dict[str, bytes]:
    """All that leaves besides the plan file, by name: papers, lists and the program as text.

    ``against``: also a comparison with that evaluation, the base. ``redact``: projects above this grade of
    secrecy are masked, and there are papers alone, as lists and program hold everything. ``firm``: told in
    the minutes. ``progress`` is told how many of them are made.
    """
    stem = f"{evaluation.case.scenario.id}{'' if redact is None else '-redacted'}"
    told = disclose(evaluation, prices(evaluation), redact)
    both = None if against is None else side_by_side([against, evaluation])
    making: dict[str, Callable[[], bytes]] = {
        f"{stem}-shortlist.xlsx": lambda: shortlist_workbook(told, lang, both),
        f"{stem}-shortlist.docx": lambda: shortlist_document(told, lang),
        f"{stem}-minutes.docx": lambda: minutes_document(told, lang, _undecided(evaluation, effort), firm),
    }
    if both is not None:
        making[f"{stem}-comparison.docx"] = lambda: comparison_docx(both, lang, redact)
    if redact is None:
        making |= {
            f"{stem}-shortlist-excel.csv": lambda: shortlist_csv(evaluation, lang, "excel"),
            f"{stem}-shortlist.csv": lambda: shortlist_csv(evaluation, lang, "machine"),
            f"{stem}-model.lp": lambda: lp_text(evaluation).encode("utf-8"),
        }
    made: dict[str, bytes] = {}
    for name, make in making.items():
        made[name] = make()
        if progress is not None:
            progress(len(made), len(making))
    return made


def explain(evaluation: Evaluation, lang: str) -> Explained:
    """Every project, limit and price; where there is no plan, why not."""
    priced = prices(evaluation)
    decided = evaluation.case.scenario.decisions if priced else ()  # else every answer may take long
    undecided = {each.id: if_without_decision(evaluation, each.id) for each in decided}
    return explained_plan(evaluation, priced, undecided, refusal(evaluation, lang), lang)


def explain_project(evaluation: Evaluation, row: int, lang: str, effort: Effort | None = None) -> Explained:
    """Everything about one project."""
    return explained_project(evaluation, row, prices(evaluation), otherwise(evaluation, row, effort), lang)


def explain_contrast(case: Case, row: int, other: int, lang: str) -> Explained:
    """Why one project is worth more than another, leaf by leaf; no plan is needed."""
    scores = scoring.score(case)
    found = None if case.criteria is None else leaf_by_leaf(case, scores, row, other)
    return explained_contrast(case, scores, found, lang)


def explain_weights(case: Case, lang: str) -> Explained:
    """What every criterion weighs and on whose word; no plan is needed."""
    return explained_weights(case, lang)


def explain_assessors(
    evaluation: Evaluation, lang: str, effort: Effort | None = None, progress: Progress | None = None
) -> Explained:
    """Where assessors disagree, and which money would move if some of them decided alone."""
    return explained_assessors(evaluation, assessor_report(evaluation, effort, progress), lang)


def explain_methods(evaluation: Evaluation, lang: str) -> Explained:
    """How other methods rank the projects, and how far they agree with us."""
    return explained_methods(evaluation, cross_check(evaluation), lang)


def explain_limit(evaluation: Evaluation, limit: Limit, lang: str, effort: Effort | None = None) -> Explained:
    """What one limit does, and the plan without it."""
    without = if_without_limit(evaluation, limit.id, effort=effort)
    return explained_limit(evaluation, limit, without, lang)


def explain_ladder(
    evaluation: Evaluation, step_mvnd: int, steps: int, lang: str, effort: Effort | None = None
) -> Explained:
    """The plans at growing budgets, step by step."""
    return explained_ladder(evaluation, ladder(evaluation, step_mvnd, steps, effort), lang)


def explain_frontier(evaluation: Evaluation, lang: str, effort: Effort | None = None) -> Explained:
    """The best value for every budget, and how far the plan is from it."""
    found, apart = frontier(evaluation, effort), distance_from_best(evaluation, effort)
    return explained_frontier(evaluation, found, apart, lang)


def explain_dossiers(evaluation: Evaluation, lang: str, effort: Effort | None = None) -> Explained:
    """What dossiers lack, and the plans for complete ones only and if everything missing arrives."""
    case = evaluation.case
    plans = (assess(changed(case), effort).plan for changed in (complete_only, all_arrived))
    return explained_dossiers(evaluation, dossiers(case), Gates(*plans), lang)


def read_plan_file(path: Path) -> bytes:
    """The bytes of a plan file or a pack, up to what the verifier takes. Raises
    :class:`~prioritizer.errors.InputFaults`."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_PACK + 1)
    except OSError:
        raise InputFaults([Fault("file_missing", str(path))]) from None


def same_inputs(plan_file: bytes, scenario: Path) -> dict[str, bool]:
    """Part by part, whether the files at hand resolve to what a plan file, or the one in a pack, was
    decided from; it has been verified.

    Raises :class:`~prioritizer.errors.InputFaults` for a scenario that cannot be used.
    """
    content = parts_of(plan_file)[PLAN_PART] if is_pack(plan_file) else plan_file
    return same_case(load(scenario), json.loads(content.decode("utf-8-sig")))


def is_pack(content: bytes) -> bool:
    """Whether a file's bytes are of an archive, not of a plan file."""
    return content.startswith(b"PK")


def meeting_pack(
    evaluation: Evaluation,
    scenario: Path,
    exports: Mapping[str, bytes],
    lang: str,
    content: bytes | None = None,
) -> bytes:
    """The pack of a plan: all that it was decided from, its plan file, and the documents ``exports`` by name.

    ``scenario`` is where the case was read from; ``content`` what its file was taken to hold, as under a
    draft. Raises :class:`~prioritizer.errors.InputFaults` where files have changed since, or are too large.
    """
    case = evaluation.case
    made = pack(case, plan_object(evaluation), enclosed(case, scenario, content), exports, lang)
    return _proven(made)


def redacted_pack(evaluation: Evaluation, exports: Mapping[str, bytes], redact: str, lang: str) -> bytes:
    """A pack of documents alone in which projects above the grade ``redact`` are masked. It holds neither
    inputs nor plan, which would tell what is masked, and so cannot be proven anew; it says so."""
    return _proven(pack_of_exports(disclose(evaluation, None, redact).case, exports, redact, lang))


def _proven(made: bytes) -> bytes:
    """No pack leaves that would not verify, or whose files would lead elsewhere."""
    verdict = verify_again(made, "pack.zip")
    if not verdict.ok:
        raise Defect(verdict_text(verdict, "en"))
    return made


def verify_again(content: bytes, shown: str, mode: str | None = None) -> Verdict:
    """The verdict on a plan file or a pack; of a pack that verifies, also whether its files, read again, lead
    to the case of its plan."""
    verdict = verify(content)
    if not verdict.ok or verdict.kind != "pack":
        return verdict
    try:
        same = reread(content, shown, mode or mode_of_operation())
    except InputFaults as found:
        given = {(each.file or shown, each.code) for each in found.faults}
        return with_reread(verdict, [unproven("reread_refused", file=f, problem=c) for f, c in sorted(given)])
    return with_reread(verdict, [unproven("reread_differs", part=part) for part in same if not same[part]])


def open_pack(path: Path, mode: str | None = None) -> OpenedPack:
    """A pack for reading: its case, to be assessed like any other, what was proven of it, its documents.

    Raises :class:`~prioritizer.errors.InputFaults`, with the part's name, where it does not verify, holds
    documents alone, or its inputs do not lead to its plan's case.
    """
    return read_pack(path, mode or mode_of_operation())


def opened_pack(content: bytes, shown: str, mode: str | None = None) -> OpenedPack:
    """As :func:`open_pack`, from a pack's bytes, called ``shown`` in faults."""
    return read_opened(content, shown, mode or mode_of_operation())


def unpack_into(path: Path, folder: Path, name: str) -> Outcome:
    """The scenario of a pack as ``name`` in a folder of scenarios, with its tables, to be edited like any
    other; nothing that is there is overwritten.

    Raises :class:`~prioritizer.errors.InputFaults` for what :func:`open_pack` refuses; what else stands in
    the way is :class:`Refused`.
    """
    return unpack_opened(open_pack(path), folder, name)


def unpack_opened(
    found: OpenedPack, folder: Path, name: str, title: Mapping[str, str] | str | None = None
) -> Outcome:
    """As :func:`unpack_into`, of a pack that is open; ``title``: another than it has there."""
    names = {role: name_in(found.case, role) for role in LISTS}
    outcome = unpack(found.inputs, names, folder, name, title=title)
    if isinstance(outcome, Saved):
        same = same_case(load(outcome.path), found.plan)
        if not all(same[part] for part in same.keys() - {"scenario", "case"}):
            raise Defect(f"{outcome.path} is not what the pack holds: {same}")
    return outcome


def unpack_titled(found: OpenedPack, folder: Path, title: Mapping[str, str] | str) -> Outcome:
    """The scenario of a pack that is open under another title, and an id made of it that no other has."""
    shown = title if isinstance(title, str) else title["vi"]
    return unpack_opened(found, folder, free_id(shown, taken(folder, DISK)), title)


def ministry_template(ministry: str, lang: str, scenario: Path | None = None, *, filled: bool) -> bytes:
    """The workbook that a ministry fills in; ``filled``: with the rows that the scenario has of it.

    Raises :class:`~prioritizer.errors.InputFaults` for an unknown body, or a scenario that cannot be read.
    """
    choices = None if scenario is None else read_choices(scenario)
    if filled and scenario is None:
        raise InputFaults([Fault("scenario_needed", params={"option": "--filled"})])
    rows = _rows(scenario, choices) if scenario and choices and filled else Rows()
    return forms.ministry_template(ministry, read_lists(scenario), choices, rows, lang)


def assessor_template(assessor: str, lang: str, scenario: Path | None = None, *, filled: bool) -> bytes:
    """The workbook that an assessor fills in; ``filled``: with the judgements so far.

    Raises :class:`~prioritizer.errors.InputFaults` without a scenario, or for an assessor it does not list.
    """
    if scenario is None:
        raise InputFaults([Fault("scenario_needed", params={"option": "--assessor"})])
    choices = read_choices(scenario)
    rows = _rows(scenario, choices)
    return forms.assessor_template(assessor, read_lists(scenario), choices, rows, lang, filled=filled)


def _rows(scenario: Path, choices: Scenario) -> Rows:
    return read_rows(scenario, choices, mode_of_operation())


def requests(scenario: Path, lang: str) -> dict[str, bytes]:
    """What every ministry is asked to complete, a workbook and a draft letter each, by name of the file."""
    case = load(scenario)
    return forms.requests(case, read_lists(scenario), _rows(scenario, case.scenario), lang)


def lp_text(evaluation: Evaluation) -> str:
    """The linear program behind a plan, in readable LP format."""
    return allocation.lp_text(allocation.formulate(evaluation.case, evaluation.scores).program)


def ministry_money(evaluation: Evaluation) -> list[tuple[str, int, int, int]]:
    """Per lead body, in protocol order: id, million VND asked and placed, projects with money."""
    register, amount = evaluation.case.register, evaluation.plan.amount_mvnd
    rows = []
    for body in evaluation.case.ministries.bodies:
        own = register.columns["ministry"].among((body.id,))
        if own.any():
            money = amount[own]
            rows.append(
                (body.id, int(register.ask_mvnd[own].sum()), int(money.sum()), int((money > 0).sum()))
            )
    return rows


def fund_money(evaluation: Evaluation) -> list[tuple[str, int, int, int]]:
    """Per fund, in the scenario's order: id, million VND it holds, sets aside and pays."""
    scenario = evaluation.case.scenario
    rows = []
    for fund in scenario.funds:
        aside = sum(
            each.amount_mvnd
            for each in scenario.reserves
            if (each.fund or scenario.funds[0].id).casefold() == fund.id.casefold()
        )
        paid = sum(each.amount_mvnd for each in evaluation.plan.payments if each.fund == fund.id)
        rows.append((fund.id, fund.amount_mvnd, aside, paid))
    return rows


__all__ = [
    "ABSENT",
    "DOSSIER",
    "LEAST_DRAWS",
    "MOST_DRAWS",
    "MOST_SEED",
    "REFUSED",
    "USUAL_DRAWS",
    "Allowed",
    "Asked",
    "Cancelled",
    "Comparison",
    "Conflict",
    "Dossiers",
    "Draft",
    "Drafts",
    "Effort",
    "Explained",
    "Gates",
    "Machines",
    "Money",
    "OpenedPack",
    "Opinion",
    "Otherwise",
    "Outcome",
    "Place",
    "Prepared",
    "Progress",
    "Refusal",
    "Refused",
    "Robustness",
    "Saved",
    "TableStyle",
    "Verdict",
    "Version",
    "all_arrived",
    "alone_name",
    "assessor_name",
    "beyond_top",
    "changes_between",
    "citation",
    "class_label",
    "classes_apart",
    "column_name",
    "compared",
    "complete_only",
    "consensus",
    "content_of",
    "content_under",
    "contributions",
    "criterion_name",
    "day_text",
    "decision_text",
    "decreed",
    "describe_alone",
    "describe_basis",
    "describe_beyond",
    "describe_contrast",
    "describe_demand",
    "describe_difference",
    "describe_distance",
    "describe_every_limit",
    "describe_forced",
    "describe_frontier",
    "describe_gain",
    "describe_gates",
    "describe_judgements",
    "describe_lacks",
    "describe_ladder",
    "describe_limits",
    "describe_moves",
    "describe_notices",
    "describe_opinion",
    "describe_payments",
    "describe_price",
    "describe_prices",
    "describe_project",
    "describe_rates",
    "describe_reached",
    "describe_rule",
    "describe_rules",
    "describe_shared",
    "describe_unspent",
    "describe_weighing",
    "describe_without_decision",
    "describe_without_limit",
    "describe_worth",
    "difference",
    "discard_draft",
    "dossiers",
    "draft_of",
    "drafts_of",
    "enclosed_evaluation",
    "faults_object",
    "finish_import",
    "funds_name",
    "imported_object",
    "judgements",
    "leaf_points",
    "leaf_weights",
    "limit_faults",
    "limit_name",
    "masked_rows",
    "method_name",
    "mode_of_operation",
    "most_apart",
    "negotiable",
    "node_weights",
    "opinion_object",
    "pack_documents",
    "pack_name",
    "prepare",
    "price_note",
    "project_name",
    "put_away",
    "redo_step",
    "refused_csv",
    "restore",
    "rule_name",
    "save",
    "save_new",
    "sha256_of",
    "shown",
    "shown_text",
    "side_by_side",
    "table_csv",
    "try_step",
    "undo_step",
    "ungraded",
    "usual_draws",
    "value_for_money",
    "value_label",
    "verdict_object",
    "verdict_text",
    "verify",
    "versions",
    "with_reread",
    "words_spoken",
    "write_import",
    "written",
]
