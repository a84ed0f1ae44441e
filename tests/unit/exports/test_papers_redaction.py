"""Redacted papers: nothing of a masked project anywhere, its money in the totals, and that said."""

import io
import zipfile
from fractions import Fraction

import pytest

from prioritizer import cli, locale, pipeline
from prioritizer.exports.papers.disclosure import disclose
from prioritizer.exports.papers.minutes import minutes_document
from prioritizer.results import Change, Difference
from tests.papers import CHOICES, ROWS, case_file, evaluated, papers_of, rows_of, sheets, tables, text_of

HIDDEN = ("Rada bí ẩn", "Hidden radar", "rada", "Nhóm mật", "P4", "group2-push")


def say(key, lang="vi", **params):
    return locale.say(f"documents.{key}", lang, **params)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return case_file(tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="module")
def evaluation(path):
    return evaluated(path)


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    return evaluated(case_file(tmp_path_factory.mktemp("other"), ""))


@pytest.fixture(scope="module", params=locale.LANGS)
def papers(request, evaluation, other):
    return request.param, papers_of(evaluation, request.param, other, "nội bộ")


def all_text(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(
            archive.read(name).decode("utf-8", "replace")
            for name in archive.namelist()
            if not name.endswith(".png")
        )


def test_nothing_of_a_masked_project_is_anywhere_in_a_file(papers):
    _, files = papers
    assert len(files) == 4
    for name, content in files.items():
        said = all_text(content)
        assert [word for word in HIDDEN if word in said] == [], name


def test_every_file_says_that_something_is_left_out(papers):
    lang, files = papers
    grade = locale.say("terms.secrecy.nội bộ", lang)
    for content in files.values():
        said = all_text(content)
        assert say("mark.redacted", lang) in said and say("redacted", lang, grade=grade, count=1) in said


def test_a_masked_project_keeps_its_row_and_its_money_stays_in_the_totals(evaluation, papers):
    lang, files = papers
    rows = rows_of(sheets(files["tiny-redacted-shortlist.xlsx"])[say("sheet.shortlist", lang)])
    at = evaluation.case.register.row_of("P4")
    (masked,) = [row for row in rows if row[say("head.name", lang)] == say("masked.secret", lang)]
    assert masked[say("head.rank", lang)] == evaluation.scores.rank[at]
    assert all(
        masked[say(f"head.{name}", lang)] is None for name in ("ministry", "value", "ask", "amount", "class")
    )
    sums = {row[say("head.name", lang)]: row[say("head.amount", lang)] for row in rows}
    assert round(sums[say("sum.masked", lang, count=1)] * 1000) == evaluation.plan.amount_mvnd[at] > 0
    assert round(sums[say("sum.projects", lang, count=5)] * 1000) == evaluation.plan.total_mvnd
    shown = [row[say("head.amount", lang)] or 0 for row in rows[:5]]
    assert round(sum(shown) * 1000) == evaluation.plan.total_mvnd - evaluation.plan.amount_mvnd[at]


def test_the_body_of_a_masked_project_is_not_told_by_its_money(evaluation, papers):
    lang, files = papers
    rows = rows_of(sheets(files["tiny-redacted-shortlist.xlsx"])[say("sheet.ministries", lang)])
    names = [row[say("head.ministry", lang)] for row in rows]
    assert "C" not in names and say("masked.body", lang) in names
    total = next(row for row in rows if row[say("head.ministry", lang)] == say("sum.all", lang))
    assert round(total[say("head.amount", lang)] * 1000) == evaluation.plan.total_mvnd


def test_limits_that_count_a_masked_project_or_choose_by_the_same_field_are_only_counted(papers):
    lang, files = papers
    found = sheets(files["tiny-redacted-shortlist.xlsx"])
    names = [row[say("head.limit", lang)] for row in rows_of(found[say("sheet.limits", lang)])]
    assert not [name for name in names if name and name.endswith((" A", " C"))]
    assert say("note.withheld", lang, count=2) in names
    bodies = rows_of(found[say("sheet.ministries", lang)])
    assert not any(row[say(f"head.{end}", lang)] for row in bodies for end in ("floor", "ceiling"))


def test_limits_by_another_field_are_told(tmp_path):
    more = CHOICES.replace("  - {id: of-a, where: {ministry: A}", "  - {id: of-a, where: {class: group1}")
    found = sheets(pipeline.shortlist_xlsx(evaluated(case_file(tmp_path, more)), "vi", redact="nội bộ"))
    rows = rows_of(found[say("sheet.limits")])
    assert 2 in [row[say("head.used")] for row in rows] and say("note.withheld", count=1) in [
        row[say("head.limit")] for row in rows
    ]


SECOND = "P6,Tên lửa,Rocket,B,T1.1,group2-push,0.911,mật,illustrative"


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Two masked projects, of different bases, the last one to get money among them."""
    return evaluated(case_file(tmp_path_factory.mktemp("two"), "", (*ROWS, SECOND)))


@pytest.mark.parametrize("lang", locale.LANGS)
def test_masked_projects_are_not_told_apart_by_their_basis(two, lang):
    """Less the shown ones, a sum by basis would be the ask of the only masked project of that basis."""
    found = sheets(pipeline.shortlist_xlsx(two, lang, redact="nội bộ"))
    said = {
        row[say("head.fact", lang)]: row[say("head.said", lang)]
        for row in rows_of(found[say("sheet.provenance", lang)])
    }
    basis = locale.say("terms.basis.illustrative", lang)
    shown, masked = (locale.bn(amount, lang) for amount in (1500, 1234 + 911))
    assert said[say("fact.asks", lang, basis=basis)] == say("asks", lang, count=1, amount=shown)
    assert said[say("sum.masked", lang, count=2)] == say("asks", lang, count=2, amount=masked)
    minutes = text_of(papers_of(two, lang, None, "nội bộ")["tiny-redacted-minutes.docx"])
    assert locale.bn(1500, lang) in minutes and locale.bn(1500 + 911, lang) not in minutes
    assert say("minutes.open_withheld", lang) in minutes


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_worth_of_masked_projects_is_not_told_by_what_money_is_worth(two, lang):
    """The price of a fund is the value of the last project that gets money, its reach what that one lacks;
    the objective less what the others are worth is what masked ones are."""
    found = sheets(pipeline.shortlist_xlsx(two, lang, redact="nội bộ"))
    limits = rows_of(found[say("sheet.limits", lang)])
    reaches = [say("head.gain_reach", lang), say("head.loss_reach", lang)]
    assert not any(row[head] for row in limits for head in reaches)
    assert say("note.prices_withheld", lang) in [row[say("head.limit", lang)] for row in limits]
    facts = [row[say("head.fact", lang)] for row in rows_of(found[say("sheet.provenance", lang)])]
    assert say("fact.status", lang) in facts and say("fact.value", lang) not in facts


def test_a_redacted_comparison_tells_no_worth(papers):
    lang, files = papers
    paper = files["tiny-redacted-comparison.docx"]
    facts = [row[0] for each in tables(paper) for row in each]
    assert locale.say("compare.summary.total", lang) in facts
    assert locale.say("compare.summary.objective", lang) not in facts
    (lost,) = [each for each in tables(paper) if each[0][0] == say("comparison.plan", lang)]
    assert all(
        cell in ("0", "–") or not cell[0].isdigit() or cell.endswith("%")
        for row in lost[1:]
        for cell in row[1:]
    )


def test_what_a_decision_costs_is_not_told_where_a_masked_project_would_gain(evaluation):
    """What the others lose is what it gains, and what is gained for that its value."""
    moved = (Change(0, 100, 0), Change(3, 0, 100))
    undecided = {"d5": Difference("optimal", Fraction(7, 1000), moved, True)}
    told = text_of(minutes_document(disclose(evaluation, None, "nội bộ"), "vi", undecided))
    whole = text_of(minutes_document(disclose(evaluation, None, None), "vi", undecided))
    assert "0,007" in whole and say("minutes.cost_withheld") not in whole
    assert "0,007" not in told and say("minutes.cost_withheld") in told


def test_decisions_about_masked_projects_are_only_counted(papers):
    lang, files = papers
    minutes = files["tiny-redacted-minutes.docx"]
    decided = next(each for each in tables(minutes) if each[0][0] == say("head.decision", lang))
    assert len(decided) == 2 and say("minutes.decisions_withheld", lang, count=1) in text_of(minutes)


def test_a_higher_grade_masks_nothing_and_a_lower_one_more(evaluation):
    assert not disclose(evaluation, None, "tuyệt mật").masked and not disclose(evaluation, None, None).masked
    assert disclose(evaluation, None, "công khai").masked == {1, 3}
    said = text_of(pipeline.shortlist_docx(evaluation, "vi", "công khai"))
    assert say("masked.internal") in said and say("masked.secret") not in said


def test_projects_without_a_grade_are_counted(evaluation):
    assert say("ungraded", count=1) in text_of(pipeline.shortlist_docx(evaluation, "vi", "nội bộ"))


def test_a_redacted_export_has_nothing_but_papers(path, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PRIORITIZER_MODE", "isolated")
    assert cli.main(["export", str(path), "--to", str(tmp_path / "out"), "--redact", "noi-bo"]) == 0
    names = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert names == [f"tiny-redacted-{name}" for name in ("minutes.docx", "shortlist.docx", "shortlist.xlsx")]
    assert locale.say("cli.redacted", "vi") in capsys.readouterr().out


def test_an_unknown_grade_is_refused(path, tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["export", str(path), "--to", str(tmp_path), "--redact", "bí mật"])
    assert stopped.value.code == 2
