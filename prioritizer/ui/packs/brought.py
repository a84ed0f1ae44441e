"""The pack that is open in this session, until it is put away."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import streamlit as st

_PACK, _BATCH = "pack-open", "pack-batch"


@dataclass(frozen=True)
class Brought:
    """A file that was brought in."""

    name: str
    content: bytes
    sha256: str


def at_hand() -> Brought | None:
    """The pack that is open."""
    found: Brought | None = st.session_state.get(_PACK)
    return found


def bring(name: str, content: bytes) -> None:
    """Opens another; the box for files is empty again."""
    st.session_state[_PACK] = Brought(name, content, hashlib.sha256(content).hexdigest())
    st.session_state[_BATCH] = batch() + 1


def put_away() -> None:
    """No pack is open any more."""
    st.session_state.pop(_PACK, None)


def batch() -> int:
    """Part of the key of the box for files."""
    return int(st.session_state.get(_BATCH, 0))
