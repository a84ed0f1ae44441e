"""The command that serves the app: in the shipped folder of scenarios or in another."""

import pytest

from prioritizer import pipeline
from prioritizer.cli import main
from prioritizer.ui.office import jobs
from prioritizer.ui.serving import serve


@pytest.fixture
def started(monkeypatch):
    """What Streamlit would be started with; nothing is served."""
    given = []
    monkeypatch.setattr(serve.cli, "main", lambda args, **_: given.append(args))
    monkeypatch.setattr(jobs, "office", lambda: None)
    monkeypatch.setattr(pipeline, "SCENARIOS", pipeline.SCENARIOS)
    return given


def test_another_folder_of_scenarios_is_worked_in(started, tmp_path):
    assert main(["app", "--no-browser", "--scenarios", str(tmp_path)]) == 0
    assert tmp_path.resolve() == pipeline.SCENARIOS
    assert len(started) == 1


def test_the_shipped_folder_is_the_usual_one(started):
    shipped = pipeline.SCENARIOS
    assert main(["app", "--no-browser"]) == 0
    assert shipped == pipeline.SCENARIOS
    assert len(started) == 1


def test_a_folder_that_is_not_there_is_refused(started, tmp_path):
    with pytest.raises(SystemExit) as end:
        main(["app", "--scenarios", str(tmp_path / "nowhere")])
    assert end.value.code == 2
    assert not started
