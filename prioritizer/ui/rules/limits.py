"""Limits: all of them in words, those switched off among them; one is looked at and changed at a time."""

from __future__ import annotations

from functools import partial

import streamlit as st

from prioritizer import locale, pipeline
from prioritizer.model import Bound, Limit
from prioritizer.ui import answers, names, texts, view
from prioritizer.ui.outcome import otherwise
from prioritizer.ui.rules import adding, changes, entries, selecting, trying, typed
from prioritizer.ui.rules.trying import say
from prioritizer.ui.rules.typed import Measure, Size

SIDES = ("at_least", "at_most")
_ADD = "+"


def show(shown: view.View) -> None:
    """The list on the left; beside it the limit that is looked at, or the questions for a new one."""
    left, right = st.columns([5, 6], gap="large")
    with left:
        chosen = _choice(shown)
        _least_grant(shown)
    with right:
        if chosen == _ADD:
            adding.show(shown)
        elif chosen in {limit.id for limit in shown.case.scenario.limits}:
            _edit(shown, next(limit for limit in shown.case.scenario.limits if limit.id == chosen))
        else:
            _off(shown, next(limit for limit in off(shown) if limit.id == chosen))


def off(shown: view.View) -> list[Limit]:
    """The limits of the saved scenario that the draft has taken away."""
    now = {limit.id.casefold() for limit in shown.case.scenario.limits}
    return [limit for limit in shown.saved.scenario.limits if limit.id.casefold() not in now]


def called(shown: view.View, limit: Limit) -> str:
    """A limit's name as the whole app says it, with a capital."""
    name = pipeline.limit_name(shown.case, limit, shown.lang)
    return name[:1].upper() + name[1:]


# ------------------------------------------------------------------ the list


def _choice(shown: view.View) -> str:
    words = _listed(shown) | {_ADD: say(shown, "limits.add")}
    key = f"limit-chosen/{shown.id}"
    kept = st.session_state.get(f"{key}/kept")
    now = kept if kept in words else next(iter(words))
    _keep(key, now)
    entries.picked(
        shown, say(shown, "limits.title"), list(words), key, now, partial(_keep, key), words.__getitem__,
        kind="radio", help=say(shown, "limits.help"),
    )  # fmt: skip
    return now


def _listed(shown: view.View) -> dict[str, str]:
    """The limits by id, in words: the saved ones in their places, switched off or not, then the new ones."""
    on = {limit.id: texts.plain(called(shown, limit)) for limit in shown.case.scenario.limits}
    away = {limit.id: say(shown, "limits.is_off", name=called(shown, limit)) for limit in off(shown)}
    saved = [limit.id for limit in shown.saved.scenario.limits]
    order = dict.fromkeys([*saved, *on])
    return {name: {**away, **on}[name] for name in order if name in on or name in away}


def _keep(key: str, chosen: str) -> None:
    st.session_state[f"{key}/kept"] = chosen


def _least_grant(shown: view.View) -> None:
    """From which amount a project counts as funded: what counts of projects need."""
    now, place = shown.case.scenario.least_grant_mvnd, ("least_grant_bn",)
    key = f"least-grant/{shown.id}"
    text = "" if now is None else typed.typed(Size("amount_bn", typed.whole(now)), shown.lang)

    def take(size: Size | None) -> None:
        trying.attempt(shown, key, "limits", {place: changes.ABSENT if size is None else size.text})

    entries.typed(
        shown, say(shown, "field.least_grant"), key, text, partial(typed.read_size, "amount_bn"), take,
        partial(echo, shown, ()), blank=partial(take, None), placeholder=say(shown, "limits.no_least_grant"),
        help=say(shown, "limits.least_grant_help"),
    )  # fmt: skip


# ------------------------------------------------------------------ one limit


def _off(shown: view.View, limit: Limit) -> None:
    st.markdown(f"**{texts.plain(called(shown, limit))}**")
    st.caption(say(shown, "limits.off_now"))
    told = changes.limit_restored(limit)
    entries.tried(shown, say(shown, "limits.on"), f"limit-on/{shown.id}/{limit.id}", "limits", told)


