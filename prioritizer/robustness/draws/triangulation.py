"""A polytope taken apart into simplices that share no inside.

Every face is the set of its corners. It is cut into pyramids from its first corner over those of its facets
that do not have it, and these in turn; a facet is a largest proper part that lies on one row.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from prioritizer.model import Ints
from prioritizer.robustness.draws.polytope import Corner

Floats = npt.NDArray[np.float64]
MOST_SIMPLICES = 200_000  # ten criteria, each within an interval, may have as many
_BLOCK = 10_000  # simplices at once


def triangulated(corners: Sequence[Corner]) -> Ints | None:
    """The simplices of a polytope as places of corners, int64[simplices, dimension + 1]; ``None`` where they
    are more than :data:`MOST_SIMPLICES`."""
    rows = 0
    for each in corners:
        rows |= each.tight
    on_row = [
        sum(1 << at for at, each in enumerate(corners) if each.tight >> row & 1)
        for row in range(rows.bit_length())
    ]
    found = _pulled((1 << len(corners)) - 1, list(dict.fromkeys(on_row)), {})
    return None if found is None else np.array(found, dtype=np.int64)


def _pulled(
    face: int, on_row: list[int], known: dict[int, list[tuple[int, ...]] | None]
) -> list[tuple[int, ...]] | None:
    """The simplices of a face, corners as bits."""
    if face in known:
        return known[face]
    first = (face & -face).bit_length() - 1
    simplices: list[tuple[int, ...]] | None = [(first,)] if face == 1 << first else []
    for facet in _facets(face, on_row):
        if facet >> first & 1 or simplices is None:
            continue
        below = _pulled(facet, on_row, known)
        enough = below is not None and len(simplices) + len(below) <= MOST_SIMPLICES
        simplices = [*simplices, *((first, *each) for each in below or ())] if enough else None
    known[face] = simplices
    return simplices


def _facets(face: int, on_row: list[int]) -> list[int]:
    """The largest proper parts of a face that lie on a row."""
    parts = sorted({face & row for row in on_row} - {face, 0}, key=int.bit_count, reverse=True)
    largest: list[int] = []
    for part in parts:
        if not any(part & other == part for other in largest):
            largest.append(part)
    return largest


def volumes(places: Floats, simplices: Ints) -> Floats:
    """The volumes of simplices, float64[simplices], up to one common factor; ``places`` are of the corners,
    float64[corners, k]."""
    blocks = [simplices[start : start + _BLOCK] for start in range(0, len(simplices), _BLOCK)]
    edges = (places[block[:, 1:]] - places[block[:, :1]] for block in blocks)
    squares = np.concatenate([np.linalg.det(each @ each.transpose(0, 2, 1)) for each in edges])
    found: Floats = np.sqrt(np.maximum(squares, 0))
    return found
