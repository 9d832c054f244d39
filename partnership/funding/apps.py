from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.funding"
    label = "funding"
    default_auto_field = "django.db.models.BigAutoField"
