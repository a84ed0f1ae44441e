"""What a dossier must state: the shorthand of a scenario file written out."""

from __future__ import annotations

from prioritizer.inputs.columns import DOSSIER
from prioritizer.model import CLASSES, Eligibility

NOTICE_22 = "notice-22"


def of_notice_22(class_: str) -> tuple[str, ...]:
    """The columns that Notice 22, item 1, asks a project of a class to fill."""
    return tuple(column.name for column in DOSSIER if class_ in column.dossier)


def written_out(asked: Eligibility) -> Eligibility:
    """The same demands with ``notice-22`` as the columns that it stands for.

    What it asks of every class is asked of projects without a class too.
    """
    common = tuple(column.name for column in DOSSIER if column.dossier == CLASSES)
    named = NOTICE_22 in asked.dossier
    of_class = {}
    for class_ in CLASSES:
        own = asked.dossier_by_class.get(class_, ())  # type: ignore[call-overload]
        columns = _replaced(own, of_notice_22(class_))
        if named:
            columns += tuple(name for name in of_notice_22(class_) if name not in common)
        of_class[class_] = tuple(dict.fromkeys(columns))
    changes = {
        "dossier": tuple(dict.fromkeys(_replaced(asked.dossier, common))),
        "dossier_by_class": {class_: columns for class_, columns in of_class.items() if columns},
    }
    return asked.model_copy(update=changes)


def _replaced(names: tuple[str, ...], columns: tuple[str, ...]) -> tuple[str, ...]:
    """The names, with columns in the place of the shorthand."""
    return tuple(each for name in names for each in (columns if name == NOTICE_22 else (name,)))
