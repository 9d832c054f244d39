from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.briefings"
    label = "briefings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registering the check is all that this import does.
        from partnership.briefings import checks  # noqa: F401
