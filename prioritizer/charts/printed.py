"""A chart for paper: of fixed width, on white, in one typeface, with room for long names."""

from __future__ import annotations

from typing import Any

from prioritizer.charts.drawing import Figure

TYPEFACE = "Be Vietnam Pro"
_WIDTH = 900  # letters are drawn for a page of this width
_LONGEST_NAME = 420
_PADDING = {"left": 8, "right": 24, "top": 10, "bottom": 10}


def printed(figure: Figure) -> dict[str, Any]:
    """The Vega-Lite specification of a figure as it goes on paper."""
    drawn: dict[str, Any] = figure.chart.to_dict()
    drawn |= {"width": _WIDTH, "background": "#FFFFFF", "padding": _PADDING}
    drawn["config"] |= {"font": TYPEFACE}
    roomier: dict[str, Any] = _with_room(drawn)
    return roomier


def _with_room(part: Any) -> Any:
    """The same with room for names: on paper nobody can point at one that is cut off."""
    if isinstance(part, dict):
        return {
            name: _LONGEST_NAME if name == "labelLimit" and isinstance(each, int) else _with_room(each)
            for name, each in part.items()
        }
    return [_with_room(each) for each in part] if isinstance(part, list) else part
