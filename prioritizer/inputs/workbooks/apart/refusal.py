"""How a workbook that cannot be used is refused: a code and its parameters, as data."""

from __future__ import annotations


class Refused(Exception):
    """The workbook cannot be used; ``code`` and ``params`` become a fault on the other side."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
