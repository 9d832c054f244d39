"""What operators do to the addresses of the national bodies. One proposes, another one confirms; each gives their name."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.errors import Refused
from partnership.submissions import presenting
from partnership.submissions import services as submissions
from partnership.submissions.models import AddressChange


class Command(BaseCommand):
    help = "List the addresses of the national bodies, propose, confirm or decline a change, or record a new check."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="list every body with the address in use and what waits")
        propose = acts.add_parser("propose", help="propose another address; somebody else confirms it")
        propose.add_argument("party", help="the key of the body, such as national_panel")
        propose.add_argument("address")
        propose.add_argument("--source", required=True, help="where the address was read")
        propose.add_argument("--evidence", default="W", help="S, W, K or I, or several joined by +; W without it")
        propose.add_argument("--from", dest="since", type=date.fromisoformat, help="the first day; today without it")
        propose.add_argument("--name", default="", help="the name of the body, where it changed")
        confirm = acts.add_parser("confirm", help="confirm, as another person, what was proposed")
        decline = acts.add_parser("decline", help="decline what was proposed, or take it back")
        decline.add_argument("--reason", required=True)
        for act in (confirm, decline):
            act.add_argument("number", type=int, help="its number in the list")
        recheck = acts.add_parser("recheck", help="record that the address in use was looked at and is still right")
        recheck.add_argument("party")
        recheck.add_argument("--on", type=date.fromisoformat, help="the day; today without it")
        recheck.add_argument("--source", required=True, help="where it was looked at")
        for act in (propose, confirm, decline, recheck):
            act.add_argument("--by", required=True, metavar="NAME", help="your name: it stays on record")

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            with transaction.atomic():
                self.stdout.write(getattr(self, f"_{given['act']}")(given))
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        except IntegrityError as error:
            raise CommandError(f"The database refused it: {str(error).splitlines()[0]}") from error

    def _list(self, given: dict[str, Any]) -> str:
        lines = [line for body in presenting.bodies(clock.today()) for line in _told(body)]
        return "\n".join(lines) or "No address is on record."

    def _propose(self, given: dict[str, Any]) -> str:
        change = submissions.propose(
            party=given["party"],
            address=given["address"],
            source=given["source"],
            evidence=given["evidence"],
            valid_from=given["since"] or clock.today(),
            name=given["name"],
            by=given["by"],
        )
        return f"Change {change.pk} is proposed. Another person confirms it: recipients confirm {change.pk} --by NAME"

    def _confirm(self, given: dict[str, Any]) -> str:
        made = submissions.confirm(change=_change(given["number"]), by=given["by"])
        return f"{made.name} is written to at {made.address} from {made.valid_from:%-d %B %Y}."

    def _decline(self, given: dict[str, Any]) -> str:
        change = submissions.decline(change=_change(given["number"]), reason=given["reason"], by=given["by"])
        return f"{change.address} is declined. The address in use stays."

    def _recheck(self, given: dict[str, Any]) -> str:
        row = submissions.recheck(
            party=given["party"], on=given["on"] or clock.today(), source=given["source"], by=given["by"]
        )
        return f"{row.address} was checked on {row.checked_on:%-d %B %Y}."


def _told(body: presenting.Body) -> list[str]:
    row = body.in_use
    lines = [f"{body.party}  {body.name}", f"    in use: {row.address if row else 'none'}"]
    if row:
        lines.append(f"    since {row.valid_from}, checked {row.checked_on}, evidence {row.evidence}: {row.source}")
    if body.coming:
        lines.append(f"    from {body.coming.valid_from}: {body.coming.address}")
    if waits := body.proposed:
        lines.append(f"    change {waits.pk}: {waits.address} from {waits.valid_from}, proposed by {waits.proposed_by}")
    return [*lines, f"    {body.warning}"] if body.warning else lines


def _change(number: int) -> AddressChange:
    found = AddressChange.objects.filter(pk=number).first()
    if found is None:
        raise CommandError(f"There is no change {number}. See: recipients list")
    return found
