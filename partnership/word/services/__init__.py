"""What people do with Word files."""

from partnership.word.services.taking import Choice, Taken, Words, take
from partnership.word.services.uploading import describe, upload, upload_earlier

__all__ = ["Choice", "Taken", "Words", "describe", "take", "upload", "upload_earlier"]
