"""Saves, conflicts, versions and names, on a small sound scenario."""

import os
import re
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from filelock import FileLock

from prioritizer import inputs, store
from prioritizer.model import ID_PATTERN
from prioritizer.store import ABSENT, upgrades
from prioritizer.store.disk import DISK
from prioritizer.store.names import free_id, is_device, slug, unsafe
from prioritizer.store.versions import FOLDER, MOST, NEWEST, beyond_the_rule, keep
from tests.build import SCENARIO, folder

LIMIT = {"where": {"ministry": "A"}, "at_most": {"amount_bn": "2"}, "why": {"vi": "Vì", "en": "For"}}
COMMENTED = "# ours\n" + SCENARIO + "# about limits\nlimits:\n  - {id: top, at_most: {amount_bn: 2}}  # two\n"


@pytest.fixture
def path(tmp_path):
    return folder(tmp_path / "scenarios", tiny_yaml=COMMENTED)


def digest(path):
    return store.sha256_of(path.read_bytes())


def saved(path, changes):
    outcome = store.save(path, changes, digest(path))
    assert isinstance(outcome, store.Saved), outcome
    return outcome


def scenario(path):
    return inputs.read_case(path, "networked").scenario


# ------------------------------------------------------------------ saving


def test_only_what_was_changed_differs(path):
    outcome = saved(path, {("funds", "fund", "amount_bn"): "4.5", ("limits", "mine"): LIMIT})
    expected = COMMENTED.replace('amount_bn: "3"', 'amount_bn: "4.5"')
    expected += '  - {id: mine, where: {ministry: A}, at_most: {amount_bn: "2"}, why: {vi: "Vì", en: For}}\n'
    assert path.read_text(encoding="utf-8") == expected.replace('amount_bn: "2"', "amount_bn: 2")
    assert outcome == store.Saved(path, digest(path), path)
    assert scenario(path).limits[1].at_most.amount_mvnd == 2000


def test_a_save_that_would_not_load_is_refused_with_its_faults_and_writes_nothing(path):
    outcome = store.save(path, {("limits", "top", "at_most"): {"amount_bn": "2", "count": 1}}, digest(path))
    assert [(fault.code, fault.file) for fault in outcome.faults] == [("bound_needs_one", "tiny.yaml")]
    assert path.read_text(encoding="utf-8") == COMMENTED
    assert store.versions(path) == ()
    assert not list(path.parent.glob("*.tmp"))


def test_a_folder_that_another_save_holds_too_long_is_said_to_be_busy(path, monkeypatch):
    saved(path, {("ties",): "pro_rata"})
    monkeypatch.setattr("prioritizer.store.disk.WAIT_SECONDS", 0.05)
    with FileLock(path.parent / FOLDER / ".lock"):
        outcome = store.save(path, {("ties",): "order"}, digest(path))
    assert [(fault.code, fault.file) for fault in outcome.faults] == [("saving_busy", "tiny.yaml")]
    assert scenario(path).ties == "pro_rata"


def test_a_save_that_changes_nothing_writes_nothing(path):
    before = path.stat().st_mtime_ns
    saved(path, {("funds", "fund", "amount_bn"): "3"})
    assert (path.stat().st_mtime_ns, store.versions(path)) == (before, ())


def test_a_scenario_that_is_gone_is_refused(path):
    path.unlink()
    assert [f.code for f in store.save(path, {}, "0" * 64).faults] == ["file_missing"]


def test_a_place_below_a_text_is_a_mistake_of_the_caller(path):
    with pytest.raises(ValueError, match="register"):
        store.save(path, {("register", "x"): "1"}, digest(path))
    with pytest.raises(TypeError, match="float"):
        store.save(path, {("objective", "hurdle"): 0.5}, digest(path))


def test_decisions_without_ids_go_by_what_they_are_about(path):
    saved(path, {("decisions", "P1.fund"): {"project": "P1", "fund": "nothing", "why": "so"}})
    assert "id: P1.fund" not in path.read_text(encoding="utf-8")
    saved(path, {("decisions", "P1.fund", "why"): "thus"})
    assert scenario(path).decisions[0].why.en == "thus"
    saved(path, {("decisions", "P1.fund"): ABSENT})
    assert scenario(path).decisions == ()


