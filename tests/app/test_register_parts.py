"""The register's dossiers, papers for lead bodies, and one project against another, in both languages."""

import io
import zipfile

import pytest

from prioritizer import locale, pipeline
from prioritizer.ui import state, texts, view
from prioritizer.ui.projects import templates
from tests.app.opening import in_tables, opened, said, tables

PATHS = {path.stem: path for path in pipeline.scenario_paths()}
LANGS = pytest.mark.parametrize("lang", locale.LANGS)


@pytest.fixture(scope="module")
def evaluation():
    return pipeline.assess(pipeline.load(PATHS["demonstration"]))


@LANGS
def test_who_lacks_what_stands_body_by_body_and_project_by_project(evaluation, lang):
    app = opened("register", "dossiers", lang=lang, scenario="demonstration")
    case, found = evaluation.case, pipeline.dossiers(evaluation.case)
    assert texts.plain(pipeline.describe_demand(found, lang)) in said(app)
    (bodies,) = tables(app, "ministry", "complete_count")
    assert bodies["complete_count"].tolist() == [found.complete(rows) for _, rows in case.rows_by_body]
    assert bodies["filled_count"].tolist() == [found.columns(rows)[0] for _, rows in case.rows_by_body]
    (lacking,) = tables(app, "missing_count")
    rows = [row for row in range(len(case.register)) if found.missing[row]]
    assert lacking["id"].tolist() == [case.register.ids[row] for row in rows]
    assert lacking["missing_count"].tolist() == [len(found.missing[row]) for row in rows]
    names = [pipeline.column_name(name, lang) for name in found.missing[rows[0]]]
    assert lacking["missing"].iloc[0] == "; ".join(names)


@LANGS
def test_products_with_several_leads_are_told(evaluation, lang):
    found = pipeline.dossiers(evaluation.case)
    assert found.shared, "the set is there to have some"
    text = said(opened("register", "dossiers", lang=lang, scenario="demonstration"))
    for each in found.shared:
        assert texts.plain(pipeline.describe_shared(evaluation.case, each, lang)) in text


def test_what_is_missing_is_searched_without_marks_and_sorted():
    app = opened("register", "dossiers", scenario="demonstration")
    app.text_input(key="dossiers-search").input("xuat khau").run()
    (lacking,) = tables(app, "missing_count")
    entry = pipeline.column_name("export_potential", "vi")
    assert 0 < len(lacking) < 18 and lacking["missing"].str.contains(entry).any()
    app.text_input(key="dossiers-search").input("").run()
    app.selectbox(key="dossiers-sort").select("missing_count").run()
    app.toggle(key="dossiers-descending").set_value(True).run()
    assert tables(app, "missing_count")[0]["missing_count"].is_monotonic_decreasing
    app.text_input(key="dossiers-search").input("zzzz").run()
    assert locale.say("ui.dossiers.none_found", "vi") in said(app)


@LANGS
def test_the_two_plans_are_computed_when_they_are_asked_for(evaluation, lang):
    app = opened("register", "dossiers", lang=lang, scenario="demonstration")
    assert not tables(app, "complete_only_mvnd")
    app.button(key="ask/dossiers").click().run()
    case = evaluation.case
    gates = pipeline.Gates(
        pipeline.assess(pipeline.complete_only(case)).plan, pipeline.assess(pipeline.all_arrived(case)).plan
    )
    for sentence in pipeline.describe_gates(case, gates, lang):
        assert texts.plain(sentence) in said(app)
    (moved,) = tables(app, "complete_only_mvnd", "all_arrived_mvnd")
    found = pipeline.difference(gates.complete_only, gates.all_arrived)
    assert moved["change_mvnd"].tolist() == [each.moved_mvnd for each in found.changes]


@LANGS
def test_a_plan_for_complete_dossiers_that_cannot_be_is_said(lang):
    app = opened("register", "dossiers", lang=lang, scenario="baseline")
    app.button(key="ask/dossiers").click().run()
    assert not tables(app, "complete_only_mvnd")
    assert texts.plain(locale.say("terms.status.infeasible", lang)) in said(app)
    assert locale.say("ui.dossiers.no_plan", lang) in said(app)


@LANGS
def test_every_body_has_its_four_papers(lang):
    app = opened("register", "dossiers", lang=lang, scenario="demonstration")
    labels = [locale.say(f"ui.templates.{name}", lang) for name in ("blank", "filled", "tasks", "letter")]
    assert disabled(app) == dict.fromkeys(labels, False) | dict.fromkeys(of_tables(lang), False)
    app.selectbox(key="templates-body").select("MOF").run()
    assert [disabled(app)[label] for label in labels] == [False, True, True, True]
    assert locale.say("ui.templates.no_projects", lang) in said(app)


