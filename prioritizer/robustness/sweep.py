"""The same case solved for every draw: a table of draws in, a table of plans out, row by row.

A plan is the one that :func:`~prioritizer.allocation.allocate` makes of the case with the values of the draw,
tie rule and whole millions included. It hangs on the draw alone: not on workers, chunks or their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from prioritizer.allocation import Effort
from prioritizer.allocation.warm import Outcomes
from prioritizer.model import Case, Ints
from prioritizer.robustness.chunks import Question
from prioritizer.robustness.nouns import Cancelled, Drawn, Sweep
from prioritizer.robustness.workers import Answer, in_workers

Progress = Callable[[int, int], None]


def sweep(
    case: Case,
    draws: Drawn,
    workers: int = 1,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
    effort: Effort | None = None,
    size: int | None = None,
) -> Sweep:
    """The plans of all draws.

    With one worker everything is done here, with more in processes of their own. ``progress`` is told how
    many of how many draws are done; ``cancel`` is asked in between. ``effort`` bounds the search for each
    draw where rules ask yes or no; in seconds, it makes what is found by then hang on the machine. ``size``
    is the number of draws in a chunk. Raises :class:`~prioritizer.robustness.nouns.Cancelled`.
    """
    question = Question(case, draws, effort)
    chunks = question.chunks(size)
    stop = cancel or (lambda: False)
    answers = in_workers(question, chunks, workers, stop) if workers > 1 else _here(question, chunks, stop)
    return gathered(len(draws), len(case.register), chunks, answers, progress)


def gathered(
    draws: int,
    projects: int,
    chunks: Sequence[Ints],
    answers: Iterator[tuple[int, Answer]],
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
) -> Iterator[tuple[int, Answer]]:
    for at, rows in enumerate(chunks):
        if cancel():
            raise Cancelled
        yield at, question.answered(rows)
