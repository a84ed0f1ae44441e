"""Sentences of the import, who sent what, and faults in words for people who have the app before them."""

from __future__ import annotations

from prioritizer import locale, pipeline
from prioritizer.errors import Fault
from prioritizer.model import Case
from prioritizer.ui import names, texts, view


def say(shown: view.View, key: str, /, **params: object) -> str:
    """A sentence of the import for a place that reads Markdown."""
    return texts.phrase(f"bringing.{key}", shown.lang, **params)


def bare(shown: view.View, key: str, /, **params: object) -> str:
    """A sentence of the import for a place that shows it as it is."""
    return locale.say(f"bringing.{key}", shown.lang, **params)


def plain(text: str) -> str:
    """A text for a place that reads Markdown, shown as it is."""
    return texts.plain(text)


def sender(case: Case, name: str, lang: str) -> str:
    """What a ministry or an assessor is called; else its id, or the name of its file."""
    if any(body.id == name for body in case.ministries.bodies):
        return names.ministry(case, name, lang)
    return pipeline.assessor_name(case, name, lang)


def remedy(fault: Fault, lang: str) -> str:
    """How to mend a fault: as the app does where the command line has options of its own."""
    key = f"bringing.remedy.{fault.code}"
    if key in locale.sentences(lang):
        return locale.say(key, lang, **fault.params)
    return locale.fault_remedy(fault, lang)


def cell(fault: Fault) -> str:
    """The cell of a fault, as Excel calls it: ``D7``."""
    return f"{fault.column or ''}{fault.row or ''}"
