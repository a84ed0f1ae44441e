"""The nouns that come in: what a scenario file says, and the case it resolves to.

The scenario's nouns mirror the file key by key, so that its JSON Schema is the documentation.
A :class:`Case` holds the scenario with everything it refers to, in arrays aligned by position:
projects stand in the order of their ids, leaves in the order of the criteria tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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
UNASSESSED = ("low", "mid", "high")
ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"

Ints = npt.NDArray[np.int64]
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


_NUMBER = {"type": ["number", "string"]}
Amount = Annotated[
    int, *_reads(money.read_amount_mvnd, _NUMBER | {"description": "billion VND, up to three decimals"})
]
Points = Annotated[
    int, *_reads(money.read_points_e4, _NUMBER | {"description": "points, up to four decimals"})
]
Exact = Annotated[Fraction, *_reads(money.read_decimal, _NUMBER)]
Share = Annotated[
    Fraction, *_reads(money.read_share, _NUMBER | {"description": "a fraction of one, 0.25 or 1/4"})
]
Id = Annotated[str, Field(pattern=f"^{ID_PATTERN}$")]
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
    pays: tuple[str, ...] = ()
    source: str | None = None
    assumption: Words | None = None


class Bound(Noun):
    """How much: exactly one of an amount, a share of the envelope, a share of what is allocated, a count."""

    amount_mvnd: Amount | None = Field(default=None, alias="amount_bn")
    share_of_envelope: Share | None = None
    share_of_allocated: Share | None = None
    count: int | None = None

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
    """A floor or ceiling over a selection of projects; an empty selection rule takes them all."""

    id: Id
    where: dict[str, Values] = {}
    at_least: Bound | None = None
    at_most: Bound | None = None
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
    """At which end of its interval a score that is not certain counts, and what a project must have."""

    unassessed: Literal["low", "mid", "high"] = "low"
    minimum_by_factor: dict[str, Any] = {}
    dossier: tuple[str, ...] = ()


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
    weights: dict[str, Share] = {}
    objective: Objective = Objective()
    eligibility: Eligibility = Eligibility()
    limits: tuple[Limit, ...] = ()
    decisions: tuple[Any, ...] = ()
    ties: Literal["order", "pro_rata"] = "order"
    extends: str | None = None


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
    """What one score of a leaf's scale means."""

    score: Exact
    vi: str
    en: str


class Criterion(Noun):
    """A node of the criteria tree; one without children is a leaf, which has a scale."""

    id: Id
    name: Words
    question: Words | None = None
    source: str | None = None
    weight: Share | None = None
    scale: Scale | None = None
    value: Literal["linear"] = "linear"
    levels: tuple[Level, ...] = ()
    children: tuple[Criterion, ...] = ()

    @model_validator(mode="after")
    def _leaf_or_branch(self) -> Criterion:
        if bool(self.children) == bool(self.scale):
            raise PydanticCustomError("leaf_needs_scale", "leaf_needs_scale", {"criterion": self.id})
        return self

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

    def sibling_sets(self) -> Iterator[tuple[Criterion, ...]]:
        """Every set of siblings, whose weights sum to one: the factors first, then downwards."""
        sets = [self.criteria]
        while sets:
            siblings = sets.pop(0)
            yield siblings
            sets.extend(node.children for node in siblings if node.children)


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
    and the fields the scenario names.
    """

    ids: tuple[str, ...]
    ask_mvnd: Ints
    given_e4: Ints | None
    columns: Mapping[str, Coded]

    def __len__(self) -> int:
        return len(self.ids)

    def name(self, row: int, lang: str) -> str:
        """The project's name in ``lang``, else in Vietnamese, else its id."""
        english = self.columns["name_en"][row] if lang == "en" and "name_en" in self.columns else ""
        return english or self.columns["name_vi"][row] or self.ids[row]

    def selected_by(self, limit: Limit) -> npt.NDArray[np.bool_]:
        """Which projects a limit counts, bool[n]; none where it names a field that the register lacks."""
        chosen = np.ones(len(self), dtype=bool)
        for field, values in limit.where.items():
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
class Assessments:
    """All scores, and the rows as they were written.

    ``levels`` are the distinct scores, exact. ``low`` and ``high``, int32[leaves, n] in the order of the
    tree, point into them: equal where the score is a single one, -1 where the leaf is not assessed.
    """

    levels: tuple[Fraction, ...]
    low: Codes
    high: Codes
    rows: Mapping[str, Coded]


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
