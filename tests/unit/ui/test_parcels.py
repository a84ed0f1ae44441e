"""Parcels to workers: a thing arrives whole, whatever is looked up in it while it is packed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from prioritizer.ui.office.parcels import Receiver, Sender


@dataclass(frozen=True)
class Holder:
    parts: tuple[object, ...]
    name: str

    @cached_property
    def longer(self) -> str:
        return 2 * self.name


class Nosy:
    """Looks something up in its holder when it is packed, as another thread may."""

    holder: Holder | None = None

    def __reduce__(self):
        assert self.holder is not None and self.holder.longer
        return str, ("packed",)


def test_what_is_looked_up_in_a_thing_while_it_is_packed_does_not_disturb():
    nosy = Nosy()
    nosy.holder = holder = Holder((nosy,), "name")
    arrived = Receiver().unpack(Sender().pack(holder))
    assert "longer" in vars(holder)
    assert (arrived.parts, arrived.name, arrived.longer) == (("packed",), "name", "namename")
