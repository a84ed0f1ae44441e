"""Lines folded to the width of the terminal they are printed on; what is piped or saved stays as it is."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Iterable

_LEAST_WIDTH = 40
_START = re.compile(r" *(?:- )?")


def screen_width() -> int | None:
    """The columns of the terminal that standard output is; ``None`` where it is none."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return max(_LEAST_WIDTH, shutil.get_terminal_size().columns)


def folded(lines: Iterable[str], width: int | None) -> list[str]:
    """Prose that is wider than ``width`` on several lines, the further ones under the first one's text;
    rows of tables, which have gaps in them, stay whole."""
    if width is None:
        return list(lines)
    return [part for line in lines for part in _parts(line, width)]


def _parts(line: str, width: int) -> list[str]:
    start = _START.match(line)
    indent = start.end() if start else 0
    if len(line) <= width or "  " in line[indent:]:
        return [line]
    parts = textwrap.wrap(line[indent:], width - indent, break_long_words=False, break_on_hyphens=False)
    return [line[:indent] + parts[0], *(" " * indent + part for part in parts[1:])]
