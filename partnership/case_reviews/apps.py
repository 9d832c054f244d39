from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.case_reviews"
    label = "case_reviews"
    default_auto_field = "django.db.models.BigAutoField"
