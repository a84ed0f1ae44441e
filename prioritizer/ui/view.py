"""What a page shows: one case in one language, as saved and as being tried."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from prioritizer import pipeline
from prioritizer.model import Case
from prioritizer.results import Evaluation, Prices
from prioritizer.ui import answers, state, texts


@dataclass(frozen=True)
class View:
    """A scenario in one language: ``saved`` as its file has it, ``case`` under what is being tried."""

    lang: str
    saved: Case
    case: Case
    tried: state.Choices

    @property
    def id(self) -> str:
        """The scenario's id."""
        return self.saved.scenario.id

    @cached_property
    def evaluation(self) -> Evaluation:
        """The result under what is being tried."""
        return answers.assessed(self.case)

    @cached_property
    def prices(self) -> Prices | None:
        """What limits are worth and projects lack; ``None`` where there are no prices."""
        return answers.priced(self.evaluation)

    @cached_property
    def before(self) -> Evaluation:
        """The result of the scenario as saved."""
        return answers.assessed(self.saved)

    @property
    def proposed_classes(self) -> bool:
        """Whether some project's investment class is only proposed."""
        basis = self.case.register.columns.get("class_basis")
        return basis is not None and bool(basis.among(("proposed",)).any())

    def say(self, key: str, /, **params: object) -> str:
        """A sentence of the app."""
        return texts.say(key, self.lang, **params)

    def word(self, key: str) -> str:
        """A word of the glossary."""
        return texts.word(key, self.lang)


def current() -> View:
    """The view of this session. Raises ``InputFaults`` if the scenario's files cannot be used."""
    return of(state.scenario(pipeline.scenario_paths()), state.lang())


def of(path: Path, lang: str) -> View:
    """The view of one scenario file."""
    saved = answers.loaded(path)
    tried = state.choices(saved.scenario.id)
    return View(lang, saved, state.applied(saved, tried), tried)
