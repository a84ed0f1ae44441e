"""Tables put in place together: old, new, or known to be neither."""

from pathlib import Path

import pytest

from prioritizer.inputs.together import NOTE, finish, is_unfinished, write_together
from tests.build import assessed, faults

OLD = {"register.csv": b"old register", "costs.csv": b"old costs", "import.yaml": b"old answers"}
NEW = {name: content.replace(b"old", b"new") for name, content in OLD.items()}
WRITES = ("write_bytes", "write_text", "replace", "unlink")


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

    for name in WRITES:
        monkeypatch.setattr(Path, name, tried(getattr(Path, name)))


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


def test_a_scenario_does_not_read_tables_that_may_not_belong_together(tmp_path):
    path = assessed(tmp_path)
    (path.parent / NOTE).write_text("reg.csv", encoding="utf-8")
    assert {fault.code for fault in faults(path)} == {"import_unfinished"}
