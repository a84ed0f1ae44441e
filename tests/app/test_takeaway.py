"""What is taken away of a meeting, and packs opened: made when asked, never stale, nothing told that is
masked, verified before anything is shown, turned back into a scenario."""

import hashlib
import io
import shutil
import zipfile
from dataclasses import replace

import pytest

from prioritizer import cli, locale, pipeline
from prioritizer.errors import InputFaults
from prioritizer.ui import texts, view
from prioritizer.ui.comparing import choice
from prioritizer.ui.meeting import making, settings
from prioritizer.ui.office import jobs
from prioritizer.ui.office.jobs import Task
from prioritizer.ui.packs import overview, reading
from tests.app.opening import opened, said
from tests.app.test_meeting import added, draft_of, path_of
from tests.packing import sealed

LANGS = pytest.mark.parametrize("lang", locale.LANGS)
MAKE = "papers-make"


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    """The pack of the baseline as the command makes it."""
    home = tmp_path_factory.mktemp("pack")
    assert cli.main(["pack", str(pipeline.SCENARIOS / "baseline.yaml"), "--to", str(home)]) == 0
    return next(home.iterdir()).read_bytes()


@pytest.fixture(scope="module")
def secretive():
    """The demonstration set, assessed, with the papers of a redacted pack."""
    evaluation = pipeline.assess(pipeline.load(pipeline.SCENARIOS / "demonstration.yaml"))
    path = pipeline.SCENARIOS / "demonstration.yaml"
    return evaluation, making.make(evaluation, making.Order("vi", path, redact="công khai"))


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def buttons(app):
    """The labels of everything that can be downloaded."""
    return [each.proto.label for each in app.get("download_button")]


def codes_shown(app):
    return [each.value for each in app.code]


def told_in_grids(app):
    return "\n".join(str(cell) for grid in app.dataframe for cell in grid.value.to_numpy().ravel())


def label(name, lang="vi"):
    return texts.phrase(f"meeting.papers.{name}", lang)


# ------------------------------------------------------------------ made when asked, never stale


@LANGS
def test_documents_are_made_when_asked_for_and_the_pack_is_the_commands(lang, pack, tmp_path):
    app = opened("meeting", "papers", lang=lang, scenario="baseline")
    assert label("shortlist_xlsx", lang) not in buttons(app)
    app.button(key=MAKE).click().run()
    for name in ("shortlist_xlsx", "shortlist_docx", "minutes_docx", "pack", "excel", "plan"):
        assert label(name, lang) in buttons(app)
        assert locale.say(f"meeting.papers.{name}_help", lang) in said(app), "what it is and for whom"
    assert label("comparison_docx", lang) not in buttons(app), "the baseline is compared with nothing"
    if lang == "vi":
        digest = hashlib.sha256(pack).hexdigest()
        assert digest in codes_shown(app)
        assert f"prioritizer verify baseline-{digest[:12]}.zip" in codes_shown(app)


def test_after_a_change_of_draft_or_settings_documents_are_asked_for_anew():
    app = opened("meeting", "papers", scenario="baseline")
    app.button(key=MAKE).click().run()
    assert label("pack") in buttons(app)
    app.selectbox(key="papers-redact").set_value("mật").run()
    assert label("pack_redacted") not in buttons(app) and app.button(key=MAKE)
    app.selectbox(key="papers-redact").set_value("").run()
    assert label("pack") in buttons(app), "what was made for these settings is still there"
    app.segmented_control(key="meeting-part").set_value("decisions").run()
    added(app, "nothing", "P16", by="Tổ", why_vi="thử")
    app.segmented_control(key="meeting-part").set_value("papers").run()
    assert label("pack") not in buttons(app) and app.button(key=MAKE)
    assert locale.say("meeting.papers.tried", "vi") in said(app)


def test_the_pack_of_a_draft_encloses_what_a_save_would_write():
    app = added(opened("meeting", "decisions", scenario="baseline"), "nothing", "P16", by="Tổ", why_vi="thử")
    app.segmented_control(key="meeting-part").set_value("papers").run()
    app.button(key=MAKE).click().run()
    assert locale.say("meeting.papers.pack_tried", "vi") in said(app)
    path, draft = path_of("baseline"), draft_of("baseline")
    content = pipeline.content_under(path, draft)
    evaluation = pipeline.assess(pipeline.load_draft(path, draft))
    order = making.Order("vi", path, content, pipeline.assess(pipeline.load(path)))
    told = []
    made = making.make(evaluation, order, lambda done, whole: told.append((done, whole)))
    assert made.sha256 in codes_shown(app)
    assert parts(made.pack)["inputs/scenarios/baseline.yaml"] == content
    assert {name.rpartition("-")[2] for name in made.papers} == set(making.PAPERS)
    assert told == [(at + 1, told[0][1]) for at in range(len(told))] and len(told) == told[0][1] - 1


