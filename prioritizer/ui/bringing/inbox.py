"""What a person has brought in and answered, kept in the session until it is written or dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from prioritizer.errors import Fault
from prioritizer.inputs.workbooks.answers import Given
from prioritizer.inputs.workbooks.sheet import Sheet


@dataclass(frozen=True)
class Opened:
    """A file that has been opened: its digest, and its sheets or why there are none."""

    sha256: str
    sheets: list[Sheet] | tuple[Fault, ...] = field(compare=False)


@dataclass(frozen=True)
class Inbox:
    """Files by name, and what has been answered about them; ``sure``: files whose odd amounts are right,
    ``dropped``: senders whose rows are not to stay."""

    files: Mapping[str, Opened] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    sure: frozenset[str] = frozenset()
    dropped: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.files or self.dropped)

    @property
    def answered(self) -> bool:
        """Whether anything has been answered."""
        return bool(self.headings or self.numbers or self.units or self.sure)

    @property
    def given(self) -> Given:
        """The answers as the import takes them. A unit confirms no amount unlike the others."""
        known = Given.of(tuple(self.headings.items()), tuple(self.numbers.items()), tuple(self.units.items()))
        return replace(known, sure=tuple(sorted(self.sure)), units_confirm=False)

    @property
    def digest(self) -> str:
        """What decides how the files are read, as a text."""
        files = sorted((name, each.sha256) for name, each in self.files.items())
        return repr((files, self.given, self.dropped))


def of(scenario_id: str) -> Inbox:
    """What has been brought in for a scenario."""
    found: Inbox = st.session_state.get(_key(scenario_id), Inbox())
    return found


def change(scenario_id: str, **changes: Any) -> None:
    """Keeps other files or answers."""
    st.session_state[_key(scenario_id)] = replace(of(scenario_id), **changes)


def put(scenario_id: str, name: str, opened: Opened) -> None:
    """Adds a file, in the place of one of the same name."""
    change(scenario_id, files={**of(scenario_id).files, name: opened})


def take_out(scenario_id: str, name: str) -> None:
    """Drops a file with what was answered about it."""
    now = of(scenario_id)
    change(
        scenario_id,
        files={each: opened for each, opened in now.files.items() if each != name},
        numbers={file: style for file, style in now.numbers.items() if file != name},
        units={file: unit for file, unit in now.units.items() if file != name},
        sure=now.sure - {name},
    )


def forget_answers(scenario_id: str) -> None:
    """Asks everything anew."""
    change(scenario_id, headings={}, numbers={}, units={}, sure=frozenset())
    start_anew()


def clear(scenario_id: str) -> None:
    """Drops everything; the fields start anew."""
    st.session_state.pop(_key(scenario_id), None)
    start_anew()


def start_anew() -> None:
    """Lets all fields of the import begin as if they had never been touched."""
    st.session_state["import-generation"] = generation() + 1


def generation() -> int:
    """Part of the keys of the import's fields."""
    return int(st.session_state.get("import-generation", 0))


def batch() -> int:
    """Part of the key of the box for files: it is empty again once what was dropped has been opened."""
    return int(st.session_state.get("import-batch", 0))


def next_batch() -> None:
    """Empties the box for files."""
    st.session_state["import-batch"] = batch() + 1


def tell(kind: str, sentence: str) -> None:
    """Says something once on the next drawing; ``kind`` is ``success``, ``info`` or ``error``."""
    st.session_state.setdefault("import-told", []).append((kind, sentence))


def told() -> list[tuple[str, str]]:
    """What is to be said now, and no more after that."""
    found: list[tuple[str, str]] = st.session_state.pop("import-told", [])
    return found


def sha256_of(content: bytes) -> str:
    """The digest by which a file is known again."""
    return hashlib.sha256(content).hexdigest()


def _key(scenario_id: str) -> str:
    return f"import/{scenario_id}"
