"""The words that people choose from in a workbook, and the ids they stand for.

A body or a product is written ``id – name``; all else is a word of ``terms.toml`` or ``columns.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prioritizer import locale
from prioritizer.model import BASES, CLASSES, FUNDING_RULES, SECRECY_GRADES, MinistryList, ProductList

IDS: Mapping[str, tuple[str, ...]] = {
    "class": CLASSES,
    "funding": FUNDING_RULES,
    "secrecy": SECRECY_GRADES,
    "basis": BASES,
}
KINDS = ("recurrent", "investment")  # those that have a word; a scenario may name others


def labels(
    vocabulary: str,
    lang: str,
    ministries: MinistryList,
    products: ProductList,
    kinds: Iterable[str] = KINDS,
) -> dict[str, str]:
    """What a person chooses from, by id, in the order of the list: the ``words`` of a column."""
    match vocabulary:
        case "ministry":
            return {body.id: named(body.id, body.name.into(lang)) for body in ministries.bodies}
        case "product":
            listed = [product for tech in products.technologies for product in tech.products]
            return {product.id: named(product.id, product.name.into(lang)) for product in listed}
        case "kind":
            return {kind: word("kind", kind, lang) for kind in kinds}
        case _:
            return {each: word(vocabulary, each, lang) for each in IDS[vocabulary]}


def named(name: str, title: str) -> str:
    """An id with its name, as it stands in a cell."""
    return f"{name} – {title}"


def word(vocabulary: str, name: str, lang: str) -> str:
    """The word of an id; an id that has none stands for itself."""
    known = locale.sentences(lang)
    return known.get(f"terms.{vocabulary}.{name}") or known.get(f"columns.words.{vocabulary}.{name}") or name


def abstention(lang: str) -> str:
    """The word with which an assessor does not judge."""
    return locale.say("columns.words.abstain", lang)
