"""What ids are called: ministries, products, technologies, limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from prioritizer import locale, pipeline
from prioritizer.model import Body, Case, Criterion, Limit, Product, Technology, Words

_Named = TypeVar("_Named", Body, Product, Technology)


def ministry(case: Case, body_id: str, lang: str, short: bool = False) -> str:
    """The lead body's name, or its short name where there is one; an unknown id stands for itself."""
    body = _found(case.ministries.bodies, body_id)
    if body is None:
        return body_id
    return (body.short if short and body.short else body.name).into(lang)


def product(case: Case, product_id: str, lang: str) -> str:
    """The product group's name."""
    products = [product for technology in case.products.technologies for product in technology.products]
    found = _found(products, product_id)
    return found.name.into(lang) if found else product_id


def technology(case: Case, technology_id: str, lang: str) -> str:
    """The technology group's name."""
    found = _found(case.products.technologies, technology_id)
    return found.name.into(lang) if found else technology_id


def nodes(case: Case) -> Iterator[Criterion]:
    """Every node of the criteria tree: the factors first, then downwards."""
    if case.criteria is not None:
        for siblings in case.criteria.sibling_sets():
            yield from siblings


def limit_over(case: Case, limit: Limit, lang: str) -> str:
    """The projects that a limit is over: the values it selects, or all of them."""
    values = [
        pipeline.value_label(case, field, value, lang)
        for field, chosen in limit.where.items()
        for value in chosen
    ]
    return ", ".join(values) or locale.say("explanation.all_projects", lang)


def given(words: Words | None, lang: str) -> str:
    """A text that may be missing, as a possibly empty one."""
    return words.into(lang) if words else ""


def _found(things: Iterable[_Named], thing_id: str) -> _Named | None:
    wanted = thing_id.casefold()
    return next((thing for thing in things if thing.id.casefold() == wanted), None)
