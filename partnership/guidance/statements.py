"""What the editions say around the documents, from one file for all of them. Raises EditionError with the place.

A row names the editions it was read in, and those it is carried over to unread: there it is never confirmed.
"""

from dataclasses import replace
from pathlib import Path

from partnership.guidance import vocabulary
from partnership.guidance.reading import Sources, no_twins, rule_of
from partnership.guidance.schema import Statement
from partnership.guidance.table import Table, parse
from partnership.guidance.vocabulary import UNREAD, Level


def read_statements(path: Path, sources: Sources, keys: tuple[str, ...]) -> dict[str, tuple[Statement, ...]]:
    """The statements of each edition, by its key; `keys` are the editions that there are."""
    whole = Table(parse(path), path.name)
    rows = whole.rows("statement", "id", lambda row: _statement(row, sources, keys))
    whole.done()
    no_twins(path.name, "statement", [copies[0][1].id for copies in rows])
    pairs = [pair for copies in rows for pair in copies]
    return {key: tuple(statement for edition, statement in pairs if edition == key) for key in keys}


def _statement(row: Table, sources: Sources, keys: tuple[str, ...]) -> list[tuple[str, Statement]]:
    """The statement for every edition it is about."""
    level = row.text("level", "")
    if level and level not in tuple(Level):
        raise row.wrong(f"“level” is “{level}”; it must be one of {', '.join(Level)}.")
    read_in = row.some_of("editions", keys)
    carried_to = row.some_of("carried_to", keys, ())
    if twice := set(read_in) & set(carried_to):
        raise row.wrong(f"“{min(twice)}” is named in “editions” and in “carried_to”.")
    statement = Statement(
        id=row.text("id"),
        about=row.one_of("about", tuple(vocabulary.ABOUT)),
        text=row.text("text"),
        level=Level(level) if level else None,
        **rule_of(row, sources),
    )
    carried = replace(statement, evidence="I", carried_from=read_in[-1], note=UNREAD, checked_by="", checked_on=None)
    return [*((key, statement) for key in read_in), *((key, carried) for key in carried_to)]
