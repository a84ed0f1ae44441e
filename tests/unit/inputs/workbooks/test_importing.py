"""Many workbooks become one set of tables: whatever their order, with answers kept and changes told."""

import itertools
from datetime import date
from pathlib import Path

import pytest

from prioritizer.inputs.workbooks import opening
from prioritizer.inputs.workbooks.answers import Given, read_memory
from prioritizer.inputs.workbooks.lists import read_lists
from prioritizer.inputs.workbooks.opening import open_workbook
from tests.books import HEAD, PROJECTS, SOUND, book, imported, keep, project, table

ROOT = Path(__file__).resolve().parents[4]
COSTS = [
    ["MOIT-1", 2026, "chi đầu tư", 100],
    ["moit-1", 2027, "", "20,5"],
    ["MOIT-2", 2026, "", "250 tỷ đồng"],
]
JUDGED = [["MOIT-1", "growth", "A1", 2, "", ""], ["MOIT-1", "growth", "A2", "", 1, 3]]

FOUR = {
    "moit.xlsx": book(costs=[["MOIT-1", 2026, "", 120.5], ["MOIT-2", 2026, "", 250]]),
    "moh.xlsx": book(
        sound=[project("MOH-1", ministry="MOH"), project("MOIT-2", ministry="MOH")],
        costs=[["MOH-1", 2026, "", 300]],
    ),
    "a1.xlsx": book(sound=(), scores=[["MOIT-1", "growth", "A1", 2], ["MOH-1", "growth", "A1", 9]]),
    "a2.xlsx": book(sound=(), scores=[["MOIT-1", "growth", "A2", "khá"], ["X-1", "speed", "A2", 1]]),
}


@pytest.fixture(scope="module")
def lists():
    return read_lists(None)


def codes(done) -> list[str]:
    return [fault.code for fault in done.faults]


def test_a_ministry_s_workbook_becomes_tables(tmp_path, lists):
    done = imported(tmp_path, {"moit.xlsx": book(costs=COSTS, scores=JUDGED)}, lists)
    assert done.faults == ()
    assert table(done) == [
        "id,name_vi,ministry,product,class,ask_bn,secrecy",
        "MOIT-1,Dự án thử,MOIT,T01.2,group1,120.5,công khai",
        "MOIT-2,Dự án thử,MOIT,T01.2,group1,250,công khai",
    ]
    assert table(done, "costs.csv") == [
        "project,year,kind,amount_bn",
        "MOIT-1,2026,investment,100",
        "MOIT-1,2027,,20.5",
        "MOIT-2,2026,,250",
    ]
    assert table(done, "assessments.csv") == [
        "project,criterion,assessor,score,low,high",
        "MOIT-1,growth,A1,2,,",
        "MOIT-1,growth,A2,,1,3",
    ]


def test_the_order_of_files_and_rows_changes_nothing(tmp_path, lists):
    outcomes = set()
    for at, order in enumerate(itertools.permutations(FOUR)):
        place = tmp_path / str(at)
        place.mkdir()
        done = imported(place, {name: FOUR[name] for name in order}, lists)
        outcomes.add((tuple(sorted(done.files.items())), repr(done.faults), done.totals))
    assert len(outcomes) == 1
    turned = imported(tmp_path, {"moit.xlsx": book(sound=SOUND[::-1], costs=COSTS[::-1])}, lists)
    straight = imported(tmp_path, {"moit.xlsx": book(costs=COSTS)}, lists)
    assert turned.files == straight.files


def test_one_id_in_two_ministries_files_is_named_in_both(tmp_path, lists):
    other = book(sound=[project("moit-1", ministry="Bộ Y tế"), project("MOH-1", ministry="MOH")])
    done = imported(tmp_path, {"moit.xlsx": book(), "moh.xlsx": other}, lists)
    twice = [fault for fault in done.faults if fault.code == "project_twice"]
    assert [(fault.file, fault.row, fault.column) for fault in twice] == [
        ("moh.xlsx", 3, "A"),
        ("moit.xlsx", 3, "A"),
    ]
    assert twice[0].params["other"] == "moit.xlsx › Dự án › A3"
    assert [line.split(",")[0] for line in table(done)[1:]] == ["MOH-1", "MOIT-2"]


