"""Redacted papers: nothing of a masked project anywhere, its money in the totals, and that said."""

import io
import zipfile

import pytest

from prioritizer import cli, locale, pipeline
from prioritizer.exports.papers.disclosure import disclose
from tests.papers import case_file, evaluated, rows_of, sheets, tables, text_of

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
    return request.param, pipeline.papers(evaluation, request.param, other, "nội bộ")


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


def test_a_limit_that_counts_a_masked_project_is_only_counted(papers):
    lang, files = papers
    rows = rows_of(sheets(files["tiny-redacted-shortlist.xlsx"])[say("sheet.limits", lang)])
    names = [row[say("head.limit", lang)] for row in rows]
    assert not [name for name in names if name and name.endswith(" C")]
    assert (
        next(row for row in rows if row[say("head.limit", lang)].endswith(" A"))[say("head.used", lang)] == 2
    )
    assert say("note.withheld", lang, count=1) in names


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
