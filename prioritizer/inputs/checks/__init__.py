"""What must hold between the parts of a scenario, checked before anything is solved: a table of checks.

Each check takes the unchecked scenario and yields faults; every row of :data:`CHECKS` runs, so that one go
shows all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prioritizer.errors import Fault
from prioritizer.inputs.checks import assessing, choices, decisions, funds, limits, weighing
from prioritizer.inputs.unchecked import Unchecked

Check = Callable[[Unchecked], Iterator[Fault]]

LIMIT_CHECKS: tuple[Check, ...] = (
    limits.limits_can_hold,
    limits.limits_have_projects,
    limits.floors_fit_together,
    limits.counts_can_hold,
    limits.counts_leave_room_for_musts,
)
CHECKS: tuple[Check, ...] = (
    choices.id_is_the_stem,
    choices.ids_are_unique,
    weighing.weights_have_criteria,
    weighing.weights,
    weighing.rates_are_reasonable,
    weighing.statements_have_ids_of_their_own,
    weighing.statements_do_not_conflict,
    weighing.statements_name_their_criteria,
    weighing.swings_are_of_a_hundred,
    weighing.judgements_are_complete,
    weighing.intervals_can_sum_to_one,
    choices.values_or_assessments,
    assessing.assessors_stand_once,
    assessing.assessors_are_of_known_bodies,
    assessing.competence_is_on_criteria,
    assessing.categories_are_in_the_register,
    choices.fields_are_free,
    choices.minima_are_of_factors,
    choices.dossier_columns_are_known,
    choices.equal_shares_need_shares,
    funds.reserves_fit_their_funds,
    funds.milestones_have_costs,
    funds.milestones_are_paid,
    limits.limits_have_bounds,
    limits.soft_limits_are_not_decreed,
    limits.selections_are_known,
    limits.bounds_suit_their_selection,
    *LIMIT_CHECKS,
    decisions.projects_are_known,
    decisions.tie_order_names_each_once,
    decisions.decisions_agree,
    decisions.decisions_are_within_asks,
    decisions.musts_are_eligible,
    decisions.musts_have_cofinance,
    decisions.dependencies_are_sound,
    decisions.dependencies_have_no_cycle,
    decisions.musts_need_nothing_barred,
)
