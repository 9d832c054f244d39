"""A local area whose partners share the duty."""

from django.db import models


class Area(models.Model):
    """One partnership's area. It may cover several councils."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    partnership_name = models.CharField(max_length=200)
    is_invented = models.BooleanField(default=False, help_text="Made up for practice; said so wherever it is shown.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
