"""The nouns that come in: what a scenario file says, and the case it resolves to.

The scenario's nouns mirror the file key by key, so that its JSON Schema is the documentation.
A :class:`Case` holds the scenario with everything it refers to, in arrays aligned by position:
projects stand in the order of their ids, leaves in the order of the criteria tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Annotated, Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from prioritizer import money
from prioritizer.errors import Misread

CLASSES = ("group1", "group2-push", "group2-pull")
BASES = ("stated", "proposed", "illustrative")
FUNDING_RULES = ("flexible", "minimum", "whole", "milestones")
SECRECY_GRADES = ("công khai", "nội bộ", "mật", "tối mật", "tuyệt mật")
STATE_SECRETS = SECRECY_GRADES[2:]
OF_COSTS = ("year", "kind")  # what ``where`` may say of costs; all else is of projects
UNASSESSED = ("low", "mid", "high")
VALUE_FUNCTIONS = ("linear", "piecewise", "categorical")
ABSTAIN = "abstain"  # the word in place of a score
FULL = 100  # points that the best end of every scale is worth
MOST_COMPARED = 15  # criteria in one pairwise comparison: no random index is published for more
LARGEST_JUDGEMENT = 9  # of Saaty's scale
LARGEST_RATE = 100  # between classes: beyond it is a slip of the pen
ROOT = "root"  # what a statement about weights calls the whole tree
ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]


def _reads(read: Any, schema: dict[str, Any]) -> Any:
    """An annotation: the text of the file goes through ``read``; a value already read stays."""

    def before(value: object) -> object:
        if isinstance(value, bool):
            value = str(value).lower()  # in YAML true is a word, not the number 1
        if not isinstance(value, str):
            return value
        try:
            return read(value)
        except Misread as misread:
            raise PydanticCustomError(misread.code, misread.code, dict(misread.params)) from None

    return BeforeValidator(before), WithJsonSchema(schema)


def _read_date(text: str) -> str:
    """A day as ``YYYY-MM-DD``. Raises :class:`Misread`."""
    try:
        date.fromisoformat(text if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else "")
    except ValueError:
        raise Misread("bad_date", text=text[:40]) from None
    return text


def _spaced(value: object) -> object:
    """A text as tables are read: without blanks at the ends, any run of them in between one space."""
    return re.sub("[ \t\u00a0\u202f]+", " ", value).strip(" ") if isinstance(value, str) else value


def _read_count(text: str) -> int:
    """A whole number from zero on. Raises :class:`Misread`."""
    if not re.fullmatch(r"[0-9]{1,9}", text):
        code = "negative_number" if re.fullmatch(r"-[0-9]{1,9}", text) else "whole_number_expected"
        raise Misread(code, text=text[:40])
    return int(text)


def _read_trim(text: str) -> Fraction:
    """The share of judgements dropped at each end, in [0, 0.5). Raises :class:`Misread`."""
    trim = money.read_ratio(text)
    if not 0 <= trim < Fraction(1, 2):
        raise Misread("trim_out_of_range", text=text[:40])
    return trim


_NUMBER = {"type": ["number", "string"]}
_ABOVE_ZERO = {"description": "above zero"}
Amount = Annotated[
    int, *_reads(money.read_amount_mvnd, _NUMBER | {"description": "billion VND, up to three decimals"})
]
SomeAmount = Annotated[
    int,
    *_reads(money.read_amount_mvnd, _NUMBER | {"description": "billion VND above zero"}),
    Field(gt=0),
]
Points = Annotated[
    int, *_reads(money.read_points_e4, _NUMBER | {"description": "points, up to four decimals"})
]
Exact = Annotated[Fraction, *_reads(money.read_decimal, _NUMBER)]
SomePoints = Annotated[int, *_reads(money.read_points_e4, _NUMBER | _ABOVE_ZERO), Field(gt=0)]
Weight = Annotated[Fraction, *_reads(money.read_decimal, _NUMBER | _ABOVE_ZERO), Field(gt=0)]
Ratio = Annotated[
    Fraction, *_reads(money.read_ratio, _NUMBER | {"description": "above zero, 3 or 1/3"}), Field(gt=0)
]
Count = Annotated[int, *_reads(_read_count, {"type": "integer", "minimum": 0})]
YesNo = Annotated[bool, Field(strict=True)]
Date = Annotated[str, *_reads(_read_date, {"type": "string", "format": "date"})]
Share = Annotated[
    Fraction, *_reads(money.read_share, _NUMBER | {"description": "a fraction of one, 0.25 or 1/4"})
]
Trim = Annotated[
    Fraction,
    *_reads(_read_trim, _NUMBER | {"description": "a share of the assessors, 0 or more and below 0.5"}),
]
Category = Annotated[str, BeforeValidator(_spaced), Field(min_length=1, max_length=80)]
Id = Annotated[str, Field(pattern=f"^{ID_PATTERN}$")]
Class = Literal["group1", "group2-push", "group2-pull"]
Schema = Annotated[Literal["1"], WithJsonSchema({"const": 1})]
Label = Annotated[str, WithJsonSchema({"type": ["string", "integer"]})]


def _or_text(schema: dict[str, Any]) -> None:
    """Let a schema of an object accept a plain text as well."""
    both = {"anyOf": [{"type": "string"}, dict(schema)]}
    schema.clear()
    schema.update(both)


class Noun(BaseModel):
    """A frozen noun that refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Words(Noun):
    """A text in both languages; one text alone stands for both."""

    model_config = ConfigDict(json_schema_extra=lambda schema: _or_text(schema))

    vi: str
    en: str

    @model_validator(mode="before")
    @classmethod
    def _both(cls, value: object) -> object:
        return {"vi": value, "en": value} if isinstance(value, str) else value

    def into(self, lang: str) -> str:
        """The text in ``lang`` (``vi`` or ``en``)."""
        return self.en if lang == "en" else self.vi


