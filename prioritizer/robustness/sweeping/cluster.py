"""A sweep on several machines: the chunks go to a Dask cluster, and the answers are those of one machine.

The only module that imports Dask, which is an extra of its own. Whoever may speak to a worker can have it run
anything, so beyond this machine nothing is said that is not encrypted and shown to come from the same
certificate authority.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlsplit
from uuid import uuid4

import distributed
from distributed.client import FutureCancelledError
from distributed.scheduler import KilledWorker

from prioritizer.errors import Fault, InputFaults
from prioritizer.model import Ints
from prioritizer.robustness.nouns import Cancelled
from prioritizer.robustness.sweeping.chunks import Question
from prioritizer.robustness.sweeping.workers import Answer

CERTIFICATES = ("ca.pem", "certificate.pem", "key.pem")  # the authority's, one's own, and the key to it
_LOOK_SECONDS = 0.2
_CONNECT_SECONDS = 15


@dataclass(frozen=True)
class Cluster:
    """Where the scheduler listens (``tcp://127.0.0.1:8786``, or ``tls://name:8786`` and the folder with
    :data:`CERTIFICATES`). ``seconds``: how long to try to reach it."""

    address: str
    certificates: Path | None = None
    seconds: float = _CONNECT_SECONDS


class OtherProgram(Exception):
    """A worker runs another version of this program, so its plans might be others."""


def on_cluster(
    question: Question, chunks: Sequence[Ints], cluster: Cluster, cancel: Callable[[], bool]
) -> Iterator[tuple[int, Answer]]:
    """The answers to all chunks, by their places, as they come in.

    Every worker gets the question once, also one that joins later; a chunk whose worker is lost goes to
    another. The scheduler gives one up with which it lost several workers, though it may only have waited
    beside the one that ended them: such a chunk is asked for once more at the end, with nothing beside it.
    Raises :class:`~prioritizer.robustness.nouns.Cancelled`, and
    :class:`~prioritizer.errors.InputFaults` for an address that is not safe, files that are not there, no
    answer, or workers with another program.
    """
    with _client(cluster) as client, _told(client, question) as name:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise InputFaults([Fault("cluster_empty", cluster.address)])

        def asked(at: int, key: str) -> distributed.Future:
            return client.submit(_answered, name, _program(), chunks[at], key=f"{name}-{key}")

        futures = [asked(at, str(at)) for at in range(len(chunks))]
        places = {future.key: at for at, future in enumerate(futures)}
        given_up = []
        try:
            for future in _finished(futures, cancel):
                answer = _answer(future, cluster)
                if answer is None:
                    given_up.append(places[future.key])
                else:
                    yield places[future.key], answer
            for at in sorted(given_up):
                futures.append(asked(at, f"{at}-alone"))
                (future,) = _finished(futures[-1:], cancel)
                yield at, _answer(future, cluster) or "its workers ended, one after the other"
        finally:
            client.cancel(futures, force=True)


def _finished(
    futures: Sequence[distributed.Future], cancel: Callable[[], bool]
) -> Iterator[distributed.Future]:
    """The futures as they finish; asks in between whether to go on."""
    done: Queue[distributed.Future] = Queue()
    for future in futures:
        future.add_done_callback(done.put)
    left = len(futures)
    while left:
        if cancel():
            raise Cancelled
        with suppress(Empty):
            yield done.get(timeout=_LOOK_SECONDS)
            left -= 1


def _answer(future: distributed.Future, cluster: Cluster) -> Answer | None:
    """What came back; nothing where the scheduler gave the chunk up."""
    try:
        answer: Answer = future.result()
    except KilledWorker:
        return None
    except OtherProgram:
        raise InputFaults([Fault("cluster_differs", cluster.address)]) from None
    except (FutureCancelledError, OSError):
        raise InputFaults([Fault("cluster_lost", cluster.address)]) from None
    return answer


# ------------------------------------------------------------------ what a worker does


class _Told(distributed.WorkerPlugin):  # type: ignore[misc]  # Dask ships no types
    """What a worker holds while a sweep goes on: the question with its warm model, used by one at a time."""

    def __init__(self, name: str, question: Question) -> None:
        self.name, self._question = name, question

    def setup(self, worker: distributed.Worker) -> None:
        """Called once on every worker."""
        self._one_at_a_time = threading.Lock()

    def answered(self, rows: Ints) -> Answer:
        """The plans of some draws."""
        with self._one_at_a_time:
            return self._question.answered(rows)


def _answered(name: str, program: str, rows: Ints) -> Answer:
    if program != _program():
        raise OtherProgram
    told: _Told = distributed.get_worker().plugins[name]
    return told.answered(rows)


@cache
def _program() -> str:
    """A digest of the package's code: whoever has another may come to other plans."""
    folder, digest = Path(__file__).resolve().parents[2], hashlib.sha256()
    for path in sorted(folder.rglob("*.py"), key=lambda each: each.relative_to(folder).as_posix()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


# ------------------------------------------------------------------ getting there


@contextmanager
def _told(client: distributed.Client, question: Question) -> Iterator[str]:
    """The question on every worker, under a name of its own, for as long as it lasts."""
    name = f"sweep-{uuid4().hex}"
    client.register_plugin(_Told(name, question), name=name)
    try:
        yield name
    finally:
        with suppress(Exception):  # the cluster may be gone; then so is what it was told
            client.unregister_worker_plugin(name)


@contextmanager
def _client(cluster: Cluster) -> Iterator[distributed.Client]:
    """A connection for one sweep."""
    security = _security(cluster)
    try:
        client = distributed.Client(
            cluster.address, security=security, timeout=cluster.seconds, set_as_default=False
        )
    except (OSError, TimeoutError, ValueError):
        raise InputFaults([Fault("cluster_unreachable", cluster.address)]) from None
    with client:
        yield client


def _security(cluster: Cluster) -> distributed.Security | None:
    """How to speak to the scheduler; in the clear only with this machine itself."""
    parts = urlsplit(cluster.address)
    if parts.scheme == "tcp" and _is_here(parts.hostname or "") and cluster.certificates is None:
        return None
    if parts.scheme != "tls" or cluster.certificates is None:
        raise InputFaults([Fault("cluster_needs_tls", cluster.address)])
    files = [cluster.certificates / name for name in CERTIFICATES]
    if absent := [Fault("file_missing", str(path)) for path in files if not path.is_file()]:
        raise InputFaults(absent)
    ca, certificate, key = map(str, files)
    return distributed.Security(
        tls_ca_file=ca, tls_client_cert=certificate, tls_client_key=key, require_encryption=True
    )


def _is_here(host: str) -> bool:
    """Whether an address is this machine's own, which nobody else can listen to."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