def test_a_project_is_taken_with_all_its_costs_or_not_at_all(tmp_path, lists):
    broken = [*COSTS[:2], ["MOIT-2", 2026, "", "x"], ["MOIT-2", 2027, "", 1]]
    judged = [*JUDGED, ["MOIT-2", "growth", "A1", 1]]
    done = imported(tmp_path, {"moit.xlsx": book(costs=broken, scores=judged)}, lists)
    assert sorted(codes(done)) == ["cost_refused"] * 3 + ["not_a_number"]
    assert [line.split(",")[0] for line in table(done)[1:]] == ["MOIT-1"]
    assert [line.split(",")[0] for line in table(done, "costs.csv")[1:]] == ["MOIT-1", "MOIT-1"]
    assert {each.row.project for each in done.refused} == {"MOIT-2"}


# ------------------------------------------------------------ answers


def test_a_renamed_heading_is_asked_once(tmp_path, lists):
    head = (HEAD[0], "Tên đề án trình", "Đơn vị đầu mối", *HEAD[3:])
    files = {"moit.xlsx": book(head=head)}
    asked = imported(tmp_path, files, lists)
    assert {"heading_unknown", "heading_missing"} == set(codes(asked)) and table(asked) == []
    answers = Given(headings=(("Tên đề án trình", "name_vi"), ("đơn vị đầu mối", "ministry")))
    done = imported(tmp_path, files, lists, answers)
    assert done.faults == () and len(table(done)) == 3
    keep(tmp_path, done)
    assert read_memory(tmp_path / "out")["MOIT"].headings.keys() == {"Tên đề án trình", "đơn vị đầu mối"}
    again = imported(tmp_path, {"moit-lan-2.xlsx": book(head=head)}, lists)
    assert again.faults == () and again.changes == () and again.files == done.files
    other = imported(tmp_path, {"moh.xlsx": book(head=head, sound=[project("H", ministry="MOH")])}, lists)
    assert "heading_unknown" in codes(other)


def test_answers_about_several_files_of_one_sender_are_kept_together(tmp_path, lists):
    first = book(project(ask="1.234"))
    second = book(
        sound=[project("MOIT-8")], edit=lambda made: made[PROJECTS].__setitem__("B2", "Tên đề án trình")
    )
    given = Given.of((("Tên đề án trình", "name_vi"),), (("", "vi"),))
    done = imported(tmp_path, {"a.xlsx": first, "b.xlsx": second}, lists, given)
    assert done.faults == ()
    keep(tmp_path, done)
    keep(tmp_path, imported(tmp_path, {"a.xlsx": first}, lists))
    known = read_memory(tmp_path / "out")["MOIT"]
    assert (known.numbers, known.headings) == ("vi", {"Tên đề án trình": "name_vi"})


@pytest.mark.parametrize("year", ["Năm 2026", "2026 ", 2026, 2026.0])
def test_a_year_is_a_year(tmp_path, lists, year):
    costs = [["MOIT-1", year, "", 120.5], ["MOIT-2", 2026, "", 250]]
    done = imported(tmp_path, {"a.xlsx": book(costs=costs)}, lists)
    assert done.faults == () and table(done, "costs.csv")[1] == "MOIT-1,2026,,120.5"


def test_a_column_may_be_left_out(tmp_path, lists):
    content = book(edit=lambda made: made[PROJECTS].__setitem__("H2", "Cột nháp"))
    assert codes(imported(tmp_path, {"a.xlsx": content}, lists)) == ["heading_unknown"]
    assert imported(tmp_path, {"a.xlsx": content}, lists, Given(headings=(("Cột nháp", "-"),))).faults == ()


def test_a_style_is_confirmed_for_one_file_and_remembered_for_its_sender_alone(tmp_path, lists):
    moh = book(sound=[project("MOH-1", ministry="MOH", ask="1,234")])
    files = {
        "moit.xlsx": book(project(ask="1.234")),
        "moh.xlsx": moh,
        "mae.xlsx": book(sound=[project("E", ministry="MAE")]),
    }
    assert codes(imported(tmp_path, files, lists)) == ["number_ambiguous"] * 2
    done = imported(tmp_path, files, lists, Given.of((), (("moit.xlsx", "vi"), ("moh.xlsx", "en"))))
    assert [line.split(",")[5] for line in table(done)[1:]] == ["300", "1234", "120.5", "250", "1234"]
    keep(tmp_path, done)
    assert {sender: each.numbers for sender, each in read_memory(tmp_path / "out").items()} == {
        "MOIT": "vi",
        "MOH": "en",
    }
    assert imported(tmp_path, files, lists).faults == ()