class Fund(Noun):
    """A pool of money of one budget year."""

    id: Id
    name: Words | None = None
    year: Label
    amount_mvnd: Amount = Field(alias="amount_bn")
    pays: tuple[Id, ...] = ()
    source: str | None = None
    assumption: Words | None = None

    def may_pay(self, year: str, kind: str, kinds: frozenset[str]) -> bool:
        """Whether it may pay a cost of that year and kind. An empty ``pays`` means all kinds; a cost whose
        kind is not stated may be any of ``kinds``, so only a fund that pays them all may pay it."""
        pays = {paid.casefold() for paid in self.pays}
        asked = {each.casefold() for each in kinds} if kind == "" else {kind.casefold()}
        return self.year == year and (not pays or asked <= pays)


class Reserve(Noun):
    """Money of a fund that is set aside under a line without named projects, so that totals add up."""

    id: Id
    name: Words | None = None
    fund: Id | None = None
    amount_mvnd: Amount = Field(alias="amount_bn")
    why: Words | None = None
    source: str | None = None


class Bound(Noun):
    """How much: exactly one of an amount, a share of the envelope, a share of what is allocated, a count."""

    amount_mvnd: Amount | None = Field(default=None, alias="amount_bn")
    share_of_envelope: Share | None = None
    share_of_allocated: Share | None = None
    count: Count | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Bound:
        given = (self.amount_mvnd, self.share_of_envelope, self.share_of_allocated, self.count)
        if sum(bound is not None for bound in given) != 1:
            raise PydanticCustomError("bound_needs_one", "bound_needs_one")
        return self

    def of_envelope(self, envelope_mvnd: int) -> Fraction | None:
        """The bound in million VND, exact, where it is an amount or a share of the envelope."""
        if self.amount_mvnd is not None:
            return Fraction(self.amount_mvnd)
        return None if self.share_of_envelope is None else self.share_of_envelope * envelope_mvnd


Values = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class Limit(Noun):
    """A floor or ceiling over a selection of projects; an empty selection rule takes them all.

    ``where`` may also select costs by ``year`` and ``kind``. ``penalty`` makes the limit soft: what breaking
    it costs, in points per billion VND, or per project where the bound is a count. ``decreed`` limits are
    not for negotiation; the others may be relaxed, each billion (or project) at ``relax_weight``.
    """

    id: Id
    where: dict[str, Values] = {}
    at_least: Bound | None = None
    at_most: Bound | None = None
    penalty_e4: SomePoints | None = Field(default=None, alias="penalty")
    decreed: YesNo = False
    relax_weight: Weight = Fraction(1)
    why: Words | None = None
    basis: Literal["stated", "proposed", "illustrative"] = "proposed"
    source: str | None = None

    def floor_mvnd(self, envelope_mvnd: int) -> int | None:
        """The floor in whole million VND, rounded up; ``None`` if there is none or it depends on the plan."""
        amount = self.at_least.of_envelope(envelope_mvnd) if self.at_least else None
        return None if amount is None else ceil(amount)

    def ceiling_mvnd(self, envelope_mvnd: int) -> int | None:
        """The ceiling in whole million VND, rounded down; ``None`` if none or if it depends on the plan."""
        amount = self.at_most.of_envelope(envelope_mvnd) if self.at_most else None
        return None if amount is None else floor(amount)


