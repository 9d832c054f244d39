"""States that many tests begin from, made through services once in each process, and put back as rows afterwards.

A state is kept with the rows and files that its making left, and with what it gave back. It is put back only where
nothing else was done before it in the same test: what a test writes is counted, and any other write, any
setting of the test's own and any other moment of the clock lead to the services again. Triggers do not run a second time:
what they would refuse was not refused the first time. A test that changes how a state is made asks for the fixture `anew`.
"""

import pickle
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ParamSpec, TypeVar

from django.conf import UserSettingsHolder, settings
from django.db import connection

from partnership import clock

P = ParamSpec("P")
R = TypeVar("R")

READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK TO", "DECLARE", "FETCH", "CLOSE", "SET CONSTRAINTS")
# Sessions, counted tries and when somebody signed in last belong to no state: a test may sign somebody in before it.
OF_NO_STATE = tuple(
    f'{begins} "{table}"'
    for table, verbs in {
        "django_session": ("INSERT INTO", "UPDATE", "DELETE FROM"),
        "shared_cache": ("INSERT INTO", "UPDATE", "DELETE FROM"),
        'accounts_user" SET "last_login': ("UPDATE",),
    }.items()
    for begins in verbs
)
NOT_AS_IT_BEGAN = -1
NOT_KEPT = ("django_session", "shared_cache", "django_migrations")
OF_EVERY_TEST = {"DATA_DIR", "MEDIA_ROOT", "STORAGES"}  # where its files lie
_ROWS = "SELECT '{table}', t::text FROM \"{table}\" t"

this_test = SimpleNamespace(writes=0, variant="")  # what it wrote through Django, and how it makes PDFs
_kept: dict[tuple[Any, ...], "State"] = {}
_tables: list[str] = []
folders: list[Path] = []  # of files; taken away when the process has run its tests


@dataclass(frozen=True)
class State:
    """What the making of a state left: SQL that puts it back, a folder of files, and what came of it."""

    sql: str
    files: Path
    outcome: bytes


def kept(make: Callable[P, R]) -> Callable[P, R]:
    """A function that makes a state, with plain arguments but for the world that it begins from."""

    @wraps(make)
    def given(*args: Any, **kwargs: Any) -> Any:
        begins_from = args[0] if args and hasattr(args[0], "written_so_far") else None
        if not may_be_kept(begins_from):
            return make(*args, **kwargs)
        key = (
            make.__module__,
            make.__name__,
            repr(args[begins_from is not None :]),
            repr(kwargs),
            clock.now(),
            this_test.variant,
        )
        if key not in _kept:
            _kept[key] = _made(begins_from, lambda: make(*args, **kwargs))
        return _put_back(_kept[key], begins_from)

    return given


def end() -> None:
    """The process has run its tests. A worker of pytest-xdist leaves without the functions of atexit."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def begin() -> None:
    """A test begins: nothing is written yet. Called for each, before anything else."""
    this_test.writes = 0
    if _count not in connection.execute_wrappers:
        connection.execute_wrappers.append(_count)


def _count(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    """Around every statement: those that write are counted, but for what belongs to no state."""
    words = str(sql).lstrip()
    if not words.startswith(READS) and not words.startswith(OF_NO_STATE):
        this_test.writes += 1
    return execute(sql, params, many, context)


def may_be_kept(begins_from: Any) -> bool:
    if not connection.in_atomic_block or _own_settings():
        return False
    return this_test.writes == (begins_from.written_so_far if begins_from is not None else 0)


def _own_settings() -> set[str]:
    """The settings that this test has changed, but for where its files lie."""
    found: set[str] = set()
    holder = settings._wrapped
    while isinstance(holder, UserSettingsHolder):
        found |= {name for name in vars(holder) if name.isupper()} - OF_EVERY_TEST
        found |= holder._deleted
        holder = holder.default_settings
    return found


def _made(begins_from: Any, make: Callable[[], Any]) -> State:
    rows, files = _rows(), _files()
    outcome = make()
    gone, new = rows - (after := _rows()), after - rows
    folder = Path(tempfile.mkdtemp(prefix="kept-state-"))
    folders.append(folder)
    for name in _files() - files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(Path(settings.MEDIA_ROOT) / name, folder / name)
    statements = ["SET LOCAL session_replication_role = replica"]
    statements += [f"DELETE FROM \"{table}\" t WHERE t::text = '{_quoted(row)}'" for table, row in sorted(gone)]
    for table in sorted({table for table, _ in new}):
        statements.append(_insert(table, [row for which, row in sorted(new) if which == table]))
    statements.append("SET LOCAL session_replication_role = DEFAULT")
    said = vars(begins_from) if begins_from is not None else {}
    undo = ["SET LOCAL session_replication_role = replica"]
    undo += [f"DELETE FROM \"{table}\" t WHERE t::text = '{_quoted(row)}'" for table, row in sorted(new)]
    undo += [_insert(table, [row]) for table, row in sorted(gone)]
    undo.append("SET LOCAL session_replication_role = DEFAULT")
    _do("; ".join(undo))  # so that the first test as well begins from what every later one does
    return State("; ".join(statements), folder, pickle.dumps((outcome, said)))


def _insert(table: str, rows: list[str]) -> str:
    """Rows as they were, but for the columns that the database works out."""
    names = _ask(
        "SELECT quote_ident(attname) FROM pg_attribute"
        f" WHERE attrelid = '\"{table}\"'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
    )
    columns = [name for (name,) in names]
    values = ", ".join(f"('{_quoted(row)}'::\"{table}\")" for row in rows)
    parts = ", ".join(f"(v.r).{column}" for column in columns)
    return f'INSERT INTO "{table}" ({", ".join(columns)}) SELECT {parts} FROM (VALUES {values}) AS v(r)'


def _put_back(state: State, begins_from: Any) -> Any:
    _do(state.sql)
    if any(state.files.iterdir()):
        shutil.copytree(state.files, settings.MEDIA_ROOT, dirs_exist_ok=True)
    outcome, said = pickle.loads(state.outcome)
    this_test.writes += 1  # what was put back went past the count
    if begins_from is None:
        outcome.written_so_far = this_test.writes
    else:
        vars(begins_from).update(said)
        begins_from.written_so_far = NOT_AS_IT_BEGAN
    return outcome


def _rows() -> set[tuple[str, str]]:
    if not _tables:
        names = _ask("SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public'")
        _tables.extend(name for (name,) in names if name not in NOT_KEPT)
    return set(_ask(" UNION ALL ".join(_ROWS.format(table=table) for table in _tables)))


def _files() -> set[Path]:
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root) for path in root.rglob("*") if path.is_file()}


def _quoted(row: str) -> str:
    return row.replace("'", "''")


def _ask(sql: str) -> list[tuple[Any, ...]]:
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:  # past Django, which counts what a test asks
        return cursor.execute(sql).fetchall()


def _do(sql: str) -> None:
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute(sql)
