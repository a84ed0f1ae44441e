"""The tables of a comparison, for a terminal of a hundred columns: a column for every scenario, and under an
amount by how much it differs from the base."""

from __future__ import annotations

from collections.abc import Sequence

from prioritizer import locale
from prioritizer.comparison import Comparison, GroupLine, ProjectLine
from prioritizer.comparison.cells import (
    agreement_cells,
    amounts,
    digits_of,
    group_name,
    heads,
    lost_share_text,
    lost_text,
    summary_cells,
)
from prioritizer.comparison.nouns import Numbers, from_base
from prioritizer.comparison.words import label
from prioritizer.exports.terminal import aligned

WIDTH = 98  # letters of a line, after the margin
ROWS = 40  # projects in the table, those that differ most
_GAP, _SHORTEST, _LONGEST = 2, 8, 44
_LONGEST_ID = 14


def summary_table(comparison: Comparison, lang: str) -> list[str]:
    """Status, money, objective, ties and what is illustrative."""
    return _fitted(["", *heads(comparison, lang)], summary_cells(comparison, lang), 1)


# ------------------------------------------------------------------ money


def group_table(comparison: Comparison, lines: Sequence[GroupLine], lang: str) -> list[str]:
    """The money of every ministry, class or technology that has some, or something else, somewhere."""
    if not lines:
        return []
    names = [group_name(comparison, line, lang) for line in lines]
    head = [locale.say(f"compare.head.{lines[0].field}", lang)]
    return _money_table(comparison, head, [[name] for name in names], [_of(line) for line in lines], lang)


def _of(line: GroupLine | ProjectLine) -> Numbers:
    return line.amounts_mvnd


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
    amounts_of: Sequence[Numbers],
    lang: str,
) -> list[str]:
    """A row of amounts and, where any differs from the base's, a row of differences under it; the last of the
    names gives way to the amounts."""
    digits = digits_of(amounts_of)
    rows = list[list[str]]()
    for name, own in zip(names, amounts_of, strict=True):
        rows.append([*name, *amounts(own, digits, lang)])
        moved = from_base(own)
        if any(moved):
            rows.append([*("" for _ in name), *(_signed(each, digits, lang) for each in moved)])
    return _fitted([*head, *heads(comparison, lang)], rows, len(head))


def _fitted(head: list[str], rows: list[list[str]], first: int) -> list[str]:
    """A table with columns of numbers from ``first`` on; the text before them gives way where lines would be
    too long."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    room = WIDTH - sum(width for at, width in enumerate(widths) if at != first - 1) - _GAP * (len(widths) - 1)
    room = min(max(room, _SHORTEST), _LONGEST)
    cut = [[*row[: first - 1], _cut(row[first - 1], room), *row[first:]] for row in (head, *rows)]
    return aligned(cut[0], cut[1:], tuple(range(first, len(widths))))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _signed(moved: int | None, digits: int, lang: str) -> str:
    if not moved:
        return ""
    text = locale.bn(moved, lang, digits)
    return f"+{text}" if moved > 0 else text


# ------------------------------------------------------------------ scenario by scenario


def agreement_table(comparison: Comparison, lang: str) -> list[str]:
    """Kendall's tau-b of every two scenarios."""
    rows = agreement_cells(comparison, lang)
    return aligned(["", *heads(comparison, lang)], rows, _right(comparison))


def regret_table(comparison: Comparison, lang: str) -> list[str]:
    """What every plan loses in every scenario, and under it that as a share of the best there."""
    count, rows = len(comparison.evaluations), list[list[str]]()
    for plan in range(count):
        own = [each for each in comparison.regrets if each.plan == plan]
        rows.append([label(plan, lang), *(lost_text(each, lang) for each in own)])
        shares = [lost_share_text(comparison, each, lang) for each in own]
        rows += [["", *shares]] if any(shares) else []
    head = locale.say("compare.head.plan", lang)
    return aligned([head, *heads(comparison, lang)], rows, _right(comparison))


def _right(comparison: Comparison) -> tuple[int, ...]:
    return tuple(range(1, len(comparison.evaluations) + 1))
