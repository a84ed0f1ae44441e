"""The tables of a comparison, for a terminal of a hundred columns: a column for every scenario, and under an
amount by how much it differs from the base."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from prioritizer import locale
from prioritizer.comparison import Comparison, GroupLine, ProjectLine, Regret
from prioritizer.comparison.nouns import Numbers, from_base
from prioritizer.comparison.words import label
from prioritizer.explanation import objective_text, value_label
from prioritizer.exports.terminal import aligned
from prioritizer.results import Evaluation

WIDTH = 98  # letters of a line, after the margin
ROWS = 40  # projects in the table, those that differ most
_GAP, _SHORTEST, _LONGEST = 2, 8, 44
_LONGEST_ID = 14
ABSENT = "–"


def summary_table(comparison: Comparison, lang: str) -> list[str]:
    """Status, money, objective, ties and what is illustrative."""
    plans = [each.plan for each in comparison.evaluations]
    found = comparison.evaluations
    totals = tuple(plan.total_mvnd if plan.found else None for plan in plans)
    envelopes = tuple(each.case.envelope_mvnd for each in found)
    left = tuple(None if each is None else all_ - each for all_, each in zip(envelopes, totals, strict=True))
    ties = tuple(plan.tie_mvnd if plan.found else None for plan in plans)
    digits = _digits([envelopes, totals, left, ties])
    words = {
        "status": [locale.say(f"compare.status.{plan.status}", lang) for plan in plans],
        "envelope": _amounts(envelopes, digits, lang),
        "total": _amounts(totals, digits, lang),
        "left": _amounts(left, digits, lang),
        "funded": [str(int((plan.amount_mvnd > 0).sum())) if plan.found else ABSENT for plan in plans],
        "objective": [_objective(each, lang) for each in found],
        "unit": [locale.say(f"compare.unit.{plan.unit}", lang) for plan in plans],
        "unique": [_yes(plan.unique, lang) if plan.found else ABSENT for plan in plans],
        "tie": _amounts(ties, digits, lang),
        "illustrative": [_yes(each.case.illustrative, lang) for each in found],
    }
    rows = [[locale.say(f"compare.summary.{key}", lang), *cells] for key, cells in words.items()]
    return _fitted(["", *_heads(comparison, lang)], rows, 1)


def _objective(evaluation: Evaluation, lang: str) -> str:
    objective = evaluation.plan.objective
    return ABSENT if objective is None else locale.number(objective, lang, 2)


def _yes(answer: bool | None, lang: str) -> str:
    return locale.say(f"compare.summary.{ {True: 'yes', False: 'no', None: 'unknown'}[answer] }", lang)


# ------------------------------------------------------------------ money


def group_table(comparison: Comparison, lines: Sequence[GroupLine], lang: str) -> list[str]:
    """The money of every ministry, class or technology that has some, or something else, somewhere."""
    if not lines:
        return []
    names = [_group_name(comparison, line, lang) for line in lines]
    head = [locale.say(f"compare.head.{lines[0].field}", lang)]
    return _money_table(comparison, head, [[name] for name in names], [_of(line) for line in lines], lang)


def _of(line: GroupLine | ProjectLine) -> Numbers:
    return line.amounts_mvnd


def _group_name(comparison: Comparison, line: GroupLine, lang: str) -> str:
    """As the first scenario that knows the id calls it."""
    if not line.id:
        return locale.say("compare.head.blank", lang)
    cases = [each.case for each in comparison.evaluations]
    named = [value_label(case, line.field, line.id, lang) for case in cases]
    return next((name for name in named if name != line.id), line.id)


def project_table(comparison: Comparison, lang: str) -> list[str]:
    """The projects whose money differs, most first; equals by id."""
    differing = [line for line in comparison.projects if line.spread_mvnd]
    shown = sorted(differing, key=lambda line: (-line.spread_mvnd, line.id))[:ROWS]
    if not shown:
        return []
    cells = [[_cut(line.id, _LONGEST_ID), _name(comparison, line, lang)] for line in shown]
    head = [locale.say(f"cli.head.{name}", lang) for name in ("id", "name")]
    table = _money_table(comparison, head, cells, [_of(line) for line in shown], lang)
    left = len(differing) - len(shown)
    return [*table, *([locale.say("compare.more", lang, count=left)] if left else [])]


def _name(comparison: Comparison, line: ProjectLine, lang: str) -> str:
    at, row = next((at, row) for at, row in enumerate(line.rows) if row is not None)
    return comparison.evaluations[at].case.register.name(row, lang)


def _money_table(
    comparison: Comparison,
    head: Sequence[str],
    names: Sequence[Sequence[str]],
    amounts: Sequence[Numbers],
    lang: str,
) -> list[str]:
    """A row of amounts and, where any differs from the base's, a row of differences under it; the last of the
    names gives way to the amounts."""
    digits = _digits(amounts)
    rows, heads = list[list[str]](), _heads(comparison, lang)
    for name, own in zip(names, amounts, strict=True):
        rows.append([*name, *_amounts(own, digits, lang)])
        moved = from_base(own)
        if any(moved):
            rows.append([*("" for _ in name), *(_signed(each, digits, lang) for each in moved)])
    return _fitted([*head, *heads], rows, len(head))


def _fitted(heads: list[str], rows: list[list[str]], first: int) -> list[str]:
    """A table with columns of numbers from ``first`` on; the text before them gives way where lines would be
    too long."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    room = WIDTH - sum(width for at, width in enumerate(widths) if at != first - 1) - _GAP * (len(widths) - 1)
    room = min(max(room, _SHORTEST), _LONGEST)
    cut = [[*row[: first - 1], _cut(row[first - 1], room), *row[first:]] for row in (heads, *rows)]
    return aligned(cut[0], cut[1:], tuple(range(first, len(widths))))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _digits(amounts: Sequence[Sequence[int | None]]) -> int:
    return max((locale.bn_digits(each) for own in amounts for each in own if each is not None), default=1)


