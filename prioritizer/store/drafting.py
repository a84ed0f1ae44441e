"""What a draft is: steps of changes by place, of which some may be undone; and how its file puts it."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from prioritizer.store.trees import ABSENT, Place, Value, plain

SERIES_SECONDS = 5.0
MOST_STEPS = 300  # that can be undone; older ones become one
LARGEST_BYTES = 16 * 1024 * 1024
_FORMAT = 1
_ID = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True)
class Step:
    """One accepted change. ``what`` names its kind (``weights``, ``limits``, …); steps of one ``series``
    that follow within seconds, such as the moves of one slider, become one."""

    what: str
    at: datetime
    changes: Mapping[Place, Value]
    series: str = ""

    def goes_on(self, last: Step) -> bool:
        """Whether this step is one with the last."""
        seconds = (self.at - last.at).total_seconds()
        return bool(self.series) and self.series == last.series and 0 <= seconds <= SERIES_SECONDS


@dataclass(frozen=True)
class Draft:
    """What is tried on the scenario ``scenario``, from the file with the digest ``started_sha256``.

    The first ``done`` of its steps count; the others are undone and can be done again.
    """

    id: str
    scenario: str
    started_sha256: str
    steps: tuple[Step, ...] = ()
    done: int = 0

    @property
    def counted(self) -> tuple[Step, ...]:
        """The steps that are not undone."""
        return self.steps[: self.done]

    @property
    def changes(self) -> dict[Place, Value]:
        """What the steps that count come to."""
        return together(step.changes for step in self.counted)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self.done > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return self.done < len(self.steps)

    @property
    def since(self) -> datetime | None:
        """When the last step was made; ``None`` before the first."""
        return self.steps[-1].at if self.steps else None

    def with_step(self, step: Step) -> Draft:
        """The draft with one more step, or with its last one going on; undone ones are gone."""
        kept = self.counted
        if kept and step.goes_on(kept[-1]):
            step = replace(step, changes=together((kept[-1].changes, step.changes)))
            kept = kept[:-1]
        steps = _bounded((*kept, step))
        return replace(self, steps=steps, done=len(steps))

    def moved(self, by: int) -> Draft:
        """The draft with as many more steps counting, as far as there are."""
        return replace(self, done=min(max(self.done + by, 0), len(self.steps)))


def _bounded(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps, the oldest as one where there are too many."""
    first, last = steps[: 1 - MOST_STEPS], steps[1 - MOST_STEPS :]
    if len(steps) <= MOST_STEPS:
        return steps
    return (replace(first[-1], changes=together(step.changes for step in first)), *last)


def new_id() -> str:
    """An id that no other draft has."""
    return secrets.token_hex(4)


def is_draft_id(text: str) -> bool:
    """Whether a text can be the id of a draft, and so the name of its file."""
    return _ID.fullmatch(text) is not None


def together(several: Iterable[Mapping[Place, Value]]) -> dict[Place, Value]:
    """Changes made one after the other as one: a later one replaces those at its place and below it."""
    result: dict[Place, Value] = {}
    for changes in several:
        for place, value in changes.items():
            for other in [each for each in result if each[: len(place)] == place]:
                del result[other]
            result[place] = value
    return result


# ------------------------------------------------------------------ as a file


def written(draft: Draft) -> bytes:
    """The draft's file."""
    tree = {
        "format": _FORMAT,
        "id": draft.id,
        "scenario": draft.scenario,
        "started_sha256": draft.started_sha256,
        "done": draft.done,
        "steps": [_step_tree(step) for step in draft.steps],
    }
    return json.dumps(tree, ensure_ascii=False, indent=1).encode() + b"\n"


def _step_tree(step: Step) -> dict[str, Any]:
    changes = [
        {"place": list(place)} | ({} if value is ABSENT else {"value": value})
        for place, value in step.changes.items()
    ]
    return {"what": step.what, "at": step.at.isoformat(), "series": step.series, "changes": changes}


def read(content: bytes, scenario: str, name: str) -> Draft:
    """The draft called ``name`` of a scenario in a file's bytes. Raises ``ValueError`` for any other file."""
    try:
        tree = json.loads(content.decode("utf-8"), parse_float=_no_number, parse_constant=_no_number)
        draft = _draft(tree)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a draft: {type(error).__name__}") from None
    sound = tree["format"] == _FORMAT and 0 <= draft.done <= len(draft.steps)
    if not sound or (draft.id, draft.scenario.casefold()) != (name, scenario.casefold()):
        raise ValueError("not a draft of this scenario")
    return draft


def _draft(tree: dict[str, Any]) -> Draft:
    steps = tuple(_step(each) for each in tree["steps"])
    name, scenario, started = (_text(tree[key]) for key in ("id", "scenario", "started_sha256"))
    return Draft(name, scenario, started, steps, _whole(tree["done"]))


def _step(tree: dict[str, Any]) -> Step:
    at = datetime.fromisoformat(tree["at"])
    changes = {_place(each["place"]): plain(each.get("value", ABSENT)) for each in tree["changes"]}
    return Step(_text(tree["what"]), at.astimezone(UTC), changes, _text(tree["series"]))


def _place(steps: list[object]) -> Place:
    if not steps:
        raise ValueError("a change without a place")
    return tuple(_text(each) for each in steps)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("whole number expected")
    return value


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is not exact")
