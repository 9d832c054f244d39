"""A local area whose partners share the duty."""

from django.db import models
from django.db.models import F, Q


class Area(models.Model):
    """One partnership's area. It may cover several councils."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    partnership_name = models.CharField(max_length=200)
    is_invented = models.BooleanField(default=False, help_text="Made up for practice; said so wherever it is shown.")
    began_on = models.DateField(
        null=True, blank=True, help_text="Its first day, where it was made by a split or merger."
    )
    ended_on = models.DateField(null=True, blank=True, help_text="The first day on which it no longer existed.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(began_on=None) | Q(ended_on=None) | Q(ended_on__gt=F("began_on")),
                name="areas_area_lasts_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AreaSuccession(models.Model):
    """What became of an area that was split or merged. One successor takes over what was still owed for it."""

    predecessor = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="succeeded_by")
    successor = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="succeeded_from")
    on = models.DateField()
    takes_over_duties = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["predecessor", "successor"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="areas_area_succession_once"),
            models.UniqueConstraint(
                fields=["predecessor"], condition=Q(takes_over_duties=True), name="areas_one_area_takes_over"
            ),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="areas_no_area_succeeds_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} to {self.successor} on {self.on}"
