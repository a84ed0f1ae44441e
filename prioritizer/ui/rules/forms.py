"""Forms for new things: several fields that are read together, with every refusal at once below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from prioritizer import money
from prioritizer.ui import view
from prioritizer.ui.rules import changes, trying


class Form:
    """One form of the page; its fields are called as ``rules.field`` says, and start anew once taken."""

    def __init__(self, shown: view.View, name: str) -> None:
        self.shown, self.key = shown, f"{name}/{shown.id}"

    def follow(self, holds: str) -> None:
        """Lets the fields start anew when what holds is another than they were filled with: it was changed by
        another hand, and what they still show would undo that."""
        place = f"{self.key}/of"
        if st.session_state.setdefault(place, holds) != holds:
            st.session_state[place] = holds
            self._start_anew()

    def drawn(self) -> AbstractContextManager[Any]:
        """What the fields are drawn in: nothing is taken before its button is pressed."""
        return st.form(f"form/{self.key}", border=False, enter_to_submit=False)

    def place(self, field: str) -> str:
        """The key of a field's widget."""
        return f"{self.key}/{field}/{st.session_state.get(f'{self.key}/taken', 0)}"

    def said(self, field: str) -> str:
        """What stands in a field."""
        return str(st.session_state.get(self.place(field)) or "")

    def picks(self, field: str) -> list[str]:
        """What was picked in a field of several."""
        return list(st.session_state.get(self.place(field)) or [])

    # -------------------------------------------------------------- fields

    def text(self, field: str, **looks: Any) -> None:
        """One line of text."""
        st.text_input(self._label(field), key=self.place(field), autocomplete="off", **looks)

    def words(self, field: str) -> None:
        """A text in Vietnamese and, as far as it is wanted, in English."""
        vietnamese, english = st.columns(2)
        with vietnamese:
            self.text(f"{field}_vi")
        with english:
            self.text(f"{field}_en", placeholder=trying.say(self.shown, "same"))

    def one(self, field: str, options: Sequence[str], words: Callable[[str], str]) -> None:
        """One of several."""
        st.selectbox(self._label(field), options, format_func=words, key=self.place(field))

    def day(self, field: str, today: date) -> None:
        """A day, today unless another is picked."""
        st.date_input(self._label(field), value=today, format="DD/MM/YYYY", key=self.place(field))

    def several(
        self, field: str, options: Sequence[str], words: Callable[[str], str], placeholder: str
    ) -> None:
        """Any of several."""
        st.multiselect(
            self._label(field), options, format_func=words, key=self.place(field), placeholder=placeholder
        )

    def submit(self, label: str, take: Callable[[], bool]) -> None:
        """The form's button; what was refused stays to be mended."""
        st.form_submit_button(
            label, on_click=self._submitted, args=(take,), key=f"{self.key}/go", type="primary"
        )
        trying.show_refusal(self.shown, self.key)

    # -------------------------------------------------------------- what they say

    def read(self, **readers: Callable[[str], object]) -> dict[str, Any] | None:
        """What the fields say, each read by its reader; ``None`` where one is refused."""
        return trying.read_all(
            self.shown, self.key, {name: partial(read, name) for name, read in readers.items()}
        )

    def needed_words(self, field: str) -> object:
        """A text that must be said in one language at least. Raises ``Misread``."""
        vi, en = self.said(f"{field}_vi"), self.said(f"{field}_en")
        trying.needed(vi or en)
        return changes.words(vi, en)

    def line(self, field: str) -> str:
        """A line that must be said. Raises ``Misread``."""
        return trying.needed(self.said(field))

    def money(self, field: str) -> int:
        """Billion VND, in million. Raises ``Misread``."""
        return money.read_typed_amount_mvnd(self.line(field))

    def _label(self, field: str) -> str:
        return trying.say(self.shown, f"field.{field}")

    def _submitted(self, take: Callable[[], bool]) -> None:
        if take():
            self._start_anew()

    def _start_anew(self) -> None:
        taken = f"{self.key}/taken"
        st.session_state[taken] = st.session_state.get(taken, 0) + 1
