from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.practice"
    label = "practice"
    default_auto_field = "django.db.models.BigAutoField"
