"""What every chapter of the practice story needs: the moment, the people, the places, and a text to write."""

from contextlib import AbstractContextManager
from datetime import datetime
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import services as areas
from partnership.areas.models import Area, Seat
from partnership.files import services as files
from partnership.files.models import StoredFile
from partnership.operations.demo import places, relevant
from partnership.operations.demo.offices import Held
from partnership.operations.demo.people import DOMAIN

TEXTS = Path(__file__).parent / "texts"
MARK = "@@ "


def at(moment: str) -> AbstractContextManager[None]:
    """Hold the clock at a moment in London, such as `2024-04-22 10:00`."""
    return clock.frozen(datetime.fromisoformat(moment).replace(tzinfo=clock.LONDON))


def person(key: str) -> User:
    """Somebody of the practice area, by the first part of their address."""
    return User.objects.get(email=f"{key}@{DOMAIN}")


def area(slug: str) -> Area:
    """An area of the practice data."""
    return Area.objects.get(slug=slug)


def seat(area_slug: str, agency_slug: str) -> Seat:
    """The seat of an agency in an area. In the practice data no agency has two there."""
    return Seat.objects.select_related("agency", "area").get(area__slug=area_slug, agency__slug=agency_slug)


def appoint(rows: tuple[Held, ...]) -> None:
    """Record these offices."""
    for row in rows:
        place = seat(row.area, row.seat) if row.seat else None
        letter = _letter(row.authority) if row.may_sign else None
        areas.appoint(
            person=person(row.person),
            area=area(row.area),
            office=row.office,
            seat=place,
            since=row.since,
            # From the reference of England a seat may have its last day already.
            until=row.until or (place.during.upper if place else None),
            instrument=letter,
            instrument_name="letter.png" if letter else "",
            authority=row.authority,
            job_title=row.job_title,
            basis=row.basis,
            may_sign_while_acting=row.may_sign,
            is_head=row.departs is None,
            reasons=dict([row.departs]) if row.departs else None,
            by=None,
        )


def name_agencies(area_slug: str, *, by: str) -> None:
    """A person names the relevant agencies of an area, as of this day."""
    for row in relevant.AGENCIES:
        if row.area == area_slug:
            areas.name_relevant_agency(
                area=area(area_slug),
                agency=places.agency(row.slug),
                category=row.category,
                reason=row.reason,
                since=clock.today(),
                contact_name=row.contact_name,
                contact_email=f"{row.contact}@{DOMAIN}" if row.contact else "",
                by=person(by),
            )


def _letter(authority: str) -> StoredFile:
    """A picture that stands for the letter on file; it says that it is made up."""
    picture = Image.new("RGB", (1000, 240), "white")
    lines = f"Practice area: this letter is invented.\n\n{authority}"
    ImageDraw.Draw(picture).multiline_text((30, 30), lines, fill="black", font_size=24)
    data = BytesIO()
    picture.save(data, "PNG")
    return files.put(data.getvalue(), "image/png")


def text(name: str) -> dict[str, str]:
    """The sections of a text by key: a file in which a line `@@ key` begins each section."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (TEXTS / f"{name}.md").read_text("utf-8").splitlines():
        if line.startswith(MARK):
            lines = sections.setdefault(line.removeprefix(MARK).strip(), [])
        else:
            lines.append(line)
    return {key: "\n".join(body).strip() + "\n" for key, body in sections.items()}
