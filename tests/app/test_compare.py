"""Compare: which scenarios stand side by side, what differs, and what cannot be compared."""

import csv
import io

import pytest

from prioritizer import locale, pipeline
from prioritizer.comparison.words import describe_funded
from prioritizer.ui import texts
from prioritizer.ui.comparing import choice
from tests.app.opening import in_tables, opened, said, tables

LANGS = pytest.mark.parametrize("lang", locale.LANGS)
SIX = ("baseline", "autonomy-first", "carried-over", "few-and-deep", "growth-first", "high-bar")


def comparison(*names):
    paths = {path.stem: path for path in pipeline.scenario_paths()}
    return pipeline.compare([pipeline.load(paths[name]) for name in names])


def added(scenarios, name, text):
    (scenarios / f"{name}.yaml").write_text(f"schema: 1\nid: {name}\n{text}", encoding="utf-8")


@pytest.fixture
def impossible(scenarios):
    """Two decisions that one ceiling does not allow."""
    added(
        scenarios, "impossible",
        "extends: baseline\ntitle: Không thể\n"
        "decisions:\n  - {project: P24, fund: full}\n  - {project: P17, fund: full}\n"
        "limits:\n  - {id: moit-ceiling, at_most: {amount_bn: '1000', share_of_envelope: null}}\n",
    )  # fmt: skip
    return "impossible"


@pytest.fixture
def given(scenarios):
    """A register of its own, with given values."""
    (scenarios / "registers" / "given.csv").write_text(
        "id,name_vi,ministry,product,class,ask_bn,value\n"
        "P01,Mô hình,MOST,T01.1,group1,900,80\nX1,Ô tô điện,MOIT,T06.1,group1,400,60\n",
        encoding="utf-8",
    )
    added(
        scenarios, "given",
        "title: Cho sẵn\nregister: registers/given.csv\nministries: ministries\nproducts: decision-1131\n"
        "funds:\n  - {id: central, year: 2026, amount_bn: '1000'}\n",
    )  # fmt: skip
    yield "given"
    (scenarios / "registers" / "given.csv").unlink()


@LANGS
def test_the_scenario_on_show_stands_against_the_baseline(lang):
    app = opened("compare", "money", lang=lang, scenario="high-bar")
    assert app.query_params["with"] == "baseline,high-bar"
    found = comparison("baseline", "high-bar")
    (grid,) = tables(app, "group", "s1_mvnd", "s2_change_mvnd")
    assert grid["s1_mvnd"].tolist() == [line.amounts_mvnd[0] for line in found.ministries]
    assert grid["s2_change_mvnd"].sum() == -5_665_164
    assert "12.253,400" in in_tables(app) or "12,253.400" in in_tables(app)
    assert texts.plain(locale.say("compare.label", lang, number=2)) in said(app)


def test_six_scenarios_stand_side_by_side_in_every_part():
    app = opened("compare", "money", **{"with": ",".join(SIX)})
    for part in ("money", "projects", "moves", "inputs", "value"):
        app.segmented_control(key="compare-part").set_value(part).run()
        assert not app.exception and "Mã lỗi" not in said(app)
    assert app.query_params["with"] == ",".join(SIX)
    assert "KB6" in in_tables(app)
    app.segmented_control(key="compare-part").set_value("projects").run()
    (grid,) = tables(app, "id", "name", "s6_change_mvnd")
    assert len(grid) == 35


def test_a_seventh_scenario_is_refused_and_one_alone_is_not_compared():
    app = opened("compare", "money", **{"with": ",".join(SIX)})
    app.multiselect(key="compare-others/vi").select("three-families").run()
    assert locale.say("compare.page.too_many", "vi", count=1) in said(app)
    assert not app.dataframe
    app.multiselect(key="compare-others/vi").set_value([]).run()
    assert locale.say("compare.page.too_few", "vi") in said(app)
    assert app.query_params["with"] == "baseline"


def test_a_base_picked_among_the_others_changes_places():
    app = opened("compare", "money", **{"with": "baseline,growth-first,high-bar"})
    app.selectbox(key="compare-base/vi").set_value("high-bar").run()
    assert app.query_params["with"] == "high-bar,growth-first,baseline"
    assert app.multiselect(key="compare-others/vi").value == ["growth-first", "baseline"]


def test_each_look_shows_its_scenarios_and_rows():
    app = opened("compare", "projects", **{"with": "baseline,growth-first"})
    found = comparison("baseline", "growth-first")
    columns = {}
    for look in ("both", "base", "comparison", "differ"):
        app.segmented_control(key="compare-look").set_value(look).run()
        columns[look] = [name for name in tables(app, "id")[0] if name.endswith("_mvnd")]
    assert columns == {
        "both": ["s1_mvnd", "s2_mvnd", "s2_change_mvnd"],
        "base": ["s1_mvnd"],
        "comparison": ["s2_mvnd"],
        "differ": ["s1_mvnd", "s2_mvnd", "s2_change_mvnd"],
    }
    assert sorted(tables(app, "id")[0]["id"]) == sorted(
        line.id for line in found.projects if line.spread_mvnd
    )


