"""Safe saving of scenario files: whole or not at all, never unseen over another's, each version kept."""

from prioritizer.store.drafting import Draft, Step
from prioritizer.store.drafts import (
    Drafts,
    content_under,
    discard_draft,
    draft_of,
    drafts_of,
    put_away,
    redo_step,
    try_step,
    undo_step,
)
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
    "Draft",
    "Drafts",
    "Outcome",
    "Place",
    "Prepared",
    "Refused",
    "Saved",
    "Step",
    "Version",
    "changes_between",
    "content_of",
    "content_under",
    "discard_draft",
    "draft_of",
    "drafts_of",
    "prepare",
    "put_away",
    "redo_step",
    "restore",
    "save",
    "save_new",
    "sha256_of",
    "try_step",
    "undo_step",
    "versions",
]
