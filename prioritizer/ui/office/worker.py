"""A worker, started (``python -m prioritizer.ui.office.worker``) and ended by the office.

Takes one job after the other from standard input and answers on standard output. When the app is gone, so is
the worker with all that it started, whatever it is doing.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import signal
import threading
import traceback
from typing import IO

from prioritizer import pipeline
from prioritizer.errors import InputFaults
from prioritizer.ui.office.parcels import Receiver, read_frame, write_frame

assert pipeline  # imported before anything is asked, so that the first answer is as quick as any


def main() -> None:
    """Serves until the app is gone."""
    gc.freeze()  # what is loaded stays: collecting garbage need not go through it each time
    incoming, outgoing = _own_pipes()
    asked: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    _say(outgoing, "ready", None)
    # Nothing is imported beside a reading thread: on Windows that may wait for standard input.
    threading.Thread(target=_listen, args=(incoming, asked), daemon=True).start()
    known = Receiver()
    while True:
        _serve(known, asked.get(), outgoing)


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes to the app; whatever else prints or reads, solvers among it, gets nothing between."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return incoming, outgoing


def _listen(incoming: IO[bytes], asked: queue.SimpleQueue[bytes]) -> None:
    while (content := read_frame(incoming)) is not None:
        asked.put(content)
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)  # solvers that were started as programs, too
    os._exit(0)


def _serve(known: Receiver, content: bytes, outgoing: IO[bytes]) -> None:
    said: object
    try:
        function, arguments, tells = known.unpack(pickle.loads(content))  # noqa: S301  from the app alone
        more = {"progress": lambda done, whole: _say(outgoing, "progress", (done, whole))} if tells else {}
        kind, said = "done", known.pack(function(*arguments, **more))
    except InputFaults as found:
        kind, said = "faults", found.faults
    except Exception:  # noqa: BLE001  whatever went wrong is the app's to tell
        kind, said = "failed", traceback.format_exc()
    _say(outgoing, kind, said)


def _say(outgoing: IO[bytes], kind: str, said: object) -> None:
    write_frame(outgoing, pickle.dumps((kind, said)))


if __name__ == "__main__":
    main()
