"""What the kept answers hang on: the files a scenario rests on, whoever else writes beside them."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from prioritizer import pipeline
from prioritizer.ui import answers


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """A scenario file beside a folder of criteria."""
    for name in ("scenarios/registers/own.csv", "criteria/own.yaml", "scenarios/own.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    return tmp_path / "scenarios" / "own.yaml"


@pytest.mark.parametrize("name", ["scenarios/own.yaml", "scenarios/registers/own.csv", "criteria/own.yaml"])
def test_another_file_beside_a_scenario_is_another_stamp(scenario: Path, name: str) -> None:
    before = answers._stamp(scenario)
    (scenario.parents[1] / name).write_text("another", encoding="utf-8")
    assert answers._stamp(scenario) != before


@pytest.mark.parametrize("name", [".drafts/own/one.json", ".versions/own/1.yaml", "own.yaml.tmp", ".lock"])
def test_drafts_versions_and_what_is_being_written_change_no_stamp(scenario: Path, name: str) -> None:
    before = answers._stamp(scenario)
    (scenario.parent / name).parent.mkdir(parents=True, exist_ok=True)
    (scenario.parent / name).write_text("x", encoding="utf-8")
    assert answers._stamp(scenario) == before


def test_a_file_that_goes_between_listing_and_looking_is_not_there(
    scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = answers._stamp(scenario)
    gone, listed = scenario.parent / "gone.yaml", answers._files
    monkeypatch.setattr(
        answers, "_files", lambda folder: [*listed(folder), *([gone] if folder == gone.parent else [])]
    )
    assert answers._stamp(scenario) == before


def test_a_case_has_the_digest_of_what_it_holds_whichever_object_it_is(scenarios: Path) -> None:
    case = pipeline.load(scenarios / "baseline.yaml")
    again = case.revised()
    assert case is not again and answers.fingerprint(case) == answers.fingerprint(again)
    assert answers.fingerprint(case.revised(limits=())) != answers.fingerprint(case)


def test_digests_of_cases_that_are_gone_are_forgotten(scenarios: Path) -> None:
    case = pipeline.load(scenarios / "baseline.yaml").revised()
    answers.fingerprint(case)
    known = id(case)
    assert known in answers._digests
    del case
    gc.collect()
    assert known not in answers._digests


def test_titles_follow_the_files_and_say_which_cannot_be_used(scenarios: Path) -> None:
    paths = [scenarios / "baseline.yaml", scenarios / "high-bar.yaml"]
    before = answers.titles(paths, "en")
    assert before == {path.stem: pipeline.load(path).scenario.title.en for path in paths}
    paths[1].write_text("schema: 1\nid: high-bar\n", encoding="utf-8")
    assert answers.titles(paths, "en") == {**before, "high-bar": None}
