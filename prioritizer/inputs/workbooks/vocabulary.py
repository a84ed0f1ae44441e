"""Words of drop-down lists, in either language and however they are written, back to ids."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from prioritizer.errors import Misread
from prioritizer.inputs.workbooks.folding import folded, visible
from prioritizer.inputs.workbooks.lists import Lists
from prioritizer.locale import LANGS, sentences
from prioritizer.model import ABSTAIN, BASES, CLASSES, FUNDING_RULES, ID_PATTERN, SECRECY_GRADES, Words

_SHOWN = 12


@dataclass(frozen=True)
class Vocabulary:
    """The ids of a list and what people call them; ``open_``: ids that are not in the list are taken too."""

    names: Mapping[str, tuple[str, ...]]
    code: str = "unknown_word"
    open_: bool = False

    @cached_property
    def _ids(self) -> dict[str, str]:
        """Ids by their folded names; a name of two things is none's."""
        found: dict[str, set[str]] = {}
        for id_, names in self.names.items():
            for name in (id_, *names, *(f"{id_} {each}" for each in names), *(f"{n} {id_}" for n in names)):
                found.setdefault(folded(name), set()).add(id_)
        own = {folded(id_): id_ for id_ in self.names}
        return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1} | own

    def read(self, text: str) -> str:
        """The id that a text means. Raises :class:`~prioritizer.errors.Misread` naming the nearest."""
        found = self._ids.get(folded(text))
        if found:
            return found
        if self.open_ and re.fullmatch(ID_PATTERN, visible(text)):
            return visible(text)
        near = difflib.get_close_matches(folded(text), self._ids, n=1, cutoff=0.5)
        known = ", ".join(islice(self.names, _SHOWN)) + (", …" if len(self.names) > _SHOWN else "")
        nearest = self._said(self._ids[near[0]]) if near else "–"
        raise Misread(self.code, text=text[:80], near=nearest, known=known or "–")

    def _said(self, id_: str) -> str:
        name = next(iter(self.names[id_]), "")
        return id_ if name in ("", id_) else f"{name} ({id_})"


def vocabularies(lists: Lists) -> dict[str, Vocabulary]:
    """Every list by the name that the tables' columns have for it."""
    products = {
        product.id: _names(product.name) for tech in lists.products.technologies for product in tech.products
    }
    bodies = {body.id: _names(body.name, body.short) for body in lists.ministries.bodies}
    known = dict.fromkeys((*lists.kinds, *_of_terms("kind")))
    kinds = {kind: _told("kind", kind) for kind in known}
    if lists.funds and all(fund.pays for fund in lists.funds):
        kinds = {kind: kinds[kind] for kind in lists.kinds}
    return {
        "ministry": Vocabulary(bodies, "unknown_ministry"),
        "product": Vocabulary(products, "unknown_product"),
        "class": _words("class", CLASSES),
        "funding": _words("funding", FUNDING_RULES),
        "secrecy": _words("secrecy", SECRECY_GRADES),
        "basis": _words("basis", BASES),
        "kind": Vocabulary(kinds, "unknown_kind", open_=not (lists.funds and kinds.keys() == {*lists.kinds})),
        "criterion": Vocabulary(
            {leaf.id: _names(leaf.name) for leaf in lists.tree.leaves}, "unknown_criterion"
        ),
        "assessor": Vocabulary(
            {each.id: _names(each.name) for each in lists.assessors}, "unknown_assessor", not lists.assessors
        ),
        "abstain": Vocabulary({ABSTAIN: tuple(sentences(lang)["columns.words.abstain"] for lang in LANGS)}),
    }


def _words(vocabulary: str, ids: Sequence[str]) -> Vocabulary:
    return Vocabulary({id_: _told(vocabulary, id_) for id_ in ids})


def _told(vocabulary: str, id_: str) -> tuple[str, ...]:
    """What the sentences of both languages call an id."""
    keys = (f"columns.words.{vocabulary}.{id_}", f"terms.{vocabulary}.{id_}")
    return tuple(sentences(lang)[key] for key in keys for lang in LANGS if key in sentences(lang))


def _of_terms(vocabulary: str) -> list[str]:
    begin = f"terms.{vocabulary}."
    return [key.removeprefix(begin) for key in sentences("vi") if key.startswith(begin)]


def _names(*words: Words | None) -> tuple[str, ...]:
    found: Iterable[str] = (text for each in words if each for text in (each.into("vi"), each.into("en")))
    return tuple(dict.fromkeys(found))