def _edit(shown: view.View, limit: Limit) -> None:
    title, switch = st.columns([7, 3], vertical_alignment="center")
    title.markdown(f"**{texts.plain(called(shown, limit))}**")
    with switch:
        gone: changes.Changes = {("limits", limit.id): changes.ABSENT}
        key = f"limit-off/{shown.id}/{limit.id}"
        entries.tried(shown, say(shown, "limits.off"), key, "limits", gone, width="stretch")
    for column, side in zip(st.columns(2), SIDES, strict=True):
        with column:
            _side(shown, limit, side)
    _standing(shown, limit)
    for field in limit.where:
        _values(shown, limit, field)
    with st.expander(say(shown, "limits.more")):
        _firmness(shown, limit)
        _why(shown, limit)
    if _planned(shown):
        otherwise.without_limit(shown, limit)


def _standing(shown: view.View, limit: Limit) -> None:
    """What the limit selects, what it does in the plan, and what moving it is worth."""
    projects, asks = selecting.extent(shown.case, limit.where)
    said = [say(shown, "limits.extent", count=projects, asks=locale.bn(asks, shown.lang))]
    if _planned(shown):
        every = pipeline.describe_every_limit(shown.evaluation, shown.lang)
        said += [texts.plain(sentence) for sentence in every.get(limit.id, ())]
        said += [texts.plain(sentence) for sentence in prices_of(shown, limit)]
    st.markdown(" ".join(f":small[{sentence}]" for sentence in said))


def prices_of(shown: view.View, limit: Limit) -> list[str]:
    """What moving a limit by one unit is worth, a sentence for each side; none where rules ask yes or no."""
    found = answers.worked_out("prices", shown.case, pipeline.prices, shown.evaluation)
    return [
        pipeline.describe_price(shown.case, price, shown.lang)
        for price in (() if found is None else found.limits)
        if price.id == limit.id and price.side != "fund"
    ]


def _planned(shown: view.View) -> bool:
    """Whether there is a plan, and it is at hand: editing does not wait for one."""
    evaluation = answers.at_hand(shown.case)
    return evaluation is not None and evaluation.plan.found


def _values(shown: view.View, limit: Limit, field: str) -> None:
    key = f"limit-where/{shown.id}/{limit.id}/{field}"
    known = selecting.values(shown.case).get(field, [])
    options = list(dict.fromkeys([*known, *limit.where[field]]))

    def take(chosen: list[str]) -> None:
        where = changes.selection({**limit.where, field: chosen})
        if chosen:
            trying.attempt(shown, key, "limits", {("limits", limit.id, "where"): where})
        else:
            trying.refuse(shown, key, [locale.say("rules.limits.needs_value", shown.lang)])

    entries.several(
        shown, selecting.field_words(shown.case, field, shown.lang), options, key, limit.where[field], take,
        lambda value: selecting.value_words(shown.case, field, value, shown.lang),
    )  # fmt: skip


def _side(shown: view.View, limit: Limit, side: str) -> None:
    """The measure and the size of a floor or a ceiling; another measure counts once its size is typed."""
    bound: Bound | None = getattr(limit, side)
    own = None if bound is None else typed.size_of(bound)
    key = f"limit-{side}/{shown.id}/{limit.id}"
    measure = _measure(shown, limit, side, own, key)
    if measure is not None:
        size_entry(shown, limit, side, measure, own if own and own.measure == measure else None, key)


def _measure(shown: view.View, limit: Limit, side: str, own: Size | None, key: str) -> Measure | None:
    none, allowed = "none", list(selecting.measures(shown.case, limit.where))
    options: list[str] = [none, *allowed, *([own.measure] if own and own.measure not in allowed else [])]
    place = f"{key}/measure"
    about, kept = st.session_state.get(f"{place}/kept", (own, None))
    now = kept if kept in options and about == own else own.measure if own else none

    def take(chosen: str) -> None:
        st.session_state[f"{place}/kept"] = (own, chosen)
        if chosen == none and own is not None:
            trying.attempt(shown, place, "limits", changes.side_removed(limit, side))

    entries.picked(
        shown, say(shown, f"field.{side}"), options, place, now, take,
        lambda each: say(shown, f"measure.{each}"),
    )  # fmt: skip
    return next(
        (each for each in allowed if each == now), own.measure if own and now == own.measure else None
    )


def size_entry(
    shown: view.View, limit: Limit, side: str, measure: Measure, own: Size | None, key: str
) -> None:
    """The field for a size in one measure."""

    def take(size: Size) -> None:
        trying.attempt(shown, f"{key}/{measure}", "limits", changes.bound_set(limit.id, side, size))

    entries.typed(
        shown, say(shown, f"size.{measure}"), f"{key}/{measure}", typed.typed(own, shown.lang) if own else "",
        partial(typed.read_size, measure), take, partial(echo, shown, tuple(limit.where.get("year", ()))),
        blank=(lambda: None) if own is None else None, placeholder=say(shown, f"example.{measure}"),
    )  # fmt: skip