def test_files_that_changed_meanwhile_are_not_packed(scenarios):
    case = pipeline.load(path_of("baseline"))
    with (scenarios / "registers" / "decision-1131.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    try:
        order = making.Order("vi", path_of("baseline"))
        with pytest.raises(InputFaults) as found:
            making.make(pipeline.assess(case), order)
        assert [fault.code for fault in found.value.faults] == ["changed_meanwhile"]
    finally:
        shipped = (pipeline.SCENARIOS / "registers" / "decision-1131.csv").read_bytes()
        (scenarios / "registers" / "decision-1131.csv").write_bytes(shipped)


# ------------------------------------------------------------------ what is left out


@LANGS
def test_leaving_out_what_is_secret_applies_to_all_and_is_said(lang):
    app = opened("meeting", "papers", lang=lang, scenario="demonstration")
    case = pipeline.load(path_of("demonstration"))
    held = len(pipeline.masked_rows(case, "công khai"))
    assert held and texts.phrase("meeting.papers.holds", lang, count=held) in said(app)
    app.selectbox(key="papers-redact").set_value("công khai").run()
    grade = locale.say("terms.secrecy.công khai", lang)
    assert texts.phrase("meeting.papers.left_out", lang, count=held, grade=grade) in said(app)
    assert locale.say("meeting.papers.left_out_lists", lang) in said(app)
    assert not buttons(app), "lists and plan file hold everything"


def test_nothing_of_what_is_left_out_is_in_the_pack_or_the_papers(secretive):
    evaluation, made = secretive
    case, register = evaluation.case, evaluation.case.register
    assert not {"plan.json", "case.json"} & set(parts(made.pack))
    assert pipeline.verify(made.pack).kind == "exports" and made.pack_name.startswith(
        "demonstration-redacted-"
    )
    inside = b"".join(content for paper in (*made.papers.values(), made.pack) for content in _unfolded(paper))
    for row in pipeline.masked_rows(case, "công khai"):
        assert register.name(row, "vi").encode() not in inside and register.ids[row].encode() not in inside


def _unfolded(content):
    """All texts in an archive, and in archives in it."""
    for part in parts(content).values():
        yield from _unfolded(part) if part.startswith(b"PK") else (part,)


# ------------------------------------------------------------------ compared with


def test_the_scenario_compared_with_is_the_one_of_the_compare_page():
    app = opened("compare", "money", scenario="high-bar")
    app.multiselect(key="compare-others/vi").set_value(["growth-first"]).run()
    app.switch_page("prioritizer/ui/pages/meeting.py").run()
    app.segmented_control(key="meeting-part").set_value("papers").run()
    assert app.selectbox(key="papers-against/high-bar/baseline").value == "baseline"
    app.session_state["compare-with"] = ("high-bar", "growth-first")
    app.run()
    assert app.selectbox(key="papers-against/high-bar/growth-first").value == "growth-first"


def test_papers_are_known_by_all_that_they_hang_on():
    case = pipeline.load(path_of("baseline"))
    other = replace(case, scenario=case.scenario.model_copy(update={"tie_order": ("P01",)}))
    kinds = [
        settings.Settings("vi"),
        settings.Settings("en"),
        settings.Settings("vi", redact="mật"),
        settings.Settings("vi", case),
        settings.Settings("vi", other),
    ]
    assert len({each.name for each in kinds}) == len(kinds)


def test_few_answers_that_are_whole_files_are_kept():
    office = jobs.Office()
    try:
        made = [Task("papers", f"papers/{at}", hash, (at,), large=True) for at in range(jobs.MOST_LARGE + 2)]
        begun = [office.ask(made[0])]
        for task in made[1:]:
            assert begun[-1].wait(120.0)
            begun.append(office.ask(task))
        assert begun[-1].wait(120.0)
        assert office.ask(made[-1]) is begun[-1]
        assert office.ask(made[0]) is not begun[0]
    finally:
        office.close()


# ------------------------------------------------------------------ packs opened


def brought(content, name="goi.zip", lang="vi"):
    app = opened("meeting", "pack", lang=lang, scenario="high-bar")
    app.file_uploader[0].set_value((name, content, "application/zip")).run()
    assert not app.exception
    return app


@LANGS
def test_a_pack_is_verified_and_shown_but_cannot_be_edited(lang, pack):
    app = brought(pack, lang=lang)
    verdict = pipeline.verdict_object(pipeline.verify_again(pack, "goi.zip"), lang)
    assert texts.plain(verdict["says"]) in said(app)
    for each in verdict["stated"]:
        assert texts.plain(each["says"]) in said(app)
    assert locale.say("meeting.pack.signature", lang) in said(app)
    assert hashlib.sha256(pack).hexdigest() in codes_shown(app)
    for each in verdict["clauses"]:
        assert texts.plain(each["about"]) in said(app)
    assert locale.say("meeting.pack.read_only", lang) in said(app)
    evaluation = pipeline.assess(pipeline.load(path_of("baseline")))
    assert texts.plain(evaluation.case.scenario.title.into(lang)) in said(app)
    amounts = {"allocated": locale.bn(evaluation.plan.total_mvnd, lang)}
    envelope = locale.bn(evaluation.case.envelope_mvnd, lang)
    assert texts.say("overview.headline", lang, **amounts, envelope=envelope) in said(app)
    assert not app.slider and [each.key for each in app.text_input] == [
        f"pack-title-{each}/{hashlib.sha256(pack).hexdigest()}" for each in ("vi", "en")
    ]
    app.button(key="pack-close").click().run()
    assert app.file_uploader and not app.dataframe


def test_the_shortlist_of_a_pack_is_that_of_its_plan(pack):
    read = reading.read(pack, "goi.zip", "networked")
    frame = overview.shortlist(read.evaluation, "vi")
    evaluation = pipeline.assess(pipeline.load(path_of("baseline")))
    wanted = dict(zip(evaluation.case.register.ids, evaluation.plan.amount_mvnd.tolist(), strict=True))
    assert dict(zip(frame["id"], frame["amount_mvnd"].tolist(), strict=True)) == wanted


def test_whose_asks_are_illustrative_is_said_by_name():
    case = pipeline.load(path_of("baseline"))
    column = case.register.columns["ask_basis"]
    codes = column.codes.copy()
    codes[2:] = len(column.levels)
    basis = type(column)((*column.levels, "stated"), codes)
    register = replace(case.register, columns={**case.register.columns, "ask_basis": basis})
    some = replace(case, register=register)
    (asks, *_) = overview._illustrative(some, "vi")
    assert asks == texts.phrase(
        "meeting.pack.asks_named", "vi", count=2, whole=len(register), names="; ".join(register.ids[:2])
    )
    frame = overview.shortlist(pipeline.assess(some), "vi")
    assert set(frame["ask_basis"]) == {
        locale.say(f"terms.basis.{each}", "vi") for each in ("illustrative", "stated")
    }


@LANGS
def test_whatever_does_not_verify_is_refused_with_the_parts_name(lang, pack):
    name = "inputs/scenarios/baseline.yaml"
    content = parts(pack)
    altered = pack.replace(b"id: baseline\n", b"id: baselinf\n", 1)
    assert altered != pack
    app = brought(altered, lang=lang)
    assert texts.plain(name) in said(app)
    assert locale.say("meeting.pack.not_shown", lang) in said(app) and not app.dataframe
    app.button(key="pack-close").click().run()
    app.file_uploader[0].set_value(("x.zip", sealed({**content, "more.csv": b""}), "application/zip")).run()
    assert texts.plain("more.csv") in said(app)
    app.button(key="pack-close").click().run()
    app.file_uploader[0].set_value(("x.zip", b"nothing", "application/zip")).run()
    assert locale.say("meeting.pack.not_shown", lang) in said(app)
    assert locale.say("faults.not_a_pack.message", lang) in told_in_grids(app)


def test_a_redacted_pack_shows_its_documents_and_that_no_plan_is_proven(secretive):
    _, made = secretive
    app = brought(made.pack)
    verdict = pipeline.verdict_object(pipeline.verify(made.pack), "vi")
    assert texts.plain(verdict["says"]) in said(app)
    assert locale.say("faults.pack_without_inputs.message", "vi") in told_in_grids(app)
    assert sorted(buttons(app)) == sorted(texts.plain(name) for name in made.papers)
    assert not app.text_input


# ------------------------------------------------------------------ turned back into a scenario


@pytest.fixture
def folder(scenarios):
    """The folder of scenarios; tables that come out of packs go again."""
    before = set((scenarios / "registers").iterdir())
    yield scenarios
    for each in set((scenarios / "registers").iterdir()) - before:
        shutil.rmtree(each)


def test_a_pack_becomes_a_scenario_under_a_title_and_is_gone_to(pack, folder):
    app = brought(pack)
    digest = hashlib.sha256(pack).hexdigest()
    app.text_input(key=f"pack-title-vi/{digest}").input("").run()
    app.button(key="pack-take-now").click().run()
    assert locale.say("saving.untitled", "vi") in said(app)
    app.text_input(key=f"pack-title-vi/{digest}").input("Phương án tháng Tư")
    app.button(key="pack-take-now").click().run()
    assert not app.exception
    path = folder / "phuong-an-thang-tu.yaml"
    made, was = (pipeline.assess(pipeline.load(each)) for each in (path, path_of("baseline")))
    assert made.case.scenario.title.into("vi") == "Phương án tháng Tư"
    assert made.plan.amount_mvnd.tolist() == was.plan.amount_mvnd.tolist()
    assert app.query_params["scenario"] == "phuong-an-thang-tu"
    assert texts.say("overview.who", "vi") in said(app), "on its overview"


def test_a_pack_taken_twice_gets_an_id_of_its_own(pack, folder):
    found = pipeline.opened_pack(pack, "goi.zip")
    taken = [pipeline.unpack_titled(found, folder, "Lần nữa") for _ in range(2)]
    assert [each.path.stem for each in taken] == ["lan-nua", "lan-nua-2"]


def test_what_it_is_held_against_is_never_the_scenario_as_it_is_shown():
    case = pipeline.load(path_of("baseline"))
    shown = view.View("vi", case, case)
    assert "baseline" not in choice.others(shown) and choice.TRIED not in choice.others(shown)
    tried = view.View("vi", case, replace(case))
    assert "baseline" in choice.others(tried) and choice.TRIED not in choice.others(tried)
