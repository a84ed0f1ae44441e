"""One step back from an import, whatever cuts it off."""

from pathlib import Path

import pytest

from prioritizer.inputs import together
from prioritizer.inputs.together import finish, is_unfinished
from prioritizer.inputs.workbooks.stepping import BEFORE, put_in, seen, step_back, step_of

OLD = {"register.csv": b"old register", "import.yaml": b"old answers"}
NEW = {"register.csv": b"new register", "import.yaml": b"new answers", "costs.csv": b"new costs"}


class Cut(Exception):
    """Stands for the end of the process."""


def held(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def put(folder):
    return put_in(folder, NEW, seen(folder, [*NEW]), [*NEW], "2026-05-08T09:00:00", ["MOIT"])


def cut_at(patch, call):
    done = iter(range(call))

    def tried(real):
        def act(*arguments, **named):
            if next(done, None) is None:
                raise Cut
            return real(*arguments, **named)

        return act

    for owner, name in ((together, "_write"), (Path, "replace"), (Path, "unlink")):
        patch.setattr(owner, name, tried(getattr(owner, name)))


@pytest.fixture
def tables(tmp_path):
    for name, content in OLD.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_back_and_forth(tables):
    assert step_of(tables) is None and not step_back(tables, "")
    assert put(tables)
    step = step_of(tables)
    assert (step.at, step.senders, step.undone) == ("2026-05-08T09:00:00", ("MOIT",), False)
    assert step.untouched and step.names == (*NEW,) and held(tables) == NEW
    assert step_back(tables, "2026-05-08T09:05:00")
    assert held(tables) == OLD and step_of(tables).undone
    assert step_back(tables, "2026-05-08T09:06:00")
    assert held(tables) == NEW and not step_of(tables).undone


def test_tables_that_changed_since_they_were_looked_at_are_not_written_over(tables):
    known = seen(tables, [*NEW])
    (tables / "register.csv").write_bytes(b"another's")
    assert not put_in(tables, NEW, known, [*NEW], "", [])
    assert held(tables) == {**OLD, "register.csv": b"another's"} and step_of(tables) is None


def test_tables_that_changed_since_the_import_are_not_put_back(tables):
    put(tables)
    (tables / "register.csv").write_bytes(b"by hand")
    assert not step_of(tables).untouched and not step_back(tables, "")
    assert held(tables)["register.csv"] == b"by hand"


@pytest.mark.parametrize("content", [b"", b"PK", b"{}", b"\0" * 100])
def test_what_is_no_way_back_is_none(tables, content):
    (tables / BEFORE).write_bytes(content)
    assert step_of(tables) is None and not step_back(tables, "")


@pytest.mark.parametrize("call", range(11))
def test_cut_off_anywhere_the_way_back_fits_the_tables(tables, call):
    with pytest.MonkeyPatch.context() as patch:
        cut_at(patch, call)
        with pytest.raises(Cut):
            put(tables)
    noted = is_unfinished(tables)
    finish(tables)
    assert held(tables) == (NEW if noted else OLD)
    assert (step_of(tables) is not None) == noted
    if noted:
        assert step_back(tables, "") and held(tables) == OLD


@pytest.mark.parametrize("call", range(10))
def test_a_step_back_that_is_cut_off_loses_neither_side(tables, call):
    put(tables)
    with pytest.MonkeyPatch.context() as patch:
        cut_at(patch, call)
        with pytest.raises(Cut):
            step_back(tables, "")
    noted = is_unfinished(tables)
    finish(tables)
    assert held(tables) == (OLD if noted else NEW)
    assert step_of(tables).untouched and step_of(tables).undone == noted
    assert step_back(tables, "") and held(tables) == (NEW if noted else OLD)
