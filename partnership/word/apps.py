from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.word"
    label = "word"
    default_auto_field = "django.db.models.BigAutoField"
