"""Faults as data."""

from prioritizer.errors import Fault, InputFaults, Misread, PrioritizerError, set_of


def test_faults_come_once_and_in_order_of_place():
    late, early, whole = Fault("b", "f", 9, "x"), Fault("a", "f", 2, "x"), Fault("c", "f")
    found = InputFaults([late, early, late, whole, Fault("d", "e", 99)])
    assert [fault.code for fault in found.faults] == ["d", "c", "a", "b"]
    assert str(found) == "4 input fault(s): d, c, a, b"


def test_faults_that_differ_in_a_parameter_are_two():
    assert (
        len(set_of([Fault("a", params={"n": 1}), Fault("a", params={"n": 2}), Fault("a", params={"n": 1})]))
        == 2
    )


def test_one_root_catches_all_that_is_raised_on_purpose():
    assert issubclass(InputFaults, PrioritizerError) and issubclass(Misread, PrioritizerError)
    misread = Misread("not_a_number", text="x")
    assert (misread.code, misread.params) == ("not_a_number", {"text": "x"})
