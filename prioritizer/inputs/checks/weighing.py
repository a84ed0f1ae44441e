"""Weights, what was said about them, and exchange rates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from prioritizer.errors import Fault
from prioritizer.inputs.tables import nearest
from prioritizer.inputs.unchecked import Unchecked
from prioritizer.model import LARGEST_JUDGEMENT, LARGEST_RATE, MOST_COMPARED, ROOT, Elicitation
from prioritizer.money import decimal_text

_KEYS = ("weights", "weights_by_class", "elicitation", "exchange_rate")
_FULL_SWING = 100

Path = tuple[Any, ...]


def weights_have_criteria(unchecked: Unchecked) -> Iterator[Fault]:
    """Where the register gives values, nothing is weighed."""
    if unchecked.criteria is None and unchecked.values_given:
        for key in _KEYS:
            if getattr(unchecked.scenario, key):
                yield unchecked.fault("weights_without_criteria", (key,), key=key)


def weights(unchecked: Unchecked) -> Iterator[Fault]:
    """Weights are of criteria that there are, whole sets of siblings, each summing to one."""
    yield from _whole_sets(unchecked, unchecked.scenario.weights, ("weights",))
    for class_, given in unchecked.scenario.weights_by_class.items():
        yield from _whole_sets(unchecked, given, ("weights_by_class", class_))


def _whole_sets(unchecked: Unchecked, given: Mapping[str, Fraction], path: Path) -> Iterator[Fault]:
    if unchecked.criteria is None:
        return
    nodes = {node.id for siblings in unchecked.criteria.sibling_sets() for node in siblings}
    for name in given:
        if name not in nodes:
            yield unchecked.fault("unknown_criterion_weight", (*path, name), text=name)
    for siblings in unchecked.criteria.sibling_sets():
        weighed = [node.id for node in siblings if node.id in given]
        missing = [node.id for node in siblings if node.id not in given]
        if weighed and missing:
            yield unchecked.fault("weights_incomplete", (*path, weighed[0]), missing=", ".join(missing))
        elif weighed and sum(given[name] for name in weighed) != 1:
            names, total = ", ".join(weighed), sum((given[name] for name in weighed), Fraction(0))
            yield unchecked.fault("weights_sum", (*path, weighed[0]), names=names, total=decimal_text(total))


def rates_are_reasonable(unchecked: Unchecked) -> Iterator[Fault]:
    """A rate beyond any reason is a slip of the pen."""
    for class_, rate in unchecked.scenario.exchange_rate.items():
        if rate > LARGEST_RATE:
            path = ("exchange_rate", class_)
            yield unchecked.fault("rate_too_large", path, text=decimal_text(rate), most=LARGEST_RATE)


def statements_have_ids_of_their_own(unchecked: Unchecked) -> Iterator[Fault]:
    """Two statements of one id; ids that are made here follow from what they are over."""
    seen: dict[str, tuple[int, bool]] = {}
    for at, each in enumerate(unchecked.scenario.elicitation):
        name, made = each.id.casefold(), each.id_ is None
        line, also_made = seen.get(name, (0, True))
        if name in seen and not (made and also_made):
            yield unchecked.fault("duplicate_key", ("elicitation", at, "id"), key=each.id, first=line)
        seen.setdefault(name, (unchecked.node.find(("elicitation", at)).line, made))


def statements_do_not_conflict(unchecked: Unchecked) -> Iterator[Fault]:
    """One set of siblings has one statement per class, and none beside weights stated outright."""
    if unchecked.criteria is None:
        return
    families, seen = dict(unchecked.criteria.families()), dict[tuple[str, str], int]()
    for at, each in enumerate(unchecked.scenario.elicitation):
        key, path = (each.parent, each.class_ or ""), ("elicitation", at)
        outright: Path = ("weights",) if each.class_ is None else ("weights_by_class", each.class_)
        stated = unchecked.scenario.weights
        if each.class_ is not None:
            stated = unchecked.scenario.weights_by_class.get(each.class_, {})
        names = [node.id for node in families.get(each.parent, ()) if node.id in stated]
        if key in seen:
            yield unchecked.fault("statements_conflict", path, over=each.over, first=seen[key])
        elif names:
            line = unchecked.node.find((*outright, names[0])).line
            yield unchecked.fault("statement_beside_weights", path, over=each.over, first=line)
        seen.setdefault(key, unchecked.node.find(path).line)


def statements_name_their_criteria(unchecked: Unchecked) -> Iterator[Fault]:
    """A statement is over a node with children and names each of them once."""
    if unchecked.criteria is None:
        return
    families = dict(unchecked.criteria.families())
    for at, each in enumerate(unchecked.scenario.elicitation):
        path = ("elicitation", at)
        if each.parent not in families:
            known = [ROOT, *(name for name in families if name)]
            yield unchecked.fault("statement_over_nothing", (*path, "over"), **nearest(each.over, known))
            continue
        names, said = [node.id for node in families[each.parent]], (*each.named, *each.leave_out)
        for name in dict.fromkeys(said):
            if name not in names:
                near = nearest(name, names)
                yield unchecked.fault("statement_names_another", _place(each, at, name), **near)
        missing = [name for name in names if name not in said]
        if missing:
            yield unchecked.fault("statement_incomplete", (*path, each.method), missing=", ".join(missing))
        for name in (name for name, times in Counter(said).items() if times > 1 and name in names):
            yield unchecked.fault("statement_repeats", _place(each, at, name), text=name)
        if not missing and not each.named:
            yield unchecked.fault("statement_weighs_nothing", path)


def _place(each: Elicitation, at: int, name: str) -> Path:
    if name in each.leave_out:
        return ("elicitation", at, "leave_out")
    path = ("elicitation", at, each.method)
    return path if each.rank is not None else (*path, name)


def swings_are_of_a_hundred(unchecked: Unchecked) -> Iterator[Fault]:
    """Swings are positive, the greatest 100."""
    for at, each in enumerate(unchecked.scenario.elicitation):
        swings, path = each.swing or {}, ("elicitation", at, "swing")
        for name, swing in swings.items():
            if swing <= 0:
                yield unchecked.fault("swing_not_positive", (*path, name), criterion=name)
        if swings and max(swings.values()) != _FULL_SWING:
            yield unchecked.fault("swing_without_full", path, most=decimal_text(max(swings.values())))


def judgements_are_complete(unchecked: Unchecked) -> Iterator[Fault]:
    """Every pair is judged once, on the scale, or both ways round without contradiction."""
    for at, each in enumerate(unchecked.scenario.elicitation):
        if each.pairwise is None:
            continue
        path, names = ("elicitation", at, "pairwise"), each.named
        if len(names) > MOST_COMPARED:
            yield unchecked.fault("too_many_compared", path, count=len(names), most=MOST_COMPARED)
        yield from _judgements(unchecked, path, each.pairwise)
        said = {frozenset((a, b)) for a, others in each.pairwise.items() for b in others}
        missing = [f"{a}–{b}" for a, b in combinations(names, 2) if {a, b} not in said]
        if missing:
            yield unchecked.fault("judgements_missing", path, missing=_first(missing))


def _judgements(
    unchecked: Unchecked, path: Path, pairwise: Mapping[str, Mapping[str, Fraction]]
) -> Iterator[Fault]:
    for a, others in pairwise.items():
        for b, times in others.items():
            if a == b:
                yield unchecked.fault("judgement_of_itself", (*path, a, b), criterion=a)
            elif not Fraction(1, LARGEST_JUDGEMENT) <= times <= LARGEST_JUDGEMENT:
                yield unchecked.fault("judgement_off_scale", (*path, a, b), text=decimal_text(times))
            back = pairwise.get(b, {}).get(a)
            if a < b and back is not None and back * times != 1:
                params = {"more": a, "less": b, "times": decimal_text(times), "back": decimal_text(back)}
                yield unchecked.fault("judgements_contradict", (*path, a, b), **params)


def intervals_can_sum_to_one(unchecked: Unchecked) -> Iterator[Fault]:
    """Every interval has its ends in order, and weights within them can sum to one."""
    for at, each in enumerate(unchecked.scenario.elicitation):
        intervals, path = each.intervals or {}, ("elicitation", at, "intervals")
        crossed = [name for name, (low, high) in intervals.items() if low > high]
        for name in crossed:
            low, high = map(decimal_text, intervals[name])
            yield unchecked.fault("weights_crossed", (*path, name), criterion=name, low=low, high=high)
        if crossed or not intervals:
            continue
        least, most = (sum((ends[end] for ends in intervals.values()), Fraction(0)) for end in (0, 1))
        if least > 1:
            yield unchecked.fault("intervals_above_one", path, total=decimal_text(least))
        elif most < 1:
            yield unchecked.fault("intervals_below_one", path, total=decimal_text(most))


def _first(names: Sequence[str], most: int = 10) -> str:
    return ", ".join(names[:most]) + (f", … ({len(names)})" if len(names) > most else "")
