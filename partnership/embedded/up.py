"""`up` runs everything; `servers` only what the application needs around it."""

import argparse
import os
import shlex
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from . import data_folder, preparation, processes, servers, sockets
from .data_folder import DataFolder
from .report import line, step
from .supervisor import Household, Part, quietly

PORT = 8000


def up(root: Path, arguments: Sequence[str]) -> int:
    """Run the whole application until Ctrl-C or until one of its parts dies (then CannotStart)."""
    options = _parser("up", port=True).parse_args(arguments)
    environ, began = _environ(), time.monotonic()
    folder = DataFolder(data_folder.chosen(root, options.data_dir, environ))
    with quietly(), folder.held("up"), Household(folder.logs, environ, root) as household:
        running = servers.start(root, folder.path, household)
        port = sockets.free_port(options.port or int(environ.get("PORT") or PORT))
        address = f"http://localhost:{port}"
        exports = {**running.exports, "PUBLIC_ADDRESS": environ.get("PUBLIC_ADDRESS") or address}
        household.environ.update(exports)
        preparation.prepare(root, folder.path, household, running)
        _start_application(household, folder.path, port)
        folder.publish(exports)
        _welcome(folder.path, address, time.monotonic() - began)
        household.watch()
    line("Everything has stopped.")
    return 0


def servers_only(root: Path, arguments: Sequence[str]) -> int:
    """Run the database, the broker and the mailbox, and print what to export, until Ctrl-C."""
    options = _parser("servers", port=False).parse_args(arguments)
    environ = _environ()
    folder = DataFolder(data_folder.chosen(root, options.data_dir, environ))
    with quietly(), folder.held("servers"), Household(folder.logs, environ, root) as household:
        running = servers.start(root, folder.path, household)
        folder.publish(running.exports)
        for name, value in running.exports.items():
            if name != servers.READY:
                print(f"export {name}={shlex.quote(value)}")
        print("# Other manage.py commands find these servers by themselves. Stop with Ctrl-C.", flush=True)
        household.watch()
    line("The servers have stopped.")
    return 0


def answers(port: int, environ: Mapping[str, str]) -> bool:
    """Whether the web server says that it is well."""
    allowed = (environ.get("ALLOWED_HOSTS") or "localhost").split(",")[0].strip().lstrip(".*")
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": allowed or "localhost"})
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _start_application(household: Household, data: Path, port: int) -> None:
    """The worker and beat come after the first answer, so that they do not delay it."""
    (data / "beat").mkdir(exist_ok=True)
    with step("Starting the web server, the worker and beat"):
        household.start(Part("web", processes.web(port)))
        household.wait_until(lambda: answers(port, household.environ), "The web server", 120)
        # A worker asked by TERM finishes its task first; without a parent it should rather hand the task back.
        household.start(Part("worker", processes.worker(), orphaned=signal.SIGQUIT))
        household.start(Part("beat", processes.beat(data)))


def _welcome(data: Path, address: str, took: float) -> None:
    accounts = data / "accounts.txt"
    print(f"\nReady after {took:.1f} seconds:  {address}/\n")
    if accounts.exists():
        print(f"Who can sign in:\n{accounts.read_text().rstrip()}\n")
    print(f"Data and logs: {data}. Stop with Ctrl-C.\n", flush=True)


def _parser(command: str, *, port: bool) -> argparse.ArgumentParser:
    about = {
        "up": "Set up whatever is missing and run everything.",
        "servers": "Run database, broker and mailbox only.",
    }
    parser = argparse.ArgumentParser(prog=f"manage.py {command}", description=about[command])
    parser.add_argument("--data-dir", help="the folder for all state (default: DATA_DIR, else .data)")
    if port:
        parser.add_argument("--port", type=int, help="the first port to try (default: PORT, else 8000)")
    return parser


def _environ() -> dict[str, str]:
    return {"DJANGO_SETTINGS_MODULE": "partnership.settings.embedded", "PYTHONUNBUFFERED": "1", **os.environ}
