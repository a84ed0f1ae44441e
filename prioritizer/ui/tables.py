"""Tables: columns named and formatted by one rule, searched and sorted as Vietnamese is.

A column's name says its unit: ``_mvnd`` is money, ``_e4`` a value, ``_share_e4`` a share,
``_count`` and ``rank`` whole numbers. The grid keeps the numbers and shows them in the page's language,
whatever the browser's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

import pandas as pd
import streamlit as st

from prioritizer import charts, locale
from prioritizer.pipeline import TableStyle, table_csv
from prioritizer.ui import grids, screen, texts

_UNITS: dict[str, Callable[[int, str], str]] = {
    "_mvnd": lambda value, lang: locale.bn(value, lang),
    "change_mvnd": lambda value, lang: _signed(locale.bn(value, lang), value),
    "_e4": lambda value, lang: locale.points(value, lang),
    "_share_e4": lambda value, lang: f"{locale.number(Fraction(value, 100), lang)}%",
    "per_bn_e4": lambda value, lang: locale.points(value, lang, 4),
    "_count": lambda value, lang: locale.number(value, lang, 0),
    "rank": lambda value, lang: locale.number(value, lang, 0),
}
_WIDTHS = {  # pixels
    "id": 85, "rank": 65, "name": 325, "lead": 150, "ministry": 225, "class": 150, "ask_basis": 145,
    "ask_mvnd": 140, "amount_mvnd": 150, "value_e4": 115, "reason": 175, "sentence": 640,
    "before_rank": 92, "after_rank": 88, "project": 206, "before_mvnd": 116, "after_mvnd": 86,
    "change_mvnd": 148,
    "low_mvnd": 105, "mid_mvnd": 105, "high_mvnd": 105, "product": 210, "technology": 360, "secrecy": 100,
    "over": 215, "used_mvnd": 140, "floor_mvnd": 145, "ceiling_mvnd": 145, "binding": 150, "why": 310,
    "message": 420, "remedy": 420, "fund": 360, "year": 80, "holds_mvnd": 150, "aside_mvnd": 150,
    "paid_mvnd": 150, "left_mvnd": 150, "line": 360, "now_mvnd": 105, "otherwise_mvnd": 125,
    "budget_mvnd": 160, "move": 150, "best_value": 160,
    "missing_count": 165, "missing": 470, "assessor": 320, "body": 140, "judged": 105,
    "abstained_count": 105, "leaning": 120, "gained_mvnd": 165, "lost_mvnd": 165, "criterion": 290,
    "compared_count": 200, "mean_e4": 180, "widest_e4": 170, "pair": 320,
}  # fmt: skip
_ROW, _LINE = 38, 22
_WRAPS = 74  # the grid breaks lines only in rows higher than four base letters
_LETTER, _PADDING = 7, 16  # pixels that a letter takes, and a cell beside its text
_MOST_LINES, _FEWEST = 4, 4  # lines of text in a row, and rows in a grid whose rows are high


def show(
    frame: pd.DataFrame,
    lang: str,
    *,
    alt: str,
    rows: int = 12,
    lines: int | None = None,
    labels: Mapping[str, str] | None = None,
) -> None:
    """One read-only grid, at most ``rows`` rows high, with so many lines of text in a row or as many as it
    takes to cut nothing; ``alt`` says what it holds. ``labels``: what columns are called that the house's
    list of columns does not have."""
    called = {str(column): (labels or {}).get(str(column)) for column in frame}
    units = {str(column): unit for column in frame if (unit := _unit(str(column)))}
    reads = {column: partial(_read, unit, lang) for column, unit in units.items()}
    height = _height(frame, lines)
    st.dataframe(
        grids.worded(frame, reads),
        hide_index=True,
        column_config={
            name: _column(name, own or label(name, lang), name in units) for name, own in called.items()
        },
        height=height * min(len(frame), rows if lines else max(_FEWEST, rows * _ROW // height)) + _ROW + 2,
        row_height=height,
        placeholder=grids.MISSING,
        alt=alt,
    )


def _height(frame: pd.DataFrame, lines: int | None) -> int:
    """How high a row is, in pixels."""
    lines = lines or min(
        max([1, *(_lines(frame[name], width) for name, width in _narrow(frame))]), _MOST_LINES
    )
    return _ROW if lines == 1 else max(_WRAPS, _ROW + _LINE * (lines - 1))


def _narrow(frame: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """The columns of text whose width is given, with it."""
    for name in map(str, frame):
        if name in _WIDTHS and not _unit(name):
            yield name, _WIDTHS[name]


def _lines(column: pd.Series[Any], width: int) -> int:
    """How many lines the longest text of a column takes."""
    longest = max((len(str(text)) for text in column), default=0)
    return -(-longest * _LETTER // (width - _PADDING))


def figure(
    drawn: charts.Figure,
    lang: str,
    table: pd.DataFrame | None = None,
    labels: Mapping[str, str] | None = None,
) -> None:
    """A chart, what it shows in a sentence, and the table behind it, which can be taken away; ``table`` says
    more than the chart's own, with ``labels`` as in :func:`show`."""
    whole, named = drawn.table if table is None else table, drawn.labels if labels is None else labels
    chart = charts.enlarged(drawn).chart if screen.is_big() else drawn.chart
    st.altair_chart(chart, width="stretch", alt=drawn.alt, theme=None)
    st.caption(texts.plain(drawn.alt))
    with st.expander(texts.say("chart.table", lang)):
        show(whole, lang, alt=drawn.alt, rows=15, labels=named)
        download(whole, lang, drawn.heading, labels=named)


