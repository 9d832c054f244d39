"""What `manage.py` does with its first word: our own commands, or Django's with the servers they need."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from . import data_folder, lock, packages, processes, servers, testing, up
from .data_folder import DataFolder
from .report import CannotStart
from .supervisor import Household, in_foreground, quietly

OWN: dict[str, Callable[[Path, Sequence[str]], int]] = {
    "up": up.up,
    "servers": up.servers_only,
    "test": testing.test,
}
ONE_BY_ONE = ("web", "worker", "beat")
SERVERLESS = frozenset(
    {
        "help",
        "--help",
        "-h",
        "version",
        "--version",
        "collectstatic",
        "findstatic",
        "diffsettings",
        "makemessages",
        "compilemessages",
        "startapp",
        "startproject",
    }
)
PRODUCTION = "partnership.settings.production"
HELP = """
Commands of this project (each with --help):
  up       set up whatever is missing and run everything
  test     set up likewise and run every test
  servers  run the database, the broker and the mailbox only
  web, worker, beat    one part of the application, on servers that already run
  lock     make the lock files in .requirements anew

Django's commands follow. They use the servers that run, or start them for as long as the command takes.
"""


def main(root: Path, argv: Sequence[str]) -> int:
    """Run one command line; its exit code."""
    try:
        return _run(root, argv)
    except CannotStart as sentence:
        print(sentence, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return testing.STOPPED


def _run(root: Path, argv: Sequence[str]) -> int:
    if sys.platform == "win32":
        raise CannotStart("This runs on Linux and macOS. On Windows use WSL, or docker-compose.yml.")
    command, arguments = (argv[1] if len(argv) > 1 else "help"), argv[2:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings.embedded")
    if os.environ["DJANGO_SETTINGS_MODULE"] == PRODUCTION:  # there the image or the operator has installed everything
        return _one(root, command, arguments, os.environ) if command in ONE_BY_ONE else _django(argv)
    if command == "lock":  # before the packages: a lock that cannot be installed must be mendable
        return lock.lock(root, arguments)
    packages.ensure(root, argv)
    if command in OWN:
        return OWN[command](root, arguments)
    if command in {"help", "--help", "-h"} and not arguments:
        print(HELP)
    if command in SERVERLESS or servers.READY in os.environ:
        return _django(argv)
    return _with_servers(root, command, argv)


def _with_servers(root: Path, command: str, argv: Sequence[str]) -> int:
    """Run a command on the servers of the environment, else on those that run already, else on some of its own."""
    environ = dict(os.environ)
    folder = DataFolder(data_folder.chosen(root, None, environ))
    if not {"database", "broker"} & servers.needed(environ):
        found: dict[str, str] | None = {}
    else:
        found = folder.published()
    if command in ONE_BY_ONE:
        if found is None:
            raise CannotStart(
                f"No servers run for {folder.path}. Start them with `python3 manage.py servers`, "
                "or set DATABASE_URL and BROKER_URL (see .env.example)."
            )
        return _one(root, command, argv[2:], merged(environ, found))
    program = [sys.executable, *argv]
    if found is not None:
        os.execve(sys.executable, program, merged(environ, found))
    with quietly(), folder.held(command), Household(folder.logs, environ, root) as household:
        servers.start(root, folder.path, household)
        return in_foreground(program, household.environ, Path.cwd())
    return testing.STOPPED


def merged(environ: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """The environment for a command on running servers; what the user has set himself goes first."""
    return {**found, **environ, servers.READY: "yes"}


def _one(root: Path, command: str, arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Become the web server, the worker or beat."""
    parser = argparse.ArgumentParser(prog=f"manage.py {command}")
    if command == "web":
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=int(environ.get("PORT") or up.PORT))
    options = parser.parse_args(arguments)
    data = data_folder.chosen(root, None, dict(environ))
    if command == "web":
        program = processes.web(options.port, options.host)
    elif command == "worker":
        program = processes.worker()
    else:
        (data / "beat").mkdir(parents=True, exist_ok=True)
        program = processes.beat(data)
    os.chdir(root)
    os.execve(program[0], program, dict(environ))


def _django(argv: Sequence[str]) -> int:
    # By name, because Django exists only in the prepared environment.
    importlib.import_module("django.core.management").execute_from_command_line(list(argv))
    return 0
