from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