def test_units_are_answered_for_a_file(tmp_path, lists):
    small = book(
        head=[*HEAD[:5], "Tổng kinh phí", HEAD[6]],
        sound=[project("A-1", ask=5000), project("A-2", ask=900.5)],
    )
    assert codes(imported(tmp_path, {"a.xlsx": small}, lists)) == ["unit_not_stated"]
    done = imported(tmp_path, {"a.xlsx": small}, lists, Given.of((), (), (("", "million"),)))
    assert codes(done) == ["amount_too_fine"] and table(done)[1].split(",")[5] == "5"


def test_a_file_in_another_unit_is_noticed_beside_the_others(tmp_path, lists):
    sound = [project(f"H-{at}", ministry="MOH", ask=400_000 + at) for at in range(9)]
    millions = book(sound=sound)
    files = {"moit.xlsx": book(), "moh.xlsx": millions}
    assert codes(imported(tmp_path, files, lists)) == ["amount_unlike_others"] * 9
    against = imported(tmp_path, files, lists, Given.of((), (), (("moh.xlsx", "million"),)))
    assert "unit_against_answer" in codes(against)
    files["moh.xlsx"] = book(sound=sound, head=[*HEAD[:5], "Tổng kinh phí (triệu đồng)", HEAD[6]])
    said = imported(tmp_path, files, lists)
    assert said.faults == () and table(said)[1].split(",")[5] == "400"


# ------------------------------------------------------------ what is let be


def test_totals_numbers_of_columns_groups_and_remarks_are_left_out_and_told(tmp_path, lists):
    rows = [
        [f"({at})" for at in range(1, 8)],
        *SOUND,
        ["", "Tổng cộng", "", "", "", 370.5, ""],
        [],
        ["", "Người lập biểu", "", "", "", "", ""],
    ]
    done = imported(tmp_path, {"moit.xlsx": book(sound=rows)}, lists)
    assert done.faults == () and done.rows["register"] == 2
    assert [(line.what, line.line) for line in done.reports[0].left_out] == [
        ("numbering", 3),
        ("total", 6),
        ("remark", 8),
    ]


def test_merged_cells_hold_for_all_their_rows(tmp_path, lists):
    def edit(made):
        made[PROJECTS]["C4"] = None
        made[PROJECTS].merge_cells("C3:C4")

    done = imported(tmp_path, {"moit.xlsx": book(edit=edit)}, lists)
    assert done.faults == () and [line.split(",")[2] for line in table(done)[1:]] == ["MOIT", "MOIT"]


def test_texts_are_kept_as_people_wrote_them(tmp_path, lists):
    rows = [
        project("A-1", name='=1+1 "x",\n y'),
        project("A-2", name=date(2026, 4, 20)),
        project(3, name=12.5),
    ]

    def as_text(made):
        made[PROJECTS]["B3"].data_type = "s"

    done = imported(tmp_path, {"a.xlsx": book(sound=rows, edit=as_text)}, lists)
    assert done.faults == ()
    assert table(done)[1:] == [
        "3,12.5,MOIT,T01.2,group1,300,công khai",
        'A-1,"=1+1 ""x"",',
        ' y",MOIT,T01.2,group1,300,công khai',
        "A-2,20/04/2026,MOIT,T01.2,group1,300,công khai",
    ]


def test_rows_that_an_assessor_left_blank_are_not_judgements(tmp_path, lists):
    rows = [*JUDGED, ["MOIT-2", "growth", "A1"], ["MOIT-2", "speed", "A1", "Không chấm"]]
    done = imported(tmp_path, {"a.xlsx": book(scores=rows)}, lists)
    assert done.faults == () and done.reports[0].unscored == 1
    assert table(done, "assessments.csv")[-1] == "MOIT-2,speed,A1,abstain,,"


# ------------------------------------------------------------ the import before


