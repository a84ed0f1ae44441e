"""Amounts that look like another unit: a thousand times the others, or more than there is to give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from statistics import median_low

from prioritizer import money
from prioritizer.errors import Fault
from prioritizer.inputs.workbooks.sheet import Row

FACTOR = 1_000
MOST_BN = Decimal(100_000)  # more than any yearly line of the budget, where no scenario says the funds
_COLUMNS = (("register", "ask_bn"), ("register", "cofinance_bn"), ("costs", "amount_bn"))


def unit_doubts(
    rows: Sequence[Row], sure: Iterable[tuple[int, str]], envelope_mvnd: int | None
) -> Mapping[int, list[Fault]]:
    """What to ask about rows, by their place. ``sure`` are the amounts (row, column) whose
    unit somebody has said."""
    known, found = set(sure), dict[int, list[Fault]]()
    for table, name in _COLUMNS:
        texts = ((at, row.cells.get(name, "")) for at, row in enumerate(rows) if row.table == table)
        amounts = {at: Decimal(text) for at, text in texts if _is_number(text)}
        amounts = {at: amount for at, amount in amounts.items() if amount}
        for at, fault in _of_column(rows, amounts, name, known, envelope_mvnd):
            found.setdefault(at, []).append(fault)
    return found


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit() and text.isascii()


def _of_column(
    rows: Sequence[Row],
    amounts: Mapping[int, Decimal],
    name: str,
    sure: set[tuple[int, str]],
    envelope_mvnd: int | None,
) -> list[tuple[int, Fault]]:
    by_file: dict[str, list[Decimal]] = {}
    for at, amount in amounts.items():
        by_file.setdefault(rows[at].file, []).append(amount)
    # The least of the files' usual amounts: one file in another unit does not hide itself.
    usual = min((median_low(each) for each in by_file.values()), default=Decimal(0))
    most = MOST_BN if envelope_mvnd is None else Decimal(envelope_mvnd) / money.MVND_PER_BN
    found = []
    for at, amount in amounts.items():
        too_great = len(amounts) > 1 and amount >= FACTOR * usual
        beyond = amount > most if envelope_mvnd is not None else amount >= most
        if (at, name) not in sure and (too_great or beyond):
            params = {
                "amount_mvnd": round(amount * money.MVND_PER_BN),
                "usual_mvnd": round((usual if too_great else most) * money.MVND_PER_BN),
            }
            beyond_what = "amount_beyond_budgets" if envelope_mvnd is None else "amount_beyond_funds"
            code = "amount_unlike_others" if too_great else beyond_what
            found.append((at, rows[at].fault(code, name, **params)))
    return found
