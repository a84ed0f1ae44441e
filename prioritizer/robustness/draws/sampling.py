"""Weights drawn uniformly from a polytope.

A simplex gets the spacings of sorted uniform numbers. Another polytope is taken apart into simplices, one of
which is drawn by volume: exactly uniform too. Where that takes too many of them, hit-and-run chains (Smith
1984) are run, one for every draw: each starts at a random mixture of all corners and takes ``2 d² + 100``
steps in directions with the covariance of the corners, so that no narrow side holds it up. Where there are
too many corners as well, those that are best in random directions stand for all. At nine dimensions means and
variances agree with exact draws to within their sampling errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from prioritizer.model import Ints
from prioritizer.robustness.draws.polytope import Coefs, Corner, Said, TooManyCorners, corners
from prioritizer.robustness.draws.some_corners import some_corners
from prioritizer.robustness.draws.triangulation import Floats, triangulated, volumes

_TINY = 1e-300
_FLAT = 1e-12  # part of the greatest variance below which corners do not extend in a direction


@dataclass(frozen=True)
class Body:
    """All the weights of ``k`` criteria that fit what was said, not empty.

    ``places``, float64[corners, k], has its corners, or some of them where there are too many; ``simplices``
    are places of these, or ``None`` where chains are run instead; ``upto`` is the part of the volume up to
    and with each simplex; ``rows``, float64[rows, k], must stay zero or more.
    """

    places: Floats
    simplices: Ints | None
    upto: Floats
    rows: Floats

    @property
    def dimensions(self) -> int:
        """How many uniform numbers a draw takes; none where chains are run."""
        if self.simplices is None:
            return 0
        return int(self.simplices.shape[1]) - 1 + (len(self.simplices) > 1)

    def drawn(self, uniform: Floats, random: np.random.Generator) -> Floats:
        """Weights float64[draws, k], each from its own row of ``uniform``, float64[draws, dimensions]."""
        if self.simplices is None:
            return _hit_and_run(self, len(uniform), random)
        if len(self.simplices) == 1:
            return _mixed(spacings(uniform), self.places[self.simplices[:1]])
        chosen = np.searchsorted(self.upto, uniform[:, 0], side="right").clip(max=len(self.simplices) - 1)
        return _mixed(spacings(uniform[:, 1:]), self.places[self.simplices[chosen]])


def body(count: int, said: Sequence[Said]) -> Body | None:
    """The weights of ``count`` criteria that fit what was said; ``None`` where nothing fits.

    Raises :class:`~prioritizer.robustness.draws.polytope.TooManyCorners` where it is not known whether
    anything fits.
    """
    rows = [row for each in said for row in each.rows]
    try:
        found = corners(count, said)
    except TooManyCorners:
        return Body(some_corners(count, rows), None, np.zeros(0), _bounds(count, rows))
    return _body(found, rows) if found else None


def _body(found: Sequence[Corner], rows: Sequence[Coefs]) -> Body:
    places = np.array([[float(each) for each in corner.weights] for corner in found])
    simplices = triangulated(found)
    upto = np.zeros(0)
    if simplices is not None:
        sizes = np.cumsum(volumes(places, simplices))
        upto = sizes / sizes[-1]
    return Body(places, simplices, upto, _bounds(places.shape[1], rows))


def _bounds(count: int, rows: Sequence[Coefs]) -> Floats:
    """What must stay zero or more, rows of float64[rows, count]."""
    return np.concatenate([np.eye(count), np.array(rows, dtype=np.float64).reshape(-1, count)])


def spacings(uniform: Floats) -> Floats:
    """Uniform points of a simplex, float64[draws, d + 1], from uniform numbers float64[draws, d]."""
    draws = len(uniform)
    edges = np.concatenate([np.zeros((draws, 1)), np.sort(uniform, axis=1), np.ones((draws, 1))], axis=1)
    return np.diff(edges, axis=1)


def _mixed(parts: Floats, places: Floats) -> Floats:
    """Mixtures of corners, float64[draws, k], added up in one order on every machine."""
    found = parts[:, :1] * places[:, 0]
    for at in range(1, parts.shape[1]):
        found = found + parts[:, at : at + 1] * places[:, at]
    return found


def _hit_and_run(held: Body, draws: int, random: np.random.Generator) -> Floats:
    """One chain for each draw: on the line through where it stands, to a uniform point between its ends."""
    spread = _spread(held.places)
    start = random.dirichlet(np.ones(len(held.places)), draws) @ held.places
    moved, room, slopes = np.zeros((draws, spread.shape[1])), start @ held.rows.T, (held.rows @ spread).T
    for _ in range(2 * spread.shape[1] ** 2 + 100):
        way = random.standard_normal(moved.shape)
        slope = way @ slopes
        nearing = slope / np.maximum(room, _TINY)
        back, ahead = -1 / nearing.max(axis=1), -1 / nearing.min(axis=1)
        step = (back + (ahead - back) * random.random(draws))[:, None]
        moved += step * way
        room += step * slope
    now = np.maximum(start + moved @ spread.T, 0)
    found: Floats = now / now.sum(axis=1, keepdims=True)
    return found


def _spread(places: Floats) -> Floats:
    """The directions in which corners lie apart, times how far, float64[k, d]."""
    size, way = np.linalg.eigh(np.cov(places.T, bias=True))
    kept = size > _FLAT * size[-1]
    found: Floats = way[:, kept] * np.sqrt(size[kept])
    return found


def whole(shares: Floats, total: int) -> Ints:
    """Rows of shares, each summing to one, as whole numbers summing to ``total``: what rounding down leaves
    goes to the largest remainders, among equals to the first."""
    exact = shares * total
    down = np.floor(exact).astype(np.int64)
    order = np.argsort(down - exact, axis=1, kind="stable")
    missing = total - down.sum(axis=1, keepdims=True)
    more = np.zeros_like(down)
    np.put_along_axis(more, order, (np.arange(shares.shape[1]) < missing).astype(np.int64), axis=1)
    return down + more
