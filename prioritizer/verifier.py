"""Checks a plan file or a meeting pack without the program that made it: ``python verifier.py plan.json``,
``python verifier.py pack.zip``.

This one file needs Python 3.10 or newer and nothing else; it may be copied anywhere and read by an auditor.
It shares no code with the rest of the project. From the case inside the file it states the program again in
its own words, checks every amount against every rule in whole numbers, and proves by the file's own duals,
in exact fractions, how far any other plan could be better. ``docs/verify.md`` says what that proves.

Money is whole million VND (``_mvnd``), values are whole 1e-4 points (``_e4``), shares are fractions.

The parts, in this order: reading a file that may be hostile; its shape; the case restated; the clauses,
which are a table; the verdict; meeting packs; the sentences.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import re
import struct
import sys
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache, partial
from itertools import chain, pairwise
from math import ceil, floor, gcd, lcm
from pathlib import Path
from typing import Any

OK, PARTLY, FAILS, NOT_CLAIMED, NOT_CHECKED = "ok", "partly", "fails", "not_claimed", "not_checked"
PARTS = ("scenario", "criteria", "weights", "register", "costs", "assessments")
LARGEST_FILE = 64_000_000  # bytes
LONGEST_NUMBER = 30  # digits; no sum of money comes near it
LONGEST_DUAL = 4_000  # characters of an exact text in the certificate
FINEST = 60_000  # bits of a common denominator
DEEPEST_TREE = 12
MOST_PAYER_SETS = 10  # different sets of funds in one year; their unions are as many as two to that power
COARSEST = 100  # million VND that a share of what is allocated may ask amounts to be multiples of
SHOWN = 20  # faults of one clause that are told one by one
E4, FULL, MVND_PER_BN = 10_000, 100, 1_000
BILLION = 10**9  # weights from statements are whole billionths
MOST_COMPARED, LARGEST_JUDGEMENT = 15, 9
Object = dict[str, Any]
Place = int | str  # a cost cell by number, or an answer by name


@dataclass(frozen=True)
class Fault:
    """One thing wrong: a code of :data:`SENTENCES` and what goes into its words."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def fault(code: str, **params: object) -> Fault:
    """A fault with its parameters by name."""
    return Fault(code, params)


class Refused(Exception):
    """Nothing more can be checked; carries the fault."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.fault = Fault(code, params)


# ------------------------------------------------------------------ reading


def read(data: bytes) -> Object:
    """The object in a file's bytes. Whatever the bytes are, they are read or refused in plain words.

    Numbers with a decimal point become exact fractions. Raises :class:`Refused`.
    """
    if len(data) > LARGEST_FILE:
        raise Refused("too_large", bytes=len(data), most=LARGEST_FILE)
    try:
        content = json.loads(
            data.decode("utf-8-sig"),
            parse_int=_read_int,
            parse_float=_read_decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_read_members,
        )
    except UnicodeDecodeError as problem:
        raise Refused("not_utf8", byte=problem.start) from None
    except RecursionError:
        raise Refused("too_deep") from None
    except json.JSONDecodeError as problem:
        raise Refused("not_json", line=problem.lineno, column=problem.colno) from None
    if not isinstance(content, dict):
        raise Refused("not_an_object")
    return content


def _read_int(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise Refused("number_too_long", text=text[:20])
    return int(text)


def _read_decimal(text: str) -> Fraction:
    exponent = re.search(r"[eE]([+-]?\d+)$", text)
    if len(text) > LONGEST_NUMBER or (exponent and abs(int(exponent[1])) > LONGEST_NUMBER):
        raise Refused("number_too_long", text=text[:20])
    return Fraction(text)


def _refuse_constant(text: str) -> None:
    raise Refused("not_a_number", text=text)


def _read_members(pairs: list[tuple[str, Any]]) -> Object:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused("member_twice", name=twice[:80])
    return members


@lru_cache(maxsize=4096)
def exact(text: str) -> Fraction:
    """A fraction written as ``p/q`` or ``p``."""
    return Fraction(text)


# ------------------------------------------------------------------ shape

Shape = Callable[[Any, str], Iterable[Fault]]
_EXACT = re.compile(r"-?[0-9]+(/[0-9]*[1-9][0-9]*)?")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,299}")
CLASSES = ("group1", "group2-push", "group2-pull")
UNCLASSED = "unclassed"
# What a dossier may be made of, besides the fields that the scenario names.
DOSSIER_COLUMNS = (
    *("name_en", "product", "class", "funding", "minimum_bn", "secrecy", "class_basis", "ask_basis"),
    *("note", "source", "cofinance_bn", "received_bn", "objective", "output_targets", "big_problem"),
    *("application", "target_market", "competition", "import_substitution", "export_potential"),
    *("related_effects", "dual_use", "coordinating_bodies", "leading_enterprise", "end_user"),
    *("test_infrastructure", "data_needs", "standards", "intellectual_property", "impact_forecast"),
    *("socio_economic_account", "monitoring", "specification", "laboratory", "chief_engineer"),
)  # fmt: skip
# Letters and signs that are drawn as nothing: fillers of Hangul, a blank of Braille, a note without a head.
UNDRAWN = "\u115f\u1160\u3164\uffa0\u2800\U0001d159"
STATUSES = ("optimal", "feasible", "infeasible", "unbounded", "stopped", "no_whole_million_plan")
REASONS = (
    "funded", "marginal", "below_hurdle", "ineligible", "crowded_out", "forced_in", "forced_out",
)  # fmt: skip


def shown(value: Any) -> str:
    """A value as it may stand in a sentence: short, and never more than a line."""
    return json.dumps(value, ensure_ascii=False, default=str)[:40]


def kind_of(code: str, accepts: Callable[[Any], bool]) -> Shape:
    """A shape of single values; ``code`` says what is wanted."""

    def check(value: Any, at: str) -> Iterable[Fault]:
        return () if accepts(value) else (fault(code, at=at, found=shown(value)),)

    return check


def one_of(*words: str) -> Shape:
    """One of a few words."""

    def check(value: Any, at: str) -> Iterable[Fault]:
        if value in words:
            return ()
        return (fault("want_word", at=at, words=", ".join(words), found=shown(value)),)

    return check


def maybe(shape: Shape) -> Shape:
    """The shape, or ``null``."""

    def check(value: Any, at: str) -> Iterable[Fault]:
        return () if value is None else shape(value, at)

    return check


def listing(shape: Shape) -> Shape:
    """A list of things of one shape."""

    def check(value: Any, at: str) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield fault("want_list", at=at, found=shown(value))
            return
        for place, each in enumerate(value):
            yield from shape(each, f"{at}[{place}]")

    return check


def mapping(shape: Shape) -> Shape:
    """An object of any names whose members have one shape."""

    def check(value: Any, at: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield fault("want_object", at=at, found=shown(value))
            return
        for name, each in value.items():
            yield from shape(each, f"{at}.{name[:60]}")

    return check


def record(more: bool = False, **members: Shape) -> Shape:
    """An object of these members; others are refused unless there may be ``more``."""

    def check(value: Any, at: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield fault("want_object", at=at, found=shown(value))
            return
        for name, shape in members.items():
            if name not in value:
                yield fault("missing", at=f"{at}.{name}")
            else:
                yield from shape(value[name], f"{at}.{name}")
        for name in [] if more else sorted(value.keys() - members.keys()):
            yield fault("unknown_member", at=f"{at}.{name[:60]}")

    return check


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_exact(value: Any, longest: int = 100) -> bool:
    return isinstance(value, str) and len(value) <= longest and bool(_EXACT.fullmatch(value))


def _is_share(value: Any) -> bool:
    return _is_exact(value) and 0 <= exact(value) <= 1


def _is_day(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def is_filled(value: Any) -> bool:
    """Whether a cell holds anything that can be seen."""
    return isinstance(value, str) and any(
        unicodedata.category(char)[0] not in "ZCM" and char not in UNDRAWN for char in value
    )


text = kind_of("want_text", lambda value: isinstance(value, str))
name_ = kind_of("want_id", lambda value: isinstance(value, str) and bool(_ID.fullmatch(value)))
yes_no = kind_of("want_yes_no", lambda value: isinstance(value, bool))
count = kind_of("want_count", lambda value: _is_int(value) and value >= 0)
some = kind_of("want_some", lambda value: _is_int(value) and value > 0)
number = kind_of("want_number", lambda value: _is_int(value) or isinstance(value, Fraction))
fraction = kind_of("want_exact", _is_exact)
long_fraction = kind_of("want_exact", lambda value: _is_exact(value, LONGEST_DUAL))
share = kind_of("want_share", _is_share)
trim = kind_of("want_share", lambda value: _is_share(value) and 2 * exact(value) < 1)
rate = kind_of("want_exact", lambda value: _is_exact(value) and exact(value) > 0)
day = kind_of("want_day", _is_day)
sha256 = kind_of("want_digest", lambda value: isinstance(value, str) and len(value) == 64)
words = maybe(record(vi=text, en=text))


LEVEL = record(score=maybe(fraction), category=maybe(text), value=fraction)


def node(value: Any, at: str) -> Iterator[Fault]:
    """A node of the criteria tree, with all below it."""
    if at.count("children") > DEEPEST_TREE:
        yield fault("too_deep")
        return
    scale = record(worst=fraction, best=fraction)
    by_level = isinstance(value, dict) and value.get("value") in ("piecewise", "categorical")
    yield from record(
        more=False,
        id=name_,
        name=words,
        weight=maybe(share),
        value=one_of("linear", "piecewise", "categorical"),
        scale=maybe(scale),
        children=listing(node),
        **({"of": maybe(text), "levels": listing(LEVEL)} if by_level else {}),
    )(value, at)


def judgement(value: Any, at: str) -> Iterable[Fault]:
    """What one assessor says of a project on a leaf: both ends of a score, or a category."""
    return text(value, at) if isinstance(value, str) else listing(fraction)(value, at)


def judgements(value: Any, at: str) -> Iterable[Fault]:
    """What the only assessor says, or every assessor by id; ``null`` of one who abstains."""
    return mapping(maybe(judgement))(value, at) if isinstance(value, dict) else judgement(value, at)


BOUND = maybe(
    record(
        amount_mvnd=maybe(count),
        share_of_envelope=maybe(share),
        share_of_allocated=maybe(share),
        count=maybe(count),
    )
)
FUND = record(
    id=name_,
    name=words,
    year=text,
    amount_mvnd=count,
    pays=listing(text),
    source=maybe(text),
    assumption=words,
)
RESERVE = record(id=name_, name=words, fund=maybe(name_), amount_mvnd=count, why=words, source=maybe(text))
LIMIT = record(
    id=name_,
    where=mapping(listing(text)),
    at_least=BOUND,
    at_most=BOUND,
    penalty_e4=maybe(some),
    decreed=yes_no,
    relax_weight=fraction,
    why=words,
    basis=text,
    source=maybe(text),
)
DECISION = record(
    id=name_,
    project=name_,
    fund=maybe(one_of("full", "nothing")),
    at_least_mvnd=maybe(some),
    locked_mvnd=maybe(some),
    by=words,
    at=maybe(day),
    why=words,
    decreed=yes_no,
    relax_weight=fraction,
)
DEPENDENCY = record(id=name_, project=name_, requires=name_, in_full=yes_no, why=words, decreed=yes_no)
ASSESSOR = record(id=name_, name=words, ministry=maybe(name_), competence=rate, competence_on=mapping(rate))
STATEMENT = record(
    more=False,
    id=name_,
    over=name_,
    by=words,
    at=day,
    why=words,
    swing=maybe(mapping(rate)),
    rank=maybe(listing(listing(text))),
    pairwise=maybe(mapping(mapping(rate))),
    intervals=maybe(mapping(listing(share))),
    leave_out=listing(text),
    **{"class": maybe(one_of(*CLASSES))},
)
SCENARIO = record(
    schema=one_of("1"),
    id=name_,
    title=words,
    description=words,
    register=text,
    assessments=maybe(text),
    costs=maybe(text),
    criteria=text,
    ministries=text,
    products=text,
    fields=listing(name_),
    funds=listing(FUND),
    reserves=listing(RESERVE),
    state_share_cap=mapping(share),
    least_grant_mvnd=maybe(some),
    weights=mapping(share),
    weights_by_class=mapping(mapping(share)),
    elicitation=listing(STATEMENT),
    exchange_rate=mapping(rate),
    assessors=listing(ASSESSOR),
    consensus=record(rule=one_of("median", "mean", "trimmed", "weighted"), trim=trim),
    objective=record(basis=one_of("funding", "project"), hurdle_e4=count),
    eligibility=record(
        unassessed=one_of("low", "mid", "high"),
        minimum_by_factor=mapping(count),
        dossier=listing(text),
        dossier_by_class=mapping(listing(text)),
    ),
    limits=listing(LIMIT),
    decisions=listing(DECISION),
    dependencies=listing(DEPENDENCY),
    ties=one_of("order", "pro_rata"),
    tie_order=listing(name_),
    extends=maybe(text),
)
ENTRY = record(
    id=name_,
    ask_mvnd=some,
    given_e4=maybe(count),
    minimum_mvnd=maybe(some),
    cofinance_mvnd=maybe(some),
    columns=mapping(maybe(text)),
)
CELL = record(project=name_, milestone=maybe(some), year=text, kind=maybe(text), cost_mvnd=some)
COSTS = record(
    kinds=listing(text),
    cells=listing(CELL),
    milestones=listing(record(project=name_, milestone=some, value_share=share)),
)
CASE = record(
    scenario=SCENARIO,
    criteria=maybe(listing(node)),
    weights=maybe(record(more=False, **dict.fromkeys((*CLASSES, UNCLASSED), mapping(share)))),
    register=listing(ENTRY),
    costs=maybe(COSTS),
    assessments=maybe(mapping(mapping(maybe(judgements)))),
)
PAYMENT = record(
    more=True, milestone=maybe(some), year=text, kind=maybe(text), fund=maybe(name_), amount_mvnd=count
)
PROJECT = record(
    more=True,
    id=name_,
    rank=some,
    value=number,
    value_low=number,
    value_high=number,
    ask_mvnd=some,
    amount_mvnd=maybe(count),
    reason=maybe(one_of(*REASONS)),
    held_by=listing(text),
    lacks=listing(record(code=text, params=mapping(text))),
    payments=maybe(listing(PAYMENT)),
)
USE = record(
    more=True,
    id=name_,
    used_mvnd=count,
    used_count=count,
    floor_mvnd=maybe(count),
    ceiling_mvnd=maybe(count),
    floor_count=maybe(count),
    ceiling_count=maybe(count),
    short=count,
    over=count,
)
PLAN = record(
    more=True,
    schema=kind_of("want_schema", lambda value: value == 1 and _is_int(value)),
    scenario=name_,
    status=one_of(*STATUSES),
    objective=record(
        more=True,
        basis=text,
        value=maybe(number),
        exact=maybe(long_fraction),
        unit=one_of("bn_at_full_value", "points"),
    ),
    unassessed=text,
    illustrative=yes_no,
    total_mvnd=maybe(count),
    envelope_mvnd=count,
    projects=listing(PROJECT),
    limits=listing(USE),
    unspent=listing(record(more=True, amount_mvnd=count)),
    certificate=maybe(record(more=True, relaxed=yes_no, bound=long_fraction, duals=mapping(long_fraction))),
    digests=record(more=True, case=sha256, **dict.fromkeys(PARTS, sha256)),
    case=CASE,
)


# ------------------------------------------------------------------ the case restated: values


def common_denominator(fractions: Iterable[Fraction]) -> int:
    """One denominator for all. Raises :class:`Refused` where it grows beyond any honest file."""
    found = 1
    for denominator in {each.denominator for each in fractions}:
        found = lcm(found, denominator)
        if found.bit_length() > FINEST:
            raise Refused("too_fine")
    return found


def rounded_e4(points: int, unit: int) -> int:
    """Points, in parts of ``unit``, in whole 1e-4, half to even."""
    return round(Fraction(points * E4, unit))


def leaf_weights(nodes: Sequence[Object], own: Mapping[str, str]) -> dict[str, Fraction]:
    """The weight of every leaf: the product along its branch of what each node weighs among its siblings."""
    found: dict[str, Fraction] = {}
    for each in nodes:
        below = leaf_weights(each["children"], own) if each["children"] else {each["id"]: Fraction(1)}
        found.update({leaf: exact(own[each["id"]]) * part for leaf, part in below.items()})
    return found


def leaves(nodes: Sequence[Object]) -> Iterator[Object]:
    """The leaves of the criteria tree."""
    for each in nodes:
        if each["children"]:
            yield from leaves(each["children"])
        else:
            yield each


@dataclass(frozen=True)
class Value:
    """A project's points at the low end of its scores, in the middle, at the high end, in 1e-4."""

    low: int
    mid: int
    high: int

    def at(self, end: str) -> int:
        """The one of the three that the scenario counts."""
        return {"low": self.low, "mid": self.mid, "high": self.high}[end]


Said = str | Fraction  # a score as it stands in the file or as it came about, or a category
Ends = tuple[Said, Said]


