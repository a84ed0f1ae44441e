"""Safe saving of scenario files: whole or not at all, never unseen over another's, each version kept."""

from prioritizer.store.nouns import changes_between
from prioritizer.store.outcomes import Conflict, Difference, Outcome, Prepared, Refused, Saved, Version
from prioritizer.store.preparing import prepare
from prioritizer.store.saving import restore, save, save_new
from prioritizer.store.trees import ABSENT, Place
from prioritizer.store.versions import content_of, sha256_of, versions

__all__ = [
    "ABSENT",
    "Conflict",
    "Difference",
    "Outcome",
    "Place",
    "Prepared",
    "Refused",
    "Saved",
    "Version",
    "changes_between",
    "content_of",
    "prepare",
    "restore",
    "save",
    "save_new",
    "sha256_of",
    "versions",
]
