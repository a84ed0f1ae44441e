"""The app as a user starts it, on a free port, for browsers to look at."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextlib.contextmanager
def served(folder: Path, *options: str):
    """The app's address. It runs in ``folder``, so that no settings file is found by luck; its words go to
    ``log.txt`` there. Raises ``RuntimeError`` where it does not start within a minute."""
    port = _free_port()
    log = folder / "log.txt"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "prioritizer", "app", "--port", str(port), "--no-browser", *options],
            cwd=folder, stdout=output, stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        try:
            _wait_for(address := f"http://127.0.0.1:{port}", server, log)
            yield address
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(address, server, log):
    deadline = time.monotonic() + 60
    while not _healthy(address):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the app did not start: {log.read_text(errors='replace')}")
        time.sleep(0.3)


def _healthy(address):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}/suc-khoe", timeout=2) as answer:
            return answer.read() == b"prioritizer"
    except OSError:
        return False


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
