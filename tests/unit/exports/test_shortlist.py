"""Shortlists: one for Excel, one for machines, neither with a live formula."""

import csv
import io
from pathlib import Path

import pytest

from prioritizer import pipeline
from tests.build import HEAD, SCENARIO, folder, table

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", "=cmd|' /C calc'!A0"]


def shortlist(path: Path, style: str, lang: str = "vi") -> list[list[str]]:
    content = pipeline.shortlist_csv(pipeline.assess(pipeline.load(path)), lang, style)
    assert content.startswith(b"\xef\xbb\xbf") is (style == "excel")
    assert content.endswith(b"\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if style == "excel" else ","))


@pytest.mark.parametrize("style", ["excel", "machine"])
def test_no_cell_is_a_formula(tmp_path, style):
    rows = [f'P{at},"{name}",A,,group1,1,{at}' for at, name in enumerate(FORMULAS)]
    title = SCENARIO.replace('{vi: "Thử", en: "Trial"}', '"=1+1"')
    cells = [
        c
        for row in shortlist(folder(tmp_path, tiny_yaml=title, register_csv=table(HEAD, rows)), style)
        for c in row
    ]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "＝"))] == []
    assert "'=1+1" in cells


def test_the_heading_calls_it_a_proposal_and_says_what_is_illustrative(tmp_path):
    illustrative = "limits: [{id: l, at_most: {amount_bn: 1}, basis: illustrative}]\n"
    plain = shortlist(folder(tmp_path / "plain"), "excel")
    other = shortlist(folder(tmp_path / "other", tiny_yaml=SCENARIO + illustrative), "excel")
    assert plain[0][0].startswith("Phương án đề xuất")
    assert not any("minh họa" in row[0] for row in plain) and any("minh họa" in row[0] for row in other)


def test_numbers_are_those_of_the_region(tmp_path):
    path = folder(tmp_path)
    vi, en = (shortlist(path, "excel", lang)[-3] for lang in ("vi", "en"))
    assert vi[7:9] == ["1,5", "1,5"] and en[7:9] == ["1.5", "1.5"]
    head, first, *_ = shortlist(path, "machine")
    row = dict(zip(head, first, strict=True))
    assert (row["ask_mvnd"], row["amount_mvnd"], row["value"], row["reason"]) == (
        "1500",
        "1500",
        "80",
        "funded",
    )


def test_without_a_plan_amounts_are_blank(tmp_path):
    clash = "limits: [{id: a, at_least: {amount_bn: 2}}, {id: b, at_most: {amount_bn: 1}}]\n"
    path = folder(tmp_path, tiny_yaml=SCENARIO + clash)
    head, *rows = shortlist(path, "machine")
    assert (
        {row[head.index("amount_mvnd")] for row in rows}
        == {""}
        == {row[head.index("reason")] for row in rows}
    )
    assert {row[8] for row in shortlist(path, "excel")[-3:]} == {""}


def test_money_set_aside_has_lines_below_the_projects_for_people_only(tmp_path):
    reserves = 'reserves: [{id: line, name: {vi: "=Kín", en: "=Closed"}, amount_bn: 0.5, why: "Điều 3"}]\n'
    path = folder(tmp_path, tiny_yaml=SCENARIO + reserves)
    last = shortlist(path, "excel")[-1]
    assert last[1:3] == ["line", "'=Kín"] and "0,5" in last and last[-1] == "Điều 3"
    assert shortlist(path, "excel", "en")[-1][2] == "'=Closed"
    assert len(shortlist(path, "machine")) == 1 + 3


def test_the_list_for_people_says_what_a_project_lacks(tmp_path):
    rows = shortlist(folder(tmp_path), "excel", "en")
    assert "above 60.0 points" in rows[-1][-1]
