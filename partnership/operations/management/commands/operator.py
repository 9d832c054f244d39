"""Gives and ends the grant by which somebody sees the operations page and is written to when something is wrong."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from partnership import clock
from partnership.accounts import services as accounts
from partnership.accounts.models import Operator, User
from partnership.errors import Refused


class Command(BaseCommand):
    help = (
        "Grant, end or list who operates the service. An operator sees the page “Operations” and gets a mail when a job is "
        "late or fails. No right in any area comes with it. Whoever has no account yet is invited to make one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="grant|end|list")
        acts.add_parser("list", help="list every grant, with who gave and ended it and why")
        grant = acts.add_parser("grant", help="let somebody operate the service")
        grant.add_argument("address", help="the email address of the account")
        grant.add_argument("--name", default="", help="the person's name, where there is no account yet")
        grant.add_argument("--from", dest="since", type=date.fromisoformat, help="the first day; today without it")
        grant.add_argument(
            "--until", type=date.fromisoformat, help="the first day without it; open-ended when not given"
        )
        end = acts.add_parser("end", help="end a grant; the page is closed to that person from that day on")
        end.add_argument("number", type=int, help="its number in the list")
        end.add_argument("--on", type=date.fromisoformat, help="the first day without it; today when not given")
        for act in (grant, end):
            act.add_argument("--reason", required=True, help="why; it stays on record")
            act.add_argument("--by", required=True, metavar="NAME", help="your name: it stays on record")

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            with transaction.atomic():
                self.stdout.write(getattr(self, f"_{given['act']}")(given))
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _list(self, given: dict[str, Any]) -> str:
        rows = Operator.objects.select_related("person")
        return (
            "\n".join(line for row in rows for line in _told(row)) or "Nobody operates the service. See: operator grant"
        )

    def _grant(self, given: dict[str, Any]) -> str:
        row = accounts.grant_operator(
            person=_person(given["address"], given["name"]),
            since=given["since"] or clock.today(),
            until=given["until"],
            reason=given["reason"],
            by=given["by"],
        )
        return f"{row.person.name} operates the service {_when(row)}. End it with: operator end {row.pk}"

    def _end(self, given: dict[str, Any]) -> str:
        row = Operator.objects.filter(pk=given["number"]).first()
        if row is None:
            raise CommandError(f"There is no grant {given['number']}. See: operator list")
        row = accounts.end_operator(operator=row, on=given["on"], because=given["reason"], by=given["by"])
        return f"{row.person.name} operates the service {_when(row)}."


def _person(address: str, name: str) -> User:
    """The account, or a new one whose holder is invited. The invitation and the grant are made together or not at all."""
    found = User.objects.filter(email__iexact=address.strip()).first()
    if found is not None:
        return found
    if not name.strip():
        raise CommandError(f"There is no account for {address}. Give a name with --name to invite that person.")
    try:
        validate_email(address.strip())
    except ValidationError as error:
        raise CommandError(f"{address} is no email address.") from error
    return accounts.invite(email=address, name=name, by=None)


def _when(row: Operator) -> str:
    return f"from {row.since:%-d %B %Y}" + (f" until before {row.until:%-d %B %Y}" if row.until else "")


def _told(row: Operator) -> list[str]:
    lines = [f"{row.pk}  {row.person.name}  {row.person.email}  {_when(row)}"]
    lines.append(f"    granted by {row.granted_by} on {clock.london_day(row.granted_at)}: {row.reason}")
    if row.ended_at:
        lines.append(f"    ended by {row.ended_by} on {clock.london_day(row.ended_at)}: {row.ended_because}")
    return lines
