"""What stays true of a plan, as lines of text and as JSON."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from prioritizer import locale
from prioritizer.explanation import value_label
from prioritizer.exports.explained import Explained, section
from prioritizer.exports.terminal import aligned, heading_lines
from prioritizer.robustness.allowed.stability import End, Interval
from prioritizer.robustness.stress import Robustness
from prioritizer.robustness.summary.nouns import Band, Floats, Summary, Unknown
from prioritizer.robustness.words import (
    describe_draws,
    describe_portfolios,
    describe_stability,
    describe_standing,
    describe_unknowns,
    share_text,
    standing_text,
)

_LONGEST_NAME = 32
_DIGITS = 6  # of a share in JSON


def stressed(found: Robustness, lang: str) -> Explained:
    """Everything about the robustness of a plan."""
    sections = {
        "standing": describe_standing(found, lang),
        "stability": describe_stability(found, lang),
        "unknowns": describe_unknowns(found, lang),
        "portfolios": describe_portfolios(found, lang),
    }
    lines = [
        *heading_lines(found.evaluation, lang),
        *describe_draws(found, lang),
        *section("robustness.projects", _project_table(found, lang), lang, mark=""),
        *section("robustness.ministries", _ministry_table(found, lang), lang, mark=""),
        *(line for name, said in sections.items() for line in section(f"robustness.{name}", said, lang)),
    ]
    return Explained(lines, {**robustness_object(found), "sentences": sections})


# ------------------------------------------------------------------ text


def _project_table(found: Robustness, lang: str) -> list[str]:
    joint = found.ways.get("joint")
    names = ("any", *(("joint",) if joint else ()), "full", "expected", "low", "high", "least", "most")
    heads = [locale.say(f"cli.head.{name}", lang) for name in ("id", "name", "amount")]
    heads += [locale.say(f"robustness.table.{name}", lang) for name in (*names, "standing")]
    order = found.evaluation.scores.in_rank_order().tolist()
    rows = [_project_cells(found, joint, row, lang) for row in order]
    return aligned(heads, rows, right=tuple(range(2, len(heads) - 1)))


def _project_cells(found: Robustness, joint: Summary | None, row: int, lang: str) -> list[str]:
    register, plan, main = found.evaluation.case.register, found.evaluation.plan, found.main
    shared = [main.any_share[row], *([joint.any_share[row]] if joint else []), main.full_share[row]]
    least = None if found.shares is None else int(found.shares.bound_least_mvnd[row])
    most = None if found.shares is None else int(found.shares.bound_greatest_mvnd[row])
    amounts = [round(main.expected_mvnd[row]), *main.quantiles_mvnd[[0, 2], row].tolist(), least, most]
    return [
        register.ids[row],
        _short(register.name(row, lang)),
        locale.bn(int(plan.amount_mvnd[row]), lang, 1) if plan.found else "–",
        *(share_text(float(share), lang) for share in shared),
        *("–" if amount is None else locale.bn(amount, lang, 1) for amount in amounts),
        standing_text(found, row, lang),
    ]


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _ministry_table(found: Robustness, lang: str) -> list[str]:
    case = found.evaluation.case
    names = ("expected", "low", "middle", "high")
    heads = [locale.say("cli.head.ministry", lang), locale.say("cli.head.ask", lang)]
    heads += [locale.say(f"robustness.table.{name}", lang) for name in names]
    rows = [
        [
            value_label(case, "ministry", band.ministry, lang),
            *(locale.bn(amount, lang, 1) for amount in _of_band(band)),
        ]
        for band in found.main.ministries
    ]
    return aligned(heads, rows, right=tuple(range(1, len(heads))))


def _of_band(band: Band) -> tuple[int, ...]:
    drawn = round(band.expected_mvnd), band.low_mvnd, band.middle_mvnd, band.high_mvnd
    return band.ask_mvnd, *drawn


# ------------------------------------------------------------------ JSON


def robustness_object(found: Robustness) -> dict[str, Any]:
    """All figures; shares are of the draws that have a plan, ``null`` where a figure does not exist."""
    evaluation, asked = found.evaluation, found.asked
    allowed, money = asked.allowed, asked.money
    return {
        "schema": 1,
        "scenario": evaluation.case.scenario.id,
        "status": evaluation.plan.status,
        "illustrative": evaluation.case.illustrative,
        "seed": asked.seed,
        "weights": "stated" if allowed.stated or allowed.further else "any",
        "envelope_factors": [str(factor) for factor in money.envelope],
        "ask_factors": [str(factor) for factor in money.asks],
        "ways": {way: _way(summary) for way, summary in found.ways.items()},
        "projects": [_project(found, row) for row in evaluation.scores.in_rank_order().tolist()],
        "ministries": [_band(found, at) for at in range(len(found.main.ministries))],
        "weight_stability": [_interval(found, each) for each in found.stability] if found.stability else None,
        "unknowns": [_unknown(found, each) for each in found.main.unknowns],
        "portfolios": None if found.portfolios is None else len(found.portfolios),
    }


def _way(summary: Summary) -> dict[str, Any]:
    return {
        "draws": summary.draws,
        "with_a_plan": summary.found,
        "not_proven": summary.unproven,
        "failed": dict(summary.failed),
    }


def _project(found: Robustness, row: int) -> dict[str, Any]:
    evaluation, exact, listed = found.evaluation, found.shares, found.portfolios
    standing = None if found.standing is None else found.standing[row]
    return {
        "id": evaluation.case.register.ids[row],
        "amount_mvnd": int(evaluation.plan.amount_mvnd[row]) if evaluation.plan.found else None,
        "standing": None if standing is None else standing.kind,
        "proven": None if standing is None else standing.proven,
        "least_mvnd": None if exact is None else int(exact.bound_least_mvnd[row]),
        "least_exact": None if exact is None else bool(exact.least_exact[row]),
        "greatest_mvnd": None if exact is None else int(exact.bound_greatest_mvnd[row]),
        "greatest_exact": None if exact is None else bool(exact.greatest_exact[row]),
        "core_index": None if listed is None or listed.core_index is None else str(listed.core_index[row]),
        "ways": {way: _drawn(summary, row) for way, summary in found.ways.items()},
    }


def _drawn(summary: Summary, row: int) -> dict[str, Any]:
    low, middle, high = summary.quantiles_mvnd[:, row].tolist()
    return {
        "funded": _share(summary.any_share, row),
        "funded_error": _share(summary.any_error, row),
        "in_full": _share(summary.full_share, row),
        "in_full_error": _share(summary.full_error, row),
        "expected_mvnd": round(float(summary.expected_mvnd[row]), 3) if summary.found else None,
        "expected_share": _share(summary.expected_share, row),
        "quantiles_mvnd": {"5": low, "50": middle, "95": high} if summary.found else None,
        "among_first": {
            str(count): _share(shares, row) for count, shares in summary.ranks.among_first.items()
        },
    }


def _share(shares: Floats, row: int) -> float | None:
    return round(float(shares[row]), _DIGITS) if shares[row] == shares[row] else None


def _band(found: Robustness, at: int) -> dict[str, Any]:
    band = found.main.ministries[at]
    return {
        "id": band.ministry,
        "ask_mvnd": band.ask_mvnd,
        "expected_mvnd": round(band.expected_mvnd, 3),
        "quantiles_mvnd": {"5": band.low_mvnd, "50": band.middle_mvnd, "95": band.high_mvnd},
    }


def _interval(found: Robustness, each: Interval) -> dict[str, Any]:
    return {
        "criterion": each.criterion,
        "now": str(each.now),
        "low": _end(found, each.low),
        "high": _end(found, each.high),
    }


def _end(found: Robustness, end: End | None) -> dict[str, Any] | None:
    if end is None:
        return None
    ids = found.evaluation.case.register.ids
    moves = {ids[row]: str(Fraction(change)) for row, change in end.moves_mvnd.items()}
    return {"weight": str(end.weight), "moves_mvnd": moves}


def _unknown(found: Robustness, each: Unknown) -> dict[str, Any]:
    tree = found.evaluation.case.criteria
    assert tree is not None
    moved = each.moved_mvnd
    return {
        "project": found.evaluation.case.register.ids[each.project],
        "criteria": [tree.leaves[at].id for at in each.leaves],
        "moved_mvnd": round(moved.value, 3),
        "error_mvnd": _finite(moved.error),
        "noise_mvnd": _finite(moved.noise),
        "low_mvnd": round(each.low_mvnd, 3),
        "high_mvnd": round(each.high_mvnd, 3),
    }


def _finite(number: float) -> float | None:
    return round(float(number), 3) if number == number else None