class Objective(Noun):
    """What is maximised, and the hurdle below which money is better left in reserve.

    ``funding``: each VND earns the value of the project it goes to; hurdle in points.
    ``project``: each project counts once; hurdle in points per billion VND.
    """

    basis: Literal["funding", "project"] = "funding"
    hurdle_e4: Points = Field(default=0, alias="hurdle")


class Eligibility(Noun):
    """At which end of its interval a score that is not certain counts, and what a project must have.

    ``minimum_by_factor``: the least points, out of 100, on factors (the first level of the criteria tree).
    ``dossier``: columns of the register that must be filled; ``dossier_by_class``: further ones of single
    classes. The word ``notice-22`` stands for all that Notice 22, item 1, asks of a class.
    """

    unassessed: Literal["low", "mid", "high"] = "low"
    minimum_by_factor: dict[str, Points] = {}
    dossier: Values = ()
    dossier_by_class: dict[Literal["group1", "group2-push", "group2-pull"], Values] = {}

    def dossier_of(self, class_: str) -> tuple[str, ...]:
        """The columns that a project of a class must have filled, each once."""
        further = next((own for name, own in self.dossier_by_class.items() if name == class_), ())
        return tuple(dict.fromkeys((*self.dossier, *further)))


class Decision(Noun):
    """What the group has decided about one project: who, when and why, and exactly one of three things.

    ``fund: full`` or ``fund: nothing``; ``fund_at_least_bn``; ``locked_bn``, committed at an earlier meeting.
    """

    id_: Id | None = Field(default=None, alias="id")
    project: Id
    fund: Literal["full", "nothing"] | None = None
    at_least_mvnd: SomeAmount | None = Field(default=None, alias="fund_at_least_bn")
    locked_mvnd: SomeAmount | None = Field(default=None, alias="locked_bn")
    by: Words | None = None
    at: Date | None = None
    why: Words | None = None
    decreed: YesNo = False
    relax_weight: Weight = Fraction(1)

    @model_validator(mode="after")
    def _exactly_one(self) -> Decision:
        given = (self.fund, self.at_least_mvnd, self.locked_mvnd)
        if sum(each is not None for each in given) != 1:
            raise PydanticCustomError("decision_needs_one", "decision_needs_one")
        return self

    @property
    def id(self) -> str:
        """Its id, or else one that says what it is about: ``P07.fund``, ``P07.at_least``, ``P07.locked``."""
        verb = "fund" if self.fund else "locked" if self.at_least_mvnd is None else "at_least"
        return self.id_ or f"{self.project}.{verb}"


class Dependency(Noun):
    """A project that needs another: it is funded by no greater share than the other, or (``in_full``) not at
    all unless the other is funded in full."""

    id_: Id | None = Field(default=None, alias="id")
    project: Id
    requires: Id
    in_full: YesNo = False
    why: Words | None = None
    decreed: YesNo = False

    @property
    def id(self) -> str:
        """Its id, or else one made of both projects: ``P07.requires.P03``."""
        return self.id_ or f"{self.project}.requires.{self.requires}"


