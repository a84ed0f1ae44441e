"""Overview: one big number, who gets what, what is left over and why."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Literal

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.ui import frames, tables, texts, view
from prioritizer.ui.outcome import noplan


def show(shown: view.View) -> None:
    """The page."""
    noplan.show(shown)
    if shown.evaluation.plan.found:
        _big_number(shown)
    _shortlist(shown)
    left, right = st.columns(2, gap="large")
    with left:
        _why(shown)
    with right:
        _bear_in_mind(shown)


def _big_number(shown: view.View) -> None:
    plan, envelope_mvnd, lang = shown.evaluation.plan, shown.case.envelope_mvnd, shown.lang
    funded = int((plan.amount_mvnd > 0).sum())
    big, left, projects = st.columns([6, 2, 2], vertical_alignment="center")
    allocated, envelope = locale.bn(plan.total_mvnd, lang), locale.bn(envelope_mvnd, lang)
    big.title(shown.say("overview.headline", allocated=allocated, envelope=envelope), anchor=False)
    left_over = locale.bn(envelope_mvnd - plan.total_mvnd, lang)
    left.metric(shown.say("overview.left"), shown.say("money", amount=left_over))
    of = shown.say("overview.of", part=funded, whole=len(shown.case.register))
    projects.metric(shown.say("overview.funded"), of)


def _shortlist(shown: view.View) -> None:
    title, only = st.columns([3, 2], vertical_alignment="center")
    title.subheader(shown.say("overview.who"), anchor=False)
    frame = frames.shortlist(shown.evaluation, shown.lang)
    if only.toggle(shown.say("overview.only_funded"), key="only-funded"):
        frame = frame[frame["amount_mvnd"].fillna(0) > 0]
    tables.show(frame, shown.lang, alt=shown.say("overview.who_alt"), rows=10)
    if frame.empty:
        st.info(shown.say("overview.nobody"))
    if shown.evaluation.plan.found:
        _downloads(shown)


def _downloads(shown: view.View) -> None:
    styles: tuple[Literal["excel", "machine"], ...] = ("excel", "machine")
    for column, style in zip(st.columns(2), styles, strict=True):
        column.download_button(
            shown.say(f"download.{style}"),
            data=partial(pipeline.shortlist_csv, shown.evaluation, shown.lang, style),
            file_name=f"{shown.id}-{style}.csv",
            mime="text/csv",
            icon=":material/download:",
            key=f"download-{style}",
            on_click="ignore",
            width="stretch",
            help=shown.say(f"download.{style}_help"),
        )


def _why(shown: view.View) -> None:
    evaluation, lang = shown.evaluation, shown.lang
    if evaluation.plan.found:
        unspent = pipeline.describe_unspent(evaluation, lang)
        _list(shown.say("overview.unspent"), unspent, shown.say("overview.all_spent"))
        _list(shown.say("overview.binding"), _binding(shown), shown.say("overview.none_binding"))
        if shown.prices is None and any(use.binding for use in evaluation.plan.limits):
            st.caption(texts.phrase("rules.gain.unknown", lang))


def _binding(shown: view.View) -> list[str]:
    """What every limit that is reached does and what relaxing it would gain, as far as there are prices."""
    prices = [] if shown.prices is None else shown.prices.limits
    gains = {
        (price.id, price.side): pipeline.describe_gain(shown.case, price, shown.lang) for price in prices
    }
    return [
        " ".join(filter(None, (sentence, gains.get((limit_id, side), ""))))
        for limit_id, side, sentence in pipeline.describe_reached(shown.evaluation, shown.lang)
    ]


def _list(title: str, sentences: list[str], otherwise: str) -> None:
    st.subheader(title, anchor=False)
    st.markdown("\n".join(f"- {texts.plain(sentence)}" for sentence in sentences) or otherwise)


def _bear_in_mind(shown: view.View) -> None:
    st.subheader(shown.say("objective.title"), anchor=False)
    st.markdown(shown.say(f"objective.{shown.case.scenario.objective.basis}"))
    st.subheader(shown.say("overview.caveats"), anchor=False)
    st.markdown("\n".join(f"- {caveat}" for caveat in _caveats(shown)))


def _ties(shown: view.View) -> str:
    plan, register = shown.evaluation.plan, shown.case.register
    tied = [register.name(row, shown.lang) for row in plan.tied.nonzero()[0].tolist()]
    amount = locale.bn(plan.tie_mvnd, shown.lang)
    return shown.say("overview.ties", amount=amount, names="; ".join(tied))


def _not_assessed(shown: view.View, whole: int) -> str:
    missing = whole - int(shown.evaluation.scores.assessed_leaves.sum())
    return shown.say(
        "overview.not_assessed",
        count=locale.number(missing, shown.lang, 0),
        whole=locale.number(whole, shown.lang, 0),
        share=locale.percent(Fraction(missing, whole), shown.lang, 0),
        end=shown.word(f"unassessed.{shown.case.scenario.eligibility.unassessed}"),
    )


def _caveats(shown: view.View) -> list[str]:
    case = shown.case
    caveats = [texts.plain(case.scenario.description.into(shown.lang))] if case.scenario.description else []
    illustrative = int(case.register.illustrative.sum())
    if illustrative:
        caveats.append(shown.say("overview.illustrative", count=illustrative, whole=len(case.register)))
    if case.criteria is not None:
        caveats.append(_not_assessed(shown, len(case.criteria.leaves) * len(case.register)))
    if shown.evaluation.plan.tie_mvnd:
        caveats.append(_ties(shown))
    caveats.extend(
        texts.plain(fund.assumption.into(shown.lang))
        for fund in case.scenario.funds
        if fund.assumption is not None
    )
    return [*caveats, shown.say("overview.classes")] if shown.proposed_classes else caveats


if __name__ == "__main__":
    show(view.current())
