"""Where weights come from, in sentences: who said what, how consistent it is, what a class is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from prioritizer import locale
from prioritizer.explanation.words import day_text
from prioritizer.model import CLASSES, Case, Elicitation
from prioritizer.scoring.elicitation import Heard
from prioritizer.scoring.pairwise import ACCEPTABLE, Compared
from prioritizer.scoring.weights import UNCLASSED, Weighing, exchange_rate, weighings

_OF_CLASS = ("by_class", "elicited_by_class")


def classes_apart(case: Case) -> list[str]:
    """The classes for which somebody said something of their own, in their usual order."""
    return [name for name in CLASSES if any(each.origin in _OF_CLASS for each in weighings(case, name))]


def words_spoken(case: Case) -> Iterator[tuple[str, Weighing]]:
    """Every set of siblings by class: as it weighs in general, then for classes with a word of their own."""
    of_class = {name: weighings(case, name) for name in classes_apart(case)}
    for at, general in enumerate(weighings(case)):
        yield UNCLASSED, general
        for name, found in of_class.items():
            if found[at].origin in _OF_CLASS:
                yield name, found[at]


def class_label(case: Case, name: str, lang: str) -> str:
    """A class in words; the blank one is all projects, or those of classes without a word of their own."""
    if name != UNCLASSED:
        return locale.say(f"terms.class.{name}", lang)
    return locale.say("weights.others" if classes_apart(case) else "weights.everybody", lang)


def describe_weighing(case: Case, class_: str, each: Weighing, lang: str) -> list[str]:
    """On whose word a set of siblings weighs what it does for a class."""
    names = _names(case, lang)
    over = names.get(each.parent) or locale.say("weights.root", lang)
    place = locale.say("weights.place", lang, over=over, classes=_for_whom(case, class_, each.parent, lang))
    if each.heard is None:
        origin = "direct" if each.origin == "by_class" else each.origin
        return [place + locale.say(f"weights.origin.{origin}", lang)]
    said = place + _heard(each.heard, names, lang)
    mend = [] if each.heard.compared is None else describe_consistency(each.heard.compared, names, lang)
    return [said, _who(each.heard.statement, lang), *mend]


def describe_consistency(found: Compared, names: Mapping[str, str], lang: str) -> list[str]:
    """How far pairwise judgements contradict each other, and which to mend."""
    if not found.ratio:
        return [locale.say("weights.consistent", lang)]
    state = "acceptable" if found.acceptable else "contradictory"
    said = [
        locale.say(
            f"weights.{state}",
            lang,
            eigenvalue=locale.number(found.largest_eigenvalue, lang, 4),
            ratio=locale.number(found.ratio, lang, 3),
            bound=locale.number(ACCEPTABLE, lang, 2),
            random=locale.number(found.random_index, lang, 2),
        )
    ]
    return said + [
        locale.say(
            "weights.farthest" if each is found.mends[0] else "weights.far",
            lang,
            more=names[each.more],
            less=names[each.less],
            judgement=_times(each.judgement, lang),
            consistent=_times(each.consistent, lang),
            ratio=locale.number(each.ratio_then, lang, 3),
        )
        for each in (found.mends[:1] if found.acceptable else found.mends)
    ]


def describe_rates(case: Case, lang: str) -> list[str]:
    """What a point of every class is worth: an assumption, said to be one."""
    said = rates_in_short(case, lang)
    return [*said, locale.say("weights.rate_is_assumed" if said else "weights.no_rate", lang)]


def rates_in_short(case: Case, lang: str) -> list[str]:
    """The classes whose points count for more or less than others'; none where all count the same."""
    return [
        locale.say(
            "weights.rate",
            lang,
            classes=locale.say(f"terms.class.{name}", lang),
            points=_plain(rate * 100, lang),
        )
        for name in CLASSES
        if (rate := exchange_rate(case, name)) != 1
    ]


def _for_whom(case: Case, class_: str, parent: str, lang: str) -> str:
    """A class in words; the blank one is the projects of classes without a word of their own on this set."""
    of_class = [each for name, each in words_spoken(case) if name and each.parent == parent]
    if class_ == UNCLASSED and not of_class:
        return locale.say("weights.everybody", lang)
    return class_label(case, class_, lang)


def _names(case: Case, lang: str) -> dict[str, str]:
    assert case.criteria is not None
    return {node.id: node.name.into(lang) for siblings in case.criteria.sibling_sets() for node in siblings}


def _heard(heard: Heard, names: Mapping[str, str], lang: str) -> str:
    statement = heard.statement
    told = _told(statement, names, lang)
    said = locale.say(f"weights.origin.{statement.method}", lang, told=told)
    if heard.tightened is not None and heard.tightened != statement.intervals:
        left = _spans(heard.tightened, names, lang)
        said += locale.say("weights.tightened", lang, told=left)
    if not statement.leave_out:
        return said
    left = ", ".join(names[name] for name in statement.leave_out)
    return said + locale.say("weights.left_out", lang, names=left)


def _told(statement: Elicitation, names: Mapping[str, str], lang: str) -> str:
    """What was said, in short."""
    if statement.swing is not None:
        greatest = sorted(statement.swing.items(), key=lambda each: (-each[1], each[0]))
        return ", ".join(f"{names[name]} {_plain(swing, lang)}" for name, swing in greatest)
    if statement.rank is not None:
        places = (" = ".join(names[name] for name in place) for place in statement.rank)
        return " > ".join(places)
    if statement.pairwise is not None:
        return locale.number(len(statement.named) * (len(statement.named) - 1) // 2, lang, 0)
    return _spans(statement.intervals or {}, names, lang)


def _spans(intervals: Mapping[str, tuple[Fraction, Fraction]], names: Mapping[str, str], lang: str) -> str:
    return ", ".join(
        f"{names[name]} {locale.percent(low, lang)}–{locale.percent(high, lang)}"
        for name, (low, high) in intervals.items()
    )


def _who(statement: Elicitation, lang: str) -> str:
    return locale.say(
        "weights.who",
        lang,
        by=statement.by.into(lang),
        day=day_text(statement.at, lang),
        why=statement.why.into(lang),
    )


def _times(ratio: Fraction, lang: str) -> str:
    return f"1/{_plain(1 / ratio, lang)}" if ratio < 1 else _plain(ratio, lang)


def _plain(number: Fraction, lang: str) -> str:
    return locale.number(number, lang, locale.digits_needed(number, 2))