def disabled(app):
    """The buttons to download something, and which cannot be pressed."""
    return {button.proto.label: button.proto.disabled for button in app.get("download_button")}


def of_tables(lang):
    """The buttons under every chart's table."""
    return [locale.say(f"ui.download.{style}_table", lang) for style in ("excel", "machine")]


@LANGS
def test_the_papers_are_those_of_the_command_line(lang):
    shown = view.View(lang, (case := pipeline.load(PATHS["demonstration"])), case)
    made = {name: (file_name, make()) for name, file_name, make in templates._papers(shown, "MOH")}
    asked = pipeline.requests(PATHS["demonstration"], lang)
    assert made["tasks"][0] in asked and made["letter"][0] in asked
    texts_of = {
        name: zipfile.ZipFile(io.BytesIO(content)).read(
            "word/document.xml" if name == "letter" else "xl/sharedStrings.xml"
        )
        for name, (_, content) in made.items()
    }
    assert b"MOH-01" not in texts_of["blank"]
    assert b"MOH-05" in texts_of["filled"] and b"MOH-05" in texts_of["tasks"]
    assert "MOH\u201105".encode() in texts_of["letter"]  # an id does not break over lines


@LANGS
def test_a_project_shows_every_judgement_its_spread_and_its_dossier(evaluation, lang):
    app = opened("register", "project", lang=lang, scenario="demonstration")
    app.selectbox(key="register-project").select("MAE-07").run()
    case, row = evaluation.case, evaluation.case.register.ids.index("MAE-07")
    shown, judged = in_tables(app), 0
    for leaf in case.criteria.leaves:
        for written in pipeline.judgements(case, leaf.id, row):
            judged += 1
            assert texts.plain(pipeline.assessor_name(case, written["assessor"], lang)) in shown
            assert texts.plain(written["evidence"]) in shown
    assert judged > len(case.criteria.leaves)
    who = locale.say("ui.column.assessor", lang)
    assert sum(len(table.value) for table in app.table if who in table.value.columns) == judged
    dossier = next(t.value for t in app.table if locale.say("ui.column.stated", lang) in t.value.columns)
    missing = pipeline.dossiers(case).missing[row]
    assert missing and (dossier.iloc[:, 1] == locale.say("ui.register.absent", lang)).sum() == len(missing)
    (added,) = tables(app, "adds_e4", "most_e4")
    assert abs(added["adds_e4"].sum() - int(evaluation.scores.value_e4[row])) <= len(added)


@LANGS
def test_a_project_stands_against_another_leaf_by_leaf(evaluation, lang):
    app = opened("register", "project", lang=lang, scenario="demonstration")
    app.selectbox(key="register-project").select("MOST-01").run()
    assert locale.say("ui.contrast.help", lang) in said(app), "nothing is compared before"
    app.selectbox(key="register-against").select("MAE-01").run()
    ids = evaluation.case.register.ids
    found = pipeline.contrast(evaluation, ids.index("MOST-01"), ids.index("MAE-01"))
    for sentence in pipeline.describe_contrast(evaluation.case, evaluation.scores, found, lang):
        assert texts.plain(sentence) in said(app)
    total = locale.say("exports.explained.contrast.total", lang)
    table = next(t.value for t in app.table if total in t.value.iloc[:, 0].tolist())
    assert len(table) >= len(found.leaves) + 1
    difference = pipeline.shown(found.values_e4[0]) - pipeline.shown(found.values_e4[1])
    assert table.iloc[-1, -1] == texts.plain(pipeline.shown_text(difference, lang, signed=True))
    for leaf in found.leaves[:3]:
        for sentence in pipeline.describe_judgements(evaluation.case, found, leaf, lang):
            assert texts.plain(sentence) in said(app)


def test_a_project_is_not_held_against_itself():
    app = opened("register", "project", scenario="demonstration")
    options = app.selectbox(key="register-against").options
    assert len(options) == 61 and not [one for one in options if one.startswith("MAE-01 ")]


def test_a_part_stays_when_the_language_changes():
    app = opened("register", "dossiers", scenario="baseline")
    app.segmented_control(key=state.LANG_WIDGET).set_value("en").run()
    assert app.segmented_control(key="register-part").value == "dossiers"
    assert locale.say("ui.dossiers.lacking", "en") in said(app)
