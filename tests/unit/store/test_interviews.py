"""Questionings that are not finished survive a reload, another window and a broken file."""

from dataclasses import replace

import pytest

from prioritizer.scoring.interview import Interview, answered
from prioritizer.store.interviews import FOLDER, drop_interview, interviews_of, keep_interview
from tests.build import folder

HELD = Interview("root", "group1", "rank", "Tổ công tác", "2026-04-20", "Họp", ("a", "b", "c"), ("z",))


@pytest.fixture
def scenario(tmp_path):
    return folder(tmp_path)


def test_what_was_answered_is_there_again(scenario):
    more = answered(HELD, ("b",))
    assert interviews_of(scenario) == ()
    assert keep_interview(scenario, HELD, None) == HELD
    assert keep_interview(scenario, more, HELD) == more
    assert interviews_of(scenario) == (more,)
    drop_interview(scenario, more)
    assert interviews_of(scenario) == ()


def test_who_comes_second_is_shown_what_stands_there(scenario):
    one, other = answered(HELD, ("b",)), answered(HELD, ("c",))
    keep_interview(scenario, HELD, None)
    keep_interview(scenario, one, HELD)
    assert keep_interview(scenario, other, HELD) == one and interviews_of(scenario) == (one,)
    assert keep_interview(scenario, HELD, None) == one, "a new one does not push aside what is there"
    drop_interview(scenario, one)
    assert keep_interview(scenario, other, one) is None and interviews_of(scenario) == ()


def test_each_set_and_class_has_its_own(scenario):
    for held in (HELD, replace(HELD, class_=""), replace(HELD, over="X")):
        keep_interview(scenario, held, None)
    assert len(interviews_of(scenario)) == 3
    assert (scenario.parent / FOLDER / ".gitignore").read_bytes() == b"*\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"{}",
        b"[1]",
        b'{"schema": 2}',
        b'{"schema": 1, "over": "root"}',
        b'{"schema": 1, "over": "root", "class_": "", "method": "dice", "by": "x", "at": "2026-01-01",'
        b' "why": "y", "asked": ["a", "b"], "left_out": [], "answers": []}',
        b'{"schema": 1, "over": "root", "class_": "", "method": "rank", "by": "x", "at": "2026-01-01",'
        b' "why": "y", "asked": ["a", "b"], "left_out": [], "answers": [["q"]]}',
    ],
)
def test_a_file_that_is_none_is_passed_over_and_can_be_replaced(scenario, content):
    keep_interview(scenario, HELD, None)
    (scenario.parent / FOLDER / scenario.stem / "root.group1.json").write_bytes(content)
    assert interviews_of(scenario) == ()
    assert keep_interview(scenario, HELD, None) == HELD
