"""Who holds which office, for which seat, from when to when, on what authority. Every right comes from here."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Lower

from partnership import clock
from partnership.areas.models.area import Area
from partnership.areas.models.seat import Seat
from partnership.areas.roles import SEATED, Office


class Basis(models.TextChoices):
    SUBSTANTIVE = "substantive", "Substantive"
    INTERIM = "interim", "Interim"
    ACTING = "acting", "Acting"


class Appointment(models.Model):
    """One person in one office. `during` is half-open: its upper day is the first day out of office.

    `side` is 1 for the scrutineer and 2 for partners, so that the database can refuse one person as both.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="appointments")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments")
    office = models.CharField(max_length=30, choices=Office.choices)
    job_title = models.CharField(max_length=160, blank=True)
    basis = models.CharField(max_length=20, choices=Basis.choices, default=Basis.SUBSTANTIVE)
    authority = models.CharField(max_length=300, help_text="The decision or letter that made the appointment.")
    may_sign_while_acting = models.BooleanField(default=False)
    during = DateRangeField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    side = models.GeneratedField(
        expression=Case(
            When(office=Office.SCRUTINEER, then=Value(1)),
            When(office__in=[Office.LSP, Office.DSP, Office.CHAIR], then=Value(2)),
            default=None,
        ),
        output_field=models.SmallIntegerField(null=True),
        db_persist=True,
    )

    class Meta:
        ordering = ["area", "office", "seat", Lower("during")]
        constraints = [
            models.CheckConstraint(condition=Q(office__in=Office.values), name="areas_office_is_known"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="areas_basis_is_known"),
            models.CheckConstraint(condition=Q(during__isempty=False), name="areas_appointment_lasts_a_day"),
            models.CheckConstraint(condition=Q(during__lower_inf=False), name="areas_appointment_has_a_first_day"),
            models.CheckConstraint(
                condition=Q(seat__isnull=False) | ~Q(office__in=sorted(SEATED)), name="areas_partner_has_a_seat"
            ),
            ExclusionConstraint(
                name="areas_one_substantive_holder",
                expressions=[
                    ("seat", RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(basis=Basis.SUBSTANTIVE, office__in=sorted(SEATED)),
            ),
            ExclusionConstraint(
                name="areas_one_chair_at_a_time",
                expressions=[("area", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(office=Office.CHAIR),
            ),
            ExclusionConstraint(
                name="areas_scrutineer_is_no_partner",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                    ("side", RangeOperators.NOT_EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"

    @property
    def title(self) -> str:
        """The office in words, with the agency where it belongs to one."""
        label = Office(self.office).label
        if self.basis == Basis.ACTING:
            label = f"Acting {label[0].lower()}{label[1:]}"
        return f"{label}, {self.seat.agency.name}" if self.seat else label
