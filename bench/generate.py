"""A made-up case of any size in a folder: register, assessments, criteria, ministries and a scenario.

    python bench/generate.py FOLDER --projects 10000 --seed 1 --scores fine --basis funding

Everything follows from the seed. The scenario always has a plan: spreading the envelope over all projects in
proportion to what they ask keeps every floor, every ceiling and the share of what is allocated.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

MINISTRIES = 34
CRITERIA = 12
FACTORS = 3
ENVELOPE_SHARE = 0.4  # of all that is asked
INTERVALS = 0.15  # of the scores have two ends
SCORES = ("fine", "coarse", "same", "given")
BASES = ("funding", "project")
CLASSES = ("group1", "group2-push", "group2-pull")
CLASS_SHARES = (0.5, 0.2, 0.3)
PUSH = 1  # the class under a limit: its projects score lower, and bodies differ, so that limits are felt
PRODUCTS = tuple(f"T{technology:02d}.1" for technology in range(1, 12))
_ROWS_AT_ONCE = 20_000


def generate(
    folder: Path, projects: int, seed: int = 1, scores: str = "fine", basis: str = "funding"
) -> Path:
    """Write the case of ``projects`` projects into ``folder``; the answer is the scenario's path.

    ``scores``: ``fine`` (steps of 0.01 and unequal weights: few ties), ``coarse`` (five levels and equal
    weights: many ties), ``same`` (every project has the same scores: all tie) or ``given`` (the register
    brings a value with four decimals, there are no assessments).
    """
    rng = np.random.default_rng(seed)
    ask = np.maximum(1, np.rint(rng.lognormal(5.0, 0.9, projects) * 10)).astype(np.int64) * 100  # 0.1 billion
    ministry = rng.choice(MINISTRIES, projects, p=_ministry_shares())
    of_class = rng.choice(len(CLASSES), projects, p=CLASS_SHARES)
    (folder / "criteria").mkdir(parents=True, exist_ok=True)
    _write(folder / "criteria" / "made-up-ministries.yaml", _ministries())
    if scores != "given":
        _write(folder / "criteria" / "made-up-criteria.yaml", _criteria())
        merit = rng.normal(0, 0.08, MINISTRIES)[ministry] - np.where(of_class == PUSH, 0.15, 0)
        _write(folder / "assessments.csv", _assessments(rng, scores, merit))
    values = rng.integers(1, 1_000_000, projects) if scores == "given" else None
    _write(folder / "register.csv", _register(rng, ask, ministry, of_class, values))
    path = folder / f"made-up-{projects}.yaml"
    _write(path, _scenario(rng, path.stem, scores, basis, ask, ministry, of_class))
    return path


def rows_of(projects: int, scores: str = "fine") -> int:
    """The rows of register and assessments together."""
    return projects * (1 if scores == "given" else 1 + CRITERIA)


def _ministry_shares() -> np.ndarray:
    """A few large ministries and many small ones."""
    shares = 1 / (np.arange(MINISTRIES) + 3)
    return shares / shares.sum()


def _write(path: Path, lines: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(lines)


def _ministries() -> Iterator[str]:
    yield "schema: 1\nid: made-up-ministries\nbodies:\n"
    for at in range(MINISTRIES):
        yield f'  - {{id: M{at:02d}, name: {{vi: "Bộ số {at}", en: "Ministry {at}"}}}}\n'


def _criteria() -> Iterator[str]:
    yield 'schema: 1\nid: made-up-criteria\ntitle: "Made up"\ncriteria:\n'
    for factor in range(FACTORS):
        yield f'  - id: F{factor}\n    name: "Factor {factor}"\n    children:\n'
        for leaf in _leaves_of(factor):
            yield f'      - {{id: C{leaf:02d}, name: "Criterion {leaf}", scale: {{worst: 0, best: 4}}}}\n'


def _leaves_of(factor: int) -> range:
    each = CRITERIA // FACTORS
    return range(factor * each, (factor + 1) * each)


def _register(
    rng: np.random.Generator,
    ask: np.ndarray,
    ministry: np.ndarray,
    of_class: np.ndarray,
    values: np.ndarray | None,
) -> Iterator[str]:
    product = rng.choice(PRODUCTS, len(ask)).tolist()
    head = "id,name_vi,name_en,ministry,product,class,ask_bn,secrecy,ask_basis,note,source"
    yield head + ("\n" if values is None else ",value\n")
    given = (
        [""] * len(ask) if values is None else [f",{v // 10_000}.{v % 10_000:04d}" for v in values.tolist()]
    )
    for at, money in enumerate(ask.tolist()):
        name = f'"Dự án số {at}, thử nghiệm",Project {at}'
        place = f"M{ministry[at]:02d},{product[at]},{CLASSES[of_class[at]]}"
        amount = f"{money // 1000}.{money % 1000 // 100}"
        yield f"P{at:06d},{name},{place},{amount},công khai,illustrative,Made up,bench{given[at]}\n"


def _assessments(rng: np.random.Generator, scores: str, merit: np.ndarray) -> Iterator[str]:
    yield "project,criterion,assessor,score,low,high,evidence,source\n"
    for start in range(0, len(merit), _ROWS_AT_ONCE):
        stop = min(start + _ROWS_AT_ONCE, len(merit))
        low, high = _score_ends(rng, scores, merit[start:stop])
        steps = 100 if scores == "fine" else 1
        for project, ones, others in zip(range(start, stop), low.tolist(), high.tolist(), strict=True):
            yield from (
                f"P{project:06d},C{leaf:02d},panel,{_cells(one, other, steps)},"
                f'"Evidence {project}-{leaf}, made up",bench\n'
                for leaf, (one, other) in enumerate(zip(ones, others, strict=True))
            )


def _score_ends(rng: np.random.Generator, scores: str, merit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both ends of every score in steps of 0.01 (``fine``) or whole levels, int64[projects, criteria]."""
    shape, top = (len(merit), CRITERIA), 400 if scores == "fine" else 4
    if scores == "same":
        return np.full(shape, 2), np.full(shape, 2)
    middle = 0.55 + merit[:, None] + rng.normal(0, 0.12, (shape[0], 1))
    low = np.rint(np.clip(middle + rng.normal(0, 0.2, shape), 0, 1) * top).astype(np.int64)
    wider = np.where(rng.random(shape) < INTERVALS, rng.integers(1, max(2, top // 4 + 1), shape), 0)
    return low, np.minimum(low + wider, top)


@cache
def _cells(one: int, other: int, steps: int) -> str:
    """The cells ``score,low,high`` of a pair of ends, each pair made once."""
    return f"{one / steps:g},," if one == other else f",{one / steps:g},{other / steps:g}"


def _scenario(
    rng: np.random.Generator,
    name: str,
    scores: str,
    basis: str,
    ask: np.ndarray,
    ministry: np.ndarray,
    of_class: np.ndarray,
) -> Iterator[str]:
    envelope = int(ask.sum() * ENVELOPE_SHARE)
    yield f'schema: 1\nid: {name}\ntitle: "Made up, {len(ask)} projects"\nregister: register.csv\n'
    yield "ministries: made-up-ministries\n"
    if scores != "given":
        yield "assessments: assessments.csv\ncriteria: made-up-criteria\n"
        yield from _weights() if scores == "fine" else ()
    yield f'funds:\n  - {{id: central, year: 2026, amount_bn: "{envelope / 1000:.3f}"}}\n'
    yield f"objective: {{basis: {basis}}}\n"
    yield "limits:\n"
    for at in range(MINISTRIES):
        fair = int(ask[ministry == at].sum()) * ENVELOPE_SHARE
        if fair:
            least, most = fair * rng.uniform(0.3, 0.95), fair * rng.uniform(1.05, 1.8)
            yield f"  - {{id: floor-{at:02d}, where: {{ministry: M{at:02d}}}, at_least: {_amount(least)}}}\n"
            yield f"  - {{id: ceiling-{at:02d}, where: {{ministry: M{at:02d}}}, at_most: {_amount(most)}}}\n"
    share = int(ask[of_class == PUSH].sum() * 1000 / ask.sum()) / 1000
    if share:
        bound = f"at_least: {{share_of_allocated: {share}}}"
        yield f"  - {{id: push-share, where: {{class: {CLASSES[PUSH]}}}, {bound}}}\n"


def _weights() -> Iterator[str]:
    """Unequal weights of factors and leaves, each set summing to one."""
    yield "weights:\n  F0: 0.5\n  F1: 0.3\n  F2: 0.2\n"
    for factor in range(FACTORS):
        for leaf, weight in zip(_leaves_of(factor), ("0.37", "0.29", "0.21", "0.13"), strict=True):
            yield f"  C{leaf:02d}: {weight}\n"


def _amount(mvnd: float) -> str:
    return f'{{amount_bn: "{int(mvnd) / 1000:.3f}"}}'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--projects", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scores", choices=SCORES, default="fine")
    parser.add_argument("--basis", choices=BASES, default="funding")
    given = parser.parse_args()
    print(generate(given.folder, given.projects, given.seed, given.scores, given.basis))


if __name__ == "__main__":
    main()
