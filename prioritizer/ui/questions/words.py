"""Sentences of the questioning, and what criteria and sets of them are called."""

from __future__ import annotations

from prioritizer import locale
from prioritizer.errors import Misread
from prioritizer.model import ROOT, Case, Criterion, Level
from prioritizer.money import read_ratio
from prioritizer.scoring.interview import Interview
from prioritizer.ui import names, texts

_SHARES = ("total", "by", "rest", "low", "high")  # told as percentages


def say(key: str, lang: str, /, **params: object) -> str:
    """A sentence for a place that reads Markdown; texts in its parameters are escaped."""
    return texts.phrase(f"questions.{key}", lang, **params)


def refusal(misread: Misread, lang: str) -> str:
    """Why something typed or chosen was not taken, and what to do instead."""
    shares = {name: _share(str(misread.params[name]), lang) for name in _SHARES if name in misread.params}
    return say(f"refused.{misread.code}", lang, **{**misread.params, **shares})


def _share(text: str, lang: str) -> str:
    share = read_ratio(text)
    return locale.percent(share, lang, locale.digits_needed(share * 100, 2))


def criterion(case: Case, name: str, lang: str) -> str:
    """What a node of the tree is called; an unknown id stands for itself."""
    return next((node.name.into(lang) for node in names.nodes(case) if node.id == name), name)


def over(case: Case, name: str, lang: str) -> str:
    """What the set of criteria below a node, or ``root``, is called."""
    if name in ("", ROOT):
        return locale.say("questions.over.root", lang)
    return locale.say("questions.over.within", lang, name=criterion(case, name, lang))


def for_whom(class_: str, lang: str) -> str:
    """The projects that weights are of."""
    return locale.say(f"terms.class.{class_}" if class_ else "weights.everybody", lang)


def headline(case: Case, held: Interview, lang: str) -> str:
    """Which questioning it is."""
    method = locale.say(f"questions.method.{held.method}.name", lang)
    classes, set_ = for_whom(held.class_, lang), over(case, held.over, lang)
    return locale.say("questions.headline", lang, method=method, over=set_, classes=classes)


def ends(node: Criterion, lang: str) -> str:
    """What the worst and the best of a criterion are, as far as its levels say."""
    if node.children:
        return locale.say("questions.ends.branch", lang, count=len(node.children))
    worst, best = _ends(node)
    if worst is None or best is None:
        return locale.say("questions.ends.bare", lang)
    said = [level.en if lang == "en" else level.vi for level in (worst, best)]
    return locale.say("questions.ends.leaf", lang, worst=said[0], best=said[1])


def _ends(leaf: Criterion) -> tuple[Level | None, Level | None]:
    if leaf.scale is None:
        by_points = sorted(leaf.levels, key=lambda level: level.value or 0)
        return by_points[0], by_points[-1]
    at = {level.score: level for level in leaf.levels}
    return at.get(leaf.scale.worst), at.get(leaf.scale.best)
