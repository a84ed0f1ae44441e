"""Files come one by one: each replaces what its own sender sent before, and nobody else's rows."""

import itertools

import pytest

from prioritizer.inputs.workbooks.answers import Given
from prioritizer.inputs.workbooks.importing import import_workbooks
from prioritizer.inputs.workbooks.keeping import Kept
from prioritizer.inputs.workbooks.lists import read_lists
from tests.books import SOUND, book, imported, keep, project, table

COSTS = [["MOIT-1", 2026, "", 120.5], ["MOIT-2", 2026, "", 250]]
HEALTH = (project("MOH-1", ministry="MOH", ask=300), project("MOH-2", ministry="MOH", ask=70))
ALL = {
    "moit.xlsx": book(costs=COSTS),
    "moh.xlsx": book(sound=HEALTH, costs=[["MOH-1", 2026, "", 300], ["MOH-2", 2026, "", 70]]),
    "a1.xlsx": book(sound=(), scores=[["MOIT-1", "growth", "A1", 2], ["MOH-1", "growth", "A1", 1]]),
    "a2.xlsx": book(sound=(), scores=[["MOH-1", "growth", "A2", 3]]),
}


@pytest.fixture(scope="module")
def lists():
    return read_lists(None)


@pytest.fixture
def whole(tmp_path, lists):
    done = imported(tmp_path, ALL, lists)
    assert done.faults == () and done.kept == ()
    keep(tmp_path, done)
    return done


def again(place, lists, *names, dropped=()):
    paths = [place / name for name in names]
    return import_workbooks(paths, place / "out", lists, Given(), "networked", dropped)


@pytest.mark.parametrize("name", ALL)
def test_one_file_again_leaves_all_others_as_they_were(tmp_path, lists, whole, name):
    done = again(tmp_path, lists, name)
    assert done.faults == () and done.changes == () and done.files == whole.files


def test_files_that_come_one_by_one_make_the_tables_of_all_at_once(tmp_path, lists, whole):
    for at, order in enumerate(itertools.permutations(ALL)):
        if list(order).index("moit.xlsx") < 2 and list(order).index("moh.xlsx") < 2:
            place = tmp_path / str(at)
            place.mkdir()
            for name in order:
                done = imported(place, {name: ALL[name]}, lists)
                assert done.faults == ()
                keep(place, done)
            assert done.files == whole.files


def test_who_has_no_file_is_told_with_what_stays(tmp_path, lists, whole):
    assert again(tmp_path, lists, "moit.xlsx").kept == (Kept("MOH", 2, 0), Kept("A1", 0, 2), Kept("A2", 0, 1))


def test_a_newer_file_replaces_its_own_ministry_s_rows_alone(tmp_path, lists, whole):
    newer = book(sound=[project("MOH-1", ministry="MOH", ask=310)], costs=[["MOH-1", 2026, "", 310]])
    done = imported(tmp_path, {"moh.xlsx": newer}, lists)
    assert done.faults == ()
    assert {(each.kind, each.key[0]) for each in done.changes} == {("changed", "MOH-1"), ("removed", "MOH-2")}
    assert [(total.ministry, total.rows_before, total.rows) for total in done.totals] == [
        ("MOIT", 2, 2),
        ("MOH", 2, 1),
    ]


def test_a_sheet_of_costs_that_was_emptied_empties_the_ministry_s_costs(tmp_path, lists, whole):
    without = book(sound=HEALTH, costs=[[None] * 4])
    done = imported(tmp_path, {"moh.xlsx": without}, lists)
    assert [line.split(",")[0] for line in table(done, "costs.csv")[1:]] == ["MOIT-1", "MOIT-2"]


def test_a_newer_file_replaces_its_own_assessor_s_judgements_alone(tmp_path, lists, whole):
    newer = book(sound=(), scores=[["MOH-1", "growth", "A1", 4]])
    done = imported(tmp_path, {"a1.xlsx": newer}, lists)
    assert table(done, "assessments.csv")[1:] == ["MOH-1,growth,A1,4", "MOH-1,growth,A2,3"]


