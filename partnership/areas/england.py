"""The bodies of England from the reference files, checked and linked. Pure: nothing is stored (see `load_england`)."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

REFERENCE = Path(__file__).parent / "reference"
ATTRIBUTIONS = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Contains OS data © Crown copyright and database right 2024.",
    "Contains UK local authority data from mySociety, licensed under CC BY 4.0, with changes.",
)
EXTENTS = ("whole", "part", "continues")

T = TypeVar("T")
Row = dict[str, str]


class BadReference(Exception):
    """A reference file is wrong. The message names the file and the row."""


@dataclass(frozen=True)
class Force:
    name: str
    slug: str
    chief_officer_title: str
    ons_code: str


@dataclass(frozen=True)
class Board:
    """An integrated care board. `begins_on` and `ends_on` are known only for the changes of April 2026."""

    name: str
    slug: str
    ons_code: str
    ods_code: str = ""
    begins_on: date | None = None
    ends_on: date | None = None  # the first day on which it no longer exists


@dataclass(frozen=True)
class BoardShare:
    """How much of an authority's area, in census areas and not in people, a board covers."""

    board: Board
    percent: Decimal


@dataclass(frozen=True)
class Authority:
    gss_code: str
    name: str
    official_name: str
    kind: str
    region: str
    slug: str
    force: Force
    boards: tuple[BoardShare, ...]
    confidence: str
    note: str


@dataclass(frozen=True)
class Succession:
    """What became of a board on a day: `whole` or `part` of its area went to another, or it `continues`, recoded."""

    predecessor: Board
    successor: Board
    on: date
    extent: str
    gss_codes: tuple[str, ...]
    part: str


@dataclass(frozen=True)
class Partnership:
    slug: str
    name: str
    members: tuple[Authority, ...]
    name_confidence: str
    membership_confidence: str
    evidence: str
    note: str

    @property
    def forces(self) -> tuple[Force, ...]:
        return tuple(dict.fromkeys(member.force for member in self.members))

    @property
    def boards(self) -> tuple[Board, ...]:
        """The boards of 2025-26, each once, in the order of the members."""
        return tuple(dict.fromkeys(share.board for member in self.members for share in member.boards))


@dataclass(frozen=True)
class England:
    """All bodies. `boards` are the 42 of 2025-26; `new_boards` the six that began on 1 April 2026."""

    authorities: tuple[Authority, ...]
    forces: tuple[Force, ...]
    boards: tuple[Board, ...]
    new_boards: tuple[Board, ...]
    successions: tuple[Succession, ...]
    partnerships: tuple[Partnership, ...]

    def partnership(self, slug: str) -> Partnership:
        for candidate in self.partnerships:
            if candidate.slug == slug:
                return candidate
        raise BadReference(f"There is no partnership called “{slug}” in partnerships.csv.")

    def boards_on(self, authority: Authority, day: date) -> tuple[Board, ...]:
        """The boards of an authority on a day from 1 April 2025 on, the one with the largest share first."""
        return tuple(dict.fromkeys(self._board_on(share.board, authority, day) for share in authority.boards))

    def _board_on(self, board: Board, authority: Authority, day: date) -> Board:
        for change in self.successions:
            applies = change.extent == "whole" or authority.gss_code in change.gss_codes
            if change.predecessor == board and change.extent != "continues" and applies and change.on <= day:
                return change.successor
        return board


def read(folder: Path = REFERENCE) -> England:
    """All reference files of a folder. Raises BadReference with file and row for anything that does not fit."""
    forces = _read(folder / "police_forces.csv", "slug", _force)
    changes = _changes(folder / "icb_changes_2026.csv")
    boards = _read(folder / "integrated_care_boards.csv", "slug", lambda row: _board(row, changes))
    new_boards = _new_boards(changes, boards)
    memberships = _read(folder / "area_memberships.csv", "gss_code", lambda row: row)
    authorities = _read(
        folder / "local_authorities.csv", "gss_code", lambda row: _authority(row, memberships, forces, boards)
    )
    if strangers := memberships.keys() - authorities.keys():
        raise BadReference(f"In area_memberships.csv, {min(strangers)}: there is no such authority.")
    every_board = {**new_boards, **boards}
    successions = tuple(_succession(row, every_board, authorities) for row in changes)
    partnerships = _read(folder / "partnerships.csv", "slug", lambda row: _partnership(row, authorities))
    _each_authority_once(partnerships.values(), authorities)
    _each_part_has_its_authorities(successions, authorities.values())
    return England(
        authorities=tuple(authorities.values()),
        forces=tuple(forces.values()),
        boards=tuple(boards.values()),
        new_boards=tuple(new_boards.values()),
        successions=successions,
        partnerships=tuple(partnerships.values()),
    )


def _rows(path: Path) -> list[Row]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadReference(f"{path.name} cannot be read: {error}.") from error


