"""What was read before, by the digests of what it was read from: faults included, bounded, for all threads.

Only pure readings are kept: the same bytes under the same name and the same circumstances give the same
nouns and the same faults. Whoever gets a noun must not change it.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar, cast

from prioritizer.errors import Fault, InputFaults

T = TypeVar("T")
Key = tuple[Hashable, ...]


@dataclass(frozen=True)
class _Reading:
    """What came of a reading: a noun, or ``None`` and what it was stopped by; the faults found on the way."""

    noun: Any
    faults: tuple[Fault, ...]
    stopped_by: tuple[Fault, ...] | None


class Shelf:
    """The last ``most`` readings, each under its key."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, _Reading] = OrderedDict()
        self._lock = Lock()

    def read(self, key: Key, faults: list[Fault], read: Callable[[list[Fault]], T]) -> T:
        """What ``read`` gives for ``key``, read once; its faults are added to ``faults`` every time.

        Raises :class:`InputFaults` where ``read`` does, every time.
        """
        with self._lock:
            reading = self._kept.get(key)
            if reading is not None:
                self._kept.move_to_end(key)
        if reading is None:
            reading = _first(read)
            self._keep(key, reading)
        faults += reading.faults
        if reading.stopped_by is not None:
            raise InputFaults(reading.stopped_by)
        return cast(T, reading.noun)

    def _keep(self, key: Key, reading: _Reading) -> None:
        with self._lock:
            self._kept[key] = reading
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def _first(read: Callable[[list[Fault]], Any]) -> _Reading:
    faults: list[Fault] = []
    try:
        return _Reading(read(faults), tuple(faults), None)
    except InputFaults as found:
        return _Reading(None, tuple(faults), found.faults)


def digest_of(content: bytes) -> str:
    """The SHA-256 of what a file holds, as digits."""
    return hashlib.sha256(content).hexdigest()


CASES = Shelf(16)
TEXTS = Shelf(16)  # of scenarios under changes
TREES = Shelf(64)
SECTIONS = Shelf(512)
SAID = Shelf(16)
DOCUMENTS = Shelf(32)
TABLES = Shelf(12)  # large ones may take a hundred megabytes each
