from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"