class Elicitation(Noun):
    """What somebody said about the weights of one set of siblings: those below ``over``, a node of the
    criteria tree or ``root``; for one class of projects, or for all. Exactly one of four ways:

    ``swing``: what a swing from worst to best is worth, the greatest 100; ``rank``: the most important first,
    equals in a list of their own; ``pairwise``: how many times as important as the other, on Saaty's scale
    from 1/9 to 9; ``intervals``: the least and greatest weight. ``leave_out`` names siblings that weigh 0.
    """

    id_: Id | None = Field(default=None, alias="id")
    over: Id
    class_: Class | None = Field(default=None, alias="class")
    by: Words
    at: Date
    why: Words
    swing: dict[str, Exact] | None = None
    rank: tuple[Values, ...] | None = None
    pairwise: dict[str, dict[str, Ratio]] | None = None
    intervals: dict[str, tuple[Share, Share]] | None = None
    leave_out: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _exactly_one(self) -> Elicitation:
        given = (self.swing, self.rank, self.pairwise, self.intervals)
        if sum(each is not None for each in given) != 1:
            raise PydanticCustomError("elicitation_needs_one", "elicitation_needs_one")
        return self

    @property
    def id(self) -> str:
        """Its id, or else one that says what it is over and for whom: ``root``, ``root.group2-push``."""
        return self.id_ or ".".join(filter(None, (self.over, self.class_)))

    @property
    def parent(self) -> str:
        """The node whose children it weighs, as :meth:`CriteriaTree.families` has it."""
        return "" if self.over == ROOT else self.over

    @property
    def method(self) -> Literal["swing", "rank", "pairwise", "intervals"]:
        """Which of the four ways it takes."""
        if self.swing is not None:
            return "swing"
        if self.rank is not None:
            return "rank"
        return "pairwise" if self.pairwise is not None else "intervals"

    @property
    def named(self) -> tuple[str, ...]:
        """The criteria that it weighs, in the order of first mention; one of a rank as often as it stands."""
        if self.rank is not None:
            return tuple(name for place in self.rank for name in place)
        if self.pairwise is not None:
            pairs = [(name, *others) for name, others in self.pairwise.items()]
            return tuple(dict.fromkeys(name for pair in pairs for name in pair))
        return tuple(self.swing or self.intervals or ())


class Assessor(Noun):
    """Somebody who judges projects: a role or a person, and how much the judgement counts where the rule is
    ``weighted``.

    ``competence_on`` says it for single criteria or branches; the most particular one counts.
    """

    id: Id
    name: Words | None = None
    ministry: Id | None = None
    competence: Weight = Fraction(1)
    competence_on: dict[Id, Weight] = {}


class ConsensusRule(Noun):
    """How several judgements become one: at the low ends of the scores and at the high ends apart.

    ``median`` (of an even number the mean of the middle two), ``mean``, ``trimmed`` (the mean without the
    share ``trim`` at each end, rounded down to whole judgements) or ``weighted`` (the mean by competence).
    """

    rule: Literal["median", "mean", "trimmed", "weighted"] = "median"
    trim: Trim = Fraction(1, 5)


