"""What may take long, done by workers beside the app: two processes, one job each, shared by all sessions.

A job is a function of ``pipeline`` with its arguments, known by a name that says all it hangs on; whoever
asks for the same name gets the same job. Nothing here draws: :mod:`prioritizer.ui.office.progress` does.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

import streamlit as st

from prioritizer.errors import InputFaults, PrioritizerError
from prioritizer.ui.office.parcels import Sender, read_frame, write_frame

WORKERS = 2
MOST_KEPT = 256  # jobs that are over
MOST_LARGE = 6  # of these, jobs whose answer is whole files
LEFT_ALONE_SECONDS = 5.0  # a job that nobody looks at for so long gives way to others
_LOOK_SECONDS = 0.25

State = Literal["waiting", "running", "done", "stopped", "failed", "lost"]  # lost: its worker broke down


class JobFailed(PrioritizerError):
    """A job ended by a defect; the text is for the log."""


@dataclass(frozen=True)
class Task:
    """What to do: ``what`` says it in words (a key of ``jobs.what``), ``name`` all that the answer hangs on.

    ``tells``: the function takes ``progress``, to be told how many of how many steps are done. ``urgent``:
    a page cannot be drawn without it, so that it goes before questions that were asked beside. ``large``: the
    answer is whole files, of which few are kept."""

    what: str
    name: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    tells: bool = False
    urgent: bool = True
    large: bool = False


@dataclass
class Job:
    """A task on its way; all but waiting is done by the office."""

    task: Task
    state: State = "waiting"
    steps: tuple[int, int] | None = None
    since: float = field(default_factory=time.monotonic)
    looked_at: float = field(default_factory=time.monotonic)
    over: threading.Event = field(default_factory=threading.Event)
    answer: Any = None
    error: PrioritizerError | None = None

    @property
    def seconds(self) -> float:
        """For how long it has been asked for, in seconds."""
        return time.monotonic() - self.since

    def wait(self, seconds: float) -> bool:
        """Whether it is over within that time; to wait is to look."""
        end = time.monotonic() + seconds
        while not self.over.wait(max(0.0, min(_LOOK_SECONDS, end - time.monotonic()))):
            self.looked_at = time.monotonic()
            if self.looked_at >= end:
                return False
        return True

    def settle(self, state: State, answer: Any = None, error: PrioritizerError | None = None) -> None:
        """Puts down how it ended, once."""
        if not self.over.is_set():
            self.state, self.answer, self.error = state, answer, error
            self.over.set()


class Office:
    """Hands jobs to workers, the urgent first, and keeps what they answered."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._desks = [_Desk() for _ in range(WORKERS)]
        self._changed = threading.Condition()
        self._starting = threading.Lock()  # one worker after the other, so that the first is there sooner
        for desk in self._desks:
            threading.Thread(target=self._work, args=(desk,), daemon=True, name="worker").start()
        atexit.register(self.close)

    def ask(self, task: Task) -> Job:
        """The job of that task, begun if nobody has asked before."""
        with self._changed:
            job = self._jobs.get(task.name)
            if job is None:
                job = self._jobs[task.name] = Job(task)
                self._changed.notify_all()
            self._jobs.move_to_end(task.name)
            job.looked_at = time.monotonic()
            self._make_room()
            return job

    def going_on(self, what: str, about: str) -> Job | None:
        """The last job of that kind that is not over, with a name that ends in what it is ``about``."""
        with self._changed:
            jobs = [job for job in self._jobs.values() if job.task.what == what and not job.over.is_set()]
            return next((job for job in reversed(jobs) if job.task.name.endswith(about)), None)

    def look(self, job: Job) -> None:
        """Says that somebody still waits for a job."""
        with self._changed:
            job.looked_at = time.monotonic()
            self._make_room()

    def stop(self, job: Job) -> None:
        """Stops a job; it stays known as stopped until somebody asks for it again by :meth:`forget`."""
        with self._changed:
            job.settle("stopped")
            for desk in self._desks:
                if desk.job is job:
                    desk.end()
            self._changed.notify_all()

    def forget(self, job: Job) -> None:
        """Forgets a job, so that asking for it begins it anew."""
        with self._changed:
            if self._jobs.get(job.task.name) is job:
                del self._jobs[job.task.name]

    def close(self) -> None:
        """Ends all workers."""
        with self._changed:
            for desk in self._desks:
                desk.close()
            self._changed.notify_all()

    def _make_room(self) -> None:
        over = [name for name, job in self._jobs.items() if job.over.is_set()]
        large = [name for name in over if self._jobs[name].task.large]
        for name in {*over[: max(0, len(over) - MOST_KEPT)], *large[: max(0, len(large) - MOST_LARGE)]}:
            del self._jobs[name]
        waiting = any(job.state == "waiting" for job in self._jobs.values())
        if waiting and (self._first() is None or all(desk.job is not None for desk in self._desks)):
            for job in [each for each in self._jobs.values() if _left_alone(each)]:
                self.stop(job)
                self.forget(job)

    def _work(self, desk: _Desk) -> None:
        while not desk.closed:
            self._ready(desk)
            if (job := self._next(desk)) is None:
                break
            self._ready(desk)  # a worker may have ended while there was nothing to do
            desk.serve(job)
            with self._changed:
                desk.job = None
                self._changed.notify_all()
        desk.clear()

    def _ready(self, desk: _Desk) -> None:
        if desk.empty:
            with self._starting:
                desk.open()

    def _next(self, desk: _Desk) -> Job | None:
        """The next job for a desk, ``None`` at closing time; it has a worker that is ready."""
        with self._changed:
            while not desk.closed:
                if (job := self._first()) is not None:
                    job.state, desk.job = "running", job
                    return job
                self._changed.wait()
        return None

    def _first(self) -> Job | None:
        """Urgent ones first, in the order in which they were asked for; of the others one at a time, so that
        a page never waits behind two long questions."""
        waiting = [job for job in self._jobs.values() if job.state == "waiting"]
        waiting.sort(key=lambda job: job.since)
        urgent = next((job for job in waiting if job.task.urgent), None)
        busy = any(desk.job is not None and not desk.job.task.urgent for desk in self._desks)
        return urgent or next((job for job in waiting if not busy), None)