def _amounts(amounts: Sequence[int | None], digits: int, lang: str) -> list[str]:
    return [ABSENT if each is None else locale.bn(each, lang, digits) for each in amounts]


def _signed(moved: int | None, digits: int, lang: str) -> str:
    if not moved:
        return ""
    text = locale.bn(moved, lang, digits)
    return f"+{text}" if moved > 0 else text


# ------------------------------------------------------------------ scenario by scenario


def agreement_table(comparison: Comparison, lang: str) -> list[str]:
    """Kendall's tau-b of every two scenarios."""
    known = {(each.one, each.other): each.kendall for each in comparison.agreements}
    rows = []
    for one in range(len(comparison.evaluations)):
        cells = [
            known.get((min(one, other), max(one, other))) for other in range(len(comparison.evaluations))
        ]
        said = [ABSENT if each is None else locale.number(Fraction(each), lang, 3) for each in cells]
        rows.append([label(one, lang), *("" if at == one else each for at, each in enumerate(said))])
    return aligned(["", *_heads(comparison, lang)], rows, _right(comparison))


def regret_table(comparison: Comparison, lang: str) -> list[str]:
    """What every plan loses in every scenario, and under it that as a share of the best there."""
    count, rows = len(comparison.evaluations), list[list[str]]()
    for plan in range(count):
        own = [each for each in comparison.regrets if each.plan == plan]
        rows.append([label(plan, lang), *(_lost(comparison, each, lang) for each in own)])
        shares = [_share(comparison, each, lang) for each in own]
        rows += [["", *shares]] if any(shares) else []
    head = locale.say("compare.head.plan", lang)
    return aligned([head, *_heads(comparison, lang)], rows, _right(comparison))


def _lost(comparison: Comparison, regret: Regret, lang: str) -> str:
    if regret.lost is not None:
        return objective_text(regret.lost, lang) if regret.lost else "0"
    return locale.say(f"compare.regret.{'broken' if regret.breaches else 'no_plan'}", lang)


def _share(comparison: Comparison, regret: Regret, lang: str) -> str:
    own = comparison.evaluations[regret.under].plan.objective
    return locale.percent(regret.lost / own, lang) if regret.lost and own and own > 0 else ""


def _heads(comparison: Comparison, lang: str) -> list[str]:
    return [label(at, lang) for at in range(len(comparison.evaluations))]


def _right(comparison: Comparison) -> tuple[int, ...]:
    return tuple(range(1, len(comparison.evaluations) + 1))
