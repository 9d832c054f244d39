"""An office that nobody holds: since when, found when, what is planned, and when it was filled."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership import clock
from partnership.areas.models.area import Area
from partnership.areas.models.seat import Seat
from partnership.areas.roles import Office


class Vacancy(models.Model):
    """One gap in an office that must be held. Closed by an appointment, never by a tick."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="vacancies")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="vacancies")
    office = models.CharField(max_length=30, choices=Office.choices)
    since = models.DateField(help_text="The first day on which nobody held the office.")
    found_at = models.DateTimeField(default=clock.now)
    plan = models.CharField(max_length=500, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    filled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["since", "office"]
        verbose_name_plural = "vacancies"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "seat", "office"],
                condition=Q(filled_on=None),
                nulls_distinct=False,
                name="areas_one_open_vacancy_for_an_office",
            ),
            models.CheckConstraint(
                condition=Q(filled_on=None) | Q(filled_on__gte=F("since")), name="areas_vacancy_filled_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(planned_at__isnull=True, planned_by__isnull=True)
                | Q(planned_at__isnull=False, planned_by__isnull=False),
                name="areas_vacancy_planned_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, vacant since {self.since}"

    @property
    def title(self) -> str:
        """The office in words, with the agency where it belongs to one."""
        label = Office(self.office).label
        return f"{label}, {self.seat.agency.name}" if self.seat else label
