"""Every test of the app has scenarios of its own: what it tries and saves stays in a folder for tests."""

import shutil
from pathlib import Path

import pytest

from prioritizer import pipeline
from prioritizer.ui.office import progress

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def copied_scenarios(tmp_path_factory):
    """The shipped scenarios with their criteria, copied once."""
    home = tmp_path_factory.mktemp("shipped")
    for name in ("scenarios", "criteria"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns(".*"))
    return home / "scenarios"


@pytest.fixture(autouse=True)
def scenarios(copied_scenarios, monkeypatch):
    """The folder of scenarios that the app finds, as shipped; drafts and saves of the test go with it."""
    before = {path: path.read_bytes() for path in copied_scenarios.glob("*.yaml")}
    found = pipeline.scenario_paths
    monkeypatch.setattr(pipeline, "scenario_paths", lambda folder=copied_scenarios: found(folder))
    yield copied_scenarios
    for name in (".drafts", ".versions"):
        shutil.rmtree(copied_scenarios / name, ignore_errors=True)
    for path in copied_scenarios.glob("*.yaml"):
        path.unlink() if path not in before else None
    for path, content in before.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Pages wait for their answers however busy the machine is; tests of waiting itself set another time."""
    monkeypatch.setattr(progress, "PATIENCE_SECONDS", 600.0)