def test_a_folder_that_cannot_be_written_to_refuses(path, monkeypatch):
    monkeypatch.setattr(DISK.__class__, "create", _no_space)
    outcome = store.save(path, {("funds", "fund", "amount_bn"): "4"}, digest(path))
    assert [(f.code, f.params["problem"]) for f in outcome.faults] == [("cannot_write", os.strerror(28))]


def _no_space(self, path):
    raise OSError(28, os.strerror(28))


# ------------------------------------------------------------------ two people


def test_the_second_to_save_sees_what_both_changed_and_nothing_is_written(path):
    start = digest(path)
    saved(path, {("funds", "fund", "amount_bn"): "4", ("limits", "top"): ABSENT})
    content = path.read_bytes()
    outcome = store.save(path, {("funds", "fund", "amount_bn"): "5", ("ties",): "pro_rata"}, start)
    assert isinstance(outcome, store.Conflict)
    assert (path.read_bytes(), outcome.on_disk_sha256) == (content, digest(path))
    top = {"id": "top", "at_most": {"amount_bn": "2"}}
    assert {
        (d.place, d.started, d.on_disk, d.theirs) for d in outcome.differences if d.place[0] != "limits"
    } == {
        (("funds", "fund", "amount_bn"), "3", "4", "5"),
        (("ties",), ABSENT, ABSENT, "pro_rata"),
    }
    assert next(d for d in outcome.differences if d.place == ("limits", "top")).started == top
    assert [d.place for d in outcome.differences if d.clashes] == [("funds", "fund", "amount_bn")]
    assert outcome.started_known


def test_they_may_put_their_changes_on_what_stands_there(path):
    start = digest(path)
    saved(path, {("ties",): "pro_rata"})
    changes = {("funds", "fund", "amount_bn"): "5"}
    conflict = store.save(path, changes, start)
    assert isinstance(store.save(path, changes, conflict.on_disk_sha256), store.Saved)
    assert (scenario(path).ties, scenario(path).funds[0].amount_mvnd) == ("pro_rata", 5000)


def test_or_make_it_theirs_alone_the_others_being_kept(path):
    start = digest(path)
    saved(path, {("ties",): "pro_rata"})
    changes = {("funds", "fund", "amount_bn"): "5"}
    conflict = store.save(path, changes, start)
    store.save(path, changes, conflict.on_disk_sha256, onto=start)
    assert (scenario(path).ties, scenario(path).funds[0].amount_mvnd) == ("order", 5000)
    assert conflict.on_disk_sha256 in {version.sha256 for version in store.versions(path)}


def test_or_save_as_new_what_they_meant(path):
    start = digest(path)
    saved(path, {("ties",): "pro_rata"})
    outcome = store.save_new(path, "Của tôi", {("funds", "fund", "amount_bn"): "5"}, onto=start)
    assert (scenario(outcome.path).ties, scenario(outcome.path).id) == ("order", "cua-toi")


def test_where_the_start_is_not_known_theirs_is_held_against_the_file(path):
    path.write_text(COMMENTED + "ties: pro_rata\n", encoding="utf-8")  # by hand, never saved here
    outcome = store.save(path, {("ties",): "order"}, "0" * 64)
    assert not outcome.started_known
    assert [(d.place, d.on_disk, d.theirs) for d in outcome.differences] == [(("ties",), "pro_rata", "order")]
    refused = store.save(path, {("ties",): "order"}, outcome.on_disk_sha256, onto="0" * 64)
    assert [fault.code for fault in refused.faults] == ["version_unknown"]


def test_an_edit_by_hand_after_a_save_is_a_conflict_with_a_known_start(path):
    start = saved(path, {("ties",): "pro_rata"}).sha256
    path.write_text(COMMENTED, encoding="utf-8")
    assert store.save(path, {("least_grant_bn",): "1"}, start).started_known


# ------------------------------------------------------------------ versions


