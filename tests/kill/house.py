"""All servers and processes of the harness: real ones, its own, each of which can be killed and started again.

Only what was started here is ever killed, by its number, and no number is given back to the system before that.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from partnership.embedded import broker, database, servers, sockets, supervisor
from partnership.embedded.report import CannotStart
from partnership.embedded.supervisor import MIDDLE, Child, Household, Part

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("mailbox", "beat", "log")
FAULTS = ("armed", "taken", "reached", "go")
# A statutory September, in which a yearly report is due.
BEGINNING = datetime(2026, 9, 14, 8, tzinfo=UTC)
PATIENCE = 90.0  # seconds until something that must happen counts as not happening; a loaded machine needs some
OURS = (*servers.NAMED, *(f"{name}_FILE" for name in servers.NAMED), servers.READY)


def wait_until(true: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """Ask until the answer is true, and return it. AssertionError with `what` when the patience is at an end."""
    until = time.monotonic() + patience
    while not (answer := true()):
        assert time.monotonic() < until, f"{what} did not happen within {patience:.0f} seconds"
        time.sleep(0.02)
    return answer


def schema_of(place: dict[str, Any]) -> bytes:
    """The tables of a database that was migrated already, as SQL; to migrate another one takes the better part of a minute."""
    programs = database._programs(Path(place["HOST"]), database._runner())
    command: list[str | Path] = [programs / "pg_dump", "--schema-only", "--no-owner", "--no-privileges"]
    command += ["-h", place["HOST"] or "localhost", "-p", str(place["PORT"] or 5432), "-U", place["USER"]]
    environ = {**os.environ, "PGPASSWORD": place["PASSWORD"] or ""}
    return subprocess.run([*command, place["NAME"]], env=environ, capture_output=True, check=True).stdout


class House:
    """The servers, by the names of their parts: database, broker, relay, worker, beat, web."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in FOLDERS:
            (folder / name).mkdir()
        for who in ("web", "others"):
            for name in FAULTS:
                (folder / who / name).mkdir(parents=True)
        self.ahead = (BEGINNING - datetime.now(UTC)).total_seconds()
        self.move_clock(0)
        self.port = sockets.free_port(2725)
        environ = {name: value for name, value in os.environ.items() if name not in OURS}
        environ |= {
            "DJANGO_SETTINGS_MODULE": "tests.kill.settings",
            "KILL_FOLDER": str(folder),
            "DATA_DIR": str(folder),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            "CELERY_SKIP_CHECKS": "1",  # the nursery has looked once
        }
        self.household = Household(folder / "log", environ, ROOT)
        self.children: dict[str, Child] = {}
        self.forked: dict[str, int] = {}
        self.killed: list[int] = []
        self.ended = 0  # workers that were not killed, and ended by themselves
        self._connection: psycopg.Connection[Any] | None = None

    def open(self, schema: bytes, reports: int) -> None:
        """Start everything over these tables, with as many reports ready to be published."""
        self.start("relay")
        self.start("database")
        if sys.platform.startswith("linux"):  # after a crash all files are put on the disk: at once, not one by one
            with (self.folder / "postgres" / "postgresql.auto.conf").open("a") as settings:
                settings.write("recovery_init_sync_method = syncfs\n")
        self.start("broker")
        self._make_tables(schema)
        made = self.ask({"start": "proposals", "with": {"many": reports}, "wait": True})
        assert made == 0, f"The reports could not be made: {(self.folder / 'log/proposals.log').read_text()[-2000:]}"
        for name in ("web", "worker", "beat"):
            self.start(name)

    def _make_tables(self, schema: bytes) -> None:
        programs = database._programs(self.folder, database._runner())
        command: list[str | Path] = [programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d"]
        made = subprocess.run(
            [*command, self.household.environ["DATABASE_URL"]], input=schema, capture_output=True, check=False
        )
        assert made.returncode == 0, made.stderr.decode()

    # What can be killed, and started again.

    def start(self, name: str) -> None:
        if name in {"web", "worker", "beat"}:
            (self.folder / f"{name}.port").unlink(missing_ok=True)
            self.forked[name] = self.ask({"start": name})
            self.household._tell_guard(f"+{self.forked[name]} {int(signal.SIGKILL)}")
            return
        wait_until(lambda: self._started(name), f"The start of the {name}")

    def _started(self, name: str) -> bool:
        """PostgreSQL refuses to start while anything of the one that was killed is still there, so it is asked again."""
        try:
            getattr(self, f"_start_{name}")()
        except CannotStart:
            for child in [child for child in self.household.children if child.is_dead]:
                self._forget(child)
            return False
        self.children[name] = next(child for child in reversed(self.household.children) if child.part.name == name)
        return True

    def _start_database(self) -> None:
        self.household.environ["DATABASE_URL"] = database.start(self.folder, self.household).url

    def _start_broker(self) -> None:
        self.household.environ["BROKER_URL"] = broker.start(self.folder, self.household)

    def _start_relay(self) -> None:
        program: list[str | Path] = [sys.executable, "-P", Path(__file__).with_name("relay.py"), str(self.port)]
        self.household.start(Part("relay", [*program, self.folder], MIDDLE, orphaned=signal.SIGKILL))
        self.household.wait_until(lambda: sockets.is_listening(self.port), "The relay")

    def kill(self, name: str, *, alone: bool = False) -> None:
        """Kill a part with SIGKILL. `alone`: of a worker the main process only; what becomes of its pool is Celery's affair."""
        if name == "pool child":
            for pid in wait_until(self.pool, "The start of the pool"):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        elif name in self.children:
            child = self.children.pop(name)
            child.process.kill()
            child.process.wait()
            self._forget(child)
        elif alone:
            os.kill(self.forked[name], signal.SIGKILL)
            self.killed.append(self.forked.pop(name))
        else:
            os.killpg(self.forked[name], signal.SIGKILL)
            self._reap(self.forked.pop(name))

    def keep_running(self) -> None:
        """Start again a worker that ended by itself, as docker-compose.yml does (restart). Nothing else may end so."""
        for name, pid in list(self.forked.items()):
            if self.ask({"lives": pid}):
                continue
            del self.forked[name]
            assert name == "worker", f"The {name} ended by itself: {self.folder / 'log'}"
            self.ended += 1
            self.start(name)

    def end_killed(self) -> None:
        """What a worker that was killed alone may have left. Its number is not free for others before it is reaped here."""
        while self.killed:
            pid = self.killed.pop()
            os.killpg(pid, signal.SIGKILL)
            self._reap(pid)

    def pool(self) -> list[int]:
        """The processes in which the worker does its tasks."""
        said = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
        rows = [tuple(map(int, line.split())) for line in said.splitlines()]
        return [pid for pid, parent in rows if parent == self.forked["worker"]]

    def _forget(self, child: Child) -> None:
        self.household.children.remove(child)
        self.household._tell_guard(f"-{child.process.pid}")

    def _reap(self, pid: int) -> None:
        self.ask({"reap": pid})
        self.household._tell_guard(f"-{pid}")

    # The nursery, the web, the clock and the rows.

    def ask(self, order: dict[str, Any]) -> Any:
        """Have the nursery do something, and wait for its answer."""
        if not hasattr(self, "nursery"):
            with (self.folder / "log" / "nursery.log").open("w") as log:
                self.nursery = subprocess.Popen(
                    [sys.executable, "-m", "tests.kill.nursery", str(os.getpid())],
                    env=self.household.environ,
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                    start_new_session=True,
                )
        assert self.nursery.stdin and self.nursery.stdout
        print(json.dumps(order), file=self.nursery.stdin, flush=True)
        answer = self.nursery.stdout.readline()
        assert answer, f"The nursery has ended: {(self.folder / 'log/nursery.log').read_text()[-2000:]}"
        return json.loads(answer)

    def begin(self, order: dict[str, Any]) -> socket.socket:
        """Have the web process do an act. What comes back can be asked for its answer."""
        port_file = self.folder / "web.port"
        wait_until(port_file.exists, "The web process's start")
        connection = socket.create_connection(("127.0.0.1", int(port_file.read_text())), timeout=PATIENCE)
        connection.sendall(json.dumps(order).encode() + b"\n")
        return connection

    def move_clock(self, seconds: float) -> None:
        """Let the clock of all processes jump forward."""
        self.ahead += seconds
        part = self.folder / "ahead.part"
        part.write_text(str(self.ahead))
        part.rename(self.folder / "ahead")

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database holds now; a connection that it lost is opened anew."""
        for _ in range(2):
            try:
                if self._connection is None:
                    self._connection = psycopg.connect(self.household.environ["DATABASE_URL"], autocommit=True)
                return self._connection.execute(sql, values).fetchall()
            except psycopg.OperationalError:
                if self._connection is not None:
                    self._connection.close()
                self._connection = None
        raise AssertionError("The database does not answer.")

    def close(self) -> None:
        if self._connection:
            self._connection.close()
        for name in list(self.forked):
            self.kill(name)
        self.end_killed()
        if hasattr(self, "nursery"):
            assert self.nursery.stdin and self.nursery.stdout
            self.nursery.stdin.close()
            self.nursery.wait(PATIENCE)
            self.nursery.stdout.close()


@contextlib.contextmanager
def house(folder: Path, schema: bytes, reports: int) -> Iterator[House]:
    """A house with everything running, and nothing of it left afterwards; the signals are as they were before."""
    before = {number: signal.getsignal(number) for number in supervisor.SIGNALS}
    made = House(folder)
    try:
        with made.household:
            try:
                made.open(schema, reports)
                yield made
            finally:
                made.close()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