def download(
    frame: pd.DataFrame, lang: str, heading: Sequence[str], *, labels: Mapping[str, str] | None = None
) -> None:
    """Two buttons that take a table away, for Excel in the page's language and for machines; ``heading``
    stands above the first, and its first line names the files."""
    names = {str(column): (labels or {}).get(str(column)) or label(str(column), lang) for column in frame}
    above = [heading[0], locale.say("exports.proposal", lang), *heading[1:]]
    styles: tuple[TableStyle, ...] = ("excel", "machine")
    for column, style in zip(st.columns(2), styles, strict=True):
        column.download_button(
            texts.say(f"download.{style}_table", lang),
            data=partial(table_csv, frame, names, lang, style, above),
            file_name=f"{_file_stem(heading[0])}-{style}.csv",
            mime="text/csv",
            icon=":material/download:",
            key=f"download/{heading[0]}/{style}",
            on_click="ignore",
            width="stretch",
        )


def _file_stem(title: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", locale.fold(title)))[:60]


def found(frame: pd.DataFrame, query: str, columns: Sequence[str]) -> pd.DataFrame:
    """The rows where each word of ``query`` begins a word of ``columns``, ignoring case and marks."""
    wanted = locale.fold(query).split()
    rows = zip(*(frame[column].astype(str) for column in columns), strict=True)
    keep = [all(f" {word}" in f" {locale.fold(' '.join(row))}" for word in wanted) for row in rows]
    return frame[pd.Series(keep, index=frame.index, dtype=bool)]


def ordered(frame: pd.DataFrame, column: str, descending: bool = False) -> pd.DataFrame:
    """The rows sorted by ``column``: numbers as numbers, texts as Vietnamese dictionaries do."""
    if _unit(column):
        return frame.sort_values(column, ascending=not descending, kind="stable")
    return frame.sort_values(column, ascending=not descending, kind="stable", key=_sort_keys)


def label(column: str, lang: str) -> str:
    """What a column is called."""
    bare = column
    for unit in ("_mvnd", "_e4"):
        bare = bare.removesuffix(unit)
    key = f"terms.field.{bare}"
    return locale.say(key if key in locale.sentences(lang) else f"ui.column.{bare}", lang)


def picker(lang: str, columns: Sequence[str], key: str) -> tuple[str, bool]:
    """Two controls: the column to sort by, and whether downwards."""
    by, direction = st.columns([3, 2], vertical_alignment="bottom")
    column = by.selectbox(
        texts.say("table.sort", lang), columns, format_func=lambda name: label(name, lang), key=f"{key}-sort"
    )
    return column, direction.toggle(texts.say("table.descending", lang), key=f"{key}-descending")


def _sort_keys(texts_of_rows: pd.Series[Any]) -> pd.Series[Any]:
    return texts_of_rows.map(lambda text: locale.sort_key(str(text)))


def _unit(column: str) -> str | None:
    return next((unit for unit in sorted(_UNITS, key=len, reverse=True) if column.endswith(unit)), None)


@lru_cache(1 << 16)  # most numbers of a table stay when a weight moves
def _read(unit: str, lang: str, value: int) -> str:
    return _UNITS[unit](value, lang)


def _column(name: str, called: str, numeric: bool) -> Any:
    kind = st.column_config.NumberColumn if numeric else st.column_config.TextColumn
    return kind(called, width=_WIDTHS.get(name))


def _signed(text: str, value: int) -> str:
    return f"+{text}" if value > 0 else text.replace("-", "−")