def _changes(path: Path) -> list[Row]:
    """The changes of boards, with extents and days that make sense."""
    for number, row in enumerate(rows := _rows(path), start=2):
        try:
            date.fromisoformat(row["on"])
            if row["extent"] not in EXTENTS or (row["extent"] == "part") != bool(row["gss_codes"]):
                raise ValueError(f"the extent must be one of {', '.join(EXTENTS)}, and only a part has authorities")
        except (KeyError, TypeError, ValueError) as error:
            raise BadReference(f"In {path.name}, line {number}: {error}.") from error
    return rows


def _read(path: Path, key: str, make: Callable[[Row], T]) -> dict[str, T]:
    """Every row of a file, made into something, by its key."""
    made: dict[str, T] = {}
    for number, row in enumerate(_rows(path), start=2):
        name = row.get(key) or f"line {number}"
        if name in made:
            raise BadReference(f"In {path.name}, {name}: there are two such rows.")
        try:
            made[name] = make(row)
        except KeyError as error:
            raise BadReference(f"In {path.name}, {name}: {error.args[0]} is not known or not there.") from error
        except (ValueError, ArithmeticError) as error:
            raise BadReference(f"In {path.name}, {name}: {error}.") from error
    return made


def _list(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def _force(row: Row) -> Force:
    return Force(row["name"], row["slug"], row["chief_officer_title"], row["ons_pfa_code"])


def _board(row: Row, changes: Iterable[Row]) -> Board:
    mine = [change for change in changes if change["predecessor_slug"] == row["slug"]]
    ends = {change["on"] for change in mine if change["extent"] != "continues"}
    ends_on = date.fromisoformat(min(ends)) if ends else None
    return Board(row["name"], row["slug"], row["ons_code"], row["ods_code"], ends_on=ends_on)


def _new_boards(changes: Iterable[Row], boards: Mapping[str, Board]) -> dict[str, Board]:
    return {
        row["successor_slug"]: Board(
            name=row["successor_name"],
            slug=row["successor_slug"],
            ons_code=row["successor_ons_code"],
            begins_on=date.fromisoformat(row["on"]),
        )
        for row in changes
        if row["successor_slug"] not in boards
    }


def _authority(
    row: Row, memberships: Mapping[str, Row], forces: Mapping[str, Force], boards: Mapping[str, Board]
) -> Authority:
    link = memberships[row["gss_code"]]
    shares = [Decimal(share) for share in _list(link["icb_share_pct"])]
    slugs = _list(link["icb_slugs"])
    if not slugs or len(slugs) != len(shares):
        raise ValueError("each board in area_memberships.csv needs its share")
    if abs(sum(shares, Decimal(-100))) > Decimal("0.2"):
        raise ValueError("the shares of its boards do not add up to 100")
    return Authority(
        gss_code=row["gss_code"],
        name=row["name"],
        official_name=row["official_name"],
        kind=row["type"],
        region=row["region"],
        slug=row["slug"],
        force=forces[link["police_force_slug"]],
        boards=tuple(BoardShare(boards[slug], share) for slug, share in zip(slugs, shares, strict=True)),
        confidence=link["confidence"],
        note=link["note"],
    )


def _succession(row: Row, boards: Mapping[str, Board], authorities: Mapping[str, Authority]) -> Succession:
    where = f"In icb_changes_2026.csv, {row['predecessor_slug']}"
    gss_codes = tuple(_list(row["gss_codes"]))
    if row["predecessor_slug"] not in boards or not set(gss_codes) <= authorities.keys():
        raise BadReference(f"{where}: there is no such board, or no such authority.")
    return Succession(
        predecessor=boards[row["predecessor_slug"]],
        successor=boards[row["successor_slug"]],
        on=date.fromisoformat(row["on"]),
        extent=row["extent"],
        gss_codes=gss_codes,
        part=row["part"],
    )


def _partnership(row: Row, authorities: Mapping[str, Authority]) -> Partnership:
    members = tuple(authorities[code] for code in _list(row["member_gss_codes"]))
    if not members:
        raise ValueError("a partnership needs an authority")
    return Partnership(
        slug=row["slug"],
        name=row["name"],
        members=members,
        name_confidence=row["name_confidence"],
        membership_confidence=row["membership_confidence"],
        evidence=row["evidence"],
        note=row["note"],
    )


def _each_authority_once(partnerships: Iterable[Partnership], authorities: Mapping[str, Authority]) -> None:
    seen = [member.gss_code for partnership in partnerships for member in partnership.members]
    for code, authority in authorities.items():
        if (times := seen.count(code)) != 1:
            raise BadReference(
                f"In partnerships.csv, {authority.name} ({code}) is in {times} partnerships; it must be in one."
            )


def _each_part_has_its_authorities(successions: Iterable[Succession], authorities: Iterable[Authority]) -> None:
    """An authority under a board that was split must be in exactly one of its parts."""
    parts = [(change.predecessor, change.gss_codes) for change in successions if change.extent == "part"]
    split = {board for board, _ in parts}
    for authority in authorities:
        for board in (share.board for share in authority.boards if share.board in split):
            found = sum(board == divided and authority.gss_code in codes for divided, codes in parts)
            if found != 1:
                where = f"In icb_changes_2026.csv, {board.slug}"
                raise BadReference(f"{where}: {authority.name} must be in one of its parts, not {found}.")
