from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.areas"
    label = "areas"
    default_auto_field = "django.db.models.BigAutoField"