def test_what_has_changed_since_the_last_import_is_told(tmp_path, lists):
    first = imported(tmp_path, {"moit.xlsx": book(costs=COSTS, scores=JUDGED)}, lists)
    assert first.first and {change.kind for change in first.changes} == {"added"}
    keep(tmp_path, first)
    new = [project("MOIT-1", name="Tên mới", ask=120.5), project("MOIT-3", ask=70)]
    costs = [*COSTS[:2], ["MOIT-3", 2026, "", 70]]
    done = imported(tmp_path, {"moit.xlsx": book(sound=new, costs=costs)}, lists)
    assert done.faults == () and not done.first
    told = [(change.kind, change.table, change.key, change.column) for change in done.changes]
    assert told == [
        ("removed", "costs", ("MOIT-2", "2026"), ""),
        ("added", "costs", ("MOIT-3", "2026"), ""),
        ("changed", "register", ("MOIT-1",), "name_vi"),
        ("removed", "register", ("MOIT-2",), ""),
        ("added", "register", ("MOIT-3",), ""),
    ]
    (total,) = done.totals
    assert (total.rows_before, total.rows, total.ask_before_mvnd, total.ask_mvnd) == (2, 2, 370_500, 190_500)
    assert table(done, "assessments.csv") == table(first, "assessments.csv")


def test_a_project_that_its_ministry_no_longer_sends_is_asked_about_once(tmp_path, lists):
    keep(tmp_path, imported(tmp_path, {"moit.xlsx": book(scores=JUDGED)}, lists))
    done = imported(tmp_path, {"moit.xlsx": book(sound=SOUND[1:])}, lists)
    assert [(f.code, f.file, f.row) for f in done.faults] == [("project_withdrawn", "register.csv", 2)]
    assert done.faults[0].params == {"project": "MOIT-1", "ministry": "MOIT", "judgements": 2}
    assert done.rows == {"register": 1, "costs": 0, "assessments": 0}


def test_assessors_may_come_later(tmp_path, lists):
    keep(tmp_path, imported(tmp_path, {"moit.xlsx": book()}, lists))
    done = imported(tmp_path, {"a1.xlsx": book(sound=(), scores=JUDGED)}, lists)
    assert done.faults == () and done.rows == {"register": 2, "costs": 0, "assessments": 2}
    assert done.reports[0].sender == "A1"


def test_secrets_are_taken_on_an_isolated_machine_alone(tmp_path, lists):
    files = {
        "moit.xlsx": book(project(secrecy="Tối mật")),
        "moh.xlsx": book(sound=[project("H", ministry="MOH")]),
    }
    done = imported(tmp_path, files, lists)
    assert set(codes(done)) == {"state_secret_on_network"} and len(table(done)) == 2
    assert imported(tmp_path, files, lists, mode="isolated").faults == ()


# ------------------------------------------------------------ a process of its own


@pytest.mark.parametrize(
    "what, code",
    [
        ("bytearray(4 << 30)", "workbook_too_heavy"),
        ("__import__('os').abort()", "workbook_too_heavy"),
        ("[0 for _ in iter(int, 1)]", "workbook_too_slow"),
    ],
)
def test_a_reader_that_runs_away_is_stopped(tmp_path, monkeypatch, what, code):
    monkeypatch.setattr(opening, "_RUN", f"from apart.child import _limit; _limit(1); {what}")
    (tmp_path / "a.xlsx").write_bytes(book())
    with pytest.raises(opening.InputFaults) as stopped:
        open_workbook(tmp_path / "a.xlsx", seconds=1)
    assert [fault.code for fault in stopped.value.faults] == [code]


def test_files_that_are_missing_too_large_or_named_twice(tmp_path, lists, monkeypatch):
    (tmp_path / "a.xlsx").write_bytes(book())
    from prioritizer.inputs.workbooks.importing import import_workbooks

    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    done = import_workbooks(paths, tmp_path, lists, Given(), "networked")
    assert codes(done) == ["file_missing"] and len(table(done)) == 3
    monkeypatch.setattr(opening, "LARGEST_FILE", 1000)
    assert codes(import_workbooks(paths[:1], tmp_path, lists, Given(), "networked")) == ["file_too_large"]


def test_the_funds_of_a_scenario_bound_the_amounts(tmp_path):
    lists = read_lists(ROOT / "scenarios" / "baseline.yaml")
    done = imported(tmp_path, {"moit.xlsx": book(project(ask=13_000))}, lists)
    assert codes(done) == ["amount_beyond_funds"]
