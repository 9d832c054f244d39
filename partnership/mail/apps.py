from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"
