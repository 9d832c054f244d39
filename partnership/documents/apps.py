from django.apps import AppConfig


class Config(AppConfig):
    name = "partnership.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registering the checks is all that this import does.
        from partnership.documents import checks  # noqa: F401
