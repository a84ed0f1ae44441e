"""The LP text: every name safe and its own, however ids are written."""

import highspy
import pytest

from prioritizer import allocation, scoring
from tests.build import Project, case


def text(given) -> str:
    return allocation.lp_text(allocation.formulate(given, scoring.score(given)).program)


def limits(*names: str):
    return [{"id": name, "at_most": {"amount_bn": 1}} for name in names]


def test_ids_of_full_length_still_make_a_text(tmp_path):
    given = case([Project(10, 5, id="P" * 64)], 5, limits("l" * 64))
    (fund,) = given.scenario.funds
    written = text(given.revised(funds=(fund.model_copy(update={"id": "f" * 64}),)))
    assert f"pay_{'P' * 64}" in written and f"envelope_{'f' * 64}" in written
    path = tmp_path / "model.lp"
    path.write_text(written, encoding="utf-8")
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    assert highs.readModel(str(path)) == highspy.HighsStatus.kOk


@pytest.mark.parametrize("names", [("a-b", "a.b", "a_b"), ("a-b", "a.b", "a_b__2"), ("a_b__2", "a-b", "a.b")])
def test_ids_that_differ_in_signs_alone_keep_names_of_their_own(names):
    written = text(case([Project(10, 5)], 5, limits(*names)))
    rows = [line.split(":")[0] for line in written.splitlines() if line.startswith("at_most")]
    assert len(set(rows)) == len(rows) == 3


def test_a_limit_that_can_never_bite_is_still_written():
    written = text(case([Project(10, 5)], 5, [{"id": "l", "at_most": {"share_of_allocated": "1"}}]))
    assert "at_most_l:" in written
