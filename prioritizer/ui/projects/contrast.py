"""One project against another: why it is worth more or less, leaf by leaf, with the judgements behind it."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.model import Case
from prioritizer.results import Contrast, LeafContrast
from prioritizer.ui import answers, texts, view

_EVIDENCED = 6  # criteria whose judgements are told


def show(shown: view.View, row: int) -> None:
    """A project to choose, then both side by side; nothing is compared before."""
    register = shown.case.register
    others = {name: at for at, name in enumerate(register.ids) if at != row}
    if not others:
        st.info(shown.say("contrast.nobody"), icon=":material/info:")
        return
    other = st.selectbox(
        shown.say("contrast.against"),
        list(others),
        index=None,
        placeholder=shown.say("contrast.choose"),
        format_func=lambda one: f"{one} – {register.name(others[one], shown.lang)}",
        key="register-against",
    )
    if other is None:
        st.caption(shown.say("contrast.help"))
        return
    compare = partial(pipeline.contrast, shown.evaluation, row, others[other])
    found = answers.remembered(shown.case, f"contrast/{row}/{others[other]}", compare)
    if found is not None:
        _compared(shown, found)


def table(case: Case, found: Contrast, lang: str) -> pd.DataFrame:
    """A row per leaf, greatest difference first, then what rounding leaves and the totals; all as text."""
    one, other = (case.register.ids[row] for row in found.rows)
    alike = all(leaf.weights[0] == leaf.weights[1] for leaf in found.leaves)
    weights = [_head("weight", lang)] if alike else [_of("weight", each, lang) for each in (one, other)]
    heads = [
        _head("criterion", lang),
        *weights,
        *(_of("points", each, lang) for each in (one, other)),
        *(_of("adds", each, lang) for each in (one, other)),
        _head("difference", lang),
    ]
    rows = [_row(case, leaf, len(weights), lang) for leaf in found.leaves]
    return pd.DataFrame([*rows, *_sums(found, len(weights), lang)], columns=heads)


def _compared(shown: view.View, found: Contrast) -> None:
    case, lang = shown.case, shown.lang
    said = pipeline.describe_contrast(case, shown.evaluation.scores, found, lang)
    st.markdown("\n".join(f"- {texts.plain(sentence)}" for sentence in said))
    frame = table(case, found, lang)
    st.table(frame.map(texts.plain), hide_index=True, alt=shown.say("contrast.alt"))
    telling = [leaf for leaf in found.leaves if leaf.difference_e4][:_EVIDENCED]
    if telling:
        with st.expander(shown.say("contrast.evidence"), icon=":material/fact_check:"):
            st.markdown("\n".join(_evidence(case, found, telling, lang)))


def _evidence(case: Case, found: Contrast, leaves: list[LeafContrast], lang: str) -> list[str]:
    lines = []
    for leaf in leaves:
        lines.append(f"- **{texts.plain(pipeline.criterion_name(case, leaf.criterion, lang))}**")
        said = pipeline.describe_judgements(case, found, leaf, lang)
        lines += [f"    - {texts.plain(sentence)}" for sentence in said]
    return lines


def _row(case: Case, leaf: LeafContrast, weights: int, lang: str) -> list[str]:
    return [
        pipeline.criterion_name(case, leaf.criterion, lang),
        *(locale.percent(each, lang, 2) for each in leaf.weights[:weights]),
        *(locale.points(each, lang, 1) for each in leaf.points_e4),
        *_figures(pipeline.shown(leaf.adds_e4[0]), pipeline.shown(leaf.adds_e4[1]), lang),
    ]


def _sums(found: Contrast, weights: int, lang: str) -> list[list[str]]:
    """Columns add up as they are shown: what rounding leaves has a row of its own, where it leaves any."""
    blank = [""] * (weights + 2)
    totals = [pipeline.shown(value) for value in found.values_e4]
    left = [
        total - sum(pipeline.shown(leaf.adds_e4[at]) for leaf in found.leaves)
        for at, total in enumerate(totals)
    ]
    rows = [[_head("rounding", lang), *blank, *_figures(left[0], left[1], lang)]] if any(left) else []
    return [*rows, [_head("total", lang), *blank, *_figures(totals[0], totals[1], lang)]]


def _figures(one: int, other: int, lang: str) -> list[str]:
    difference = pipeline.shown_text(one - other, lang, signed=True)
    return [*(pipeline.shown_text(each, lang) for each in (one, other)), difference]


def _head(key: str, lang: str) -> str:
    return locale.say(f"exports.explained.contrast.{key}", lang)


def _of(key: str, project: str, lang: str) -> str:
    return f"{_head(key, lang)} {project}"
