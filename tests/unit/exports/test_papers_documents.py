"""The shortlist as an annex, comparison reports and minutes: figures read back, layout, words."""

import io
import re

import pytest
from docx import Document

from prioritizer import locale, pipeline
from prioritizer.comparison.words import describe_funded, describe_inputs
from prioritizer.exports.papers.grid import Grid, with_room
from prioritizer.robustness.words import KINDS, describe_draws, describe_unknown, share_text, worth_chasing
from tests.papers import NO_PLAN, ROWS, case_file, evaluated, parts, tables, text_of


def say(key, lang="vi", **params):
    return locale.say(f"documents.{key}", lang, **params)


def mvnd(text, lang="vi"):
    """An amount in billions as whole millions."""
    plain = text.replace(".", "").replace(",", ".") if lang == "vi" else text.replace(",", "")
    return round(float(plain) * 1000)


def by_head(rows):
    return [dict(zip(rows[0], cells, strict=True)) for cells in rows[1:]]


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    return evaluated(case_file(tmp_path_factory.mktemp("papers")))


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    return evaluated(case_file(tmp_path_factory.mktemp("other"), "reserves: [{id: kept, amount_bn: 1}]\n"))


@pytest.fixture(scope="module")
def annex(evaluation):
    return pipeline.shortlist_docx(evaluation, "vi")


@pytest.fixture(scope="module")
def report(evaluation, other):
    return pipeline.comparison_docx(pipeline.side_by_side([other, evaluation]), "vi")


@pytest.fixture(scope="module")
def minutes(evaluation):
    return pipeline.minutes_docx(evaluation, "vi")


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_annex_has_the_plans_figures_to_the_million(evaluation, lang):
    _, listed, by_body, _ = tables(pipeline.shortlist_docx(evaluation, lang))
    register, rows = evaluation.case.register, by_head(listed)
    for place, at in enumerate(evaluation.scores.in_rank_order().tolist()):
        row = rows[place]
        assert row[say("head.number", lang)] == str(place + 1)
        assert row[say("head.rank", lang)] == str(evaluation.scores.rank[at])
        assert row[say("head.name", lang)] == f"{register.name(at, lang)} ({register.ids[at]})"
        assert mvnd(row[say("head.short", lang)], lang) == register.ask_mvnd[at]
        assert mvnd(row[say("head.short_amount", lang)], lang) == evaluation.plan.amount_mvnd[at]
    placed = mvnd(rows[len(ROWS)][say("head.short_amount", lang)], lang)
    assert placed == evaluation.plan.total_mvnd == mvnd(by_body[-1][4], lang)


def test_equals_share_a_rank_and_that_is_said(annex):
    rows = by_head(tables(annex)[1])
    assert [row[say("head.rank")] for row in rows[: len(ROWS)]] == ["1", "2", "3", "3", "5"]
    assert say("ties") in text_of(annex)


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_annex_is_a_proposal_with_what_the_office_fills_in(evaluation, lang):
    said = text_of(pipeline.shortlist_docx(evaluation, lang))
    for key in ("nation", "motto", "parent", "issuer", "date", "recipients", "filed", "authority", "signer"):
        assert locale.say(f"requests.letter.{key}", lang) in said
    for key in ("title", "annexed", "proposal", "illustrative"):
        assert say(f"annex.{key}", lang) in said
    assert pipeline.plan_object(evaluation)["digests"]["case"] in said


@pytest.mark.parametrize("name", ["annex", "report", "minutes"])
def test_pages_are_laid_out_as_the_decree_says(name, request):
    content = request.getfixturevalue(name)
    section = Document(io.BytesIO(content)).sections[0]
    assert (section.page_width.mm, section.page_height.mm) == (
        pytest.approx(210, abs=0.1),
        pytest.approx(297, abs=0.1),
    )
    margins = section.left_margin, section.right_margin, section.top_margin
    assert [round(each.mm) for each in margins] == [30, 15, 20]
    assert section.different_first_page_header_footer
    later = section.header._element.xml
    assert "PAGE" in later and 'w:jc w:val="center"' in later
    assert "PAGE" not in section.first_page_header._element.xml
    for header in (section.header, section.first_page_header):
        assert say("mark.illustrative") in "".join(paragraph.text for paragraph in header.paragraphs)


