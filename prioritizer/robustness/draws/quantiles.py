"""Where in its interval an unknown number is drawn: whole numbers that any part of the draws gives alike."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from prioritizer.model import Ints

BITS = 14
WHOLE = 1 << BITS  # quantiles are odd numbers over this: the middles of 8,192 equal parts
Quantiles = npt.NDArray[np.uint16]
_IN_A_WORD = 4


def quantiles(seed: int, stream: int, rows: Ints, width: int) -> Quantiles:
    """``width`` quantiles of each of some draws, uint16[len(rows), width] over :data:`WHOLE`.

    Each draw has a sequence of its own (Philox), which depends on nothing but seed, stream and its row.
    """
    key = np.random.SeedSequence(seed).generate_state(2, np.uint64)
    words = np.empty((len(rows), -(-width // _IN_A_WORD)), dtype="<u8")
    random = np.random.Philox(key=key)
    state: Any = random.state
    for at, row in enumerate(rows.tolist() if width else ()):
        state["state"]["counter"][:] = 0, row, stream, 0
        random.state = state  # three times as quick as a new one
        words[at] = random.random_raw(words.shape[1])
    return (words.view("<u2")[:, :width] >> (16 - BITS) | 1).astype(np.uint16, copy=False)
