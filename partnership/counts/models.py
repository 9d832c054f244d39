"""The numbers that a report names, and who came to the meetings, for a financial year. Nothing here is about one child."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Floor

from partnership import clock
from partnership.areas.models import Agency, Area
from partnership.counts.kinds import SMALL, STANDARD, Figure, Meetings, Unit

MOST_MEETINGS = 366
LARGEST = Decimal("999999999.99")


def _year_has_begun(name: str) -> list[models.CheckConstraint]:
    """A row is of a year that can be recorded, and its day is not before that year began."""
    begins = Func(F("start_year"), Value(4), Value(1), function="make_date", output_field=models.DateField())
    return [
        models.CheckConstraint(condition=Q(start_year__gte=2000, start_year__lte=2100), name=f"{name}_year_is_a_year"),
        models.CheckConstraint(condition=Q(as_of__gte=begins), name=f"{name}_day_is_not_before_its_year"),
        models.CheckConstraint(condition=~Q(source=""), name=f"{name}_has_a_source"),
    ]


class Count(models.Model):
    """One number of one year: one of those that are offered to everybody, or an indicator of the area's own."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="counts")
    start_year = models.PositiveSmallIntegerField(help_text="The year in which the financial year begins.")
    key = models.CharField(max_length=100)
    label = models.CharField(max_length=100)
    value = models.DecimalField(max_digits=12, decimal_places=2)
    unit = models.CharField(max_length=10, choices=Unit.choices)
    as_of = models.DateField(help_text="The day on which the source says so.")
    source = models.CharField(max_length=300)
    is_invented = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["area", "-start_year", "label", "id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "start_year", "key"], name="counts_key_once_in_a_year"),
            models.CheckConstraint(condition=Q(key__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"), name="counts_key_is_words"),
            models.CheckConstraint(condition=~Q(label=""), name="counts_has_a_label"),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=LARGEST), name="counts_value_is_possible"),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="counts_unit_is_known"),
            models.CheckConstraint(
                condition=Q(unit=Unit.NUMBER) | Q(value__lte=100), name="counts_share_is_at_most_a_hundred"
            ),
            models.CheckConstraint(
                condition=~Q(key__in=sorted(STANDARD)) | Q(unit=Unit.NUMBER, value=Floor("value")),
                name="counts_offered_to_all_are_whole",
            ),
            *_year_has_begun("counts"),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.start_year}"

    @property
    def figure(self) -> Figure:
        return Figure(self.value, self.as_of, self.source)

    @property
    def said(self) -> str:
        return self.figure.said(self.unit)

    @property
    def is_small(self) -> bool:
        """Whether it may point to a child or a family."""
        return self.unit == Unit.NUMBER and 0 < self.value < SMALL


class Attendance(models.Model):
    """How often one agency came to the meetings of the safeguarding partners in a year. Never by person."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="attendance")
    start_year = models.PositiveSmallIntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="attendance")
    held = models.PositiveSmallIntegerField(help_text="Meetings while the agency was a member.")
    attended = models.PositiveSmallIntegerField(help_text="Meetings to which its member came.")
    by_deputy = models.PositiveSmallIntegerField(help_text="Meetings to which a deputy came instead.")
    as_of = models.DateField()
    source = models.CharField(max_length=300)
    is_invented = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["area", "-start_year", "agency__name", "id"]
        verbose_name_plural = "attendance"
        constraints = [
            models.UniqueConstraint(fields=["area", "start_year", "agency"], name="attendance_agency_once_in_a_year"),
            models.CheckConstraint(
                condition=Q(held__gte=1, held__lte=MOST_MEETINGS), name="attendance_meetings_were_held"
            ),
            models.CheckConstraint(
                condition=Q(held__gte=F("attended") + F("by_deputy")), name="attendance_at_most_what_was_held"
            ),
            *_year_has_begun("attendance"),
        ]

    def __str__(self) -> str:
        return f"{self.agency}, {self.start_year}"

    @property
    def meetings(self) -> Meetings:
        return Meetings(self.held, self.attended, self.by_deputy, self.as_of, self.source)

    @property
    def said(self) -> str:
        return self.meetings.said()
