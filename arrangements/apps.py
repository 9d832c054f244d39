from django.apps import AppConfig


class Config(AppConfig):
    name = "arrangements"
    label = "arrangements"
    default_auto_field = "django.db.models.BigAutoField"
