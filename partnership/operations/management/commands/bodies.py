"""What an operator does to areas and bodies: add, rename, succeed, split, merge, and invite the first manager."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.accounts import services as accounts
from partnership.accounts.models import User
from partnership.areas import selectors as area_selectors
from partnership.areas import services as areas
from partnership.areas.models import Agency, AgencyKind, Area, SeatKind
from partnership.areas.roles import Office
from partnership.errors import Refused


class Command(BaseCommand):
    help = "Add an area or a body, rename a body, or record that one was succeeded by another, from a day on."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        add = acts.add_parser("add-body", help="add a council, a police force, a health board or another body")
        add.add_argument("slug")
        add.add_argument("name")
        add.add_argument("--kind", choices=AgencyKind.values, required=True)
        add.add_argument("--code", default="", help="the Office for National Statistics' code")
        opened = acts.add_parser("open-area", help="add an area with its statutory seats")
        opened.add_argument("slug")
        opened.add_argument("name")
        opened.add_argument("--partnership-name", required=True)
        opened.add_argument(
            "--since", type=date.fromisoformat, help="its first day, where it is made by a split or merger"
        )
        opened.add_argument(
            "--seat", action="append", default=[], metavar="BODY", help="a body's slug; may be repeated"
        )
        first = acts.add_parser(
            "first-manager", help="invite the first business manager of an area, who records the rest"
        )
        first.add_argument("area")
        first.add_argument("email")
        first.add_argument("name")
        first.add_argument("--since", type=date.fromisoformat, help="the first day in office; today without it")
        first.add_argument("--authority", required=True, help="the decision or letter that made the appointment")
        rename = acts.add_parser("rename-body", help="give a body another name")
        rename.add_argument("slug")
        rename.add_argument("name")
        succeed = acts.add_parser("succeed-body", help="one body took over from another, with all its seats")
        succeed.add_argument("predecessor")
        succeed.add_argument("successor")
        over = acts.add_parser("succeed-area", help="an area was split or merged")
        over.add_argument("predecessor")
        over.add_argument("successor", nargs="+")
        over.add_argument("--takes-over", required=True, help="the successor that answers for what is still owed")
        for act in (rename, succeed, over):
            act.add_argument("--on", type=date.fromisoformat, required=True, help="the first day on which it is so")
            act.add_argument("--note", default="")

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            with transaction.atomic():
                self.stdout.write(getattr(self, f"_{given['act'].replace('-', '_')}")(given))
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        except IntegrityError as error:
            raise CommandError(f"The database refused it: {str(error).splitlines()[0]}") from error

    def _add_body(self, given: dict[str, Any]) -> str:
        body = areas.add_agency(
            slug=given["slug"], name=given["name"], kind=AgencyKind(given["kind"]), code=given["code"], by=None
        )
        return f"{body.name} is added."

    def _open_area(self, given: dict[str, Any]) -> str:
        area = areas.open_area(
            slug=given["slug"],
            name=given["name"],
            partnership_name=given["partnership_name"],
            began_on=given["since"],
            by=None,
        )
        for slug in given["seat"]:
            areas.open_seat(area=area, agency=_body(slug), kind=SeatKind.STATUTORY, since=given["since"], by=None)
        return f"{area.name} is open, with {len(given['seat'])} statutory seats."

    def _first_manager(self, given: dict[str, Any]) -> str:
        area = _area(given["area"])
        if area_selectors.holders(area, Office.BUSINESS_MANAGER, clock.today()).exists():
            raise CommandError(f"{area.name} has a business manager, who records every further office.")
        person = User.objects.filter(email__iexact=given["email"]).first() or accounts.invite(
            email=given["email"], name=given["name"], area_slug=area.slug, by=None
        )
        areas.appoint(
            person=person,
            area=area,
            office=Office.BUSINESS_MANAGER,
            since=given["since"] or clock.today(),
            authority=given["authority"],
            by=None,
        )
        return f"{person.name} is business manager of {area.name}, and gets an invitation at {person.email}."

    def _rename_body(self, given: dict[str, Any]) -> str:
        body = areas.rename_agency(agency=_body(given["slug"]), name=given["name"], on=given["on"], by=None)
        return f"The body is called {body.name} from {given['on']:%-d %B %Y}."

    def _succeed_body(self, given: dict[str, Any]) -> str:
        row = areas.succeed(
            predecessor=_body(given["predecessor"]),
            successor=_body(given["successor"]),
            on=given["on"],
            note=given["note"],
            by=None,
        )
        return f"{row.predecessor} is succeeded by {row.successor} from {row.on:%-d %B %Y}."

    def _succeed_area(self, given: dict[str, Any]) -> str:
        successors = [_area(slug) for slug in given["successor"]]
        takes_over = _area(given["takes_over"])
        areas.succeed_area(
            predecessor=_area(given["predecessor"]),
            successors=successors,
            takes_over=takes_over,
            on=given["on"],
            note=given["note"],
            by=None,
        )
        names = ", ".join(area.name for area in successors)
        return f"It is succeeded by {names}. {takes_over.name} answers for what is still owed."


def _body(slug: str) -> Agency:
    found = Agency.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no body called “{slug}”.")
    return found


def _area(slug: str) -> Area:
    found = Area.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no area called “{slug}”.")
    return found
