"""Charts: pure functions of results, each with the table behind it and a text that says the same.

Colours are Okabe and Ito's, and never the only sign: shapes and words carry the same distinction.
Numbers are in billion VND and points, written as the language does whatever the browser's own.
"""

from prioritizer.charts.compared import money_side_by_side, projects_side_by_side
from prioritizer.charts.counted import contributions, dossiers_by_body
from prioritizer.charts.drawing import Figure, enlarged
from prioritizer.charts.frontier import value_by_budget
from prioritizer.charts.money import money_by_ministry, money_if_alone
from prioritizer.charts.ranks import ranks_before_and_after
from prioritizer.charts.robust_money import money_bands, money_bands_of_bodies
from prioritizer.charts.robust_shares import core_indices, funded_shares
from prioritizer.charts.robust_unknowns import scores_worth_chasing
from prioritizer.charts.robust_weights import weight_intervals, weight_swings
from prioritizer.charts.value import value_against_money
from prioritizer.charts.weightlog import weights_over_time
from prioritizer.charts.worth import value_for_money

__all__ = [
    "Figure",
    "contributions",
    "core_indices",
    "dossiers_by_body",
    "enlarged",
    "funded_shares",
    "money_bands",
    "money_bands_of_bodies",
    "money_by_ministry",
    "money_if_alone",
    "money_side_by_side",
    "projects_side_by_side",
    "ranks_before_and_after",
    "scores_worth_chasing",
    "value_against_money",
    "value_by_budget",
    "value_for_money",
    "weight_intervals",
    "weight_swings",
    "weights_over_time",
]
