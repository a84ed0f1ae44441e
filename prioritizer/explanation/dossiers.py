"""What dossiers lack, product leads that overlap, and what complete dossiers would change, in words."""

from __future__ import annotations

from prioritizer import locale
from prioritizer.analysis.dossiers import Dossiers, Gates, SharedProduct
from prioritizer.analysis.whatif import difference
from prioritizer.explanation.differences import describe_difference
from prioritizer.explanation.words import project_name, value_label
from prioritizer.model import Case
from prioritizer.results import Plan


def column_name(name: str, lang: str) -> str:
    """What a column of the register is called; a field of the scenario's own keeps its name."""
    return locale.sentences(lang).get(f"columns.register.{name}.heading", name)


def describe_demand(found: Dossiers, lang: str) -> str:
    """What the dossiers are held against."""
    return locale.say(f"dossiers.{'of_scenario' if found.of_scenario else 'of_notice'}", lang)


def describe_bodies(case: Case, found: Dossiers, lang: str) -> list[str]:
    """How far every lead body's dossiers are, in protocol order."""
    said = []
    for body, rows in case.rows_by_body:
        filled, needed = found.columns(rows)
        told = {"complete": found.complete(rows), "projects": len(rows), "filled": filled, "needed": needed}
        name = value_label(case, "ministry", body, lang)
        said.append(locale.say("dossiers.body", lang, body=name, **told))
    return said


def describe_missing(case: Case, found: Dossiers, row: int, lang: str) -> str:
    """What one project's dossier lacks."""
    names = [column_name(name, lang) for name in found.missing[row]]
    told = {"missing": len(names), "needed": len(found.needed[row]), "columns": "; ".join(names)}
    key = "nothing_there" if len(names) == len(found.needed[row]) else "project"
    return locale.say(f"dossiers.{key}", lang, project=project_name(case, row, lang), **told)


def describe_shared(case: Case, shared: SharedProduct, lang: str) -> str:
    """A product that several bodies lead projects on."""
    ministry = case.register.columns["ministry"]
    leads = [
        locale.say(
            "dossiers.lead",
            lang,
            project=project_name(case, row, lang),
            body=value_label(case, "ministry", ministry[row], lang),
        )
        for row in shared.rows
    ]
    product = value_label(case, "product", shared.product, lang)
    return locale.say("dossiers.shared", lang, product=product, leads="; ".join(leads))


def describe_gates(case: Case, gates: Gates, lang: str) -> list[str]:
    """Both plans, and what it would change if everything missing arrived."""
    plans = {"complete_only": gates.complete_only, "all_arrived": gates.all_arrived}
    said = [_plan(name, plan, lang) for name, plan in plans.items()]
    if all(plan.found for plan in plans.values()):
        if_so = locale.say("dossiers.if_arrived", lang)
        moved = difference(gates.complete_only, gates.all_arrived)
        said.append(describe_difference(case, if_so, moved, lang))
    return [*said, locale.say("dossiers.scores_stay", lang)]


def _plan(name: str, plan: Plan, lang: str) -> str:
    status = locale.say(f"terms.status.{plan.status}", lang)
    total, funded = locale.bn(plan.total_mvnd, lang), int((plan.amount_mvnd > 0).sum()) if plan.found else 0
    key = "plan" if plan.found else "no_plan"
    about = locale.say(f"dossiers.{name}", lang)
    return locale.say(f"dossiers.{key}", lang, about=about, total=total, funded=funded, status=status)
