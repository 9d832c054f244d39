"""Has imported the application once, and forks its parts from that: python -m tests.kill.nursery PARENT.

Each part is a process of its own that can be killed; it starts in a tenth of a second instead of five. One order for each
line of input, one answer for each line of output, both JSON. The nursery itself never opens a connection.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django
import kombu.transport.redis  # noqa: F401  imported before the fork, like those above
from django.conf import settings

from partnership.embedded import processes, supervisor

TICK, SILENCE = 1.0, 20.0  # seconds; in real life a minute, and three


def main() -> None:
    supervisor._tied_to(int(sys.argv[1]), signal.SIGKILL)()  # it ends with the harness, and all that it forked with it
    django.setup()
    parts = _parts()
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(_obeyed(parts, order)), flush=True)


def _obeyed(parts: dict[str, Callable[..., None]], order: dict[str, Any]) -> Any:
    if "lives" in order:
        return os.waitpid(order["lives"], os.WNOHANG) == (0, 0)
    if "reap" in order:
        return os.waitpid(order["reap"], 0)[1]
    pid = _fork(lambda: parts[order["start"]](**order.get("with", {})), order["start"])
    return os.waitpid(pid, 0)[1] if order.get("wait") else pid


def _fork(part: Callable[[], None], name: str) -> int:
    parent = os.getpid()
    if pid := os.fork():
        return pid
    code = 1
    try:
        os.setsid()
        supervisor._tied_to(parent, signal.SIGKILL)()
        # What is armed for the web process is not for a worker that happens to come by, and the other way round.
        settings.FAULT_FOLDER = str(Path(os.environ["KILL_FOLDER"]) / ("web" if name == "web" else "others"))
        log = os.open(Path(os.environ["KILL_FOLDER"]) / "log" / f"{name}.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        for stream, to in ((0, os.open(os.devnull, os.O_RDONLY)), (1, log), (2, log)):
            os.dup2(to, stream)
        part()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _parts() -> dict[str, Callable[..., None]]:
    """What can be started. Imported here, because the models exist only now."""
    from partnership import celery as queue
    from partnership import clock
    from partnership.documents import jobs as documents
    from tests.kill import acts

    folder = Path(os.environ["KILL_FOLDER"])
    app, queue.SILENCE = queue.app, SILENCE
    app.loader.import_default_modules()
    app.finalize()
    app.conf.beat_schedule["tick"]["schedule"] = TICK
    clock.use(lambda: timedelta(seconds=float((folder / "ahead").read_text())))
    documents.rendering = SimpleNamespace(  # type: ignore[attr-defined]
        to_pdf=lambda document, **said: SimpleNamespace(data=f"%PDF-1.7 {said['fingerprint']}".encode(), pages=1)
    )
    start = processes.worker().index("worker")
    beat = processes.beat(folder)
    return {
        "worker": lambda: app.start(argv=processes.worker()[start:]),
        "beat": lambda: app.start(argv=beat[beat.index("beat") :]),
        "web": lambda: acts.serve(folder / "web.port"),
        "proposals": lambda many: acts.propose(many, folder / "proposals"),
    }


if __name__ == "__main__":
    main()
