"""Who can sign in to the practice area. Part of the contract for operating: its JSON keys stay."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership.operations.demo import accounts


class Command(BaseCommand):
    help = (
        "List every practice person with e-mail, password, second-factor secret and offices. "
        "In the JSON, `to` is the first day out of an office."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="write a JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PRACTICE:
            raise CommandError("There are practice people under the embedded settings only.")
        if options["json"]:
            self.stdout.write(json.dumps(accounts.accounts(), indent=2, ensure_ascii=False))
            return
        people = accounts.sign_ins()
        for person in people:
            self.stdout.write(f"{person['name']}  {person['email']}  {person['password']}")
            self.stdout.write(f"    Code now: {person['code']}  Key for an authenticator app: {person['totp_secret']}")
            for office in person["offices"]:
                self.stdout.write(f"    {office}")
        if not people:
            self.stdout.write("There are no practice people yet. Run `python3 manage.py load_demo` first.")
