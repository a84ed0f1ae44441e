"""Scenario files: what ``extends`` does, and that nothing written in them is lost or guessed."""

import re
from pathlib import Path

import pytest

from prioritizer import pipeline
from prioritizer.errors import Fault
from prioritizer.inputs.documents import as_noun, merged
from prioritizer.inputs.yamltree import read_yaml
from prioritizer.model import CriteriaTree, MinistryList, ProductList, Scenario
from tests.build import ASSESSED, SCENARIO, assessed, faults, folder

CHILD = "schema: 1\nid: tiny\ntitle: Child\nextends: base\n"
BASE = SCENARIO.replace("id: tiny", "id: base") + (
    'limits:\n  - {id: a, where: {ministry: A}, at_most: {share_of_envelope: "0.5"}}\n'
    "  - {id: b, where: {ministry: B}, at_least: {amount_bn: 1}}\n"
)


def loaded(tmp_path, child: str, base: str = BASE):
    return pipeline.load(folder(tmp_path, tiny_yaml=CHILD + child, base_yaml=base)).scenario


def codes(path) -> list[tuple[str, str | None]]:
    return [(fault.code, fault.column) for fault in faults(path)]


def test_a_child_has_what_its_base_says(tmp_path):
    scenario = loaded(tmp_path, "")
    assert (scenario.id, scenario.title.vi) == ("tiny", "Child")
    assert [limit.id for limit in scenario.limits] == ["a", "b"]
    assert scenario.funds[0].amount_mvnd == 3000


def test_limits_merge_by_id_and_key(tmp_path):
    scenario = loaded(
        tmp_path, "limits: [{id: b, at_least: {amount_bn: 2}}, {id: c, where: {}, at_most: {amount_bn: 1}}]\n"
    )
    a, b, c = scenario.limits
    assert a.at_most.share_of_envelope is not None
    assert (b.where, b.at_least.amount_mvnd) == ({"ministry": ("B",)}, 2000)
    assert (c.id, c.where, c.at_most.amount_mvnd) == ("c", {}, 1000)


@pytest.mark.parametrize(
    "base, child, expected",
    [
        ("{id: d1, project: P1, fund: full}", "{id: d2, project: P2, fund: full}", ["d1", "d2"]),
        ("{id: d1, project: P1, fund: full}", "{id: d1, project: P2}", ["d1"]),
        ("{project: P1, fund: full}", "{project: P2, fund: full}", ["P2.fund"]),
        ("{project: P1, fund: full}", "{id: d2, project: P2, fund: full}", ["d2"]),
        ("{id: d1, project: P1, fund: full}", "{project: P2, locked_bn: 1}", ["P2.locked"]),
    ],
)
def test_decisions_merge_where_all_have_ids_and_are_replaced_where_not(tmp_path, base, child, expected):
    scenario = loaded(tmp_path, f"decisions: [{child}]\n", f"{BASE}decisions: [{base}]\n")
    assert [decision.id for decision in scenario.decisions] == expected
    assert scenario.decisions[-1].project == "P2"


def test_dependencies_reserves_and_caps_merge_as_limits_do(tmp_path):
    base = BASE + (
        "reserves: [{id: r, amount_bn: 1}]\nstate_share_cap: {group1: 0.5, group2-push: 0.7}\n"
        "dependencies: [{id: d, project: P1, requires: P2}, {id: e, project: P2, requires: P3}]\n"
    )
    scenario = loaded(
        tmp_path,
        "reserves: {r: {amount_bn: 0.5}}\nstate_share_cap: {group1: null}\n"
        "dependencies: {d: {in_full: true}, e: null}\n",
        base,
    )
    assert [reserve.amount_mvnd for reserve in scenario.reserves] == [500]
    assert list(scenario.state_share_cap) == ["group2-push"]
    assert [(each.id, each.in_full) for each in scenario.dependencies] == [("d", True)]


