"""The minutes of a meeting in short: the scenario, what was decided and at what cost, what binds, what is
firm and what still has to be found out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docx.document import Document as Letter

from prioritizer import locale
from prioritizer.explanation import (
    day_text,
    decision_text,
    describe_part,
    describe_price,
    describe_without_decision,
    limit_name,
    project_name,
)
from prioritizer.explanation.limits import LimitSide, describe_reached
from prioritizer.exports.casefile import digests
from prioritizer.exports.letters.document import body, content
from prioritizer.exports.papers import rules
from prioritizer.exports.papers.annex import result_lines
from prioritizer.exports.papers.disclosure import Disclosure
from prioritizer.exports.papers.frame import (
    heading_block,
    new_paper,
    section,
    sentences,
    signatures,
    small,
    title,
)
from prioritizer.exports.papers.grid import Grid, add_grid
from prioritizer.exports.papers.projects import body_name
from prioritizer.exports.papers.provenance import redaction_line
from prioritizer.exports.papers.shortlist_book import marks
from prioritizer.exports.papers.words import say, shortened
from prioritizer.model import Decision, Limit
from prioritizer.results import Difference, Unspent
from prioritizer.robustness.allowed.standing import Standing
from prioritizer.robustness.stress import Robustness
from prioritizer.robustness.words import (
    KINDS,
    UNKNOWNS,
    describe_draws,
    describe_unknown,
    share_text,
    worth_chasing,
)

NAMED = 30  # projects in a sentence; the rest are counted
OPENING = ("opening", "present", "chair")


def minutes_document(
    told: Disclosure,
    lang: str,
    undecided: Mapping[str, Difference] | None = None,
    firm: Robustness | None = None,
) -> bytes:
    """The minutes; ``undecided`` has by decision what the plan would be without it, ``firm`` what stays true
    of the plan, where that has been tried. Who was there is left to be filled in."""
    paper = new_paper(say("minutes.title", lang), lang, marks(told, lang))
    heading_block(paper, lang, "minutes")
    title(paper, say("minutes.title", lang), say("minutes.about", lang))
    sentences(paper, [say(f"minutes.{line}", lang) for line in OPENING])
    body(paper, say("minutes.proposal", lang))
    if told.grade is not None:
        sentences(paper, [redaction_line(told, lang)])[0].runs[0].bold = True
    _scenario(paper, told, lang)
    _decisions(paper, told, undecided or {}, lang)
    _limits(paper, told, lang)
    _robust(paper, told, firm, lang)
    _open(paper, told, lang)
    _funded(paper, told, lang)
    body(paper, say("minutes.closing", lang))
    signatures(paper, say("minutes.secretary", lang), say("minutes.chairman", lang), lang)
    small(paper, say("annex.digest", lang, digest=digests(told.whole.case)["case"]), "left")
    return content(paper)


def _scenario(paper: Letter, told: Disclosure, lang: str) -> None:
    case, plan = told.case, told.whole.plan
    section(paper, 1, say("minutes.scenario", lang), lang)
    basis = locale.say(f"terms.objective.{case.scenario.objective.basis}", lang)
    sentences(paper, result_lines(told, lang))
    sentences(paper, [say("minutes.objective", lang, basis=basis)])
    sentences(paper, [_left(told, part, lang) for part in plan.unspent] if plan.found else [])


def _left(told: Disclosure, part: Unspent, lang: str) -> str:
    """Why a part of the envelope is left over; only how much where more would tell of masked projects."""
    if told.open(part.limits):
        return describe_part(told.case, part, lang)
    return say("minutes.left", lang, left=locale.bn(part.amount_mvnd, lang))


def _decisions(paper: Letter, told: Disclosure, undecided: Mapping[str, Difference], lang: str) -> None:
    """Who decided what about which project, why, and what the plan would be without it."""
    section(paper, 2, say("minutes.decisions", lang), lang)
    decisions = told.case.scenario.decisions
    if decisions:
        rows = [_decision(told, each, undecided.get(each.id), lang) for each in decisions]
        heads = [say(f"head.{name}", lang) for name in ("decision", "by", "why", "cost")]
        add_grid(paper, Grid(heads, rows, (48, 28, 37, 52), ["left"] * 4, (), 11))
    elif not told.masked:
        body(paper, say("minutes.no_decisions", lang))
    hidden = len(told.whole.case.scenario.decisions) - len(decisions)
    if hidden:
        body(paper, say("minutes.decisions_withheld", lang, count=hidden))


def _decision(told: Disclosure, decision: Decision, found: Difference | None, lang: str) -> list[str]:
    case = told.case
    by = decision.by.into(lang) if decision.by else say("minutes.nobody", lang)
    day = say("minutes.day", lang, day=day_text(decision.at, lang)) if decision.at else ""
    cost = say("minutes.unpriced", lang)
    if found is not None and all(told.tells(each.project) for each in found.changes):
        cost = describe_without_decision(case, decision, found, lang)
    elif found is not None:  # what others gain or lose would tell the rest
        cost = say("minutes.cost_withheld", lang)
    return [
        decision_text(case, decision, lang),
        say("minutes.by", lang, by=by, day=day),
        decision.why.into(lang) if decision.why else "",
        cost,
    ]


def _limits(paper: Letter, told: Disclosure, lang: str) -> None:
    """The limits that are reached, where it is known with what relaxing and tightening them is worth."""
    section(paper, 3, say("minutes.limits", lang), lang)
    found = rules.binding(told)
    open_names = {limit.id for limit, _ in found}
    reached = [each for each in describe_reached(told.told, lang) if each[0] in open_names]
    if not found and not rules.withheld_note(told, lang):
        body(paper, say("minutes.no_limits", lang))
    elif told.prices is None:
        sentences(paper, [text for *_, text in reached], dashed=True)
    else:
        rows = [_reached(told, limit, reached, lang) for limit, _ in found]
        heads = [say(f"head.{name}", lang) for name in ("limit", "effect")]
        add_grid(paper, Grid(heads, rows, (75, 90), ["left"] * 2, (), 11))
    if found:
        small(paper, rules.prices_note(told, lang))
    for note in rules.withheld_note(told, lang):
        small(paper, note)


def _reached(
    told: Disclosure, limit: Limit, reached: list[tuple[str, LimitSide, str]], lang: str
) -> list[str]:
    """What a limit holds, and what more or less of it is worth."""
    prices = [describe_price(told.case, price, lang) for price in rules.price_sides(told, limit)]
    effect = " ".join(prices) or say("minutes.no_effect", lang)
    return [" ".join(text for name, _, text in reached if name == limit.id), effect]


def _robust(paper: Letter, told: Disclosure, firm: Robustness | None, lang: str) -> None:
    section(paper, 4, say("minutes.robust", lang), lang)
    if firm is None:
        body(paper, say(f"minutes.{'no_robust' if told.whole.plan.found else 'no_plan'}", lang))
        return
    sentences(paper, describe_draws(firm, lang, first=True))
    if firm.standing is None:
        body(paper, locale.say("robustness.standing.none", lang))
    else:
        sentences(paper, _by_standing(told, firm, firm.standing, lang), dashed=True)
    chased = [each for each in worth_chasing(firm.main) if told.tells(each.project)]
    if chased:
        body(paper, say("minutes.chase", lang)).paragraph_format.keep_with_next = True
        sentences(paper, [describe_unknown(firm, each, lang) for each in chased[:UNKNOWNS]], dashed=True)


def _by_standing(told: Disclosure, firm: Robustness, standing: Sequence[Standing], lang: str) -> list[str]:
    """Who is core, borderline and outside; the borderline with how often they are funded, the most often
    first. What is masked is neither named nor counted."""
    said, often = [], firm.main.any_share
    for kind in KINDS:
        rows = [row for row, own in enumerate(standing) if own.kind == kind and told.tells(row)]
        shares = {row: share_text(float(often[row]), lang) for row in rows if kind == "borderline"}
        rows.sort(key=lambda row: -often[row] if row in shares else 0)
        named = _names(told, rows, lang, shares) or say("minutes.nobody_there", lang)
        said.append(say(f"minutes.{kind}", lang, count=len(rows), projects=named))
    unproven = sum(not own.proven for row, own in enumerate(standing) if told.tells(row))
    if unproven:
        count = locale.number(unproven, lang, 0)
        said.append(locale.say("robustness.standing.unproven", lang, count=count))
    return [*said, *([say("minutes.open_withheld", lang)] if told.masked else [])]


def _names(told: Disclosure, rows: Sequence[int], lang: str, further: Mapping[int, str] | None = None) -> str:
    """Projects by name and id, as many as a sentence holds, with what is further to be said of some."""
    named = [shortened(project_name(told.case, row, lang)) for row in rows[:NAMED]]
    if further:
        named = [f"{name}: {further[row]}" for name, row in zip(named, rows, strict=False)]
    more = len(rows) - len(named)
    return "; ".join([*named, *([say("minutes.more", lang, count=more)] if more else [])])


def _open(paper: Letter, told: Disclosure, lang: str) -> None:
    """What is illustrative, and what nobody has judged, as far as it is told."""
    section(paper, 5, say("minutes.open", lang), lang)
    said = [*_illustrative(told, lang), *_unassessed(told, lang)]
    said += [say("minutes.open_withheld", lang)] if told.masked else []
    sentences(paper, said or [say("minutes.all_open", lang)], dashed=bool(said))


def _illustrative(told: Disclosure, lang: str) -> list[str]:
    case, plan = told.whole.case, told.whole.plan
    own = [row for row in told.told_rows if case.register.illustrative[row]]
    said = []
    if own:
        placed = plan.amount_mvnd[own]
        params = {
            "count": len(own),
            "amount": locale.bn(int(case.register.ask_mvnd[own].sum()), lang),
            "funded": int((placed > 0).sum()),
            "placed": locale.bn(int(placed.sum()), lang),
        }
        said.append(say("minutes.illustrative_asks", lang, **params))
    limits = [each for each in rules.open_limits(told) if each.basis == "illustrative"]
    if limits:
        names = "; ".join(limit_name(told.case, each, lang) for each in limits)
        said.append(say("minutes.illustrative_limits", lang, count=len(limits), names=names))
    return said


def _unassessed(told: Disclosure, lang: str) -> list[str]:
    case = told.case
    leaves = 0 if case.criteria is None else len(case.criteria.leaves)
    rows = [row for row in told.told_rows if told.whole.scores.assessed_leaves[row] < leaves]
    if not rows:
        return []
    end = locale.say(f"terms.unassessed.{case.scenario.eligibility.unassessed}", lang)
    names = _names(told, rows, lang)
    return [say("minutes.unassessed", lang, count=len(rows), leaves=leaves, end=end, names=names)]


def _funded(paper: Letter, told: Disclosure, lang: str) -> None:
    """Who gets money, in rank order; masked projects together."""
    plan, register = told.whole.plan, told.case.register
    if not plan.found:
        return
    section(paper, 6, say("minutes.shortlist", lang), lang)
    order = [row for row in told.whole.scores.in_rank_order().tolist() if plan.amount_mvnd[row]]
    amounts = plan.amount_mvnd
    digits = max((locale.bn_digits(int(amounts[row])) for row in order), default=1)
    rows = [
        [
            str(told.whole.scores.rank[row]),
            f"{shortened(register.name(row, lang))} ({register.ids[row]})",
            body_name(told.case, register.columns["ministry"][row], lang),
            locale.bn(int(amounts[row]), lang, digits),
        ]
        for row in order
        if told.tells(row)
    ]
    totals = [["", say("sum.all", lang), "", locale.bn(plan.total_mvnd, lang, digits)]]
    masked = [row for row in order if not told.tells(row)]
    if masked:
        money = locale.bn(int(amounts[masked].sum()), lang, digits)
        totals.insert(0, ["", say("sum.masked", lang, count=len(masked)), "", money])
    heads = [say(f"head.{name}", lang) for name in ("rank", "name", "ministry", "amount")]
    add_grid(paper, Grid(heads, rows, (14, 78, 48, 25), ["center", "left", "left", "right"], totals, 11))
    small(paper, say("minutes.shortlist_note", lang))
