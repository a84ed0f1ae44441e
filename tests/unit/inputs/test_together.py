"""Tables put in place together: old, new, or known to be neither."""

from pathlib import Path

import pytest

from prioritizer.inputs import together
from prioritizer.inputs.together import NOTE, finish, is_unfinished, write_together
from tests.build import assessed, faults

OLD = {"register.csv": b"old register", "costs.csv": b"old costs", "import.yaml": b"old answers"}
NEW = {name: content.replace(b"old", b"new") for name, content in OLD.items()}
WRITES = ((together, "_write"), (Path, "replace"), (Path, "unlink"))


class Cut(Exception):
    """Stands for the end of the process."""


def held(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def cut_at(monkeypatch, call):
    """Let the ``call``-th thing written, and all after it, not happen."""
    done = iter(range(call))

    def tried(real):
        def act(*arguments, **named):
            if next(done, None) is None:
                raise Cut
            return real(*arguments, **named)

        return act

    for owner, name in WRITES:
        monkeypatch.setattr(owner, name, tried(getattr(owner, name)))


@pytest.fixture
def tables(tmp_path):
    for name, content in OLD.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.mark.parametrize("call", range(9))
def test_cut_off_anywhere_the_tables_are_old_or_new_or_a_note_says_so(tables, call):
    with pytest.MonkeyPatch.context() as patch:
        cut_at(patch, call)
        with pytest.raises(Cut):
            write_together(tables, NEW)
    assert is_unfinished(tables) or held(tables) == OLD
    noted = is_unfinished(tables)
    finish(tables)
    assert held(tables) == (NEW if noted else OLD)
    assert not is_unfinished(tables)


def test_nine_things_are_written_and_nothing_is_left_over(tables):
    with pytest.MonkeyPatch.context() as patch:
        cut_at(patch, 9)
        write_together(tables, NEW)
    assert held(tables) == NEW
    assert {path.name for path in tables.iterdir()} == set(NEW)


def test_what_was_cut_off_is_finished_before_the_next_is_written(tables):
    with pytest.MonkeyPatch.context() as patch:
        cut_at(patch, 6)
        with pytest.raises(Cut):
            write_together(tables, NEW)
    write_together(tables, {"costs.csv": b"newer costs"})
    assert held(tables) == {**NEW, "costs.csv": b"newer costs"}


@pytest.mark.parametrize("call", range(7))
def test_a_file_goes_with_the_others_or_not_at_all(tables, call):
    now = {"costs.csv": None, "register.csv": b"new register", "more.csv": b"more"}
    with pytest.MonkeyPatch.context() as patch:
        cut_at(patch, call)
        with pytest.raises(Cut):
            write_together(tables, now)
    noted = is_unfinished(tables)
    finish(tables)
    new = {"register.csv": b"new register", "import.yaml": b"old answers", "more.csv": b"more"}
    assert held(tables) == (new if noted else OLD)


@pytest.mark.parametrize("held_back", OLD)
def test_where_a_file_is_held_by_another_program_all_is_as_it_was(tables, held_back):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", refusing(held_back))
        with pytest.raises(PermissionError):
            write_together(tables, NEW)
    assert held(tables) == OLD
    assert {path.name for path in tables.iterdir()} == set(OLD)


@pytest.mark.parametrize("call", range(6, 14))
def test_cut_off_on_the_way_back_the_tables_are_old_in_the_end(tables, call):
    real = Path.replace
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", refusing("import.yaml"))
        cut_at(patch, call)
        with pytest.raises((Cut, PermissionError)):
            write_together(tables, NEW)
    assert Path.replace is real
    ahead = is_unfinished(tables) and b"back" not in (tables / NOTE).read_bytes()
    finish(tables)
    assert held(tables) == (NEW if ahead else OLD)


def refusing(name):
    """``Path.replace`` on a machine where another program holds the file of that name."""
    real = Path.replace

    def replace(path, target):
        if Path(target).name == name:
            raise PermissionError(13, "Permission denied", str(target))
        return real(path, target)

    return replace


def test_a_scenario_does_not_read_tables_that_may_not_belong_together(tmp_path):
    path = assessed(tmp_path)
    (path.parent / NOTE).write_text("reg.csv", encoding="utf-8")
    assert {fault.code for fault in faults(path)} == {"import_unfinished"}
