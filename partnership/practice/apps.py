from django.apps import AppConfig

from partnership import clock
from partnership.practice import offset


class Config(AppConfig):
    name = "partnership.practice"
    label = "practice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        clock.use(offset.current)
