"""The ranked shortlist as a workbook."""

from __future__ import annotations

from prioritizer import locale
from prioritizer.comparison import Comparison
from prioritizer.exports.papers import differences, money, projects, rules
from prioritizer.exports.papers.concealed import conceal
from prioritizer.exports.papers.disclosure import Disclosure
from prioritizer.exports.papers.provenance import provenance, redaction_line
from prioritizer.exports.papers.table import Table
from prioritizer.exports.papers.words import say
from prioritizer.exports.papers.workbook import Around, workbook
from prioritizer.exports.pictures import picture
from prioritizer.exports.shortlist import heading


def shortlist_workbook(
    told: Disclosure, lang: str, against: Comparison | None = None, at: str | None = None
) -> bytes:
    """The workbook; ``against`` compares another scenario, the base, with this one; ``at`` is when it is
    made, which the file leaves out if not given."""
    drawn = [(picture(figure), figure.alt) for figure in money.figures(told, lang)]
    title = say("title.shortlist", lang)
    return workbook(
        title, tables_of(told, lang, against, at), around(told, lang), drawn, say("sheet.pictures", lang)
    )


def tables_of(
    told: Disclosure, lang: str, against: Comparison | None = None, at: str | None = None
) -> list[Table]:
    """The tables of the workbook in the order of its sheets."""
    found = [
        projects.shortlist(told, lang),
        money.by_ministry(told, lang),
        projects.reasons(told, lang),
        projects.parts_of_values(told, lang),
        rules.criteria(told, lang),
        rules.limits(told, lang),
    ]
    if against is not None:
        shown = conceal(against, told.grade)
        found += [differences.differences(shown, lang), differences.inputs(shown, lang)]
    found.append(provenance(told, lang, at))
    return [table for table in found if table is not None]


def around(told: Disclosure, lang: str) -> Around:
    """What stands above every table and on every page."""
    lines = [(text, "line") for text in heading(told.told, lang)]
    if told.whole.case.illustrative:
        lines[-1] = (lines[-1][0], "warning")
    if told.grade is not None:
        lines.append((redaction_line(told, lang), "warning"))
    case = told.case
    scenario = locale.say("exports.scenario", lang, title=case.scenario.title.into(lang), id=case.scenario.id)
    return Around(tuple(lines), f"{locale.say('exports.proposal', lang)} – {scenario}", marks(told, lang))


def marks(told: Disclosure, lang: str) -> str:
    """What has to stand on every page: illustrative, masked."""
    found = [say("mark.illustrative", lang)] if told.whole.case.illustrative else []
    if told.grade is not None:
        found.append(say("mark.redacted", lang))
    return " – ".join(found)
