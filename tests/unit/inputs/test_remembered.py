"""What was read from the same bytes is not read again, and says the same of them."""

import pytest

from prioritizer import inputs
from prioritizer.errors import Fault, InputFaults
from prioritizer.inputs.remembered import Shelf
from tests.build import folder


def test_a_reading_is_done_once_and_its_faults_are_told_every_time():
    shelf, read, told = Shelf(2), [], []

    def reading(faults):
        read.append(1)
        faults.append(Fault("blank_cell"))
        return "noun"

    assert [shelf.read(("key",), told, reading) for _ in range(3)] == ["noun"] * 3
    assert (len(read), [fault.code for fault in told]) == (1, ["blank_cell"] * 3)


def test_a_reading_that_was_stopped_is_stopped_again():
    shelf, read = Shelf(2), []

    def reading(faults):
        read.append(1)
        raise InputFaults([Fault("empty_file")])

    for _ in range(2):
        with pytest.raises(InputFaults) as found:
            shelf.read(("key",), [], reading)
        assert [fault.code for fault in found.value.faults] == ["empty_file"]
    assert len(read) == 1


def test_the_reading_used_longest_ago_goes_first():
    shelf, read = Shelf(2), []

    def of(key):
        shelf.read((key,), [], lambda _: read.append(key))

    for key in ("a", "b", "a", "c", "a", "b"):
        of(key)
    assert read == ["a", "b", "c", "b"]


def test_cases_of_one_register_share_it_and_another_register_is_read(tmp_path):
    path = folder(tmp_path / "scenarios")
    first, second = (inputs.read_case(path, "networked") for _ in range(2))
    assert second.register is first.register
    register = path.parent / first.scenario.register_
    register.write_bytes(register.read_bytes().replace(b"P1", b"P9"))
    assert "P9" in inputs.read_case(path, "networked").register.ids


def test_a_case_can_be_read_from_bytes_that_no_file_holds(tmp_path):
    path = folder(tmp_path / "scenarios")
    old = path.read_bytes()
    case = inputs.read_case(path, "networked", old.replace(b'amount_bn: "3"', b'amount_bn: "7"'))
    assert (case.scenario.funds[0].amount_mvnd, path.read_bytes()) == (7000, old)
    with pytest.raises(InputFaults) as found:
        inputs.read_case(path, "networked", old.replace(b'amount_bn: "3"', b'amount_bn: "x"'))
    assert [fault.file for fault in found.value.faults] == ["tiny.yaml"]