def echo(shown: view.View, years: tuple[str, ...], size: Size) -> str:
    """What was understood, in full: a share of the envelope also as money."""
    lang = shown.lang
    if size.measure == "amount_bn":
        full = locale.number(int(size.value) * 1_000_000, lang, 0)
        return shown.say("input.read_money", amount=locale.bn(int(size.value), lang), full=full)
    if size.measure == "count":
        return say(shown, "read.count", count=locale.number(size.value, lang, 0))
    share = locale.percent(size.value, lang, locale.digits_needed(size.value * 100))
    limit = Limit.model_validate({"id": "x", "where": {"year": years} if years else {}})
    envelope = shown.case.scenario.envelope_of(limit)
    amount = locale.bn(int(size.value * envelope), lang)
    return say(shown, f"read.{size.measure}", share=share, amount=amount)


# ------------------------------------------------------------------ firm or open, and why


def _firmness(shown: view.View, limit: Limit) -> None:
    """Decreed, negotiable or soft at a price: one of the three."""
    key, place = f"limit-firm/{shown.id}/{limit.id}", ("limits", limit.id)
    now = "decreed" if limit.decreed else "soft" if limit.penalty_e4 is not None else "negotiable"
    waiting = st.session_state.get(f"{key}/kept") == (now, "soft")

    def take(chosen: str) -> None:
        st.session_state[f"{key}/kept"] = (now, chosen)
        if chosen != "soft":
            firm = True if chosen == "decreed" else changes.ABSENT
            told: changes.Changes = {(*place, "decreed"): firm, (*place, "penalty"): changes.ABSENT}
            trying.attempt(shown, key, "limits", told)

    entries.picked(
        shown, say(shown, "field.firmness"), ["negotiable", "decreed", "soft"], key,
        "soft" if waiting else now, take, lambda each: say(shown, f"firmness.{each}"), kind="radio",
    )  # fmt: skip
    if now == "soft" or waiting:
        _penalty(shown, limit)


def _penalty(shown: view.View, limit: Limit) -> None:
    key, place = f"limit-penalty/{shown.id}/{limit.id}", ("limits", limit.id)

    def take(value_e4: int) -> None:
        told: changes.Changes = {
            (*place, "penalty"): changes.points(value_e4),
            (*place, "decreed"): changes.ABSENT,
        }
        trying.attempt(shown, key, "limits", told)

    counts = any(bound is not None and bound.count is not None for bound in (limit.at_least, limit.at_most))
    label = say(shown, f"field.penalty_{'count' if counts else 'bn'}")
    text = "" if limit.penalty_e4 is None else typed.points(limit.penalty_e4, shown.lang)
    entries.typed(
        shown, label, key, text, typed.read_price, take, blank=lambda: None,
        help=say(shown, "limits.penalty_help"),
    )  # fmt: skip


def _why(shown: view.View, limit: Limit) -> None:
    now = {"vi": names.given(limit.why, "vi"), "en": names.given(limit.why, "en")}
    said = {"vi": now["vi"], "en": "" if now["en"] == now["vi"] else now["en"]}
    for lang in ("vi", "en"):
        key = f"limit-why/{shown.id}/{limit.id}/{lang}"

        def take(text: str, lang: str = lang, key: str = key) -> None:
            told = {**said, lang: text}
            place = ("limits", limit.id, "why")
            trying.attempt(shown, key, "limits", {place: changes.words(told["vi"], told["en"])})

        entries.typed(
            shown, say(shown, f"field.why_{lang}"), key, said[lang], trying.needed, take,
            blank=partial(take, ""),
        )  # fmt: skip
    _basis(shown, limit)


def _basis(shown: view.View, limit: Limit) -> None:
    key = f"limit-basis/{shown.id}/{limit.id}"

    def take(chosen: str) -> None:
        trying.attempt(shown, key, "limits", {("limits", limit.id, "basis"): chosen})

    entries.picked(
        shown, say(shown, "field.basis"), ["stated", "proposed", "illustrative"], key, limit.basis, take,
        lambda each: shown.word(f"basis.{each}"),
    )  # fmt: skip