def test_every_rule_of_a_scenario_is_read(tmp_path):
    scenario = loaded(
        tmp_path,
        "decisions: [{project: P1, fund_at_least_bn: 0.5, by: Tổ, at: 2026-04-20, decreed: true, "
        "relax_weight: 2.5}, {project: P3, fund: nothing}]\n"
        "dependencies: [{project: P1, requires: P2}]\nties: order\ntie_order: [P2, P1]\n"
        "least_grant_bn: 0.05\nlimits: [{id: c, where: {}, at_most: {count: 2}, penalty: 12.5}]\n",
    )
    first, second = scenario.decisions
    assert (first.at_least_mvnd, first.at, first.decreed, first.relax_weight) == (
        500,
        "2026-04-20",
        True,
        2.5,
    )
    assert (first.id, second.id, second.fund) == ("P1.at_least", "P3.fund", "nothing")
    assert scenario.dependencies[0].id == "P1.requires.P2" and not scenario.dependencies[0].in_full
    assert (scenario.ties, scenario.tie_order, scenario.least_grant_mvnd) == ("order", ("P2", "P1"), 50)
    assert (scenario.limits[-1].at_most.count, scenario.limits[-1].penalty_e4) == (2, 125_000)


def test_null_removes_what_the_base_gives(tmp_path):
    assert [limit.id for limit in loaded(tmp_path, "limits: {a: null}\n").limits] == ["b"]
    assert loaded(tmp_path, "limits: null\n").limits == ()
    swapped = loaded(tmp_path, "limits: [{id: a, at_most: {share_of_envelope: null, amount_bn: 1}}]\n")
    assert swapped.limits[0].at_most.amount_mvnd == 1000


def test_a_base_may_extend_another(tmp_path):
    middle = "schema: 1\nid: middle\ntitle: Middle\nextends: base\nobjective: {hurdle: 5}\n"
    path = folder(tmp_path, tiny_yaml=CHILD.replace("base", "middle"), middle_yaml=middle, base_yaml=BASE)
    scenario = pipeline.load(path).scenario
    assert scenario.objective.hurdle_e4 == 50_000 and len(scenario.limits) == 2


def test_every_file_that_is_read_is_recorded(tmp_path):
    case = pipeline.load(folder(tmp_path, tiny_yaml=CHILD, base_yaml=BASE))
    assert [(file.role, file.path) for file in case.inputs][:2] == [
        ("scenario", "tiny.yaml"),
        ("scenario", "base.yaml"),
    ]
    assert {file.role for file in case.inputs} == {"scenario", "ministries", "products", "register"}


@pytest.mark.parametrize(
    "line, column",
    [
        ("objective: {hurdle: 2,5}\n", "objective.5"),
        ("limits: [{id: a, at_most: {share_of_envelope: 0,05}}]\n", "limits.0.at_most.05"),
        ("limits: [{id: b, at_least: {amount_bn: 1,500}}]\n", "limits.1.at_least.500"),
        ("objective: {hurdel: }\n", "objective.hurdel"),
        ("hurdle:\n", "hurdle"),
    ],
)
def test_a_decimal_comma_or_a_blank_unknown_key_is_never_dropped(tmp_path, line, column):
    path = folder(tmp_path, tiny_yaml=CHILD + line, base_yaml=BASE)
    assert codes(path) == [("unknown_key", column)]


@pytest.mark.parametrize(
    "line, column",
    [
        ("objective: {hurdle: true}\n", "objective.hurdle"),
        ("limits: [{id: b, at_least: {amount_bn: true}}]\n", "limits.1.at_least.amount_bn"),
        ("limits: [{id: a, at_most: {share_of_envelope: false}}]\n", "limits.0.at_most.share_of_envelope"),
    ],
)
def test_true_and_false_are_no_numbers(tmp_path, line, column):
    path = folder(tmp_path, tiny_yaml=CHILD + line, base_yaml=BASE)
    assert codes(path) == [("not_a_number", column)]


