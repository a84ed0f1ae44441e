"""Labels of years in costs: those of the funds, or four digits; whatever else is there is asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prioritizer.errors import Misread
from prioritizer.inputs.workbooks.sheet import Row

_FOUR = re.compile(r"[0-9]{4}")
_SAID = re.compile(r"(?:(?:năm|year)\s+)?([0-9]{4})(?:[.,]0+)?", re.IGNORECASE)
EARLIEST, LATEST = 2000, 2100
FAR = 15  # years from those of the funds, at most


@dataclass(frozen=True)
class Years:
    """The years that the funds are of; none where no scenario says them."""

    funded: Sequence[str] = ()

    def read(self, text: str) -> str:
        """The label of a year: ``Năm 2026`` and ``2026.0`` are 2026. Raises :class:`Misread`."""
        if not text:
            return ""
        said = _SAID.fullmatch(text)
        label = said[1] if said else text
        if label.casefold() in {each.casefold() for each in self.funded}:
            return label
        first, last = self._bounds()
        if not said or not first <= int(label) <= last:
            raise Misread("year_not_known", text=text[:40], first=first, last=last)
        return label

    def _bounds(self) -> tuple[int, int]:
        near = [int(year) for label in self.funded for year in _FOUR.findall(label)]
        return (min(near) - FAR, max(near) + FAR) if near else (EARLIEST, LATEST)

    def unfunded(self, rows: Sequence[Row]) -> tuple[tuple[str, int], ...]:
        """The years of costs that no fund is of, each with how many projects have costs in it."""
        known = {label.casefold() for label in self.funded}
        costs = [row for row in rows if row.table == "costs" and known]
        projects: dict[str, set[str]] = {}
        for row in costs:
            if row.cells.get("year", "").casefold() not in known:
                projects.setdefault(row.cells.get("year", ""), set()).add(row.project.casefold())
        return tuple((year, len(projects[year])) for year in sorted(projects))
