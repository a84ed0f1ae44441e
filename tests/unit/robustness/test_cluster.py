"""Sweeps on a real cluster: a scheduler and workers in processes of their own."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import trustme

from prioritizer.errors import InputFaults
from prioritizer.robustness.nouns import Cancelled
from prioritizer.robustness.sweeping import cluster as clusters
from prioritizer.robustness.sweeping.chunks import Question
from prioritizer.robustness.sweeping.cluster import CERTIFICATES, Cluster, on_cluster
from prioritizer.robustness.sweeping.sweep import gathered, sweep
from tests.build import BODIES, Project, case
from tests.swept import Deadly, levels, same

ROOT = Path(__file__).resolve().parents[3]
LIMITS = [{"id": "most", "where": {"ministry": ["MOST"]}, "at_most": {"amount_bn": 90}}]


def given():
    return case([Project(10 + 7 * at % 30, 0, BODIES[at % 3]) for at in range(20)], 200, LIMITS)


def asked(case, draws, cluster, size=10, cancel=lambda: False):
    question = Question(case, draws)
    chunks = question.chunks(size)
    return gathered(len(draws), len(case.register), chunks, on_cluster(question, chunks, cluster, cancel))


@contextmanager
def process(*arguments):
    """A process of Dask's that sees the checkout, ended with all that it began."""
    command = [sys.executable, "-m", "dask", *map(str, arguments)]
    own = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = subprocess.Popen(
        command,
        cwd=ROOT,
        env=own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield started
    finally:
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()


@contextmanager
def running(folder, workers=2, tls=()):
    """The address of a scheduler that has so many workers."""
    there = folder / "scheduler.json"
    where = f"{'tls' if tls else 'tcp'}://127.0.0.1"
    with ExitStack() as stack:
        common = ["--host", where, "--no-dashboard", *tls]
        stack.enter_context(process("scheduler", *common, "--port", 0, "--scheduler-file", there))
        wait_until(lambda: there.exists() and there.read_text().strip().endswith("}"))
        address = json.loads(there.read_text())["address"]
        for _ in range(workers):
            stack.enter_context(process("worker", address, *common, "--nthreads", 1))
        yield address


def wait_until(holds, seconds=60):
    deadline = threading.Event()
    for _ in range(seconds * 20):
        if holds():
            return
        deadline.wait(0.05)
    raise AssertionError("it never came to hold")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with running(tmp_path_factory.mktemp("cluster")) as found:
        wait_until(lambda: workers_of(found) == 2)
        yield found


def test_a_scheduler_that_is_lost_is_said(tmp_path):
    there, table = tmp_path / "scheduler.json", levels(given(), 400, 10)
    common = ["--host", "tcp://127.0.0.1", "--no-dashboard"]
    with process("scheduler", *common, "--port", 0, "--scheduler-file", there) as scheduler:
        wait_until(lambda: there.exists() and there.read_text().strip().endswith("}"))
        address = json.loads(there.read_text())["address"]
        with process("worker", address, *common, "--nthreads", 1):
            wait_until(lambda: workers_of(address) == 1)

            def lose():
                os.killpg(scheduler.pid, signal.SIGKILL)
                return False

            with pytest.raises(InputFaults) as refused:
                asked(given(), table, Cluster(address, seconds=2), size=2, cancel=lose)
    assert [fault.code for fault in refused.value.faults] == ["cluster_lost"]


def workers_of(address, **more):
    with clusters._client(Cluster(address, **more)) as client:
        return len(client.scheduler_info()["workers"])


def test_a_cluster_gives_the_plans_of_one_machine(address):
    table = levels(given(), 60, 1)
    assert same(sweep(given(), table), asked(given(), table, Cluster(address), size=7))


def test_a_killed_worker_costs_only_its_chunk(address, tmp_path):
    table = levels(given(), 40, 2)
    deadly = Deadly(table.values, of=17, times=1, folder=tmp_path)
    assert same(sweep(given(), table), asked(given(), deadly, Cluster(address)))
    assert len(list(tmp_path.glob("dead-*"))) == 1
    seen = [path.name.split("-")[1] for path in tmp_path.glob("*-*") if not path.name.startswith("dead")]
    assert set(seen) == {"0", "10", "20", "30"} and len(seen) <= 6


def test_a_chunk_that_kills_every_worker_is_given_up_alone(tmp_path, monkeypatch):
    """The scheduler blames all that stood at a lost worker: where there is but one, also whoever is next."""
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    table = levels(given(), 40, 3)
    deadly = Deadly(table.values, of=17, times=99, folder=tmp_path)
    with running(tmp_path, workers=1) as address:
        wait_until(lambda: workers_of(address) == 1)
        found = asked(given(), deadly, Cluster(address))
    assert set(found.why) == set(range(10, 20)) and "workers ended" in found.why[10]
    assert found.amount_mvnd[20:].tolist() == sweep(given(), table).amount_mvnd[20:].tolist()


def test_it_can_be_called_off(address):
    with pytest.raises(Cancelled):
        asked(given(), levels(given(), 400, 4), Cluster(address), size=2, cancel=lambda: True)


def test_workers_with_another_program_are_refused(address, monkeypatch):
    monkeypatch.setattr(clusters, "_program", lambda: "another")
    with pytest.raises(InputFaults) as refused:
        asked(given(), levels(given(), 4, 5), Cluster(address))
    assert [fault.code for fault in refused.value.faults] == ["cluster_differs"]


def test_over_tls_with_the_same_authority(tmp_path):
    own = certified(tmp_path / "own", trustme.CA())
    ca, certificate, key = (own / name for name in CERTIFICATES)
    tls = ("--tls-ca-file", ca, "--tls-cert", certificate, "--tls-key", key)
    table = levels(given(), 20, 6)
    with running(tmp_path, workers=1, tls=tls) as found:
        wait_until(lambda: workers_of(found, certificates=own) == 1)
        assert same(sweep(given(), table), asked(given(), table, Cluster(found, own)))
        stranger = certified(tmp_path / "stranger", trustme.CA())
        with pytest.raises(InputFaults) as refused:
            asked(given(), table, Cluster(found, stranger, seconds=3))
    assert [fault.code for fault in refused.value.faults] == ["cluster_unreachable"]


def certified(folder, authority):
    folder.mkdir()
    ca, certificate, key = (folder / name for name in CERTIFICATES)
    issued = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(ca)
    issued.cert_chain_pems[0].write_to_path(certificate)
    issued.private_key_pem.write_to_path(key)
    return folder


@pytest.mark.parametrize(
    "address, code",
    [
        ("tcp://192.0.2.7:8786", "cluster_needs_tls"),
        ("tcp://example.org:8786", "cluster_needs_tls"),
        ("127.0.0.1:8786", "cluster_needs_tls"),
        ("tls://127.0.0.1:8786", "cluster_needs_tls"),
        ("tcp://127.0.0.1:9", "cluster_unreachable"),
    ],
)
def test_what_is_not_safe_or_not_there_is_refused(address, code):
    with pytest.raises(InputFaults) as refused:
        asked(given(), levels(given(), 4, 7), Cluster(address, seconds=1))
    assert [fault.code for fault in refused.value.faults] == [code]


def test_every_file_of_certificates_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputFaults) as refused:
        asked(given(), levels(given(), 4, 8), Cluster("tls://127.0.0.1:9", tmp_path))
    assert [Path(fault.file).name for fault in refused.value.faults] == list(CERTIFICATES)


def test_a_cluster_without_workers_is_refused(tmp_path):
    with running(tmp_path, workers=0) as found, pytest.raises(InputFaults) as refused:
        asked(given(), levels(given(), 4, 9), Cluster(found))
    assert [fault.code for fault in refused.value.faults] == ["cluster_empty"]
