"""Asking about weights, one question at a time: what comes next, what may be answered, what it amounts to.

An :class:`Interview` is what was asked and answered so far. It can be left at any question, taken up again,
and gone back in; when nothing is left to ask, :func:`statement` says what a scenario file would say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal, get_args

from prioritizer.errors import Misread
from prioritizer.model import FULL, LARGEST_JUDGEMENT, MOST_COMPARED, Elicitation
from prioritizer.money import decimal_text, read_ratio

Method = Literal["swing", "rank", "pairwise", "intervals"]
METHODS: tuple[Method, ...] = get_args(Method)
FEWEST_ASKED = 2


@dataclass(frozen=True)
class Interview:
    """Who is asked about the criteria ``asked``, all below ``over``, in which of the four ways, and the
    answers.

    ``class_`` is blank for all projects; ``left_out`` are the criteria below ``over`` that are to weigh 0. An
    answer is a tuple of texts: ids of criteria, or exact numbers as files have them.
    """

    over: str
    class_: str
    method: Method
    by: str
    at: str
    why: str
    asked: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    answers: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Question:
    """What to ask next.

    ``first``: which of ``about`` to improve first; ``swing``: what ``about`` is worth beside ``against``,
    which is worth 100; ``next``: which of ``about`` come next in importance, equals together; ``pair``: how
    many times as important the first of ``about`` is as the second; ``interval``: the least and greatest
    weight of ``about``.
    """

    kind: Literal["first", "swing", "next", "pair", "interval"]
    about: tuple[str, ...]
    against: str = ""


def question(held: Interview) -> Question | None:
    """The next question; ``None`` where nothing is left to ask."""
    return _NEXT[held.method](held)


def progress(held: Interview) -> tuple[int, int]:
    """How much is answered, and of how much: questions, or of a rank order criteria with a place."""
    count = len(held.asked)
    if held.method == "rank":
        placed = sum(map(len, held.answers))
        return (count if count - placed < FEWEST_ASKED else placed), count
    return len(held.answers), count * (count - 1) // 2 if held.method == "pairwise" else count


def answered(held: Interview, answer: tuple[str, ...]) -> Interview:
    """The interview with one more answer. Raises :class:`Misread` for what is no answer to its question."""
    asked = question(held)
    if asked is None:
        raise Misread("nothing_asked")
    _CHECKS[asked.kind](held, asked, answer)
    return replace(held, answers=(*held.answers, answer))


def back(held: Interview) -> Interview:
    """The interview without its last answer."""
    return replace(held, answers=held.answers[:-1])


def statement(held: Interview) -> dict[str, Any]:
    """What was said, as a scenario file says it; nothing is left to ask."""
    of_class = {"class": held.class_} if held.class_ else {}
    left_out = {"leave_out": list(held.left_out)} if held.left_out else {}
    who = {"by": held.by, "at": held.at, "why": held.why}
    return {"over": held.over, **of_class, **who, held.method: _SAID[held.method](held), **left_out}


def elicitation(held: Interview) -> Elicitation:
    """The same as the noun that weights come from."""
    return Elicitation.model_validate(statement(held))


def pairs(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Every pair once; each criterion is compared with all before it, so that the first few are soon
    complete."""
    return tuple((names[i], names[j]) for j in range(1, len(names)) for i in range(j))


def judged(held: Interview) -> dict[tuple[str, str], Fraction]:
    """The pairwise judgements so far: how many times as important the first is as the second."""
    return {pair: read_ratio(times) for pair, (times,) in zip(pairs(held.asked), held.answers, strict=False)}


def too_many(held: Interview) -> bool:
    """Whether there are more criteria than may be compared pairwise."""
    return held.method == "pairwise" and len(held.asked) > MOST_COMPARED


# ---------------------------------------------------------------- what comes next


def _next_swing(held: Interview) -> Question | None:
    if not held.answers:
        return Question("first", held.asked)
    first, others = held.answers[0][0], _swung(held)
    return Question("swing", (others[len(held.answers) - 1],), first) if progress_left(held) else None


