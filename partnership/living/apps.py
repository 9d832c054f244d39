from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.living"
    label = "living"
    default_auto_field = "django.db.models.BigAutoField"
