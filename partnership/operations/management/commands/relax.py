"""What an operator does when a national body moves a date: propose, see what would move, confirm as a second person."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership.deadlines import relaxing
from partnership.deadlines.models import Relaxation
from partnership.errors import Refused


class Command(BaseCommand):
    help = "Move a date for every area, because a national body moved it. It takes two people."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="every relaxation that was proposed, and what became of it")
        propose = acts.add_parser("propose", help="propose it, and see which duties of which areas would move")
        propose.add_argument("rule", help="the key of the rule, such as yearly_report")
        propose.add_argument("--first-due", type=date.fromisoformat, required=True)
        propose.add_argument("--last-due", type=date.fromisoformat, required=True)
        propose.add_argument("--to", type=date.fromisoformat, required=True)
        propose.add_argument("--source", required=True, help="who moved it, where and when that was said")
        propose.add_argument("--by", required=True, help="your name")
        for name, words in (("confirm", "move the dates, as a second person"), ("decline", "put the proposal away")):
            act = acts.add_parser(name, help=words)
            act.add_argument("number", type=int)
            act.add_argument("--by", required=True, help="your name")

    def handle(self, *args: object, act: str, **options: Any) -> None:
        try:
            getattr(self, f"_{act}")(options)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        except Relaxation.DoesNotExist as missing:
            raise CommandError("There is no proposal with this number.") from missing

    def _list(self, options: dict[str, Any]) -> None:
        for row in Relaxation.objects.all():
            self.stdout.write(f"{row.pk}  {_words(row)}  {_standing(row)}")

    def _propose(self, options: dict[str, Any]) -> None:
        row = relaxing.propose(
            rule_key=options["rule"], first_due=options["first_due"], last_due=options["last_due"],
            moved_to=options["to"], source=options["source"], by=options["by"],
        )  # fmt: skip
        self.stdout.write(f"Proposal {row.pk}: {_words(row)}. Nothing has moved yet. These would move:")
        for duty in relaxing.would_move(row):
            self.stdout.write(f"  {duty.area}: {duty.title}, from {duty.due_on} to {row.moved_to}")
        self.stdout.write(f"A second person confirms it with: relax confirm {row.pk} --by NAME")

    def _confirm(self, options: dict[str, Any]) -> None:
        moved = relaxing.confirm(row=Relaxation.objects.get(pk=options["number"]), by=options["by"])
        self.stdout.write("1 date was moved." if len(moved) == 1 else f"{len(moved)} dates were moved.")

    def _decline(self, options: dict[str, Any]) -> None:
        relaxing.decline(row=Relaxation.objects.get(pk=options["number"]), by=options["by"])
        self.stdout.write("The proposal is put away. Nothing has moved.")


def _words(row: Relaxation) -> str:
    return f"{row.rule_key}, first due {row.first_due} to {row.last_due}, moved to {row.moved_to} ({row.source})"


def _standing(row: Relaxation) -> str:
    if row.confirmed_at:
        return f"confirmed by {row.confirmed_by}, proposed by {row.proposed_by}"
    return f"declined by {row.declined_by}" if row.declined_by else f"proposed by {row.proposed_by}, waits"