@pytest.mark.parametrize("name", ["a" * 300, "ế" * 100, r'"a\0b"', r'"a\ud800b"', r'"a\nb"', "a/" * 3000])
@pytest.mark.parametrize("key", ["register", "criteria", "extends"])
def test_a_name_that_no_file_can_have_is_a_fault_and_no_crash(tmp_path, key, name):
    lines = [line for line in ASSESSED.splitlines() if not line.startswith(key)]
    scenario = "\n".join([*lines, f"{key}: {name}", ""])
    found = [fault.code for fault in faults(assessed(tmp_path, tiny_yaml=scenario))]
    assert ("extends_unknown" if key == "extends" else "reference_missing") in found


@pytest.mark.parametrize("name", ["../base", "..", "sub/base", r"sub\base", "/etc/base"])
def test_a_scenario_extends_only_its_neighbours(tmp_path, name):
    path = folder(tmp_path / "scenarios", tiny_yaml=CHILD.replace("base", name))
    for place in (tmp_path / "base.yaml", tmp_path / "scenarios" / "sub" / "base.yaml"):
        place.parent.mkdir(exist_ok=True)
        place.write_text(BASE, encoding="utf-8")
    assert codes(path) == [("extends_unknown", "extends")]


@pytest.mark.parametrize("name", ["../secret.csv", "sub/../../secret.csv", r"..\secret.csv", "/etc/passwd"])
def test_a_scenario_reads_nothing_outside_its_folders(tmp_path, name):
    scenario = SCENARIO.replace("register.csv", name)
    path = folder(tmp_path / "scenarios", tiny_yaml=scenario)
    (tmp_path / "scenarios" / "sub").mkdir()
    (tmp_path / "secret.csv").write_bytes((tmp_path / "scenarios" / "register.csv").read_bytes())
    assert codes(path) == [("reference_missing", "register")]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    path = folder(tmp_path / "scenarios", register_csv=None)
    (tmp_path / "secret.csv").write_text("id\n", encoding="utf-8")
    (tmp_path / "scenarios" / "register.csv").symlink_to(tmp_path / "secret.csv")
    assert codes(path) == [("reference_missing", "register")]


def test_an_empty_list_empties_what_the_base_gives(tmp_path):
    assert loaded(tmp_path, "limits: []\n").limits == ()


EXAMPLES = re.findall(
    r"```yaml\n(.*?)```",
    (Path(__file__).resolve().parents[3] / "docs" / "files.md").read_text(encoding="utf-8"),
    flags=re.S,
)


NOUNS = {"criteria": CriteriaTree, "bodies": MinistryList, "technologies": ProductList}
WHOLE = [text for text in EXAMPLES if text.startswith("schema:")]
PARTS = [text for text in EXAMPLES if text not in WHOLE]


@pytest.mark.parametrize("example", WHOLE, ids=lambda text: re.findall(r"^([a-z]+):", text, re.M)[-1])
def test_the_whole_files_of_files_md_are_read_as_they_stand(example):
    faults: list[Fault] = []
    key = re.findall(r"^([a-z]+):", example, re.M)[-1]
    noun, _ = as_noun(NOUNS[key], read_yaml(example.encode(), "files.md", faults), faults)
    assert noun is not None and faults == []


@pytest.mark.parametrize("example", PARTS, ids=lambda text: text.split(":")[0])
def test_the_examples_of_files_md_are_read_as_they_stand(example):
    faults: list[Fault] = []
    base = read_yaml(BASE.encode(), "base", faults)
    node = merged(base, read_yaml(example.encode(), "files.md", faults))
    if "extends" in example:  # its ids are of another scenario
        node = node.without([("limits",)])
    scenario, _ = as_noun(Scenario, node, faults)
    assert scenario is not None and faults == []


def test_files_md_has_an_example_of_every_rule():
    keys = {line.split(":")[0] for example in EXAMPLES for line in example.splitlines() if line[:1].isalpha()}
    rules = {"funds", "reserves", "state_share_cap", "eligibility", "limits", "decisions", "dependencies"}
    assert rules | {"ties", "tie_order", "extends"} <= keys
