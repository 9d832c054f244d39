"""Gives an account another address, for somebody who serves several areas: no area alone may."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from partnership.accounts.models import User
from partnership.areas import services
from partnership.errors import Refused


class Command(BaseCommand):
    help = (
        "Change the email address by which somebody signs in. Both addresses are told, and so is everybody who records "
        "appointments where the person serves. First make sure, by a way that you know, that it is really theirs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="the address of the account now")
        parser.add_argument("new", help="the address by which the person signs in from now on")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email__iexact=options["address"]).first()
        if person is None:
            raise CommandError(f"There is no account for {options['address']}.")
        try:
            validate_email(options["new"])
            services.change_address_everywhere(person=person, email=options["new"])
        except ValidationError as error:
            raise CommandError(f"{options['new']} is no email address.") from error
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{person.name} signs in with {options['new']} from now on.")
