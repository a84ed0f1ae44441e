"""Who plans the draws: processes of this machine, or a cluster. The plans are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from prioritizer.allocation import Effort
from prioritizer.errors import Fault, InputFaults
from prioritizer.model import Case, Ints
from prioritizer.robustness.nouns import Drawn, Sweep
from prioritizer.robustness.sweeping.chunks import Question
from prioritizer.robustness.sweeping.sweep import Progress, gathered, sweep
from prioritizer.robustness.sweeping.workers import Answer

# Bounded by nodes, which no machine's speed changes.
PER_DRAW = Effort(seconds=3_600, nodes=2_000)


@dataclass(frozen=True)
class Machines:
    """So many processes of this machine, ``None`` for as many as pay; or a cluster by the address of its
    scheduler, spoken to with the files in ``certificates``. ``effort`` bounds the search for each draw where
    rules ask yes or no."""

    workers: int | None = 1
    scheduler: str | None = None
    certificates: Path | None = None
    effort: Effort = PER_DRAW


@dataclass
class Planner:
    """Plans one table of draws of a case after another. ``progress`` is told how many of ``whole`` draws are
    done; ``cancel`` is asked in between."""

    case: Case
    machines: Machines
    whole: int
    progress: Progress | None = None
    cancel: Callable[[], bool] | None = None
    done: int = 0

    def plans(self, draws: Drawn) -> Sweep:
        """The plans of some draws. Raises :class:`~prioritizer.robustness.nouns.Cancelled`, and
        :class:`~prioritizer.errors.InputFaults` where the cluster cannot be asked."""
        before, self.done = self.done, self.done + len(draws)

        def tell(part: int, _: int) -> None:
            if self.progress is not None:
                self.progress(before + part, self.whole)

        if self.machines.scheduler is None:
            own = self.machines
            return sweep(self.case, draws, own.workers, tell, self.cancel, own.effort)
        question = Question(self.case, draws, self.machines.effort)
        chunks = question.chunks()
        return gathered(len(draws), len(self.case.register), chunks, self._on_cluster(question, chunks), tell)

    def _on_cluster(self, question: Question, chunks: list[Ints]) -> Iterator[tuple[int, Answer]]:
        own = self.machines
        try:
            from prioritizer.robustness.sweeping.cluster import Cluster, on_cluster
        except ModuleNotFoundError:
            raise InputFaults([Fault("cluster_missing", own.scheduler)]) from None
        stop = self.cancel or (lambda: False)
        return on_cluster(question, chunks, Cluster(own.scheduler or "", own.certificates), stop)
