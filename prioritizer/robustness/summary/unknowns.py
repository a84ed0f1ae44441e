"""Which scores that are not certain would move money if they were known, and what weights do to a project.

All of it is read off the draws: they are parted into fifths by what was drawn of one score (or weight), and
the mean plans of the fifths are set against the mean plan of all. That is the first-order part of what the
score does, what it moves together with others being left out, and it holds for the way the draws were made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from prioritizer.model import Ints
from prioritizer.robustness.summary.nouns import ByWeight, Floats, Recorded, Sampled, Unknown
from prioritizer.robustness.summary.ranks import blocks

Part = npt.NDArray[np.int8]  # by draw: in which fifth it lies
PARTS = 5
MOST_MEASURED = 50  # unknowns whose whole effect is measured, those first that move their own project most
_SHUFFLES = 19  # the greatest of so many idle scores is beaten by chance once in twenty times
_AT_ONCE = 2**23  # numbers of a table of sums


def worth_knowing(draws: Recorded, amount_mvnd: Ints, found: Ints) -> tuple[Unknown, ...]:
    """Every unknown score that may move money, those that move most first.

    Scores of a project whose money is the same in all plans are left out: as long as a project's money stays,
    its score moves nobody else's either, but for plans that are equally good.
    """
    varied = set(_varied(amount_mvnd, found).tolist())
    live = [at for at, row in enumerate(draws.unknowns[:, 0].tolist()) if row in varied]
    if not live or len(found) < PARTS:
        return ()
    told = _own(draws, amount_mvnd, found, live)
    told.sort(key=lambda each: (-each[0].moved_mvnd.value, each[0].project, each[0].leaves))
    measured = _measured(draws, amount_mvnd, found, told[:MOST_MEASURED])
    return (*measured, *(unknown for unknown, _ in told[MOST_MEASURED:]))


def by_weight(draws: Recorded, amount_mvnd: Ints, found: Ints) -> ByWeight:
    """Mean money by project in the lowest and the highest fifth of the draws by every leaf's weight."""
    shape, n = draws.table.shape[1:], amount_mvnd.shape[1]
    many = int(np.prod(shape))
    if not many or len(found) < PARTS:
        none = np.zeros((*shape, n))
        return ByWeight(none, none)
    part = np.array([fifths(draws.table[found, own, leaf]) for own, leaf in np.ndindex(*shape)])
    low, high = np.split(_means(np.concatenate([part == 0, part == PARTS - 1]), amount_mvnd, found), 2)
    return ByWeight(low.reshape(*shape, n), high.reshape(*shape, n))


