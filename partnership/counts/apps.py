from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.counts"
    label = "counts"
    default_auto_field = "django.db.models.BigAutoField"