class Scenario(Noun):
    """One set of choices: a scenario file after ``extends``."""

    schema_: Schema = Field(alias="schema")
    id: Id
    title: Words
    description: Words | None = None
    register_: str = Field(alias="register")
    assessments: str | None = None
    costs: str | None = None
    criteria: str = "notice-22"
    ministries: str = "ministries"
    products: str = "decision-1131"
    fields: tuple[Id, ...] = ()
    funds: tuple[Fund, ...] = Field(min_length=1)
    reserves: tuple[Reserve, ...] = ()
    state_share_cap: dict[Literal["group1", "group2-push", "group2-pull"], Share] = {}
    least_grant_mvnd: SomeAmount | None = Field(default=None, alias="least_grant_bn")
    weights: dict[str, Share] = {}
    weights_by_class: dict[Class, dict[str, Share]] = {}
    elicitation: tuple[Elicitation, ...] = ()
    exchange_rate: dict[Class, Ratio] = {}
    assessors: tuple[Assessor, ...] = ()
    consensus: ConsensusRule = ConsensusRule()
    objective: Objective = Objective()
    eligibility: Eligibility = Eligibility()
    limits: tuple[Limit, ...] = ()
    decisions: tuple[Decision, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    ties: Literal["order", "pro_rata"] = "order"
    tie_order: tuple[Id, ...] = ()
    extends: str | None = None

    def envelope_of(self, limit: Limit) -> int:
        """The money that a limit's share is a share of: all funds, or those of the years it selects."""
        years = {year.casefold() for year in limit.where.get("year", ())}
        return sum(fund.amount_mvnd for fund in self.funds if not years or fund.year.casefold() in years)


class Scale(Noun):
    """A leaf's scale: ``worst`` is worth 0 points, ``best`` 100; either may be the larger number."""

    worst: Exact
    best: Exact

    @model_validator(mode="after")
    def _apart(self) -> Scale:
        if self.worst == self.best:
            raise PydanticCustomError("scale_without_length", "scale_without_length")
        return self


class Level(Noun):
    """What one score of a leaf's scale, or one category, means; ``value`` is its points where they are
    stated level by level."""

    score: Exact | None = None
    category: Category | None = None
    value: Exact | None = None
    vi: str
    en: str


class Criterion(Noun):
    """A node of the criteria tree; one without children is a leaf.

    A leaf's ``value`` function gives points from 0 to 100: ``linear`` on its scale; ``piecewise`` between the
    points that its levels state; ``categorical``, where its levels are categories and there is no scale. A
    categorical leaf ``of`` a column of the register takes the category from there.
    """

    id: Id
    name: Words
    question: Words | None = None
    source: str | None = None
    weight: Share | None = None
    scale: Scale | None = None
    value: Literal["linear", "piecewise", "categorical"] = "linear"
    of: str | None = None
    levels: tuple[Level, ...] = ()
    children: tuple[Criterion, ...] = ()

    @model_validator(mode="after")
    def _leaf_or_branch(self) -> Criterion:
        scaled = bool(self.children) or self.value != "categorical"
        if bool(self.children) == bool(self.scale) and scaled:
            raise PydanticCustomError("leaf_needs_scale", "leaf_needs_scale", {"criterion": self.id})
        if code := self._levels_unlike_value():
            raise PydanticCustomError(code, code, {"criterion": self.id})
        return self

    def _levels_unlike_value(self) -> str | None:
        """The code of what is wrong between the levels and the value function."""
        categorical = self.value == "categorical" and not self.children
        if (self.of is not None and not categorical) or (categorical and self.scale is not None):
            return "category_needs_no_scale"
        named = [
            level.score if level.category is None else level.category.casefold() for level in self.levels
        ]
        if any((level.category is None) == categorical for level in self.levels):
            return "category_or_score"
        if None in named or any((level.score is not None) == categorical for level in self.levels):
            return "category_or_score"
        if ABSTAIN in named:
            return "category_abstain"
        if self.children or self.value == "linear":
            return "level_value_idle" if any(level.value is not None for level in self.levels) else None
        if len(set(named)) < len(named):
            return "level_twice"
        return self._points_unsound()

    def _points_unsound(self) -> str | None:
        points = [level.value for level in self.levels if level.value is not None]
        if len(points) < len(self.levels) or not all(0 <= each <= FULL for each in points):
            return "level_value_missing"
        if not self.levels:
            return "value_without_zero"
        if self.scale is None:
            return None if {0, FULL} <= set(points) else "value_without_zero"
        along = self.breakpoints
        if self.scale.worst > self.scale.best:
            along = along[::-1]
        ends = [(self.scale.worst, Fraction(0)), (self.scale.best, Fraction(FULL))]
        if [*along[:1], *along[-1:]] != ends:
            return "value_without_zero"
        return None if [each for _, each in along] == sorted(points) else "value_falls"

    @property
    def breakpoints(self) -> list[tuple[Fraction, Fraction]]:
        """Score and points where the value function bends, both ends of the scale included, by score;
        none of a categorical leaf."""
        if self.scale is None:
            return []
        ends = [(self.scale.worst, Fraction(0)), (self.scale.best, Fraction(FULL))]
        bends = [(level.score, level.value) for level in self.levels if self.value == "piecewise"]
        return sorted([(x, y) for x, y in bends if x is not None and y is not None] or ends)

    @property
    def points_of_levels(self) -> tuple[Fraction, ...]:
        """The points of every category, in the order of the file; none of a leaf with a scale."""
        return () if self.scale else tuple(level.value or Fraction(0) for level in self.levels)

    def leaves(self) -> Iterator[Criterion]:
        """The leaves below this node (itself, if it is one), in the order of the file."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


class CriteriaTree(Noun):
    """A criteria file: the factors and what lies below them."""

    schema_: Schema = Field(alias="schema")
    id: Id
    title: Words
    source: str | None = None
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    @property
    def leaves(self) -> tuple[Criterion, ...]:
        """All leaves, in the order of the file: the order of every array over leaves."""
        return tuple(leaf for factor in self.criteria for leaf in factor.leaves())

    def families(self) -> Iterator[tuple[str, tuple[Criterion, ...]]]:
        """Every set of siblings under the id of the node above them: the factors, under a blank, then
        downwards."""
        sets = [("", self.criteria)]
        while sets:
            parent, siblings = sets.pop(0)
            yield parent, siblings
            sets.extend((node.id, node.children) for node in siblings if node.children)

    def sibling_sets(self) -> Iterator[tuple[Criterion, ...]]:
        """Every set of siblings, whose weights sum to one: the factors first, then downwards."""
        return (siblings for _, siblings in self.families())


class Body(Noun):
    """A ministry or other body that can lead a project."""

    id: Id
    name: Words
    short: Words | None = None
    source: str | None = None


class MinistryList(Noun):
    """The bodies that can lead projects, in protocol order."""

    schema_: Schema = Field(alias="schema")
    id: Id
    title: Words | None = None
    bodies: tuple[Body, ...] = Field(min_length=1)


class Product(Noun):
    """One of the product groups of a decision, with its proposed investment class."""

    id: Id
    name: Words
    class_: Literal["group1", "group2-push", "group2-pull"] | None = Field(default=None, alias="class")
    class_reason: Words | None = None
    class_source: str | None = None


class Technology(Noun):
    """One of the technology groups of a decision."""

    id: Id
    name: Words
    source: str | None = None
    products: tuple[Product, ...] = Field(min_length=1)


class ProductList(Noun):
    """A decision's technologies and products."""

    schema_: Schema = Field(alias="schema")
    id: Id
    title: Words | None = None
    source: str | None = None
    technologies: tuple[Technology, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Coded:
    """A text column, each distinct text once: row *i* reads ``levels[codes[i]]``."""

    levels: tuple[str, ...]
    codes: Codes

    def __getitem__(self, row: int) -> str:
        return self.levels[int(self.codes[row])]

    def texts(self) -> list[str]:
        """The column as a list of texts."""
        return [self.levels[code] for code in self.codes.tolist()]

    def among(self, values: tuple[str, ...]) -> npt.NDArray[np.bool_]:
        """Which rows hold one of ``values``, compared as ids are: ignoring case."""
        wanted = {value.casefold() for value in values}
        return np.array([level in wanted for level in self._folded] or [False])[self.codes]

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(level.casefold() for level in self.levels)


@dataclass(frozen=True)
class Register:
    """The candidate projects of one call, in the order of their ids.

    ``ask_mvnd`` is int64[n] and positive; ``given_e4`` is int64[n] in 1e-4 point, or ``None`` where
    projects are assessed; ``columns`` has every text column, the technology that follows from the product,
    and the fields the scenario names. ``minimum_mvnd`` is the least amount of a project whose funding rule is
    ``minimum``, ``cofinance_mvnd`` what others pay of a project's cost: int64[n], 0 where there is none, and
    ``None`` where no project has one.
    """

    ids: tuple[str, ...]
    ask_mvnd: Ints
    given_e4: Ints | None
    columns: Mapping[str, Coded]
    minimum_mvnd: Ints | None = None
    cofinance_mvnd: Ints | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def name(self, row: int, lang: str) -> str:
        """The project's name in ``lang``, else in Vietnamese, else its id."""
        english = self.columns["name_en"][row] if lang == "en" and "name_en" in self.columns else ""
        return english or self.columns["name_vi"][row] or self.ids[row]

    def row_of(self, name: str) -> int:
        """The row of the project of that id, whatever its capitals. Raises ``KeyError``."""
        return self._rows[name.casefold()]

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {name.casefold(): row for row, name in enumerate(self.ids)}

    def selected_by(self, limit: Limit) -> npt.NDArray[np.bool_]:
        """Which projects a limit counts, bool[n], whatever it says of the years and kinds of costs; none
        where it names a field that the register lacks."""
        chosen = np.ones(len(self), dtype=bool)
        for field, values in limit.where.items():
            if field in OF_COSTS:
                continue
            column = Coded(self.ids, np.arange(len(self), dtype=np.int32)) if field == "project" else None
            column = column or self.columns.get(field)
            chosen &= column.among(values) if column else False
        return chosen

    @property
    def illustrative(self) -> npt.NDArray[np.bool_]:
        """Which projects' amounts are illustrative: bool[n]."""
        basis = self.columns.get("ask_basis")
        return basis.among(("illustrative",)) if basis else np.zeros(len(self), dtype=bool)


@dataclass(frozen=True)
class Costs:
    """What projects cost by milestone, year and kind: one entry a cell, projects in the register's order,
    within a project by milestone, then in the order of years and kinds.

    ``project``, int64[cells], is the project's row in the register; ``milestone``, int64[cells], counts from
    1 and is 0 for projects without milestones; ``kind`` is blank where not stated; ``cost_mvnd``,
    int64[cells], is positive. ``value_share`` is a milestone's part of its project's value, by row and
    milestone; the parts of a project sum to one.
    """

    project: Ints
    milestone: Ints
    year: Coded
    kind: Coded
    cost_mvnd: Ints
    value_share: Mapping[tuple[int, int], Fraction]

    def __len__(self) -> int:
        return len(self.cost_mvnd)

    @classmethod
    def of_asks(cls, register: Register, year: str) -> Costs:
        """What costs are where no table gives them: every ask in one year, its kind not stated."""
        n = len(register)
        one = np.zeros(n, dtype=np.int32)
        labels = Coded((year,), one), Coded(("",), one)
        return cls(np.arange(n), np.zeros(n, np.int64), *labels, register.ask_mvnd, {})


@dataclass(frozen=True)
class Assessments:
    """All judgements, assessor by assessor, and the rows as they were written.

    ``assessors`` are in the order of their ids. ``levels`` are scores, exact and ascending: all that were
    given, and what lies between them where that makes a short even ladder. ``low`` and ``high``,
    int16 or int32[assessors, leaves, n], leaves in the order of the tree, point into them, or of a
    categorical leaf into its levels: equal where the score is a single one (one array for both where all
    are), -1 where the assessor did not judge. ``abstained``, bool[assessors, leaves, n], says where an
    assessor declined to judge; ``None`` where nobody did. ``complete``: it is known that all assessors judged
    all projects on all leaves.
    """

    assessors: tuple[str, ...]
    levels: tuple[Fraction, ...]
    low: Codes
    high: Codes
    rows: Mapping[str, Coded]
    abstained: Bools | None = None
    complete: bool = False


@dataclass(frozen=True)
class Consensus:
    """What the assessors hold together, by the scenario's rule.

    ``low`` and ``high``, whole numbers [leaves, n], count steps: a score is ``base + step * low``; of a
    categorical leaf they are places in its levels, in the order of points. -1 where nobody judged. One array
    for both where no score is an interval.
    """

    base: Fraction
    step: Fraction
    low: Ints
    high: Ints

    def score(self, steps: int) -> Fraction:
        """The score of a leaf with a scale at so many steps."""
        return self.base + self.step * steps


@dataclass(frozen=True)
class InputFile:
    """A file that the case was read from: path as the scenario gives it, SHA-256 of its bytes."""

    role: str
    path: str
    sha256: str


@dataclass(frozen=True)
class Case:
    """A scenario with everything it refers to, checked and resolved."""

    scenario: Scenario
    criteria: CriteriaTree | None
    ministries: MinistryList
    products: ProductList
    register: Register
    assessments: Assessments | None
    inputs: tuple[InputFile, ...]
    costs_by_kind: Costs | None = None
    agreed: Consensus | None = None  # instead of what the assessments come to

    @cached_property
    def costs(self) -> Costs:
        """The costs as the table gives them; without one, every ask falls in the first fund's year."""
        if self.costs_by_kind is not None:
            return self.costs_by_kind
        return Costs.of_asks(self.register, self.scenario.funds[0].year)

    @cached_property
    def rows_by_body(self) -> tuple[tuple[str, Ints], ...]:
        """The bodies that lead projects, in protocol order, each with its rows of the register."""
        column = self.register.columns["ministry"]
        found = ((body.id, np.flatnonzero(column.among((body.id,)))) for body in self.ministries.bodies)
        return tuple((body, rows) for body, rows in found if len(rows))

    @property
    def envelope_mvnd(self) -> int:
        """The money there is, over all funds."""
        return sum(fund.amount_mvnd for fund in self.scenario.funds)

    @property
    def illustrative(self) -> bool:
        """Whether anything that moves money here is illustrative."""
        limits = any(limit.basis == "illustrative" for limit in self.scenario.limits)
        return limits or bool(self.register.illustrative.any())

    def revised(self, **changes: Any) -> Case:
        """The same case under other choices, named as in :class:`Scenario`: ``weights``, ``limits``, …"""
        return replace(self, scenario=self.scenario.model_copy(update=changes))
