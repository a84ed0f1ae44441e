"""What is edited says the right thing in the scenario's file: sizes as typed, changes as saved."""

import re
from fractions import Fraction

import pytest

from prioritizer import locale, pipeline
from prioritizer.errors import Misread
from prioritizer.model import Bound
from prioritizer.results import Relaxation, Rule
from prioritizer.store.editing import edited
from prioritizer.ui.rules import changes, typed
from tests.app.opening import ROOT
from tests.build import SCENARIO, folder

RULES = """
reserves:
  - {id: aside, fund: fund, amount_bn: "0.5"}
limits:
  - {id: both, where: {ministry: A}, at_least: {amount_bn: "0.5"}, at_most: {share_of_envelope: "1/2"}}
  - {id: few, where: {}, at_most: {count: 2}, decreed: true}
decisions:
  - {project: P3, fund: nothing, by: "Tổ", at: 2026-04-20, why: "chưa cần"}
  - {project: P2, fund: full, why: "cần"}
"""


@pytest.fixture
def path(tmp_path):
    return folder(tmp_path, tiny_yaml=SCENARIO + RULES)


@pytest.fixture
def scenario(path):
    return pipeline.load(path).scenario


def after(path, told):
    """The scenario that the file says once the changes are in it."""
    path.write_bytes(edited(path.read_bytes(), path, told))
    return pipeline.load(path).scenario


def limit(scenario, name):
    return next(each for each in scenario.limits if each.id == name)


def test_every_sentence_about_rules_exists():
    asked = set[str]()
    for path in (ROOT / "prioritizer/ui/rules").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r"""say\(\s*(?:shown|self\.shown), "([a-z_.]+)"[,)]""", text))
    known = locale.sentences("vi")
    assert len(asked) > 30
    assert not [key for key in asked if f"rules.{key}" not in known]


# ---------------------------------------------------------------- sizes


@pytest.mark.parametrize(
    ("text", "share"),
    [("25", "1/4"), ("12,5 %", "1/8"), ("12.5%", "1/8"), ("1/3", "1/3"), ("0", "0"), ("100", "1")],
)
def test_a_share_is_typed_in_percent_or_as_a_ratio(text, share):
    assert typed.read_typed_share(text) == Fraction(share)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("101", "share_out_of_range"), ("4/3", "share_out_of_range"), ("-1", "negative_number"),
        ("5 tỷ", "not_a_number"), ("", "not_a_number"), ("12.253", "amount_ambiguous"),
    ],
)  # fmt: skip
def test_a_share_that_is_none_is_refused(text, code):
    with pytest.raises(Misread) as refused:
        typed.read_typed_share(text)
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["-1", "2,5", "hai", "", "1.000"])
def test_projects_are_counted_in_whole_numbers(text):
    with pytest.raises(Misread):
        typed.read_typed_count(text)
    assert typed.read_typed_count(" 16 ") == 16


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "stated",
    [
        {"amount_bn": "12253.4"}, {"amount_bn": "12.345"}, {"amount_bn": "11000"},
        {"share_of_envelope": "0.25"}, {"share_of_envelope": "1/3"}, {"share_of_allocated": "0.12345"},
        {"count": 16},
    ],
)  # fmt: skip
def test_a_size_reads_back_as_it_is_shown(stated, lang):
    size = typed.size_of(Bound.model_validate(stated))
    assert typed.read_size(size.measure, typed.typed(size, lang)) == size
    assert Bound.model_validate(changes.bound_of(size)) == Bound.model_validate(stated)


# ---------------------------------------------------------------- changes, saved and read again


def test_an_id_is_made_of_a_name_and_taken_by_nothing_else(scenario):
    assert changes.free_id(scenario, "Trần Bộ Công Thương") == "tran-bo-cong-thuong"
    assert changes.free_id(scenario, "FUND") == "fund-2"
    assert changes.free_id(scenario, "…") == "x"


def test_a_text_stands_alone_or_in_both_languages():
    assert changes.words(" một  hai ") == "một hai"
    assert changes.words("một", "one") == {"vi": "một", "en": "one"}
    assert changes.words("", "one") == "one"
    assert changes.words("  ") is changes.ABSENT


def test_a_fund_comes_with_its_year_and_goes_with_what_was_set_aside(path, scenario):
    told = changes.fund_added(scenario, "Quỹ mới", "Quỹ mới", "2027", 1_500, ("investment",))
    now = after(path, told)
    assert [(each.id, each.year, each.amount_mvnd, each.pays) for each in now.funds] == [
        ("fund", "2026", 3_000, ()),
        ("quy-moi-2027", "2027", 1_500, ("investment",)),
    ]
    now = after(path, changes.fund_removed(now, "fund"))
    assert [each.id for each in now.funds] == ["quy-moi-2027"] and not now.reserves


def test_money_is_set_aside(path, scenario):
    now = after(path, changes.reserve_added(scenario, "Dự phòng", "Dự phòng", "fund", 250, "vì"))
    assert [(each.id, each.amount_mvnd) for each in now.reserves] == [("aside", 500), ("du-phong", 250)]
    assert now.reserves[1].why.vi == "vì"