def _left_alone(job: Job) -> bool:
    return not job.over.is_set() and time.monotonic() - job.looked_at > LEFT_ALONE_SECONDS


class _Desk:
    """A place for one worker; a worker that ended is followed by another."""

    def __init__(self) -> None:
        self.job: Job | None = None
        self.closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._sender = Sender()

    @property
    def empty(self) -> bool:
        """Whether there is no worker, or none any more."""
        return self._process is None or self._process.poll() is not None

    def open(self) -> None:
        """Starts a worker, and waits until it can take a job."""
        self.clear()
        self._sender, self._process = Sender(), None
        with suppress(OSError):  # then the next job tells it
            self._process = process = _started()
            if self.closed:
                self.end()
            read_frame(_pipe(process.stdout))

    def serve(self, job: Job) -> None:
        """Has a job done; tells its progress on the way. Whatever goes wrong, the job is over afterwards."""
        try:
            self._send(job)
            self._listen(job)
        except Exception:  # noqa: BLE001  a thread that dies would leave everybody waiting
            job.settle("failed", error=JobFailed(traceback.format_exc()))
            self.end()
        if not job.over.is_set() or job.state == "stopped":
            self.end()
        job.settle("lost")

    def _send(self, job: Job) -> None:
        assert self._process is not None
        parcel = self._sender.pack((job.task.function, job.task.arguments, job.task.tells))
        write_frame(_pipe(self._process.stdin), pickle.dumps(parcel))

    def _listen(self, job: Job) -> None:
        assert self._process is not None
        pipe = _pipe(self._process.stdout)
        while (content := read_frame(pipe)) is not None:
            kind, said = pickle.loads(content)  # noqa: S301  from our own worker
            if kind == "progress":
                job.steps = said
                continue
            if kind == "done":
                job.settle("done", answer=self._sender.unpack(said))
            else:
                job.settle("failed", error=InputFaults(said) if kind == "faults" else JobFailed(said))
            return

    def end(self) -> None:
        """Ends the worker at once, with the solvers that it started as programs."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        if os.name == "nt":
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)],
                capture_output=True,
                check=False,
            )
        else:
            with suppress(ProcessLookupError):  # another thread was faster
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def clear(self) -> None:
        """Puts away the pipes of a worker that ended; only the thread that uses them may."""
        self.end()
        for pipe in (self._process.stdin, self._process.stdout) if self._process is not None else ():
            with suppress(OSError):  # what it was still to be told
                _pipe(pipe).close()

    def close(self) -> None:
        """Ends the worker for good."""
        self.closed = True
        self.end()


def _pipe(one: IO[bytes] | None) -> IO[bytes]:
    assert one is not None
    return one


def _started() -> subprocess.Popen[bytes]:
    # A program of its own and not a fork or multiprocessing's spawn: that would run the app's script again.
    root = str(Path(__file__).resolve().parents[3])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-m", "prioritizer.ui.office.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        start_new_session=True,  # Ctrl-C is the app's; there is nothing of the kind on Windows
    )


@st.cache_resource(show_spinner=False)
def office() -> Office:
    """The one office of this server."""
    return Office()
