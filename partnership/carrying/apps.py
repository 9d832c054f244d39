from django.apps import AppConfig


class CarryingConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "partnership.carrying"
