"""Which scores that are not certain would move money if they were known, and what weights do to a project.

All of it is read off the draws: they are parted into fifths by what was drawn of one score (or weight), and
the mean plans of the fifths are set against the mean plan of all. That is the first-order part of what the
score does, what it moves together with others being left out, and it holds for the way the draws were made.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from prioritizer.model import Ints
from prioritizer.robustness.ranks import blocks
from prioritizer.robustness.summary_nouns import ByWeight, Floats, Recorded, Unknown

PARTS = 5
MOST_MEASURED = 200  # unknowns whose whole effect is measured, those first that move their own project most
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
    told.sort(key=lambda each: (-abs(each[0].high_mvnd - each[0].low_mvnd), each[0].project, each[0].leaves))
    measured = _measured(draws, amount_mvnd, found, told[:MOST_MEASURED])
    rest = [unknown for unknown, _ in told[MOST_MEASURED:]]
    return (*sorted(measured, key=lambda each: -(each.moved_mvnd or 0.0)), *rest)


def by_weight(draws: Recorded, amount_mvnd: Ints, found: Ints) -> ByWeight:
    """Mean money by project in the lowest and the highest fifth of the draws by every leaf's weight."""
    shape, n = draws.table.shape[1:], amount_mvnd.shape[1]
    many = int(np.prod(shape))
    if not many or len(found) < PARTS:
        none = np.zeros((*shape, n))
        return ByWeight(none, none)
    part = np.array([_fifths(draws.table[found, own, leaf]) for own, leaf in np.ndindex(*shape)])
    low, high = (_means(part == end, amount_mvnd, found) for end in (0, PARTS - 1))
    return ByWeight(low.reshape(*shape, n), high.reshape(*shape, n))


def _own(
    draws: Recorded, amount_mvnd: Ints, found: Ints, live: Sequence[int]
) -> list[tuple[Unknown, npt.NDArray[np.int8]]]:
    """Every live unknown with its own project's money, and the fifth of every draw, int8[found].

    Unknowns of one project that were drawn together are one.
    """
    seen: dict[tuple[int, bytes], int] = {}
    told: list[tuple[Unknown, npt.NDArray[np.int8]]] = []
    size = max(1, _AT_ONCE // len(found))
    for columns in (np.array(live[start : start + size]) for start in range(0, len(live), size)):
        drawn = np.concatenate([draws.unknown_points(rows)[:, columns] for rows in _chunks(draws, found)])
        for at, unknown in enumerate(columns.tolist()):
            row, leaf = draws.unknowns[unknown].tolist()
            part = _fifths(drawn[:, at])
            key = row, part.tobytes()
            if key in seen:
                same, held = told[seen[key]]
                joined = Unknown(row, (*same.leaves, leaf), same.low_mvnd, same.high_mvnd)
                told[seen[key]] = joined, held
                continue
            seen[key] = len(told)
            money = amount_mvnd[found, row]
            low, high = (float(money[part == end].mean()) for end in (part.min(), part.max()))
            told.append((Unknown(row, (leaf,), low, high), part))
    return told


def _measured(
    draws: Recorded,
    amount_mvnd: Ints,
    found: Ints,
    told: Sequence[tuple[Unknown, npt.NDArray[np.int8]]],
) -> list[Unknown]:
    replicate = np.unique(np.asarray(draws.replicate)[found], return_inverse=True)[1]
    moving = _varied(amount_mvnd, found)
    shuffled = np.random.default_rng(0)
    even = _fifths(np.arange(len(found)))
    idle = [shuffled.permutation(even) for _ in range(_SHUFFLES)]
    parts = [*(part for _, part in told), *idle]
    moved = [
        each
        for group in _grouped(parts, len(moving), int(replicate.max()) + 1)
        for each in _moved(group, replicate, amount_mvnd, found, moving)
    ]
    noise = max(value for value, _ in moved[len(told) :])
    return [
        Unknown(known.project, known.leaves, known.low_mvnd, known.high_mvnd, value, error, noise)
        for (known, _), (value, error) in zip(told, moved, strict=False)
    ]


def _grouped(
    parts: Sequence[npt.NDArray[np.int8]], width: int, replicates: int
) -> list[Sequence[npt.NDArray[np.int8]]]:
    size = max(1, _AT_ONCE // max(1, width * replicates * PARTS))
    return [parts[start : start + size] for start in range(0, len(parts), size)]


def _moved(
    parts: Sequence[npt.NDArray[np.int8]], replicate: Ints, amount_mvnd: Ints, found: Ints, moving: Ints
) -> list[tuple[float, float]]:
    """What every one of ``parts`` moves in million VND, and the standard error of that by leaving out one
    replicate after the other (the jackknife)."""
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
    counts = np.array([np.bincount(own, minlength=size) for own in group]).reshape(len(parts), many, PARTS)
    value = _apart(by_part.sum(axis=1), counts.sum(axis=1))
    if many < 2:
        return [(each, float("nan")) for each in value.tolist()]
    without = np.array(
        [
            _apart(by_part.sum(axis=1) - by_part[:, at], counts.sum(axis=1) - counts[:, at])
            for at in range(many)
        ]
    )
    error = np.sqrt((many - 1) * without.var(axis=0))
    return list(zip(value.tolist(), error.tolist(), strict=True))


def _apart(sums: Floats, counts: Ints) -> Floats:
    """The mean, over the fifths, of the money that stands elsewhere than in the mean plan: what some get more
    and others less, taken once. ``sums`` is [unknowns, fifths, n], ``counts`` [unknowns, fifths]."""
    means = sums / np.maximum(counts, 1)[..., None]
    overall = sums.sum(axis=1) / counts.sum(axis=1)[:, None]
    change = means - overall[:, None]
    more, less = np.clip(change, 0, None).sum(axis=2), np.clip(-change, 0, None).sum(axis=2)
    moved: Floats = (np.maximum(more, less) * counts).sum(axis=1) / counts.sum(axis=1)
    return moved


def _fifths(drawn: npt.NDArray[np.generic]) -> npt.NDArray[np.int8]:
    """The fifth in which every draw lies, 0 to 4; what is equal lies in the same one."""
    _, place, many = np.unique(drawn, return_inverse=True, return_counts=True)
    middle = np.cumsum(many) * 2 - many
    fifth: npt.NDArray[np.int8] = (middle * PARTS // (2 * len(drawn))).astype(np.int8)[place]
    return fifth


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
