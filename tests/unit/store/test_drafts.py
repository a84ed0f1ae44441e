"""Drafts: steps, undone and done again, kept on disk whole, beside others, and out of nobody's reach."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prioritizer import inputs, store
from prioritizer.errors import InputFaults
from prioritizer.store import ABSENT, Draft, Step, drafting
from prioritizer.store.disk import Disk
from prioritizer.store.drafts import DRAFTS
from tests.build import folder
from tests.unit.store.test_mishaps import Failing

ROOT = Path(__file__).resolve().parents[3]
FUND = ("funds", "fund", "amount_bn")
NOON = datetime(2026, 4, 20, 12, tzinfo=UTC)
LIMIT = {"where": {"ministry": "A"}, "at_most": {"amount_bn": "2"}}


@pytest.fixture
def path(tmp_path):
    return folder(tmp_path / "scenarios")


def digest(path):
    return store.sha256_of(path.read_bytes())


def tried(path, changes, draft=None, series="", disk=None):
    made = store.try_step(path, draft, digest(path), "funds", changes, series, disk or Disk())
    assert isinstance(made, Draft), made
    return made


def amount(path, draft):
    case = inputs.read_case(path, "networked", store.content_under(path, draft))
    return case.scenario.funds[0].amount_mvnd


# ------------------------------------------------------------------ steps


def test_a_step_changes_the_draft_and_not_the_scenario(path):
    before = path.read_bytes()
    draft = tried(path, {FUND: "4"})
    assert (amount(path, draft), path.read_bytes()) == (4000, before)
    assert store.draft_of(path, draft.id) == draft
    assert (draft.scenario, draft.started_sha256, draft.done) == ("tiny", digest(path), 1)


def test_what_a_save_of_the_draft_writes_is_what_the_draft_showed(path):
    draft = tried(path, {("limits", "mine"): LIMIT}, tried(path, {FUND: "4"}).id)
    shown = store.content_under(path, draft)
    assert isinstance(store.save(path, draft.changes, draft.started_sha256), store.Saved)
    assert path.read_bytes() == shown


def test_steps_are_undone_and_done_again_and_a_new_one_drops_the_undone(path):
    draft = tried(path, {FUND: "4"})
    draft = tried(path, {FUND: "5"}, draft.id)
    undone = store.undo_step(path, draft.id)
    assert (amount(path, undone), undone.can_undo, undone.can_redo) == (4000, True, True)
    assert amount(path, store.undo_step(path, draft.id)) == 3000
    assert store.undo_step(path, draft.id).done == 0, "there is nothing more to undo"
    assert amount(path, store.redo_step(path, draft.id)) == 4000
    draft = tried(path, {FUND: "6"}, draft.id)
    assert (amount(path, draft), len(draft.steps), draft.can_redo) == (6000, 2, False)


def test_a_refused_step_leaves_the_draft_as_it_was(path):
    draft = tried(path, {FUND: "4"})
    refused = store.try_step(path, draft.id, digest(path), "funds", {FUND: "many"})
    assert [(fault.file, fault.column) for fault in refused.faults] == [("tiny.yaml", "funds.0.amount_bn")]
    assert store.draft_of(path, draft.id) == draft
    refused = store.try_step(path, None, digest(path), "funds", {FUND: "many"})
    assert refused.faults and not store.drafts_of(path).found[1:]


def test_a_place_that_cannot_be_is_refused(path):
    refused = store.try_step(path, None, digest(path), "x", {("register", "below"): "1"})
    assert [fault.code for fault in refused.faults] == ["draft_does_not_fit"]


def test_a_step_that_changes_nothing_is_not_kept_nor_an_empty_draft(path):
    draft = tried(path, {FUND: "3"})
    assert (draft.steps, store.drafts_of(path)) == ((), store.Drafts((), ()))
    draft = tried(path, {FUND: "4"})
    assert tried(path, {FUND: "4"}, draft.id) == draft


class At(Disk):
    """A disk whose clock says what it is told."""

    def __init__(self, when):
        self.when = when

    def now(self):
        return self.when


TITLE, THING = ("title",), {("limits", "mine"): LIMIT}
AT_MOST = ("limits", "mine", "at_most")


@pytest.mark.parametrize(
    ("theirs", "mine", "refused"),
    [
        ({FUND: "4"}, {FUND: "5"}, True),
        ({FUND: "4"}, {FUND: "4"}, False),  # both want the same
        ({FUND: "4"}, {TITLE: "Mới"}, False),
        (
            {AT_MOST: {"amount_bn": "1"}},
            {("limits", "mine"): {**LIMIT, "why": "x"}},
            True,
        ),  # a part, the whole
        ({("limits", "mine"): ABSENT}, {AT_MOST: {"amount_bn": "1"}}, True),  # the whole, a part
        ({("limits", "mine"): ABSENT}, {("limits", "mine"): ABSENT}, False),
        ({("limits", "other"): LIMIT}, {AT_MOST: {"amount_bn": "1"}}, False),
    ],
)
def test_a_step_is_refused_where_another_window_changed_what_it_changes(path, theirs, mine, refused):
    seen = tried(path, THING)
    now = tried(path, theirs, seen.id)
    made = store.try_step(path, seen.id, digest(path), "funds", mine, seen=seen)
    if refused:
        assert [fault.code for fault in made.faults] == ["step_overtaken"]
        assert store.draft_of(path, seen.id) == now, "nothing is kept"
        again = store.try_step(path, seen.id, digest(path), "funds", mine, seen=now)
        assert isinstance(again, Draft), "whoever has seen it may change it"
    else:
        assert isinstance(made, Draft)
        assert {**theirs, **mine}.items() <= made.changes.items()


def test_what_another_window_took_back_counts_as_changed(path):
    seen = tried(path, {FUND: "4"}, tried(path, THING).id)
    store.undo_step(path, seen.id)
    made = store.try_step(path, seen.id, digest(path), "funds", {FUND: "5"}, seen=seen)
    assert [fault.code for fault in made.faults] == ["step_overtaken"]
    assert isinstance(store.try_step(path, seen.id, digest(path), "x", {TITLE: "Mới"}, seen=seen), Draft)


def test_the_new_case_is_told_before_the_step_is_written_and_no_refused_one(path):
    told = []

    def meanwhile(case):
        told.append((case.scenario.funds[0].amount_mvnd, len(store.drafts_of(path).found)))

    for amount in ("4", "wrong"):
        store.try_step(path, None, digest(path), "funds", {FUND: amount}, meanwhile=meanwhile)
    assert told == [(4000, 0)]


def test_a_row_of_moves_within_seconds_is_one_step(path):
    times = [NOON + timedelta(seconds=s) for s in (0, 3, 7, 20)]
    draft = None
    for number, when in enumerate(times, 4):
        draft = tried(path, {FUND: str(number)}, draft and draft.id, "fund", At(when))
    assert [(step.changes[FUND], step.at) for step in draft.steps] == [("6", times[2]), ("7", times[3])]
    draft = tried(path, {FUND: "8"}, draft.id, "another", At(times[3]))
    draft = tried(path, {FUND: "9"}, draft.id, "", At(times[3]))
    draft = tried(path, {FUND: "10"}, draft.id, "", At(times[3]))
    assert len(draft.steps) == 5, "another row, and what is no row, are steps of their own"


def test_a_row_of_moves_that_ends_where_it_began_is_no_step(path):
    draft = tried(path, {FUND: "4"}, None, "fund", At(NOON))
    assert tried(path, {FUND: "3"}, draft.id, "fund", At(NOON)).steps == ()
    assert store.draft_of(path, draft.id) is None


def test_of_very_many_steps_the_oldest_become_one():
    draft = Draft("0123abcd", "tiny", "0" * 64)
    for number in range(drafting.MOST_STEPS + 5):
        draft = draft.with_step(Step("x", NOON, {("limits", f"l{number}"): LIMIT}))
    assert len(draft.steps) == draft.done == drafting.MOST_STEPS
    assert len(draft.steps[0].changes) == 6
    assert len(draft.changes) == drafting.MOST_STEPS + 5, "nothing of them is lost"


def test_later_changes_replace_those_at_their_place_and_below(path):
    first = {("limits", "a"): LIMIT, ("limits", "a", "why"): "x", ("weights", "n"): "1"}
    second = {("limits", "a"): ABSENT, ("weights", "n"): "1/2"}
    assert drafting.together([first, second]) == second
    third = {("limits", "a", "at_most"): {"count": "1"}}
    assert list(drafting.together([first, third])) == [*first, ("limits", "a", "at_most")]


# ------------------------------------------------------------------ what a draft started from


def test_the_version_a_draft_started_from_is_kept(path):
    start = path.read_bytes()
    draft = tried(path, {("limits", "mine"): LIMIT})
    path.write_bytes(start.replace(b'amount_bn: "3"', b'amount_bn: "7"'))  # by hand
    assert amount(path, draft) == 3000
    met = store.save(path, draft.changes, draft.started_sha256)
    assert isinstance(met, store.Conflict) and met.started_known


def test_where_the_start_is_not_known_any_more_the_file_as_it_stands_is_taken(path):
    draft = tried(path, {("limits", "mine"): LIMIT})
    path.write_bytes(path.read_bytes().replace(b'amount_bn: "3"', b'amount_bn: "7"'))
    for version in store.versions(path):
        version.path.unlink()
    assert amount(path, draft) == 7000


def test_a_scenario_that_is_gone_has_no_draft(path):
    start = digest(path)
    path.unlink()
    refused = store.try_step(path, None, start, "funds", {FUND: "4"})
    assert [fault.code for fault in refused.faults] == ["file_missing"]


# ------------------------------------------------------------------ files


def file_of(path, draft):
    return path.parent / DRAFTS / "tiny" / f"{draft.id}.json"


def test_drafts_are_listed_the_newest_first_without_those_undone_whole(path):
    ids = [tried(path, {FUND: n}, None, "", At(NOON + timedelta(hours=int(n)))).id for n in ("4", "6", "5")]
    store.undo_step(path, ids[2])
    assert [draft.id for draft in store.drafts_of(path).found] == [ids[1], ids[0]]


def test_a_draft_that_is_dropped_is_gone_and_no_step_can_follow(path):
    draft = tried(path, {FUND: "4"})
    assert store.discard_draft(path, draft.id) is None
    assert store.draft_of(path, draft.id) is None
    again = store.discard_draft(path, draft.id)
    assert again is not None and [fault.code for fault in again.faults] == ["draft_gone"]
    for outcome in (
        store.try_step(path, draft.id, digest(path), "funds", {FUND: "5"}),
        store.undo_step(path, draft.id),
    ):
        assert [fault.code for fault in outcome.faults] == ["draft_gone"]


OTHER = ("title",)


def test_a_saved_draft_is_put_away(path):
    draft = tried(path, {FUND: "4"})
    assert store.put_away(path, draft, digest(path)) is None
    assert store.draft_of(path, draft.id) is None
    assert store.put_away(path, draft, digest(path)) is None, "it may be gone already"


def test_what_another_window_tried_while_a_draft_was_saved_stays(path):
    draft = tried(path, {FUND: "4"})
    tried(path, {OTHER: "Khác"}, draft.id)
    saved = store.save(path, draft.changes, draft.started_sha256)
    left = store.put_away(path, draft, saved.sha256)
    assert left == store.draft_of(path, draft.id)
    assert (left.changes, left.started_sha256) == ({OTHER: "Khác"}, digest(path))
    assert store.save(path, left.changes, left.started_sha256).path == path, (
        "no conflict with what it stands on"
    )
    now = inputs.read_case(path, "networked").scenario
    assert (now.funds[0].amount_mvnd, now.title.vi) == (4_000, "Khác")


def test_a_slider_that_moved_on_while_a_draft_was_saved_stays_where_it_is(path):
    first = tried(path, {FUND: "4"}, None, "fund", At(NOON))
    tried(path, {FUND: "5"}, first.id, "fund", At(NOON + timedelta(seconds=1)))
    saved = store.save(path, first.changes, first.started_sha256)
    assert amount(path, store.put_away(path, first, saved.sha256)) == 5_000


def test_a_draft_saved_as_another_scenario_keeps_all_that_goes_on(path):
    draft = tried(path, {FUND: "4"})
    now = tried(path, {OTHER: "Khác"}, draft.id)
    assert store.put_away(path, draft, None) == now == store.draft_of(path, draft.id)


BROKEN = {
    "empty": b"",
    "cut off": b'{"format": 1, "id": "',
    "a list": b"[]",
    "not text": b"\xff\xfe\x00",
    "a number that is not exact": b'{"format": 1, "done": 0.5}',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_named_and_never_a_crash(path, name):
    draft = tried(path, {FUND: "4"})
    file_of(path, draft).write_bytes(BROKEN[name])
    assert store.drafts_of(path) == store.Drafts((), (file_of(path, draft),))
    with pytest.raises(InputFaults) as found:
        store.draft_of(path, draft.id)
    assert [fault.code for fault in found.value.faults] == ["draft_broken"]
    assert store.discard_draft(path, draft.id) is None
    assert not file_of(path, draft).exists()


STEP = {"what": "", "at": "2026-04-20", "series": "", "changes": []}
CHANGED = {
    "another scenario's": {"scenario": "other"},
    "another draft's": {"id": "00000000"},
    "of another format": {"format": 2},
    "more steps done than there are": {"done": 2},
    "fewer than none": {"done": -1},
    "a step that is no map": {"steps": ["x"]},
    "a change without a place": {"steps": [STEP | {"changes": [{"place": []}]}]},
    "a place of numbers": {"steps": [STEP | {"changes": [{"place": [1]}]}]},
    "a time that is none": {"steps": [STEP | {"at": "noon"}]},
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_foreign_file_is_no_draft(path, name):
    draft = tried(path, {FUND: "4"})
    tree = json.loads(file_of(path, draft).read_text(encoding="utf-8"))
    file_of(path, draft).write_text(json.dumps(tree | CHANGED[name]), encoding="utf-8")
    assert store.drafts_of(path).broken == (file_of(path, draft),)


@pytest.mark.parametrize("name", ["../../tiny", "..", "", "a" * 300, "ABCDEF01", "0123456", "con"])
def test_what_is_no_id_leads_nowhere(path, name):
    before = sorted(path.parent.rglob("*"))
    assert store.draft_of(path, name) is None
    assert isinstance(store.discard_draft(path, name), store.Refused)
    assert isinstance(store.try_step(path, name, digest(path), "funds", {FUND: "4"}), store.Refused)
    left = [each for each in path.parent.rglob("*") if ".versions" not in each.parts]
    assert sorted(left) == before


def test_a_draft_reads_back_as_it_was_written():
    changes = {
        ("limits", "a"): ABSENT,
        ("title",): {"vi": "Ít tiền", "en": "Less"},
        ("tie_order",): ["P1", "P2"],
    }
    draft = Draft("0123abcd", "tiny", "0" * 64, (Step("x", NOON, changes, "row"), Step("y", NOON, {})), 1)
    assert drafting.read(drafting.written(draft), "tiny", "0123abcd") == draft


def test_the_folder_of_drafts_keeps_itself_out_of_version_control(path):
    tried(path, {FUND: "4"})
    assert (path.parent / DRAFTS / ".gitignore").read_bytes() == b"*\n"


# ------------------------------------------------------------------ mishaps and others


def test_whatever_call_fails_the_draft_is_old_or_new_and_the_answer_says_which(path):
    draft = tried(path, {FUND: "4"})
    old = file_of(path, draft).read_bytes()
    for at in range(1, 100):
        file_of(path, draft).write_bytes(old)
        disk = Failing(at)
        outcome = store.try_step(path, draft.id, digest(path), "funds", {FUND: "5"}, disk=disk)
        now = store.draft_of(path, draft.id)
        if isinstance(outcome, Draft):
            assert now == outcome and amount(path, now) == 5000, at
        else:
            assert amount(path, now) in (4000, 5000), (at, outcome)
        if disk.calls < at:
            break
    assert 8 < at < 99
    store.prepare(path.parent)
    assert not list(path.parent.rglob("*.tmp"))


def test_whatever_call_fails_when_a_draft_begins_there_is_a_whole_one_or_none(path):
    for at in range(1, 100):
        disk = Failing(at)
        outcome = store.try_step(path, None, digest(path), "funds", {FUND: "5"}, disk=disk)
        kept = store.drafts_of(path)
        assert not kept.broken
        assert all(amount(path, each) == 5000 for each in kept.found)
        assert not isinstance(outcome, Draft) or outcome in kept.found
        for each in kept.found:
            store.discard_draft(path, each.id)
        if disk.calls < at:
            break
    assert 8 < at < 99


def test_of_two_processes_adding_fifty_steps_each_to_one_draft_none_is_lost(path):
    draft = tried(path, {FUND: "4"})
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.unit.store.stepping", str(path), draft.id, name, "50"], cwd=ROOT
        )
        for name in ("one", "other")
    ]
    assert [each.wait(timeout=240) for each in both] == [0, 0]
    steps = store.draft_of(path, draft.id).steps
    names = [next(iter(step.changes))[1] for step in steps[1:]]
    assert sorted(names) == sorted(f"{name}-{n}" for name in ("one", "other") for n in range(50))
    for name in ("one", "other"):
        assert [each for each in names if each.startswith(f"{name}-")] == [f"{name}-{n}" for n in range(50)]
