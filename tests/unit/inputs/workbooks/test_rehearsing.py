"""Imports are tried on copies of the tables before anything is written."""

from prioritizer.inputs.workbooks import rehearsing


def test_tables_that_may_only_be_read_are_copied_to_be_written(tmp_path):
    """As a folder on a shared drive, or files marked so in Windows."""
    own, to = tmp_path / "own", tmp_path / "to"
    (own / "registers" / ".drafts").mkdir(parents=True)
    (own / "registers" / "register.csv").write_text("id\n", encoding="utf-8")
    (own / "registers" / "sent.xlsx").write_bytes(b"")
    (own / "registers" / "register.csv").chmod(0o444)
    rehearsing._copy(own, to)
    assert [path.relative_to(to).as_posix() for path in sorted(to.rglob("*"))] == [
        "registers",
        "registers/register.csv",
    ]
    assert (to / "registers" / "register.csv").stat().st_mode & 0o200