def test_every_save_keeps_the_version_before_and_one_can_go_back(path):
    for amount in ("4", "5"):
        saved(path, {("funds", "fund", "amount_bn"): amount})
    newest, before, first = store.versions(path)
    assert [store.content_of(each).count(b'"3"') for each in (newest, before, first)] == [0, 0, 1]
    assert newest.since >= before.since >= first.since
    outcome = store.restore(path, first, digest(path))
    assert isinstance(outcome, store.Saved)
    assert path.read_text(encoding="utf-8") == COMMENTED
    assert len(store.versions(path)) == 4


def test_restoring_is_a_save_like_any_other(path):
    saved(path, {("ties",): "pro_rata"})
    first, content = store.versions(path)[-1], path.read_bytes()
    conflict = store.restore(path, first, "0" * 64)
    assert [(d.place, d.on_disk, d.theirs) for d in conflict.differences] == [(("ties",), "pro_rata", ABSENT)]
    (path.parent / "register.csv").unlink()
    assert "reference_missing" in [fault.code for fault in store.restore(path, first, digest(path)).faults]
    assert path.read_bytes() == content


def test_a_deleted_scenario_comes_back(path):
    saved(path, {("ties",): "pro_rata"})
    path.unlink()
    assert isinstance(store.restore(path, store.versions(path)[0], None), store.Saved)
    assert scenario(path).ties == "pro_rata"


def test_the_newest_stay_and_the_last_of_every_day_before():
    start = datetime(2026, 1, 1, tzinfo=UTC)
    names = [f"{start + timedelta(hours=6 * at):%Y%m%dT%H%M%S.%fZ}-{at:08x}.yaml" for at in range(2000)]
    stay = [name for name in names if name not in beyond_the_rule(names)]
    assert stay[-NEWEST:] == names[-NEWEST:]
    assert [name[9:11] for name in stay[:-NEWEST]] == ["18"] * (MOST - NEWEST)


def test_a_clock_put_back_keeps_the_order(path):
    now = datetime(2026, 4, 20, tzinfo=UTC)
    for at in range(3):
        keep(path, b"%d" % at, now - timedelta(days=at), DISK)
    assert [store.content_of(each) for each in store.versions(path)] == [b"2", b"1", b"0"]


def test_git_is_told_to_leave_versions_alone(path):
    saved(path, {("ties",): "pro_rata"})
    assert (path.parent / ".versions/.gitignore").read_text() == "*\n"


# ------------------------------------------------------------------ new ones


def test_a_copy_keeps_comments_and_gets_id_and_title(path):
    outcome = store.save_new(path, {"vi": "Ít mà sâu", "en": "Few and deep"}, {("ties",): "pro_rata"})
    text = COMMENTED.replace("id: tiny", "id: it-ma-sau", 1).replace("Thử", "Ít mà sâu")
    text = text.replace('"Trial"', '"Few and deep"') + "ties: pro_rata\n"
    assert (outcome.path.name, outcome.path.read_text(encoding="utf-8")) == ("it-ma-sau.yaml", text)


def test_what_extends_says_only_what_differs(path):
    outcome = store.save_new(path, "Less", {("limits", "top"): ABSENT, ("limits", "b"): LIMIT}, how="extends")
    assert outcome.path.read_text(encoding="utf-8").splitlines()[1:] == [
        "schema: 1",
        "id: less",
        "extends: tiny",
        "title: Less",
        "limits:",
        "  top: null",
        "  b:",
        "    where: {ministry: A}",
        "    at_most: {amount_bn: 2}",
        '    why: {vi: "Vì", en: For}',
    ]
    assert [limit.id for limit in scenario(outcome.path).limits] == ["b"]
    back = store.save(
        outcome.path, {("limits", "top"): {"where": {}, "at_most": {"amount_bn": 2}}}, outcome.sha256
    )
    assert [limit.id for limit in scenario(back.path).limits] == ["top", "b"]


def test_what_would_extend_itself_is_refused(path):
    other = store.save_new(path, "Less", how="extends").path
    outcome = store.save(path, {("extends",): "less"}, digest(path))
    assert [fault.code for fault in outcome.faults] == ["extends_itself"]
    assert scenario(other).extends == "tiny"


