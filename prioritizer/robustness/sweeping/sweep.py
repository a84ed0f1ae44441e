"""The same case solved for every draw: a table of draws in, a table of plans out, row by row.

A plan is the one that :func:`~prioritizer.allocation.allocate` makes of the case with the values of the draw,
tie rule and whole millions included. It hangs on the draw alone: not on workers, chunks or their order.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from os import cpu_count
from time import monotonic

from prioritizer.allocation import Effort
from prioritizer.allocation.warm import Outcomes
from prioritizer.model import Case, Ints
from prioritizer.robustness.nouns import Cancelled, Drawn, Sweep
from prioritizer.robustness.sweeping.chunks import Question
from prioritizer.robustness.sweeping.workers import Answer, in_workers

Progress = Callable[[int, int], None]
STARTING_SECONDS = 2.0  # what a worker takes until it answers


def sweep(
    case: Case,
    draws: Drawn,
    workers: int | None = None,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
    effort: Effort | None = None,
    size: int | None = None,
) -> Sweep:
    """The plans of all draws.

    With one worker everything is done here, with more in processes of their own; ``None`` starts as many as
    there are processors, if what is left after the first chunk takes longer than to start them. ``progress``
    is told how many of how many draws are done; ``cancel`` is asked in between. ``effort`` bounds the search
    for each draw where rules ask yes or no; in seconds, it makes what is found by then hang on the machine.
    ``size`` is the number of draws in a chunk. Raises :class:`~prioritizer.robustness.nouns.Cancelled`.
    """
    question = Question(case, draws, effort)
    chunks = question.chunks(size)
    stop = cancel or (lambda: False)
    if workers is None:
        answers = _as_it_pays(question, chunks, stop)
    elif workers > 1:
        answers = in_workers(question, chunks, workers, stop)
    else:
        answers = _here(question, chunks, stop)
    with closing(answers):  # whatever happens, workers end
        return gathered(len(draws), len(case.register), chunks, answers, progress)


def gathered(
    draws: int,
    projects: int,
    chunks: Sequence[Ints],
    answers: Iterable[tuple[int, Answer]],
    progress: Progress | None = None,
) -> Sweep:
    """The answers to chunks, in whatever order they come, as one table."""
    found, done = Outcomes.blank(draws, projects), 0
    for at, answer in answers:
        if isinstance(answer, str):
            found.why.update(dict.fromkeys(chunks[at].tolist(), answer))
        else:
            found.put(chunks[at], answer)
        done += len(chunks[at])
        if progress is not None:
            progress(done, draws)
    return Sweep(found.amount_mvnd, found.status, found.gap, dict(sorted(found.why.items())))


def _here(
    question: Question, chunks: Sequence[Ints], cancel: Callable[[], bool]
) -> Generator[tuple[int, Answer], None, None]:
    for at, rows in enumerate(chunks):
        if cancel():
            raise Cancelled
        yield at, question.answered(rows)


def _as_it_pays(
    question: Question, chunks: Sequence[Ints], cancel: Callable[[], bool]
) -> Generator[tuple[int, Answer], None, None]:
    """The first chunk here; by the time it took, the others here or in workers. Answers are the same."""
    start = monotonic()
    yield from _here(question, chunks[:1], cancel)
    rest, taken = chunks[1:], monotonic() - start
    workers = min(cpu_count() or 1, len(rest))
    pays = workers > 1 and taken * len(rest) > STARTING_SECONDS * workers
    others = in_workers(question, rest, workers, cancel) if pays else _here(question, rest, cancel)
    for at, answer in others:
        yield at + 1, answer
