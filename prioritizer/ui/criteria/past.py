"""The weights that a scenario had: in every version that is kept and after every step of what is being
tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pandas as pd
import streamlit as st

from prioritizer import inputs, locale, pipeline
from prioritizer.errors import InputFaults
from prioritizer.model import CLASSES, Case
from prioritizer.scoring.weights import exchange_rate
from prioritizer.ui import answers, names, view
from prioritizer.ui.criteria import weighing
from prioritizer.ui.questions import words

Weights = Mapping[str, Mapping[str, Fraction]]
_MOST_VERSIONS = 50


@dataclass(frozen=True)
class Moment:
    """A time at which the weights became what they were then; ``kind`` is ``saved`` or ``tried``."""

    at: datetime
    kind: str
    case: Case

    @property
    def weights(self) -> Weights:
        """By class, the blank one for all: every node's weight among its siblings; the rates under
        ``rate``."""
        own = {name: pipeline.node_weights(self.case, name) for name in ("", *CLASSES)}
        return own | {"rate": {name: exchange_rate(self.case, name) for name in CLASSES}}


def moments(shown: view.View) -> list[Moment]:
    """Every time at which the weights changed, the oldest first; versions that cannot be read are passed
    over."""
    found = list[Moment]()
    for each in (*_saved(shown), *_tried(shown)):
        if each.case.criteria is not None and (not found or each.weights != found[-1].weights):
            found.append(each)
    return found


def same_tree(one: Case, other: Case) -> bool:
    """Whether both weigh the same criteria, set by set."""
    return _tree(one) == _tree(other)


def changed(before: Weights, after: Weights, case: Case, lang: str) -> list[str]:
    """What weighs otherwise after than before, in words; a class where it has weights of its own."""
    said = []
    for class_ in ("", *CLASSES):
        for name, then in after[class_].items():
            was = before[class_].get(name)
            follows = class_ and (was, then) == (before[""].get(name), after[""][name])
            if was is not None and was != then and not follows:
                said.append(_moved(case, class_, name, was, then, lang))
    for class_, then in after["rate"].items():
        if (was := before["rate"][class_]) != then:
            worth = [locale.number(each, lang, locale.digits_needed(each, 4)) for each in (was, then)]
            classes = words.for_whom(class_, lang)
            said.append(
                locale.say("questions.history.rate", lang, classes=classes, was=worth[0], then=worth[1])
            )
    return said


def beside(now: Case, other: Case, lang: str) -> pd.DataFrame:
    """A row per criterion whose weight differs between two scenarios, as text; general weights."""
    own, theirs = pipeline.node_weights(now), pipeline.node_weights(other)
    rows = [
        (node.name.into(lang), locale.percent(own[node.id], lang), locale.percent(theirs[node.id], lang))
        for node in names.nodes(now)
        if own[node.id] != theirs[node.id]
    ]
    columns = [locale.say(f"questions.history.{name}", lang) for name in ("criterion", "own", "theirs")]
    return pd.DataFrame(rows, columns=columns)


def over_time(found: Iterable[Moment], parent: str, lang: str) -> tuple[pd.DataFrame, list[str]]:
    """A row per time with the percents of one set of criteria, and what these are called; of one tree."""
    several = list(found)
    assert several[-1].case.criteria is not None
    siblings = dict(several[-1].case.criteria.families())[parent]
    called = [node.name.into(lang) for node in siblings]
    rows = [
        (
            f"{at}. {when(each, lang)}",
            *(float(each.weights[""].get(node.id, Fraction(0)) * 100) for node in siblings),
        )
        for at, each in enumerate(several, 1)
    ]
    return pd.DataFrame(rows, columns=["version", *called]), called


def when(each: Moment, lang: str) -> str:
    """A time as people write it, on this machine's clock."""
    own = each.at.astimezone()
    return locale.say(
        f"questions.history.{each.kind}_at",
        lang,
        time=f"{own:%H:%M}",
        day=pipeline.day_text(f"{own:%Y-%m-%d}", lang),
    )


def _moved(case: Case, class_: str, name: str, was: Fraction, then: Fraction, lang: str) -> str:
    called = words.criterion(case, name, lang)
    if class_:
        called = locale.say(
            "questions.history.of_class", lang, name=called, classes=words.for_whom(class_, lang)
        )
    shares = {"was": locale.percent(was, lang), "then": locale.percent(then, lang)}
    return locale.say("questions.history.moved", lang, name=called, **shares)


def _saved(shown: view.View) -> Iterator[Moment]:
    """The versions kept, the oldest first, and the file as it stands."""
    kept = pipeline.versions(shown.path)[:_MOST_VERSIONS]
    about = answers.fingerprint(shown.saved)
    for version in reversed(kept):
        case = _read(str(shown.path), version.sha256, about, version)
        if case is not None:
            yield Moment(version.since, "saved", case)
    if not kept or kept[0].sha256 != shown.saved_sha256:
        since = datetime.fromtimestamp(shown.path.stat().st_mtime).astimezone()
        yield Moment(since, "saved", shown.saved)


def _tried(shown: view.View) -> Iterator[Moment]:
    """The steps of the draft that touch weights; of the ones that count."""
    draft = shown.draft
    for done, step in enumerate(draft.counted if draft else (), 1):
        if draft is not None and any(place[0] in weighing.KEYS for place in step.changes):
            yield Moment(step.at, "tried", answers.drafted(shown.path, replace(draft, done=done)))


@st.cache_resource(max_entries=512, show_spinner=False)
def _read(path: str, sha256: str, about: str, _version: pipeline.Version) -> Case | None:
    """The case of a version under the tables of now; ``None`` where it cannot be read any more."""
    try:
        content = pipeline.content_of(_version)
        return inputs.read_case(Path(path), pipeline.mode_of_operation(), content)
    except (InputFaults, OSError):
        return None


def _tree(case: Case) -> list[tuple[str, list[str]]]:
    families = case.criteria.families() if case.criteria else ()
    return [(parent, [node.id for node in siblings]) for parent, siblings in families]
