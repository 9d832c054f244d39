"""What every kind of statutory document stands on. Makes the Celery app known to Django."""

from partnership.celery import app as celery_app

__all__ = ["celery_app"]
