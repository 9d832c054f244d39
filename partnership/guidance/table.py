"""Reading one table of a TOML file. Every mistake is a sentence that names the file, the row and the key."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from partnership.guidance.vocabulary import EditionError

T = TypeVar("T")


class Table:
    """One table of a file. Each value is taken once; what is left over at the end is a key nobody knows."""

    def __init__(self, values: Any, where: str) -> None:
        if not isinstance(values, dict):
            raise EditionError(f"In {where}: this must be a table.")
        self._left = dict(values)
        self.where = where

    def wrong(self, sentence: str) -> EditionError:
        return EditionError(f"In {self.where}: {sentence}")

    def _take(self, key: str, kind: type[T], what: str, default: T | None) -> T:
        if key not in self._left:
            if default is None:
                raise self.wrong(f"“{key}” is missing.")
            return default
        value = self._left.pop(key)
        if type(value) is not kind:
            raise self.wrong(f"“{key}” must be {what}, not {value!r}.")
        if kind is str and default is None and not str(value).strip():
            raise self.wrong(f"“{key}” is empty.")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        return self._take(key, str, "text", default)

    def whole(self, key: str, default: int | None = None) -> int:
        return self._take(key, int, "a whole number", default)

    def whole_or_none(self, key: str) -> int | None:
        return self.whole(key) if key in self._left else None

    def flag(self, key: str, default: bool | None = None) -> bool:
        return self._take(key, bool, "true or false", default)

    def day(self, key: str) -> date:
        return self._take(key, date, "a date", None)

    def day_or_none(self, key: str) -> date | None:
        return self.day(key) if key in self._left else None

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        values = self._take(key, list, "a list of texts", None if default is None else list(default))
        if any(type(value) is not str or not value for value in values):
            raise self.wrong(f"“{key}” must be a list of texts.")
        if default is None and not values:
            raise self.wrong(f"“{key}” is empty.")
        return tuple(values)

    def one_of(self, key: str, choices: tuple[str, ...]) -> str:
        value = self.text(key)
        if value not in choices:
            raise self.wrong(f"“{key}” is “{value}”; it must be one of {', '.join(choices)}.")
        return value

    def some_of(self, key: str, choices: tuple[str, ...], default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        values = self.texts(key, default)
        for value in values:
            if value not in choices:
                raise self.wrong(f"“{key}” names “{value}”; it must be one of {', '.join(choices)}.")
        return values

    def table(self, key: str) -> "Table":
        return Table(self._take(key, dict, "a table", None), f"{self.where}, {key}")

    def rows(self, key: str, named_by: str, make: Callable[["Table"], T]) -> tuple[T, ...]:
        """Each table of a list of tables, made into something; `named_by` is the key that tells rows apart."""
        made = []
        for position, values in enumerate(self._take(key, list, "a list of tables", []), start=1):
            name = values.get(named_by, f"number {position}") if isinstance(values, dict) else f"number {position}"
            row = Table(values, f"{self.where}, {key} {name}")
            made.append(make(row))
            row.done()
        return tuple(made)

    def done(self) -> None:
        if self._left:
            raise self.wrong(f"nobody knows the key “{min(self._left)}”.")


def parse(path: Path) -> dict[str, Any]:
    """The tables of a TOML file; EditionError with the file's name if it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise EditionError(f"{path.name} cannot be read: {error}.") from error
