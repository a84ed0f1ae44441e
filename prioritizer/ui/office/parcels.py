"""What goes between the app and a worker: frames on a pipe, with large things that both know sent only once.

Both ends are ours and run as the same user, on pipes that nobody else holds; that is why pickles are used.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import IO, Any

from prioritizer.model import Assessments, Case, Costs, CriteriaTree, MinistryList, ProductList, Register

# Of many cases that follow each other while a weight is moved, all but the scenario is the same object.
SHARED = (Case, Register, Assessments, Costs, CriteriaTree, ProductList, MinistryList)
MOST_SHARED = 64
_LENGTH_BYTES = 8
_PROTOCOL = 5


def write_frame(pipe: IO[bytes], content: bytes) -> None:
    """Sends one message. Raises ``OSError`` where nobody reads any more."""
    pipe.write(len(content).to_bytes(_LENGTH_BYTES, "big"))
    pipe.write(content)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """The next message, ``None`` where the other end is gone."""
    length = pipe.read(_LENGTH_BYTES)
    if len(length) < _LENGTH_BYTES:
        return None
    content = pipe.read(size := int.from_bytes(length, "big"))
    return content if len(content) == size else None


@dataclass(frozen=True)
class Parcel:
    """A thing for a worker. ``anew``: it forgets all it was sent before; ``parts``: shared things that it
    does not know yet, each after those it consists of; ``body``: the thing itself."""

    anew: bool
    parts: tuple[tuple[int, bytes], ...]
    body: bytes


class Sender:
    """The app's end of one worker: knows which shared things the worker has."""

    def __init__(self) -> None:
        self._tokens: dict[int, int] = {}
        self._things: dict[int, Any] = {}  # kept, so that no other thing takes the place of one that is known
        self._next = 0

    def pack(self, thing: Any) -> Parcel:
        """The thing as a parcel."""
        if anew := len(self._things) > MOST_SHARED:
            self._tokens.clear()
            self._things.clear()
        parts = list[tuple[int, bytes]]()
        body = _pickled(thing, lambda part: self._token(part, parts))
        return Parcel(anew, tuple(parts), body)

    def unpack(self, body: bytes) -> Any:
        """What the worker answered; shared things in it are the very ones that it was sent."""
        return _Unpickler(body, self._things).load()

    def _token(self, thing: Any, parts: list[tuple[int, bytes]]) -> int:
        if id(thing) not in self._tokens:
            content = _pickled(thing, lambda part: self._token(part, parts))
            self._next += 1
            self._tokens[id(thing)], self._things[self._next] = self._next, thing
            parts.append((self._next, content))
        return self._tokens[id(thing)]


class Receiver:
    """The worker's end."""

    def __init__(self) -> None:
        self._things: dict[int, Any] = {}
        self._tokens: dict[int, int] = {}

    def unpack(self, parcel: Parcel) -> Any:
        """The thing that was sent."""
        if parcel.anew:
            self._things.clear()
            self._tokens.clear()
        for token, content in parcel.parts:
            thing = _Unpickler(content, self._things).load()
            self._things[token], self._tokens[id(thing)] = thing, token
        return _Unpickler(parcel.body, self._things).load()

    def pack(self, answer: Any) -> bytes:
        """An answer; what it has of the things that were sent goes back as their numbers."""
        return _pickled(answer, lambda part: self._tokens.get(id(part)))


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, root: Any, token: Callable[[Any], int | None]) -> None:
        super().__init__(file, _PROTOCOL)
        self._root, self._token = root, token

    def persistent_id(self, thing: Any) -> int | None:
        return self._token(thing) if isinstance(thing, SHARED) and thing is not self._root else None

    def reducer_override(self, thing: Any) -> Any:
        """As ever, but of a thing with cached properties what it holds at this moment: another thread may
        look one up meanwhile, and pickle does not go through a dictionary that grows."""
        if not _keeps(type(thing)):  # type: ignore[arg-type]  # a class is hashable, whatever mypy holds
            return NotImplemented
        reduced: Any = thing.__reduce_ex__(_PROTOCOL)
        make, arguments, state, *more = reduced
        return make, arguments, dict(state) if isinstance(state, dict) else state, *more


@cache
def _keeps(kind: type) -> bool:
    """Whether things of a class keep what was looked up in them."""
    return any(isinstance(each, cached_property) for one in kind.__mro__ for each in vars(one).values())


class _Unpickler(pickle.Unpickler):
    def __init__(self, content: bytes, things: dict[int, Any]) -> None:
        super().__init__(io.BytesIO(content))
        self._things = things

    def persistent_load(self, token: int) -> Any:
        return self._things[token]


def _pickled(thing: Any, token: Callable[[Any], int | None]) -> bytes:
    file = io.BytesIO()
    _Pickler(file, thing, token).dump(thing)
    return file.getvalue()
