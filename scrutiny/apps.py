from django.apps import AppConfig


class Config(AppConfig):
    name = "scrutiny"
    label = "scrutiny"
    default_auto_field = "django.db.models.BigAutoField"
