from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.submissions"
    label = "submissions"
    default_auto_field = "django.db.models.BigAutoField"
