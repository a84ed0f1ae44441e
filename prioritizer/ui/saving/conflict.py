"""Another has saved the scenario meanwhile: what each changed, and four ways to go on."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from prioritizer import locale
from prioritizer.pipeline import Conflict
from prioritizer.ui import state, texts, view
from prioritizer.ui.saving import asking, outcomes, places
from prioritizer.ui.saving.words import decide, say, time_text

_FEW, _HIGHEST = 4, 270  # rows, pixels: the ways out stay in sight on a projector


def show(shown: view.View) -> None:
    """The conflict that a save of this scenario met, until it is chosen about."""
    met = state.conflict(shown.id)
    if met is not None and shown.draft is not None:
        title = say(shown, "conflict.title")
        st.dialog(title, width="large", on_dismiss=state.close_dialogs)(_choose)(shown, met)


def _choose(shown: view.View, met: Conflict) -> None:
    st.markdown(say(shown, "conflict.what", since=time_text(met.on_disk_since, shown.lang)))
    if not met.started_known:
        st.caption(say(shown, "conflict.start_unknown"))
    frame = table(shown, met)
    with st.container(height=_HIGHEST if len(frame) > _FEW else "content"):
        if len(frame):
            st.table(frame.map(texts.plain), hide_index=True, alt=say(shown, "conflict.title"))
        else:
            st.markdown(say(shown, "conflict.same"))
    ways = [column for _ in range(2) for column in st.columns(2)]
    acts: tuple[tuple[str, Callable[..., None], tuple[object, ...]], ...] = (
        ("on_top", outcomes.save_on_top, (shown, met)),
        ("alone", outcomes.save_mine_alone, (shown, met)),
        ("new", asking.about("save_as"), (shown,)),
        ("drop", outcomes.drop, (shown,)),
    )
    for column, (name, act, args) in zip(ways, acts, strict=True):
        with column:
            looks = {"disabled": name == "alone" and not met.started_known, "width": "stretch"}
            decide(shown, f"conflict.{name}", f"conflict-{name}", act, *args, **looks)
            st.caption(say(shown, f"conflict.{name}_help"))
    decide(shown, "not_now", "conflict-later", state.close_dialogs, type="tertiary")


def table(shown: view.View, met: Conflict) -> pd.DataFrame:
    """Place by place what stood there at the start, what stands there now and what is mine; where both
    changed it, and not to the same, that is said in words."""
    lang = shown.lang
    names = ("place", "started", "on_disk", "mine", "clash")
    columns = [locale.say(f"saving.conflict.column.{name}", lang) for name in names]
    rows = []
    for each in sorted(met.differences, key=lambda each: not each.clashes):
        values = (each.started, each.on_disk, each.theirs)
        said = (places.value(shown, each.place, value) for value in values)
        clash = locale.say("saving.conflict.clash", lang) if each.clashes else ""
        rows.append((places.name(shown, each.place, values), *said, clash))
    return pd.DataFrame(rows, columns=columns)