def _next_rank(held: Interview) -> Question | None:
    left = _unplaced(held)
    return Question("next", left) if len(left) >= FEWEST_ASKED else None


def _next_pair(held: Interview) -> Question | None:
    return Question("pair", pairs(held.asked)[len(held.answers)]) if progress_left(held) else None


def _next_interval(held: Interview) -> Question | None:
    return Question("interval", (held.asked[len(held.answers)],)) if progress_left(held) else None


def progress_left(held: Interview) -> int:
    """How much is left to answer."""
    done, whole = progress(held)
    return whole - done


def _swung(held: Interview) -> tuple[str, ...]:
    return tuple(name for name in held.asked if name != held.answers[0][0])


def _unplaced(held: Interview) -> tuple[str, ...]:
    placed = {name for place in held.answers for name in place}
    return tuple(name for name in held.asked if name not in placed)


# ---------------------------------------------------------------- what may be answered


def _check_choice(held: Interview, asked: Question, answer: tuple[str, ...]) -> None:
    wrong = not answer or not set(answer) <= set(asked.about) or len(set(answer)) < len(answer)
    if wrong or (asked.kind == "first" and len(answer) > 1):
        raise Misread("choice_missing")


def _check_swing(held: Interview, asked: Question, answer: tuple[str, ...]) -> None:
    if not 0 < read_ratio(answer[0]) <= FULL:
        raise Misread("swing_off_scale", text=answer[0])


def _check_pair(held: Interview, asked: Question, answer: tuple[str, ...]) -> None:
    if not Fraction(1, LARGEST_JUDGEMENT) <= read_ratio(answer[0]) <= LARGEST_JUDGEMENT:
        raise Misread("judgement_off_scale", text=answer[0])


def _check_interval(held: Interview, asked: Question, answer: tuple[str, ...]) -> None:
    """An interval that can hold together with those before it, and where it is the last, with all."""
    spans = [_span(each) for each in (*held.answers, answer)]
    low, high = spans[-1]
    if low > high:
        raise Misread("interval_crossed", low=answer[0], high=answer[1])
    if low < 0 or high > 1:
        raise Misread("share_out_of_range", text=answer[0] if low < 0 else answer[1])
    least, most = (sum((span[end] for span in spans), Fraction(0)) for end in (0, 1))
    if least > 1:
        raise Misread("least_above_whole", total=decimal_text(least), rest=decimal_text(1 - (least - low)))
    if progress_left(held) == 1 and most < 1:
        raise Misread("most_below_whole", total=decimal_text(most), rest=decimal_text(1 - (most - high)))


def _span(answer: tuple[str, ...]) -> tuple[Fraction, Fraction]:
    low, high = answer
    return read_ratio(low), read_ratio(high)


# ---------------------------------------------------------------- what it amounts to


def _said_swing(held: Interview) -> Mapping[str, str]:
    first, *others = (answer[0] for answer in held.answers)
    worth = {first: str(FULL)} | dict(zip(_swung(held), others, strict=True))
    return {name: worth[name] for name in held.asked}


def _said_rank(held: Interview) -> list[Any]:
    last = _unplaced(held)
    places = [*held.answers, *([last] if last else [])]
    return [place[0] if len(place) == 1 else list(place) for place in places]


def _said_pairs(held: Interview) -> Mapping[str, Mapping[str, str]]:
    said: dict[str, dict[str, str]] = {}
    for (one, other), (times,) in zip(pairs(held.asked), held.answers, strict=True):
        said.setdefault(one, {})[other] = times
    return said


def _said_intervals(held: Interview) -> Mapping[str, list[str]]:
    return {name: list(answer) for name, answer in zip(held.asked, held.answers, strict=True)}


_NEXT = {"swing": _next_swing, "rank": _next_rank, "pairwise": _next_pair, "intervals": _next_interval}
_CHECKS = {
    "first": _check_choice,
    "next": _check_choice,
    "swing": _check_swing,
    "pair": _check_pair,
    "interval": _check_interval,
}
_SAID = {"swing": _said_swing, "rank": _said_rank, "pairwise": _said_pairs, "intervals": _said_intervals}
