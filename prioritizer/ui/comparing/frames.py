"""The tables of a comparison: a column of money for every scenario, ``s1_mvnd`` and so on, the base first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from prioritizer import locale
from prioritizer.comparison import Comparison, GroupLine, ProjectLine
from prioritizer.comparison.cells import group_name
from prioritizer.comparison.moves import moves_from_base
from prioritizer.comparison.nouns import Numbers
from prioritizer.comparison.words import label
from prioritizer.comparison.words import labels as labels_of

_NAMED = ("group", "id", "name", "way", "where", "scenario_count")
LOOKS = ("both", "base", "comparison", "differ")


def groups(comparison: Comparison, lines: Sequence[GroupLine], lang: str) -> pd.DataFrame:
    """The money of every ministry, class or technology that some scenario lists."""
    names = [group_name(comparison, line, lang) for line in lines]
    return _money({"group": names}, [line.amounts_mvnd for line in lines])


def projects(comparison: Comparison, lang: str) -> pd.DataFrame:
    """The money of every project that some scenario lists, those that differ most first."""
    ordered = sorted(comparison.projects, key=lambda line: (-line.spread_mvnd, -_most(line), line.id))
    names = [project_text(comparison, line, lang) for line in ordered]
    ids = [line.id for line in ordered]
    return _money({"id": ids, "name": names}, [line.amounts_mvnd for line in ordered])


def project_text(comparison: Comparison, line: ProjectLine, lang: str) -> str:
    """A project's name, as the first scenario that lists it has it."""
    at, row = next((at, row) for at, row in enumerate(line.rows) if row is not None)
    return comparison.evaluations[at].case.register.name(row, lang)


def moves(comparison: Comparison, at: int, lang: str) -> pd.DataFrame:
    """Whose money a scenario changes from the base's, by way, the most money first."""
    found = moves_from_base(comparison, at)
    return pd.DataFrame(
        {
            "way": [locale.say(f"compare.page.way.{each.way}", lang) for each in found],
            "id": [each.line.id for each in found],
            "name": [project_text(comparison, each.line, lang) for each in found],
            "s1_mvnd": pd.Series([each.base_mvnd for each in found], dtype="Int64"),
            f"s{at + 1}_mvnd": pd.Series([each.there_mvnd for each in found], dtype="Int64"),
            "change_mvnd": pd.Series([each.moved_mvnd for each in found], dtype="Int64"),
        }
    )


def funded(comparison: Comparison, lang: str) -> pd.DataFrame:
    """Every project with the scenarios that give it money, those in most scenarios first, then by id."""
    ordered = sorted(comparison.projects, key=lambda line: (-len(line.funded_in), line.id))
    return pd.DataFrame(
        {
            "id": [line.id for line in ordered],
            "name": [project_text(comparison, line, lang) for line in ordered],
            "where": [
                locale.say("compare.none", lang) if not line.funded_in else labels_of(line.funded_in, lang)
                for line in ordered
            ],
            "scenario_count": [len(line.funded_in) for line in ordered],
        }
    )


def looked_at(frame: pd.DataFrame, look: str) -> pd.DataFrame:
    """The rows to look at: all of them or, ``differ``, those in which scenarios differ."""
    money = scenario_columns(frame)
    if look != "differ":
        return frame
    known = frame[money].fillna(-1)  # what is absent differs from 0
    return frame[known.nunique(axis="columns") > 1]


def with_money(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that have money in some scenario; all of them where none has."""
    some = frame[(frame[scenario_columns(frame)].fillna(0) > 0).any(axis="columns")]
    return frame if some.empty else some


def drawn(frame: pd.DataFrame, look: str) -> list[str]:
    """The scenarios to look at, by column."""
    money = scenario_columns(frame)
    return {"base": money[:1], "comparison": money[1:]}.get(look, money)


def as_shown(frame: pd.DataFrame, look: str) -> pd.DataFrame:
    """The table with the scenarios to look at and, unless one stands alone, how far each is from the base."""
    texts = [str(column) for column in frame if not str(column).endswith("_mvnd")]
    shown = frame[[*texts, *drawn(frame, look)]].copy()
    if look in ("both", "differ"):
        for column in scenario_columns(frame)[1:]:
            shown[column.replace("_mvnd", "_change_mvnd")] = frame[column] - frame["s1_mvnd"]
    return shown


def scenario_columns(frame: pd.DataFrame) -> list[str]:
    """The columns that hold what scenarios give, the base's first."""
    return [str(column) for column in frame if str(column).startswith("s") and str(column).endswith("_mvnd")]


def labels(comparison: Comparison, lang: str) -> dict[str, str]:
    """What the columns are called, and under what name a scenario is drawn."""
    called = {column: locale.say(f"compare.page.column.{column}", lang) for column in _NAMED}
    for at in range(len(comparison.evaluations)):
        own = {"label": label(at, lang), "base": label(0, lang)}
        called[f"s{at + 1}_mvnd"] = locale.say("compare.page.amount", lang, **own)
        called[f"s{at + 1}_change_mvnd"] = locale.say("compare.page.change", lang, **own)
    return called


def _money(texts: Mapping[str, Sequence[str]], amounts: Sequence[Numbers]) -> pd.DataFrame:
    frame = pd.DataFrame(dict(texts))
    for at, own in enumerate(zip(*amounts, strict=True)):
        frame[f"s{at + 1}_mvnd"] = pd.Series(list(own), dtype="Int64")
    return frame


def _most(line: ProjectLine) -> int:
    return max((each for each in line.amounts_mvnd if each is not None), default=0)