TITLES = {
    "CON": "scenario-con",
    "com1": "scenario-com1",
    "NUL.yaml": "nul-yaml",
    "trailing. ": "trailing",
    "..\\..\\windows": "windows",
    "../../etc/passwd": "etc-passwd",
    "a\u202egnp.exe": "a-gnp-exe",
    "Đắk Nông": "dak-nong",
    unicodedata.normalize("NFD", "Đắk Nông"): "dak-nong",
    "x" * 300: "x" * 48,
    "": "scenario",
    "日本": "scenario",
    "-.-": "scenario",
}


@pytest.mark.parametrize(("title", "expected"), TITLES.items(), ids=map(ascii, TITLES.values()))
def test_hostile_titles_become_names_that_every_system_takes(path, title, expected):
    assert slug(title) == expected
    assert re.fullmatch(ID_PATTERN, expected) and not is_device(expected)
    outcome = store.save_new(path, title or "?")
    if not title.isprintable():
        assert [fault.code for fault in outcome.faults] == ["control_character"]
    else:
        assert outcome.path == path.parent / f"{expected}.yaml"
    assert [place.name for place in path.parent.parent.iterdir()] == ["scenarios"]


def test_names_are_unique_whatever_their_capitals():
    assert free_id("Thử", ["THU", "thu-2"]) == "thu-3"


@pytest.mark.parametrize(
    "name", ["CON.yaml", "com1.x.yaml", "a..yaml", "a b.yaml", "x.txt", "a\u202eb.yaml", f"{'x' * 65}.yaml"]
)
def test_no_save_goes_to_a_name_that_is_not_safe(path, name):
    outcome = store.save(path.with_name(name), {}, "0" * 64)
    assert [fault.code for fault in outcome.faults] == ["unsafe_name"]


def test_no_save_leaves_the_folder(path):
    assert unsafe(path.parent / ".." / "scenarios" / "tiny.yaml").code == "unsafe_name"
    assert unsafe(path) is None


# ------------------------------------------------------------------ earlier versions of the format


def test_files_of_an_earlier_version_are_brought_up_to_date_and_kept(path, monkeypatch):
    old = (
        COMMENTED.replace("schema: 1", "schema: 0").replace("least_grant_bn", "least").replace("ties", "tie")
    )
    path.write_text(old + "tie: pro_rata  # shared\n", encoding="utf-8")
    child = path.with_name("child.yaml")
    child.write_text("schema: 0\nid: aaa\nextends: tiny\ntie: order\n", encoding="utf-8")
    child = child.rename(path.with_name("aaa.yaml"))

    def step(tree):
        renamed = {"ties" if key == "tie" else key: value for key, value in tree.items()}
        return renamed | {"schema": "1"}

    monkeypatch.setattr(upgrades, "STEPS", {"0": step})
    monkeypatch.setattr("prioritizer.store.preparing.STEPS", {"0": step})
    assert store.prepare(path.parent) == store.Prepared(("tiny", "aaa"), (), 0)
    assert (scenario(path).ties, scenario(child).ties) == ("pro_rata", "order")
    assert "# ours" in path.read_text(encoding="utf-8")
    assert store.content_of(store.versions(path)[-1]).startswith(b"# ours\nschema: 0")
    assert store.prepare(path.parent) == store.Prepared((), (), 0)


def test_a_file_of_no_known_version_is_left_as_it_is(path):
    path.write_text(COMMENTED.replace("schema: 1", "schema: 9"), encoding="utf-8")
    assert store.prepare(path.parent) == store.Prepared((), (), 0)
    assert "schema: 9" in path.read_text(encoding="utf-8")


# ------------------------------------------------------------------ nouns


def test_an_edited_scenario_is_saved_as_what_differs(path):
    before = scenario(path)
    limit = before.limits[0].model_copy(update={"penalty_e4": 12_500})
    funds = (before.funds[0].model_copy(update={"amount_mvnd": 4_250}),)
    objective = before.objective.model_copy(update={"hurdle_e4": 305_000})
    after = before.model_copy(update={"limits": (limit,), "funds": funds, "objective": objective})
    changes = store.changes_between(before, after)
    assert changes == {
        ("funds", "fund", "amount_bn"): "4.25",
        ("objective",): {"hurdle": "30.5"},
        ("limits", "top", "penalty"): "1.25",
    }
    saved(path, changes)
    assert scenario(path) == after
