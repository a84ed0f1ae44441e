"""What the charts of robustness share: signs and colours of standings, and names in several lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from prioritizer import locale

KIND_LOOKS = {  # colour and sign
    "core": ("#009E73", "●"),
    "borderline": ("#E69F00", "◆"),
    "outside": ("#7F7F7F", "✕"),
    "drawn": ("#56B4E9", "■"),
}
_ROW, _LINE = 30, 17  # pixels: a row with one line of letters, and every further line
_LETTERS = 56
_MOST_LINES = 6


def wrapped(names: Iterable[str], letters: int = _LETTERS) -> list[str]:
    """Names in lines of at most so many letters, none of them cut."""
    return ["\n".join(wrap(name, letters)) or name for name in names]


def rows(called: Iterable[str]) -> alt.Y:
    """A row for every name, in their order, its lines around the middle of the row."""
    lines = "split(datum.label, '\\n')"
    # Left alone, the first line would stand in the middle and the others below it.
    up: Any = [
        {"test": f"length({lines}) == {many}", "value": -_LINE * (many - 1) / 2}
        for many in range(2, _MOST_LINES)
    ]
    axis = alt.Axis(
        labelExpr=lines, labelLimit=0, labelLineHeight=_LINE, labelOffset={"condition": up, "value": 0}
    )
    return alt.Y("called:N", sort=list(called), title=None, axis=axis)


def height(called: Iterable[str]) -> int:
    """How high a chart with these rows is, in pixels."""
    names = list(called)
    return len(names) * (_ROW + _LINE * max([0, *(name.count("\n") for name in names)]))


def called_with_id(table: pd.DataFrame) -> list[str]:
    """What the projects of a table with ``id`` and ``name`` are called in a chart."""
    return wrapped(f"{own} – {name}" for own, name in zip(table["id"], table["name"], strict=True))


def kind_text(kind: str, lang: str) -> str:
    """What a colour stands for, with the sign that stands for it too."""
    return f"{KIND_LOOKS[kind][1]} {say(f'kind.{kind}', lang)}"


def kind_colour(kinds: Iterable[str], lang: str) -> alt.Color:
    """The colours of the kinds that are met, by ``kind`` in words."""
    present = set(kinds)
    met = [kind for kind in KIND_LOOKS if kind in present]
    scale = alt.Scale(
        domain=[kind_text(kind, lang) for kind in met], range=[KIND_LOOKS[kind][0] for kind in met]
    )
    return alt.Color("kind:N", title=None, scale=scale)


def tips(fields: Sequence[str], lang: str) -> list[alt.Tooltip]:
    """What is told under the pointer, all of it text."""
    return [alt.Tooltip(field=each, type="nominal", title=say(f"tip.{each}", lang)) for each in fields]


def say(key: str, lang: str, **params: object) -> str:
    """A sentence of these charts."""
    return locale.say(f"robustness.chart.{key}", lang, **params)
