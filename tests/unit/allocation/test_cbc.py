"""What the second solver says is taken with care, and what it is asked is kept from others."""

import os
import subprocess
from pathlib import Path

import pulp
import pytest

from prioritizer import allocation, scoring
from prioritizer.allocation.program import Program
from prioritizer.allocation.solvers import cbc
from tests.build import Project, case


@pytest.fixture(autouse=True)
def _here() -> None:
    try:
        cbc.binary()
    except cbc.CbcMissing:
        pytest.skip("no CBC on this machine")  # PuLP brings one for usual machines only


def test_its_preprocessing_does_not_make_a_program_impossible() -> None:
    """It takes the plan that gives nothing to anybody, which keeps every rule here, for none."""
    projects = [
        Project(15_000, 554_270, funding="whole"),
        Project(1_000, 23_483, class_="group2-pull"),
        Project(14_000, 346_079, funding="minimum", minimum=10_615),
    ]
    floor = {"id": "L", "where": {"class": "group1"}, "at_least": {"share_of_allocated": "1/10"}}
    case_ = case(projects, 254_400, [floor], basis="project")
    plan = allocation.allocate(case_, scoring.score(case_), solver="cbc")
    assert (plan.status, plan.amount_mvnd.tolist()) == ("optimal", [15_000, 1_000, 14_000])


def test_where_it_breaks_down_over_the_second_question_its_first_word_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def solved(*question: object) -> pulp.LpProblem | None:
        if "-preprocess" in question:
            return None
        problem = pulp.LpProblem()
        problem.status = pulp.LpStatusInfeasible
        return problem

    monkeypatch.setattr(cbc, "_solved", solved)
    case_ = case([Project(1, 1)], 1)
    program = allocation.formulate(case_, scoring.score(case_)).program
    answer = cbc.branch_and_bound(program, None, None)
    assert answer.values is None and answer.finished


def tiny() -> Program:
    case_ = case([Project(1, 1, funding="whole")], 1)
    return allocation.formulate(case_, scoring.score(case_)).program


def test_its_files_are_for_nobody_else_and_soon_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    folders: list[Path] = []
    run = cbc._run

    def watched(command: list[str], folder: str, seconds: float | None) -> None:
        folders.append(Path(folder))
        if os.name == "posix":
            assert not Path(folder).stat().st_mode & 0o077
        run(command, folder, seconds)
        assert {each.suffix for each in Path(folder).iterdir()} == {".mps", ".sol"}

    monkeypatch.setattr(cbc, "_run", watched)
    assert cbc.branch_and_bound(tiny(), 10.0, None).finished
    assert folders and not any(folder.exists() for folder in folders)


@pytest.mark.parametrize(
    "fault",
    [PermissionError(), subprocess.TimeoutExpired("cbc", 1.0), subprocess.CalledProcessError(1, "cbc")],
)
def test_where_it_does_not_start_or_end_it_has_found_nothing(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def breaks(*_: object) -> None:
        raise fault

    monkeypatch.setattr(cbc, "_run", breaks)
    answer = cbc.branch_and_bound(tiny(), 10.0, None)
    assert answer.values is None and not answer.finished
