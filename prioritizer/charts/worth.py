"""Value for money: what is gained, project by project, by funding those first that give most per billion."""

from __future__ import annotations

import altair as alt
import pandas as pd

from prioritizer import locale
from prioritizer.analysis.worth import ValueForMoney, per_bn
from prioritizer.charts.drawing import BILLIONS, LIMIT, PLAN, Figure, finished, tip, title_of
from prioritizer.explanation.words import objective_text
from prioritizer.results import E4, Evaluation

_LOOKS = {"full": ("#009E73", "circle"), "part": ("#E69F00", "square"), "none": ("#0072B2", "triangle-down")}


def value_for_money(evaluation: Evaluation, found: ValueForMoney, lang: str) -> Figure:
    """The sums of value against those of asks, the most points per billion first; where the plan's money ends
    in this order, and what the plan is worth."""
    table = _table(evaluation, found, lang)
    drawn = table.assign(
        x=table["sum_ask_mvnd"] / 1000, y=table["sum_value_e4"] / E4,
        ask=table["ask_mvnd"] / 1000, amount=table["amount_mvnd"] / 1000, value=table["value_e4"] / E4,
    )  # fmt: skip
    x = alt.X("x:Q", title=_say("money", lang), axis=BILLIONS, scale=alt.Scale(nice=False))
    y = alt.Y("y:Q", title=_say("axis", lang), axis=alt.Axis(format=",~r"))
    start = pd.DataFrame({"x": [0.0], "y": [0.0]})
    line = alt.Chart(pd.concat([start, drawn[["x", "y"]]])).mark_line(color="#7F7F7F").encode(x=x, y=y)
    layered = alt.layer(line, _marks(drawn, x, y, lang), *_cut(evaluation, found, lang))
    title = title_of(_say("title", lang), evaluation.case.illustrative, lang)
    return Figure(finished(layered, title, lang, 330), table, _alt(evaluation, found, lang))


def _marks(drawn: pd.DataFrame, x: alt.X, y: alt.Y, lang: str) -> alt.Chart:
    names = [_say(state, lang) for state in _LOOKS]
    colours, shapes = ([look[at] for look in _LOOKS.values()] for at in (0, 1))
    return alt.Chart(drawn).mark_point(size=110, filled=True, opacity=1).encode(
        x=x, y=y, tooltip=[tip(field, lang) for field in ("name", "ask", "amount", "value")],
        color=alt.Color("funded:N", title=None, scale=alt.Scale(domain=names, range=colours)),
        shape=alt.Shape("funded:N", title=None, scale=alt.Scale(domain=names, range=shapes)),
    )  # fmt: skip


def _cut(
    evaluation: Evaluation, found: ValueForMoney, lang: str
) -> tuple[alt.Chart, alt.Chart, alt.Chart, alt.Chart]:
    """A line where the plan's money ends, with its amount; a cross where the plan stands, with its name."""
    total = evaluation.plan.total_mvnd
    words = _say("cut", lang, amount=locale.bn(total, lang))
    at = pd.DataFrame(
        {"x": [total / 1000], "y": [float(found.plan_points)], "text": [words], "plan": [_say("plan", lang)]}
    )
    base = alt.Chart(at).encode(x="x:Q")
    rule = base.mark_rule(strokeDash=[6, 4], strokeWidth=2, color=LIMIT)
    said = base.mark_text(align="right", dx=-8, dy=4, fontSize=15, baseline="top")
    cross = base.mark_point(shape="cross", size=260, filled=True, color=PLAN, opacity=1)
    name = base.mark_text(align="left", dx=14, dy=6, fontSize=15, baseline="top")
    return (
        rule,
        said.encode(y=alt.value(0), text="text:N"),
        cross.encode(y="y:Q"),
        name.encode(y="y:Q", text="plan:N"),
    )


def _table(evaluation: Evaluation, found: ValueForMoney, lang: str) -> pd.DataFrame:
    register, rows = evaluation.case.register, list(found.order)
    ask, value = register.ask_mvnd[rows].tolist(), evaluation.scores.value_e4[rows].tolist()
    amount = evaluation.plan.amount_mvnd[rows].tolist()
    return pd.DataFrame(
        {
            "order_count": range(1, len(rows) + 1),
            "name": [register.name(row, lang) for row in rows],
            "per_bn_e4": [round(per_bn(*each) * E4) for each in zip(value, ask, strict=True)],
            "value_e4": value,
            "ask_mvnd": ask,
            "amount_mvnd": amount,
            "funded": [_say(_state(*each), lang) for each in zip(amount, ask, strict=True)],
            "sum_ask_mvnd": found.sum_mvnd,
            "sum_value_e4": found.sum_e4,
        }
    )


def _state(amount_mvnd: int, ask_mvnd: int) -> str:
    return "none" if amount_mvnd == 0 else "full" if amount_mvnd == ask_mvnd else "part"


def _alt(evaluation: Evaluation, found: ValueForMoney, lang: str) -> str:
    return _say(
        "alt",
        lang,
        count=len(found.order),
        total=locale.bn(evaluation.plan.total_mvnd, lang),
        plan=objective_text(found.plan_points, lang),
        best=objective_text(found.same_money_points, lang),
    )


def _say(key: str, lang: str, **params: object) -> str:
    return locale.say(f"rules.worth.chart.{key}", lang, **params)
