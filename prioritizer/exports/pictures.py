"""Charts as pictures for documents, drawn without the network and alike on every machine."""

from __future__ import annotations

import json
import struct
from functools import cache, lru_cache

from prioritizer.charts import Figure
from prioritizer.charts.printed import printed

_SCALE = 1.5  # dots to the unit that charts are drawn in: sharp on paper
_REMEMBERED = 8  # the same chart goes into several documents
_HEAD = struct.Struct(">8x8xII")  # of a PNG: its width and height


def picture(figure: Figure) -> bytes:
    """A chart as PNG, in the bundled typeface; the same chart gives the same bytes."""
    return _drawn(json.dumps(printed(figure), ensure_ascii=False, sort_keys=True))


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a picture in dots."""
    width, height = _HEAD.unpack_from(png)
    return width, height


@lru_cache(maxsize=_REMEMBERED)
def _drawn(specification: str) -> bytes:
    _make_ready()
    import vl_convert

    png: bytes = vl_convert.vegalite_to_png(specification, scale=_SCALE, allowed_base_urls=[])
    return png


@cache
def _make_ready() -> None:
    """Make the bundled typeface known; the drawing engine is large, so it is loaded when first needed."""
    import vl_convert
    from fontpkg_be_vietnam_pro import ROOT  # type: ignore[import-untyped]

    vl_convert.register_font_directory(str(ROOT / "files"))
