"""What a page shows: one case in one language, as saved and as being tried."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from prioritizer import pipeline
from prioritizer.errors import Fault, InputFaults
from prioritizer.model import Case
from prioritizer.results import Evaluation, Prices
from prioritizer.ui import answers, state, texts


@dataclass(frozen=True)
class View:
    """A scenario in one language: ``saved`` as its file has it, ``case`` under the draft that is open.

    ``draft`` is ``None`` where none is open. ``trouble`` says why a draft cannot be used; ``case`` is then as
    saved.
    """

    lang: str
    saved: Case
    case: Case
    draft: pipeline.Draft | None = None
    trouble: tuple[Fault, ...] = ()

    @property
    def id(self) -> str:
        """The scenario's id."""
        return self.saved.scenario.id

    @cached_property
    def path(self) -> Path:
        """The scenario's file, or where it was if it is gone by now."""
        there = pipeline.scenario_paths() or [pipeline.SCENARIOS / "baseline.yaml"]
        return next((path for path in there if path.stem == self.id), there[0].with_name(f"{self.id}.yaml"))

    @property
    def saved_sha256(self) -> str:
        """The digest of the scenario's file as it was read."""
        return next(file.sha256 for file in self.saved.inputs if file.role == "scenario")

    @property
    def overtaken(self) -> bool:
        """Whether the scenario was saved by another since the draft was begun."""
        return self.draft is not None and self.draft.started_sha256 != self.saved_sha256

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


def standing() -> View | None:
    """The view of this session as it stands by now, for what a widget reports; ``None`` where it cannot be
    had any more, which the page says as soon as it is drawn."""
    try:
        return current() if pipeline.scenario_paths() else None
    except InputFaults:
        return None


def of(path: Path, lang: str) -> View:
    """The view of one scenario file, under its draft that is open."""
    saved = answers.loaded(path)
    draft = None
    try:
        draft = state.draft(path)
        if draft is None or not draft.done:
            return View(lang, saved, saved, draft)
        return View(lang, saved, answers.drafted(path, draft), draft)
    except InputFaults as found:
        return View(lang, saved, saved, draft, found.faults)