def test_a_project_that_two_ministries_claim_is_still_named(tmp_path, lists, whole):
    claimed = book(sound=[project("MOH-1", ministry="Bộ Công Thương"), *SOUND], costs=COSTS)
    done = imported(tmp_path, {"moit.xlsx": claimed}, lists)
    assert {(f.code, f.file) for f in done.faults if f.code == "project_twice"} == {
        ("project_twice", "moit.xlsx"),
        ("project_twice", "register.csv"),
    }


def test_a_sender_may_be_dropped_with_all_that_hangs_on_it(tmp_path, lists, whole):
    done = again(tmp_path, lists, "moit.xlsx", dropped=("moh", "A2"))
    assert done.faults == () and done.kept == (Kept("A1", 0, 1),)
    assert [line.split(",")[0] for line in table(done)[1:]] == ["MOIT-1", "MOIT-2"]
    assert table(done, "assessments.csv")[1:] == ["MOIT-1,growth,A1,2"]


def test_dropping_somebody_of_whom_there_is_nothing_is_a_fault(tmp_path, lists, whole):
    (fault,) = again(tmp_path, lists, "moit.xlsx", dropped=("MOHH",)).faults
    assert (fault.code, fault.params["near"], fault.params["known"]) == (
        "drop_unknown",
        "MOH",
        "MOH, MOIT, A1, A2",
    )


def test_rows_of_one_unknown_project_are_one_fault(tmp_path, lists):
    costs = [*COSTS, ["MOIT-7", 2026, "", 1], ["MOIT-7", 2027, "", 2]]
    done = imported(tmp_path, {"moit.xlsx": book(costs=costs)}, lists)
    assert [(f.code, f.row, f.params["lines"]) for f in done.faults] == [("unknown_project_rows", 5, "5, 6")]
    assert len(done.refused) == 2
    twice = book(project("MOIT-1", ask=3), costs=costs)
    told = imported(tmp_path, {"moit.xlsx": twice}, lists)
    (fault,) = [f for f in told.faults if f.code == "unknown_project_beside_twice"]
    assert (fault.params["text"], fault.params["twice"]) == ("MOIT-7", "MOIT-1")
    assert fault.params["places"] == "moit.xlsx › Dự án › A3; moit.xlsx › Dự án › A5"


def test_costs_stay_where_the_new_file_has_no_sheet_of_them(tmp_path, lists, whole):
    done = imported(tmp_path, {"moit.xlsx": book()}, lists)
    assert done.faults == () and done.changes == ()
    assert [each for each in done.kept if each.costs] == [Kept("MOIT", 0, 0, 2)]
    fewer = imported(tmp_path, {"moit.xlsx": book(sound=[project("MOIT-2", ask="")])}, lists)
    assert {(change.kind, change.table) for change in fewer.changes if change.key[0] == "MOIT-1"} >= {
        ("removed", "register"),
        ("removed", "costs"),
    }
    assert fewer.reports[0].ask_mvnd == 250_000


def test_columns_left_out_are_told_at_every_import(tmp_path, lists):
    def edit(made):
        made["Dự án"]["H2"], made["Dự án"]["H3"] = "Vốn đối ứng cũ", 12

    content, given = book(edit=edit), Given(headings=(("Vốn đối ứng cũ", "-"),))
    for answers in (given, Given()):
        done = imported(tmp_path, {"moit.xlsx": content}, lists, answers)
        assert [(each.heading, each.filled) for each in done.reports[0].unused] == [("Vốn đối ứng cũ", 1)]
        keep(tmp_path, done)


def test_answers_about_nothing_are_faults(tmp_path, lists):
    given = Given.of((("Không có", "name_vi"),), (("other.xlsx", "vi"),), (("moit.xlsy", "bn"),))
    done = imported(tmp_path, {"moit.xlsx": book()}, lists, given)
    assert sorted(fault.code for fault in done.faults) == ["answer_for_no_file"] * 2 + [
        "answer_for_no_heading"
    ]


def test_a_file_named_twice_is_said_once(tmp_path, lists):
    (tmp_path / "moit.xlsx").write_bytes(book())
    done = again(tmp_path, lists, "moit.xlsx", "moit.xlsx", "moit.xlsx")
    assert [fault.code for fault in done.faults] == ["file_twice"] and done.rows["register"] == 2
