"""What every project is worth, and the money it asks for."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from prioritizer import locale
from prioritizer.charts.drawing import LIMIT, Figure, finished, say, tip, title_of
from prioritizer.results import REASONS, Evaluation

REASON_LOOKS = {
    "funded": ("#009E73", "circle"),
    "marginal": ("#E69F00", "diamond"),
    "below_hurdle": ("#CC79A7", "triangle-down"),
    "ineligible": ("#7F7F7F", "cross"),
    "crowded_out": ("#0072B2", "square"),
    "forced_in": ("#56B4E9", "triangle-up"),
    "forced_out": ("#D55E00", "triangle-left"),
}


def value_against_money(evaluation: Evaluation, lang: str) -> Figure:
    """Projects side by side from the most valuable down: as wide as their ask, as high as their value.

    Values stand with their intervals; a line stands where the envelope would end if
    nothing but value counted.
    """
    table = _project_table(evaluation, lang)
    ask = table["ask_mvnd"] / 1000
    points = {name: table[f"{name}_e4"] / 1e4 for name in ("value", "low", "high")}
    along = {"start": ask.cumsum() - ask, "middle": ask.cumsum() - ask / 2, "end": ask.cumsum()}
    drawn = table.assign(ask=ask, amount=table["amount_mvnd"] / 1000, **along, **points)
    reasons = [reason for reason in REASONS if reason in evaluation.plan.reason]
    names = [locale.say(f"terms.reason.{reason}", lang) for reason in reasons]
    tooltip = [tip(field, lang) for field in ("name", "ask", "amount", "value", "low", "high", "reason")]
    axis = alt.Axis(format=",.0f", tickCount=8, grid=False)
    x = {"title": say("value.money", lang), "axis": axis, "scale": alt.Scale(nice=False)}
    # Given values may be of any size; those made of scores are points of a hundred.
    full = alt.Undefined if evaluation.case.criteria is None else alt.Scale(domain=[0, 100])
    y = alt.Y("value:Q", title=say("value.axis", lang), scale=full)
    colour = alt.Color("reason:N", title=say("reason", lang), scale=_scale(names, reasons, 0))
    shape = alt.Shape("reason:N", title=say("reason", lang), scale=_scale(names, reasons, 1))
    base = alt.Chart(drawn).encode(tooltip=tooltip)
    bars = base.mark_rect(opacity=0.35, stroke="#FFFFFF").encode(
        x=alt.X("start:Q", **x), x2="end:Q", y=y, y2=alt.datum(0), color=colour
    )
    interval = base.mark_rule(color="#7F7F7F").encode(x="middle:Q", y="low:Q", y2="high:Q")
    marks = base.mark_point(size=110, filled=True, opacity=1).encode(
        x="middle:Q", y="value:Q", color=colour, shape=shape
    )
    counts = "; ".join(
        f"{name}: {evaluation.plan.reason.count(reason)}" for name, reason in zip(names, reasons, strict=True)
    )
    alternative = say("value.alt", lang, count=len(table), counts=counts)
    layered = alt.layer(bars, interval, marks, *_envelope(evaluation, lang))
    title = title_of(say("value.title", lang), evaluation.case.illustrative, lang)
    return Figure(finished(layered, title, lang, 330), table, alternative)


def _envelope(evaluation: Evaluation, lang: str) -> tuple[alt.Chart, alt.Chart]:
    """The envelope as a line across, with its amount written beside it."""
    envelope_mvnd = evaluation.case.envelope_mvnd
    text = say("value.envelope", lang, amount=locale.bn(envelope_mvnd, lang))
    base = alt.Chart(pd.DataFrame({"at": [envelope_mvnd / 1000], "text": [text]})).encode(x="at:Q")
    line = base.mark_rule(strokeDash=[6, 4], strokeWidth=2, color=LIMIT)
    words = base.mark_text(align="left", dx=6, dy=4, fontSize=15, baseline="top")
    return line, words.encode(y=alt.value(0), text="text:N")


def _project_table(evaluation: Evaluation, lang: str) -> pd.DataFrame:
    register, scores, plan = evaluation.case.register, evaluation.scores, evaluation.plan
    table = pd.DataFrame(
        {
            "rank": scores.rank,
            "name": [register.name(row, lang) for row in range(len(register))],
            "ask_mvnd": register.ask_mvnd,
            "amount_mvnd": plan.amount_mvnd,
            "value_e4": scores.value_e4,
            "low_e4": scores.low_e4,
            "high_e4": scores.high_e4,
            "reason": [locale.say(f"terms.reason.{reason}", lang) for reason in plan.reason],
        }
    )
    return table.iloc[scores.in_rank_order()].reset_index(drop=True)


def _scale(names: Sequence[str], reasons: Sequence[str], look: int) -> alt.Scale:
    return alt.Scale(domain=list(names), range=[REASON_LOOKS[reason][look] for reason in reasons])