def test_a_bound_moves_in_any_measure(path):
    size = typed.Size("share_of_envelope", Fraction(1, 3))
    assert limit(after(path, changes.bound_set("both", "at_most", size)), "both").at_most == Bound(
        share_of_envelope=Fraction(1, 3)
    )
    size = typed.Size("amount_bn", Fraction(1_250))
    assert limit(after(path, changes.bound_set("both", "at_most", size)), "both").at_most == Bound(
        amount_bn=1_250
    )


def test_a_side_goes_and_with_the_last_one_the_limit(path, scenario):
    now = after(path, changes.side_removed(limit(scenario, "both"), "at_most"))
    assert limit(now, "both").at_most is None and limit(now, "both").at_least is not None
    now = after(path, changes.side_removed(limit(now, "both"), "at_least"))
    assert [each.id for each in now.limits] == ["few"]


def test_a_limit_that_was_off_comes_back_as_it_was(path, scenario):
    for name in ("both", "few"):
        assert name not in {each.id for each in after(path, {("limits", name): changes.ABSENT}).limits}
        now = after(path, changes.limit_restored(limit(scenario, name)))
        assert limit(now, name) == limit(scenario, name)


def test_a_new_limit_says_all_that_was_asked(path, scenario):
    new = changes.NewLimit(
        {"ministry": ("A", "B"), "class": ("group1",)},
        "at_most",
        typed.Size("count", Fraction(2)),
        "vì",
        True,
    )
    made = limit(after(path, changes.limit_added(scenario, new)), "a-b-ceiling")
    assert made.where == {"ministry": ("A", "B"), "class": ("group1",)}
    assert made.at_most == Bound(count=2) and made.at_least is None
    assert made.decreed and made.why.vi == "vì" and made.basis == "proposed" and made.penalty_e4 is None


def test_a_new_limit_over_everything_may_be_soft(path, scenario):
    size = typed.Size("amount_bn", Fraction(1_000))
    new = changes.NewLimit({}, "at_least", size, "vì", penalty_e4=25_000)
    made = limit(after(path, changes.limit_added(scenario, new)), "all-floor")
    assert made.where == {} and made.penalty_e4 == 25_000 and not made.decreed


def test_a_decision_is_called_by_its_project_and_verb(path, scenario):
    name, told = changes.decision_added("P1", "at_least", 750, "Tổ", "2026-05-06", "vì")
    made = next(each for each in after(path, told).decisions if each.id == name == "P1.at_least")
    assert (made.at_least_mvnd, made.by.vi, made.at, made.why.vi) == (750, "Tổ", "2026-05-06", "vì")
    name, told = changes.decision_added("P1", "nothing", None, "Tổ", "2026-05-06", "vì")
    assert name == "P1.fund" and told["decisions", name]["fund"] == "nothing"


def test_an_objective_without_a_hurdle_says_none(path):
    assert after(path, changes.objective("project", 2_500)).objective.hurdle_e4 == 2_500
    now = after(path, changes.objective("funding", 0)).objective
    assert (now.basis, now.hurdle_e4) == ("funding", 0)


# ---------------------------------------------------------------- ways out of a conflict


def test_a_clashing_rule_is_left_out(path):
    case = pipeline.load(path)
    now = after(
        path,
        changes.without(case, Rule("at_least", "both")) | changes.without(case, Rule("decision", "P3.fund")),
    )
    assert limit(now, "both").at_least is None
    assert [each.id for each in now.decisions] == ["P2.fund"]


def test_rules_move_as_far_as_a_relaxation_says(path):
    moves = [
        Relaxation(Rule("at_most", "both"), Fraction(1, 2), Fraction(3, 5), "share_of_envelope", Fraction(1)),
        Relaxation(Rule("at_most", "few"), Fraction(2), Fraction(3), "projects", Fraction(1)),
        Relaxation(Rule("decision", "P2.fund"), Fraction(2_000), Fraction(1_250), "mvnd", Fraction(1)),
        Relaxation(Rule("decision", "P3.fund"), Fraction(0), None, "mvnd", Fraction(1)),
        Relaxation(Rule("at_least", "both"), Fraction(500), Fraction(0), "mvnd", Fraction(1)),
    ]
    now = after(path, changes.relaxed(pipeline.load(path), moves))
    assert limit(now, "both").at_most == Bound(share_of_envelope=Fraction(3, 5))
    assert limit(now, "both").at_least is None
    assert limit(now, "few").at_most == Bound(count=3)
    assert [(each.id, each.at_least_mvnd) for each in now.decisions] == [("P2.fund", 1_250)]
    assert now.decisions[0].why.vi == "cần"


def test_the_cheapest_relaxations_of_a_clash_give_a_plan_once_they_are_in_the_file(tmp_path):
    clash = """limits:
  - {id: small, where: {ministry: A}, at_most: {amount_bn: "1"}}
decisions:
  - {project: P1, fund: full}
"""
    path = folder(tmp_path, tiny_yaml=SCENARIO + clash)
    evaluation = pipeline.assess(pipeline.load(path))
    refusal = pipeline.refusal(evaluation, "vi")
    assert {rule.kind for rule in refusal.rules} == {"at_most", "decision"}
    assert len(refusal.moves) == len(refusal.relaxations) == 1
    after(path, changes.relaxed(evaluation.case, refusal.moves))
    assert pipeline.assess(pipeline.load(path)).plan.status == "optimal"