def test_projects_are_searched_without_marks(given):
    app = opened("compare", "projects", **{"with": "baseline,given"})
    app.text_input(key="compare-search").input("o to").run()
    assert "Ô tô điện" in tables(app, "id")[0]["name"].tolist()
    app.text_input(key="compare-search").input("zzzz").run()
    assert locale.say("compare.page.none_found", "vi") in said(app)


@LANGS
def test_registers_that_differ_and_given_values_are_compared_as_far_as_can_be(given, lang):
    app = opened("compare", "moves", lang=lang, **{"with": "baseline,given"})
    (moved,) = tables(app, "way", "change_mvnd")
    by_id = moved.set_index("id")
    assert by_id.loc["X1", "way"] == locale.say("compare.page.way.new", lang)
    assert by_id.loc["P07", "way"] == locale.say("compare.page.way.gone", lang)
    for sentence in describe_funded(comparison("baseline", "given"), lang):
        assert texts.plain(sentence) in said(app)
    app.segmented_control(key="compare-part").set_value("inputs").run()
    missing = locale.say("compare.table.missing", lang, label="\0", count=1, projects="X1").split("\0")[1]
    assert texts.plain(missing.strip()) in said(app)


@LANGS
def test_a_plan_that_does_not_exist_is_said_and_compared_with_nothing(impossible, lang):
    app = opened("compare", "money", lang=lang, **{"with": f"baseline,{impossible}"})
    status = locale.say("terms.status.infeasible", lang)
    label = locale.say("compare.label", lang, number=2)
    assert texts.phrase("compare.page.no_plan", lang, label=label, status=status) in said(app)
    (grid,) = tables(app, "group")
    assert grid["s2_mvnd"].isna().all() and grid["s1_mvnd"].sum() == 12_253_400
    app.segmented_control(key="compare-part").set_value("moves").run()
    assert not tables(app, "change_mvnd")
    app.segmented_control(key="compare-part").set_value("value").run()
    assert locale.say("compare.regret.no_plan", lang) in in_tables(app)


def test_a_scenario_whose_file_cannot_be_used_is_said(scenarios):
    added(scenarios, "broken", "extends: baseline\ntitle: Hỏng\nfunds: 3\n")
    app = opened("compare", "money", **{"with": "baseline,broken,growth-first"})
    assert "broken" in said(app) and tables(app, "group", "s2_mvnd")


def test_only_what_differs_is_told_of_the_inputs():
    app = opened("compare", "inputs", **{"with": "baseline,high-bar"})
    shown = in_tables(app)
    assert "30 điểm" in shown and "Trọng số" not in shown
    app = opened("compare", "inputs", **{"with": "baseline,growth-first"})
    assert "50,0%" in in_tables(app) and "30 điểm" not in in_tables(app)


@LANGS
def test_why_a_plan_is_not_allowed_elsewhere_is_told(lang):
    app = opened("compare", "value", lang=lang, **{"with": "baseline,high-bar"})
    assert locale.say("compare.regret.broken", lang) in in_tables(app)
    assert texts.plain(locale.say("compare.page.breaches", lang)) in said(app)


@LANGS
def test_what_is_being_tried_stands_against_what_is_saved(scenarios, lang):
    path = scenarios / "baseline.yaml"
    digest = next(file.sha256 for file in pipeline.load(path).inputs if file.role == "scenario")
    less = {("funds", "central-2026", "amount_bn"): "11000"}
    draft = pipeline.try_step(path, None, digest, "funds", less, "")
    app = opened("compare", "money", lang=lang, scenario="baseline", draft=draft.id)
    assert app.query_params["with"] == f"baseline,{choice.TRIED}"
    (grid,) = tables(app, "group")
    assert (grid["s1_mvnd"].sum(), grid["s2_mvnd"].sum()) == (12_253_400, 11_000_000)
    title = pipeline.load(path).scenario.title.into(lang)
    assert texts.plain(locale.say("compare.page.tried", lang, title=title)) in said(app)


def test_no_id_of_a_scenario_can_be_taken_for_what_is_being_tried():
    assert not choice.TRIED.isalnum()


def test_the_table_behind_a_chart_is_taken_away_as_it_is_read():
    from prioritizer.ui.comparing import frames

    found = comparison("baseline", "high-bar")
    frame = frames.as_shown(frames.groups(found, found.ministries, "vi"), "both")
    named = frames.labels(found, "vi")
    content = pipeline.table_csv(frame, named, "vi", "excel", ["Vốn"]).decode("utf-8-sig")
    grid = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert grid[1] == ["Nhóm", "KB1 (tỷ đồng)", "KB2 (tỷ đồng)", "KB2 so với KB1 (tỷ đồng)"]
    assert grid[2][0] == "Bộ KH&CN" and grid[2][1] == "3676,02"
