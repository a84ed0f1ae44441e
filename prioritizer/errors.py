"""What can go wrong, as data: codes and parameters here, sentences in ``locale``.

PrioritizerError
├── Misread      one text could not be read as what it should be (no place known yet)
├── InputFaults  the files at hand cannot be used: every fault at once (exit status 2)
└── Defect       the program contradicts itself (exit status 3)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one place of the input.

    ``row`` is the line of a text file, counted from 1 as editors do; ``column`` is the name of a
    table's column or the key of a scenario. What is not known is ``None``.
    """

    code: str
    file: str | None = None
    row: int | None = None
    column: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    sheet: str | None = None


class PrioritizerError(Exception):
    """The root of all errors raised on purpose."""


class Misread(PrioritizerError):
    """A text cannot be read; whoever knows its place turns this into a :class:`Fault`."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class InputFaults(PrioritizerError):
    """The input cannot be used; carries every fault found, in order of file and row."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set_of(faults), key=_place))
        super().__init__(f"{len(self.faults)} input fault(s): {', '.join(f.code for f in self.faults[:5])}")


class Defect(PrioritizerError):
    """The program found itself wrong; nothing it computed may be shown."""


def set_of(faults: Iterable[Fault]) -> list[Fault]:
    """The faults without repetitions, in the order in which they were found."""
    seen: dict[tuple[object, ...], Fault] = {}
    for fault in faults:
        key = (fault.code, fault.file, fault.sheet, fault.row, fault.column, repr(dict(fault.params)))
        seen.setdefault(key, fault)
    return list(seen.values())


def _place(fault: Fault) -> tuple[str, int, str]:
    return (fault.file or "", fault.row or 0, fault.column or "")
