"""Sets up the organisations through whose own sign-in people come in (ADR 0018)."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils.text import slugify

from partnership.accounts.models import Organisation
from partnership.accounts.organisations import services
from partnership.errors import Refused

PLAIN = ("name", "issuer", "client_id", "tenant")


class Command(BaseCommand):
    help = (
        "Add, change, list, switch off or switch on an organisation through which people sign in (OpenID Connect). "
        "The client secret is read from an environment variable or a file, so that no list of processes shows it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="add|change|list|off|on")
        acts.add_parser("list", help="show every organisation and the redirect address to enter there")
        added = acts.add_parser("add", help="set an organisation up")
        changed = acts.add_parser("change", help="change what is given, and nothing else")
        changed.add_argument("slug")
        for act, needed in ((added, True), (changed, False)):
            act.add_argument("--name", required=needed, help="as people read it on the button")
            act.add_argument(
                "--issuer", required=needed, help="exactly as the organisation's discovery document says it"
            )
            act.add_argument("--client-id", required=needed)
            act.add_argument("--tenant", help="the `tid` that every token must carry; for Microsoft Entra")
            secret = act.add_mutually_exclusive_group(required=needed)
            secret.add_argument("--secret-variable", metavar="NAME", help="the environment variable with the secret")
            secret.add_argument("--secret-file", metavar="PATH", type=Path, help="the file with the secret")
        added.add_argument("--slug", help="how it stands in addresses; from the name when not given")
        for name, words in (("off", "let nobody sign in through it"), ("on", "let people sign in through it again")):
            acts.add_parser(name, help=words).add_argument("slug")

    def handle(self, *args: Any, **options: Any) -> None:
        act = {"list": self._list, "add": self._add, "change": self._change}.get(options["act"], self._switch)
        try:
            act(options)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _list(self, options: dict[str, Any]) -> None:
        found = list(Organisation.objects.all())
        for organisation in found:
            self._tell(organisation)
        if not found:
            self.stdout.write("No organisation is set up.")

    def _add(self, options: dict[str, Any]) -> None:
        organisation = services.add(
            name=options["name"],
            slug=options["slug"] or slugify(options["name"]),
            issuer=options["issuer"],
            client_id=options["client_id"],
            client_secret=_secret(options),
            tenant=options["tenant"] or "",
            by=None,
        )
        self._tell(organisation)

    def _change(self, options: dict[str, Any]) -> None:
        changes = {name: options[name] for name in PLAIN if options[name] is not None}
        if secret := _secret(options):
            changes["client_secret"] = secret
        if not changes:
            raise CommandError("Nothing to change was given.")
        self._tell(services.change(organisation=_named(options["slug"]), by=None, **changes))

    def _switch(self, options: dict[str, Any]) -> None:
        self._tell(services.switch(organisation=_named(options["slug"]), on=options["act"] == "on", by=None))

    def _tell(self, organisation: Organisation) -> None:
        state = "on" if organisation.is_active else "off"
        tenant = f", tenant {organisation.tenant}" if organisation.tenant else ""
        back = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("accounts:answer", args=[organisation.slug])
        self.stdout.write(f"{organisation.slug}  {organisation.name}  {state}  {organisation.issuer}{tenant}")
        self.stdout.write(f"    Redirect address: {back}")


def _named(slug: str) -> Organisation:
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise CommandError(f"There is no organisation “{slug}”. `organisation list` shows all.")
    return organisation


def _secret(options: dict[str, Any]) -> str:
    """The secret, or nothing when none was named. Raises CommandError when what was named holds none."""
    variable, file = options["secret_variable"], options["secret_file"]
    if not (variable or file):
        return ""
    try:
        found = file.read_text().strip() if file else os.environ.get(variable, "")
    except OSError as error:
        raise CommandError(f"The file with the secret cannot be read: {error.strerror}.") from error
    if not found:
        raise CommandError("The secret is empty.")
    return str(found)
