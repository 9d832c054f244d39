from django.apps import AppConfig

from partnership.web import faults


class Config(AppConfig):
    name = "partnership.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        faults.check()
