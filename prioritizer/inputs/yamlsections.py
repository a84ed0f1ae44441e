"""A YAML text cut where its entries begin, so that what stayed the same need not be parsed again.

Only texts of which the cut is sure are cut: every piece begins with a plain key at the start of a line, and
no mark of YAML's reaches beyond a piece. A piece that is in the middle of something, such as a quotation that
goes on, is no YAML by itself; whoever parses the pieces finds that, and parses the whole.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

MOST = 64  # a scenario has fewer; beginning to parse costs a little every time
_KEY = re.compile(r"^[A-Za-z_][A-Za-z0-9_-]*:(?=[ \r\n]|\Z)", re.MULTILINE)
_BEFORE = re.compile(r"(?: *(?:#[^\n]*)?\r?\n)*")
_HEAD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*:")
_ENTRY = re.compile(
    r"(?P<column> +)(?P<key>[A-Za-z_][A-Za-z0-9_-]*): "
    r'(?:(?P<plain>[A-Za-z0-9][A-Za-z0-9_./-]*)|"(?P<quoted>[A-Za-z0-9_./-]+)")'
)
# Marks of documents and directives; ends of lines that only YAML knows.
_NOT_CUT = re.compile(r"^(?:---|\.\.\.|%)|[\x85\u2028\u2029]|\r(?!\n)", re.MULTILINE)


def sections(text: str) -> list[tuple[int, str]]:
    """The pieces with the number of lines before each; none where the text is better parsed whole."""
    starts = [found.start() for found in _KEY.finditer(text)]
    if not 2 <= len(starts) <= MOST or _NOT_CUT.search(text) or not _BEFORE.fullmatch(text, 0, starts[0]):
        return []
    pieces = [text[start:end] for start, end in pairwise([0, *starts[1:], len(text)])]
    lines = accumulate((piece.count("\n") for piece in pieces), initial=0)
    return list(zip(lines, pieces, strict=False))


def entries(section: str) -> dict[str, tuple[str, bool]] | None:
    """What a section of nothing but short entries says, line by line: each value's text and whether it is
    quoted; ``None`` for any other section. The first line is the section's own key with nothing after it."""
    head, *lines = section.removesuffix("\n").split("\n")
    if not lines or not _HEAD.fullmatch(head):
        return None
    found = [_ENTRY.fullmatch(line) for line in lines]
    named = {each["key"]: (each["plain"] or each["quoted"], each["plain"] is None) for each in found if each}
    same_column = len({each["column"] for each in found if each}) == 1
    return named if len(named) == len(lines) and same_column else None
