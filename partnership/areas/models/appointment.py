"""Who holds which office, for which seat, from when to when, on what authority. Every right comes from here."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce, Lower

from partnership import clock
from partnership.areas.models.area import Area
from partnership.areas.models.seat import Seat
from partnership.areas.roles import BY_NAME, SEATED, SINGLE, Office
from partnership.files.models import StoredFile


class Basis(models.TextChoices):
    SUBSTANTIVE = "substantive", "Substantive"
    INTERIM = "interim", "Interim"
    ACTING = "acting", "Acting"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """What was recorded in error counts nowhere; who is suspended holds the office and has none of its rights."""

    def on(self, day: date) -> "AppointmentQuerySet":
        """Offices that are held on a day, suspended or not."""
        return self.filter(during__contains=day, voided_at=None)

    def in_force(self, day: date) -> "AppointmentQuerySet":
        """Offices that carry their rights on a day."""
        return self.on(day).filter(suspended_at=None)


class Appointment(models.Model):
    """One person in one office. `during` is half-open: its upper day is the first day out of office.

    `side` is 1 for the scrutineer and 2 for partners, so that the database can refuse one person as both. Rows are
    never removed, and never become another person's or another office's (trigger, migration 0005).
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
    sub_group = models.CharField(max_length=120, blank=True, help_text="What the chair of a sub-group chairs.")
    firm = models.CharField(max_length=160, blank=True, help_text="The firm through which a scrutineer works.")
    instrument = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    instrument_name = models.CharField(max_length=120, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True, help_text="The key of the page that recorded it.")
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    suspended_because = models.CharField(max_length=300, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_because = models.CharField(max_length=300, blank=True)
    side = models.GeneratedField(
        expression=Case(
            When(office=Office.SCRUTINEER, then=Value(1)),
            When(office__in=[Office.LSP, Office.DSP, Office.CHAIR], then=Value(2)),
            default=None,
        ),
        output_field=models.SmallIntegerField(null=True),
        db_persist=True,
    )

    objects: ClassVar[AppointmentQuerySet] = AppointmentQuerySet.as_manager()  # type: ignore[assignment]

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
                condition=Q(basis=Basis.SUBSTANTIVE, office__in=sorted(SINGLE), voided_at=None),
            ),
            ExclusionConstraint(
                name="areas_one_chair_at_a_time",
                expressions=[("area", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(office=Office.CHAIR, voided_at=None),
            ),
            ExclusionConstraint(
                name="areas_scrutineer_is_no_partner",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                    ("side", RangeOperators.NOT_EQUAL),
                ],
                condition=Q(voided_at=None),
            ),
            ExclusionConstraint(
                name="areas_one_office_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    # Nothing equals NULL, so an office of the whole partnership is one of the seat 0.
                    (Coalesce("seat", Value(0), output_field=models.BigIntegerField()), RangeOperators.EQUAL),
                    (Lower("sub_group"), RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_at=None),
            ),
            models.CheckConstraint(condition=~Q(office__in=sorted(BY_NAME)), name="areas_a_guest_holds_no_office"),
            models.CheckConstraint(
                condition=Q(office=Office.SUB_GROUP_CHAIR) ^ Q(sub_group=""), name="areas_sub_group_is_named"
            ),
            models.CheckConstraint(condition=~Q(authority=""), name="areas_appointment_has_its_authority"),
            models.CheckConstraint(
                condition=Q(suspended_at=None, suspended_by=None, suspended_because="")
                | (Q(suspended_at__isnull=False, suspended_by__isnull=False) & ~Q(suspended_because="")),
                name="areas_suspension_has_person_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, voided_because="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(voided_because="")),
                name="areas_voiding_has_person_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(may_sign_while_acting=False) | Q(basis=Basis.ACTING, office=Office.LSP),
                name="areas_only_an_acting_lead_needs_leave_to_sign",
            ),
            models.CheckConstraint(
                condition=Q(may_sign_while_acting=False) | Q(instrument__isnull=False),
                name="areas_acting_lead_signs_by_an_instrument",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"

    @property
    def office_words(self) -> str:
        """The office in words, such as `Acting lead safeguarding partner`, without the agency."""
        label = Office(self.office).label
        if self.sub_group:
            label = f"Chair of the sub-group {self.sub_group}"
        if self.basis == Basis.ACTING:
            label = f"Acting {label[0].lower()}{label[1:]}"
        return label

    @property
    def title(self) -> str:
        """The office in words, with the agency where it belongs to one."""
        return f"{self.office_words}, {self.seat.agency.name}" if self.seat else self.office_words

    @property
    def may_sign(self) -> bool:
        """Whether the holder may sign for the seat while in office: an acting one only where the letter says so."""
        return self.office == Office.LSP and (self.basis != Basis.ACTING or self.may_sign_while_acting)
