"""Loads every partnership of England with its bodies. Real bodies, no people."""

from typing import Any

from django.core.management.base import BaseCommand

from partnership.areas import england as reference
from partnership.operations import england


class Command(BaseCommand):
    help = (
        "Load all partnerships of England with their councils, forces and integrated care boards. Adds what is missing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        known = reference.read()
        added = england.load(known)
        if added == england.Added():
            self.stdout.write("England is loaded already. Nothing was changed.")
        else:
            self.stdout.write(
                f"Added {added.areas} areas, {added.agencies} bodies, {added.seats} seats "
                f"and {added.successions} successions of boards."
            )
        for attribution in reference.ATTRIBUTIONS:
            self.stdout.write(attribution)
