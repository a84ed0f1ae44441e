"""What is little work needs no solver; else CBC looks first, and HiGHS goes on from there or is alone."""

import numpy as np
import pytest

from prioritizer import allocation, scoring
from prioritizer.allocation.choice.branching import Best
from prioritizer.allocation.choice.mixed import settle_mixed
from prioritizer.allocation.program import FREE, Program
from prioritizer.allocation.solvers import cbc, highs, turns
from prioritizer.allocation.solvers.highs import Search
from tests.build import Project, case
from tests.mixed import all_whole, program, row

PLAN = np.array([1.0] + [0.0] * 39)
NOTHING = Search(None, False, float("inf"))


def whole(columns: int = 40) -> Program:
    cap = row("cap", [(at, 3 + at % 7) for at in range(columns)], -FREE, 2 * columns)
    return program([1] * columns, [5 + at % 11 for at in range(columns)], [True] * columns, [cap])


@pytest.fixture
def much_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs as if there were too many ways to go through."""
    monkeypatch.setattr(turns, "best_pattern", lambda _: None)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, much_work: None) -> dict[str, tuple]:
    """What each solver was asked, with answers that tell them apart."""
    seen: dict[str, tuple] = {}

    def looks(program, seconds, nodes):
        seen["cbc"] = (seconds, nodes)
        return Search(PLAN, False, float("inf"))

    def judges(program, seconds, nodes, least, known):
        seen["highs"] = (seconds, nodes, known)
        return Search(PLAN, True, 5.0)

    monkeypatch.setattr(cbc, "branch_and_bound", looks)
    monkeypatch.setattr(highs, "branch_and_bound", judges)
    return seen


@pytest.mark.parametrize("seed", range(30))
def test_what_is_little_work_needs_no_solver(seed, monkeypatch):
    made, _, _ = all_whole(seed)
    best = highs.branch_and_bound(made, None, None)
    for name in (cbc, highs):
        monkeypatch.setattr(name, "branch_and_bound", None)
    if best.values is not None:
        found = turns.branch_and_bound(made, 60.0, None)
        assert found.finished and found.values is not None
        assert float(made.gain_num @ found.values) == pytest.approx(float(made.gain_num @ best.values))


def test_what_cbc_ends_is_not_searched_again(asked, monkeypatch):
    found = Search(PLAN, True, 5.0)
    monkeypatch.setattr(cbc, "branch_and_bound", lambda *_: found)
    assert turns.branch_and_bound(whole(), 60.0, None) is found
    assert not asked


def test_highs_goes_on_from_what_cbc_found_in_the_time_that_is_left(asked):
    assert turns.branch_and_bound(whole(), 60.0, None).finished
    (look, _), (rest, _, known) = asked["cbc"], asked["highs"]
    assert look == 30.0 and 30.0 < rest <= 60.0 and known is PLAN


@pytest.mark.parametrize("answer", [NOTHING, Search(None, True, -float("inf"))])
def test_that_there_is_no_plan_is_for_highs_to_say(asked, monkeypatch, answer):
    monkeypatch.setattr(cbc, "branch_and_bound", lambda *_: answer)
    assert turns.branch_and_bound(whole(), 60.0, None).values is PLAN
    assert asked["highs"][2] is None


@pytest.mark.parametrize("seconds", [None, 60.0])
def test_judgements_are_for_highs_alone(asked, seconds):
    turns.branch_and_bound(whole(), seconds, 100)
    assert asked == {"highs": (seconds, 100, None)}


def test_small_programs_are_for_highs_alone(asked):
    turns.branch_and_bound(whole(10), 60.0, None)
    left, nodes, known = asked.pop("highs")
    assert not asked and 30.0 < left <= 60.0 and nodes is None and known is None


def test_what_cannot_be_gone_through_is_left_to_cbc_as_far_as_it_is_open(monkeypatch):
    made = whole()
    best = highs.branch_and_bound(made, None, None)
    assert best.values is not None
    fixed = np.arange(40) % 3 == 0
    pattern = dict(enumerate(np.rint(best.values).astype(int).tolist()))
    monkeypatch.setattr(turns, "best_pattern", lambda _: Best(pattern, False, fixed))
    seen: list[Program] = []

    def looks(program, *_):
        seen.append(program)
        return highs.branch_and_bound(program, None, None)

    monkeypatch.setattr(cbc, "branch_and_bound", looks)
    found = turns.branch_and_bound(made, 60.0, None)
    assert [len(each.columns) for each in seen] == [int((~fixed).sum())]
    assert found.finished and found.values is not None
    assert float(made.gain_num @ found.values) == float(made.gain_num @ best.values) == found.bound


def test_the_better_plan_of_two_that_are_not_proven_is_what_highs_starts_from(asked, monkeypatch):
    made, good = whole(), np.zeros(40, dtype=np.int64)
    good[[10, 21]] = 1
    best = Best(dict(enumerate(good.tolist())), False, np.zeros(40, dtype=bool))
    monkeypatch.setattr(turns, "best_pattern", lambda _: best)
    turns.branch_and_bound(made, 60.0, None)
    assert asked["highs"][2].tolist() == good.tolist()


def test_without_cbc_the_plan_is_the_same(monkeypatch, much_work):
    projects = [Project(7 + at % 9, 100_000 + 7_919 * (at % 23), funding="whole") for at in range(45)]
    case_ = case(projects, 201, basis="project")
    plans = [allocation.allocate(case_, scoring.score(case_))]
    monkeypatch.setattr(cbc.shutil, "which", lambda _: None)
    plans.append(allocation.allocate(case_, scoring.score(case_)))
    assert plans[0].status == plans[1].status == "optimal"
    assert plans[0].amount_mvnd.tolist() == plans[1].amount_mvnd.tolist()


def test_a_wrong_first_look_is_found_out(monkeypatch, much_work):
    made = whole()
    right = settle_mixed(made, np.arange(40), np.ones(40, np.int64))
    monkeypatch.setattr(cbc, "branch_and_bound", lambda *_: Search(PLAN, True, 5.0))
    wrong = settle_mixed(made, np.arange(40), np.ones(40, np.int64))
    assert right.settled is not None and wrong.settled is not None
    assert wrong.settled.amount.tolist() == right.settled.amount.tolist()
    assert wrong.bound == right.bound


def test_highs_keeps_the_plan_it_starts_from():
    made = whole()
    known = highs.branch_and_bound(made, None, None)
    again = highs.branch_and_bound(made, None, 0, None, known.values)
    assert known.values is not None and again.values is not None
    gains = made.gain_num.astype(float)
    assert float(gains @ again.values) == float(gains @ known.values)
