"""The published JSON Schema of scenario files is the one that the nouns imply."""

import json
import os
from pathlib import Path

import pytest

from prioritizer.inputs.documents import scenario_schema

PUBLISHED = Path(__file__).resolve().parents[2] / "scenarios" / "scenario.schema.json"


def test_the_published_schema_is_current() -> None:
    current = json.dumps(scenario_schema(), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("PRIORITIZER_RENEW_GOLDEN") == "1":
        PUBLISHED.write_text(current, encoding="utf-8")
        pytest.fail("renewed; look at the difference and run again without PRIORITIZER_RENEW_GOLDEN")
    assert PUBLISHED.read_text(encoding="utf-8") == current
