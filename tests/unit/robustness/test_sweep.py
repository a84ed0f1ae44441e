"""Sweeps: workers, chunks, what fails and what is called off."""

import pickle

import numpy as np
import pytest

from prioritizer.allocation import warm
from prioritizer.allocation.warm import Outcomes
from prioritizer.errors import Defect
from prioritizer.robustness.nouns import Cancelled
from prioritizer.robustness.sweeping import sweep as sweeping
from prioritizer.robustness.sweeping.sweep import sweep
from tests.build import BODIES, Project, case
from tests.swept import Deadly, Table, levels, same

LIMITS = [
    {"id": "most", "where": {"ministry": ["MOST"]}, "at_most": {"amount_bn": 90}},
    {"id": "least", "where": {"ministry": ["MOIT"]}, "at_least": {"amount_bn": 40}},
]


def many(limits=LIMITS, **more):
    projects = [Project(10 + 7 * at % 30, 0, BODIES[at % 3]) for at in range(20)]
    return case(projects, 200, limits, **more)


def test_the_answer_does_not_hang_on_workers_or_chunks():
    given = many()
    table = levels(given, 60, 1)
    alone = sweep(given, table)
    assert alone.found.all() and (alone.amount_mvnd.sum(axis=1) <= 200).all()
    for workers, size in ((2, 7), (4, 20), (2, 60)):
        assert same(alone, sweep(given, table, workers=workers, size=size))


def test_a_worker_that_is_killed_costs_only_its_chunk_again(tmp_path):
    given = many()
    table = levels(given, 40, 2)
    deadly = Deadly(table.values, of=17, times=1, folder=tmp_path)
    assert same(sweep(given, table), sweep(given, deadly, workers=2, size=10))
    asked = [path.name.split("-")[1] for path in tmp_path.glob("*-*") if not path.name.startswith("dead")]
    assert sorted(asked) == ["0", "10", "10", "20", "30"]


def test_a_chunk_that_kills_every_worker_is_given_up_and_said(tmp_path):
    given = many()
    table = levels(given, 40, 3)
    found = sweep(given, Deadly(table.values, of=17, times=99, folder=tmp_path), workers=2, size=10)
    assert len(list(tmp_path.glob("dead-*"))) == 3
    assert np.flatnonzero(found.status == "failed").tolist() == list(range(10, 20))
    assert set(found.why) == set(range(10, 20)) and "3 times" in found.why[10]
    rest = sweep(given, table)
    assert found.amount_mvnd[20:].tolist() == rest.amount_mvnd[20:].tolist()
    assert not found.amount_mvnd[10:20].any() and np.isnan(found.gap[10:20]).all()


def test_a_draw_that_fails_is_kept_with_its_reason_and_the_others_go_on(monkeypatch):
    given = many([{"id": "few", "at_most": {"count": 3}}])
    table, real = levels(given, 5, 4), warm.planned

    def failing(case, values, effort):
        if values.tolist() == table.values[2].tolist():
            raise Defect("a plan\nbreaks a rule")
        return real(case, values, effort)

    monkeypatch.setattr(warm, "planned", failing)
    found = sweep(given, table)
    assert found.why == {2: "Defect: a plan breaks a rule"}
    assert found.status.tolist() == ["optimal", "optimal", "failed", "optimal", "optimal"]
    assert found.found.tolist() == [True, True, False, True, True]


def test_equal_draws_are_solved_once(monkeypatch):
    given = many([{"id": "few", "at_most": {"count": 3}}])
    table, real, asked = levels(given, 2, 5), warm.planned, []
    monkeypatch.setattr(warm, "planned", lambda *each: asked.append(1) or real(*each))
    found = sweep(given, Table(table.values[[0, 1, 0, 1, 0]]))
    assert len(asked) == 2
    assert found.amount_mvnd[[0, 1]].tolist() == found.amount_mvnd[[2, 3]].tolist()


def test_what_cannot_be_solved_says_so_for_every_draw():
    given = many([{"id": "all", "at_least": {"amount_bn": 1_000}}])
    found = sweep(given, levels(given, 3, 6))
    assert found.status.tolist() == ["infeasible"] * 3 and not found.why
    assert not found.amount_mvnd.any() and np.isnan(found.gap).all()


@pytest.mark.parametrize("workers", [1, 2, None])
def test_progress_is_told_and_a_sweep_can_be_called_off(workers):
    given, told = many(), []
    table = levels(given, 50, 7)
    sweep(given, table, workers=workers, size=10, progress=lambda done, all_: told.append((done, all_)))
    assert told == [(done, 50) for done in (10, 20, 30, 40, 50)]
    with pytest.raises(Cancelled):
        sweep(given, table, workers=workers, size=10, cancel=lambda: True)


def test_a_defect_outside_of_single_draws_is_raised_where_it_was_asked(tmp_path):
    given = many()
    wrong = Table(levels(given, 4, 8).values[:, :-1])
    with pytest.raises(IndexError):
        sweep(given, wrong)
    with pytest.raises(IndexError):
        sweep(given, wrong, workers=2, size=2)


@pytest.mark.parametrize("seconds", [0.0, 1e9])
def test_workers_are_started_where_that_pays_and_change_nothing(seconds, monkeypatch):
    started = []
    real = sweeping.in_workers
    monkeypatch.setattr(sweeping, "STARTING_SECONDS", seconds)
    monkeypatch.setattr(sweeping, "cpu_count", lambda: 2)
    monkeypatch.setattr(sweeping, "in_workers", lambda *each: started.append(1) or real(*each))
    given = many()
    table = levels(given, 40, 9)
    assert same(sweep(given, table, size=10), sweep(given, table, workers=1))
    assert len(started) == (seconds == 0)


def test_no_draws_give_an_empty_table():
    given = many()
    for workers in (1, 2, None):
        found = sweep(given, Table(np.zeros((0, 20), dtype=np.int64)), workers=workers)
        assert found.amount_mvnd.shape == (0, 20) and not found.why


@pytest.mark.parametrize("most", [0, 2**31 - 1, 2**31, 2**60])
def test_plans_arrive_as_they_were_sent(most):
    sent = Outcomes.blank(2, 3)
    sent.amount_mvnd[1, 2], sent.status[1], sent.gap[1], sent.why[0] = most, "optimal", 0.25, "no answer"
    came = pickle.loads(pickle.dumps(sent))  # noqa: S301  our own bytes
    assert came.amount_mvnd.dtype == np.int64 and came.amount_mvnd.tolist() == sent.amount_mvnd.tolist()
    assert came.status.tolist() == sent.status.tolist() and came.why == sent.why
    assert np.array_equal(came.gap, sent.gap, equal_nan=True)
