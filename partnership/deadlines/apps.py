from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.deadlines"
    label = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"