@pytest.mark.parametrize("name", ["annex", "report", "minutes"])
def test_tables_repeat_their_head_keep_rows_whole_and_their_widths(name, request):
    body = parts(request.getfixturevalue(name))["word/document.xml"]
    ruled = [each for each in re.findall(r"<w:tbl>.*?</w:tbl>", body, flags=re.S) if "<w:tblBorders>" in each]
    assert ruled
    for each in ruled:
        rows = re.findall(r"<w:tr>.*?</w:tr>", each, flags=re.S)
        assert "<w:tblHeader/>" in rows[0] and not any("<w:tblHeader/>" in row for row in rows[1:])
        assert all("<w:cantSplit/>" in row for row in rows) and 'w:tblLayout w:type="fixed"' in each
        widths = [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"', each)]
        assert sum(widths) <= 165 / 25.4 * 1440 + len(widths)


def test_no_number_is_broken_over_two_lines():
    rows = [["một cái tên", *["1.234.567,891"] * 6]]
    wide = Grid(["Tên", *["Phân bổ"] * 6], rows, [75, *[15] * 6], ["left", *["right"] * 6])
    roomy = with_room(wide)
    assert sum(roomy.widths) == pytest.approx(sum(wide.widths)) and roomy.widths[0] >= 30
    digits = 10 * 0.5 + 3 * 0.25  # of the type's size, as the face has them
    assert all(width > digits * roomy.size * 25.4 / 72 + 1.6 for width in roomy.widths[1:])
    narrow = Grid(["Tên", "Phân bổ"], [["a", "1,0"]], [100, 30], ["left", "right"])
    assert with_room(narrow) == narrow


def test_charts_stand_in_the_annex_with_a_text(annex):
    assert parts(annex)["word/document.xml"].count('descr="Biểu đồ') == 2


def test_very_long_names_are_cut_where_that_is_seen(tmp_path):
    long = "dài " * 800
    path = case_file(tmp_path, "", [f"P1,{long},,A,T1.1,group1,1.5,,stated", *ROWS[1:]])
    (name,) = [
        row[2] for row in tables(pipeline.shortlist_docx(evaluated(path), "vi"))[1] if "(P1)" in row[2]
    ]
    assert name.startswith("dài dài") and name.endswith("… (P1)") and len(name) < 320


def test_without_a_plan_every_paper_says_so(tmp_path):
    evaluation = evaluated(case_file(tmp_path, NO_PLAN))
    assert not evaluation.plan.found
    status = locale.say(f"terms.status.{evaluation.plan.status}", "vi")
    both = pipeline.side_by_side([evaluation, evaluation])
    for content in (pipeline.shortlist_docx(evaluation, "vi"), pipeline.minutes_docx(evaluation, "vi")):
        assert say("no_plan", status=status) in text_of(content)
    assert locale.say("compare.status.infeasible", "vi") in text_of(pipeline.comparison_docx(both, "vi"))


# ------------------------------------------------------------------ comparison


@pytest.mark.parametrize("lang", locale.LANGS)
def test_the_report_has_the_money_of_both_scenarios_to_the_million(evaluation, other, lang):
    comparison = pipeline.side_by_side([other, evaluation])
    found = tables(pipeline.comparison_docx(comparison, lang))
    of_projects = next(each for each in found if each[0][0] == say("head.name", lang))
    by_id = {re.search(r"\((P\d)\)$", row[0])[1]: row[1:] for row in of_projects[1:-1]}
    for line in comparison.projects:
        if line.funded_in:
            assert [mvnd(each, lang) for each in by_id[line.id]] == list(line.amounts_mvnd)
    totals = [each.plan.total_mvnd for each in comparison.evaluations]
    assert [mvnd(each, lang) for each in of_projects[-1][1:]] == totals
    of_bodies = next(each for each in found if each[0][0] == say("head.ministry", lang))
    assert [mvnd(each, lang) for each in of_bodies[-1][1:]] == totals


def test_the_report_says_what_differs_and_who_is_funded_where(evaluation, other, report):
    comparison, said = pipeline.side_by_side([other, evaluation]), text_of(report)
    for sentence in (*describe_inputs(comparison, "vi"), *describe_funded(comparison, "vi")):
        assert sentence in said
    for part in ("scenarios", "inputs", "ministry", "project", "funded", "agreement", "regret", "proposal"):
        assert say(f"comparison.{part}") in said


# ------------------------------------------------------------------ minutes


def test_the_minutes_name_decisions_with_who_why_and_cost(evaluation, minutes):
    decided = next(each for each in tables(minutes) if each[0][0] == say("head.decision"))
    first = by_head(decided)[0]
    without = pipeline.if_without_decision(evaluation, "d5")
    decision = evaluation.case.scenario.decisions[0]
    assert first[say("head.decision")] == pipeline.decision_text(evaluation.case, decision, "vi")
    assert first[say("head.by")] == "Tổ công tác, ngày 20/4/2026" and first[say("head.why")] == "Đã hứa"
    assert first[say("head.cost")] == pipeline.describe_without_decision(
        evaluation.case, decision, without, "vi"
    )


def test_the_minutes_tell_limits_that_are_reached_and_what_is_open(evaluation, minutes):
    said = text_of(minutes)
    for _, _, sentence in pipeline.describe_reached(evaluation, "vi"):
        assert sentence in said
    asks = say(
        "minutes.illustrative_asks",
        count=1,
        amount="1,5",
        funded=1,
        placed=locale.bn(int(evaluation.plan.amount_mvnd[0]), "vi"),
    )
    assert asks in said and say("minutes.no_robust") in said
    assert "1 dự án chưa được đánh giá đủ 4 tiêu chí" in said


@pytest.mark.parametrize("redact", [None, "nội bộ"])
def test_what_is_firm_and_what_to_find_out_can_be_given(evaluation, redact):
    firm = pipeline.stress(evaluation, pipeline.Asked(400))
    said = text_of(pipeline.minutes_docx(evaluation, "vi", redact, firm))
    for sentence in describe_draws(firm, "vi", first=True):
        assert sentence in said
    names = ("một", "hai", "ba", "Rada bí ẩn", "năm")
    told = [row for row in range(5) if redact is None or row != 3]
    for kind in KINDS:
        rows = [row for row in told if firm.standing[row].kind == kind]
        often = {
            row: f": {share_text(firm.main.any_share[row], 'vi')}" for row in rows if kind == "borderline"
        }
        rows.sort(key=lambda row: -firm.main.any_share[row] if often else 0)
        named = (f"“{names[row]}” (P{row + 1}){often.get(row, '')}" for row in rows)
        projects = "; ".join(named) or say("minutes.nobody_there")
        assert say(f"minutes.{kind}", count=len(rows), projects=projects) in said
    chased = [each for each in worth_chasing(firm.main) if each.project in told]
    assert chased, "P5 is judged on one criterion of four"
    for each in chased:
        assert describe_unknown(firm, each, "vi") in said
    assert say("minutes.no_robust") not in said and ("Rada" in said) == (redact is None)


# ------------------------------------------------------------------ the same bytes


def test_the_same_content_gives_the_same_bytes(evaluation, other, annex, report, minutes):
    assert pipeline.shortlist_docx(evaluation, "vi") == annex
    assert pipeline.comparison_docx(pipeline.side_by_side([other, evaluation]), "vi") == report
    assert pipeline.minutes_docx(evaluation, "vi") == minutes
    about = Document(io.BytesIO(annex)).core_properties
    assert (about.author, about.comments, about.last_modified_by) == ("", "", "")
