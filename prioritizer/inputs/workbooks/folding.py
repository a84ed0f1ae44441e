"""Texts as people compare them: what does not matter (case, blanks, forms of a letter) is folded away.

Unlike a search, tones and marks count here: they tell words apart. Only where the tone stands does not
(``hòa`` is ``hoà``), nor the choice of y or i after a consonant (``tỷ`` is ``tỉ``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}
_D = str.maketrans({"\u00d0": "đ", "\u0189": "đ", "\u00f0": "đ", "\u0256": "đ", "Đ": "đ"})
_GAP = re.compile(r"[^\w.]+|_+|\.(?!\w)|(?<!\w)\.")
_FINAL_Y = re.compile(r"\b([hklmst])y(?=\d*\b)")
_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def visible(text: str) -> str:
    """The text as it is kept: composed, without zero-width signs, with plain line ends and no blank ends."""
    if not text.isprintable():
        text = text.translate(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    plain = text.strip()
    return plain if unicodedata.is_normalized("NFC", plain) else unicodedata.normalize("NFC", plain)


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """The text as it is compared: words of letters, digits and inner points, one blank between them."""
    plain = unicodedata.normalize("NFKC", text.translate(_D))
    plain = "".join(char for char in plain if unicodedata.category(char) != "Cf").casefold()
    words = _GAP.sub(" ", unicodedata.normalize("NFC", plain)).split()
    return _FINAL_Y.sub(r"\1i", " ".join(_toneless_but_for_its_end(word) for word in words))


def _toneless_but_for_its_end(word: str) -> str:
    """The word's letters, then its tones: the place of a tone is a matter of taste."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    tones = "".join(sorted(part for part in parts if part in _TONES))
    rest = "".join(part for part in parts if part not in _TONES)
    return unicodedata.normalize("NFC", rest) + "".join(f"{ord(tone):x}" for tone in tones)
