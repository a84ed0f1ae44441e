"""What leaves the program: plan files and shortlists, pure functions of an evaluation."""

from prioritizer.exports.planfile import faults_object, plan_object
from prioritizer.exports.shortlist import shortlist_csv

__all__ = ["faults_object", "plan_object", "shortlist_csv"]
