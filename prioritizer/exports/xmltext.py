"""Text for files that are made of XML."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text with a replacement character for each that XML cannot hold: the file would not open."""
    return _FORBIDDEN.sub("\ufffd", text)
