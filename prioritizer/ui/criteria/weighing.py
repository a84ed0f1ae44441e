"""What is done to weights, as changes by place: set outright, stated, taken from elsewhere, valued by class.

Pure: a case in, the changes of one draft step out. Weights of a set and a statement for the same projects
never stand side by side, so one takes the place of the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from prioritizer import pipeline
from prioritizer.model import ROOT, Case, Elicitation, Scenario

Changes = dict[tuple[str, ...], Any]
KEYS = ("weights", "weights_by_class", "elicitation", "exchange_rate")


def outright(case: Case, parent: str, class_: str, weights: Mapping[str, Fraction]) -> Changes:
    """The weights of a set of siblings stated outright, for a class or (blank) for all."""
    above = _above(class_)
    return _unsaid(case, parent, class_) | {(*above, name): weight for name, weight in weights.items()}


def stated(case: Case, said: Mapping[str, Any]) -> Changes:
    """A statement, as a file says it, in the place of whatever weighed its set for its projects before."""
    each = Elicitation.model_validate(said)
    return (
        _unstated(case, each.parent, each.class_ or "")
        | _unsaid(case, each.parent, each.class_ or "")
        | {("elicitation", each.id): dict(said)}
    )


def under(case: Case, said: Elicitation) -> Case:
    """The case under a statement that nobody has taken over yet."""
    scenario, own = case.scenario, _family(case, said.parent)
    by_class = {
        name: {each: weight for each, weight in given.items() if name != said.class_ or each not in own}
        for name, given in scenario.weights_by_class.items()
    }
    weights = {each: weight for each, weight in scenario.weights.items() if said.class_ or each not in own}
    others = (
        each for each in scenario.elicitation if (each.parent, each.class_) != (said.parent, said.class_)
    )
    return case.revised(weights=weights, weights_by_class=by_class, elicitation=(*others, said))


def general_again(case: Case, parent: str, class_: str) -> Changes:
    """A class weighs a set as everybody does: no weights and no statement of its own."""
    return _unstated(case, parent, class_) | _unsaid(case, parent, class_)


def rate(case: Case, class_: str, worth: Fraction) -> Changes:
    """What a point of a class is worth; 1 goes without saying."""
    kept = {str(name) for name in case.scenario.exchange_rate} - {class_}
    if worth != 1:
        return {("exchange_rate", class_): worth}
    return {("exchange_rate", class_) if kept else ("exchange_rate",): pipeline.ABSENT}


def taken_from(case: Case, other: Scenario) -> Changes:
    """The weights, statements and rates of another scenario, or of this one at another time."""
    wanted = {key: getattr(other, key) for key in KEYS}
    return dict(pipeline.changes_between(case.scenario, case.scenario.model_copy(update=wanted)))


def _above(class_: str) -> tuple[str, ...]:
    return ("weights_by_class", class_) if class_ else ("weights",)


def _family(case: Case, parent: str) -> list[str]:
    assert case.criteria is not None
    return [node.id for node in dict(case.criteria.families())[parent]]


def _unstated(case: Case, parent: str, class_: str) -> Changes:
    """Takes away the weights of a set that are stated outright; a map that nothing is left in goes whole."""
    by_class = {str(name): weights for name, weights in case.scenario.weights_by_class.items()}
    given = by_class.get(class_, {}) if class_ else case.scenario.weights
    own = [name for name in _family(case, parent) if name in given]
    if own and len(own) == len(given):
        whole = ("weights_by_class",) if class_ and len(by_class) == 1 else _above(class_)
        return {whole: pipeline.ABSENT}
    return {(*_above(class_), name): pipeline.ABSENT for name in own}


def _unsaid(case: Case, parent: str, class_: str) -> Changes:
    """Takes away what was said about a set for the same projects."""
    over = parent or ROOT
    return {
        ("elicitation", each.id): pipeline.ABSENT
        for each in case.scenario.elicitation
        if each.over == over and (each.class_ or "") == class_
    }
