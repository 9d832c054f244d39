"""Which servers are ours, where they listen, and what the real ones do."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from partnership.embedded import database, servers, sockets
from partnership.embedded.commands import merged
from partnership.embedded.report import CannotStart
from partnership.embedded.supervisor import Household

ROOT = Path(__file__).resolve().parents[2]


def test_without_variables_all_three_are_started():
    assert servers.needed({}) == {"database", "broker", "mailbox"}


@pytest.mark.parametrize(
    ("variable", "spared"),
    [
        ("DATABASE_URL", "database"),
        ("DATABASE_URL_FILE", "database"),
        ("BROKER_URL", "broker"),
        ("EMAIL_HOST", "mailbox"),
        ("EMAIL_PORT", "mailbox"),
    ],
)
def test_a_server_that_the_environment_names_is_not_started(variable, spared):
    assert spared not in servers.needed({variable: "given"})


def test_what_the_user_has_set_goes_before_what_runs():
    found = {"EMAIL_PORT": "2525", "BROKER_URL": "redis://ours"}

    environ = merged({"EMAIL_PORT": "25"}, found)

    assert (environ["EMAIL_PORT"], environ["BROKER_URL"]) == ("25", "redis://ours")


def test_a_taken_port_is_passed_over():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert sockets.free_port(port) > port


def test_when_no_port_is_free_the_sentence_names_the_option(monkeypatch):
    monkeypatch.setattr(sockets, "_is_free", lambda *_: False)

    with pytest.raises(CannotStart, match="--port"):
        sockets.free_port(8000)


def test_a_long_path_still_gives_a_socket_that_fits(tmp_path, monkeypatch):
    deep = tmp_path / ("deep" * 20)
    deep.mkdir()
    monkeypatch.setattr(sockets.tempfile, "gettempdir", lambda: str(deep))

    folder = sockets.folder(tmp_path, "test")

    folder.rmdir()
    assert len(str(folder / ".s.PGSQL.5432")) <= sockets.LONGEST


def test_a_database_of_another_major_version_is_named_in_a_sentence(tmp_path):
    (tmp_path / "PG_VERSION").write_text("17\n")

    with pytest.raises(CannotStart, match="made by PostgreSQL 17; this is PostgreSQL 18"):
        database.check_major(tmp_path, "18")


def test_a_server_that_is_already_there_is_used_and_only_the_broker_is_started(tmp_path):
    environ = {"DATABASE_URL": "postgresql://elsewhere/app", "EMAIL_HOST": "mail.example"}

    with Household(tmp_path / "log", environ, ROOT) as household:
        running = servers.start(ROOT, tmp_path, household)
        names = [child.part.name for child in household.children]

    assert names == ["broker"]
    assert running.exports["BROKER_URL"].startswith("redis+socket:///")
    assert running.exports["DATABASE_URL"] == "postgresql://elsewhere/app"  # for commands that find the servers later


@pytest.mark.slow
def test_the_servers_command_prints_addresses_that_work_and_keeps_the_data(tmp_path):
    for expected in ([], [("kept",)]):
        running, exports = _servers(tmp_path)
        with psycopg.connect(exports["DATABASE_URL"], autocommit=True) as connection:
            connection.execute("create table if not exists note (word text)")
            found = connection.execute("select word from note").fetchall()
            lifted = connection.execute("select upper('siân ß')").fetchone()
            connection.execute("insert into note values ('kept')")
        running.terminate()

        assert running.wait(15) == 0
        assert found == expected
        assert lifted == ("SIÂN SS",)  # the locale is PostgreSQL's own, not the machine's
        running.stdout.close()


@pytest.mark.slow
def test_the_application_is_no_superuser_of_the_database_and_cannot_switch_its_triggers_off(tmp_path):
    running, exports = _servers(tmp_path)
    with psycopg.connect(exports["DATABASE_URL"], autocommit=True) as connection:
        said = "select rolsuper or rolcreaterole or rolcreatedb from pg_roles where rolname = current_user"
        assert connection.execute(said).fetchone() == (False,)
        connection.execute("create extension btree_gist")  # what the migrations need, it may
        for forbidden in ("set session_replication_role = replica", "copy (select 1) to program 'true'"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)
    running.terminate()
    running.wait(15)
    running.stdout.close()


@pytest.mark.slow
def test_killing_the_command_leaves_no_server_behind_and_the_next_start_works(tmp_path):
    running, _ = _servers(tmp_path)
    running.kill()
    running.wait()
    running.stdout.close()

    again, _ = _servers(tmp_path)
    again.kill()
    again.wait()
    again.stdout.close()

    until = time.monotonic() + 10
    while (left := _naming(str(tmp_path))) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == []


def _servers(data):
    environ = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(data)}
    command = [sys.executable, ROOT / "manage.py", "servers", "--data-dir", data]
    running = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    exports = {}
    for line in running.stdout:
        if line.startswith("#"):
            return running, exports
        name, _, value = line.removeprefix("export ").strip().partition("=")
        exports[name] = value.strip("'")
    running.stdout.close()
    raise AssertionError(f"The servers did not start: {running.wait()}")


def _naming(text):
    rows = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [row for row in rows if text in row]
