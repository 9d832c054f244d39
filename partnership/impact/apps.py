from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.impact"
    label = "impact"
    default_auto_field = "django.db.models.BigAutoField"