def _own(draws: Recorded, amount_mvnd: Ints, found: Ints, live: Sequence[int]) -> list[tuple[Unknown, Part]]:
    """Every live unknown with what it does to its own project, and the fifth of every draw.

    Unknowns of one project that were drawn together are one.
    """
    replicate, noise = _replicates(draws, found), _own_noise(amount_mvnd, found)
    leaves: dict[tuple[int, bytes], tuple[int, ...]] = {}
    parts: dict[tuple[int, bytes], Part] = {}
    size = max(1, _AT_ONCE // len(found))
    for columns in (np.array(live[start : start + size]) for start in range(0, len(live), size)):
        drawn = np.concatenate([draws.unknown_points(rows)[:, columns] for rows in _chunks(draws, found)])
        for at, unknown in enumerate(columns.tolist()):
            row, leaf = draws.unknowns[unknown].tolist()
            part = fifths(drawn[:, at])
            key = row, part.tobytes()
            leaves[key], parts[key] = (*leaves.get(key, ()), leaf), part
    told = []
    for (row, _), part, own in zip(parts, parts.values(), leaves.values(), strict=True):
        money = amount_mvnd[found, row]
        low, high = (float(money[part == end].mean()) for end in (part.min(), part.max()))
        told.append((Unknown(row, own, low, high, _moved_own(money, part, replicate, noise[row])), part))
    return told


def _moved_own(money: Ints, part: Part, replicate: Ints, noise: float) -> Sampled:
    """How far a project's mean money in the fifths is from its mean in all draws, on average."""
    shape = 1, int(replicate.max()) + 1, PARTS
    group = replicate * PARTS + part
    sums = np.bincount(group, money, shape[1] * PARTS).astype(np.float64).reshape(*shape, 1)
    counts = np.bincount(group, minlength=shape[1] * PARTS).astype(np.float64).reshape(shape)
    ((value, error),) = _jackknifed(sums, counts)
    return Sampled(value, error, float(noise))


def _own_noise(amount_mvnd: Ints, found: Ints) -> Floats:
    """The most, over some idle scores, that each project's money seems to move with them: float64[n]."""
    idle = np.array([part == end for part in _idle(len(found)) for end in range(PARTS)])
    means = _means(idle, amount_mvnd, found).reshape(_SHUFFLES, PARTS, -1)
    most: Floats = np.abs(means - means.mean(axis=1, keepdims=True)).mean(axis=1).max(axis=0)
    return most


def _idle(draws: int) -> list[Part]:
    """Fifths that have nothing to do with anything."""
    shuffled, even = np.random.default_rng(0), fifths(np.arange(draws))
    return [shuffled.permutation(even) for _ in range(_SHUFFLES)]


def _replicates(draws: Recorded, found: Ints) -> Ints:
    counted: Ints = np.unique(np.asarray(draws.replicate)[found], return_inverse=True)[1]
    return counted


def _measured(
    draws: Recorded, amount_mvnd: Ints, found: Ints, told: Sequence[tuple[Unknown, Part]]
) -> list[Unknown]:
    """The same unknowns with what they do to the whole plan."""
    replicate, moving = _replicates(draws, found), _varied(amount_mvnd, found)
    parts = [*(part for _, part in told), *_idle(len(found))]
    moved = [
        each
        for group in _grouped(parts, len(moving), int(replicate.max()) + 1)
        for each in _moved(group, replicate, amount_mvnd, found, moving)
    ]
    noise = max(value for value, _ in moved[len(told) :])
    return [
        replace(known, plan_mvnd=Sampled(value, error, noise))
        for (known, _), (value, error) in zip(told, moved, strict=False)
    ]


def _grouped(parts: Sequence[Part], width: int, replicates: int) -> list[Sequence[Part]]:
    size = max(1, _AT_ONCE // max(1, width * replicates * PARTS))
    return [parts[start : start + size] for start in range(0, len(parts), size)]


def _moved(
    parts: Sequence[Part], replicate: Ints, amount_mvnd: Ints, found: Ints, moving: Ints
) -> list[tuple[float, float]]:
    """What every one of ``parts`` moves of the whole plan in million VND, with its standard error."""
    many = int(replicate.max()) + 1
    group = np.array([replicate * PARTS + part for part in parts], dtype=np.int64)
    size = many * PARTS
    sums = np.zeros((len(parts) * size, len(moving)))
    for at in blocks(np.arange(len(found)), max(len(moving), len(parts))):
        own = group[:, at] + np.arange(len(parts))[:, None] * size
        where = own.ravel(), np.tile(np.arange(len(at)), len(parts))
        inside = sparse.csr_matrix((np.ones(own.size), where), shape=(len(sums), len(at)))
        sums += inside @ amount_mvnd[np.ix_(found[at], moving)].astype(np.float64)
    by_part = sums.reshape(len(parts), many, PARTS, len(moving))
    counts = np.array([np.bincount(own, minlength=size) for own in group], dtype=np.float64)
    return _jackknifed(by_part, counts.reshape(len(parts), many, PARTS))


def _jackknifed(sums: Floats, counts: Floats) -> list[tuple[float, float]]:
    """What each of several unknowns moves, and the standard error of that by leaving out one replicate after
    the other; ``sums`` is [unknowns, replicates, fifths, n], ``counts`` the same without the last."""
    all_sums, all_counts, many = sums.sum(axis=1), counts.sum(axis=1), sums.shape[1]
    value = _apart(all_sums, all_counts)
    if many < 2:
        return [(each, float("nan")) for each in value.tolist()]
    without = np.array([_apart(all_sums - sums[:, at], all_counts - counts[:, at]) for at in range(many)])
    error = np.sqrt((many - 1) * without.var(axis=0))
    return list(zip(value.tolist(), error.tolist(), strict=True))


def _apart(sums: Floats, counts: Floats) -> Floats:
    """The mean, over the fifths, of the money that stands elsewhere than in the mean plan: what some get more
    and others less, taken once. ``sums`` is [unknowns, fifths, n], ``counts`` [unknowns, fifths]."""
    means = sums / np.maximum(counts, 1)[..., None]
    overall = sums.sum(axis=1) / counts.sum(axis=1)[:, None]
    change = means - overall[:, None]
    more, less = np.clip(change, 0, None).sum(axis=2), np.clip(-change, 0, None).sum(axis=2)
    moved: Floats = (np.maximum(more, less) * counts).sum(axis=1) / counts.sum(axis=1)
    return moved


def fifths(drawn: Ints) -> Part:
    """The fifth in which every draw lies, 0 to 4; what is equal lies in the same one."""
    ends = [-(-len(drawn) * part // PARTS) for part in range(1, PARTS)]
    edges = np.partition(drawn, ends)[ends]
    fifth: Part = np.searchsorted(edges, drawn, side="right").astype(np.int8)
    sizes = np.bincount(fifth, minlength=PARTS)
    if sizes.max() - sizes.min() <= max(1, len(drawn) // 50):
        return fifth
    # Many are equal: by the middle of the ranks that they share.
    _, place, many = np.unique(drawn, return_inverse=True, return_counts=True)
    middle = np.cumsum(many) * 2 - many
    shared: Part = (middle * PARTS // (2 * len(drawn))).astype(np.int8)[place]
    return shared


def _means(inside: npt.NDArray[np.bool_], amount_mvnd: Ints, found: Ints) -> Floats:
    """The mean money of every project over each set of draws: bool[sets, found] -> float64[sets, n]."""
    total = np.zeros((len(inside), amount_mvnd.shape[1]))
    for at in blocks(np.arange(len(found)), amount_mvnd.shape[1]):
        total += inside[:, at].astype(np.float64) @ amount_mvnd[found[at]].astype(np.float64)
    mean: Floats = total / np.maximum(inside.sum(axis=1), 1)[:, None]
    return mean


def _varied(amount_mvnd: Ints, found: Ints) -> Ints:
    """The projects whose money is not the same in all plans."""
    first = amount_mvnd[found[:1]]
    varied = np.zeros(amount_mvnd.shape[1], dtype=bool)
    for rows in blocks(found, amount_mvnd.shape[1]):
        varied |= (amount_mvnd[rows] != first).any(axis=0)
    return np.flatnonzero(varied)


def _chunks(draws: Recorded, found: Ints) -> list[Ints]:
    return list(blocks(found, max(1, len(draws.unknowns))))
