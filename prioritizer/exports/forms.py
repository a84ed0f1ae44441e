"""The forms that a scenario's files make: workbooks of ministries and assessors, requests with letters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from prioritizer.analysis.dossiers import demands, dossiers
from prioritizer.errors import Fault, InputFaults
from prioritizer.exports.letters.request import request_letter
from prioritizer.exports.workbooks.assessor import AssessorForm, assessor_workbook
from prioritizer.exports.workbooks.ministry import MinistryForm, ministry_workbook
from prioritizer.exports.workbooks.todo import request_workbook, tasks
from prioritizer.inputs.rows import Row, Rows
from prioritizer.inputs.tables import nearest
from prioritizer.inputs.vocabulary import KINDS
from prioritizer.inputs.workbooks.lists import Lists
from prioritizer.model import CLASSES, ID_PATTERN, Body, Case, Eligibility, Scenario


def ministry_form(
    ministry: str, lists: Lists, scenario: Scenario | None, rows: Rows, lang: str
) -> MinistryForm:
    """What a ministry's workbook is made of; ``rows`` are filled in as far as they are the ministry's own.

    Raises :class:`InputFaults` for a body that is not listed.
    """
    asked = demands(scenario.eligibility if scenario else Eligibility())
    body = _body(ministry, lists)
    own = tuple(row for row in rows.register if row.get("ministry", "").casefold() == body.id.casefold())
    ids = {row["id"].casefold() for row in own}
    years = dict.fromkeys((*(fund.year for fund in lists.funds), *(row["year"] for row in rows.costs)))
    spelled = {kind.casefold(): kind for kind in _kinds(lists, rows)}
    return MinistryForm(
        body,
        lists.ministries,
        lists.products,
        lang,
        {class_: asked.dossier_of(class_) for class_ in CLASSES},
        tuple(spelled.values()),
        tuple(years),
        lists.fields,
        own,
        tuple(row for row in rows.costs if row["project"].casefold() in ids),
        _is_illustrative(own),
    )


def ministry_template(ministry: str, lists: Lists, scenario: Scenario | None, rows: Rows, lang: str) -> bytes:
    """A ministry's workbook, with the rows that are given."""
    return ministry_workbook(ministry_form(ministry, lists, scenario, rows, lang))


def assessor_template(
    assessor: str, lists: Lists, scenario: Scenario, rows: Rows, lang: str, *, filled: bool
) -> bytes:
    """An assessor's workbook over the projects of the rows, with the judgements so far where ``filled``.

    Raises :class:`InputFaults` for an assessor whom the scenario's list lacks.
    """
    if not re.fullmatch(ID_PATTERN, assessor):
        raise InputFaults([Fault("bad_id", column="assessor", params={"text": assessor[:80]})])
    known = {each.id.casefold(): each for each in lists.assessors}
    if known and assessor.casefold() not in known:
        params = nearest(assessor, [each.id for each in lists.assessors])
        raise InputFaults([Fault("unknown_assessor", f"{scenario.id}.yaml", None, "assessors", params)])
    listed = known.get(assessor.casefold())
    judged = [row for row in rows.assessments if row["assessor"].casefold() == assessor.casefold()]
    form = AssessorForm(
        listed.id if listed else assessor,
        listed.name.into(lang) if listed and listed.name else assessor,
        lang,
        scenario.title.into(lang),
        lists.tree,
        {row["id"]: _name(row, lang) for row in sorted(rows.register, key=lambda row: row["id"])},
        tuple(judged) if filled else (),
        _is_illustrative(rows.register),
    )
    return assessor_workbook(form)


def requests(case: Case, lists: Lists, rows: Rows, lang: str) -> dict[str, bytes]:
    """For every lead body a workbook of what is asked of it and a draft letter, by the name of the file."""
    found, files = dossiers(case), {}
    for ministry, own in case.rows_by_body:
        form = ministry_form(ministry, lists, case.scenario, rows, lang)
        stem = f"{case.scenario.id}-request-{ministry}"
        asked = tasks(case, found, own, lang)
        files[f"{stem}.xlsx"] = request_workbook(case, asked, form)
        files[f"{stem}.docx"] = request_letter(case, found, form.body, own, asked, f"{stem}.xlsx", lang)
    return files


def _body(ministry: str, lists: Lists) -> Body:
    for body in lists.ministries.bodies:
        if body.id.casefold() == ministry.casefold():
            return body
    params = nearest(ministry, [body.id for body in lists.ministries.bodies])
    raise InputFaults([Fault("unknown_ministry", lists.ministries.id, params=params)])


def _kinds(lists: Lists, rows: Rows) -> Iterable[str]:
    """The kinds that funds pay, or else the usual ones, and those that costs are of."""
    return (*(lists.kinds or KINDS), *(row["kind"] for row in rows.costs if row.get("kind")))


def _is_illustrative(rows: Iterable[Row]) -> bool:
    return any(row.get("ask_basis", "").casefold() == "illustrative" for row in rows)


def _name(row: Row, lang: str) -> str:
    return (row.get("name_en", "") if lang == "en" else "") or row.get("name_vi", "") or row["id"]
