"""The addresses of the national bodies: dated, sourced, looked at again, and changed by two persons."""

from django.db import models
from django.db.models import Q

from partnership import clock

LONGEST_NAME = 150


class Recipient(models.Model):
    """A national body's address, from a day to a day, with its source. Not law: it changes, and is checked.

    Nothing of a row changes but the day it ends and the day it was last checked; a second one of the same body needs a
    change that somebody else confirmed (triggers).
    """

    party = models.SlugField(max_length=40)
    name = models.CharField(max_length=160)
    address = models.EmailField()
    source = models.CharField(max_length=300)
    evidence = models.CharField(max_length=10)
    checked_on = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True, help_text="The first day on which it is no longer used.")

    class Meta:
        ordering = ["party", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(valid_until__isnull=True), name="submissions_one_address_in_use"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>"


class Decided(models.TextChoices):
    CONFIRMED = "confirmed", "Confirmed"
    DECLINED = "declined", "Declined"


class AddressChange(models.Model):
    """An address that one operator proposed for a body, and that another one confirms or somebody declines.

    Who they are is kept as the names that they gave: operators act by command and have no account. That the one who
    confirms is another than the one who proposed is refused by the database as well (trigger), which also refuses any
    other change of the row.
    """

    party = models.SlugField(max_length=40)
    name = models.CharField(max_length=160)
    address = models.EmailField()
    source = models.CharField(max_length=300)
    evidence = models.CharField(max_length=10)
    valid_from = models.DateField()
    replaces = models.ForeignKey(
        Recipient,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="What was in use when it was proposed.",
    )
    proposed_by = models.CharField(max_length=LONGEST_NAME)
    proposed_on = models.DateField(default=clock.today)
    outcome = models.CharField(max_length=10, choices=Decided, blank=True)
    decided_by = models.CharField(max_length=LONGEST_NAME, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was declined.")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(outcome=""), name="submissions_one_change_proposed"),
            models.CheckConstraint(condition=~Q(proposed_by=""), name="submissions_change_has_a_proposer"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by="", decided_at__isnull=True)
                | (Q(outcome__in=Decided.values, decided_at__isnull=False) & ~Q(decided_by="")),
                name="submissions_change_decided_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.address}> from {self.valid_from}"


class RecipientCheck(models.Model):
    """That an address was looked at again and is still right: on which day, where, and by whom. Only added (trigger)."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="checks")
    checked_on = models.DateField()
    source = models.CharField(max_length=300)
    checked_by = models.CharField(max_length=LONGEST_NAME)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-checked_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.recipient} on {self.checked_on}"