class Judging:
    """How the judgements of several assessors become one, by the rule that the scenario states."""

    def __init__(self, case: Object) -> None:
        stated = case["scenario"]["consensus"]
        self.rule, self.trim = stated["rule"], exact(stated["trim"])
        self.assessors = {each["id"].casefold(): each for each in case["scenario"]["assessors"]}
        self.above = dict(_above(case["criteria"]))

    def together(self, leaf: Object, said: Any, columns: Mapping[str, str | None]) -> Ends | None:
        """Both ends of what is held of a project on a leaf; ``None`` where nobody judges."""
        of = leaf.get("of")
        if of is not None:
            stated = (columns[of] or "").casefold()
            return (stated, stated) if stated else None
        if not isinstance(said, dict):
            category = said.casefold() if isinstance(said, str) else None
            return (category, category) if category is not None else said and (said[0], said[1])
        own = {name: each for name, each in said.items() if each is not None}
        if not own:
            return None
        worths = [self._competence(name, leaf["id"]) for name in own]
        if leaf["value"] == "categorical":
            return _most_frequent(leaf, zip(own.values(), worths, strict=True))
        low, high = (
            self._mean([(exact(ends[at]), worth) for ends, worth in zip(own.values(), worths, strict=True)])
            for at in (0, 1)
        )
        return low, high

    def _mean(self, scores: list[tuple[Fraction, Fraction]]) -> Fraction:
        """One score of several, each with what its assessor's judgement counts."""
        ordered, many = sorted(scores), len(scores)
        if self.rule == "median":
            ordered = ordered[(many - 1) // 2 : many // 2 + 1]
        elif self.rule == "trimmed":
            dropped = floor(self.trim * many)
            ordered = ordered[dropped : many - dropped]
        whole = sum((worth for _, worth in ordered), Fraction(0))
        return sum((score * worth for score, worth in ordered), Fraction(0)) / whole

    def _competence(self, assessor: str, leaf: str) -> Fraction:
        """How much a judgement counts: what is said of the leaf, else of the nearest branch, else of all."""
        stated = self.assessors.get(assessor.casefold())
        if self.rule != "weighted" or stated is None:
            return Fraction(1)
        on = {name.casefold(): worth for name, worth in stated["competence_on"].items()}
        nodes = (leaf.casefold(), *self.above[leaf])
        return exact(next((on[name] for name in nodes if name in on), stated["competence"]))


def _above(nodes: Sequence[Object], names: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every leaf with the branches above it, nearest first."""
    for each in nodes:
        if each["children"]:
            yield from _above(each["children"], (each["id"].casefold(), *names))
        else:
            yield each["id"], names


def _most_frequent(leaf: Object, votes: Iterable[tuple[str, Fraction]]) -> Ends:
    """The category with most votes; of several the one with the least and the one with the most points."""
    heard: dict[str, Fraction] = {}
    for category, worth in votes:
        heard[category.casefold()] = heard.get(category.casefold(), Fraction(0)) + worth
    most, points = max(heard.values()), _by_category(leaf)
    tied = sorted((points[category], category) for category, worth in heard.items() if worth == most)
    return tied[0][1], tied[-1][1]


def _by_category(leaf: Object) -> dict[str, Fraction]:
    """The points of every category."""
    return {each["category"].casefold(): exact(each["value"]) for each in leaf["levels"]}


def bends(leaf: Object) -> list[tuple[Fraction, Fraction]]:
    """Scores and points between which a value function is a straight line, by score."""
    if leaf["value"] == "linear":
        scale = leaf["scale"]
        return sorted([(exact(scale["worst"]), Fraction(0)), (exact(scale["best"]), Fraction(FULL))])
    return sorted((exact(each["score"]), exact(each["value"])) for each in leaf["levels"])


def worths(leaf: Object, said: Iterable[Said]) -> dict[Said, Fraction]:
    """The points of scores, or of categories, by the leaf's value function."""
    if leaf["value"] == "categorical":
        points = _by_category(leaf)
        return {each: points[str(each)] for each in said}
    along, found = bends(leaf), dict[Said, Fraction]()
    inner = along[1:-1]  # before the first of them counts the first line, from the last on the last
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in pairwise(along)]
    for each in said:
        score = exact(each) if isinstance(each, str) else each
        at = sum(start <= score for start, _ in inner)
        found[each] = along[at][1] + slopes[at] * (score - along[at][0])
    return found


class Scoring:
    """Values from assessments: consensus, points by each leaf's value function, weighted, summed exactly,
    rounded once."""

    def __init__(self, case: Object) -> None:
        self.tree, self.weights = case["criteria"], case["weights"]
        self.rates: Mapping[str, str] = case["scenario"]["exchange_rate"]
        self.class_of = {each["id"]: each["columns"].get("class") or UNCLASSED for each in case["register"]}
        judging, by_id = Judging(case), {leaf["id"]: leaf for leaf in leaves(self.tree)}
        columns = {each["id"]: each["columns"] for each in case["register"]}
        self.assessed: dict[str, dict[str, Ends | None]] = {
            project: {
                leaf: judging.together(by_id[leaf], each, columns[project]) for leaf, each in said.items()
            }
            for project, said in case["assessments"].items()
        }
        heard: dict[str, set[Said]] = {leaf: set() for leaf in by_id}
        for scores in self.assessed.values():
            for name, ends in scores.items():
                heard[name].update(ends or ())
        self.points = {name: worths(by_id[name], found) for name, found in heard.items()}

    def values(self, weights: Mapping[str, Fraction], projects: Iterable[str]) -> dict[str, Value]:
        """By project, for leaves of these weights; other leaves do not count."""
        worth = {
            leaf: {each: points * weights[leaf] for each, points in self.points[leaf].items()}
            for leaf in weights
        }
        by_text = (each for table in worth.values() for each in table.values())
        unit = common_denominator(chain(weights.values(), by_text))
        whole = {
            leaf: {each: points.numerator * (unit // points.denominator) for each, points in table.items()}
            for leaf, table in worth.items()
        }
        best = {leaf: int(FULL * weight * unit) for leaf, weight in weights.items()}
        return {project: self._value(self.assessed[project], whole, best, unit) for project in projects}

    def _value(
        self,
        scores: Mapping[str, Ends | None],
        whole: Mapping[str, Mapping[Said, int]],
        best: Mapping[str, int],
        unit: int,
    ) -> Value:
        low = high = 0
        for leaf in best:
            ends = scores[leaf]
            # A leaf that is not assessed may be worth anything on its scale.
            worths = (0, best[leaf]) if ends is None else [whole[leaf][end] for end in ends]
            low, high = low + min(worths), high + max(worths)
        return Value(rounded_e4(low, unit), rounded_e4(low + high, 2 * unit), rounded_e4(high, unit))

    @property
    def of_projects(self) -> dict[str, Value]:
        """The values that count: each class by its own weights, times its exchange rate."""
        return self._by_class(
            lambda class_, own: {
                leaf: weight * exact(self.rates.get(class_, "1"))
                for leaf, weight in leaf_weights(self.tree, own).items()
            }
        )

    def on_factor(self, factor: str) -> dict[str, Value]:
        """Points out of 100 on one factor, the first level of the tree, whatever it weighs."""
        (own,) = (each for each in self.tree if each["id"] == factor)
        return self._by_class(
            lambda _, weights: leaf_weights([own], {**weights, factor: "1"}),
        )

    def _by_class(
        self, weigh: Callable[[str, Mapping[str, str]], Mapping[str, Fraction]]
    ) -> dict[str, Value]:
        """By project: its value under the leaf weights of its class; classes that weigh alike go together."""
        weights_of = {class_: weigh(class_, own) for class_, own in self.weights.items()}
        alike = {
            class_: next(name for name, each in weights_of.items() if each == own)
            for class_, own in weights_of.items()
        }
        groups: dict[str, tuple[Mapping[str, Fraction], list[str]]] = {}
        for project in self.assessed:
            class_ = self.class_of[project] if self.class_of[project] in weights_of else UNCLASSED
            groups.setdefault(alike[class_], (weights_of[class_], []))[1].append(project)
        found: dict[str, Value] = {}
        for own, projects in groups.values():
            found.update(self.values(own, projects))
        return found


# ------------------------------------------------------------------ the case restated: what funds are asked


@dataclass(frozen=True)
class Cell:
    """A cost of one project, milestone (0: none), year and kind (blank: not stated).

    ``mvnd`` is the State's part; ``payers`` the funds that may pay it, by place; ``funded`` is false for a
    year that no fund is of.
    """

    project: str
    milestone: int
    year: str
    kind: str
    mvnd: int
    payers: tuple[int, ...]
    funded: bool


@dataclass(frozen=True)
class Row:
    """A rule: ``lower <= sum of terms <= upper``; ``None`` where that side is open."""

    name: str
    terms: Mapping[Place, int]
    lower: int | None = None
    upper: int | None = None

    def activity(self, amount: Callable[[Place], int]) -> int:
        """The sum of the terms."""
        return sum(coef * held for place, coef in self.terms.items() if (held := amount(place)))

    def holds(self, activity: int) -> bool:
        """Whether the rule is kept at this sum."""
        return (self.lower is None or activity >= self.lower) and (
            self.upper is None or activity <= self.upper
        )


@dataclass(frozen=True)
class Answer:
    """A place that is no money: yes (1) or no (0), or by how much a soft limit is broken.

    ``gain`` is what one unit adds to the objective; ``whole`` says that it makes sense in whole numbers only.
    """

    upper: int
    gain: Fraction
    whole: bool


Share = tuple[str, int]  # the columns of money: a project, or one of its milestones


class Statement:
    """The program of a case, stated again: cells, answers and rows, by the names that the plan file uses."""

    def __init__(self, case: Object, value_e4: Mapping[str, int], lacking: Iterable[str]) -> None:
        self.case, self.scenario = case, case["scenario"]
        self.funds: list[Object] = self.scenario["funds"]
        self.value_e4 = value_e4
        self.projects: dict[str, Object] = {each["id"]: each for each in case["register"]}
        self.spelled = {name.casefold(): name for name in self.projects}
        # The share of a project that its co-finance lets the State reach, where that is less than all.
        self.reach: dict[str, Fraction] = {}
        self.cells = self._cells()
        self.cells_of: dict[str, list[int]] = {name: [] for name in self.projects}
        for at, cell in enumerate(self.cells):
            self.cells_of[cell.project].append(at)
        self.lacking = set(lacking) | {name for name in self.projects if self.unpayable(name)}
        self.paid = {name: self.sum_of(self.paid_cells(name)) for name in self.projects}
        self.barred = {name for name in self.projects if name in self.lacking or not self.paid[name]}
        self.answers: dict[str, Answer] = {}
        self._chosen: dict[str, set[int]] = {}
        self.rows: dict[str, Row] = {}
        for family in FAMILIES:
            for row in family(self):
                if row.name in self.rows:
                    raise Refused("row_twice", row=row.name)
                self.rows[row.name] = row
        for name in self.projects:
            if self.is_whole(name):
                self.yes(name)

    # -------------------------------------------------------------- cells

    def _asked(self) -> list[Object]:
        """The costs as the table gives them; without one, every ask falls in the first fund's year."""
        if self.case["costs"] is not None:
            asked: list[Object] = self.case["costs"]["cells"]
            return asked
        rest = {"milestone": None, "year": self.funds[0]["year"], "kind": None}
        return [
            {"project": each["id"], "cost_mvnd": each["ask_mvnd"], **rest} for each in self.case["register"]
        ]

    def _cells(self) -> list[Cell]:
        asked = self._asked()
        years, payers = {fund["year"] for fund in self.funds}, self._payers(asked)
        return [
            Cell(
                self.spelled[each["project"].casefold()],
                each["milestone"] or 0,
                each["year"],
                each["kind"] or "",
                part,
                payers[each["year"], each["kind"]],
                each["year"] in years,
            )
            for each, part in zip(asked, self._state_parts(asked), strict=True)
        ]

    def _payers(self, asked: Sequence[Object]) -> dict[tuple[str, str | None], tuple[int, ...]]:
        """By year and kind of costs: the funds that may pay them, by place."""
        costs = self.case["costs"]
        kinds = {kind.casefold() for kind in (costs["kinds"] if costs else [])}
        kinds |= {paid.casefold() for fund in self.funds for paid in fund["pays"]}
        return {
            (year, kind): tuple(
                at for at, fund in enumerate(self.funds) if _may_pay(fund, year, kind or "", kinds)
            )
            for year, kind in {(each["year"], each["kind"]) for each in asked}
        }

    def _state_parts(self, asked: Sequence[Object]) -> list[int]:
        """Every cost less what others pay and what is above the State's share cap of the project's class.

        At a share of a project, others pay in proportion to what they offer, or more where the cap asks for
        it, up to all they offer: so a cap may keep the share that can be reached below one.
        """
        own: dict[str, list[int]] = {}
        for at, each in enumerate(asked):
            own.setdefault(self.spelled[each["project"].casefold()], []).append(at)
        parts = [each["cost_mvnd"] for each in asked]
        caps = {name: exact(cap) for name, cap in self.scenario["state_share_cap"].items()}
        for project, places in own.items():
            entry = self.projects[project]
            others, cap = entry["cofinance_mvnd"] or 0, caps.get(entry["columns"].get("class"), Fraction(1))
            total = sum(parts[at] for at in places)
            state, reach = Fraction(total - others, total), Fraction(1)
            if state > cap:
                state, reach = cap, min(Fraction(1), Fraction(others, total) / (1 - cap))
            if state == 1:
                continue
            if reach < 1:
                self.reach[project] = reach
            whole = floor(state * reach * total)
            for at, part in zip(places, in_proportion(whole, [parts[at] for at in places]), strict=True):
                parts[at] = part
        return parts

    def unpayable(self, name: str) -> list[tuple[str, str]]:
        """What a project lacks to be paid at all: codes, and what they are about."""
        found = [
            ("no_fund_may_pay", f"{cell.kind},{cell.year}")
            for cell in (self.cells[at] for at in self.cells_of[name])
            if cell.funded and not cell.payers
        ]
        reach = self.reach.get(name, Fraction(1))
        if reach < 1 and (not reach or self.is_whole(name)):
            found.append(("cofinance_too_small", str(reach)))
        if not found and not self.sum_of(self.paid_cells(name)):
            found.append(("nothing_to_pay", ""))
        return found

    def sum_of(self, places: Iterable[int]) -> int:
        """What cells cost together."""
        return sum(self.cells[at].mvnd for at in places)

    def paid_cells(self, name: str) -> list[int]:
        """The cells of a project in years that funds are of."""
        return [at for at in self.cells_of[name] if self.cells[at].funded]

    def milestone_cells(self, name: str, milestone: int) -> list[int]:
        """The cells of one milestone."""
        return [at for at in self.cells_of[name] if self.cells[at].milestone == milestone]

    def most(self, at: int) -> int:
        """The most that a cell can get."""
        return 0 if self.cells[at].project in self.barred else self.cells[at].mvnd

    def is_whole(self, name: str) -> bool:
        """Whether a project is funded in whole or not at all."""
        return (self.projects[name]["columns"].get("funding") or "").casefold() == "whole"

    @cached_property
    def milestones(self) -> dict[str, dict[int, Fraction]]:
        """By project and milestone: its part of the project's value."""
        found: dict[str, dict[int, Fraction]] = {}
        for each in self.case["costs"]["milestones"] if self.case["costs"] else ():
            own = found.setdefault(self.spelled[each["project"].casefold()], {})
            own[each["milestone"]] = exact(each["value_share"])
        return found

    # -------------------------------------------------------------- what limits select

    @cached_property
    def holders(self) -> dict[tuple[str, str], set[str]]:
        """The projects by column and its text, whatever its capitals, for the columns that limits select by;
        an id is a column too."""
        found: dict[tuple[str, str], set[str]] = {}
        wanted = {column for limit in self.scenario["limits"] for column in limit["where"]}
        for name, entry in self.projects.items():
            for column in wanted & (entry["columns"].keys() | {"project"}):
                cell = name if column == "project" else entry["columns"][column]
                found.setdefault((column, (cell or "").casefold()), set()).add(name)
        return found

    def selected(self, limit: Object) -> set[str]:
        """The projects that a limit selects, whatever it says of years and kinds of costs."""
        found = set(self.projects)
        for column, values in limit["where"].items():
            if column not in ("year", "kind"):
                held = (self.holders.get((column, value.casefold()), set()) for value in values)
                found &= set().union(*held)
        return found

    def base(self, limit: Object) -> list[int]:
        """The cells among which a limit selects: of the years it names, else all that funds are of."""
        if "year" not in limit["where"]:
            return self.funded_cells
        years = {value.casefold() for value in limit["where"]["year"]}
        return [at for at, cell in enumerate(self.cells) if cell.year.casefold() in years]

    @cached_property
    def funded_cells(self) -> list[int]:
        """The cells in years that funds are of."""
        return [at for at, cell in enumerate(self.cells) if cell.funded]

    def chosen(self, limit: Object) -> set[int]:
        """The cells that a limit selects."""
        if limit["id"] not in self._chosen:
            own = {at for name in self.selected(limit) for at in self.cells_of[name]}
            kinds = {value.casefold() for value in limit["where"].get("kind", ())}
            self._chosen[limit["id"]] = {
                at
                for at in own.intersection(self.base(limit))
                if "kind" not in limit["where"] or self.cells[at].kind.casefold() in kinds
            }
        return self._chosen[limit["id"]]

    def envelope_of(self, limit: Object) -> int:
        """The money that a limit's share of the envelope is of."""
        years = {value.casefold() for value in limit["where"].get("year", ())}
        return sum(
            fund["amount_mvnd"] for fund in self.funds if not years or fund["year"].casefold() in years
        )

    def held_by_fund(self) -> list[int]:
        """What every fund holds, less what is reserved of it; a reserve without a fund is of the first."""
        held = [fund["amount_mvnd"] for fund in self.funds]
        place = {fund["id"].casefold(): at for at, fund in enumerate(self.funds)}
        for reserve in self.scenario["reserves"]:
            held[place[(reserve["fund"] or self.funds[0]["id"]).casefold()]] -= reserve["amount_mvnd"]
        return held

    # -------------------------------------------------------------- answers

    def answer(self, name: str, upper: int = 1, gain: Fraction = Fraction(0), whole: bool = True) -> str:
        """The place of an answer, made when it is first asked for."""
        self.answers.setdefault(name, Answer(upper, gain, whole))
        return name

    def yes(self, project: str) -> str:
        """The answer whether a project gets money."""
        return self.answer(f"yes[{project}]", 0 if project in self.barred else 1)

    # -------------------------------------------------------------- worth

    @cached_property
    def columns(self) -> dict[Share, list[int]]:
        """The cells that scale together: those of a project, or of one of its milestones."""
        found: dict[Share, list[int]] = {}
        for at, cell in enumerate(self.cells):
            found.setdefault((cell.project, cell.milestone), []).append(at)
        return found

    @property
    def split_columns(self) -> list[Share]:
        """The columns whose money is split over several costs and can be in part."""
        return [
            column
            for column, cells in self.columns.items()
            if sum(self.most(at) > 0 for at in cells) > 1 and not self.is_whole(column[0])
        ]

    @cached_property
    def paid_of_column(self) -> dict[Share, int]:
        """What funds pay for the whole of a column."""
        return {
            column: sum(self.cells[at].mvnd for at in own if self.cells[at].funded)
            for column, own in self.columns.items()
        }

    @cached_property
    def worth(self) -> dict[Share, Fraction]:
        """What the whole of a column adds to the objective, in 1e-4 point-million or 1e-4 point.

        ``funding``: ``(v - h) · paid``, a milestone its own part of the value. ``project``: ``v - λ · cost``,
        where ``v`` is times the share that the State can reach. What no fund pays adds nothing.
        """
        return {column: self._worth(*column) for column in self.columns}

    def _worth(self, name: str, milestone: int) -> Fraction:
        paid = self.paid_of_column[name, milestone]
        part = self.milestones[name][milestone] if milestone else Fraction(1)
        hurdle: int = self.scenario["objective"]["hurdle_e4"]
        if not paid or name in self.barred:
            return Fraction(0)
        if self.scenario["objective"]["basis"] == "funding":
            return part * self.value_e4[name] * self.paid[name] - hurdle * paid
        cost = self.sum_of(self.columns[name, milestone])
        reached = part * self.reach.get(name, Fraction(1))
        return reached * self.value_e4[name] - Fraction(hurdle * cost, MVND_PER_BN)

    @property
    def unit(self) -> int:
        """How many of the program's units make one of the objective's."""
        funding = self.scenario["objective"]["basis"] == "funding"
        return FULL * E4 * MVND_PER_BN if funding else E4

    def column_of(self, place: Place) -> Share | str:
        """The column that holds a place; the answer of a whole project is its money's column."""
        if isinstance(place, int):
            return self.cells[place].project, self.cells[place].milestone
        if place.startswith("yes[") and self.is_whole(place[4:-1]):
            return place[4:-1], 0
        return place

    @property
    def asks_yes_or_no(self) -> bool:
        """Whether some column is answered only by a whole number."""
        return any(each.whole for each in self.answers.values())


def _may_pay(fund: Object, year: str, kind: str, kinds: set[str]) -> bool:
    """A fund pays its own year; no list of kinds means all; a kind that is not stated may be any of them."""
    pays = {paid.casefold() for paid in fund["pays"]}
    asked = {kind.casefold()} if kind else kinds
    return bool(fund["year"] == year and (not pays or asked <= pays))


def in_proportion(total: int, costs: Sequence[int]) -> list[int]:
    """A total split over costs: the running sums are rounded down, so that each part is less than one off."""
    whole, running, before, parts = sum(costs), 0, 0, []
    for cost in costs:
        running += cost
        upto = total * running // whole if whole else 0
        parts.append(upto - before)
        before = upto
    return parts


# ------------------------------------------------------------------ the case restated: rules by family


def envelopes(s: Statement) -> Iterator[Row]:
    """What some funds may pay, and no others, is within what they hold; for every such set of funds."""
    held = s.held_by_fund()
    for year in dict.fromkeys(fund["year"] for fund in s.funds):
        cells = [at for at, cell in enumerate(s.cells) if cell.year == year and cell.payers]
        unions: set[frozenset[int]] = set()
        sets = {frozenset(s.cells[at].payers) for at in cells}
        if len(sets) > MOST_PAYER_SETS:
            raise Refused("too_many_payers", year=year, most=MOST_PAYER_SETS)
        for payers in sets:
            unions |= {union | payers for union in unions} | {payers}
        for union in unions:
            names = "+".join(s.funds[at]["id"] for at in sorted(union))
            terms: dict[Place, int] = {at: 1 for at in cells if union.issuperset(s.cells[at].payers)}
            yield Row(f"envelope[{names}]", terms, upper=sum(held[at] for at in union))


def limits(s: Statement) -> Iterator[Row]:
    """Floors and ceilings: of money, of a share, of a number of projects; soft ones with their breach."""
    for limit in s.scenario["limits"]:
        for side in ("at_most", "at_least"):
            if limit[side] is not None:
                yield _limit(s, limit, side)


def _limit(s: Statement, limit: Object, side: str) -> Row:
    bound, terms, step, size = limit[side], dict[Place, int](), 1, 0
    if bound["count"] is not None:
        size, selected = bound["count"], s.selected(limit)
        terms = {s.yes(name): 1 for name in selected}
    elif bound["share_of_allocated"] is not None:
        part, chosen, base = exact(bound["share_of_allocated"]), s.chosen(limit), s.base(limit)
        step = part.denominator
        # Σ of the selection - share · Σ of all, times the share's denominator
        coefs = ((at, (step if at in chosen else 0) - part.numerator) for at in base)
        terms = {at: coef for at, coef in coefs if coef}
    else:
        size = bound_mvnd(s, limit, side)
        terms = dict.fromkeys(s.chosen(limit), 1)
    if limit["penalty_e4"] is not None:
        counts = bound["count"] is not None
        most = len(terms) if counts else max(size, sum(map(s.most, s.base(limit))))
        broken = s.answer(f"broken[{limit['id']},{side}]", most, -penalty(s, limit, counts), whole=counts)
        terms[broken] = -step if side == "at_most" else step
    name = f"{side}[{limit['id']}]"
    return Row(name, terms, upper=size) if side == "at_most" else Row(name, terms, lower=size)


def bound_mvnd(s: Statement, limit: Object, side: str) -> int:
    """A bound that is an amount or a share of the envelope: ceilings rounded down, floors up."""
    bound = limit[side]
    if bound["amount_mvnd"] is not None:
        return int(bound["amount_mvnd"])
    money = exact(bound["share_of_envelope"]) * s.envelope_of(limit)
    return floor(money) if side == "at_most" else ceil(money)


def penalty(s: Statement, limit: Object, counts: bool) -> Fraction:
    """What breaking a soft limit costs: per project where it counts them, else per million VND."""
    per_bn = limit["penalty_e4"] * (1 if s.scenario["objective"]["basis"] == "project" else MVND_PER_BN)
    return Fraction(per_bn, 1 if counts else MVND_PER_BN)


def decisions(s: Statement) -> Iterator[Row]:
    """What the group has decided: in full, at least so much, locked, or nothing."""
    for each in s.scenario["decisions"]:
        project = s.spelled[each["project"].casefold()]
        terms: dict[Place, int] = dict.fromkeys(s.paid_cells(project), 1)
        if each["fund"] == "nothing":
            yield Row(f"decision[{each['id']}]", terms, upper=0)
        else:
            least = s.paid[project] if each["fund"] else each["at_least_mvnd"] or each["locked_mvnd"]
            yield Row(f"decision[{each['id']}]", terms, lower=least)


def dependencies(s: Statement) -> Iterator[Row]:
    """A project that needs another gets no greater share than it, or nothing unless the other is full."""
    for each in s.scenario["dependencies"]:
        own, other = (s.spelled[each[key].casefold()] for key in ("project", "requires"))
        row, paid = f"requires[{each['id']}]", s.paid_cells(own)
        if s.is_whole(own) and s.is_whole(other):
            yield Row(row, {s.yes(own): 1, s.yes(other): -1}, upper=0)
        elif own in s.barred or other in s.barred:
            yield Row(row, dict.fromkeys(paid, 1), upper=0)
        elif each["in_full"]:
            full = s.yes(other) if s.is_whole(other) else f"full[{other}]"
            if full not in s.answers and not s.is_whole(other):
                s.answer(full)
                yield Row(full, {**dict.fromkeys(s.paid_cells(other), 1), full: -s.paid[other]}, lower=0)
            yield Row(row, {**dict.fromkeys(paid, 1), full: -s.paid[own]}, upper=0)
        else:
            common = gcd(s.paid[own], s.paid[other])
            terms: dict[Place, int] = dict.fromkeys(paid, s.paid[other] // common)
            terms |= dict.fromkeys(s.paid_cells(other), -s.paid[own] // common)
            yield Row(row, terms, upper=0)


def milestones(s: Statement) -> Iterator[Row]:
    """A milestone is paid only after all before it are full; one that asks for nothing is, once those are."""
    for name, parts in s.milestones.items():
        for at in range(1, len(parts)):
            before, after = s.milestone_cells(name, at), s.milestone_cells(name, at + 1)
            done = s.answer(f"done[{name},{at}]")
            full, rest = sum(map(s.most, before)), sum(map(s.most, after))
            asked: dict[Place, int] = {**dict.fromkeys(before, 1), done: -full}
            yield Row(done, asked if full or at == 1 else {f"done[{name},{at - 1}]": 1, done: -1}, lower=0)
            yield Row(f"next[{name},{at + 1}]", {**dict.fromkeys(after, 1), done: -rest}, upper=0)


def least_amounts(s: Statement) -> Iterator[Row]:
    """Nothing, or at least so much: a project's own minimum, the least grant, and whoever is counted."""
    grant = s.scenario["least_grant_mvnd"] or 0
    for name, entry in s.projects.items():
        asked = entry["minimum_mvnd"] or grant or f"yes[{name}]" in s.answers
        if not asked or s.is_whole(name) or name in s.barred:
            continue
        yes, paid = s.yes(name), s.paid[name]
        least = min(paid, max(1, grant, entry["minimum_mvnd"] or 0))
        own: dict[Place, int] = dict.fromkeys(s.paid_cells(name), 1)
        yield Row(f"least[{name}]", {**own, yes: -least}, lower=0)
        yield Row(f"only_if[{name}]", {**own, yes: -paid}, upper=0)


FAMILIES: tuple[Callable[[Statement], Iterator[Row]], ...] = (
    envelopes,
    limits,
    decisions,
    dependencies,
    milestones,
    least_amounts,
)


# ------------------------------------------------------------------ the bound


@dataclass(frozen=True)
class Bound:
    """What no plan can exceed that pays the costs of a project in exact proportion, in the objective's unit.

    ``free`` columns have a price equal to their worth: only they can be between nothing and all in a best
    plan of exact amounts. ``price`` is what the duals ask for a unit of every place, times ``unit``.
    """

    value: Fraction
    free: tuple[Share | Place, ...]
    price: Mapping[Place, int]
    unit: int


def bound_of(s: Statement, duals: Mapping[str, Fraction]) -> Bound:
    """``y·b + Σ_j u_j · max(0, c_j - y·A_j)``: weak duality, in whole numbers over one denominator.

    Every column of money runs from 0 to 1, the share of a project or milestone; answers run to their bound.
    Raises :class:`Refused` where a dual has a sign that its row does not allow.
    """
    unit = common_denominator(duals.values())
    total, price = 0, dict[Place, int]()
    for name, dual in duals.items():
        if not dual:
            continue
        row, whole = s.rows[name], int(dual * unit)
        side = row.upper if dual > 0 else row.lower
        if side is None:
            raise Refused("dual_sign", row=name, dual=dual)
        total += whole * side
        for place, coef in row.terms.items():
            price[place] = price.get(place, 0) + whole * coef
    gained, free = _reduced(s, price, unit)
    return Bound((gained + Fraction(total, unit)) / s.unit, free, price, unit)


def rounding_of(s: Statement, bound: Bound) -> Fraction:
    """How far whole millions may lift a plan above the bound: every cost of a project that has several may be
    up to a million VND off its proportion, and is worth at most its gain less its price."""
    total = Fraction(0)
    for column in s.split_columns:
        paid = s.paid_of_column[column]
        gain = s.worth[column] / paid if paid else Fraction(0)
        for at in s.columns[column]:
            own = gain if s.cells[at].funded else Fraction(0)
            total += abs(own - Fraction(bound.price.get(at, 0), bound.unit))
    return total / s.unit


def _reduced(
    s: Statement, price: Mapping[Place, int], unit: int
) -> tuple[Fraction, tuple[Share | Place, ...]]:
    """``Σ_j u_j · max(0, c_j - y·A_j)``, and the columns that may move and have ``c_j = y·A_j``."""
    whole = {name: 0 for name, _ in s.columns if s.is_whole(name)}
    for place, priced in price.items():
        if isinstance(place, str) and not isinstance(column := s.column_of(place), str):
            whole[column[0]] += priced
    worths, priced_total, free = dict[int, int](), 0, list[Share | Place]()
    for column, own in s.columns.items():
        if column[0] in s.barred:
            continue
        asked = whole.get(column[0], 0) + sum(price[at] * s.cells[at].mvnd for at in own if at in price)
        worth = s.worth[column]
        left = worth.numerator * unit - asked * worth.denominator
        if not left:
            free.append(column)
        if left > 0:
            worths[worth.denominator] = worths.get(worth.denominator, 0) + worth.numerator
            priced_total += asked
    rest = Fraction(0)
    for name, answer in s.answers.items():
        if isinstance(s.column_of(name), str):
            left_over = answer.gain - Fraction(price.get(name, 0), unit)
            rest += answer.upper * max(Fraction(0), left_over)
            if not left_over:
                free.append(name)
    summed = sum((Fraction(num, den) for den, num in worths.items()), Fraction(0))
    return summed - Fraction(priced_total, unit) + rest, tuple(free)


# ------------------------------------------------------------------ what is checked


class Sheet:
    """A plan file, with what the clauses ask of it once it has the right shape, each thing computed once.

    ``facts`` are numbers that a clause leaves for its sentence.
    """

    def __init__(self, plan: Object) -> None:
        self.plan = plan
        self.facts: dict[str, object] = {}

    @property
    def case(self) -> Object:
        """The case inside the file."""
        case: Object = self.plan["case"]
        return case

    @cached_property
    def projects(self) -> dict[str, Object]:
        """What is said of every project, in the order of the file."""
        return {each["id"]: each for each in self.plan["projects"]}

    @cached_property
    def uses(self) -> dict[str, Object]:
        """What is said of every limit."""
        return {each["id"]: each for each in self.plan["limits"]}

    @property
    def found(self) -> bool:
        """Whether the file claims to have a plan."""
        return self.plan["status"] in ("optimal", "feasible")

    @cached_property
    def scoring(self) -> Scoring | None:
        """How values come from assessments; ``None`` where the register gives them."""
        return None if self.case["assessments"] is None else Scoring(self.case)

    @cached_property
    def values(self) -> dict[str, Value]:
        """Every project's value, recomputed."""
        if self.scoring is not None:
            return self.scoring.of_projects
        return {each["id"]: Value(*[each["given_e4"]] * 3) for each in self.case["register"]}

    @property
    def end(self) -> str:
        """The end of their intervals at which scores count."""
        return str(self.case["scenario"]["eligibility"]["unassessed"])

    @cached_property
    def value_e4(self) -> dict[str, int]:
        """The values that count."""
        return {name: value.at(self.end) for name, value in self.values.items()}

    @cached_property
    def lacks(self) -> dict[str, list[tuple[str, str]]]:
        """What projects lack by their scores and dossiers: codes, and what they are about."""
        found: dict[str, list[tuple[str, str]]] = {name: [] for name in self.value_e4}
        asked = self.case["scenario"]["eligibility"]
        for factor, least in asked["minimum_by_factor"].items():
            for name, value in self.scoring.on_factor(factor).items() if self.scoring else ():
                if value.at(self.end) < least:
                    found[name].append(("factor_below_minimum", factor))
        for entry in self.case["register"]:
            own = asked["dossier_by_class"].get(entry["columns"].get("class"), [])
            for column in dict.fromkeys([*asked["dossier"], *own]):
                if not is_filled(entry["columns"].get(column)):
                    found[entry["id"]].append(("dossier_blank", column))
        return found

    @cached_property
    def statement(self) -> Statement:
        """The program of the case."""
        return Statement(self.case, self.value_e4, (name for name, lacks in self.lacks.items() if lacks))

    def payments(self) -> Iterator[tuple[str, Object]]:
        """Every payment with its project."""
        for name, project in self.projects.items():
            for payment in project["payments"] or ():
                yield name, payment

    @cached_property
    def cell_at(self) -> dict[tuple[str, int, str, str], int]:
        """The cells by project, milestone, year and kind."""
        cells = enumerate(self.statement.cells)
        return {(cell.project, cell.milestone, cell.year, cell.kind): at for at, cell in cells}

    def cell_of(self, name: str, payment: Object) -> int | None:
        """The cell that a payment pays, if there is one."""
        return self.cell_at.get((name, payment["milestone"] or 0, payment["year"], payment["kind"] or ""))

    @cached_property
    def paid(self) -> dict[int, int]:
        """By cell: what the file pays."""
        total: dict[int, int] = {}
        for name, payment in self.payments():
            at = self.cell_of(name, payment)
            if at is not None:
                total[at] = total.get(at, 0) + payment["amount_mvnd"]
        return total

    def amount(self, place: Place) -> int:
        """What the plan holds in a place; answers follow from the payments, breaches from the file."""
        if isinstance(place, int):
            return self.paid.get(place, 0)
        verb, _, about = place[:-1].partition("[")
        project, _, last = about.partition(",")
        return self._answers()[verb](project, last)

    def in_proportion(self, place: Place) -> Fraction:
        """What a place holds where all costs of a project, or of its milestone, get one exact share."""
        if not isinstance(place, int):
            return Fraction(self.amount(place))
        cell = self.statement.cells[place]
        own = self.statement.milestone_cells(cell.project, cell.milestone)
        money = self.held_by(at for at in own if self.statement.cells[at].funded)
        return Fraction(cell.mvnd * money, self.statement.paid_of_column[cell.project, cell.milestone] or 1)

    def _answers(self) -> Mapping[str, Callable[[str, str], int]]:
        s = self.statement
        return {
            "yes": lambda name, _: int(self.money_of(name) > 0),
            "full": lambda name, _: int(self.money_of(name) == s.paid[name] > 0),
            "done": lambda name, at: int(all(self._is_done(name, each) for each in range(1, int(at) + 1))),
            "broken": lambda limit, side: int(self.uses[limit]["short" if side == "at_least" else "over"]),
        }

    def _is_done(self, name: str, milestone: int) -> bool:
        cells = self.statement.milestone_cells(name, milestone)
        return self.held_by(cells) == sum(map(self.statement.most, cells))

    def held_by(self, cells: Iterable[int]) -> int:
        """What the plan pays of some cells together."""
        paid = self.paid
        return sum(paid[at] for at in cells if at in paid)

    def money_of(self, name: str) -> int:
        """What the funds pay of a project."""
        return self.held_by(self.statement.paid_cells(name))

    @cached_property
    def worth(self) -> Fraction:
        """The objective, recomputed: every column's worth at the share that is paid, less breaches."""
        s, by_den = self.statement, dict[int, int]()
        for column, cells in s.columns.items():
            money = self.held_by(at for at in cells if s.cells[at].funded)
            if money:
                part = s.worth[column] * Fraction(money, s.paid_of_column[column] or 1)
                by_den[part.denominator] = by_den.get(part.denominator, 0) + part.numerator
        gained = sum((Fraction(num, den) for den, num in by_den.items()), Fraction(0))
        breaches = (answer.gain * self.amount(name) for name, answer in s.answers.items() if answer.gain)
        return (gained + sum(breaches, Fraction(0))) / s.unit

    @cached_property
    def duals(self) -> dict[str, Fraction]:
        """The certificate's duals."""
        return {name: exact(dual) for name, dual in self.plan["certificate"]["duals"].items()}

    @cached_property
    def bound(self) -> Bound:
        """What the duals prove."""
        return bound_of(self.statement, self.duals)


Faults = Iterator[Fault]


def check_shape(sheet: Sheet) -> Faults:
    """Every member that is promised, each of its kind."""
    yield from PLAN(sheet.plan, "plan")


def check_case(sheet: Sheet) -> Faults:
    """What the parts of the case say of each other fits together."""
    case = sheet.case
    scenario, ids = case["scenario"], [each["id"] for each in case["register"]]
    known = {name.casefold() for name in ids}
    named = [each[key] for each in scenario["decisions"] for key in ("project",)]
    named += [each[key] for each in scenario["dependencies"] for key in ("project", "requires")]
    named += [each["project"] for each in (case["costs"] or {"cells": []})["cells"]]
    named += [each["project"] for each in (case["costs"] or {"milestones": []})["milestones"]]
    yield from (fault("unknown_project", project=name) for name in named if name.casefold() not in known)
    yield from _repeats(ids)
    yield from _repeats(each["id"] for key in ("funds", "limits") for each in scenario[key])
    for key in ("decisions", "dependencies"):
        yield from _repeats(each["id"] for each in scenario[key])
    if not scenario["funds"]:
        yield fault("no_fund")
    funds = {each["id"].casefold() for each in scenario["funds"]}
    for reserve in scenario["reserves"]:
        if reserve["fund"] and reserve["fund"].casefold() not in funds:
            yield fault("unknown_fund", fund=reserve["fund"])
    for thing, keys in (("limits", ("at_least", "at_most")), ("decisions", (None,))):
        for each in scenario[thing]:
            yield from _one_choice(each, keys)
    for each in scenario["dependencies"]:
        if each["project"].casefold() == each["requires"].casefold():
            yield fault("needs_itself", project=each["project"])
    yield from _scores_fit(case)
    yield from _costs_fit(case)
    yield from _dossiers_fit(case)


def _dossiers_fit(case: Object) -> Faults:
    """Dossiers are asked of classes that there are, and are of columns that a register can have; the columns
    that are asked of a project are in the case."""
    scenario = case["scenario"]
    asked, may = scenario["eligibility"], {*DOSSIER_COLUMNS, *scenario["fields"]}
    by_class = asked["dossier_by_class"]
    yield from (fault("unknown_class", found=shown(name)) for name in by_class if name not in CLASSES)
    names = dict.fromkeys(chain(asked["dossier"], *by_class.values()))
    yield from (fault("unknown_column", column=shown(name)) for name in names if name not in may)
    for entry in case["register"]:
        own = by_class.get(entry["columns"].get("class"), [])
        missing = [name for name in (*asked["dossier"], *own) if name in may and name not in entry["columns"]]
        yield from (fault("column_missing", project=entry["id"], column=name) for name in missing)


def _one_choice(each: Object, keys: Sequence[str | None]) -> Faults:
    """A bound is exactly one of its kinds, a decision exactly one of three things."""
    for key in keys:
        chosen = each if key is None else each[key]
        if chosen is None:
            continue
        among = ("fund", "at_least_mvnd", "locked_mvnd") if key is None else tuple(chosen)
        if sum(chosen[kind] is not None for kind in among) != 1:
            yield fault("not_one_choice", id=each["id"], among=", ".join(among))


def _repeats(ids: Iterable[str]) -> Faults:
    seen: set[str] = set()
    for name in ids:
        if name.casefold() in seen:
            yield fault("id_twice", id=name)
        seen.add(name.casefold())


def _scores_fit(case: Object) -> Faults:
    """Values are given, or every project has its row of scores over the leaves of a sound tree."""
    assessed, tree, ids = case["assessments"], case["criteria"], [each["id"] for each in case["register"]]
    if assessed is None:
        yield from (fault("no_value", project=e["id"]) for e in case["register"] if e["given_e4"] is None)
        return
    yield from (fault("value_twice", project=e["id"]) for e in case["register"] if e["given_e4"] is not None)
    if not tree:
        yield fault("no_criteria")
        return
    faults = list(_tree_fits(tree, case["weights"] or {}))
    yield from faults
    names = {leaf["id"] for leaf in leaves(tree)}
    yield from (fault("scores_missing", project=name) for name in ids if name not in assessed)
    known = set(ids)
    yield from (fault("unknown_project", project=name) for name in assessed if name not in known)
    yield from (fault("scores_missing", project=name) for name in assessed if assessed[name].keys() != names)
    if not faults:
        yield from _judgements_fit(case)
    yield from (
        fault("unknown_factor", factor=name)
        for name in case["scenario"]["eligibility"]["minimum_by_factor"]
        if name not in {each["id"] for each in tree}
    )


def _judgements_fit(case: Object) -> Faults:
    """Every judgement is on its leaf's scale, or one of its categories, by an assessor who may judge."""
    by_id = {leaf["id"]: leaf for leaf in leaves(case["criteria"])}
    within = {
        name: sorted(map(exact, leaf["scale"].values())) if leaf["scale"] else set(_by_category(leaf))
        for name, leaf in by_id.items()
    }
    sound: set[tuple[str, ...]] = set()
    for project, said in case["assessments"].items():
        for leaf, own in said.items():
            if own is None or leaf not in by_id:
                continue
            if by_id[leaf].get("of") is not None:
                yield fault("off_scale", project=project, criterion=leaf, found=shown(own))
                continue
            if own == {}:  # nobody judged: that is written as null
                yield fault("scores_missing", project=project)
            for each in own.values() if isinstance(own, dict) else [own]:
                if each is None or (key := (leaf, *([each] if isinstance(each, str) else each))) in sound:
                    continue
                if _on(each, within[leaf]):
                    sound.add(key)
                else:
                    yield fault("off_scale", project=project, criterion=leaf, found=shown(each))
    yield from _assessors_fit(case)
    for entry in case["register"]:
        for leaf in by_id.values():
            of = leaf.get("of")
            if of is None or (of in entry["columns"] and not entry["columns"][of]):
                continue
            if str(entry["columns"].get(of)).casefold() not in within[leaf["id"]]:
                found = shown(entry["columns"].get(of))
                yield fault("off_scale", project=entry["id"], criterion=leaf["id"], found=found)


def _assessors_fit(case: Object) -> Faults:
    """Where assessors are listed nobody else judges, and nobody judges twice."""
    listed = {each["id"].casefold() for each in case["scenario"]["assessors"]}
    yield from _repeats(each["id"] for each in case["scenario"]["assessors"])
    nodes = {each["id"].casefold() for each in _all_nodes(case["criteria"])}
    for each in case["scenario"]["assessors"]:
        yield from _repeats(each["competence_on"])
        unknown = [name for name in each["competence_on"] if name.casefold() not in nodes]
        yield from (fault("unknown_criterion", criterion=name) for name in unknown)
    sound: set[tuple[str, ...]] = set()
    for said in case["assessments"].values():
        for own in said.values():
            names = tuple(own) if isinstance(own, dict) else ()
            if names in sound:
                continue
            sound.add(names)
            yield from _repeats(names)
            unknown = [name for name in names if listed and name.casefold() not in listed]
            yield from (fault("unknown_assessor", assessor=name) for name in unknown)


def _on(said: Any, within: Any) -> bool:
    """Whether a judgement is a category of those, or an interval between two scores."""
    if isinstance(said, str) or isinstance(within, set):
        return isinstance(said, str) and isinstance(within, set) and said.casefold() in within
    return _between(said, *within)


def _between(ends: Sequence[str], low: Fraction, high: Fraction) -> bool:
    if len(ends) != 2:
        return False
    first, last = map(exact, ends)
    return low <= first and (ends[0] == ends[1] or first <= last) and last <= high


def _tree_fits(nodes: Sequence[Object], weights: Mapping[str, Mapping[str, str]]) -> Faults:
    """Ids stand once, leaves have a scale with a length, and for every class each node has a weight and
    siblings' weights sum to one."""
    yield from _repeats(each["id"] for each in _all_nodes(nodes))
    names = {each["id"] for each in _all_nodes(nodes)}
    for class_ in (*CLASSES, UNCLASSED):
        own = weights.get(class_, {})
        if own.keys() != names:
            yield fault("weights_missing", **{"class": class_})
            continue
        for _, siblings in families(nodes):
            if sum(exact(own[each["id"]]) for each in siblings) != 1:
                yield fault("weights_sum", names=", ".join(each["id"] for each in siblings))
    for each in _all_nodes(nodes):
        if not _scale_fits(each):
            yield fault("leaf_or_branch", criterion=each["id"])
        elif each["value"] != "linear" and not _points_sound(each):
            yield fault("points_unsound", criterion=each["id"])


def _scale_fits(node: Object) -> bool:
    """Whether a leaf, but not a categorical one, and nothing else has a scale, and one with a length."""
    scale = node["scale"]
    if node["children"] or node["value"] == "categorical":
        return scale is None
    return scale is not None and exact(scale["worst"]) != exact(scale["best"])


def _points_sound(leaf: Object) -> bool:
    """Whether a value function by levels rises from 0 at the worst end to 100 at the best, or over its
    categories takes both."""
    levels = leaf["levels"]
    if leaf["children"] or leaf["value"] == "categorical":
        names = [each["category"].casefold() for each in levels if each["category"] is not None]
        points = [exact(each["value"]) for each in levels]
        whole = len(set(names)) == len(levels) and {0, FULL} <= set(points)
        return not leaf["children"] and whole and all(0 <= each <= FULL for each in points)
    if leaf["of"] is not None or any(each["score"] is None for each in levels):
        return False
    along = bends(leaf)
    if exact(leaf["scale"]["worst"]) > exact(leaf["scale"]["best"]):
        along = along[::-1]
    ends = [(exact(leaf["scale"]["worst"]), Fraction(0)), (exact(leaf["scale"]["best"]), Fraction(FULL))]
    points = [each for _, each in along]
    return (
        [*along[:1], *along[-1:]] == ends
        and points == sorted(points)
        and len({score for score, _ in along}) == len(along)
    )


def families(nodes: Sequence[Object]) -> Iterator[tuple[str, Sequence[Object]]]:
    """Every set of siblings with what statements call the node above: the factors' is the root."""
    yield "", nodes
    yield from ((each["id"], each["children"]) for each in _all_nodes(nodes) if each["children"])


def _all_nodes(nodes: Sequence[Object]) -> Iterator[Object]:
    for each in nodes:
        yield each
        yield from _all_nodes(each["children"])


def _costs_fit(case: Object) -> Faults:
    """Costs add up to what is asked, milestones are numbered from one and their shares sum to one."""
    entries = {each["id"].casefold(): each for each in case["register"]}
    for entry in entries.values():
        if (entry["cofinance_mvnd"] or 0) > entry["ask_mvnd"]:
            yield fault("cofinance_above_ask", project=entry["id"])
    if case["costs"] is None:
        return
    total, stages, shares = dict[str, int](), dict[str, set[int]](), dict[str, dict[int, Fraction]]()
    seen: set[tuple[object, ...]] = set()
    for cell in case["costs"]["cells"]:
        name, key = cell["project"].casefold(), tuple(cell[k] for k in ("milestone", "year", "kind"))
        if (name, *key) in seen:
            yield fault("cell_twice", project=cell["project"], cell=shown(key))
        seen.add((name, *key))
        total[name] = total.get(name, 0) + cell["cost_mvnd"]
        stages.setdefault(name, set()).add(cell["milestone"] or 0)
    for each in case["costs"]["milestones"]:
        shares.setdefault(each["project"].casefold(), {})[each["milestone"]] = exact(each["value_share"])
    for name, entry in entries.items():
        if total.get(name, 0) != entry["ask_mvnd"]:
            params = {"stated_mvnd": entry["ask_mvnd"], "found_mvnd": total.get(name, 0)}
            yield fault("costs_differ_from_ask", project=entry["id"], **params)
        own, whole = shares.get(name, {}), (entry["columns"].get("funding") or "").casefold() == "whole"
        sound = stages.get(name, {0}) == (set(own) or {0}) and set(own) == set(range(1, len(own) + 1))
        if not sound or (own and (sum(own.values()) != 1 or whole)):
            yield fault("milestones_unsound", project=entry["id"])


def check_digests(sheet: Sheet) -> Faults:
    """The digests are those of the case in the file."""
    for part, stated in sheet.plan["digests"].items():
        content = sheet.case if part == "case" else sheet.case.get(part, sheet)
        if content is not sheet and digest(content) != stated:
            yield fault("digest_differs", part=part)
    sheet.facts["digest"] = sheet.plan["digests"]["case"]


def digest(content: Any) -> str:
    """SHA-256 of a JSON value: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def check_answer(sheet: Sheet) -> Faults:
    """What the file answers is about the case in it: its projects, limits, envelope, and a plan or none."""
    plan, scenario = sheet.plan, sheet.case["scenario"]
    yield from _repeats(each["id"] for each in plan["projects"])
    yield from _repeats(each["id"] for each in plan["limits"])
    asked = {each["id"]: each["ask_mvnd"] for each in sheet.case["register"]}
    for name in sorted(asked.keys() ^ sheet.projects.keys()):
        yield fault("project_not_in_both", project=name)
    for name, project in sheet.projects.items():
        if project["ask_mvnd"] != asked.get(name, project["ask_mvnd"]):
            yield fault("ask_differs", project=name, stated_mvnd=project["ask_mvnd"], found_mvnd=asked[name])
    listed = {each["id"] for each in scenario["limits"]} if sheet.found else set[str]()
    for name in sorted(listed ^ sheet.uses.keys()):
        yield fault("limit_not_in_both", limit=name)
    for stated, is_so in (
        (plan["scenario"], scenario["id"]),
        (plan["objective"]["basis"], scenario["objective"]["basis"]),
        (plan["objective"]["unit"], UNITS[scenario["objective"]["basis"]]),
        (plan["unassessed"], sheet.end),
    ):
        if stated != is_so:
            yield fault("said_differently", stated=stated, found=is_so)
    if _rests_on_illustrative(sheet.case) and not plan["illustrative"]:
        yield fault("illustrative_unsaid")
    envelope = sum(fund["amount_mvnd"] for fund in scenario["funds"])
    if plan["envelope_mvnd"] != envelope:
        yield fault("envelope_differs", stated_mvnd=plan["envelope_mvnd"], found_mvnd=envelope)
    yield from _plan_or_none(sheet)


UNITS = {"funding": "bn_at_full_value", "project": "points"}


def _rests_on_illustrative(case: Object) -> bool:
    """Whether an amount asked for or a limit is said to be illustrative."""
    bases = [limit["basis"] for limit in case["scenario"]["limits"]]
    bases += [each["columns"].get("ask_basis") or "" for each in case["register"]]
    return "illustrative" in map(str.casefold, bases)


def _plan_or_none(sheet: Sheet) -> Faults:
    """Where there is a plan every amount is there, where there is none nothing is."""
    stated = [sheet.plan["total_mvnd"], sheet.plan["objective"]["exact"], sheet.plan["objective"]["value"]]
    stated += [
        project[key] for project in sheet.projects.values() for key in ("amount_mvnd", "payments", "reason")
    ]
    if any((each is None) == sheet.found for each in stated):
        yield fault("status_contradicted", status=sheet.plan["status"])


def check_weights(sheet: Sheet) -> Faults:
    """The weights by which values are made are those that the scenario states or its statements lead to."""
    tree, scenario = sheet.case["criteria"], sheet.case["scenario"]
    sheet.facts["statements"] = len(scenario["elicitation"])
    if not tree:
        return
    yield from (fault("unknown_class", found=shown(name)) for name in _classes_named(scenario))
    yield from (fault("statement_twice", id=name) for name in _statements_twice(scenario))
    yield from _statements_fit(tree, scenario)
    for class_ in (*CLASSES, UNCLASSED):
        own = sheet.case["weights"][class_]
        for parent, siblings in families(tree):
            names = [each["id"] for each in siblings]
            stated = {name: exact(own[name]) for name in names}
            found = word_on(scenario, class_, parent, siblings)
            if found is None:
                yield fault("statement_unsound", over=parent or "root")
            # What comes of pairwise judgements is known to a little more than the last digit.
            elif any(abs(found.weights[name] - stated[name]) > found.within for name in names):
                yield fault("weights_differ", names=", ".join(names), **{"class": class_})


def _classes_named(scenario: Object) -> Iterator[str]:
    for key in ("weights_by_class", "exchange_rate"):
        yield from (name for name in scenario[key] if name not in CLASSES)


def _statements_twice(scenario: Object) -> Iterator[str]:
    """Statements over what another is over for the same class."""
    seen: set[tuple[str, str | None]] = set()
    for each in scenario["elicitation"]:
        key = each["over"], each["class"]
        if key in seen:
            yield each["id"]
        seen.add(key)


def _statements_fit(tree: Sequence[Object], scenario: Object) -> Faults:
    """Weights are of criteria that there are; statements, even those that another comes before, are over some
    of them, make sense, and do not stand beside weights that are stated outright."""
    nodes, sets = {each["id"] for each in _all_nodes(tree)}, dict(families(tree))
    for own in (scenario["weights"], *scenario["weights_by_class"].values()):
        yield from (fault("unknown_criterion", criterion=name) for name in own if name not in nodes)
    for each in scenario["elicitation"]:
        names = [node["id"] for node in sets.get("" if each["over"] == "root" else each["over"], ())]
        if len(set(each["leave_out"])) < len(each["leave_out"]) or heard(each, names) is None:
            yield fault("statement_unsound", over=each["over"])
        by_class = scenario["weights_by_class"]
        outright = scenario["weights"] if each["class"] is None else by_class.get(each["class"], {})
        if any(name in outright for name in names):
            yield fault("statement_beside_weights", id=each["id"])


@dataclass(frozen=True)
class Word:
    """Weights of siblings, and how exactly they are known."""

    weights: Mapping[str, Fraction]
    within: Fraction = Fraction(0)


def word_on(scenario: Object, class_: str, parent: str, siblings: Sequence[Object]) -> Word | None:
    """What one set of siblings weighs for a class: what is said of the class comes before what is said of
    all, what is stated before what is elicited; then the criteria file; else all weigh the same. ``None``
    where what is said makes no sense."""
    names = [each["id"] for each in siblings]
    for word in (class_, None) if class_ in CLASSES else (None,):
        stated = scenario["weights"] if word is None else scenario["weights_by_class"].get(word, {})
        if any(name in stated for name in names):
            whole = all(name in stated for name in names)
            return Word({name: exact(stated[name]) for name in names}) if whole else None
        for each in scenario["elicitation"]:
            if each["class"] == word and ("" if each["over"] == "root" else each["over"]) == parent:
                return heard(each, names)
    filed = {each["id"]: exact(each["weight"]) for each in siblings if each["weight"] is not None}
    if filed:
        return Word(filed) if len(filed) == len(names) else None
    return Word(dict.fromkeys(names, Fraction(1, len(names))))


def heard(statement: Object, names: Sequence[str]) -> Word | None:
    """The weights that a statement leads to; ``None`` if it is not about just these criteria, or unsound."""
    ways = [way for way in HEARING if statement[way] is not None]
    if len(ways) != 1:
        return None
    word = HEARING[ways[0]](statement[ways[0]])
    left_out = dict.fromkeys(statement["leave_out"], Fraction(0))
    if word is None or word.weights.keys() & left_out.keys():
        return None
    weights = {**word.weights, **left_out}
    return Word(weights, word.within) if weights.keys() == set(names) else None


def _from_swings(swings: Mapping[str, str]) -> Word | None:
    """Every swing as a part of all; the greatest is 100."""
    held = {name: exact(swing) for name, swing in swings.items()}
    if not held or max(held.values()) != FULL:
        return None
    total = sum(held.values())
    return Word(in_billionths({name: swing / total for name, swing in held.items()}))


def _from_ranks(places: Sequence[Sequence[str]]) -> Word | None:
    """The centroid of all weights in this order: those that share places share what these weigh."""
    count = sum(map(len, places))
    if not count or len(set(chain.from_iterable(places))) != count:
        return None
    weights: dict[str, Fraction] = {}
    for names in places:
        taken = range(len(weights), len(weights) + len(names))
        tails = [Fraction(1, i) for at in taken for i in range(at + 1, count + 1)]
        weights.update(dict.fromkeys(names, sum(tails, Fraction(0)) / (count * len(names))))
    return Word(in_billionths(weights))


def _from_intervals(intervals: Mapping[str, Sequence[str]]) -> Word | None:
    """One place within all intervals, after what no weights that sum to one can reach is cut off."""
    if not intervals or any(len(ends) != 2 for ends in intervals.values()):
        return None
    low = {name: exact(ends[0]) for name, ends in intervals.items()}
    high = {name: exact(ends[1]) for name, ends in intervals.items()}
    least, most = sum(low.values()), sum(high.values())
    if not least <= 1 <= most or any(low[name] > high[name] for name in low):
        return None
    cut_low = {name: max(low[name], 1 - (most - high[name])) for name in low}
    cut_high = {name: min(high[name], 1 - (least - low[name])) for name in low}
    width = sum(cut_high.values()) - sum(cut_low.values())
    at = (1 - sum(cut_low.values(), Fraction(0))) / width if width else Fraction(0)
    return Word(in_billionths({name: cut_low[name] + at * (cut_high[name] - cut_low[name]) for name in low}))


def _from_judgements(judgements: Mapping[str, Mapping[str, str]]) -> Word | None:
    """The positive eigenvector of the judgements.

    Whatever way a positive vector was found, it is near the eigenvector if the matrix stretches all its
    parts nearly alike: in Hilbert's metric, no farther than its own image is, times 1 / (1 - tanh(D / 4)),
    where D is the diameter of the matrix (Birkhoff). Judgements from 1/9 to 9 make that factor at most 41,
    so parts stretched alike up to 1e-12 are right to 1e-10.
    """
    said = {(a, b): exact(times) for a, others in judgements.items() for b, times in others.items()}
    names = sorted({*judgements, *(name for pair in said for name in pair)})
    if not 0 < len(names) <= MOST_COMPARED or any(
        (b, a) in said and said[b, a] * said[a, b] != 1 for a, b in said
    ):
        return None
    said |= {(b, a): 1 / times for (a, b), times in said.items()}
    on_scale = all(Fraction(1, LARGEST_JUDGEMENT) <= times <= LARGEST_JUDGEMENT for times in said.values())
    if len(said) != len(names) * (len(names) - 1) or any(a == b for a, b in said) or not on_scale:
        return None
    rows = [[said.get((a, b), Fraction(1)) for b in names] for a in names]
    held = [10**24] * len(names)
    for _ in range(10_000):
        image = [sum(times * part for times, part in zip(row, held, strict=True)) for row in rows]
        stretch = [new / old for new, old in zip(image, held, strict=True)]
        if max(stretch) <= min(stretch) * (1 + Fraction(1, 10**12)):
            weights = {name: Fraction(part, sum(held)) for name, part in zip(names, held, strict=True)}
            return Word(weights, Fraction(11, 10 * BILLION))
        total = sum(image)
        held = [round(part * 10**24 * len(names) / total) for part in image]
    return None


HEARING: Mapping[str, Callable[[Any], Word | None]] = {
    "swing": _from_swings,
    "rank": _from_ranks,
    "intervals": _from_intervals,
    "pairwise": _from_judgements,
}


def in_billionths(weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Weights rounded down to billionths; what is missing to one goes to the largest remainders, one each,
    among equals to the greater weight, then by id."""
    down = {name: floor(weight * BILLION) for name, weight in weights.items()}
    missing = BILLION - sum(down.values())
    order = sorted(down, key=lambda name: (down[name] - weights[name] * BILLION, -down[name], name))
    return {name: Fraction(down[name] + (at < missing), BILLION) for at, name in enumerate(order)}


def check_values(sheet: Sheet) -> Faults:
    """Values, recomputed from scores, weights and scales, or as the register gives them."""
    for name, value in sheet.values.items():
        project = sheet.projects[name]
        for key, e4 in (("value", value.at(sheet.end)), ("value_low", value.low), ("value_high", value.high)):
            if project[key] != Fraction(e4, E4):
                stated, found = Fraction(project[key]), Fraction(e4, E4)
                yield fault("value_differs", project=name, member=key, stated=stated, found=found)
    sheet.facts["projects"] = len(sheet.values)


def check_ranks(sheet: Sheet) -> Faults:
    """Rank 1 for the greatest value, equals share a rank, and projects stand in that order, equals by id."""
    best_first = sorted(sheet.value_e4.values(), reverse=True)
    rank = {value: at for at, value in reversed(list(enumerate(best_first, 1)))}
    for name, value in sheet.value_e4.items():
        if sheet.projects[name]["rank"] != rank[value]:
            yield fault("rank_differs", project=name, stated=sheet.projects[name]["rank"], found=rank[value])
    order = sorted(sheet.projects, key=lambda name: (rank[sheet.value_e4[name]], name))
    if order != list(sheet.projects):
        yield fault("order_differs")


def check_eligibility(sheet: Sheet) -> Faults:
    """Who lacks what it must have gets nothing, and is said to lack something that it lacks."""
    for name, project in sheet.projects.items():
        lacks = {*sheet.lacks[name], *sheet.statement.unpayable(name)}
        said = [(each["code"], _about(each)) for each in project["lacks"]]
        for code, about in said:
            if (code, about) not in lacks:
                yield fault("lack_untrue", project=name, lack=f"{code} {about}")
        if lacks and not said:
            yield fault("lack_unsaid", project=name, lack=" ".join(min(lacks)))
        if lacks and project["amount_mvnd"]:
            yield fault("ineligible_paid", project=name, found_mvnd=project["amount_mvnd"])


def _about(lack: Object) -> str:
    params = lack["params"]
    if lack["code"] == "no_fund_may_pay":
        return f"{params.get('kind')},{params.get('year')}"
    return str(next((params[key] for key in ("factor", "column", "reach") if key in params), ""))


def check_payments(sheet: Sheet) -> Faults:
    """Every payment is of a cost that there is, within the State's part, by a fund that may pay it."""
    s, seen = sheet.statement, set[tuple[object, ...]]()
    place = {fund["id"]: at for at, fund in enumerate(s.funds)}
    for name, payment in sheet.payments():
        about = {"project": name, "year": payment["year"], "kind": payment["kind"] or "–"}
        at, fund = sheet.cell_of(name, payment), payment["fund"]
        if (at, fund) in seen:
            yield fault("payment_twice", **about)
        seen.add((at, fund))
        if at is None:
            yield fault("payment_of_nothing", **about)
        elif s.cells[at].funded != (fund is not None) or (fund and place.get(fund) not in s.cells[at].payers):
            yield fault("fund_may_not_pay", fund=fund or "–", **about)
    for at, paid in sheet.paid.items():
        if paid > s.most(at):
            cell = s.cells[at]
            about = {"project": cell.project, "year": cell.year, "kind": cell.kind or "–"}
            yield fault("paid_above_cost", **about, stated_mvnd=paid, found_mvnd=s.most(at))
    for name, project in sheet.projects.items():
        if project["amount_mvnd"] != sheet.money_of(name):
            params = {"stated_mvnd": project["amount_mvnd"], "found_mvnd": sheet.money_of(name)}
            yield fault("amount_differs", project=name, **params)


def check_proportion(sheet: Sheet) -> Faults:
    """All costs of a project, or of its milestone, are paid at one share, each less than one million off."""
    s = sheet.statement
    for (name, milestone), cells in s.columns.items():
        costs = [(sheet.amount(at), s.cells[at].mvnd) for at in cells if s.cells[at].mvnd]
        above = max((Fraction(paid - 1, cost) for paid, cost in costs), default=Fraction(0))
        below = min((Fraction(paid + 1, cost) for paid, cost in costs), default=Fraction(1))
        idle = (
            not sheet.held_by(at for at in cells if s.cells[at].funded) and s.paid_of_column[name, milestone]
        )
        if above >= below or (idle and sheet.held_by(cells)):
            yield fault("out_of_proportion", project=name, milestone=milestone or "–")


def check_funds(sheet: Sheet) -> Faults:
    """No fund pays more than it holds, less what is reserved of it."""
    s, paid = sheet.statement, dict[str, int]()
    for _, payment in sheet.payments():
        if payment["fund"] is not None:
            paid[payment["fund"]] = paid.get(payment["fund"], 0) + payment["amount_mvnd"]
    for fund, held in zip(s.funds, s.held_by_fund(), strict=True):
        if paid.get(fund["id"], 0) > held:
            yield fault("fund_overdrawn", fund=fund["id"], stated_mvnd=paid[fund["id"]], found_mvnd=held)
    yield from broken_rows(sheet, "envelope")


def check_totals(sheet: Sheet) -> Faults:
    """Amounts add up to the total, and with what is unspent to the envelope."""
    plan = sheet.plan
    total = sum(project["amount_mvnd"] for project in sheet.projects.values())
    if plan["total_mvnd"] != total:
        yield fault("total_differs", stated_mvnd=plan["total_mvnd"], found_mvnd=total)
    unspent = sum(part["amount_mvnd"] for part in plan["unspent"])
    if unspent != plan["envelope_mvnd"] - total:
        yield fault("unspent_differs", stated_mvnd=unspent, found_mvnd=plan["envelope_mvnd"] - total)
    sheet.facts["total_mvnd"] = total


def broken_rows(sheet: Sheet, *families: str) -> Faults:
    """The rows of some families that the plan breaks."""
    for name, row in sheet.statement.rows.items():
        if name[: name.index("[")] in families:
            activity = row.activity(sheet.amount)
            if not row.holds(activity):
                bound = row.upper if row.upper is not None else row.lower
                yield fault("row_broken", row=name, stated=activity, found=bound)


def check_limits(sheet: Sheet) -> Faults:
    """Every floor and ceiling, soft ones with the breach that the file states."""
    sheet.facts["limits"] = len(sheet.uses)
    return broken_rows(sheet, "at_least", "at_most")


def check_limit_facts(sheet: Sheet) -> Faults:
    """What is said of every limit: money and projects, bounds under this plan, and breaches just as large as
    they must be."""
    s = sheet.statement
    for limit in s.scenario["limits"]:
        use, chosen = sheet.uses[limit["id"]], s.chosen(limit)
        base = sheet.held_by(s.base(limit))
        is_so: dict[str, int | None] = {
            "used_mvnd": sheet.held_by(chosen),
            "used_count": len({s.cells[at].project for at in chosen if sheet.amount(at)}),
            "short": _breach(sheet, limit, "at_least"),
            "over": _breach(sheet, limit, "at_most"),
        }
        for side, word in (("at_least", "floor"), ("at_most", "ceiling")):
            bound = limit[side] or {}
            is_so[f"{word}_count"] = bound.get("count")
            is_so[f"{word}_mvnd"] = _under_plan(s, limit, side, base)
        for member, found in is_so.items():
            if use[member] != found:
                yield fault(
                    "limit_differs", limit=limit["id"], member=member, stated=use[member], found=found
                )


def _under_plan(s: Statement, limit: Object, side: str, base_mvnd: int) -> int | None:
    bound = limit[side]
    if bound is None or bound["count"] is not None:
        return None
    if bound["share_of_allocated"] is None:
        return bound_mvnd(s, limit, side)
    money = exact(bound["share_of_allocated"]) * base_mvnd
    return ceil(money) if side == "at_least" else floor(money)


def _breach(sheet: Sheet, limit: Object, side: str) -> int:
    """The least breach of a soft limit with which its row holds, in whole millions and in exact proportion;
    0 where it is kept, or not soft."""
    name = f"broken[{limit['id']},{side}]"
    row = sheet.statement.rows.get(f"{side}[{limit['id']}]")
    if row is None or name not in row.terms:
        return 0
    terms = [(place, coef) for place, coef in row.terms.items() if place != name]
    whole = Fraction(sum(coef * sheet.amount(place) for place, coef in terms))
    exactly = sum((coef * sheet.in_proportion(place) for place, coef in terms), Fraction(0))
    upper, lower = row.upper, row.lower or 0
    too_much = max(kept - upper if upper is not None else lower - kept for kept in (whole, exactly))
    return max(0, ceil(too_much / abs(row.terms[name])))


def check_decisions(sheet: Sheet) -> Faults:
    """What the group has decided about single projects."""
    return broken_rows(sheet, "decision")


def check_dependencies(sheet: Sheet) -> Faults:
    """What projects need each other."""
    return broken_rows(sheet, "requires", "full")


def check_funding_rules(sheet: Sheet) -> Faults:
    """Nothing or at least so much; nothing or all; milestones in order."""
    s = sheet.statement
    for name, cells in s.cells_of.items():
        if s.is_whole(name) and any(sheet.amount(at) not in (0, s.cells[at].mvnd) for at in cells):
            yield fault("not_whole", project=name)
    yield from broken_rows(sheet, "least", "only_if", "done", "next")


def check_reasons(sheet: Sheet) -> Faults:
    """The reason of every project fits what it gets."""
    s = sheet.statement
    nothing = {
        s.spelled[each["project"].casefold()] for each in s.scenario["decisions"] if each["fund"] == "nothing"
    }
    for name, project in sheet.projects.items():
        money, lacks = sheet.money_of(name), name in s.lacking
        fits = {
            "funded": (money > 0 or not s.paid[name]) and not _room(sheet, name),
            "marginal": money > 0 and _room(sheet, name),
            "crowded_out": money == 0 and _room(sheet, name),
            "below_hurdle": money == 0 and not _room(sheet, name),
            "ineligible": lacks and money == 0,
            "forced_in": money > 0,
            "forced_out": name in nothing,
        }
        if not fits[project["reason"]] or (lacks and project["reason"] not in ("ineligible", "forced_out")):
            yield fault("reason_differs", project=name, reason=project["reason"], found_mvnd=money)


def _room(sheet: Sheet, name: str) -> bool:
    """Whether more money for a project would add to the objective."""
    s = sheet.statement
    own = dict.fromkeys((name, s.cells[at].milestone) for at in s.cells_of[name])
    return any(
        s.worth[column] > 0
        and sheet.held_by(at for at in s.columns[column] if s.cells[at].funded) < s.paid_of_column[column]
        for column in own
    )


def check_objective(sheet: Sheet) -> Faults:
    """The objective, recomputed exactly."""
    stated, said = exact(sheet.plan["objective"]["exact"]), sheet.plan["objective"]["value"]
    if stated != sheet.worth:
        yield fault("objective_differs", stated=stated, found=sheet.worth)
    if Fraction(said) != Fraction(repr(float(stated))):
        yield fault("objective_differs", stated=Fraction(said), found=stated)
    sheet.facts.update(objective=sheet.worth, unit=sheet.plan["objective"]["unit"])


def check_certificate(sheet: Sheet) -> Faults:
    """The duals are of just the rows of the program, and prove the bound that is stated."""
    s, certificate = sheet.statement, sheet.plan["certificate"]
    for name in sorted(s.rows.keys() ^ sheet.duals.keys()):
        yield fault("row_not_in_both", row=name)
    if s.rows.keys() != sheet.duals.keys():
        return
    if certificate["relaxed"] != s.asks_yes_or_no:
        yield fault("relaxed_differs", stated=certificate["relaxed"])
    if exact(certificate["bound"]) != sheet.bound.value:
        yield fault("bound_differs", stated=exact(certificate["bound"]), found=sheet.bound.value)
    if sheet.worth > sheet.bound.value and sheet.worth > sheet.bound.value + rounding_of(s, sheet.bound):
        yield fault("bound_below_plan", stated=sheet.worth, found=sheet.bound.value)
    sheet.facts.update(bound=sheet.bound.value, rows=len(s.rows))
    sheet.facts["among"] = "among_exact" if s.split_columns else "among_all"


def check_optimality(sheet: Sheet) -> Faults:
    """Whether the status says no more, and no less, than the bound proves.

    A linear program's plan may be called optimal within what making its amounts whole explains.
    """
    gap, status = max(Fraction(0), sheet.bound.value - sheet.worth), sheet.plan["status"]
    sheet.facts.update(gap=gap, unit=sheet.plan["objective"]["unit"])
    if status == "feasible" and not gap:
        yield fault("optimal_unsaid")
    if status == "optimal" and not sheet.statement.asks_yes_or_no and gap > whole_million_slack(sheet):
        yield fault("not_proven_optimal", found=gap, stated=whole_million_slack(sheet))


def whole_million_slack(sheet: Sheet) -> Fraction:
    """What whole millions explain, in the objective's unit: some million VND at the greatest gain.

    One for each column that the duals leave free, of which a vertex splits no more than there are rows; and
    for a share ``p/q`` of what is allocated ``q``, as amounts may have to be multiples of it (at most 100).
    Beside these, at the price of every row, by how much the costs of split columns that are off their
    proportion can overstep it.
    """
    s = sheet.statement
    split = len(sheet.bound.free)
    if s.scenario["ties"] == "order":
        split = min(split, len(s.rows))
    millions = split
    for limit in s.scenario["limits"]:
        for bound in (limit["at_least"], limit["at_most"]):
            if bound and bound["share_of_allocated"] is not None:
                millions += min(exact(bound["share_of_allocated"]).denominator, COARSEST)
    per_million = [abs(s.worth[column]) / paid for column, paid in s.paid_of_column.items() if paid]
    per_million += [abs(answer.gain) for answer in s.answers.values()]
    return (millions * max(per_million, default=Fraction(0)) + _overstepped(sheet, split)) / s.unit


def _overstepped(sheet: Sheet, split: int) -> Fraction:
    """The price of room in every row for ``split`` columns whose costs are up to a million VND off."""
    s, free = sheet.statement, set(sheet.bound.free)
    several = [s.columns[column] for column in s.split_columns if column in free]
    total = Fraction(0)
    for name, dual in sheet.duals.items():
        if dual:
            terms = s.rows[name].terms
            off = sorted((sum(abs(terms.get(at, 0)) for at in cells) for cells in several), reverse=True)
            total += abs(dual) * sum(off[:split])
    return total


# ------------------------------------------------------------------ the clauses and the verdict

ALWAYS, WITH_PLAN, WITH_CERTIFICATE = "always", "with_plan", "with_certificate"


@dataclass(frozen=True)
class Check:
    """One clause: its name, what the file must have for it to apply, the check, and whether a fault makes all
    that follows meaningless."""

    name: str
    needs: str
    run: Callable[[Sheet], Faults]
    fatal: bool = False


CHECKS: tuple[Check, ...] = (
    Check("shape", ALWAYS, check_shape, fatal=True),
    Check("case", ALWAYS, check_case, fatal=True),
    Check("digests", ALWAYS, check_digests),
    Check("answer", ALWAYS, check_answer, fatal=True),
    Check("weights", ALWAYS, check_weights),
    Check("values", ALWAYS, check_values),
    Check("ranks", ALWAYS, check_ranks),
    Check("eligibility", WITH_PLAN, check_eligibility),
    Check("payments", WITH_PLAN, check_payments),
    Check("proportion", WITH_PLAN, check_proportion),
    Check("funds", WITH_PLAN, check_funds),
    Check("totals", WITH_PLAN, check_totals),
    Check("limits", WITH_PLAN, check_limits),
    Check("limit_facts", WITH_PLAN, check_limit_facts),
    Check("decisions", WITH_PLAN, check_decisions),
    Check("dependencies", WITH_PLAN, check_dependencies),
    Check("funding_rules", WITH_PLAN, check_funding_rules),
    Check("reasons", WITH_PLAN, check_reasons),
    Check("objective", WITH_PLAN, check_objective),
    Check("bound", WITH_CERTIFICATE, check_certificate),
    Check("optimality", WITH_CERTIFICATE, check_optimality),
)
MANY = 1_000  # faults of one clause that are gathered
_UNEXPECTED = (
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    RecursionError,
    MemoryError,
    csv.Error,
)


@dataclass(frozen=True)
class Clause:
    """What came of one check: ``ok``; ``partly`` (proven up to a stated gap); ``fails``, with the faults;
    ``not_claimed`` by the file; ``not_checked`` because of an earlier fault."""

    name: str
    state: str
    faults: tuple[Fault, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """All clauses, and what the file only states: codes of :data:`SENTENCES`."""

    clauses: tuple[Clause, ...]
    stated: tuple[str, ...] = ()
    kind: str = "plan"  # or ``pack``, or ``exports``: a pack of documents alone

    @property
    def ok(self) -> bool:
        """Whether everything that the file claims and that can be checked is right."""
        return all(clause.state in (OK, PARTLY, NOT_CLAIMED) for clause in self.clauses)

    @property
    def readable(self) -> bool:
        """Whether it is a plan file, or a pack, at all."""
        needed = ("archive", "descriptor", "file", "shape")
        return all(clause.state != FAILS for clause in self.clauses if clause.name in needed)

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan file, of the right shape, in a pack that is whole or by itself."""
        return any(clause.name == "shape" and clause.state == OK for clause in self.clauses)


def verify(data: bytes) -> Verdict:
    """The verdict on the bytes of a plan file or a meeting pack. Never raises, whatever they are."""
    return verify_pack(data) if data[:2] == LOCAL_MARK[:2] else verify_plan(data)


def verify_plan(data: bytes) -> Verdict:
    """The verdict on a plan file's bytes."""
    return _read_and_checked(data)[0]


def _read_and_checked(data: bytes) -> tuple[Verdict, Sheet]:
    """The verdict on a plan file's bytes, and what they say."""
    try:
        plan = read(data)
    except Refused as refused:
        nothing = Clause("file", FAILS, (refused.fault,)), *_left_out(NOT_CHECKED)
        return Verdict(nothing), Sheet({})
    clauses, sheet = [Clause("file", OK, facts={"bytes": len(data)})], Sheet(plan)
    halted = False
    for check in CHECKS:
        clause = Clause(check.name, NOT_CHECKED) if halted else _clause(check, sheet)
        clauses.append(clause)
        halted = halted or (check.fatal and clause.state == FAILS)
    return Verdict(tuple(clauses), () if halted else tuple(_only_stated(sheet, clauses))), sheet


def _left_out(state: str) -> Iterator[Clause]:
    """The clauses on a plan where there is none to look at."""
    return (Clause(check.name, state) for check in CHECKS)


def _clause(check: Check, sheet: Sheet) -> Clause:
    if check.needs != ALWAYS and not sheet.found:
        return Clause(check.name, NOT_CLAIMED)
    if check.needs == WITH_CERTIFICATE and sheet.plan["certificate"] is None:
        return Clause(check.name, NOT_CLAIMED)
    faults = _faults(lambda: check.run(sheet))
    partly = check.name == "optimality" and not faults and sheet.facts["gap"] != 0
    return Clause(check.name, FAILS if faults else PARTLY if partly else OK, tuple(faults), dict(sheet.facts))


def _faults(run: Callable[[], Faults]) -> list[Fault]:
    """The faults that a check finds; what no honest file leads to is a fault as well, not a traceback."""
    found: list[Fault] = []
    try:
        for each in run():
            found.append(each)
            if len(found) == MANY:
                break
    except Refused as refused:
        found.append(refused.fault)
    except _UNEXPECTED as problem:
        found.append(fault("not_computable", problem=type(problem).__name__))
    return found


def _only_stated(sheet: Sheet, clauses: Sequence[Clause]) -> Iterator[str]:
    """What a reader must take on trust."""
    states = {clause.name: clause.state for clause in clauses}
    if not sheet.found:
        yield "stated_no_plan"
    elif states["bound"] == NOT_CLAIMED:
        yield "stated_worth"
    elif states["optimality"] == PARTLY and sheet.plan["status"] == "optimal":
        yield "stated_optimal" if sheet.statement.asks_yes_or_no else "stated_whole"
    yield from ("stated_ties", "stated_held", "stated_words", "stated_inputs")


# ------------------------------------------------------------------ meeting packs: the archive

LARGEST_PACK = 200_000_000  # bytes, as much as all parts may have together: nothing in a pack is compressed
MOST_PARTS = 500
LOCAL_MARK, CENTRAL_MARK, END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
DESCRIPTOR, PLAN_PART, CASE_PART, VERIFIER_PART = "datapackage.json", "plan.json", "case.json", "verifier.py"
SEAL = "prioritizer pack 1; datapackage.json sha256:"
FIRST_DAY = 0x21  # 1 January 1980, the first day that an archive can tell
_LOCAL, _CENTRAL = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_STEP = r"[A-Za-z0-9_%](?:[A-Za-z0-9_.%-]*[A-Za-z0-9_%-])?"
_PART_NAME = re.compile(rf"{_STEP}(?:/{_STEP})*")
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
ENCRYPTED = 1  # the flag that says so


def is_part_name(name: Any) -> bool:
    """Whether a text is a plain relative path that every system takes for the same file: no climbing out, no
    drive, no device, only ASCII letters, digits and ``_ . % - /``."""
    if not isinstance(name, str) or len(name) > 800 or not _PART_NAME.fullmatch(name):
        return False
    return not any(_DEVICE.fullmatch(step) for step in name.split("/"))


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of an archive by name, taken apart without trust. Nothing is ever inflated.

    Raises :class:`Refused` with the name of the part at which reading cannot go on.
    """
    if len(data) > LARGEST_PACK:
        raise Refused("too_large", bytes=len(data), most=LARGEST_PACK)
    parts, seen, at = dict[str, bytes](), set[str](), 0
    while data[at : at + len(LOCAL_MARK)] == LOCAL_MARK:
        name, start, size = _part_at(data, at)
        if name.casefold() in seen:
            raise Refused("part_twice", part=name)
        if len(parts) == MOST_PARTS:
            raise Refused("too_many_parts", part=name, most=MOST_PARTS)
        seen.add(name.casefold())
        parts[name], at = data[start : start + size], start + size
    if not parts:
        raise Refused("not_a_pack")
    return parts


def _part_at(data: bytes, at: int) -> tuple[str, int, int]:
    """The name of the part whose head stands at ``at``, where it starts, and its size."""
    if len(data) < at + _LOCAL.size:
        raise Refused("part_cut_off", part=f"@{at}")
    _, _, flags, method, _, _, _, packed, size, name_length, extra = _LOCAL.unpack_from(data, at)
    start = at + _LOCAL.size + name_length
    name = data[at + _LOCAL.size : start].decode("ascii", "backslashreplace")
    told = name.encode("unicode_escape").decode("ascii")[:120]
    for wrong, code in (
        (not is_part_name(name), "part_name"),
        (flags & ENCRYPTED, "part_encrypted"),
        (method != 0 or packed != size, "part_compressed"),
        (flags or extra, "part_odd"),
        (size > LARGEST_FILE, "part_too_large"),
        (len(data) < start + size, "part_cut_off"),
    ):
        if wrong:
            raise Refused(code, part=told)
    return name, start, size


def frames(parts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The one archive that holds these parts, piece by piece, each with the part that it is about: all parts
    as they are in the order given, all of one day, of one kind; at the end the seal, which holds the digest
    of the first."""
    central, at = list[tuple[str, bytes]](), 0
    for name, content in parts.items():
        own, size = name.encode("ascii"), len(content)
        facts = (20, 0, 0, 0, FIRST_DAY, zlib.crc32(content), size, size, len(own), 0)
        plain_file = (0, 0, 0, 0o100644 << 16, at)
        central.append((name, _CENTRAL.pack(CENTRAL_MARK, 3 << 8 | 20, *facts, *plain_file) + own))
        head = _LOCAL.pack(LOCAL_MARK, *facts) + own
        yield name, head
        yield name, content
        at += len(head) + size
    yield from central
    size, count, seal = sum(len(entry) for _, entry in central), len(parts), seal_of(parts)
    yield "", _END.pack(END_MARK, 0, 0, count, count, size, at, len(seal)) + seal


def seal_of(parts: Mapping[str, bytes]) -> bytes:
    """The comment at the end of the archive."""
    return (SEAL + hashlib.sha256(parts.get(DESCRIPTOR, b"")).hexdigest()).encode("ascii")


# ------------------------------------------------------------------ meeting packs: what is in them

INPUTS = ("scenario", "register", "costs", "assessments", "criteria", "ministries", "products")
ONCE = {"plan": PLAN_PART, "case": CASE_PART, "verifier": VERIFIER_PART}
ROLES = (*INPUTS, *ONCE, "versions", "guide", "export")
part_name = kind_of("want_part_name", is_part_name)
INPUT_LIST = listing(record(role=one_of(*INPUTS), path=text, sha256=sha256))
RESOURCE = record(more=True, path=part_name, bytes=count, hash=text, role=one_of(*ROLES))
PACKED = record(
    more=True,
    name=text,
    pack=record(
        more=True,
        schema=kind_of("want_schema", lambda value: value == 1 and _is_int(value)),
        kind=one_of("pack", "exports"),
        scenario=name_,
    ),
    resources=listing(RESOURCE),
)


class Pack:
    """An archive, with what its clauses ask of it, each thing once."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.parts: dict[str, bytes] = {}
        self.facts: dict[str, object] = {}

    @cached_property
    def descriptor(self) -> Object:
        """What the pack says of its parts."""
        return read(self.parts.get(DESCRIPTOR, b""))

    @property
    def resources(self) -> list[Object]:
        """Every part that is listed."""
        listed: list[Object] = self.descriptor["resources"]
        return listed

    @property
    def kind(self) -> str:
        """``pack``, or ``exports``: documents alone."""
        return str(self.descriptor["pack"]["kind"])

    @property
    def inputs(self) -> list[Object]:
        """The files that the case was read from."""
        return [each for each in self.resources if each["role"] in INPUTS]

    def part_of(self, role: str) -> bytes | None:
        """The content of the only part of a role."""
        found = [each["path"] for each in self.resources if each["role"] == role]
        return self.parts[found[0]] if found else None


def check_archive(pack: Pack) -> Faults:
    """The archive can be taken apart, and no part of it is dangerous."""
    pack.parts = parts_of(pack.data)
    pack.facts["count"] = len(pack.parts)
    yield from ()


def check_seal(pack: Pack) -> Faults:
    """Put together again from its parts, the archive is the same to the last byte."""
    at, wrong = 0, list[str]()
    for name, piece in frames(pack.parts):
        if pack.data[at : at + len(piece)] != piece:
            wrong.append(name)
        at += len(piece)
    yield from (fault("part_frame", part=name) for name in dict.fromkeys(wrong) if name)
    if "" in wrong or at != len(pack.data):
        sealed = pack.data[-len(seal_of(pack.parts)) :]
        altered = sealed.startswith(SEAL.encode("ascii")) and sealed != seal_of(pack.parts)
        yield fault("seal_broken", part=DESCRIPTOR) if altered else fault("end_differs")
    pack.facts["digest"] = hashlib.sha256(pack.data).hexdigest()


def check_descriptor(pack: Pack) -> Faults:
    """The list of parts is there and says what it must."""
    if DESCRIPTOR not in pack.parts:
        yield fault("part_missing", part=DESCRIPTOR)
        return
    if len(pack.descriptor.get("resources") or ()) > MOST_PARTS:
        yield fault("too_many_parts", part=DESCRIPTOR, most=MOST_PARTS)
        return
    yield from PACKED(pack.descriptor, DESCRIPTOR)


def check_parts(pack: Pack) -> Faults:
    """Every part is listed, none is missing, and each is what the list says."""
    listed = [each["path"] for each in pack.resources]
    for name in sorted({name for name in listed if listed.count(name) > 1}):
        yield fault("part_listed_twice", part=name)
    yield from (fault("part_missing", part=name) for name in dict.fromkeys(listed) if name not in pack.parts)
    yield from (fault("part_added", part=name) for name in pack.parts if name not in (DESCRIPTOR, *listed))
    for each in pack.resources:
        content = pack.parts.get(each["path"])
        stated = each["bytes"], each["hash"]
        if content is not None and stated != (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"):
            yield fault("part_altered", part=each["path"])
    if list(pack.parts) != [DESCRIPTOR, *sorted(listed)]:
        yield fault("parts_disordered")
    yield from _roles_filled(pack)


def _roles_filled(pack: Pack) -> Faults:
    """A whole pack has a plan, a case, a verifier and inputs; one of documents alone has none of them."""
    for role, name in ONCE.items():
        found = [each["path"] for each in pack.resources if each["role"] == role]
        wanted = [name] if pack.kind == "pack" else []
        yield from (fault("part_missing", part=each) for each in wanted if each not in found)
        yield from (fault("part_unfit", part=each, role=role) for each in found if each not in wanted)
    if pack.kind == "exports":
        yield from (fault("part_unfit", part=each["path"], role=each["role"]) for each in pack.inputs)


def check_inputs(pack: Pack, sheet: Sheet) -> Faults:
    """The files that the plan was decided from are those enclosed, and no others."""
    yield from INPUT_LIST(sheet.plan.get("inputs"), "plan.inputs")
    for member in ("scenario", "status", "illustrative"):
        said, is_so = pack.descriptor["pack"].get(member), sheet.plan[member]
        if said != is_so:
            yield fault("listed_otherwise", part=DESCRIPTOR, stated=shown(said), found=shown(is_so))
    stated = {(each["role"], each["path"], each["sha256"]) for each in sheet.plan["inputs"]}
    enclosed = [
        (each["role"], each.get("named"), each["hash"].removeprefix("sha256:")) for each in pack.inputs
    ]
    for role, name, _ in sorted(stated - set(enclosed)):
        yield fault("input_not_enclosed", role=role, path=shown(name))
    for each, facts in zip(pack.inputs, enclosed, strict=True):
        if facts not in stated:
            yield fault("input_not_read", part=each["path"])
    if len(sheet.plan["inputs"]) != len(enclosed):
        yield fault("input_count", stated=len(sheet.plan["inputs"]), found=len(enclosed))
    yield from _inputs_named(pack, sheet.case["scenario"])
    pack.facts["count"] = len(enclosed)


def _inputs_named(pack: Pack, scenario: Object) -> Faults:
    """Every file is the one that the resolved scenario names in its role."""
    own = f"{scenario['id']}.yaml"
    if own not in (each.get("named") for each in pack.inputs if each["role"] == "scenario"):
        yield fault("input_not_enclosed", role="scenario", path=own)
    for each in pack.inputs:
        role, name = each["role"], each.get("named")
        if role != "scenario" and name not in (scenario[role], f"{scenario[role]}.yaml"):
            yield fault("input_misnamed", part=each["path"], found=shown(name), role=role)


def check_resolved(pack: Pack, sheet: Sheet) -> Faults:
    """The resolved case beside the plan is the one inside it."""
    found = hashlib.sha256(pack.part_of("case") or b"").hexdigest()
    if found != sheet.plan["digests"]["case"]:
        yield fault("case_differs", part=CASE_PART)


def check_tables(pack: Pack, sheet: Sheet) -> Faults:
    """What the tables enclosed say is what the case inside the plan says."""
    case, rows = sheet.case, 0
    for role, compare in (
        ("register", _register_differs),
        ("costs", _costs_differ),
        ("assessments", _assessments_differ),
    ):
        content = pack.part_of(role)
        if content is None and case[role] is not None:
            yield fault("table_missing", role=role)
        elif content is not None:
            read_rows = list(table_rows(content))
            rows += len(read_rows)
            yield from compare(case, read_rows)
    pack.facts["rows"] = rows


def table_rows(content: bytes) -> Iterator[dict[str, str]]:
    """The rows of a table by column; blanks around and beside words do not count, nor do blank lines."""
    text_ = unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    lines = csv.reader(io.StringIO(text_, newline=""), strict=True)
    head = [_tidied(cell).casefold() for cell in next(lines)]
    for line in lines:
        if any(line):
            yield dict(zip(head, map(_tidied, line), strict=True))


@lru_cache(maxsize=4096)
def _tidied(cell: str) -> str:
    return re.sub("[ \t\u00a0\u202f]+", " ", cell.strip(" \t\u00a0\u202f")) if is_filled(cell) else ""


@lru_cache(maxsize=4096)
def _units(cell: str, per: int) -> Fraction | None:
    """A decimal in units of which there are so many in one; ``None`` where the cell is blank."""
    if not cell:
        return None
    if len(cell) > 40 or not re.fullmatch(r"[+-]?\d+(\.\d+)?", cell):
        raise Refused("cell_unreadable", text=cell[:40])
    return Fraction(cell) * per


def _register_differs(case: Object, rows: Sequence[Mapping[str, str]]) -> Faults:
    by_id, entries = {row["id"]: row for row in rows}, {each["id"]: each for each in case["register"]}
    for name in sorted(by_id.keys() ^ entries.keys()) + ["…"] * (len(by_id) != len(rows)):
        yield fault("table_row_not_in_both", role="register", project=shown(name))
    for name in sorted(by_id.keys() & entries.keys()):
        row, entry = by_id[name], entries[name]
        for column, per, stated in _amounts_of(entry):
            cell = row.get(column, "")
            # A blank ask is the sum of the costs, which another clause adds up.
            if (cell or column != "ask_bn") and (_units(cell, per) or 0) != (stated or 0):
                yield fault("cell_differs", role="register", project=name, column=column)
        for column, word in entry["columns"].items():
            cell = row.get(column.casefold(), "")
            follows = column == "technology" or (column == "class" and not cell)  # from the product
            if not follows and cell.casefold() != (word or "").casefold():
                yield fault("cell_differs", role="register", project=name, column=column)


def _amounts_of(entry: Object) -> Iterator[tuple[str, int, int | None]]:
    """What the case says of a project, with the column that says it in the table and its units in one."""
    yield "ask_bn", MVND_PER_BN, entry["ask_mvnd"]
    yield "value", E4, entry["given_e4"]
    yield "minimum_bn", MVND_PER_BN, entry["minimum_mvnd"]
    yield "cofinance_bn", MVND_PER_BN, entry["cofinance_mvnd"]


def _costs_differ(case: Object, rows: Sequence[Mapping[str, str]]) -> Faults:
    costs = case["costs"] or {"cells": [], "milestones": []}
    stated = {
        (each["project"], each["milestone"] or 0, each["year"], each["kind"] or ""): each["cost_mvnd"]
        for each in costs["cells"]
    }
    found, share_of = dict[tuple[Any, ...], Fraction](), dict[tuple[Any, ...], Fraction]()
    for row in rows:
        at = row["project"], int(_units(row.get("milestone", ""), 1) or 0), row["year"], row["kind"]
        found[at] = _units(row["amount_bn"], MVND_PER_BN) or Fraction(0)
        if at[1]:
            share_of[at[:2]] = share_of.get(at[:2], Fraction(0)) + _ratio(row.get("value_share", ""))
    shares = {
        (each["project"], each["milestone"]): exact(each["value_share"]) for each in costs["milestones"]
    }
    for one, other in ((_same(found), _same(stated)), (_same(share_of), _same(shares))):
        for key in sorted(one.keys() | other.keys()):
            if one.get(key, 0) != other.get(key, 0):
                yield fault("costs_of_project_differ", project=shown(key[0]))


def _same(cells: Mapping[tuple[Any, ...], Any]) -> dict[tuple[Any, ...], Any]:
    """By keys that do not depend on capitals."""
    return {tuple(str(part).casefold() for part in key): value for key, value in cells.items()}


def _ratio(cell: str) -> Fraction:
    """A decimal or a ratio; a blank cell is 0."""
    if cell and (len(cell) > 40 or not re.fullmatch(r"[+-]?\d+(\.\d+|/\d+)?", cell)):
        raise Refused("cell_unreadable", text=cell[:40])
    return Fraction(cell or 0)


Judged = dict[tuple[str, str], dict[str, Any]]


def _assessments_differ(case: Object, rows: Sequence[Mapping[str, str]]) -> Faults:
    by_scale = {leaf["id"].casefold(): leaf["scale"] is not None for leaf in leaves(case["criteria"] or [])}
    found: Judged = {}
    for row in rows:
        at = row["project"].casefold(), row["criterion"].casefold()
        by_whom = found.setdefault(at, {})
        if row["assessor"].casefold() in by_whom:
            yield fault("judgement_differs", project=shown(row["project"]), criterion=shown(row["criterion"]))
        by_whom[row["assessor"].casefold()] = _judged(row, by_scale.get(at[1], False))
    stated = _stated_judgements(case)
    for key in sorted(found.keys() | stated.keys()):
        one, other = found.get(key, {}), stated.get(key, {})
        alone = list(other) == [""] and len(one) == 1  # the only assessor is not named in the case
        if one != other and not (alone and [*one.values()] == [*other.values()]):
            yield fault("judgement_differs", project=shown(key[0]), criterion=shown(key[1]))


def _judged(row: Mapping[str, str], by_scale: bool) -> Any:
    """What a row says: both ends of a score, a category, or ``None`` of one who abstains."""
    score = row.get("score", "")
    if score.casefold() == "abstain":
        return None
    if not by_scale:
        return score.casefold()
    ends = (score, score) if score else (row.get("low", ""), row.get("high", ""))
    return [_units(end, 1) for end in ends]


def _stated_judgements(case: Object) -> Judged:
    """What the case says, by project and leaf, then by assessor; by nobody's name where there is only one."""
    stated: Judged = {}
    for project, of_leaves in (case["assessments"] or {}).items():
        for leaf, said in of_leaves.items():
            if said is not None:
                by_whom = said if isinstance(said, dict) else {"": said}
                stated[project.casefold(), leaf.casefold()] = {
                    name.casefold(): [exact(end) for end in each]
                    if isinstance(each, list)
                    else each and each.casefold()
                    for name, each in by_whom.items()
                }
    return stated


OUTSIDE: tuple[tuple[str, Callable[[Pack], Faults]], ...] = (
    ("archive", check_archive),
    ("seal", check_seal),
    ("descriptor", check_descriptor),
    ("parts", check_parts),
)
INSIDE: tuple[tuple[str, Callable[[Pack, Sheet], Faults]], ...] = (
    ("inputs", check_inputs),
    ("resolved", check_resolved),
    ("tables", check_tables),
)
_NEEDED_FIRST = ("archive", "descriptor")


def with_reread(verdict: Verdict, faults: Sequence[Fault]) -> Verdict:
    """The verdict on a pack with what came of reading its files again by the program that made it."""
    clause = Clause("reread", FAILS if faults else OK, tuple(faults))
    stated = tuple(each for each in verdict.stated if faults or each != "stated_yaml")
    return Verdict((*verdict.clauses, clause), stated, verdict.kind)


def verify_pack(data: bytes) -> Verdict:
    """The verdict on a meeting pack: first that it is whole, then what its plan proves, then that the plan is
    of the inputs enclosed. Nothing inside a pack that is not whole is looked at."""
    pack, clauses, halted = Pack(data), list[Clause](), False
    for name, run in OUTSIDE:
        clauses.append(Clause(name, NOT_CHECKED) if halted else _pack_clause(pack, name, partial(run, pack)))
        halted = halted or (name in _NEEDED_FIRST and clauses[-1].state == FAILS)
    whole = all(clause.state == OK for clause in clauses)
    if whole and pack.kind == "exports":
        return Verdict(tuple(clauses), ("stated_documents", "stated_maker"), "exports")
    if not whole:
        inside = (Clause(name, NOT_CHECKED) for name, _ in INSIDE)
        rest = (Clause("file", NOT_CHECKED), *_left_out(NOT_CHECKED), *inside)
        return Verdict((*clauses, *rest), (), "pack")
    verdict, sheet = _read_and_checked(pack.part_of("plan") or b"")
    sound = verdict.has_plan and all(
        clause.state == OK for clause in verdict.clauses if clause.name == "case"
    )
    inside = (
        _pack_clause(pack, name, partial(run, pack, sheet)) if sound else Clause(name, NOT_CHECKED)
        for name, run in INSIDE
    )
    stated = (*verdict.stated, "stated_yaml", "stated_documents", "stated_verifier", "stated_maker")
    return Verdict((*clauses, *verdict.clauses, *inside), stated, "pack")


def _pack_clause(pack: Pack, name: str, run: Callable[[], Faults]) -> Clause:
    pack.facts = {}
    faults = _faults(run)
    return Clause(name, FAILS if faults else OK, tuple(faults), dict(pack.facts))


# ------------------------------------------------------------------ sentences: Vietnamese, English

SENTENCES: Mapping[str, tuple[str, str]] = {
    # verdicts
    "verdict_ok": (
        "ĐẠT: mọi điều kiểm tra được trong tệp phương án đều đúng.",
        "PASSED: everything in the plan file that can be checked is right.",
    ),
    "verdict_fails": (
        "KHÔNG ĐẠT: không được dựa vào tệp này; {failed} trên {all} mục kiểm tra không đúng.",
        "FAILED: do not rely on this file; {failed} of {all} checks fail.",
    ),
    "verdict_pack_ok": (
        "ĐẠT: gói hồ sơ nguyên vẹn, các phần khớp với nhau, và mọi điều kiểm tra được trong phương án đều"
        " đúng.",
        "PASSED: the pack is whole, its parts fit together, and everything in its plan that can be checked"
        " is right.",
    ),
    "verdict_pack_fails": (
        "KHÔNG ĐẠT: không được dựa vào gói hồ sơ này; {failed} trên {all} mục kiểm tra không đúng.",
        "FAILED: do not rely on this pack; {failed} of {all} checks fail.",
    ),
    "verdict_exports_ok": (
        "NGUYÊN VẸN, NHƯNG KHÔNG CHỨNG MINH ĐƯỢC PHƯƠNG ÁN: gói này chỉ gồm tài liệu (bản đã lược bỏ),"
        " không kèm dữ liệu đầu vào và phương án, nên không thể tính lại điều gì.",
        "WHOLE, BUT NO PLAN IS PROVEN: this pack holds documents alone (a redacted version), without inputs"
        " and plan, so that nothing can be computed anew.",
    ),
    # packs: what the clauses are, and what was found right
    "archive": ("Mở được gói một cách an toàn", "The pack can be opened safely"),
    "archive_ok": ("{count} phần, không phần nào nén", "{count} parts, none compressed"),
    "seal": (
        "Ghép lại từ các phần được đúng từng byte của gói",
        "Put together again from its parts, the pack is the same to the last byte",
    ),
    "seal_ok": ("Mã băm SHA-256 của cả gói: {digest}", "SHA-256 of the whole pack: {digest}"),
    "descriptor": ("Bản kê các phần (datapackage.json)", "The list of parts (datapackage.json)"),
    "parts": ("Đủ các phần, không thừa, đúng mã băm", "Every part is listed, none is missing or altered"),
    "inputs": ("Phương án lập từ đúng các tệp kèm theo", "The plan was decided from the files enclosed"),
    "inputs_ok": ("{count} tệp đầu vào", "{count} input files"),
    "resolved": (
        "Dữ liệu đã xử lý (case.json) đúng là của phương án",
        "The resolved case is that of the plan",
    ),
    "tables": (
        "Danh mục, chi phí và điểm trong các bảng đúng như trong phương án",
        "Register, costs and assessments in the tables are those of the plan",
    ),
    "tables_ok": ("{rows} dòng đã đối chiếu", "{rows} rows compared"),
    "reread": (
        "Chương trình đã cài đặt đọc lại các tệp kèm theo, ra đúng dữ liệu của phương án",
        "The enclosed files, read again by the installed program, lead to the case of the plan",
    ),
    # packs: what is only stated
    "stated_yaml": (
        "Rằng các tệp YAML kèm theo (kịch bản, tiêu chí, bộ ngành, sản phẩm) dẫn đến đúng dữ liệu đã xử lý:"
        " thư viện chuẩn không đọc được YAML; chương trình đã cài đặt đọc lại được (prioritizer verify).",
        "That the YAML files enclosed (scenario, criteria, ministries, products) lead to the resolved case:"
        " the standard library reads no YAML; the installed program reads them again (prioritizer verify).",
    ),
    "stated_documents": (
        "Rằng các tài liệu trong exports/, tiêu đề trong datapackage.json, hướng dẫn và versions.json ghi "
        "đúng; chỉ chứng minh được là chúng không bị sửa sau khi đóng gói.",
        "That the documents in exports/, the titles in datapackage.json, the guides and versions.json say "
        "what is so; proven is only that they are not altered since the pack was closed.",
    ),
    "stated_verifier": (
        "Rằng verifier.py trong gói là thật: hãy dùng bản lấy từ nơi tin cậy.",
        "That the verifier.py in the pack is the true one: use a copy from a place that you trust.",
    ),
    "stated_maker": (
        "Ai lập gói, lập khi nào, và gói không bị lập lại toàn bộ: chỉ chữ ký số, hoặc mã băm của cả gói ghi"
        " trong biên bản đã ký, chứng minh được.",
        "Who made the pack and when, and that it was not made anew as a whole: only a signature proves that,"
        " or the digest of the whole pack in signed minutes.",
    ),
    "stated": ("Chỉ là lời khai của tệp, không được chứng minh:", "Only stated by the file, not proven:"),
    "more": ("… và {count} lỗi khác.", "… and {count} more."),
    # states
    OK: ("đúng", "ok"),
    PARTLY: ("đúng một phần", "partly"),
    FAILS: ("SAI", "FAILS"),
    NOT_CLAIMED: ("tệp không nêu", "not claimed"),
    NOT_CHECKED: ("chưa kiểm tra được", "not checked"),
    # clauses: what they are
    "file": ("Đọc được tệp", "The file can be read"),
    "shape": ("Tệp có đủ các mục, đúng kiểu dữ liệu", "All members are there, each of its kind"),
    "case": ("Dữ liệu đầu vào khớp với nhau", "The inputs fit together"),
    "digests": ("Mã băm đúng với dữ liệu trong tệp", "The digests are of the data in the file"),
    "answer": ("Kết quả đúng là của dữ liệu này", "The answer is about these inputs"),
    "weights": ("Trọng số", "Weights"),
    "values": ("Giá trị của các dự án", "Values of projects"),
    "ranks": ("Thứ hạng", "Ranks"),
    "eligibility": ("Điều kiện được bố trí vốn", "Eligibility"),
    "payments": ("Các khoản chi trả", "Payments"),
    "proportion": ("Các khoản của một dự án cùng tỷ lệ", "Costs of a project are paid at one share"),
    "funds": ("Nguồn vốn không bị vượt", "Funds are not overdrawn"),
    "totals": ("Tổng số", "Totals"),
    "limits": ("Các giới hạn (mức trần, mức sàn)", "Limits"),
    "limit_facts": ("Số liệu nêu về từng giới hạn", "What is said of each limit"),
    "decisions": ("Quyết định về từng dự án", "Decisions on single projects"),
    "dependencies": ("Dự án phụ thuộc nhau", "Projects that need each other"),
    "funding_rules": ("Quy tắc bố trí vốn của dự án", "Funding rules"),
    "reasons": ("Lý do của từng dự án", "Reasons"),
    "objective": ("Giá trị mục tiêu", "Objective"),
    "bound": ("Cận trên đã chứng minh", "The proven bound"),
    "optimality": ("Mức tối ưu", "How near to the best"),
    # clauses: what was found right
    "file_ok": ("{bytes} byte", "{bytes} bytes"),
    "digests_ok": ("Mã băm của toàn bộ dữ liệu: {digest}", "Digest of all inputs: {digest}"),
    "weights_ok": (
        "Đúng là kết quả của điều ghi trong kịch bản; số ý kiến đã ghi: {statements}.",
        "They are what the scenario states or leads to; statements recorded: {statements}.",
    ),
    "values_ok": (
        "Đã tính lại chính xác giá trị của {projects} dự án.",
        "{projects} values recomputed exactly.",
    ),
    "totals_ok": ("Tổng phân bổ {total_mvnd}.", "{total_mvnd} allocated."),
    "limits_ok": (
        "{limits} giới hạn, kiểm tra bằng số nguyên.",
        "{limits} limits, checked in whole numbers.",
    ),
    "objective_ok": ("Tính lại chính xác: {objective} {unit}.", "Recomputed exactly: {objective} {unit}."),
    "bound_ok": (
        "Không phương án nào{among} đạt quá {bound} {unit} (bài toán lập lại với {rows} ràng buộc).",
        "No plan{among} can be worth more than {bound} {unit} (program restated, {rows} rows).",
    ),
    "optimality_ok": (
        "Đã chứng minh: không phương án nào{among} tốt hơn.",
        "Proven: no plan{among} is better.",
    ),
    "optimality_partly": (
        "Đã chứng minh: không phương án nào{among} tốt hơn quá {gap} {unit}.",
        "Proven: no plan{among} is better by more than {gap} {unit}.",
    ),
    "among_all": ("", ""),
    "among_exact": (
        " chi các khoản của mỗi dự án theo đúng tỷ lệ",
        " that pays the costs of every project in exact proportion",
    ),
    "bn_at_full_value": ("tỷ đồng quy đổi theo mức 100 điểm", "billion VND at full value"),
    "points": ("điểm", "points"),
    # what is only stated
    "stated_no_plan": (
        "Rằng không có phương án, và vì sao.",
        "That there is no plan, and why.",
    ),
    "stated_worth": (
        "Phương án tốt đến đâu so với các phương án khác: tệp không kèm chứng chỉ.",
        "How good the plan is beside others: the file has no certificate.",
    ),
    "stated_optimal": (
        "Trong khoảng chênh lệch đã nêu, việc phương án là tốt nhất mới chỉ là kết luận của bộ giải.",
        "Within the stated gap, that the plan is the best is the solver's word (the program asks yes or no).",
    ),
    "stated_whole": (
        "Trong khoảng chênh lệch đã nêu, không có phương án tròn triệu đồng nào tốt hơn.",
        "Within the stated gap, that no plan in whole million VND is better.",
    ),
    "stated_ties": (
        "Phương án có phải là duy nhất không, và các dự án ngang nhau có được xếp đúng quy tắc thứ tự không.",
        "Whether the plan is the only best one, and that equals were placed by the tie rule.",
    ),
    "stated_held": (
        "Giới hạn nào giữ dự án lại, giới hạn nào đã chạm mức, giá của giới hạn, vì sao còn dư kinh phí.",
        "Which limits hold a project back or bind, their prices, and why money is left over.",
    ),
    "stated_words": (
        "Tên, thuyết minh, nguồn tài liệu và các chữ khác.",
        "Names, explanations, sources and other words.",
    ),
    "stated_inputs": (
        "Rằng dữ liệu đầu vào là thật: hãy so mã băm với bản đã ký hoặc với kịch bản gốc.",
        "That the inputs are the true ones: compare the digest with a signed record or with the sources.",
    ),
    # faults: reading
    "too_large": (
        "Tệp có {bytes} byte, quá mức {most} byte mà một tệp phương án có thể có.",
        "The file has {bytes} bytes, more than the {most} that a plan file may have.",
    ),
    "not_utf8": (
        "Tệp không phải văn bản UTF-8 (tại byte {byte}).",
        "The file is not UTF-8 text (at byte {byte}).",
    ),
    "too_deep": ("Dữ liệu lồng nhau quá sâu.", "The content is nested too deeply."),
    "not_json": (
        "Tệp không phải JSON hợp lệ (dòng {line}, cột {column}).",
        "The file is not valid JSON (line {line}, column {column}).",
    ),
    "not_an_object": ("Nội dung tệp không phải một đối tượng JSON.", "The content is not one JSON object."),
    "number_too_long": ("Số “{text}…” quá dài.", "The number “{text}…” is too long."),
    "not_a_number": ("“{text}” không phải là số.", "“{text}” is not a number."),
    "member_twice": (
        "Mục “{name}” xuất hiện hai lần trong một đối tượng.",
        "Member “{name}” stands twice in an object.",
    ),
    "too_fine": (
        "Các phân số trong tệp có mẫu số chung quá lớn để kiểm tra.",
        "The fractions of the file have a common denominator too large to be checked.",
    ),
    "not_computable": (
        "Không tính được với dữ liệu này ({problem}).",
        "Cannot be computed with this content ({problem}).",
    ),
    # faults: shape
    "missing": ("Thiếu mục {at}.", "{at} is missing."),
    "unknown_member": (
        "Mục {at} không có trong các quy tắc mà bản kiểm tra này biết.",
        "{at} is not among the choices that this verifier knows.",
    ),
    "want_text": ("{at} phải là chữ, không phải {found}.", "{at} should be a text, not {found}."),
    "want_id": ("{at} phải là mã, không phải {found}.", "{at} should be an id, not {found}."),
    "want_yes_no": (
        "{at} phải là true hoặc false, không phải {found}.",
        "{at} should be true or false, not {found}.",
    ),
    "want_count": (
        "{at} phải là số nguyên không âm, không phải {found}.",
        "{at} should be a whole number from zero on, not {found}.",
    ),
    "want_some": (
        "{at} phải là số nguyên dương, không phải {found}.",
        "{at} should be a whole number above zero, not {found}.",
    ),
    "want_number": ("{at} phải là số, không phải {found}.", "{at} should be a number, not {found}."),
    "want_exact": (
        "{at} phải là phân số viết dạng “p/q”, không phải {found}.",
        "{at} should be an exact fraction such as “p/q”, not {found}.",
    ),
    "want_share": (
        "{at} phải là phân số từ 0 đến 1, không phải {found}.",
        "{at} should be a fraction from 0 to 1, not {found}.",
    ),
    "want_day": (
        "{at} phải là ngày dạng NĂM-THÁNG-NGÀY, không phải {found}.",
        "{at} should be a day as YYYY-MM-DD, not {found}.",
    ),
    "want_digest": (
        "{at} phải là mã băm SHA-256, không phải {found}.",
        "{at} should be a SHA-256 digest, not {found}.",
    ),
    "want_schema": (
        "{at} phải là 1 (phiên bản tệp mà bản kiểm tra này biết), không phải {found}.",
        "{at} should be 1, the version that this verifier knows, not {found}.",
    ),
    "want_word": (
        "{at} phải là một trong: {words}; không phải {found}.",
        "{at} should be one of: {words}; not {found}.",
    ),
    "want_list": ("{at} phải là danh sách, không phải {found}.", "{at} should be a list, not {found}."),
    "want_object": ("{at} phải là đối tượng, không phải {found}.", "{at} should be an object, not {found}."),
    # faults: the case
    "unknown_project": (
        "Dự án {project} không có trong danh mục.",
        "Project {project} is not in the register.",
    ),
    "unknown_fund": ("Không có nguồn vốn {fund}.", "There is no fund {fund}."),
    "unknown_factor": (
        "Không có yếu tố {factor} trong bộ tiêu chí.",
        "There is no factor {factor} among the criteria.",
    ),
    "no_fund": ("Không có nguồn vốn nào.", "There is no fund."),
    "no_criteria": ("Có điểm đánh giá nhưng không có tiêu chí.", "There are scores but no criteria."),
    "id_twice": ("Mã {id} xuất hiện hai lần.", "The id {id} stands twice."),
    "not_one_choice": (
        "{id}: phải có đúng một trong: {among}.",
        "{id}: exactly one of {among} must be given.",
    ),
    "needs_itself": ("Dự án {project} phụ thuộc chính nó.", "Project {project} needs itself."),
    "no_value": (
        "Dự án {project} không có giá trị và cũng không có điểm.",
        "Project {project} has neither value nor scores.",
    ),
    "value_twice": (
        "Dự án {project} vừa có giá trị cho sẵn vừa có điểm.",
        "Project {project} has both a given value and scores.",
    ),
    "scores_missing": (
        "Điểm của dự án {project} không khớp với các tiêu chí.",
        "The scores of project {project} are not those of the criteria.",
    ),
    "off_scale": (
        "Điểm {found} của dự án {project} nằm ngoài thang của tiêu chí {criterion}.",
        "Score {found} of project {project} is off the scale of {criterion}.",
    ),
    "weights_sum": (
        "Trọng số của {names} không có tổng bằng 1.",
        "The weights of {names} do not sum to one.",
    ),
    "weights_missing": (
        "Trọng số của nhóm {class} không đủ, hoặc có cho tiêu chí không có.",
        "The weights of class {class} lack a criterion, or have one that there is not.",
    ),
    "unknown_criterion": ("Không có tiêu chí {criterion}.", "There is no criterion {criterion}."),
    "unknown_column": (
        "Hồ sơ không thể đòi hỏi cột {column}: danh mục không có cột này.",
        "A dossier cannot ask for column {column}: registers have no such column.",
    ),
    "column_missing": (
        "Dự án {project} không có cột {column} mà hồ sơ phải có.",
        "Project {project} has no column {column}, which its dossier must have.",
    ),
    "unknown_class": ("Không có nhóm {found}.", "There is no class {found}."),
    "statement_twice": (
        "Ý kiến {id} nói về cùng tiêu chí và cùng nhóm với một ý kiến khác.",
        "Statement {id} is over the same criteria and class as another.",
    ),
    "statement_beside_weights": (
        "Ý kiến {id} nói về những tiêu chí đã có trọng số ghi thẳng trong kịch bản.",
        "Statement {id} is over criteria whose weights the scenario states outright.",
    ),
    "statement_unsound": (
        "Trọng số hoặc ý kiến ghi cho {over} không dẫn đến một bộ trọng số.",
        "What is stated over {over} does not lead to weights.",
    ),
    "weights_differ": (
        "Trọng số của {names} (nhóm {class}) không phải là kết quả của điều đã ghi trong kịch bản.",
        "The weights of {names} (class {class}) are not what the scenario states or leads to.",
    ),
    "leaf_or_branch": (
        "Tiêu chí {criterion} phải có hoặc thang điểm, hoặc tiêu chí con.",
        "Criterion {criterion} should have either a scale or criteria below it.",
    ),
    "points_unsound": (
        "Hàm giá trị của tiêu chí {criterion} không đi từ 0 đến 100 điểm.",
        "The value function of criterion {criterion} does not go from 0 to 100 points.",
    ),
    "unknown_assessor": (
        "Người đánh giá {assessor} không có trong danh sách của kịch bản.",
        "Assessor {assessor} is not among those that the scenario lists.",
    ),
    "cofinance_above_ask": (
        "Vốn đối ứng của dự án {project} lớn hơn tổng chi phí.",
        "The co-finance of project {project} is above its cost.",
    ),
    "cell_twice": (
        "Chi phí {cell} của dự án {project} xuất hiện hai lần.",
        "Cost {cell} of project {project} stands twice.",
    ),
    "costs_differ_from_ask": (
        "Dự án {project} đề nghị {stated_mvnd} nhưng chi phí cộng lại là {found_mvnd}.",
        "Project {project} asks {stated_mvnd}, but its costs add up to {found_mvnd}.",
    ),
    "milestones_unsound": (
        "Các giai đoạn của dự án {project} không khớp với chi phí, số thứ tự hoặc tỷ trọng.",
        "The milestones of project {project} do not fit its costs, their numbers or their shares.",
    ),
    "row_twice": ("Ràng buộc {row} xuất hiện hai lần.", "The rule {row} stands twice."),
    "too_many_payers": (
        "Năm {year} có quá {most} cách kết hợp nguồn vốn, không kiểm tra được.",
        "Year {year} has more than {most} different sets of funds, too many to be checked.",
    ),
    # faults: packs
    "not_a_pack": ("Tệp không phải gói hồ sơ (.zip).", "The file is no pack (.zip)."),
    "part_twice": ("Phần “{part}” xuất hiện hai lần trong gói.", "Part “{part}” stands twice in the pack."),
    "too_many_parts": (
        "Gói có quá {most} phần (từ phần “{part}”).",
        "The pack has more than {most} parts (from part “{part}” on).",
    ),
    "part_cut_off": ("Gói bị cắt cụt ở phần “{part}”.", "The pack is cut off at part “{part}”."),
    "part_name": (
        "Tên phần “{part}” không an toàn: phải là đường dẫn tương đối bằng chữ ASCII, không đi ra ngoài gói.",
        "The name of part “{part}” is not safe: it must be a relative ASCII path that does not climb out.",
    ),
    "part_encrypted": ("Phần “{part}” bị mã hóa.", "Part “{part}” is encrypted."),
    "part_compressed": (
        "Phần “{part}” bị nén; gói hồ sơ giữ nguyên mọi phần, không nén, nên không thể phình to.",
        "Part “{part}” is compressed; a pack keeps its parts as they are, so that nothing can swell.",
    ),
    "part_odd": (
        "Phần “{part}” có dấu hiệu mà gói hồ sơ không dùng.",
        "Part “{part}” bears marks that no pack uses.",
    ),
    "part_too_large": ("Phần “{part}” quá lớn.", "Part “{part}” is too large."),
    "part_frame": (
        "Phần “{part}” hoặc thông tin của gói về phần này (tên, ngày, thuộc tính, tổng kiểm) đã bị thay đổi.",
        "Part “{part}”, or what the archive says of it (name, day, attributes, check sum), has been altered.",
    ),
    "seal_broken": (
        "Phần “{part}” không khớp với mã băm ở cuối gói.",
        "Part “{part}” does not fit the digest at the end of the pack.",
    ),
    "end_differs": (
        "Phần cuối của gói (mục lục hoặc dấu niêm) bị thay đổi, hoặc có byte thừa.",
        "The end of the pack (its directory or its seal) has been altered, or there are bytes too many.",
    ),
    "part_missing": ("Thiếu phần “{part}”.", "Part “{part}” is missing."),
    "part_added": (
        "Phần “{part}” không có trong bản kê: đã bị thêm vào.",
        "Part “{part}” is not listed: it has been added.",
    ),
    "part_altered": (
        "Phần “{part}” đã bị thay đổi: kích thước hoặc mã băm khác bản kê.",
        "Part “{part}” has been altered: its size or digest is not the one listed.",
    ),
    "part_listed_twice": ("Bản kê ghi phần “{part}” hai lần.", "Part “{part}” is listed twice."),
    "parts_disordered": (
        "Các phần không đứng theo thứ tự quy định.",
        "The parts do not stand in their order.",
    ),
    "part_unfit": (
        "Phần “{part}” không được giữ vai trò “{role}” trong gói này.",
        "Part “{part}” may not be “{role}” in this pack.",
    ),
    "want_part_name": (
        "{at}: cần tên một phần, gặp {found}.",
        "{at}: the name of a part is wanted, not {found}.",
    ),
    "input_not_enclosed": (
        "Phương án lập từ tệp {path} ({role}) nhưng gói không kèm đúng tệp đó.",
        "The plan was decided from {path} ({role}); just that file is not enclosed.",
    ),
    "input_not_read": (
        "Phần “{part}” không phải là tệp mà phương án đã đọc.",
        "Part “{part}” is not a file that the plan was decided from.",
    ),
    "input_count": (
        "Phương án ghi {stated} tệp đầu vào, gói kèm {found}.",
        "The plan names {stated} input files, the pack encloses {found}.",
    ),
    "input_misnamed": (
        "Phần “{part}” ({role}) là tệp {found}, không phải tệp mà kịch bản nêu.",
        "Part “{part}” ({role}) is the file {found}, not the one that the scenario names.",
    ),
    "listed_otherwise": (
        "Phần “{part}” ghi {stated}, phương án ghi {found}.",
        "Part “{part}” says {stated}, the plan says {found}.",
    ),
    "case_differs": (
        "Phần “{part}” không phải là dữ liệu bên trong phương án.",
        "Part “{part}” is not the case inside the plan.",
    ),
    "reread_differs": (
        "Đọc lại các tệp kèm theo, phần “{part}” KHÁC với phương án.",
        "Read again, part “{part}” of the case DIFFERS from the plan.",
    ),
    "reread_refused": (
        "Máy này không đọc lại được {file} (lỗi {problem}).",
        "This machine cannot read {file} again (fault {problem}).",
    ),
    "table_missing": (
        "Không có bảng “{role}” mà phương án dùng.",
        "There is no table “{role}”, which the plan uses.",
    ),
    "cell_unreadable": (
        "Không đọc được số “{text}” trong một bảng.",
        "The number “{text}” in a table cannot be read.",
    ),
    "table_row_not_in_both": (
        "Dự án {project} chỉ có trong bảng “{role}” hoặc chỉ có trong phương án.",
        "Project {project} is in the table “{role}” or in the plan, but not in both.",
    ),
    "cell_differs": (
        "Dự án {project}: cột {column} của bảng “{role}” không như trong phương án.",
        "Project {project}: column {column} of the table “{role}” is not as in the plan.",
    ),
    "costs_of_project_differ": (
        "Chi phí của dự án {project} trong bảng không như trong phương án.",
        "The costs of project {project} in the table are not as in the plan.",
    ),
    "judgement_differs": (
        "Điểm của dự án {project} theo tiêu chí {criterion} trong bảng không như trong phương án.",
        "The judgement of project {project} on criterion {criterion} in the table is not as in the plan.",
    ),
    # faults: the answer
    "digest_differs": (
        "Phần “{part}” đã bị thay đổi so với mã băm của nó.",
        "Part “{part}” has been changed: its digest is another one.",
    ),
    "project_not_in_both": (
        "Dự án {project} chỉ có trong danh mục hoặc chỉ có trong kết quả.",
        "Project {project} is in the register or in the answer, but not in both.",
    ),
    "limit_not_in_both": (
        "Giới hạn {limit} chỉ có trong kịch bản hoặc chỉ có trong kết quả.",
        "Limit {limit} is in the scenario or in the answer, but not in both.",
    ),
    "ask_differs": (
        "Mức đề nghị của dự án {project} ghi {stated_mvnd}, trong danh mục là {found_mvnd}.",
        "Project {project} is said to ask {stated_mvnd}; the register says {found_mvnd}.",
    ),
    "said_differently": (
        "Kết quả ghi “{stated}”, kịch bản ghi “{found}”.",
        "The answer says “{stated}”, the scenario “{found}”.",
    ),
    "illustrative_unsaid": (
        "Kết quả dựa vào số liệu minh họa nhưng tệp không ghi như vậy.",
        "The result rests on illustrative figures, and the file does not say so.",
    ),
    "envelope_differs": (
        "Tổng nguồn ghi {stated_mvnd}, các nguồn vốn cộng lại {found_mvnd}.",
        "The envelope is said to be {stated_mvnd}; the funds add up to {found_mvnd}.",
    ),
    "status_contradicted": (
        "Trạng thái “{status}” trái với việc có (hoặc không có) số tiền.",
        "The status “{status}” is contradicted by amounts that are there (or not).",
    ),
    "value_differs": (
        "Dự án {project}: {member} ghi {stated}, tính lại là {found}.",
        "Project {project}: {member} is said to be {stated}; recomputed {found}.",
    ),
    "rank_differs": (
        "Dự án {project}: thứ hạng ghi {stated}, tính lại là {found}.",
        "Project {project}: rank is said to be {stated}; recomputed {found}.",
    ),
    "order_differs": ("Các dự án không đứng theo thứ hạng.", "Projects do not stand in the order of ranks."),
    "lack_untrue": (
        "Dự án {project} bị ghi thiếu “{lack}” nhưng không thiếu.",
        "Project {project} is said to lack “{lack}”, which it does not.",
    ),
    "lack_unsaid": (
        "Dự án {project} chưa đủ điều kiện ({lack}) nhưng tệp không ghi.",
        "Project {project} is not eligible ({lack}), and the file does not say so.",
    ),
    "ineligible_paid": (
        "Dự án {project} chưa đủ điều kiện nhưng được bố trí {found_mvnd}.",
        "Project {project} is not eligible but gets {found_mvnd}.",
    ),
    "payment_twice": (
        "Khoản chi của dự án {project} (năm {year}, loại {kind}) xuất hiện hai lần từ một nguồn.",
        "A payment of project {project} (year {year}, kind {kind}) stands twice from one fund.",
    ),
    "payment_of_nothing": (
        "Dự án {project} không có chi phí năm {year}, loại {kind} mà tệp chi trả.",
        "Project {project} has no cost of year {year}, kind {kind}, which the file pays.",
    ),
    "fund_may_not_pay": (
        "Nguồn {fund} không được chi khoản năm {year}, loại {kind} của dự án {project}.",
        "Fund {fund} may not pay the cost of year {year}, kind {kind}, of project {project}.",
    ),
    "paid_above_cost": (
        "Dự án {project} (năm {year}, loại {kind}) được chi {stated_mvnd}, nhiều nhất được {found_mvnd}.",
        "Project {project} (year {year}, kind {kind}) is paid {stated_mvnd}, at most {found_mvnd} is due.",
    ),
    "amount_differs": (
        "Dự án {project} ghi được {stated_mvnd}, các khoản chi cộng lại {found_mvnd}.",
        "Project {project} is said to get {stated_mvnd}; its payments add up to {found_mvnd}.",
    ),
    "out_of_proportion": (
        "Các khoản chi của dự án {project} (giai đoạn {milestone}) không cùng tỷ lệ với chi phí.",
        "The payments of project {project} (milestone {milestone}) are not in proportion to its costs.",
    ),
    "fund_overdrawn": (
        "Nguồn {fund} chi {stated_mvnd}, chỉ có {found_mvnd} sau khi trừ dự phòng.",
        "Fund {fund} pays {stated_mvnd}; it holds {found_mvnd} after reserves.",
    ),
    "total_differs": (
        "Tổng phân bổ ghi {stated_mvnd}, cộng lại là {found_mvnd}.",
        "The total is said to be {stated_mvnd}; the amounts add up to {found_mvnd}.",
    ),
    "unspent_differs": (
        "Phần còn lại ghi {stated_mvnd}, tính lại là {found_mvnd}.",
        "What is left over is said to be {stated_mvnd}; recomputed {found_mvnd}.",
    ),
    "row_broken": (
        "Phương án vi phạm {row}: vế trái {stated}, giới hạn {found}.",
        "The plan breaks {row}: it comes to {stated}, the bound is {found}.",
    ),
    "limit_differs": (
        "Giới hạn {limit}: {member} ghi {stated}, tính lại là {found}.",
        "Limit {limit}: {member} is said to be {stated}; recomputed {found}.",
    ),
    "not_whole": (
        "Dự án {project} chỉ được bố trí toàn bộ hoặc không bố trí.",
        "Project {project} may only be funded in whole or not at all.",
    ),
    "reason_differs": (
        "Dự án {project} được {found_mvnd}; lý do “{reason}” không phù hợp.",
        "Project {project} gets {found_mvnd}; the reason “{reason}” does not fit.",
    ),
    "objective_differs": (
        "Giá trị mục tiêu ghi {stated}, tính lại là {found}.",
        "The objective is said to be {stated}; recomputed {found}.",
    ),
    "row_not_in_both": (
        "Ràng buộc {row} chỉ có trong bài toán lập lại hoặc chỉ có trong chứng chỉ.",
        "The rule {row} is in the restated program or in the certificate, but not in both.",
    ),
    "relaxed_differs": (
        "Chứng chỉ ghi relaxed = {stated}, trái với bài toán lập lại.",
        "The certificate says relaxed = {stated}; the restated program says otherwise.",
    ),
    "dual_sign": (
        "Giá bóng {dual} của {row} có dấu mà ràng buộc này không cho phép.",
        "The dual {dual} of {row} has a sign that this rule does not allow.",
    ),
    "bound_differs": (
        "Cận trên ghi {stated}; các giá bóng trong tệp chứng minh {found}.",
        "The bound is said to be {stated}; the duals of the file prove {found}.",
    ),
    "bound_below_plan": (
        "Phương án có giá trị {stated}, lớn hơn cận trên {found}.",
        "The plan is worth {stated}, more than the bound {found}.",
    ),
    "not_proven_optimal": (
        "Ghi là tối ưu, nhưng chênh lệch còn lại là {found}; làm tròn triệu đồng chỉ gây ra {stated}.",
        "Said to be optimal, but proven only up to a gap of {found}; whole millions explain {stated}.",
    ),
    "optimal_unsaid": (
        "Phương án đã được chứng minh là tốt nhất nhưng trạng thái lại ghi “feasible”.",
        "The plan is proven to be the best, but the status says “feasible”.",
    ),
}


def say(code: str, lang: str, params: Mapping[str, object] | None = None) -> str:
    """A sentence in ``lang`` (``vi`` or ``en``)."""
    given = params or {}
    written = {name: _written(name, value, lang) for name, value in given.items()}
    return SENTENCES[code][lang == "en"].format(**written)


def _written(name: str, value: object, lang: str) -> str:
    if name.endswith("_mvnd") and isinstance(value, int):
        return _decimal(Fraction(value, MVND_PER_BN), lang) + (" billion VND" if lang == "en" else " tỷ đồng")
    if name in ("unit", "among"):
        return say(str(value), lang)
    if isinstance(value, Fraction):
        return _decimal(value, lang)
    if isinstance(value, int) and not isinstance(value, bool):
        return _decimal(Fraction(value), lang)
    return "null" if value is None else str(value)


def _decimal(value: Fraction, lang: str, digits: int = 9) -> str:
    """A number with its groups and decimals as the language writes them; ``≈`` where digits are cut off."""
    whole = round(abs(value) * 10**digits)
    units, part = divmod(whole, 10**digits)
    decimals = f"{part:0{digits}d}".rstrip("0")
    text_ = f"{units:,}" + (f".{decimals}" if decimals else "")
    if lang != "en":
        text_ = text_.translate(str.maketrans(",.", ".,"))
    cut = "" if Fraction(whole, 10**digits) == abs(value) else "≈"
    return f"{cut}{'−' if value < 0 else ''}{text_}"


def verdict_object(verdict: Verdict, lang: str) -> Object:
    """The verdict as JSON: names only ever gain members."""
    return {
        "schema": 1,
        "kind": verdict.kind,
        "ok": verdict.ok,
        "says": _summary(verdict, lang),
        "clauses": [
            {
                "clause": clause.name,
                "state": clause.state,
                "about": say(clause.name, lang),
                "says": _finding(clause, lang),
                "faults": [
                    {"code": each.code, "message": say(each.code, lang, each.params)}
                    for each in clause.faults
                ],
            }
            for clause in verdict.clauses
        ],
        "stated": [{"code": code, "says": say(code, lang)} for code in verdict.stated],
    }


def verdict_text(verdict: Verdict, lang: str) -> str:
    """The verdict in lines for a terminal: one for every clause, its faults below it."""
    lines = []
    for clause in verdict.clauses:
        finding = _finding(clause, lang)
        lines.append(
            f"[{say(clause.state, lang)}] {say(clause.name, lang)}{': ' if finding else ''}{finding}"
        )
        lines += [f"    {say(each.code, lang, each.params)}" for each in clause.faults[:SHOWN]]
        if len(clause.faults) > SHOWN:
            lines.append("    " + say("more", lang, {"count": len(clause.faults) - SHOWN}))
    if verdict.stated:
        lines += ["", say("stated", lang), *(f"  - {say(code, lang)}" for code in verdict.stated)]
    return "\n".join([*lines, "", _summary(verdict, lang)])


def _finding(clause: Clause, lang: str) -> str:
    code = f"{clause.name}_{clause.state}"
    return say(code, lang, clause.facts) if code in SENTENCES else ""


def _summary(verdict: Verdict, lang: str) -> str:
    failed = sum(clause.state == FAILS for clause in verdict.clauses)
    params = {"failed": failed, "all": len(verdict.clauses)}
    what = "" if verdict.kind == "plan" else f"_{verdict.kind}"
    return say(f"verdict{what}_ok" if verdict.ok else f"verdict{what}_fails", lang, params)


# ------------------------------------------------------------------ the command


def main(arguments: Sequence[str] | None = None) -> int:
    """``verifier.py FILE [--lang vi|en] [--json]``. Exit status: 0 right; 1 wrong; 2 no plan file or pack."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = argparse.ArgumentParser(
        "verifier.py",
        description="Kiểm tra tệp phương án hoặc gói hồ sơ / checks a plan file (.json) or a pack (.zip).",
    )
    parser.add_argument("file", type=Path, help="plan.json, pack.zip")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="vi, en")
    parser.add_argument("--json", action="store_true", help="JSON")
    options = parser.parse_args(arguments)
    try:
        with options.file.open("rb") as file:
            data = file.read(LARGEST_PACK + 1)
    except OSError as problem:
        sys.stderr.write(f"{options.file}: {problem.strerror}\n")
        return 2
    verdict = verify(data)
    if options.json:
        sys.stdout.write(
            json.dumps(verdict_object(verdict, options.lang), ensure_ascii=False, indent=1) + "\n"
        )
    else:
        sys.stdout.write(verdict_text(verdict, options.lang) + "\n")
    return 0 if verdict.ok else 1 if verdict.readable else 2


if __name__ == "__main__":
    # Run in its place, this file has neighbours that bear the names of standard modules.
    here = Path(__file__).resolve().parent
    sys.path[:] = [place for place in sys.path if Path(place).resolve() != here]
    sys.exit(main())
