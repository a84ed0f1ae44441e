"""Power cuts, full disks, other programs, other people: the old scenario or the new one, never neither."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from prioritizer import inputs, store
from prioritizer.store.disk import Disk
from prioritizer.store.preparing import sweep
from tests.build import folder

ROOT = Path(__file__).resolve().parents[3]
CALLS = ("read", "create", "put", "sync", "replace", "sync_folder", "make_folder", "since", "remove", "names")
CHANGES = {("funds", "fund", "amount_bn"): "4"}


class Failing(Disk):
    """A disk on which call number ``at`` fails; half of what it was to write is written."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.calls = 0


def _failing(name):
    def call(self, *arguments):
        self.calls += 1
        if self.calls == self.at:
            if name == "put":
                stream, content = arguments
                stream.write(content[: len(content) // 2])
                stream.flush()
            raise OSError(5, os.strerror(5))
        return getattr(Disk, name)(self, *arguments)

    return call


for _name in CALLS:
    setattr(Failing, _name, _failing(_name))


class Held(Disk):
    """A disk on which another program holds ``tiny.yaml`` for the first tries."""

    def __init__(self, tries: int) -> None:
        self.tries = tries
        self.paused = 0.0

    def replace(self, source: Path, target: Path) -> None:
        if target.name == "tiny.yaml" and self.tries:
            self.tries -= 1
            raise PermissionError(13, "held")
        super().replace(source, target)

    def pause(self, seconds: float) -> None:
        self.paused += seconds


@pytest.fixture
def path(tmp_path):
    return folder(tmp_path / "scenarios")


def save(path, disk):
    return store.save(path, CHANGES, store.sha256_of(path.read_bytes()), disk=disk)


def test_whatever_call_fails_the_file_is_old_or_new_and_the_answer_says_which(path):
    old = path.read_bytes()
    for at in range(1, 200):
        path.write_bytes(old)
        disk = Failing(at)
        outcome = save(path, disk)
        now = path.read_bytes()
        assert isinstance(outcome, store.Saved) == (now != old), (at, outcome)
        assert inputs.read_case(path, "networked").scenario.funds[0].amount_mvnd == (
            3000 if now == old else 4000
        )
        if disk.calls < at:
            break
    assert 15 < at < 199
    assert outcome.durable
    store.prepare(path.parent)
    assert not list(path.parent.rglob("*.tmp"))


def test_a_name_that_may_not_outlive_a_power_cut_is_told(path, monkeypatch):
    class Unsettled(Disk):
        def sync_folder(self, folder):
            raise OSError(5, "")

    assert not save(path, Unsettled()).durable


def test_a_file_held_for_a_moment_is_waited_for(path):
    disk = Held(3)
    outcome = save(path, disk)
    assert (outcome.path, outcome.beside) == (path, False)
    assert 0 < disk.paused < 1


def test_a_file_held_for_long_is_saved_beside_and_that_is_told(path):
    old, disk = path.read_bytes(), Held(99)
    outcome = save(path, disk)
    assert (outcome.path.name, outcome.asked, outcome.beside) == ("tiny-2.yaml", path, True)
    assert (path.read_bytes(), disk.paused) == (old, 3.0)
    scenario = inputs.read_case(outcome.path, "networked").scenario
    assert (scenario.id, scenario.funds[0].amount_mvnd) == ("tiny-2", 4000)


def test_a_folder_that_is_gone_is_told_and_not_made_again(path):
    started = store.sha256_of(path.read_bytes())
    path.parent.rename(away := path.parent.with_name("away"))
    refused = store.save(path, CHANGES, started), store.try_step(path, None, started, "funds", CHANGES)
    assert [fault.code for each in refused for fault in each.faults] == ["file_missing"] * 2
    assert not path.parent.exists()
    away.rename(path.parent)
    assert isinstance(store.save(path, CHANGES, started), store.Saved)


def test_what_cut_off_saves_left_behind_is_swept_and_nothing_else(path):
    save(path, Disk())
    versions = path.parent / ".versions/tiny"
    stray = [path.with_suffix(".tmp"), versions / "20260420T101500.000000Z-00000000.tmp"]
    others = [path.with_name("~$x.tmp"), path.with_name("notes.txt")]
    for each in (*stray, *others):
        each.write_bytes(b"torn")
    assert sweep(path.parent) == 2
    assert [each.exists() for each in (*stray, *others)] == [False, False, True, True]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="killing by the hundred needs fork, which Windows lacks")
def test_killed_in_the_middle_two_hundred_times_the_file_is_always_whole(path):
    seen = json.loads(_run("killed", path, 200))
    assert seen["whole"] == 200
    assert 20 < seen["changed"] < 180 and seen["left_behind"] > 20  # the kills fell into saves
    store.prepare(path.parent)
    assert not list(path.parent.rglob("*.tmp"))


def test_of_two_processes_saving_fifty_times_each_no_save_is_lost(path):
    both = [_start("adding", path, 50) for _ in range(2)]
    conflicts = [int(each.communicate(timeout=120)[0]) for each in both]
    assert inputs.read_case(path, "networked").scenario.funds[0].amount_mvnd == 103_000
    assert all(each.returncode == 0 for each in both) and sum(conflicts) > 0


def _start(name, path, times):
    command = [sys.executable, "-m", f"tests.unit.store.{name}", str(path), str(times)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _run(name, path, times):
    return _start(name, path, times).communicate(timeout=120)[0]
