from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.presentations"
    label = "presentations"
    default_auto_field = "django.db.models.BigAutoField"
