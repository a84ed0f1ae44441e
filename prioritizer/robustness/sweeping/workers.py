"""Worker processes for chunks of a sweep: a chunk whose worker breaks down is sent again, the others go on.

Started anew (spawn) on every system: a forked process would share solvers and threads with its parent.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from prioritizer.allocation.warm import Outcomes
from prioritizer.model import Ints
from prioritizer.robustness.nouns import Cancelled
from prioritizer.robustness.sweeping.chunks import Question

TRIES = 3  # a chunk is sent again twice at most
_LOOK_SECONDS = 0.1
Answer = Outcomes | str  # or why there is none


def in_workers(
    question: Question, chunks: Sequence[Ints], workers: int, cancel: Callable[[], bool]
) -> Generator[tuple[int, Answer], None, None]:
    """The answers to all chunks, by their places, as they come in. Raises :class:`Cancelled`, and whatever
    defect a worker met outside of single draws."""
    desk = _Desk(question, chunks, min(workers, len(chunks)))
    try:
        while desk.busy:
            yield from desk.answers(_LOOK_SECONDS)
            if cancel():
                raise Cancelled
    finally:
        desk.close()


def serve(connection: Connection, question: Question) -> None:
    """What a worker does: answer chunks until nobody asks any more."""
    with suppress(EOFError, BrokenPipeError):
        while True:
            rows = connection.recv()
            try:
                answer: Outcomes | Exception = question.answered(rows)
            except Exception as wrong:  # noqa: BLE001 it is raised where the sweep was asked for
                answer = wrong
            connection.send(answer)


@dataclass
class _Worker:
    process: BaseProcess
    connection: Connection
    chunk: int


class _Desk:
    """Hands out chunks, one to each worker at a time, and replaces workers that broke down."""

    def __init__(self, question: Question, chunks: Sequence[Ints], workers: int) -> None:
        self._question, self._chunks = question, chunks
        self._waiting = deque(range(len(chunks)))
        self._tries = [0] * len(chunks)
        self._workers: list[_Worker] = []
        for _ in range(workers):
            self._start()

    @property
    def busy(self) -> bool:
        return bool(self._workers)

    def _start(self) -> None:
        context = get_context("spawn")
        own, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._question), daemon=True)
        process.start()
        theirs.close()  # so that the end of the process is the end of the pipe
        worker = _Worker(process, own, -1)
        self._workers.append(worker)
        self._next(worker)

    def _next(self, worker: _Worker) -> None:
        if not self._waiting:
            self._workers.remove(worker)
            worker.connection.close()
            return
        worker.chunk = self._waiting.popleft()
        self._tries[worker.chunk] += 1
        with suppress(BrokenPipeError, ConnectionResetError):  # its end is noticed when it is waited for
            worker.connection.send(self._chunks[worker.chunk])

    def answers(self, seconds: float) -> Iterator[tuple[int, Answer]]:
        """What has come in within that time."""
        ready = wait([worker.connection for worker in self._workers], seconds)
        for worker in [each for each in self._workers if each.connection in ready]:
            try:
                answer = worker.connection.recv()
            except (EOFError, ConnectionResetError):
                yield from self._lost(worker)
                continue
            if isinstance(answer, Exception):
                raise answer
            chunk = worker.chunk
            self._next(worker)
            yield chunk, answer

    def _lost(self, worker: _Worker) -> Iterator[tuple[int, Answer]]:
        """A worker broke down: its chunk goes to another, unless it has taken too many with it."""
        worker.process.join()
        self._workers.remove(worker)
        worker.connection.close()
        if self._tries[worker.chunk] < TRIES:
            self._waiting.appendleft(worker.chunk)
        else:
            yield worker.chunk, f"its worker ended {TRIES} times, last with {worker.process.exitcode}"
        if self._waiting:
            self._start()

    def close(self) -> None:
        """End all workers, whatever they do."""
        for worker in self._workers:
            worker.process.kill()
            worker.process.join()
            worker.connection.close()
        self._workers.clear()
